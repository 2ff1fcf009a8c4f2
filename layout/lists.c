/*
 * Lists: blocks that start with a label.
 *
 *     Some text:                 1. first item, which
 *       - one item                  goes on here
 *         o an inner one         2. second item
 *       - another
 *
 * A bullet makes an item by itself; a number needs a sibling whose number follows or precedes.
 * Items whose labels stand further right than those before them are inner ones.
 */
#include "layout/passes.h"

enum { LOOK_BACK = 12, MOST_DEPTH = 6 };

#define SAME_PLACE_EM 0.8f

static bool follows(label own, label next)
{
    if (own.family == LABEL_NONE || own.close != next.close || own.opened != next.opened)
        return false;
    return next.value == own.value + 1 || (next.roman > 0 && next.roman == own.roman + 1);
}

static bool can_be_item(const block *b)
{
    return (b->type == QUIRE_PARAGRAPH || b->type == QUIRE_LIST_ITEM) &&
           b->layer == QUIRE_LAYER_BODY && b->first < b->end;
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

static bool is_item(const layout_page *lp, size_t index, label own)
{
    const block *b = &lp->blocks[index];
    if (own.family == LABEL_NONE)
        return false;
    bool only_label = own.size >= lp->lines[b->first].text.size && b->end == b->first + 1;
    return !only_label && (own.family == LABEL_BULLET || has_sibling(lp, index, own));
}

static void make_item(layout_page *lp, block *b, label own, int32_t depth)
{
    b->type = QUIRE_LIST_ITEM;
    b->level = depth;
    b->marker = (uint32_t)own.size;
    b->marker_family = (uint8_t)own.family;
    b->marker_value = own.value;
    layout_explain(lp, b,
                   own.family == LABEL_BULLET ? "item: a bullet stands before it"
                                              : "item: its number has a neighbour");
}

/* Where the labels of the lists that are open stand, the outermost first. */
typedef struct open_lists {
    float x[MOST_DEPTH];
    uint8_t family[MOST_DEPTH];
    int32_t depth;
} open_lists;

/* The depth of an item whose label stands at `x`: closes what is further in. */
static int32_t place_item(open_lists *open, float x, uint8_t family, float em, bool *starts)
{
    while (open->depth > 1 && x < open->x[open->depth - 1] - SAME_PLACE_EM * em)
        open->depth--;
    bool first = open->depth == 0;
    bool inner = !first && x > open->x[open->depth - 1] + SAME_PLACE_EM * em;
    if ((first || inner) && open->depth < MOST_DEPTH)
        open->depth++;
    int32_t at = open->depth - 1;
    *starts = first || inner || (open->family[at] == LABEL_BULLET) != (family == LABEL_BULLET);
    open->x[at] = x;
    open->family[at] = family;
    return open->depth;
}

void layout_judge_lists(layout_window *w, layout_page *lp)
{
    (void)w;
    open_lists open = {0};
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        label own = label_of(lp, b);
        if (!is_item(lp, i, own)) {
            open.depth = 0;
            continue;
        }
        bool starts;
        float x = lp->lines[b->first].box.x0;
        int32_t depth = place_item(&open, x, (uint8_t)own.family, b->size, &starts);
        make_item(lp, b, own, depth);
        b->flags |= starts ? BLOCK_STARTS_LIST : 0;
    }
}
