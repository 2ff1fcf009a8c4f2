/*
 * Glyphs drawn twice in nearly the same place: fake bold, and shadows.
 *
 *      HH      |dx| <= 0.1 em, |dy| <= 0.2 em, same code and font
 *
 * Each glyph is entered into a hash by code and a cell of half an em; an earlier one like it
 * can only lie in the four cells nearest to it. The earlier glyph is marked, the later one stays:
 * it is the one on top.
 */
#include "parsers/pdf/normalise.h"

#define ALONG 0.1f /* of the size: Poppler's dupMaxPriDelta */
#define ACROSS 0.2f /* of the size: Poppler's dupMaxSecDelta */
#define CELL 0.5f /* of the size */
#define SMALLEST_CELL 0.05f /* points */
#define FAR 65536.0f /* cells: what lies beyond is far off the page */

/* What a cell needs to know of a glyph, so that the others in it are passed by cheaply. */
typedef struct entry {
    uint32_t before; /* index + 1 of the glyph before it in its cell, 0: none */
    uint32_t code;
} entry;

typedef struct cell {
    uint32_t newest; /* index + 1 of the latest glyph in it, 0: none */
    uint32_t codes; /* a bit for each that is in it, code modulo 32 */
} cell;

typedef struct cells {
    cell *items;
    entry *entries; /* of each glyph */
    uint32_t mask;
} cells;

/* Neighbouring cells are so far apart in the table that one hash serves all four. */
enum { NEXT_RIGHT = 1, NEXT_DOWN = 4099, MOST_IN_CELL = 16 };

static uint32_t hash_of(uint32_t code, uint32_t x, uint32_t y)
{
    return code * 0x9E3779B1u + x * NEXT_RIGHT + y * NEXT_DOWN;
}

/* Of two with one code. Other fonts have other widths: of two words on each other only some letters
 * would be the same. */
static bool is_same(const quire_page_builder *b, const quire_glyph *one, const quire_glyph *other)
{
    const quire_style *s = &b->styles.items[one->style], *t = &b->styles.items[other->style];
    if (s->font != t->font || fabsf(s->size - t->size) > 0.05f * s->size) {
        return false;
    }
    bool lying = fabsf(one->advance.x) >= fabsf(one->advance.y);
    float dx = fabsf(one->origin.x - other->origin.x), dy = fabsf(one->origin.y - other->origin.y);
    return (lying ? dx : dy) <= ALONG * s->size && (lying ? dy : dx) <= ACROSS * s->size;
}

static void mark(quire_page_builder *b, uint32_t earlier, uint32_t later)
{
    quire_glyph *one = &b->glyphs.items[earlier], *other = &b->glyphs.items[later];
    if (!((one->flags ^ other->flags) & QUIRE_GLYPH_HIDDEN)) {
        one->flags |= QUIRE_GLYPH_DUPLICATE;
    }
}

/* Index + 1 of a glyph like `glyph` in the cell whose latest is `at`; 0: none. */
static uint32_t find_same(const quire_page_builder *b, const cells *table, uint32_t at,
                          const quire_glyph *glyph)
{
    for (int looked_at = 0; at && looked_at < MOST_IN_CELL; looked_at++) {
        const entry *e = &table->entries[at - 1];
        if (e->code == glyph->code && is_same(b, &b->glyphs.items[at - 1], glyph)) {
            return at;
        }
        at = e->before;
    }
    return 0;
}

static uint32_t bit_of(uint32_t code)
{
    return (uint32_t)1 << (code & 31);
}

/* Looks for a glyph like it in the four cells. */
static void mark_same(quire_page_builder *b, const cells *table, const cell *const nearest[4],
                      uint32_t index)
{
    for (int i = 0; i < 4; i++) {
        uint32_t at = find_same(b, table, nearest[i]->newest, &b->glyphs.items[index]);
        if (at) {
            mark(b, at - 1, index);
            return;
        }
    }
}

/* Hardly any glyph has one like it near: that none of the cells can hold its code is one test. */
static void look_around(quire_page_builder *b, const cells *table, uint32_t hash, uint32_t index)
{
    const cell *const nearest[4] = {&table->items[hash & table->mask],
                                    &table->items[(hash + NEXT_RIGHT) & table->mask],
                                    &table->items[(hash + NEXT_DOWN) & table->mask],
                                    &table->items[(hash + NEXT_RIGHT + NEXT_DOWN) & table->mask]};
    uint32_t codes = nearest[0]->codes | nearest[1]->codes | nearest[2]->codes | nearest[3]->codes;
    if (codes & bit_of(b->glyphs.items[index].code)) {
        mark_same(b, table, nearest, index);
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
    look_around(b, table, hash, index);
    cell *own = &table->items[hash_of(glyph->code, (uint32_t)x, (uint32_t)y) & table->mask];
    table->entries[index] = (entry){own->newest, glyph->code};
    own->newest = index + 1;
    own->codes |= bit_of(glyph->code);
}

void quire_normalise_duplicates(quire_interpreter *in)
{
    quire_page_builder *b = &in->builder;
    uint32_t capacity = 64;
    while (capacity < 2 * b->glyphs.count) {
        capacity *= 2;
    }
    cells table = {.items = quire_arena_array(in->scratch, cell, capacity),
                   .entries = quire_arena_array(in->scratch, entry, b->glyphs.count),
                   .mask = capacity - 1};
    uint32_t style = UINT32_MAX;
    float cells_per_point = 0;
    for (uint32_t i = 0; table.items && i < b->glyphs.count; i++) {
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
