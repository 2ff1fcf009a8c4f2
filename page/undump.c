/*
 * Reads a page that dump.c wrote, or that a person wrote for a test. One record exists only here:
 *
 *     text "Some words" style 0 at 72 100 advance 5 0
 *
 * stands for one glyph per code point, each `advance` wide (half an em where it is left out), in
 * a box from 0.75 em above the baseline to 0.25 em below. Lines that start with # say nothing.
 */
#include "page/dump.h"

#include <stdlib.h>
#include <string.h>

#include "page/record.h"

enum { TOKEN_BYTES = 64, STRING_BYTES = 64 * 1024 };

typedef struct reader {
    quire_bytes line; /* what is left of it */
    int line_number;
    quire_arena *arena;
    quire_page *page;
    quire_page_builder builder;
    QUIRE_ARRAY(quire_font) fonts;
    QUIRE_ARRAY(char) string; /* the last quoted one, unescaped */
    const char *problem; /* the first one; NULL: none */
} reader;

static bool complain(reader *r, const char *problem)
{
    if (!r->problem)
        r->problem = problem;
    return false;
}

static void skip_blanks(reader *r)
{
    while (r->line.size > 0 && (*r->line.data == ' ' || *r->line.data == '\t')) {
        r->line.data++;
        r->line.size--;
    }
}

static bool read_token(reader *r, char token[TOKEN_BYTES])
{
    skip_blanks(r);
    size_t size = 0;
    while (size < r->line.size && r->line.data[size] > ' ')
        size++;
    if (size == 0 || size >= TOKEN_BYTES)
        return complain(r, "a word or number is missing or too long");
    memcpy(token, r->line.data, size);
    token[size] = 0;
    r->line.data += size;
    r->line.size -= size;
    return true;
}

/* Decimals without exponent, whatever the locale. */
static bool read_number(reader *r, double *value)
{
    char token[TOKEN_BYTES];
    if (!read_token(r, token))
        return false;
    const char *at = token + (*token == '-');
    double whole = 0, scale = 1;
    bool behind_point = false;
    for (; *at; at++) {
        if (*at == '.' && !behind_point) {
            behind_point = true;
            continue;
        }
        if (*at < '0' || *at > '9')
            return complain(r, "not a number");
        whole = whole * 10 + (*at - '0');
        if (behind_point)
            scale *= 10;
    }
    *value = (*token == '-' ? -whole : whole) / scale;
    return true;
}

static uint8_t next_byte(reader *r)
{
    r->line.size--;
    return *r->line.data++;
}

static char unescape(reader *r)
{
    char c = r->line.size > 0 ? (char)next_byte(r) : '\\';
    if (c != 'x' || r->line.size < 2)
        return c;
    char hex[3] = {(char)next_byte(r), (char)next_byte(r), 0};
    return (char)strtol(hex, NULL, 16);
}

/* Leaves the string in r->string, with a NUL behind it. */
static bool read_string(reader *r)
{
    skip_blanks(r);
    if (r->line.size == 0 || next_byte(r) != '"')
        return complain(r, "a quoted string is missing");
    r->string.count = 0;
    r->string.ceiling = STRING_BYTES;
    while (r->line.size > 0) {
        char c = (char)next_byte(r);
        bool ends = c == '"';
        if (c == '\\')
            c = unescape(r);
        char *place = quire_array_push(&r->string);
        if (!place)
            return complain(r, "a string is too long");
        *place = ends ? 0 : c;
        if (ends)
            return true;
    }
    return complain(r, "a string has no end");
}

static void set_whole(void *at, field_kind kind, double value)
{
    switch (kind) {
    case FIELD_U32:
        *(uint32_t *)at = (uint32_t)value;
        break;
    case FIELD_I32:
        *(int32_t *)at = (int32_t)value;
        break;
    case FIELD_U16:
        *(uint16_t *)at = (uint16_t)value;
        break;
    case FIELD_I16:
        *(int16_t *)at = (int16_t)value;
        break;
    case FIELD_U8:
        *(uint8_t *)at = (uint8_t)value;
        break;
    case FIELD_BOOL:
        *(bool *)at = value != 0;
        break;
    default:
        *(quire_status *)at = (quire_status)value;
    }
}

/* What each kind can hold; a number beyond it is a malformed line. */
static bool fits(field_kind kind, double value)
{
    static const struct {
        double least, most;
    } range[] = {
        [FIELD_FLOAT] = {-1e9, 1e9},   [FIELD_U32] = {0, UINT32_MAX},
        [FIELD_U16] = {0, UINT16_MAX}, [FIELD_I32] = {INT32_MIN, INT32_MAX},
        [FIELD_U8] = {0, UINT8_MAX},   [FIELD_I16] = {INT16_MIN, INT16_MAX},
        [FIELD_BOOL] = {0, 1},         [FIELD_STATUS] = {0, QUIRE_INTERNAL},
        [FIELD_COLOUR] = {0, 0},       [FIELD_POINT] = {-1e9, 1e9},
        [FIELD_BOX] = {-1e9, 1e9},     [FIELD_MATRIX] = {-1e9, 1e9},
    };
    return value >= range[kind].least && value <= range[kind].most;
}

static bool read_numbers(reader *r, void *at, field_kind kind)
{
    for (int i = 0; i < quire_field_numbers(kind); i++) {
        double value;
        if (!read_number(r, &value))
            return false;
        if (!fits(kind, value))
            return complain(r, "a number is out of range");
        if (kind == FIELD_MATRIX)
            ((double *)at)[i] = value;
        else if (kind == FIELD_FLOAT || kind == FIELD_POINT || kind == FIELD_BOX)
            ((float *)at)[i] = (float)value;
        else
            set_whole(at, kind, value);
    }
    return true;
}

static bool read_colour(reader *r, uint32_t *colour)
{
    char token[TOKEN_BYTES], *end;
    if (!read_token(r, token))
        return false;
    *colour = (uint32_t)strtoul(token, &end, 16);
    return *end == 0 || complain(r, "not a colour");
}

static bool read_value(reader *r, const field *f, char *base)
{
    void *at = base + f->offset;
    switch (f->kind) {
    case FIELD_COLOUR:
        return read_colour(r, at);
    case FIELD_STRING:
        if (!read_string(r))
            return false;
        *(char **)at = quire_arena_text(r->arena, r->string.items, r->string.count - 1);
        return true;
    case FIELD_CHARS:
        if (!read_string(r))
            return false;
        strncpy(at, r->string.items, 15);
        return true;
    case FIELD_GLYPH_TEXT: {
        if (!read_string(r) || r->string.count > UINT16_MAX)
            return complain(r, "the text of a glyph is too long");
        quire_glyph *glyph = (quire_glyph *)(void *)base;
        glyph->text_size = (uint16_t)(r->string.count - 1);
        glyph->text = quire_page_builder_text(&r->builder, r->string.items, r->string.count - 1);
        return true;
    }
    default:
        return read_numbers(r, at, f->kind);
    }
}

static void set_defaults(const field *fields, char *base)
{
    for (const field *f = fields; f->kind != FIELD_END; f++) {
        if (f->kind == FIELD_FLOAT)
            *(float *)(void *)(base + f->offset) = (float)f->absent;
        else if (quire_field_numbers(f->kind) == 1 && f->kind != FIELD_COLOUR)
            set_whole(base + f->offset, f->kind, f->absent);
    }
}

static bool read_fields(reader *r, const field *fields, char *base)
{
    char key[TOKEN_BYTES];
    for (skip_blanks(r); r->line.size > 0; skip_blanks(r)) {
        if (!read_token(r, key))
            return false;
        const field *f = fields;
        while (f->kind != FIELD_END && strcmp(f->key, key) != 0)
            f++;
        if (f->kind == FIELD_END)
            return complain(r, "an unknown field");
        if (!read_value(r, f, base))
            return false;
    }
    return true;
}

/* What is found in pixels. */
static void *push_found(reader *r, record_kind kind)
{
    switch (kind) {
    case RECORD_MARK:
        return quire_array_push(&r->builder.marks);
    case RECORD_BARCODE:
        return quire_array_push(&r->builder.barcodes);
    case RECORD_SCRIBBLE:
        return quire_array_push(&r->builder.scribbles);
    case RECORD_HANDWRITING:
        return quire_array_push(&r->builder.handwriting);
    default:
        return NULL;
    }
}

static void *push_record(reader *r, record_kind kind)
{
    switch (kind) {
    case RECORD_PAGE:
        return r->page;
    case RECORD_FONT:
        return quire_array_push(&r->fonts);
    case RECORD_STYLE:
        return quire_array_push(&r->builder.styles);
    case RECORD_GLYPH:
        return quire_array_push(&r->builder.glyphs);
    case RECORD_RULE:
        return quire_array_push(&r->builder.rules);
    case RECORD_FILL:
        return quire_array_push(&r->builder.fills);
    case RECORD_DRAWING:
        return quire_array_push(&r->builder.drawings);
    case RECORD_IMAGE:
        return quire_array_push(&r->builder.images);
    case RECORD_LINK:
        return quire_array_push(&r->builder.links);
    case RECORD_ANNOTATION:
        return quire_array_push(&r->builder.annotations);
    case RECORD_WIDGET:
        return quire_array_push(&r->builder.widgets);
    case RECORD_TAG:
        return quire_array_push(&r->builder.tags);
    default:
        return push_found(r, kind);
    }
}

/* One glyph per code point of the last string. */
static bool read_text_line(reader *r)
{
    if (!read_string(r))
        return false;
    size_t size = r->string.count - 1;
    uint32_t pool = quire_page_builder_text(&r->builder, r->string.items, size);
    quire_glyph model = {.tag = -1, .confidence = 255};
    if (!read_fields(r, quire_page_records[RECORD_GLYPH].fields, (char *)&model))
        return false;
    if (model.style >= r->builder.styles.count)
        return complain(r, "a text before its style");
    float em = r->builder.styles.items[model.style].size;
    float step = model.advance.x > 0 ? model.advance.x : em / 2;
    for (size_t at = 0; at < size;) {
        quire_glyph glyph = model;
        glyph.text = pool + (uint32_t)at;
        uint32_t c = quire_utf8_next(r->string.items, size, &at);
        glyph.text_size = (uint16_t)(pool + at - glyph.text);
        glyph.code = c;
        glyph.advance = (quire_point){step, 0};
        glyph.box = (quire_box){model.origin.x, model.origin.y - 0.75f * em, model.origin.x + step,
                                model.origin.y + 0.25f * em};
        glyph.flags |= quire_is_space(c) ? QUIRE_GLYPH_SPACE : 0;
        quire_glyph *place = quire_array_push(&r->builder.glyphs);
        if (!place)
            return complain(r, "too many glyphs");
        *place = glyph;
        model.origin.x += step;
    }
    return true;
}

static bool read_record(reader *r)
{
    char name[TOKEN_BYTES];
    if (!read_token(r, name))
        return false;
    if (strcmp(name, "text") == 0)
        return read_text_line(r);
    for (int kind = 0; kind < RECORD_KINDS; kind++) {
        const record *form = &quire_page_records[kind];
        if (strcmp(form->name, name) != 0)
            continue;
        char *base = push_record(r, (record_kind)kind);
        if (!base)
            return complain(r, "too many records");
        memset(base, 0, form->size);
        set_defaults(form->fields, base);
        return read_fields(r, form->fields, base);
    }
    return complain(r, "an unknown record");
}

static quire_bytes take_line(quire_bytes *bytes)
{
    const uint8_t *end = memchr(bytes->data, '\n', bytes->size);
    size_t size = end ? (size_t)(end - bytes->data) : bytes->size;
    quire_bytes line = {bytes->data, size};
    size_t step = end ? size + 1 : size;
    bytes->data += step;
    bytes->size -= step;
    if (line.size > 0 && line.data[line.size - 1] == '\r')
        line.size--;
    return line;
}

/* True at the line that ends the page. */
static bool is_end(quire_bytes line)
{
    return line.size == 3 && memcmp(line.data, "end", 3) == 0;
}

static void read_lines(reader *r, quire_bytes *bytes)
{
    while (bytes->size > 0 && !r->problem) {
        r->line = take_line(bytes);
        r->line_number++;
        if (is_end(r->line))
            return;
        skip_blanks(r);
        if (r->line.size > 0 && *r->line.data != '#')
            read_record(r);
    }
    complain(r, "the page has no end");
}

/* Indices point at what is there: layout trusts them. */
static bool indices_hold(const quire_page *page)
{
    for (size_t i = 0; i < page->style_count; i++)
        if (page->styles[i].font >= page->font_count)
            return false;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (glyph->style >= page->style_count || glyph->tag >= (int32_t)page->tag_count)
            return false;
    }
    for (size_t i = 0; i < page->font_count; i++)
        if (!page->fonts[i].name)
            return false;
    return true;
}

static void freeze(reader *r)
{
    size_t fonts = r->fonts.count;
    r->page->fonts = quire_array_freeze(&r->fonts, r->arena);
    r->page->font_count = fonts;
    quire_page_builder_freeze(&r->builder, r->arena, r->page);
    if (!r->problem && !indices_hold(r->page))
        complain(r, "a glyph or style points at nothing, or a font has no name");
}

quire_status quire_page_undump(quire_bytes *bytes, quire_arena *arena, quire_page *page,
                               quire_error *error)
{
    reader r = {.arena = arena, .page = page};
    *page = (quire_page){.user_unit = 1};
    quire_page_builder_init(&r.builder);
    read_lines(&r, bytes);
    freeze(&r);
    quire_page_builder_clear(&r.builder);
    quire_array_clear(&r.fonts);
    quire_array_clear(&r.string);
    if (!r.problem)
        return QUIRE_OK;
    return quire_fail(error, QUIRE_MALFORMED, "undump", page->number, "line %d: %s", r.line_number,
                      r.problem);
}
