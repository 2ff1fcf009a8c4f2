/*
 * Labels of a form's own fields. The field's tooltip comes first, since its author wrote it; else
 * the label that a reader finds beside it: the nearest text on its left, above it, or, of boxes and
 * buttons, on their right:
 *
 *     Label [ value ]        Label           [x] Label
 *                            [ value ]
 */
#include "layout/forms/forms.h"

#define REACH_LEFT 15.0f /* em from a label to its widget, at most */
#define REACH_FAR 50.0f /* em, where nothing else stands on the row between them */
#define REACH_RIGHT 3.0f /* em from a box to its label */
#define REACH_ABOVE 1.2f /* of the label's height */
#define INSIDE 0.5f /* of a segment's width: then it is the value, and no label */

static float score_left(const quire_box *box, const segment *s)
{
    float gap = box->x0 - s->box.x1;
    bool row = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1) > 0.3f * s->size;
    return row && gap > -s->size && gap < REACH_LEFT * s->size ? gap / s->size : INFINITY;
}

static float score_above(const quire_box *box, const segment *s)
{
    float drop = box->y0 - s->box.y1;
    bool over = quire_overlap(box->x0, box->x1, s->box.x0, s->box.x1) > 0;
    bool near = drop > -0.5f * s->size && drop < REACH_ABOVE * quire_box_height(s->box);
    return over && near ? 1 + drop / s->size : INFINITY;
}

static float score_right(const quire_box *box, const segment *s)
{
    float gap = s->box.x0 - box->x1;
    bool row = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1) > 0.3f * s->size;
    return row && gap > -s->size && gap < REACH_RIGHT * s->size ? gap / s->size - 4 : INFINITY;
}

static bool lies_inside(const quire_box *box, const segment *s)
{
    float across = quire_overlap(box->x0, box->x1, s->box.x0, s->box.x1);
    float down = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1);
    return across > INSIDE * quire_box_width(s->box) && down > INSIDE * quire_box_height(s->box);
}

/* The segment that labels what stands in `box`; NULL: none. */
static segment *label_of(segments s, quire_box box, bool mark)
{
    segment *best = NULL;
    float best_score = INFINITY;
    for (size_t i = 0; i < s.count; i++) {
        segment *at = &s.items[i];
        if (at->flags & SEGMENT_USED || lies_inside(&box, at))
            continue;
        float score = quire_smaller(score_left(&box, at), score_above(&box, at));
        score = mark ? quire_smaller(score, score_right(&box, at)) : score;
        if (score < best_score) {
            best_score = score;
            best = at;
        }
    }
    return best;
}

segment *form_label_near(segments s, quire_box place)
{
    return label_of(s, place, false);
}

static bool lies_between(quire_box other, const segment *left, const quire_box *box)
{
    bool row = quire_overlap(box->y0, box->y1, other.y0, other.y1) > 0.3f * left->size;
    return row && other.x0 > left->box.x0 && other.x1 < box->x1 && other.x1 > left->box.x1;
}

/* The last text on the left, however far, if no other field stands before it; NULL: none. */
static segment *far_label_of(const layout_page *lp, segments s, quire_box box)
{
    segment *best = NULL;
    for (size_t i = 0; i < s.count; i++) {
        segment *at = &s.items[i];
        float gap = box.x0 - at->box.x1;
        bool row = quire_overlap(box.y0, box.y1, at->box.y0, at->box.y1) > 0.3f * at->size;
        bool near = row && gap > 0 && gap < REACH_FAR * at->size;
        if (near && (!best || at->box.x1 > best->box.x1))
            best = at;
    }
    if (!best || best->flags & SEGMENT_USED)
        return NULL;
    for (size_t i = 0; i < lp->page->widget_count; i++)
        if (lies_between(layout_frame_box(&lp->frame, lp->page->widgets[i].box), best, &box))
            return NULL;
    return best;
}

void form_find_label(layout_page *lp, segments s, quire_box box, bool mark, quire_field *field)
{
    quire_box place = layout_frame_box(&lp->frame, box);
    segment *found = label_of(s, place, mark);
    if (!found)
        found = far_label_of(lp, s, place);
    if (!found)
        return;
    found->flags |= SEGMENT_USED;
    if (!field->label) {
        quire_text text = form_label_text(found->text);
        field->label = quire_arena_text(lp->scratch, text.data, text.size);
    }
    field->label_box = layout_frame_box_back(&lp->frame, found->box);
}

void form_claim_values(layout_page *lp, segments s)
{
    for (size_t k = 0; k < lp->page->widget_count; k++) {
        quire_box box = layout_frame_box(&lp->frame, lp->page->widgets[k].box);
        for (size_t i = 0; i < s.count; i++)
            if (lies_inside(&box, &s.items[i]))
                s.items[i].flags |= SEGMENT_USED;
    }
}
