/*
 * Is the structure tree of a tagged file worth believing?
 *
 * Many trees are made by machines that guess, so that a tree has to show itself first, on the pages
 * of the window: it names nearly all of the text, says more than that there are paragraphs, does
 * not call everything a heading, and runs in the order of the page. A tree that has an element for
 * each line is not asked where paragraphs end, nor one that has many paragraphs in one element.
 * A file without tags is not asked anything.
 */
#include "layout/passes.h"

#include <stdio.h>

enum {
    MOST_PAIRED = 64, /* blocks of a page whose order is compared */
    FEW = 4, /* lines parted, or blocks joined: they tell nothing of a tree */
    PERCENT = 100,
};

#define COVERED_LEAST 0.9f /* of the words */
#define HEADINGS_MOST 0.25f /* of the blocks */
#define TAU_LEAST 0.6f /* of the blocks of a page */
#define ORDERED_LEAST 0.5f /* of the pages: the order of the others is not used (tagorder.c) */
#define PARTED_MOST 0.5f /* of the lines that go on, for an element to be more than a line */
#define JOINED_MOST 0.25f /* of the blocks, for an element to be one paragraph */

/* What was counted over the pages of the window. */
typedef struct trial {
    uint32_t words, covered;
    uint32_t blocks, headings, structured;
    int32_t top; /* level of the highest headings, 0: none */
    uint32_t tops; /* how many are of it */
    uint32_t agreeing, disagreeing; /* pairs of blocks */
    uint32_t pages, ordered_pages; /* with such pairs, and those of which most agree */
    uint32_t joined, parted; /* neighbouring lines of blocks, and those that the tree parts */
    uint32_t fused; /* neighbouring blocks that the tree joins */
} trial;

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

static float tau_of(uint32_t agreeing, uint32_t disagreeing)
{
    uint32_t pairs = agreeing + disagreeing;
    return pairs ? ((float)agreeing - (float)disagreeing) / (float)pairs : 1;
}

static void try_order(trial *t, const int32_t *order, int count)
{
    uint32_t agreeing = 0, disagreeing = 0;
    for (int i = 0; i < count; i++)
        for (int k = i + 1; k < count; k++) {
            agreeing += order[i] < order[k];
            disagreeing += order[i] > order[k];
        }
    t->agreeing += agreeing;
    t->disagreeing += disagreeing;
    t->pages += agreeing + disagreeing > 0;
    t->ordered_pages += agreeing + disagreeing > 0 && tau_of(agreeing, disagreeing) >= TAU_LEAST;
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

/* Where the tree parts lines that look joined, and joins blocks that look parted. */
static void try_cuts(const layout_window *w, const layout_page *lp, trial *t)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (!layout_can_recut(lp, b))
            continue;
        for (uint32_t k = b->first + 1; k < b->end; k++)
            t->parted += layout_tags_part(w->tree, lp, k);
        t->joined += b->end - b->first - 1;
        t->fused += i > 0 && layout_tags_join(w->tree, lp, b - 1, b);
    }
}

static void try_page(const layout_window *w, layout_page *lp, trial *t)
{
    layout_resolve_tags(w->tree, lp);
    int32_t order[MOST_PAIRED];
    int count = 0;
    for (size_t i = 0; i < lp->word_count; i++) {
        t->words++;
        t->covered += layout_node_of_word(lp, &lp->words[i]) != TAG_UNKNOWN;
    }
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b->first == b->end)
            continue;
        int32_t node = layout_node_of_word(lp, &lp->words[lp->lines[b->first].first]);
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
    try_cuts(w, lp, t);
}

/* What speaks against the tree; NULL: nothing does. */
static const char *objection(const trial *t)
{
    if ((float)t->covered < COVERED_LEAST * (float)t->words)
        return "much of the text is not in it";
    if (t->structured == 0)
        return "it knows paragraphs only";
    if ((float)t->headings > HEADINGS_MOST * (float)t->blocks && t->headings > 2)
        return "it calls too much a heading";
    if ((float)t->ordered_pages < ORDERED_LEAST * (float)t->pages)
        return "its order is not that of the page";
    return NULL;
}

static void judge_tree(layout_window *w)
{
    trial t = {0};
    for (int p = 0; p < w->count; p++)
        try_page(w, w->pages[p], &t);
    const char *against = objection(&t);
    w->tree_trusted = !against;
    w->tree_cuts =
        !against && (t.parted <= FEW || (float)t.parted <= PARTED_MOST * (float)t.joined);
    w->tree_joins = !against && (t.fused <= FEW || (float)t.fused <= JOINED_MOST * (float)t.blocks);
    w->tree_item = -1;
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
                 t.words ? t.covered * PERCENT / t.words : 0,
                 (double)tau_of(t.agreeing, t.disagreeing));
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

void layout_resolve_tags(const structure_tree *tree, layout_page *lp)
{
    if (lp->nodes || !tree || lp->page->tag_count == 0)
        return;
    int32_t *nodes = quire_arena_array(lp->arena, int32_t, lp->page->tag_count);
    layout_tree_resolve(tree, lp->page, nodes);
    lp->nodes = nodes;
}

void layout_try_tree(layout_window *w)
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
