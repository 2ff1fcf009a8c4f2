/*
 * Lists as tags state them (PDF 32000-1, 14.8.4.3.3).
 *
 *     L -- LI -- Lbl    "1."         an item; its label, where one is printed
 *       |     -- LBody  "text"
 *       |     -- L -- LI ...         an inner list
 *       -- LI -- LBody -- P          the first paragraph of an item, and
 *                      -- P          what it holds besides
 *
 * The tree tells where an item begins, how deep it stands and which list it belongs to, also where
 * no label is printed and over pages. A label is what the page shows, never made up from numbering.
 */
#include "layout/passes.h"

enum { TERM_LEAST = 5 }; /* bytes of a label without digits that is a term */

static bool has_digit(quire_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

/* Bytes at the start of the block's first line that the tree calls the item's label. */
static uint32_t stated_label(const layout_window *w, const layout_page *lp, const line *l,
                             int32_t item)
{
    uint32_t size = 0;
    for (uint32_t i = l->first; i < l->end && !(l->flags & LINE_RIGHT_TO_LEFT); i++) {
        tag_item at = layout_tree_item(w->tree, layout_node_of_word(lp, &lp->words[i]));
        if (at.node != item || !at.is_label)
            break;
        size = lp->words[i].text_end;
    }
    return size;
}

/* The label that is printed, and what it says of the list. */
static void set_marker(const layout_window *w, const layout_page *lp, block *b,
                       const tag_item *item)
{
    const line *first = &lp->lines[b->first];
    label own = layout_label_of(first);
    uint32_t stated = stated_label(w, lp, first, item->node);
    quire_text text = {first->text.data, stated};
    bool terms = item->numbering == QUIRE_NUMBERING_TERMS ||
                 (stated >= TERM_LEAST && own.family == LABEL_NONE && !has_digit(text));
    b->marker = b->term = 0;
    b->marker_value = own.value;
    b->marker_family = item->numbering == QUIRE_NUMBERING_ORDERED || has_digit(text) ? LABEL_DECIMAL
                                                                                     : LABEL_BULLET;
    if (terms && stated > 0) {
        b->term = stated;
        b->flags |= BLOCK_DEFINITION;
        return;
    }
    if (own.family != LABEL_NONE)
        b->marker_family = (uint8_t)own.family;
    b->marker = stated > own.size ? stated : (uint32_t)own.size;
}

static bool can_be_item(const block *b)
{
    return b->first < b->end && b->layer == QUIRE_LAYER_BODY &&
           (b->type == QUIRE_PARAGRAPH || b->type == QUIRE_LIST_ITEM ||
            (b->type == QUIRE_HEADING && b->outlined == 0));
}

static void make_item(layout_window *w, layout_page *lp, block *b, const tag_item *item)
{
    bool open = layout_tree_holds(w->tree, item->list, w->tree_item);
    w->tree_item = item->node;
    b->type = QUIRE_LIST_ITEM;
    b->level = item->depth;
    b->confidence = 1;
    b->flags &= ~(uint32_t)(BLOCK_STARTS_LIST | BLOCK_CONTINUES | BLOCK_DEFINITION | BLOCK_QUOTE);
    b->flags |= open ? BLOCK_CONTINUES : BLOCK_STARTS_LIST;
    set_marker(w, lp, b, item);
    layout_explain(lp, b, "item: the file's tags say so, lists around it: %d", item->depth);
}

void layout_state_item(layout_window *w, layout_page *lp, block *b)
{
    tag_item item = layout_tree_item(w->tree, layout_node_of_block(w->tree, lp, b));
    if (item.node < 0 || b->layer != QUIRE_LAYER_BODY)
        return;
    if (!layout_tree_holds(w->tree, item.node, w->tree_item)) {
        if (can_be_item(b) &&
            layout_tree_element(w->tree, layout_node_of_block(w->tree, lp, b)).kind == TAG_ITEM)
            make_item(w, lp, b, &item);
        return;
    }
    b->held = item.depth;
    if (b->type != QUIRE_LIST_ITEM)
        return;
    b->type = QUIRE_PARAGRAPH;
    b->level = 0;
    b->marker = b->term = 0;
    layout_explain(lp, b, "held by the item before it: the file's tags say so");
}
