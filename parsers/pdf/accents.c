/*
 * Accents that are drawn as glyphs of their own, before or behind their letter, become part of its
 * text as combining marks.
 *
 *      '        origin within 0.3 em of the letter's box, baseline within 0.4 em
 *      e
 *
 * Spacing accents (as old encodings have them) only join a letter that they overlap.
 */
#include "parsers/pdf/normalise.h"

#include <string.h>

#define LARGEST_GAP 0.3f /* of the size, between the mark and its letter */
#define LARGEST_RISE 0.4f /* of the size, between their baselines */

enum { LONGEST_TEXT = 48 };

/* Spacing accents and the marks they stand for. */
static const uint16_t combining_of[][2] = {
    {'`', 0x300},   {0xB4, 0x301},  {'^', 0x302},   {0x2C6, 0x302}, {'~', 0x303},
    {0x2DC, 0x303}, {0xAF, 0x304},  {0x2D8, 0x306}, {0x2D9, 0x307}, {0xA8, 0x308},
    {0x2DA, 0x30A}, {0x2DD, 0x30B}, {0x2C7, 0x30C}, {0xB8, 0x327},  {0x2DB, 0x328},
};

static uint32_t mark_of(uint32_t c)
{
    for (size_t i = 0; i < sizeof combining_of / sizeof *combining_of; i++) {
        if (combining_of[i][0] == c) {
            return combining_of[i][1];
        }
    }
    return c;
}

static uint32_t only_code_point(const quire_page_builder *b, const quire_glyph *glyph)
{
    size_t at = 0;
    const char *text = b->text.items + glyph->text;
    uint32_t c = glyph->text_size ? quire_utf8_next(text, glyph->text_size, &at) : 0;
    return at == glyph->text_size ? c : 0;
}

static uint32_t last_code_point(const quire_page_builder *b, const quire_glyph *glyph)
{
    uint32_t c = 0;
    for (size_t at = 0; at < glyph->text_size;) {
        c = quire_utf8_next(b->text.items + glyph->text, glyph->text_size, &at);
    }
    return c;
}

/* Distances along and across the writing, so that turned text is met, too. */
static bool sits_on(const quire_page_builder *b, const quire_glyph *mark, const quire_glyph *letter,
                    bool must_overlap)
{
    const quire_style *style = &b->styles.items[letter->style];
    double angle = style->rotation * (M_PI / 180);
    double right_x = cos(angle), right_y = -sin(angle);
    double dx = mark->origin.x - letter->origin.x, dy = mark->origin.y - letter->origin.y;
    double along = dx * right_x + dy * right_y, across = dx * right_y - dy * right_x;
    double width = letter->advance.x * right_x + letter->advance.y * right_y;
    double own = mark->advance.x * right_x + mark->advance.y * right_y;
    if (fabs(across) > LARGEST_RISE * style->size) {
        return false;
    }
    if (must_overlap) {
        double centre = along + own / 2;
        return centre > 0 && centre < width;
    }
    double gap = fmax(along - width, -(along + own));
    return gap <= LARGEST_GAP * style->size;
}

static bool is_letter(const quire_page_builder *b, const quire_glyph *glyph)
{
    return glyph->text_size && !(glyph->flags & (QUIRE_GLYPH_SPACE | QUIRE_GLYPH_COMBINING)) &&
           glyph->text_size + 4 < LONGEST_TEXT &&
           (quire_is_letter(last_code_point(b, glyph)) ||
            quire_is_combining(last_code_point(b, glyph)));
}

static void merge(quire_page_builder *b, quire_glyph *mark, quire_glyph *letter, uint32_t c)
{
    char text[LONGEST_TEXT + 4];
    size_t size = letter->text_size;
    memcpy(text, b->text.items + letter->text, size);
    size += quire_utf8_put(c, text + size);
    letter->text = quire_page_builder_text(b, text, size);
    letter->text_size = (uint16_t)size;
    mark->text_size = 0;
    mark->flags |= QUIRE_GLYPH_COMBINING;
}

static bool is_hidden_alike(const quire_glyph *a, const quire_glyph *b)
{
    return (a->flags & QUIRE_GLYPH_HIDDEN) == (b->flags & QUIRE_GLYPH_HIDDEN);
}

static void join(quire_page_builder *b, size_t index)
{
    quire_glyph *mark = &b->glyphs.items[index];
    uint32_t own = only_code_point(b, mark), c = mark_of(own);
    if (own == 0 || !quire_is_combining(c)) {
        return;
    }
    /* A combining mark follows its letter; a spacing accent may as well come before it. */
    const size_t candidates[2] = {index - 1, index + 1};
    for (int i = 0; i < 2; i++) {
        if (candidates[i] >= b->glyphs.count) {
            continue;
        }
        quire_glyph *letter = &b->glyphs.items[candidates[i]];
        if (is_letter(b, letter) && is_hidden_alike(mark, letter) &&
            sits_on(b, mark, letter, own != c || i == 1)) {
            merge(b, mark, letter, c);
            return;
        }
    }
}

void quire_normalise_accents(quire_interpreter *in)
{
    for (size_t i = 0; i < in->accents.count; i++) {
        join(&in->builder, in->accents.items[i]);
    }
}
