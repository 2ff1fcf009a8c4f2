/*
 * Stacks: what no gutter parts, though it is not read row by row.
 *
 *     +---------+                 a stack is lines right below each other; of two stacks side by
 *     | 1  text |  +--------+     side whose lines do not share their baselines the left one comes
 *     +---------+  | 2 text |     first, unless something stands between them that is below the
 *                  +--------+     one and above the other
 *
 * The order is the topological one of Breuel (2003): a before b where their columns overlap and a
 * is above b, or where a is left of b and nothing between their heights overlaps both. Where that
 * leaves a choice, or goes in a circle, the order of the content decides.
 */
#include "layout/order.h"

enum { MOST_STACKS = LAYOUT_STACKS, LOOK_BACK = 40, PROSE_LINES = 2 };

#define GAP_MOST_EM 0.7f /* white between lines of a stack */
#define GAP_LEAST_EM (-0.4f)
#define ALIGNED_EM 1.0f
#define SIZE_CHANGE 0.15f
#define PROSE_CHARACTERS 20.0f /* a line, on the average */
#define SAME_BASELINE_EM 0.25f
#define MATCHED_MOST 0.5f /* of the lines of the shorter stack */

typedef struct stack {
    quire_box box;
    float size;
    uint32_t lines, characters, order;
    bool placed;
} stack;

typedef struct stacks {
    const atom *atoms;
    size_t atom_count;
    uint8_t *of_atom;
    stack items[MOST_STACKS];
    size_t count;
    bool leftward;
} stacks;

/* ---- building ---- */

static bool is_below(const atom *a, const atom *b)
{
    float em = fmaxf(a->size, 1), gap = b->box.y0 - a->box.y1;
    float common = quire_overlap(a->box.x0, a->box.x1, b->box.x0, b->box.x1);
    float shorter = fminf(quire_box_width(a->box), quire_box_width(b->box));
    float middles = (a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) / 2;
    bool aligned = fabsf(a->box.x0 - b->box.x0) < ALIGNED_EM * em ||
                   fabsf(middles) < ALIGNED_EM * em || fabsf(a->box.x1 - b->box.x1) < em;
    return gap >= GAP_LEAST_EM * em && gap <= GAP_MOST_EM * em && 2 * common >= shorter &&
           aligned && fabsf(a->size - b->size) <= SIZE_CHANGE * em && a->angle == b->angle;
}

/* The stack that a line goes on, -1: none. */
static int stack_above(const stacks *s, size_t at)
{
    const atom *b = &s->atoms[at];
    for (size_t back = 1; back <= LOOK_BACK && back <= at; back++) {
        const atom *a = &s->atoms[at - back];
        if (a->kind == ATOM_LINE && b->kind == ATOM_LINE && is_below(a, b))
            return s->of_atom[at - back];
    }
    return -1;
}

static bool build(stacks *s)
{
    for (size_t i = 0; i < s->atom_count; i++) {
        const atom *a = &s->atoms[i];
        int above = stack_above(s, i);
        if (above < 0 && s->count == MOST_STACKS)
            return false;
        if (above < 0) {
            above = (int)s->count++;
            s->items[above] = (stack){.box = quire_box_empty(), .size = a->size, .order = a->order};
        }
        stack *own = &s->items[above];
        own->box = quire_box_union(own->box, a->box);
        own->lines += a->kind == ATOM_LINE;
        own->characters += a->characters;
        own->order = a->order < own->order ? a->order : own->order;
        s->of_atom[i] = (uint8_t)above;
    }
    return s->count > 1;
}

/* ---- is it needed? ---- */

static bool is_prose(const stack *a)
{
    return a->lines >= PROSE_LINES && (float)a->characters >= PROSE_CHARACTERS * (float)a->lines;
}

/* Does a line of the stack stand on the baseline of atom `at`? They are near in their order. */
static bool has_match(const stacks *s, size_t at, size_t other)
{
    size_t from = at > LOOK_BACK ? at - LOOK_BACK : 0;
    float slack = SAME_BASELINE_EM * s->atoms[at].size;
    for (size_t i = from; i < s->atom_count && i <= at + LOOK_BACK; i++)
        if (s->of_atom[i] == other && fabsf(s->atoms[at].baseline - s->atoms[i].baseline) <= slack)
            return true;
    return false;
}

static float share_of_matched(const stacks *s, size_t x, size_t y)
{
    uint32_t matched = 0, one = s->items[x].lines, other = s->items[y].lines;
    for (size_t i = 0; i < s->atom_count; i++)
        matched += s->of_atom[i] == x && has_match(s, i, y);
    return (float)matched / (float)(one < other ? one : other);
}

static bool stand_side_by_side(const stack *a, const stack *b)
{
    return quire_overlap(a->box.y0, a->box.y1, b->box.y0, b->box.y1) > a->size &&
           quire_overlap(a->box.x0, a->box.x1, b->box.x0, b->box.x1) <= 0;
}

/* Two stacks of prose that rows would mix. */
static bool rows_would_mix(const stacks *s)
{
    for (size_t i = 0; i < s->count; i++)
        for (size_t k = i + 1; is_prose(&s->items[i]) && k < s->count; k++)
            if (is_prose(&s->items[k]) && stand_side_by_side(&s->items[i], &s->items[k]) &&
                share_of_matched(s, i, k) < MATCHED_MOST)
                return true;
    return false;
}

/* ---- the order ---- */

static bool overlap_across(const stack *a, const stack *b)
{
    return quire_overlap(a->box.x0, a->box.x1, b->box.x0, b->box.x1) > 0;
}

/* Something below the one and above the other keeps them apart. */
static bool are_parted(const stacks *s, const stack *a, const stack *b)
{
    float top = fminf(a->box.y1, b->box.y1), bottom = fmaxf(a->box.y0, b->box.y0);
    for (size_t i = 0; i < s->count; i++) {
        const stack *c = &s->items[i];
        float middle = (c->box.y0 + c->box.y1) / 2;
        if (c != a && c != b && middle > top && middle < bottom && overlap_across(a, c) &&
            overlap_across(c, b))
            return true;
    }
    return false;
}

static bool comes_before(const stacks *s, const stack *a, const stack *b)
{
    if (overlap_across(a, b))
        return a->box.y0 < b->box.y0;
    bool first = s->leftward ? a->box.x0 >= b->box.x1 : a->box.x1 <= b->box.x0;
    return first && !are_parted(s, a, b);
}

/* Of the stacks that nothing has to precede, or of all in a circle, the one that the content holds
 * first. */
static size_t next_stack(const stacks *s)
{
    size_t best = SIZE_MAX, fallback = SIZE_MAX;
    for (size_t i = 0; i < s->count; i++) {
        const stack *a = &s->items[i];
        if (a->placed)
            continue;
        bool free = true;
        for (size_t k = 0; k < s->count && free; k++)
            free = k == i || s->items[k].placed || !comes_before(s, &s->items[k], a);
        if (free && (best == SIZE_MAX || a->order < s->items[best].order))
            best = i;
        if (fallback == SIZE_MAX || a->order < s->items[fallback].order)
            fallback = i;
    }
    return best != SIZE_MAX ? best : fallback;
}

size_t layout_sort_stacks(quire_arena *arena, atom *atoms, size_t count, bool leftward,
                          size_t *ends)
{
    stacks *s = quire_arena_new_of(arena, stacks);
    *s = (stacks){.atoms = atoms, .atom_count = count, .leftward = leftward};
    s->of_atom = quire_arena_array(arena, uint8_t, count);
    if (!build(s) || !rows_would_mix(s))
        return 0;
    atom *sorted = quire_arena_array(arena, atom, count);
    size_t used = 0;
    for (size_t n = 0; n < s->count; n++) {
        size_t next = next_stack(s);
        s->items[next].placed = true;
        for (size_t i = 0; i < count; i++)
            if (s->of_atom[i] == next)
                sorted[used++] = atoms[i];
        ends[n] = used;
    }
    for (size_t i = 0; i < count; i++)
        atoms[i] = sorted[i];
    return s->count;
}
