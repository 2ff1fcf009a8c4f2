/*
 * Frames turn a page so that text of one direction runs to the right and its lines follow each
 * other downwards. Private to layout/.
 *
 *     page: text that reads upwards (angle 90)      its frame
 *     +------+                                      +----------+
 *     |  c   |                                      | a b c    |
 *     |  b   |                                      +----------+
 *     |  a   |
 *     +------+
 */
#ifndef QUIRE_LAYOUT_FRAME_H
#define QUIRE_LAYOUT_FRAME_H

#include "core/core.h"

typedef struct frame {
    int32_t angle; /* of the text, degrees counter-clockwise as seen on the page, [0, 360) */
    float cosine, sine;
    float shift_u, shift_v; /* so that the page's corner comes to lie at (0, 0) */
} frame;

/* For a page of that size; any angle. */
frame layout_frame_of(int32_t angle, float width, float height);

static inline quire_point layout_frame_point(const frame *f, quire_point p)
{
    return (quire_point){p.x * f->cosine - p.y * f->sine + f->shift_u,
                         p.x * f->sine + p.y * f->cosine + f->shift_v};
}

quire_box layout_frame_turn_box(const frame *f, quire_box box);
quire_box layout_frame_turn_box_back(const frame *f, quire_box box);

/* The upright box around the turned one. Nearly all text stands as the page does. */
static inline quire_box layout_frame_box(const frame *f, quire_box box)
{
    return f->angle == 0 ? box : layout_frame_turn_box(f, box);
}

static inline quire_box layout_frame_box_back(const frame *f, quire_box box)
{
    return f->angle == 0 ? box : layout_frame_turn_box_back(f, box);
}

/* The length of `v` along the text's direction. */
static inline float frame_along(const frame *f, quire_point v)
{
    return v.x * f->cosine - v.y * f->sine;
}

#endif
