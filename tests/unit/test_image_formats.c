/*
 * Every kind of image file that the manual lists is read to the same words, and a TIFF that is cut
 * off gives the pages it still has.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <string.h>

#include "core/core.h"
#include "quire/quire.h"
#include "tests/support/written_picture.h"

static const char written[] = "Honey is sold at the fair\nin jars of brown glass";

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

static quire_status convert(const void *bytes, size_t size, const char *format, GString *out,
                            quire_error *error)
{
    quire_input input = {.bytes = bytes, .size = size, .name = "scan"};
    quire_output output = {format, append, out};
    return quire_convert(&input, NULL, &output, 1, error);
}

static void expect_words(const void *bytes, size_t size)
{
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(bytes, size, "text", out, NULL), QUIRE_OK);
    assert_non_null(strstr(out->str, "sold at the fair"));
    assert_non_null(strstr(out->str, "brown glass"));
}

/* `depth` of the pixels as they are written. */
static void expect_format(int format, int depth)
{
    l_uint8 *bytes = NULL;
    size_t size = 0;
    PIX *grey = written_picture(1200, 400, written);
    PIX *pix = depth == 1    ? pixThresholdToBinary(grey, 128)
               : depth == 32 ? pixConvertTo32(grey)
                             : pixClone(grey);
    pixSetResolution(pix, 200, 200);
    assert_int_equal(pixWriteMem(&bytes, &size, pix, format), 0);
    expect_words(bytes, size);
    lept_free(bytes);
    pixDestroy(&grey);
    pixDestroy(&pix);
}

static void tiff_in_all_its_codings(void **state)
{
    (void)state;
    static const int bilevel[] = {IFF_TIFF_G3, IFF_TIFF_G4, IFF_TIFF_RLE, IFF_TIFF_PACKBITS};
    static const int grey[] = {IFF_TIFF, IFF_TIFF_LZW, IFF_TIFF_ZIP, IFF_TIFF_JPEG};
    skip_without_engine();
    for (size_t i = 0; i < G_N_ELEMENTS(bilevel); i++)
        expect_format(bilevel[i], 1);
    for (size_t i = 0; i < G_N_ELEMENTS(grey); i++)
        expect_format(grey[i], 8);
    expect_format(IFF_TIFF_JPEG, 32);
}

static void all_other_formats(void **state)
{
    (void)state;
    static const int formats[] = {IFF_PNG, IFF_JFIF_JPEG, IFF_BMP, IFF_GIF, IFF_PNM, IFF_JP2};
    skip_without_engine();
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++)
        expect_format(formats[i], 8);
    expect_format(IFF_PNG, 1);
    expect_format(IFF_PNM, 1);
    expect_format(IFF_PNM, 32);
}

/* Without loss: what WebP makes of letters at its default quality is no matter of ours. */
static void webp_too(void **state)
{
    (void)state;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    skip_without_engine();
    PIX *grey = written_picture(1200, 400, written), *pix = pixConvertTo32(grey);
    assert_int_equal(pixWriteMemWebP(&bytes, &size, pix, 100, 1), 0);
    expect_words(bytes, size);
    lept_free(bytes);
    pixDestroy(&grey);
    pixDestroy(&pix);
}

/* A camera held on its side writes the pixels so, and says it in Exif. */
static void a_photograph_stands_as_its_camera_says(void **state)
{
    (void)state;
    static const l_uint8 exif[] = {0xFF, 0xE1, 0x00, 0x22, 'E',  'x',  'i',  'f',  0x00,
                                   0x00, 'M',  'M',  0x00, 0x2A, 0x00, 0x00, 0x00, 0x08,
                                   0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00,
                                   0x01, 0x00, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00};
    l_uint8 *jpeg = NULL;
    size_t size = 0;
    skip_without_engine();
    PIX *pix = written_picture(1200, 400, written);
    PIX *turned = pixRotateOrth(pix, 3);
    assert_int_equal(pixWriteMemJpeg(&jpeg, &size, turned, 90, 0), 0);
    g_autoptr(GByteArray) file = g_byte_array_new();
    g_byte_array_append(file, jpeg, 2);
    g_byte_array_append(file, exif, sizeof exif);
    g_byte_array_append(file, jpeg + 2, (guint)(size - 2));
    expect_words(file->data, file->len);
    lept_free(jpeg);
    pixDestroy(&pix);
    pixDestroy(&turned);
}

/* Three sheets in one file, fax and grey. */
static void write_sheets(l_uint8 **bytes, size_t *size)
{
    static const char *const lines[] = {"The first sheet of three", "The second sheet of three",
                                        "The third sheet of three"};
    PIXA *sheets = pixaCreate(3);
    for (int i = 0; i < 3; i++) {
        PIX *grey = written_picture(1200, 300, lines[i]);
        PIX *pix = pixThresholdToBinary(grey, 128);
        pixSetResolution(pix, 200, 200);
        pixaAddPix(sheets, i == 1 ? pixClone(grey) : pixClone(pix), L_INSERT);
        pixDestroy(&grey);
        pixDestroy(&pix);
    }
    assert_int_equal(pixaWriteMemMultipageTiff(bytes, size, sheets), 0);
    pixaDestroy(&sheets);
}

static void a_tiff_has_many_pages(void **state)
{
    (void)state;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    skip_without_engine();
    write_sheets(&bytes, &size);
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(bytes, size, "text", out, NULL), QUIRE_OK);
    const char *first = strstr(out->str, "first sheet"), *second = strstr(out->str, "second sheet");
    const char *third = strstr(out->str, "third sheet");
    assert_true(first && second && third && first < second && second < third);
    lept_free(bytes);
}

/* Where the last directory is lost the pages before it are written, and the loss is told. */
static void a_tiff_that_is_cut_off_says_so(void **state)
{
    (void)state;
    l_uint8 *bytes = NULL;
    size_t size = 0;
    quire_error error = {0};
    skip_without_engine();
    write_sheets(&bytes, &size);
    for (size_t part = 1; part < 8; part++) {
        g_autoptr(GString) out = g_string_new(NULL);
        quire_error_clear(&error);
        quire_status status = convert(bytes, size * part / 8, "text", out, &error);
        assert_true(status == QUIRE_PARTIAL || status == QUIRE_MALFORMED);
        assert_true(error.message[0] != '\0');
    }
    lept_free(bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tiff_in_all_its_codings),
        cmocka_unit_test(all_other_formats),
        cmocka_unit_test(webp_too),
        cmocka_unit_test(a_photograph_stands_as_its_camera_says),
        cmocka_unit_test(a_tiff_has_many_pages),
        cmocka_unit_test(a_tiff_that_is_cut_off_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
