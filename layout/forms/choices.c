/*
 * Places to mark and their labels:
 *
 *     [ ] Yes  [x] No        to the right of each, which is the habit
 *     Yes [ ]  No [x]        to the left, where a row begins with text and ends with a box
 *                Good  Bad
 *     Service    [ ]   [x]   row and column, where neither is near
 */
#include "layout/forms/forms.h"

#include <string.h>

#define REACH 3.0f /* em from a box to its label */
#define ROW 0.5f /* of its height: boxes of one row */
#define MOST_LOOKS (20 * 1000 * 1000) /* ballots times segments */

typedef struct sides {
    size_t left, right; /* segments; SIZE_MAX: none near */
    size_t row, column; /* far ones: on its row to the left, and above */
} sides;

typedef struct chooser {
    layout_page *lp;
    segments s;
    sides *sides; /* per ballot */
    bool *leads; /* per ballot: its label is to its left */
} chooser;

static bool shares_row(const ballot *b, const segment *s)
{
    float overlap = quire_overlap(b->box.y0, b->box.y1, s->box.y0, s->box.y1);
    return overlap > 0.4f * quire_smaller(quire_box_height(b->box), quire_box_height(s->box));
}

static bool in_row(const ballot *a, const ballot *b)
{
    float middle = (a->box.y0 + a->box.y1 - b->box.y0 - b->box.y1) / 2;
    return fabsf(middle) < ROW * quire_box_height(a->box);
}

/* Does another ballot stand between x0 and x1 in the row of `b`? */
static bool is_parted(const layout_page *lp, const ballot *b, float x0, float x1)
{
    for (size_t i = 0; i < lp->ballot_count; i++) {
        const ballot *other = &lp->ballots[i];
        if (other != b && in_row(b, other) && other->box.x0 > x0 - 1 && other->box.x1 < x1 + 1)
            return true;
    }
    return false;
}

static bool is_nearer(segments s, size_t best, size_t i, bool right)
{
    if (best == SIZE_MAX)
        return true;
    return right ? s.items[i].box.x0 < s.items[best].box.x0
                 : s.items[i].box.x1 > s.items[best].box.x1;
}

static void look_at(const segments s, const ballot *b, size_t i, sides *found)
{
    const segment *at = &s.items[i];
    float right = at->box.x0 - b->box.x1, left = b->box.x0 - at->box.x1;
    float near = REACH * at->size, slack = -0.6f * at->size;
    if (shares_row(b, at)) {
        if (right > slack && right < near && is_nearer(s, found->right, i, true))
            found->right = i;
        if (left > slack && left < near && is_nearer(s, found->left, i, false))
            found->left = i;
        if (left > slack && (found->row == SIZE_MAX || at->box.x0 < s.items[found->row].box.x0))
            found->row = i;
    } else if (at->box.y1 < b->box.y0 + 1 &&
               quire_overlap(at->box.x0, at->box.x1, b->box.x0, b->box.x1) > 0 &&
               (found->column == SIZE_MAX || at->box.y1 > s.items[found->column].box.y1)) {
        found->column = i;
    }
}

static void find_sides(chooser *c)
{
    for (size_t k = 0; k < c->lp->ballot_count; k++) {
        const ballot *b = &c->lp->ballots[k];
        sides *found = &c->sides[k];
        *found = (sides){SIZE_MAX, SIZE_MAX, SIZE_MAX, SIZE_MAX};
        for (size_t i = 0; i < c->s.count; i++)
            look_at(c->s, b, i, found);
        if (found->right != SIZE_MAX &&
            is_parted(c->lp, b, b->box.x1, c->s.items[found->right].box.x0))
            found->right = SIZE_MAX;
        if (found->left != SIZE_MAX &&
            is_parted(c->lp, b, c->s.items[found->left].box.x1, b->box.x0))
            found->left = SIZE_MAX;
    }
}

/* A row that begins with text and ends with a box is labelled on the left. */
static bool is_led(const chooser *c, const ballot *b)
{
    size_t first = SIZE_MAX, last = SIZE_MAX;
    const ballot *all = c->lp->ballots;
    for (size_t i = 0; i < c->lp->ballot_count; i++) {
        if (!in_row(b, &all[i]))
            continue;
        if (first == SIZE_MAX || all[i].box.x0 < all[first].box.x0)
            first = i;
        if (last == SIZE_MAX || all[i].box.x0 > all[last].box.x0)
            last = i;
    }
    return c->sides[first].left != SIZE_MAX && c->sides[last].right == SIZE_MAX;
}

/* ---- fields ---- */

static const char *label_text(layout_page *lp, segments s, size_t first, size_t second)
{
    quire_text a = first != SIZE_MAX ? form_label_text(s.items[first].text) : (quire_text){0};
    quire_text b = second != SIZE_MAX ? form_label_text(s.items[second].text) : (quire_text){0};
    size_t size = 0;
    char *text = quire_arena_take(lp->scratch, a.size + b.size + 2);
    memcpy(text, a.data ? a.data : "", a.size);
    size += a.size;
    if (a.size > 0 && b.size > 0)
        text[size++] = ' ';
    memcpy(text + size, b.data ? b.data : "", b.size);
    return size + b.size > 0 ? text : NULL;
}

static void add_choice(layout_window *window, const chooser *c, size_t index)
{
    layout_page *lp = c->lp;
    const ballot *b = &lp->ballots[index];
    const sides *found = &c->sides[index];
    size_t named = c->leads[index] ? found->left : found->right, column = SIZE_MAX;
    if (named == SIZE_MAX)
        named = c->leads[index] ? found->right : found->left;
    bool far = named == SIZE_MAX;
    if (far) {
        named = found->row;
        column = found->column;
    }
    quire_field field = {.type = b->round ? QUIRE_FIELD_RADIO : QUIRE_FIELD_CHECKBOX,
                         .source = b->source,
                         .state = b->state,
                         .label = label_text(lp, c->s, named, column),
                         .value = b->state == QUIRE_STATE_SELECTED ? "\u2611" : NULL,
                         .page = lp->page->number,
                         .box = layout_frame_box_back(&lp->frame, b->box),
                         .label_box = quire_box_empty(),
                         .confidence = b->confidence};
    if (named != SIZE_MAX) {
        field.label_box = layout_frame_box_back(&lp->frame, c->s.items[named].box);
        c->s.items[named].flags |= far ? 0 : SEGMENT_USED;
    }
    quire_document_add_field(window->document, &field);
}

void form_add_choices(layout_window *window, layout_page *lp, segments s)
{
    if (lp->ballot_count == 0)
        return;
    if (s.count > MOST_LOOKS / lp->ballot_count)
        s.count = 0;
    chooser c = {.lp = lp,
                 .s = s,
                 .sides = quire_arena_array(lp->scratch, sides, lp->ballot_count),
                 .leads = quire_arena_array(lp->scratch, bool, lp->ballot_count)};
    find_sides(&c);
    for (size_t i = 0; i < lp->ballot_count; i++)
        c.leads[i] = is_led(&c, &lp->ballots[i]);
    for (size_t i = 0; i < lp->ballot_count; i++)
        add_choice(window, &c, i);
}
