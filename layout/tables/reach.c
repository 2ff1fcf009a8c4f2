/*
 * Rows outside of the outermost rules, where rules only part rows.
 *
 *      Article     Income      Since       <- a header above the first rule
 *     -------------------------------
 *      Iron nails  $2,256.29   1920
 *     -------------------------------
 *      Yarn        $515.01     1977
 *     -------------------------------
 *      Honey       $2,101.56   1946        <- a row under the last one
 *
 * Such a row stands as near as rows do, and each of its phrases in a column of its own.
 */
#include "layout/tables/tables.h"

#define REACH 2.4f /* ems from a rule to the far side of the row next to it */
#define LEAST_COLUMNS 0.6f /* of the columns hold a phrase in such a row */

typedef struct edge_row {
    uint64_t columns; /* that a phrase stands in */
    quire_box box;
    bool is_row; /* and none that crosses an edge */
} edge_row;

static void add_line(const table_finder *f, const line *l, columns_at at, edge_row *row)
{
    const word *words = f->lp->words;
    row->box = quire_box_union(row->box, l->box);
    for (uint32_t w = l->first, end; w < l->end; w = end) {
        end = layout_phrase_end(f, l, w);
        uint32_t left = interval_of(at.xs, at.columns, words[w].box.x0 + 1);
        uint32_t right = interval_of(at.xs, at.columns, words[end - 1].box.x1 - 1);
        uint64_t column = (uint64_t)1 << left;
        row->is_row &= left == right && !(row->columns & column);
        row->columns |= column;
    }
}

/* The free row of text in `band` that is nearest to its lower edge, or to its upper one. */
static edge_row row_in(const table_finder *f, quire_box band, columns_at at, bool lowest)
{
    const layout_page *lp = f->lp;
    edge_row row = {.box = quire_box_empty(), .is_row = true};
    uint32_t at_row = UINT32_MAX;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (l->baseline <= band.y0 || l->baseline > band.y1 ||
            quire_overlap(l->box.x0, l->box.x1, band.x0, band.x1) <= 0)
            continue;
        if (l->row != at_row && at_row != UINT32_MAX && !lowest)
            break;
        if (l->row != at_row)
            row = (edge_row){.box = quire_box_empty(), .is_row = true};
        at_row = l->row;
        row.is_row &= l->area < 0 || lp->areas[l->area].kind == AREA_CARD;
        row.is_row &= l->box.x0 > band.x0 - f->size && l->box.x1 < band.x1 + f->size;
        add_line(f, l, at, &row);
    }
    size_t filled = (size_t)__builtin_popcountll(row.columns);
    row.is_row &= filled >= 2 && (float)filled >= LEAST_COLUMNS * (float)at.columns;
    return row;
}

quire_box layout_reach_rows(const table_finder *f, quire_box box, columns_at at, bool below)
{
    float reach = REACH * f->size;
    edge_row over = row_in(f, (quire_box){box.x0, box.y0 - reach, box.x1, box.y0}, at, true);
    if (over.is_row && over.box.y0 > box.y0 - reach)
        box.y0 = over.box.y0 - 1;
    if (!below)
        return box;
    edge_row under = row_in(f, (quire_box){box.x0, box.y1, box.x1, box.y1 + reach}, at, false);
    if (under.is_row && under.box.y1 < box.y1 + reach)
        box.y1 = under.box.y1 + 1;
    return box;
}
