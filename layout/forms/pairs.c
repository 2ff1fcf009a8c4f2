/*
 * Labels find their values: to the right on the same row, or below.
 *
 *     [Label] -> value          cost: the gap            [Label]     cost: the distance, and
 *                                                           |        how far the edges are from
 *                                                         value      each other
 *
 * The cheapest pair goes first; a value answers one label, a label is answered once.
 */
#include "layout/forms/forms.h"

#define DEAREST 3.0f
#define DEAREST_READ 1.2f /* on scans, without a colon: no dearer pair of 15 was right */
#define GAP_OF_ONE 12.0f /* em that cost 1 to the right */
#define LEAD_OF_ONE 1.5f /* lines that cost 1 below */
#define EDGE_OF_ONE 3.0f /* em between left edges that cost 1 below */
#define BELOW_COST 0.35f /* to the right is the habit */
#define UNKNOWN_COST 0.4f /* a colon alone makes labels of other things, too */
#define PROSE_WORDS 14 /* in a value; more are a sentence */

typedef struct candidate {
    uint32_t label, value;
    float cost;
    bool below;
} candidate;

typedef struct linker {
    const layout_page *lp;
    segments s;
    candidate *candidates;
    size_t count, room;
} linker;

static bool is_label(const segment *s)
{
    return s->flags & SEGMENT_LABEL;
}

static bool is_prose(const segment *s)
{
    size_t words = 1;
    for (size_t i = 0; i < s->text.size; i++)
        words += s->text.data[i] == ' ';
    return words > PROSE_WORDS;
}

static bool has_content(const segment *s)
{
    for (size_t at = 0; at < s->text.size;) {
        uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c))
            return true;
    }
    return false;
}

/* On paper, sentences answer, too, where a colon asks for them. */
static bool asks_for_prose(const segment *question)
{
    return question->flags & SEGMENT_COLON && question->flags & SEGMENT_RECOGNISED;
}

static bool can_answer(const segment *question, const segment *s)
{
    if (asks_for_prose(question))
        return !is_label(s) && has_content(s) && !(s->flags & SEGMENT_HEADS_TABLE);
    return !is_label(s) && !is_prose(s) && has_content(s) &&
           !(s->flags & (SEGMENT_IN_PROSE | SEGMENT_HEADS_TABLE));
}

static void propose(linker *l, size_t question, size_t value, float cost, bool below)
{
    if (!(l->s.items[question].flags & SEGMENT_KNOWN))
        cost += UNKNOWN_COST;
    uint32_t read = l->s.items[question].flags & (SEGMENT_RECOGNISED | SEGMENT_COLON);
    if (cost < (read == SEGMENT_RECOGNISED ? DEAREST_READ : DEAREST) && l->count < l->room)
        l->candidates[l->count++] = (candidate){(uint32_t)question, (uint32_t)value, cost, below};
}

/* The nearest segment to the right on the row; SIZE_MAX: none. */
static size_t right_of(const linker *l, size_t question)
{
    const segment *from = &l->s.items[question];
    size_t best = SIZE_MAX;
    float reach = 2 * from->size;
    for (int step = -1; step <= 1; step += 2) {
        for (size_t i = question + (size_t)step; i < l->s.count; i += (size_t)step) {
            const segment *to = &l->s.items[i];
            if (fabsf(to->box.y1 - from->box.y1) > reach)
                break;
            bool behind = i == question + 1 && to->flags & SEGMENT_INLINE;
            if ((to->box.x0 < from->box.x1 - 0.5f * from->size && !behind) ||
                !segments_share_row(from, to))
                continue;
            if (best == SIZE_MAX || to->box.x0 < l->s.items[best].box.x0)
                best = i;
        }
    }
    return best;
}

/* True where something on the right may answer. */
static bool look_right(linker *l, size_t question)
{
    size_t value = right_of(l, question);
    const segment *from = &l->s.items[question];
    if (value == SIZE_MAX || !can_answer(from, &l->s.items[value]))
        return false;
    const segment *to = &l->s.items[value];
    if (to->flags & SEGMENT_INLINE && value != question + 1)
        return false;
    float gap = quire_larger(0, to->box.x0 - from->box.x1) / from->size;
    propose(l, question, value, to->flags & SEGMENT_INLINE ? 0 : gap / GAP_OF_ONE, false);
    return true;
}

static float below_cost(const segment *from, const segment *to)
{
    float size = from->size;
    float left = fabsf(to->box.x0 - from->box.x0);
    float right = fabsf(to->box.x1 - from->box.x1);
    float centre = fabsf(to->box.x0 + to->box.x1 - from->box.x0 - from->box.x1) / 2;
    float edge = quire_smaller(left, quire_smaller(right, centre));
    float drop = quire_larger(0, to->box.y0 - from->box.y1);
    return BELOW_COST + drop / (LEAD_OF_ONE * size) + edge / (EDGE_OF_ONE * size);
}

/* "(in summer)" under a label of a scanned form remarks on it. */
static bool is_remark(const segment *s)
{
    return s->flags & SEGMENT_RECOGNISED && s->text.size > 2 && s->text.data[0] == '(' &&
           s->text.data[s->text.size - 1] == ')';
}

static void look_below(linker *l, size_t question, bool has_right)
{
    const segment *from = &l->s.items[question];
    float deepest = from->box.y1 + 4 * from->size;
    size_t best = SIZE_MAX;
    float best_cost = DEAREST;
    for (size_t i = question + 1; i < l->s.count && l->s.items[i].box.y1 < deepest; i++) {
        const segment *to = &l->s.items[i];
        if (to->box.y0 < from->box.y1 - 0.4f * from->size ||
            quire_overlap(from->box.x0, from->box.x1, to->box.x0, to->box.x1) <= 0)
            continue;
        float cost = below_cost(from, to);
        if (cost < best_cost) {
            best_cost = cost;
            best = i;
        }
    }
    if (best != SIZE_MAX && can_answer(from, &l->s.items[best]) &&
        !(l->s.items[best].flags & SEGMENT_INLINE) && !(has_right && is_remark(&l->s.items[best])))
        propose(l, question, best, best_cost, true);
}

static size_t choose(linker *l, form_pair *pairs)
{
    quire_arena *scratch = l->lp->scratch;
    sort_key *keys = quire_arena_array(scratch, sort_key, l->count);
    for (size_t i = 0; i < l->count; i++)
        keys[i] = (sort_key){sort_key_of(l->candidates[i].cost), (uint32_t)i};
    layout_sort_by_key(scratch, keys, l->count);
    size_t count = 0;
    for (size_t i = 0; i < l->count; i++) {
        const candidate *c = &l->candidates[keys[i].index];
        segment *question = &l->s.items[c->label], *value = &l->s.items[c->value];
        if ((question->flags | value->flags) & SEGMENT_USED)
            continue;
        question->flags |= SEGMENT_USED;
        value->flags |= SEGMENT_USED;
        pairs[count++] = (form_pair){.label = c->label,
                                     .parts = {c->value},
                                     .part_count = 1,
                                     .below = c->below,
                                     .confidence = 1 - c->cost / (DEAREST + 1)};
    }
    return count;
}

size_t form_link(const layout_page *lp, segments s, form_pair *pairs)
{
    linker l = {.lp = lp, .s = s, .room = 2 * s.count};
    l.candidates = quire_arena_array(lp->scratch, candidate, l.room);
    for (size_t i = 0; i < s.count; i++) {
        uint32_t barred = SEGMENT_HEADS_TABLE | SEGMENT_USED;
        if (!asks_for_prose(&s.items[i]))
            barred |= SEGMENT_IN_PROSE;
        if (!is_label(&s.items[i]) || s.items[i].flags & barred)
            continue;
        look_below(&l, i, look_right(&l, i));
    }
    return l.count > 0 ? choose(&l, pairs) : 0;
}
