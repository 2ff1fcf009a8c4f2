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
#define READS_DOWNWARDS 0.6f /* score of white of which nothing is known */
#define DECIDES 9.0f /* more than all that can speak for or against it */

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

/* ---- cues ---- */

/* White, and what stands at its sides. */
typedef struct view {
    const sweep *s;
    quire_box g;
    side *sides;
    bool matched; /* the rows of the sides were compared */
} view;

static float is_thin(view *v)
{
    float thin = 0;
    for (int i = 0; i < 2; i++)
        if (v->sides[i].rows == 0 || (v->sides[i].rows < LEAST_ROWS && !v->sides[i].has_area))
            thin = 1;
    return thin;
}

static float is_between_text(view *v)
{
    const side *l = &v->sides[0], *r = &v->sides[1];
    return (is_prose(l) || l->has_area) && (is_prose(r) || r->has_area);
}

static float is_beside_prose(view *v)
{
    return is_prose(&v->sides[0]) || is_prose(&v->sides[1]);
}

static float is_beside_scraps(view *v)
{
    bool scraps = mean_characters(&v->sides[0]) < SHORT_CHARACTERS ||
                  mean_characters(&v->sides[1]) < SHORT_CHARACTERS;
    return scraps && !is_beside_prose(v);
}

/* The share of rows that stand on a baseline of the other side: of what is not prose. */
static float is_read_across(view *v)
{
    bool prose[2] = {is_prose(&v->sides[0]), is_prose(&v->sides[1])};
    if (!v->matched)
        match_rows(v->s, v->g, v->sides);
    v->matched = true;
    float left = matched_share(&v->sides[0]), right = matched_share(&v->sides[1]);
    return prose[0] == prose[1] ? fmaxf(left, right) : prose[0] ? right : left;
}

static const struct {
    float weight;
    float (*measure)(view *v);
    const char *name;
} cues[] = {
    {-DECIDES, is_thin, "hardly any text on one side"},
    {DECIDES, is_between_text, "prose or figures on both sides"},
    {-DECIDES, is_beside_scraps, "scraps on one side"},
    {0.2f, is_beside_prose, "prose on one side"},
    {-1.0f, is_read_across, "rows that stand side by side"},
};

enum { CUES = sizeof cues / sizeof *cues };

/* ---- the decision ---- */

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

/* Tells all cues, decided or not, and what they are made of. */
static void tell_gutter(view *v, bool verdict)
{
    enum { SIZES = 6 };
    static const char *const sizes[SIZES] = {"width",      "height",       "rows left",
                                             "rows right", "letters left", "letters right"};
    const side *l = &v->sides[0], *r = &v->sides[1];
    const char *names[CUES + SIZES + 1] = {0};
    float values[CUES + SIZES] = {quire_box_width(v->g) / v->s->em,
                                  quire_box_height(v->g) / v->s->em,
                                  (float)l->rows,
                                  (float)r->rows,
                                  mean_characters(l),
                                  mean_characters(r)};
    quire_text texts[2] = {0};
    if (l->rows == 0 || r->rows == 0)
        return;
    memcpy(names, sizes, sizeof sizes);
    for (size_t i = 0; i < CUES; i++) {
        names[SIZES + i] = cues[i].name;
        values[SIZES + i] = cues[i].measure(v);
    }
    texts_of(v->s, v->g, texts);
    layout_tell_features(v->s->lp, verdict, names, values, texts[0], texts[1]);
}

/* Above 0: text on both sides, that is read down one side and then the other. A cue of a weight
 * that nothing takes back ends the sum. */
static float weigh(view *v)
{
    float score = READS_DOWNWARDS;
    for (size_t i = 0; i < CUES; i++) {
        float weight = cues[i].weight * cues[i].measure(v);
        score += weight;
        if (fabsf(weight) >= DECIDES)
            break;
    }
    return score;
}

static bool reads_downwards(const sweep *s, quire_box g)
{
    side sides[2];
    view v = {.s = s, .g = g, .sides = sides};
    look_at_sides(s, g, sides);
    bool verdict = weigh(&v) > 0;
    if (layout_tells_features(s->lp, "order"))
        tell_gutter(&v, verdict);
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
