/* layout/tables/: rows, columns and headers between rules; the smallest page for each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/table_paper.h"

static void lying_rules_bound_a_table(void **state)
{
    (void)state;
    static const char *const cells[] = {"Model", "Size", "Score", "alpha", "7",
                                        "74.2",  "beta", "30",    "68.9"};
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 70, 100, 370, 100);
    paper_rule(&p, 70, 114, 370, 114);
    paper_rule(&p, 70, 143, 370, 143);
    write_rows(&p, 110, cells, 3, 3);
    assert_tables(&p, "Model|Size|Score/alpha|7|74.2/beta|30|68.9;");
}

static void a_cell_of_two_lines_stays_one_row(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    static const float rules[] = {100, 116, 170};
    for (int i = 0; i < 3; i++)
        paper_rule(&p, 70, rules[i], 370, rules[i]);
    static const char *const head[] = {"Key", "Meaning", "Count"};
    write_rows(&p, 110, head, 1, 3);
    static const char *const first[] = {"one", "text that goes", "5"};
    write_rows(&p, 128, first, 1, 3);
    paper_write(&p, 175, 140, SIZE, false, "on below");
    static const char *const second[] = {"two", "short", "6"};
    write_rows(&p, 160, second, 1, 3);
    assert_tables(&p, "Key|Meaning|Count/one|text that goes on below|5/two|short|6;");
}

static void numbers_one_below_the_other_are_rows(void **state)
{
    (void)state;
    static const char *const head[] = {"Model", "Size", "Score"};
    static const char *const body[] = {"alpha", "7", "74.2", "beta", "30", "68.9"};
    paper p;
    paper_open(&p, 500, 400);
    static const float rules[] = {96, 118, 147};
    for (int i = 0; i < 3; i++)
        paper_rule(&p, 70, rules[i], 370, rules[i]);
    write_rows(&p, 110, head, 1, 3);
    for (int r = 0; r < 2; r++)
        write_rows(&p, 130 + 11 * (float)r, body + 3 * r, 1, 3); /* tighter than head and body */
    assert_tables(&p, "Model|Size|Score/alpha|7|74.2/beta|30|68.9;");
}

static void a_header_of_three_levels_spans(void **state)
{
    (void)state;
    static const char *const body[] = {"Samples", "52", "29",   "12", "60", "Used", "41", "100",
                                       "12",      "20", "Open", "1",  "2",  "3",    "4"};
    static const char *const last[] = {"", "Alpha", "Beta", "Gamma", "Delta"};
    paper p;
    paper_open(&p, 700, 400);
    paper_rule(&p, 70, 96, 570, 96);
    paper_write(&p, 302.5f, 108, SIZE, false, "Training data"); /* over all but the stub */
    paper_write(&p, 75, 122, SIZE, false, "Kind");
    paper_write(&p, 200, 122, SIZE, false, "Instruct");
    paper_write(&p, 400, 122, SIZE, false, "Align");
    paper_rule(&p, 170, 126, 365, 126);
    paper_rule(&p, 375, 126, 570, 126);
    write_rows(&p, 138, last, 1, 5);
    paper_rule(&p, 70, 142, 365, 142); /* in two pieces */
    paper_rule(&p, 375, 142, 570, 142);
    write_rows(&p, 154, body, 3, 5);
    paper_rule(&p, 70, 186, 570, 186);
    assert_tables(&p,
                  "Kind{3x1}|Training data{1x4}/Instruct{1x2}|Align{1x2}/Alpha|Beta|Gamma|Delta/"
                  "Samples|52|29|12|60/Used|41|100|12|20/Open|1|2|3|4;");
}

/* Rules above and below the header, and under the body. */
static void rule_header(paper *p, float bottom, float end)
{
    paper_rule(p, 70, 96, 470, 96);
    paper_rule(p, 70, bottom, 470, bottom);
    paper_rule(p, 70, end, 470, end);
}

static void titles_of_several_lines_are_one_header(void **state)
{
    (void)state;
    static const char *const head[] = {"",       "",        "share",    "",
                                       "",       "schools", "of those", "combined",
                                       "System", "drawn",   "present",  "rate"};
    static const char *const body[] = {"North", "290", "93",   "91",  "South", "284",
                                       "95",    "92",  "East", "275", "97",    "94"};
    paper p;
    paper_open(&p, 500, 400);
    for (int r = 0; r < 3; r++)
        write_rows(&p, 108 + 11 * (float)r, head + 4 * r, 1, 4);
    write_rows(&p, 150, body, 3, 4);
    rule_header(&p, 136, 184);
    assert_tables(&p, "System|schools drawn|share of those present|combined rate/"
                      "North|290|93|91/South|284|95|92/East|275|97|94;");
}

static void a_number_may_stand_between_the_lines_of_its_key(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    static const char *const head[] = {"Measure", "1997", "1998", "1999"};
    static const char *const keys[] = {"Boats moored", "in winter", "Lamps broken", "in a year"};
    static const char *const values[] = {"", "0.06", "0.07", "0.08"};
    write_rows(&p, 108, head, 1, 4);
    for (int r = 0; r < 2; r++) {
        float y = 130 + 26 * (float)r;
        paper_write(&p, 75, y, SIZE, false, keys[2 * r]);
        paper_write(&p, 75, y + 11, SIZE, false, keys[2 * r + 1]);
        write_rows(&p, y + 5.5f, values, 1, 4);
    }
    rule_header(&p, 114, 172);
    assert_tables(&p, "Measure|1997|1998|1999/Boats moored in winter|0.06|0.07|0.08/"
                      "Lamps broken in a year|0.06|0.07|0.08;");
}

static void a_title_between_rows_parts_no_columns(void **state)
{
    (void)state;
    static const char *const body[] = {"2019", "10", "11", "12", "2020", "13", "14", "15"};
    paper p;
    paper_open(&p, 500, 400);
    static const char *const head[] = {"Year", "low", "mean", "high"};
    write_rows(&p, 108, head, 1, 4);
    paper_write(&p, 210, 124, SIZE, false, "Enrolment in thousands");
    write_rows(&p, 138, body, 2, 4);
    paper_write(&p, 210, 168, SIZE, false, "Projected in thousands");
    write_rows(&p, 182, body, 2, 4);
    rule_header(&p, 113, 202);
    quire_document *document = paper_read(&p);
    assert_int_equal(document->elements.count, 1);
    assert_int_equal(document->elements.items[0].table->columns, 4);
    assert_int_equal(document->elements.items[0].table->rows, 7);
    paper_close(&p);
}

static void a_phrase_that_stands_over_an_edge_stays_together(void **state)
{
    (void)state;
    static const char *const cells[] = {"a", "1", "22", "b", "3", "44", "c", "5", "66"};
    paper p;
    paper_open(&p, 500, 400);
    paper_write(&p, 75, 108, SIZE, false, "Name");
    paper_write(&p, 130, 108, SIZE, false, "Observed seabirds"); /* wider than its column */
    paper_write(&p, 260, 108, SIZE, false, "Expected");
    for (int r = 0; r < 3; r++)
        for (int c = 0; c < 3; c++)
            paper_write(&p,
                        c == 0   ? 75
                        : c == 1 ? 200
                                 : 285,
                        130 + LEADING * (float)r, SIZE, false, cells[3 * r + c]);
    rule_header(&p, 113, 164);
    assert_tables(&p, "Name|Observed seabirds|Expected/a|1|22/b|3|44/c|5|66;");
}

static void a_form_has_the_columns_of_its_header(void **state)
{
    (void)state;
    static const char *const keys[] = {"K", "Na", "Ca", "Al"};
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 70, 96, 270, 96);
    paper_rule(&p, 70, 180, 270, 180);
    paper_write(&p, 75, 108, SIZE, true, "Cation");
    paper_write(&p, 113, 108, SIZE, true, "Size and rate of it");
    for (int r = 0; r < 4; r++)
        paper_write(&p, 75, 124 + LEADING * (float)r, SIZE, false, keys[r]);
    assert_tables(&p, "Cation|Size and rate of it/K|/Na|/Ca|/Al|;");
}

static void a_narrow_stripe_parts_numbers(void **state)
{
    (void)state;
    static const char *const keys[] = {"North", "South", "East", "West"};
    static const char *const left[] = {"1,087", "2,586", "3,867", "7,808"};
    static const char *const right[] = {"1,022", "2,568", "3,576", "7,401"};
    paper p;
    paper_open(&p, 500, 400);
    paper_write(&p, 75, 108, SIZE, false, "Side");
    paper_write(&p, 200, 108, SIZE, false, "Men");
    paper_write(&p, 228, 108, SIZE, false, "Women");
    for (int r = 0; r < 4; r++) {
        float y = 126 + LEADING * (float)r;
        paper_write(&p, 75, y, SIZE, false, keys[r]);
        paper_write(&p, 200, y, SIZE, false, left[r]);
        paper_write(&p, 228, y, SIZE, false, right[r]); /* less than a space apart */
    }
    rule_header(&p, 113, 174);
    assert_tables(&p, "Side|Men|Women/North|1,087|1,022/South|2,586|2,568/East|3,867|3,576/"
                      "West|7,808|7,401;");
}

static void a_header_may_begin_above_its_rule(void **state)
{
    (void)state;
    static const char *const body[] = {"Income", "10", "11", "Deaths", "12", "13"};
    static const char *const years[] = {"Measure", "1997", "1998"};
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 170, 96, 370, 96); /* leaves out the stub */
    write_rows(&p, 108, years, 1, 3);
    paper_rule(&p, 70, 113, 370, 113);
    write_rows(&p, 126, body, 2, 3);
    paper_rule(&p, 70, 146, 370, 146);
    assert_tables(&p, "Measure|1997|1998/Income|10|11/Deaths|12|13;");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lying_rules_bound_a_table),
        cmocka_unit_test(a_cell_of_two_lines_stays_one_row),
        cmocka_unit_test(numbers_one_below_the_other_are_rows),
        cmocka_unit_test(a_header_of_three_levels_spans),
        cmocka_unit_test(titles_of_several_lines_are_one_header),
        cmocka_unit_test(a_number_may_stand_between_the_lines_of_its_key),
        cmocka_unit_test(a_title_between_rows_parts_no_columns),
        cmocka_unit_test(a_phrase_that_stands_over_an_edge_stays_together),
        cmocka_unit_test(a_form_has_the_columns_of_its_header),
        cmocka_unit_test(a_narrow_stripe_parts_numbers),
        cmocka_unit_test(a_header_may_begin_above_its_rule),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
