/*
 * The pass: what the file itself calls a table, where its text agrees; then lattices, since what is
 * drawn is sure; then tables with lying rules only; then those that only align. Each accepted table
 * takes hold of its lines, so that none is found twice.
 */
#include "layout/tables/tables.h"

enum { MOST_TABLES = 256 }; /* on one page */

static void use_walls(table_finder *f, walls all, bool from_fills)
{
    f->walls = all;
    f->from_fills = from_fills;
}

static void find_ruled(table_finder *f)
{
    walls drawn = f->walls, filled = layout_find_fill_walls(f->lp, &drawn);
    layout_find_lattices(f);
    use_walls(f, filled, true);
    layout_find_lattices(f);
    use_walls(f, drawn, false);
    layout_find_banded(f);
    use_walls(f, filled, true);
    layout_find_banded(f);
    use_walls(f, drawn, false);
}

/* All tables of a page whose lines are upright. */
static void find_upright(layout_page *lp)
{
    table_finder f = {.lp = lp, .size = lp->body_size, .accepted_capacity = MOST_TABLES};
    f.inside = quire_arena_array(lp->scratch, uint32_t, lp->line_count);
    f.numeric = quire_arena_array(lp->scratch, uint8_t, lp->word_count);
    f.home = quire_arena_array(lp->scratch, uint8_t, lp->word_count);
    f.rows = quire_arena_array(lp->scratch, text_row, lp->line_count);
    f.accepted = quire_arena_array(lp->scratch, grid, MOST_TABLES);
    f.walls = layout_find_walls(lp);
    quire_tables wanted = lp->options->tables;
    if (wanted == QUIRE_TABLES_AUTO)
        layout_find_tagged(&f);
    if (wanted != QUIRE_TABLES_ALIGNED)
        find_ruled(&f);
    if (wanted != QUIRE_TABLES_RULED)
        layout_find_aligned(&f);
}

void layout_find_tables(layout_page *lp)
{
    if (lp->line_count < 2 || lp->options->tables == QUIRE_TABLES_OFF)
        return;
    find_upright(lp);
    layout_find_in_views(lp, find_upright);
}
