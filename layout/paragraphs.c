/*
 * Paragraphs: lines of a leaf that go on in each other, until something says that a paragraph ends
 * between two of them (breaks.c), and over the ends of columns.
 */
#include "layout/breaks.h"
#include "layout/stage_dump.h"

#include <string.h>

enum { NEIGHBOURS = 8, LEADING_BINS = 64 };

#define COLUMN_END_EM 1.5f /* white at the end of a column's last line, most */

/* ---- what the page is like ---- */

static void measure_leading(layout_page *lp)
{
    uint32_t bins[LEADING_BINS] = {0};
    for (size_t i = 1; i < lp->line_count; i++) {
        const line *a = &lp->lines[i - 1], *b = &lp->lines[i];
        if (a->region != b->region || b->flags & LINE_SAME_ROW || a->angle != b->angle ||
            !layout_is_same_size(a->size, lp->body_size) ||
            !layout_is_same_size(b->size, lp->body_size))
            continue;
        int bin = (int)lroundf((b->baseline - a->baseline) * 2);
        if (bin > 0 && bin < LEADING_BINS)
            bins[bin] += a->characters;
    }
    int best = 0;
    for (int i = 1; i < LEADING_BINS; i++)
        if (bins[i] > bins[best])
            best = i;
    lp->leading = (float)best / 2;
}

/* The edges of a line's column: the furthest that lines near it reach. */
static void measure_edges(joiner *j)
{
    layout_page *lp = j->lp;
    j->right = quire_arena_array(lp->scratch, float, lp->line_count);
    j->left = quire_arena_array(lp->scratch, float, lp->line_count);
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        quire_box box = l->box;
        for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
             k < lp->line_count && k <= i + NEIGHBOURS; k++) {
            const line *near = &lp->lines[k];
            if (near->region == l->region && layout_is_same_size(near->size, l->size) &&
                near->box.x0 < l->box.x1 && near->box.x1 > l->box.x0)
                box = quire_box_union(box, near->box);
        }
        j->right[i] = box.x1;
        j->left[i] = box.x0;
    }
}

static void collect_rules(joiner *j)
{
    layout_page *lp = j->lp;
    size_t count = 0;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, lp->page->rule_count);
    for (size_t i = 0; i < lp->page->rule_count; i++)
        if (lp->rules[i].horizontal)
            keys[count++] = (sort_key){sort_key_of(lp->rules[i].box.y0), (uint32_t)i};
    if (count == 0)
        return;
    layout_sort_by_key(lp->scratch, keys, count);
    j->rules = quire_arena_array(lp->scratch, const quire_rule *, count);
    for (size_t i = 0; i < count; i++)
        j->rules[i] = &lp->rules[keys[i].index];
    j->rule_count = count;
}

/* ---- blocks ---- */

/* What begins the block, and how its lines are set. */
static void explain_block(const layout_page *lp, block *b, const char *why, float score)
{
    const line *first = &lp->lines[b->first];
    if (why)
        layout_explain(lp, b, "begins here: %s (a score of %.1f)", why, (double)score);
    else
        layout_explain(lp, b, "begins here: it is the first of its column");
    layout_explain(lp, b, "%u lines of %.1f points (body %.1f), %.1f apart, from x %.1f",
                   b->end - b->first, (double)b->size, (double)lp->body_size, (double)b->leading,
                   (double)first->box.x0);
    if (b->type == QUIRE_CODE)
        layout_explain(lp, b, "code: its lines are monospaced, those of the page are not");
}

void layout_finish_block(const layout_page *lp, block *b)
{
    b->box = quire_box_empty();
    b->line_flags = ~0u;
    b->characters = 0;
    uint32_t most = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        b->box = quire_box_union(b->box, l->box);
        b->line_flags &= l->flags;
        b->characters += l->characters;
        if (l->characters > most) {
            most = l->characters;
            b->size = l->size;
            b->style = l->style;
        }
    }
    b->area = lp->leaves[b->region].area;
    if (b->line_flags & LINE_CODE)
        b->type = QUIRE_CODE;
}

/* `why` it begins, with that score; NULL: it is the first of its column. */
static void add_block(layout_page *lp, uint32_t first, uint32_t end, float leading, const char *why,
                      float score)
{
    block *b = quire_array_push(&lp->lists->blocks);
    if (!b)
        return;
    *b = (block){.type = QUIRE_PARAGRAPH,
                 .first = first,
                 .end = end,
                 .leading = leading,
                 .region = lp->lines[first].region,
                 .confidence = 1};
    layout_finish_block(lp, b);
    explain_block(lp, b, why, score);
}

static void join_leaf(const joiner *j, const leaf *l)
{
    layout_page *lp = j->lp;
    uint32_t first = l->first;
    const char *begins = NULL;
    float leading = 0, score = 0, begins_score = 0;
    for (uint32_t i = l->first + 1; i < l->end; i++) {
        pair p = {&lp->lines[first], &lp->lines[i - 1], &lp->lines[i],
                  i + 1 < l->end ? &lp->lines[i + 1] : NULL, leading};
        const char *why = layout_is_same_code(&p) ? NULL : layout_break(j, &p, &score);
        if (why) {
            add_block(lp, first, i, leading, begins, begins_score);
            begins = why;
            begins_score = score;
            first = i;
            leading = 0;
        } else if (p.a->row != p.b->row) {
            float step = fabsf(p.b->baseline - p.a->baseline);
            leading = leading > 0 && layout_is_same_code(&p) ? fminf(leading, step) : step;
        }
    }
    if (l->end > first)
        add_block(lp, first, l->end, leading, begins, begins_score);
}

/* An area without text still has its place. */
static void add_area_block(layout_page *lp, size_t region)
{
    const leaf *l = &lp->leaves[region];
    if (l->area < 0 || lp->areas[l->area].emitted)
        return;
    lp->areas[l->area].emitted = true;
    if (lp->areas[l->area].kind == AREA_CARD)
        return;
    block *b = quire_array_push(&lp->lists->blocks);
    if (!b)
        return;
    *b = (block){.type = lp->areas[l->area].kind == AREA_TABLE ? QUIRE_TABLE : QUIRE_FIGURE,
                 .first = l->first,
                 .end = l->first,
                 .region = (uint32_t)region,
                 .area = l->area,
                 .box = l->box,
                 .confidence = 1};
    if (b->type == QUIRE_FIGURE)
        layout_explain(lp, b, "figure: a picture or paths that lie close, %.0f by %.0f points",
                       (double)quire_box_width(l->box), (double)quire_box_height(l->box));
}

/* ---- over columns ---- */

/* A paragraph that a column's end cut: no sentence ends, and the next column goes on in small
 * letters or behind a hyphen. */
static bool goes_on_in_column(const joiner *j, const block *a, const block *b)
{
    const layout_page *lp = j->lp;
    const line *last = &lp->lines[a->end - 1], *first = &lp->lines[b->first];
    if (a->type != QUIRE_PARAGRAPH || b->type != QUIRE_PARAGRAPH || a->end != b->first ||
        a->area != b->area || a->region == b->region)
        return false;
    if (!layout_is_same_size(last->size, first->size) || first->box.y0 > last->box.y0 ||
        (last->flags ^ first->flags) & (LINE_BOLD | LINE_SAME_ROW) || last->flags & LINE_SAME_ROW)
        return false;
    float white = j->right[a->end - 1] - last->box.x1;
    bool full = white < COLUMN_END_EM * last->size && a->end - a->first > 1;
    uint32_t end = layout_last_character(last->text);
    bool hyphen = end == '-' || end == QUIRE_SOFT_HYPHEN;
    return full && (hyphen || !layout_ends_sentence(last->text)) &&
           quire_is_lower(layout_first_character(first->text));
}

static void join_columns(const joiner *j)
{
    layout_page *lp = j->lp;
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        block *before = kept > 0 ? &lp->blocks[kept - 1] : NULL;
        if (before && goes_on_in_column(j, before, b)) {
            before->end = b->end;
            layout_finish_block(lp, before);
        } else {
            lp->blocks[kept++] = *b;
        }
    }
    lp->block_count = kept;
}

void layout_find_paragraphs(layout_page *lp)
{
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    joiner j = {.lp = lp, .tells = layout_tells_features(lp, "paragraphs")};
    measure_leading(lp);
    measure_edges(&j);
    collect_rules(&j);
    for (size_t i = 0; i < lp->leaf_count; i++) {
        int32_t in = lp->leaves[i].area;
        if (lp->leaves[i].end == lp->leaves[i].first)
            add_area_block(lp, i);
        else if (in < 0 || lp->areas[in].kind != AREA_TABLE)
            join_leaf(&j, &lp->leaves[i]);
    }
    lp->block_count = lp->lists->blocks.count;
    lp->blocks = quire_array_freeze(&lp->lists->blocks, lp->arena);
    join_columns(&j);
    quire_arena_reset(lp->scratch, mark);
}
