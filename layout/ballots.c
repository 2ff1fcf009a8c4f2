/*
 * Ballots: boxes and circles that may be marked become signs among the words.
 *
 *     [ ] Yes  [x] No          a frame needs a word beside it, to its right or left,
 *     Quality  [ ] [x] [ ]     or others like it in its row and column
 *
 * How much ink makes a mark is judged against the other frames of the page: a form whose frames
 * hold a printed letter each has no empty ones.
 */
#include "layout/ballots.h"

#define EMPTY 0.04f /* ink inside: a speck at most */
#define MARKED 0.12f /* ink inside, that reaches over half of the frame */
#define BLACKED 0.60f /* ink inside, wherever it is */
#define SPREAD 0.5f
#define ABOVE 0.08f /* ink more than that of most frames of the page */
#define REACH_RIGHT 2.5f /* em from the frame to its word */
#define REACH_LEFT 2.0f
#define OVERLAP 0.45f /* of the lower of both, on one row */
#define ALIGNED 0.3f /* of its side: frames of one row or column */
#define SAME_SIZE 0.2f

enum { GRID = 3, LONGEST_ROW = 40 }; /* frames in a row or column; words looked at beside one */

static const char selected_sign[] = "\u2611", empty_sign[] = "\u2610";

ballot_candidate *layout_ballots_add(ballot_list *list, quire_box box, quire_field_source source)
{
    if (list->count == list->room)
        return NULL;
    if (!list->items)
        list->items = quire_arena_array(list->arena, ballot_candidate, list->room);
    ballot_candidate *c = &list->items[list->count++];
    *c = (ballot_candidate){.ballot = {.box = box, .source = source, .confidence = 1},
                            .word = UINT32_MAX,
                            .last_word = UINT32_MAX};
    return c;
}

/* ---- what was found in pixels ---- */

static void add_marks(const layout_page *lp, ballot_list *list)
{
    for (size_t i = 0; i < lp->page->mark_count; i++) {
        const quire_mark *mark = &lp->page->marks[i];
        quire_box box = layout_frame_box(&lp->frame, mark->box);
        ballot_candidate *c = layout_ballots_add(list, box, QUIRE_FIELD_OF_IMAGE_MARKS);
        if (!c)
            return;
        c->ink = mark->ink + mark->leak;
        c->spread = mark->spread;
        c->ballot.round = mark->shape == QUIRE_MARK_ROUND;
    }
}

static bool is_alike(const ballot *a, const ballot *b)
{
    float width = quire_box_width(a->box), height = quire_box_height(a->box);
    return a->round == b->round && fabsf(quire_box_width(b->box) - width) < SAME_SIZE * width &&
           fabsf(quire_box_height(b->box) - height) < SAME_SIZE * height;
}

/* Ink that an unmarked frame of this page holds: a quarter of them hold less. */
static float ground_ink(layout_page *lp, const ballot_list *list)
{
    size_t count = 0;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, list->count);
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].judged)
            keys[count++] = (sort_key){sort_key_of(list->items[i].ink), (uint32_t)i};
    if (count < GRID)
        return 0;
    layout_sort_by_key(lp->scratch, keys, count);
    return list->items[keys[count / 4].index].ink;
}

static void judge(ballot_candidate *c, float ground)
{
    float above = c->ink - ground;
    ballot *b = &c->ballot;
    if (c->ink < EMPTY || (ground > EMPTY && above < EMPTY)) {
        b->state = QUIRE_STATE_UNSELECTED;
        b->confidence = 0.95f;
    } else if (above > BLACKED || (above > MARKED && c->spread >= SPREAD)) {
        b->state = QUIRE_STATE_SELECTED;
        b->confidence = 0.95f;
    } else if (above > ABOVE && c->spread >= SPREAD) {
        b->state = QUIRE_STATE_SELECTED;
        b->confidence = 0.7f;
    } else if (above < EMPTY + 0.02f) {
        b->state = QUIRE_STATE_UNSELECTED;
        b->confidence = 0.7f;
    } else {
        b->state = QUIRE_STATE_INDETERMINATE;
        b->confidence = 0.5f;
    }
}

static void judge_all(layout_page *lp, ballot_list *list)
{
    float ground = ground_ink(lp, list);
    for (size_t i = 0; i < list->count; i++)
        if (!list->items[i].judged)
            judge(&list->items[i], ground);
}

/* ---- the words beside them ---- */

typedef struct binder {
    layout_page *lp;
    ballot_list *list;
    sort_key *rows; /* words by the middle of their box */
    float tallest;
} binder;

static float middle(quire_box box)
{
    return (box.y0 + box.y1) / 2;
}

static void sort_words(binder *b)
{
    layout_page *lp = b->lp;
    b->rows = quire_arena_array(lp->scratch, sort_key, lp->word_count);
    for (size_t i = 0; i < lp->word_count; i++) {
        b->rows[i] = (sort_key){sort_key_of(middle(lp->words[i].box)), (uint32_t)i};
        b->tallest = quire_larger(b->tallest, quire_box_height(lp->words[i].box));
    }
    if (lp->word_count > 0)
        layout_sort_by_key(lp->scratch, b->rows, lp->word_count);
}

static size_t first_from(const binder *b, float y)
{
    uint32_t key = sort_key_of(y);
    size_t low = 0, high = b->lp->word_count;
    while (low < high) {
        size_t at = low + (high - low) / 2;
        if (b->rows[at].key < key)
            low = at + 1;
        else
            high = at;
    }
    return low;
}

static bool says_something(const layout_page *lp, const word *w)
{
    char text[64];
    size_t size = layout_word_text(lp, w, text, sizeof text);
    for (size_t at = 0; at < size;) {
        uint32_t c = quire_utf8_next(text, size, &at);
        if (quire_is_letter(c) || quire_is_digit(c))
            return true;
    }
    return false;
}

static bool shares_row(quire_box box, const word *w)
{
    float overlap = quire_overlap(box.y0, box.y1, w->box.y0, w->box.y1);
    return overlap > OVERLAP * quire_smaller(quire_box_height(box), quire_box_height(w->box));
}

typedef struct beside {
    uint32_t left, right; /* words; UINT32_MAX: none */
    float left_gap, right_gap; /* em */
} beside;

/* The nearest words on the row of `box`. */
static beside find_beside(const binder *b, const ballot_candidate *c)
{
    const layout_page *lp = b->lp;
    quire_box box = c->ballot.box;
    beside found = {UINT32_MAX, UINT32_MAX, INFINITY, INFINITY};
    float reach = b->tallest / 2 + quire_box_height(box) / 2;
    float last = middle(box) + reach;
    for (size_t i = first_from(b, middle(box) - reach); i < lp->word_count; i++) {
        const word *w = &lp->words[b->rows[i].index];
        if (middle(w->box) > last)
            break;
        if (w->angle != lp->frame.angle || b->rows[i].index == c->word || !shares_row(box, w))
            continue;
        float right = (w->box.x0 - box.x1) / w->size, left = (box.x0 - w->box.x1) / w->size;
        if (right > -0.3f && right < found.right_gap && says_something(lp, w)) {
            found.right = b->rows[i].index;
            found.right_gap = right;
        }
        if (left > -0.3f && left < found.left_gap && says_something(lp, w)) {
            found.left = b->rows[i].index;
            found.left_gap = left;
        }
    }
    return found;
}

/* Frames like this one in its row, or in its column. */
static bool is_in_grid(const ballot_list *list, const ballot *b)
{
    size_t row = 0, column = 0;
    float slack = ALIGNED * quire_box_width(b->box);
    for (size_t i = 0; i < list->count; i++) {
        const ballot *other = &list->items[i].ballot;
        if (!is_alike(b, other))
            continue;
        row += fabsf(other->box.y0 - b->box.y0) < slack;
        column += fabsf(other->box.x0 - b->box.x0) < slack;
    }
    return row >= GRID - 1 && column >= GRID;
}

/* Where the sign is put: before a word (after: behind it). */
typedef struct place {
    uint32_t word;
    bool after;
} place;

static bool find_place(const binder *b, const ballot_candidate *c, place *at)
{
    beside found = find_beside(b, c);
    bool left = found.left_gap <= REACH_LEFT, right = found.right_gap <= REACH_RIGHT;
    if (right || left) {
        *at = right ? (place){found.right, false} : (place){found.left, true};
        return true;
    }
    *at = (place){found.left, true};
    return found.left != UINT32_MAX && is_in_grid(b->list, &c->ballot);
}

/* ---- among the words ---- */

static const char *sign_of(const ballot *b)
{
    return b->state == QUIRE_STATE_SELECTED ? selected_sign : empty_sign;
}

/* The word of a frame: set as the one it stands by, as wide as itself. */
static word word_of(const ballot *b, const word *by)
{
    word w = *by;
    w.end = w.first;
    w.flags = WORD_SPACED | (by->flags & WORD_RECOGNISED);
    w.sign = sign_of(b);
    w.box.x0 = b->box.x0;
    w.box.x1 = quire_larger(b->box.x1, b->box.x0 + 0.1f);
    return w;
}

/* The candidates that stay, in the order of the words they are put beside. */
typedef struct placed {
    const ballot_candidate *candidate;
    place at;
} placed;

static size_t place_all(binder *b, placed *all)
{
    size_t count = 0;
    for (size_t i = 0; i < b->list->count; i++) {
        place at;
        if (find_place(b, &b->list->items[i], &at))
            all[count++] = (placed){&b->list->items[i], at};
    }
    return count;
}

/* Words that draw the mark become the sign; their glyphs are accounted for with it. */
static void turn_word(layout_page *lp, const ballot_candidate *c, const word *by)
{
    word *w = &lp->words[c->word];
    quire_box box = w->box;
    w->sign = sign_of(&c->ballot);
    w->box.x0 = quire_smaller(box.x0, c->ballot.box.x0);
    w->box.x1 = quire_larger(box.x1, c->ballot.box.x1);
    w->box.y0 = by->box.y0;
    w->box.y1 = by->box.y1;
    w->baseline = by->baseline;
    w->size = by->size;
    for (uint32_t i = c->word + 1; i <= c->last_word; i++) {
        lp->words[i].sign = "";
        lp->words[i].flags |= WORD_GLUED;
    }
}

static void insert_words(layout_page *lp, const placed *all, size_t count)
{
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, count);
    word *words = quire_arena_array(lp->arena, word, lp->word_count + count);
    size_t drawn = 0, size = 0;
    for (size_t i = 0; i < count; i++)
        if (all[i].candidate->word == UINT32_MAX)
            keys[drawn++] = (sort_key){2 * all[i].at.word + all[i].at.after, (uint32_t)i};
    if (drawn == 0)
        return;
    layout_sort_by_key(lp->scratch, keys, drawn);
    for (uint32_t i = 0, k = 0; i < lp->word_count; i++) {
        for (; k < drawn && keys[k].key == 2 * i; k++)
            words[size++] = word_of(&all[keys[k].index].candidate->ballot, &lp->words[i]);
        words[size++] = lp->words[i];
        for (; k < drawn && keys[k].key == 2 * i + 1; k++)
            words[size++] = word_of(&all[keys[k].index].candidate->ballot, &lp->words[i]);
    }
    for (size_t i = 0; i < size; i++)
        words[i].order = (uint32_t)i;
    lp->words = words;
    lp->word_count = size;
}

static void keep(layout_page *lp, const placed *all, size_t count)
{
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, count);
    lp->ballots = quire_arena_array(lp->arena, ballot, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){sort_key_of(middle(all[i].candidate->ballot.box)), (uint32_t)i};
    layout_sort_by_key(lp->scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        lp->ballots[i] = all[keys[i].index].candidate->ballot;
    lp->ballot_count = count;
}

void layout_find_ballots(layout_page *lp)
{
    ballot_list list = {.arena = lp->scratch, .room = MOST_BALLOTS};
    if (lp->word_count == 0)
        return;
    add_marks(lp, &list);
    layout_ballots_drawn(lp, &list);
    layout_ballots_written(lp, &list);
    if (list.count == 0 || list.count == list.room)
        return;
    binder b = {.lp = lp, .list = &list};
    judge_all(lp, &list);
    sort_words(&b);
    placed *all = quire_arena_array(lp->scratch, placed, list.count);
    size_t count = place_all(&b, all);
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        if (all[i].candidate->word != UINT32_MAX)
            turn_word(lp, all[i].candidate, &lp->words[all[i].at.word]);
    insert_words(lp, all, count);
    keep(lp, all, count);
}
