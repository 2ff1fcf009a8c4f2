/*
 * What the text adds to a lattice whose walls are not all drawn.
 *
 *     +-------+-----------------+      columns and rows between which no rule runs; a title above
 *     | Age   | Male     Female |      the first row and notes under the last, inside the frame
 *     +-------+-----------------+
 *     | 0-9   | 1,087     1,022 |
 *     | 10-19 | 2,586     2,568 |
 *     +-------+-----------------+
 */
#include "layout/tables/tables.h"

#include <string.h>

#define FLOW 0.2f /* of the lines begin in lower case: sentences, not rows */
#define SPLIT_LINES 4 /* lines in a column that speak for rows without rules */
#define BOTH_SIDES 0.6f /* of the rows hold text on both sides of an edge that is not drawn */
#define ACROSS 0.5f /* of the width: shorter walls part no rows */

enum { NOTE_WORDS = 12, SPLIT_ROWS = 4, MOST_BREAKS = 512 };

/* ---- columns without rules between them ---- */

typedef struct side_count {
    uint32_t left, right; /* words of a row on either side of an edge */
    bool label; /* what stands on the left only numbers or marks the right */
} side_count;

static bool is_mark(const layout_page *lp, const word *w)
{
    char text[16];
    size_t size = layout_word_text(lp, w, text, sizeof text), at = 0;
    if (layout_is_label((quire_text){text, size}))
        return true;
    uint32_t first = size ? quire_utf8_next(text, size, &at) : 0;
    return at == size && !quire_is_letter(first) && !(first >= '0' && first <= '9');
}

static side_count count_sides(const table_finder *f, const text_row *row, float x0, float at,
                              float x1)
{
    side_count s = {0, 0, true};
    for (uint32_t i = row->first; i < row->end; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        for (uint32_t w = l->first; w < l->end; w++) {
            float x = box_middle_x(f->lp->words[w].box);
            if (x < x0 || x >= x1)
                continue;
            s.left += x < at;
            s.right += x >= at;
            if (x < at)
                s.label &= s.left == 1 && is_mark(f->lp, &f->lp->words[w]);
        }
    }
    return s;
}

/* Most rows hold text on both sides of the edge, and more than a mark on the left. */
static bool parts_rows(const table_finder *f, float x0, float at, float x1)
{
    size_t used = 0, both = 0;
    for (size_t r = 0; r < f->row_count; r++) {
        side_count s = count_sides(f, &f->rows[r], x0, at, x1);
        used += s.left + s.right > 0;
        both += s.left && s.right && !s.label;
    }
    return both >= SPLIT_ROWS && (float)both >= BOTH_SIDES * (float)used;
}

/* The lattice's edges, with those that its text adds; the number of columns. */
static size_t add_columns(const table_finder *f, const grid *g, float *xs)
{
    float inner[TABLE_COLUMNS + 2];
    size_t columns = 0;
    for (uint32_t c = 0; c < g->columns; c++) {
        quire_box box = {g->xs[c], g->box.y0, g->xs[c + 1], g->box.y1};
        size_t parts = layout_find_columns(f, 0, f->row_count, box, inner);
        float from = xs[columns++] = g->xs[c];
        for (size_t i = 1; i < parts && columns < TABLE_COLUMNS; i++) {
            float next = i + 1 < parts ? inner[i + 1] : g->xs[c + 1];
            if (parts_rows(f, from, inner[i], next))
                from = xs[columns++] = inner[i];
        }
    }
    xs[columns] = g->xs[g->columns];
    return columns;
}

bool layout_open_columns(table_finder *f, const grid *g)
{
    if (f->row_count < SPLIT_ROWS || g->columns * 2 > TABLE_COLUMNS)
        return false;
    quire_arena *scratch = f->lp->scratch;
    grid open = *g;
    float breaks[MOST_BREAKS];
    open.xs = quire_arena_array(scratch, float, TABLE_COLUMNS + 2);
    open.columns = (uint32_t)add_columns(f, g, open.xs);
    if (open.columns == g->columns)
        return false;
    open.walled = false;
    open.ys = quire_arena_array(scratch, float, f->row_count + 2);
    layout_fill_rows(f, open.xs, open.columns, true);
    size_t count = layout_walls_across(f, g->box, ACROSS, breaks, MOST_BREAKS);
    row_range rows = {0, f->row_count, layout_first_body_row(f, g->box)};
    open.rows = (uint32_t)layout_join_rows(f, rows, breaks, count,
                                           (columns_at){open.xs, open.columns}, open.ys);
    layout_own_slots(scratch, &open);
    layout_span_headers(f, &open, rows.body);
    if (layout_accept_grid(f, &open))
        return true;
    layout_fill_rows(f, g->xs, g->columns, false);
    return false;
}

/* ---- cells that are larger than their text says ---- */

typedef struct span {
    uint32_t row, column, rows, columns;
} span;

static span span_of(const grid *g, uint32_t slot)
{
    span s = {slot / g->columns, slot % g->columns, 1, 1};
    while (s.column + s.columns < g->columns && g->owner[slot + s.columns] == slot)
        s.columns++;
    while (s.row + s.rows < g->rows && g->owner[slot + s.rows * g->columns] == slot)
        s.rows++;
    return s;
}

static bool starts_low(quire_text text)
{
    size_t at = 0;
    return text.size && quire_is_lower(quire_utf8_next(text.data, text.size, &at));
}

/* Each band of the cell holds one line, beside text of other columns: rows of a stub. */
static bool is_one_by_one(const table_finder *f, const grid *g, span s)
{
    size_t bands = 0, lines = 0;
    uint32_t last = UINT32_MAX;
    for (size_t r = 0; r < f->row_count; r++) {
        uint32_t at = interval_of(g->ys, g->rows, f->rows[r].baseline);
        if (at < s.row || at >= s.row + s.rows)
            continue;
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            if (l->box.x0 < g->xs[s.column] - 1 || l->box.x1 > g->xs[s.column + 1] + 1)
                continue;
            if (starts_low(l->text) || f->rows[r].end - f->rows[r].first < 2)
                return false;
            lines++;
            bands += at != last;
            last = at;
        }
    }
    return bands >= SPLIT_ROWS && bands == lines && (float)bands >= BOTH_SIDES * (float)s.rows;
}

/* Every column of the cell holds lines, and none crosses an edge. */
static bool is_side_by_side(const table_finder *f, const grid *g, span s)
{
    uint64_t filled = 0;
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(l->box));
        uint32_t left = interval_of(g->xs, g->columns, l->box.x0 + 1);
        uint32_t right = interval_of(g->xs, g->columns, l->box.x1 - 1);
        if (row < s.row || row >= s.row + s.rows || right < s.column ||
            left >= s.column + s.columns)
            continue;
        if (left != right)
            return false;
        filled |= (uint64_t)1 << (left - s.column);
    }
    return (uint32_t)__builtin_popcountll(filled) == s.columns;
}

void layout_part_cells(const table_finder *f, grid *g)
{
    for (uint32_t slot = 0; slot < g->rows * g->columns; slot++) {
        if (g->owner[slot] != slot)
            continue;
        span s = span_of(g, slot);
        if (s.columns > 1 && is_side_by_side(f, g, s)) {
            for (uint32_t c = 1; c < s.columns; c++)
                layout_merge_slots(g, s.row, s.column + c, s.rows, 1);
        } else if (s.columns == 1 && s.rows >= SPLIT_ROWS && is_one_by_one(f, g, s)) {
            for (uint32_t r = 1; r < s.rows; r++)
                layout_merge_slots(g, s.row + r, s.column, 1, 1);
        }
    }
}

/* ---- title and notes inside the frame ---- */

static bool is_one_cell(const grid *g, uint32_t row)
{
    for (uint32_t c = 0; c < g->columns; c++) {
        uint32_t slot = row * g->columns + c;
        if (g->owner[slot] != row * g->columns)
            return false;
        if (row + 1 < g->rows && g->owner[slot + g->columns] == g->owner[slot])
            return false;
    }
    return true;
}

/* The first line of text in a row of the grid; NULL: it holds none. */
static const line *first_line(const table_finder *f, const grid *g, uint32_t row)
{
    for (size_t r = 0; r < f->row_count; r++)
        if (f->rows[r].baseline > g->ys[row] && f->rows[r].baseline < g->ys[row + 1])
            return &f->lp->lines[f->inside[f->rows[r].first]];
    return NULL;
}

static bool is_note(quire_text text)
{
    static const char *const openings[] = {"Source", "SOURCE", "Note", "NOTE", "*"};
    for (size_t i = 0; i < sizeof openings / sizeof *openings; i++) {
        size_t size = strlen(openings[i]);
        if (text.size > size && memcmp(text.data, openings[i], size) == 0)
            return true;
    }
    return false;
}

static void drop_first_row(grid *g)
{
    for (uint32_t i = 0; i < (g->rows - 1) * g->columns; i++)
        g->owner[i] = g->owner[i + g->columns] - g->columns;
    g->rows--;
    g->ys++;
    g->box.y0 = g->ys[0];
}

bool layout_strip_notes(const table_finder *f, grid *g)
{
    uint32_t rows = g->rows;
    while (g->rows > 2 && is_one_cell(g, g->rows - 1)) {
        const line *l = first_line(f, g, g->rows - 1);
        bool is_sentence = l && l->end - l->first >= NOTE_WORDS;
        if (l && !is_note(l->text) && !is_sentence && !layout_caption_prefix(l->text))
            break;
        g->rows--;
        g->box.y1 = g->ys[g->rows];
    }
    while (g->rows > 2 && is_one_cell(g, 0)) {
        const line *l = first_line(f, g, 0);
        if (l && !layout_caption_prefix(l->text))
            break;
        drop_first_row(g);
    }
    return g->rows < rows;
}

/* ---- rows of text without rules between them ---- */

/* Running text in cells: many of its lines go on in lower case. */
static bool flows(const table_finder *f, size_t first, size_t end)
{
    size_t lines = 0, lower = 0;
    for (size_t r = first; r < end; r++)
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            const line *l = &f->lp->lines[f->inside[i]];
            size_t at = 0;
            lines++;
            lower +=
                l->text.size && quire_is_lower(quire_utf8_next(l->text.data, l->text.size, &at));
        }
    return (float)lower >= FLOW * (float)lines;
}

/* True when the text in rows [first, end) speaks for rows of its own: long lists in two columns,
 * one of which begins the rows or counts, or the same number of lines in all of at least three. */
static bool wants_split(const table_finder *f, size_t first, size_t end, size_t columns)
{
    size_t lines[TABLE_COLUMNS] = {0}, tall = 0, most = 0, leading = 0, equal = 0;
    uint64_t numeric = ~(uint64_t)0;
    if (flows(f, first, end))
        return false;
    for (size_t r = first; r < end; r++) {
        numeric &= f->rows[r].numeric | ~f->rows[r].filled;
        for (size_t c = 0; c < columns; c++)
            lines[c] += f->rows[r].filled >> c & 1;
    }
    for (size_t c = 0; c < columns; c++) {
        tall += lines[c] >= SPLIT_LINES;
        most = lines[c] > most ? lines[c] : most;
        if ((c == 0 || numeric >> c & 1) && lines[c] > leading)
            leading = lines[c];
    }
    for (size_t c = 0; c < columns; c++)
        equal += lines[c] == most;
    if (tall >= 2 && leading * 2 >= most)
        return true;
    return most >= 2 && equal == columns && columns >= 3;
}

/* The edges of `g` with those bands split that want it; NULL when none does. */
static float *split_bands(table_finder *f, const grid *g, size_t *count)
{
    quire_arena *scratch = f->lp->scratch;
    float *ys = quire_arena_array(scratch, float, g->rows + f->row_count + 2);
    float *inner = quire_arena_array(scratch, float, f->row_count + 2);
    size_t used = 0, first = 0;
    bool any = false;
    for (uint32_t row = 0; row < g->rows; row++) {
        while (first < f->row_count && f->rows[first].baseline < g->ys[row])
            first++;
        size_t end = first;
        while (end < f->row_count && f->rows[end].baseline < g->ys[row + 1])
            end++;
        ys[used++] = g->ys[row];
        if (end - first < 2 || !wants_split(f, first, end, g->columns))
            continue;
        size_t rows = layout_join_rows(f, (row_range){first, end, 0}, NULL, 0,
                                       (columns_at){g->xs, g->columns}, inner);
        for (size_t i = 1; i < rows; i++)
            ys[used++] = inner[i];
        any |= rows > 1;
    }
    ys[used] = g->ys[g->rows];
    *count = used;
    return any ? ys : NULL;
}

/* The component once more, with edges between the rows of its text: no wall stands above them, but
 * slots part there all the same. */
void layout_split_bands(table_finder *f, grid *g)
{
    size_t rows;
    float *ys = split_bands(f, g, &rows);
    if (!ys || rows > TABLE_ROWS)
        return;
    grid split = *g;
    split.ys = ys;
    split.rows = (uint32_t)rows;
    layout_own_slots(f->lp->scratch, &split);
    for (uint32_t row = 0; row < g->rows; row++) {
        uint32_t top =
            interval_of(ys, rows, (g->ys[row] + fminf(g->ys[row + 1], g->ys[row] + 2)) / 2);
        for (uint32_t column = 0; column < g->columns; column++) {
            uint32_t slot = row * g->columns + column, down = 1, right = 1;
            if (g->owner[slot] != slot)
                continue;
            while (column + right < g->columns && g->owner[slot + right] == slot)
                right++;
            while (row + down < g->rows && g->owner[slot + down * g->columns] == slot)
                down++;
            uint32_t below = interval_of(ys, rows, g->ys[row + down] - 0.5f);
            if (down > 1 || right > 1)
                layout_merge_slots(&split, top, column, down > 1 ? below - top + 1 : 1, right);
        }
    }
    *g = split;
}
