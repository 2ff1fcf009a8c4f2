/*
 * What a dumped page says about each kind of record: the keys, where their values live and what
 * they are when a line leaves them out.
 */
#include "page/record.h"

#define AT(type, member) offsetof(type, member)

static const field page_fields[] = {
    {"number", FIELD_I32, AT(quire_page, number), 0},
    {"label", FIELD_STRING, AT(quire_page, label), 0},
    {"width", FIELD_FLOAT, AT(quire_page, width), 0},
    {"height", FIELD_FLOAT, AT(quire_page, height), 0},
    {"rotate", FIELD_I16, AT(quire_page, rotate), 0},
    {"user_unit", FIELD_FLOAT, AT(quire_page, user_unit), 1},
    {"skew", FIELD_FLOAT, AT(quire_page, skew), 0},
    {"status", FIELD_STATUS, AT(quire_page, status), QUIRE_OK},
    {"message", FIELD_STRING, AT(quire_page, message), 0},
    {0},
};

static const field font_fields[] = {
    {"name", FIELD_STRING, AT(quire_font, name), 0},
    {"family", FIELD_STRING, AT(quire_font, family), 0},
    {"weight", FIELD_U16, AT(quire_font, weight), 400},
    {"flags", FIELD_U16, AT(quire_font, flags), 0},
    {"ascent", FIELD_FLOAT, AT(quire_font, ascent), 0},
    {"descent", FIELD_FLOAT, AT(quire_font, descent), 0},
    {"space", FIELD_FLOAT, AT(quire_font, space), 0},
    {"object", FIELD_I32, AT(quire_font, object), -1},
    {0},
};

static const field style_fields[] = {
    {"font", FIELD_U32, AT(quire_style, font), 0},
    {"size", FIELD_FLOAT, AT(quire_style, size), 0},
    {"rotation", FIELD_FLOAT, AT(quire_style, rotation), 0},
    {"width_scale", FIELD_FLOAT, AT(quire_style, width_scale), 1},
    {"fill", FIELD_COLOUR, AT(quire_style, fill), 0},
    {"stroke", FIELD_COLOUR, AT(quire_style, stroke), 0},
    {"mode", FIELD_U8, AT(quire_style, render_mode), 0},
    {"pattern", FIELD_U8, AT(quire_style, fill_pattern), 0},
    {0},
};

static const field glyph_fields[] = {
    {"text", FIELD_GLYPH_TEXT, 0, 0},
    {"style", FIELD_U32, AT(quire_glyph, style), 0},
    {"at", FIELD_POINT, AT(quire_glyph, origin), 0},
    {"advance", FIELD_POINT, AT(quire_glyph, advance), 0},
    {"box", FIELD_BOX, AT(quire_glyph, box), 0},
    {"code", FIELD_U32, AT(quire_glyph, code), 0},
    {"source", FIELD_U8, AT(quire_glyph, source), 0},
    {"confidence", FIELD_U8, AT(quire_glyph, confidence), 255},
    {"tag", FIELD_I32, AT(quire_glyph, tag), -1},
    {"flags", FIELD_U32, AT(quire_glyph, flags), 0},
    {0},
};

static const field rule_fields[] = {
    {"box", FIELD_BOX, AT(quire_rule, box), 0},
    {"width", FIELD_FLOAT, AT(quire_rule, width), 0},
    {"colour", FIELD_COLOUR, AT(quire_rule, colour), 0},
    {"order", FIELD_U32, AT(quire_rule, order), 0},
    {"tag", FIELD_I32, AT(quire_rule, tag), -1},
    {"horizontal", FIELD_BOOL, AT(quire_rule, horizontal), 0},
    {"dashed", FIELD_BOOL, AT(quire_rule, dashed), 0},
    {"stroked", FIELD_BOOL, AT(quire_rule, stroked), 0},
    {0},
};

static const field fill_fields[] = {
    {"box", FIELD_BOX, AT(quire_fill, box), 0},
    {"colour", FIELD_COLOUR, AT(quire_fill, colour), 0},
    {"order", FIELD_U32, AT(quire_fill, order), 0},
    {"tag", FIELD_I32, AT(quire_fill, tag), -1},
    {"pattern", FIELD_BOOL, AT(quire_fill, pattern), 0},
    {"stroked", FIELD_BOOL, AT(quire_fill, stroked), 0},
    {0},
};

static const field drawing_fields[] = {
    {"box", FIELD_BOX, AT(quire_drawing, box), 0},
    {"colour", FIELD_COLOUR, AT(quire_drawing, colour), 0},
    {"order", FIELD_U32, AT(quire_drawing, order), 0},
    {"tag", FIELD_I32, AT(quire_drawing, tag), -1},
    {"segments", FIELD_U32, AT(quire_drawing, segments), 0},
    {"curved", FIELD_BOOL, AT(quire_drawing, curved), 0},
    {"filled", FIELD_BOOL, AT(quire_drawing, filled), 0},
    {"stroked", FIELD_BOOL, AT(quire_drawing, stroked), 0},
    {0},
};

static const field image_fields[] = {
    {"box", FIELD_BOX, AT(quire_image, box), 0},
    {"matrix", FIELD_MATRIX, AT(quire_image, matrix), 0},
    {"width", FIELD_U32, AT(quire_image, width), 0},
    {"height", FIELD_U32, AT(quire_image, height), 0},
    {"bits", FIELD_U8, AT(quire_image, bits), 0},
    {"flags", FIELD_U8, AT(quire_image, flags), 0},
    {"object", FIELD_I32, AT(quire_image, object), -1},
    {"generation", FIELD_I32, AT(quire_image, generation), 0},
    {"filter", FIELD_CHARS, AT(quire_image, filter), 0},
    {"order", FIELD_U32, AT(quire_image, order), 0},
    {"tag", FIELD_I32, AT(quire_image, tag), -1},
    {0},
};

static const field link_fields[] = {
    {"box", FIELD_BOX, AT(quire_link, box), 0},
    {"uri", FIELD_STRING, AT(quire_link, uri), 0},
    {"page", FIELD_I32, AT(quire_link, page), 0},
    {"y", FIELD_FLOAT, AT(quire_link, y), 0},
    {0},
};

static const field annotation_fields[] = {
    {"box", FIELD_BOX, AT(quire_annotation, box), 0},
    {"subtype", FIELD_STRING, AT(quire_annotation, subtype), 0},
    {"contents", FIELD_STRING, AT(quire_annotation, contents), 0},
    {"author", FIELD_STRING, AT(quire_annotation, author), 0},
    {"hidden", FIELD_BOOL, AT(quire_annotation, hidden), 0},
    {0},
};

static const field widget_fields[] = {
    {"box", FIELD_BOX, AT(quire_widget, box), 0},
    {"type", FIELD_U8, AT(quire_widget, type), 0},
    {"flags", FIELD_U32, AT(quire_widget, flags), 0},
    {"name", FIELD_STRING, AT(quire_widget, name), 0},
    {"tooltip", FIELD_STRING, AT(quire_widget, tooltip), 0},
    {"value", FIELD_STRING, AT(quire_widget, value), 0},
    {"default", FIELD_STRING, AT(quire_widget, default_value), 0},
    {"options", FIELD_STRING, AT(quire_widget, options), 0},
    {"exported", FIELD_STRING, AT(quire_widget, exported), 0},
    {"exported_options", FIELD_STRING, AT(quire_widget, exported_options), 0},
    {"signed", FIELD_STRING, AT(quire_widget, signed_at), 0},
    {"signed_in", FIELD_STRING, AT(quire_widget, signed_in), 0},
    {"signed_for", FIELD_STRING, AT(quire_widget, signed_for), 0},
    {"max_length", FIELD_I32, AT(quire_widget, max_length), 0},
    {"first", FIELD_U32, AT(quire_widget, first_glyph), 0},
    {"end", FIELD_U32, AT(quire_widget, glyph_end), 0},
    {0},
};

static const field tag_fields[] = {
    {"name", FIELD_STRING, AT(quire_tag, name), 0},
    {"mcid", FIELD_I32, AT(quire_tag, mcid), -1},
    {"stream", FIELD_I32, AT(quire_tag, stream), -1},
    {"parent", FIELD_I32, AT(quire_tag, parent), -1},
    {"actual_text", FIELD_STRING, AT(quire_tag, actual_text), 0},
    {"language", FIELD_STRING, AT(quire_tag, language), 0},
    {0},
};

static const field mark_fields[] = {
    {"box", FIELD_BOX, AT(quire_mark, box), 0},
    {"shape", FIELD_U8, AT(quire_mark, shape), 0},
    {"ink", FIELD_FLOAT, AT(quire_mark, ink), 0},
    {"spread", FIELD_FLOAT, AT(quire_mark, spread), 0},
    {"leak", FIELD_FLOAT, AT(quire_mark, leak), 0},
    {"sides", FIELD_FLOAT, AT(quire_mark, sides), 0},
    {0},
};

static const field barcode_fields[] = {
    {"box", FIELD_BOX, AT(quire_barcode, box), 0},
    {"symbology", FIELD_STRING, AT(quire_barcode, symbology), 0},
    {"text", FIELD_STRING, AT(quire_barcode, text), 0},
    {"confidence", FIELD_FLOAT, AT(quire_barcode, confidence), 0},
    {0},
};

static const field scribble_fields[] = {
    {"box", FIELD_BOX, AT(quire_scribble, box), 0},
    {"ink", FIELD_FLOAT, AT(quire_scribble, ink), 0},
    {"strokes", FIELD_U32, AT(quire_scribble, strokes), 0},
    {"colour", FIELD_COLOUR, AT(quire_scribble, colour), 0},
    {"stamp", FIELD_BOOL, AT(quire_scribble, is_stamp), 0},
    {0},
};

static const field handwriting_fields[] = {
    {"box", FIELD_BOX, AT(quire_handwriting, box), 0},
    {"confidence", FIELD_FLOAT, AT(quire_handwriting, confidence), 0},
    {0},
};

const record quire_page_records[RECORD_KINDS] = {
    [RECORD_PAGE] = {"page", sizeof(quire_page), page_fields},
    [RECORD_FONT] = {"font", sizeof(quire_font), font_fields},
    [RECORD_STYLE] = {"style", sizeof(quire_style), style_fields},
    [RECORD_GLYPH] = {"glyph", sizeof(quire_glyph), glyph_fields},
    [RECORD_RULE] = {"rule", sizeof(quire_rule), rule_fields},
    [RECORD_FILL] = {"fill", sizeof(quire_fill), fill_fields},
    [RECORD_DRAWING] = {"drawing", sizeof(quire_drawing), drawing_fields},
    [RECORD_IMAGE] = {"image", sizeof(quire_image), image_fields},
    [RECORD_LINK] = {"link", sizeof(quire_link), link_fields},
    [RECORD_ANNOTATION] = {"annotation", sizeof(quire_annotation), annotation_fields},
    [RECORD_WIDGET] = {"widget", sizeof(quire_widget), widget_fields},
    [RECORD_TAG] = {"tag", sizeof(quire_tag), tag_fields},
    [RECORD_MARK] = {"mark", sizeof(quire_mark), mark_fields},
    [RECORD_BARCODE] = {"barcode", sizeof(quire_barcode), barcode_fields},
    [RECORD_SCRIBBLE] = {"scribble", sizeof(quire_scribble), scribble_fields},
    [RECORD_HANDWRITING] = {"handwriting", sizeof(quire_handwriting), handwriting_fields},
};

int quire_field_numbers(field_kind kind)
{
    switch (kind) {
    case FIELD_POINT:
        return 2;
    case FIELD_BOX:
        return 4;
    case FIELD_MATRIX:
        return 6;
    case FIELD_STRING:
    case FIELD_CHARS:
    case FIELD_GLYPH_TEXT:
    case FIELD_END:
        return 0;
    default:
        return 1;
    }
}
