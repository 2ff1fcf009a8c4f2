/*
 * Banded tables: lying rules of one width, columns by the text between them.
 *
 *     =========================      top rule
 *      Model     Size    Score
 *     -------------------------      header rule
 *      a         10.7B   74.20
 *      b         30B     68.94
 *     =========================      bottom rule
 *
 * Rules that begin and end together make a stack. A stack whose text falls into columns is a
 * table; where the white between two rules is too tall for it, the stack is cut.
 */
#include "layout/tables/tables.h"

#define SAME_END 3.0f /* points */
#define BAND 1.1f /* of the height of the band above: the next one is not taller */
#define LEADING 2.2f /* ems: the distance of rows without fills */
#define PARTIAL 0.4f /* of the width: the least of a rule above part of a header */
#define KEY_START 0.5f /* ems */
#define STACK 256 /* rules of one table that are looked at */
#define NARROWEST 6.0f /* ems: shorter rules bound no table */

enum {
    PROSE_WORDS = 8,
    MOST_ROWS = 200,
    LEAST_FORM = 4,
    MOST_TRIES = 160, /* of a page */
    LINES_OF_TRY = 1000, /* a try with more of them counts for several */
};

typedef struct stack {
    const wall *rules[STACK];
    size_t count;
} stack;

static bool has_same_ends(const wall *a, const wall *b)
{
    return fabsf(a->from - b->from) <= SAME_END && fabsf(a->to - b->to) <= SAME_END;
}

static void collect_stack(const table_finder *f, size_t first, bool *used, stack *s)
{
    const wall *top = &f->walls.items[first];
    s->count = 0;
    for (size_t i = first; i < f->walls.lying && s->count < STACK; i++) {
        const wall *w = &f->walls.items[i];
        if (used[i] || !has_same_ends(top, w))
            continue;
        used[i] = true;
        s->rules[s->count++] = w;
    }
}

static bool is_inside_accepted(const table_finder *f, const wall *w)
{
    for (size_t i = 0; i < f->accepted_count; i++) {
        quire_box box = f->accepted[i].box;
        if (w->at >= box.y0 - SAME_END && w->at <= box.y1 + SAME_END &&
            quire_overlap(w->from, w->to, box.x0, box.x1) > 0)
            return true;
    }
    return false;
}

/* First row of text below `y`. */
static size_t row_below(const table_finder *f, float y)
{
    size_t r = 0;
    while (r < f->row_count && f->rows[r].baseline < y)
        r++;
    return r;
}

/* ---- headers ---- */

size_t layout_first_body_row(const table_finder *f, quire_box box)
{
    float across[STACK];
    size_t count = layout_walls_across(f, box, 0.8f, across, STACK);
    for (size_t i = 0; i < count; i++) {
        size_t body = row_below(f, across[i]);
        if (body > 0)
            return f->row_count - body >= 2 ? body : 0;
    }
    return 0;
}

typedef struct next_row {
    size_t lines;
    quire_box box;
    bool is_prose;
} next_row;

/* The uppermost row of text in `band`. */
static next_row row_in(const table_finder *f, quire_box band)
{
    const layout_page *lp = f->lp;
    next_row next = {0, quire_box_empty(), false};
    uint32_t row = UINT32_MAX;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (!quire_box_holds_point(band, box_middle_x(l->box), box_middle_y(l->box)))
            continue;
        if (row != UINT32_MAX && l->row != row)
            break;
        row = l->row;
        next.lines++;
        next.box = quire_box_union(next.box, l->box);
        next.is_prose |= l->area >= 0 || l->box.x0 < band.x0 - 1 || l->box.x1 > band.x1 + 1 ||
                         l->end - l->first > PROSE_WORDS;
    }
    return next;
}

/* Under the last band with a fill may come rows without: the last of a zebra, or all under the
 * header. They stand in parts, close below each other. */
static float end_of_rows(const table_finder *f, quire_box box, float height)
{
    float end = box.y1, from = box.y1, reach = fmaxf(BAND * height, LEADING * f->lp->body_size);
    for (int tried = 0, single = 0; tried < MOST_ROWS && single <= 2; tried++) {
        next_row next = row_in(f, (quire_box){box.x0, from, box.x1, from + reach});
        if (next.lines == 0 || next.is_prose)
            break;
        from = next.box.y1;
        single = next.lines == 1 ? single + 1 : 0;
        if (single == 0)
            end = next.box.y1 + 1;
    }
    return end;
}

/* Rows in parts stand between these heights, and none that sticks out. */
static bool has_parted_rows(table_finder *f, quire_box box)
{
    layout_gather_rows(f, box);
    bool is_parted = false;
    for (size_t r = 0; r < f->row_count; r++) {
        const line *first = &f->lp->lines[f->inside[f->rows[r].first]];
        is_parted |= f->rows[r].end - f->rows[r].first > 1 || !layout_is_phrase(f, first);
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++) {
            quire_box b = f->lp->lines[f->inside[i]].box;
            if (b.x0 < box.x0 - SAME_END || b.x1 > box.x1 + SAME_END)
                return false;
        }
    }
    return is_parted;
}

/* A header may begin at rules that leave out its stub, above the first one that goes through. */
static float top_of_header(table_finder *f, quire_box box)
{
    float top = box.y0;
    for (size_t i = f->walls.lying; i-- > 0 && !f->from_fills;) {
        const wall *w = &f->walls.items[i];
        if (w->at >= top || top - w->at > LEADING * f->lp->body_size)
            continue;
        bool is_partial = w->from > box.x0 + SAME_END && w->to <= box.x1 + SAME_END &&
                          w->to - w->from > PARTIAL * quire_box_width(box);
        if (is_partial && !is_inside_accepted(f, w))
            top = w->at;
    }
    quire_box above = {box.x0, top, box.x1, box.y0};
    return top < box.y0 && has_parted_rows(f, above) ? top : box.y0;
}

/* A form to fill in: its header has columns, and its rows only a key. */
static size_t columns_of_form(const table_finder *f, size_t body, quire_box box, float *xs)
{
    const word *words = f->lp->words;
    const line *head = &f->lp->lines[f->inside[0]];
    if (body > 0)
        return layout_find_columns(f, 0, body, box, xs);
    size_t columns = 0;
    xs[columns++] = box.x0 - 1;
    for (uint32_t w = head->first, end; w < head->end && columns < TABLE_COLUMNS; w = end) {
        end = layout_phrase_end(f, head, w);
        if (end < head->end)
            xs[columns++] = (words[end - 1].box.x1 + words[end].box.x0) / 2;
    }
    xs[columns] = box.x1 + 1;
    for (size_t r = 1; r < f->row_count && columns > 1; r++) {
        const line *key = &f->lp->lines[f->inside[f->rows[r].first]];
        if (f->rows[r].end - f->rows[r].first > 1 || key->box.x1 > xs[1] ||
            fabsf(key->box.x0 - head->box.x0) > KEY_START * f->size)
            return 0;
    }
    return f->rows[0].end == 1 && f->row_count >= LEAST_FORM ? columns : 0;
}

/* The table between rules[first] and rules[last]; false when it is none. */
static bool make_banded(table_finder *f, const stack *s, size_t first, size_t last)
{
    quire_arena *scratch = f->lp->scratch;
    const wall *top = s->rules[first], *bottom = s->rules[last];
    quire_box box = {top->from, top->at, top->to, bottom->at};
    box.y0 = top_of_header(f, box);
    if (f->from_fills)
        box.y1 = end_of_rows(f, box, bottom->at - s->rules[last - 1]->at);
    layout_gather_rows(f, box);
    if (f->row_count < (f->from_fills ? 3 : 2) || layout_rows_refuse(f, box))
        return false;
    size_t body = layout_first_body_row(f, box);
    grid g = {.method = "ruled", .box = box};
    g.xs = quire_arena_array(scratch, float, TABLE_COLUMNS + 2);
    g.ys = quire_arena_array(scratch, float, f->row_count + 2);
    g.columns = (uint32_t)layout_find_columns(f, body, f->row_count, box, g.xs);
    if (g.columns < 2)
        g.columns = (uint32_t)columns_of_form(f, body, box, g.xs);
    if (g.columns < 2)
        return false;
    quire_box reached = layout_reach_rows(f, box, (columns_at){g.xs, g.columns},
                                          !f->from_fills && last > first + 1);
    if (reached.y0 < box.y0 || reached.y1 > box.y1) {
        box = g.box = reached;
        layout_gather_rows(f, box);
        g.ys = quire_arena_array(scratch, float, f->row_count + 2);
        body = layout_first_body_row(f, box);
    }
    layout_fill_rows(f, g.xs, g.columns, true);
    float breaks[STACK];
    size_t break_count = layout_walls_across(f, box, 0.5f, breaks, STACK);
    g.rows = (uint32_t)layout_join_rows(f, (row_range){0, f->row_count, body}, breaks, break_count,
                                        (columns_at){g.xs, g.columns}, g.ys);
    layout_own_slots(scratch, &g);
    layout_span_headers(f, &g, body);
    return layout_accept_grid(f, &g);
}

static size_t cost_of_try(const table_finder *f, size_t tries)
{
    size_t cost = 1 + f->inside_count / LINES_OF_TRY;
    return cost < tries ? cost : tries;
}

/* Tries the whole stack, then what is left without its upper or lower rules, as long as tries are
 * left: the lines of a chart make stacks that hold nothing, pair by pair. */
static void try_stack(table_finder *f, const stack *s, size_t *tries)
{
    size_t first = 0;
    while (first + 1 < s->count && *tries > 0) {
        size_t last = s->count - 1;
        while (last > first && *tries > 0 && !make_banded(f, s, first, last)) {
            last--;
            *tries -= cost_of_try(f, *tries);
        }
        first = last > first ? last + 1 : first + 1;
    }
}

void layout_find_banded(table_finder *f)
{
    bool *used = quire_arena_array(f->lp->scratch, bool, f->walls.lying);
    stack s;
    size_t tries = MOST_TRIES;
    for (size_t i = 0; i < f->walls.lying; i++) {
        const wall *w = &f->walls.items[i];
        if (used[i] || is_inside_accepted(f, w) || w->to - w->from < NARROWEST * f->lp->body_size)
            continue;
        collect_stack(f, i, used, &s);
        if (s.count >= 2)
            try_stack(f, &s, &tries);
    }
}
