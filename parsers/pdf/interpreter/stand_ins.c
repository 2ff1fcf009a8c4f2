/*
 * Text that a form states and the page does not draw: values for which the file leaves it to the
 * viewer to make an appearance (PDF 32000-1, 12.7.2, NeedAppearances), and boxes, whose mark may
 * be any drawing. Glyphs stand in for them where a viewer would show them.
 *
 *     [x] is a glyph U+2612 over the widget, [ ] is U+2610
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

#define FIELD_SIZE 11.0f /* points: what viewers set a field without a size in, at most */
#define SIZE_OF_BOX 0.75f /* of the height of a field of one line */
#define ADVANCE 0.5f /* of an em, as far as the field is wide enough */
#define DESCENT 0.22f
#define LEADING 1.2f
#define TALL 2.4f /* lines: a field that is taller begins at its top */

enum { MAX_STAND_INS = 20 * 1000 }; /* code points of one value */

typedef struct pen {
    quire_page_builder *builder;
    uint32_t style;
    float size, advance;
    float left, x, baseline;
} pen;

static size_t longest_line(const char *text)
{
    size_t longest = 1, here = 0;
    for (; *text; text++) {
        here = *text == '\n' ? 0 : here + ((*text & 0xC0) != 0x80);
        longest = here > longest ? here : longest;
    }
    return longest;
}

static void put(pen *p, const char *text, size_t size)
{
    quire_glyph *glyph = quire_array_push(&p->builder->glyphs);
    if (!glyph)
        return;
    *glyph = (quire_glyph){.text = quire_page_builder_text(p->builder, text, size),
                           .text_size = (uint16_t)size,
                           .source = QUIRE_UNICODE_ACTUAL_TEXT,
                           .confidence = 255,
                           .style = p->style,
                           .tag = -1,
                           .flags = QUIRE_GLYPH_ANNOTATION | (*text == ' ' ? QUIRE_GLYPH_SPACE : 0),
                           .origin = {p->x, p->baseline},
                           .advance = {p->advance, 0},
                           .box = {p->x, p->baseline - (1 - DESCENT) * p->size, p->x + p->advance,
                                   p->baseline + DESCENT * p->size}};
    p->x += p->advance;
}

static void write_text(pen *p, const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0, count = 0; at < size && count < MAX_STAND_INS; count++) {
        size_t start = at;
        uint32_t c = quire_utf8_next(text, size, &at);
        if (c == '\n') {
            p->x = p->left;
            p->baseline += LEADING * p->size;
        } else {
            put(p, text + start, at - start);
        }
    }
}

void quire_pdf_stand_in(quire_pdf *pdf, quire_pdf_page *page, quire_box box, const char *text)
{
    float height = quire_box_height(box), width = quire_box_width(box);
    float size = quire_smaller(FIELD_SIZE, SIZE_OF_BOX * height);
    if (!(size > 0) || !(width > 0))
        return;
    quire_style style;
    memset(&style, 0, sizeof style);
    style.font = quire_fonts_stand_in(pdf->interpreter);
    style.size = size;
    style.width_scale = 1;
    style.fill = 0xFF000000;
    bool tall = height > TALL * size;
    float wide = width / (float)longest_line(text);
    bool lone = wide == width; /* a mark fills its box */
    pen p = {.builder = page->builder,
             .style = quire_page_builder_style(page->builder, &style),
             .size = size,
             .advance = lone ? quire_smaller(wide, size / SIZE_OF_BOX)
                             : quire_smaller(ADVANCE * size, wide),
             .left = box.x0,
             .x = box.x0,
             .baseline = tall ? box.y0 + size : (box.y0 + box.y1) / 2 + (0.5f - DESCENT) * size};
    write_text(&p, text);
}

void quire_pdf_replace_glyphs(quire_pdf_page *page, size_t first)
{
    for (size_t i = first; i < page->builder->glyphs.count; i++) {
        quire_glyph *glyph = &page->builder->glyphs.items[i];
        glyph->text_size = 0;
        glyph->source = QUIRE_UNICODE_ACTUAL_TEXT;
        glyph->flags |= QUIRE_GLYPH_REPLACED;
    }
}
