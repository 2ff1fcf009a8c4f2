/* What a reader of the page does not see is marked; what belongs together is joined. */
#include "tests/support/content_pdf.h"

static void assert_flags(const quire_page *page, size_t index, uint32_t expected)
{
    assert_true(index < page->glyph_count);
    uint32_t mask = QUIRE_GLYPH_HIDDEN | QUIRE_GLYPH_DUPLICATE;
    if ((page->glyphs[index].flags & mask) != expected) {
        fail_msg("glyph %zu has flags %x, not %x", index, page->glyphs[index].flags & mask,
                 expected);
    }
}

/* The flags of the one glyph "x" that `content` shows at 50 50, F1 10. */
static void assert_shown_as(const char *resources, const char *content, uint32_t expected)
{
    content_pdf pdf = content_pdf_begin();
    pdf.resources = resources;
    const quire_page *page = content_pdf_parse(&pdf, content);
    assert_int_equal(page->glyph_count, 1);
    assert_flags(page, 0, expected);
    content_pdf_clear(&pdf);
}

#define X "BT /F1 10 Tf 50 50 Td (x) Tj ET "

static void invisible(void **state)
{
    (void)state;
    const char *clear = "/ExtGState << /Z << /ca 0 >> >>";
    assert_shown_as(NULL, X, 0);
    assert_shown_as(NULL, "3 Tr " X, QUIRE_GLYPH_INVISIBLE);
    assert_shown_as(NULL, "7 Tr " X, QUIRE_GLYPH_INVISIBLE);
    assert_shown_as(NULL, "1 Tr " X, 0);
    assert_shown_as(clear, "/Z gs " X, QUIRE_GLYPH_INVISIBLE);
    assert_shown_as(clear, "/Z gs 2 Tr " X, 0);
}

static void off_page_and_clipped(void **state)
{
    (void)state;
    assert_shown_as(NULL, "1 0 0 1 160 0 cm " X, QUIRE_GLYPH_OFF_PAGE | QUIRE_GLYPH_CLIPPED);
    assert_shown_as(NULL, "100 100 50 50 re W n " X, QUIRE_GLYPH_CLIPPED);
    assert_shown_as(NULL, "52 40 50 50 re W n " X, 0);
}

static void covered(void **state)
{
    (void)state;
    const char *half = "/ExtGState << /H << /ca 0.5 >> /M << /BM /Multiply >> >>";
    assert_shown_as(NULL, X "40 40 30 30 re f", QUIRE_GLYPH_COVERED);
    assert_shown_as(NULL, "1 g 40 40 30 30 re f 0 g " X, 0);
    assert_shown_as(NULL, X "70 40 30 30 re f", 0);
    assert_shown_as(half, X "/H gs 40 40 30 30 re f", 0);
    assert_shown_as(half, X "/M gs 40 40 30 30 re f", 0);
    assert_shown_as(NULL, X "40 40 m 70 40 l 50 90 l f", 0); /* a drawing covers for itself only */
    assert_shown_as(NULL, "q 100 100 5 5 re W n Q " X "q 100 100 5 5 re W n 0 0 200 300 re f Q", 0);
}

static void covered_by_images(void **state)
{
    (void)state;
    const char *inline_image = "BI /W 1 /H 1 /BPC 8 /CS /G ID x EI";
    const char *stencil = "BI /W 1 /H 1 /IM true ID x EI";
    char content[400];
    g_snprintf(content, sizeof content, X "q 99 0 0 99 9 9 cm %s Q", inline_image);
    assert_shown_as(NULL, content, QUIRE_GLYPH_COVERED);
    g_snprintf(content, sizeof content, X "q 99 0 0 99 9 9 cm %s Q", stencil);
    assert_shown_as(NULL, content, 0);
    g_snprintf(content, sizeof content, "q 99 0 0 99 9 9 cm %s Q 1 g " X, inline_image);
    assert_shown_as(NULL, content, 0); /* white on a picture may be read */
}

static void same_colour_as_the_ground(void **state)
{
    (void)state;
    assert_shown_as(NULL, "1 g " X, QUIRE_GLYPH_SAME_COLOUR);
    assert_shown_as(NULL, "0.99 g " X, QUIRE_GLYPH_SAME_COLOUR);
    assert_shown_as(NULL, "0.9 g " X, 0);
    assert_shown_as(NULL, "0 0 1 rg 40 40 30 30 re f 1 g " X, 0);
    assert_shown_as(NULL, "0 0 1 rg 40 40 30 30 re f " X, QUIRE_GLYPH_SAME_COLOUR);
    assert_shown_as(NULL, "0 0 1 rg 40 40 30 30 re f 1 g 45 45 20 20 re f " X,
                    QUIRE_GLYPH_SAME_COLOUR);
    assert_shown_as(NULL, "1 g 2 Tr 0 G " X, 0); /* its outline is black */
    assert_shown_as(NULL, "0 0 1 rg 40 40 m 70 40 l 70 70 l 30 90 l f 1 g " X, 0);
}

static void many_grounds_keep_their_order(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    GString *content = g_string_new(NULL);
    for (int i = 0; i < 500; i++) {
        g_string_append_printf(content, "%d g %d %d 20 20 re f ", i & 1, i % 18 * 10, i % 28 * 10);
    }
    g_string_append(content, "0 g 0 0 200 300 re f 1 g " X "0 g " X);
    const quire_page *page = content_pdf_parse(&pdf, content->str);
    assert_flags(page, 0, 0);
    assert_flags(page, 1, QUIRE_GLYPH_SAME_COLOUR);
    g_string_free(content, TRUE);
    content_pdf_clear(&pdf);
}

static void doubled_glyphs_are_marked_once(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 50 50 Td (ab) Tj 0.4 0 Td (ab) Tj 0 30 Td (ll) Tj 20 0 Td (c) Tj "
              "0 3 Td (c) Tj 20 0 Td (d) Tj 3 Tr (x) Tj ET BT /F1 10 Tf 0 Tr 120 250 Td (e) Tj "
              "3 Tr 0.1 0 Td (e) Tj ET");
    assert_flags(page, 0, QUIRE_GLYPH_DUPLICATE);
    assert_flags(page, 1, QUIRE_GLYPH_DUPLICATE);
    assert_flags(page, 2, 0);
    assert_flags(page, 3, 0);
    assert_flags(page, 4, 0); /* ll */
    assert_flags(page, 5, 0);
    assert_flags(page, 6, 0); /* c, 3 pt higher */
    assert_flags(page, 7, 0);
    assert_flags(page, 10, 0); /* seen, and the same unseen */
    assert_flags(page, 11, QUIRE_GLYPH_INVISIBLE);
    content_pdf_clear(&pdf);
}

static void a_whole_page_drawn_twice_is_found(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    GString *content = g_string_new(NULL);
    for (int copy = 0; copy < 2; copy++) {
        for (int line = 0; line < 28; line++) {
            g_string_append_printf(content, "BT /F1 8 Tf 5 %d Td (the quick brown fox %d) Tj ET ",
                                   line * 10 + 5, line);
        }
    }
    const quire_page *page = content_pdf_parse(&pdf, content->str);
    for (size_t i = 0; i < page->glyph_count; i++) {
        bool space = page->glyphs[i].flags & QUIRE_GLYPH_SPACE;
        assert_flags(page, i, !space && i < page->glyph_count / 2 ? QUIRE_GLYPH_DUPLICATE : 0);
    }
    g_string_free(content, TRUE);
    content_pdf_clear(&pdf);
}

static void turned_doubles_are_found(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 0 1 -1 0 50 50 Tm (ab) Tj 0 1 -1 0 50 50.6 Tm (ab) Tj ET");
    assert_flags(page, 0, QUIRE_GLYPH_DUPLICATE);
    assert_flags(page, 1, QUIRE_GLYPH_DUPLICATE);
    assert_flags(page, 2, 0);
    content_pdf_clear(&pdf);
}

/* A ToUnicode map: A is itself, B a combining acute, C the spacing acute, D e, E a soft hyphen. */
static void accents_join_their_letters(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 65 /LastChar "
                     "69 /Widths [500 0 300 500 300] /ToUnicode 11 0 R >>");
    small_pdf_content(&pdf.file, 11,
                      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> "
                      "<FF> endcodespacerange 5 beginbfchar <41> <0041> <42> <0301> <43> <00B4> "
                      "<44> <0065> <45> <00AD> endbfchar endcmap");
    pdf.fonts = "/U 10 0 R";
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /U 10 Tf 10 100 Td (AB) Tj 50 0 Td [(C) 300 (D)] TJ 50 0 Td [(D) 400 (C)] TJ "
              "50 0 Td (DC) Tj -100 -50 Td (E) Tj 50 0 Td (B) Tj ET");
    assert_int_equal(page->glyph_count, 10);
    assert_glyph_text(page, 0, "A\u0301");
    assert_glyph_text(page, 1, "");
    assert_true(page->glyphs[1].flags & QUIRE_GLYPH_COMBINING);
    assert_glyph_text(page, 2, ""); /* drawn before its letter */
    assert_glyph_text(page, 3, "e\u0301");
    assert_glyph_text(page, 4, "e\u0301");
    assert_glyph_text(page, 6, "e"); /* the acute stands beside it */
    assert_glyph_text(page, 7, "\u00b4");
    assert_glyph_text(page, 8, "\u00ad");
    assert_true(page->glyphs[8].flags & QUIRE_GLYPH_SOFT_HYPHEN);
    assert_glyph_text(page, 9, "\u0301"); /* no letter near */
    content_pdf_clear(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(invisible),
        cmocka_unit_test(off_page_and_clipped),
        cmocka_unit_test(covered),
        cmocka_unit_test(covered_by_images),
        cmocka_unit_test(same_colour_as_the_ground),
        cmocka_unit_test(many_grounds_keep_their_order),
        cmocka_unit_test(doubled_glyphs_are_marked_once),
        cmocka_unit_test(a_whole_page_drawn_twice_is_found),
        cmocka_unit_test(turned_doubles_are_found),
        cmocka_unit_test(accents_join_their_letters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
