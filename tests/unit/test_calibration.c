/* How sure a word is, by what was read beside it: pages made by hand, without an engine. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "ocr/agreement.h"
#include "ocr/calibrate.h"

enum { LETTER = 20, SPACE = 10, LEFT = 100, LINE = 60, FEW = 4, MANY = 30 };
#define EM 33.0f /* letters of LETTER pixels and none above it are 0.6 of it high */

static ocr_text page_of_lines(int lines, float em)
{
    ocr_text text = {0};
    for (int i = 0; i < lines; i++) {
        ocr_line *line = quire_array_push(&text.lines);
        *line = (ocr_line){.em = em, .offset = (float)(LINE * (i + 1))};
    }
    return text;
}

/* Adds a word at the end of the last line; its signs, a string each, and how sure they are. */
static ocr_word *add_word(ocr_text *text, const char *const *signs, float confidence)
{
    ocr_line *line = &text->lines.items[text->lines.count - 1];
    bool is_first = line->end <= line->first;
    float x = is_first ? LEFT : text->words.items[text->words.count - 1].box.x1 + SPACE;
    ocr_word word = {.first = (uint32_t)text->symbols.count,
                     .line = (uint32_t)text->lines.count - 1,
                     .confidence = confidence,
                     .known = true};
    word.box = (quire_box){x, line->offset - 0.7f * EM, x, line->offset};
    for (; *signs; signs++, word.box.x1 += LETTER) {
        ocr_symbol *symbol = quire_array_push(&text->symbols);
        *symbol = (ocr_symbol){.confidence = confidence};
        strcpy(symbol->text, *signs);
    }
    word.end = (uint32_t)text->symbols.count;
    if (is_first)
        line->first = (uint32_t)text->words.count;
    ocr_word *added = quire_array_push(&text->words);
    *added = word;
    line->end = (uint32_t)text->words.count;
    return added;
}

#define SIGNS(...) ((const char *const[]){__VA_ARGS__, NULL})
#define NAME SIGNS("P", "a", "r", "i", "s")

/* A line of words that are read well, and one more; it is last. */
static ocr_text line_with(const char *const *signs, float confidence)
{
    ocr_text text = page_of_lines(1, EM);
    for (int i = 0; i < FEW; i++)
        add_word(&text, NAME, 0.97f);
    add_word(&text, signs, confidence);
    return text;
}

static ocr_word *last_of(const ocr_text *text)
{
    return &text->words.items[text->words.count - 1];
}

/* Calibrates, and frees the text. */
static float last_confidence(ocr_text *text, int dropped)
{
    ocr_calibrate(text, dropped);
    float confidence = last_of(text)->confidence;
    ocr_text_clear(text);
    return confidence;
}

static float confidence_of(const char *const *signs, float engine)
{
    ocr_text text = line_with(signs, engine);
    return last_confidence(&text, 0);
}

static void surer_words_stay_surer(void **state)
{
    (void)state;
    float before = 0;
    for (float engine = 0.05f; engine < 1; engine += 0.1f) {
        float confidence = confidence_of(NAME, engine);
        assert_true(confidence > before);
        before = confidence;
    }
}

static void confidence_is_a_chance_whatever_was_measured(void **state)
{
    (void)state;
    const float wild[] = {0, 1, -3, 7, INFINITY, -INFINITY};
    const float ems[] = {0, 0.001f, EM, 1e9f};
    for (size_t i = 0; i < sizeof wild / sizeof *wild; i++)
        for (size_t k = 0; k < sizeof ems / sizeof *ems; k++) {
            ocr_text text = page_of_lines(1, ems[k]);
            add_word(&text, NAME, wild[i])->box.y1 += 1e6f;
            float confidence = last_confidence(&text, INT32_MAX - 1);
            assert_true(confidence > 0 && confidence < 1);
        }
}

static void words_without_a_sign_are_left_alone(void **state)
{
    (void)state;
    ocr_text text = page_of_lines(2, EM);
    add_word(&text, SIGNS(" "), 0.95f);
    ocr_word *empty = add_word(&text, NAME, 0.5f);
    empty->end = empty->first;
    ocr_calibrate(&text, 0);
    assert_float_equal(text.words.items[0].confidence, 0.95f, 0);
    assert_float_equal(text.words.items[1].confidence, 0.5f, 0);
    ocr_text_clear(&text);
}

/* Thirty lines as they are read of a clean letter, and of a form full of specks. */
static float worst_of_page(bool is_clean)
{
    ocr_text text = page_of_lines(0, EM);
    for (int i = 0; i < MANY; i++) {
        ocr_line *line = quire_array_push(&text.lines);
        *line = (ocr_line){.em = EM, .offset = (float)(LINE * (i + 1))};
        for (int k = 0; k < FEW; k++) {
            ocr_word *word = add_word(&text, NAME, is_clean ? 0.99f : 0.8f);
            word->known = is_clean;
            word->readings = !is_clean;
            word->box.y0 -= is_clean ? 0 : EM;
        }
    }
    ocr_calibrate(&text, is_clean ? 0 : MANY);
    float best = 0, worst = 1;
    for (size_t i = 0; i < text.words.count; i++) {
        best = fmaxf(best, text.words.items[i].confidence);
        worst = fminf(worst, text.words.items[i].confidence);
    }
    ocr_text_clear(&text);
    return is_clean ? worst : best;
}

static void clean_pages_are_believed_and_noisy_ones_are_not(void **state)
{
    (void)state;
    assert_true(worst_of_page(true) > 0.97f);
    assert_true(worst_of_page(false) < 0.4f);
}

static void specks_on_the_page_make_its_words_doubtful(void **state)
{
    (void)state;
    ocr_text clean = line_with(NAME, 0.9f), full = line_with(NAME, 0.9f);
    assert_true(last_confidence(&full, 200) < last_confidence(&clean, 0) - 0.02f);
}

static void doubtful_neighbours_make_a_word_doubtful(void **state)
{
    (void)state;
    ocr_text sure = line_with(NAME, 0.9f), doubtful = line_with(NAME, 0.9f);
    for (int i = 0; i < FEW; i++)
        doubtful.words.items[i].confidence = 0.4f;
    assert_true(last_confidence(&doubtful, 0) < last_confidence(&sure, 0) - 0.02f);
}

static void what_a_second_reading_denies_is_doubted(void **state)
{
    (void)state;
    ocr_text denied = line_with(NAME, 0.9f), confirmed = line_with(NAME, 0.9f);
    last_of(&denied)->readings = last_of(&confirmed)->readings = 1;
    last_of(&confirmed)->agreeing = 1;
    assert_true(last_confidence(&denied, 0) < last_confidence(&confirmed, 0) - 0.02f);
}

static void letters_of_two_sizes_and_odd_capitals_are_doubted(void **state)
{
    (void)state;
    ocr_text tall = line_with(NAME, 0.9f);
    last_of(&tall)->box.y0 -= EM;
    float plain = confidence_of(NAME, 0.9f);
    assert_true(last_confidence(&tall, 0) < plain - 0.02f);
    assert_true(confidence_of(SIGNS("P", "a", "R", "i", "s"), 0.9f) < plain - 0.02f);
    assert_true(confidence_of(SIGNS("~", "-", "*", "/", "="), 0.9f) < plain - 0.02f);
}

/* What is alone on its line is often noise; in a cell it could not be otherwise. */
static void a_cell_is_believed_though_it_is_alone(void **state)
{
    (void)state;
    ocr_text line = page_of_lines(1, EM), cell = page_of_lines(1, EM);
    add_word(&line, SIGNS("4", "2", "7"), 0.9f);
    add_word(&cell, SIGNS("4", "2", "7"), 0.9f);
    cell.lines.items[0].is_cell = true;
    assert_true(last_confidence(&line, 0) + 0.03f < last_confidence(&cell, 0));
}

static void a_line_on_its_side_is_measured_along_it(void **state)
{
    (void)state;
    ocr_text text = line_with(NAME, 0.9f);
    text.lines.items[0].quarters = 1;
    for (size_t i = 0; i < text.words.count; i++)
        text.words.items[i].box = ocr_line_box_back(1, text.words.items[i].box);
    assert_float_equal(last_confidence(&text, 0), confidence_of(NAME, 0.9f), 0);
}

static float by_dictionary(const char *const *signs, bool is_known)
{
    ocr_text text = line_with(signs, 0.9f);
    last_of(&text)->known = is_known;
    return last_confidence(&text, 0);
}

#define HAN SIGNS("\xe5\x90\x88", "\xe5\x90\x8c", "\xe6\xb3\x95", "\xe5\xbe\x8b")
#define YEAR SIGNS("1", "9", "8", "4")

static void words_of_other_scripts_keep_the_confidence_of_the_engine(void **state)
{
    (void)state;
    assert_true(by_dictionary(NAME, true) > by_dictionary(NAME, false) + 0.01f);
    assert_float_equal(by_dictionary(HAN, true), 0.9f, 0);
    assert_float_equal(by_dictionary(HAN, false), 0.9f, 0);
    assert_float_equal(confidence_of(HAN, 0.3f), 0.3f, 0);
    assert_true(fabsf(by_dictionary(YEAR, true) - 0.9f) > 0.005f);
}

/* Figures and names among them, too: the engine is as sure of them as it is of the rest. */
static void so_do_pages_that_are_full_of_them(void **state)
{
    (void)state;
    ocr_text text = page_of_lines(1, EM);
    for (int i = 0; i < FEW; i++)
        add_word(&text, HAN, 0.9f);
    add_word(&text, NAME, 0.8f);
    add_word(&text, HAN, 0.9f)->by_hand = true;
    add_word(&text, YEAR, 0.9f);
    ocr_calibrate(&text, 0);
    assert_float_equal(text.words.items[0].confidence, 0.9f, 0);
    assert_float_equal(text.words.items[FEW].confidence, 0.8f, 0);
    assert_float_equal(text.words.items[FEW + 1].confidence, 0.5f, 0);
    assert_float_equal(last_of(&text)->confidence, 0.9f, 0);
    ocr_text_clear(&text);
}

/* On a page of which the engine knows no word it has no dictionary. */
static void without_a_dictionary_no_word_is_unknown(void **state)
{
    (void)state;
    float confidences[2];
    for (int knows_one = 0; knows_one < 2; knows_one++) {
        ocr_text text = page_of_lines(1, EM);
        for (int i = 0; i < MANY; i++)
            add_word(&text, NAME, 0.9f)->known = knows_one && i == 0;
        confidences[knows_one] = last_confidence(&text, 0);
    }
    assert_true(confidences[0] > confidences[1] + 0.01f);
}

static void words_by_hand_get_half_at_most(void **state)
{
    (void)state;
    ocr_text text = line_with(NAME, 0.99f);
    last_of(&text)->by_hand = true;
    ocr_calibrate(&text, 0);
    assert_true(last_of(&text)->confidence <= 0.5f);
    assert_true(text.words.items[0].confidence > 0.5f);
    ocr_text_clear(&text);
}

/* ---- two readings ---- */

static void readings_are_compared_word_by_word(void **state)
{
    (void)state;
    ocr_text kept = line_with(NAME, 0.9f), other = line_with(SIGNS("P", "o", "r", "i", "s"), 0.5f);
    other.words.items[1].box.x0 += 3; /* boxes differ a little, as they do */
    other.words.items[2].end = other.words.items[2].first; /* it saw nothing there */
    other.words.items[3].box = (quire_box){5000, 5000, 5100, 5020};
    ocr_agreement_mark(&kept, 0, (uint32_t)kept.words.count,
                       (ocr_reading){&other, 0, (uint32_t)other.words.count});
    const int agreeing[] = {1, 1, 0, 0, 0};
    for (size_t i = 0; i < kept.words.count; i++) {
        assert_int_equal(kept.words.items[i].readings, 1);
        assert_int_equal(kept.words.items[i].agreeing, agreeing[i]);
    }
    ocr_text_clear(&kept);
    ocr_text_clear(&other);
}

static void a_reading_of_nothing_agrees_with_nothing(void **state)
{
    (void)state;
    ocr_text kept = line_with(NAME, 0.9f), other = {0};
    ocr_agreement_mark(&kept, 0, (uint32_t)kept.words.count, (ocr_reading){&other, 0, 0});
    assert_int_equal(last_of(&kept)->readings, 1);
    assert_int_equal(last_of(&kept)->agreeing, 0);
    ocr_text_clear(&kept);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(surer_words_stay_surer),
        cmocka_unit_test(confidence_is_a_chance_whatever_was_measured),
        cmocka_unit_test(words_without_a_sign_are_left_alone),
        cmocka_unit_test(a_cell_is_believed_though_it_is_alone),
        cmocka_unit_test(clean_pages_are_believed_and_noisy_ones_are_not),
        cmocka_unit_test(specks_on_the_page_make_its_words_doubtful),
        cmocka_unit_test(doubtful_neighbours_make_a_word_doubtful),
        cmocka_unit_test(what_a_second_reading_denies_is_doubted),
        cmocka_unit_test(letters_of_two_sizes_and_odd_capitals_are_doubted),
        cmocka_unit_test(a_line_on_its_side_is_measured_along_it),
        cmocka_unit_test(words_of_other_scripts_keep_the_confidence_of_the_engine),
        cmocka_unit_test(so_do_pages_that_are_full_of_them),
        cmocka_unit_test(without_a_dictionary_no_word_is_unknown),
        cmocka_unit_test(words_by_hand_get_half_at_most),
        cmocka_unit_test(readings_are_compared_word_by_word),
        cmocka_unit_test(a_reading_of_nothing_agrees_with_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
