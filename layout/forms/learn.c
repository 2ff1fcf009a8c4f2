/*
 * Learning a form from copies of it. Each copy is laid over the first; words that most of them have
 * in one place are printed, the others were filled in. What was filled in makes clusters, each the
 * place of an answer, as wide as the printed words around leave it room:
 *
 *     Name  Ida Marsh            Name |______________________|  Date |________|
 *     Name  Jo Grebe-Heron        printed     from copies       printed
 */
#include "layout/forms/known.h"

#include <string.h>

enum { MOST_FILLED = 5000 };

#define SAME_PLACE 5.0f /* points between a word and itself on another copy */
#define MOSTLY 0.6f /* of the copies have a printed word as the first one has it */
#define NEARLY_ALL 0.85f /* of them have it, read well or not */
#define WORD_GAP 1.2f /* of their height between words of one answer */
#define RISE 0.45f /* of the height by which a place is taller than what stood in it */
#define LABEL_GAP 1.2f /* of their height between words of one label */
#define LABEL_ABOVE 2.5f /* heights from a place up to its label, at most */
#define BLANK_WIDTH 24.0f /* points that a place reaches beyond the last word of the page */

typedef struct filled {
    quire_box box; /* on the first copy */
    uint32_t copy;
    uint32_t group; /* index of another of the same answer, itself: it speaks for them */
} filled;

typedef struct learner {
    quire_arena *arena;
    const quire_form_sheet *sheets;
    size_t count;
    quire_matrix *maps; /* from each sheet to the first */
    bool *lies; /* the sheet could be laid over the first */
    size_t copies; /* of these */
    uint32_t *seen; /* by word of the first sheet: copies that have it */
    uint32_t *held; /* the same: copies that have this or another word just there */
    bool *stated; /* the word stands in a field that the first sheet states */
    filled *items;
    size_t item_count;
} learner;

static quire_point centre(quire_box box)
{
    return (quire_point){(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2};
}

/* Could one be the other, read badly? Other figures are another number. */
static bool is_like(const char *a, const char *b)
{
    size_t size = strlen(a), other = 0;
    if (size != strlen(b))
        return false;
    for (size_t i = 0; i < size; i++) {
        if (a[i] != b[i] && g_ascii_isdigit(a[i]) && g_ascii_isdigit(b[i]))
            return false;
        other += a[i] != b[i];
    }
    return other <= 1 + size / 5;
}

/* Index of the word of the first sheet that lies where `box` does; SIZE_MAX: none. */
static size_t word_at(const learner *l, quire_box box, const char *text)
{
    quire_point at = centre(box);
    for (size_t i = 0; i < l->sheets[0].anchor_count; i++) {
        const quire_form_anchor *shown = &l->sheets[0].anchors[i];
        quire_point there = centre(shown->box);
        bool near = fabsf(at.x - there.x) < SAME_PLACE && fabsf(at.y - there.y) < SAME_PLACE;
        if (near && (!text || strcmp(text, shown->text) == 0))
            return i;
    }
    return SIZE_MAX;
}

static bool is_stated(const learner *l, quire_box box)
{
    quire_point at = centre(box);
    for (size_t i = 0; i < l->sheets[0].place_count; i++)
        if (quire_box_holds_point(l->sheets[0].places[i].box, at.x, at.y))
            return true;
    return false;
}

static void lay_over(learner *l)
{
    for (size_t i = 0; i < l->sheets[0].anchor_count; i++)
        l->stated[i] = is_stated(l, l->sheets[0].anchors[i].box);
    for (size_t s = 0; s < l->count; s++) {
        form_registration over = {quire_matrix_identity(), 0};
        l->lies[s] = s == 0 || form_register(&l->sheets[s], &l->sheets[0], &over);
        l->maps[s] = over.map;
        l->copies += l->lies[s];
        for (size_t i = 0; l->lies[s] && i < l->sheets[s].anchor_count; i++) {
            const quire_form_anchor *shown = &l->sheets[s].anchors[i];
            size_t at = word_at(l, quire_matrix_apply_box(over.map, shown->box), shown->text);
            if (at != SIZE_MAX)
                l->seen[at]++;
            else
                at = word_at(l, quire_matrix_apply_box(over.map, shown->box), NULL);
            if (at != SIZE_MAX && is_like(shown->text, l->sheets[0].anchors[at].text))
                l->held[at]++;
        }
    }
}

static bool is_printed(const learner *l, size_t index)
{
    float copies = (float)l->copies;
    return !l->stated[index] && (float)l->seen[index] >= MOSTLY * copies &&
           (float)l->held[index] >= NEARLY_ALL * copies;
}

static bool lies_on_printed(const learner *l, quire_box box)
{
    quire_point at = centre(box);
    for (size_t i = 0; i < l->sheets[0].anchor_count; i++)
        if (is_printed(l, i) && quire_box_holds_point(l->sheets[0].anchors[i].box, at.x, at.y))
            return true;
    return false;
}

static void find_filled(learner *l)
{
    for (size_t s = 0; s < l->count; s++) {
        for (size_t i = 0; l->lies[s] && i < l->sheets[s].anchor_count; i++) {
            quire_box box = quire_matrix_apply_box(l->maps[s], l->sheets[s].anchors[i].box);
            if (l->item_count == MOST_FILLED || lies_on_printed(l, box))
                continue;
            l->items[l->item_count] = (filled){box, (uint32_t)s, (uint32_t)l->item_count};
            l->item_count++;
        }
    }
}

/* ---- clusters ---- */

static uint32_t speaker(learner *l, uint32_t item)
{
    while (l->items[item].group != item) {
        l->items[item].group = l->items[l->items[item].group].group;
        item = l->items[item].group;
    }
    return item;
}

static bool share_row(quire_box a, quire_box b)
{
    float shared = quire_overlap(a.y0, a.y1, b.y0, b.y1);
    return shared > 0.5f * quire_smaller(quire_box_height(a), quire_box_height(b));
}

static bool belong(quire_box a, quire_box b)
{
    float gap = quire_larger(a.x0, b.x0) - quire_smaller(a.x1, b.x1);
    return share_row(a, b) &&
           gap < WORD_GAP * quire_smaller(quire_box_height(a), quire_box_height(b));
}

static void cluster(learner *l)
{
    for (uint32_t i = 0; i < l->item_count; i++)
        for (uint32_t k = 0; k < i; k++)
            if (belong(l->items[i].box, l->items[k].box))
                l->items[speaker(l, i)].group = speaker(l, k);
}

/* ---- places ---- */

/* The place of a cluster: between the printed words on its row. */
static quire_box room_of(const learner *l, quire_box box)
{
    const quire_form_sheet *first = &l->sheets[0];
    float left = 0, right = 0;
    bool bounded = false;
    for (size_t i = 0; i < first->anchor_count; i++) {
        quire_box here = first->anchors[i].box;
        right = !bounded ? quire_larger(right, here.x1 + BLANK_WIDTH) : right;
        if (!is_printed(l, i) || !share_row(here, box))
            continue;
        if (here.x1 <= box.x0 + 1)
            left = quire_larger(left, here.x1 + 1);
        if (here.x0 >= box.x1 - 1) {
            right = bounded ? quire_smaller(right, here.x0 - 1) : here.x0 - 1;
            bounded = true;
        }
    }
    float height = quire_box_height(box);
    return (quire_box){quire_larger(left, box.x0 - 2 * height), box.y0 - RISE * height,
                       quire_larger(right, box.x1), box.y1 + RISE * height};
}

static void join_label(learner *l, const char **name, size_t index, bool before)
{
    const char *text = l->sheets[0].anchors[index].text;
    if (!*name)
        *name = text;
    else
        *name = before ? quire_arena_printf(l->arena, "%s %s", text, *name)
                       : quire_arena_printf(l->arena, "%s %s", *name, text);
}

/* The printed word that ends nearest to the left of `x` on the row; SIZE_MAX: none. */
static size_t printed_left_of(const learner *l, quire_box row, float x, float reach)
{
    size_t best = SIZE_MAX;
    float nearest = reach;
    for (size_t i = 0; i < l->sheets[0].anchor_count; i++) {
        quire_box here = l->sheets[0].anchors[i].box;
        float gap = x - here.x1;
        if (is_printed(l, i) && share_row(here, row) && gap > -1 && gap < nearest) {
            nearest = gap;
            best = i;
        }
    }
    return best;
}

static const char *label_on_left(learner *l, quire_box box)
{
    const char *name = NULL;
    size_t at = printed_left_of(l, box, box.x0, l->sheets[0].width / 2);
    while (at != SIZE_MAX) {
        quire_box here = l->sheets[0].anchors[at].box;
        join_label(l, &name, at, true);
        at = printed_left_of(l, here, here.x0, LABEL_GAP * quire_box_height(here));
    }
    return name;
}

static const char *label_above(learner *l, quire_box box)
{
    const char *name = NULL;
    float height = quire_box_height(box), row = -INFINITY;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < l->sheets[0].anchor_count; i++) {
            quire_box here = l->sheets[0].anchors[i].box;
            float drop = box.y0 - here.y1;
            bool near = is_printed(l, i) && drop > -0.5f * height && drop < LABEL_ABOVE * height;
            if (!near || quire_overlap(here.x0, here.x1, box.x0 - height, box.x1) <= 0)
                continue;
            if (pass == 0)
                row = quire_larger(row, here.y1);
            else if (here.y1 > row - 0.5f * height)
                join_label(l, &name, i, false);
        }
    }
    return name;
}

static const char *label_of(learner *l, quire_box box)
{
    const char *name = label_on_left(l, box);
    name = name ? name : label_above(l, box);
    quire_text text = form_label_text(quire_text_of(name));
    return text.size > 0 ? quire_arena_text(l->arena, text.data, text.size) : NULL;
}

/* Copies in which a cluster was filled in. */
static uint32_t support(learner *l, uint32_t group, quire_box *box)
{
    uint32_t copies = 0, last = UINT32_MAX;
    *box = quire_box_empty();
    for (uint32_t i = 0; i < l->item_count; i++) {
        if (speaker(l, i) != group)
            continue;
        copies += l->items[i].copy != last;
        last = l->items[i].copy;
        *box = quire_box_union(*box, l->items[i].box);
    }
    return copies;
}

static bool stands_before(const quire_form_place *a, const quire_form_place *b)
{
    return share_row(a->box, b->box) ? a->box.x0 < b->box.x0 : a->box.y0 < b->box.y0;
}

static size_t add_places(learner *l, quire_form_place *places)
{
    uint32_t least = l->copies >= 4 ? 2 : 1;
    size_t count = 0;
    for (uint32_t i = 0; i < l->item_count; i++) {
        quire_box box;
        if (speaker(l, i) != i || support(l, i, &box) < least || is_stated(l, box))
            continue;
        quire_form_place place = {
            .label = label_of(l, box), .type = QUIRE_FIELD_TEXT, .box = room_of(l, box)};
        size_t at = count++;
        for (; at > 0 && stands_before(&place, &places[at - 1]); at--)
            places[at] = places[at - 1];
        places[at] = place;
    }
    for (size_t i = 0; i + 1 < count; i++) /* a place ends where the next begins */
        if (share_row(places[i].box, places[i + 1].box))
            places[i].box.x1 = quire_smaller(places[i].box.x1, places[i + 1].box.x0);
    return count;
}

static void label_stated(learner *l, quire_form_place *places, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!places[i].label)
            places[i].label = label_of(l, places[i].box);
}

quire_form_sheet quire_form_learn(quire_arena *arena, const quire_form_sheet *sheets, size_t count)
{
    const quire_form_sheet *first = &sheets[0];
    learner l = {.arena = arena,
                 .sheets = sheets,
                 .count = count,
                 .maps = quire_arena_array(arena, quire_matrix, count),
                 .lies = quire_arena_array(arena, bool, count),
                 .seen = quire_arena_array(arena, uint32_t, first->anchor_count),
                 .held = quire_arena_array(arena, uint32_t, first->anchor_count),
                 .stated = quire_arena_array(arena, bool, first->anchor_count),
                 .items = quire_arena_array(arena, filled, MOST_FILLED)};
    lay_over(&l);
    find_filled(&l);
    cluster(&l);
    quire_form_sheet out = *first;
    quire_form_anchor *anchors = quire_arena_array(arena, quire_form_anchor, first->anchor_count);
    quire_form_place *places =
        quire_arena_array(arena, quire_form_place, first->place_count + l.item_count);
    out.anchor_count = 0;
    for (size_t i = 0; i < first->anchor_count; i++)
        if (is_printed(&l, i))
            anchors[out.anchor_count++] = first->anchors[i];
    for (size_t i = 0; i < first->place_count; i++)
        places[i] = first->places[i];
    label_stated(&l, places, first->place_count);
    out.place_count = first->place_count + add_places(&l, places + first->place_count);
    out.anchors = anchors;
    out.places = places;
    return out;
}
