/*
 * Outlines of stamps:
 *
 *        .-"R E C"-.          a ring with writing all along its inside
 *       /  3 MAY 99 \
 *       \  _______  /         _-+         a frame that was not set down straight, with something
 *        '-.O.F.F.-'        +-   PAID_-+  in it
 *                              +-_-----
 *
 * Frames that stand upright are boxes of the form, and rings with words in their middle drawings.
 */
#include "ocr/scribbles.h"

#include <math.h>

#include "ocr/colour.h"
#include "ocr/loose_ink.h"

/* Inches. */
#define SHORTEST 0.25f
#define SIDE_LEAST 0.4f /* of the longer side */
#define SIDE_MOST 3.6f
#define THICKEST 0.045f
#define ARC_MOST 0.8f /* where a ring lies flat, it was taken for a rule */

#define RING_AREA 0.785f /* a circle's, of its box: pi / 4 */
#define RING_SLACK 0.06f
#define RING_STRETCH 1.9f /* of the longer side to the shorter one: ovals are stamps, too */
#define RING_INNER 0.55f /* of the radius: from there on out something is written */
#define RING_OUTER 0.93f
#define RING_WRITTEN 0.75f /* share of its parts that hold ink */
#define FRAME_SLACK 0.07f /* between what four corners enclose and what the frame does */
#define SQUARE 0.14f /* cosine of the angle between two sides */
#define TURN_LEAST 2.5f /* degrees; what stands straighter is a box */
#define TURN_MOST 35.0f
#define INSIDE_LEAST 0.006f /* share of what is enclosed that is inked */
#define INSIDE_MOST 0.60f

enum { MOST_LOOKED_AT = 200, PARTS = 24 };

typedef struct outline {
    PIX *ink; /* its own */
    PIX *inside; /* what it encloses */
    PIX *content; /* ink of the page in there */
    int x, y, width, height;
    float enclosed; /* pixels, with its own */
} outline;

static void destroy_outline(outline *o)
{
    pixDestroy(&o->ink);
    pixDestroy(&o->inside);
    pixDestroy(&o->content);
}

/* ---- rings ---- */

static bool has_ring_shape(const outline *o)
{
    float w = (float)o->width, h = (float)o->height;
    return fabsf(o->enclosed / (w * h) - RING_AREA) < RING_SLACK &&
           fmaxf(w, h) < RING_STRETCH * fminf(w, h);
}

/* Which part of the ring the pixel is in, -1: none. */
static int part_at(const outline *o, int x, int y)
{
    float dx = ((float)x + 0.5f) / (float)o->width * 2 - 1;
    float dy = ((float)y + 0.5f) / (float)o->height * 2 - 1;
    float radius = sqrtf(dx * dx + dy * dy);
    if (radius < RING_INNER || radius > RING_OUTER)
        return -1;
    int part = (int)((atan2f(dy, dx) / (float)M_PI + 1) / 2 * PARTS);
    return part >= PARTS ? PARTS - 1 : part;
}

static bool is_written_round(const outline *o)
{
    bool written[PARTS] = {false};
    int count = 0;
    for (int y = 0; y < o->height; y++) {
        const l_uint32 *row = pixGetData(o->content) + (size_t)y * (size_t)pixGetWpl(o->content);
        for (int x = 0; x < o->width; x++) {
            int part = GET_DATA_BIT(row, x) ? part_at(o, x, y) : -1;
            if (part >= 0)
                written[part] = true;
        }
    }
    for (int i = 0; i < PARTS; i++)
        count += written[i];
    return (float)count >= RING_WRITTEN * PARTS;
}

/* ---- frames ---- */

/* The middle of the ink in a row, or in a column. */
static float middle_in(const outline *o, bool is_row, int at)
{
    float sum = 0;
    int count = 0, length = is_row ? o->width : o->height;
    for (int i = 0; i < length; i++) {
        l_uint32 bit = 0;
        pixGetPixel(o->ink, is_row ? i : at, is_row ? at : i, &bit);
        sum += bit ? (float)i : 0;
        count += bit != 0;
    }
    return count > 0 ? sum / (float)count : 0;
}

/* Top, right, bottom, left: where the frame touches its box. */
static void find_corners(const outline *o, quire_point corners[4])
{
    corners[0] = (quire_point){middle_in(o, true, 0), 0};
    corners[1] = (quire_point){(float)o->width, middle_in(o, false, o->width - 1)};
    corners[2] = (quire_point){middle_in(o, true, o->height - 1), (float)o->height};
    corners[3] = (quire_point){0, middle_in(o, false, 0)};
}

static float area_of(const quire_point corners[4])
{
    float sum = 0;
    for (int i = 0; i < 4; i++) {
        const quire_point *a = &corners[i], *b = &corners[(i + 1) % 4];
        sum += a->x * b->y - b->x * a->y;
    }
    return fabsf(sum) / 2;
}

/* Degrees from upright, 0 .. 45. */
static float turn_of(quire_point side)
{
    float degrees = fabsf(atan2f(side.y, side.x)) * 180 / (float)M_PI;
    degrees = fmodf(degrees, 90);
    return degrees > 45 ? 90 - degrees : degrees;
}

static bool is_turned_frame(const outline *o)
{
    quire_point corners[4];
    find_corners(o, corners);
    quire_point a = {corners[1].x - corners[0].x, corners[1].y - corners[0].y};
    quire_point b = {corners[2].x - corners[1].x, corners[2].y - corners[1].y};
    float length = hypotf(a.x, a.y) * hypotf(b.x, b.y), turn = turn_of(a);
    if (length <= 0 || fabsf(a.x * b.x + a.y * b.y) > SQUARE * length)
        return false;
    return turn >= TURN_LEAST && turn <= TURN_MOST &&
           fabsf(area_of(corners) - o->enclosed) < FRAME_SLACK * o->enclosed;
}

/* ---- both ---- */

static bool is_sized(const ocr_paper *paper, const outline *o)
{
    float longer = (float)(o->width > o->height ? o->width : o->height) / paper->dpi;
    float shorter = (float)(o->width > o->height ? o->height : o->width) / paper->dpi;
    return shorter >= SHORTEST && longer >= SIDE_LEAST && longer <= SIDE_MOST;
}

static bool is_stamp(const ocr_paper *paper, outline *o)
{
    BOX *box = boxCreateValid(o->x, o->y, o->width, o->height);
    o->inside = pixHolesByFilling(o->ink, 4);
    o->content = box ? pixClipRectangle(paper->ink, box, NULL) : NULL;
    boxDestroy(&box);
    if (!o->inside || !o->content)
        return false;
    pixSubtract(o->content, o->content, o->ink);
    pixAnd(o->content, o->content, o->inside);
    int own = ocr_ink_count(o->ink), inside = ocr_ink_count(o->inside);
    float share = inside > 0 ? (float)ocr_ink_count(o->content) / (float)inside : 0;
    o->enclosed = (float)(own + inside);
    if ((float)own > THICKEST * paper->dpi * 2 * (float)(o->width + o->height) ||
        share < INSIDE_LEAST || share > INSIDE_MOST)
        return false;
    return (has_ring_shape(o) && is_written_round(o)) || is_turned_frame(o);
}

static void add_stamp(const ocr_paper *paper, const outline *o, ocr_scribble_list *found)
{
    quire_scribble *stamp = quire_array_push(found);
    if (!stamp)
        return;
    float area = (float)o->width * (float)o->height;
    BOXA *pieces = pixConnCompBB(o->content, 8);
    *stamp = (quire_scribble){
        .box = {(float)o->x, (float)o->y, (float)(o->x + o->width), (float)(o->y + o->height)},
        .ink = (float)(ocr_ink_count(o->ink) + ocr_ink_count(o->content)) / area,
        .strokes = 1 + (uint32_t)boxaGetCount(pieces),
        .colour = ocr_colour_of(paper, o->ink, o->x, o->y),
        .is_stamp = true,
    };
    boxaDestroy(&pieces);
}

/* Ink, with the short rules that were taken out of it. */
static PIX *whole_ink(const ocr_paper *paper)
{
    l_int32 most = (l_int32)(ARC_MOST * paper->dpi);
    PIX *arcs = paper->lifted ? pixSelectBySize(paper->lifted, most, most, 8, L_SELECT_IF_BOTH,
                                                L_SELECT_IF_LTE, NULL)
                              : NULL;
    PIX *ink = arcs ? pixOr(NULL, arcs, paper->ink) : pixClone(paper->ink);
    pixDestroy(&arcs);
    return ink;
}

void ocr_stamps_find(const ocr_paper *paper, ocr_scribble_list *found)
{
    l_int32 least = (l_int32)(SHORTEST * paper->dpi);
    PIX *ink = whole_ink(paper);
    PIX *large =
        ink ? pixSelectBySize(ink, least, least, 8, L_SELECT_IF_BOTH, L_SELECT_IF_GTE, NULL) : NULL;
    PIXA *pieces = NULL;
    BOXA *boxes = large ? pixConnComp(large, &pieces, 8) : NULL;
    l_int32 count = boxaGetCount(boxes);
    for (l_int32 i = 0; i < count && i < MOST_LOOKED_AT; i++) {
        outline o = {.ink = pixaGetPix(pieces, i, L_CLONE)};
        boxaGetBoxGeometry(boxes, i, &o.x, &o.y, &o.width, &o.height);
        if (o.ink && is_sized(paper, &o) && is_stamp(paper, &o))
            add_stamp(paper, &o, found);
        destroy_outline(&o);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&pieces);
    pixDestroy(&large);
    pixDestroy(&ink);
}
