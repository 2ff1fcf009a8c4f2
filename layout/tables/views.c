/*
 * Parts of a page that are looked at as pages of their own: only their lines are seen, and what is
 * a table there is one on the page.
 *
 *      +--+--+
 *      |  |8 |      text of another direction stands sideways: the view is turned until it is
 *      |9 |1 |      upright, with all rules
 *      +--+--+
 *      ,----------.
 *      | a | 12 | |      what recognition read in a picture, which the generators pass over as the
 *      `----------'      text of a drawing
 */
#include "layout/tables/tables.h"

#include <string.h>

enum { LEAST_LINES = 4, MOST_PICTURES = 16 };

static bool is_free(const layout_page *lp, const line *l)
{
    return l->area < 0 || lp->areas[l->area].kind == AREA_CARD;
}

static bool is_recognised(const layout_page *lp, const line *l)
{
    return lp->words[l->first].flags & WORD_RECOGNISED;
}

/* What a view shows: the free lines of one direction, or those that were read in a picture. */
typedef struct view_of {
    int32_t angle;
    int32_t picture; /* index of its area, -1: none */
} view_of;

static bool shows(const layout_page *lp, const view_of *of, const line *l)
{
    bool here = of->picture < 0 ? is_free(lp, l) : l->area == of->picture && is_recognised(lp, l);
    return here && l->angle == of->angle;
}

/* Those lines, in the view's frame; `own`: which lines of the page they are. */
static void take_lines(const layout_page *lp, const view_of *of, layout_page *view, uint32_t *own)
{
    view->lines = quire_arena_array(lp->scratch, line, lp->line_count);
    view->line_count = 0;
    for (uint32_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (!shows(lp, of, l))
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
        kept->parent = kept->parent < 0 ? -1 : kept->parent + (int32_t)lp->area_count;
        for (size_t c = 0; c < kept->table->cell_count; c++)
            kept->table->cells[c].box = box_of_page(lp, view, kept->table->cells[c].box);
        kept->table->angle = view->frame.angle == lp->frame.angle ? 0 : view->frame.angle;
    }
    for (size_t i = 0; i < view->line_count; i++) {
        int32_t found = view->lines[i].area, *held = &lp->lines[own[i]].area;
        if (found < 0)
            continue;
        if (view->areas[found].parent >= 0) { /* in a table of this view */
            *held = (int32_t)lp->area_count + found;
            continue;
        }
        areas[lp->area_count + (size_t)found].parent = *held < (int32_t)lp->area_count ? *held : -1;
        *held = (int32_t)lp->area_count + found;
    }
    lp->areas = areas;
    lp->area_count += view->area_count;
}

static bool has_lines(const layout_page *lp, const view_of *of)
{
    size_t count = 0;
    for (size_t i = 0; i < lp->line_count && count < LEAST_LINES; i++)
        count += shows(lp, of, &lp->lines[i]);
    return count == LEAST_LINES;
}

static void look_at(layout_page *lp, const view_of *of, void (*find)(layout_page *view))
{
    if (!has_lines(lp, of))
        return;
    layout_page view = *lp;
    uint32_t *own = quire_arena_array(lp->scratch, uint32_t, lp->line_count);
    view.frame = layout_frame_of(of->angle, lp->page->width, lp->page->height);
    view.areas = NULL;
    view.area_count = 0;
    take_lines(lp, of, &view, own);
    layout_turn_shapes(&view);
    find(&view);
    if (view.area_count > 0)
        keep_tables(lp, &view, own);
}

void layout_find_in_views(layout_page *lp, void (*find)(layout_page *view))
{
    for (int32_t quarter = 1; quarter < 4; quarter++)
        look_at(lp, &(view_of){(lp->frame.angle + 90 * quarter) % 360, -1}, find);
    size_t pictures = 0, areas = lp->area_count;
    for (size_t i = 0; i < areas && pictures < MOST_PICTURES; i++) {
        if (lp->areas[i].kind != AREA_FIGURE)
            continue;
        pictures++;
        look_at(lp, &(view_of){lp->frame.angle, (int32_t)i}, find);
    }
}
