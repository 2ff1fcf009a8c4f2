/* Pages drawn in black and red: what stands across the text, and what is text itself? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "ocr/colour.h"

enum { WIDTH = 600, HEIGHT = 400, DPI = 200, LETTER = 18, PITCH = 24, STROKE = 6 };

/* Rows of black letters, as open boxes. */
static PIX *draw_text(void)
{
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    for (int y = 60; y < 340; y += 40)
        for (int x = 60; x < 540; x += PITCH) {
            pixRasterop(ink, x, y, LETTER, LETTER, PIX_SET, NULL, 0, 0);
            pixRasterop(ink, x + 4, y + 4, LETTER - 8, LETTER - 8, PIX_CLR, NULL, 0, 0);
        }
    return ink;
}

/* The sides of a box in colour. */
static PIX *draw_frame(int x, int y, int width, int height)
{
    PIX *coloured = pixCreate(WIDTH, HEIGHT, 1);
    pixRasterop(coloured, x, y, width, height, PIX_SET, NULL, 0, 0);
    pixRasterop(coloured, x + STROKE, y + STROKE, width - 2 * STROKE, height - 2 * STROKE, PIX_CLR,
                NULL, 0, 0);
    return coloured;
}

/* Pixels of overprints; the black of letters shows through what is printed over it. */
static int overprint_of(PIX *ink, PIX *coloured)
{
    pixSubtract(coloured, coloured, ink);
    pixOr(ink, ink, coloured);
    PIX *found = ocr_colour_find_overprint(coloured, ink, DPI);
    l_int32 count = 0;
    if (found)
        pixCountPixels(found, &count, NULL);
    pixDestroy(&found);
    pixDestroy(&coloured);
    pixDestroy(&ink);
    return count;
}

static void a_frame_across_letters_is_an_overprint(void **state)
{
    (void)state;
    assert_true(overprint_of(draw_text(), draw_frame(150, 110, 200, 120)) > 1000);
}

static void a_frame_about_letters_is_none(void **state)
{
    (void)state;
    assert_int_equal(overprint_of(draw_text(), draw_frame(40, 40, 520, 320)), 0);
}

/* Black figures touch the rules of a table. */
static void a_coloured_grid_is_none(void **state)
{
    (void)state;
    PIX *grid = pixCreate(WIDTH, HEIGHT, 1);
    for (int y = 50; y < 360; y += 35)
        pixRasterop(grid, 40, y, 520, 3, PIX_SET, NULL, 0, 0);
    for (int x = 40; x < 580; x += 65)
        pixRasterop(grid, x, 50, 3, 318, PIX_SET, NULL, 0, 0);
    assert_int_equal(overprint_of(draw_text(), grid), 0);
}

static void a_coloured_ground_is_none(void **state)
{
    (void)state;
    PIX *ground = pixCreate(WIDTH, HEIGHT, 1);
    pixRasterop(ground, 100, 100, 300, 150, PIX_SET, NULL, 0, 0);
    assert_int_equal(overprint_of(draw_text(), ground), 0);
}

/* Letters of a screen: a pixel of colour on each side of their strokes. */
static void edges_of_letters_are_none(void **state)
{
    (void)state;
    PIX *ink = draw_text(), *edges = pixDilateBrick(NULL, ink, 3, 1);
    assert_int_equal(overprint_of(ink, edges), 0);
}

static quire_raster raster_of(const uint8_t (*colours)[3], int count)
{
    quire_raster raster = {.pixels = malloc((size_t)(3 * count * count)),
                           .width = count,
                           .height = count,
                           .stride = 3 * count,
                           .channels = 3,
                           .dpi = DPI};
    for (int y = 0; y < count; y++)
        for (int x = 0; x < count; x++)
            for (int c = 0; c < 3; c++)
                raster.pixels[y * raster.stride + 3 * x + c] = colours[x * 3 / count][c];
    return raster;
}

/* Columns of red, black and paper. */
static void colours_are_split_from_grey(void **state)
{
    (void)state;
    static const uint8_t colours[3][3] = {{200, 40, 40}, {10, 10, 20}, {250, 245, 235}};
    quire_raster raster = raster_of(colours, 30);
    uint32_t colour;
    PIX *coloured = ocr_colour_split(&raster, &colour);
    l_int32 count = 0;
    assert_non_null(coloured);
    pixCountPixels(coloured, &count, NULL);
    assert_int_equal(count, 300);
    assert_int_equal(colour, 0xFFC82828);
    assert_int_equal(raster.channels, 1);
    assert_int_equal(raster.pixels[0], 88);
    assert_in_range(raster.pixels[15], 10, 14);
    assert_in_range(raster.pixels[29 + raster.stride], 240, 250);
    pixDestroy(&coloured);
    quire_raster_clear(&raster);
}

static void grey_and_tinted_pages_have_no_colour(void **state)
{
    (void)state;
    static const uint8_t sepia[3][3] = {{90, 70, 60}, {230, 215, 190}, {40, 30, 28}};
    quire_raster raster = raster_of(sepia, 30);
    uint32_t colour;
    PIX *coloured = ocr_colour_split(&raster, &colour);
    assert_null(coloured);
    assert_int_equal(colour, 0);
    quire_raster_clear(&raster);
    raster = (quire_raster){.channels = 1};
    assert_null(ocr_colour_split(&raster, &colour));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_frame_across_letters_is_an_overprint),
        cmocka_unit_test(a_frame_about_letters_is_none),
        cmocka_unit_test(a_coloured_grid_is_none),
        cmocka_unit_test(a_coloured_ground_is_none),
        cmocka_unit_test(edges_of_letters_are_none),
        cmocka_unit_test(colours_are_split_from_grey),
        cmocka_unit_test(grey_and_tinted_pages_have_no_colour),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
