/*
 * Words of labels: what the lexicon says about one, whatever its case and the punctuation around
 * it. "No.", "no" and "NO:" are the same word; of "and/or" and "City/State" every part must be one.
 */
#include "layout/forms/forms.h"

#include <string.h>

enum { LONGEST_WORD = 48 };

static const form_word *find(const char *known)
{
    size_t low = 0, high = form_word_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(known, form_words[middle].text);
        if (order == 0)
            return &form_words[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}

static bool is_edge(char c)
{
    return strchr(":.,;#*()[]?\"'", c) != NULL;
}

/* Lower case, without punctuation at its ends; false where it does not fit. */
static bool fold(quire_text text, char folded[LONGEST_WORD])
{
    while (text.size > 0 && is_edge(text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && is_edge(text.data[0]))
        text.data++, text.size--;
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        char bytes[4];
        size_t wide =
            quire_utf8_put(quire_lower(quire_utf8_next(text.data, text.size, &at)), bytes);
        if (size + wide >= LONGEST_WORD)
            return false;
        memcpy(folded + size, bytes, wide);
        size += wide;
    }
    folded[size] = '\0';
    return true;
}

static label_word of_one(quire_text text)
{
    char folded[LONGEST_WORD];
    if (!fold(text, folded))
        return LABEL_WORD_NONE;
    if (!*folded) /* "#", "(", ":" */
        return LABEL_WORD_MODIFIER;
    const form_word *known = find(folded);
    if (!known)
        return LABEL_WORD_NONE;
    if (known->kind == '*')
        return LABEL_WORD_SUM;
    return known->kind == '=' ? LABEL_WORD_HEAD : LABEL_WORD_MODIFIER;
}

label_word form_label_word(quire_text text)
{
    label_word best = of_one(text);
    if (best != LABEL_WORD_NONE)
        return best;
    for (size_t at = 0; at <= text.size;) {
        size_t end = at;
        while (end < text.size && text.data[end] != '/' && text.data[end] != '-')
            end++;
        if (at == 0 && end == text.size)
            return LABEL_WORD_NONE;
        label_word part = of_one((quire_text){text.data + at, end - at});
        if (part == LABEL_WORD_NONE)
            return LABEL_WORD_NONE;
        best = part > best ? part : best;
        at = end + 1;
    }
    return best;
}
