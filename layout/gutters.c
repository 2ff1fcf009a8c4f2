/*
 * Gutters: tall white between columns of text.
 *
 *     +-------------------------+
 *     |  a title over them all  |
 *     +----------+##+-----------+   ## closed above by the title,
 *     | column   |##| column    |      left and right by text
 *     | of text  |##+-----------+
 *     |          |##| figure    |
 *     +----------+##+-----------+
 *
 * All maximal empty rectangles are grown in one sweep from the top (after Breuel's whitespace
 * covers, with the search replaced by a sweep that keeps a bounded number of open rectangles): an
 * atom closes those it touches and leaves what is left of them to its sides open, and below it a
 * new one opens. A gutter needs text on both sides, and that text must read downwards: cells of a
 * table, whose rows stand side by side, are parted by gutters too, but are read along the row.
 */
#include "layout/order.h"
#include "layout/stage_dump.h"

#include <string.h>

enum { MOST_OPEN = 48, MOST_CLOSED = 24, MOST_TALL = 32, LEAST_ROWS = 3 };

#define WIDTH_LEAST 5.0f /* points */
#define WIDTH_LEAST_EM 0.7f
#define HEIGHT_LEAST_EM 3.0f
#define PROSE_CHARACTERS 20.0f /* a line, on the average */
#define PROSE_FILL 0.6f /* of its column's width */
#define SHORT_CHARACTERS 10.0f /* scraps: marks of an axis, numbers */
#define SAME_BASELINE_EM 0.25f
#define MATCHED_MOST 0.8f /* of rows, where one side is prose */
#define MATCHED_MOST_SHORT 0.6f /* where neither is */

typedef struct sweep {
    const layout_page *lp;
    const atom *atoms;
    size_t count;
    quire_box region;
    float width_least, height_least, em;
    quire_box open[MOST_OPEN];
    size_t open_count;
    quire_box closed[MOST_CLOSED];
    size_t closed_count;
    const atom *tall[MOST_TALL]; /* that reach below the atom at hand */
    size_t tall_count;
} sweep;

/* ---- growing rectangles ---- */

static void close_rectangle(sweep *s, quire_box box, float bottom)
{
    box.y1 = bottom;
    bool at_edge = box.x0 <= s->region.x0 || box.x1 >= s->region.x1;
    if (at_edge || quire_box_height(box) < s->height_least)
        return;
    if (s->closed_count < MOST_CLOSED) {
        s->closed[s->closed_count++] = box;
        return;
    }
    size_t least = 0;
    for (size_t i = 1; i < MOST_CLOSED; i++)
        if (quire_box_height(s->closed[i]) < quire_box_height(s->closed[least]))
            least = i;
    if (quire_box_height(s->closed[least]) < quire_box_height(box))
        s->closed[least] = box;
}

static void open_rectangle(sweep *s, quire_box box)
{
    if (quire_box_width(box) < s->width_least)
        return;
    for (size_t i = 0; i < s->open_count; i++) {
        const quire_box *other = &s->open[i];
        if (other->x0 <= box.x0 && other->x1 >= box.x1 && other->y0 <= box.y0)
            return;
    }
    if (s->open_count < MOST_OPEN) {
        s->open[s->open_count++] = box;
        return;
    }
    size_t latest = 0;
    for (size_t i = 1; i < MOST_OPEN; i++)
        if (s->open[i].y0 > s->open[latest].y0)
            latest = i;
    if (s->open[latest].y0 > box.y0)
        s->open[latest] = box;
}

/* Those that `a` touches are closed; what is left of them to its sides comes behind the others. */
static void cut_open(sweep *s, const atom *a)
{
    quire_box touched[MOST_OPEN];
    size_t count = 0, kept = 0;
    for (size_t i = 0; i < s->open_count; i++) {
        quire_box box = s->open[i];
        if (a->box.x1 <= box.x0 || a->box.x0 >= box.x1)
            s->open[kept++] = box;
        else
            touched[count++] = box;
    }
    s->open_count = kept;
    for (size_t i = 0; i < count; i++) {
        quire_box box = touched[i];
        close_rectangle(s, box, a->box.y0);
        open_rectangle(s, (quire_box){box.x0, box.y0, a->box.x0, 0});
        open_rectangle(s, (quire_box){a->box.x1, box.y0, box.x1, 0});
    }
}

/* The white below `a`, as far as earlier atoms that reach further down leave it. */
static void open_below(sweep *s, const atom *a)
{
    quire_box box = {s->region.x0, a->box.y1, s->region.x1, 0};
    float middle = (a->box.x0 + a->box.x1) / 2;
    for (size_t i = 0; i < s->tall_count; i++) {
        quire_box tall = s->tall[i]->box;
        if (tall.y1 <= a->box.y1)
            continue;
        if (tall.x1 <= middle)
            box.x0 = fmaxf(box.x0, tall.x1);
        else if (tall.x0 >= middle)
            box.x1 = fminf(box.x1, tall.x0);
        else
            return;
    }
    open_rectangle(s, box);
}

static void note_tall(sweep *s, const atom *a)
{
    size_t kept = 0;
    for (size_t i = 0; i < s->tall_count; i++)
        if (s->tall[i]->box.y1 > a->box.y0)
            s->tall[kept++] = s->tall[i];
    s->tall_count = kept;
    if (kept < MOST_TALL)
        s->tall[s->tall_count++] = a;
}

static void run_sweep(sweep *s)
{
    open_rectangle(s, (quire_box){s->region.x0, s->region.y0, s->region.x1, 0});
    for (size_t i = 0; i < s->count; i++) {
        cut_open(s, &s->atoms[i]);
        note_tall(s, &s->atoms[i]);
        open_below(s, &s->atoms[i]);
    }
    for (size_t i = 0; i < s->open_count; i++)
        close_rectangle(s, s->open[i], s->region.y1);
}

/* ---- judging one ---- */

typedef struct side {
    size_t rows, matched;
    float characters, widths; /* sums */
    quire_box box;
    bool has_area;
} side;

static bool is_beside(const atom *a, quire_box g)
{
    float middle = (a->box.y0 + a->box.y1) / 2;
    return middle > g.y0 && middle < g.y1;
}

static void look_at_sides(const sweep *s, quire_box g, side sides[2])
{
    sides[0] = sides[1] = (side){.box = quire_box_empty()};
    for (size_t i = 0; i < s->count; i++) {
        const atom *a = &s->atoms[i];
        if (!is_beside(a, g))
            continue;
        if (a->kind == ATOM_RULE)
            continue;
        side *at = &sides[a->box.x0 >= g.x1 - 0.1f];
        at->box = quire_box_union(at->box, a->box);
        at->has_area |= a->kind == ATOM_AREA;
        at->rows++;
        at->characters += (float)a->characters;
        at->widths += quire_box_width(a->box);
    }
}

/* Counts the rows of each side that stand on a baseline of the other. Atoms are sorted by their
 * upper edge, so a match is near. */
static void match_rows(const sweep *s, quire_box g, side sides[2])
{
    enum { LOOK_AHEAD = 12 };
    for (size_t i = 0; i < s->count; i++) {
        const atom *a = &s->atoms[i];
        if (!is_beside(a, g) || a->kind != ATOM_LINE)
            continue;
        bool right = a->box.x0 >= g.x1 - 0.1f;
        bool found = false;
        size_t from = i > LOOK_AHEAD ? i - LOOK_AHEAD : 0;
        for (size_t j = from; j < s->count && j <= i + LOOK_AHEAD && !found; j++) {
            const atom *b = &s->atoms[j];
            found = b->kind == ATOM_LINE && (b->box.x0 >= g.x1 - 0.1f) != right &&
                    fabsf(a->baseline - b->baseline) <= SAME_BASELINE_EM * fminf(a->size, b->size);
        }
        sides[right].matched += found;
    }
}

static float mean_characters(const side *at)
{
    return at->characters / (float)at->rows;
}

static bool is_prose(const side *at)
{
    return mean_characters(at) >= PROSE_CHARACTERS &&
           at->widths / (float)at->rows >= PROSE_FILL * quire_box_width(at->box);
}

static float matched_share(const side *at)
{
    return (float)at->matched / (float)at->rows;
}

static bool is_too_thin(const side *at)
{
    return at->rows == 0 || (at->rows < LEAST_ROWS && !at->has_area);
}

static bool is_scrap(const side *at)
{
    return mean_characters(at) < SHORT_CHARACTERS;
}

/* The last line left of the gutter and the first right of it: which gutter it is. */
static void texts_of(const sweep *s, quire_box g, quire_text texts[2])
{
    for (size_t i = 0; i < s->count; i++) {
        const atom *a = &s->atoms[i];
        if (!is_beside(a, g) || a->kind != ATOM_LINE)
            continue;
        bool right = a->box.x0 >= g.x1 - 0.1f;
        if (!right || texts[1].size == 0)
            texts[right] = s->lp->lines[a->index].text;
    }
}

static void tell_gutter(const sweep *s, quire_box g, side sides[2], bool verdict)
{
    static const char *const names[] = {
        "width",         "height",        "rows left",   "rows right", "letters left",
        "letters right", "prose left",    "prose right", "areas left", "areas right",
        "matched left",  "matched right", NULL};
    const side *l = &sides[0], *r = &sides[1];
    quire_text texts[2] = {0};
    if (l->rows == 0 || r->rows == 0)
        return;
    texts_of(s, g, texts);
    if (l->matched + r->matched == 0)
        match_rows(s, g, sides);
    const float values[] = {quire_box_width(g) / s->em,
                            quire_box_height(g) / s->em,
                            (float)l->rows,
                            (float)r->rows,
                            mean_characters(l),
                            mean_characters(r),
                            is_prose(l),
                            is_prose(r),
                            l->has_area,
                            r->has_area,
                            matched_share(l),
                            matched_share(r)};
    layout_tell_features(s->lp, verdict, names, values, texts[0], texts[1]);
}

/* Text on both sides, that is read down one side and then the other. */
static bool sides_read_downwards(const sweep *s, quire_box g, side sides[2])
{
    look_at_sides(s, g, sides);
    const side *left = &sides[0], *right = &sides[1];
    if (is_too_thin(left) || is_too_thin(right))
        return false;
    bool prose_left = is_prose(left), prose_right = is_prose(right);
    if ((prose_left || left->has_area) && (prose_right || right->has_area))
        return true;
    if (!prose_left && !prose_right && (is_scrap(left) || is_scrap(right)))
        return false;
    match_rows(s, g, sides);
    if (prose_left || prose_right)
        return matched_share(prose_left ? right : left) < MATCHED_MOST;
    return fmaxf(matched_share(left), matched_share(right)) < MATCHED_MOST_SHORT;
}

static bool reads_downwards(const sweep *s, quire_box g)
{
    side sides[2];
    bool verdict = sides_read_downwards(s, g, sides);
    if (layout_tells_features(s->lp, "order"))
        tell_gutter(s, g, sides, verdict);
    return verdict;
}

/* Tall first; of equal height the wider one. */
static float quality(const sweep *s, quire_box g)
{
    return quire_box_height(g) * (1 + 0.1f * fminf(quire_box_width(g) / s->em, 4));
}

static float median_size(quire_arena *scratch, const atom *atoms, size_t count)
{
    quire_arena_mark mark = quire_arena_position(scratch);
    sort_key *keys = quire_arena_array(scratch, sort_key, count);
    size_t used = 0;
    for (size_t i = 0; i < count; i++)
        if (atoms[i].size > 0)
            keys[used++] = (sort_key){sort_key_of(atoms[i].size), (uint32_t)i};
    layout_sort_by_key(scratch, keys, used);
    float size = used ? atoms[keys[used / 2].index].size : 10;
    quire_arena_reset(scratch, mark);
    return size;
}

static bool is_full(const sweep *s, quire_box g)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->atoms[i].box.x0 < g.x1 && s->atoms[i].box.x1 > g.x0)
            return false;
    return true;
}

gutter layout_find_gutter(const layout_page *lp, const atom *atoms, size_t count)
{
    sweep s = {.lp = lp, .atoms = atoms, .count = count, .region = quire_box_empty()};
    for (size_t i = 0; i < count; i++)
        s.region = quire_box_union(s.region, atoms[i].box);
    s.em = median_size(lp->scratch, atoms, count);
    s.width_least = fmaxf(WIDTH_LEAST, WIDTH_LEAST_EM * s.em);
    s.height_least = HEIGHT_LEAST_EM * s.em;
    run_sweep(&s);
    gutter best = {0};
    for (size_t i = 0; i < s.closed_count; i++) {
        quire_box g = s.closed[i];
        if (best.found && quality(&s, g) <= quality(&s, best.box))
            continue;
        if (reads_downwards(&s, g))
            best = (gutter){.box = g, .found = true};
    }
    best.is_full = best.found && is_full(&s, best.box);
    return best;
}
