/*
 * ActualText (PDF 32000-1, 14.9.4): what a run of glyphs really says. Glyphs that already say
 * their part of it keep it, so that words keep their places; the first of those that differ
 * carries the rest.
 *
 *     glyphs    w a [f f l] e          text  "waffle"
 *     kept      w a           e        the glyph [ carries "ffl", f f l are marked replaced
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

/* True when the glyph says what `text` starts (or, from the end, ends) with. */
static bool says(const quire_page_builder *b, const quire_glyph *glyph, const char *text,
                 size_t size)
{
    return glyph->text_size <= size && glyph->text_size > 0 &&
           !memcmp(b->text.items + glyph->text, text, glyph->text_size);
}

static uint32_t flags_of(const char *text, size_t size)
{
    static const char soft_hyphen[] = "\u00AD";
    bool hyphen = size == strlen(soft_hyphen) && !memcmp(text, soft_hyphen, size);
    bool space = strspn(text, " ") >= size;
    return (hyphen ? QUIRE_GLYPH_SOFT_HYPHEN : 0) | (space ? QUIRE_GLYPH_SPACE : 0);
}

/* The text in the form that glyphs have theirs. */
static const char *cleaned(quire_arena *arena, const char *text)
{
    size_t length = strlen(text), size = 0;
    char *clean = quire_arena_take(arena, QUIRE_CHAR_BYTES * length + 1);
    for (size_t at = 0; clean && at < length;) {
        size += quire_char_put(quire_utf8_next(text, length, &at), clean + size);
    }
    return clean ? clean : "";
}

static void replace(quire_page_builder *b, size_t first, size_t last, const char *text, size_t size)
{
    for (size_t i = first; i < last; i++) {
        quire_glyph *glyph = &b->glyphs.items[i];
        glyph->text_size = 0;
        glyph->source = QUIRE_UNICODE_ACTUAL_TEXT;
        glyph->flags &= ~(uint32_t)(QUIRE_GLYPH_SPACE | QUIRE_GLYPH_SOFT_HYPHEN);
        glyph->flags |= i > first || size == 0 ? QUIRE_GLYPH_REPLACED : flags_of(text, size);
    }
    if (size && size <= UINT16_MAX) {
        b->glyphs.items[first].text = quire_page_builder_text(b, text, size);
        b->glyphs.items[first].text_size = (uint16_t)size;
    }
}

void quire_actual_text_apply(quire_interpreter *in, size_t first, const char *actual_text)
{
    quire_page_builder *b = &in->builder;
    const char *text = cleaned(in->scratch, actual_text);
    size_t last = b->glyphs.count, size = strlen(text);
    while (first < last && says(b, &b->glyphs.items[first], text, size)) {
        size_t said = b->glyphs.items[first++].text_size;
        text += said;
        size -= said;
    }
    while (last > first) {
        const quire_glyph *glyph = &b->glyphs.items[last - 1];
        if (glyph->text_size > size || !says(b, glyph, text + size - glyph->text_size, size)) {
            break;
        }
        size -= glyph->text_size;
        last--;
    }
    if (first < last) {
        replace(b, first, last, text, size);
    } /* else what is left of the text stands for no glyph: it is not on the page */
}
