/* Words whose letters are bars of ink with white between them: where do they part? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "ocr/spaces.h"

enum { WIDTH = 600, HEIGHT = 60, EM = 40, BAR = 12, TOP = 16, FOOT = 44 };

/* Words that a line of these letters is parted in, each with `gaps` pixels of white before it. */
static size_t words_of(const char *letters, const int *gaps)
{
    PIX *ink = pixCreate(WIDTH, HEIGHT, 1);
    ocr_text text = {0};
    int x = 20;
    for (size_t i = 0; letters[i]; i++) {
        x += gaps[i];
        pixRasterop(ink, x, TOP, BAR, FOOT - TOP, PIX_SET, NULL, 0, 0);
        ocr_symbol *symbol = quire_array_push(&text.symbols);
        *symbol = (ocr_symbol){.text = {letters[i]}, .box = {(float)x, TOP, (float)x + BAR, FOOT}};
        x += BAR;
    }
    quire_box box = {20, TOP, (float)x, FOOT};
    ocr_line *line = quire_array_push(&text.lines);
    *line = (ocr_line){.end = 1, .em = EM, .box = box};
    ocr_word *word = quire_array_push(&text.words);
    *word = (ocr_word){.end = (uint32_t)text.symbols.count, .box = box, .confidence = 0.9f};
    ocr_spaces_restore(&text, ink);
    size_t count = text.words.count;
    ocr_text_clear(&text);
    pixDestroy(&ink);
    return count;
}

static void a_figure_parts_from_a_letter(void **state)
{
    (void)state;
    assert_int_equal(words_of("58B", (const int[]){0, 3, 10}), 2);
    assert_int_equal(words_of("58B", (const int[]){0, 3, 5}), 1);
}

static void a_one_has_white_about_it(void **state)
{
    (void)state;
    assert_int_equal(words_of("A1B", (const int[]){0, 10, 10}), 1);
    assert_int_equal(words_of("A1B", (const int[]){0, 10, 14}), 2);
}

/* As a typewriter sets them: there is as much about an I as others leave for a space. */
static void letters_of_one_width_stay_together(void **state)
{
    (void)state;
    assert_int_equal(words_of("VICE", (const int[]){0, 18, 18, 4}), 1);
    assert_int_equal(words_of("1811", (const int[]){0, 18, 4, 18}), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_figure_parts_from_a_letter),
        cmocka_unit_test(a_one_has_white_about_it),
        cmocka_unit_test(letters_of_one_width_stay_together),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
