/*
 * Aligned tables: no rule at all, only lines that stand side by side again and again.
 *
 *     Year   Recovery Rate   Unadjusted Basis
 *     1      .1667           $100,000              a run of rows with
 *     2      .3333           $100,000              several lines each
 *     3      .3333           $100,000
 */
#include "layout/tables/tables.h"

#define LARGEST_GAP 3.0f /* ems between two rows of one table */

enum { PROSE_WORDS = 6, PROSE_CHARACTERS = 42 }; /* in one line: running text beside another */

/* A row of the page: its lines, [first, end). */
typedef struct page_row {
    uint32_t first, end;
    quire_box box;
    uint32_t prose; /* lines that read like running text */
} page_row;

static bool is_taken(const layout_page *lp, const line *l)
{
    if (l->flags & LINE_CODE)
        return true;
    return l->area >= 0 && lp->areas[l->area].kind != AREA_CARD;
}

static page_row *collect_rows(const layout_page *lp, size_t *count)
{
    page_row *rows = quire_arena_array(lp->scratch, page_row, lp->line_count);
    uint32_t at_row = UINT32_MAX;
    *count = 0;
    for (uint32_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (is_taken(lp, l) || l->angle != lp->frame.angle)
            continue;
        if (l->row != at_row || rows[*count - 1].end != i) {
            rows[(*count)++] = (page_row){i, i, l->box, 0};
            at_row = l->row;
        }
        page_row *row = &rows[*count - 1];
        row->end = i + 1;
        row->box = quire_box_union(row->box, l->box);
        row->prose += l->end - l->first >= PROSE_WORDS && l->characters >= PROSE_CHARACTERS;
    }
    return rows;
}

static bool is_parted(const page_row *row)
{
    return row->end - row->first >= 2 && row->prose == 0;
}

/* A single short line within the run's width may go on in a cell. */
static bool may_continue(const page_row *row, quire_box run)
{
    return row->prose == 0 && row->box.x0 >= run.x0 - 2 && row->box.x1 <= run.x1 + 2;
}

/* Last row of the run that begins at `start`, half open. */
static size_t run_end(const layout_page *lp, const page_row *rows, size_t count, size_t start)
{
    size_t end = start + 1;
    quire_box box = rows[start].box;
    float size = lp->lines[rows[start].first].size;
    for (size_t i = start + 1; i < count; i++) {
        if (rows[i].box.y0 - rows[i - 1].box.y1 > LARGEST_GAP * size)
            break;
        if (is_parted(&rows[i])) {
            box = quire_box_union(box, rows[i].box);
            end = i + 1;
        } else if (!may_continue(&rows[i], box) || i + 1 - end > 2) {
            break;
        }
    }
    return end;
}

static void make_aligned(table_finder *f, quire_box box)
{
    quire_arena *scratch = f->lp->scratch;
    box = (quire_box){box.x0 - 1, box.y0 - 1, box.x1 + 1, box.y1 + 1};
    layout_gather_rows(f, box);
    grid g = {.method = "aligned", .box = box};
    g.xs = quire_arena_array(scratch, float, TABLE_COLUMNS + 2);
    g.ys = quire_arena_array(scratch, float, f->row_count + 2);
    g.columns = (uint32_t)layout_find_columns(f, 0, f->row_count, box, g.xs);
    if (g.columns < 2)
        return;
    layout_fill_rows(f, g.xs, g.columns, true);
    g.rows = (uint32_t)layout_join_rows(f, (row_range){0, f->row_count, 0}, NULL, 0,
                                        (columns_at){g.xs, g.columns}, g.ys);
    layout_own_slots(scratch, &g);
    layout_accept_grid(f, &g);
}

void layout_find_aligned(table_finder *f)
{
    size_t count;
    page_row *rows = collect_rows(f->lp, &count);
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        if (!is_parted(&rows[start]))
            continue;
        end = run_end(f->lp, rows, count, start);
        quire_box box = quire_box_empty();
        for (size_t i = start; i < end; i++)
            box = quire_box_union(box, rows[i].box);
        if (end - start >= 3)
            make_aligned(f, box);
    }
}
