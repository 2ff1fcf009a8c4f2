/* Combs on scans: short lines at equal distances on a long one are rules, and no letters. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>
#include <string.h>

#include "ocr/ocr.h"
#include "ocr/paper.h"

enum { WIDTH = 1000, HEIGHT = 600, FOOT = 300, TEETH = 9, FIRST = 200, HIGH = 40, DPI = 200 };

static void draw(uint8_t *pixels, int x, int y, int width, int height)
{
    for (int row = y; row < y + height; row++)
        memset(pixels + row * WIDTH + x, 0, (size_t)width);
}

/* Teeth `step` pixels apart, two of three moved by `uneven`, `above` a line. */
static void prepare(ocr_paper *paper, int step, int uneven, int above)
{
    uint8_t *pixels = malloc((size_t)WIDTH * HEIGHT);
    assert_non_null(pixels);
    memset(pixels, 255, (size_t)WIDTH * HEIGHT);
    draw(pixels, 100, FOOT, 800, 3);
    for (int i = 0; i < TEETH; i++)
        draw(pixels, FIRST + i * step + (i * i % 3) * uneven, FOOT - HIGH - above, 3, HIGH);
    quire_raster raster = {pixels, WIDTH, HEIGHT, WIDTH, 1, DPI};
    memset(paper, 0, sizeof *paper);
    assert_true(ocr_paper_prepare(paper, &raster, NULL, 0, ~(1u << QUIRE_OCR_LIFT)));
    free(pixels);
}

static void assert_teeth(int step, int uneven, int above, int expected)
{
    ocr_paper paper;
    l_uint32 grey = 0;
    prepare(&paper, step, uneven, above);
    assert_int_equal(boxaGetCount(paper.horizontals), 1);
    assert_int_equal(boxaGetCount(paper.verticals), expected);
    pixGetPixel(paper.grey, FIRST + 1, FOOT - HIGH / 2 - above, &grey);
    assert_int_equal(grey > 200, expected > 0); /* taken out of what is read */
    ocr_paper_clear(&paper);
}

static void teeth_of_a_comb_are_rules(void **state)
{
    (void)state;
    assert_teeth(50, 0, 0, TEETH);
    assert_teeth(30, 0, 0, TEETH);
}

static void uneven_strokes_are_none(void **state)
{
    (void)state;
    assert_teeth(50, 9, 0, 0);
}

static void strokes_above_a_line_are_none(void **state)
{
    (void)state;
    assert_teeth(50, 0, 12, 0);
}

static void close_strokes_are_none(void **state)
{
    (void)state;
    assert_teeth(12, 0, 0, 0); /* hatching */
}

static void many_strokes_end(void **state)
{
    (void)state;
    enum { SIDE = 4000 };
    uint8_t *pixels = malloc((size_t)SIDE * SIDE);
    assert_non_null(pixels);
    memset(pixels, 255, (size_t)SIDE * SIDE);
    for (int y = 0; y < SIDE; y++)
        for (int x = 0; x < SIDE; x++)
            if (y % 50 < 3 || (x % 30 < 3 && y % 50 > 10))
                pixels[y * SIDE + x] = 0;
    quire_raster raster = {pixels, SIDE, SIDE, SIDE, 1, DPI};
    ocr_paper paper = {.dpi = DPI};
    double start = quire_clock();
    assert_true(ocr_paper_prepare(&paper, &raster, NULL, 0, ~(1u << QUIRE_OCR_LIFT)));
    assert_true(quire_clock() - start < 10);
    ocr_paper_clear(&paper);
    free(pixels);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(teeth_of_a_comb_are_rules),
        cmocka_unit_test(uneven_strokes_are_none),
        cmocka_unit_test(strokes_above_a_line_are_none),
        cmocka_unit_test(close_strokes_are_none),
        cmocka_unit_test(many_strokes_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
