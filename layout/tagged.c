/*
 * Tags: what a tagged file states of its own structure, where it proves worth believing.
 *
 * Many trees are made by machines that guess, so that a tree has to show itself first, on the pages
 * of the window: it names nearly all of the text, says more than that there are paragraphs, does
 * not call everything a heading, and runs in the order of the page. Then what it says of a block
 * goes before what its looks say. A file without tags is not asked anything.
 */
#include "layout/passes.h"

#include <stdio.h>

enum {
    MOST_PAIRED = 64, /* blocks of a page whose order is compared */
    PERCENT = 100,
};

#define COVERED_LEAST 0.9f /* of the words */
#define HEADINGS_MOST 0.25f /* of the blocks */
#define TAU_LEAST 0.6f
#define AGREED 0.8f /* of a block's words, for what the tree says to hold of the block */
#define HINT_LEAST (-1.0f) /* score as a heading that tags may lift */
#define EDGE_ZONE 0.12f /* of the height: where artifacts are running heads and feet */

/* What was counted over the pages of the window. */
typedef struct trial {
    uint32_t words, covered;
    uint32_t blocks, headings, structured;
    int32_t top; /* level of the highest headings, 0: none */
    uint32_t tops; /* how many are of it */
    uint32_t agreeing, disagreeing; /* pairs of blocks */
} trial;

static int32_t node_of_word(const layout_page *lp, const int32_t *nodes, const word *w)
{
    int32_t tag = lp->page->glyphs[w->first].tag;
    return tag >= 0 ? nodes[tag] : TAG_UNKNOWN;
}

static const word *first_word(const layout_page *lp, const block *b)
{
    return &lp->words[lp->lines[b->first].first];
}

static int32_t *resolve(const layout_window *w, const layout_page *lp)
{
    int32_t *nodes = quire_arena_array(lp->scratch, int32_t, lp->page->tag_count);
    layout_tree_resolve(w->tree, lp->page, nodes);
    return nodes;
}

/* ---- is it worth believing? ---- */

/* The cheap half of the first condition, for which the tree need not be read. */
static bool is_marked(const layout_window *w)
{
    size_t words = 0, marked = 0;
    for (int p = 0; p < w->count; p++) {
        const layout_page *lp = w->pages[p];
        words += lp->word_count;
        for (size_t i = 0; lp->page->tag_count > 0 && i < lp->word_count; i++)
            marked += lp->page->glyphs[lp->words[i].first].tag >= 0;
    }
    return words > 0 && (float)marked >= COVERED_LEAST * (float)words;
}

static void try_order(trial *t, const int32_t *order, int count)
{
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++) {
            t->agreeing += order[i] < order[k];
            t->disagreeing += order[i] > order[k];
        }
}

static void count_level(trial *t, int32_t level)
{
    if (level <= 0)
        return;
    if (t->top == 0 || level < t->top) {
        t->top = level;
        t->tops = 0;
    }
    t->tops += level == t->top;
}

static void try_page(const layout_window *w, const layout_page *lp, trial *t)
{
    const int32_t *nodes = resolve(w, lp);
    int32_t order[MOST_PAIRED];
    int count = 0;
    for (size_t i = 0; i < lp->word_count; i++) {
        t->words++;
        t->covered += node_of_word(lp, nodes, &lp->words[i]) != TAG_UNKNOWN;
    }
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b->first == b->end)
            continue;
        int32_t node = node_of_word(lp, nodes, first_word(lp, b));
        tag_element element = layout_tree_element(w->tree, node);
        tag_kind kind = element.kind;
        t->blocks++;
        if (kind == TAG_HEADING)
            count_level(t, element.level);
        t->headings += kind == TAG_HEADING || kind == TAG_TITLE;
        t->structured += kind != TAG_PLAIN && kind != TAG_FIGURE;
        if (node >= 0 && count < MOST_PAIRED)
            order[count++] = node;
    }
    try_order(t, order, count);
}

/* What speaks against the tree; NULL: nothing does. */
static const char *objection(const trial *t, float tau)
{
    if ((float)t->covered < COVERED_LEAST * (float)t->words)
        return "much of the text is not in it";
    if (t->structured == 0)
        return "it knows paragraphs only";
    if ((float)t->headings > HEADINGS_MOST * (float)t->blocks && t->headings > 2)
        return "it calls too much a heading";
    if (tau < TAU_LEAST)
        return "its order is not that of the page";
    return NULL;
}

static void judge_tree(layout_window *w)
{
    trial t = {0};
    for (int p = 0; p < w->count; p++) {
        quire_arena_mark mark = quire_arena_position(w->pages[p]->scratch);
        try_page(w, w->pages[p], &t);
        quire_arena_reset(w->pages[p]->scratch, mark);
    }
    uint32_t pairs = t.agreeing + t.disagreeing;
    float tau = pairs ? ((float)t.agreeing - (float)t.disagreeing) / (float)pairs : 1;
    const char *against = objection(&t, tau);
    w->tree_trusted = !against;
    w->tree_top = t.tops == 1 ? t.top : 0;
    w->tree_depth = t.top > 0 ? t.top - 1 : 0;
    w->tree_hints =
        against && t.headings > 0 && (float)t.headings <= HEADINGS_MOST * (float)t.blocks;
    char message[160];
    if (against)
        snprintf(message, sizeof message, "the file's tags are %s: %s",
                 w->tree_hints ? "hints only" : "not used", against);
    else
        snprintf(message, sizeof message,
                 "the file's tags are used: %u %% of the text has them, their order agrees to %.2f",
                 t.words ? t.covered * PERCENT / t.words : 0, (double)tau);
    quire_document_add_issue(w->document,
                             !against        ? "tags_used"
                             : w->tree_hints ? "tags_as_hints"
                                             : "tags_not_used",
                             QUIRE_INFO, 0, message);
}

structure_tree *layout_read_tree(layout_window *w)
{
    bool has_tree = w->facts && w->facts->tagged && w->options->structure;
    if (has_tree && !w->tree_read)
        w->own_tree = layout_tree_new(w->options->structure(w->options->user));
    w->tree_read = true;
    return w->own_tree;
}

static void find_tree(layout_window *w)
{
    if (w->tree_sought || !w->facts || !w->facts->tagged || !w->options->structure)
        return;
    w->tree_sought = true;
    if (!is_marked(w)) {
        quire_document_add_issue(w->document, "tags_not_used", QUIRE_INFO, 0,
                                 "the file's tags are not used: much of the text has none");
        return;
    }
    w->tree = layout_read_tree(w);
    if (w->tree)
        judge_tree(w);
}

/* ---- what it says of blocks ---- */

typedef struct verdict {
    int32_t node; /* TAG_ARTIFACT, TAG_UNKNOWN: no agreement */
    tag_element element;
} verdict;

/* What most words of the block are; their majority is sought as Boyer and Moore do. */
static verdict verdict_of(const layout_window *w, const layout_page *lp, const int32_t *nodes,
                          const block *b)
{
    verdict best = {TAG_UNKNOWN, {-1, TAG_PLAIN, 0}};
    int lead = 0, words = 0, agreed = 0;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = lp->lines[b->first].first; i < lp->lines[b->end - 1].end; i++) {
            int32_t node = node_of_word(lp, nodes, &lp->words[i]);
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

static void make_furniture(layout_page *lp, block *b)
{
    bool top = b->box.y1 < EDGE_ZONE * lp->height;
    if (!top && b->box.y0 < (1 - EDGE_ZONE) * lp->height)
        return;
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
    layout_explain(lp, b, "heading: the file's tags say so");
}

static void make(layout_page *lp, block *b, quire_element_type type, const char *why)
{
    if (b->type == type)
        return;
    b->type = type;
    b->layer = type == QUIRE_FOOTNOTE ? QUIRE_LAYER_FOOTNOTE : QUIRE_LAYER_BODY;
    b->level = 0;
    layout_explain(lp, b, "%s: the file's tags say so", why);
}

static void make_quote(layout_page *lp, block *b)
{
    if (b->type != QUIRE_PARAGRAPH || b->flags & BLOCK_QUOTE)
        return;
    b->flags |= BLOCK_QUOTE;
    layout_explain(lp, b, "quotation: the file's tags say so");
}

static void judge_block(layout_window *w, layout_page *lp, const int32_t *nodes, block *b)
{
    verdict v = verdict_of(w, lp, nodes, b);
    if (v.node == TAG_ARTIFACT)
        make_furniture(lp, b);
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
static void take_hint(layout_window *w, layout_page *lp, const int32_t *nodes, block *b)
{
    if (b->type != QUIRE_PARAGRAPH || !(b->flags & BLOCK_CANDIDATE) || b->score < HINT_LEAST)
        return;
    verdict v = verdict_of(w, lp, nodes, b);
    if (v.node < 0 || v.element.kind != TAG_HEADING)
        return;
    b->type = QUIRE_HEADING;
    b->level = layout_heading_level(w, lp, b);
    b->confidence = 0.5f;
    layout_explain(lp, b, "heading: a score of %.2f, and the file's tags call it one",
                   (double)b->score);
}

static bool is_open(const block *b)
{
    bool type = b->type == QUIRE_PARAGRAPH || b->type == QUIRE_HEADING || b->type == QUIRE_TITLE ||
                b->type == QUIRE_CAPTION || b->type == QUIRE_FOOTNOTE;
    return b->first < b->end && b->layer != QUIRE_LAYER_FURNITURE && type && b->area < 0;
}

/* ---- what it says of figures ---- */

static const char *alt_of(const layout_window *w, const layout_page *lp, const int32_t *nodes,
                          const block *b)
{
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
    find_tree(w);
    if (!w->tree || lp->page->tag_count == 0)
        return;
    const int32_t *nodes = resolve(w, lp);
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type == QUIRE_FIGURE)
            b->alt = alt_of(w, lp, nodes, b);
        else if (w->tree_trusted && is_open(b))
            judge_block(w, lp, nodes, b);
        else if (w->tree_hints && is_open(b))
            take_hint(w, lp, nodes, b);
    }
}
