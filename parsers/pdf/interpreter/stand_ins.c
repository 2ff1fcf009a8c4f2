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

enum { MAX_STAND_INS = 60 * 1000 }; /* bytes of one value */

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

/* ---- lines; those of right-to-left scripts begin on the right, as they are drawn ---- */

static bool reads_right_to_left(const char *line, size_t size)
{
    for (size_t at = 0; at < size;) {
        uint32_t c = quire_utf8_next(line, size, &at);
        if (quire_is_letter(c))
            return quire_is_right_to_left(c);
    }
    return false;
}

/* Bytes at the start of `text` that run from left to right whatever stands around them. */
static size_t forward_run(const char *text, size_t size)
{
    size_t end = 0;
    for (size_t at = 0; at < size;) {
        uint32_t c = quire_utf8_next(text, size, &at);
        bool forward = quire_is_digit(c) || (quire_is_letter(c) && !quire_is_right_to_left(c));
        if (!forward && !(end > 0 && c < 0x80 && c != ' '))
            break;
        end = forward ? at : end;
    }
    return end;
}

static void put_all(pen *p, const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        size_t start = at;
        quire_utf8_next(text, size, &at);
        put(p, text + start, at - start);
    }
}

static void write_backwards(pen *p, const char *line, size_t size)
{
    float x = p->left + (float)quire_utf8_length(line, size) * p->advance;
    for (size_t at = 0; at < size;) {
        size_t start = at, run = forward_run(line + at, size - at);
        if (run == 0)
            quire_utf8_next(line, size, &at);
        else
            at += run;
        x -= (float)quire_utf8_length(line + start, at - start) * p->advance;
        p->x = x;
        put_all(p, line + start, at - start);
    }
}

static void write_text(pen *p, const char *text)
{
    size_t room = MAX_STAND_INS;
    for (const char *line = text; *line && room > 0;) {
        size_t size = strcspn(line, "\n"), shown = size < room ? size : room;
        p->x = p->left;
        if (reads_right_to_left(line, shown))
            write_backwards(p, line, shown);
        else
            put_all(p, line, shown);
        p->baseline += LEADING * p->size;
        room -= shown;
        line += size + (line[size] == '\n');
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
