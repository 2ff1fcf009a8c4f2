/* Text operators: where glyphs land, how they are set, what they say. */
#include "tests/support/content_pdf.h"

/* Widths of Helvetica: H 722, i 222, space 278, A 667, B 667 thousandths. */

static void glyphs_stand_on_the_baseline(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(&pdf, "BT /F1 10 Tf 20 30 Td (Hi) Tj ET");
    assert_int_equal(page->status, QUIRE_OK);
    assert_int_equal(page->glyph_count, 2);
    assert_glyph_text(page, 0, "H");
    assert_glyph_text(page, 1, "i");
    assert_close(page->glyphs[0].origin.x, 20);
    assert_close(page->glyphs[0].origin.y, 270);
    assert_close(page->glyphs[0].advance.x, 7.22);
    assert_close(page->glyphs[1].origin.x, 27.22);
    assert_close(page->glyphs[0].box.x1, 27.22);
    assert_true(page->glyphs[0].box.y0 < 264 && page->glyphs[0].box.y1 > 271);
    assert_int_equal(page->glyphs[0].code, 'H');
    assert_int_equal(page->glyphs[0].flags, 0);
    assert_int_equal(page->glyphs[0].source, QUIRE_UNICODE_ENCODING);
    const quire_style *style = &page->styles[page->glyphs[0].style];
    assert_close(style->size, 10);
    assert_close(style->rotation, 0);
    assert_int_equal(style->fill, 0xFF000000u);
    assert_string_equal(page->fonts[style->font].name, "Helvetica");
    assert_close(page->fonts[style->font].space, 0.278);
    content_pdf_clear(&pdf);
}

static void spacing_scales_and_rises(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 1 Tc 5 Tw 50 Tz 3 Ts 20 30 Td (A B) Tj [(A) -1000 (B)] TJ ET");
    assert_int_equal(page->glyph_count, 5);
    /* Each step: (width + char space (+ word space)) * 0.5 */
    assert_close(page->glyphs[0].origin.x, 20);
    assert_close(page->glyphs[0].origin.y, 267);
    assert_close(page->glyphs[0].advance.x, 3.335);
    assert_close(page->glyphs[1].origin.x, 20 + (6.67 + 1) / 2);
    assert_true(page->glyphs[1].flags & QUIRE_GLYPH_SPACE);
    assert_close(page->glyphs[2].origin.x, 20 + (6.67 + 1 + 2.78 + 1 + 5) / 2);
    float a = page->glyphs[3].origin.x;
    assert_close(page->glyphs[4].origin.x, a + (6.67 + 1 + 10) / 2);
    assert_close(page->styles[page->glyphs[0].style].width_scale, 0.5);
    content_pdf_clear(&pdf);
}

static void lines_move_by_td_leading_and_quotes(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /F1 10 Tf 12 TL 10 100 Td (A) Tj T* (B) Tj 5 -20 TD (A) Tj (B) ' 2 1 (A) \" "
              "1 0 0 1 50 60 Tm (B) Tj ET");
    const float places[6][2] = {{10, 100}, {10, 88}, {15, 68}, {15, 48}, {15, 28}, {50, 60}};
    assert_int_equal(page->glyph_count, 6);
    for (int i = 0; i < 6; i++) {
        assert_close(page->glyphs[i].origin.x, places[i][0]);
        assert_close(300 - page->glyphs[i].origin.y, places[i][1]);
    }
    content_pdf_clear(&pdf);
}

static void rotation_is_counter_clockwise_as_seen(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page =
        content_pdf_parse(&pdf, "BT /F1 10 Tf 0 2 -2 0 50 60 Tm (A) Tj ET q 0.5 0 0 0.5 0 0 cm "
                                "BT /F1 10 Tf -1 0 0 -1 100 100 Tm (A) Tj ET Q");
    const quire_style *up = &page->styles[page->glyphs[0].style];
    assert_close(up->rotation, 90);
    assert_close(up->size, 20);
    assert_close(page->glyphs[0].advance.x, 0);
    assert_close(page->glyphs[0].advance.y, -13.34);
    const quire_style *over = &page->styles[page->glyphs[1].style];
    assert_close(over->rotation, 180);
    assert_close(over->size, 5);
    content_pdf_clear(&pdf);
}

static void page_rotation_and_user_unit_are_applied(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.page_keys = "/Rotate 90 /UserUnit 2 /CropBox [10 20 110 220]";
    const quire_page *page = content_pdf_parse(&pdf, "BT /F1 10 Tf 30 50 Td (A) Tj ET");
    assert_close(page->width, 400);
    assert_close(page->height, 200);
    assert_int_equal(page->rotate, 90);
    /* Turned clockwise: what was up is right. */
    assert_close(page->glyphs[0].origin.x, 60);
    assert_close(page->glyphs[0].origin.y, 40);
    assert_close(page->styles[0].size, 20);
    assert_close(page->styles[0].rotation, 270);
    content_pdf_clear(&pdf);
}

static void colours_modes_and_alpha_make_styles(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/ExtGState << /G << /ca 0.5 >> >> /ColorSpace << /S [/Separation /Spot "
                    "/DeviceRGB << /FunctionType 2 /Domain [0 1] /C0 [1 1 1] /C1 [0 0 1] /N 1 >>] "
                    "/I [/Indexed /DeviceRGB 1 <000000 00FF00>] >>";
    const quire_page *page =
        content_pdf_parse(&pdf, "BT /F1 10 Tf 1 0 0 rg 10 50 Td (A) Tj 0.5 g (A) Tj 0 0 0 1 k "
                                "(A) Tj /S cs 1 scn (A) Tj /I cs 1 sc (A) Tj /G gs (A) Tj "
                                "2 Tr 0 0 1 RG (A) Tj ET");
    assert_int_equal(page->glyph_count, 7);
#define STYLE(i) page->styles[page->glyphs[i].style]
    assert_int_equal(STYLE(0).fill, 0xFFFF0000u);
    assert_int_equal(STYLE(1).fill, 0xFF808080u);
    assert_int_equal(STYLE(2).fill, 0xFF231F20u); /* as Poppler prints black ink */
    assert_int_equal(STYLE(3).fill, 0xFF0000FFu);
    assert_int_equal(STYLE(4).fill, 0xFF00FF00u);
    assert_int_equal(STYLE(5).fill, 0x8000FF00u);
    assert_int_equal(STYLE(6).render_mode, 2);
    assert_int_equal(STYLE(6).stroke, 0xFF0000FFu);
#undef STYLE
    content_pdf_clear(&pdf);
}

static void state_is_saved_and_restored(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "Q BT /F1 10 Tf ET q 1 0 0 1 50 50 cm 1 0 0 rg BT /F1 20 Tf (A) Tj ET Q "
              "BT 5 5 Td (B) Tj ET");
    assert_close(page->glyphs[0].origin.x, 50);
    assert_close(page->styles[page->glyphs[0].style].size, 20);
    assert_close(page->glyphs[1].origin.x, 5);
    assert_close(page->styles[page->glyphs[1].style].size, 10);
    assert_int_equal(page->styles[page->glyphs[1].style].fill, 0xFF000000u);
    content_pdf_clear(&pdf);
}

static void vertical_writing_goes_down(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type0 /BaseFont /V /Encoding /Identity-V "
                     "/DescendantFonts [11 0 R] /ToUnicode 12 0 R >>");
    small_pdf_object(&pdf.file, 11,
                     "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /V /CIDSystemInfo << "
                     "/Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 "
                     "/FontDescriptor << /Type /FontDescriptor /FontName /V /Flags 4 /Ascent 880 "
                     "/Descent -120 /FontBBox [0 -120 1000 880] /ItalicAngle 0 /StemV 80 >> >>");
    small_pdf_content(&pdf.file, 12,
                      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange "
                      "<0000> <FFFF> endcodespacerange 2 beginbfchar <0001> <65E5> <0002> <672C> "
                      "endbfchar endcmap");
    pdf.fonts = "/V 10 0 R";
    const quire_page *page = content_pdf_parse(&pdf, "BT /V 10 Tf 100 250 Td <00010002> Tj ET");
    assert_int_equal(page->glyph_count, 2);
    assert_glyph_text(page, 0, "日");
    assert_glyph_text(page, 1, "本");
    assert_true(page->glyphs[0].flags & QUIRE_GLYPH_VERTICAL);
    assert_int_equal(page->glyphs[0].source, QUIRE_UNICODE_TOUNICODE);
    assert_close(page->glyphs[0].advance.x, 0);
    assert_close(page->glyphs[0].advance.y, 10);
    assert_close(page->glyphs[1].origin.y, 60);
    assert_box(page->glyphs[0].box, 95, 50, 105, 60);
    content_pdf_clear(&pdf);
}

static void type3_text_comes_through_its_encoding(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type3 /FontMatrix [0.01 0 0 0.01 0 0] "
                     "/FontBBox [0 -20 100 80] /FirstChar 97 /LastChar 98 /Widths [50 60] "
                     "/CharProcs << /a 11 0 R /b 11 0 R >> /Encoding << /Type /Encoding "
                     "/Differences [97 /a /b] >> >>");
    small_pdf_content(&pdf.file, 11, "50 0 d0 0 0 50 50 re f");
    pdf.fonts = "/T 10 0 R";
    const quire_page *page = content_pdf_parse(&pdf, "BT /T 10 Tf 10 50 Td (ab) Tj ET");
    assert_int_equal(page->glyph_count, 2);
    assert_glyph_text(page, 0, "a");
    assert_glyph_text(page, 1, "b");
    assert_true(page->glyphs[0].flags & QUIRE_GLYPH_TYPE3);
    assert_close(page->glyphs[0].advance.x, 5);
    assert_close(page->glyphs[1].origin.x, 15);
    assert_box(page->glyphs[0].box, 10, 242, 15, 252);
    assert_int_equal(page->fill_count, 0);
    content_pdf_clear(&pdf);
}

static void what_a_code_says(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << "
                     "/BaseEncoding /WinAnsiEncoding /Differences [1 /fi 2 /uni0416 3 /f_l 4 "
                     "/nosuchname 5 /A.alt] >> >>");
    pdf.fonts = "/E 10 0 R";
    const quire_page *page =
        content_pdf_parse(&pdf, "BT /E 10 Tf 10 50 Td <0102030405> Tj /F1 10 Tf <A0AD92> Tj ET");
    assert_int_equal(page->glyph_count, 8);
    assert_glyph_text(page, 0, "fi");
    assert_glyph_text(page, 1, "\u0416");
    assert_glyph_text(page, 2, "fl");
    assert_glyph_text(page, 3, "");
    assert_int_equal(page->glyphs[3].source, QUIRE_UNICODE_MISSING);
    assert_int_equal(page->glyphs[3].code, 4);
    assert_glyph_text(page, 4, "A");
    assert_glyph_text(page, 5, " ");
    assert_true(page->glyphs[5].flags & QUIRE_GLYPH_SPACE);
    assert_glyph_text(page, 7, "\u2019");
    content_pdf_clear(&pdf);
}

static void controls_of_windows_1252_are_guessed(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 11 0 R >>");
    small_pdf_content(&pdf.file, 11,
                      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> "
                      "<FF> endcodespacerange 3 beginbfchar <41> <0092> <42> <0007> <43> "
                      "<00660069> endbfchar endcmap");
    pdf.fonts = "/U 10 0 R";
    const quire_page *page = content_pdf_parse(&pdf, "BT /U 10 Tf 10 50 Td (ABC) Tj ET");
    assert_glyph_text(page, 0, "\u2019");
    assert_int_equal(page->glyphs[0].source, QUIRE_UNICODE_GUESSED);
    assert_glyph_text(page, 2, "fi");
    assert_int_equal(page->glyphs[2].source, QUIRE_UNICODE_TOUNICODE);
    content_pdf_clear(&pdf);
}

static void a_ligature_mapped_to_one_of_its_letters_keeps_all(void **state)
{
    (void)state;
    static const char map[] = "/CMapName /X def 1 begincodespacerange <00> <FF> endcodespacerange "
                              "3 beginbfchar <01> <0069> <02> <0068> <03> <0078> endbfchar";
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /X /ToUnicode 11 0 R /Encoding << "
                     "/BaseEncoding /WinAnsiEncoding /Differences [1 /fi /T_h /f_l] >> >>");
    small_pdf_stream(&pdf.file, 11, "", map, sizeof map - 1);
    pdf.fonts = "/L 10 0 R";
    const quire_page *page = content_pdf_parse(&pdf, "BT /L 10 Tf 10 50 Td <010203> Tj ET");
    assert_glyph_text(page, 0, "fi");
    assert_glyph_text(page, 1, "Th");
    assert_glyph_text(page, 2, "x"); /* the name says something else altogether */
    assert_int_equal(page->glyphs[1].source, QUIRE_UNICODE_GLYPH_NAME);
    assert_int_equal(page->glyphs[2].source, QUIRE_UNICODE_TOUNICODE);
    content_pdf_clear(&pdf);
}

static void symbols_in_private_use_are_guessed(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Wingdings-Regular "
                     "/ToUnicode 12 0 R >>");
    small_pdf_object(&pdf.file, 11,
                     "<< /Type /Font /Subtype /TrueType /BaseFont /SymbolMT /ToUnicode 12 0 R >>");
    small_pdf_content(&pdf.file, 12,
                      "/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> "
                      "<FF> endcodespacerange 1 beginbfrange <61> <FE> <F061> endbfrange endcmap");
    pdf.fonts = "/W 10 0 R /S 11 0 R";
    const quire_page *page =
        content_pdf_parse(&pdf, "BT /W 10 Tf 10 50 Td <A8FE> Tj /S 10 Tf <B761> Tj <99> Tj ET");
    assert_string_equal(page_text_of(&pdf), "\u25fb\u2611\u2022\u03b1\uf099");
    assert_int_equal(page->glyphs[0].source, QUIRE_UNICODE_GUESSED);
    assert_int_equal(page->glyphs[4].source, QUIRE_UNICODE_TOUNICODE);
    content_pdf_clear(&pdf);
}

static void wrong_operands_are_skipped(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "BX 1 2 nonsense EX Tj (x) Td /F9 10 Tf (lost) Tj cm /F1 Tf BT /F1 10 Tf "
              "99 98 10 50 Td [(A) (B Tj) ] TJ ET (unfinished");
    assert_int_equal(page->status, QUIRE_OK);
    assert_string_equal(page_text_of(&pdf), "AB Tj");
    assert_close(page->glyphs[0].origin.x, 10);
    content_pdf_clear(&pdf);
}

static void font_names_tell_weight_and_slant(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /TimesNewRomanPS-BoldItalicMT >>");
    small_pdf_object(&pdf.file, 11,
                     "<< /Type /Font /Subtype /TrueType /BaseFont /ABCDEF+Consolas >>");
    small_pdf_object(&pdf.file, 12, "<< /Type /Font /Subtype /Type1 /BaseFont /CMBX10 >>");
    pdf.fonts = "/B 10 0 R /C 11 0 R /D 12 0 R";
    const quire_page *page = content_pdf_parse(
        &pdf, "BT /B 10 Tf 10 50 Td (a) Tj /C 10 Tf (a) Tj /D 10 Tf (a) Tj /F1 10 Tf (a) Tj ET");
    const quire_font *f = page->fonts;
    assert_int_equal(page->font_count, 4);
    assert_string_equal(f[0].family, "Times New Roman");
    assert_int_equal(f[0].weight, 700);
    assert_true(f[0].flags & QUIRE_FONT_ITALIC);
    assert_true(f[0].flags & QUIRE_FONT_SERIF);
    assert_string_equal(f[1].name, "Consolas");
    assert_true(f[1].flags & QUIRE_FONT_MONOSPACE);
    assert_true(f[1].flags & QUIRE_FONT_SUBSET);
    assert_int_equal(f[2].weight, 700);
    assert_int_equal(f[3].weight, 400);
    assert_false(f[3].flags & (QUIRE_FONT_MONOSPACE | QUIRE_FONT_SERIF | QUIRE_FONT_ITALIC));
    content_pdf_clear(&pdf);
}

static void direct_fonts_that_are_equal_are_one(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.fonts = "/A << /Type /Font /Subtype /Type1 /BaseFont /Courier >> "
                "/B << /Type /Font /Subtype /Type1 /BaseFont /Courier >> "
                "/C << /Type /Font /Subtype /Type1 /BaseFont /Courier-Bold >>";
    const quire_page *page =
        content_pdf_parse(&pdf, "BT /A 10 Tf 10 50 Td (a) Tj /B 10 Tf (a) Tj /C 10 Tf (a) Tj ET");
    assert_int_equal(page->font_count, 2);
    assert_string_equal(page_text_of(&pdf), "aaa");
    content_pdf_clear(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(glyphs_stand_on_the_baseline),
        cmocka_unit_test(spacing_scales_and_rises),
        cmocka_unit_test(lines_move_by_td_leading_and_quotes),
        cmocka_unit_test(rotation_is_counter_clockwise_as_seen),
        cmocka_unit_test(page_rotation_and_user_unit_are_applied),
        cmocka_unit_test(colours_modes_and_alpha_make_styles),
        cmocka_unit_test(state_is_saved_and_restored),
        cmocka_unit_test(vertical_writing_goes_down),
        cmocka_unit_test(type3_text_comes_through_its_encoding),
        cmocka_unit_test(what_a_code_says),
        cmocka_unit_test(controls_of_windows_1252_are_guessed),
        cmocka_unit_test(a_ligature_mapped_to_one_of_its_letters_keeps_all),
        cmocka_unit_test(symbols_in_private_use_are_guessed),
        cmocka_unit_test(wrong_operands_are_skipped),
        cmocka_unit_test(font_names_tell_weight_and_slant),
        cmocka_unit_test(direct_fonts_that_are_equal_are_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
