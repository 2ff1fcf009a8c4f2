/*
 * Image files as input: what is one, how large its page is, which way is up, and what is refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <glib.h>
#include <leptonica/allheaders.h>
#include <string.h>

#include "parsers/exif.h"
#include "parsers/parser.h"

/* A picture in a file's bytes; free with lept_free(). */
static quire_bytes encode(PIX *pix, int format)
{
    l_uint8 *data = NULL;
    size_t size = 0;
    assert_int_equal(pixWriteMem(&data, &size, pix, format), 0);
    return (quire_bytes){data, size};
}

static quire_status parse_first(quire_bytes file, quire_page *page, quire_arena *arena)
{
    const quire_parser *parser = quire_parser_find(file);
    quire_reader *reader = NULL;
    assert_non_null(parser);
    assert_int_equal(parser->open(file, NULL, &reader, NULL), QUIRE_OK);
    quire_status status = parser->parse_page(reader, 1, arena, page);
    parser->close(reader);
    return status;
}

static void the_file_says_how_large_its_page_is(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    PIX *pix = pixCreate(1700, 2200, 8);
    quire_page page;
    pixSetResolution(pix, 200, 200);
    quire_bytes file = encode(pix, IFF_PNG);
    assert_int_equal(parse_first(file, &page, arena), QUIRE_OK);
    assert_float_equal(page.width, 612, 0.5);
    assert_float_equal(page.height, 792, 0.5);
    assert_int_equal(page.image_count, 1);
    lept_free((void *)file.data);
    pixDestroy(&pix);
    quire_arena_free(arena);
}

static void a_screen_says_nothing_of_size(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    PIX *pix = pixCreate(1100, 2200, 8);
    quire_page page;
    pixSetResolution(pix, 96, 96);
    quire_bytes file = encode(pix, IFF_PNG);
    assert_int_equal(parse_first(file, &page, arena), QUIRE_OK);
    assert_float_equal(page.height, 792, 0.5);
    lept_free((void *)file.data);
    pixDestroy(&pix);
    quire_arena_free(arena);
}

static void what_is_cut_off_is_malformed(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    PIX *pix = pixCreate(64, 64, 8);
    quire_page page;
    quire_bytes file = encode(pix, IFF_PNG);
    file.size = 40;
    assert_int_equal(parse_first(file, &page, arena), QUIRE_MALFORMED);
    assert_non_null(page.message);
    lept_free((void *)file.data);
    pixDestroy(&pix);
    quire_arena_free(arena);
}

/* The header alone claims 60,000 x 60,000 pixels. */
static void what_is_too_large_is_not_decoded(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    quire_page page;
    static const char file[] = "P5\n60000 60000\n255\n0000000000000000";
    quire_bytes bytes = {(const uint8_t *)file, sizeof file - 1};
    assert_int_equal(parse_first(bytes, &page, arena), QUIRE_LIMIT);
    quire_arena_free(arena);
}

static void drawing_never_enlarges(void **state)
{
    (void)state;
    PIX *pix = pixCreate(850, 1100, 8);
    pixSetResolution(pix, 100, 100);
    quire_bytes file = encode(pix, IFF_PNG);
    const quire_parser *parser = quire_parser_find(file);
    quire_reader *reader = NULL;
    quire_raster raster;
    assert_int_equal(parser->open(file, NULL, &reader, NULL), QUIRE_OK);
    quire_draw_request request = {.page = 1, .dpi = 300};
    assert_int_equal(parser->draw(reader, &request, &raster, NULL), QUIRE_OK);
    assert_int_equal(raster.width, 850);
    assert_float_equal(raster.dpi, 100, 0.5);
    quire_raster_clear(&raster);
    request.dpi = 50;
    assert_int_equal(parser->draw(reader, &request, &raster, NULL), QUIRE_OK);
    assert_int_equal(raster.width, 425);
    quire_raster_clear(&raster);
    parser->close(reader);
    lept_free((void *)file.data);
    pixDestroy(&pix);
}

static void a_camera_says_which_way_is_up(void **state)
{
    (void)state;
    static const uint8_t turned[] = {0xFF, 0xD8, 0xFF, 0xE1, 0x00, 0x22, 'E',  'x',  'i',  'f',
                                     0x00, 0x00, 'M',  'M',  0x00, 0x2A, 0x00, 0x00, 0x00, 0x08,
                                     0x00, 0x01, 0x01, 0x12, 0x00, 0x03, 0x00, 0x00, 0x00, 0x01,
                                     0x00, 0x06, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xDA};
    assert_int_equal(quire_exif_orientation((quire_bytes){turned, sizeof turned}), 6);
    for (size_t size = 0; size < sizeof turned - 12; size++)
        assert_int_equal(quire_exif_orientation((quire_bytes){turned, size}), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_file_says_how_large_its_page_is),
        cmocka_unit_test(a_screen_says_nothing_of_size),
        cmocka_unit_test(what_is_cut_off_is_malformed),
        cmocka_unit_test(what_is_too_large_is_not_decoded),
        cmocka_unit_test(drawing_never_enlarges),
        cmocka_unit_test(a_camera_says_which_way_is_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
