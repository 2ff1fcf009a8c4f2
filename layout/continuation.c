/*
 * Tables that go on: on the next page, or in the next column.
 *
 *     | No. | Field       |          | No. | Field       |    <- the header, printed again
 *     | 1   | Upper Field |          |     | the bridge  |    <- a row that the page's end parted
 *     | 2   | Land beyond |          | 3   | Long Meadow |
 *     ---------------------          ---------------------
 *
 * Nothing but furniture and notes stands between the parts. They have as many columns, in the same
 * places, and either the same header or none in the second.
 */
#include "layout/passes.h"

#include <string.h>

#define LOW 0.55f /* of the page's height: a table that goes on ends below */
#define HIGH 0.45f /* and its next part begins above */
#define WIDTHS 0.04f /* by which widths of parts differ, of the wider one */

enum { WORD_BYTES = 64 };

/* A table on its page. */
typedef struct part {
    layout_page *lp;
    table *t;
    quire_box box;
} part;

/* ---- what stands between ---- */

static bool is_between(const layout_page *lp, const block *b)
{
    bool is_inner = b->type == QUIRE_TABLE && b->area >= 0 && layout_is_inner_table(lp, b->area);
    return b->layer == QUIRE_LAYER_BODY && !(b->flags & BLOCK_HIDDEN) && !is_inner;
}

/* "Table 3 (continued)" over the next part. */
static bool says_continued(const layout_page *lp, const block *b)
{
    static const char *const says[] = {"ontinued", "ONTINUED", "ont\'d", "(cont", "ortsetzung"};
    if (b->first == b->end || b->end - b->first > 2)
        return false;
    quire_text text = lp->lines[b->first].text;
    for (size_t i = 0; i < sizeof says / sizeof *says; i++)
        if (memmem(text.data, text.size, says[i], strlen(says[i])))
            return true;
    return false;
}

static bool as_part(layout_page *lp, const block *b, part *p)
{
    if (b->type != QUIRE_TABLE || b->area < 0 || !lp->areas[b->area].table)
        return false;
    *p = (part){lp, lp->areas[b->area].table, b->box};
    return true;
}

static bool last_of_page(layout_page *lp, part *p)
{
    for (size_t i = lp->block_count; i-- > 0;)
        if (is_between(lp, &lp->blocks[i]))
            return as_part(lp, &lp->blocks[i], p);
    return false;
}

static bool first_of_page(layout_page *lp, part *p)
{
    for (size_t i = 0; i < lp->block_count; i++)
        if (is_between(lp, &lp->blocks[i]) && !says_continued(lp, &lp->blocks[i]))
            return as_part(lp, &lp->blocks[i], p);
    return false;
}

/* ---- do they belong together? ---- */

static bool same_word(const part *a, uint32_t first, const part *b, uint32_t second)
{
    char one[WORD_BYTES], two[WORD_BYTES];
    size_t size = layout_word_text(a->lp, &a->lp->words[first], one, sizeof one);
    return size == layout_word_text(b->lp, &b->lp->words[second], two, sizeof two) &&
           memcmp(one, two, size) == 0;
}

static bool same_cell(const part *a, const table_cell *one, const part *b, const table_cell *two)
{
    if (one->row != two->row || one->column != two->column || one->row_span != two->row_span ||
        one->column_span != two->column_span || one->end - one->first != two->end - two->first)
        return false;
    for (uint32_t k = 0; k < one->end - one->first; k++)
        if (!same_word(a, a->t->words[one->first + k], b, b->t->words[two->first + k]))
            return false;
    return true;
}

/* Their first rows, that many, say the same, and something. */
static bool same_rows(const part *a, const part *b, uint32_t rows)
{
    uint32_t words = 0;
    for (size_t i = 0; i < a->t->cell_count && i < b->t->cell_count; i++) {
        const table_cell *cell = &a->t->cells[i];
        if (cell->row >= rows)
            return words > 0 && b->t->cells[i].row >= rows;
        if (!same_cell(a, cell, b, &b->t->cells[i]))
            return false;
        words += cell->end - cell->first;
    }
    return false;
}

/* The middle of each column stands within its counterpart. */
static bool same_columns(const part *a, const part *b)
{
    float wider = fmaxf(quire_box_width(a->box), quire_box_width(b->box));
    if (fabsf(quire_box_width(a->box) - quire_box_width(b->box)) > WIDTHS * wider)
        return false;
    for (size_t i = 0; i < a->t->cell_count; i++) {
        const table_cell *one = &a->t->cells[i];
        float middle = (one->box.x0 + one->box.x1) / 2 - a->box.x0 + b->box.x0;
        for (size_t k = 0; k < b->t->cell_count && one->column_span == 1; k++) {
            const table_cell *two = &b->t->cells[k];
            if (two->column_span == 1 && two->column == one->column &&
                (middle < two->box.x0 || middle > two->box.x1))
                return false;
        }
        if (one->row > a->t->header_rows)
            break;
    }
    return true;
}

/* Rows at the top of `b` that repeat the header of `a`. */
static uint32_t repeated_rows(const part *a, const part *b)
{
    uint32_t rows = a->t->header_rows > 0 ? a->t->header_rows : 1;
    return rows < b->t->rows && same_rows(a, b, rows) ? rows : 0;
}

static bool goes_on_below(const part *a, const part *b)
{
    return a->box.y1 > LOW * a->lp->height && b->box.y0 < HIGH * b->lp->height;
}

/* ---- a row in two parts ---- */

static bool is_numeric(const part *p, const table_cell *cell)
{
    char text[WORD_BYTES];
    size_t size =
        layout_word_text(p->lp, &p->lp->words[p->t->words[cell->first]], text, sizeof text);
    for (size_t i = 0; i < size; i++)
        if (text[i] >= '0' && text[i] <= '9')
            return true;
    return false;
}

static table_cell *cell_at(const table *t, uint32_t row, uint32_t column)
{
    for (size_t i = 0; i < t->cell_count; i++)
        if (t->cells[i].row == row && t->cells[i].column == column)
            return &t->cells[i];
    return NULL;
}

/* The first row of `b` under its header goes on with words of the last row of `a`: its key is
 * empty, and what it holds are words below words. */
static bool goes_on_in_row(const part *a, const part *b)
{
    uint32_t row = b->t->repeated_rows, last = a->t->rows - 1, filled = 0;
    if (row + 1 >= b->t->rows)
        return false;
    for (uint32_t c = 0; c < b->t->columns; c++) {
        const table_cell *cell = cell_at(b->t, row, c), *above = cell_at(a->t, last, c);
        if (!cell || !above || cell->row_span > 1 || above->row_span > 1 ||
            cell->column_span != above->column_span)
            return false;
        if (c == 0 && (cell->end > cell->first || above->end == above->first))
            return false;
        if (cell->end == cell->first)
            continue;
        if (above->end == above->first || is_numeric(b, cell))
            return false;
        filled++;
    }
    return filled > 0;
}

static void drop_row(table *t, uint32_t row)
{
    size_t kept = 0;
    for (size_t i = 0; i < t->cell_count; i++) {
        if (t->cells[i].row == row)
            continue;
        t->cells[kept] = t->cells[i];
        t->cells[kept++].row -= t->cells[i].row > row;
    }
    t->cell_count = kept;
    t->rows--;
}

/* The words of the row of `b` become the end of the last row of `a`. */
static void join_row(const part *a, const part *b)
{
    uint32_t row = b->t->repeated_rows, last = a->t->rows - 1;
    for (uint32_t c = 0; c < b->t->columns; c++) {
        const table_cell *cell = cell_at(b->t, row, c);
        table_cell *above = cell_at(a->t, last, c);
        above->tail_first = cell->first;
        above->tail_end = cell->end;
    }
    a->t->tail = b->lp;
    a->t->tail_words = b->t->words;
    drop_row(b->t, row);
}

/* ---- the pass ---- */

static void continue_table(const part *a, const part *b, bool on_next_page)
{
    if (a->t->columns != b->t->columns)
        return;
    uint32_t repeated = repeated_rows(a, b);
    if (repeated == 0 && (b->t->header_rows > 0 || !on_next_page || !goes_on_below(a, b)))
        return;
    if (repeated == 0 && !same_columns(a, b))
        return;
    b->t->continues = true;
    b->t->repeated_rows = repeated;
    b->t->header_rows = repeated;
    for (size_t i = 0; i < b->t->cell_count && b->t->cells[i].row < repeated; i++)
        b->t->cells[i].kind = QUIRE_CELL_COLUMN_HEADER;
    if (on_next_page && goes_on_in_row(a, b))
        join_row(a, b);
}

/* Tables that follow each other in two columns of a page. */
static void continue_in_columns(layout_page *lp)
{
    part before = {0}, here;
    bool has_before = false;
    for (size_t i = 0; i < lp->block_count; i++) {
        if (!is_between(lp, &lp->blocks[i]))
            continue;
        bool is_table = as_part(lp, &lp->blocks[i], &here);
        if (is_table && has_before && here.box.x0 >= before.box.x1 - 1 &&
            here.box.y0 < before.box.y1 - lp->body_size)
            continue_table(&before, &here, false);
        has_before = is_table;
        before = here;
    }
}

void layout_continue_tables(layout_window *w, layout_page *lp)
{
    part here, next;
    continue_in_columns(lp);
    if (w->count > 1 && last_of_page(lp, &here) && first_of_page(w->pages[1], &next))
        continue_table(&here, &next, true);
}
