/* Scanned forms that ask in tables, in sentences and in rows of several questions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/support/answers.h"

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
    const char *const rows[][3] = {{NULL, "Net weight", "Per crate"},
                                   {"Mackerel", "$18,260.00", "$0.00"},
                                   {"Flatfish", "$7,915.32", ".06"},
                                   {"All kinds", "$26,175.32", ".06"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Net weight", "$18,260.00\n$7,915.32\n$26,175.32");
    assert_answer(&p, "Per crate", "$0.00\n.06\n.06");
    assert_answer(&p, "Flatfish", "$7,915.32\n.06");
    paper_close(&p);
}

static void a_head_may_take_two_lines(void **state)
{
    (void)state;
    const char *const rows[][4] = {{NULL, NULL, NULL, "Fare for"},
                                   {"Ferryman", "Return", "Season", "Passenger"},
                                   {"Quay Street Co", "-0-", "$31,940", "$12.85"},
                                   {"Island Boats", "-0-", "$264,500", "$39.10"}};
    const float y[] = {100, 111, 131, 151};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, y[i], rows[i], 4);
    read_scan(&p);
    assert_answer(&p, "Fare for Passenger", "$12.85\n$39.10");
    assert_answer(&p, "Ferryman", "Quay Street Co\nIsland Boats");
    paper_close(&p);
}

/* "Bee garden:" names the rows, and its heads may stand over words. */
static void what_names_the_rows_heads_no_column(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Bee garden:", "Still wanted", "Crown price"},
                                   {"Smokers:", "In shed", NULL},
                                   {"Frames:", "In shed", NULL},
                                   {"Hives:", "12", "$340"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Still wanted", "In shed\nIn shed\n12");
    assert_answer(&p, "Crown price", "$340");
    assert_answer(&p, "Hives", "12\n$340");
    paper_close(&p);
}

static void words_ask_for_what_stands_in_their_row(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Keel depth", "31 cm", "31 cm"},
                                   {"Mast height", "84 dm", "84 dm"},
                                   {"Dampness", "9 %", "8 %"},
                                   {"Motor", "N/A", "N/A"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_answer(&p, "Mast height", "84 dm\n84 dm");
    assert_answer(&p, "Motor", "N/A\nN/A");
    paper_close(&p);
}

/* On such a form nothing heads a column. */
static void labels_and_values_in_turn_are_no_table(void **state)
{
    (void)state;
    const char *const rows[][4] = {{"Colour:", "Amber", "Taste:", "Mild"},
                                   {"Harvest:", "41,300", "Comb:", "Sealed"},
                                   {"Width:", "370 mm", "Frame:", "224"},
                                   {"Weight:", "86 g", "Queen:", "2031"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 4; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 4);
    read_scan(&p);
    assert_answer(&p, "Colour", "Amber");
    assert_answer(&p, "Harvest", "41,300");
    assert_answer(&p, "Frame", "224");
    paper_close(&p);
}

/* What a file prints in a table is a table, and no form. */
static void tables_that_were_not_scanned_ask_nothing(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Keel depth", "31 cm", "31 cm"},
                                   {"Mast height", "84 dm", "84 dm"},
                                   {"Dampness", "9 %", "8 %"}};
    paper p;
    paper_open(&p, 600, 800);
    write_form(&p);
    for (int i = 0; i < 3; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    paper_read(&p);
    assert_null(field_of(&p, "Keel depth"));
    paper_close(&p);
}

static void tables_on_pages_that_ask_nothing_are_no_form(void **state)
{
    (void)state;
    const char *const rows[][3] = {{"Keel depth", "31 cm", "31 cm"},
                                   {"Mast height", "84 dm", "84 dm"},
                                   {"Dampness", "9 %", "8 %"}};
    paper p;
    paper_open(&p, 600, 800);
    for (int i = 0; i < 3; i++)
        write_row(&p, 100 + 20 * (float)i, rows[i], 3);
    read_scan(&p);
    assert_null(field_of(&p, "Keel depth"));
    paper_close(&p);
}

static void sentences_ask(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Names of all neighbours who rowed in the boat: Ada Marsh");
    paper_write(&p, 60, 130, 10, false, "Was the harbour master told of it? Yes");
    read_scan(&p);
    assert_answer(&p, "Names of all neighbours who rowed in the boat", "Ada Marsh");
    assert_answer(&p, "Was the harbour master told of it?", "Yes");
    paper_close(&p);
}

static void a_sentence_goes_on_under_its_label(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Remarks: Please hang the lamp at the quay and fetch it");
    paper_write(&p, 60, 112, 10, false, "when the tide is out.");
    paper_write(&p, 60, 160, 10, false, "Name: Ada Marsh");
    read_scan(&p);
    assert_answer(&p, "Remarks",
                  "Please hang the lamp at the quay and fetch it\nwhen the tide is out.");
    assert_answer(&p, "Name", "Ada Marsh");
    paper_close(&p);
}

static void a_known_word_asks_again_on_one_line(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 60, 100, 10, false, "Received by");
    paper_write(&p, 140, 99, 10, false, "Nell Barrow");
    paper_write(&p, 260, 99, 10, false, "Time");
    paper_write(&p, 320, 99, 10, false, "6:20 A.M.");
    paper_rule(&p, 120, 101, 400, 101);
    read_scan(&p);
    assert_answer(&p, "Received by", "Nell Barrow");
    assert_answer(&p, "Time", "6:20 A.M.");
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
