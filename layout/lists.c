/*
 * Lists: blocks that start with a label.
 *
 *     Some text:                 1. first item, which
 *       - one item                  goes on here
 *       - another                2. second item
 *
 * A bullet makes an item by itself; a number needs a sibling whose number follows or precedes.
 */
#include "layout/passes.h"

enum { LOOK_BACK = 12 };

static bool follows(label own, label next)
{
    if (own.family == LABEL_NONE || own.close != next.close || own.opened != next.opened)
        return false;
    return next.value == own.value + 1 || (next.roman > 0 && next.roman == own.roman + 1);
}

static bool can_be_item(const block *b)
{
    return b->type == QUIRE_PARAGRAPH && b->layer == QUIRE_LAYER_BODY && b->first < b->end;
}

static label label_of(const layout_page *lp, const block *b)
{
    return can_be_item(b) ? layout_label_at(lp->lines[b->first].text) : (label){0};
}

static bool has_sibling(const layout_page *lp, size_t index, label own)
{
    size_t from = index > LOOK_BACK ? index - LOOK_BACK : 0;
    for (size_t i = from; i < lp->block_count && i <= index + LOOK_BACK; i++) {
        label other = label_of(lp, &lp->blocks[i]);
        if (i < index ? follows(other, own) : i > index && follows(own, other))
            return true;
    }
    return false;
}

static void make_item(layout_page *lp, block *b, label own)
{
    b->type = QUIRE_LIST_ITEM;
    b->level = 1;
    b->marker = (uint32_t)own.size;
    b->marker_family = (uint8_t)own.family;
    b->marker_value = own.value;
    layout_explain(lp, b,
                   own.family == LABEL_BULLET ? "item: a bullet stands before it"
                                              : "item: its number has a neighbour");
}

void layout_judge_lists(layout_window *w, layout_page *lp)
{
    (void)w;
    const block *before = NULL;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        label own = label_of(lp, b);
        bool only_label = own.family != LABEL_NONE && own.size >= lp->lines[b->first].text.size &&
                          b->end == b->first + 1;
        if (own.family == LABEL_NONE || only_label ||
            (own.family != LABEL_BULLET && !has_sibling(lp, i, own))) {
            before = NULL;
            continue;
        }
        make_item(lp, b, own);
        bool other_kind =
            before && (before->marker_family == LABEL_BULLET) != (own.family == LABEL_BULLET);
        if (!before || other_kind)
            b->flags |= BLOCK_STARTS_LIST;
        before = b;
    }
}
