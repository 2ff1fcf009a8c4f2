/*
 * What lines to write on ask for, and what stands on them:
 *
 *     Topic  __Sister-chromatid exchanges__      what ends where the line begins asks, what
 *                                                stands on the line answers
 *     Date  _______________                      a line with nothing on it is an empty field
 *     Remarks ____one line_____
 *     __________and another____                  a line without a question goes on
 */
#include "layout/forms/forms.h"

#include <string.h>

#define LABEL_GAP 3.5f /* em from a label to its line */
#define SURE_GAP 14.0f /* the same of one with a colon, or whose words are known */
#define DRAWN_GAP 12.0f /* the same where lines are drawn, and none is missed or broken */
#define NEXT_LINE 3.0f /* em from a line to the one that it goes on in */
#define WRITTEN_GAP 2.0f /* em between words that were written one behind the other */
#define SPACE 0.6f /* em between words of one sentence */
#define BESIDE 1.5f /* em from what is written on a line to what goes on behind it */
#define CONFIDENCE 0.85f

enum {
    LABEL_WORDS = 9,
    ASKING_WORDS = 16,
    MOST_IN_ROW = 64,
    LABELS_LEAST = 2,
    SHORT_WORD = 3 /* "No" answers, too */
};

typedef struct asker {
    layout_page *lp;
    const write_lines *lines;
    segments s;
    form_pair *pairs;
    size_t count, room;
} asker;

/* Capitals and signs begin labels; what goes on from another line is a sentence. */
static bool begins_label(const segment *s)
{
    size_t at = 0;
    uint32_t c = quire_utf8_next(s->text.data, s->text.size, &at);
    return !quire_is_letter(c) || !quire_is_lower(c);
}

static bool is_sure(const segment *s)
{
    return s->flags & (SEGMENT_COLON | SEGMENT_KNOWN);
}

/* On paper, a colon asks in prose, too, and in whole sentences. */
static bool can_ask(const segment *s)
{
    bool colon = s->flags & SEGMENT_COLON && s->flags & SEGMENT_RECOGNISED;
    uint32_t barred =
        SEGMENT_USED | SEGMENT_HEADS_TABLE | SEGMENT_INLINE | (colon ? 0 : SEGMENT_IN_PROSE);
    return !(s->flags & barred) && form_is_short_name(s->text, colon ? ASKING_WORDS : LABEL_WORDS);
}

/* Of two rows, the one that stands on the line; of two segments in a row, the last. */
static bool is_nearer(const segment *s, const segment *best, float y)
{
    if (segments_share_row(s, best))
        return s->box.x1 > best->box.x1;
    return fabsf(s->box.y1 - 0.2f * s->size - y) < fabsf(best->box.y1 - 0.2f * best->size - y);
}

/* The segment that ends where the line begins; SIZE_MAX: none. */
static size_t label_of(const asker *a, size_t index)
{
    const write_line *own = &a->lines->items[index];
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < a->s.count; i++) {
        const segment *s = &a->s.items[i];
        float gap = own->x0 - s->box.x1, base = s->box.y1 - 0.2f * s->size;
        bool drawn = !(s->flags & SEGMENT_RECOGNISED);
        float most = is_sure(s) ? SURE_GAP : drawn ? DRAWN_GAP : LABEL_GAP;
        if (drawn && !begins_label(s))
            continue;
        if (s->line == (int32_t)index || !can_ask(s) || gap > most * s->size ||
            gap < -1.5f * s->size || fabsf(base - own->y) > 0.75f * s->size)
            continue;
        if (best == SIZE_MAX || is_nearer(s, &a->s.items[best], own->y))
            best = i;
    }
    return best;
}

static bool has_content(quire_text text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c) || c == '$')
            return true;
    }
    return false;
}

/* Strokes that were taken for signs; a dash and a ditto mark are answers, as a cross is. */
static bool is_noise(quire_text text)
{
    return !has_content(text) && !(text.size == 1 && strchr("-\"", *text.data));
}

static bool has_label(const asker *a, int32_t index)
{
    return index >= 0 && a->lines->items[index].label != UINT32_MAX;
}

/* Does another question begin with the segment? What a colon ends may be written on a line, too. */
static bool asks_too(const asker *a, size_t index, size_t line_index)
{
    const segment *s = &a->s.items[index];
    bool written = s->line == (int32_t)line_index;
    if (s->flags & SEGMENT_LABEL && !written && (s->flags & SEGMENT_COLON || s->line < 0))
        return true;
    for (size_t i = 0; i < a->lines->count; i++)
        if (a->lines->items[i].label == index)
            return true;
    return false;
}

/* Is the segment written on the line, or beside it in its row? */
static bool stands_by(const asker *a, const segment *s, size_t index)
{
    const write_line *own = &a->lines->items[index];
    float base = s->box.y1 - 0.2f * s->size;
    return s->line == (int32_t)index ||
           (base > own->y - WRITTEN_ABOVE * s->size && base < own->y + WRITTEN_UNDER * s->size);
}

/* The segments on the line and beside it, from `x` on, from the left; their number. */
static size_t find_row(const asker *a, size_t index, float x, sort_key keys[MOST_IN_ROW])
{
    size_t count = 0;
    for (size_t i = 0; i < a->s.count && count < MOST_IN_ROW; i++) {
        const segment *s = &a->s.items[i];
        if (s->box.x0 > x - 0.5f * s->size && stands_by(a, s, index))
            keys[count++] = (sort_key){sort_key_of(s->box.x0), (uint32_t)i};
    }
    if (count > 1)
        layout_sort_by_key(a->lp->scratch, keys, count);
    return count;
}

/* Does the segment end what is written on the line, which reached up to `reach`? On a line that
 * goes on in another, what a colon ends begins anew; behind an answer, what is known to ask does.
 */
static bool ends_answer(const asker *a, const form_pair *pair, size_t index, size_t line_index,
                        float reach)
{
    const segment *s = &a->s.items[index];
    uint32_t asked = s->flags & (SEGMENT_LABEL | SEGMENT_COLON | SEGMENT_KNOWN);
    bool anew = asked == (SEGMENT_LABEL | SEGMENT_COLON | SEGMENT_KNOWN) ||
                (asked == (SEGMENT_LABEL | SEGMENT_KNOWN) && s->flags & SEGMENT_RECOGNISED &&
                 s->text.size > SHORT_WORD);
    if (anew && pair->part_count > 0)
        return true;
    bool goes_on = s->line >= 0 && !has_label(a, s->line);
    return s->flags & SEGMENT_USED || asks_too(a, index, line_index) ||
           (s->box.x0 > reach + BESIDE * s->size && !goes_on);
}

/* Adds what stands on the line to the pair, and beside it, from `x` on, up to another question. */
static void add_answers(asker *a, form_pair *pair, size_t index, float x)
{
    sort_key keys[MOST_IN_ROW];
    size_t count = find_row(a, index, x, keys);
    float reach = a->lines->items[index].x1;
    for (size_t i = 0; i < count && pair->part_count < PAIR_PARTS; i++) {
        segment *s = &a->s.items[keys[i].index];
        bool nothing = pair->part_count > 0 ? !has_content(s->text) : is_noise(s->text);
        if (nothing || keys[i].index == pair->label)
            continue;
        if (ends_answer(a, pair, keys[i].index, index, reach))
            return;
        s->flags |= SEGMENT_USED;
        reach = quire_larger(reach, s->box.x1);
        pair->parts[pair->part_count++] = keys[i].index;
    }
}

/* The line below that has no question of its own and begins no further right than a label would;
 * SIZE_MAX: none. */
static size_t next_line(const asker *a, size_t index)
{
    const write_line *own = &a->lines->items[index];
    float em = a->lp->body_size > 0 ? a->lp->body_size : 10;
    for (size_t i = index + 1; i < a->lines->count; i++) {
        const write_line *below = &a->lines->items[i];
        if (below->y - own->y > NEXT_LINE * em)
            break;
        if (below->y - own->y > 0.5f * em && below->x0 < own->x0 + 2 * em && below->x1 > own->x0 &&
            fabsf(below->x1 - own->x1) < 4 * em)
            return below->label == UINT32_MAX ? i : SIZE_MAX;
    }
    return SIZE_MAX;
}

static bool has_text(const asker *a, size_t index)
{
    for (size_t i = 0; i < a->s.count; i++)
        if (a->s.items[i].line == (int32_t)index)
            return true;
    return false;
}

/* Is the line no longer than the words on it, which go on behind the label as in a sentence? */
static bool is_underline(const asker *a, size_t index)
{
    const write_line *own = &a->lines->items[index];
    const segment *label_at = &a->s.items[own->label];
    if (label_at->flags & (SEGMENT_COLON | SEGMENT_KNOWN))
        return false;
    for (size_t i = 0; i < a->s.count; i++) {
        const segment *s = &a->s.items[i];
        bool ends = s->line == (int32_t)index && s->box.x1 > own->x1 - SPACE * s->size;
        bool whole = fabsf(s->box.x0 - own->x0) < SPACE * s->size &&
                     fabsf(s->box.x1 - own->x1) < SPACE * s->size;
        if (ends && (whole || s->box.x0 - label_at->box.x1 < SPACE * s->size))
            return true;
    }
    return false;
}

static void ask(asker *a, size_t index)
{
    const write_line *own = &a->lines->items[index];
    if (own->label == UINT32_MAX || a->count == a->room || is_underline(a, index))
        return;
    segment *asks = &a->s.items[own->label];
    form_pair pair = {.label = own->label, .confidence = CONFIDENCE};
    add_answers(a, &pair, index, asks->box.x1);
    for (size_t next = next_line(a, index); next != SIZE_MAX && pair.part_count < PAIR_PARTS;
         next = next_line(a, next)) {
        if (!has_text(a, next))
            break;
        add_answers(a, &pair, next, a->lines->items[next].x0);
    }
    pair.room = (quire_box){own->x0, own->y - asks->size, own->x1, own->y};
    if (pair.part_count == 0)
        pair.confidence = asks->flags & (SEGMENT_COLON | SEGMENT_KNOWN) ? 0.8f : 0.6f;
    asks->flags |= SEGMENT_USED | SEGMENT_LABEL;
    a->pairs[a->count++] = pair;
}

/* Another part of line `index`, that ends where the segment begins or under it; SIZE_MAX: none. */
static size_t part_before(const asker *a, size_t index, const segment *s)
{
    const write_line *own = &a->lines->items[index];
    for (size_t i = 0; i < a->lines->count; i++) {
        const write_line *before = &a->lines->items[i];
        bool ends = before->x1 > s->box.x0 - s->size && before->x1 < own->x0 &&
                    before->x0 < s->box.x0 + s->size;
        if (i != index && fabsf(before->y - own->y) < 0.4f * s->size && ends)
            return i;
    }
    return SIZE_MAX;
}

/* What stands on the left of the segment in its row; NULL: nothing does. */
static const segment *left_of(const asker *a, const segment *s)
{
    const segment *nearest = NULL;
    for (size_t i = 0; i < a->s.count; i++) {
        const segment *to = &a->s.items[i];
        if (to != s && to->box.x1 < s->box.x0 + s->size && segments_share_row(s, to) &&
            (!nearest || to->box.x1 > nearest->box.x1))
            nearest = to;
    }
    return nearest;
}

/* Does the segment follow a label that is sure? Then it is what was written, and hides its line. */
static bool answers(const segment *s, const segment *left)
{
    return s->box.x0 - left->box.x1 < SURE_GAP * s->size &&
           left->flags & (SEGMENT_COLON | SEGMENT_KNOWN) && left->flags & SEGMENT_LABEL;
}

/* Writing that hides its line parts it in two; what looks like no label between them goes on. */
static void mend(asker *a, size_t index)
{
    write_line *own = &a->lines->items[index];
    segment *s = own->label == UINT32_MAX ? NULL : &a->s.items[own->label];
    const segment *left = s ? left_of(a, s) : NULL;
    if (!s || s->flags & (SEGMENT_COLON | SEGMENT_KNOWN))
        return;
    size_t before = part_before(a, index, s);
    if (left && s->box.x0 - left->box.x1 > WRITTEN_GAP * s->size)
        before = SIZE_MAX;
    if (before == SIZE_MAX && !(left && answers(s, left)))
        return;
    own->label = UINT32_MAX;
    if (before == SIZE_MAX)
        return;
    s->line = (int32_t)before;
    for (size_t i = 0; i < a->s.count; i++)
        if (a->s.items[i].line == (int32_t)index)
            a->s.items[i].line = (int32_t)before;
}

/* One rule behind a heading is decoration; behind several texts, or a sure label, are lines. */
static bool is_form(const asker *a)
{
    size_t labels = 0;
    for (size_t i = 0; i < a->lines->count; i++) {
        uint32_t asks = a->lines->items[i].label;
        labels += asks == UINT32_MAX ? 0 : is_sure(&a->s.items[asks]) ? LABELS_LEAST : 1;
    }
    return labels >= LABELS_LEAST;
}

size_t form_link_write_lines(layout_page *lp, segments s, const write_lines *lines,
                             form_pair *pairs, size_t room)
{
    asker a = {.lp = lp, .lines = lines, .s = s, .pairs = pairs, .room = room};
    if (lines->count == 0 || s.count == 0)
        return 0;
    for (size_t i = 0; i < lines->count; i++) {
        size_t asks = label_of(&a, i);
        lines->items[i].label = asks == SIZE_MAX ? UINT32_MAX : (uint32_t)asks;
    }
    for (size_t i = lines->count; i-- > 0;)
        mend(&a, i);
    if (!lines->read && !is_form(&a))
        return 0;
    for (size_t i = 0; i < lines->count; i++)
        ask(&a, i);
    return a.count;
}
