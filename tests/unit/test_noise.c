/* Words that were read: which of them are none? */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "ocr/noise.h"

enum { EM = 30 };

static void add_word(ocr_text *text, const char *symbols, float confidence, quire_box box)
{
    ocr_line *line = &text->lines.items[text->lines.count - 1];
    ocr_word *word = quire_array_push(&text->words);
    *word = (ocr_word){.first = (uint32_t)text->symbols.count,
                       .line = (uint32_t)text->lines.count - 1,
                       .box = box,
                       .confidence = confidence};
    for (; *symbols; symbols++) {
        ocr_symbol *symbol = quire_array_push(&text->symbols);
        *symbol = (ocr_symbol){.text = {*symbols}, .box = box, .confidence = confidence};
    }
    word->end = (uint32_t)text->symbols.count;
    line->end = (uint32_t)text->words.count;
}

/* How many of the words of one line are dropped, all read with that confidence. */
static int dropped(const char *const *words, float confidence, bool stray, quire_box box)
{
    ocr_text text = {0};
    ocr_line *line = quire_array_push(&text.lines);
    *line = (ocr_line){.em = EM};
    for (; *words; words++)
        add_word(&text, *words, confidence, box);
    int count = ocr_noise_drop(&text, 0, stray, EM);
    ocr_text_clear(&text);
    return count;
}

#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})
static const quire_box letters = {0, 0, 60, 20}, bar = {0, 0, 3, 30}, flat = {0, 0, 200, 3};

static void sure_words_stay(void **state)
{
    (void)state;
    assert_int_equal(dropped(WORDS("tower", "clock"), 0.9f, false, letters), 0);
    assert_int_equal(dropped(WORDS("tower", "clock"), 0.1f, false, letters), 2);
    assert_int_equal(dropped(WORDS("tower", "clock"), 0.4f, true, letters), 2);
}

static void a_bar_alone_is_a_rule(void **state)
{
    (void)state;
    assert_int_equal(dropped(WORDS("|"), 0.95f, false, bar), 1);
    assert_int_equal(dropped(WORDS("Metals", "|", "Gold"), 0.95f, false, letters), 0);
    assert_int_equal(dropped(WORDS("1"), 0.95f, false, bar), 0); /* all that a cell may say */
}

static void letters_have_a_height(void **state)
{
    (void)state;
    assert_int_equal(dropped(WORDS("ae"), 0.95f, false, flat), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sure_words_stay),
        cmocka_unit_test(a_bar_alone_is_a_rule),
        cmocka_unit_test(letters_have_a_height),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
