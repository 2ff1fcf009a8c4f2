/*
 * Tables: what the files of layout/tables/ hand to each other. Private to layout/.
 *
 *     walls -> candidates of three generators -> one acceptance -> cells
 *
 * A candidate is a grid: column edges, row edges, and which slots belong together. Generators never
 * mix their edges: a complete lattice is trusted as it is drawn (docs: the evidence that a mixture
 * loses is Camelot's ablation).
 */
#ifndef QUIRE_LAYOUT_TABLES_TABLES_H
#define QUIRE_LAYOUT_TABLES_TABLES_H

#include "layout/passes.h"

enum {
    TABLE_COLUMNS = 64, /* most columns of a table: one bit each */
    TABLE_ROWS = 4096, /* most rows */
    TABLE_WALLS = 6000, /* more ruled lines than that are a drawing */
};

/* An upright line, or one that lies: where it stands, and from where to where it goes. */
typedef struct wall {
    float at, from, to;
    bool lies;
} wall;

typedef struct walls {
    wall *items; /* those that lie, from top to bottom, then those that stand, from left to right */
    size_t lying, count;
} walls;

/* Words of one baseline within a candidate. */
typedef struct text_row {
    uint32_t first, end; /* lines, half open: indices into table_finder.inside */
    float top, bottom, baseline;
    uint64_t filled; /* columns that hold something */
    bool is_spanner; /* one line over several columns */
} text_row;

typedef struct grid {
    const char *method; /* "ruled" or "aligned" */
    quire_box box;
    float *xs; /* columns + 1 edges */
    float *ys; /* rows + 1 edges */
    uint32_t columns, rows;
    uint32_t *owner; /* of each slot, row by row: the slot at the upper left of its cell */
    bool walled; /* a lattice: every cell is drawn */
    float confidence; /* 0: refused */
} grid;

typedef struct table_finder {
    layout_page *lp;
    walls walls;
    uint32_t *inside; /* lines of the candidate at hand, row by row, from left to right */
    size_t inside_count;
    text_row *rows;
    size_t row_count;
    float size; /* of most of its type */
    grid *accepted;
    size_t accepted_count, accepted_capacity;
} table_finder;

/* walls.c */
walls layout_find_walls(layout_page *lp);
/* Lying walls of `f` whose place is in [top, bottom] and that cover most of [x0, x1]. */
size_t layout_walls_across(const table_finder *f, quire_box box, float share, float *ys,
                           size_t room);

/* rows.c: gathers the lines of `box` into f->inside and f->rows. */
void layout_gather_rows(table_finder *f, quire_box box);
/* Rows of text become rows of a table; `breaks`: lying walls that part them. Fills ys (room for
 * row_count + 1) and returns the number of rows. */
size_t layout_join_rows(const table_finder *f, size_t first, size_t end, const float *breaks,
                        size_t break_count, size_t columns, float *ys);
/* Sets `filled` of all rows for these column edges. */
void layout_fill_rows(table_finder *f, const float *xs, size_t columns);

/* columns.c: edges between columns of the rows [first, end), from white stripes. Returns the number
 * of columns; xs has room for TABLE_COLUMNS + 1. */
size_t layout_find_columns(const table_finder *f, size_t first, size_t end, quire_box box,
                           float *xs);

/* Generators: each hands its candidates to layout_accept_grid(). */
void layout_find_lattices(table_finder *f); /* lattice.c */
void layout_find_banded(table_finder *f); /* banded.c */
void layout_find_aligned(table_finder *f); /* aligned.c */

/* accept.c: measures a candidate, and keeps it when it is a table and nothing kept holds it. */
bool layout_accept_grid(table_finder *f, grid *candidate);

/* cells.c: from an accepted grid to an area of the page. */
void layout_build_table(table_finder *f, const grid *g);
/* Slots of a fresh grid own themselves. */
void layout_own_slots(quire_arena *arena, grid *g);
void layout_merge_slots(grid *g, uint32_t row, uint32_t column, uint32_t rows, uint32_t columns);

static inline float box_middle_x(quire_box box)
{
    return (box.x0 + box.x1) / 2;
}

static inline float box_middle_y(quire_box box)
{
    return (box.y0 + box.y1) / 2;
}

/* Index of the interval of `edges` (count + 1 of them) that holds `at`; the nearest outside. */
static inline uint32_t interval_of(const float *edges, size_t count, float at)
{
    uint32_t i = 0;
    while (i + 1 < count && at >= edges[i + 1])
        i++;
    return i;
}

#endif
