/*
 * Tags: what a tagged file states of its blocks, where its structure tree proves worth believing
 * (tagtrial.c). What it says then goes before what looks say: headings, captions, notes, items,
 * figures; a tree that is not believed may still confirm what looks nearly show.
 */
#include "layout/passes.h"

#define AGREED 0.8f /* of a block's words, for what the tree says to hold of the block */
#define HINT_LEAST (-1.0f) /* score as a heading that tags may lift */
#define EDGE_ZONE 0.12f /* of the height: where artifacts are running heads and feet */

typedef struct verdict {
    int32_t node; /* TAG_ARTIFACT, TAG_UNKNOWN: no agreement */
    tag_element element;
} verdict;

/* What most words of the block are; their majority is sought as Boyer and Moore do. */
static verdict verdict_of(const layout_window *w, const layout_page *lp, const block *b)
{
    verdict best = {TAG_UNKNOWN, {-1, TAG_PLAIN, 0}};
    int lead = 0, words = 0, agreed = 0;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = lp->lines[b->first].first; i < lp->lines[b->end - 1].end; i++) {
            int32_t node = layout_node_of_word(lp, &lp->words[i]);
            tag_element e = layout_tree_element(w->tree, node);
            bool same = (node < 0 ? node : 0) == (best.node < 0 ? best.node : 0) &&
                        e.kind == best.element.kind && e.level == best.element.level;
            words += round;
            agreed += round && same;
            if (round == 0 && lead == 0)
                best = (verdict){node, e};
            lead += round ? 0 : lead == 0 || same ? 1 : -1;
        }
    return (float)agreed >= AGREED * (float)words ? best
                                                  : (verdict){TAG_UNKNOWN, {-1, TAG_PLAIN, 0}};
}

/* What the tree holds of the page lies in this box. */
static quire_box stated_box(const structure_tree *tree, const layout_page *lp)
{
    quire_box box = quire_box_empty();
    for (size_t i = 0; i < lp->block_count; i++)
        if (layout_node_of_block(tree, lp, &lp->blocks[i]) >= 0)
            box = quire_box_union(box, lp->blocks[i].box);
    return box;
}

/* An artifact is no part of the text; where it stands amidst that it is kept there all the same. */
static void make_furniture(layout_page *lp, block *b, quire_box text)
{
    bool top = b->box.y1 < EDGE_ZONE * lp->height || b->box.y1 <= text.y0;
    bool bottom = b->box.y0 >= (1 - EDGE_ZONE) * lp->height || b->box.y0 >= text.y1;
    if (!top && !bottom && b->box.x1 > text.x0 && b->box.x0 < text.x1)
        return;
    top |= !bottom && b->box.y0 + b->box.y1 < lp->height;
    bool number = b->end == b->first + 1 && layout_is_page_number(lp->lines[b->first].text);
    b->type = number ? QUIRE_PAGE_NUMBER : top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER;
    b->layer = QUIRE_LAYER_FURNITURE;
    b->level = 0;
    layout_explain(lp, b, "furniture: the file marks it as an artifact");
}

/* Levels count from below the title, also where the only heading of the first level is tagged so.
 */
static void make_heading(layout_window *w, layout_page *lp, block *b, const tag_element *e)
{
    if (b->type == QUIRE_TITLE) {
        if (w->tree_top > 0 && e->kind == TAG_HEADING && e->level == w->tree_top)
            w->tree_depth = w->tree_top;
        return;
    }
    bool was = b->type == QUIRE_HEADING;
    int32_t below = e->level - w->tree_depth;
    b->type = e->kind == TAG_TITLE ? QUIRE_TITLE : QUIRE_HEADING;
    b->level = e->kind == TAG_TITLE ? 0
               : e->level > 0       ? (below > 0 ? below : 1)
               : was                ? b->level
                                    : 1;
    b->confidence = 1;
    b->marker = b->term = 0;
    layout_explain(lp, b, "heading: the file's tags say so");
}

static void make(layout_page *lp, block *b, quire_element_type type, const char *why)
{
    if (b->type == type)
        return;
    b->type = type;
    b->layer = type == QUIRE_FOOTNOTE ? QUIRE_LAYER_FOOTNOTE : QUIRE_LAYER_BODY;
    b->level = 0;
    b->marker = b->term = 0;
    layout_explain(lp, b, "%s: the file's tags say so", why);
}

static void make_quote(layout_page *lp, block *b)
{
    if (b->type != QUIRE_PARAGRAPH || b->flags & BLOCK_QUOTE)
        return;
    b->flags |= BLOCK_QUOTE;
    layout_explain(lp, b, "quotation: the file's tags say so");
}

/* `text`: where the tree has text on the page. */
static void judge_block(layout_window *w, layout_page *lp, block *b, quire_box text)
{
    verdict v = verdict_of(w, lp, b);
    if (v.node == TAG_ARTIFACT)
        make_furniture(lp, b, text);
    if (v.node < 0)
        return;
    b->tagged_language = layout_tree_language(w->tree, v.node);
    switch (v.element.kind) {
    case TAG_HEADING:
    case TAG_TITLE:
        make_heading(w, lp, b, &v.element);
        break;
    case TAG_CAPTION:
        make(lp, b, QUIRE_CAPTION, "caption");
        break;
    case TAG_NOTE:
        make(lp, b, QUIRE_FOOTNOTE, "footnote");
        break;
    case TAG_FORMULA:
        if (b->type == QUIRE_PARAGRAPH)
            make(lp, b, QUIRE_FORMULA, "formula");
        break;
    case TAG_QUOTE:
        make_quote(lp, b);
        break;
    case TAG_PLAIN:
        if (b->type == QUIRE_HEADING)
            make(lp, b, QUIRE_PARAGRAPH, "paragraph");
        break;
    default:
        break;
    }
}

/* Of a tree that is not believed as a whole: a heading that the looks nearly show. */
static void take_hint(layout_window *w, layout_page *lp, block *b)
{
    if (b->type != QUIRE_PARAGRAPH || !(b->flags & BLOCK_CANDIDATE) || b->score < HINT_LEAST)
        return;
    verdict v = verdict_of(w, lp, b);
    if (v.node < 0 || v.element.kind != TAG_HEADING)
        return;
    b->type = QUIRE_HEADING;
    b->level = layout_heading_level(w, lp, b);
    b->confidence = 0.5f;
    layout_explain(lp, b, "heading: a score of %.2f, and the file's tags call it one",
                   (double)b->score);
}

static bool is_open(const layout_page *lp, const block *b)
{
    bool type = b->type == QUIRE_PARAGRAPH || b->type == QUIRE_HEADING || b->type == QUIRE_TITLE ||
                b->type == QUIRE_CAPTION || b->type == QUIRE_FOOTNOTE || b->type == QUIRE_LIST_ITEM;
    bool inside = b->area >= 0 && lp->areas[b->area].kind != AREA_CARD;
    return b->first < b->end && b->layer != QUIRE_LAYER_FURNITURE && type && !inside;
}

/* ---- figures ---- */

static const char *alt_of(const layout_window *w, const layout_page *lp, const block *b)
{
    const int32_t *nodes = lp->nodes;
    quire_box box = layout_frame_box_back(&lp->frame, b->box);
    for (size_t i = 0; i < lp->page->image_count; i++) {
        const quire_image *image = &lp->page->images[i];
        float x = (image->box.x0 + image->box.x1) / 2, y = (image->box.y0 + image->box.y1) / 2;
        if (image->tag < 0 || !quire_box_holds_point(box, x, y))
            continue;
        const char *alt = layout_tree_alt(w->tree, nodes[image->tag]);
        if (alt)
            return alt;
    }
    for (size_t i = 0; i < lp->page->drawing_count; i++) {
        const quire_drawing *d = &lp->page->drawings[i];
        float x = (d->box.x0 + d->box.x1) / 2, y = (d->box.y0 + d->box.y1) / 2;
        if (d->tag >= 0 && nodes[d->tag] >= 0 && quire_box_holds_point(box, x, y))
            return layout_tree_alt(w->tree, nodes[d->tag]);
    }
    return NULL;
}

void layout_judge_tags(layout_window *w, layout_page *lp)
{
    if (!w->tree || !lp->nodes)
        return;
    quire_box text = w->tree_trusted ? stated_box(w->tree, lp) : quire_box_empty();
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type == QUIRE_FIGURE)
            b->alt = alt_of(w, lp, b);
        else if (w->tree_trusted && is_open(lp, b))
            judge_block(w, lp, b, text);
        else if (w->tree_hints && is_open(lp, b))
            take_hint(w, lp, b);
        if (w->tree_trusted)
            layout_state_item(w, lp, b);
    }
}
