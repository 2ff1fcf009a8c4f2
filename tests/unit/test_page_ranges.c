/* Page ranges: what people write, and what must be refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "pipeline/pages.h"

#include <stdio.h>
#include <string.h>

static void assert_pages(const char *text, int32_t count, const char *expected)
{
    quire_page_set set;
    quire_error error = {0};
    assert_int_equal(quire_page_set_parse(&set, text, &error), QUIRE_OK);
    char found[256] = "";
    int32_t pages = 0;
    for (int32_t page = 0; (page = quire_page_set_next(&set, page, count)); pages++)
        snprintf(found + strlen(found), sizeof found - strlen(found), "%d ", page);
    assert_string_equal(found, expected);
    assert_int_equal(quire_page_set_count(&set, count), pages);
    quire_page_set_clear(&set);
}

static void assert_refused(const char *text, const char *part_of_message)
{
    quire_page_set set;
    quire_error error = {0};
    assert_int_equal(quire_page_set_parse(&set, text, &error), QUIRE_USAGE);
    if (!strstr(error.message, part_of_message))
        fail_msg("'%s' gives '%s'", text, error.message);
    assert_null(strchr(error.message, '\n'));
    quire_page_set_clear(&set);
}

static void ranges_select_pages(void **state)
{
    (void)state;
    assert_pages(NULL, 3, "1 2 3 ");
    assert_pages("2", 9, "2 ");
    assert_pages("1-3,7,10-", 12, "1 2 3 7 10 11 12 ");
    assert_pages("-5", 9, "1 2 3 4 5 ");
    assert_pages(" 1 - 2 , 4 ", 9, "1 2 4 ");
}

static void pages_come_once_and_in_order(void **state)
{
    (void)state;
    assert_pages("7,1-3,2-4,4,7", 9, "1 2 3 4 7 ");
    assert_pages("5-,1,8", 9, "1 5 6 7 8 9 ");
    assert_pages("1-2,3-4", 9, "1 2 3 4 ");
}

static void pages_behind_the_end_are_left_out(void **state)
{
    (void)state;
    assert_pages("2-100", 3, "2 3 ");
    assert_pages("4-", 3, "");
    assert_pages("1-", 0, "");
    assert_pages("1000000", 3, "");
}

static void nonsense_is_refused(void **state)
{
    (void)state;
    assert_refused("3-1", "'3-1' runs backwards");
    assert_refused("0", "count from 1");
    assert_refused("1-0", "count from 1");
    assert_refused("99999999999999999999", "cannot be");
    assert_refused("", "not a page");
    assert_refused("1,,2", "not a page");
    assert_refused("1,", "not a page");
    assert_refused("-", "no page number");
    assert_refused("1-2-3", "'1-2-3' is not a page");
    assert_refused("a", "'a' is not a page");
    assert_refused("1 2", "not a page");
    assert_refused("1;2", "not a page");
}

static void the_number_of_ranges_has_a_ceiling(void **state)
{
    (void)state;
    char text[3 * (QUIRE_MAX_PAGE_RANGES + 2)] = "1";
    for (int i = 0; i < QUIRE_MAX_PAGE_RANGES; i++)
        memcpy(text + 1 + 2 * i, ",1", 3);
    assert_refused(text, "one too many");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(ranges_select_pages),
        cmocka_unit_test(pages_come_once_and_in_order),
        cmocka_unit_test(pages_behind_the_end_are_left_out),
        cmocka_unit_test(nonsense_is_refused),
        cmocka_unit_test(the_number_of_ranges_has_a_ceiling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
