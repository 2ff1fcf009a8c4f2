/*
 * Path construction and the operators that paint or clip (PDF 32000-1, 8.5). Points are kept in
 * page coordinates; curves only by their control points, which is enough for a box.
 */
#include "parsers/pdf/interpreter/interpreter.h"

static void add_point(quire_interpreter *in, double x, double y, quire_point_kind kind)
{
    if (in->path_points_left == 0) {
        quire_interpreter_stop(in, "too many path points");
        return;
    }
    in->path_points_left--;
    quire_path_point *point = quire_array_push(&in->path);
    if (!point) {
        return;
    }
    const quire_matrix *m = &in->state->ctm;
    point->x = m->a * x + m->c * y + m->e;
    point->y = m->b * x + m->d * y + m->f;
    point->kind = in->path.count == 1 ? QUIRE_MOVE : kind;
}

static void set_current(quire_interpreter *in, double x, double y)
{
    in->current_x = x;
    in->current_y = y;
}

QUIRE_OPERATOR(move)
{
    const double *v = quire_operands_last(operands, 2);
    size_t count = in->path.count;
    if (count && in->path.items[count - 1].kind == QUIRE_MOVE) {
        in->path.count--; /* the earlier one led nowhere */
    }
    set_current(in, v[0], v[1]);
    in->start_x = v[0];
    in->start_y = v[1];
    in->subpath_closed = false;
    add_point(in, v[0], v[1], QUIRE_MOVE);
}

/* Behind a closed subpath a new one starts where that began; without any, nothing can start. */
static bool continue_subpath(quire_interpreter *in)
{
    if (in->path.count && in->subpath_closed) {
        in->subpath_closed = false;
        add_point(in, in->start_x, in->start_y, QUIRE_MOVE);
    }
    return in->path.count > 0;
}

QUIRE_OPERATOR(line)
{
    const double *v = quire_operands_last(operands, 2);
    if (continue_subpath(in)) {
        set_current(in, v[0], v[1]);
        add_point(in, v[0], v[1], QUIRE_LINE);
    }
}

static void add_curve(quire_interpreter *in, const double first[2], const double rest[4])
{
    if (!continue_subpath(in)) {
        return;
    }
    add_point(in, first[0], first[1], QUIRE_CURVE);
    add_point(in, rest[0], rest[1], QUIRE_CURVE);
    add_point(in, rest[2], rest[3], QUIRE_CURVE);
    set_current(in, rest[2], rest[3]);
}

QUIRE_OPERATOR(curve)
{
    const double *v = quire_operands_last(operands, 6);
    add_curve(in, v, v + 2);
}

QUIRE_OPERATOR(curve_from_here)
{
    const double here[2] = {in->current_x, in->current_y};
    add_curve(in, here, quire_operands_last(operands, 4));
}

QUIRE_OPERATOR(curve_to_end)
{
    const double *v = quire_operands_last(operands, 4);
    const double rest[4] = {v[2], v[3], v[2], v[3]};
    add_curve(in, v, rest);
}

static void close_subpath(quire_interpreter *in)
{
    size_t last = in->path.count;
    if (last == 0) {
        return;
    }
    size_t first = last - 1;
    while (first > 0 && in->path.items[first].kind != QUIRE_MOVE) {
        first--;
    }
    quire_path_point begin = in->path.items[first], end = in->path.items[last - 1];
    if (begin.x != end.x || begin.y != end.y) {
        add_point(in, in->start_x, in->start_y, QUIRE_LINE);
    }
    set_current(in, in->start_x, in->start_y);
    in->subpath_closed = true;
}

QUIRE_OPERATOR(close)
{
    (void)operands;
    close_subpath(in);
}

QUIRE_OPERATOR(rectangle)
{
    const double *v = quire_operands_last(operands, 4);
    double x = v[0], y = v[1], right = x + v[2], top = y + v[3];
    add_point(in, x, y, QUIRE_MOVE);
    add_point(in, right, y, QUIRE_LINE);
    add_point(in, right, top, QUIRE_LINE);
    add_point(in, x, top, QUIRE_LINE);
    add_point(in, x, y, QUIRE_LINE);
    set_current(in, x, y);
    in->start_x = x;
    in->start_y = y;
    in->subpath_closed = true;
}

static void end_path(quire_interpreter *in)
{
    if (in->clip_pending && in->path.count) {
        quire_box box = quire_box_empty();
        for (size_t i = 0; i < in->path.count; i++) {
            float x = (float)in->path.items[i].x, y = (float)in->path.items[i].y;
            box = quire_box_union(box, (quire_box){x, y, x, y});
        }
        quire_state_clip(in, box);
    }
    in->clip_pending = false;
    in->path.count = 0;
}

static void paint(quire_interpreter *in, quire_painting painting)
{
    if (!in->hidden) {
        quire_paint_path(in, painting);
    }
    end_path(in);
}

QUIRE_OPERATOR(stroke)
{
    (void)operands;
    paint(in, (quire_painting){.stroke = true});
}

QUIRE_OPERATOR(close_stroke)
{
    (void)operands;
    close_subpath(in);
    paint(in, (quire_painting){.stroke = true});
}

QUIRE_OPERATOR(fill)
{
    (void)operands;
    paint(in, (quire_painting){.fill = true});
}

QUIRE_OPERATOR(fill_even_odd)
{
    (void)operands;
    paint(in, (quire_painting){.fill = true, .even_odd = true});
}

QUIRE_OPERATOR(fill_stroke)
{
    (void)operands;
    paint(in, (quire_painting){.fill = true, .stroke = true});
}

QUIRE_OPERATOR(close_fill_stroke)
{
    (void)operands;
    close_subpath(in);
    paint(in, (quire_painting){.fill = true, .stroke = true});
}

QUIRE_OPERATOR(end_path)
{
    (void)operands;
    end_path(in);
}

QUIRE_OPERATOR(clip)
{
    (void)operands;
    in->clip_pending = true;
}

/* A shading fills the clip; what it shows is no one colour. */
QUIRE_OPERATOR(shading)
{
    (void)operands;
    quire_box box = quire_box_intersection(in->state->clip, in->page_box);
    if (in->hidden || quire_box_is_empty(box)) {
        return;
    }
    quire_fill *fill = quire_array_push(&in->builder.fills);
    if (fill) {
        *fill = (quire_fill){.box = box,
                             .colour = 0xFF808080u,
                             .order = (uint32_t)in->builder.glyphs.count,
                             .tag = in->tag,
                             .pattern = true};
    }
    quire_paint_ground(in, &(quire_ground){.box = box});
}
