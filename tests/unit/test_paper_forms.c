/* What was read from scanned forms: lines to write on, leaders, columns of labels. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/support/answers.h"

static void what_stands_on_a_line_answers(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Topic Hives in winter");
    paper_rule(&p, 100, 101, 300, 101);
    paper_write(&p, 72, 130, 10, false, "Skipper");
    paper_write(&p, 120, 129, 10, false, "Edith Calloway");
    paper_rule(&p, 110, 131, 300, 131);
    read_scan(&p);
    assert_answer(&p, "Topic", "Hives in winter");
    assert_answer(&p, "Skipper", "Edith Calloway");
    paper_close(&p);
}

static void a_line_with_nothing_on_it_is_an_empty_field(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Association");
    paper_rule(&p, 130, 101, 300, 101);
    read_scan(&p);
    assert_answer(&p, "Association", NULL);
    const quire_field *field = field_of(&p, "Association");
    assert_true(field->box.x0 > 125 && field->box.x1 > 290 && field->box.y1 > 100);
    paper_close(&p);
}

static void a_line_without_a_question_goes_on(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Markings Harbour name, on");
    paper_rule(&p, 116, 101, 300, 101);
    paper_write(&p, 120, 120, 10, false, "both its bows");
    paper_rule(&p, 116, 121, 300, 121);
    read_scan(&p);
    assert_answer(&p, "Markings", "Harbour name, on\nboth its bows");
    assert_int_equal(p.document->fields.count, 1);
    paper_close(&p);
}

static void writing_may_hide_its_line(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Event: Rowing contest in May");
    paper_rule(&p, 106, 101, 140, 101);
    paper_rule(&p, 178, 101, 300, 101);
    read_scan(&p);
    assert_int_equal(p.document->fields.count, 1);
    assert_non_null(strstr(p.document->fields.items[0].value, "Rowing"));
    assert_non_null(strstr(p.document->fields.items[0].value, "May"));
    paper_close(&p);
}

static void what_stands_before_a_broken_line_answers(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "(4) Mooring length:");
    paper_write(&p, 210, 100, 10, false, "Two boats");
    paper_rule(&p, 270, 101, 300, 101);
    read_scan(&p);
    assert_answer(&p, "(4) Mooring length", "Two boats");
    paper_close(&p);
}

static void lines_on_one_row_have_their_own_questions(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Frimble");
    paper_write(&p, 122, 99, 10, false, "61-08");
    paper_rule(&p, 115, 101, 200, 101);
    paper_write(&p, 206, 100, 10, false, "Gromet");
    paper_write(&p, 250, 99, 10, false, "518340");
    paper_rule(&p, 245, 101, 330, 101);
    read_scan(&p);
    assert_answer(&p, "Frimble", "61-08");
    assert_answer(&p, "Gromet", "518340");
    paper_close(&p);
}

static void an_answer_goes_on_over_a_line_without_a_question(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Lookout");
    paper_write(&p, 130, 99, 10, false, "Tom Gannet");
    paper_rule(&p, 122, 101, 240, 101);
    paper_write(&p, 300, 99, 10, false, "302-7718");
    paper_rule(&p, 280, 101, 360, 101);
    read_scan(&p);
    assert_answer(&p, "Lookout", "Tom Gannet\n302-7718");
    assert_int_equal(p.document->fields.count, 1);
    paper_close(&p);
}

static void an_underlined_title_asks_nothing(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "RECORD OF");
    paper_write(&p, 136, 100, 10, false, "STORMS");
    paper_rule(&p, 136, 101, p.builder.glyphs.items[p.builder.glyphs.count - 1].box.x1, 101);
    read_scan(&p);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

static void what_cannot_be_read_is_no_value(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Approved by:");
    size_t label_end = p.builder.glyphs.count;
    paper_write(&p, 140, 100, 10, false, "lala qu");
    for (size_t i = label_end; i < p.builder.glyphs.count; i++)
        p.builder.glyphs.items[i].confidence = 40;
    read_scan(&p);
    assert_answer(&p, "Approved by", NULL);
    const quire_field *field = field_of(&p, "Approved by");
    assert_int_equal(field->state, QUIRE_STATE_INDETERMINATE);
    assert_true(field->confidence < 0.2f);
    paper_close(&p);
}

static void a_remark_belongs_to_its_label(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "This season:");
    paper_write(&p, 200, 100, 10, false, "41,250");
    paper_write(&p, 72, 111, 10, false, "(until October)");
    read_scan(&p);
    assert_answer(&p, "This season: (until October)", "41,250");
    paper_close(&p);
}

static void two_dashes_lead_to_a_value(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Boat hook -- Iron");
    paper_write(&p, 72, 140, 10, false, "In 1999, they said -- nobody knows why");
    read_scan(&p);
    assert_answer(&p, "Boat hook", "Iron");
    assert_int_equal(p.document->fields.count, 1);
    paper_close(&p);
}

static void dashes_lead_to_a_value(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Length ------ 64 cm");
    read_scan(&p);
    assert_answer(&p, "Length", "64 cm");
    paper_close(&p);
}

static void labels_stand_in_a_column(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Date:");
    paper_write(&p, 160, 100, 10, false, "8 Oct 1931");
    paper_write(&p, 72, 120, 10, false, "Frimble");
    paper_write(&p, 160, 120, 10, false, "Thrift");
    paper_write(&p, 72, 140, 10, false, "Subject:");
    paper_write(&p, 160, 140, 10, false, "ropes");
    read_scan(&p);
    assert_answer(&p, "Frimble", "Thrift");
    paper_close(&p);
}

static void many_lines_end(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 2000, 8000);
    for (int i = 0; i < 100 * 1000; i++)
        paper_rule(&p, (float)(i % 40) * 50, (float)i / 40 * 3, (float)(i % 40) * 50 + 40,
                   (float)i / 40 * 3);
    for (int i = 0; i < 400; i++)
        paper_write(&p, 10, 20 + 18 * (float)i, 10, false, "Name and Address and Date");
    double start = quire_clock();
    read_scan(&p);
    assert_true(quire_clock() - start < 20);
    paper_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_stands_on_a_line_answers),
        cmocka_unit_test(a_line_with_nothing_on_it_is_an_empty_field),
        cmocka_unit_test(a_line_without_a_question_goes_on),
        cmocka_unit_test(writing_may_hide_its_line),
        cmocka_unit_test(what_stands_before_a_broken_line_answers),
        cmocka_unit_test(lines_on_one_row_have_their_own_questions),
        cmocka_unit_test(an_answer_goes_on_over_a_line_without_a_question),
        cmocka_unit_test(an_underlined_title_asks_nothing),
        cmocka_unit_test(what_cannot_be_read_is_no_value),
        cmocka_unit_test(a_remark_belongs_to_its_label),
        cmocka_unit_test(two_dashes_lead_to_a_value),
        cmocka_unit_test(dashes_lead_to_a_value),
        cmocka_unit_test(labels_stand_in_a_column),
        cmocka_unit_test(many_lines_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
