/* What the beginning of a line says by its form: list labels, section numbers, captions, pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "layout/frame.h"
#include "layout/labels.h"
#include "layout/scratch.h"

static void labels_are_read_by_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        label_family family;
        int value, roman, depth;
        size_t size;
    } cases[] = {
        {"\xE2\x80\xA2 item", LABEL_BULLET, 0x2022, 0, 0, 3},
        {"- item", LABEL_BULLET, '-', 0, 0, 1},
        {"-5 degrees", LABEL_NONE, 0, 0, 0, 0},
        {"o item", LABEL_BULLET, 'o', 0, 0, 1},
        {"of course", LABEL_NONE, 0, 0, 0, 0},
        {"12. item", LABEL_DECIMAL, 12, 0, 1, 3},
        {"(3) item", LABEL_DECIMAL, 3, 0, 1, 3},
        {"[7] item", LABEL_DECIMAL, 7, 0, 1, 3},
        {"2020 was", LABEL_NONE, 0, 0, 0, 0},
        {"b) item", LABEL_LETTER, 2, 0, 1, 2},
        {"iv. item", LABEL_ROMAN, 4, 4, 1, 3},
        {"i) item", LABEL_LETTER, 9, 1, 1, 2},
        {"3.1.4 Title", LABEL_SECTION, 4, 0, 3, 5},
        {"2.1. Title", LABEL_SECTION, 1, 0, 2, 4},
        {"A.2 Title", LABEL_SECTION, 2, 0, 2, 3},
        {"3.14159", LABEL_NONE, 0, 0, 0, 0},
        {"Mr. Smith", LABEL_NONE, 0, 0, 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        label found = layout_label_at(quire_text_of(cases[i].text));
        if (found.family != cases[i].family || found.value != cases[i].value ||
            found.roman != cases[i].roman || found.depth != cases[i].depth ||
            found.size != cases[i].size)
            fail_msg("%s: family %d value %d roman %d depth %d size %zu", cases[i].text,
                     (int)found.family, found.value, found.roman, found.depth, found.size);
    }
}

static void captions_have_a_number_or_a_colon(void **state)
{
    (void)state;
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("Figure 3. What")), 8);
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("TABLE A-4")), 9);
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("Fig. 2.1: What")), 8);
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("Table: What")), 6);
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("Figures show")), 0);
    assert_int_equal(layout_caption_prefix(QUIRE_TEXT("Table manners")), 0);
}

static void page_numbers_are_nothing_else(void **state)
{
    (void)state;
    static const char *const numbers[] = {"12", "- 12 -", "xii", "Page 3 of 9", "3 / 9", "| 7"};
    static const char *const others[] = {"12 apples", "2020-01-02", "", "Page", "of 3"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (!layout_is_page_number(quire_text_of(numbers[i])))
            fail_msg("%s is a page number", numbers[i]);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (layout_is_page_number(quire_text_of(others[i])))
            fail_msg("%s is no page number", others[i]);
}

static void sorting_is_stable(void **state)
{
    (void)state;
    enum { COUNT = 3000 };
    quire_arena *arena = quire_arena_new(0);
    sort_key keys[COUNT];
    for (size_t count = 0; count <= COUNT; count += count < 100 ? 7 : 313) {
        for (uint32_t i = 0; i < count; i++)
            keys[i] = (sort_key){sort_key_of((float)((i * 7919) % 97) - 48.5f), i};
        layout_sort_by_key(arena, keys, count);
        for (size_t i = 1; i < count; i++)
            assert_true(keys[i - 1].key < keys[i].key ||
                        (keys[i - 1].key == keys[i].key && keys[i - 1].index < keys[i].index));
    }
    quire_arena_free(arena);
}

static void frames_turn_and_turn_back(void **state)
{
    (void)state;
    quire_box box = {10, 20, 30, 25};
    for (int angle = 0; angle < 360; angle += 90) {
        frame f = layout_frame_of(angle, 100, 200);
        quire_box turned = layout_frame_box(&f, box);
        quire_box back = layout_frame_box_back(&f, turned);
        assert_memory_equal(&back, &box, sizeof box);
        assert_true(turned.x0 >= 0 && turned.y0 >= 0);
    }
    frame up = layout_frame_of(90, 100, 200); /* reads upwards: the foot of the page is left */
    quire_point foot = layout_frame_point(&up, (quire_point){0, 200});
    assert_true(foot.x == 0 && foot.y == 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(labels_are_read_by_form),
        cmocka_unit_test(captions_have_a_number_or_a_colon),
        cmocka_unit_test(page_numbers_are_nothing_else),
        cmocka_unit_test(sorting_is_stable),
        cmocka_unit_test(frames_turn_and_turn_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
