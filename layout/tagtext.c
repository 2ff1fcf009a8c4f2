/*
 * What elements of the tree say that their print stands for (ActualText, PDF 32000-1, 14.9.4), such
 * as an ornament for a letter, or a sign for a word. That of marked content is heard by the parser.
 *
 *     Span /ActualText (telephone)        one word of the line carries the text, the others of the
 *      -- MCR  "( T )"                    element none; the glyphs stay where they are
 *
 * An element has to have words of a line to itself, and its text to be of their length, more or
 * less: a file cannot have said what a reader of the page would never guess to stand there.
 */
#include "layout/passes.h"

#include <string.h>

enum {
    LONGER_MOST = 8, /* characters that one that is shown may stand for */
    MOST_SPELLED = 500, /* elements of a page */
};

typedef struct spelling {
    const structure_tree *tree;
    layout_page *lp;
    int32_t *first, *last; /* of each word: the elements that spell out its first and last glyph */
    int budget;
} spelling;

static int32_t speller(const spelling *s, uint32_t glyph)
{
    int32_t tag = s->lp->page->glyphs[glyph].tag;
    return tag >= 0 ? layout_tree_speller(s->tree, s->lp->nodes[tag]) : -1;
}

/* The element that spells out all of the word; -1: none does. */
static int32_t speller_of(const spelling *s, uint32_t at)
{
    return s->first[at] == s->last[at] ? s->first[at] : -1;
}

/* All of the element's words stand between two of the page's. */
static bool holds_all(const spelling *s, int32_t element, uint32_t first, uint32_t end)
{
    for (uint32_t i = 0; i < s->lp->word_count; i++)
        if ((i < first || i >= end) && (s->first[i] == element || s->last[i] == element))
            return false;
    return true;
}

static bool is_likely(const char *text, quire_text shown)
{
    quire_text told = quire_text_of(text);
    size_t characters = quire_utf8_length(told.data, told.size);
    return !strchr(text, '\n') && characters > 0 && !quire_text_equal(told, shown) &&
           characters <= LONGER_MOST * (1 + quire_utf8_length(shown.data, shown.size));
}

/* Has the words from `first` to `end` of the line say what their element does. */
static bool spell(spelling *s, const line *l, uint32_t first, uint32_t end)
{
    word *words = s->lp->words;
    int32_t element = speller_of(s, first);
    const char *text = layout_tree_actual_text(s->tree, element);
    uint32_t from = words[first].text_start;
    quire_text shown = {l->text.data + from, words[end - 1].text_end - from};
    if (!is_likely(text, shown) || s->budget-- <= 0 || !holds_all(s, element, first, end))
        return false;
    for (uint32_t i = first; i < end; i++)
        words[i].sign = i == first ? text : "";
    return true;
}

static void spell_line(spelling *s, line *l)
{
    bool spelled = false;
    for (uint32_t first = l->first, end; first < l->end; first = end) {
        int32_t element = speller_of(s, first);
        end = first + 1;
        while (element >= 0 && end < l->end && speller_of(s, end) == element)
            end++;
        spelled |= element >= 0 && spell(s, l, first, end);
    }
    if (spelled)
        layout_set_line_text(s->lp, s->lp->words, l);
}

void layout_spell_tags(const structure_tree *tree, layout_page *lp)
{
    if (!layout_tree_spells(tree))
        return;
    spelling s = {tree, lp, .budget = MOST_SPELLED};
    s.first = quire_arena_array(lp->scratch, int32_t, lp->word_count);
    s.last = quire_arena_array(lp->scratch, int32_t, lp->word_count);
    for (size_t i = 0; i < lp->word_count; i++) {
        s.first[i] = speller(&s, lp->words[i].first);
        s.last[i] = speller(&s, lp->words[i].end - 1);
    }
    for (size_t i = 0; i < lp->line_count; i++)
        if (!(lp->lines[i].flags & LINE_RIGHT_TO_LEFT))
            spell_line(&s, &lp->lines[i]);
}
