/*
 * What the fields of a page written by hand say. Include <cmocka.h> before it.
 */
#ifndef QUIRE_TESTS_ANSWERS_H
#define QUIRE_TESTS_ANSWERS_H

#include "tests/support/paper.h"

/* Lays the page out as one whose text was read from an image. */
static inline void read_scan(paper *p)
{
    for (size_t i = 0; i < p->builder.glyphs.count; i++)
        p->builder.glyphs.items[i].source = QUIRE_UNICODE_OCR;
    paper_read(p);
}

static inline const quire_field *field_of(const paper *p, const char *name)
{
    for (size_t i = 0; i < p->document->fields.count; i++)
        if (p->document->fields.items[i].label &&
            strcmp(p->document->fields.items[i].label, name) == 0)
            return &p->document->fields.items[i];
    return NULL;
}

/* Of a scan; `value` NULL: there is a place for it, and nothing in it. */
static inline void assert_answer(const paper *p, const char *name, const char *value)
{
    const quire_field *field = field_of(p, name);
    if (!field)
        fail_msg("nothing asks for '%s'", name);
    if (value && !field->value)
        fail_msg("nothing answers '%s'", name);
    if (value)
        assert_string_equal(field->value, value);
    else
        assert_null(field->value);
    assert_int_equal(field->source, QUIRE_FIELD_OF_OCR);
}

#endif
