/*
 * Forms that ask in tables, on paper: what heads a column asks for all of it, and what leads a row
 * for all that stands behind it.
 *
 *                   Net weight   Per crate        Net weight -> $18,260  $7,915
 *     Mackerel         $18,260       $0.00        Mackerel   -> $18,260  $0.00
 *     Flatfish          $7,915         .06
 */
#include "layout/forms/forms.h"

#include <string.h>

#define COLUMN_SLACK 1.0f /* em by which a cell may miss its head, to either side */
#define ROW_PITCH 2.6f /* em of white between rows */
#define LINE_PITCH 0.7f /* em of white between lines of one head */
#define SAME_EDGE 1.2f /* em between left edges of what leads rows */
#define FIGURES 0.4f /* share of cells with figures in them, least: else it is text in columns */
#define READ 0.02f /* confidence of a cell; less is a speck or a rule */

enum {
    HEAD_WORDS = 6,
    HEADS_LEAST = 2,
    MOST_HEADS = 16,
    ROWS_LEAST = 2, /* under heads */
    LED_ROWS_LEAST = 3, /* without heads */
    CELLS_LEAST = 2, /* behind what leads a row without heads */
    UNLED_MOST = 2, /* rows between two of them */
    ASKING_LEAST = 3, /* segments that ask, on the page */
    MOST_ROWS = 2000,
};

typedef struct row {
    size_t first, end; /* segments */
} row;

typedef struct grid {
    layout_page *lp;
    segments s;
    row *rows;
    size_t row_count;
    form_pair *pairs;
    size_t count, room;
} grid;

static bool is_free(const segment *s)
{
    return s->flags & SEGMENT_RECOGNISED && !(s->flags & (SEGMENT_USED | SEGMENT_IN_PROSE));
}

/* More or less a number, or a sign that stands for one: "-", "N/A". */
static bool is_figure(const segment *s)
{
    size_t letters = 0, figures = 0;
    for (size_t at = 0; at < s->text.size;) {
        uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
        letters += quire_is_letter(c);
        figures += quire_is_digit(c) || c == '$';
    }
    return s->text.size <= 3 || (figures > 0 && 2 * figures >= letters);
}

/* Strokes that were taken for signs; a dash and a ditto mark are answers. */
static bool is_noise(const segment *s)
{
    bool sign = s->text.size == 1 && strchr("-\"$", *s->text.data);
    for (size_t at = 0; at < s->text.size && !sign;) {
        uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
        sign = quire_is_letter(c) || quire_is_digit(c);
    }
    return !sign || s->confidence < READ;
}

/* Words that may head a column or lead a row. */
static bool may_ask(const segment *s)
{
    size_t letters = 0, figures = 0;
    for (size_t at = 0; at < s->text.size;) {
        uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
        letters += quire_is_letter(c);
        figures += quire_is_digit(c);
    }
    return is_free(s) && letters >= 3 && letters >= figures &&
           form_is_short_name(s->text, HEAD_WORDS);
}

static bool is_cell(const segment *s)
{
    return is_free(s) && !is_noise(s) && !(s->flags & SEGMENT_LABEL && s->flags & SEGMENT_COLON);
}

static void find_rows(grid *g)
{
    g->rows =
        quire_arena_array(g->lp->scratch, row, g->s.count < MOST_ROWS ? g->s.count : MOST_ROWS);
    for (size_t i = 0; i < g->s.count; i++) {
        if (is_noise(&g->s.items[i]))
            continue;
        row *last = g->row_count > 0 ? &g->rows[g->row_count - 1] : NULL;
        if (last && segments_share_row(&g->s.items[last->first], &g->s.items[i]))
            last->end = i + 1;
        else if (g->row_count < MOST_ROWS)
            g->rows[g->row_count++] = (row){i, i + 1};
    }
}

static float white_between(const grid *g, const row *above, const row *below)
{
    const segment *a = &g->s.items[above->first], *b = &g->s.items[below->first];
    return (b->box.y0 - a->box.y1) / quire_larger(a->size, 1);
}

/* ---- columns under heads ---- */

typedef struct columns {
    size_t heads[MOST_HEADS]; /* segments, from the left */
    size_t count;
    size_t first_row, end_row; /* of the body */
    size_t cells[MOST_HEADS], figures[MOST_HEADS];
    bool led; /* what the rows have in common stands before the heads */
} columns;

static bool stands_under(const segment *head, const segment *s)
{
    float slack = COLUMN_SLACK * head->size, x = (s->box.x0 + s->box.x1) / 2;
    return x > head->box.x0 - slack && x < head->box.x1 + slack;
}

/* The column that the segment stands in; SIZE_MAX: none, or more than one. */
static size_t column_of(const grid *g, const columns *c, const segment *s)
{
    size_t found = SIZE_MAX;
    for (size_t i = 0; i < c->count; i++) {
        const segment *head = &g->s.items[c->heads[i]];
        bool wide = quire_overlap(head->box.x0, head->box.x1, s->box.x0, s->box.x1) > 0;
        if (!stands_under(head, s) && !wide)
            continue;
        if (found != SIZE_MAX)
            return SIZE_MAX;
        found = i;
    }
    return found;
}

static bool find_heads(const grid *g, const row *r, columns *c)
{
    c->count = 0;
    for (size_t i = r->first; i < r->end && c->count < MOST_HEADS; i++) {
        const segment *s = &g->s.items[i];
        if (is_noise(s))
            continue;
        if (c->count > 0 && s->flags & SEGMENT_INLINE)
            continue; /* "Cost ($)" */
        c->led |= c->count == 0 && s->flags & SEGMENT_COLON;
        if (c->count == 0 && s->flags & SEGMENT_COLON)
            continue;
        if (!may_ask(s) || s->flags & SEGMENT_COLON)
            return false;
        c->heads[c->count++] = i;
    }
    return c->count >= HEADS_LEAST;
}

/* Counts the cells of a row in the columns; false: it is none of theirs. */
static bool add_body_row(const grid *g, columns *c, const row *r)
{
    size_t cells = 0;
    for (size_t i = r->first; i < r->end; i++) {
        const segment *s = &g->s.items[i];
        size_t at = column_of(g, c, s);
        bool leads = s->box.x1 < g->s.items[c->heads[0]].box.x0;
        if (is_noise(s) || leads)
            continue;
        if (at == SIZE_MAX || !is_cell(s))
            return false;
        c->cells[at]++;
        c->figures[at] += is_figure(s);
        cells++;
    }
    return cells > 0;
}

/* Columns of figures, with at most one of words before them: words and figures in turn are labels
 * with their values, and so are two columns that begin with words, unless the rows are named. */
static bool holds_figures(const columns *c)
{
    size_t cells = 0, figures = 0, filled = 0, turns = 0;
    bool words = false, leads = false;
    for (size_t i = 0; i < c->count; i++) {
        if (c->cells[i] == 0)
            continue;
        bool now = 2 * c->figures[i] <= c->cells[i];
        leads |= filled == 0 && now && !c->led;
        turns += words && !now;
        words = now;
        filled++;
        cells += c->cells[i];
        figures += c->figures[i];
    }
    return filled >= HEADS_LEAST + (size_t)leads && turns <= 1 &&
           (float)figures >= FIGURES * (float)cells;
}

static bool find_columns(const grid *g, size_t head_row, columns *c)
{
    *c = (columns){.first_row = head_row + 1};
    if (!find_heads(g, &g->rows[head_row], c))
        return false;
    for (c->end_row = c->first_row; c->end_row < g->row_count; c->end_row++)
        if (white_between(g, &g->rows[c->end_row - 1], &g->rows[c->end_row]) > ROW_PITCH ||
            !add_body_row(g, c, &g->rows[c->end_row]))
            break;
    return c->end_row - c->first_row >= ROWS_LEAST && holds_figures(c);
}

/* Words right above a head are the first line of it. */
static void join_head(grid *g, size_t head_row, size_t index)
{
    segment *head = &g->s.items[index];
    if (head_row == 0 || white_between(g, &g->rows[head_row - 1], &g->rows[head_row]) > LINE_PITCH)
        return;
    for (size_t i = g->rows[head_row - 1].first; i < g->rows[head_row - 1].end; i++) {
        segment *above = &g->s.items[i];
        if (!may_ask(above) || above->flags & SEGMENT_COLON || !stands_under(head, above))
            continue;
        head->text = quire_text_of(quire_arena_printf(g->lp->scratch, "%.*s %.*s",
                                                      (int)above->text.size, above->text.data,
                                                      (int)head->text.size, head->text.data));
        head->box = quire_box_union(head->box, above->box);
        above->flags |= SEGMENT_USED;
        return;
    }
}

static form_pair *add_pair(grid *g, size_t asks)
{
    if (g->count == g->room)
        return NULL;
    g->pairs[g->count] = (form_pair){.label = (uint32_t)asks, .below = true, .confidence = 0.7f};
    return &g->pairs[g->count++];
}

static void add_part(form_pair *pair, size_t index)
{
    if (pair && pair->part_count < PAIR_PARTS)
        pair->parts[pair->part_count++] = (uint32_t)index;
}

static void drop_empty(grid *g, const form_pair *pair)
{
    if (pair && pair->part_count == 0)
        g->count--;
}

/* A cell answers its column and its row: what is in pairs is used when all of them are made. */
static void use_pairs(grid *g, size_t first)
{
    for (size_t i = first; i < g->count; i++) {
        g->s.items[g->pairs[i].label].flags |= SEGMENT_USED | SEGMENT_LABEL;
        for (uint32_t k = 0; k < g->pairs[i].part_count; k++)
            g->s.items[g->pairs[i].parts[k]].flags |= SEGMENT_USED;
    }
}

static void add_column(grid *g, const columns *c, size_t column)
{
    form_pair *pair = add_pair(g, c->heads[column]);
    for (size_t r = c->first_row; r < c->end_row; r++)
        for (size_t i = g->rows[r].first; i < g->rows[r].end; i++)
            if (is_cell(&g->s.items[i]) && column_of(g, c, &g->s.items[i]) == column)
                add_part(pair, i);
    drop_empty(g, pair);
}

/* What leads a row, where nothing heads it, asks for the row. */
static void add_row(grid *g, const row *r, float before)
{
    const segment *leads = &g->s.items[r->first];
    if ((before > 0 && leads->box.x1 >= before) || !may_ask(leads))
        return;
    form_pair *pair = add_pair(g, r->first);
    for (size_t i = r->first + 1; i < r->end; i++)
        if (is_cell(&g->s.items[i]))
            add_part(pair, i);
    drop_empty(g, pair);
}

static void add_columns(grid *g, size_t head_row, const columns *c)
{
    float before = g->s.items[c->heads[0]].box.x0;
    size_t pairs = g->count;
    for (size_t i = 0; i < c->count; i++)
        add_column(g, c, i);
    for (size_t r = c->first_row; r < c->end_row; r++)
        add_row(g, &g->rows[r], before);
    for (size_t i = 0; i < c->count; i++)
        join_head(g, head_row, c->heads[i]);
    use_pairs(g, pairs);
}

/* ---- rows without heads ---- */

/* Cells behind what leads a row; 0 where words stand among them: these ask themselves. */
static size_t cells_behind(const grid *g, const row *r)
{
    size_t cells = 0;
    for (size_t i = r->first + 1; i < r->end; i++) {
        const segment *s = &g->s.items[i];
        if (!is_free(s) || may_ask(s))
            return 0;
        cells += !is_noise(s);
    }
    return cells;
}

/* Does the row begin with words at the edge of the others? */
static bool is_led(const grid *g, const row *r, float edge)
{
    const segment *s = &g->s.items[r->first];
    return may_ask(s) && !(s->flags & SEGMENT_COLON) &&
           fabsf(s->box.x0 - edge) <= SAME_EDGE * s->size;
}

/* Rows from `first` on that begin at one edge with words, most with several cells behind them;
 * their end. */
static size_t follow_rows(const grid *g, size_t first)
{
    float edge = g->s.items[g->rows[first].first].box.x0;
    size_t led = 0, end = first;
    for (size_t at = first; at < g->row_count && at <= end + UNLED_MOST; at++) {
        if ((at > first && white_between(g, &g->rows[at - 1], &g->rows[at]) > ROW_PITCH) ||
            !is_led(g, &g->rows[at], edge))
            break;
        if (cells_behind(g, &g->rows[at]) < CELLS_LEAST)
            continue;
        led++;
        end = at + 1;
    }
    return led >= LED_ROWS_LEAST ? end : first;
}

/* A page that asks nowhere else has tables, and no form. */
static bool is_form(segments s)
{
    size_t asking = 0;
    for (size_t i = 0; i < s.count; i++)
        asking += (s.items[i].flags & (SEGMENT_COLON | SEGMENT_KNOWN)) != 0;
    return s.count > 0 && s.items[0].flags & SEGMENT_RECOGNISED && asking >= ASKING_LEAST;
}

size_t form_link_grids(layout_page *lp, segments s, form_pair *pairs, size_t room)
{
    grid g = {.lp = lp, .s = s, .pairs = pairs, .room = room};
    columns c;
    if (!is_form(s))
        return 0;
    find_rows(&g);
    for (size_t r = 0; r + ROWS_LEAST < g.row_count; r++)
        if (find_columns(&g, r, &c))
            add_columns(&g, r, &c);
    for (size_t r = 0; r < g.row_count; r++) {
        size_t end = follow_rows(&g, r), first = g.count;
        for (size_t i = r; i < end; i++)
            if (cells_behind(&g, &g.rows[i]) > 0)
                add_row(&g, &g.rows[i], -INFINITY);
        use_pairs(&g, first);
        r = end > r ? end - 1 : r;
    }
    return g.count;
}
