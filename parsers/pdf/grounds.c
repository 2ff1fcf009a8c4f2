/*
 * What stands under and over the glyphs. A glyph that something opaque was painted over later is
 * covered; one that has the colour of what was painted under it last (or of the white paper, where
 * nothing was) cannot be read either. Over pictures, patterns and curved shapes the ground is
 * unknown, and nothing is said.
 *
 * A grid of cells holds, in the order of painting, the grounds that touch each cell; one that is
 * opaque and fills its cell makes the earlier ones there needless.
 */
#include "parsers/pdf/normalise.h"

enum {
    CELLS = 32, /* across and down */
    MOST_STEPS = 20 * 1000 * 1000, /* of filling and asking: a page beyond it is left unmarked */
};

#define WHITE 0xFFFFFFu

typedef struct entry {
    uint32_t ground; /* index */
    int32_t before; /* entry of the ground painted before in this cell, -1: none */
} entry;

typedef struct grid {
    const quire_ground *grounds;
    float width, height; /* of a cell */
    int32_t newest[CELLS * CELLS];
    QUIRE_ARRAY(entry) entries;
    int64_t steps;
} grid;

static int cell_at(float place, float size)
{
    float cell = place / size;
    return cell <= 0 ? 0 : cell >= CELLS - 1 ? CELLS - 1 : (int)cell;
}

static void enter(grid *g, uint32_t index)
{
    const quire_ground *ground = &g->grounds[index];
    int x0 = cell_at(ground->box.x0, g->width), x1 = cell_at(ground->box.x1, g->width);
    int y0 = cell_at(ground->box.y0, g->height), y1 = cell_at(ground->box.y1, g->height);
    for (int y = y0; y <= y1; y++) {
        for (int x = x0; x <= x1 && g->steps < MOST_STEPS; x++) {
            bool fills = ground->opaque && ground->box.x0 <= (float)x * g->width &&
                         ground->box.y0 <= (float)y * g->height &&
                         ground->box.x1 >= (float)(x + 1) * g->width &&
                         ground->box.y1 >= (float)(y + 1) * g->height;
            entry *added = quire_array_push(&g->entries);
            if (added) {
                int32_t *newest = &g->newest[y * CELLS + x];
                *added = (entry){.ground = index, .before = fills ? -1 : *newest};
                *newest = (int32_t)(g->entries.count - 1);
            }
            g->steps++;
        }
    }
}

static bool is_near(uint32_t a, uint32_t b)
{
    for (int shift = 0; shift < 24; shift += 8) {
        int difference = (int)(a >> shift & 255) - (int)(b >> shift & 255);
        if (difference < -3 || difference > 3) {
            return false;
        }
    }
    return true;
}

/* True when all that the style paints has the colour `ground`. */
static bool paints_in(const quire_style *style, uint32_t ground)
{
    int mode = style->render_mode & 3;
    bool fills = mode == 0 || mode == 2, strokes = mode == 1 || mode == 2;
    return !style->fill_pattern && (!fills || is_near(style->fill & 0xFFFFFF, ground)) &&
           (!strokes || is_near(style->stroke & 0xFFFFFF, ground)) && (fills || strokes);
}

static uint32_t flags_for(grid *g, const quire_glyph *glyph, const quire_style *style,
                          uint32_t index)
{
    float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
    int32_t at = g->newest[cell_at(y, g->height) * CELLS + cell_at(x, g->width)];
    for (; at >= 0 && g->steps < MOST_STEPS; g->steps++) {
        const quire_ground *ground = &g->grounds[g->entries.items[at].ground];
        at = g->entries.items[at].before;
        if (!quire_box_holds_point(ground->box, x, y)) {
            continue;
        }
        bool later = ground->order > index;
        if (later && ground->opaque) {
            return QUIRE_GLYPH_COVERED;
        }
        if (!later) {
            return ground->plain && paints_in(style, ground->rgb) ? QUIRE_GLYPH_SAME_COLOUR : 0;
        }
    }
    return g->steps < MOST_STEPS && paints_in(style, WHITE) ? QUIRE_GLYPH_SAME_COLOUR : 0;
}

/* The usual page: nothing painted but text, so only white text is invisible. */
static void mark_on_paper(quire_page_builder *b)
{
    uint32_t style = UINT32_MAX;
    bool white = false;
    for (size_t i = 0; i < b->glyphs.count; i++) {
        quire_glyph *glyph = &b->glyphs.items[i];
        if (glyph->style != style) {
            style = glyph->style;
            white = paints_in(&b->styles.items[style], WHITE);
        }
        glyph->flags |= white && !(glyph->flags & QUIRE_GLYPH_SPACE) ? QUIRE_GLYPH_SAME_COLOUR : 0;
    }
}

static void mark_on_grounds(quire_interpreter *in, grid *g)
{
    quire_page_builder *b = &in->builder;
    g->grounds = in->grounds.items;
    g->width = fmaxf(in->page->width, 1) / CELLS;
    g->height = fmaxf(in->page->height, 1) / CELLS;
    for (int i = 0; i < CELLS * CELLS; i++) {
        g->newest[i] = -1;
    }
    for (uint32_t i = 0; i < in->grounds.count; i++) {
        enter(g, i);
    }
    for (uint32_t i = 0; i < b->glyphs.count; i++) {
        quire_glyph *glyph = &b->glyphs.items[i];
        if (!(glyph->flags & QUIRE_GLYPH_SPACE)) {
            glyph->flags |= flags_for(g, glyph, &b->styles.items[glyph->style], i);
        }
    }
}

void quire_normalise_grounds(quire_interpreter *in)
{
    if (in->grounds.count == 0) {
        mark_on_paper(&in->builder);
        return;
    }
    grid g = {.entries = {.ceiling = MOST_STEPS}};
    mark_on_grounds(in, &g);
    quire_array_clear(&g.entries);
}
