/* Places to write in that are drawn on a page: what is one, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "tests/support/answers.h"

static void draw_box(paper *p, float x0, float y0, float x1, float y1)
{
    paper_rule(p, x0, y0, x1, y0);
    paper_rule(p, x0, y0, x0, y1);
    paper_rule(p, x1, y0, x1, y1);
    paper_rule(p, x0, y1, x1, y1);
}

static void an_empty_box_is_an_empty_field(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Surname");
    draw_box(&p, 140, 88, 400, 105);
    paper_read(&p);
    const quire_field *field = field_of(&p, "Surname");
    assert_non_null(field);
    assert_null(field->value);
    assert_int_equal(field->source, QUIRE_FIELD_OF_TEXT_LAYER);
    assert_int_equal((int)field->box.x0, 140);
    paper_close(&p);
}

static void a_box_beside_a_sentence_is_none(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false,
                "The box on the right shows where the crane stood in the year of the flood");
    draw_box(&p, 460, 88, 540, 105);
    paper_read(&p);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

/* Teeth of `tall` points that stand on a line, one more than `cells`. */
static void draw_teeth(paper *p, float x0, float foot, int cells, float apart, float tall)
{
    paper_rule(p, x0, foot, x0 + (float)cells * apart, foot);
    for (int i = 0; i <= cells; i++) {
        float x = x0 + (float)i * apart;
        paper_rule(p, x, foot - tall, x, foot);
    }
}

static void what_stands_between_teeth_is_one(void **state)
{
    (void)state;
    static const char *const digits[] = {"4", "7", "1", "1"};
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Account number");
    draw_teeth(&p, 200, 103, 6, 18, 8);
    for (int i = 0; i < 4; i++)
        paper_write(&p, 206 + 18 * (float)i, 100, 10, false, digits[i]);
    paper_write(&p, 72, 140, 10, false, "Telephone");
    draw_teeth(&p, 200, 143, 8, 18, 6);
    paper_read(&p);
    const quire_field *account = field_of(&p, "Account number");
    const quire_field *telephone = field_of(&p, "Telephone");
    assert_non_null(account);
    assert_string_equal(account->value, "4711");
    assert_int_equal((int)account->box.x1, 308);
    assert_non_null(telephone);
    assert_null(telephone->value);
    paper_close(&p);
}

/* The walls of a table are taller, a ruler's ticks closer, and three are no comb. */
static void other_uprights_on_a_line_are_none(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Account number");
    draw_teeth(&p, 200, 103, 6, 40, 30);
    paper_write(&p, 72, 200, 10, false, "Telephone");
    draw_teeth(&p, 200, 203, 20, 3, 6);
    paper_write(&p, 72, 300, 10, false, "Postcode");
    draw_teeth(&p, 200, 303, 2, 18, 6);
    paper_read(&p);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

static void combs_are_read_as_one(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Code");
    draw_box(&p, 140, 88, 215, 105);
    for (int i = 1; i < 5; i++)
        paper_rule(&p, 140 + 15 * (float)i, 88, 140 + 15 * (float)i, 105);
    paper_write(&p, 145, 100, 10, false, "2");
    paper_write(&p, 160, 100, 10, false, "4");
    paper_write(&p, 190, 100, 10, false, "1");
    paper_read(&p);
    const quire_field *field = field_of(&p, "Code");
    assert_non_null(field);
    assert_string_equal(field->value, "24 1");
    assert_int_equal(p.document->fields.count, 1);
    paper_close(&p);
}

/* Two rows of three cells of one width. */
static void draw_lattice(paper *p)
{
    for (int row = 0; row < 3; row++)
        paper_rule(p, 60, 100 + 30 * (float)row, 360, 100 + 30 * (float)row);
    for (int column = 0; column < 4; column++)
        paper_rule(p, 60 + 100 * (float)column, 100, 60 + 100 * (float)column, 160);
}

static void labels_stand_in_corners(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    draw_lattice(&p);
    const char *const labels[] = {"Vessel", "Flag", "Master", "Crew", "Port", "Draught"};
    for (int i = 0; i < 6; i++)
        paper_write(&p, 63 + 100 * (float)(i % 3), 107 + 30 * (float)(i / 3), 6, false, labels[i]);
    paper_write(&p, 66, 124, 10, false, "Heron");
    paper_read(&p);
    assert_non_null(field_of(&p, "Vessel"));
    assert_string_equal(field_of(&p, "Vessel")->value, "Heron");
    assert_non_null(field_of(&p, "Draught"));
    assert_null(field_of(&p, "Draught")->value);
    paper_close(&p);
}

static void cells_of_a_table_ask_nothing(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    draw_lattice(&p);
    const char *const cells[] = {"Heron", "Coot", "Gull", "Stork", "Crane", "Wren"};
    for (int i = 0; i < 6; i++)
        paper_write(&p, 66 + 100 * (float)(i % 3), 118 + 30 * (float)(i / 3), 10, false, cells[i]);
    paper_read(&p);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

static void a_rule_behind_a_heading_is_no_line(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Harbours of the north");
    paper_rule(&p, 190, 101, 540, 101);
    paper_read(&p);
    assert_int_equal(p.document->fields.count, 0);
    paper_close(&p);
}

static void underscores_are_lines(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Owner:__________ Port: __________");
    paper_read(&p);
    assert_non_null(field_of(&p, "Owner"));
    assert_null(field_of(&p, "Owner")->value);
    assert_non_null(field_of(&p, "Port"));
    assert_int_equal(p.document->fields.count, 2);
    paper_close(&p);
}

static void a_place_to_sign_is_a_signature(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 800);
    paper_write(&p, 72, 100, 10, false, "Signature:");
    paper_rule(&p, 130, 101, 300, 101);
    paper_write(&p, 72, 140, 10, false, "Call sign:");
    paper_rule(&p, 130, 141, 300, 141);
    paper_read(&p);
    assert_non_null(field_of(&p, "Signature"));
    assert_int_equal(field_of(&p, "Signature")->type, QUIRE_FIELD_SIGNATURE);
    assert_int_equal(field_of(&p, "Signature")->state, QUIRE_STATE_UNSELECTED);
    assert_int_equal(field_of(&p, "Call sign")->type, QUIRE_FIELD_KEY_VALUE);
    paper_close(&p);
}

static void a_grid_of_thousands_ends(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 2000, 2000);
    for (int i = 0; i < 390; i++) {
        paper_rule(&p, 0, 5 * (float)i, 2000, 5 * (float)i);
        paper_rule(&p, 5 * (float)i, 0, 5 * (float)i, 2000);
    }
    paper_write(&p, 72, 100, 10, false, "Name:");
    double start = quire_clock();
    paper_read(&p);
    assert_true(quire_clock() - start < 20);
    paper_close(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_box_is_an_empty_field),
        cmocka_unit_test(a_box_beside_a_sentence_is_none),
        cmocka_unit_test(combs_are_read_as_one),
        cmocka_unit_test(what_stands_between_teeth_is_one),
        cmocka_unit_test(other_uprights_on_a_line_are_none),
        cmocka_unit_test(labels_stand_in_corners),
        cmocka_unit_test(cells_of_a_table_ask_nothing),
        cmocka_unit_test(a_rule_behind_a_heading_is_no_line),
        cmocka_unit_test(underscores_are_lines),
        cmocka_unit_test(a_place_to_sign_is_a_signature),
        cmocka_unit_test(a_grid_of_thousands_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
