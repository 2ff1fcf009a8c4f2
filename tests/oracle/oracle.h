/*
 * What Poppler itself would draw: the glyphs of a page as its own interpreter hands them to an
 * output device. For tests only; it shares no code with parsers/pdf.
 */
#ifndef TESTS_ORACLE_ORACLE_H
#define TESTS_ORACLE_ORACLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { ORACLE_MAX_TEXT = 24 };

typedef struct oracle_glyph {
    uint32_t code;
    uint32_t text[ORACLE_MAX_TEXT];
    int text_count;
    double x, y, dx, dy; /* origin and advance on the page at 72 dpi, without spacing */
    double ascent, descent; /* of its font, of an em */
    bool type3;
} oracle_glyph;

typedef struct oracle oracle;

/* NULL when Poppler cannot open the bytes, which must outlive the oracle. */
oracle *oracle_open(const void *bytes, size_t size);
void oracle_close(oracle *o);
int oracle_pages(oracle *o);
/* The glyphs of a page in the order of its content, without annotations; until the next call. NULL
 * when Poppler finds no such page. */
const oracle_glyph *oracle_page(oracle *o, int number, size_t *count);

#ifdef __cplusplus
}
#endif

#endif
