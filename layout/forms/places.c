/*
 * Places to write in that are drawn: boxes, combs, and cells with their label in the corner. What
 * stands in one answers; one with nothing in it is an empty field.
 *
 *     Surname [ Marsh        ]     | Call sign     | Flag        |     Code [2|4|1|0|3]
 *                                  |  DK4711       |             |
 *
 * Boxes are the smallest rectangles between rules. A row of like ones is a comb, and so are teeth
 * of one height that stand on a line, each as far from the last; one whose label stands small at
 * its top, with room under it, is a corner cell; else the label stands beside it.
 */
#include "layout/forms/forms.h"

#include <string.h>

enum {
    MOST_RULES = 1200, /* of a page; beyond it the page is a drawing */
    MOST_CELLS = 2000,
    MOST_LOOKS = 20 * 1000 * 1000,
    COMB_LEAST = 4, /* cells */
    CORNERS_LEAST = 3, /* cells on a page: one alone is a card */
    LABEL_WORDS = 8,
    LABEL_BYTES = 80,
};

#define TOUCH 1.6f /* points by which rules may miss each other and meet */
#define SIDE_LEAST 6.0f /* points */
#define THICKEST 3.0f /* points: more is a bar */
#define BOX_TALLEST 3.2f /* em */
#define BOX_SHORTEST 2.0f /* em wide */
#define BOX_WIDEST 60.0f
#define CELL_TALLEST 12.0f /* em: more is a frame around other things */
#define SAME_WIDTH 0.12f /* of a cell of a comb */
#define COMB_APART 0.5f /* of its width, between cells that do not touch */
#define COMB_WIDEST 3.0f /* em */
#define TOOTH_TALLEST 1.6f /* em */
#define TOOTH_SHORTEST 2.0f /* points */
#define OPEN_TALL 1.4f /* em, of a cell between teeth: letters are taller than those */
#define CORNER_TOP 0.6f /* em from the top of a cell to its label */
#define CORNER_LEFT 1.2f /* em from its left side */
#define CORNER_ROOM 1.1f /* of the label's height, that is left under it */
#define SMALL 0.85f /* label to value */

typedef enum cell_kind { CELL_PLAIN = 0, CELL_COMB, CELL_CORNER, CELL_TEXT } cell_kind;

typedef struct cell {
    quire_box box; /* in the frame */
    cell_kind kind;
    uint32_t label; /* segment of a corner cell */
    uint32_t parts[PAIR_PARTS]; /* segments in it */
    uint32_t part_count;
    bool taken; /* in a comb that an earlier cell began */
} cell;

typedef struct finder {
    layout_window *window;
    layout_page *lp;
    segments s;
    cell *cells; /* from the top, those of a row from the left; behind them those between teeth */
    size_t count, closed;
    float em;
    day_order order;
} finder;

/* ---- rectangles ---- */

typedef struct rules {
    quire_box *across, *down; /* across by y, down by x */
    size_t across_count, down_count;
} rules;

static quire_box *sorted_rules(layout_page *lp, bool horizontal, size_t *count)
{
    size_t all = lp->page->rule_count;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, all);
    *count = 0;
    for (size_t i = 0; i < all; i++) {
        const quire_rule *rule = &lp->rules[i];
        float thick = horizontal ? quire_box_height(rule->box) : quire_box_width(rule->box);
        if (rule->horizontal == horizontal && quire_larger(rule->width, thick) <= THICKEST)
            keys[(*count)++] =
                (sort_key){sort_key_of(horizontal ? rule->box.y0 : rule->box.x0), (uint32_t)i};
    }
    if (*count == 0)
        return NULL;
    layout_sort_by_key(lp->scratch, keys, *count);
    quire_box *boxes = quire_arena_array(lp->scratch, quire_box, *count);
    for (size_t i = 0; i < *count; i++)
        boxes[i] = lp->rules[keys[i].index].box;
    return boxes;
}

static bool covers(float from, float to, float x0, float x1)
{
    return from < x0 + TOUCH && to > x1 - TOUCH;
}

/* The first rule right of `left` that goes down from `y`; NULL: none. */
static const quire_box *right_side(const rules *r, size_t left, float y)
{
    for (size_t i = left + 1; i < r->down_count; i++)
        if (r->down[i].x0 > r->down[left].x1 + SIDE_LEAST &&
            covers(r->down[i].y0, r->down[i].y1, y, y + SIDE_LEAST))
            return &r->down[i];
    return NULL;
}

/* The rectangle whose left top corner is made by rules across[top] and down[left]. */
static bool find_rectangle(const rules *r, size_t top, size_t left, quire_box *found)
{
    const quire_box *a = &r->across[top], *d = &r->down[left];
    float x0 = (d->x0 + d->x1) / 2, y0 = (a->y0 + a->y1) / 2;
    if (!covers(a->x0, a->x1, x0, x0 + SIDE_LEAST) || !covers(d->y0, d->y1, y0, y0 + SIDE_LEAST))
        return false;
    const quire_box *right = right_side(r, left, y0);
    if (!right)
        return false;
    float x1 = (right->x0 + right->x1) / 2;
    for (size_t i = top + 1; i < r->across_count; i++) {
        const quire_box *bottom = &r->across[i];
        float y1 = (bottom->y0 + bottom->y1) / 2;
        if (y1 < y0 + SIDE_LEAST || !covers(bottom->x0, bottom->x1, x0, x1))
            continue;
        *found = (quire_box){x0, y0, x1, y1};
        return covers(a->x0, a->x1, x0, x1) && covers(d->y0, d->y1, y0, y1) &&
               covers(right->y0, right->y1, y0, y1);
    }
    return false;
}

static bool is_known(const quire_box *boxes, size_t count, quire_box box)
{
    for (size_t i = count; i-- > 0;) {
        const quire_box *own = &boxes[i];
        if (own->y0 < box.y0 - TOUCH)
            return false;
        if (fabsf(own->x0 - box.x0) < TOUCH && fabsf(own->x1 - box.x1) < TOUCH &&
            fabsf(own->y1 - box.y1) < TOUCH)
            return true;
    }
    return false;
}

/* ---- teeth ---- */

/* The next tooth like `from`, `step` points right of it (0: as far as there is); SIZE_MAX: none, or
 * a nearer one, as rulers and hatching have them. */
static size_t next_tooth(const finder *f, const rules *r, size_t from, float step)
{
    const quire_box *own = &r->down[from];
    float least = step > 0 ? step * (1 - SAME_WIDTH) : SIDE_LEAST;
    float most = step > 0 ? step * (1 + SAME_WIDTH) : COMB_WIDEST * f->em;
    for (size_t i = from + 1; i < r->down_count && r->down[i].x0 <= own->x0 + most; i++) {
        float gap = r->down[i].x0 - own->x0;
        if (gap > TOUCH && fabsf(r->down[i].y1 - own->y1) < TOUCH &&
            fabsf(r->down[i].y0 - own->y0) < TOUCH)
            return gap >= least ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool is_tooth(const finder *f, const quire_box *rule)
{
    float height = quire_box_height(*rule);
    return height >= TOOTH_SHORTEST && height <= TOOTH_TALLEST * f->em;
}

/* Does one line go under all of them? */
static bool stand_on_line(const rules *r, quire_box teeth)
{
    for (size_t i = 0; i < r->across_count; i++)
        if (fabsf((r->across[i].y0 + r->across[i].y1) / 2 - teeth.y1) < TOUCH &&
            covers(r->across[i].x0, r->across[i].x1, teeth.x0, teeth.x1))
            return true;
    return false;
}

/* Those of a comb that is closed at its top were found as rectangles, or as teeth before. */
static bool is_found(const quire_box *boxes, size_t count, quire_box box)
{
    for (size_t i = 0; i < count; i++)
        if (fabsf(boxes[i].y1 - box.y1) < TOUCH && boxes[i].x0 < box.x0 + TOUCH &&
            boxes[i].x1 > box.x0 + TOUCH)
            return true;
    return false;
}

/* Adds the cells between the teeth from `first` on; the number of boxes. */
static size_t add_open_cells(const finder *f, const rules *r, size_t first, quire_box *boxes,
                             size_t count)
{
    size_t teeth = 1, second = next_tooth(f, r, first, 0), at = second, begun = count;
    quire_box all = r->down[first];
    float step = second != SIZE_MAX ? r->down[second].x0 - all.x0 : 0, left = all.x0;
    for (; at != SIZE_MAX && count < MOST_CELLS; at = next_tooth(f, r, at, step)) {
        quire_box to = r->down[at];
        boxes[count++] = (quire_box){left, to.y1 - OPEN_TALL * f->em, to.x0, to.y1};
        left = to.x0;
        all = quire_box_union(all, to);
        teeth++;
    }
    bool is_comb =
        teeth > COMB_LEAST && stand_on_line(r, all) && !is_found(boxes, begun, boxes[begun]);
    return is_comb ? count : begun;
}

static void find_cells(finder *f)
{
    rules r;
    quire_box box;
    r.across = sorted_rules(f->lp, true, &r.across_count);
    r.down = sorted_rules(f->lp, false, &r.down_count);
    size_t crossings = r.across_count * r.down_count, looks = 0;
    size_t most = crossings < MOST_CELLS ? crossings : MOST_CELLS;
    quire_box *boxes = quire_arena_array(f->lp->scratch, quire_box, most + MOST_CELLS);
    for (size_t i = 0; i < r.across_count; i++) {
        for (size_t k = 0; k < r.down_count && f->count < most; k++) {
            looks += r.across_count + r.down_count;
            if (looks < MOST_LOOKS && find_rectangle(&r, i, k, &box) &&
                quire_box_height(box) < CELL_TALLEST * f->em && !is_known(boxes, f->count, box))
                boxes[f->count++] = box;
        }
    }
    f->closed = f->count;
    for (size_t i = 0; i < r.down_count && f->count < MOST_CELLS; i++)
        if (is_tooth(f, &r.down[i]))
            f->count = add_open_cells(f, &r, i, boxes, f->count);
    f->cells = quire_arena_array(f->lp->scratch, cell, f->count);
    for (size_t i = 0; i < f->count; i++)
        f->cells[i].box = boxes[i];
}

/* ---- what stands in them ---- */

static bool holds(quire_box box, const segment *s)
{
    float x = (s->box.x0 + s->box.x1) / 2, y = (s->box.y0 + s->box.y1) / 2;
    return x > box.x0 && x < box.x1 && y > box.y0 && y < box.y1;
}

static void fill_cells(finder *f)
{
    for (size_t i = 0; i < f->count; i++) {
        cell *c = &f->cells[i];
        for (size_t k = 0; k < f->s.count && c->part_count < PAIR_PARTS; k++)
            if (holds(c->box, &f->s.items[k]))
                c->parts[c->part_count++] = (uint32_t)k;
        c->kind = c->part_count > 0 ? CELL_TEXT : CELL_PLAIN;
    }
}

static bool can_label(const segment *s)
{
    return !(s->flags & (SEGMENT_IN_PROSE | SEGMENT_INLINE)) && s->text.size <= LABEL_BYTES &&
           form_is_short_name(s->text, LABEL_WORDS);
}

/* Does a label stand in the corner, with nothing or something larger under it? */
static bool is_corner(const finder *f, const cell *c)
{
    const segment *top = &f->s.items[c->parts[0]];
    float used = top->box.y1 - c->box.y0, height = quire_box_height(top->box);
    if (!can_label(top) || top->box.y0 - c->box.y0 > CORNER_TOP * top->size ||
        top->box.x0 - c->box.x0 > CORNER_LEFT * top->size ||
        quire_box_height(c->box) - used < CORNER_ROOM * height)
        return false;
    for (uint32_t i = 1; i < c->part_count; i++) {
        const segment *s = &f->s.items[c->parts[i]];
        if (s->box.y0 < top->box.y0 + 0.5f * height || top->size > SMALL * s->size)
            return false;
    }
    return true;
}

/* Corner cells are believed where most cells with text are such, and some are of different width:
 * those of a table are wide alike, row by row. */
static void find_corners(finder *f)
{
    size_t corners = 0, others = 0, answered = 0;
    for (size_t i = 0; i < f->count; i++) {
        cell *c = &f->cells[i];
        if (c->kind != CELL_TEXT)
            continue;
        bool corner = is_corner(f, c);
        corners += corner;
        others += !corner;
        answered += corner && c->part_count > 1;
        c->kind = corner ? CELL_CORNER : CELL_TEXT;
        c->label = c->parts[0];
    }
    bool small = f->lp->body_size > 0 && answered == 0;
    for (size_t i = 0; small && i < f->count; i++) /* nothing is larger: all must be small print */
        small = f->cells[i].kind != CELL_CORNER || f->s.items[f->cells[i].label].size < 8;
    if (corners >= CORNERS_LEAST && 2 * others <= corners && (answered > 0 || small))
        return;
    for (size_t i = 0; i < f->count; i++)
        if (f->cells[i].kind == CELL_CORNER)
            f->cells[i].kind = CELL_TEXT;
}

/* ---- combs ---- */

static bool fits_comb(const finder *f, const cell *c)
{
    float width = quire_box_width(c->box), height = quire_box_height(c->box);
    bool sized = width < COMB_WIDEST * f->em && height < BOX_TALLEST * f->em &&
                 height < 4 * width && width < 3 * height;
    return sized && c->part_count <= 1 && !c->taken &&
           (c->part_count == 0 || f->s.items[c->parts[0]].text.size <= 4);
}

/* The cell that goes on in the row of `from`; SIZE_MAX: none. */
static size_t next_in_comb(const finder *f, size_t from)
{
    const cell *own = &f->cells[from];
    float width = quire_box_width(own->box);
    for (size_t i = from + 1; i < f->count; i++) {
        const cell *to = &f->cells[i];
        float gap = to->box.x0 - own->box.x1;
        if (to->box.y0 > own->box.y0 + TOUCH)
            return SIZE_MAX;
        if (gap > -TOUCH && gap < COMB_APART * width && fits_comb(f, to) &&
            fabsf(to->box.y1 - own->box.y1) < TOUCH &&
            fabsf(quire_box_width(to->box) - width) < SAME_WIDTH * width + 0.5f)
            return i;
    }
    return SIZE_MAX;
}

/* The characters that stand in the box, from the left, appended to `text`; a space for none.
 * `sure` becomes what the least sure of them is, where that is less. */
static size_t append_cell(const finder *f, quire_box box, char *text, size_t room, float *sure)
{
    const quire_page *page = f->lp->page;
    size_t size = 0;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *g = &page->glyphs[i];
        if (g->flags & (QUIRE_GLYPH_HIDDEN | QUIRE_GLYPH_SPACE))
            continue;
        quire_box at = layout_frame_box(&f->lp->frame, g->box);
        if (!quire_box_holds_point(box, (at.x0 + at.x1) / 2, (at.y0 + at.y1) / 2) ||
            size + g->text_size > room)
            continue;
        memcpy(text + size, page->text + g->text, g->text_size);
        size += g->text_size;
        *sure = fminf(*sure, (float)g->confidence / 255);
    }
    if (size == 0)
        text[size++] = ' ';
    return size;
}

enum { COMB_MOST = 64, CELL_BYTES = 8 };

/* Cells of the comb that begins with `first`; their number. */
static size_t follow_comb(const finder *f, size_t first, size_t members[COMB_MOST])
{
    size_t count = 0;
    for (size_t at = first; at != SIZE_MAX && count < COMB_MOST; at = next_in_comb(f, at))
        members[count++] = at;
    return count;
}

/* ---- fields ---- */

/* `sure`: of what was read; 1 where it was not. */
static void add_field(finder *f, quire_field *field, quire_box box, quire_text value, float sure)
{
    form_value read = form_value_read(f->lp->scratch, value, f->order);
    field->type = QUIRE_FIELD_KEY_VALUE;
    field->page = f->lp->page->number;
    field->box = layout_frame_box_back(&f->lp->frame, box);
    if (value.size > 0) {
        field->value = quire_arena_text(f->lp->scratch, value.data, value.size);
        field->value_type = read.type;
        field->normalised = read.normalised;
    }
    field->confidence = value.size > 0 ? 0.9f * sure : 0.8f;
    form_sign(f->lp, field, field->box, false);
    quire_document_add_field(f->window->document, field);
}

static quire_field new_field(const finder *f)
{
    bool read = f->lp->word_count > 0 && f->lp->words[0].flags & WORD_RECOGNISED;
    return (quire_field){.source = read ? QUIRE_FIELD_OF_OCR : QUIRE_FIELD_OF_TEXT_LAYER,
                         .label_box = quire_box_empty()};
}

/* The lines in a cell but for its label; marks them, and the label, as used. */
static quire_text take_parts(finder *f, const cell *c, bool labelled)
{
    size_t size = 1, at = 0;
    for (uint32_t i = labelled; i < c->part_count; i++)
        size += f->s.items[c->parts[i]].text.size + 1;
    char *text = quire_arena_take(f->lp->scratch, size);
    for (uint32_t i = labelled; i < c->part_count; i++) {
        segment *s = &f->s.items[c->parts[i]];
        const segment *before = i > labelled ? &f->s.items[c->parts[i - 1]] : NULL;
        if (before)
            text[at++] = segments_share_row(before, s) ? ' ' : '\n';
        memcpy(text + at, s->text.data, s->text.size);
        at += s->text.size;
        s->flags |= SEGMENT_USED;
    }
    return (quire_text){text, at};
}

/* A label that stands beside a box, outside of all others; NULL: none. */
static segment *box_label(const finder *f, quire_box box)
{
    segment *found = form_label_near(f->s, box);
    if (!found || !can_label(found))
        return NULL;
    for (size_t i = 0; i < f->count; i++)
        if (holds(f->cells[i].box, found))
            return NULL;
    return found;
}

static void name_field(const finder *f, quire_field *field, segment *asks)
{
    quire_text name = form_label_text(asks->text);
    field->label = quire_arena_text(f->lp->scratch, name.data, name.size);
    field->label_box = layout_frame_box_back(&f->lp->frame, asks->box);
    asks->flags |= SEGMENT_USED | SEGMENT_LABEL;
}

static void add_corner(finder *f, const cell *c)
{
    segment *asks = &f->s.items[c->label];
    quire_field field = new_field(f);
    name_field(f, &field, asks);
    quire_box room = {c->box.x0, asks->box.y1, c->box.x1, c->box.y1};
    add_field(f, &field, room, take_parts(f, c, true), 1);
}

static void add_comb(finder *f, const size_t *members, size_t count)
{
    quire_field field = new_field(f);
    quire_box box = f->cells[members[0]].box;
    char *text = quire_arena_take(f->lp->scratch, count * CELL_BYTES + 1);
    size_t size = 0;
    float sure = 1;
    for (size_t i = 0; i < count; i++) {
        cell *c = &f->cells[members[i]];
        box = quire_box_union(box, c->box);
        size += append_cell(f, c->box, text + size, CELL_BYTES, &sure);
        c->kind = CELL_COMB;
        c->taken = true;
    }
    while (size > 0 && text[size - 1] == ' ')
        size--;
    segment *asks = box_label(f, box);
    if (!asks)
        return;
    for (size_t i = 0; i < count; i++)
        take_parts(f, &f->cells[members[i]], false);
    name_field(f, &field, asks);
    add_field(f, &field, box, (quire_text){text, size}, sure);
}

static void add_combs(finder *f)
{
    size_t members[COMB_MOST];
    for (size_t i = 0; i < f->count; i++) {
        size_t count = fits_comb(f, &f->cells[i]) ? follow_comb(f, i, members) : 0;
        if (count >= COMB_LEAST)
            add_comb(f, members, count);
    }
}

/* Do rules of other cells go on where this one ends? Then it is one of a table. */
static bool has_neighbour(const finder *f, size_t index)
{
    const quire_box *own = &f->cells[index].box;
    for (size_t i = 0; i < f->count; i++) {
        const quire_box *to = &f->cells[i].box;
        bool aside = fabsf(to->x0 - own->x1) < TOUCH || fabsf(own->x0 - to->x1) < TOUCH;
        bool above = fabsf(to->y0 - own->y1) < TOUCH || fabsf(own->y0 - to->y1) < TOUCH;
        if (i != index && ((aside && quire_overlap(to->y0, to->y1, own->y0, own->y1) > TOUCH) ||
                           (above && quire_overlap(to->x0, to->x1, own->x0, own->x1) > TOUCH)))
            return true;
    }
    return false;
}

static bool is_box(const finder *f, size_t index)
{
    const cell *c = &f->cells[index];
    float width = quire_box_width(c->box), height = quire_box_height(c->box);
    return c->kind != CELL_COMB && c->kind != CELL_CORNER && !c->taken &&
           width > BOX_SHORTEST * f->em && width < BOX_WIDEST * f->em &&
           height < BOX_TALLEST * f->em && width > 1.5f * height && !has_neighbour(f, index);
}

/* What asks itself is no answer, and an answer is given once. */
static bool holds_answer(const finder *f, const cell *c)
{
    for (uint32_t i = 0; i < c->part_count; i++) {
        uint32_t flags = f->s.items[c->parts[i]].flags;
        if (flags & SEGMENT_USED || (flags & SEGMENT_LABEL && flags & SEGMENT_COLON))
            return false;
    }
    return true;
}

/* On a scan, where frames are many and few of them whole, only what is known to ask does. */
static void add_box(finder *f, const cell *c)
{
    segment *asks = box_label(f, c->box);
    if (!asks || !holds_answer(f, c) ||
        (asks->flags & SEGMENT_RECOGNISED && !(asks->flags & SEGMENT_LABEL)))
        return;
    quire_field field = new_field(f);
    name_field(f, &field, asks);
    add_field(f, &field, c->box, take_parts(f, c, false), 1);
}

void form_add_places(layout_window *window, layout_page *lp, segments s, day_order order)
{
    finder f = {.window = window, .lp = lp, .s = s, .order = order};
    f.em = lp->body_size > 0 ? lp->body_size : 10;
    if (lp->page->rule_count < 4 || lp->page->rule_count > MOST_RULES)
        return;
    find_cells(&f);
    if (f.count == 0 || s.count > MOST_LOOKS / f.count)
        return;
    fill_cells(&f);
    add_combs(&f);
    f.count = f.closed;
    find_corners(&f);
    for (size_t i = 0; i < f.count; i++) {
        if (f.cells[i].kind == CELL_CORNER)
            add_corner(&f, &f.cells[i]);
        else if (is_box(&f, i))
            add_box(&f, &f.cells[i]);
    }
}
