/*
 * Areas: parts of a page that are read as one.
 *
 *     +--------------------+   figure: pictures, and drawings whose paths lie close together;
 *     | ~~/\~~   +-------+ |           text in it is read with it
 *     |  /  \    | card  | |   card:   a coloured or framed box with some lines, which is read
 *     | Jan Feb  | text  | |           through before what stands beside it
 *     +--------------------+
 *
 * Paths are gathered on a coarse grid over the page: cells that paths touch, and that touch each
 * other, make one drawing. The grid bounds the cost, however many paths there are. Boxes that tile
 * (cells of a table) are no cards.
 */
#include "layout/passes.h"

#include <string.h>

enum {
    GRID = 64, /* cells across and down */
    MOST_AREAS = 48,
    MOST_BOXES = 256, /* cards are not looked for among more */
    DENSE_SEGMENTS = 40,
    DENSE_SLANTED = 12,
    SPARSE_SEGMENTS = 4, /* of a drawing without any text in it */
    CARD_LINES = 2,
};

#define ANNOUNCED_EM 4.0f /* white between a drawing and what names it */
#define FIGURE_SIDE 24.0f /* points, least */
#define WHOLE_PAGE 0.85f /* of its area: a ground, not a thing on it */
#define CARD_MOST 0.7f /* of the page's area */
#define CARD_SIDE_EM 3.0f
#define TILE_GAP 2.0f /* points */
#define EDGE_SLACK 2.0f /* a line may stand out of its card that far */
#define SIDE_SLACK 3.0f /* points by which the sides of a frame miss what it is around */
#define SIDE_REACH 0.4f /* of the figure's height */
#define PROSE_FILL 0.5f /* of the figure's width */

enum { PROSE_CHARACTERS = 160, PROSE_LINES = 4, PROSE_LINE_CHARACTERS = 20 };

static float page_area(const layout_page *lp)
{
    return lp->width * lp->height;
}

static bool add_area(layout_page *lp, area_kind kind, quire_box box)
{
    if (lp->lists->areas.count >= MOST_AREAS)
        return false;
    area *a = quire_array_push(&lp->lists->areas);
    if (!a)
        return false;
    *a = (area){.kind = kind, .box = box, .parent = -1};
    return true;
}

/* ---- figures ---- */

/* Running text lies on the box rather than in it: some lines that fill it, in narrow columns a few
 * more. */
static bool holds_prose(const layout_page *lp, quire_box box)
{
    uint32_t lines = 0, characters = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        float x = (l->box.x0 + l->box.x1) / 2, y = (l->box.y0 + l->box.y1) / 2;
        if (l->characters < PROSE_LINE_CHARACTERS || !quire_box_holds_point(box, x, y) ||
            quire_box_width(l->box) < PROSE_FILL * quire_box_width(box))
            continue;
        lines++;
        characters += l->characters;
    }
    return lines >= PROSE_LINES && characters >= PROSE_CHARACTERS;
}

static bool is_figure_box(const layout_page *lp, quire_box box)
{
    return quire_box_width(box) >= FIGURE_SIDE && quire_box_height(box) >= FIGURE_SIDE &&
           quire_box_area(box) <= WHOLE_PAGE * page_area(lp);
}

static void add_pictures(layout_page *lp)
{
    quire_box page = {0, 0, lp->width, lp->height};
    for (size_t i = 0; i < lp->page->image_count; i++) {
        quire_box box = layout_frame_box(&lp->frame, lp->page->images[i].box);
        box = quire_box_intersection(box, page);
        if (!quire_box_is_empty(box) && is_figure_box(lp, box) && !holds_prose(lp, box) &&
            !add_area(lp, AREA_FIGURE, box))
            return;
    }
}

/* What was stamped on a page is read by itself; in colour, it may stand across text that is not. */
static void add_stamps(layout_page *lp)
{
    for (size_t i = 0; i < lp->page->scribble_count; i++) {
        quire_box box = layout_frame_box(&lp->frame, lp->page->scribbles[i].box);
        const quire_scribble *stamp = &lp->page->scribbles[i];
        if (stamp->is_stamp && stamp->colour == 0 && !add_area(lp, AREA_FIGURE, box))
            return;
    }
}

typedef struct cell {
    uint16_t group; /* 0: no path touches it; else a number shared by neighbours */
} cell;

typedef struct drawing_group {
    quire_box box;
    uint32_t segments, slanted;
} drawing_group;

static int grid_place(float value, float side)
{
    int at = (int)(value / side * GRID);
    return at < 0 ? 0 : at >= GRID ? GRID - 1 : at;
}

static void touch_cells(const layout_page *lp, cell *grid, quire_box box)
{
    int x0 = grid_place(box.x0, lp->width), x1 = grid_place(box.x1, lp->width);
    int y0 = grid_place(box.y0, lp->height), y1 = grid_place(box.y1, lp->height);
    for (int y = y0; y <= y1; y++)
        for (int x = x0; x <= x1; x++)
            grid[y * GRID + x].group = 1;
}

/* Gives all touched cells that hang together with `start` the number `group`. */
static void flood(cell *grid, uint16_t *stack, int start, uint16_t group)
{
    int height = 0;
    stack[height++] = (uint16_t)start;
    grid[start].group = group;
    while (height > 0) {
        int at = stack[--height];
        int x = at % GRID, y = at / GRID;
        for (int dy = -1; dy <= 1; dy++)
            for (int dx = -1; dx <= 1; dx++) {
                int nx = x + dx, ny = y + dy;
                if (nx < 0 || ny < 0 || nx >= GRID || ny >= GRID)
                    continue;
                if (grid[ny * GRID + nx].group != 1)
                    continue;
                grid[ny * GRID + nx].group = group;
                stack[height++] = (uint16_t)(ny * GRID + nx);
            }
    }
}

static uint16_t number_groups(quire_arena *scratch, cell *grid)
{
    uint16_t *stack = quire_arena_array(scratch, uint16_t, (size_t)GRID * GRID);
    uint16_t groups = 2;
    for (int i = 0; i < GRID * GRID; i++)
        if (grid[i].group == 1)
            flood(grid, stack, i, groups++);
    return groups;
}

static bool is_path(const layout_page *lp, const quire_drawing *d)
{
    return quire_box_area(d->box) <= 0.5f * page_area(lp);
}

/* A line close by begins like the caption of a figure: few strokes are enough then. */
static bool is_announced(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        float most = ANNOUNCED_EM * l->size;
        bool near = l->box.y0 - box.y1 <= most && box.y0 - l->box.y1 <= most &&
                    quire_overlap(l->box.x0, l->box.x1, box.x0, box.x1) > 0;
        if (near && layout_caption_prefix(l->text) > 0 && !layout_names_table(l->text))
            return true;
    }
    return false;
}

static int count_lines(const layout_page *lp, quire_box box)
{
    int count = 0;
    for (size_t i = 0; i < lp->line_count; i++)
        count += quire_box_overlaps(lp->lines[i].box, box);
    return count;
}

static bool is_bare(const layout_page *lp, quire_box box)
{
    return count_lines(lp, box) == 0;
}

static bool is_drawing(const layout_page *lp, const drawing_group *g)
{
    if (!is_figure_box(lp, g->box) || holds_prose(lp, g->box))
        return false;
    return g->segments >= DENSE_SEGMENTS || g->slanted >= DENSE_SLANTED ||
           is_announced(lp, g->box) || (g->segments >= SPARSE_SEGMENTS && is_bare(lp, g->box));
}

static void add_drawings(layout_page *lp)
{
    const quire_page *page = lp->page;
    if (page->drawing_count == 0)
        return;
    cell *grid = quire_arena_array(lp->scratch, cell, (size_t)GRID * GRID);
    for (size_t i = 0; i < page->drawing_count; i++)
        if (is_path(lp, &page->drawings[i]))
            touch_cells(lp, grid, layout_frame_box(&lp->frame, page->drawings[i].box));
    uint16_t count = number_groups(lp->scratch, grid);
    drawing_group *groups = quire_arena_array(lp->scratch, drawing_group, count);
    for (uint16_t i = 0; i < count; i++)
        groups[i].box = quire_box_empty();
    for (size_t i = 0; i < page->drawing_count; i++) {
        const quire_drawing *d = &page->drawings[i];
        if (!is_path(lp, d))
            continue;
        quire_box box = layout_frame_box(&lp->frame, d->box);
        int at = grid_place(box.y0, lp->height) * GRID + grid_place(box.x0, lp->width);
        drawing_group *g = &groups[grid[at].group];
        g->box = quire_box_union(g->box, box);
        g->segments += d->segments;
        g->slanted += d->curved ? d->segments : 1;
    }
    for (uint16_t i = 2; i < count; i++)
        if (is_drawing(lp, &groups[i]))
            add_area(lp, AREA_FIGURE, groups[i].box);
}

/* Figures that overlap are one; the later is emptied. */
static void merge_figures(layout_page *lp)
{
    area *areas = lp->lists->areas.items;
    size_t count = lp->lists->areas.count;
    for (size_t i = 0; i < count; i++)
        for (size_t k = i + 1; k < count; k++)
            if (quire_box_overlaps(areas[i].box, areas[k].box)) {
                areas[i].box = quire_box_union(areas[i].box, areas[k].box);
                areas[k] = areas[--count];
                k = i;
            }
    lp->lists->areas.count = count;
}

/* A rule as wide as the figure and near it: an axis, a side of the frame. */
static bool is_side(quire_box figure, const quire_rule *rule)
{
    float reach = SIDE_REACH * quire_box_height(figure);
    return rule->horizontal && fabsf(rule->box.x0 - figure.x0) <= SIDE_SLACK &&
           fabsf(rule->box.x1 - figure.x1) <= SIDE_SLACK && rule->box.y0 >= figure.y0 - reach &&
           rule->box.y1 <= figure.y1 + reach;
}

/* Sides widen a figure where they take in no text. */
static void add_frames(layout_page *lp)
{
    for (size_t i = 0; i < lp->lists->areas.count; i++) {
        quire_box figure = lp->lists->areas.items[i].box, framed = figure;
        for (size_t k = 0; k < lp->page->rule_count; k++)
            if (is_side(figure, &lp->rules[k]))
                framed = quire_box_union(framed, lp->rules[k].box);
        if (is_figure_box(lp, framed) && count_lines(lp, framed) == count_lines(lp, figure))
            lp->lists->areas.items[i].box = framed;
    }
}

/* ---- cards ---- */

static bool tiles(quire_box a, quire_box b)
{
    bool same_height = fabsf(a.y0 - b.y0) <= TILE_GAP && fabsf(a.y1 - b.y1) <= TILE_GAP;
    bool same_width = fabsf(a.x0 - b.x0) <= TILE_GAP && fabsf(a.x1 - b.x1) <= TILE_GAP;
    float across = -quire_overlap(a.x0, a.x1, b.x0, b.x1);
    float down = -quire_overlap(a.y0, a.y1, b.y0, b.y1);
    return (same_height && fabsf(across) <= TILE_GAP) || (same_width && fabsf(down) <= TILE_GAP);
}

/* Whole lines in the box; -1 when a line is cut by its border. */
static int lines_inside(const layout_page *lp, quire_box box)
{
    int inside = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        quire_box l = lp->lines[i].box;
        if (!quire_box_overlaps(box, l))
            continue;
        bool whole = l.x0 >= box.x0 - EDGE_SLACK && l.x1 <= box.x1 + EDGE_SLACK &&
                     (l.y0 + l.y1) / 2 >= box.y0 && (l.y0 + l.y1) / 2 <= box.y1;
        float common = quire_overlap(l.y0, l.y1, box.y0, box.y1);
        if (whole)
            inside++;
        else if (common > 0.5f * quire_box_height(l))
            return -1;
    }
    return inside;
}

static bool is_white(uint32_t colour)
{
    return (colour & 0xF8F8F8) == 0xF8F8F8 || colour >> 24 < 8;
}

static size_t collect_boxes(const layout_page *lp, quire_box *boxes)
{
    size_t count = 0;
    float least = CARD_SIDE_EM * 8;
    for (size_t i = 0; i < lp->page->fill_count; i++) {
        const quire_fill *fill = &lp->fills[i];
        if (!fill->stroked && is_white(fill->colour) && !fill->pattern)
            continue;
        if (quire_box_width(fill->box) < least || quire_box_height(fill->box) < least ||
            quire_box_area(fill->box) > CARD_MOST * page_area(lp))
            continue;
        if (count == MOST_BOXES)
            return 0;
        boxes[count++] = fill->box;
    }
    return count;
}

static bool is_known(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->lists->areas.count; i++) {
        quire_box a = lp->lists->areas.items[i].box;
        if (fabsf(a.x0 - box.x0) + fabsf(a.y0 - box.y0) + fabsf(a.x1 - box.x1) +
                fabsf(a.y1 - box.y1) <
            4 * TILE_GAP)
            return true;
        bool inside = box.x0 >= a.x0 && box.x1 <= a.x1 && box.y0 >= a.y0 && box.y1 <= a.y1;
        if (lp->lists->areas.items[i].kind == AREA_FIGURE && inside)
            return true;
    }
    return false;
}

static void add_cards(layout_page *lp)
{
    quire_box *boxes = quire_arena_array(lp->scratch, quire_box, MOST_BOXES);
    size_t count = collect_boxes(lp, boxes);
    for (size_t i = 0; i < count; i++) {
        bool tiled = false;
        for (size_t k = 0; k < count && !tiled; k++)
            tiled = k != i && tiles(boxes[i], boxes[k]);
        if (!tiled && !is_known(lp, boxes[i]) && lines_inside(lp, boxes[i]) >= CARD_LINES)
            add_area(lp, AREA_CARD, boxes[i]);
    }
}

/* ---- who holds what ---- */

/* The smallest area that holds the point, but not `self`; -1: the page. */
static int32_t holder_of(const layout_page *lp, float x, float y, int32_t self, float smaller)
{
    int32_t best = -1;
    float best_area = INFINITY;
    for (size_t i = 0; i < lp->area_count; i++) {
        float size = quire_box_area(lp->areas[i].box);
        if ((int32_t)i == self || size <= smaller || size >= best_area)
            continue;
        if (quire_box_holds_point(lp->areas[i].box, x, y)) {
            best = (int32_t)i;
            best_area = size;
        }
    }
    return best;
}

static void assign(layout_page *lp)
{
    for (size_t i = 0; i < lp->area_count; i++) {
        quire_box box = lp->areas[i].box;
        lp->areas[i].parent = holder_of(lp, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2,
                                        (int32_t)i, quire_box_area(box));
    }
    for (size_t i = 0; i < lp->line_count && lp->area_count > 0; i++) {
        quire_box box = lp->lines[i].box;
        lp->lines[i].area = holder_of(lp, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, -1, 0);
    }
}

void layout_find_areas(layout_page *lp)
{
    add_pictures(lp);
    add_stamps(lp);
    add_drawings(lp);
    add_frames(lp);
    merge_figures(lp);
    add_cards(lp);
    lp->area_count = lp->lists->areas.count;
    lp->areas = quire_array_freeze(&lp->lists->areas, lp->arena);
    assign(lp);
}
