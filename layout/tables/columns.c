/*
 * Columns: stripes of white that run through all rows of text.
 *
 *     Year      3-Year   5-Year          the header and single rows that span
 *     1         33.0%    20.00%          columns do not vote
 *     2         44.45%   32.00%
 *          ^^^^^      ^^^ stripes
 */
#include "layout/tables/tables.h"

#define STRIPE 0.55f /* ems: narrowest stripe in many rows */
#define STRIPE_FEW 0.9f /* in few rows */
#define STRIPE_NUMBERS 0.2f /* between numbers */
#define MOST_STRIPES 256
#define FEW_ROWS 4
#define WIDE_ROW 0.6f /* of the width: a single line that long does not vote */
#define SAME_START 0.5f /* ems */
#define SUPPORT 0.15f /* of the rows must hold something in a column */

typedef struct edge {
    float x;
    int32_t step; /* +1: a word begins, -1: it ends */
} edge;

/* Some line of the row begins where this one does. */
static bool begins_with(const table_finder *f, const text_row *row, const line *l)
{
    for (uint32_t i = row->first; i < row->end; i++)
        if (fabsf(f->lp->lines[f->inside[i]].box.x0 - l->box.x0) <= SAME_START * f->size)
            return true;
    return false;
}

/* In bold over a row that is not: the title of the rows under it. */
static bool names_rows(const table_finder *f, size_t r)
{
    const layout_page *lp = f->lp;
    const line *only = &lp->lines[f->inside[f->rows[r].first]];
    if (r + 1 >= f->row_count || !(only->flags & LINE_BOLD))
        return false;
    return !(lp->lines[f->inside[f->rows[r + 1].first]].flags & LINE_BOLD);
}

/* Where rows of several lines are the rule, a line that is alone votes when it goes on in a column:
 * a title between rows stands over several. */
static bool votes(const table_finder *f, size_t r, quire_box box, bool are_parted)
{
    const text_row *row = &f->rows[r];
    if (row->end - row->first > 1)
        return true;
    const line *only = &f->lp->lines[f->inside[row->first]];
    if (!layout_is_phrase(f, only))
        return true;
    if (quire_box_width(only->box) >= WIDE_ROW * quire_box_width(box))
        return false;
    if (are_parted && names_rows(f, r))
        return false;
    return !are_parted || (r > 0 && begins_with(f, row - 1, only)) ||
           (r + 1 < f->row_count && begins_with(f, row + 1, only));
}

static bool are_parted(const table_finder *f, size_t first, size_t end)
{
    size_t parted = 0;
    for (size_t r = first; r < end; r++)
        parted += f->rows[r].end - f->rows[r].first > 1;
    return parted >= FEW_ROWS && parted * 2 >= end - first;
}

static size_t count_words(const table_finder *f, size_t first, size_t end)
{
    size_t words = 0;
    for (size_t r = first; r < end; r++)
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            words += l->end - l->first;
        }
    return words;
}

static bool is_within(const word *w, quire_box box)
{
    float x = box_middle_x(w->box);
    return x >= box.x0 - 1 && x <= box.x1 + 1;
}

/* Begin and end of each word that votes, from left to right. */
static edge *collect_edges(const table_finder *f, size_t first, size_t end, quire_box box,
                           size_t *count, size_t *voters)
{
    quire_arena *scratch = f->lp->scratch;
    size_t room = 2 * count_words(f, first, end);
    edge *edges = quire_arena_array(scratch, edge, room);
    sort_key *keys = quire_arena_array(scratch, sort_key, room);
    bool parted = are_parted(f, first, end);
    *count = *voters = 0;
    for (size_t r = first; r < end; r++) {
        if (!votes(f, r, box, parted))
            continue;
        (*voters)++;
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            for (uint32_t w = l->first; w < l->end; w++) {
                if (!is_within(&f->lp->words[w], box))
                    continue;
                edges[(*count)++] = (edge){f->lp->words[w].box.x0, 1};
                edges[(*count)++] = (edge){f->lp->words[w].box.x1, -1};
            }
        }
    }
    for (size_t i = 0; i < *count; i++)
        keys[i] = (sort_key){sort_key_of(edges[i].x), (uint32_t)i};
    layout_sort_by_key(scratch, keys, *count);
    edge *sorted = quire_arena_array(scratch, edge, room);
    for (size_t i = 0; i < *count; i++)
        sorted[i] = edges[keys[i].index];
    return sorted;
}

/* Rows in which something stands between two edges. */
static size_t rows_between(const table_finder *f, size_t first, size_t end, float x0, float x1)
{
    size_t rows = 0;
    for (size_t r = first; r < end; r++) {
        bool any = false;
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end && !any; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            for (uint32_t w = l->first; w < l->end && !any; w++) {
                float x = box_middle_x(f->lp->words[w].box);
                any = x >= x0 && x < x1;
            }
        }
        rows += any;
    }
    return rows;
}

/* Takes out edges of columns that hardly any row fills: noise beside a real column. */
static size_t drop_weak(const table_finder *f, size_t first, size_t end, float *xs, size_t columns)
{
    size_t need = (size_t)(SUPPORT * (float)(end - first));
    need = need < 1 ? 1 : need;
    need = end - first >= FEW_ROWS && need < 2 ? 2 : need;
    for (size_t c = 0; c < columns && columns > 1;) {
        if (rows_between(f, first, end, xs[c], xs[c + 1]) >= need) {
            c++;
            continue;
        }
        size_t drop = c == 0 ? 1 : c; /* the edge shared with a neighbour */
        for (size_t i = drop; i < columns; i++)
            xs[i] = xs[i + 1];
        columns--;
    }
    return columns;
}

/* Words next to a stripe in one row. */
typedef struct neighbours {
    const word *left, *right;
} neighbours;

static neighbours words_beside(const table_finder *f, const text_row *row, float from, float to)
{
    neighbours n = {NULL, NULL};
    float middle = (from + to) / 2;
    for (uint32_t i = row->first; i < row->end; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        for (uint32_t w = l->first; w < l->end; w++) {
            const word *here = &f->lp->words[w];
            if (here->box.x1 <= middle && (!n.left || here->box.x1 > n.left->box.x1))
                n.left = here;
            if (here->box.x0 >= middle && (!n.right || here->box.x0 < n.right->box.x0))
                n.right = here;
        }
    }
    return n;
}

/* "(2)" behind a number is a note to it. */
static bool is_label(const layout_page *lp, const word *w)
{
    char text[16];
    size_t size = layout_word_text(lp, w, text, sizeof text);
    return layout_is_label((quire_text){text, size});
}

/* A space never parts two numbers of one cell: between them a narrow stripe is enough. */
static bool parts_numbers(const table_finder *f, size_t first, size_t end, float from, float to)
{
    size_t beside = 0, numbers = 0;
    for (size_t r = first; r < end; r++) {
        neighbours n = words_beside(f, &f->rows[r], from, to);
        if (!n.left || !n.right)
            continue;
        beside++;
        numbers += layout_is_numeric(f, n.left) && layout_is_numeric(f, n.right) &&
                   !is_label(f->lp, n.right);
    }
    return numbers >= FEW_ROWS && numbers * 10 >= beside * 8;
}

/* An edge in the white between [from, to] that cuts no phrase of the row above, if there is one. */
static float place_edge(const table_finder *f, size_t first, float from, float to)
{
    float left = from, right = to;
    const text_row *above = first ? &f->rows[first - 1] : NULL;
    for (uint32_t i = above ? above->first : 0; above && i < above->end; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        for (uint32_t w = l->first, end; w < l->end; w = end) {
            end = layout_phrase_end(f, l, w);
            float x0 = f->lp->words[w].box.x0, x1 = f->lp->words[end - 1].box.x1;
            if (x0 <= from && x1 < to)
                left = fmaxf(left, x1);
            else if (x0 > from && x1 >= to)
                right = fminf(right, x0);
        }
    }
    return left < right ? (left + right) / 2 : (from + to) / 2;
}

typedef struct stripe {
    float from, to; /* part of it that no row crosses, or all */
    float width; /* of all */
} stripe;

/* Stripes of white between words that vote, from left to right, at most `room`. */
static size_t find_stripes(const edge *edges, size_t count, int32_t tolerance, stripe *stripes,
                           size_t room)
{
    size_t found = 0;
    int32_t cover = 0;
    float since = INFINITY; /* where the white began; none before the first column */
    float widest = 0; /* part of it that no row crosses */
    stripe clear = {0};
    for (size_t i = 0; i < count && found < room; i++) {
        if (cover == 0 && i > 0 && edges[i].x - edges[i - 1].x > widest) {
            clear = (stripe){edges[i - 1].x, edges[i].x, 0};
            widest = clear.to - clear.from;
        }
        bool inside = cover > tolerance;
        cover += edges[i].step;
        if (!inside && cover > tolerance && edges[i].x > since)
            stripes[found++] = (stripe){widest > 0 ? clear.from : since,
                                        widest > 0 ? clear.to : edges[i].x, edges[i].x - since};
        if (inside && cover <= tolerance) {
            since = edges[i].x;
            widest = 0;
        }
    }
    return found;
}

size_t layout_find_columns(const table_finder *f, size_t first, size_t end, quire_box box,
                           float *xs)
{
    stripe stripes[MOST_STRIPES];
    size_t count, voters, columns = 0;
    edge *edges = collect_edges(f, first, end, box, &count, &voters);
    if (count == 0)
        return 0;
    float narrowest = (voters >= FEW_ROWS ? STRIPE : STRIPE_FEW) * f->size;
    int32_t tolerance = voters >= 8 ? (int32_t)(voters / 12) + 1 : 0;
    size_t found = find_stripes(edges, count, tolerance, stripes, MOST_STRIPES);
    xs[columns++] = fminf(box.x0, edges[0].x) - 1;
    for (size_t i = 0; i < found && columns < TABLE_COLUMNS; i++) {
        stripe s = stripes[i];
        bool parts = s.width >= narrowest || (s.width >= STRIPE_NUMBERS * f->size &&
                                              parts_numbers(f, first, end, s.from, s.to));
        if (parts)
            xs[columns++] = place_edge(f, first, s.from, s.to);
    }
    xs[columns] = fmaxf(box.x1, edges[count - 1].x) + 1;
    return drop_weak(f, first, end, xs, columns);
}
