/*
 * Tables of filled cells and bands: the edges of fills are walls too.
 *
 *     ######################      a header in a colour, then every other row shaded; the cells
 *      alpha     7     74.2       of a band may each have a fill of their own, and a white band
 *     ::::::::::::::::::::::      between two such is parted as they are
 *      gamma     8     70.1
 *
 * The walls are those of the page and the edges of its fills; the generators that read drawn
 * walls read these.
 */
#include "layout/tables/tables.h"

#include <string.h>

#define LOWEST 6.0f /* points: a lower fill is a line or a mark */
#define NARROWEST 8.0f
#define TALLEST 12.0f /* ems: a taller one is a card or an area of a chart */
#define BRIDGE 1.3f /* of a fill's height: a band without a fill between two of them */
#define NEAR 2.0f /* points between fills that tile */

enum { MOST_FILLS = 2000, LEAST_FILLS = 2 };

static bool is_cell_like(const layout_page *lp, const quire_fill *fill)
{
    float height = quire_box_height(fill->box);
    return !fill->stroked && height >= LOWEST && height <= TALLEST * lp->body_size &&
           quire_box_width(fill->box) >= NARROWEST;
}

static uint32_t collect_fills(const layout_page *lp, const quire_fill **fills)
{
    uint32_t count = 0;
    for (size_t i = 0; i < lp->page->fill_count; i++) {
        if (!is_cell_like(lp, &lp->fills[i]))
            continue;
        if (count == MOST_FILLS)
            return 0;
        fills[count++] = &lp->fills[i];
    }
    return count;
}

/* Upright edges go on through a band without fills, where the next band has them too. */
static void bridge_bands(wall *standing, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wall *upper = &standing[i], *best = NULL;
        float reach = upper->to + BRIDGE * (upper->to - upper->from);
        for (size_t k = 0; k < count; k++) {
            wall *lower = &standing[k];
            bool follows = fabsf(lower->at - upper->at) <= NEAR && lower->from > upper->to &&
                           lower->from <= reach;
            if (follows && (!best || lower->from < best->from))
                best = lower;
        }
        if (best)
            upper->to = best->from;
    }
}

walls layout_find_fill_walls(layout_page *lp, const walls *drawn)
{
    walls all = {0};
    const quire_fill **fills =
        quire_arena_array(lp->scratch, const quire_fill *, lp->page->fill_count);
    uint32_t count = fills ? collect_fills(lp, fills) : 0;
    if (count < LEAST_FILLS)
        return all;
    size_t standing = drawn->count - drawn->lying;
    wall *lying = quire_arena_array(lp->scratch, wall, drawn->lying + 2 * (size_t)count);
    wall *upright = quire_arena_array(lp->scratch, wall, standing + 2 * (size_t)count);
    for (uint32_t i = 0; i < count; i++) {
        quire_box b = fills[i]->box;
        lying[2 * i] = (wall){b.y0, b.x0, b.x1, true};
        lying[2 * i + 1] = (wall){b.y1, b.x0, b.x1, true};
        upright[2 * i] = (wall){b.x0, b.y0, b.y1, false};
        upright[2 * i + 1] = (wall){b.x1, b.y0, b.y1, false};
    }
    bridge_bands(upright, 2 * (size_t)count);
    if (drawn->lying)
        memcpy(lying + 2 * count, drawn->items, drawn->lying * sizeof *lying);
    if (standing)
        memcpy(upright + 2 * count, drawn->items + drawn->lying, standing * sizeof *upright);
    return layout_join_walls(lp, lying, drawn->lying + 2 * count, upright, standing + 2 * count);
}
