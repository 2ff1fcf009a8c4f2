/*
 * A page written by hand, for tests of layout without a parser: text, rules and fills at places,
 * then the document that layout makes of it. Every glyph is half an em wide.
 */
#ifndef QUIRE_TESTS_PAPER_H
#define QUIRE_TESTS_PAPER_H

#include <string.h>

#include "layout/layout.h"

#define PAPER_ADVANCE 0.5f

typedef struct paper {
    quire_page_builder builder;
    quire_page page;
    quire_font fonts[2]; /* regular, bold */
    quire_document *document;
    quire_layout *layout;
} paper;

static inline void paper_open(paper *p, float width, float height)
{
    memset(p, 0, sizeof *p);
    quire_page_builder_init(&p->builder);
    p->page = (quire_page){.number = 1, .width = width, .height = height, .user_unit = 1};
    p->fonts[0] = (quire_font){.name = "Plain", .family = "Plain", .weight = 400, .object = -1};
    p->fonts[1] =
        (quire_font){.name = "Plain-Bold", .family = "Plain", .weight = 700, .object = -1};
    for (int i = 0; i < 2; i++) {
        p->fonts[i].ascent = 0.8f;
        p->fonts[i].descent = -0.2f;
        p->fonts[i].space = PAPER_ADVANCE;
    }
}

static inline void paper_write(paper *p, float x, float baseline, float size, bool bold,
                               const char *text)
{
    quire_style style = {.font = bold, .size = size, .width_scale = 1, .fill = 0xFF000000};
    uint32_t index = quire_page_builder_style(&p->builder, &style);
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        size_t start = at;
        quire_utf8_next(text, length, &at);
        quire_glyph *g = quire_array_push(&p->builder.glyphs);
        *g = (quire_glyph){
            .text = quire_page_builder_text(&p->builder, text + start, at - start),
            .text_size = (uint16_t)(at - start),
            .confidence = 255,
            .style = index,
            .tag = -1,
            .flags = text[start] == ' ' ? QUIRE_GLYPH_SPACE : 0,
            .origin = {x, baseline},
            .advance = {PAPER_ADVANCE * size, 0},
            .box = {x, baseline - 0.8f * size, x + PAPER_ADVANCE * size, baseline + 0.2f * size}};
        x += PAPER_ADVANCE * size;
    }
}

static inline void paper_rule(paper *p, float x0, float y0, float x1, float y1)
{
    *quire_array_push(&p->builder.rules) = (quire_rule){.box = {x0, y0, x1, y1},
                                                        .width = 0.5f,
                                                        .colour = 0xFF000000,
                                                        .tag = -1,
                                                        .horizontal = y1 - y0 < x1 - x0,
                                                        .stroked = true};
}

static inline void paper_fill(paper *p, float x0, float y0, float x1, float y1)
{
    *quire_array_push(&p->builder.fills) =
        (quire_fill){.box = {x0, y0, x1, y1}, .colour = 0xFF336699, .tag = -1};
}

/* Lays the page out; the document is owned by the paper. */
static inline quire_document *paper_read(paper *p)
{
    static const quire_facts facts = {.page_count = 1};
    static const quire_layout_options options = {0};
    quire_arena *arena = quire_arena_new(0);
    p->page.fonts = p->fonts;
    p->page.font_count = 2;
    quire_page_builder_freeze(&p->builder, arena, &p->page);
    p->document = quire_document_new();
    p->layout = quire_layout_new(&options, &facts, p->document);
    quire_layout_add_page(p->layout, arena, &p->page);
    while (quire_layout_settle(p->layout, true))
        continue;
    return p->document;
}

static inline void paper_close(paper *p)
{
    quire_layout_free(p->layout);
    quire_document_free(p->document);
    quire_page_builder_clear(&p->builder);
}

#endif
