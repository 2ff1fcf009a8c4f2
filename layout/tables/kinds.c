/*
 * Kinds of cells: what names columns, rows and groups of rows.
 *
 *     |        | Summer          |      column headers, all levels of them
 *     |        | Loads  | Depth  |
 *     | Northern part            |      a section: the title of the rows under it
 *     | Coast  | 12     | 3.1    |      row headers, where their type says so; a stub where one
 *     | Moor   | 9      | 2.8    |      stands beside several rows
 */
#include "layout/tables/tables.h"

#include <string.h>

enum { LEAST_ROW_HEADERS = 2 };

/* ---- headers ---- */

static bool spans_columns(const grid *g, uint32_t row)
{
    for (uint32_t c = 1; c < g->columns; c++) {
        uint32_t slot = row * g->columns + c;
        if (g->owner[slot] == g->owner[slot - 1] && g->owner[slot] != g->owner[row * g->columns])
            return true;
    }
    return g->columns > 2 && g->owner[row * g->columns + 1] == g->owner[row * g->columns] &&
           g->owner[row * g->columns + 2] != g->owner[row * g->columns];
}

static bool reaches_below(const grid *g, uint32_t row)
{
    for (uint32_t c = 0; c < g->columns && row + 1 < g->rows; c++)
        if (g->owner[(row + 1) * g->columns + c] <= (row + 1) * g->columns - 1)
            return true;
    return false;
}

/* A header that spans columns or rows has a further level. */
static uint32_t count_levels(const grid *g, uint32_t levels)
{
    while (levels > 0 && levels + 1 < g->rows &&
           (reaches_below(g, levels - 1) || spans_columns(g, levels - 1)))
        levels++;
    return levels;
}

/* ---- sections ---- */

/* Rows of text of a grid's row: [first, end). */
typedef struct text_range {
    size_t first, end;
} text_range;

static text_range text_of(const table_finder *f, const grid *g, uint32_t row, size_t from)
{
    text_range t = {from, from};
    while (t.first < f->row_count && f->rows[t.first].baseline <= g->ys[row])
        t.first++;
    t.end = t.first;
    while (t.end < f->row_count && f->rows[t.end].baseline <= g->ys[row + 1])
        t.end++;
    return t;
}

static uint64_t filled_by(const table_finder *f, text_range t)
{
    uint64_t filled = 0;
    for (size_t r = t.first; r < t.end; r++)
        filled |= f->rows[r].filled;
    return filled;
}

static const line *first_line(const table_finder *f, text_range t)
{
    return &f->lp->lines[f->inside[f->rows[t.first].first]];
}

/* The only text of its row, at its start, set otherwise than the row under it or over several
 * columns. */
static bool is_section(const table_finder *f, const grid *g, text_range t, text_range next)
{
    if (t.end != t.first + 1 || next.end == next.first)
        return false;
    const text_row *row = &f->rows[t.first];
    uint64_t below = filled_by(f, next);
    const line *l = first_line(f, t), *under = first_line(f, next);
    if (row->end - row->first > 1 || !layout_is_phrase(f, l) || l->box.x0 >= g->xs[1] ||
        !(below & (below - 1)) || row->numeric)
        return false;
    bool crosses = l->box.x1 > g->xs[1] + 1;
    uint32_t set_apart = (l->flags & ~under->flags) & (LINE_BOLD | LINE_ITALIC);
    return crosses || set_apart;
}

static bool is_one_cell(const grid *g, uint32_t row)
{
    for (uint32_t c = 0; c < g->columns; c++)
        if (g->owner[row * g->columns + c] != row * g->columns)
            return false;
    return row + 1 >= g->rows || g->owner[(row + 1) * g->columns] != row * g->columns;
}

/* Nothing of another row reaches into this one. */
static bool is_free(const grid *g, uint32_t row)
{
    for (uint32_t c = 0; c < g->columns; c++)
        if (g->owner[row * g->columns + c] / g->columns != row)
            return false;
    return !reaches_below(g, row);
}

static void find_sections(const table_finder *f, grid *g)
{
    text_range t = text_of(f, g, 0, 0);
    for (uint32_t row = 0; row + 1 < g->rows; row++) {
        text_range next = text_of(f, g, row + 1, t.end);
        bool is_body = row >= g->header_rows && row > 0;
        bool is_whole = g->walled && is_one_cell(g, row) && t.end > t.first;
        if (is_body && (is_whole || (!g->walled && is_free(g, row) && is_section(f, g, t, next)))) {
            bool crosses = g->owner[row * g->columns + 1] == row * g->columns;
            if (crosses)
                layout_merge_slots(g, row, 0, 1, g->columns);
            g->kinds[row * g->columns] = QUIRE_CELL_SECTION;
        }
        t = next;
    }
}

/* ---- row headers ---- */

/* Words of a column's cells in the body, and those in bold. */
typedef struct weight {
    uint32_t words, bold;
} weight;

static weight weight_of(const table_finder *f, const grid *g, uint32_t first, uint32_t end)
{
    weight found = {0, 0};
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(l->box));
        if (row < g->header_rows || g->kinds[g->owner[row * g->columns]] == QUIRE_CELL_SECTION)
            continue;
        for (uint32_t w = l->first; w < l->end; w++) {
            if (f->home[w] < first || f->home[w] >= end)
                continue;
            found.words++;
            found.bold += (f->lp->words[w].flags & WORD_BOLD) != 0;
        }
    }
    return found;
}

/* Cells of the first column: in bold where the others are not they name their rows, and beside
 * several rows a group of them. */
static void name_rows(const table_finder *f, grid *g)
{
    weight stub = weight_of(f, g, 0, 1), rest = weight_of(f, g, 1, g->columns);
    bool is_bold = stub.words >= LEAST_ROW_HEADERS && stub.bold == stub.words && rest.words > 0 &&
                   rest.bold * 2 < rest.words;
    for (uint32_t row = g->header_rows; row < g->rows; row++) {
        uint32_t slot = row * g->columns;
        if (g->owner[slot] != slot || g->kinds[slot] != QUIRE_CELL_CONTENT)
            continue;
        bool is_group = row + 1 < g->rows && g->owner[slot + g->columns] == slot &&
                        g->owner[slot + 1] != slot &&
                        g->owner[slot + g->columns + 1] != g->owner[slot + 1];
        if (is_group || is_bold)
            g->kinds[slot] = is_group ? QUIRE_CELL_STUB : QUIRE_CELL_ROW_HEADER;
    }
}

void layout_name_cells(const table_finder *f, grid *g)
{
    g->kinds = quire_arena_array(f->lp->scratch, uint8_t, (size_t)g->rows * g->columns);
    if (g->stated_kinds) {
        memcpy(g->kinds, g->stated_kinds, (size_t)g->rows * g->columns);
        return;
    }
    if (g->header_rows == 0)
        g->header_rows = layout_count_header_rows(f, g, count_levels(g, 1));
    for (uint32_t slot = 0; slot < g->header_rows * g->columns; slot++)
        g->kinds[slot] = QUIRE_CELL_COLUMN_HEADER;
    find_sections(f, g);
    name_rows(f, g);
}
