/*
 * A small PDF assembled in memory, object by object, with a cross-reference table that is right.
 * Header only, so that a test needs nothing but to include it.
 *
 *     small_pdf pdf = small_pdf_begin("1.7");
 *     small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
 *     small_pdf_stream(&pdf, 4, "", "BT ... ET", 9);
 *     quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
 *     ...
 *     small_pdf_clear(&pdf);
 */
#ifndef TESTS_SUPPORT_SMALL_PDF_H
#define TESTS_SUPPORT_SMALL_PDF_H

#include <glib.h>
#include <stdarg.h>
#include <string.h>

#include "core/core.h"

enum { SMALL_PDF_OBJECTS = 512 };

typedef struct small_pdf {
    GString *bytes;
    size_t offsets[SMALL_PDF_OBJECTS]; /* 0: no such object */
    size_t cross_reference; /* offset, once ended */
    int count; /* highest number + 1 */
} small_pdf;

static inline small_pdf small_pdf_begin(const char *version)
{
    small_pdf pdf = {.bytes = g_string_new(NULL), .count = 1};
    g_string_append_printf(pdf.bytes, "%%PDF-%s\n", version);
    return pdf;
}

static inline void small_pdf_mark(small_pdf *pdf, int number)
{
    g_assert(number > 0 && number < SMALL_PDF_OBJECTS);
    pdf->offsets[number] = pdf->bytes->len;
    pdf->count = MAX(pdf->count, number + 1);
}

__attribute__((format(printf, 3, 4))) static inline void
small_pdf_object(small_pdf *pdf, int number, const char *format, ...)
{
    va_list list;
    small_pdf_mark(pdf, number);
    g_string_append_printf(pdf->bytes, "%d 0 obj\n", number);
    va_start(list, format);
    g_string_append_vprintf(pdf->bytes, format, list);
    va_end(list);
    g_string_append(pdf->bytes, "\nendobj\n");
}

/* `keys`: of the stream's dictionary, beside /Length. */
static inline void small_pdf_stream(small_pdf *pdf, int number, const char *keys, const void *bytes,
                                    size_t size)
{
    small_pdf_mark(pdf, number);
    g_string_append_printf(pdf->bytes, "%d 0 obj\n<< %s /Length %zu >>\nstream\n", number, keys,
                           size);
    g_string_append_len(pdf->bytes, bytes, (gssize)size);
    g_string_append(pdf->bytes, "\nendstream\nendobj\n");
}

/* A content stream of text. */
static inline void small_pdf_content(small_pdf *pdf, int number, const char *content)
{
    small_pdf_stream(pdf, number, "", content, strlen(content));
}

/* Writes table and trailer; what is returned lives until small_pdf_clear(). */
static inline quire_bytes small_pdf_end(small_pdf *pdf, const char *trailer_keys)
{
    pdf->cross_reference = pdf->bytes->len;
    g_string_append_printf(pdf->bytes, "xref\n0 %d\n0000000000 65535 f \n", pdf->count);
    for (int i = 1; i < pdf->count; i++)
        g_string_append_printf(pdf->bytes, "%010zu 00000 %c \n", pdf->offsets[i],
                               pdf->offsets[i] ? 'n' : 'f');
    g_string_append_printf(pdf->bytes, "trailer\n<< /Size %d %s >>\nstartxref\n%zu\n%%%%EOF\n",
                           pdf->count, trailer_keys, pdf->cross_reference);
    return (quire_bytes){(const uint8_t *)pdf->bytes->str, pdf->bytes->len};
}

static inline void small_pdf_clear(small_pdf *pdf)
{
    g_string_free(pdf->bytes, TRUE);
    pdf->bytes = NULL;
}

#endif
