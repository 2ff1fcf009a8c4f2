/*
 * What a painted path leaves on the paper, by its form:
 *
 *     ________  stroke along an axis            -> rule (its centre line)
 *     ========  filled, straight, side <= 3 pt  -> rule
 *     +------+  upright rectangle: filled       -> fill
 *     |      |                     stroked      -> four rules
 *     +------+  also with rounded corners
 *     ~~/\~~    anything else                   -> drawing
 */
#include "parsers/pdf/interpreter/interpreter.h"

#define STRAIGHT 0.1 /* points: a side may be off its axis by so much */
#define THIN 3.0f /* points: a filled rectangle as thin as that is a rule */
#define BROAD_STROKE 5.0f /* points: a stroke wider than that fills a ground */
#define ROUND_CORNER 14.0 /* points: larger ones make a drawing */
#define STAND_IN 0x808080u /* for the colours of a pattern */

enum { LARGEST_RECTANGLE = 17 }; /* points of a closed one with round corners */

/* One subpath, and what it looks like. */
typedef struct figure {
    const quire_path_point *points;
    size_t count;
    quire_box box;
    bool curved, closed;
    bool upright; /* every straight side lies along an axis */
    bool rounded; /* its curves are small corners */
    size_t sides; /* straight ones */
} figure;

static void look_at_side(figure *f, const quire_path_point *from, const quire_path_point *to)
{
    double dx = fabs(to->x - from->x), dy = fabs(to->y - from->y);
    f->upright = f->upright && (dx <= STRAIGHT || dy <= STRAIGHT);
    f->sides += dx > STRAIGHT || dy > STRAIGHT;
}

static void look_at_curve(figure *f, const quire_path_point *from, const quire_path_point *to)
{
    f->curved = true;
    f->rounded = f->rounded && fabs(to->x - from->x) <= ROUND_CORNER &&
                 fabs(to->y - from->y) <= ROUND_CORNER;
}

static figure look_at(const quire_path_point *points, size_t count)
{
    figure f = {.points = points,
                .count = count,
                .box = quire_box_empty(),
                .upright = true,
                .rounded = true};
    for (size_t i = 0; i < count; i++) {
        float x = (float)points[i].x, y = (float)points[i].y;
        f.box = quire_box_union(f.box, (quire_box){x, y, x, y});
    }
    for (size_t i = 1; i < count;) {
        if (points[i].kind == QUIRE_LINE) {
            look_at_side(&f, &points[i - 1], &points[i]);
            i++;
        } else {
            look_at_curve(&f, &points[i - 1], &points[i + 2 < count ? i + 2 : count - 1]);
            i += 3;
        }
    }
    const quire_path_point *first = &points[0], *last = &points[count - 1];
    f.closed = fabs(first->x - last->x) <= STRAIGHT && fabs(first->y - last->y) <= STRAIGHT;
    f.rounded = f.rounded && f.curved && f.upright && f.closed && f.sides >= 2;
    return f;
}

static bool is_rectangle(const figure *f)
{
    return f->rounded || (!f->curved && f->upright && (f->sides == 4 || f->sides == 3) &&
                          (f->closed || f->sides == 3));
}

static quire_box visible_part(const quire_interpreter *in, quire_box box)
{
    return quire_box_intersection(quire_box_intersection(box, in->state->clip), in->page_box);
}

static uint32_t with_alpha(const quire_interpreter *in, const quire_paint *paint, float alpha)
{
    float all = alpha * in->state->group_alpha;
    uint32_t bits = all <= 0 ? 0 : all >= 1 ? 255 : (uint32_t)(all * 255 + 0.5f);
    return bits << 24 | (paint->pattern ? STAND_IN : paint->rgb);
}

static uint32_t order_of(const quire_interpreter *in)
{
    return (uint32_t)in->builder.glyphs.count;
}

void quire_paint_ground(quire_interpreter *in, const quire_ground *ground)
{
    quire_ground *added = quire_array_push(&in->grounds);
    if (added) {
        *added = *ground;
        added->order = order_of(in);
    }
}

static void add_ground(quire_interpreter *in, quire_box box, const quire_paint *paint,
                       uint32_t colour, bool fills_box)
{
    const quire_state *state = in->state;
    bool solid = colour >> 24 == 255 && !paint->pattern && !state->blends && !state->masked;
    quire_paint_ground(in, &(quire_ground){.box = box,
                                           .rgb = colour & 0xFFFFFF,
                                           .opaque = solid && fills_box,
                                           .plain = solid && fills_box});
}

static void add_rule(quire_interpreter *in, quire_box box, float width, uint32_t colour,
                     bool stroked)
{
    box = visible_part(in, box);
    if (quire_box_is_empty(box)) {
        return;
    }
    quire_rule *rule = quire_array_push(&in->builder.rules);
    if (rule) {
        *rule = (quire_rule){.box = box,
                             .width = width,
                             .colour = colour,
                             .order = order_of(in),
                             .tag = in->tag,
                             .horizontal = quire_box_width(box) >= quire_box_height(box),
                             .dashed = stroked && in->state->dashed,
                             .stroked = stroked};
    }
}

static void add_fill(quire_interpreter *in, quire_box box, const quire_paint *paint,
                     uint32_t colour)
{
    box = visible_part(in, box);
    if (quire_box_is_empty(box)) {
        return;
    }
    add_ground(in, box, paint, colour, true);
    quire_fill *fill = quire_array_push(&in->builder.fills);
    if (fill) {
        *fill = (quire_fill){.box = box,
                             .colour = colour,
                             .order = order_of(in),
                             .tag = in->tag,
                             .pattern = paint->pattern};
    }
}

static void add_drawing(quire_interpreter *in, const figure *f, uint32_t colour, bool fill,
                        bool stroke)
{
    quire_box box = visible_part(in, f->box);
    if (quire_box_is_empty(box)) {
        return;
    }
    if (fill) {
        add_ground(in, box, &in->state->fill, colour, false);
    }
    quire_drawing *drawing = quire_array_push(&in->builder.drawings);
    if (drawing) {
        *drawing = (quire_drawing){.box = box,
                                   .colour = colour,
                                   .order = order_of(in),
                                   .tag = in->tag,
                                   .segments = (uint32_t)f->count - 1,
                                   .curved = f->curved,
                                   .filled = fill,
                                   .stroked = stroke};
    }
}

/* The width of a stroke on the page: the line width through a matrix that may be skewed. */
static float stroke_width(const quire_interpreter *in)
{
    const quire_matrix *m = &in->state->ctm;
    return (float)(in->state->line_width * sqrt(fabs(m->a * m->d - m->b * m->c)));
}

static void stroke_side(quire_interpreter *in, quire_box side, uint32_t colour)
{
    float width = stroke_width(in);
    bool horizontal = quire_box_width(side) >= quire_box_height(side);
    if (width <= BROAD_STROKE) {
        add_rule(in, side, width, colour, true);
        return;
    }
    float x = horizontal ? 0 : width / 2, y = horizontal ? width / 2 : 0;
    quire_box box = {side.x0 - x, side.y0 - y, side.x1 + x, side.y1 + y};
    add_fill(in, box, &in->state->stroke, colour);
}

static void stroke_frame(quire_interpreter *in, quire_box b, uint32_t colour)
{
    stroke_side(in, (quire_box){b.x0, b.y0, b.x1, b.y0}, colour);
    stroke_side(in, (quire_box){b.x0, b.y1, b.x1, b.y1}, colour);
    stroke_side(in, (quire_box){b.x0, b.y0, b.x0, b.y1}, colour);
    stroke_side(in, (quire_box){b.x1, b.y0, b.x1, b.y1}, colour);
}

static void stroke_sides(quire_interpreter *in, const figure *f, uint32_t colour)
{
    for (size_t i = 1; i < f->count; i++) {
        const quire_path_point *a = &f->points[i - 1], *b = &f->points[i];
        quire_box side = {(float)fmin(a->x, b->x), (float)fmin(a->y, b->y), (float)fmax(a->x, b->x),
                          (float)fmax(a->y, b->y)};
        if (quire_box_width(side) > STRAIGHT || quire_box_height(side) > STRAIGHT) {
            stroke_side(in, side, colour);
        }
    }
}

static void stroke_figure(quire_interpreter *in, const figure *f, uint32_t colour)
{
    if (f->rounded) {
        stroke_frame(in, f->box, colour);
    } else if (f->upright && !f->curved) {
        stroke_sides(in, f, colour);
    } else {
        add_drawing(in, f, colour, false, true);
    }
}

static bool is_thin(quire_box box)
{
    float width = quire_box_width(box), height = quire_box_height(box);
    return fminf(width, height) <= THIN && fmaxf(width, height) > 2 * fminf(width, height);
}

/* True when the fill also stands for the stroke around it. */
static bool fill_figure(quire_interpreter *in, const figure *f, uint32_t colour, bool stroke)
{
    bool rectangle = is_rectangle(f);
    bool flat = (!f->curved || rectangle) && is_thin(f->box); /* also with mitred ends */
    if (flat) {
        float side = fminf(quire_box_width(f->box), quire_box_height(f->box));
        add_rule(in, f->box, side + (stroke ? stroke_width(in) : 0), colour, false);
        return true;
    }
    if (rectangle) {
        add_fill(in, f->box, &in->state->fill, colour);
        return false;
    }
    add_drawing(in, f, colour, true, stroke);
    return true;
}

static void paint_figure(quire_interpreter *in, const figure *f, bool fill, bool stroke)
{
    const quire_state *state = in->state;
    uint32_t fill_colour = with_alpha(in, &state->fill, state->fill_alpha);
    uint32_t stroke_colour = with_alpha(in, &state->stroke, state->stroke_alpha);
    fill = fill && fill_colour >> 24;
    stroke = stroke && stroke_colour >> 24;
    if (fill && fill_figure(in, f, fill_colour, stroke)) {
        return;
    }
    if (stroke) {
        stroke_figure(in, f, stroke_colour);
    }
}

static bool turns_right(const figure *f)
{
    double area = 0;
    for (size_t i = 1; i < f->count; i++) {
        area += f->points[i - 1].x * f->points[i].y - f->points[i].x * f->points[i - 1].y;
    }
    return area > 0;
}

static bool is_ring(const figure *outer, const figure *inner, bool even_odd)
{
    const quire_box *o = &outer->box, *i = &inner->box;
    const float margins[4] = {i->x0 - o->x0, i->y0 - o->y0, o->x1 - i->x1, o->y1 - i->y1};
    for (int side = 0; side < 4; side++) {
        if (margins[side] < 0 || margins[side] > THIN) {
            return false;
        }
    }
    return is_rectangle(outer) && is_rectangle(inner) && !is_thin(*i) &&
           (even_odd || turns_right(outer) != turns_right(inner));
}

/* Two rectangles filled between them make a frame; its sides are rules. */
static bool paint_ring(quire_interpreter *in, const figure *outer, const figure *inner,
                       bool even_odd)
{
    if (!is_ring(outer, inner, even_odd)) {
        return false;
    }
    const quire_box o = outer->box, i = inner->box;
    uint32_t colour = with_alpha(in, &in->state->fill, in->state->fill_alpha);
    const quire_box sides[4] = {{o.x0, o.y0, o.x1, i.y0},
                                {o.x0, i.y1, o.x1, o.y1},
                                {o.x0, o.y0, i.x0, o.y1},
                                {i.x1, o.y0, o.x1, o.y1}};
    for (int side = 0; side < 4 && colour >> 24; side++) {
        float width = fminf(quire_box_width(sides[side]), quire_box_height(sides[side]));
        if (width > 0) {
            add_rule(in, sides[side], width, colour, false);
        }
    }
    return true;
}

static size_t subpath_end(const quire_interpreter *in, size_t begin)
{
    size_t end = begin + 1;
    while (end < in->path.count && in->path.items[end].kind != QUIRE_MOVE) {
        end++;
    }
    return end;
}

/* Paints two subpaths as one ring, if they are; returns where the second one ends, else 0. */
static size_t paint_as_ring(quire_interpreter *in, size_t begin, size_t middle, bool even_odd)
{
    size_t end = subpath_end(in, middle);
    if (end - begin > 2 * LARGEST_RECTANGLE) {
        return 0;
    }
    figure f = look_at(in->path.items + begin, middle - begin);
    figure g = look_at(in->path.items + middle, end - middle);
    return paint_ring(in, &f, &g, even_odd) || paint_ring(in, &g, &f, even_odd) ? end : 0;
}

void quire_paint_path(quire_interpreter *in, quire_painting painting)
{
    size_t end = 0;
    for (size_t begin = 0; begin < in->path.count; begin = end) {
        end = subpath_end(in, begin);
        if (painting.fill && !painting.stroke && end < in->path.count) {
            size_t after = paint_as_ring(in, begin, end, painting.even_odd);
            if (after) {
                end = after;
                continue;
            }
        }
        if (end - begin >= 2) {
            figure f = look_at(in->path.items + begin, end - begin);
            paint_figure(in, &f, painting.fill, painting.stroke);
        }
    }
}
