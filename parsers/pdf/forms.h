/*
 * What the files on forms share: a field with those above it in the tree, and the budget that keeps
 * what widgets inherit from costing more than the page has room for.
 */
#ifndef QUIRE_PDF_FORMS_H
#define QUIRE_PDF_FORMS_H

#include "parsers/pdf/document.h"

enum {
    QUIRE_FORM_LEVELS = 32, /* fields above each other */
    QUIRE_FORM_BYTES = 64 * 1024 * 1024, /* of all strings of a page's fields */
    QUIRE_FORM_STRING = 64, /* what a string costs beside its bytes */
    QUIRE_FORM_OPTIONS = 2000, /* of a field */
    /* of /Ff: tables 221, 226, 228, 230 */
    QUIRE_FF_READ_ONLY = 1 << 0,
    QUIRE_FF_REQUIRED = 1 << 1,
    QUIRE_FF_MULTILINE = 1 << 12,
    QUIRE_FF_PASSWORD = 1 << 13,
    QUIRE_FF_RADIO = 1 << 15,
    QUIRE_FF_PUSH_BUTTON = 1 << 16,
    QUIRE_FF_COMBO = 1 << 17,
    QUIRE_FF_EDIT = 1 << 18,
    QUIRE_FF_MULTI_SELECT = 1 << 21,
    QUIRE_FF_COMB = 1 << 24,
    QUIRE_FF_UNISON = 1 << 25, /* of radio buttons */
};

/* A field or widget, and the fields that it inherits from, the nearest first. */
typedef struct quire_lineage {
    const quire_object *levels[QUIRE_FORM_LEVELS];
    int count;
} quire_lineage;

typedef struct quire_form_reader {
    quire_arena *arena; /* strings go there */
    size_t *spent; /* of QUIRE_FORM_BYTES */
    quire_lineage line;
    int flags; /* /Ff */
} quire_form_reader;

const quire_object *quire_lineage_find(const quire_lineage *line, const char *key);

/* A string, a text stream (7.9.3) or a name as text; NULL: none, or the budget is spent. */
const char *quire_form_text(quire_form_reader *form, const quire_object *object);
/* Partial names from the top, joined by periods (12.7.3.2); NULL: it has none. */
const char *quire_form_name(quire_form_reader *form);

/* The value, options and state of `out`, whose type is set. */
void quire_form_read_value(quire_form_reader *form, quire_widget *out);
/* Of form->line: type, flags, name, tooltip, value. False where it is no field. */
bool quire_form_read_field(quire_form_reader *form, quire_widget *out);

#endif
