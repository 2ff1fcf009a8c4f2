/*
 * Lists: blocks that start with a label.
 *
 *     Some text:                 1. first item, which
 *       - one item                  goes on here
 *         o an inner one         2. second item
 *       - another
 *
 * A bullet makes an item by itself; a number needs a sibling whose number follows or precedes, on
 * its page or at the end of the page before. Items whose labels stand further right than those
 * before them are inner ones. A list that is open where a page ends goes on with the first item of
 * the next page.
 */
#include "layout/passes.h"
#include "layout/stage_dump.h"

enum { LOOK_BACK = 12 };

#define SAME_PLACE_EM 0.8f
#define SMALL 0.95f /* of the body: notes, below which a list may go on over the page's end */

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
    return can_be_item(b) ? layout_label_of(&lp->lines[b->first]) : (label){0};
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

static bool goes_on(const open_lists *open, label own)
{
    for (int32_t i = 0; i < open->depth; i++)
        if (own.family == LABEL_BULLET ? open->last[i].family == LABEL_BULLET
                                       : follows(open->last[i], own))
            return true;
    return false;
}

/* What a block with a label is judged by, each worth its weight; an item has more than none. */
enum { ITEM_BULLET, ITEM_SIBLING, ITEM_GOES_ON, ITEM_ONLY_LABEL, ITEM_FEATURES };

static const struct {
    const char *name;
    float weight;
} features[ITEM_FEATURES] = {
    [ITEM_BULLET] = {"a bullet", 1},
    [ITEM_SIBLING] = {"a neighbour that counts on", 1},
    [ITEM_GOES_ON] = {"a list of the page before", 1},
    [ITEM_ONLY_LABEL] = {"nothing but the label", -4},
};

static void tell_item(const layout_page *lp, const block *b, const float *values, bool verdict)
{
    const char *names[ITEM_FEATURES + 1] = {0};
    for (size_t i = 0; i < ITEM_FEATURES; i++)
        names[i] = features[i].name;
    layout_tell_features(lp, verdict, names, values, lp->lines[b->first].text, (quire_text){0});
}

/* `turned`: the lists that the page before left open, while no text of this one ended them. */
static bool is_item(const layout_page *lp, size_t index, label own, const open_lists *turned)
{
    const block *b = &lp->blocks[index];
    if (own.family == LABEL_NONE)
        return false;
    bool bullet = own.family == LABEL_BULLET;
    float values[ITEM_FEATURES] = {[ITEM_BULLET] = bullet,
                                   [ITEM_SIBLING] = !bullet && has_sibling(lp, index, own),
                                   [ITEM_GOES_ON] = turned && goes_on(turned, own),
                                   [ITEM_ONLY_LABEL] = own.size >= lp->lines[b->first].text.size &&
                                                       b->end == b->first + 1};
    float score = 0;
    for (size_t i = 0; i < ITEM_FEATURES; i++)
        score += values[i] * features[i].weight;
    if (layout_tells_features(lp, "lists"))
        tell_item(lp, b, values, score > 0);
    return score > 0;
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

/* The depth of an item whose label stands at `x`: closes what is further in. */
static int32_t place_item(open_lists *open, float x, label own, float em, bool *starts)
{
    while (open->depth > 1 && x < open->x[open->depth - 1] - SAME_PLACE_EM * em)
        open->depth--;
    bool first = open->depth == 0;
    bool inner = !first && x > open->x[open->depth - 1] + SAME_PLACE_EM * em;
    if ((first || inner) && open->depth < LAYOUT_LIST_DEPTH)
        open->depth++;
    int32_t at = open->depth - 1;
    *starts =
        first || inner || (open->last[at].family == LABEL_BULLET) != (own.family == LABEL_BULLET);
    open->x[at] = x;
    open->last[at] = own;
    return open->depth;
}

/* ---- over pages ---- */

static bool is_body(const block *b)
{
    return b->first < b->end && b->layer == QUIRE_LAYER_BODY;
}

/* The edges of the page's text. */
static quire_box text_box(const layout_page *lp)
{
    quire_box text = quire_box_empty();
    for (size_t i = 0; i < lp->block_count; i++)
        if (is_body(&lp->blocks[i]) && lp->blocks[i].area < 0)
            text = quire_box_union(text, lp->blocks[i].box);
    return text;
}

/* How far in a line begins, from the edge at which lines begin in its direction. */
static float depth_of(const line *l, quire_box text)
{
    return l->flags & LINE_RIGHT_TO_LEFT ? text.x1 - l->box.x1 : l->box.x0 - text.x0;
}

/* The rest of an item that the page before began. */
static bool is_rest(const layout_page *lp, const block *b)
{
    size_t at = 0;
    quire_text text = lp->lines[b->first].text;
    return b->type == QUIRE_PARAGRAPH && text.size > 0 &&
           quire_is_lower(quire_utf8_next(text.data, text.size, &at));
}

/* Notes at the foot of the page end no list. */
static bool is_note(const layout_page *lp, const block *b)
{
    return b->size < SMALL * lp->body_size && b->type == QUIRE_PARAGRAPH;
}

void layout_judge_lists(layout_window *w, layout_page *lp)
{
    open_lists open = w->lists, last = {0};
    bool turned = true; /* nothing on this page ended what the page before left open */
    quire_box text = text_box(lp);
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        label own = label_of(lp, b);
        if (!is_body(b) || (turned && is_rest(lp, b)))
            continue;
        if (b->flags & BLOCK_DEFINITION || !is_item(lp, i, own, turned ? &open : NULL)) {
            last = is_note(lp, b) ? open : (open_lists){0};
            open.depth = 0;
            turned = false;
            continue;
        }
        if (turned && !goes_on(&open, own))
            open.depth = 0;
        bool starts;
        int32_t depth =
            place_item(&open, depth_of(&lp->lines[b->first], text), own, b->size, &starts);
        make_item(lp, b, own, depth);
        b->flags |= starts ? BLOCK_STARTS_LIST : turned ? BLOCK_CONTINUES : 0;
        turned = false;
        last = open;
    }
    w->lists = last;
}
