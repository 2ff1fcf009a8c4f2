/*
 * Recognised text enters the page as glyphs like any other: a symbol is a glyph on the baseline of
 * its line, the white between two words is a space that is drawn. A scan is straight from here
 * on, and knows by how much it was not (quire_page.skew).
 *
 * Nothing is said twice: a word that lies on text of the page's own is left out, unless that text
 * is what the page gives up for it.
 */
#include "ocr/evidence.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS 72.0f /* an inch */
#define ASCENT 0.72f /* of an em: the box of a glyph */
#define DESCENT 0.22f
#define SPACE 0.12f /* of an em, least: words that the engine parted stay apart */
#define DOUBLE 0.3f /* of a word that lies on own text: it is that text */
#define HALF_POINT 2.0f /* sizes are kept to half a point */

enum { DEFAULT_POINTS = 11 };
enum { BOLD = 1, ITALIC = 2, FONTS = 4 }; /* of the fonts for recognised text, added up */

typedef struct writer {
    const ocr_paper *paper;
    const ocr_text *text;
    const quire_ocr_judgement *judgement;
    quire_page *page;
    quire_page_builder builder;
    uint8_t *given_up; /* per glyph of the page's own: its text is not used */
    size_t own; /* glyphs */
    uint32_t font; /* the first of those for recognised text */
} writer;

/* ---- from pixels to points ---- */

/* Beside text of the page's own, which was not straightened, what was read is not either. */
static quire_point turn_back(const writer *w, quire_point p)
{
    if (w->judgement->need == QUIRE_OCR_WHOLE || w->paper->skew == 0)
        return p;
    const quire_box *place = &w->paper->place;
    float angle = w->paper->skew * (float)M_PI / 180, x = (place->x0 + place->x1) / 2,
          y = (place->y0 + place->y1) / 2;
    float dx = p.x - x, dy = p.y - y;
    return (quire_point){x + dx * cosf(angle) + dy * sinf(angle),
                         y - dx * sinf(angle) + dy * cosf(angle)};
}

static quire_point point_when_straight(const ocr_paper *paper, float x, float y)
{
    float width = (float)pixGetWidth(paper->grey), height = (float)pixGetHeight(paper->grey);
    float scale = POINTS / paper->dpi;
    quire_point turned[4] = {{x, y}, {y, width - x}, {width - x, height - y}, {height - y, x}};
    quire_point p = turned[paper->quarters];
    return (quire_point){paper->place.x0 + p.x * scale, paper->place.y0 + p.y * scale};
}

static quire_point point_on_page(const writer *w, float x, float y)
{
    return turn_back(w, point_when_straight(w->paper, x, y));
}

static quire_box box_between(quire_point a, quire_point b)
{
    return (quire_box){fminf(a.x, b.x), fminf(a.y, b.y), fmaxf(a.x, b.x), fmaxf(a.y, b.y)};
}

/* Of a point along and across a line. */
static quire_point point_of_line(const writer *w, int quarters, float along, float across)
{
    quire_box at = ocr_line_box_back(quarters, (quire_box){along, across, along, across});
    return point_on_page(w, at.x0, at.y0);
}

static quire_box box_on_page(const writer *w, quire_box box)
{
    return box_between(point_on_page(w, box.x0, box.y0), point_on_page(w, box.x1, box.y1));
}

quire_box ocr_evidence_box(const ocr_paper *paper, quire_box box)
{
    return box_between(point_when_straight(paper, box.x0, box.y0),
                       point_when_straight(paper, box.x1, box.y1));
}

/* ---- what the page has already ---- */

static bool is_own_text(const writer *w, size_t i)
{
    const quire_glyph *glyph = &w->page->glyphs[i];
    return !(glyph->flags & (QUIRE_GLYPH_HIDDEN | QUIRE_GLYPH_SPACE | QUIRE_GLYPH_DUPLICATE));
}

static bool is_garbled(const writer *w, const quire_glyph *glyph)
{
    uint32_t font = w->page->styles[glyph->style].font;
    return font < 64 && (w->judgement->garbled >> font & 1);
}

/* Of `box`, the share that glyphs cover; garbled ones count apart. */
static float covered(const writer *w, quire_box box, bool garbled)
{
    float area = 0;
    for (size_t i = 0; i < w->own; i++) {
        const quire_glyph *glyph = &w->page->glyphs[i];
        if (quire_box_overlaps(glyph->box, box) && is_own_text(w, i) &&
            is_garbled(w, glyph) == garbled)
            area += quire_box_area(quire_box_intersection(glyph->box, box));
    }
    return quire_box_area(box) > 0 ? area / quire_box_area(box) : 0;
}

static void give_up(writer *w, quire_box box)
{
    for (size_t i = 0; i < w->own; i++) {
        const quire_glyph *glyph = &w->page->glyphs[i];
        float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
        if (quire_box_holds_point(box, x, y) && is_garbled(w, glyph))
            w->given_up[i] = 1;
    }
}

static bool is_wanted(writer *w, quire_box box)
{
    quire_box on_page = box_on_page(w, box);
    switch (w->judgement->need) {
    case QUIRE_OCR_WHOLE:
        return true;
    case QUIRE_OCR_GARBLED:
        if (covered(w, on_page, true) < DOUBLE)
            return false;
        give_up(w, on_page);
        return true;
    default:
        return covered(w, on_page, false) < DOUBLE;
    }
}

/* ---- glyphs ---- */

static uint32_t style_of(writer *w, const ocr_line *line, const ocr_word *word)
{
    float points = line->em * POINTS / w->paper->dpi;
    quire_style style = {
        .font = w->font + (word->bold ? BOLD : 0) + (word->italic ? ITALIC : 0),
        .size = points > 0 ? fmaxf(1, roundf(points * HALF_POINT) / HALF_POINT) : DEFAULT_POINTS,
        .rotation = (float)(90 * ((w->paper->quarters + line->quarters) % 4)),
        .width_scale = 1,
        .fill = line->is_overprint ? w->paper->overprint_colour
                                   : 0xFF000000 | (uint32_t)line->grey * 0x010101,
    };
    return quire_page_builder_style(&w->builder, &style);
}

static uint8_t byte_of(float confidence)
{
    return (uint8_t)(fmaxf(0, fminf(confidence, 1)) * 255 + 0.5f);
}

/* Where a line's text stands, in pixels along and across it. */
typedef struct setting {
    const ocr_line *line;
    float baseline, em;
    uint32_t style;
} setting;

static void add_glyph(writer *w, const setting *at, const char *text, float x0, float x1,
                      float confidence, uint32_t flags)
{
    quire_glyph *glyph = quire_array_push(&w->builder.glyphs);
    if (!glyph)
        return;
    size_t size = strlen(text);
    int quarters = at->line->quarters;
    quire_box high = {x0, at->baseline - ASCENT * at->em, x1, at->baseline + DESCENT * at->em};
    quire_point origin = point_of_line(w, quarters, x0, at->baseline);
    quire_point end = point_of_line(w, quarters, x1, at->baseline);
    *glyph = (quire_glyph){
        .text = quire_page_builder_text(&w->builder, text, size),
        .text_size = (uint16_t)size,
        .source = QUIRE_UNICODE_OCR,
        .confidence = byte_of(confidence),
        .style = at->style,
        .tag = -1,
        .flags = flags | (at->line->is_overprint ? QUIRE_GLYPH_OVERPRINT : 0),
        .origin = origin,
        .advance = {end.x - origin.x, end.y - origin.y},
        .box = box_on_page(w, ocr_line_box_back(quarters, high)),
    };
}

/* Each symbol reaches to the next, and none back: boxes of symbols are the engine's guesses. */
static void add_word(writer *w, const setting *at, const ocr_word *word)
{
    const ocr_symbol *symbols = w->text->symbols.items;
    quire_box box = ocr_line_box(at->line->quarters, word->box);
    float left = box.x0;
    for (uint32_t i = word->first; i < word->end; i++) {
        bool is_last = i + 1 == word->end;
        float right = is_last ? box.x1 : ocr_line_box(at->line->quarters, symbols[i + 1].box).x0;
        right = fmaxf(left, fminf(right, box.x1));
        add_glyph(w, at, symbols[i].text, left, right, word->confidence, 0);
        left = right;
    }
}

static void add_line(writer *w, const ocr_line *line)
{
    quire_box box = ocr_line_box(line->quarters, line->box);
    float middle = (box.x0 + box.x1) / 2;
    setting at = {line, line->slope * middle + line->offset, line->em, 0};
    float before = NAN; /* where the word before ends */
    if (at.em <= 0)
        at.em = DEFAULT_POINTS * w->paper->dpi / POINTS;
    for (uint32_t i = line->first; i < line->end; i++) {
        const ocr_word *word = &w->text->words.items[i];
        if (word->end == word->first || !is_wanted(w, word->box))
            continue;
        uint32_t style = style_of(w, line, word);
        quire_box place = ocr_line_box(line->quarters, word->box);
        if (!isnan(before))
            add_glyph(w, &at, " ", fminf(before, place.x0 - SPACE * at.em), place.x0, 1,
                      QUIRE_GLYPH_SPACE);
        at.style = style;
        add_word(w, &at, word);
        before = place.x1;
    }
}

/* ---- rules ---- */

static void add_rules(writer *w, BOXA *boxes, bool horizontal)
{
    for (l_int32 i = 0; i < boxaGetCount(boxes); i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        quire_rule *rule = quire_array_push(&w->builder.rules);
        if (!rule)
            return;
        float thickness = (float)(horizontal ? height : width);
        *rule = (quire_rule){
            .box = box_on_page(
                w, (quire_box){(float)x, (float)y, (float)(x + width), (float)(y + height)}),
            .width = thickness * POINTS / w->paper->dpi,
            .colour = 0xFF000000,
            .tag = -1,
            .horizontal = horizontal == (w->paper->quarters % 2 == 0),
        };
    }
}

/* ---- frames ---- */

static void add_marks(writer *w)
{
    for (size_t i = 0; i < w->paper->frames.count; i++) {
        const ocr_frame *f = &w->paper->frames.items[i];
        quire_mark *mark = quire_array_push(&w->builder.marks);
        if (!mark)
            return;
        quire_box box = {(float)f->x, (float)f->y, (float)(f->x + f->width),
                         (float)(f->y + f->height)};
        *mark = (quire_mark){.box = box_on_page(w, box),
                             .shape = f->shape,
                             .ink = f->ink,
                             .spread = f->spread,
                             .leak = f->leak,
                             .sides = f->sides};
    }
}

/* ---- strokes of pens, and stamps ---- */

static void add_scribbles(writer *w)
{
    for (size_t i = 0; i < w->paper->scribbles.count; i++) {
        quire_scribble *scribble = quire_array_push(&w->builder.scribbles);
        if (!scribble)
            return;
        *scribble = w->paper->scribbles.items[i];
        scribble->box = box_on_page(w, scribble->box);
    }
}

static void add_handwriting(writer *w)
{
    for (size_t i = 0; i < w->paper->handwriting.count; i++) {
        quire_handwriting *row = quire_array_push(&w->builder.handwriting);
        if (!row)
            return;
        *row = w->paper->handwriting.items[i];
        row->box = box_on_page(w, row->box);
    }
}

/* ---- the page ---- */

static void copy_own(writer *w)
{
    const quire_page *page = w->page;
    for (size_t i = 0; i < page->style_count; i++) {
        quire_style *style = quire_array_push(&w->builder.styles);
        if (style)
            *style = page->styles[i];
    }
    quire_page_builder_text(&w->builder, page->text, page->text_size);
    for (size_t i = 0; i < page->glyph_count; i++) {
        quire_glyph *glyph = quire_array_push(&w->builder.glyphs);
        if (glyph)
            *glyph = page->glyphs[i];
    }
    for (size_t i = 0; i < page->rule_count; i++) {
        quire_rule *rule = quire_array_push(&w->builder.rules);
        if (rule)
            *rule = page->rules[i];
    }
}

/* The fonts of the page, and those of what was recognised. */
static void add_fonts(writer *w, quire_arena *arena)
{
    static const char *const names[FONTS] = {"recognised", "recognised bold", "recognised italic",
                                             "recognised bold italic"};
    quire_page *page = w->page;
    if (page->font_count >= FONTS && page->fonts[page->font_count - FONTS].name == names[0]) {
        w->font = (uint32_t)page->font_count - FONTS;
        return;
    }
    quire_font *all = quire_arena_array(arena, quire_font, page->font_count + FONTS);
    if (page->font_count > 0)
        memcpy(all, page->fonts, page->font_count * sizeof *all);
    w->font = (uint32_t)page->font_count;
    for (int i = 0; i < FONTS; i++) {
        quire_font *font = &all[page->font_count++];
        *font = (quire_font){.name = names[i], .family = "recognised"};
        font->weight = i & BOLD ? 700 : 400;
        font->flags = i & ITALIC ? QUIRE_FONT_ITALIC : 0;
        font->ascent = ASCENT;
        font->descent = -DESCENT;
        font->space = 0.25f;
        font->object = -1;
    }
    page->fonts = all;
}

static void mark_given_up(writer *w)
{
    bool all = w->judgement->need == QUIRE_OCR_WHOLE;
    for (size_t i = 0; i < w->own && i < w->builder.glyphs.count; i++)
        if (all || w->given_up[i])
            w->builder.glyphs.items[i].flags |= QUIRE_GLYPH_SUPERSEDED;
}

static void freeze(writer *w, quire_arena *arena)
{
    quire_page *page = w->page, frozen = *page;
    quire_page_builder_freeze(&w->builder, arena, &frozen);
    page->text = frozen.text;
    page->text_size = frozen.text_size;
    page->styles = frozen.styles;
    page->style_count = frozen.style_count;
    page->glyphs = frozen.glyphs;
    page->glyph_count = frozen.glyph_count;
    page->rules = frozen.rules;
    page->rule_count = frozen.rule_count;
    page->marks = frozen.marks;
    page->mark_count = frozen.mark_count;
    page->scribbles = frozen.scribbles;
    page->scribble_count = frozen.scribble_count;
    page->handwriting = frozen.handwriting;
    page->handwriting_count = frozen.handwriting_count;
    page->skew = w->judgement->need == QUIRE_OCR_WHOLE ? w->paper->skew : 0;
}

void ocr_evidence_add(const ocr_paper *paper, const ocr_text *text,
                      const quire_ocr_judgement *judgement, quire_arena *arena, quire_page *page)
{
    writer w = {.paper = paper, .text = text, .judgement = judgement, .page = page};
    quire_page_builder_init(&w.builder);
    w.own = page->glyph_count;
    w.given_up = calloc(w.own + 1, 1);
    if (w.given_up) {
        copy_own(&w);
        add_fonts(&w, arena);
        for (size_t i = 0; i < text->lines.count; i++)
            add_line(&w, &text->lines.items[i]);
        if (judgement->need == QUIRE_OCR_WHOLE || quire_box_area(judgement->picture) > 0) {
            add_rules(&w, paper->horizontals, true);
            add_rules(&w, paper->verticals, false);
        }
        if (judgement->need != QUIRE_OCR_GARBLED && quire_box_area(judgement->picture) == 0) {
            add_marks(&w);
            add_scribbles(&w);
            add_handwriting(&w);
        }
        mark_given_up(&w);
        freeze(&w, arena);
    }
    free(w.given_up);
    quire_page_builder_clear(&w.builder);
}
