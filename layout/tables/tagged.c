/*
 * Tagged tables: what the file's structure tree calls a table (PDF 32000-1, 14.8.4.3.4).
 *
 *     Table -- TR -- TH TH TH        rows and columns from the tree, also where no rule and no
 *           -- TR -- TD TD TD        white parts them; spans, empty cells and headers as stated
 *
 * Trees are made by machines, and not all of them look at the page. So the text has to agree: each
 * column stands to the right of the one before it, each row below, and every word within the lines
 * of the table in the cell that the tree says. A tree that says otherwise is not heard.
 */
#include "layout/tables/tables.h"

#define LEAST_AGREED 0.98f /* of the words */
#define OVERLAP 0.5f /* ems by which the text of two columns may meet */
#define LEAST_STEP 0.01f /* points: the width of a column that holds nothing */

enum {
    MOST_TABLES = 64, /* of a page */
    MOST_CELLS = 20 * 1000, /* of a table over all pages */
};

/* A word of the page, and where it stands in the tree. */
typedef struct tagged_word {
    int32_t cell, table;
} tagged_word;

/* What a cell holds on this page. */
typedef struct held {
    quire_box box;
    float top, bottom; /* middles of its lines */
    uint32_t words;
} held;

typedef struct stated {
    table_finder *f;
    const tagged_word *words;
    int32_t table;
    tag_cell *cells;
    held *held; /* of each cell */
    size_t count;
    uint32_t rows, columns;
    quire_box box;
    uint32_t word_count;
} stated;

static tagged_word *resolve_words(const layout_page *lp)
{
    int32_t *nodes = quire_arena_array(lp->scratch, int32_t, lp->page->tag_count);
    tagged_word *words = quire_arena_array(lp->scratch, tagged_word, lp->word_count);
    layout_tree_resolve(lp->tree, lp->page, nodes);
    for (size_t i = 0; i < lp->word_count; i++) {
        int32_t tag = lp->page->glyphs[lp->words[i].first].tag;
        words[i] = (tagged_word){-1, -1};
        if (tag < 0 || nodes[tag] < 0 ||
            !layout_tree_find_cell(lp->tree, nodes[tag], &words[i].cell, &words[i].table))
            words[i] = (tagged_word){-1, -1};
    }
    return words;
}

static size_t find_cell(const stated *s, int32_t node)
{
    size_t low = 0, high = s->count; /* cells are in the order of the tree */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (s->cells[middle].node < node)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Hands each line's words to their cells. */
static void hold_words(stated *s)
{
    const layout_page *lp = s->f->lp;
    s->box = quire_box_empty();
    for (size_t i = 0; i < s->count; i++)
        s->held[i] = (held){quire_box_empty(), INFINITY, -INFINITY, 0};
    for (size_t i = 0; i < lp->line_count; i++) {
        float middle = box_middle_y(lp->lines[i].box);
        for (uint32_t w = lp->lines[i].first; w < lp->lines[i].end; w++) {
            if (s->words[w].table != s->table)
                continue;
            held *h = &s->held[find_cell(s, s->words[w].cell)];
            h->box = quire_box_union(h->box, lp->words[w].box);
            h->top = fminf(h->top, middle);
            h->bottom = fmaxf(h->bottom, middle);
            h->words++;
            s->word_count++;
            s->box = quire_box_union(s->box, lp->lines[i].box);
        }
    }
}

/* Keeps the rows that have text on this page: a table may go on over several. */
static bool keep_rows(stated *s)
{
    uint32_t first = UINT32_MAX, end = 0;
    size_t kept = 0;
    for (size_t i = 0; i < s->count; i++) {
        if (s->held[i].words == 0)
            continue;
        first = s->cells[i].row < first ? s->cells[i].row : first;
        end = s->cells[i].row + 1 > end ? s->cells[i].row + 1 : end;
    }
    for (size_t i = 0; i < s->count; i++) {
        tag_cell *cell = &s->cells[i];
        if (cell->row < first || cell->row >= end)
            continue;
        cell->row -= first;
        cell->row_span =
            cell->row + cell->row_span > end - first ? end - first - cell->row : cell->row_span;
        uint32_t right = cell->column + cell->column_span;
        s->columns = right > s->columns ? right : s->columns;
        s->held[kept] = s->held[i];
        s->cells[kept++] = *cell;
    }
    s->count = kept;
    s->rows = end > first ? end - first : 0;
    return s->rows >= 2 && s->columns >= 2 && s->rows <= TABLE_ROWS;
}

/* Where something ends before an edge, and where something begins behind it. */
typedef struct gap {
    float from, to;
} gap;

/* The text's own gaps: edges 0 to `count` across the page, or down it. */
static gap *find_gaps(const stated *s, uint32_t count, bool across)
{
    gap *gaps = quire_arena_array(s->f->lp->scratch, gap, count + 1);
    for (uint32_t i = 0; i <= count; i++)
        gaps[i] = (gap){-INFINITY, INFINITY};
    for (size_t i = 0; i < s->count; i++) {
        const tag_cell *c = &s->cells[i];
        const held *h = &s->held[i];
        if (h->words == 0)
            continue;
        uint32_t start = across ? c->column : c->row;
        uint32_t end = start + (across ? c->column_span : c->row_span);
        float from = across ? h->box.x0 : h->top, to = across ? h->box.x1 : h->bottom;
        gaps[start].to = fminf(gaps[start].to, from);
        gaps[end].from = fmaxf(gaps[end].from, to);
    }
    for (uint32_t i = 1; i <= count; i++) {
        gaps[i].from = fmaxf(gaps[i].from, gaps[i - 1].from);
        gaps[count - i].to = fminf(gaps[count - i].to, gaps[count - i + 1].to);
    }
    return gaps;
}

/* Edges in those gaps; NULL: what comes later stands before what comes first. */
static float *find_edges(const stated *s, uint32_t count, bool across)
{
    const gap *gaps = find_gaps(s, count, across);
    float *edges = quire_arena_array(s->f->lp->scratch, float, count + 2);
    float slack = across ? OVERLAP * s->f->size : 0;
    edges[0] = (across ? s->box.x0 : s->box.y0) - 1;
    for (uint32_t i = 1; i < count; i++) {
        if (gaps[i].from > gaps[i].to + slack)
            return NULL;
        float at = isinf(gaps[i].from) ? gaps[i].to : (gaps[i].from + gaps[i].to) / 2;
        edges[i] = fmaxf(isinf(at) ? gaps[i].from : at, edges[i - 1] + LEAST_STEP);
    }
    edges[count] = fmaxf((across ? s->box.x1 : s->box.y1) + 1, edges[count - 1] + LEAST_STEP);
    return edges;
}

static void merge_cells(const stated *s, grid *g)
{
    for (size_t i = 0; i < s->count; i++) {
        const tag_cell *c = &s->cells[i];
        layout_merge_slots(g, c->row, c->column, c->row_span, c->column_span);
    }
}

/* Every word between the outer edges is one of the table, and stands in its own cell. */
static bool text_agrees(const stated *s, const grid *g)
{
    const table_finder *f = s->f;
    uint32_t words = 0, agreed = 0;
    for (size_t i = 0; i < f->inside_count; i++) {
        const line *l = &f->lp->lines[f->inside[i]];
        uint32_t row = interval_of(g->ys, g->rows, box_middle_y(l->box));
        for (uint32_t w = l->first; w < l->end; w++) {
            words++;
            if (s->words[w].table != s->table)
                continue;
            const tag_cell *c = &s->cells[find_cell(s, s->words[w].cell)];
            agreed += g->owner[row * g->columns + f->home[w]] ==
                      g->owner[c->row * g->columns + c->column];
        }
    }
    words = words > s->word_count ? words : s->word_count;
    return words > 0 && (float)agreed >= LEAST_AGREED * (float)words;
}

/* A header without a scope heads its column where the row is one of headers, else its row. */
static quire_cell_kind kind_of(const tag_cell *c, uint32_t header_rows)
{
    if (!c->is_header)
        return QUIRE_CELL_CONTENT;
    bool heads_row = c->scope == QUIRE_SCOPE_ROW ||
                     (c->scope != QUIRE_SCOPE_COLUMN && c->row >= header_rows && c->column == 0);
    return heads_row ? QUIRE_CELL_ROW_HEADER : QUIRE_CELL_COLUMN_HEADER;
}

/* Leading rows that hold headers of columns and nothing else. */
static uint32_t count_header_rows(const stated *s)
{
    uint32_t rows = s->rows;
    for (size_t i = 0; i < s->count; i++)
        if (!s->cells[i].is_header && s->held[i].words > 0 && s->cells[i].row < rows)
            rows = s->cells[i].row;
    return rows < s->rows ? rows : 0;
}

static void state_kinds(const stated *s, grid *g)
{
    uint8_t *kinds = quire_arena_array(s->f->lp->scratch, uint8_t, (size_t)g->rows * g->columns);
    bool any = false;
    uint32_t header_rows = count_header_rows(s);
    for (size_t i = 0; i < s->count; i++) {
        const tag_cell *c = &s->cells[i];
        kinds[c->row * g->columns + c->column] = (uint8_t)kind_of(c, header_rows);
        any |= c->is_header;
    }
    if (!any)
        return;
    g->header_rows = header_rows;
    g->stated_kinds = kinds;
}

static void make_stated(stated *s)
{
    table_finder *f = s->f;
    quire_arena *scratch = f->lp->scratch;
    s->cells = quire_arena_array(scratch, tag_cell, MOST_CELLS);
    s->count = layout_tree_cells(f->lp->tree, s->table, TABLE_COLUMNS, s->cells, MOST_CELLS);
    s->held = quire_arena_array(scratch, held, s->count);
    if (s->count < 4)
        return;
    hold_words(s);
    if (!keep_rows(s))
        return;
    grid g = {.method = "tagged", .stated = true, .rows = s->rows, .columns = s->columns};
    layout_gather_rows(f, s->box);
    g.xs = find_edges(s, s->columns, true);
    g.ys = find_edges(s, s->rows, false);
    if (!g.xs || !g.ys)
        return;
    g.box = (quire_box){g.xs[0], g.ys[0], g.xs[g.columns], g.ys[g.rows]};
    layout_gather_rows(f, g.box);
    layout_fill_rows(f, g.xs, g.columns, false);
    layout_own_slots(scratch, &g);
    merge_cells(s, &g);
    if (!text_agrees(s, &g))
        return;
    state_kinds(s, &g);
    layout_accept_grid(f, &g);
}

void layout_find_tagged(table_finder *f)
{
    const layout_page *lp = f->lp;
    if (!lp->tree || lp->page->tag_count == 0)
        return;
    const tagged_word *words = resolve_words(lp);
    int32_t seen[MOST_TABLES];
    size_t tables = 0;
    for (size_t w = 0; w < lp->word_count && tables < MOST_TABLES; w++) {
        bool known = words[w].table < 0;
        for (size_t i = tables; i-- > 0 && !known;)
            known = seen[i] == words[w].table;
        if (known)
            continue;
        seen[tables++] = words[w].table;
        stated s = {.f = f, .words = words, .table = words[w].table};
        quire_arena_mark mark = quire_arena_position(lp->scratch);
        size_t accepted = f->accepted_count;
        make_stated(&s);
        if (f->accepted_count == accepted) /* an accepted grid lies there */
            quire_arena_reset(lp->scratch, mark);
    }
}
