/*
 * Writes a page as text, one thing a line, fields at their default left out:
 *
 *     page number 1 width 612 height 792
 *     font name "Times-Roman" ascent 0.9 descent -0.2
 *     style size 10 fill ff000000
 *     glyph text "A" at 72 100 advance 7.2 0 box 72 91 79.2 102
 *     end
 *
 * Lengths are kept to a thousandth of a point, which is finer than any threshold of layout.
 */
#include "page/dump.h"

#include <string.h>

#include "page/record.h"

/* Thousandths as the shortest decimal, whatever the locale. */
static void write_thousandths(quire_sink *sink, double value)
{
    double scaled = value * 1000;
    if (!(scaled > -9e15 && scaled < 9e15)) /* not finite, or beyond all sense */
        scaled = 0;
    long long rounded = llround(scaled);
    const char *sign = rounded < 0 ? "-" : "";
    if (rounded < 0)
        rounded = -rounded;
    int fraction = (int)(rounded % 1000);
    quire_sink_printf(sink, "%s%lld", sign, rounded / 1000);
    if (fraction == 0)
        return;
    int digits = 3;
    while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
    }
    quire_sink_printf(sink, ".%0*d", digits, fraction);
}

static void write_quoted(quire_sink *sink, const char *text, size_t size)
{
    quire_sink_write(sink, "\"", 1);
    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == '"' || c == '\\')
            quire_sink_write(sink, "\\", 1);
        if (c < 0x20)
            quire_sink_printf(sink, "\\x%02x", c);
        else
            quire_sink_write(sink, &text[i], 1);
    }
    quire_sink_write(sink, "\"", 1);
}

static int64_t whole_number(const void *at, field_kind kind)
{
    switch (kind) {
    case FIELD_U32:
    case FIELD_COLOUR:
        return *(const uint32_t *)at;
    case FIELD_I32:
        return *(const int32_t *)at;
    case FIELD_U16:
        return *(const uint16_t *)at;
    case FIELD_I16:
        return *(const int16_t *)at;
    case FIELD_U8:
        return *(const uint8_t *)at;
    case FIELD_BOOL:
        return *(const bool *)at;
    default:
        return (int64_t) * (const quire_status *)at;
    }
}

static void write_numbers(quire_sink *sink, const char *key, const void *at, field_kind kind)
{
    int count = quire_field_numbers(kind);
    quire_sink_printf(sink, " %s", key);
    for (int i = 0; i < count; i++) {
        quire_sink_write(sink, " ", 1);
        double value = kind == FIELD_MATRIX ? ((const double *)at)[i] : ((const float *)at)[i];
        write_thousandths(sink, value);
    }
}

static void write_string(quire_sink *sink, const char *key, const char *text, size_t size)
{
    quire_sink_printf(sink, " %s ", key);
    write_quoted(sink, text, size);
}

static void write_field(quire_sink *sink, const quire_page *page, const field *f, const char *base)
{
    const void *at = base + f->offset;
    switch (f->kind) {
    case FIELD_GLYPH_TEXT: {
        quire_text text = quire_glyph_text(page, (const quire_glyph *)(const void *)base);
        write_string(sink, f->key, text.data, text.size);
        return;
    }
    case FIELD_STRING:
        if (*(const char *const *)at)
            write_string(sink, f->key, *(const char *const *)at, strlen(*(const char *const *)at));
        return;
    case FIELD_CHARS:
        if (*(const char *)at)
            write_string(sink, f->key, at, strnlen(at, 16));
        return;
    case FIELD_POINT:
    case FIELD_BOX:
    case FIELD_MATRIX:
        write_numbers(sink, f->key, at, f->kind);
        return;
    case FIELD_FLOAT:
        if (*(const float *)at != (float)f->absent)
            write_numbers(sink, f->key, at, f->kind);
        return;
    default:
        if (whole_number(at, f->kind) != f->absent)
            quire_sink_printf(sink, f->kind == FIELD_COLOUR ? " %s %llx" : " %s %lld", f->key,
                              (long long)whole_number(at, f->kind));
    }
}

static void write_records(quire_sink *sink, const quire_page *page, record_kind kind,
                          const void *items, size_t count)
{
    const record *form = &quire_page_records[kind];
    const char *base = items;
    for (size_t i = 0; i < count; i++, base += form->size) {
        quire_sink_text(sink, form->name);
        for (const field *f = form->fields; f->kind != FIELD_END; f++)
            write_field(sink, page, f, base);
        quire_sink_write(sink, "\n", 1);
    }
}

void quire_page_dump(const quire_page *page, quire_sink *sink)
{
    write_records(sink, page, RECORD_PAGE, page, 1);
    write_records(sink, page, RECORD_FONT, page->fonts, page->font_count);
    write_records(sink, page, RECORD_STYLE, page->styles, page->style_count);
    write_records(sink, page, RECORD_TAG, page->tags, page->tag_count);
    write_records(sink, page, RECORD_GLYPH, page->glyphs, page->glyph_count);
    write_records(sink, page, RECORD_RULE, page->rules, page->rule_count);
    write_records(sink, page, RECORD_FILL, page->fills, page->fill_count);
    write_records(sink, page, RECORD_DRAWING, page->drawings, page->drawing_count);
    write_records(sink, page, RECORD_IMAGE, page->images, page->image_count);
    write_records(sink, page, RECORD_LINK, page->links, page->link_count);
    write_records(sink, page, RECORD_ANNOTATION, page->annotations, page->annotation_count);
    write_records(sink, page, RECORD_WIDGET, page->widgets, page->widget_count);
    write_records(sink, page, RECORD_MARK, page->marks, page->mark_count);
    write_records(sink, page, RECORD_BARCODE, page->barcodes, page->barcode_count);
    write_records(sink, page, RECORD_SCRIBBLE, page->scribbles, page->scribble_count);
    write_records(sink, page, RECORD_HANDWRITING, page->handwriting, page->handwriting_count);
    quire_sink_text(sink, "end\n");
}
