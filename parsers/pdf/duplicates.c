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
#define SMALLEST_CELL 0.05f /* points */
#define FAR 65536.0f /* cells: what lies beyond is far off the page */

typedef struct cells {
    uint32_t *glyphs; /* index + 1 of the latest glyph in a cell, 0: none */
    uint32_t mask;
} cells;

/* Neighbouring cells are so far apart in the table that one hash serves all four. */
enum { NEXT_RIGHT = 1, NEXT_DOWN = 4099 };

static uint32_t hash_of(uint32_t code, uint32_t x, uint32_t y)
{
    return code * 0x9E3779B1u + x * NEXT_RIGHT + y * NEXT_DOWN;
}

static bool is_same(const quire_page_builder *b, const quire_glyph *one, const quire_glyph *other)
{
    if (one->code != other->code) {
        return false;
    }
    const quire_style *s = &b->styles.items[one->style], *t = &b->styles.items[other->style];
    /* Where the text lies tells equal texts of one font; other fonts put theirs elsewhere. */
    bool text = one->text_size == other->text_size &&
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

static void enter(quire_page_builder *b, cells *table, uint32_t index, float cells_per_point)
{
    quire_glyph *glyph = &b->glyphs.items[index];
    /* Shifted, so that the numbers of cells are positive and rounding goes one way. */
    float x = glyph->origin.x * cells_per_point + FAR, y = glyph->origin.y * cells_per_point + FAR;
    if (!(x > 0 && x < 2 * FAR && y > 0 && y < 2 * FAR)) {
        return;
    }
    uint32_t hash = hash_of(glyph->code, (uint32_t)(x - 0.5f), (uint32_t)(y - 0.5f));
    const uint32_t nearest[4] = {hash, hash + NEXT_RIGHT, hash + NEXT_DOWN,
                                 hash + NEXT_RIGHT + NEXT_DOWN};
    for (int i = 0; i < 4; i++) {
        uint32_t at = table->glyphs[nearest[i] & table->mask];
        if (at && is_same(b, &b->glyphs.items[at - 1], glyph)) {
            mark(b->glyphs.items, at - 1, index);
            break;
        }
    }
    table->glyphs[hash_of(glyph->code, (uint32_t)x, (uint32_t)y) & table->mask] = index + 1;
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
    uint32_t style = UINT32_MAX;
    float cells_per_point = 0;
    for (uint32_t i = 0; table.glyphs && i < b->glyphs.count; i++) {
        const quire_glyph *glyph = &b->glyphs.items[i];
        if (glyph->style != style) {
            style = glyph->style;
            cells_per_point = 1 / fmaxf(CELL * b->styles.items[style].size, SMALLEST_CELL);
        }
        if (!(glyph->flags & QUIRE_GLYPH_SPACE)) {
            enter(b, &table, i, cells_per_point);
        }
    }
}
