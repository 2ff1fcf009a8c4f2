/* Pages drawn as rows of blocks: which of them are tables, and what are their cells? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ocr/cells.h"

enum { WIDTH = 1400, HEIGHT = 900, LETTER = 20, PITCH = 26, ROW = 60, LEFT = 60, TOP = 60 };
enum { ROWS = 8, COLUMNS = 5, COLUMN = 240 };

static void draw_letters(PIX *ink, int x, int y, int count)
{
    for (int i = 0; i < count; i++)
        pixRasterop(ink, x + PITCH * i, y, LETTER - 4, LETTER, PIX_SET, NULL, 0, 0);
}

static PIX *draw_table(int letters)
{
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    for (int row = 0; row < ROWS; row++)
        for (int column = 0; column < COLUMNS; column++)
            draw_letters(ink, LEFT + COLUMN * column, TOP + ROW * row, letters);
    return ink;
}

/* How many cells; -1: it is no page of tables. */
static int cells_of(PIX *ink, BOX *first)
{
    ocr_paper paper = {.ink = ink};
    BOXA *cells = ocr_cells_find(&paper);
    int count = cells ? boxaGetCount(cells) : -1;
    l_int32 x, y, w, h;
    if (count > 0 && first) {
        boxaGetBoxGeometry(cells, 0, &x, &y, &w, &h);
        boxSetGeometry(first, x, y, w, h);
    }
    boxaDestroy(&cells);
    pixDestroy(&ink);
    return count;
}

static void a_table_is_cut_into_cells(void **state)
{
    (void)state;
    assert_int_equal(cells_of(draw_table(4), NULL), ROWS * COLUMNS);
}

/* Lines of two columns of text stand beside each other, too. */
static void columns_of_text_are_no_cells(void **state)
{
    (void)state;
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    for (int row = 0; row < ROWS; row++) {
        draw_letters(ink, LEFT, TOP + ROW * row, 22);
        draw_letters(ink, LEFT + 700, TOP + ROW * row, 22);
    }
    assert_int_equal(cells_of(ink, NULL), -1);
}

/* The engine finds columns and lines of text better: a table takes the page only if it is most of
 * it. */
static void a_table_in_text_is_left_to_the_engine(void **state)
{
    (void)state;
    PIX *ink = draw_table(1);
    for (int row = 0; row < 4; row++)
        draw_letters(ink, LEFT, TOP + ROW * (ROWS + 1 + row), 48);
    assert_int_equal(cells_of(ink, NULL), -1);
}

/* Words that stand in no columns: gaps of one row do not stand above those of the next. */
static void ragged_rows_are_no_table(void **state)
{
    (void)state;
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    for (int row = 0; row < ROWS; row++)
        for (int word = 0; word < COLUMNS; word++)
            draw_letters(ink, LEFT + 190 * word + 95 * (row % 2), TOP + ROW * row, 4);
    assert_int_equal(cells_of(ink, NULL), -1);
}

static void a_point_and_a_broken_letter_belong_to_their_cell(void **state)
{
    (void)state;
    PIX *ink = draw_table(4);
    int after = LEFT + PITCH * 3 + LETTER - 4 + 8;
    pixRasterop(ink, after, TOP + LETTER - 4, 4, 4, PIX_SET, NULL, 0, 0);
    pixRasterop(ink, LEFT + PITCH, TOP + 8, LETTER, 2, PIX_CLR, NULL, 0, 0);
    BOX *first = boxCreate(0, 0, 0, 0);
    l_int32 x, width;
    assert_int_equal(cells_of(ink, first), ROWS * COLUMNS);
    boxGetGeometry(first, &x, NULL, &width, NULL);
    boxDestroy(&first);
    assert_int_equal(x, LEFT);
    assert_int_equal(x + width, after + 4);
}

/* A dash is all that some cells say. */
static void a_dash_is_a_cell(void **state)
{
    (void)state;
    PIX *ink = draw_table(4);
    pixRasterop(ink, LEFT + COLUMN, TOP + ROW, 4 * PITCH, LETTER, PIX_CLR, NULL, 0, 0);
    pixRasterop(ink, LEFT + COLUMN, TOP + ROW + 9, 14, 3, PIX_SET, NULL, 0, 0);
    assert_int_equal(cells_of(ink, NULL), ROWS * COLUMNS);
}

static void nothing_has_no_cells(void **state)
{
    (void)state;
    assert_int_equal(cells_of(pixCreate(WIDTH, HEIGHT, 1), NULL), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_is_cut_into_cells),
        cmocka_unit_test(columns_of_text_are_no_cells),
        cmocka_unit_test(a_table_in_text_is_left_to_the_engine),
        cmocka_unit_test(ragged_rows_are_no_table),
        cmocka_unit_test(a_point_and_a_broken_letter_belong_to_their_cell),
        cmocka_unit_test(a_dash_is_a_cell),
        cmocka_unit_test(nothing_has_no_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
