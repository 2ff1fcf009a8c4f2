/*
 * Where a text may be cut: characters, words and sentences by ICU's break iterators. ASCII words
 * are counted without them, by the same rules (UAX 29, 4.1): nearly all text is ASCII, and chunks
 * count all of it.
 */
#include "core/core.h"

#include <stdlib.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

struct quire_segmenter {
    UBreakIterator *breaks; /* NULL: ICU has no data; every text is one segment */
    UText *text;
    size_t size; /* of the text */
    bool at_end;
};

quire_segmenter *quire_segmenter_new(quire_segment_kind kind)
{
    static const UBreakIteratorType types[] = {UBRK_CHARACTER, UBRK_WORD, UBRK_SENTENCE};
    quire_segmenter *segmenter = calloc(1, sizeof *segmenter);
    if (!segmenter)
        abort();
    UErrorCode code = U_ZERO_ERROR;
    segmenter->breaks = ubrk_open(types[kind], "", NULL, 0, &code);
    return segmenter;
}

void quire_segmenter_free(quire_segmenter *segmenter)
{
    if (!segmenter)
        return;
    if (segmenter->breaks)
        ubrk_close(segmenter->breaks);
    if (segmenter->text)
        utext_close(segmenter->text);
    free(segmenter);
}

void quire_segmenter_start(quire_segmenter *segmenter, quire_text text)
{
    UErrorCode code = U_ZERO_ERROR;
    segmenter->size = text.size;
    segmenter->at_end = text.size == 0;
    segmenter->text =
        utext_openUTF8(segmenter->text, text.size ? text.data : "", (int64_t)text.size, &code);
    if (segmenter->breaks)
        ubrk_setUText(segmenter->breaks, segmenter->text, &code);
}

size_t quire_segmenter_next(quire_segmenter *segmenter)
{
    if (segmenter->at_end)
        return 0;
    int32_t end = segmenter->breaks ? ubrk_next(segmenter->breaks) : UBRK_DONE;
    if (end == UBRK_DONE || (size_t)end >= segmenter->size) {
        segmenter->at_end = true;
        return segmenter->size;
    }
    return (size_t)end;
}

/* ICU's rules take "@" for a letter, so that addresses are one word. */
static bool is_ascii_letter(unsigned char c)
{
    return c == '@' || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static bool is_ascii_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

/* Does the mark at `at` join the letters or digits on both sides of it (WB6, WB7, WB11, WB12)? */
static bool joins(const unsigned char *text, size_t size, size_t at)
{
    if (at == 0 || at + 1 >= size)
        return false;
    unsigned char before = text[at - 1], after = text[at + 1], mark = text[at];
    bool letters = is_ascii_letter(before) && is_ascii_letter(after);
    bool digits = is_ascii_digit(before) && is_ascii_digit(after);
    if (mark == '.' || mark == '\'')
        return letters || digits;
    return (mark == ',' || mark == ';') && digits;
}

/* The end of the word at `at`, which may be one of underscores alone; `says`: it counts. */
static size_t ascii_word_end(const unsigned char *text, size_t size, size_t at, bool *says)
{
    size_t start = at;
    *says = false;
    for (; at < size; at++) {
        bool speaks = is_ascii_letter(text[at]) || is_ascii_digit(text[at]);
        if (!speaks && text[at] != '_' && (at == start || !joins(text, size, at)))
            break;
        *says |= speaks || at == start + 1; /* "__" is a word to ICU, "_" is none */
    }
    return at;
}

static size_t ascii_words(quire_text text)
{
    const unsigned char *bytes = (const unsigned char *)text.data;
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        bool says;
        size_t end = ascii_word_end(bytes, text.size, at, &says);
        count += says;
        at = end > at ? end : at + 1;
    }
    return count;
}

size_t quire_segmenter_words(quire_segmenter *segmenter, quire_text text)
{
    size_t ascii = 0;
    while (ascii < text.size && (unsigned char)text.data[ascii] < 0x80)
        ascii++;
    if (ascii == text.size || !segmenter->breaks)
        return ascii_words(text);
    quire_segmenter_start(segmenter, text);
    size_t count = 0;
    while (quire_segmenter_next(segmenter) > 0)
        count += ubrk_getRuleStatus(segmenter->breaks) >= UBRK_WORD_NUMBER;
    return count;
}
