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
    uint64_t numeric; /* columns that hold numbers and nothing else */
} text_row;

/* What is measured of a candidate, each from 0 to 1. */
typedef enum table_feature {
    FEATURE_WALLED,
    FEATURE_RULED,
    FEATURE_FILLED, /* share of cells */
    FEATURE_ALIGNED, /* share of filled cells */
    FEATURE_NUMERIC, /* share of filled cells */
    FEATURE_PARTED, /* share of rows with several cells */
    FEATURE_TERSE, /* 1: one word in each cell, 0: as many as a sentence */
    FEATURE_HEADED,
    FEATURE_STATED,
    TABLE_FEATURES,
} table_feature;

typedef struct grid {
    const char *method; /* "ruled", "aligned" or "tagged" */
    quire_box box;
    float *xs; /* columns + 1 edges */
    float *ys; /* rows + 1 edges */
    uint32_t columns, rows;
    uint32_t *owner; /* of each slot, row by row: the slot at the upper left of its cell */
    uint32_t header_rows; /* 0: not known yet */
    uint8_t *kinds; /* quire_cell_kind of each slot that owns itself */
    bool walled; /* a lattice: every cell is drawn */
    bool stated; /* by the file's tags, which its text agrees with */
    const uint8_t *stated_kinds; /* as `kinds`, by the tags; NULL: they name no header */
    float features[TABLE_FEATURES];
    float confidence; /* 0: refused */
} grid;

typedef struct table_finder {
    layout_page *lp;
    walls walls;
    bool from_fills; /* the walls are edges of fills as well */
    uint32_t *inside; /* lines of the candidate at hand, row by row, from left to right */
    size_t inside_count;
    text_row *rows;
    size_t row_count;
    float size; /* of most of its type */
    uint8_t *numeric; /* of each word of the page: 0 not asked yet, 1 no, 2 yes */
    uint8_t *home; /* column of each word of the page that is in the candidate */
    grid *accepted;
    size_t accepted_count, accepted_capacity;
    size_t inner_first, inner_end; /* of the accepted: stand in cells of the candidate at hand */
    size_t inner_tried; /* on this page */
} table_finder;

/* walls.c */
walls layout_find_walls(layout_page *lp);
/* Joins pieces; both lists are put in order. */
walls layout_join_walls(layout_page *lp, wall *lying, size_t lying_count, wall *standing,
                        size_t standing_count);
/* fills.c: those that are drawn and the edges of fills; none without fills. */
walls layout_find_fill_walls(layout_page *lp, const walls *drawn);
/* Heights within `box` at which lying walls, all pieces taken together, cover that share of it. */
size_t layout_walls_across(const table_finder *f, quire_box box, float share, float *ys,
                           size_t room);

/* rows.c: gathers the lines of `box` into f->inside and f->rows. */
void layout_gather_rows(table_finder *f, quire_box box);
/* Rows of text [first, end); those before `body` are a header: its lines are of one row as long as
 * none spans columns. */
typedef struct row_range {
    size_t first, end, body;
} row_range;

typedef struct columns_at {
    const float *xs; /* columns + 1 edges */
    size_t columns;
} columns_at;

/* Rows of text become rows of a table; `breaks`: lying walls that part them. Fills ys (room for
 * row_count + 1) and returns the number of rows. */
size_t layout_join_rows(const table_finder *f, row_range range, const float *breaks,
                        size_t break_count, columns_at at, float *ys);
/* Sets `home` of all words for these column edges, and what rows fill. Without walls a phrase stays
 * together. */
void layout_fill_rows(table_finder *f, const float *xs, size_t columns, bool keep_phrases);

bool layout_is_numeric(const table_finder *f, const word *w);

/* columns.c: edges between columns of the rows [first, end), from white stripes. Returns the number
 * of columns; xs has room for TABLE_COLUMNS + 1. */
size_t layout_find_columns(const table_finder *f, size_t first, size_t end, quire_box box,
                           float *xs);

/* reach.c: the box with the row above it, and the one `below` it, where they are rows of it. */
quire_box layout_reach_rows(const table_finder *f, quire_box box, columns_at at, bool below);

/* open_lattice.c: columns that no wall parts; true: the lattice was accepted with them. */
bool layout_open_columns(table_finder *f, const grid *g);
/* Takes a title above and notes below out of a lattice; true: it has shrunk. */
bool layout_strip_notes(const table_finder *f, grid *g);
/* Parts cells that no wall parts but whose text stands apart in all their columns or rows. */
void layout_part_cells(const table_finder *f, grid *g);
/* Splits those bands whose text stands in rows of its own. */
void layout_split_bands(table_finder *f, grid *g);

/* headers.c: spans of a grid without walls; rows of text before `body` are its header. */
void layout_span_headers(const table_finder *f, grid *g, size_t body);
/* `levels` when the first rows, that many, are a header; else 0. */
uint32_t layout_count_header_rows(const table_finder *f, const grid *g, uint32_t levels);
/* banded.c: the first row of text under the uppermost rule that goes through; 0: none. */
size_t layout_first_body_row(const table_finder *f, quire_box box);
/* Where the phrase ends that begins at a word of the line: before a gap as between columns. */
uint32_t layout_phrase_end(const table_finder *f, const line *l, uint32_t first);
/* No gap between its words is as wide as one between columns. */
bool layout_is_phrase(const table_finder *f, const line *l);

/* views.c: shows `find` the lines of each other direction as a page that is read in it, then those
 * that were read in each picture, and keeps the tables that it finds. */
void layout_find_in_views(layout_page *lp, void (*find)(layout_page *view));

/* Generators: each hands its candidates to layout_accept_grid(). */
void layout_find_tagged(table_finder *f); /* tagged.c */
void layout_find_lattices(table_finder *f); /* lattice.c */
void layout_find_banded(table_finder *f); /* banded.c */
void layout_find_aligned(table_finder *f); /* aligned.c */

/* accept.c: measures a candidate, and keeps it when it is a table and nothing kept holds it. */
bool layout_accept_grid(table_finder *f, grid *candidate);
/* The rows at hand are code or running text: whatever their columns, a candidate of them that is
 * not walled will be refused. */
bool layout_rows_refuse(const table_finder *f, quire_box box);

/* score.c: how sure a candidate is a table, from what was measured; and the strongest reasons. */
float layout_score_table(const float features[TABLE_FEATURES]);
void layout_explain_table(const layout_page *lp, const float features[TABLE_FEATURES], table *t);

/* kinds.c: what names columns, rows and groups of rows; a section that leaves its
 * column spans the row. */
void layout_name_cells(const table_finder *f, grid *g);

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
    uint32_t low = 0, high = count ? (uint32_t)count - 1 : 0;
    while (low < high) {
        uint32_t middle = (low + high + 1) / 2;
        if (at >= edges[middle])
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

#endif
