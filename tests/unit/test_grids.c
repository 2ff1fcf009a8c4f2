/* Scanned forms that ask in tables, in sentences and in rows of several questions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/support/paper.h"

static void read_scan(paper *p)
{
    for (size_t i = 0; i < p->builder.glyphs.count; i++)
        p->builder.glyphs.items[i].source = QUIRE_UNICODE_OCR;
    paper_read(p);
}

static const quire_field *field_of(const paper *p, const char *name)
{
    for (size_t i = 0; i < p->document->fields.count; i++)
        if (p->document->fields.items[i].label &&
            strcmp(p->document->fields.items[i].label, name) == 0)
            return &p->document->fields.items[i];
    return NULL;
}

static void assert_answer(const paper *p, const char *name, const char *value)
{
    const quire_field *field = field_of(p, name);
    if (!field)
        fail_msg("nothing asks for '%s'", name);
    if (!field->value)
        fail_msg("nothing answers '%s'", name);
    assert_string_equal(field->value, value);
}

/* What else a form asks. */
static void write_form(paper *p)
{
    paper_write(p, 60, 40, 10, false, "Name: Ada Marsh");
    paper_write(p, 60, 60, 10, false, "Place: Dover");
    paper_write(p, 60, 75, 10, false, "Date: 29 Feb 2024");
}

/* A row of cells, 130 points apart; NULL: nothing stands there. */
static void write_row(paper *p, float y, const char *const *cells, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (cells[i])
            paper_write(p, 60 + 130 * (float)i, y, 10, false, cells[i]);
}

static void heads_ask_for_their_columns_and_words_for_their_rows(void **state)
{
    (void)state;
    const char *const rows[][3] = {{NULL, "Full Cost", "This Year"},
                                   {"Commitments", "$43,335.00", "$0.00"},
                                   {"Increase", "$4,376.47", ".08"},
                                   {"Adjusted", "$47,711.47", ".08"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Full Cost", "$43,335.00\n$4,376.47\n$47,711.47");
    assert_answer(&p, "This Year", "$0.00\n.08\n.08");
    assert_answer(&p, "Increase", "$4,376.47\n.08");
    paper_close(&p);
}

static void a_head_may_take_two_lines(void **state)
{
    (void)state;
    const char *const rows[][4] = {{NULL, NULL, NULL, "Cost Per"},
                                   {"Supplier", "Travel", "Full Cost", "Interview"},
                                   {"Kapler Research", "-0-", "$70,825", "$47.22"},
                                   {"Market Facts", "-0-", "$112,000", "$74.67"}};
    const float y[] = {100, 111, 131, 151};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, y[i], rows[i], 4);
    read_scan(&p);
    assert_answer(&p, "Cost Per Interview", "$47.22\n$74.67");
    assert_answer(&p, "Supplier", "Kapler Research\nMarket Facts");
    paper_close(&p);
}

/* "Materials:" names the rows, and its heads may stand over words. */
static void what_names_the_rows_heads_no_column(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Materials:", "Units needed", "Dollar cost"},
                                   {"Labels:", "On hand", NULL},
                                   {"Cartons:", "On hand", NULL},
                                   {"Cases:", "500", "$250"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Units needed", "On hand\nOn hand\n500");
    assert_answer(&p, "Dollar cost", "$250");
    assert_answer(&p, "Cases", "500\n$250");
    paper_close(&p);
}

static void words_ask_for_what_stands_in_their_row(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Rod length", "72 mm", "72 mm"},
                                   {"Plug length", "27 mm", "27 mm"},
                                   {"Moisture", "13 %", "12 %"},
                                   {"Print", "N/A", "N/A"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Plug length", "27 mm\n27 mm");
    assert_answer(&p, "Print", "N/A\nN/A");
    paper_close(&p);
}

/* On such a form nothing heads a column. */
static void labels_and_values_in_turn_are_no_table(void **state)
{
    (void)state;
    const char *const rows[][4] = {{"Colour:", "White", "Bloom:", "Good"},
                                   {"Denier:", "58,000", "Band:", "Narrow"},
                                   {"Length:", "120 mm", "Paper:", "450"},
                                   {"Weight:", "99 g", "Speed:", "1067"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 4);
    read_scan(&p);
    assert_answer(&p, "Colour", "White");
    assert_answer(&p, "Denier", "58,000");
    assert_answer(&p, "Paper", "450");
    paper_close(&p);
}

/* What a file prints in a table is a table, and no form. */
static void tables_that_were_not_scanned_ask_nothing(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Rod length", "72 mm", "72 mm"},
                                   {"Plug length", "27 mm", "27 mm"},
                                   {"Moisture", "13 %", "12 %"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 3; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    paper_read(&p);
    assert_null(field_of(&p, "Rod length"));
    paper_close(&p);
}

static void tables_on_pages_that_ask_nothing_are_no_form(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Rod length", "72 mm", "72 mm"},
                                   {"Plug length", "27 mm", "27 mm"},
                                   {"Moisture", "13 %", "12 %"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 3; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_null(field_of(&p, "Rod length"));
    paper_close(&p);
}

static void sentences_ask(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Names of other persons who worked on this: Ada Marsh");
    paper_write(&p, 60, 130, 10, false, "Has the work been reported yet? Yes");
    read_scan(&p);
    assert_answer(&p, "Names of other persons who worked on this", "Ada Marsh");
    assert_answer(&p, "Has the work been reported yet?", "Yes");
    paper_close(&p);
}

static void a_sentence_goes_on_under_its_label(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Remarks: Please take this sheet with you and forward");
    paper_write(&p, 60, 112, 10, false, "comments to the office.");
    paper_write(&p, 60, 160, 10, false, "Name: Ada Marsh");
    read_scan(&p);
    assert_answer(&p, "Remarks",
                  "Please take this sheet with you and forward\ncomments to the office.");
    assert_answer(&p, "Name", "Ada Marsh");
    paper_close(&p);
}

static void a_known_word_asks_again_on_one_line(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Received by");
    paper_write(&p, 140, 99, 10, false, "Mark Ahearn");
    paper_write(&p, 260, 99, 10, false, "Time");
    paper_write(&p, 320, 99, 10, false, "1:45 P.M.");
    paper_rule(&p, 120, 101, 400, 101);
    read_scan(&p);
    assert_answer(&p, "Received by", "Mark Ahearn");
    assert_answer(&p, "Time", "1:45 P.M.");
    paper_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(heads_ask_for_their_columns_and_words_for_their_rows),
        cmocka_unit_test(a_head_may_take_two_lines),
        cmocka_unit_test(what_names_the_rows_heads_no_column),
        cmocka_unit_test(words_ask_for_what_stands_in_their_row),
        cmocka_unit_test(labels_and_values_in_turn_are_no_table),
        cmocka_unit_test(tables_that_were_not_scanned_ask_nothing),
        cmocka_unit_test(tables_on_pages_that_ask_nothing_are_no_form),
        cmocka_unit_test(sentences_ask),
        cmocka_unit_test(a_sentence_goes_on_under_its_label),
        cmocka_unit_test(a_known_word_asks_again_on_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
