/*
 * Geometry in points, origin top left, y downwards, of the page as displayed (after /Rotate and
 * the crop box).
 */
#ifndef QUIRE_CORE_GEOMETRY_H
#define QUIRE_CORE_GEOMETRY_H

#include <math.h>
#include <stdbool.h>

typedef struct quire_point {
    float x, y;
} quire_point;

/* x0 <= x1 and y0 <= y1, except for the empty box of quire_box_empty(). */
typedef struct quire_box {
    float x0, y0, x1, y1;
} quire_box;

/* (x, y) -> (a x + c y + e, b x + d y + f), as in PDF 32000-1, 8.3.4. */
typedef struct quire_matrix {
    double a, b, c, d, e, f;
} quire_matrix;

/* fminf() and fmaxf() without a call: where `b` is not a number, `a`. */
static inline float quire_smaller(float a, float b)
{
    return b < a ? b : a;
}

static inline float quire_larger(float a, float b)
{
    return b > a ? b : a;
}

static inline quire_box quire_box_empty(void)
{
    return (quire_box){INFINITY, INFINITY, -INFINITY, -INFINITY};
}

static inline bool quire_box_is_empty(quire_box box)
{
    return !(box.x0 <= box.x1 && box.y0 <= box.y1);
}

static inline float quire_box_width(quire_box box)
{
    return box.x1 - box.x0;
}

static inline float quire_box_height(quire_box box)
{
    return box.y1 - box.y0;
}

static inline float quire_box_area(quire_box box)
{
    return quire_box_is_empty(box) ? 0 : (box.x1 - box.x0) * (box.y1 - box.y0);
}

static inline quire_box quire_box_union(quire_box a, quire_box b)
{
    return (quire_box){quire_smaller(a.x0, b.x0), quire_smaller(a.y0, b.y0),
                       quire_larger(a.x1, b.x1), quire_larger(a.y1, b.y1)};
}

static inline quire_box quire_box_intersection(quire_box a, quire_box b)
{
    return (quire_box){quire_larger(a.x0, b.x0), quire_larger(a.y0, b.y0),
                       quire_smaller(a.x1, b.x1), quire_smaller(a.y1, b.y1)};
}

static inline bool quire_box_overlaps(quire_box a, quire_box b)
{
    return a.x0 < b.x1 && b.x0 < a.x1 && a.y0 < b.y1 && b.y0 < a.y1;
}

static inline bool quire_box_holds_point(quire_box box, float x, float y)
{
    return x >= box.x0 && x <= box.x1 && y >= box.y0 && y <= box.y1;
}

/* Length of the common part of two intervals; negative: the gap between them. */
static inline float quire_overlap(float a0, float a1, float b0, float b1)
{
    return quire_smaller(a1, b1) - quire_larger(a0, b0);
}

static inline quire_matrix quire_matrix_identity(void)
{
    return (quire_matrix){1, 0, 0, 1, 0, 0};
}

/* First `a`, then `b`: a point p goes to (p a) b. */
static inline quire_matrix quire_matrix_multiply(quire_matrix a, quire_matrix b)
{
    return (quire_matrix){a.a * b.a + a.b * b.c,       a.a * b.b + a.b * b.d,
                          a.c * b.a + a.d * b.c,       a.c * b.b + a.d * b.d,
                          a.e * b.a + a.f * b.c + b.e, a.e * b.b + a.f * b.d + b.f};
}

static inline quire_point quire_matrix_apply(quire_matrix m, double x, double y)
{
    return (quire_point){(float)(m.a * x + m.c * y + m.e), (float)(m.b * x + m.d * y + m.f)};
}

/* The smallest upright box around the image of `box`. */
quire_box quire_matrix_apply_box(quire_matrix m, quire_box box);

#endif
