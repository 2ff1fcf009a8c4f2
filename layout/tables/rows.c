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
#define BESIDE 0.8f /* ems: lines of other columns that stand between lines */
#define CELL_GAP 0.45f /* ems: wider than a space between words */
#define MOST_SPACE 0.6f /* ems: fonts call a wider one what they like */
#define WIDER 1.25f /* than the gaps within the cells beside */
#define CLOSE 1.45f /* ems: largest leading within a cell */
#define TWO_KINDS 1.25f /* of a distance: the next is of another kind */
#define GO_ON 0.3f
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
            row = (text_row){.first = (uint32_t)f->inside_count,
                             .top = l->box.y0,
                             .bottom = l->box.y1,
                             .baseline = l->baseline};
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

static bool has_digits_alone(const layout_page *lp, const word *w)
{
    char text[16];
    size_t size = layout_word_text(lp, w, text, sizeof text), digits = 0, letters = 0;
    for (size_t i = 0; i < size; i++) {
        digits += text[i] >= '0' && text[i] <= '9';
        letters += (text[i] | 32) >= 'a' && (text[i] | 32) <= 'z';
    }
    return digits > 0 && letters <= 1;
}

bool layout_is_numeric(const table_finder *f, const word *w)
{
    uint8_t *known = &f->numeric[w - f->lp->words];
    if (*known == 0)
        *known = has_digits_alone(f->lp, w) ? 2 : 1;
    return *known == 2;
}

/* Words [first, end) of one phrase that crosses an edge: a gap of theirs at each edge, no narrower
 * than the others, makes them cells of their own. */
static bool falls_apart(const table_finder *f, uint32_t first, uint32_t end)
{
    const word *words = f->lp->words;
    float at_edges = INFINITY, inside = 0;
    bool are_numbers = layout_is_numeric(f, &words[end - 1]);
    for (uint32_t w = first; w + 1 < end; w++) {
        are_numbers &= layout_is_numeric(f, &words[w]);
        float gap = words[w + 1].box.x0 - words[w].box.x1;
        if (f->home[w + 1] > f->home[w] + 1)
            return false;
        if (f->home[w] != f->home[w + 1])
            at_edges = fminf(at_edges, gap);
        else
            inside = fmaxf(inside, gap);
    }
    float space = style_font(f->lp, words[first].style)->space;
    float least = are_numbers ? 0 : fmaxf(CELL_GAP, WIDER * fminf(space, MOST_SPACE)) * f->size;
    return at_edges < INFINITY && at_edges > least && at_edges >= WIDER * inside;
}

/* A phrase stays together: in the column of its middle, unless it falls apart at the edges. */
static void settle_phrase(const table_finder *f, uint32_t first, uint32_t end, const float *xs,
                          size_t columns)
{
    const word *words = f->lp->words;
    if (f->home[first] == f->home[end - 1] || falls_apart(f, first, end))
        return;
    float middle = (words[first].box.x0 + words[end - 1].box.x1) / 2;
    uint32_t column = interval_of(xs, columns, middle);
    for (uint32_t w = first; w < end; w++)
        f->home[w] = (uint8_t)column;
}

static void settle_line(const table_finder *f, const line *l, const float *xs, size_t columns,
                        bool keep_phrases)
{
    for (uint32_t w = l->first; w < l->end; w++)
        f->home[w] = (uint8_t)interval_of(xs, columns, box_middle_x(f->lp->words[w].box));
    for (uint32_t first = l->first, end; keep_phrases && first < l->end; first = end) {
        end = layout_phrase_end(f, l, first);
        settle_phrase(f, first, end, xs, columns);
    }
}

void layout_fill_rows(table_finder *f, const float *xs, size_t columns, bool keep_phrases)
{
    const layout_page *lp = f->lp;
    for (size_t r = 0; r < f->row_count; r++) {
        text_row *row = &f->rows[r];
        uint64_t wordy = 0;
        row->filled = 0;
        for (uint32_t i = row->first; i < row->end; i++) {
            const line *l = &lp->lines[f->inside[i]];
            settle_line(f, l, xs, columns, keep_phrases);
            for (uint32_t w = l->first; w < l->end; w++) {
                uint64_t column = (uint64_t)1 << f->home[w];
                row->filled |= column;
                wordy |= layout_is_numeric(f, &lp->words[w]) ? 0 : column;
            }
        }
        row->numeric = row->filled & ~wordy;
    }
}

/* ---- which rows of text belong together ---- */

typedef struct row_joiner {
    const table_finder *f;
    const float *breaks;
    size_t break_count;
    const float *xs;
    size_t columns;
    size_t body; /* first row of text that is known to be no header */
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

static bool starts_lower(const table_finder *f, const text_row *row)
{
    quire_text text = f->lp->lines[f->inside[row->first]].text;
    size_t at = 0;
    return text.size && quire_is_lower(quire_utf8_next(text.data, text.size, &at));
}

/* Distances of neighbouring full rows between which no rule runs, in order. */
static size_t collect_distances(const row_joiner *j, size_t first, size_t end, float *distances)
{
    quire_arena *scratch = j->f->lp->scratch;
    sort_key *keys = quire_arena_array(scratch, sort_key, end - first);
    float *found = quire_arena_array(scratch, float, end - first);
    size_t count = 0;
    for (size_t r = first + 1; r < end; r++) {
        const text_row *row = &j->f->rows[r], *above = row - 1;
        if (!is_full(j, row) || !is_full(j, above) || has_break(j, above, row))
            continue;
        found[count] = row->baseline - above->baseline;
        keys[count] = (sort_key){sort_key_of(found[count]), (uint32_t)count};
        count++;
    }
    layout_sort_by_key(scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        distances[i] = found[keys[i].index];
    return count;
}

/* Sentences go on from line to line: rows that follow closely begin in lower case. */
static bool go_on(const row_joiner *j, size_t first, size_t end, float tight)
{
    size_t rows = 0, lower = 0;
    for (size_t r = first + 1; r < end; r++) {
        const text_row *row = &j->f->rows[r], *above = row - 1;
        if (row->baseline - above->baseline > tight)
            continue;
        if (row->numeric & above->numeric)
            return false;
        rows++;
        lower += starts_lower(j->f, row);
    }
    return (float)lower >= GO_ON * (float)rows;
}

/* Distance of the rows of the table: the median of full ones, or the wider of two kinds where the
 * closer one is that of lines within cells. */
static float usual_distance(const row_joiner *j, size_t first, size_t end)
{
    float *distances = quire_arena_array(j->f->lp->scratch, float, end - first);
    size_t count = collect_distances(j, first, end, distances);
    for (size_t i = 0; i + 1 < count; i++)
        if (distances[i + 1] > TWO_KINDS * distances[i] && go_on(j, first, end, distances[i]))
            return distances[i + 1];
    return count ? distances[count / 2] : 0;
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

/* Some line of the row above stands over text in several columns of this one. */
static bool covers_columns(const table_finder *f, const text_row *above, const text_row *row,
                           const float *xs, size_t columns)
{
    const word *words = f->lp->words;
    for (uint32_t i = above->first; i < above->end; i++) {
        const line *over = &f->lp->lines[f->inside[i]];
        uint64_t under = 0;
        for (uint32_t k = row->first; k < row->end && layout_is_phrase(f, over); k++) {
            const line *l = &f->lp->lines[f->inside[k]];
            for (uint32_t w = l->first; w < l->end; w++)
                if (quire_overlap(words[w].box.x0, words[w].box.x1, over->box.x0, over->box.x1) > 0)
                    under |= (uint64_t)1 << interval_of(xs, columns, box_middle_x(words[w].box));
        }
        if (under & (under - 1))
            return true;
    }
    return false;
}

/* Each line of one row stands over or under one of the other. */
static bool is_stacked(const table_finder *f, const text_row *row, const text_row *other)
{
    for (uint32_t i = row->first; i < row->end; i++) {
        quire_box box = f->lp->lines[f->inside[i]].box;
        bool meets = false;
        for (uint32_t k = other->first; k < other->end && !meets; k++) {
            quire_box b = f->lp->lines[f->inside[k]].box;
            meets = quire_overlap(box.x0, box.x1, b.x0, b.x1) > 0;
        }
        if (!meets)
            return false;
    }
    return true;
}

/* Lines of one title each, that begin or end together; none spans columns. */
static bool goes_on_in_header(const row_joiner *j, const text_row *above, const text_row *row)
{
    return (is_stacked(j->f, above, row) || is_stacked(j->f, row, above)) &&
           !covers_columns(j->f, above, row, j->xs, j->columns);
}

/* The title of a column that has no other level stands between the levels of its neighbours. */
static bool is_between_levels(const row_joiner *j, size_t r)
{
    const text_row *row = &j->f->rows[r];
    if (r == 0 || r + 1 >= j->body || row->filled & (row[-1].filled | row[1].filled))
        return false;
    return row[1].baseline - row[-1].baseline <= 2 * CLOSE * j->f->size;
}

/* In the body: a line that goes on in few columns, or closer than rows do. */
static bool goes_on_in_body(const row_joiner *j, size_t r, size_t end)
{
    const text_row *row = &j->f->rows[r], *above = row - 1;
    size_t filled = (size_t)__builtin_popcountll(row->filled);
    if (filled > 1 && row->numeric & above->numeric) /* no number goes on in the next line */
        return false;
    bool tight = j->usual > 0 && row->baseline - above->baseline < TIGHT * j->usual;
    bool are_few = filled * 2 < j->columns || (j->columns == 2 && starts_lower(j->f, row));
    if (!(row->filled & 1) && are_few)
        return leans_up(j, r, end);
    if (row->filled == 1)
        return (tight || starts_lower(j->f, row)) && leans_up(j, r, end);
    return tight && leans_up(j, r, end);
}

static bool belongs_above(const row_joiner *j, size_t r, size_t end)
{
    const text_row *row = &j->f->rows[r], *above = row - 1;
    if (is_between_levels(j, r)) /* rules under the upper level end before its column */
        return true;
    if (is_between_levels(j, r - 1))
        above--;
    float distance = row->baseline - above->baseline;
    if (has_break(j, above, row))
        return false;
    if (distance > CLOSE * j->f->size)
        return false;
    if (distance < BESIDE * j->f->size && !(row->filled & above->filled))
        return true;
    if (r < j->body)
        return goes_on_in_header(j, above, row);
    return goes_on_in_body(j, r, end);
}

size_t layout_join_rows(const table_finder *f, row_range range, const float *breaks,
                        size_t break_count, columns_at at, float *ys)
{
    size_t first = range.first, end = range.end;
    row_joiner j = {f, breaks, break_count, at.xs, at.columns, range.body, 0};
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
