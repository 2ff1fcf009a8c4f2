/* Barcodes: in the pixels of a scan, drawn with paths in a PDF, and none where there are none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <dlfcn.h>
#include <leptonica/allheaders.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ocr/barcodes.h"
#include "ocr/ocr.h"
#include "quire/quire.h"
#include "tests/support/small_pdf.h"

/* "quire 4711" as a QR code. */
static const char *const modules[] = {
    "#######.#.....#######", "#.....#..#.#..#.....#", "#.###.#.##....#.###.#",
    "#.###.#....#..#.###.#", "#.###.#...#.#.#.###.#", "#.....#.###...#.....#",
    "#######.#.#.#.#######", ".........###.........", "#.#...##..###..#..#.#",
    "#...#..###...#.###.##", "##.#..##..#....##.#.#", "#.#.##.##...#....#.#.",
    "##...####.#.....##.##", "........####...##.###", "#######.#####.###.#.#",
    "#.....#....#.....#..#", "#.###.#..####..##..#.", "#.###.#..##.....#....",
    "#.###.#.##....####.##", "#.....#.....#..#.#...", "#######.###..##.##..#",
};
enum { SIDE = 21 };

/* The same as a Data Matrix. */
static const char *const matrix[] = {
    "#.#.#.#.#.#.#.", "#.#.#.##.##.##", "###..#.######.", "###.#..##....#", "#...##.##.###.",
    "#.#...###..###", "#...##..##....", "##.###..###.##", "#.###....#.##.", "##..##.#....##",
    "####..##.####.", "#.###...######", "##..#.##.#.#..", "##############",
};
enum { MATRIX_SIDE = 14 };

/* The modules of an EAN-13 code of twelve digits and their check digit. */
static void write_ean(const char *digits, char bars[96])
{
    static const char *const odd[] = {"0001101", "0011001", "0010011", "0111101", "0100011",
                                      "0110001", "0101111", "0111011", "0110111", "0001011"};
    static const char *const parity[] = {"oooooo", "ooeoee", "ooeeoe", "ooeeeo", "oeooee",
                                         "oeeooe", "oeeeoo", "oeoeoe", "oeoeeo", "oeeoeo"};
    char *at = bars;
    memcpy(at, "101", 3);
    at += 3;
    for (int i = 1; i <= 12; i++) {
        const char *pattern = odd[digits[i] - '0'];
        bool even = i <= 6 && parity[digits[0] - '0'][i - 1] == 'e', right = i > 6;
        for (int k = 0; k < 7; k++) { /* right: the complement; even: that, turned round */
            char bit = pattern[even ? 6 - k : k];
            *at++ = even || right ? (bit == '1' ? '0' : '1') : bit;
        }
        if (i == 6) {
            memcpy(at, "01010", 5);
            at += 5;
        }
    }
    memcpy(at, "101", 4);
}

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static GString *to_json(const void *bytes, size_t size, const char *name)
{
    quire_error error;
    GString *out = g_string_new(NULL);
    quire_input input = {.bytes = bytes, .size = size, .name = name};
    quire_output output = {"json", append, out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, &error), QUIRE_OK);
    return out;
}

static bool has_library(void)
{
    return dlopen("libzbar.so.0", RTLD_NOW) != NULL;
}

static bool has_matrix_library(void)
{
    return dlopen("libdmtx.so.0", RTLD_NOW) != NULL;
}

static void codes_in_pixels_are_fields(void **state)
{
    (void)state;
    char bars[96];
    if (!has_library() || !quire_ocr_engine_version())
        skip();
    PIX *pix = pixCreate(900, 700, 8);
    pixSetAll(pix);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (modules[y][x] == '#')
                pixRasterop(pix, 100 + 7 * x, 100 + 7 * y, 7, 7, PIX_CLR, NULL, 0, 0);
    write_ean("4006381333931", bars);
    for (int i = 0; i < 95; i++)
        if (bars[i] == '1')
            pixRasterop(pix, 400 + 4 * i, 400, 4, 120, PIX_CLR, NULL, 0, 0);
    pixSetResolution(pix, 200, 200);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    assert_int_equal(pixWriteMem(&bytes, &size, pix, IFF_PNG), 0);
    GString *json = to_json(bytes, size, "label.png");
    assert_non_null(strstr(json->str, "\"value\": \"quire 4711\""));
    assert_non_null(strstr(json->str, "\"symbology\": \"qr_code\""));
    assert_non_null(strstr(json->str, "\"value\": \"4006381333931\""));
    assert_non_null(strstr(json->str, "\"symbology\": \"ean_13\""));
    g_string_free(json, TRUE);
    lept_free(bytes);
    pixDestroy(&pix);
}

static GString *convert_content(const char *content)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>");
    small_pdf_object(&pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R "
                     "/Resources << /Font << /F 5 0 R >> >> >>");
    small_pdf_stream(&pdf, 4, "", content, strlen(content));
    small_pdf_object(&pdf, 5, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *json = to_json(file.data, file.size, "label.pdf");
    small_pdf_clear(&pdf);
    return json;
}

static void codes_drawn_with_paths_are_fields(void **state)
{
    (void)state;
    char bars[96];
    if (!has_library())
        skip();
    g_autoptr(GString) content = g_string_new("BT /F 12 Tf 50 350 Td (Ship with care) Tj ET\n");
    write_ean("4006381333931", bars);
    for (int i = 0; i < 95;) {
        int width = 0;
        while (bars[i + width] == '1')
            width++;
        if (width > 0)
            g_string_append_printf(content, "%d 200 %d 60 re f\n", 100 + i, width);
        i += width + 1;
    }
    GString *json = convert_content(content->str);
    assert_non_null(strstr(json->str, "\"value\": \"4006381333931\""));
    assert_non_null(strstr(json->str, "\"source\": \"barcode\""));
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0; /* on the page, of which only a part was drawn */
    const char *box = strstr(strstr(json->str, "\"fields\""), "\"bbox\": [");
    assert_int_equal(sscanf(box, "\"bbox\": [%f, %f, %f, %f]", &x0, &y0, &x1, &y1), 4);
    assert_true(fabsf(x0 - 100) < 1 && fabsf(x1 - 195) < 1);
    assert_true(fabsf(y0 - 140) < 2 && fabsf(y1 - 200) < 2);
    g_string_free(json, TRUE);
}

/* An inline image of one bit a pixel; `pixels`: '#' and '1' are dark, rows follow each other. */
static void append_picture(GString *content, const char *pixels, int width, int height)
{
    g_string_append_printf(content, "BI /W %d /H %d /BPC 1 /CS /G /F /AHx ID ", width, height);
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x += 8) {
            unsigned bits = 0;
            for (int bit = 0; bit < 8; bit++) {
                char pixel = x + bit < width ? pixels[y * width + x + bit] : '.';
                bits = 2 * bits + (pixel != '#' && pixel != '1');
            }
            g_string_append_printf(content, "%02x", bits);
        }
    g_string_append(content, ">\nEI\n");
}

static void codes_in_pictures_are_fields(void **state)
{
    (void)state;
    char bars[96];
    if (!has_library())
        skip();
    g_autoptr(GString) content = g_string_new("BT /F 12 Tf 50 350 Td (Ship with care) Tj ET\n");
    g_autoptr(GString) square = g_string_new(NULL);
    for (int y = 0; y < SIDE; y++)
        g_string_append(square, modules[y]);
    g_string_append(content, "q 63 0 0 63 50 250 cm\n");
    append_picture(content, square->str, SIDE, SIDE);
    write_ean("4006381333931", bars);
    g_string_append(content, "Q q 142.5 0 0 60 200 250 cm\n");
    append_picture(content, bars, 95, 1);
    g_string_append(content, "Q\n");
    GString *json = convert_content(content->str);
    assert_non_null(strstr(json->str, "\"value\": \"quire 4711\""));
    assert_non_null(strstr(json->str, "\"value\": \"4006381333931\""));
    g_string_free(json, TRUE);
}

/* Upright, lying and on its head; scanned askew, within text and a little grey. */
static void matrices_in_pixels_are_fields(void **state)
{
    (void)state;
    if (!has_matrix_library() || !quire_ocr_engine_version())
        skip();
    for (int turn = 0; turn < 4; turn++) {
        PIX *drawn = pixCreate(600, 600, 8);
        pixSetAllArbitrary(drawn, 240);
        pixRasterop(drawn, 100, 80, 300, 8, PIX_CLR, NULL, 0, 0);
        for (int y = 0; y < MATRIX_SIDE; y++)
            for (int x = 0; x < MATRIX_SIDE; x++)
                if (matrix[y][x] == '#')
                    pixRasterop(drawn, 200 + 6 * x, 240 + 6 * y, 6, 6, PIX_CLR, NULL, 0, 0);
        PIX *turned = pixRotateOrth(drawn, turn);
        PIX *pix = pixRotateAMGray(turned, 0.02f, 240);
        pixSetResolution(pix, 200, 200);
        l_uint8 *bytes = NULL;
        size_t size = 0;
        assert_int_equal(pixWriteMem(&bytes, &size, pix, IFF_PNG), 0);
        GString *json = to_json(bytes, size, "label.png");
        assert_non_null(strstr(json->str, "\"value\": \"quire 4711\""));
        assert_non_null(strstr(json->str, "\"symbology\": \"data_matrix\""));
        g_string_free(json, TRUE);
        lept_free(bytes);
        pixDestroy(&pix);
        pixDestroy(&turned);
        pixDestroy(&drawn);
    }
}

static void matrices_drawn_with_paths_are_fields(void **state)
{
    (void)state;
    if (!has_matrix_library())
        skip();
    g_autoptr(GString) content = g_string_new("BT /F 12 Tf 50 350 Td (Ship with care) Tj ET\n"
                                              "20 20 8 8 re f 350 20 8 8 re f\n");
    for (int y = 0; y < MATRIX_SIDE; y++)
        for (int x = 0; x < MATRIX_SIDE; x++)
            if (matrix[y][x] == '#')
                g_string_append_printf(content, "%d %d 4 4 re f\n", 100 + 4 * x, 200 - 4 * y);
    GString *json = convert_content(content->str);
    assert_non_null(strstr(json->str, "\"value\": \"quire 4711\""));
    assert_non_null(strstr(json->str, "\"symbology\": \"data_matrix\""));
    float x0 = 0, y0 = 0, x1 = 0, y1 = 0;
    const char *box = strstr(strstr(json->str, "\"fields\""), "\"bbox\": [");
    assert_int_equal(sscanf(box, "\"bbox\": [%f, %f, %f, %f]", &x0, &y0, &x1, &y1), 4);
    assert_true(fabsf(x0 - 100) < 1 && fabsf(x1 - 156) < 1);
    assert_true(fabsf(y0 - 196) < 1 && fabsf(y1 - 252) < 1);
    g_string_free(json, TRUE);
}

static void matrices_in_pictures_are_fields(void **state)
{
    (void)state;
    if (!has_matrix_library())
        skip();
    g_autoptr(GString) content = g_string_new("BT /F 12 Tf 50 350 Td (Ship with care) Tj ET\n"
                                              "q 42 0 0 42 50 250 cm\n");
    g_autoptr(GString) square = g_string_new(NULL);
    for (int y = 0; y < MATRIX_SIDE; y++)
        g_string_append(square, matrix[y]);
    append_picture(content, square->str, MATRIX_SIDE, MATRIX_SIDE);
    g_string_append(content, "Q\n");
    GString *json = convert_content(content->str);
    assert_non_null(strstr(json->str, "\"value\": \"quire 4711\""));
    assert_non_null(strstr(json->str, "\"symbology\": \"data_matrix\""));
    g_string_free(json, TRUE);
}

/* A frame of a Data Matrix, which is what is looked for, around noise: many on a page, none a code,
 * and libdmtx, which is asked about each, has to end. */
static void matrices_of_noise_end(void **state)
{
    (void)state;
    enum { WIDTH = 2400, SYMBOL = 600, MODULE = 6, MODULES = 80 };
    uint32_t random = 7;
    uint8_t *pixels = malloc((size_t)WIDTH * WIDTH);
    assert_non_null(pixels);
    memset(pixels, 255, (size_t)WIDTH * WIDTH);
    for (int i = 0; i < WIDTH * WIDTH; i++) {
        int x = i % WIDTH % SYMBOL / MODULE, y = i / WIDTH % SYMBOL / MODULE;
        random = random * 1664525u + 1013904223u;
        if (x >= MODULES || y >= MODULES)
            continue;
        bool solid = x == 0 || y == MODULES - 1;
        bool dotted = y == 0 ? x % 2 == 0 : y % 2 == 1;
        bool inner = x > 0 && x < MODULES - 1 && y > 0 && y < MODULES - 1;
        if (solid || (inner ? random >> 31 : dotted))
            pixels[i] = 0;
    }
    quire_arena *arena = quire_arena_new(0);
    quire_page page = {0};
    quire_raster raster = {pixels, WIDTH, WIDTH, WIDTH, 1, 300};
    assert_true(ocr_datamatrix_is_likely(&raster));
    double start = quire_clock();
    ocr_barcodes_read(&raster, (quire_point){0, 0}, arena, &page);
    assert_true(quire_clock() - start < 5);
    assert_int_equal(page.barcode_count, 0);
    quire_arena_free(arena);
    free(pixels);
}

/* Stems of letters end where bars go on. */
static void high_bars_are_looked_for(void **state)
{
    (void)state;
    enum { WIDTH = 400, HEIGHT = 100 };
    for (int high = 20; high <= 60; high += 40) {
        PIX *pix = pixCreate(WIDTH, HEIGHT, 8);
        pixSetAll(pix);
        for (int x = 20; x < WIDTH - 20; x += 9)
            pixRasterop(pix, x, 20, 4, high, PIX_CLR, NULL, 0, 0);
        uint8_t pixels[WIDTH * HEIGHT];
        for (int i = 0; i < WIDTH * HEIGHT; i++) {
            l_uint32 value = 0;
            pixGetPixel(pix, i % WIDTH, i / WIDTH, &value);
            pixels[i] = (uint8_t)value;
        }
        quire_raster raster = {pixels, WIDTH, HEIGHT, WIDTH, 1, 200};
        assert_int_equal(ocr_barcodes_are_likely(&raster), high == 60);
        pixDestroy(&pix);
    }
}

static void text_has_no_codes(void **state)
{
    (void)state;
    GString *json = convert_content("BT /F 12 Tf 50 350 Td (No code at all) Tj ET\n"
                                    "50 300 100 10 re f 50 200 10 50 re f");
    assert_null(strstr(json->str, "\"barcode\""));
    g_string_free(json, TRUE);
}

/* Counts what is asked for, and draws nothing. */
static quire_status count_drawings(void *user, const quire_ocr_drawing *drawing,
                                   quire_raster *raster, quire_error *error)
{
    (void)raster;
    int *counts = user;
    counts[drawing->as_stored]++;
    return quire_fail(error, QUIRE_UNSUPPORTED, "draw", drawing->page, "not in a test");
}

/* Bars of 1 point, each `apart` points after the one before. */
static int drawings_of_bars(float apart)
{
    enum { COUNT = 40 };
    quire_rule rules[COUNT];
    for (int i = 0; i < COUNT; i++) {
        float x = 50 + (float)i * apart;
        rules[i] = (quire_rule){.box = {x, 100, x + 1, 140}};
    }
    quire_page page = {.width = 600, .height = 800, .rules = rules, .rule_count = COUNT};
    quire_ocr_known known = {.count = 0};
    int counts[2] = {0};
    quire_ocr_read_codes(count_drawings, counts, &known, NULL, &page, NULL);
    return counts[false] + counts[true];
}

static void only_what_may_be_a_code_is_drawn(void **state)
{
    (void)state;
    assert_int_equal(drawings_of_bars(2), 1);
    assert_int_equal(drawings_of_bars(0), 0); /* one bar, drawn again and again */
    assert_int_equal(drawings_of_bars(0.12f), 0); /* one thick line, drawn with thin ones */
    assert_int_equal(drawings_of_bars(40), 0);
}

static void pictures_are_looked_at_as_they_are_stored(void **state)
{
    (void)state;
    quire_image image = {.box = {50, 100, 250, 180},
                         .matrix = {200, 0, 0, -80, 50, 180},
                         .width = 400,
                         .height = 160,
                         .object = 7,
                         .filter = "FlateDecode"};
    quire_page page = {.width = 600, .height = 800, .images = &image, .image_count = 1};
    quire_ocr_known known = {.count = 0};
    int counts[2] = {0};
    quire_ocr_read_codes(count_drawings, counts, &known, NULL, &page, NULL);
    assert_int_equal(counts[true], 1);
    assert_int_equal(counts[false], 1); /* what is not had as it is stored is drawn */
    quire_ocr_read_codes(count_drawings, counts, &known, NULL, &page, NULL);
    assert_int_equal(counts[true], 1); /* and is known then */
}

static void noise_ends(void **state)
{
    (void)state;
    enum { LARGE = 10 * 1000 };
    uint32_t random = 7;
    uint8_t *pixels = malloc((size_t)LARGE * LARGE);
    assert_non_null(pixels);
    for (size_t i = 0; i < (size_t)LARGE * LARGE; i++) {
        random = random * 1664525u + 1013904223u;
        pixels[i] = (uint8_t)(random >> 24);
    }
    quire_arena *arena = quire_arena_new(0);
    quire_page page = {0};
    quire_raster raster = {pixels, LARGE, LARGE, LARGE, 1, 300};
    double start = quire_clock();
    ocr_barcodes_read(&raster, (quire_point){0, 0}, arena, &page);
    assert_true(quire_clock() - start < 20);
    assert_int_equal(page.barcode_count, 0);
    quire_arena_free(arena);
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(codes_in_pixels_are_fields),
        cmocka_unit_test(codes_drawn_with_paths_are_fields),
        cmocka_unit_test(codes_in_pictures_are_fields),
        cmocka_unit_test(matrices_of_noise_end),
        cmocka_unit_test(matrices_in_pictures_are_fields),
        cmocka_unit_test(matrices_drawn_with_paths_are_fields),
        cmocka_unit_test(matrices_in_pixels_are_fields),
        cmocka_unit_test(high_bars_are_looked_for),
        cmocka_unit_test(text_has_no_codes),
        cmocka_unit_test(only_what_may_be_a_code_is_drawn),
        cmocka_unit_test(pictures_are_looked_at_as_they_are_stored),
        cmocka_unit_test(noise_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
