/*
 * Cells: an accepted grid becomes an area of the page with a table, and takes hold of its lines.
 * Words go to the slot in which their middle stands; within a cell they keep the order of lines.
 */
#include "layout/tables/tables.h"

#include <string.h>

#define STANDS_OUT 1.0f /* points */
#define DOUBT 0.7f /* what is left of the confidence of a cell whose words do */

void layout_own_slots(quire_arena *arena, grid *g)
{
    size_t count = (size_t)g->rows * g->columns;
    g->owner = quire_arena_array(arena, uint32_t, count);
    for (size_t i = 0; i < count; i++)
        g->owner[i] = (uint32_t)i;
}

void layout_merge_slots(grid *g, uint32_t row, uint32_t column, uint32_t rows, uint32_t columns)
{
    uint32_t owner = row * g->columns + column;
    for (uint32_t r = row; r < row + rows && r < g->rows; r++)
        for (uint32_t c = column; c < column + columns && c < g->columns; c++)
            g->owner[r * g->columns + c] = owner;
}

/* One cell for each slot that owns itself; spans count the slots it owns to the right and below. */
static table_cell *make_cells(quire_arena *arena, const grid *g, uint32_t *index, size_t *count)
{
    size_t slots = (size_t)g->rows * g->columns;
    table_cell *cells = quire_arena_array(arena, table_cell, slots);
    *count = 0;
    for (uint32_t slot = 0; slot < slots; slot++) {
        if (g->owner[slot] != slot)
            continue;
        uint32_t row = slot / g->columns, column = slot % g->columns, rows = 1, columns = 1;
        while (column + columns < g->columns && g->owner[slot + columns] == slot)
            columns++;
        while (row + rows < g->rows && g->owner[slot + rows * g->columns] == slot)
            rows++;
        index[slot] = (uint32_t)*count;
        cells[(*count)++] = (table_cell){
            .row = row,
            .column = column,
            .row_span = rows,
            .column_span = columns,
            .kind = g->kinds[slot],
            .box = {g->xs[column], g->ys[row], g->xs[column + columns], g->ys[row + rows]}};
    }
    return cells;
}

typedef struct placed_word {
    uint32_t word, cell;
} placed_word;

/* The words of the candidate's lines, line by line, each with its cell. */
static placed_word *place_words(const table_finder *f, const grid *g, const uint32_t *index,
                                size_t *count)
{
    const layout_page *lp = f->lp;
    size_t room = 0;
    for (size_t i = 0; i < f->inside_count; i++)
        room += lp->lines[f->inside[i]].end - lp->lines[f->inside[i]].first;
    placed_word *placed = quire_arena_array(lp->scratch, placed_word, room);
    *count = 0;
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &lp->lines[f->inside[i]];
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(l->box));
        for (uint32_t w = l->first; w < l->end; w++) {
            uint32_t column = f->home[w];
            uint32_t slot = g->owner[row * g->columns + column];
            placed[(*count)++] = (placed_word){w, index[slot]};
        }
    }
    return placed;
}

/* Counting sort by cell: keeps the order of lines within each. */
static void hand_out_words(table *t, const placed_word *placed, size_t count)
{
    for (size_t i = 0; i < count; i++)
        t->cells[placed[i].cell].end++;
    uint32_t start = 0;
    for (size_t c = 0; c < t->cell_count; c++) {
        uint32_t words = t->cells[c].end;
        t->cells[c].first = t->cells[c].end = start;
        start += words;
    }
    for (size_t i = 0; i < count; i++)
        t->words[t->cells[placed[i].cell].end++] = placed[i].word;
}

/* The smallest card around the table; -1: the page. */
static int32_t holder_of(const layout_page *lp, quire_box box)
{
    int32_t best = -1;
    for (size_t i = 0; i < lp->area_count; i++) {
        const area *a = &lp->areas[i];
        if (a->kind == AREA_CARD && quire_box_area(a->box) > quire_box_area(box) &&
            quire_box_holds_point(a->box, box_middle_x(box), box_middle_y(box)) &&
            (best < 0 || quire_box_area(a->box) < quire_box_area(lp->areas[best].box)))
            best = (int32_t)i;
    }
    return best;
}

static void add_area(layout_page *lp, quire_box box, table *t)
{
    area *areas = quire_arena_array(lp->arena, area, lp->area_count + 1);
    if (lp->area_count)
        memcpy(areas, lp->areas, lp->area_count * sizeof *areas);
    areas[lp->area_count] =
        (area){.kind = AREA_TABLE, .box = box, .parent = holder_of(lp, box), .table = t};
    lp->areas = areas;
    lp->area_count++;
}

/* Where no walls bound them, words that stand out of their cell may belong beside it. */
static void trust_cells(const table_finder *f, const grid *g, table *t)
{
    for (size_t i = 0; i < t->cell_count; i++) {
        table_cell *cell = &t->cells[i];
        float out = 0;
        for (uint32_t k = cell->first; k < cell->end; k++) {
            quire_box box = f->lp->words[t->words[k]].box;
            out = fmaxf(out, fmaxf(cell->box.x0 - box.x0, box.x1 - cell->box.x1));
        }
        bool leans_out = !g->walled && out > STANDS_OUT;
        cell->confidence = t->confidence * (leans_out ? DOUBT : 1);
    }
}

void layout_build_table(table_finder *f, const grid *g)
{
    layout_page *lp = f->lp;
    uint32_t *index = quire_arena_array(lp->scratch, uint32_t, (size_t)g->rows * g->columns);
    table *t = quire_arena_new_of(lp->arena, table);
    size_t count;
    *t = (table){
        .method = g->method, .rows = g->rows, .columns = g->columns, .header_rows = g->header_rows};
    t->cells = make_cells(lp->arena, g, index, &t->cell_count);
    placed_word *placed = place_words(f, g, index, &count);
    t->words = quire_arena_array(lp->arena, uint32_t, count);
    hand_out_words(t, placed, count);
    t->confidence = g->confidence;
    trust_cells(f, g, t);
    layout_explain_table(lp, g->features, t);
    quire_box box = g->box;
    for (size_t i = 0; i < f->inside_count; i++) {
        line *l = &lp->lines[f->inside[i]];
        l->area = (int32_t)lp->area_count;
        box = quire_box_union(box, l->box);
    }
    add_area(lp, box, t);
}
