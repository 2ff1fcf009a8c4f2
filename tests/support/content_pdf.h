/*
 * One page made of a content stream, parsed: for tests of what content leaves on a page.
 *
 *     content_pdf pdf = content_pdf_begin();
 *     small_pdf_object(&pdf.file, 10, "<< /Type /ExtGState /ca 0.5 >>");
 *     pdf.resources = "/ExtGState << /G 10 0 R >>";
 *     const quire_page *page = content_pdf_parse(&pdf, "BT /F1 10 Tf 20 30 Td (Hi) Tj ET");
 *     ...
 *     content_pdf_clear(&pdf);
 *
 * The page is 200 by 300 points; F1 is Helvetica in WinAnsiEncoding. Objects 1 to 9 are taken.
 */
#ifndef TESTS_SUPPORT_CONTENT_PDF_H
#define TESTS_SUPPORT_CONTENT_PDF_H

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <cmocka.h>

#include "parsers/parser.h"
#include "tests/support/small_pdf.h"

typedef struct content_pdf {
    small_pdf file;
    const char *resources; /* beside the fonts; NULL: none */
    const char *fonts; /* beside F1; NULL: none */
    const char *catalog_keys; /* NULL: none */
    const char *page_keys; /* of the page's dictionary; NULL: none */
    const char *content_keys; /* of the content stream's dictionary; NULL: none */
    quire_parse_options options;
    GString *issues; /* "code: message\n" each */
    quire_reader *reader;
    quire_arena *arena;
    quire_page page;
} content_pdf;

static inline content_pdf content_pdf_begin(void)
{
    return (content_pdf){
        .file = small_pdf_begin("1.7"), .issues = g_string_new(NULL), .arena = quire_arena_new(0)};
}

static inline void content_pdf_note(void *user, const quire_issue *issue)
{
    g_string_append_printf(user, "%s: %s\n", issue->code, issue->message);
}

static inline const quire_page *content_pdf_parse_bytes(content_pdf *pdf, const void *content,
                                                        size_t size)
{
    small_pdf *file = &pdf->file;
    small_pdf_object(file, 1, "<< /Type /Catalog /Pages 2 0 R %s >>",
                     pdf->catalog_keys ? pdf->catalog_keys : "");
    small_pdf_object(file, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    small_pdf_object(file, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R %s "
                     "/Resources << /Font << /F1 4 0 R %s >> %s >> >>",
                     pdf->page_keys ? pdf->page_keys : "", pdf->fonts ? pdf->fonts : "",
                     pdf->resources ? pdf->resources : "");
    small_pdf_object(file, 4,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                     "/Encoding /WinAnsiEncoding >>");
    small_pdf_stream(file, 5, pdf->content_keys ? pdf->content_keys : "", content, size);
    quire_bytes bytes = small_pdf_end(file, "/Root 1 0 R");
    pdf->options.user = pdf->issues;
    pdf->options.on_issue = content_pdf_note;
    const quire_parser *parser = quire_parser_find(bytes);
    quire_error error = {0};
    if (parser->open(bytes, &pdf->options, &pdf->reader, &error) != QUIRE_OK) {
        fail_msg("%s", error.message);
    }
    parser->parse_page(pdf->reader, 1, pdf->arena, &pdf->page);
    return &pdf->page;
}

static inline const quire_page *content_pdf_parse(content_pdf *pdf, const char *content)
{
    return content_pdf_parse_bytes(pdf, content, strlen(content));
}

static inline void content_pdf_clear(content_pdf *pdf)
{
    if (pdf->reader) {
        quire_parser_at(0)->close(pdf->reader);
    }
    quire_arena_free(pdf->arena);
    g_string_free(pdf->issues, TRUE);
    small_pdf_clear(&pdf->file);
}

static inline void assert_glyph_text(const quire_page *page, size_t index, const char *expected)
{
    assert_true(index < page->glyph_count);
    quire_text text = quire_glyph_text(page, &page->glyphs[index]);
    if (!quire_text_equal(text, quire_text_of(expected))) {
        fail_msg("glyph %zu says '%.*s', not '%s'", index, (int)text.size, text.data, expected);
    }
}

/* All that the glyphs say, in the order of the content. */
static inline char *page_text_of(content_pdf *pdf)
{
    GString *all = g_string_new(NULL);
    for (size_t i = 0; i < pdf->page.glyph_count; i++) {
        quire_text text = quire_glyph_text(&pdf->page, &pdf->page.glyphs[i]);
        g_string_append_len(all, text.data, (gssize)text.size);
    }
    char *copy = quire_arena_text(pdf->arena, all->str, all->len);
    g_string_free(all, TRUE);
    return copy;
}

#define assert_close(a, b)                                                                         \
    do {                                                                                           \
        double a_ = (a), b_ = (b);                                                                 \
        if (!(fabs(a_ - b_) < 0.01)) {                                                             \
            fail_msg("%s:%d: %s is %g, not %g", __FILE__, __LINE__, #a, a_, b_);                   \
        }                                                                                          \
    } while (0)

#define assert_box(box, left, top, right, bottom)                                                  \
    do {                                                                                           \
        assert_close((box).x0, left);                                                              \
        assert_close((box).y0, top);                                                               \
        assert_close((box).x1, right);                                                             \
        assert_close((box).y1, bottom);                                                            \
    } while (0)

#endif
