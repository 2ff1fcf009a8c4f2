/* Words that are underlined or struck through by thin rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/paper.h"

/* One line of 10 points from x 40 on, baseline 100, a rule from x0 to x1 at y. */
static uint32_t flags_with_rule(float x0, float x1, float y, uint32_t *start, uint32_t *end)
{
    paper p;
    paper_open(&p, 400, 300);
    paper_write(&p, 40, 100, 10, false, "some words of one line");
    paper_rule(&p, x0, y, x1, y);
    const quire_document *document = paper_read(&p);
    const quire_element *element = &document->elements.items[0];
    uint32_t flags = element->run_count > 0 ? element->runs[0].flags : 0;
    *start = flags ? element->runs[0].start : 0;
    *end = flags ? element->runs[0].end : 0;
    paper_close(&p);
    return flags;
}

static void rules_under_and_through_words(void **state)
{
    (void)state;
    uint32_t start, end;
    assert_int_equal(flags_with_rule(65, 90, 101.2f, &start, &end), QUIRE_RUN_UNDERLINE);
    assert_true(start == 5 && end == 10); /* "words" */
    assert_int_equal(flags_with_rule(65, 90, 97, &start, &end), QUIRE_RUN_STRIKE);
    assert_int_equal(flags_with_rule(65, 105, 97, &start, &end), QUIRE_RUN_STRIKE);
    assert_true(start == 5 && end == 13);
}

static void rules_of_other_use(void **state)
{
    (void)state;
    uint32_t start, end;
    assert_int_equal(flags_with_rule(20, 380, 101.2f, &start, &end), 0); /* a border */
    assert_int_equal(flags_with_rule(65, 78, 101.2f, &start, &end), 0); /* ends within a word */
    assert_int_equal(flags_with_rule(65, 90, 108, &start, &end), 0); /* too far below */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rules_under_and_through_words),
        cmocka_unit_test(rules_of_other_use),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
