/*
 * Pictures on pages that have text of their own: which are looked at, and what comes of those that
 * bear text.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "ocr/ocr.h"
#include "quire/quire.h"
#include "tests/support/small_pdf.h"
#include "tests/support/written_picture.h"

static const char written[] = "Bees carry the news of spring\nto every orchard in the valley";

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static void skip_without_engine(void)
{
    if (!quire_ocr_engine())
        skip();
}

/* ---- which ---- */

enum { GLYPHS = 200 };

typedef struct paper {
    quire_page page;
    quire_image images[4];
    quire_glyph glyphs[GLYPHS];
} paper;

static void add_image(paper *p, quire_box box, uint32_t width)
{
    float height = (float)width * quire_box_height(box) / quire_box_width(box);
    p->images[p->page.image_count] =
        (quire_image){.box = box,
                      .matrix = {box.x1 - box.x0, 0, 0, box.y0 - box.y1, box.x0, box.y1},
                      .width = width,
                      .height = (uint32_t)height,
                      .object = 10 + (int32_t)p->page.image_count};
    p->page.image_count++;
    p->page.images = p->images;
}

static paper paper_of(void)
{
    return (paper){.page = {.width = 600, .height = 800}};
}

static size_t count_pictures(const paper *p, const quire_ocr_known *known)
{
    static const quire_ocr_known none = {.count = 0};
    quire_box boxes[QUIRE_OCR_MOST_PICTURES];
    return quire_ocr_find_pictures(&p->page, known ? known : &none, boxes);
}

static void small_and_coarse_pictures_are_passed_by(void **state)
{
    (void)state;
    paper p = paper_of();
    add_image(&p, (quire_box){50, 50, 80, 80}, 400);
    add_image(&p, (quire_box){50, 300, 450, 500}, 100);
    assert_int_equal(count_pictures(&p, NULL), 0);
    add_image(&p, (quire_box){50, 550, 450, 750}, 1200);
    assert_int_equal(count_pictures(&p, NULL), 1);
}

static void parts_of_a_picture_are_one(void **state)
{
    (void)state;
    paper p = paper_of();
    quire_ocr_known known = {.count = 0};
    add_image(&p, (quire_box){50, 300, 450, 350}, 1200);
    add_image(&p, (quire_box){50, 400, 450, 450}, 1200);
    add_image(&p, (quire_box){50, 350, 450, 400}, 1200);
    assert_int_equal(count_pictures(&p, NULL), 1);
    for (int i = 0; i < 3; i++)
        quire_ocr_know(&known, &p.images[i]);
    assert_int_equal(count_pictures(&p, &known), 0);
}

static void what_text_stands_on_is_no_picture(void **state)
{
    (void)state;
    paper p = paper_of();
    add_image(&p, (quire_box){0, 0, 600, 400}, 1200);
    for (int i = 0; i < GLYPHS; i++)
        p.glyphs[i].box = (quire_box){20 + (float)i, 100, 21 + (float)i, 110};
    p.page.glyphs = p.glyphs;
    p.page.glyph_count = 20;
    assert_int_equal(count_pictures(&p, NULL), 1);
    p.page.glyph_count = GLYPHS;
    assert_int_equal(count_pictures(&p, NULL), 0);
}

/* ---- what comes of it ---- */

/* A page with a line of text, the picture, another line, and `over` that. */
static small_pdf page_around(PIX *pix, const char *over)
{
    l_uint8 *jpeg = NULL;
    size_t size = 0;
    small_pdf pdf = small_pdf_begin("1.7");
    g_autofree char *content = g_strdup_printf(
        "BT /F 12 Tf 72 700 Td (Above stands what the letter says of the bees and their keepers) "
        "Tj ET q 400 0 0 200 72 450 cm /I Do Q %s"
        "BT /F 12 Tf 72 400 Td (Below it goes on with what was sold at the fair in October) Tj ET",
        over);
    g_autofree char *keys = g_strdup_printf(
        "/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Filter /DCTDecode",
        pixGetWidth(pix), pixGetHeight(pix));
    assert_int_equal(pixWriteMemJpeg(&jpeg, &size, pix, 90, 0), 0);
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    small_pdf_object(&pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R "
                     "/Resources << /Font << /F 5 0 R >> /XObject << /I 6 0 R >> >> >>");
    small_pdf_content(&pdf, 4, content);
    small_pdf_object(&pdf, 5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    small_pdf_stream(&pdf, 6, keys, jpeg, size);
    lept_free(jpeg);
    return pdf;
}

static GString *convert(PIX *pix, const char *over, quire_ocr_mode mode, const char *format)
{
    GString *out = g_string_new(NULL);
    quire_output output = {format, append, out};
    quire_options options = {.ocr = mode, .explain = true};
    small_pdf pdf = page_around(pix, over);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    quire_input input = {.bytes = file.data, .size = file.size};
    assert_int_equal(quire_convert(&input, &options, &output, 1, NULL), QUIRE_OK);
    small_pdf_clear(&pdf);
    return out;
}

static void a_picture_is_read_in_its_place(void **state)
{
    (void)state;
    skip_without_engine();
    PIX *pix = written_picture(1200, 600, written);
    g_autoptr(GString) text = convert(pix, "", QUIRE_OCR_PICTURES, "text");
    g_autoptr(GString) json = convert(pix, "", QUIRE_OCR_PICTURES, "json");
    const char *above = strstr(text->str, "Above stands"), *below = strstr(text->str, "Below it");
    const char *read = strstr(text->str, "news of spring");
    assert_true(above && read && below && above < read && read < below);
    assert_non_null(strstr(json->str, "\"source\": \"mixed\""));
    assert_non_null(strstr(json->str, "\"source\": \"ocr\""));
    assert_non_null(strstr(json->str, "a picture on it bears text"));
    pixDestroy(&pix);
}

static void a_picture_is_left_alone_unless_asked_for(void **state)
{
    (void)state;
    PIX *pix = written_picture(1200, 600, written);
    g_autoptr(GString) text = convert(pix, "", QUIRE_OCR_AUTO, "text");
    assert_non_null(strstr(text->str, "Below it"));
    assert_null(strstr(text->str, "spring"));
    pixDestroy(&pix);
}

static void what_the_page_writes_over_it_is_said_once(void **state)
{
    (void)state;
    skip_without_engine();
    PIX *pix = written_picture(1200, 600, written);
    g_autoptr(GString) text =
        convert(pix, "BT /F 12 Tf 100 500 Td (Plate seven, drawn in June) Tj ET ",
                QUIRE_OCR_PICTURES, "text");
    const char *plate = strstr(text->str, "Plate seven");
    assert_non_null(plate);
    assert_null(strstr(plate + 6, "Plate"));
    assert_null(strstr(plate + 12, "seven"));
    assert_non_null(strstr(text->str, "every orchard"));
    pixDestroy(&pix);
}

/* Shades and grain, as a photograph has them: nothing of it is taken for words. */
static void a_photograph_says_nothing(void **state)
{
    (void)state;
    uint32_t seed = 7;
    PIX *pix = pixCreate(1200, 600, 8);
    for (l_int32 y = 0; y < 600; y++)
        for (l_int32 x = 0; x < 1200; x++) {
            seed = seed * 1664525 + 1013904223;
            pixSetPixel(pix, x, y, (l_uint32)(60 + x / 10 + (seed >> 26)));
        }
    PIX *grain = pixBlockconv(pix, 2, 2);
    g_autoptr(GString) text = convert(grain, "", QUIRE_OCR_PICTURES, "json");
    assert_null(strstr(text->str, "\"source\": \"ocr\""));
    assert_null(strstr(text->str, "bears text"));
    pixDestroy(&pix);
    pixDestroy(&grain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(small_and_coarse_pictures_are_passed_by),
        cmocka_unit_test(parts_of_a_picture_are_one),
        cmocka_unit_test(what_text_stands_on_is_no_picture),
        cmocka_unit_test(a_picture_is_read_in_its_place),
        cmocka_unit_test(a_picture_is_left_alone_unless_asked_for),
        cmocka_unit_test(what_the_page_writes_over_it_is_said_once),
        cmocka_unit_test(a_photograph_says_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
