/*
 * Captions: which figure or table each of them is about.
 *
 *     Table 1: Yields          the nearest table, figure or row of figures above, below or beside
 *     +-----+-----+            it, with nothing in between; what the caption calls itself and where
 *     |     |     |            such captions stand settle the rest
 *     +-----+-----+
 *
 * A figure may also have a caption that does not begin like one: a line or two in small or slanted
 * type close below it. Every pair gets a score, the best pairs are taken first, each caption and
 * each figure once; the other figures of a row share the caption that stands below all of them.
 */
#include "layout/passes.h"

#include <stdlib.h>

enum { MOST_PAIRS = 256, UNNAMED_LINES = 3, UNNAMED_CHARACTERS = 200 };

#define GAP_MOST_EM 4.0f /* between a caption and what it is about */
#define UNNAMED_GAP_EM 1.8f
#define UNNAMED_SIZE 0.95f /* of the body's, most */
#define COMMON_LEAST 0.25f /* of the narrower one, across or down */
#define SCORE_LEAST 0.4f
#define BETWEEN_SLACK_EM 0.3f

typedef enum caption_side { SIDE_ABOVE, SIDE_BELOW, SIDE_BESIDE, SIDE_INSIDE } caption_side;

typedef struct caption_pair {
    block *caption, *holder;
    caption_side side; /* where the caption stands */
    float gap; /* ems */
    float common; /* of the narrower one */
    bool is_named; /* the caption begins like one */
    float score;
} caption_pair;

static bool is_holder(const block *b)
{
    return (b->type == QUIRE_FIGURE && !(b->flags & BLOCK_DECORATIVE)) || b->type == QUIRE_TABLE;
}

/* ---- cues ---- */

static float weigh_gap(const layout_page *lp, const caption_pair *p)
{
    (void)lp;
    return 1 - p->gap / GAP_MOST_EM;
}

/* "Table 3", "Tabelle 3" are about a table. */
static float weigh_word(const layout_page *lp, const caption_pair *p)
{
    quire_text text = lp->lines[p->caption->first].text;
    if (!p->is_named)
        return -0.2f;
    return layout_names_table(text) == (p->holder->type == QUIRE_TABLE) ? 0.5f : -0.4f;
}

/* Tables are named above them, figures below, as a rule. */
static float weigh_side(const layout_page *lp, const caption_pair *p)
{
    (void)lp;
    if (p->side == SIDE_BESIDE)
        return -0.3f;
    bool usual = p->holder->type == QUIRE_TABLE ? p->side == SIDE_ABOVE : p->side != SIDE_ABOVE;
    return usual ? 0.3f : 0;
}

static float weigh_overlap(const layout_page *lp, const caption_pair *p)
{
    (void)lp;
    return 0.2f * p->common;
}

static const struct {
    float (*weigh)(const layout_page *lp, const caption_pair *p);
    const char *name;
} cues[] = {
    {weigh_gap, "gap"},
    {weigh_word, "word"},
    {weigh_side, "side"},
    {weigh_overlap, "overlap"},
};

/* ---- pairs ---- */

static float share(float a0, float a1, float b0, float b1)
{
    float narrower = fminf(a1 - a0, b1 - b0);
    return narrower > 0 ? fmaxf(0, quire_overlap(a0, a1, b0, b1)) / narrower : 0;
}

/* Where the caption stands, and how far off; false: nowhere near. */
static bool place_pair(caption_pair *p)
{
    quire_box c = p->caption->box, h = p->holder->box;
    float em = p->caption->size > 0 ? p->caption->size : 1;
    float across = share(c.x0, c.x1, h.x0, h.x1), down = share(c.y0, c.y1, h.y0, h.y1);
    if (across > COMMON_LEAST && down > COMMON_LEAST) {
        p->side = SIDE_INSIDE;
        p->common = across;
        return true;
    }
    bool beside = across <= COMMON_LEAST;
    p->common = beside ? down : across;
    if (p->common < COMMON_LEAST)
        return false;
    p->side = beside ? SIDE_BESIDE : c.y0 + c.y1 > h.y0 + h.y1 ? SIDE_BELOW : SIDE_ABOVE;
    float gap = beside                  ? fmaxf(c.x0 - h.x1, h.x0 - c.x1)
                : p->side == SIDE_BELOW ? c.y0 - h.y1
                                        : h.y0 - c.y1;
    p->gap = fmaxf(0, gap / em);
    return p->gap <= (p->is_named ? GAP_MOST_EM : UNNAMED_GAP_EM);
}

/* Something else stands in the white between the two. */
static bool is_parted(const layout_page *lp, const caption_pair *p)
{
    quire_box c = p->caption->box, h = p->holder->box;
    float slack = BETWEEN_SLACK_EM * p->caption->size;
    quire_box white = {fmaxf(c.x0, h.x0), fminf(c.y1, h.y1), fminf(c.x1, h.x1), fmaxf(c.y0, h.y0)};
    if (p->side == SIDE_BESIDE)
        white =
            (quire_box){fminf(c.x1, h.x1), fmaxf(c.y0, h.y0), fmaxf(c.x0, h.x0), fminf(c.y1, h.y1)};
    white = (quire_box){white.x0 + slack, white.y0 + slack, white.x1 - slack, white.y1 - slack};
    if (p->side == SIDE_INSIDE || white.x1 <= white.x0 || white.y1 <= white.y0)
        return false;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b != p->caption && b != p->holder && quire_box_overlaps(b->box, white))
            return true;
    }
    return false;
}

/* Short, in small or slanted type, and no part of a figure itself. */
static bool could_be_unnamed(const layout_page *lp, const block *b)
{
    bool small = b->size <= UNNAMED_SIZE * lp->body_size || b->line_flags & LINE_ITALIC;
    return b->type == QUIRE_PARAGRAPH && b->first < b->end && b->layer == QUIRE_LAYER_BODY &&
           b->area < 0 && b->end - b->first <= UNNAMED_LINES &&
           b->characters <= UNNAMED_CHARACTERS && b->characters > 2 && small;
}

static void score_pair(const layout_page *lp, caption_pair *p)
{
    for (size_t i = 0; i < sizeof cues / sizeof *cues; i++)
        p->score += cues[i].weigh(lp, p);
}

static size_t find_pairs(const layout_page *lp, caption_pair *pairs)
{
    size_t count = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *caption = &lp->blocks[i];
        bool is_named = caption->type == QUIRE_CAPTION;
        if (!is_named && !could_be_unnamed(lp, caption))
            continue;
        for (size_t k = 0; k < lp->block_count && count < MOST_PAIRS; k++) {
            caption_pair p = {.caption = caption, .holder = &lp->blocks[k], .is_named = is_named};
            if (!is_holder(p.holder) || (!is_named && p.holder->type == QUIRE_TABLE) ||
                !place_pair(&p) || (!is_named && p.side != SIDE_BELOW) || is_parted(lp, &p))
                continue;
            score_pair(lp, &p);
            if (p.score >= SCORE_LEAST)
                pairs[count++] = p;
        }
    }
    return count;
}

/* The best first; pairs that are as good stay in reading order. */
static int by_score(const void *a, const void *b)
{
    const caption_pair *x = a, *y = b;
    if (x->score != y->score)
        return x->score < y->score ? 1 : -1;
    if (x->caption != y->caption)
        return x->caption < y->caption ? -1 : 1;
    return x->holder < y->holder ? -1 : 1;
}

/* A further figure of the row that a caption below stands for. */
static bool shares_row(const caption_pair *p, const block *first)
{
    quire_box a = first->box, b = p->holder->box;
    return p->side == SIDE_BELOW && first->type == QUIRE_FIGURE &&
           p->holder->type == QUIRE_FIGURE && share(a.y0, a.y1, b.y0, b.y1) > COMMON_LEAST;
}

static void bind_pair(const layout_page *lp, caption_pair *p)
{
    static const char *const sides[] = {"above", "below", "beside", "in"};
    p->holder->caption = p->caption;
    if (!p->caption->described)
        p->caption->described = p->holder;
    if (!p->is_named)
        p->caption->type = QUIRE_CAPTION;
    layout_explain(lp, p->caption, "caption: it stands %s a %s, %.1f em off, score %.2f",
                   sides[p->side], quire_element_type_name(p->holder->type), (double)p->gap,
                   (double)p->score);
    layout_explain(lp, p->holder, "captioned: by what stands %s it, score %.2f", sides[p->side],
                   (double)p->score);
}

static bool has_holder(const layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++)
        if (is_holder(&lp->blocks[i]))
            return true;
    return false;
}

void layout_bind_captions(layout_window *w, layout_page *lp)
{
    (void)w;
    if (!has_holder(lp))
        return;
    caption_pair *pairs = quire_arena_array(lp->scratch, caption_pair, MOST_PAIRS);
    size_t count = find_pairs(lp, pairs);
    qsort(pairs, count, sizeof *pairs, by_score);
    for (size_t i = 0; i < count; i++) {
        caption_pair *p = &pairs[i];
        if (p->holder->caption)
            continue;
        if (!p->caption->described || shares_row(p, p->caption->described))
            bind_pair(lp, p);
    }
}
