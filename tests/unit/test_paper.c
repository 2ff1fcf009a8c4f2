/* What is done to the pixels of a page before it is read, step by step. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ocr/paper.h"

enum { WIDTH = 333, HEIGHT = 97 }; /* no multiples of a word */

/* The same noise on each run, in which lines are frequent. */
static PIX *some_ink(uint32_t seed)
{
    PIX *pix = pixCreate(WIDTH, HEIGHT, 1);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            seed = seed * 1664525 + 1013904223;
            if (seed >> 24 > 20)
                pixSetPixel(pix, x, y, 1);
        }
    return pix;
}

static void test_opening_is_that_of_leptonica(void **state)
{
    (void)state;
    PIX *ink = some_ink(1);
    for (int length = 1; length < 120; length += length < 20 ? 1 : 13)
        for (int horizontal = 0; horizontal < 2; horizontal++) {
            PIX *ours = ocr_paper_open_along(ink, horizontal, length);
            PIX *theirs = horizontal ? pixOpenBrick(NULL, ink, length, 1)
                                     : pixOpenBrick(NULL, ink, 1, length);
            l_int32 same = 0, left = 0;
            pixEqual(ours, theirs, &same);
            assert_true(same);
            pixCountPixels(ours, &left, NULL);
            assert_true(length > 12 || left > 0);
            pixDestroy(&ours);
            pixDestroy(&theirs);
        }
    pixDestroy(&ink);
}

static void test_softening_is_a_gaussian(void **state)
{
    (void)state;
    PIX *ink = some_ink(2);
    ocr_paper paper = {.grey = pixConvert1To8(NULL, ink, 255, 0)};
    L_KERNEL *kernel = makeGaussianKernel(2, 2, 1.0f, 1);
    PIX *ours = ocr_paper_soften(&paper), *theirs = pixConvolve(paper.grey, kernel, 8, 1);
    for (int y = 2; y < HEIGHT - 2; y++)
        for (int x = 2; x < WIDTH - 2; x++) {
            l_uint32 a = 0, b = 0;
            pixGetPixel(ours, x, y, &a);
            pixGetPixel(theirs, x, y, &b);
            assert_true(abs((int)a - (int)b) <= 2);
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
        cmocka_unit_test(test_opening_is_that_of_leptonica),
        cmocka_unit_test(test_softening_is_a_gaussian),
        cmocka_unit_test(test_softening_keeps_what_is_even),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
