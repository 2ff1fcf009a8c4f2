/*
 * Rows: lines of text on one baseline, and which of them make one row of a table.
 *
 *     key one     text that goes on      1,652    row of text 1 \ row of the table
 *                 in a second line                row of text 2 /
 *     key two     text                     650    row of text 3
 *
 * A row of text belongs to the row above it when its first column is empty and few others are
 * filled, or when it stands much closer than rows of this table do; a rule always parts.
 */
#include "layout/tables/tables.h"

#define TIGHT 0.8f /* of the usual distance of full rows: closer lines belong together */
#define CLOSE 1.45f /* ems: largest leading within a cell */
#define INSIDE 1.0f /* points by which a line may stand out of its table */

static bool is_inside(const layout_page *lp, const line *l, quire_box box)
{
    if (l->area >= 0 && lp->areas[l->area].kind != AREA_CARD)
        return false;
    float x = box_middle_x(l->box), y = box_middle_y(l->box);
    return quire_box_holds_point(box, x, y);
}

static void end_row(table_finder *f, text_row *row)
{
    row->end = (uint32_t)f->inside_count;
    if (row->end > row->first)
        f->rows[f->row_count++] = *row;
}

void layout_gather_rows(table_finder *f, quire_box box)
{
    const layout_page *lp = f->lp;
    text_row row = {0};
    uint32_t at_row = UINT32_MAX;
    float sizes = 0;
    uint32_t characters = 0;
    f->inside_count = f->row_count = 0;
    for (uint32_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (!is_inside(lp, l, box))
            continue;
        if (l->row != at_row) {
            end_row(f, &row);
            row = (text_row){
                (uint32_t)f->inside_count, 0, l->box.y0, l->box.y1, l->baseline, 0, 0, 0};
            at_row = l->row;
        }
        row.top = fminf(row.top, l->box.y0);
        row.bottom = fmaxf(row.bottom, l->box.y1);
        sizes += l->size * (float)l->characters;
        characters += l->characters;
        f->inside[f->inside_count++] = i;
    }
    end_row(f, &row);
    f->size = characters ? sizes / (float)characters : lp->body_size;
}

bool layout_is_numeric(const layout_page *lp, const word *w)
{
    char text[16];
    size_t size = layout_word_text(lp, w, text, sizeof text), digits = 0, letters = 0;
    for (size_t i = 0; i < size; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
        letters += (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
    }
    return digits > 0 && letters <= 1;
}

void layout_fill_rows(table_finder *f, const float *xs, size_t columns)
{
    const layout_page *lp = f->lp;
    for (size_t r = 0; r < f->row_count; r++) {
        text_row *row = &f->rows[r];
        uint64_t wordy = 0;
        row->filled = 0;
        for (uint32_t i = row->first; i < row->end; i++) {
            const line *l = &lp->lines[f->inside[i]];
            for (uint32_t w = l->first; w < l->end; w++) {
                float x = box_middle_x(lp->words[w].box);
                uint64_t column = (uint64_t)1 << interval_of(xs, columns, x);
                row->filled |= column;
                wordy |= layout_is_numeric(lp, &lp->words[w]) ? 0 : column;
            }
        }
        row->numeric = row->filled & ~wordy;
        row->is_spanner = row->end - row->first == 1 && __builtin_popcountll(row->filled) > 1;
    }
}

/* ---- which rows of text belong together ---- */

typedef struct row_joiner {
    const table_finder *f;
    const float *breaks;
    size_t break_count, columns;
    float usual; /* distance of full rows that follow each other; 0: not known */
} row_joiner;

static bool is_full(const row_joiner *j, const text_row *row)
{
    size_t filled = (size_t)__builtin_popcountll(row->filled);
    return (row->filled & 1) && filled * 2 >= j->columns && filled > 1;
}

static bool has_break(const row_joiner *j, const text_row *above, const text_row *row)
{
    for (size_t i = 0; i < j->break_count; i++)
        if (j->breaks[i] > above->baseline - 1 && j->breaks[i] < row->baseline - 1)
            return true;
    return false;
}

/* Median distance of neighbouring full rows. */
static float usual_distance(const row_joiner *j, size_t first, size_t end)
{
    size_t count = 0;
    sort_key *keys = quire_arena_array(j->f->lp->scratch, sort_key, end - first);
    for (size_t r = first + 1; r < end; r++) {
        const text_row *row = &j->f->rows[r], *above = row - 1;
        if (is_full(j, row) && is_full(j, above))
            keys[count++] = (sort_key){sort_key_of(row->baseline - above->baseline), (uint32_t)r};
    }
    if (count == 0)
        return 0;
    layout_sort_by_key(j->f->lp->scratch, keys, count);
    const text_row *median = &j->f->rows[keys[count / 2].index];
    return median->baseline - median[-1].baseline;
}

static bool starts_lower(const table_finder *f, const text_row *row)
{
    quire_text text = f->lp->lines[f->inside[row->first]].text;
    size_t at = 0;
    return text.size && quire_is_lower(quire_utf8_next(text.data, text.size, &at));
}

/* Nearer to the row above than to the one below. */
static bool leans_up(const row_joiner *j, size_t r, size_t end)
{
    const text_row *row = &j->f->rows[r];
    if (r + 1 >= end)
        return true;
    float up = row->baseline - row[-1].baseline, down = row[1].baseline - row->baseline;
    return up <= down + 0.15f * j->f->size;
}

static bool belongs_above(const row_joiner *j, size_t r, size_t end)
{
    const text_row *row = &j->f->rows[r], *above = row - 1;
    float distance = row->baseline - above->baseline;
    if (has_break(j, above, row))
        return false;
    if (distance > CLOSE * j->f->size)
        return false;
    size_t filled = (size_t)__builtin_popcountll(row->filled);
    if (filled > 1 && row->numeric & above->numeric) /* no number goes on in the next line */
        return false;
    bool tight = j->usual > 0 && distance < TIGHT * j->usual;
    if (!(row->filled & 1) && filled * 2 < j->columns)
        return leans_up(j, r, end);
    if (row->filled == 1)
        return tight || starts_lower(j->f, row);
    return tight && leans_up(j, r, end);
}

size_t layout_join_rows(const table_finder *f, size_t first, size_t end, const float *breaks,
                        size_t break_count, size_t columns, float *ys)
{
    row_joiner j = {f, breaks, break_count, columns, 0};
    j.usual = usual_distance(&j, first, end);
    size_t rows = 0;
    for (size_t r = first; r < end; r++) {
        if (r > first && belongs_above(&j, r, end))
            continue;
        ys[rows++] =
            r == first ? f->rows[r].top - INSIDE : (f->rows[r - 1].bottom + f->rows[r].top) / 2;
    }
    ys[rows] = end > first ? f->rows[end - 1].bottom + INSIDE : 0;
    return rows;
}
