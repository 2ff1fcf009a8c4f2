/* Marked content: tags and their ids, property lists, layers, ActualText. */
#include "tests/support/content_pdf.h"

static const quire_tag *tag_of(const quire_page *page, size_t glyph)
{
    int32_t tag = page->glyphs[glyph].tag;
    return tag < 0 ? NULL : &page->tags[tag];
}

static void inline_and_named_lists_count_alike(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/Properties << /M << /MCID 7 /Lang (de) >> >>";
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 10 100 Td /P <</A [<</MCID 1>>] /MCID 3>> BDC (a) Tj EMC /Span /M BDC "
              "(b) Tj EMC /Artifact BMC (c) Tj EMC (d) Tj ET");
    assert_int_equal(page->tag_count, 3);
    assert_string_equal(tag_of(page, 0)->name, "P");
    assert_int_equal(tag_of(page, 0)->mcid, 3);
    assert_int_equal(tag_of(page, 0)->stream, -1);
    assert_string_equal(tag_of(page, 1)->name, "Span");
    assert_int_equal(tag_of(page, 1)->mcid, 7);
    assert_string_equal(tag_of(page, 1)->language, "de");
    assert_string_equal(tag_of(page, 2)->name, "Artifact");
    assert_int_equal(tag_of(page, 2)->mcid, -1);
    assert_null(tag_of(page, 3));
    content_pdf_clear(&pdf);
}

static void sequences_nest(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/Properties << /L << /Type /OCG /Name (on) >> >>";
    const quire_page *page = content_pdf_parse(
        &pdf, "EMC BT /F1 10 Tf 10 100 Td /P <</MCID 0>> BDC /OC /L BDC (a) Tj EMC (b) Tj EMC "
              "(c) Tj ET 0 0 50 50 re f");
    assert_string_equal(tag_of(page, 0)->name, "OC");
    assert_int_equal(page->tags[tag_of(page, 0)->parent].mcid, 0);
    assert_int_equal(tag_of(page, 1)->mcid, 0);
    assert_null(tag_of(page, 2));
    assert_int_equal(page->fills[0].tag, -1);
    content_pdf_clear(&pdf);
}

static void forms_have_ids_of_their_own(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/XObject << /X 10 0 R >>";
    small_pdf_stream(&pdf.file, 10, "/Type /XObject /Subtype /Form /BBox [0 0 99 99]",
                     "/P <</MCID 0>> BDC BT /F1 9 Tf (f) Tj ET", 40);
    const quire_page *page =
        content_pdf_parse(&pdf, "/X Do /P <</MCID 0>> BDC BT /F1 10 Tf (p) Tj ET EMC BT (q) Tj ET");
    assert_int_equal(tag_of(page, 0)->stream, 10);
    assert_int_equal(tag_of(page, 1)->stream, -1);
    assert_null(tag_of(page, 2)); /* what the form left open ends with it */
    content_pdf_clear(&pdf);
}

static content_pdf with_layers(void)
{
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10, "<< /Type /OCG /Name (off) >>");
    small_pdf_object(&pdf.file, 11, "<< /Type /OCG /Name (on) >>");
    small_pdf_stream(&pdf.file, 12, "/Type /XObject /Subtype /Form /BBox [0 0 99 99] /OC 10 0 R",
                     "BT /F1 9 Tf (f) Tj ET", 21);
    small_pdf_stream(&pdf.file, 13,
                     "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                     "/ColorSpace /DeviceGray /OC 10 0 R",
                     "x", 1);
    pdf.resources = "/Properties << /Off 10 0 R /On 11 0 R >> /XObject << /X 12 0 R /I 13 0 R >>";
    return pdf;
}

static void layers_that_are_off_are_kept_apart(void **state)
{
    (void)state;
    content_pdf pdf = with_layers();
    const char *content = "BT /F1 10 Tf 10 100 Td /OC /Off BDC (a) Tj ET 0 0 50 50 re f BT EMC /OC "
                          "/On BDC (b) Tj EMC "
                          "ET /X Do /I Do";
    pdf.catalog_keys = "/OCProperties << /OCGs [10 0 R 11 0 R] /D << /OFF [10 0 R] >> >>";
    const quire_page *page = content_pdf_parse(&pdf, content);
    assert_string_equal(page_text_of(&pdf), "abf");
    assert_true(page->glyphs[0].flags & QUIRE_GLYPH_LAYER_OFF);
    assert_false(page->glyphs[1].flags & QUIRE_GLYPH_LAYER_OFF);
    assert_true(page->glyphs[2].flags & QUIRE_GLYPH_LAYER_OFF);
    assert_int_equal(page->fill_count, 0);
    assert_int_equal(page->image_count, 0);
    content_pdf_clear(&pdf);
}

/* ---- ActualText ---- */

static void actual_text_replaces_what_differs(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 10 100 Td /Span <</ActualText (waffle)>> BDC (waxle) Tj EMC ET");
    assert_int_equal(page->glyph_count, 5);
    assert_string_equal(page_text_of(&pdf), "waffle");
    assert_glyph_text(page, 1, "a");
    assert_glyph_text(page, 2, "ff");
    assert_int_equal(page->glyphs[1].source, QUIRE_UNICODE_ENCODING);
    assert_int_equal(page->glyphs[2].source, QUIRE_UNICODE_ACTUAL_TEXT);
    assert_string_equal(page->tags[0].actual_text, "waffle");
    content_pdf_clear(&pdf);
}

static void actual_text_may_be_empty_or_shorter(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 10 100 Td /Span <</ActualText ()>> BDC (xx) Tj EMC "
              "/Span <</ActualText <FEFF00E9>>> BDC (abc) Tj EMC /Span <</ActualText <FEFF00AD>>> "
              "BDC (-) Tj EMC ET");
    assert_string_equal(page_text_of(&pdf), "\u00e9\u00ad");
    assert_true(page->glyphs[0].flags & QUIRE_GLYPH_REPLACED);
    assert_true(page->glyphs[1].flags & QUIRE_GLYPH_REPLACED);
    assert_false(page->glyphs[2].flags & QUIRE_GLYPH_REPLACED);
    assert_true(page->glyphs[4].flags & QUIRE_GLYPH_REPLACED);
    assert_true(page->glyphs[5].flags & QUIRE_GLYPH_SOFT_HYPHEN);
    content_pdf_clear(&pdf);
}

static void the_outer_actual_text_holds(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    content_pdf_parse(&pdf, "BT /F1 10 Tf 10 100 Td /Span <</ActualText (Z)>> BDC (a) Tj "
                            "/Span <</ActualText (Y)>> BDC (b) Tj EMC EMC (c) Tj ET");
    assert_string_equal(page_text_of(&pdf), "Zc");
    content_pdf_clear(&pdf);
}

static void text_without_glyphs_is_not_on_the_page(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "/Span <</ActualText (ghost)>> BDC 0 0 9 9 re f EMC BT /F1 10 Tf (a) Tj ET");
    assert_string_equal(page_text_of(&pdf), "a");
    assert_string_equal(page->tags[0].actual_text, "ghost");
    content_pdf_clear(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(inline_and_named_lists_count_alike),
        cmocka_unit_test(sequences_nest),
        cmocka_unit_test(forms_have_ids_of_their_own),
        cmocka_unit_test(layers_that_are_off_are_kept_apart),
        cmocka_unit_test(actual_text_replaces_what_differs),
        cmocka_unit_test(actual_text_may_be_empty_or_shorter),
        cmocka_unit_test(the_outer_actual_text_holds),
        cmocka_unit_test(text_without_glyphs_is_not_on_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
