/*
 * The pass: lattices first, since what is drawn is sure; then tables with lying rules only; then
 * those that only align. Each accepted table takes hold of its lines, so that none is found twice.
 */
#include "layout/tables/tables.h"

enum { MOST_TABLES = 256 }; /* on one page */

void layout_find_tables(layout_page *lp)
{
    if (lp->line_count < 2)
        return;
    table_finder f = {.lp = lp, .size = lp->body_size, .accepted_capacity = MOST_TABLES};
    f.inside = quire_arena_array(lp->scratch, uint32_t, lp->line_count);
    f.rows = quire_arena_array(lp->scratch, text_row, lp->line_count);
    f.accepted = quire_arena_array(lp->scratch, grid, MOST_TABLES);
    f.walls = layout_find_walls(lp);
    layout_find_lattices(&f);
    layout_find_banded(&f);
    layout_find_aligned(&f);
}
