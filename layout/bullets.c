/*
 * Bullets that are drawn: small shapes, one below the other, each at the left of a line.
 *
 *     o  first item, which        as high and wide as a part of a letter, near the line and at the
 *        goes on here             height of its small letters; one shape like it on the page is
 *     o  second item              none
 *
 * Their lines are flagged, and start items as lines do that begin with a bullet of the font's.
 */
#include "layout/passes.h"

enum { MOST_SHAPES = 512, LIKE_LEAST = 2 };

/* In sizes of the line's type. */
#define SIDE_LEAST 0.12f
#define SIDE_MOST 0.75f
#define GAP_LEAST 0.15f /* from the shape to the line */
#define GAP_MOST 2.5f
#define MIDDLE_LEAST 0.05f /* of the shape, above the baseline */
#define MIDDLE_MOST 0.65f
#define ROUND 1.6f /* times as long as it is high, most, or the other way round */
#define ALIKE 1.0f /* points by which sides and places of bullets of one list differ */

label layout_label_of(const line *l)
{
    if (l->flags & LINE_BULLETED)
        return (label){.family = LABEL_BULLET, .value = 0x2022};
    return layout_label_at(l->text);
}

typedef struct shapes {
    quire_box items[MOST_SHAPES];
    size_t count;
} shapes;

static void add_shape(const layout_page *lp, shapes *s, quire_box box)
{
    quire_box turned = layout_frame_box(&lp->frame, box);
    float width = quire_box_width(turned), height = quire_box_height(turned);
    float most = SIDE_MOST * 2 * lp->body_size;
    if (width <= 0 || height <= 0 || width > most || height > most || width > ROUND * height ||
        height > ROUND * width)
        return;
    if (s->count < MOST_SHAPES)
        s->items[s->count] = turned;
    s->count++;
}

/* More than there is room for are a drawing, and not looked at. */
static void collect_shapes(const layout_page *lp, shapes *s)
{
    const quire_page *page = lp->page;
    for (size_t i = 0; i < page->drawing_count; i++)
        if (page->drawings[i].filled || page->drawings[i].stroked)
            add_shape(lp, s, page->drawings[i].box);
    for (size_t i = 0; i < page->fill_count; i++)
        add_shape(lp, s, page->fills[i].box);
    for (size_t i = 0; i < page->image_count; i++)
        add_shape(lp, s, page->images[i].box);
    s->count = s->count > MOST_SHAPES ? 0 : s->count;
}

static bool is_before(const line *l, quire_box shape)
{
    float em = l->size, side = fmaxf(quire_box_width(shape), quire_box_height(shape));
    float gap = l->box.x0 - shape.x1;
    float middle = l->baseline - (shape.y0 + shape.y1) / 2;
    return side >= SIDE_LEAST * em && side <= SIDE_MOST * em && gap >= GAP_LEAST * em &&
           gap <= GAP_MOST * em && middle >= MIDDLE_LEAST * em && middle <= MIDDLE_MOST * em;
}

static bool are_alike(quire_box a, quire_box b)
{
    return fabsf(a.x0 - b.x0) <= ALIKE && fabsf(a.x1 - b.x1) <= ALIKE &&
           fabsf(quire_box_height(a) - quire_box_height(b)) <= ALIKE &&
           fabsf(a.y0 - b.y0) > quire_box_height(a);
}

/* The shape that leads each line, SIZE_MAX: none. */
static void match_lines(const layout_page *lp, const shapes *s, size_t *leads)
{
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        leads[i] = SIZE_MAX;
        bool plain = l->angle == lp->frame.angle && layout_label_at(l->text).family == LABEL_NONE &&
                     l->characters > 1;
        for (size_t k = 0; plain && k < s->count && leads[i] == SIZE_MAX; k++)
            if (is_before(l, s->items[k]))
                leads[i] = k;
    }
}

static bool has_others(const layout_page *lp, const shapes *s, const size_t *leads, size_t at)
{
    size_t alike = 1;
    for (size_t i = 0; i < lp->line_count && alike < LIKE_LEAST; i++)
        alike += leads[i] != SIZE_MAX && are_alike(s->items[leads[i]], s->items[leads[at]]);
    return alike >= LIKE_LEAST;
}

void layout_find_bullets(layout_page *lp)
{
    if (lp->body_size <= 0)
        return;
    shapes *s = quire_arena_new_of(lp->scratch, shapes);
    collect_shapes(lp, s);
    if (s->count < LIKE_LEAST)
        return;
    size_t *leads = quire_arena_array(lp->scratch, size_t, lp->line_count);
    match_lines(lp, s, leads);
    for (size_t i = 0; i < lp->line_count; i++)
        if (leads[i] != SIZE_MAX && has_others(lp, s, leads, i))
            lp->lines[i].flags |= LINE_BULLETED;
}
