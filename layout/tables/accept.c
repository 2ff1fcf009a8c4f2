/*
 * Acceptance: one measure for all candidates. What a table shows: rows and columns that are
 * filled, short cells, numbers, edges that align. What speaks against it: running text in the
 * columns, a drawing's axes, a list.
 */
#include "layout/tables/tables.h"

#include <stdlib.h>

#define LEAST_FILLED 0.25f /* of the cells: emptier grids are drawings or forms */
#define LEAST_FILLED_ALIGNED 0.5f /* without walls */
#define LEAST_ALIGNED_RULED 0.4f
#define MOST_WORDS_RULED 40.0f /* in a cell, on average */
#define MOST_WORDS_ALIGNED 5.0f
#define MOST_FILLED_PLOT 0.8f
#define ALIGN 0.4f /* ems */
#define NUMERIC_SHARE 0.3f
#define DOUBTFUL_SHARE 0.4f /* of the words in a grid */
#define LEAST_SCORE 0.5f
#define SENTENCE 9.0f /* words in a cell beyond the first */
#define BAR_SLACK 1.5f /* points */

enum {
    BOXES_LOOKED_AT = 2000,
    MOST_CODE = 4, /* one row in so many may be code, where cells are not drawn */
    DOUBTFUL = 148, /* confidence of a glyph, of 255: 0.58 */
    PROSE_WORDS = 9, /* in a line over most of the width: running text */
};

typedef struct measure {
    uint32_t cells, filled, numeric, words;
    uint32_t filled_first, numeric_first; /* of them, in the first column */
    uint32_t rows_used, columns_used; /* with at least one filled cell */
    uint32_t rows_parted; /* with several */
    uint32_t largest; /* words in one cell */
    uint32_t labels; /* cells of the first column that are list labels */
    float aligned; /* share of cells that align with their column */
} measure;

typedef struct slot {
    uint32_t words;
    float x0, x1;
    bool numeric, is_label;
} slot;

static void put_word(const table_finder *f, slot *s, const word *w)
{
    const layout_page *lp = f->lp;
    char text[16];
    if (s->words == 0) {
        s->x0 = w->box.x0;
        s->numeric = layout_is_numeric(f, w);
        size_t size = layout_word_text(lp, w, text, sizeof text);
        s->is_label = layout_is_label((quire_text){text, size});
    }
    s->x1 = w->box.x1;
    s->words++;
}

/* A cell that holds a table is filled, though its own text may be empty. */
static void fill_with_inner(const table_finder *f, const grid *g, slot *slots)
{
    for (size_t i = f->inner_first; i < f->inner_end; i++) {
        quire_box box = f->accepted[i].box;
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(box));
        uint32_t column = interval_of(g->xs, g->columns, box_middle_x(box));
        slot *s = &slots[g->owner[row * g->columns + column]];
        if (s->words == 0)
            *s = (slot){.words = 1, .x0 = box.x0, .x1 = box.x1};
    }
}

static slot *fill_slots(const table_finder *f, const grid *g)
{
    const layout_page *lp = f->lp;
    slot *slots = quire_arena_array(lp->scratch, slot, (size_t)g->rows * g->columns);
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &lp->lines[f->inside[i]];
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(l->box));
        for (uint32_t w = l->first; w < l->end; w++) {
            uint32_t column = f->home[w];
            put_word(f, &slots[g->owner[row * g->columns + column]], &lp->words[w]);
        }
    }
    fill_with_inner(f, g, slots);
    return slots;
}

/* Cells of the column whose left, right or middle edge is shared by most. */
static uint32_t count_aligned(const table_finder *f, const grid *g, const slot *slots, uint32_t c)
{
    uint32_t best = 0;
    float near = ALIGN * f->size;
    for (int side = 0; side < 3; side++) {
        for (uint32_t r = 0; r < g->rows && r < 12; r++) { /* some row's edge is the column's */
            const slot *a = &slots[r * g->columns + c];
            uint32_t count = 0;
            for (uint32_t q = 0; q < g->rows && a->words; q++) {
                const slot *b = &slots[q * g->columns + c];
                float of_a = side == 0 ? a->x0 : side == 1 ? a->x1 : (a->x0 + a->x1) / 2;
                float of_b = side == 0 ? b->x0 : side == 1 ? b->x1 : (b->x0 + b->x1) / 2;
                count += b->words && fabsf(of_a - of_b) <= near;
            }
            best = count > best ? count : best;
        }
    }
    return best;
}

static measure measure_grid(const table_finder *f, const grid *g)
{
    measure m = {0};
    slot *slots = fill_slots(f, g);
    uint32_t aligned = 0;
    for (uint32_t i = 0; i < g->rows * g->columns; i++) {
        m.cells += g->owner[i] == i;
        m.filled += slots[i].words > 0;
        m.numeric += slots[i].words && slots[i].numeric;
        m.filled_first += i % g->columns == 0 && slots[i].words > 0;
        m.numeric_first += i % g->columns == 0 && slots[i].words && slots[i].numeric;
        m.words += slots[i].words;
        m.largest = slots[i].words > m.largest ? slots[i].words : m.largest;
        m.labels += i % g->columns == 0 && slots[i].words == 1 && slots[i].is_label;
    }
    for (uint32_t c = 0; c < g->columns; c++) {
        bool used = false;
        for (uint32_t r = 0; r < g->rows; r++)
            used |= slots[r * g->columns + c].words > 0;
        m.columns_used += used;
        aligned += count_aligned(f, g, slots, c);
    }
    for (uint32_t r = 0; r < g->rows; r++) {
        uint32_t used = 0;
        for (uint32_t c = 0; c < g->columns; c++)
            used += slots[r * g->columns + c].words > 0;
        m.rows_used += used > 0;
        m.rows_parted += used > 1;
    }
    m.aligned = m.filled ? (float)aligned / (float)m.filled : 0;
    return m;
}

/* Numbers alone, and places left empty between them: what stands in the gridlines of a chart. */
static bool is_plotted(const measure *m)
{
    return m->numeric == m->filled && (float)m->filled < MOST_FILLED_PLOT * (float)m->cells;
}

/* Labels here and there, as in a diagram: most rows hold one, and no stub begins them. */
static bool is_scattered(const grid *g, const measure *m)
{
    return !g->walled && m->rows_parted * 2 < m->rows_used && m->filled_first < m->rows_used;
}

static bool is_ruled_table(const grid *g, const measure *m)
{
    float least = g->walled ? LEAST_FILLED : LEAST_FILLED_ALIGNED;
    if (m->rows_used < 2 || m->columns_used < 2 || (float)m->filled < least * (float)m->cells)
        return false;
    if (!g->walled && m->aligned < LEAST_ALIGNED_RULED)
        return false;
    if (!g->walled && g->rows == 2 && g->columns == 2 &&
        (float)m->words > MOST_WORDS_ALIGNED * (float)m->filled)
        return false; /* two paragraphs between rules, with a stripe of white by chance */
    if (m->cells >= 6 && (float)m->largest > 0.6f * (float)m->words)
        return false;
    return (float)m->words <= MOST_WORDS_RULED * (float)m->filled && g->columns <= TABLE_COLUMNS;
}

static bool is_aligned_table(const grid *g, const measure *m)
{
    float filled = (float)m->filled, numeric = (float)m->numeric / fmaxf(filled, 1);
    if (m->rows_used < 3 || m->columns_used < 2 || filled < LEAST_FILLED_ALIGNED * (float)m->cells)
        return false;
    if ((float)m->words > MOST_WORDS_ALIGNED * filled || m->aligned < 0.6f)
        return false;
    if (m->labels * 2 > m->rows_used && g->columns == 2)
        return false;
    if (g->columns == 2)
        return m->rows_used >= 4 && numeric >= 0.4f;
    return numeric >= NUMERIC_SHARE || (m->rows_used >= 4 && m->aligned >= 0.8f);
}

/* What the file itself calls a table, and whose text stands in such rows and columns. */
static bool is_stated_table(const measure *m)
{
    return m->rows_used >= 2 && m->columns_used >= 2 &&
           (float)m->filled >= LEAST_FILLED * (float)m->cells &&
           (float)m->words <= MOST_WORDS_RULED * (float)m->filled;
}

static bool is_table(const grid *g, const measure *m)
{
    if (g->stated)
        return is_stated_table(m);
    if (is_plotted(m) || is_scattered(g, m))
        return false;
    return g->method[0] == 'r' ? is_ruled_table(g, m) : is_aligned_table(g, m);
}

/* ---- what is no table ---- */

/* Bars of a chart: filled boxes of one width that stand on one line and differ in height. */
static bool is_bar_beside(quire_box a, quire_box b, bool standing)
{
    float foot = standing ? fabsf(a.y1 - b.y1) : fabsf(a.x0 - b.x0);
    float across_a = standing ? quire_box_width(a) : quire_box_height(a);
    float across_b = standing ? quire_box_width(b) : quire_box_height(b);
    float along_a = standing ? quire_box_height(a) : quire_box_width(a);
    float along_b = standing ? quire_box_height(b) : quire_box_width(b);
    return foot <= BAR_SLACK && fabsf(across_a - across_b) <= BAR_SLACK &&
           fabsf(along_a - along_b) > 2 * BAR_SLACK;
}

/* Three heights at least, so that a header cell beside lower ones is no chart. */
static bool is_bar_of_chart(const layout_page *lp, quire_box box, quire_box bar, bool standing)
{
    float lowest = INFINITY, highest = -INFINITY;
    for (size_t i = 0; i < lp->page->fill_count && i < BOXES_LOOKED_AT; i++) {
        quire_box b = lp->fills[i].box;
        if (!quire_box_overlaps(b, box) || !is_bar_beside(bar, b, standing))
            continue;
        float along = standing ? quire_box_height(b) : quire_box_width(b);
        lowest = fminf(lowest, along);
        highest = fmaxf(highest, along);
    }
    return highest - lowest > 2 * BAR_SLACK;
}

static bool holds_bars(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->page->fill_count && i < BOXES_LOOKED_AT; i++) {
        quire_box bar = lp->fills[i].box;
        if (!quire_box_overlaps(bar, box) || quire_box_area(bar) > 0.5f * quire_box_area(box))
            continue;
        if (is_bar_of_chart(lp, box, bar, true) || is_bar_of_chart(lp, box, bar, false))
            return true;
    }
    return false;
}

/* Many words on end that are no numbers. */
static bool is_prose(const table_finder *f, const line *l)
{
    uint32_t numbers = 0;
    for (uint32_t w = l->first; w < l->end; w++)
        numbers += layout_is_numeric(f, &f->lp->words[w]);
    return l->end - l->first >= PROSE_WORDS && numbers * 2 < l->end - l->first &&
           layout_is_phrase(f, l);
}

/* A title of a figure or table, or running text, between its rows. */
static bool holds_other_text(const table_finder *f, quire_box box)
{
    for (size_t r = 0; r < f->row_count; r++) {
        const text_row *row = &f->rows[r];
        const line *l = &f->lp->lines[f->inside[row->first]];
        if (row->end - row->first > 1)
            continue;
        bool inner = r > 0 && r + 1 < f->row_count;
        if (inner && layout_caption_prefix(l->text) > 0)
            return true;
        if (is_prose(f, l) && quire_box_width(l->box) > 0.7f * quire_box_width(box))
            return true;
    }
    return false;
}

/* A listing: type of one width, and no columns of numbers but those of its lines. */
static bool is_listing(const table_finder *f, const measure *m)
{
    const layout_page *lp = f->lp;
    uint32_t words = 0, fixed = 0;
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &lp->lines[f->inside[i]];
        for (uint32_t w = l->first; w < l->end; w++)
            fixed += (lp->words[w].flags & WORD_MONOSPACE) != 0;
        words += l->end - l->first;
    }
    uint32_t numbers = m->numeric - m->numeric_first;
    return fixed * 2 > words &&
           (float)numbers < NUMERIC_SHARE * (float)(m->filled - m->filled_first);
}

/* Boxes of code with text between them: rows that are code throughout. */
static bool holds_code(const table_finder *f)
{
    size_t rows = 0;
    for (size_t r = 0; r < f->row_count; r++) {
        uint32_t flags = LINE_CODE;
        for (uint32_t i = f->rows[r].first; i < f->rows[r].end; i++)
            flags &= f->lp->lines[f->inside[i]].flags;
        rows += flags != 0;
    }
    return rows * MOST_CODE > f->row_count;
}

/* Titles on the left, page numbers that go up on the right. */
static bool is_contents(const table_finder *f, const grid *g)
{
    int32_t last = 0;
    size_t numbered = 0;
    for (size_t r = 0; r < f->row_count && g->columns == 2; r++) {
        const line *l = &f->lp->lines[f->inside[f->rows[r].end - 1]];
        if (f->rows[r].end - f->rows[r].first < 2 || !layout_is_page_number(l->text))
            continue;
        int32_t value =
            (int32_t)strtol(quire_arena_text(f->lp->scratch, l->text.data, l->text.size), NULL, 10);
        if (value < last)
            return false;
        last = value;
        numbered++;
    }
    return g->columns == 2 && numbered * 10 >= f->row_count * 8;
}

static bool overlaps_accepted(const table_finder *f, quire_box box)
{
    for (size_t i = 0; i < f->accepted_count; i++)
        if ((i < f->inner_first || i >= f->inner_end) &&
            quire_box_overlaps(f->accepted[i].box, box))
            return true;
    return false;
}

bool layout_rows_refuse(const table_finder *f, quire_box box)
{
    return holds_code(f) || holds_other_text(f, box);
}

/*
 * A chart or a drawing that recognition made words of: many of them are read with less confidence
 * than the words of the page are.
 */
static bool is_misread_drawing(const table_finder *f)
{
    const layout_page *lp = f->lp;
    uint32_t words = 0, doubtful = 0;
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &lp->lines[f->inside[i]];
        for (uint32_t w = l->first; w < l->end; w++) {
            const quire_glyph *glyph = &lp->page->glyphs[lp->words[w].first];
            doubtful += glyph->source == QUIRE_UNICODE_OCR && glyph->confidence < DOUBTFUL;
        }
        words += l->end - l->first;
    }
    return (float)doubtful > DOUBTFUL_SHARE * (float)words;
}

/* Most of its lines are of another direction, in which the same walls make a table: see
 * views.c. */
static bool is_sideways(const table_finder *f)
{
    size_t turned = 0;
    for (size_t i = 0; i < f->inside_count; i++)
        turned += f->lp->lines[f->inside[i]].angle != f->lp->frame.angle;
    return turned * 2 > f->inside_count;
}

/* What looks like a table by its grid, but is none by what it holds. */
static bool is_something_else(const table_finder *f, const grid *g, const measure *m)
{
    if (is_sideways(f) || holds_bars(f->lp, g->box) || is_misread_drawing(f))
        return true;
    bool is_drawn = g->walled || g->stated;
    if (!is_drawn && (is_listing(f, m) || layout_rows_refuse(f, g->box)))
        return true;
    return g->method[0] != 'r' && is_contents(f, g);
}

static bool is_possible(const table_finder *f, const grid *g)
{
    return g->rows >= 2 && g->columns >= 2 && (size_t)g->rows * g->columns <= TABLE_ROWS * 8 &&
           f->accepted_count < f->accepted_capacity && !overlaps_accepted(f, g->box);
}

static void note_features(grid *g, const measure *m)
{
    float filled = fmaxf((float)m->filled, 1), rows = fmaxf((float)m->rows_used, 1);
    g->features[FEATURE_WALLED] = g->walled;
    g->features[FEATURE_RULED] = g->method[0] == 'r';
    g->features[FEATURE_FILLED] = filled / fmaxf((float)m->cells, 1);
    g->features[FEATURE_ALIGNED] = fminf(m->aligned, 1);
    g->features[FEATURE_NUMERIC] = (float)m->numeric / filled;
    g->features[FEATURE_PARTED] = (float)m->rows_parted / rows;
    g->features[FEATURE_TERSE] = fmaxf(0, 1 - ((float)m->words / filled - 1) / SENTENCE);
    g->features[FEATURE_HEADED] = g->header_rows > 0;
    g->features[FEATURE_STATED] = g->stated;
}

bool layout_accept_grid(table_finder *f, grid *candidate)
{
    grid *g = candidate;
    if (!is_possible(f, g))
        return false;
    measure m = measure_grid(f, g);
    if (!is_table(g, &m) || is_something_else(f, g, &m))
        return false;
    layout_name_cells(f, g);
    note_features(g, &m);
    g->confidence = layout_score_table(g->features);
    if (g->confidence < LEAST_SCORE)
        return false;
    f->accepted[f->accepted_count++] = *g;
    layout_build_table(f, g);
    return true;
}
