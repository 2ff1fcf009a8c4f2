/*
 * Headers of several levels, where walls do not draw them.
 *
 *                    Training Datasets            a phrase over several columns spans them: the
 *     Properties   -----------  -----------       rule under it says which, or where it is centred
 *                  first  last  first  last
 *     ----------------------------------------    a lone cell reaches over the empty levels above
 *     Samples      52K    2.9M  126K   12K        and below
 */
#include "layout/tables/tables.h"

#define SAME_END 3.0f /* points */
#define RULE_UNDER 1.2f /* ems below a baseline */
#define PHRASE_GAP 0.6f /* ems: words farther apart are cells of their own */
#define MONOSPACE_GAP 0.9f /* where a space is as wide as a letter */
#define CENTRED 1.0f /* ems off the middle of what is spanned */
#define OFF_CENTRE 0.4f /* of a level's height */
#define LEANS 0.5f /* ems by which a phrase stands out of its column's text */

typedef struct extent {
    float x0, x1;
} extent;

/* Words of a line without a wide gap, unless they fall apart at the edges of columns. */
typedef struct phrase {
    size_t row; /* of text */
    float x0, x1, baseline;
} phrase;

typedef struct header {
    const table_finder *f;
    grid *g;
    size_t body; /* first row of text that is no header */
    phrase *phrases; /* row by row */
    size_t phrase_count;
    extent *columns; /* of the text that stands in one column alone, below the row at hand */
    bool has_spans;
} header;

static bool is_gap(const table_finder *f, uint32_t w)
{
    const word *left = &f->lp->words[w], *right = left + 1;
    float widest = right->flags & left->flags & WORD_MONOSPACE ? MONOSPACE_GAP : PHRASE_GAP;
    return right->box.x0 - left->box.x1 >= widest * f->size;
}

uint32_t layout_phrase_end(const table_finder *f, const line *l, uint32_t first)
{
    uint32_t end = first + 1;
    while (end < l->end && !is_gap(f, end - 1))
        end++;
    return end;
}

bool layout_is_phrase(const table_finder *f, const line *l)
{
    return layout_phrase_end(f, l, l->first) == l->end;
}

static void add_phrases(header *h, size_t row, const line *l)
{
    const word *words = h->f->lp->words;
    for (uint32_t w = l->first; w < l->end; w++) {
        if (w == l->first || is_gap(h->f, w - 1) || h->f->home[w] != h->f->home[w - 1])
            h->phrases[h->phrase_count++] =
                (phrase){row, words[w].box.x0, words[w].box.x1, l->baseline};
        phrase *last = &h->phrases[h->phrase_count - 1];
        last->x0 = fminf(last->x0, words[w].box.x0);
        last->x1 = fmaxf(last->x1, words[w].box.x1);
    }
}

static void collect_phrases(header *h)
{
    const table_finder *f = h->f;
    size_t room = 0;
    for (size_t i = 0; i < f->inside_count; i++)
        room += f->lp->lines[f->inside[i]].end - f->lp->lines[f->inside[i]].first;
    h->phrases = quire_arena_array(f->lp->scratch, phrase, room);
    for (size_t r = 0; r < f->row_count; r++)
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++)
            add_phrases(h, r, &f->lp->lines[f->inside[i]]);
}

/* The rule just under a phrase, where it goes on beyond it but not through the table. */
static const wall *rule_under(const header *h, const phrase *p)
{
    const table_finder *f = h->f;
    for (size_t i = 0; i < f->walls.lying; i++) {
        const wall *w = &f->walls.items[i];
        bool is_under = w->at > p->baseline - 1 && w->at < p->baseline + RULE_UNDER * f->size;
        bool is_partial = w->to - w->from < quire_box_width(h->g->box) - 2 * SAME_END;
        if (is_under && is_partial && w->from <= p->x0 + SAME_END && w->to >= p->x1 - SAME_END)
            return w;
    }
    return NULL;
}

/* No other phrase of the row stands over these columns. */
static bool stands_alone(const header *h, const phrase *self, uint32_t left, uint32_t right)
{
    float x0 = h->g->xs[left] + 1, x1 = h->g->xs[right + 1] - 1;
    for (const phrase *p = self; p-- > h->phrases && p->row == self->row;)
        if (quire_overlap(p->x0, p->x1, x0, x1) > 0)
            return false;
    const phrase *end = h->phrases + h->phrase_count;
    for (const phrase *p = self + 1; p < end && p->row == self->row; p++)
        if (quire_overlap(p->x0, p->x1, x0, x1) > 0)
            return false;
    return true;
}

/* Where the text of each column begins and ends, in rows below `row`. */
static void measure_columns(header *h, size_t row)
{
    const grid *g = h->g;
    for (uint32_t c = 0; c < g->columns; c++)
        h->columns[c] = (extent){INFINITY, -INFINITY};
    for (size_t i = 0; i < h->phrase_count; i++) {
        const phrase *p = &h->phrases[i];
        uint32_t left = interval_of(g->xs, g->columns, p->x0 + 1);
        if (p->row <= row || left != interval_of(g->xs, g->columns, p->x1 - 1))
            continue;
        h->columns[left].x0 = fminf(h->columns[left].x0, p->x0);
        h->columns[left].x1 = fmaxf(h->columns[left].x1, p->x1);
    }
}

/* A level below this row, still in the header, that fills these columns one by one. */
static bool has_level_below(const header *h, size_t row, uint32_t left, uint32_t right)
{
    const grid *g = h->g;
    const text_row *rows = h->f->rows;
    uint32_t level = interval_of(g->ys, g->rows, rows[row].baseline - 1);
    uint64_t below = 0;
    for (size_t r = row + 1; r < h->body; r++)
        if (interval_of(g->ys, g->rows, rows[r].baseline - 1) > level)
            below |= rows[r].filled;
    for (uint32_t c = left; c <= right; c++)
        if (!(below >> c & 1))
            return false;
    return true;
}

static bool leans_out(const header *h, const phrase *p, uint32_t column)
{
    extent e = h->columns[column];
    float slack = LEANS * h->f->size;
    return p->x1 > e.x1 + slack || p->x0 < e.x0 - slack;
}

/* Widens [left, right] to the columns over which the phrase is centred best. Where it fits one
 * column it may as well be the first line of a title of two: then it must stand over all columns
 * but the stub. */
static void centre_phrase(header *h, const phrase *p, uint32_t *left, uint32_t *right)
{
    float best = CENTRED * h->f->size;
    uint32_t first = *left, last = *right;
    bool fits = first == last && !leans_out(h, p, first);
    for (uint32_t a = first + 1; a-- > 0;) {
        for (uint32_t b = last > a ? last : a + 1; b < h->g->columns; b++) {
            if (!stands_alone(h, p, a, b) || !has_level_below(h, p->row, a, b))
                break;
            if (fits && (a > 1 || b + 1 < h->g->columns || b - a < 2))
                continue;
            float off = fabsf((h->columns[a].x0 + h->columns[b].x1 - p->x0 - p->x1) / 2);
            if (off < best) {
                best = off;
                *left = a;
                *right = b;
            }
        }
    }
}

/* Columns whose text has its middle over the rule. */
static void cover_columns(const header *h, const wall *w, uint32_t *left, uint32_t *right)
{
    for (uint32_t c = 0; c < h->g->columns; c++) {
        float middle = (h->columns[c].x0 + h->columns[c].x1) / 2;
        if (middle < w->from || middle > w->to)
            continue;
        *left = c < *left ? c : *left;
        *right = c > *right ? c : *right;
    }
}

static void span_phrase(header *h, const phrase *p)
{
    grid *g = h->g;
    uint32_t left = interval_of(g->xs, g->columns, p->x0 + 1);
    uint32_t right = interval_of(g->xs, g->columns, p->x1 - 1);
    const wall *rule = rule_under(h, p);
    bool in_header = p->row < h->body;
    if (right == left && !in_header)
        return;
    if (in_header)
        measure_columns(h, p->row);
    if (rule && in_header)
        cover_columns(h, rule, &left, &right);
    else if (in_header)
        centre_phrase(h, p, &left, &right);
    if (right == left || !stands_alone(h, p, left, right))
        return;
    uint32_t at = interval_of(g->ys, g->rows, p->baseline - 1);
    for (uint32_t c = left; c <= right; c++)
        if (g->owner[at * g->columns + c] != at * g->columns + c)
            return;
    layout_merge_slots(g, at, left, 1, right - left + 1);
    h->has_spans |= in_header;
}

/* Levels of the header that hold text in a column: one bit each; a span counts for none. */
static uint64_t levels_of(const header *h, uint32_t column, uint32_t levels)
{
    const grid *g = h->g;
    uint64_t filled = 0;
    for (size_t r = 0; r < h->body; r++) {
        uint32_t at = interval_of(g->ys, g->rows, h->f->rows[r].baseline - 1);
        if (at < levels && h->f->rows[r].filled >> column & 1)
            filled |= (uint64_t)1 << at;
    }
    return filled;
}

/* Stands in the middle of the header's height. */
static bool is_centred(const header *h, uint32_t column, uint32_t levels)
{
    const grid *g = h->g;
    float top = INFINITY, bottom = -INFINITY, height = g->ys[levels] - g->ys[0];
    for (size_t i = 0; i < h->phrase_count && h->phrases[i].row < h->body; i++) {
        const phrase *p = &h->phrases[i];
        if (interval_of(g->xs, g->columns, (p->x0 + p->x1) / 2) != column)
            continue;
        top = fminf(top, p->baseline - h->f->size);
        bottom = fmaxf(bottom, p->baseline);
    }
    float off = (top + bottom - g->ys[0] - g->ys[levels]) / 2;
    return fabsf(off) <= OFF_CENTRE * height / (float)levels;
}

/* The only cell of a column in the header reaches over all levels, where it stands between. */
static void stretch_lone_cells(header *h, uint32_t levels)
{
    grid *g = h->g;
    for (uint32_t c = 0; c < g->columns; c++) {
        uint64_t filled = levels_of(h, c, levels);
        bool is_free = __builtin_popcountll(filled) == 1 && is_centred(h, c, levels);
        for (uint32_t r = 0; r < levels && is_free; r++) {
            uint32_t slot = r * g->columns + c;
            bool spans = c + 1 < g->columns && g->owner[slot + 1] == slot;
            is_free = g->owner[slot] == slot && !spans;
        }
        if (is_free)
            layout_merge_slots(g, 0, c, levels, 1);
    }
}

void layout_span_headers(const table_finder *f, grid *g, size_t body)
{
    header h = {.f = f, .g = g, .body = body};
    h.columns = quire_arena_array(f->lp->scratch, extent, g->columns);
    collect_phrases(&h);
    for (size_t i = 0; i < h.phrase_count; i++)
        span_phrase(&h, &h.phrases[i]);
    if (body == 0 || body >= f->row_count)
        return;
    uint32_t levels = interval_of(g->ys, g->rows, f->rows[body].baseline - 1);
    g->header_rows = levels;
    if (h.has_spans && levels > 1 && levels < 64)
        stretch_lone_cells(&h, levels);
}

/* ---- which rows are header ---- */

typedef struct row_look {
    uint32_t filled, numeric, bold; /* cells, cells of numbers, words in bold */
    uint32_t words;
} row_look;

static row_look look_of(const table_finder *f, const grid *g, uint32_t first, uint32_t end)
{
    row_look look = {0};
    for (size_t r = 0; r < f->row_count; r++) {
        uint32_t row = interval_of(g->ys, g->rows, f->rows[r].baseline - 1);
        if (row < first || row >= end)
            continue;
        look.filled += (uint32_t)__builtin_popcountll(f->rows[r].filled);
        look.numeric += (uint32_t)__builtin_popcountll(f->rows[r].numeric);
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            for (uint32_t w = l->first; w < l->end; w++)
                look.bold += (f->lp->words[w].flags & WORD_BOLD) != 0;
            look.words += l->end - l->first;
        }
    }
    return look;
}

/* The first rows are a header when they alone are bold, or when they name columns of numbers. */
uint32_t layout_count_header_rows(const table_finder *f, const grid *g, uint32_t levels)
{
    row_look head = look_of(f, g, 0, levels), body = look_of(f, g, levels, levels + 1);
    if (head.filled == 0)
        return 0;
    bool is_bold = head.bold == head.words && body.bold < body.words;
    bool names_numbers = head.numeric == 0 && body.numeric > 0;
    return is_bold || names_numbers ? levels : 0;
}
