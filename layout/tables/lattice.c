/*
 * Lattices: walls that cross.
 *
 *     +-----+-----+-----+
 *     | a   | b         |      a wall that is missing between two slots
 *     +-----+-----+-----+      makes one cell of them
 *     | c   | d   | e   |
 *     +-----+-----+-----+
 *
 * Walls that touch make a component; its coordinates make a grid. Sides that stay open are closed
 * where the other walls end. A component that stands in one cell of another and touches none of its
 * walls is a table in a table, to depth 2: it takes its lines first. What its text adds to a
 * lattice stands in open_lattice.c.
 */
#include "layout/tables/tables.h"

#include <string.h>

#define TOUCH 3.0f
#define NARROW 4.0f /* points: closer edges are a double line */
#define STUB_REACH 12.0f /* ems from the text of a stub to the frame */

enum {
    STUB_ROWS = 4,
    STUB_WORDS = 6,
    MOST_DEPTH = 2, /* tables in tables */
    MOST_INNER = 256, /* looked at on one page */
};

typedef struct component {
    table_finder *f;
    const uint32_t *root; /* of each wall */
    uint32_t id;
    quire_box box;
    float *xs, *ys;
    size_t x_count, y_count;
    bool *standing; /* rows x (columns + 1): a wall to the left of the slot */
    bool *lying; /* (rows + 1) x columns: a wall above the slot */
    bool *seen; /* by root: was looked at */
    int depth; /* 1: in a cell of another */
} component;

typedef struct stub {
    size_t lines, beside, words;
    float left;
} stub;

static uint32_t find_root(uint32_t *parent, uint32_t i)
{
    while (parent[i] != i) {
        parent[i] = parent[parent[i]];
        i = parent[i];
    }
    return i;
}

static bool walls_touch(const wall *lying, const wall *standing)
{
    return standing->at >= lying->from - TOUCH && standing->at <= lying->to + TOUCH &&
           lying->at >= standing->from - TOUCH && lying->at <= standing->to + TOUCH;
}

/* Roots of the components of walls that touch. */
static uint32_t *join_walls(const table_finder *f)
{
    const walls *all = &f->walls;
    uint32_t *parent = quire_arena_array(f->lp->scratch, uint32_t, all->count);
    for (uint32_t i = 0; i < all->count; i++)
        parent[i] = i;
    for (uint32_t h = 0; h < all->lying; h++) {
        for (uint32_t v = (uint32_t)all->lying; v < all->count; v++) {
            if (all->items[v].at > all->items[h].to + TOUCH)
                break;
            if (walls_touch(&all->items[h], &all->items[v]))
                parent[find_root(parent, h)] = find_root(parent, v);
        }
    }
    for (uint32_t i = 0; i < all->count; i++)
        parent[i] = find_root(parent, i);
    return parent;
}

/* Ascending coordinates, those within NARROW of each other only once. */
static size_t unique_edges(quire_arena *arena, float *edges, size_t count)
{
    sort_key *keys = quire_arena_array(arena, sort_key, count);
    float *copy = quire_arena_array(arena, float, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = edges[i];
        keys[i] = (sort_key){sort_key_of(edges[i]), (uint32_t)i};
    }
    layout_sort_by_key(arena, keys, count);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        float at = copy[keys[i].index];
        if (kept == 0 || at - edges[kept - 1] > NARROW)
            edges[kept++] = at;
    }
    return kept;
}

/* The coordinates of the component's walls, and where the walls that cross them end. */
static void collect_edges(component *c)
{
    const walls *all = &c->f->walls;
    quire_arena *scratch = c->f->lp->scratch;
    c->xs = quire_arena_array(scratch, float, all->count + 3);
    c->ys = quire_arena_array(scratch, float, all->count + 2);
    c->box = quire_box_empty();
    for (size_t i = 0; i < all->count; i++) {
        const wall *w = &all->items[i];
        if (c->root[i] != c->id)
            continue;
        if (w->lies) {
            c->ys[c->y_count++] = w->at;
            c->box = quire_box_union(c->box, (quire_box){w->from, w->at, w->to, w->at});
        } else {
            c->xs[c->x_count++] = w->at;
            c->box = quire_box_union(c->box, (quire_box){w->at, w->from, w->at, w->to});
        }
    }
    c->xs[c->x_count++] = c->box.x0;
    c->xs[c->x_count++] = c->box.x1;
    c->ys[c->y_count++] = c->box.y0;
    c->ys[c->y_count++] = c->box.y1;
    c->x_count = unique_edges(scratch, c->xs, c->x_count);
    c->y_count = unique_edges(scratch, c->ys, c->y_count);
}

static uint32_t nearest_edge(const float *edges, size_t count, float at)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < count; i++)
        if (fabsf(edges[i] - at) < fabsf(edges[best] - at))
            best = i;
    return best;
}

/* Marks which slots have a wall to their left, and which one above. */
static void mark_walls(component *c)
{
    size_t columns = c->x_count - 1, rows = c->y_count - 1;
    c->standing = quire_arena_array(c->f->lp->scratch, bool, rows *(columns + 1));
    c->lying = quire_arena_array(c->f->lp->scratch, bool, (rows + 1) * columns);
    for (size_t i = 0; i < c->f->walls.count; i++) {
        const wall *w = &c->f->walls.items[i];
        if (c->root[i] != c->id)
            continue;
        const float *along = w->lies ? c->xs : c->ys;
        size_t slots = w->lies ? columns : rows;
        uint32_t edge = w->lies ? nearest_edge(c->ys, c->y_count, w->at)
                                : nearest_edge(c->xs, c->x_count, w->at);
        for (size_t s = 0; s < slots; s++) {
            float middle = (along[s] + along[s + 1]) / 2;
            if (w->from > middle || w->to < middle)
                continue;
            if (w->lies)
                c->lying[edge * columns + s] = true;
            else
                c->standing[s * (columns + 1) + edge] = true;
        }
    }
}

/* How far the cell that begins at (row, column) goes to the right, and then down. */
static void extend_cell(const component *c, const grid *g, uint32_t row, uint32_t column,
                        uint32_t *rows, uint32_t *columns)
{
    uint32_t slot = row * g->columns + column;
    *columns = 1;
    while (column + *columns < g->columns &&
           !c->standing[row * (g->columns + 1) + column + *columns] &&
           g->owner[slot + *columns] == slot + *columns)
        (*columns)++;
    *rows = 1;
    for (; row + *rows < g->rows; (*rows)++) {
        uint32_t below = (row + *rows) * g->columns + column;
        for (uint32_t i = 0; i < *columns; i++) {
            bool wall_above = c->lying[(row + *rows) * g->columns + column + i];
            bool wall_inside = i && c->standing[(row + *rows) * (g->columns + 1) + column + i];
            if (wall_above || wall_inside || g->owner[below + i] != below + i)
                return;
        }
    }
}

static void merge_open_slots(const component *c, grid *g)
{
    for (uint32_t row = 0; row < g->rows; row++) {
        for (uint32_t column = 0; column < g->columns; column++) {
            uint32_t slot = row * g->columns + column, rows, columns;
            if (g->owner[slot] != slot)
                continue;
            extend_cell(c, g, row, column, &rows, &columns);
            layout_merge_slots(g, row, column, rows, columns);
        }
    }
}

/* ---- a stub outside of the frame ---- */

/* Lines left of the lattice, and how many of them stand on a baseline of its text. */
static void count_stub(const component *c, const uint8_t *has_text, stub *s)
{
    const layout_page *lp = c->f->lp;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        float y = box_middle_y(l->box);
        if (l->area >= 0 || l->box.x1 > c->box.x0 + TOUCH || y < c->box.y0 || y > c->box.y1)
            continue;
        if (c->box.x0 - l->box.x1 > STUB_REACH * lp->body_size)
            continue;
        s->lines++;
        s->beside += has_text[l->row];
        s->words += l->end - l->first;
        s->left = fminf(s->left, l->box.x0);
    }
}

/* The first column of some tables stands outside of the frame, on the baselines of its rows. */
static bool add_stub(component *c)
{
    const layout_page *lp = c->f->lp;
    stub s = {.left = INFINITY};
    size_t rows = 0;
    uint8_t *has_text = quire_arena_array(lp->scratch, uint8_t, lp->row_count + 1);
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (!quire_box_holds_point(c->box, box_middle_x(l->box), box_middle_y(l->box)))
            continue;
        rows += !has_text[l->row];
        has_text[l->row] = 1;
    }
    if (rows < STUB_ROWS)
        return false;
    count_stub(c, has_text, &s);
    if (s.lines < STUB_ROWS || s.beside * 10 < s.lines * 9 || s.beside * 3 < rows * 2 ||
        s.words > STUB_WORDS * s.lines)
        return false;
    memmove(c->xs + 1, c->xs, c->x_count * sizeof *c->xs);
    c->xs[0] = s.left - 1;
    c->box.x0 = c->xs[0];
    c->x_count++;
    return true;
}

/* The rules of the rows go on into the stub. */
static void wall_stub(component *c)
{
    size_t columns = c->x_count - 1, rows = c->y_count - 1;
    for (size_t r = 0; r <= rows; r++)
        c->lying[r * columns] = true;
    for (size_t r = 0; r < rows; r++)
        c->standing[r * (columns + 1)] = c->standing[r * (columns + 1) + 1] = true;
}

/* ---- a lattice in a cell of another ---- */

static bool holds_box(quire_box outer, quire_box inner)
{
    return inner.x0 > outer.x0 + TOUCH && inner.x1 < outer.x1 - TOUCH &&
           inner.y0 > outer.y0 + TOUCH && inner.y1 < outer.y1 - TOUCH;
}

/* Stands the box in one cell, whose walls it does not touch? */
static bool stands_in_cell(const grid *g, quire_box box)
{
    uint32_t row = interval_of(g->ys, g->rows, box_middle_y(box));
    uint32_t column = interval_of(g->xs, g->columns, box_middle_x(box));
    uint32_t slot = g->owner[row * g->columns + column], rows = 1, columns = 1;
    row = slot / g->columns;
    column = slot % g->columns;
    while (row + rows < g->rows && g->owner[slot + rows * g->columns] == slot)
        rows++;
    while (column + columns < g->columns && g->owner[slot + columns] == slot)
        columns++;
    quire_box cell = {g->xs[column], g->ys[row], g->xs[column + columns], g->ys[row + rows]};
    return holds_box(cell, box);
}

/* No line stands partly in the box and partly beside it: its text can be told from the rest. */
static bool parts_lines(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->line_count; i++) {
        quire_box l = lp->lines[i].box;
        bool sticks_out = l.x0 < box.x0 - TOUCH || l.x1 > box.x1 + TOUCH ||
                          box_middle_y(l) < box.y0 || box_middle_y(l) > box.y1;
        if (sticks_out && l.x1 > box.x0 + TOUCH && l.x0 < box.x1 - TOUCH && l.y1 > box.y0 + TOUCH &&
            l.y0 < box.y1 - TOUCH)
            return false;
    }
    return true;
}

static quire_box box_of_component(const component *c, uint32_t id)
{
    quire_box box = quire_box_empty();
    for (size_t i = 0; i < c->f->walls.count; i++) {
        const wall *w = &c->f->walls.items[i];
        if (c->root[i] == id)
            box = quire_box_union(box, w->lies ? (quire_box){w->from, w->at, w->to, w->at}
                                               : (quire_box){w->at, w->from, w->at, w->to});
    }
    return box;
}

static void make_lattice(component *c);

/* Makes tables of what stands in cells of `g`, before its own lines are gathered. */
static void find_inner(component *c, const grid *g)
{
    table_finder *f = c->f;
    size_t first = f->accepted_count;
    for (size_t i = 0; i < f->walls.lying && f->inner_tried < MOST_INNER; i++) {
        const wall *w = &f->walls.items[i];
        if (c->seen[c->root[i]] || !holds_box(c->box, (quire_box){w->from, w->at, w->to, w->at}))
            continue;
        f->inner_tried++;
        quire_box box = box_of_component(c, c->root[i]);
        if (!stands_in_cell(g, box) || !parts_lines(f->lp, box))
            continue;
        c->seen[c->root[i]] = true;
        component inner = {
            .f = f, .root = c->root, .id = c->root[i], .seen = c->seen, .depth = c->depth + 1};
        make_lattice(&inner);
    }
    f->inner_first = first;
    f->inner_end = f->accepted_count;
}

/* The areas from `first` on but the last one are tables in cells of that. */
static void put_into_cells(layout_page *lp, size_t first)
{
    const table *outer = lp->areas[lp->area_count - 1].table;
    for (size_t i = first; i + 1 < lp->area_count; i++) {
        area *inner = &lp->areas[i];
        inner->parent = (int32_t)lp->area_count - 1;
        for (size_t k = 0; k < outer->cell_count; k++) {
            const table_cell *cell = &outer->cells[k];
            if (!quire_box_holds_point(cell->box, box_middle_x(inner->box),
                                       box_middle_y(inner->box)))
                continue;
            inner->table->in_row = cell->row;
            inner->table->in_column = cell->column;
        }
    }
}

/* ---- all together ---- */

static void accept_lattice(component *c, grid *g)
{
    table_finder *f = c->f;
    layout_gather_rows(f, g->box);
    layout_fill_rows(f, g->xs, g->columns, false);
    if (f->inner_first < f->inner_end) { /* it is as it is drawn */
        layout_accept_grid(f, g);
        return;
    }
    if (layout_strip_notes(f, g)) {
        layout_gather_rows(f, g->box);
        layout_fill_rows(f, g->xs, g->columns, false);
    }
    if (layout_open_columns(f, g))
        return;
    layout_part_cells(f, g);
    layout_split_bands(f, g);
    layout_accept_grid(f, g);
}

static void make_lattice(component *c)
{
    table_finder *f = c->f;
    collect_edges(c);
    if (c->x_count < 3 || c->y_count < 3 || c->x_count > TABLE_COLUMNS || c->y_count > TABLE_ROWS)
        return;
    bool has_stub = c->depth == 0 && add_stub(c);
    mark_walls(c);
    if (has_stub)
        wall_stub(c);
    grid g = {.method = "ruled",
              .walled = true,
              .box = c->box,
              .xs = c->xs,
              .ys = c->ys,
              .columns = (uint32_t)c->x_count - 1,
              .rows = (uint32_t)c->y_count - 1};
    layout_own_slots(f->lp->scratch, &g);
    merge_open_slots(c, &g);
    size_t areas = f->lp->area_count;
    if (c->depth + 1 < MOST_DEPTH && !f->from_fills)
        find_inner(c, &g);
    size_t accepted = f->accepted_count;
    accept_lattice(c, &g);
    if (f->inner_first < f->inner_end && f->accepted_count > accepted)
        put_into_cells(f->lp, areas);
    f->inner_first = f->inner_end = 0;
}

void layout_find_lattices(table_finder *f)
{
    if (f->walls.lying < 2 || f->walls.count - f->walls.lying < 1)
        return;
    uint32_t *root = join_walls(f);
    bool *seen = quire_arena_array(f->lp->scratch, bool, f->walls.count);
    for (size_t i = 0; i < f->walls.count; i++) {
        if (seen[root[i]])
            continue;
        seen[root[i]] = true;
        component c = {.f = f, .root = root, .id = root[i], .seen = seen};
        make_lattice(&c);
    }
}
