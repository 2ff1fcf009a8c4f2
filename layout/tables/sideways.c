/*
 * Tables that stand sideways: text of one direction on a page that is read in another.
 *
 *      +--+--+
 *      |  |8 |      the lines of that direction, with all rules, are seen as a page of their own,
 *      |9 |1 |      turned until they are upright; what is a table there is one here
 *      +--+--+
 */
#include "layout/tables/tables.h"

#include <string.h>

enum { LEAST_LINES = 4 };

static bool is_free(const layout_page *lp, const line *l)
{
    return l->area < 0 || lp->areas[l->area].kind == AREA_CARD;
}

/* The free lines of that direction, in the view's frame; `own`: which lines of the page they are.
 */
static void take_lines(const layout_page *lp, layout_page *view, uint32_t *own)
{
    view->lines = quire_arena_array(lp->scratch, line, lp->line_count);
    view->line_count = 0;
    for (uint32_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (l->angle != view->frame.angle || !is_free(lp, l))
            continue;
        line *turned = &view->lines[view->line_count];
        own[view->line_count++] = i;
        *turned = *l;
        turned->area = -1;
        turned->box = layout_frame_box(&view->frame, layout_frame_box_back(&lp->frame, l->box));
    }
}

static quire_box box_of_page(const layout_page *lp, const layout_page *view, quire_box box)
{
    return layout_frame_box(&lp->frame, layout_frame_box_back(&view->frame, box));
}

/* What was found in the view becomes part of the page. */
static void keep_tables(layout_page *lp, const layout_page *view, const uint32_t *own)
{
    area *areas = quire_arena_array(lp->arena, area, lp->area_count + view->area_count);
    if (lp->area_count)
        memcpy(areas, lp->areas, lp->area_count * sizeof *areas);
    for (size_t i = 0; i < view->area_count; i++) {
        area *kept = &areas[lp->area_count + i];
        *kept = view->areas[i];
        kept->box = box_of_page(lp, view, kept->box);
        kept->parent = -1;
        for (size_t c = 0; c < kept->table->cell_count; c++)
            kept->table->cells[c].box = box_of_page(lp, view, kept->table->cells[c].box);
        kept->table->angle = view->frame.angle;
    }
    for (size_t i = 0; i < view->line_count; i++) {
        int32_t found = view->lines[i].area, *held = &lp->lines[own[i]].area;
        if (found < 0)
            continue;
        areas[lp->area_count + (size_t)found].parent = *held < (int32_t)lp->area_count ? *held : -1;
        *held = (int32_t)lp->area_count + found;
    }
    lp->areas = areas;
    lp->area_count += view->area_count;
}

static bool has_lines(const layout_page *lp, int32_t angle)
{
    size_t count = 0;
    for (size_t i = 0; i < lp->line_count && count < LEAST_LINES; i++)
        count += lp->lines[i].angle == angle && is_free(lp, &lp->lines[i]);
    return count == LEAST_LINES;
}

void layout_find_sideways(layout_page *lp, void (*find)(layout_page *view))
{
    for (int32_t quarter = 1; quarter < 4; quarter++) {
        int32_t angle = (lp->frame.angle + 90 * quarter) % 360;
        if (!has_lines(lp, angle))
            continue;
        layout_page view = *lp;
        uint32_t *own = quire_arena_array(lp->scratch, uint32_t, lp->line_count);
        view.frame = layout_frame_of(angle, lp->page->width, lp->page->height);
        view.areas = NULL;
        view.area_count = 0;
        take_lines(lp, &view, own);
        layout_turn_shapes(&view);
        find(&view);
        if (view.area_count > 0)
            keep_tables(lp, &view, own);
    }
}
