/*
 * Glyphs drawn twice in nearly the same place: fake bold, and shadows.
 *
 *      HH      |dx| <= 0.1 em, |dy| <= 0.2 em, same text
 *
 * Each glyph is entered into a hash by text, size and a cell of half an em; an earlier one like it
 * can only lie in the four cells nearest to it. The earlier glyph is marked, the later one stays:
 * it is the one on top.
 */
#include "parsers/pdf/normalise.h"

#include <string.h>

#define ALONG 0.1f /* of the size: Poppler's dupMaxPriDelta */
#define ACROSS 0.2f /* of the size: Poppler's dupMaxSecDelta */
#define CELL 0.5f /* of the size */

typedef struct cells {
    uint32_t *glyphs; /* index + 1 of the latest glyph in a cell, 0: none */
    uint32_t mask;
} cells;

static uint32_t hash_of(uint32_t text, int x, int y)
{
    uint32_t hash = text * 0x9E3779B1u ^ (uint32_t)x * 0x85EBCA6Bu ^ (uint32_t)y * 0xC2B2AE35u;
    return hash ^ hash >> 15;
}

static bool is_same(const quire_page_builder *b, const quire_glyph *one, const quire_glyph *other)
{
    const quire_style *s = &b->styles.items[one->style], *t = &b->styles.items[other->style];
    /* Where the text lies tells equal texts of one font; other fonts put theirs elsewhere. */
    bool text = one->text_size == other->text_size && one->code == other->code &&
                (one->text == other->text ||
                 !memcmp(b->text.items + one->text, b->text.items + other->text, one->text_size));
    if (!text || fabsf(s->size - t->size) > 0.05f * s->size) {
        return false;
    }
    bool lying = fabsf(one->advance.x) >= fabsf(one->advance.y);
    float dx = fabsf(one->origin.x - other->origin.x), dy = fabsf(one->origin.y - other->origin.y);
    return (lying ? dx : dy) <= ALONG * s->size && (lying ? dy : dx) <= ACROSS * s->size;
}

static void mark(quire_glyph *glyphs, uint32_t earlier, uint32_t later)
{
    uint32_t differ = (glyphs[earlier].flags ^ glyphs[later].flags) & QUIRE_GLYPH_HIDDEN;
    if (earlier != later && !differ) {
        glyphs[earlier].flags |= QUIRE_GLYPH_DUPLICATE;
    }
}

static void enter(quire_page_builder *b, cells *table, uint32_t index)
{
    quire_glyph *glyph = &b->glyphs.items[index];
    float cell = CELL * b->styles.items[glyph->style].size;
    float x = glyph->origin.x / cell, y = glyph->origin.y / cell;
    if (!(fabsf(x) < 1e8f && fabsf(y) < 1e8f)) {
        return;
    }
    int left = (int)floorf(x - 0.5f), top = (int)floorf(y - 0.5f);
    for (int i = 0; i < 4; i++) {
        uint32_t at =
            table->glyphs[hash_of(glyph->code, left + (i & 1), top + (i >> 1)) & table->mask];
        if (at && is_same(b, &b->glyphs.items[at - 1], glyph)) {
            mark(b->glyphs.items, at - 1, index);
            break;
        }
    }
    table->glyphs[hash_of(glyph->code, (int)floorf(x), (int)floorf(y)) & table->mask] = index + 1;
}

void quire_normalise_duplicates(quire_interpreter *in)
{
    quire_page_builder *b = &in->builder;
    uint32_t capacity = 64;
    while (capacity < 2 * b->glyphs.count) {
        capacity *= 2;
    }
    cells table = {.glyphs = quire_arena_array(in->scratch, uint32_t, capacity),
                   .mask = capacity - 1};
    for (uint32_t i = 0; table.glyphs && i < b->glyphs.count; i++) {
        if (!(b->glyphs.items[i].flags & QUIRE_GLYPH_SPACE)) {
            enter(b, &table, i);
        }
    }
}
