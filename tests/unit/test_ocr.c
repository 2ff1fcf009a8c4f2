/*
 * Recognition: which pages need it, what comes of a page that is a picture, and what is said when
 * its engine or its languages are not there.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "ocr/ocr.h"
#include "ocr/serial.h"
#include "quire/quire.h"
#include "tests/support/written_picture.h"

#define SCAN SOURCE_DIR "/corpus/documents/image-scan.pdf"
#define LAYER SOURCE_DIR "/corpus/documents/image-ocr-layer.pdf"
#define UNMAPPED SOURCE_DIR "/corpus/documents/glyphs-unmapped.pdf"

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static quire_status convert(const char *path, const quire_options *options, GString *out,
                            quire_error *error)
{
    quire_input input = {.path = path};
    quire_output output = {"text", append, out};
    return quire_convert(&input, options, &output, 1, error);
}

static void skip_without_engine(void)
{
    if (!quire_ocr_engine())
        skip();
}

/* ---- triage ---- */

static quire_page page_with(quire_image *image, float share)
{
    *image = (quire_image){.box = {0, 0, 600, 800 * share}, .width = 2500, .height = 3300};
    return (quire_page){.width = 600, .height = 800, .images = image, .image_count = 1};
}

static void a_picture_without_text_is_read(void **state)
{
    (void)state;
    quire_image image;
    quire_page page = page_with(&image, 1);
    assert_int_equal(quire_ocr_judge(&page, QUIRE_OCR_AUTO).need, QUIRE_OCR_WHOLE);
    assert_int_equal(quire_ocr_judge(&page, QUIRE_OCR_OFF).need, QUIRE_OCR_NOT);
}

static void an_empty_page_is_not_read(void **state)
{
    (void)state;
    quire_page page = {.width = 600, .height = 800};
    assert_int_equal(quire_ocr_judge(&page, QUIRE_OCR_AUTO).need, QUIRE_OCR_NOT);
    assert_int_equal(quire_ocr_judge(&page, QUIRE_OCR_FORCE).need, QUIRE_OCR_WHOLE);
}

enum { LAYER_GLYPHS = 80 };

static quire_ocr_need judge_layer(const char *text, quire_ocr_mode mode)
{
    static const quire_style style = {.size = 10};
    quire_glyph glyphs[LAYER_GLYPHS] = {0};
    quire_image image;
    quire_page page = page_with(&image, 1);
    for (uint32_t i = 0; i < LAYER_GLYPHS; i++)
        glyphs[i] = (quire_glyph){
            .text = i % (uint32_t)strlen(text), .text_size = 1, .flags = QUIRE_GLYPH_INVISIBLE};
    page.text = text;
    page.text_size = strlen(text);
    page.styles = &style;
    page.style_count = 1;
    page.glyphs = glyphs;
    page.glyph_count = LAYER_GLYPHS;
    return quire_ocr_judge(&page, mode).need;
}

static void a_good_layer_is_kept(void **state)
{
    (void)state;
    assert_int_equal(judge_layer("words", QUIRE_OCR_AUTO), QUIRE_OCR_NOT);
    assert_int_equal(judge_layer("words", QUIRE_OCR_REDO), QUIRE_OCR_WHOLE);
    assert_int_equal(judge_layer("~:a|", QUIRE_OCR_AUTO), QUIRE_OCR_WHOLE);
}

/* ---- reading ---- */

static void a_scan_becomes_text(void **state)
{
    (void)state;
    skip_without_engine();
    g_autoptr(GString) first = g_string_new(NULL), second = g_string_new(NULL);
    assert_int_equal(convert(SCAN, NULL, first, NULL), QUIRE_OK);
    assert_non_null(strstr(first->str, "To the keeper of the tower clock"));
    assert_non_null(strstr(first->str, "has four faces and one mind"));
    assert_int_equal(convert(SCAN, NULL, second, NULL), QUIRE_OK);
    assert_string_equal(first->str, second->str);
}

static void off_reads_nothing(void **state)
{
    (void)state;
    quire_options options = {.ocr = QUIRE_OCR_OFF};
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(SCAN, &options, out, NULL), QUIRE_OK);
    assert_string_equal(g_strstrip(out->str), "");
}

static void a_layer_is_not_said_twice(void **state)
{
    (void)state;
    skip_without_engine();
    g_autoptr(GString) kept = g_string_new(NULL), redone = g_string_new(NULL);
    quire_options redo = {.ocr = QUIRE_OCR_REDO};
    assert_int_equal(convert(LAYER, NULL, kept, NULL), QUIRE_OK);
    assert_int_equal(convert(LAYER, &redo, redone, NULL), QUIRE_OK);
    assert_true(redone->len > 0);
    assert_true(redone->len < kept->len + kept->len / 10);
}

static void a_garbled_font_is_read_and_the_rest_is_kept(void **state)
{
    (void)state;
    skip_without_engine();
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(UNMAPPED, NULL, out, NULL), QUIRE_OK);
    assert_non_null(strstr(out->str, "After it the text goes on."));
    assert_non_null(strstr(out->str, "PACK MY BOX WITH FIVE DOZEN JUGS"));
    assert_null(strstr(strstr(out->str, "After it") + 1, "After it"));
}

/* ---- what is not there ---- */

static void a_missing_language_names_its_package(void **state)
{
    (void)state;
    skip_without_engine();
    quire_options options = {.languages = "eng+tlh_Latn"};
    quire_error error = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(SCAN, &options, out, &error), QUIRE_MISSING);
    assert_non_null(strstr(error.message, "tesseract-ocr-tlh-latn"));
}

static void a_list_of_languages_is_checked(void **state)
{
    (void)state;
    skip_without_engine();
    quire_options options = {.languages = "../etc/passwd"};
    g_autoptr(GString) out = g_string_new(NULL);
    assert_int_equal(convert(SCAN, &options, out, NULL), QUIRE_USAGE);
}

/* ---- which language it is ---- */

static const char german[] = "Die Bienen tragen die Nachricht\nin jeden Garten und kommen\n"
                             "am Abend mit vollen Taschen\nwieder in ihr Haus am Fluss";
static const char english[] = "The bees carry the news of spring\nto every orchard and return\n"
                              "in the evening with full bags\nto their house by the river";

/* What the page says of how it was read, with the languages "auto". */
static GString *explain_auto(const char *lines)
{
    l_uint8 *png = NULL;
    size_t size = 0;
    PIX *pix = written_picture(1300, 500, lines);
    GString *out = g_string_new(NULL);
    quire_output output = {"json", append, out};
    quire_options options = {.languages = "auto", .explain = true};
    pixSetResolution(pix, 200, 200);
    assert_int_equal(pixWriteMemPng(&png, &size, pix, 0), 0);
    quire_input input = {.bytes = png, .size = size};
    assert_int_equal(quire_convert(&input, &options, &output, 1, NULL), QUIRE_OK);
    lept_free(png);
    pixDestroy(&pix);
    return out;
}

static void the_language_is_found_among_those_installed(void **state)
{
    (void)state;
    skip_without_engine();
    g_autoptr(GString) one = explain_auto(english), other = explain_auto(german);
    assert_non_null(strstr(one->str, "read as eng"));
    assert_non_null(strstr(one->str, "every orchard"));
    assert_non_null(strstr(other->str, "jeden Garten"));
    if (!strstr(other->str, "read as deu"))
        skip(); /* its data is not installed */
}

static void finding_a_language_needs_data(void **state)
{
    (void)state;
    skip_without_engine();
    quire_options options = {.languages = "auto"};
    quire_error error = {0};
    g_autoptr(GString) out = g_string_new(NULL);
    g_autofree char *empty = g_dir_make_tmp("quire-no-data-XXXXXX", NULL);
    g_autofree char *before = g_strdup(g_getenv("TESSDATA_PREFIX"));
    g_setenv("TESSDATA_PREFIX", empty, true);
    assert_int_equal(convert(SCAN, &options, out, &error), QUIRE_MISSING);
    assert_non_null(strstr(error.message, "tesseract-ocr-osd"));
    if (before)
        g_setenv("TESSDATA_PREFIX", before, true);
    else
        g_unsetenv("TESSDATA_PREFIX");
    g_rmdir(empty);
}

static void nothing_runs_in_other_threads(void **state)
{
    (void)state;
    assert_true(ocr_serial_is_in_place());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_picture_without_text_is_read),
        cmocka_unit_test(an_empty_page_is_not_read),
        cmocka_unit_test(a_good_layer_is_kept),
        cmocka_unit_test(a_scan_becomes_text),
        cmocka_unit_test(off_reads_nothing),
        cmocka_unit_test(a_layer_is_not_said_twice),
        cmocka_unit_test(a_garbled_font_is_read_and_the_rest_is_kept),
        cmocka_unit_test(a_missing_language_names_its_package),
        cmocka_unit_test(a_list_of_languages_is_checked),
        cmocka_unit_test(the_language_is_found_among_those_installed),
        cmocka_unit_test(finding_a_language_needs_data),
        cmocka_unit_test(nothing_runs_in_other_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
