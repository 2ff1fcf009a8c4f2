/* Rows of print and rows as hands write them, as ink that nothing was read from. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ocr/handwriting.h"

enum { WIDTH = 900, HEIGHT = 200, EM = 30, STROKE = 3, LETTERS = 12, BASELINE = 100 };

/* Three strokes, as of a u. */
static void draw_letter(PIX *ink, int x, int head, int foot, int width)
{
    pixRasterop(ink, x, head, STROKE, foot - head, PIX_SET, NULL, 0, 0);
    pixRasterop(ink, x + width - STROKE, head, STROKE, foot - head, PIX_SET, NULL, 0, 0);
    pixRasterop(ink, x, foot - STROKE, width, STROKE, PIX_SET, NULL, 0, 0);
}

/* Heads and feet of letters, above and below the baseline, and what was read of them. */
typedef struct writing {
    int heads[LETTERS], feet[LETTERS];
    float confidence; /* 0: nothing was read */
} writing;

static const writing print = {{15, 15, 21, 15, 15, 21, 15, 15, 15, 21, 15, 15}, {0}, 0};
static const writing hand = {
    {18, 30, 12, 25, 38, 15, 21, 33, 10, 28, 19, 36}, {0, 3, -4, 9, 2, 14, -2, 5, 0, 11, -5, 7}, 0};

/* How many rows look written by hand; `by_hand`: whether the word that was read there does. */
static size_t rows_by_hand(const writing *w, float confidence, bool *by_hand)
{
    ocr_paper paper = {.ink = pixCreate(WIDTH, HEIGHT, 1), .dpi = 200};
    ocr_text text = {0};
    for (int i = 0; i < LETTERS; i++)
        draw_letter(paper.ink, 50 + 22 * i, BASELINE - w->heads[i], BASELINE + w->feet[i], 16);
    ocr_line *line = quire_array_push(&text.lines);
    *line = (ocr_line){.end = 1, .em = EM};
    ocr_word *word = quire_array_push(&text.words);
    *word = (ocr_word){.end = confidence > 0, .box = {48, 60, 320, 116}, .confidence = confidence};
    ocr_handwriting_find(&paper, &text);
    *by_hand = text.words.items[0].by_hand;
    size_t count = paper.handwriting.count;
    ocr_text_clear(&text);
    ocr_paper_clear(&paper);
    pixDestroy(&paper.ink);
    return count;
}

static void hands_are_told_from_print(void **state)
{
    (void)state;
    bool by_hand;
    assert_int_equal(rows_by_hand(&hand, 0, &by_hand), 1);
    assert_int_equal(rows_by_hand(&print, 0, &by_hand), 0);
}

static void what_was_read_in_them_is_doubted(void **state)
{
    (void)state;
    bool by_hand;
    assert_int_equal(rows_by_hand(&hand, 0.7f, &by_hand), 1);
    assert_true(by_hand);
    assert_int_equal(rows_by_hand(&hand, 0.95f, &by_hand), 0);
    assert_false(by_hand);
    assert_int_equal(rows_by_hand(&print, 0.7f, &by_hand), 0);
    assert_false(by_hand);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hands_are_told_from_print),
        cmocka_unit_test(what_was_read_in_them_is_doubted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
