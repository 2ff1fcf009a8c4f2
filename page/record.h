/*
 * The fields of a page's records as tables, shared by the writer (dump.c) and the reader
 * (undump.c), so that both speak the same language. A line is the record's name, then its fields
 * as `key value ...` in any order; a field that has its default is left out.
 */
#ifndef QUIRE_PAGE_RECORD_H
#define QUIRE_PAGE_RECORD_H

#include <stdint.h>

#include "page/page.h"

typedef enum field_kind {
    FIELD_END = 0,
    FIELD_FLOAT, /* thousandths are kept */
    FIELD_U32,
    FIELD_I32,
    FIELD_U16,
    FIELD_I16,
    FIELD_U8,
    FIELD_BOOL,
    FIELD_STATUS,
    FIELD_COLOUR, /* aarrggbb */
    FIELD_POINT, /* x y */
    FIELD_BOX, /* x0 y0 x1 y1 */
    FIELD_MATRIX, /* a b c d e f */
    FIELD_STRING, /* const char *, quoted; NULL: left out */
    FIELD_CHARS, /* char[16], quoted */
    FIELD_GLYPH_TEXT, /* slice of the text pool, quoted */
} field_kind;

typedef struct field {
    const char *key;
    field_kind kind;
    size_t offset;
    int32_t absent; /* value when the field is not written */
} field;

typedef enum record_kind {
    RECORD_PAGE = 0,
    RECORD_FONT,
    RECORD_STYLE,
    RECORD_GLYPH,
    RECORD_RULE,
    RECORD_FILL,
    RECORD_DRAWING,
    RECORD_IMAGE,
    RECORD_LINK,
    RECORD_ANNOTATION,
    RECORD_WIDGET,
    RECORD_TAG,
    RECORD_MARK,
    RECORD_BARCODE,
    RECORD_SCRIBBLE,
    RECORD_HANDWRITING,
    RECORD_KINDS,
} record_kind;

typedef struct record {
    const char *name;
    size_t size;
    const field *fields; /* ends with FIELD_END */
} record;

extern const record quire_page_records[RECORD_KINDS];

/* The numbers of one field, as long as its kind says; 0 for kinds that hold none. */
int quire_field_numbers(field_kind kind);

#endif
