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

static bool is_white(const char *text, size_t size)
{
    for (size_t at = 0; at < size;)
        if (!quire_is_space(quire_utf8_next(text, size, &at)))
            return false;
    return true;
}

static void replace(quire_page_builder *b, size_t first, size_t last, const char *text, size_t size)
{
    for (size_t i = first; i < last; i++) {
        quire_glyph *glyph = &b->glyphs.items[i];
        glyph->text_size = 0;
        glyph->source = QUIRE_UNICODE_ACTUAL_TEXT;
        glyph->flags &= ~(uint32_t)(QUIRE_GLYPH_SPACE | QUIRE_GLYPH_SOFT_HYPHEN);
        glyph->flags |= i > first || size == 0 ? QUIRE_GLYPH_REPLACED : 0;
    }
    if (size && size <= UINT16_MAX) {
        b->glyphs.items[first].text = quire_page_builder_text(b, text, size);
        b->glyphs.items[first].text_size = (uint16_t)size;
        b->glyphs.items[first].flags |= is_white(text, size) ? QUIRE_GLYPH_SPACE : 0;
    }
}

void quire_actual_text_apply(quire_page_builder *b, size_t first, const char *text)
{
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
