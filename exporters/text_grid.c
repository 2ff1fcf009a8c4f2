/*
 * A page as its paper has it, in a grid of characters: words stand in rows by their baselines, and
 * what begins at one place of the paper begins in one column of the grid, all over the page, so
 * that columns of text and of tables stay columns:
 *
 *     paper                                grid
 *     Field      Crop        Area          Field        Crop      Area
 *     Upper Field    cider    4.2    ->    Upper Field  cider      4.2
 *     Lane End       pasture 11.8          Lane End     pasture   11.8
 *
 * Words that stand close make a segment, which is written with one space between them. A segment
 * has one end that is aligned with others: the left one, or of short ones (numbers) the right one.
 * These ends get their column from left to right: the one that their place on the paper has, or
 * more where a row needs more room for what stands before it. Text that is turned stands below all
 * else.
 */
#include "exporters/inner.h"

#include <math.h>
#include <string.h>

enum {
    MAX_COLUMNS = 512, /* characters to a page's width; a finer print is set closer */
    SHORT = 24, /* characters; of longer ones the left end counts */
    ROWS_ABOVE = 3, /* open rows that a word may belong to */
    NEIGHBOURS = 256, /* words before it that one more must not lie upon */
    MAX_BLANK = 3, /* lines */
    PASSES = 4,
};

#define ASCENT 0.78f /* of the height of a word, above its baseline */
#define TALLEST 1.5f /* of the usual height: initials do not widen a row */
#define OVERLAP 0.5f /* of the lower one of two words in a row */
#define APART 0.7f /* of its height: a gap that is more than a space */
#define TURNED 1.5f /* height by width of three characters or more that must stand on end */
#define SNAP 0.35f /* of a character: ends that are as good as one */
#define SIZE_RANK 0.4f /* of the widths of characters */

typedef struct grid_word {
    const quire_word *word;
    float baseline, top, bottom;
    guint row, order;
} grid_word;

typedef struct grid_row {
    float top, bottom, baseline;
    guint first, end; /* segments */
    guint count; /* words */
} grid_row;

typedef struct grid_segment {
    guint first, end; /* words */
    float x0, x1;
    int length, column;
    int before; /* columns to leave free behind the segment before it; 0: it is the first */
    guint anchor;
    bool from_right;
} grid_segment;

/* An end that segments have in common. */
typedef struct grid_anchor {
    float x;
    int column;
    guint count;
    bool is_right;
} grid_anchor;

typedef struct text_grid {
    GArray *words; /* of grid_word, by row, from left to right */
    GArray *rows, *segments, *anchors;
    GPtrArray *turned; /* of const quire_word * */
    float left, character, height; /* usual width of a character and height of a word */
} text_grid;

#define WORD(grid, i) (&g_array_index((grid)->words, grid_word, i))
#define ROW(grid, i) (&g_array_index((grid)->rows, grid_row, i))
#define SEGMENT(grid, i) (&g_array_index((grid)->segments, grid_segment, i))
#define ANCHOR(grid, i) (&g_array_index((grid)->anchors, grid_anchor, i))

/* ---- measures ---- */

/* Columns of a terminal: East Asian characters take two, accents none. */
static int text_columns(quire_text text)
{
    int columns = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        columns += g_unichar_iszerowidth(c) ? 0 : g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

static gint compare_floats(gconstpointer a, gconstpointer b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return x < y ? -1 : x > y;
}

/* The value that `rank` of all are smaller than; sorts them. */
static float ranked(GArray *values, float rank, float otherwise)
{
    if (values->len == 0)
        return otherwise;
    g_array_sort(values, compare_floats);
    return g_array_index(values, float, (guint)((float)(values->len - 1) * rank));
}

static void measure(text_grid *grid, const quire_page_record *page)
{
    g_autoptr(GArray) heights = g_array_new(FALSE, FALSE, sizeof(float));
    g_autoptr(GArray) widths = g_array_new(FALSE, FALSE, sizeof(float));
    grid->left = INFINITY;
    for (guint i = 0; i < grid->words->len; i++) {
        const quire_word *word = WORD(grid, i)->word;
        float height = word->box.y1 - word->box.y0, width = word->box.x1 - word->box.x0;
        int columns = text_columns(word->text);
        g_array_append_val(heights, height);
        grid->left = quire_smaller(grid->left, word->box.x0);
        width /= (float)MAX(columns, 1);
        if (columns > 1)
            g_array_append_val(widths, width);
    }
    grid->height = quire_larger(ranked(heights, 0.5f, 1), 1);
    grid->character = ranked(widths, SIZE_RANK, grid->height / 2);
    grid->character = quire_larger(grid->character, page->width / MAX_COLUMNS);
}

/* ---- rows ---- */

static bool is_turned(const quire_word *word)
{
    float height = word->box.y1 - word->box.y0, width = word->box.x1 - word->box.x0;
    return height > TURNED * width && quire_utf8_length(word->text.data, word->text.size) > 2;
}

/* Running heads are on the paper; they are left out only where that is asked for. */
static bool is_dropped(const quire_export *job, int32_t page, const quire_word *word)
{
    const quire_document *document = job->document;
    float x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
    if (job->options->headers_footers != QUIRE_DROP)
        return false;
    for (size_t i = 0; i < document->elements.count; i++) {
        const quire_element *element = &document->elements.items[i];
        if (element->page == page && element->layer == QUIRE_LAYER_FURNITURE &&
            quire_box_holds_point(element->box, x, y))
            return true;
    }
    return false;
}

static void gather(text_grid *grid, const quire_export *job, const quire_page_record *page)
{
    for (size_t i = 0; i < page->word_count; i++) {
        const quire_word *word = &page->words[i];
        if (is_dropped(job, page->page, word))
            continue;
        if (is_turned(word)) {
            g_ptr_array_add(grid->turned, (gpointer)word);
            continue;
        }
        grid_word made = {.word = word, .order = (guint)i};
        g_array_append_val(grid->words, made);
    }
}

/* The height that counts for rows, over and under the baseline. */
static void set_band(const text_grid *grid, grid_word *w)
{
    quire_box box = w->word->box;
    float height = quire_smaller(box.y1 - box.y0, TALLEST * grid->height);
    w->baseline = box.y0 + ASCENT * (box.y1 - box.y0);
    w->top = w->baseline - ASCENT * height;
    w->bottom = w->top + height;
}

static gint compare_baselines(gconstpointer a, gconstpointer b)
{
    const grid_word *x = a, *y = b;
    if (x->baseline != y->baseline)
        return x->baseline < y->baseline ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static gint compare_places(gconstpointer a, gconstpointer b)
{
    const grid_word *x = a, *y = b;
    if (x->row != y->row)
        return x->row < y->row ? -1 : 1;
    if (x->word->box.x0 != y->word->box.x0)
        return x->word->box.x0 < y->word->box.x0 ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

/* Does the word lie upon one that is in the row already? */
static bool lies_upon(const text_grid *grid, guint index, guint row)
{
    quire_box box = WORD(grid, index)->word->box;
    for (guint i = index; i-- > 0 && index - i <= NEIGHBOURS;) {
        quire_box other = WORD(grid, i)->word->box;
        if (WORD(grid, i)->row != row)
            continue;
        float shared = quire_smaller(box.x1, other.x1) - quire_larger(box.x0, other.x0);
        if (shared > OVERLAP * quire_smaller(box.x1 - box.x0, other.x1 - other.x0))
            return true;
    }
    return false;
}

/* The open row that the word shares most of its height with; the number of rows: a new one. */
static guint row_for(const text_grid *grid, guint index)
{
    const grid_word *w = WORD(grid, index);
    guint best = grid->rows->len, count = grid->rows->len;
    float most = OVERLAP;
    for (guint i = count > ROWS_ABOVE ? count - ROWS_ABOVE : 0; i < count; i++) {
        const grid_row *row = ROW(grid, i);
        float lower = quire_smaller(w->bottom - w->top, row->bottom - row->top);
        float shared = quire_smaller(w->bottom, row->bottom) - quire_larger(w->top, row->top);
        if (shared < most * lower || lies_upon(grid, index, i))
            continue;
        most = lower > 0 ? shared / lower : OVERLAP;
        best = i;
    }
    return best;
}

/* The tallest word says where a row is: raised ones are not. */
static void make_rows(text_grid *grid)
{
    for (guint i = 0; i < grid->words->len; i++)
        set_band(grid, WORD(grid, i));
    g_array_sort(grid->words, compare_baselines);
    for (guint i = 0; i < grid->words->len; i++) {
        grid_word *w = WORD(grid, i);
        w->row = G_MAXUINT;
        guint index = row_for(grid, i);
        if (index == grid->rows->len) {
            grid_row made = {0};
            g_array_append_val(grid->rows, made);
        }
        grid_row *row = ROW(grid, index);
        w->row = index;
        row->count++;
        if (w->bottom - w->top > row->bottom - row->top) {
            row->top = w->top;
            row->bottom = w->bottom;
            row->baseline = w->baseline;
        }
    }
    g_array_sort(grid->words, compare_places);
}

/* ---- segments ---- */

static void end_segment(text_grid *grid, guint first, guint end)
{
    const grid_row *row = ROW(grid, WORD(grid, first)->row);
    grid_segment made = {.first = first, .end = end, .x0 = WORD(grid, first)->word->box.x0};
    made.x1 = made.x0;
    for (guint i = first; i < end; i++) {
        made.x1 = quire_larger(made.x1, WORD(grid, i)->word->box.x1);
        made.length += text_columns(WORD(grid, i)->word->text) + (i > first);
    }
    if (row->first < grid->segments->len) {
        float gap = made.x0 - SEGMENT(grid, grid->segments->len - 1)->x1;
        made.before = gap > 2 * grid->character ? 2 : 1;
    }
    g_array_append_val(grid->segments, made);
}

static bool goes_on(const grid_word *before, const grid_word *w)
{
    float height = quire_larger(before->bottom - before->top, w->bottom - w->top);
    return w->row == before->row && w->word->box.x0 - before->word->box.x1 < APART * height;
}

static void make_segments(text_grid *grid)
{
    guint first = 0;
    for (guint i = 0; i < grid->words->len; i++) {
        if (i == 0 || WORD(grid, i)->row != WORD(grid, i - 1)->row)
            ROW(grid, WORD(grid, i)->row)->first = grid->segments->len;
        bool is_last = i + 1 == grid->words->len || !goes_on(WORD(grid, i), WORD(grid, i + 1));
        if (!is_last)
            continue;
        end_segment(grid, first, i + 1);
        ROW(grid, WORD(grid, i)->row)->end = grid->segments->len;
        first = i + 1;
    }
}

/* ---- columns ---- */

typedef struct segment_end {
    float x;
    guint segment;
} segment_end;

static gint compare_ends(gconstpointer a, gconstpointer b)
{
    const segment_end *x = a, *y = b;
    if (x->x != y->x)
        return x->x < y->x ? -1 : 1;
    return x->segment < y->segment ? -1 : x->segment > y->segment;
}

static bool takes_right(const text_grid *grid, const grid_segment *segment, guint on_right)
{
    return segment->length <= SHORT && on_right > ANCHOR(grid, segment->anchor)->count;
}

/* Joins ends that are as good as one to anchors; segments with more company on their right side
 * leave the left one. */
static void join_ends(text_grid *grid, bool is_right)
{
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(segment_end));
    for (guint i = 0; i < grid->segments->len; i++) {
        segment_end made = {is_right ? SEGMENT(grid, i)->x1 : SEGMENT(grid, i)->x0, i};
        g_array_append_val(ends, made);
    }
    g_array_sort(ends, compare_ends);
    for (guint first = 0, end; first < ends->len; first = end) {
        grid_anchor made = {.x = g_array_index(ends, segment_end, first).x, .is_right = is_right};
        for (end = first; end < ends->len; end++) {
            if (g_array_index(ends, segment_end, end).x - made.x > SNAP * grid->character)
                break;
        }
        made.count = end - first;
        made.column = (int)lroundf((made.x - grid->left) / grid->character);
        g_array_append_val(grid->anchors, made);
        for (guint i = first; i < end; i++) {
            grid_segment *segment = SEGMENT(grid, g_array_index(ends, segment_end, i).segment);
            if (is_right && !takes_right(grid, segment, made.count))
                continue;
            segment->anchor = grid->anchors->len - 1;
            segment->from_right = is_right;
        }
    }
}

static int column_of(const text_grid *grid, const grid_segment *segment)
{
    int column = ANCHOR(grid, segment->anchor)->column;
    return segment->from_right ? MAX(column - segment->length, 0) : column;
}

/* Moves anchors to the right until every row has room; true when one was moved. Rows are looked at
 * from left to right, so that a pass settles all but what hangs on other rows. */
static bool make_room(text_grid *grid)
{
    bool moved = false;
    for (guint i = 0; i < grid->segments->len; i++) {
        grid_segment *segment = SEGMENT(grid, i);
        int least = 0;
        if (segment->before > 0)
            least = column_of(grid, segment - 1) + segment[-1].length + segment->before;
        int column = column_of(grid, segment);
        if (column >= least)
            continue;
        ANCHOR(grid, segment->anchor)->column += least - column;
        moved = true;
    }
    return moved;
}

/* What stands further to the right on the paper does so in the grid, too. */
static void keep_order(text_grid *grid)
{
    int last[2] = {0, 0};
    for (guint i = 0; i < grid->anchors->len; i++) {
        grid_anchor *anchor = ANCHOR(grid, i);
        anchor->column = last[anchor->is_right] = MAX(anchor->column, last[anchor->is_right]);
    }
}

static void set_columns(text_grid *grid)
{
    join_ends(grid, false);
    join_ends(grid, true);
    for (int pass = 0; pass < PASSES && make_room(grid); pass++)
        keep_order(grid);
    for (guint i = 0; i < grid->segments->len; i++)
        SEGMENT(grid, i)->column = column_of(grid, SEGMENT(grid, i));
}

/* ---- writing ---- */

static bool is_right_to_left(quire_text text)
{
    size_t at = 0;
    uint32_t c = text.size > 0 ? quire_utf8_next(text.data, text.size, &at) : 0;
    return (c >= 0x590 && c < 0x900) || (c >= 0xFB1D && c < 0xFE00) || (c >= 0xFE70 && c < 0xFF00);
}

/* Words of a line that runs to the left are written in the order in which they are read. */
static void append_segment(GString *out, const text_grid *grid, const grid_segment *segment)
{
    guint count = segment->end - segment->first, to_left = 0;
    for (guint i = segment->first; i < segment->end; i++)
        to_left += is_right_to_left(WORD(grid, i)->word->text);
    for (guint i = 0; i < count; i++) {
        guint at = to_left * 2 > count ? segment->end - 1 - i : segment->first + i;
        quire_text text = WORD(grid, at)->word->text;
        if (i > 0)
            g_string_append_c(out, ' ');
        g_string_append_len(out, text.data, (gssize)text.size);
    }
}

static void append_row(GString *out, const text_grid *grid, const grid_row *row)
{
    int column = 0;
    for (guint i = row->first; i < row->end; i++) {
        const grid_segment *segment = SEGMENT(grid, i);
        int place = MAX(segment->column, i > row->first ? column + 1 : 0);
        for (; column < place; column++)
            g_string_append_c(out, ' ');
        append_segment(out, grid, segment);
        column += segment->length;
    }
    g_string_append_c(out, '\n');
}

/* The usual distance of two rows of one column: those of columns side by side may alternate. */
static float usual_pitch(const text_grid *grid)
{
    g_autoptr(GArray) pitches = g_array_new(FALSE, FALSE, sizeof(float));
    for (guint i = 1; i < grid->rows->len; i++) {
        float pitch = ROW(grid, i)->baseline - ROW(grid, i - 1)->baseline;
        if (pitch > grid->height / 2)
            g_array_append_val(pitches, pitch);
    }
    return quire_larger(ranked(pitches, 0.5f, grid->height), grid->height);
}

static void append_rows(GString *out, const text_grid *grid)
{
    float pitch = usual_pitch(grid);
    for (guint i = 0; i < grid->rows->len; i++) {
        const grid_row *row = ROW(grid, i);
        float gap = i > 0 ? (row->baseline - ROW(grid, i - 1)->baseline) / pitch : 1;
        for (long blank = MIN(lroundf(gap) - 1, MAX_BLANK); blank > 0; blank--)
            g_string_append_c(out, '\n');
        append_row(out, grid, row);
    }
    for (guint i = 0; i < grid->turned->len; i++) {
        const quire_word *word = g_ptr_array_index(grid->turned, i);
        if (i == 0 && out->len > 0)
            g_string_append_c(out, '\n');
        g_string_append_len(out, word->text.data, (gssize)word->text.size);
        g_string_append_c(out, i + 1 == grid->turned->len ? '\n' : ' ');
    }
}

void quire_text_grid(GString *out, const quire_export *job, const quire_page_record *page)
{
    text_grid grid = {.words = g_array_new(FALSE, FALSE, sizeof(grid_word)),
                      .rows = g_array_new(FALSE, FALSE, sizeof(grid_row)),
                      .segments = g_array_new(FALSE, FALSE, sizeof(grid_segment)),
                      .anchors = g_array_new(FALSE, FALSE, sizeof(grid_anchor)),
                      .turned = g_ptr_array_new()};
    gather(&grid, job, page);
    measure(&grid, page);
    make_rows(&grid);
    make_segments(&grid);
    set_columns(&grid);
    append_rows(out, &grid);
    g_array_unref(grid.words);
    g_array_unref(grid.rows);
    g_array_unref(grid.segments);
    g_array_unref(grid.anchors);
    g_ptr_array_unref(grid.turned);
}
