/* What paths, images and forms leave on a page. */
#include <stdio.h>

#include "tests/support/content_pdf.h"

static void strokes_along_an_axis_are_rules(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "2 w 1 0 0 RG 10 20 m 110 20 l S [3] 0 d 50 30 m 50 80 l 60 80 l S");
    assert_int_equal(page->rule_count, 3);
    assert_box(page->rules[0].box, 10, 280, 110, 280);
    assert_close(page->rules[0].width, 2);
    assert_int_equal(page->rules[0].colour, 0xFFFF0000u);
    assert_true(page->rules[0].horizontal && page->rules[0].stroked && !page->rules[0].dashed);
    assert_box(page->rules[1].box, 50, 220, 50, 270);
    assert_false(page->rules[1].horizontal);
    assert_true(page->rules[1].dashed);
    assert_box(page->rules[2].box, 50, 220, 60, 220);
    content_pdf_clear(&pdf);
}

static void thin_rectangles_are_rules_and_others_fills(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page =
        content_pdf_parse(&pdf, "0.5 g 10 20 100 1.5 re f 10 40 100 20 re f* 0 0 1 rg "
                                "10 100 m 60 100 l 60 130 l 10 130 l h f");
    assert_int_equal(page->rule_count, 1);
    assert_box(page->rules[0].box, 10, 278.5, 110, 280);
    assert_close(page->rules[0].width, 1.5);
    assert_false(page->rules[0].stroked);
    assert_int_equal(page->fill_count, 2);
    assert_box(page->fills[0].box, 10, 240, 110, 260);
    assert_int_equal(page->fills[0].colour, 0xFF808080u);
    assert_box(page->fills[1].box, 10, 170, 60, 200);
    content_pdf_clear(&pdf);
}

static void frames_are_four_rules(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "10 20 100 50 re S 10 100 100 50 re 11 101 98 48 re f* 0 1 0 rg 10 200 100 50 re B");
    assert_int_equal(page->rule_count, 12);
    assert_box(page->rules[0].box, 10, 280, 110, 280);
    assert_box(page->rules[1].box, 110, 230, 110, 280);
    assert_box(page->rules[2].box, 10, 230, 110, 230);
    assert_box(page->rules[3].box, 10, 230, 10, 280);
    assert_box(page->rules[4].box, 10, 150, 110, 151);
    assert_int_equal(page->fill_count, 1);
    assert_int_equal(page->fills[0].colour, 0xFF00FF00u);
    content_pdf_clear(&pdf);
}

static void a_solid_pair_is_no_frame(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page =
        content_pdf_parse(&pdf, "10 100 100 50 re 11 101 98 48 re f"); /* both turn the same way */
    assert_int_equal(page->rule_count, 0);
    assert_int_equal(page->fill_count, 2);
    content_pdf_clear(&pdf);
}

static void round_corners_do_not_matter(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "15 20 m 105 20 l 108 20 110 22 110 25 c 110 65 l 110 68 108 70 105 70 c "
              "15 70 l 12 70 10 68 10 65 c 10 25 l 10 22 12 20 15 20 c h B");
    assert_int_equal(page->fill_count, 1);
    assert_box(page->fills[0].box, 10, 230, 110, 280);
    assert_int_equal(page->rule_count, 4);
    assert_int_equal(page->drawing_count, 0);
    content_pdf_clear(&pdf);
}

static void anything_else_is_a_drawing(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "10 20 m 60 70 l S 100 100 m 130 100 130 130 100 130 c 70 130 70 100 100 100 c f "
              "10 10 m 20 10 l 20 30 l 10 20 l b");
    assert_int_equal(page->drawing_count, 3);
    assert_box(page->drawings[0].box, 10, 230, 60, 280);
    assert_true(page->drawings[0].stroked && !page->drawings[0].curved);
    assert_true(page->drawings[1].filled && page->drawings[1].curved);
    assert_int_equal(page->drawings[1].segments, 6);
    assert_true(page->drawings[2].filled && page->drawings[2].stroked);
    content_pdf_clear(&pdf);
}

static void broad_strokes_are_fills(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(&pdf, "20 w 10 50 m 110 50 l S");
    assert_int_equal(page->rule_count, 0);
    assert_int_equal(page->fill_count, 1);
    assert_box(page->fills[0].box, 10, 240, 110, 260);
    content_pdf_clear(&pdf);
}

static void the_clip_cuts(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    const quire_page *page = content_pdf_parse(
        &pdf, "q 50 50 20 20 re W n 0 55 m 200 55 l S 100 100 30 30 re f 40 40 100 100 re f Q "
              "0 10 m 500 10 l S -100 -100 50 50 re f");
    assert_int_equal(page->rule_count, 2);
    assert_box(page->rules[0].box, 50, 245, 70, 245);
    assert_box(page->rules[1].box, 0, 290, 200, 290);
    assert_int_equal(page->fill_count, 1);
    assert_box(page->fills[0].box, 50, 230, 70, 250);
    content_pdf_clear(&pdf);
}

static void see_through_paint_leaves_nothing(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/ExtGState << /Z << /ca 0 /CA 0 >> /H << /ca 0.5 >> >>";
    const quire_page *page =
        content_pdf_parse(&pdf, "/Z gs 10 20 100 50 re B /H gs 10 20 100 50 re f");
    assert_int_equal(page->rule_count, 0);
    assert_int_equal(page->fill_count, 1);
    assert_int_equal(page->fills[0].colour, 0x80000000u);
    content_pdf_clear(&pdf);
}

static void patterns_and_shadings_are_fills(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/Pattern << /P 10 0 R /U 11 0 R >> /Shading << /S << /ShadingType 2 "
                    "/ColorSpace /DeviceRGB /Coords [0 0 1 1] >> >> "
                    "/ColorSpace << /UP [/Pattern /DeviceRGB] >>";
    const char *keys = "/Type /Pattern /PatternType 1 /PaintType %d /TilingType 1 /BBox [0 0 5 5] "
                       "/XStep 5 /YStep 5 /Resources << >>";
    char coloured[200], uncoloured[200];
    snprintf(coloured, sizeof coloured, keys, 1);
    snprintf(uncoloured, sizeof uncoloured, keys, 2);
    small_pdf_stream(&pdf.file, 10, coloured, "0 0 2 2 re f", 12);
    small_pdf_stream(&pdf.file, 11, uncoloured, "0 0 2 2 re f", 12);
    const quire_page *page = content_pdf_parse(
        &pdf, "/Pattern cs /P scn 10 20 100 50 re f /UP cs 1 0 0 /U scn 10 120 100 50 re f "
              "q 0 200 50 50 re W n /S sh Q");
    assert_int_equal(page->fill_count, 3);
    assert_true(page->fills[0].pattern && page->fills[1].pattern && page->fills[2].pattern);
    assert_int_equal(page->fills[0].colour, 0xFF808080u);
    assert_box(page->fills[2].box, 0, 50, 50, 100);
    content_pdf_clear(&pdf);
}

static void images_are_placed_undecoded(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/XObject << /I 10 0 R /M 11 0 R >>";
    small_pdf_stream(&pdf.file, 10,
                     "/Type /XObject /Subtype /Image /Width 640 /Height 480 /BitsPerComponent 8 "
                     "/ColorSpace /DeviceRGB /Filter /DCTDecode /SMask 12 0 R",
                     "no jpeg", 7);
    small_pdf_stream(&pdf.file, 11,
                     "/Type /XObject /Subtype /Image /Width 16 /Height 8 /ImageMask true "
                     "/Filter [/ASCIIHexDecode /CCITTFaxDecode]",
                     "00", 2);
    small_pdf_stream(&pdf.file, 12,
                     "/Type /XObject /Subtype /Image /Width 1 /Height 1 /BitsPerComponent 8 "
                     "/ColorSpace /DeviceGray",
                     "x", 1);
    const quire_page *page = content_pdf_parse(
        &pdf, "q 100 0 0 50 10 20 cm /I Do Q q 0 20 -20 0 150 150 cm /M Do Q /Missing Do");
    assert_int_equal(page->image_count, 2);
    const quire_image *image = &page->images[0];
    assert_box(image->box, 10, 230, 110, 280);
    assert_int_equal(image->width, 640);
    assert_int_equal(image->height, 480);
    assert_int_equal(image->bits, 8);
    assert_int_equal(image->object, 10);
    assert_string_equal(image->filter, "DCTDecode");
    assert_int_equal(image->flags, QUIRE_IMAGE_SOFT_MASK);
    assert_close(image->matrix.a, 100);
    assert_box(page->images[1].box, 130, 130, 150, 150);
    assert_int_equal(page->images[1].bits, 1);
    assert_int_equal(page->images[1].flags, QUIRE_IMAGE_STENCIL);
    assert_string_equal(page->images[1].filter, "CCITTFaxDecode");
    content_pdf_clear(&pdf);
}

static void inline_images_are_stepped_over(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    /* The data hold an EI that is none: their length is known. */
    static const char content[] =
        "q 20 0 0 20 10 10 cm BI /W 4 /H 4 /BPC 8 /CS /G ID 0123 EI Q 789abcEI Q "
        "q 30 0 0 30 50 50 cm BI /Width 8 /Height 8 /ImageMask true /Filter /AHx "
        "/D [0 1] /DP << /K 0 >> ID 00ff> EI Q BT /F1 10 Tf 10 100 Td (after) Tj ET";
    const quire_page *page = content_pdf_parse_bytes(&pdf, content, sizeof content - 1);
    assert_int_equal(page->image_count, 2);
    assert_int_equal(page->images[0].width, 4);
    assert_int_equal(page->images[0].bits, 8);
    assert_int_equal(page->images[0].flags, QUIRE_IMAGE_INLINE);
    assert_int_equal(page->images[0].object, -1);
    assert_int_equal(page->images[1].flags, QUIRE_IMAGE_INLINE | QUIRE_IMAGE_STENCIL);
    assert_string_equal(page->images[1].filter, "AHx");
    assert_string_equal(page_text_of(&pdf), "after");
    content_pdf_clear(&pdf);
}

static void forms_run_within_their_box_and_matrix(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/XObject << /X 10 0 R >>";
    small_pdf_stream(&pdf.file, 10,
                     "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Matrix [2 0 0 2 0 0] "
                     "/Resources << /XObject << /X 10 0 R >> >>",
                     "q BT /F1 10 Tf 5 5 Td (in) Tj ET 0 10 100 20 re f /X Do", 55);
    const quire_page *page =
        content_pdf_parse(&pdf, "1 0 0 rg q 1 0 0 1 20 100 cm /X Do Q BT /F1 10 Tf (out) Tj ET");
    assert_string_equal(page_text_of(&pdf), "inout"); /* not in itself */
    assert_close(page->glyphs[0].origin.x, 30);
    assert_close(page->glyphs[0].origin.y, 190);
    assert_close(page->styles[page->glyphs[0].style].size, 20);
    assert_int_equal(page->styles[page->glyphs[0].style].fill, 0xFFFF0000u);
    assert_box(page->fills[0].box, 20, 140, 120, 180);
    assert_close(page->glyphs[2].origin.x, 0);
    content_pdf_clear(&pdf);
}

static void groups_pass_their_alpha_on(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.resources = "/XObject << /X 10 0 R >> /ExtGState << /H << /ca 0.5 >> >>";
    small_pdf_stream(&pdf.file, 10,
                     "/Type /XObject /Subtype /Form /BBox [0 0 50 50] /Group << /S /Transparency "
                     ">> /Resources << /ExtGState << /F << /ca 1 >> >> >>",
                     "/F gs 0 0 20 20 re f", 20);
    const quire_page *page = content_pdf_parse(&pdf, "/H gs /X Do");
    assert_int_equal(page->fill_count, 1);
    assert_int_equal(page->fills[0].colour >> 24, 0x80);
    content_pdf_clear(&pdf);
}

static void annotation_appearances_are_fitted(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.page_keys = "/Annots [10 0 R]";
    small_pdf_object(&pdf.file, 10,
                     "<< /Type /Annot /Subtype /Stamp /Rect [100 100 140 120] /F 4 "
                     "/AP << /N 11 0 R >> >>");
    small_pdf_stream(
        &pdf.file, 11,
        "/Type /XObject /Subtype /Form /BBox [0 0 20 10] /Resources << /Font << /F 4 0 "
        "R >> >>",
        "BT /F 5 Tf 2 3 Td (stamp) Tj ET", 31);
    const quire_page *page = content_pdf_parse(&pdf, "BT /F1 10 Tf 10 10 Td (page) Tj ET");
    assert_string_equal(page_text_of(&pdf), "pagestamp");
    assert_false(page->glyphs[0].flags & QUIRE_GLYPH_ANNOTATION);
    assert_true(page->glyphs[4].flags & QUIRE_GLYPH_ANNOTATION);
    assert_close(page->glyphs[4].origin.x, 104);
    assert_close(page->glyphs[4].origin.y, 194);
    assert_close(page->styles[page->glyphs[4].style].size, 10);
    content_pdf_clear(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(strokes_along_an_axis_are_rules),
        cmocka_unit_test(thin_rectangles_are_rules_and_others_fills),
        cmocka_unit_test(frames_are_four_rules),
        cmocka_unit_test(a_solid_pair_is_no_frame),
        cmocka_unit_test(round_corners_do_not_matter),
        cmocka_unit_test(anything_else_is_a_drawing),
        cmocka_unit_test(broad_strokes_are_fills),
        cmocka_unit_test(the_clip_cuts),
        cmocka_unit_test(see_through_paint_leaves_nothing),
        cmocka_unit_test(patterns_and_shadings_are_fills),
        cmocka_unit_test(images_are_placed_undecoded),
        cmocka_unit_test(inline_images_are_stepped_over),
        cmocka_unit_test(forms_run_within_their_box_and_matrix),
        cmocka_unit_test(groups_pass_their_alpha_on),
        cmocka_unit_test(annotation_appearances_are_fitted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
