/*
 * Turning points and boxes between the page and a frame of reading. Angles of 0, 90, 180 and 270
 * degrees are exact; of others only the text's direction is kept.
 */
#include "layout/frame.h"

static void set_direction(frame *f)
{
    static const float cosines[] = {1, 0, -1, 0}, sines[] = {0, 1, 0, -1};
    if (f->angle % 90 == 0) {
        f->cosine = cosines[f->angle / 90];
        f->sine = sines[f->angle / 90];
        return;
    }
    double radians = f->angle * (M_PI / 180);
    f->cosine = (float)cos(radians);
    f->sine = (float)sin(radians);
}

frame layout_frame_of(int32_t angle, float width, float height)
{
    frame f = {.angle = ((angle % 360) + 360) % 360};
    set_direction(&f);
    quire_box turned = layout_frame_box(&f, (quire_box){0, 0, width, height});
    f.shift_u = -turned.x0;
    f.shift_v = -turned.y0;
    return f;
}

static quire_box around(quire_point a, quire_point b, quire_point c, quire_point d)
{
    return (quire_box){
        fminf(fminf(a.x, b.x), fminf(c.x, d.x)), fminf(fminf(a.y, b.y), fminf(c.y, d.y)),
        fmaxf(fmaxf(a.x, b.x), fmaxf(c.x, d.x)), fmaxf(fmaxf(a.y, b.y), fmaxf(c.y, d.y))};
}

quire_box layout_frame_turn_box(const frame *f, quire_box box)
{
    return around(layout_frame_point(f, (quire_point){box.x0, box.y0}),
                  layout_frame_point(f, (quire_point){box.x1, box.y0}),
                  layout_frame_point(f, (quire_point){box.x0, box.y1}),
                  layout_frame_point(f, (quire_point){box.x1, box.y1}));
}

static quire_point point_back(const frame *f, float u, float v)
{
    u -= f->shift_u;
    v -= f->shift_v;
    return (quire_point){u * f->cosine + v * f->sine, v * f->cosine - u * f->sine};
}

quire_box layout_frame_turn_box_back(const frame *f, quire_box box)
{
    return around(point_back(f, box.x0, box.y0), point_back(f, box.x1, box.y0),
                  point_back(f, box.x0, box.y1), point_back(f, box.x1, box.y1));
}
