/*
 * The order that tags state, and where its elements begin and end.
 *
 *     columns would have it        the tree has it
 *       +---+ +---+                  +---+ +---+
 *       | 1 | | 3 |                  | 1 | | 2 |        boxes that are read row by row
 *       +---+ +---+                  +---+ +---+
 *       | 2 | | 4 |                  | 3 | | 4 |
 *       +---+ +---+                  +---+ +---+
 *
 * Where the tree is trusted (tagtrial.c), lines of one block that belong to two elements are
 * parted, such as items without bullets; neighbouring blocks that belong to one are joined. Then
 * blocks are put into the order of the tree, page by page: not where it contradicts what looks
 * leave no doubt about, that text is read downwards. What stands in no element keeps to the block
 * before it; notes do, too, which trees have where they are called.
 */
#include "layout/passes.h"

#include <stdio.h>
#include <string.h>

enum { MOST_COMPARED = 128 }; /* blocks of a page whose order is compared */

#define DOWNWARDS_LEAST 0.6f /* of the pairs that stand below each other: agreeing less others */
#define BELOW 0.5f /* of the narrower one, that overlaps what it stands below */

/* ---- elements ---- */

static int32_t first_node(const layout_page *lp, const line *l)
{
    for (uint32_t i = l->first; i < l->end; i++) {
        int32_t node = layout_node_of_word(lp, &lp->words[i]);
        if (node >= 0)
            return node;
    }
    return TAG_UNKNOWN;
}

static int32_t last_node(const layout_page *lp, const line *l)
{
    for (uint32_t i = l->end; i-- > l->first;) {
        int32_t node = layout_node_of_word(lp, &lp->words[i]);
        if (node >= 0)
            return node;
    }
    return TAG_UNKNOWN;
}

/* The label of an item, and what it is the label of. */
static bool is_labelled(const structure_tree *tree, int32_t a, int32_t b)
{
    tag_item lead = layout_tree_item(tree, a), body = layout_tree_item(tree, b);
    return lead.node >= 0 && lead.is_label && lead.node == body.node;
}

bool layout_can_recut(const layout_page *lp, const block *b)
{
    bool inside = b->area >= 0 && lp->areas[b->area].kind != AREA_CARD;
    return b->type == QUIRE_PARAGRAPH && b->first < b->end && !inside &&
           !(b->flags & BLOCK_KEEPS_LINES);
}

bool layout_tags_part(const structure_tree *tree, const layout_page *lp, uint32_t at)
{
    if (lp->lines[at].row == lp->lines[at - 1].row) /* a bullet that is tagged by itself */
        return false;
    int32_t a = last_node(lp, &lp->lines[at - 1]), b = first_node(lp, &lp->lines[at]);
    int32_t before = layout_tree_unit(tree, a), next = layout_tree_unit(tree, b);
    return before != next && layout_tree_is_flowing(tree, before) &&
           layout_tree_is_flowing(tree, next) && !is_labelled(tree, a, b);
}

bool layout_tags_join(const structure_tree *tree, const layout_page *lp, const block *a,
                      const block *b)
{
    if (a->end != b->first || a->area != b->area || !layout_can_recut(lp, a) ||
        !layout_can_recut(lp, b))
        return false;
    const line *last = &lp->lines[a->end - 1], *first = &lp->lines[b->first];
    int32_t x = last_node(lp, last), y = first_node(lp, first);
    if (x < 0 || y < 0 || last->angle != first->angle)
        return false;
    int32_t unit = layout_tree_unit(tree, x);
    bool same = unit == layout_tree_unit(tree, y) && layout_tree_is_flowing(tree, unit);
    return is_labelled(tree, x, y) || (same && !(first->flags & LINE_SAME_ROW));
}

/* ---- blocks ---- */

static void add_part(layout_page *lp, const block *whole, uint32_t first, uint32_t end)
{
    block *b = quire_array_push(&lp->lists->blocks);
    if (!b)
        return;
    *b = *whole;
    b->first = first;
    b->end = end;
    if (first == whole->first && end == whole->end)
        return;
    layout_finish_block(lp, b);
    layout_explain(lp, b,
                   first > whole->first ? "begins here: the file's tags say so"
                                        : "ends here: the file's tags say so");
}

static void cut_block(const layout_window *w, layout_page *lp, const block *b)
{
    uint32_t first = b->first;
    for (uint32_t i = first + 1; layout_can_recut(lp, b) && i < b->end; i++) {
        if (!layout_tags_part(w->tree, lp, i))
            continue;
        add_part(lp, b, first, i);
        first = i;
    }
    add_part(lp, b, first, b->end);
}

static void cut_blocks(const layout_window *w, layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++)
        cut_block(w, lp, &lp->blocks[i]);
    lp->block_count = lp->lists->blocks.count;
    lp->blocks = quire_array_freeze(&lp->lists->blocks, lp->arena);
}

static void join_blocks(const layout_window *w, layout_page *lp)
{
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i], *before = kept > 0 ? &lp->blocks[kept - 1] : NULL;
        if (!before || !layout_tags_join(w->tree, lp, before, b)) {
            lp->blocks[kept++] = *b;
            continue;
        }
        before->end = b->end;
        layout_finish_block(lp, before);
        layout_explain(lp, before, "goes on: the file's tags say so");
    }
    lp->block_count = kept;
}

/* ---- order ---- */

static int32_t node_of_table(const layout_page *lp, const table *t)
{
    for (size_t i = 0; t && i < t->cell_count; i++)
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++) {
            int32_t node = layout_node_of_word(lp, &lp->words[t->words[k]]);
            if (node >= 0)
                return node;
        }
    return TAG_UNKNOWN;
}

static int32_t node_of_picture(const layout_page *lp, const block *b)
{
    quire_box box = layout_frame_box_back(&lp->frame, b->box);
    for (size_t i = 0; i < lp->page->image_count; i++) {
        const quire_image *image = &lp->page->images[i];
        float x = (image->box.x0 + image->box.x1) / 2, y = (image->box.y0 + image->box.y1) / 2;
        if (image->tag >= 0 && lp->nodes[image->tag] >= 0 && quire_box_holds_point(box, x, y))
            return lp->nodes[image->tag];
    }
    for (size_t i = 0; i < lp->page->drawing_count; i++) {
        const quire_drawing *d = &lp->page->drawings[i];
        float x = (d->box.x0 + d->box.x1) / 2, y = (d->box.y0 + d->box.y1) / 2;
        if (d->tag >= 0 && lp->nodes[d->tag] >= 0 && quire_box_holds_point(box, x, y))
            return lp->nodes[d->tag];
    }
    return TAG_UNKNOWN;
}

int32_t layout_node_of_block(const structure_tree *tree, const layout_page *lp, const block *b)
{
    int32_t node = TAG_UNKNOWN;
    if (!lp->nodes)
        return TAG_UNKNOWN;
    if (b->type == QUIRE_TABLE && b->area >= 0)
        node = node_of_table(lp, lp->areas[b->area].table);
    else if (b->first == b->end)
        node = node_of_picture(lp, b);
    for (uint32_t i = b->first; i < b->end && node < 0; i++)
        node = first_node(lp, &lp->lines[i]);
    return layout_tree_element(tree, node).kind == TAG_NOTE ? TAG_UNKNOWN : node;
}

/* Blocks of the page that the tree may move, from the first that stands in it to the last. */
typedef struct movable {
    size_t first, count;
    sort_key *keys; /* the node of each, or of the block that it keeps to */
} movable;

static movable find_movable(const structure_tree *tree, const layout_page *lp)
{
    movable m = {.keys = quire_arena_array(lp->scratch, sort_key, lp->block_count)};
    size_t end = 0;
    int32_t last = TAG_UNKNOWN;
    m.first = lp->block_count;
    for (size_t i = 0; i < lp->block_count; i++) {
        int32_t node = layout_node_of_block(tree, lp, &lp->blocks[i]);
        if (node >= 0) {
            m.first = i < m.first ? i : m.first;
            end = i + 1;
            last = node;
        }
        if (last >= 0)
            m.keys[i - m.first] = (sort_key){(uint32_t)last, (uint32_t)i};
    }
    m.count = end > m.first ? end - m.first : 0;
    return m;
}

static bool is_sorted(const movable *m)
{
    for (size_t i = 1; i < m->count; i++)
        if (m->keys[i].key < m->keys[i - 1].key)
            return false;
    return true;
}

static bool stands_below(const block *a, const block *b)
{
    float narrower = fminf(quire_box_width(a->box), quire_box_width(b->box));
    return quire_overlap(a->box.x0, a->box.x1, b->box.x0, b->box.x1) >= BELOW * narrower &&
           b->box.y0 >= (a->box.y0 + a->box.y1) / 2;
}

/* Does the tree read downwards, and more often in the order of the columns than against it? */
static bool agrees(const layout_page *lp, const movable *m)
{
    long all = 0, below = 0, downwards = 0;
    size_t count = m->count < MOST_COMPARED ? m->count : MOST_COMPARED;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++) {
            if (m->keys[i].key == m->keys[k].key)
                continue;
            int same = m->keys[i].key < m->keys[k].key ? 1 : -1;
            bool certain = stands_below(&lp->blocks[m->first + i], &lp->blocks[m->first + k]);
            all += same;
            below += certain;
            downwards += certain ? same : 0;
        }
    return all >= 0 && (float)downwards >= DOWNWARDS_LEAST * (float)below;
}

static size_t move_blocks(layout_page *lp, const movable *m)
{
    size_t moved = 0;
    block *old = quire_arena_array(lp->scratch, block, m->count);
    memcpy(old, &lp->blocks[m->first], m->count * sizeof *old);
    layout_sort_by_key(lp->scratch, m->keys, m->count);
    for (size_t i = 0; i < m->count; i++) {
        size_t from = m->keys[i].index - m->first;
        block *b = &lp->blocks[m->first + i];
        *b = old[from];
        if (from == i)
            continue;
        moved++;
        layout_explain(lp, b, "order: the file's tags have it here");
    }
    return moved;
}

static void order_blocks(const layout_window *w, layout_page *lp)
{
    movable m = find_movable(w->tree, lp);
    if (is_sorted(&m))
        return;
    char message[128];
    if (!agrees(lp, &m)) {
        quire_document_add_issue(w->document, "tags_not_used", QUIRE_INFO, lp->page->number,
                                 "the order of this page's tags is not used: it contradicts how "
                                 "the text stands");
        return;
    }
    size_t moved = move_blocks(lp, &m);
    snprintf(message, sizeof message,
             "the file's tags order this page: %zu of its %zu parts would stand elsewhere", moved,
             lp->block_count);
    quire_document_add_issue(w->document, "tags_order", QUIRE_INFO, lp->page->number, message);
}

void layout_follow_tags(layout_window *w, layout_page *lp)
{
    layout_try_tree(w);
    layout_resolve_tags(w->tree, lp);
    if (!w->tree_trusted || !lp->nodes)
        return;
    layout_spell_tags(w->tree, lp);
    if (w->tree_cuts)
        cut_blocks(w, lp);
    if (w->tree_joins)
        join_blocks(w, lp);
    order_blocks(w, lp);
}
