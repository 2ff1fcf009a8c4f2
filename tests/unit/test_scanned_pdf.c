/*
 * Pages that are one image: its own pixels are taken, whatever it is coded with, and what cannot be
 * taken so is drawn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>
#include <zlib.h>

#include "parsers/parser.h"
#include "tests/support/small_pdf.h"
#include "tests/support/written_picture.h"

enum { WIDTH = 840, HEIGHT = 480, DPI = 120 }; /* on a page of 504 x 288 points */

typedef struct coded {
    const char *keys; /* of the image beside its sides */
    l_uint8 *bytes;
    size_t size;
    const uint8_t *mask; /* 2 x 1 pixels of a soft mask, in object 6; NULL: none */
} coded;

static PIX *sheet(int depth)
{
    PIX *grey = written_picture(WIDTH, HEIGHT, "A fax is read as it came\nnot as it is drawn");
    PIX *pix = depth == 1    ? pixThresholdToBinary(grey, 128)
               : depth == 32 ? pixConvertTo32(grey)
                             : pixClone(grey);
    pixDestroy(&grey);
    return pix;
}

/* Rows of samples as a PDF has them: 1 bit with 0 for black, grey, or colours. */
static GByteArray *samples_of(PIX *pix)
{
    GByteArray *rows = g_byte_array_new();
    for (l_int32 y = 0; y < pixGetHeight(pix); y++) {
        const l_uint32 *line = pixGetData(pix) + y * pixGetWpl(pix);
        for (l_int32 x = 0; x < pixGetWidth(pix); x++) {
            l_uint8 byte[3] = {0, 0, 0};
            if (pixGetDepth(pix) == 32)
                for (int c = 0; c < 3; c++)
                    byte[c] = (l_uint8)(line[x] >> (24 - 8 * c));
            else if (pixGetDepth(pix) == 8)
                byte[0] = (l_uint8)GET_DATA_BYTE(line, x);
            else if (x % 8 == 0)
                byte[0] = (l_uint8)~GET_DATA_BYTE(line, x / 8);
            if (pixGetDepth(pix) > 1 || x % 8 == 0)
                g_byte_array_append(rows, byte, pixGetDepth(pix) == 32 ? 3 : 1);
        }
    }
    return rows;
}

static coded flate(PIX *pix, const char *keys)
{
    g_autoptr(GByteArray) rows = samples_of(pix);
    uLongf size = compressBound(rows->len);
    coded c = {keys, lept_calloc(size, 1), 0, NULL};
    assert_int_equal(compress(c.bytes, &size, rows->data, rows->len), Z_OK);
    c.size = size;
    return c;
}

static coded fax(PIX *pix, const char *keys)
{
    L_COMP_DATA *data = NULL;
    assert_int_equal(pixGenerateCIData(pix, L_G4_ENCODE, 0, 0, &data), 0);
    coded c = {keys, data->datacomp, data->nbytescomp, NULL};
    data->datacomp = NULL;
    l_CIDataDestroy(&data);
    return c;
}

static small_pdf page_of(const coded *image)
{
    static const char content[] = "q 504 0 0 288 0 0 cm /I Do Q";
    small_pdf pdf = small_pdf_begin("1.7");
    g_autofree char *keys = g_strdup_printf(
        "/Type /XObject /Subtype /Image /Width %d /Height %d %s", WIDTH, HEIGHT, image->keys);
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    small_pdf_object(&pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 504 288] /Contents 4 0 R "
                     "/Resources << /XObject << /I 5 0 R >> >> >>");
    small_pdf_content(&pdf, 4, content);
    small_pdf_stream(&pdf, 5, keys, image->bytes, image->size);
    if (image->mask)
        small_pdf_stream(&pdf, 6,
                         "/Type /XObject /Subtype /Image /Width 2 /Height 1 /BitsPerComponent 8 "
                         "/ColorSpace /DeviceGray",
                         image->mask, 2);
    return pdf;
}

static quire_raster draw_as(const coded *image, bool as_stored)
{
    quire_raster raster = {0};
    small_pdf pdf = page_of(image);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    const quire_parser *parser = quire_parser_find(file);
    const quire_parse_options options = {.page_timeout = 0};
    quire_arena *arena = quire_arena_new(0);
    quire_reader *reader = NULL;
    quire_page page;
    assert_int_equal(parser->open(file, &options, &reader, NULL), QUIRE_OK);
    assert_int_equal(parser->parse_page(reader, 1, arena, &page), QUIRE_OK);
    assert_int_equal(page.image_count, 1);
    const quire_draw_request request = {
        .page = 1, .dpi = 300, .image = page.images, .as_stored = as_stored};
    assert_int_equal(parser->draw(reader, &request, &raster, NULL), QUIRE_OK);
    parser->close(reader);
    quire_arena_free(arena);
    small_pdf_clear(&pdf);
    return raster;
}

/* The page at 300 dpi, which none of these images has. */
static quire_raster draw(const coded *image)
{
    return draw_as(image, false);
}

/* Draws the image and compares it with the picture it was made of, pixel by pixel. */
static void expect_own_pixels(coded image, PIX *pix)
{
    PIX *grey = pixConvertTo8(pix, 0);
    quire_raster raster = draw(&image);
    assert_int_equal(raster.width, WIDTH);
    assert_int_equal(raster.height, HEIGHT);
    assert_float_equal(raster.dpi, DPI, 0.1);
    for (l_int32 y = 0; y < HEIGHT; y++)
        for (l_int32 x = 0; x < WIDTH; x++) {
            l_uint32 value;
            pixGetPixel(grey, x, y, &value);
            if (abs((int)value - raster.pixels[y * raster.stride + x]) > 1)
                fail_msg("pixel %d, %d is %d, not %u", x, y, raster.pixels[y * raster.stride + x],
                         value);
        }
    quire_raster_clear(&raster);
    lept_free(image.bytes);
    pixDestroy(&grey);
    pixDestroy(&pix);
}

#define GREY "/ColorSpace /DeviceGray "
#define FAX                                                                                        \
    "/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 840 /Rows 480 /BlackIs1 false >> "

static void a_fax_is_taken_as_it_is(void **state)
{
    (void)state;
    PIX *pix = sheet(1);
    expect_own_pixels(fax(pix, GREY FAX "/BitsPerComponent 1"), pix);
}

static void so_is_one_that_is_written_in_white(void **state)
{
    (void)state;
    PIX *pix = sheet(1);
    PIX *inverted = pixInvert(NULL, pix);
    coded c = fax(inverted, GREY FAX "/BitsPerComponent 1 /Decode [1 0]");
    pixDestroy(&inverted);
    expect_own_pixels(c, pix);
}

static void deflated_pixels_are_taken(void **state)
{
    (void)state;
    PIX *bits = sheet(1), *grey = sheet(8), *colour = sheet(32);
    expect_own_pixels(flate(bits, GREY "/Filter /FlateDecode /BitsPerComponent 1"), bits);
    expect_own_pixels(flate(grey, GREY "/Filter /FlateDecode /BitsPerComponent 8"), grey);
    expect_own_pixels(
        flate(colour, "/ColorSpace /DeviceRGB /Filter /FlateDecode /BitsPerComponent 8"), colour);
}

static void so_are_those_of_a_palette(void **state)
{
    (void)state;
    PIX *pix = sheet(1);
    expect_own_pixels(flate(pix, "/ColorSpace [/Indexed /DeviceRGB 1 <000000FFFFFF>] "
                                 "/Filter /FlateDecode /BitsPerComponent 1"),
                      pix);
}

/* Where the soft mask is dark, paper shows. */
static void a_masked_image_stands_on_paper(void **state)
{
    (void)state;
    static const uint8_t right_half[2] = {0, 255};
    PIX *pix = sheet(8);
    pixClearAll(pix);
    coded image = flate(pix, GREY "/Filter /FlateDecode /BitsPerComponent 8 /SMask 6 0 R");
    image.mask = right_half;
    quire_raster raster = draw_as(&image, true);
    assert_int_equal(raster.width, WIDTH);
    assert_float_equal(raster.dpi, DPI, 0.1);
    assert_int_equal(raster.pixels[WIDTH / 2 - 1], 255);
    assert_int_equal(raster.pixels[WIDTH / 2], 0);
    quire_raster_clear(&raster);
    lept_free(image.bytes);
    pixDestroy(&pix);
}

/* A part of the greys and a truncated stream are Poppler's to draw. */
static void what_is_not_plain_is_drawn(void **state)
{
    (void)state;
    PIX *pix = sheet(1);
    coded part = flate(pix, GREY "/Filter /FlateDecode /BitsPerComponent 1 /Decode [0.2 0.7]");
    coded cut = flate(pix, GREY "/Filter /FlateDecode /BitsPerComponent 1");
    cut.size /= 2;
    quire_raster first = draw(&part), second = draw(&cut);
    assert_int_equal(first.width, 2100);
    assert_int_equal(second.width, 2100);
    quire_raster_clear(&first);
    quire_raster_clear(&second);
    lept_free(part.bytes);
    lept_free(cut.bytes);
    pixDestroy(&pix);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fax_is_taken_as_it_is),
        cmocka_unit_test(so_is_one_that_is_written_in_white),
        cmocka_unit_test(deflated_pixels_are_taken),
        cmocka_unit_test(so_are_those_of_a_palette),
        cmocka_unit_test(a_masked_image_stands_on_paper),
        cmocka_unit_test(what_is_not_plain_is_drawn),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
