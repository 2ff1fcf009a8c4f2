/* What is done to the pixels of a page before it is read, step by step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ocr/paper.h"

enum { WIDTH = 333, HEIGHT = 97 }; /* no multiples of a word */

/* The same noise on each run; `white` of 256 pixels are so. */
static PIX *some_ink(uint32_t seed, uint32_t white)
{
    PIX *pix = pixCreate(WIDTH, HEIGHT, 1);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 24 >= white)
                pixSetPixel(pix, x, y, 1);
        }
    return pix;
}

/* Our way to open or close along a line, and Leptonica's. */
typedef PIX *(*along_fn)(PIX *pix, bool horizontal, int length);
typedef PIX *(*brick_fn)(PIX *to, PIX *pix, l_int32 width, l_int32 height);

static void compare(along_fn along, brick_fn brick, PIX *ink)
{
    for (int length = 1; length < 120; length += length < 40 ? 1 : 13)
        for (int horizontal = 0; horizontal < 2; horizontal++) {
            PIX *ours = along(ink, horizontal, length);
            PIX *theirs = horizontal ? brick(NULL, ink, length, 1) : brick(NULL, ink, 1, length);
            l_int32 same = 0;
            pixEqual(ours, theirs, &same);
            assert_true(same);
            pixDestroy(&ours);
            pixDestroy(&theirs);
        }
}

static void test_lines_are_those_of_leptonica(void **state)
{
    (void)state;
    PIX *dense = some_ink(1, 20), *sparse = some_ink(3, 235);
    compare(ocr_paper_open_along, pixOpenBrick, dense);
    compare(ocr_paper_close_along, pixCloseSafeBrick, sparse);
    pixDestroy(&dense);
    pixDestroy(&sparse);
}

static void test_softening_is_a_gaussian(void **state)
{
    (void)state;
    PIX *ink = some_ink(2, 20);
    ocr_paper paper = {.grey = pixConvert1To8(NULL, ink, 255, 0)};
    L_KERNEL *kernel = makeGaussianKernel(2, 2, 1.0f, 1);
    PIX *ours = ocr_paper_soften(&paper), *theirs = pixConvolve(paper.grey, kernel, 8, 1);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            l_uint32 a = 0, b = 0;
            pixGetPixel(ours, x, y, &a);
            pixGetPixel(theirs, x, y, &b);
            assert_true(abs((int)a - (int)b) <= 1);
        }
    kernelDestroy(&kernel);
    pixDestroy(&ours);
    pixDestroy(&theirs);
    pixDestroy(&ink);
    ocr_paper_clear(&paper);
}

static void test_softening_keeps_what_is_even(void **state)
{
    (void)state;
    static const int sides[][2] = {{1, 1}, {2, 1}, {1, 7}, {40, 3}};
    for (size_t i = 0; i < sizeof sides / sizeof *sides; i++) {
        ocr_paper paper = {.grey = pixCreate(sides[i][0], sides[i][1], 8)};
        pixSetAllArbitrary(paper.grey, 200);
        PIX *soft = ocr_paper_soften(&paper);
        l_int32 same = 0;
        pixEqual(soft, paper.grey, &same);
        assert_true(same);
        pixDestroy(&soft);
        ocr_paper_clear(&paper);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_lines_are_those_of_leptonica),
        cmocka_unit_test(test_softening_is_a_gaussian),
        cmocka_unit_test(test_softening_keeps_what_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
