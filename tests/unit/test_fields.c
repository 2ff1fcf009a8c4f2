/* layout/forms/: what values read as, and which labels find them on the smallest pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "layout/forms/forms.h"
#include "tests/support/paper.h"

#define SIZE 10.0f

/* ---- the lexicon ---- */

static void lexicon_is_sorted(void **state)
{
    (void)state;
    assert_true(form_word_count > 500);
    for (size_t i = 1; i < form_word_count; i++)
        assert_true(strcmp(form_words[i - 1].text, form_words[i].text) < 0);
}

static void words_are_known_in_any_dress(void **state)
{
    (void)state;
    assert_int_equal(form_label_word(QUIRE_TEXT("No.:")), LABEL_WORD_HEAD);
    assert_int_equal(form_label_word(QUIRE_TEXT("STRASSE")), LABEL_WORD_HEAD);
    assert_int_equal(form_label_word(QUIRE_TEXT("W\xC3\x84HRUNG")), LABEL_WORD_HEAD);
    assert_int_equal(form_label_word(QUIRE_TEXT("City/State")), LABEL_WORD_HEAD);
    assert_int_equal(form_label_word(QUIRE_TEXT("Total")), LABEL_WORD_SUM);
    assert_int_equal(form_label_word(QUIRE_TEXT("#")), LABEL_WORD_MODIFIER);
    assert_int_equal(form_label_word(QUIRE_TEXT("elephant")), LABEL_WORD_NONE);
    assert_int_equal(form_label_word(QUIRE_TEXT("name/elephant")), LABEL_WORD_NONE);
}

/* ---- values ---- */

static const struct value_case {
    const char *text;
    quire_value_type type;
    const char *normalised;
} value_cases[] = {
    {"2024-02-29", QUIRE_VALUE_DATE, "2024-02-29"},
    {"29.02.2024", QUIRE_VALUE_DATE, "2024-02-29"},
    {"2/29/24", QUIRE_VALUE_DATE, "2024-02-29"},
    {"29/02/1999", QUIRE_VALUE_TEXT, NULL},
    {"28/02/99", QUIRE_VALUE_DATE, "1999-02-28"},
    {"03/04/24", QUIRE_VALUE_DATE, NULL},
    {"29 Feb 2024", QUIRE_VALUE_DATE, "2024-02-29"},
    {"29. M\xC3\xA4rz 2024", QUIRE_VALUE_DATE, "2024-03-29"},
    {"1 ao\xC3\xBBt 2024", QUIRE_VALUE_DATE, "2024-08-01"},
    {"14 juillet 1989", QUIRE_VALUE_DATE, "1989-07-14"},
    {"5 de mayo de 2024", QUIRE_VALUE_DATE, "2024-05-05"},
    {"February 29, 2024", QUIRE_VALUE_DATE, "2024-02-29"},
    {"12/30/19 - 03/29/20", QUIRE_VALUE_DATE, "2019-12-30/2020-03-29"},
    {"29.02.2024 extra", QUIRE_VALUE_TEXT, NULL},
    {"$5,625.00", QUIRE_VALUE_AMOUNT, "5625.00 $"},
    {"1.234,50 \xE2\x82\xAC", QUIRE_VALUE_AMOUNT, "1234.50 EUR"},
    {"EUR 1'234.50", QUIRE_VALUE_AMOUNT, "1234.50 EUR"},
    {"($1,283.25)", QUIRE_VALUE_AMOUNT, "-1283.25 $"},
    {"1 234 567,8", QUIRE_VALUE_NUMBER, "1234567.8"},
    {"1,234", QUIRE_VALUE_NUMBER, "1234"},
    {"1.234", QUIRE_VALUE_TEXT, NULL},
    {"0417", QUIRE_VALUE_TEXT, NULL},
    {"0,5", QUIRE_VALUE_NUMBER, "0.5"},
    {".5", QUIRE_VALUE_NUMBER, "0.5"},
    {"12,34,56", QUIRE_VALUE_TEXT, NULL},
    {"950658-1", QUIRE_VALUE_TEXT, NULL},
    {"jane.doe@example.org", QUIRE_VALUE_EMAIL, NULL},
    {"jane@", QUIRE_VALUE_TEXT, NULL},
    {"GB82 WEST 1234 5698 7654 32", QUIRE_VALUE_IBAN, "GB82WEST12345698765432"},
    {"GB82 WEST 1234 5698 7654 33", QUIRE_VALUE_TEXT, NULL},
    {"", QUIRE_VALUE_TEXT, NULL},
};

static void values_have_types(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    for (size_t i = 0; i < sizeof value_cases / sizeof *value_cases; i++) {
        const struct value_case *c = &value_cases[i];
        form_value read = form_value_read(arena, quire_text_of(c->text), DAY_ORDER_UNKNOWN);
        if (read.type != c->type || (c->normalised == NULL) != (read.normalised == NULL) ||
            (c->normalised && strcmp(c->normalised, read.normalised) != 0))
            fail_msg("%s: %s %s", c->text, quire_value_type_name(read.type),
                     read.normalised ? read.normalised : "-");
    }
    quire_arena_free(arena);
}

static void other_dates_tell_the_order(void **state)
{
    (void)state;
    char normalised[32];
    assert_int_equal(form_day_order(QUIRE_TEXT("due 01/31/24")), MONTH_FIRST);
    assert_int_equal(form_day_order(QUIRE_TEXT("from 31/01/24")), DAY_FIRST);
    assert_int_equal(form_day_order(QUIRE_TEXT("03/04/24")), DAY_ORDER_UNKNOWN);
    assert_int_equal(form_date_size(QUIRE_TEXT("03/04/24"), MONTH_FIRST, normalised), 8);
    assert_string_equal(normalised, "2024-03-04");
}

/* ---- pairs ---- */

/* "label=value;" of each field. */
static const char *fields_text(const quire_document *document)
{
    static char out[1024];
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < document->fields.count; i++) {
        const quire_field *field = &document->fields.items[i];
        used += (size_t)snprintf(out + used, sizeof out - used, "%s=%s;", field->label,
                                 field->value ? field->value : "-");
    }
    return out;
}

static void assert_fields(paper *p, const char *expected)
{
    assert_string_equal(fields_text(paper_read(p)), expected);
    paper_close(p);
}

static void values_stand_to_the_right(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false, "Invoice Number");
    paper_write(&p, 200, 100, SIZE, false, "4711");
    paper_write(&p, 50, 120, SIZE, false, "Customer");
    paper_write(&p, 200, 120, SIZE, false, "Jane Doe");
    assert_fields(&p, "Invoice Number=4711;Customer=Jane Doe;");
}

static void values_stand_behind_colons(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false, "Date: 29 Feb 2024 Order No: 4711");
    paper_write(&p, 50, 140, SIZE, false, "Colour of hair: brown");
    assert_fields(&p, "Date=29 Feb 2024;Order No=4711;Colour of hair=brown;");
}

static void values_stand_below(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false, "Order Date");
    paper_write(&p, 200, 100, SIZE, false, "Amount");
    paper_write(&p, 50, 114, SIZE, false, "29.02.2024");
    paper_write(&p, 200, 114, SIZE, false, "$ 12.50");
    assert_fields(&p, "Order Date=29.02.2024;Amount=$ 12.50;");
}

static void values_go_on_below(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false, "Advertiser:");
    paper_write(&p, 150, 100, SIZE, false, "Committee for");
    paper_write(&p, 150, 112, SIZE, false, "Better Bread");
    paper_write(&p, 50, 124, SIZE, false, "Product:");
    paper_write(&p, 150, 124, SIZE, false, "Rolls");
    assert_fields(&p, "Advertiser=Committee for\nBetter Bread;Product=Rolls;");
}

static void sums_have_all_amounts_of_their_row(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false, "Totals");
    paper_write(&p, 200, 100, SIZE, false, "12");
    paper_write(&p, 300, 100, SIZE, false, "$940.00");
    assert_fields(&p, "Totals=12;Totals=$940.00;");
}

static void prose_has_no_fields(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 50, 100, SIZE, false,
                "Note: the name of the customer is written on the order, and");
    paper_write(&p, 50, 112, SIZE, false,
                "the date: it is never left out of any of the papers that go");
    paper_write(&p, 50, 124, SIZE, false, "with the goods to the customer.");
    assert_fields(&p, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lexicon_is_sorted),
        cmocka_unit_test(words_are_known_in_any_dress),
        cmocka_unit_test(values_have_types),
        cmocka_unit_test(other_dates_tell_the_order),
        cmocka_unit_test(values_stand_to_the_right),
        cmocka_unit_test(values_stand_behind_colons),
        cmocka_unit_test(values_stand_below),
        cmocka_unit_test(values_go_on_below),
        cmocka_unit_test(sums_have_all_amounts_of_their_row),
        cmocka_unit_test(prose_has_no_fields),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
