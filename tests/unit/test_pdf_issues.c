/* Issues of a PDF: one line, each kind once, never too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/pdf/pdf.h"

typedef struct seen {
    int count;
    int32_t page;
    char last[400];
} seen;

static void note(void *user, const quire_issue *issue)
{
    seen *s = user;
    s->count++;
    s->page = issue->page;
    strncpy(s->last, issue->message, sizeof s->last - 1);
}

static quire_pdf pdf_with(seen *s)
{
    return (quire_pdf){.options = {.user = s, .on_issue = note}};
}

static void a_complaint_is_reported_once_whatever_its_numbers(void **state)
{
    (void)state;
    seen s = {0};
    quire_pdf pdf = pdf_with(&s);
    pdf.page = 3;
    for (int i = 0; i < 1000; i++) {
        char text[40];
        snprintf(text, sizeof text, "bad operand %d", i);
        quire_pdf_complaint(&pdf, "syntax_error", i % 2 ? i : -1, text);
        pdf.page++;
    }
    assert_int_equal(s.count, 2); /* with a byte position, and without */
    quire_pdf_complaint(&pdf, "syntax_error", -1, "bad operator 1");
    assert_int_equal(s.count, 3);
}

static void our_own_issues_are_told_for_each_page(void **state)
{
    (void)state;
    seen s = {0};
    quire_pdf pdf = pdf_with(&s);
    for (int i = 0; i < 10; i++)
        quire_pdf_issue(&pdf, "limit", QUIRE_SEVERE, 1 + i / 2, "used up");
    assert_int_equal(s.count, 5);
    assert_int_equal(s.page, 5);
}

static void a_flood_is_cut(void **state)
{
    (void)state;
    seen s = {0};
    quire_pdf pdf = pdf_with(&s);
    for (int i = 0; i < 10 * QUIRE_MAX_ISSUES; i++)
        quire_pdf_issue(&pdf, "limit", QUIRE_SEVERE, i + 1, "used up");
    assert_int_equal(s.count, QUIRE_MAX_ISSUES + 1);
    assert_non_null(strstr(s.last, "not listed"));
}

static void a_message_is_one_clean_line(void **state)
{
    (void)state;
    seen s = {0};
    quire_pdf pdf = pdf_with(&s);
    quire_pdf_complaint(&pdf, "syntax_error", -1, "two\nlines \x01 \xff and \xc3\xa4");
    assert_string_equal(s.last, "two?lines ? ? and \xc3\xa4");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_complaint_is_reported_once_whatever_its_numbers),
        cmocka_unit_test(our_own_issues_are_told_for_each_page),
        cmocka_unit_test(a_flood_is_cut),
        cmocka_unit_test(a_message_is_one_clean_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
