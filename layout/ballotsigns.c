/*
 * Ballots that are written with the text:
 *
 *     U+2610 Yes  U+2612 No       signs that are nothing else
 *     U+25A1 Yes  U+25A1 No       bullets, unless several stand in a line
 *     [ ] Yes  [x] No  ( ) Maybe  brackets, where the page has empty ones
 */
#include "layout/ballots.h"

#include <string.h>

enum { WORD_BYTES = 16, IN_ROW = 2 /* signs in a row: no bullets */ };

#define EMPTY_LEAST 0.15f /* of an em, between the brackets of an empty pair */
#define EMPTY_MOST 2.5f
#define LEADS 1.0f /* em before a pair that begins something */

typedef struct sign {
    uint32_t c;
    bool selected, sure;
} sign;

static const sign signs[] = {
    {0x2610, false, true},  {0x2611, true, true},   {0x2612, true, true},   {0x1F5F9, true, true},
    {0x1F5F7, true, true},  {0x1F78E, true, true},  {0x22A0, true, false},  {0x25A1, false, false},
    {0x25FB, false, false}, {0x25A2, false, false}, {0x2B1C, false, false}, {0x274F, false, false},
    {0x2750, false, false}, {0x2751, false, false}, {0x2752, false, false}, {0x25CB, false, false},
    {0x25EF, false, false}, {0x25C9, true, false},  {0x29BF, true, false},
};

static const sign *find_sign(uint32_t c)
{
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i].c == c)
            return &signs[i];
    return NULL;
}

bool layout_is_ballot_sign(uint32_t c, quire_field_state *state)
{
    const sign *s = c >= 0x2200 ? find_sign(c) : NULL;
    if (s)
        *state = s->selected ? QUIRE_STATE_SELECTED : QUIRE_STATE_UNSELECTED;
    return s;
}

static ballot_candidate *add(ballot_list *list, quire_box box, bool selected)
{
    ballot_candidate *c = layout_ballots_add(list, box, QUIRE_FIELD_OF_TEXT_LAYER);
    if (!c)
        return NULL;
    c->judged = true;
    c->ballot.state = selected ? QUIRE_STATE_SELECTED : QUIRE_STATE_UNSELECTED;
    return c;
}

/* ---- signs ---- */

typedef struct found_sign {
    uint32_t word;
    const sign *sign;
} found_sign;

/* The sign that is all of the word, which no field of the file's form draws; NULL: none. */
static const sign *sign_of(const layout_page *lp, const word *w)
{
    const quire_glyph *glyph = &lp->page->glyphs[w->first];
    quire_text text = quire_glyph_text(lp->page, glyph);
    size_t at = 0;
    if (w->flags & WORD_ANNOTATION || w->end != w->first + 1 || text.size < 3 ||
        (unsigned char)text.data[0] < 0xE2)
        return NULL;
    const sign *s = find_sign(quire_utf8_next(text.data, text.size, &at));
    return at == text.size ? s : NULL;
}

static bool shares_row(const layout_page *lp, uint32_t a, uint32_t b)
{
    const word *v = &lp->words[a], *w = &lp->words[b];
    return v->angle == w->angle && fabsf(v->baseline - w->baseline) < 0.5f * v->size;
}

/* Signs that are bullets elsewhere count when others stand in their row. */
static bool is_ballot(const layout_page *lp, const found_sign *all, size_t count, size_t index)
{
    size_t in_row = 0;
    if (all[index].sign->sure)
        return true;
    for (size_t i = 0; i < count; i++)
        in_row += shares_row(lp, all[i].word, all[index].word);
    return in_row >= IN_ROW;
}

static void add_signs(layout_page *lp, ballot_list *list)
{
    found_sign *all = NULL;
    size_t count = 0;
    for (size_t i = 0; i < lp->word_count && count < MOST_BALLOTS; i++) {
        const sign *s = sign_of(lp, &lp->words[i]);
        if (!s)
            continue;
        if (!all)
            all = quire_arena_array(lp->scratch, found_sign, MOST_BALLOTS);
        all[count++] = (found_sign){(uint32_t)i, s};
    }
    for (size_t i = 0; i < count; i++) {
        const word *w = &lp->words[all[i].word];
        if (!is_ballot(lp, all, count, i))
            continue;
        ballot_candidate *c = add(list, w->box, all[i].sign->selected);
        if (c)
            c->word = c->last_word = all[i].word;
    }
}

/* ---- brackets ---- */

/* A pair of brackets in one or two words. */
typedef struct bracketed {
    uint32_t first, last; /* words */
    bool marked;
    bool leads; /* no text goes on into it */
} bracketed;

static size_t text_of(const layout_page *lp, uint32_t index, char text[WORD_BYTES])
{
    const word *w = &lp->words[index];
    if (w->end - w->first > 3 || w->sign)
        return 0;
    size_t size = layout_word_text(lp, w, text, WORD_BYTES - 1);
    text[size] = '\0';
    return size;
}

static bool is_mark(const char *text)
{
    static const char *const marks[] = {"x", "X", "\u2713", "\u2714", "\u2717", "\u2718", "*"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strcmp(text, marks[i]) == 0)
            return true;
    return false;
}

static bool is_closing(char open, const char *text)
{
    return strcmp(text, open == '[' ? "]" : ")") == 0;
}

/* "[x]" or "[]" or "[_]" in one word. */
static bool is_pair(const char *text, size_t size, bool *marked)
{
    char inner[WORD_BYTES];
    if (size < 2 || !(*text == '[' || *text == '(') || !is_closing(*text, text + size - 1))
        return false;
    memcpy(inner, text + 1, size - 2);
    inner[size - 2] = '\0';
    *marked = is_mark(inner);
    return *marked || (*text == '[' && size == 2) || strcmp(inner, "_") == 0;
}

/* Reads a pair that begins with word `i`, in up to three words. */
static bool read_pair(const layout_page *lp, uint32_t i, bracketed *found)
{
    char text[WORD_BYTES], next[WORD_BYTES];
    size_t size = text_of(lp, i, text);
    if (size == 0 || (*text != '[' && *text != '('))
        return false;
    *found = (bracketed){.first = i, .last = i};
    if (is_pair(text, size, &found->marked))
        return true;
    if (size != 1 || i + 1 >= lp->word_count || !text_of(lp, i + 1, next) ||
        !shares_row(lp, i, i + 1))
        return false;
    float gap = (lp->words[i + 1].box.x0 - lp->words[i].box.x1) / lp->words[i].size;
    found->last = i + 1;
    if (is_closing(*text, next))
        return gap > EMPTY_LEAST && gap < EMPTY_MOST;
    if (!is_mark(next) || i + 2 >= lp->word_count || !shares_row(lp, i, i + 2))
        return false;
    found->marked = true;
    found->last = i + 2;
    return text_of(lp, i + 2, next) && is_closing(*text, next);
}

static bool leads(const layout_page *lp, uint32_t first)
{
    if (first == 0 || !shares_row(lp, first, first - 1))
        return true;
    float gap = lp->words[first].box.x0 - lp->words[first - 1].box.x1;
    return gap > LEADS * lp->words[first].size;
}

/* Brackets in a sentence are no ballots, unless one leads the row. */
static bool is_led(const layout_page *lp, const bracketed *all, size_t count, size_t index)
{
    for (size_t i = 0; i < count; i++)
        if (all[i].leads && shares_row(lp, all[i].first, all[index].first))
            return true;
    return false;
}

static bool starts_with_bracket(const layout_page *lp, const word *w)
{
    char c = lp->page->text[lp->page->glyphs[w->first].text];
    return lp->page->glyphs[w->first].text_size == 1 && (c == '[' || c == '(');
}

/* Brackets are ballots on pages that have an empty pair: "(x)" may number an item. */
static void add_brackets(layout_page *lp, ballot_list *list)
{
    bracketed *all = NULL;
    size_t count = 0, empty = 0;
    for (uint32_t i = 0; i < lp->word_count && count < MOST_BALLOTS; i++) {
        bracketed found;
        if (!starts_with_bracket(lp, &lp->words[i]) || !read_pair(lp, i, &found))
            continue;
        if (!all)
            all = quire_arena_array(lp->scratch, bracketed, MOST_BALLOTS);
        found.leads = leads(lp, found.first);
        all[count++] = found;
        empty += !found.marked;
        i = found.last;
    }
    for (size_t i = 0; i < count && empty > 0; i++) {
        if (!is_led(lp, all, count, i))
            continue;
        quire_box box = quire_box_union(lp->words[all[i].first].box, lp->words[all[i].last].box);
        ballot_candidate *c = add(list, box, all[i].marked);
        if (c) {
            c->word = all[i].first;
            c->last_word = all[i].last;
        }
    }
}

void layout_ballots_written(layout_page *lp, ballot_list *list)
{
    add_signs(lp, list);
    add_brackets(lp, list);
}
