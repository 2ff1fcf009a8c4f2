/*
 * Reading order: cut the page along its gutters until what is left is one column.
 *
 *     +---------------+        1
 *     |   1  title    |      2   3
 *     +------+ +------+        4
 *     |  2   | |  3   |
 *     +------+ +------+      a gutter that does not reach through the region first cuts off
 *     |  4  full width|      what lies above and below it
 *     +---------------+
 *
 * A gutter that does reach through gives way to a wider horizontal white (1.5 times its width):
 * bands of columns are read one after the other. What has no gutter is a leaf and is read row by
 * row. Atoms are lines, and areas (figures, cards) that are cut in themselves.
 */
#include "layout/order.h"

#include <string.h>

enum { MOST_DEPTH = 24, MOST_RULES = 256, MOST_STACKED = 300 };

#define RULE_LEAST 0.1f /* of the page's width */

#define BAND_FACTOR 1.5f /* horizontal white that wins, in widths of the gutter */
#define BAND_LEAST_EM 1.5f
#define CLOSE_EM 0.6f /* white between lines of one paragraph */
#define SAME_ROW 0.5f /* overlap of heights */
#define ROW_REACH_EM 1.2f /* to the middle of the row above a gutter */
#define HEADING_SIZE 1.1f /* of the body, least */
#define ASIDE_SIZE 0.92f /* of the text's, type of notes in the margin */
#define ASIDE_WIDTH 0.35f /* of the region's */

typedef struct ordering {
    layout_page *lp;
    line *out; /* lines in reading order */
    size_t out_count;
    int32_t area; /* that is being cut, -1: the page */
    bool leaf_open;
} ordering;

static void cut_region(ordering *o, atom *atoms, size_t count, int depth);
static void order_area(ordering *o, int depth);

typedef enum direction { DOWNWARD, RIGHTWARD, LEFTWARD } direction;

static float place_along(const atom *a, direction along)
{
    return along == DOWNWARD ? a->box.y0 : along == RIGHTWARD ? a->box.x0 : -a->box.x1;
}

static void sort_atoms(quire_arena *scratch, atom *atoms, size_t count, direction along)
{
    if (count < 2)
        return;
    quire_arena_mark mark = quire_arena_position(scratch);
    sort_key *keys = quire_arena_array(scratch, sort_key, count);
    atom *copy = quire_arena_array(scratch, atom, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){sort_key_of(place_along(&atoms[i], along)), (uint32_t)i};
    layout_sort_by_key(scratch, keys, count);
    memcpy(copy, atoms, count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        atoms[i] = copy[keys[i].index];
    quire_arena_reset(scratch, mark);
}

/* ---- leaves ---- */

static leaf *open_leaf(ordering *o)
{
    layout_page *lp = o->lp;
    if (o->leaf_open)
        return &lp->lists->leaves.items[lp->lists->leaves.count - 1];
    leaf *l = quire_array_push(&lp->lists->leaves);
    if (!l)
        return NULL;
    *l = (leaf){.first = (uint32_t)o->out_count,
                .end = (uint32_t)o->out_count,
                .box = quire_box_empty(),
                .area = o->area};
    o->leaf_open = true;
    return l;
}

static void put_line(ordering *o, uint32_t index, bool beside)
{
    leaf *l = open_leaf(o);
    if (!l)
        return;
    line *out = &o->out[o->out_count++];
    *out = o->lp->lines[index];
    out->region = (uint32_t)o->lp->lists->leaves.count - 1;
    out->flags |= beside && l->end > l->first ? LINE_SAME_ROW : 0;
    l->box = quire_box_union(l->box, out->box);
    l->end = (uint32_t)o->out_count;
}

/* The area's own leaf, then what it holds. */
static void put_area(ordering *o, uint32_t index, int depth)
{
    int32_t outer = o->area;
    o->leaf_open = false;
    o->area = (int32_t)index;
    leaf *own = open_leaf(o);
    if (own)
        own->box = o->lp->areas[index].box;
    o->leaf_open = false;
    order_area(o, depth + 1);
    o->area = outer;
    o->leaf_open = false;
}

/* The end of the row that `start` begins. */
static size_t row_end(const atom *atoms, size_t start, size_t count)
{
    quire_box row = atoms[start].box;
    size_t end = start + 1;
    for (; end < count; end++) {
        quire_box box = atoms[end].box;
        float common = quire_overlap(row.y0, row.y1, box.y0, box.y1);
        if (common < SAME_ROW * fminf(quire_box_height(row), quire_box_height(box)))
            break;
    }
    return end;
}

/* Lines of text that runs downwards follow each other to the left. */
static direction across(const ordering *o, const atom *first)
{
    bool leftward = first->kind == ATOM_LINE && first->angle == 270;
    return leftward != o->lp->reads_leftward ? LEFTWARD : RIGHTWARD;
}

/* Rows from the top, each from the left. */
static void put_leaf(ordering *o, atom *atoms, size_t count, int depth)
{
    o->leaf_open = false;
    for (size_t start = 0; start < count;) {
        size_t end = row_end(atoms, start, count);
        sort_atoms(o->lp->scratch, atoms + start, end - start, across(o, &atoms[start]));
        for (size_t i = start; i < end; i++) {
            if (atoms[i].kind == ATOM_AREA)
                put_area(o, atoms[i].index, depth);
            else if (atoms[i].kind == ATOM_LINE)
                put_line(o, atoms[i].index, i > start);
        }
        start = end;
    }
    o->leaf_open = false;
}

/* ---- cuts ---- */

typedef enum part { ABOVE, FIRST, SECOND, BELOW, PARTS } part;

static part part_of(const atom *a, quire_box g, bool leftward)
{
    float middle = (a->box.y0 + a->box.y1) / 2;
    if (middle <= g.y0)
        return ABOVE;
    if (middle >= g.y1)
        return BELOW;
    bool right = a->box.x0 >= g.x1 - 0.1f;
    return right != leftward ? SECOND : FIRST;
}

/* True when `a` is the next line of what ends above the gutter, and nothing stands beside it. */
static bool ends_what_is_above(const atom *atoms, size_t count, const atom *a, quire_box g)
{
    bool follows = false;
    for (size_t i = 0; i < count && atoms[i].box.y0 < a->box.y1; i++) {
        const atom *b = &atoms[i];
        if (b == a || b->kind == ATOM_RULE)
            continue;
        if (part_of(b, g, false) != ABOVE) {
            if (b->box.y1 > a->box.y0)
                return false;
            continue;
        }
        float gap = a->box.y0 - b->box.y1;
        bool wide = b->box.x0 < g.x1 && b->box.x1 > g.x0;
        follows |= wide && gap < CLOSE_EM * a->size && gap > -CLOSE_EM * a->size &&
                   fabsf(a->size - b->size) < 0.08f * a->size &&
                   fabsf(a->box.x0 - b->box.x0) < 3 * a->size;
    }
    return follows;
}

/* The last line of a paragraph above the columns may be short, and leave the gutter open. */
static quire_box lower_top(const atom *atoms, size_t count, quire_box g)
{
    for (size_t i = 0; i < count; i++) {
        const atom *a = &atoms[i];
        if (a->kind != ATOM_LINE || part_of(a, g, false) == ABOVE)
            continue;
        if (!ends_what_is_above(atoms, count, a, g))
            break;
        g.y0 = fmaxf(g.y0, a->box.y1);
        break;
    }
    return g;
}

/* A row right above the gutter that keeps clear of it, too, on a narrower strip: the gutter begins
 * above it. */
static quire_box raise_top(const atom *atoms, size_t count, quire_box g, float em)
{
    quire_box strip = g;
    bool left = false, right = false;
    for (size_t i = 0; i < count; i++) {
        quire_box box = atoms[i].box;
        float middle = (box.y0 + box.y1) / 2;
        if (atoms[i].kind == ATOM_RULE || middle > g.y0 || middle < g.y0 - ROW_REACH_EM * em)
            continue;
        bool is_left = (box.x0 + box.x1) / 2 < (g.x0 + g.x1) / 2;
        strip.x0 = is_left ? fmaxf(strip.x0, box.x1) : strip.x0;
        strip.x1 = is_left ? strip.x1 : fminf(strip.x1, box.x0);
        strip.y0 = fminf(strip.y0, box.y0);
        left |= is_left;
        right |= !is_left;
    }
    return left && right && quire_box_width(strip) >= em ? strip : g;
}

/* The last line of either column, with nothing beside it; NULL where there is none. */
static const atom *last_beside(const atom *atoms, size_t count, quire_box g)
{
    const atom *last = NULL;
    for (size_t i = 0; i < count; i++) {
        part p = part_of(&atoms[i], g, false);
        if (atoms[i].kind != ATOM_RULE && (p == FIRST || p == SECOND) &&
            (!last || atoms[i].box.y0 >= last->box.y0))
            last = &atoms[i];
    }
    for (size_t i = 0; last && i < count; i++)
        if (&atoms[i] != last && atoms[i].kind != ATOM_RULE &&
            part_of(&atoms[i], g, false) != BELOW && atoms[i].box.y1 > last->box.y0)
            return NULL;
    return last;
}

/* A heading of what stands below the columns may be short, and leave the gutter open: it is larger
 * or bolder than the text above it, and closer to what is below. */
static quire_box raise_bottom(const atom *atoms, size_t count, quire_box g, float em)
{
    const atom *last = last_beside(atoms, count, g);
    if (!last || last->kind != ATOM_LINE || !(last->bold || last->size > HEADING_SIZE * em))
        return g;
    float above = g.y0, below = INFINITY;
    for (size_t i = 0; i < count; i++) {
        const atom *a = &atoms[i];
        if (a == last || a->kind == ATOM_RULE)
            continue;
        if (part_of(a, g, false) == BELOW)
            below = fminf(below, a->box.y0);
        else
            above = fmaxf(above, a->box.y1);
    }
    if (last->box.y0 - above > below - last->box.y1 && below - last->box.y1 < 2 * last->size)
        g.y1 = last->box.y0;
    return g;
}

/* Parts keep the order of their atoms. */
static void cut_along(ordering *o, atom *atoms, size_t count, quire_box g, int depth)
{
    g = raise_top(atoms, count, g, o->lp->body_size);
    g = lower_top(atoms, count, g);
    g = raise_bottom(atoms, count, g, o->lp->body_size);
    bool leftward = o->lp->reads_leftward;
    size_t sizes[PARTS + 1] = {0};
    for (size_t i = 0; i < count; i++)
        sizes[part_of(&atoms[i], g, leftward) + 1]++;
    atom *copy = quire_arena_array(o->lp->scratch, atom, count);
    for (int p = 1; p <= PARTS; p++)
        sizes[p] += sizes[p - 1];
    size_t at[PARTS] = {sizes[ABOVE], sizes[FIRST], sizes[SECOND], sizes[BELOW]};
    for (size_t i = 0; i < count; i++)
        copy[at[part_of(&atoms[i], g, leftward)]++] = atoms[i];
    for (int p = 0; p < PARTS; p++)
        cut_region(o, copy + sizes[p], sizes[p + 1] - sizes[p], depth + 1);
}

typedef struct band {
    size_t at; /* first atom below it; 0: none */
    float height;
} band;

/* The widest white that reaches across the region. */
static band widest_band(const atom *atoms, size_t count)
{
    band widest = {0};
    float bottom = count ? atoms[0].box.y1 : 0;
    for (size_t i = 1; i < count; i++) {
        float height = atoms[i].box.y0 - bottom;
        if (height > widest.height)
            widest = (band){i, height};
        bottom = fmaxf(bottom, atoms[i].box.y1);
    }
    return widest;
}

/* What stands in a figure is read row by row. */
static bool is_figure(const ordering *o)
{
    return o->area >= 0 && o->lp->areas[o->area].kind == AREA_FIGURE;
}

/* Boxes that stand in rows are read row by row. */
static bool are_boxes(const atom *atoms, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (atoms[i].kind != ATOM_AREA)
            return false;
    return true;
}

/*
 * Notes in the margin: small type to one side of all other text, clear of it. Puts them behind the
 * rest, both in their order; returns how many they are.
 */
static size_t part_asides(const ordering *o, atom *atoms, size_t count)
{
    quire_arena_mark mark = quire_arena_position(o->lp->scratch);
    atom *copy = quire_arena_array(o->lp->scratch, atom, count);
    quire_box text = quire_box_empty(), aside = quire_box_empty();
    size_t kept = 0, asides = 0;
    for (size_t i = 0; i < count; i++) {
        bool is_small = atoms[i].kind == ATOM_LINE && atoms[i].size < ASIDE_SIZE * o->lp->body_size;
        quire_box *side = is_small ? &aside : &text;
        *side = quire_box_union(*side, atoms[i].box);
        copy[is_small ? count - ++asides : kept++] = atoms[i];
    }
    bool clear = aside.x0 > text.x1 + 1 || aside.x1 < text.x0 - 1;
    bool narrow =
        quire_box_width(aside) < ASIDE_WIDTH * quire_box_width(quire_box_union(text, aside));
    bool beside = aside.y0 > text.y0 && aside.y1 < text.y1;
    if (asides == 0 || kept == 0 || !clear || !narrow || !beside)
        asides = 0;
    for (size_t i = 0; asides > 0 && i < count; i++)
        atoms[i] = i < kept ? copy[i] : copy[count - 1 - (i - kept)];
    quire_arena_reset(o->lp->scratch, mark);
    return asides;
}

/* Does it run along an edge of the page, clear of what is upright, or across that? */
static bool is_apart(const atom *a, quire_box text)
{
    return a->kind == ATOM_LINE &&
           (a->across || (a->angle % 180 != 0 && (a->box.x1 <= text.x0 || a->box.x0 >= text.x1)));
}

/*
 * Text along the edges, which runs upwards or downwards, is read after the rest, from edge to
 * edge, and so is what was stamped across lines. Puts it behind the other atoms; returns how much
 * it is.
 */
static size_t part_edges(const ordering *o, atom *atoms, size_t count)
{
    quire_arena_mark mark = quire_arena_position(o->lp->scratch);
    atom *copy = quire_arena_array(o->lp->scratch, atom, count);
    quire_box text = quire_box_empty();
    size_t kept = 0, edges = 0;
    for (size_t i = 0; i < count; i++)
        if (atoms[i].kind != ATOM_RULE &&
            !(atoms[i].kind == ATOM_LINE && (atoms[i].angle % 180 || atoms[i].across)))
            text = quire_box_union(text, atoms[i].box);
    for (size_t i = 0; i < count && !quire_box_is_empty(text); i++)
        copy[is_apart(&atoms[i], text) ? count - ++edges : kept++] = atoms[i];
    for (size_t i = 0; edges > 0 && i < count; i++)
        atoms[i] = i < kept ? copy[i] : copy[count - 1 - (i - kept)];
    sort_atoms(o->lp->scratch, atoms + count - edges, edges,
               o->lp->reads_leftward ? LEFTWARD : RIGHTWARD);
    quire_arena_reset(o->lp->scratch, mark);
    return edges;
}

/* Each side by itself, its lines in their own direction. */
static void put_edges(ordering *o, atom *atoms, size_t count)
{
    for (size_t start = 0; start < count;) {
        size_t end = start + 1;
        while (end < count && atoms[end].angle == atoms[start].angle &&
               atoms[end].box.x0 - atoms[end - 1].box.x1 < atoms[start].size)
            end++;
        sort_atoms(o->lp->scratch, atoms + start, end - start, across(o, &atoms[start]));
        o->leaf_open = false;
        for (size_t i = start; i < end; i++)
            put_line(o, atoms[i].index, false);
        start = end;
    }
    o->leaf_open = false;
}

/* What rows would mix is read stack by stack. */
static bool put_stacks(ordering *o, atom *atoms, size_t count, int depth)
{
    size_t ends[LAYOUT_STACKS];
    quire_arena_mark mark = quire_arena_position(o->lp->scratch);
    size_t stacks = layout_sort_stacks(o->lp->scratch, atoms, count, o->lp->reads_leftward, ends);
    quire_arena_reset(o->lp->scratch, mark);
    for (size_t i = 0, from = 0; i < stacks; from = ends[i++])
        put_leaf(o, atoms + from, ends[i] - from, depth);
    return stacks > 0;
}

static void put_rest(ordering *o, atom *atoms, size_t count, int depth)
{
    size_t asides =
        count > 2 && depth < MOST_DEPTH && !is_figure(o) ? part_asides(o, atoms, count) : 0;
    if (asides > 0) {
        cut_region(o, atoms, count - asides, depth + 1);
        cut_region(o, atoms + count - asides, asides, depth + 1);
        return;
    }
    if (count > 2 && count <= MOST_STACKED && !is_figure(o) && put_stacks(o, atoms, count, depth))
        return;
    put_leaf(o, atoms, count, depth);
}

static void cut_region(ordering *o, atom *atoms, size_t count, int depth)
{
    if (count == 0)
        return;
    gutter g = {0};
    if (count > 2 && depth < MOST_DEPTH && !is_figure(o))
        g = layout_find_gutter(o->lp, atoms, count);
    if (!g.found) {
        put_rest(o, atoms, count, depth);
        return;
    }
    band b = widest_band(atoms, count);
    if (b.at > 0 && are_boxes(atoms, count)) {
        cut_region(o, atoms, b.at, depth + 1);
        cut_region(o, atoms + b.at, count - b.at, depth + 1);
        return;
    }
    float least = fmaxf(BAND_FACTOR * quire_box_width(g.box), BAND_LEAST_EM * o->lp->body_size);
    if (g.is_full && b.at > 0 && b.height >= least) {
        cut_region(o, atoms, b.at, depth + 1);
        cut_region(o, atoms + b.at, count - b.at, depth + 1);
        return;
    }
    cut_along(o, atoms, count, g.box, depth);
}

/* ---- from lines and areas to atoms and back ---- */

static atom line_atom(const layout_page *lp, size_t index)
{
    const line *l = &lp->lines[index];
    return (atom){.box = l->box,
                  .index = (uint32_t)index,
                  .size = l->size,
                  .characters = l->characters,
                  .baseline = l->baseline,
                  .order = l->order,
                  .bold = l->flags & LINE_BOLD,
                  .across = lp->words[l->first].flags & WORD_OVERPRINT,
                  .angle = (l->angle - lp->frame.angle + 360) % 360};
}

/* Long horizontal rules of the page; they close the gutters that they cross. */
static size_t add_rules(const layout_page *lp, atom *atoms)
{
    size_t count = 0;
    for (size_t i = 0; i < lp->page->rule_count && count < MOST_RULES; i++) {
        quire_box box = lp->rules[i].box;
        if (lp->rules[i].horizontal && quire_box_width(box) >= RULE_LEAST * lp->width)
            atoms[count++] = (atom){.box = box, .kind = ATOM_RULE};
    }
    return count;
}

/* The place in the content of the first line that an area holds. */
static uint32_t order_of_area(const layout_page *lp, int32_t index)
{
    uint32_t order = UINT32_MAX;
    for (size_t i = 0; i < lp->line_count; i++)
        if (lp->lines[i].area == index && lp->lines[i].order < order)
            order = lp->lines[i].order;
    return order;
}

static void order_area(ordering *o, int depth)
{
    layout_page *lp = o->lp;
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    atom *atoms =
        quire_arena_array(lp->scratch, atom, lp->line_count + lp->area_count + MOST_RULES);
    size_t count = o->area < 0 ? add_rules(lp, atoms) : 0;
    for (size_t i = 0; i < lp->area_count; i++)
        if (lp->areas[i].parent == o->area)
            atoms[count++] = (atom){.box = lp->areas[i].box,
                                    .index = (uint32_t)i,
                                    .kind = ATOM_AREA,
                                    .order = order_of_area(lp, (int32_t)i)};
    for (size_t i = 0; i < lp->line_count; i++)
        if (lp->lines[i].area == o->area)
            atoms[count++] = line_atom(lp, i);
    sort_atoms(lp->scratch, atoms, count, DOWNWARD);
    size_t edges = o->area < 0 ? part_edges(o, atoms, count) : 0;
    cut_region(o, atoms, count - edges, depth);
    put_edges(o, atoms + count - edges, edges);
    quire_arena_reset(lp->scratch, mark);
}

void layout_find_order(layout_page *lp)
{
    ordering o = {.lp = lp, .area = -1};
    o.out = quire_arena_array(lp->arena, line, lp->line_count);
    order_area(&o, 0);
    lp->lines = o.out;
    lp->line_count = o.out_count;
    lp->leaf_count = lp->lists->leaves.count;
    lp->leaves = quire_array_freeze(&lp->lists->leaves, lp->arena);
}
