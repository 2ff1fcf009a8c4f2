/* layout/tables/: what is drawn or only aligned; the smallest page that shows each behaviour. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "tests/support/table_paper.h"

static void a_lattice_is_read_as_it_is_drawn(void **state)
{
    (void)state;
    static const char *const cells[] = {"Gauge", "Low", "High", "Mill", "", "3.10"};
    paper p;
    paper_open(&p, 500, 400);
    rule_grid(&p, 100, 2, 3);
    write_rows(&p, 110, cells, 2, 3);
    assert_tables(&p, "Gauge|Low|High/Mill||3.10;");
}

static void a_missing_wall_makes_a_span(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 70, 100, 270, 100);
    paper_rule(&p, 70, 114, 270, 114);
    paper_rule(&p, 70, 128, 270, 128);
    paper_rule(&p, 70, 100, 70, 128);
    paper_rule(&p, 170, 114, 170, 128); /* only below */
    paper_rule(&p, 270, 100, 270, 128);
    paper_write(&p, 75, 110, SIZE, false, "Levels in metres");
    paper_write(&p, 75, 124, SIZE, false, "low");
    paper_write(&p, 175, 124, SIZE, false, "high");
    assert_tables(&p, "Levels in metres{1x2}/low|high;");
}

static void pieces_of_a_rule_are_one_wall(void **state)
{
    (void)state;
    static const char *const cells[] = {"a", "b", "c", "d"};
    paper p;
    paper_open(&p, 500, 400);
    for (int r = 0; r <= 2; r++)
        for (int piece = 0; piece < 20; piece++)
            paper_rule(&p, 70 + 10 * (float)piece, 100 + LEADING * (float)r,
                       78.5f + 10 * (float)piece, 100 + LEADING * (float)r);
    for (int c = 0; c <= 2; c++)
        paper_rule(&p, 70 + 100 * (float)c, 100, 70 + 100 * (float)c, 128);
    write_rows(&p, 110, cells, 2, 2);
    assert_tables(&p, "a|b/c|d;");
}

static void rows_without_rules_part_in_a_lattice(void **state)
{
    (void)state;
    static const char *const cells[] = {"1", "North", "10", "2", "South", "20",
                                        "3", "East",  "30", "4", "West",  "40"};
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 70, 100, 370, 100);
    paper_rule(&p, 70, 114, 370, 114);
    paper_rule(&p, 70, 172, 370, 172);
    for (int c = 0; c <= 3; c++)
        paper_rule(&p, 70 + 100 * (float)c, 100, 70 + 100 * (float)c, 172);
    static const char *const head[] = {"No.", "Side", "Count"};
    write_rows(&p, 110, head, 1, 3);
    write_rows(&p, 125, cells, 4, 3);
    assert_tables(&p, "No.|Side|Count/1|North|10/2|South|20/3|East|30/4|West|40;");
}

static void numbers_in_columns_are_a_table_without_rules(void **state)
{
    (void)state;
    static const char *const cells[] = {"Year", "Rate", "Basis", "1", "0.1667", "100",
                                        "2",    "0.33", "100",   "3", "0.3333", "100"};
    paper p;
    paper_open(&p, 500, 400);
    write_rows(&p, 110, cells, 4, 3);
    assert_tables(&p, "Year|Rate|Basis/1|0.1667|100/2|0.33|100/3|0.3333|100;");
}

static void two_columns_of_text_are_no_table(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 400);
    for (int r = 0; r < 12; r++) {
        float y = 100 + 12 * (float)r;
        paper_write(&p, 50, y, SIZE, false, "the river rises in the moor and comes down it");
        paper_write(&p, 320, y, SIZE, false, "before most of the people in the town know it");
    }
    assert_tables(&p, "");
}

static void a_chart_is_no_table(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    static const char *const ticks[] = {"30", "20", "10", "0"};
    static const char *const years[] = {"2019", "2020", "2021"};
    for (int i = 0; i < 4; i++) {
        paper_rule(&p, 100, 100 + 20 * (float)i, 400, 100 + 20 * (float)i);
        paper_write(&p, 80, 103 + 20 * (float)i, SIZE, false, ticks[i]);
    }
    for (int i = 0; i < 3; i++) {
        float x = 130 + 100 * (float)i;
        paper_fill(&p, x, 105 + 15 * (float)i, x + 20, 160);
        paper_write(&p, x, 158, SIZE, false, years[i]);
        paper_write(&p, x, 102 + 15 * (float)i, SIZE, false, ticks[i]);
    }
    assert_tables(&p, "");
}

static void page_numbers_on_the_right_are_contents(void **state)
{
    (void)state;
    static const char *const titles[] = {"Why we measure", "The stations", "What was seen",
                                         "What failed", "What to do"};
    static const char *const pages[] = {"3", "7", "12", "18", "24"};
    paper p;
    paper_open(&p, 500, 400);
    for (int r = 0; r < 5; r++) {
        paper_write(&p, 75, 110 + LEADING * (float)r, SIZE, false, titles[r]);
        paper_write(&p, 400, 110 + LEADING * (float)r, SIZE, false, pages[r]);
    }
    assert_tables(&p, "");
}

static void numbers_between_gridlines_are_a_chart(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    for (int i = 0; i < 4; i++)
        paper_rule(&p, 70, 100 + 20 * (float)i, 370, 100 + 20 * (float)i);
    static const char *const values[] = {"18", "", "26", "", "31", "", "45", "", "12"};
    for (int i = 0; i < 9; i++)
        paper_write(&p, 80 + 100 * (float)(i % 3), 114 + 20 * (float)(i / 3), SIZE, false,
                    values[i]);
    assert_tables(&p, "");
}

static void title_and_notes_inside_the_frame_are_no_rows(void **state)
{
    (void)state;
    static const char *const cells[] = {"Gauge", "Low", "Mill", "3.10"};
    paper p;
    paper_open(&p, 500, 400);
    for (int r = 0; r <= 4; r++)
        paper_rule(&p, 70, 100 + LEADING * (float)r, 270, 100 + LEADING * (float)r);
    paper_rule(&p, 70, 100, 70, 156);
    paper_rule(&p, 170, 114, 170, 142);
    paper_rule(&p, 270, 100, 270, 156);
    paper_write(&p, 75, 110, SIZE, false, "Table 4. What was read");
    write_rows(&p, 124, cells, 2, 2);
    paper_write(&p, 75, 152, SIZE, false, "Source: the stations");
    assert_tables(&p, "Gauge|Low/Mill|3.10;");
}

static void columns_without_walls_part_in_a_lattice(void **state)
{
    (void)state;
    static const char *const cells[] = {"0-9",   "1087", "1022", "10-19", "2586", "2568",
                                        "20-29", "3867", "3576", "30-39", "7808", "7401"};
    static const char *const head[] = {"Age", "Male", "Female"};
    paper p;
    paper_open(&p, 500, 400);
    static const float rules[] = {100, 115, 174};
    for (int i = 0; i < 3; i++)
        paper_rule(&p, 70, rules[i], 370, rules[i]);
    for (int c = 0; c < 3; c++) /* none between the last two */
        paper_rule(&p, c == 2 ? 370 : 70 + 100 * (float)c, 100, c == 2 ? 370 : 70 + 100 * (float)c,
                   174);
    write_rows(&p, 110, head, 1, 3);
    write_rows(&p, 127, cells, 4, 3);
    assert_tables(&p, "Age|Male|Female/0-9|1087|1022/10-19|2586|2568/20-29|3867|3576/"
                      "30-39|7808|7401;");
}

static void a_stub_may_stand_outside_of_the_frame(void **state)
{
    (void)state;
    static const char *const stub[] = {"", "North", "East", "South", "West"};
    static const char *const cells[] = {"Low", "High", "1", "2", "3", "4", "5", "6", "7", "8"};
    paper p;
    paper_open(&p, 500, 400);
    rule_grid(&p, 100, 5, 2);
    write_rows(&p, 110, cells, 5, 2);
    for (int r = 1; r < 5; r++)
        paper_write(&p, 30, 110 + LEADING * (float)r, SIZE, false, stub[r]);
    assert_tables(&p, "|Low|High/North|1|2/East|3|4/South|5|6/West|7|8;");
}

static void titles_of_two_lines_stay_one_row_in_a_lattice(void **state)
{
    (void)state;
    static const char *const cells[] = {
        "",         "Launch:",  "1 year:", "2 years:", "",    "May 2009",
        "May 2010", "May 2011", "Sets",    "47",       "272", "389"};
    paper p;
    paper_open(&p, 500, 400);
    static const float rules[] = {100, 128, 142};
    for (int i = 0; i < 3; i++)
        paper_rule(&p, 70, rules[i], 470, rules[i]);
    for (int c = 0; c <= 4; c++)
        paper_rule(&p, 70 + 100 * (float)c, 100, 70 + 100 * (float)c, 142);
    write_rows(&p, 110, cells, 3, 4);
    assert_tables(&p, "|Launch: May 2009|1 year: May 2010|2 years: May 2011/Sets|47|272|389;");
}

static void text_apart_parts_a_cell_without_walls(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    paper_rule(&p, 70, 100, 270, 100);
    paper_rule(&p, 70, 114, 270, 114);
    paper_rule(&p, 70, 128, 270, 128);
    paper_rule(&p, 70, 100, 70, 128);
    paper_rule(&p, 170, 114, 170, 128); /* only below */
    paper_rule(&p, 270, 100, 270, 128);
    paper_write(&p, 75, 110, SIZE, false, "Levels");
    paper_write(&p, 175, 110, SIZE, false, "Metres");
    paper_write(&p, 75, 124, SIZE, false, "low");
    paper_write(&p, 175, 124, SIZE, false, "3.2");
    assert_tables(&p, "Levels|Metres/low|3.2;");
}

static void shaded_bands_bound_a_table(void **state)
{
    (void)state;
    static const char *const cells[] = {"Article", "Work",  "Price", "Chain", "oil",
                                        "38.50",   "Wheel", "true",  "31.00", "Lamp",
                                        "cable",   "52.90", "Check", "turns", "75.00"};
    paper p;
    paper_open(&p, 500, 400);
    for (int r = 0; r < 5; r += 2) /* the last row but one is shaded, the last is white */
        paper_fill(&p, 70, 100 + LEADING * (float)r, 370, 114 + LEADING * (float)r);
    write_rows(&p, 110, cells, 5, 3);
    paper_write(&p, 75, 110 + LEADING * 5, SIZE, false, "Tax");
    paper_write(&p, 275, 110 + LEADING * 5, SIZE, false, "9.10");
    paper_write(&p, 75, 220, SIZE, false, "the text that follows speaks of all of these things");
    assert_tables(&p, "Article|Work|Price/Chain|oil|38.50/Wheel|true|31.00/Lamp|cable|52.90/"
                      "Check|turns|75.00/Tax||9.10;");
}

static void rows_follow_a_header_in_colour(void **state)
{
    (void)state;
    static const char *const cells[] = {"Term", "Meaning", "beck",  "a brook",
                                        "fell", "a hill",  "force", "a fall"};
    paper p;
    paper_open(&p, 500, 400);
    paper_fill(&p, 70, 100, 170, 114);
    paper_fill(&p, 170, 100, 270, 114);
    write_rows(&p, 110, cells, 4, 2);
    assert_tables(&p, "Term|Meaning/beck|a brook/fell|a hill/force|a fall;");
}

/* A header of two levels of filled cells, then every other row. */
static void cells_with_fills_are_a_lattice(void **state)
{
    (void)state;
    static const char *const cells[] = {"2019", "1", "2", "2020", "3", "4", "2021", "5", "6"};
    static const char *const levels[] = {"low", "high"};
    paper p;
    paper_open(&p, 500, 400);
    paper_fill(&p, 70, 100, 170, 128);
    paper_fill(&p, 170, 100, 370, 114);
    paper_fill(&p, 170, 114, 270, 128);
    paper_fill(&p, 270, 114, 370, 128);
    for (int r = 0; r < 3; r += 2)
        for (int c = 0; c < 3; c++)
            paper_fill(&p, 70 + 100 * (float)c, 128 + LEADING * (float)r, 170 + 100 * (float)c,
                       142 + LEADING * (float)r);
    paper_write(&p, 75, 117, SIZE, false, "Year");
    paper_write(&p, 175, 110, SIZE, false, "Levels");
    for (int c = 0; c < 2; c++)
        paper_write(&p, 175 + 100 * (float)c, 124, SIZE, false, levels[c]);
    write_rows(&p, 138, cells, 3, 3);
    assert_tables(&p, "Year{2x1}|Levels{1x2}/low|high/2019|1|2/2020|3|4/2021|5|6;");
}

static void what_names_columns_of_numbers_is_a_header(void **state)
{
    (void)state;
    static const char *const cells[] = {"Gauge", "Low", "Mill", "3.10"};
    paper p;
    paper_open(&p, 500, 400);
    rule_grid(&p, 100, 2, 2);
    write_rows(&p, 110, cells, 2, 2);
    quire_document *document = paper_read(&p);
    const quire_table *table = document->elements.items[0].table;
    assert_int_equal(table->cells[0].kind, QUIRE_CELL_COLUMN_HEADER);
    assert_int_equal(table->cells[1].kind, QUIRE_CELL_COLUMN_HEADER);
    assert_int_equal(table->cells[2].kind, QUIRE_CELL_CONTENT);
    paper_close(&p);
}

/* A grid of two rows and two columns, with a word in each cell; the last one ends at the bottom. */
static void write_square(paper *p, quire_box box, const char *const *words, float row, float column)
{
    const float ys[] = {box.y0, box.y0 + row, box.y1}, xs[] = {box.x0, box.x0 + column, box.x1};
    for (int i = 0; i < 3; i++) {
        paper_rule(p, box.x0, ys[i], box.x1, ys[i]);
        paper_rule(p, xs[i], box.y0, xs[i], box.y1);
    }
    for (int i = 0; i < 4; i++)
        paper_write(p, xs[i % 2] + 5, ys[i / 2] + 11, SIZE, false, words[i]);
}

static const char *const outer_words[] = {"Farm", "Yield", "Hill", "all"};
static const char *const inner_words[] = {"1986", "12", "1987", "14"};

static void a_lattice_in_a_cell_is_a_table_of_its_own(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    write_square(&p, (quire_box){70, 100, 370, 180}, outer_words, 14, 100);
    write_square(&p, (quire_box){200, 134, 340, 164}, inner_words, 14, 60);
    quire_document *document = paper_read(&p);
    char message[128];
    assert_true(quire_document_is_sound(document, message));
    assert_int_equal(document->elements.count, 2);
    const quire_element *outer = &document->elements.items[0], *inner = outer + 1;
    assert_int_equal(inner->parent, 0);
    assert_int_equal(inner->table->in_row, 1);
    assert_int_equal(inner->table->in_column, 1);
    assert_memory_equal(outer->text.data, "Farm\tYield\nHill\tall", outer->own_size);
    assert_memory_equal(inner->text.data, "1986\t12\n1987\t14", inner->text.size);
    assert_int_equal(outer->span.end, inner->span.end);
    assert_int_equal(document->audit.lost, 0);
    assert_int_equal(document->audit.emitted, document->audit.glyphs_total);
    paper_close(&p);
}

static void tables_in_tables_end_at_depth_two(void **state)
{
    (void)state;
    static const char *const words[] = {"Year", "Tons", "1986", "of"};
    paper p;
    paper_open(&p, 500, 400);
    write_square(&p, (quire_box){70, 100, 370, 220}, outer_words, 14, 100);
    write_square(&p, (quire_box){190, 130, 350, 210}, words, 14, 60);
    write_square(&p, (quire_box){260, 162, 340, 192}, inner_words, 14, 40);
    quire_document *document = paper_read(&p);
    assert_int_equal(document->elements.count, 2);
    assert_int_equal(document->elements.items[1].parent, 0);
    assert_int_equal(document->audit.lost, 0);
    paper_close(&p);
}

/* It may as well be one cell of the outer one that is parted. */
static void a_lattice_that_touches_the_walls_is_no_table_in_a_table(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    write_square(&p, (quire_box){70, 100, 370, 180}, outer_words, 14, 100);
    write_square(&p, (quire_box){200, 134, 370, 164}, inner_words, 14, 60);
    quire_document *document = paper_read(&p);
    assert_int_equal(document->elements.count, 1);
    assert_int_equal(document->audit.lost, 0);
    paper_close(&p);
}

static void two_lines_of_text_between_rules_are_no_table(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 600, 400);
    paper_rule(&p, 70, 96, 470, 96);
    paper_rule(&p, 70, 150, 470, 150);
    for (int r = 0; r < 2; r++) {
        paper_write(&p, 75, 110 + 24 * (float)r, SIZE, false, "a gauge is a single value at");
        paper_write(&p, 255, 110 + 24 * (float)r, SIZE, false, "any time that you may call it");
    }
    assert_tables(&p, "");
}

static void labels_of_a_diagram_are_no_table(void **state)
{
    (void)state;
    paper p;
    paper_open(&p, 500, 400);
    static const float rules[] = {90, 112, 200};
    for (int i = 0; i < 3; i++)
        paper_rule(&p, 70, rules[i], 370, rules[i]);
    static const char *const labels[] = {"Item 1",  "Domain", "Item 2",
                                         "Concept", "Item 3", "Domain"};
    static const float xs[] = {75, 175, 75, 275, 75, 175};
    for (int i = 0; i < 6; i++)
        paper_write(&p, xs[i], 105 + 16 * (float)i, SIZE, false, labels[i]);
    assert_tables(&p, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_lattice_is_read_as_it_is_drawn),
        cmocka_unit_test(a_missing_wall_makes_a_span),
        cmocka_unit_test(pieces_of_a_rule_are_one_wall),
        cmocka_unit_test(rows_without_rules_part_in_a_lattice),
        cmocka_unit_test(numbers_in_columns_are_a_table_without_rules),
        cmocka_unit_test(two_columns_of_text_are_no_table),
        cmocka_unit_test(a_chart_is_no_table),
        cmocka_unit_test(page_numbers_on_the_right_are_contents),
        cmocka_unit_test(numbers_between_gridlines_are_a_chart),
        cmocka_unit_test(title_and_notes_inside_the_frame_are_no_rows),
        cmocka_unit_test(columns_without_walls_part_in_a_lattice),
        cmocka_unit_test(a_stub_may_stand_outside_of_the_frame),
        cmocka_unit_test(titles_of_two_lines_stay_one_row_in_a_lattice),
        cmocka_unit_test(text_apart_parts_a_cell_without_walls),
        cmocka_unit_test(shaded_bands_bound_a_table),
        cmocka_unit_test(rows_follow_a_header_in_colour),
        cmocka_unit_test(cells_with_fills_are_a_lattice),
        cmocka_unit_test(a_lattice_in_a_cell_is_a_table_of_its_own),
        cmocka_unit_test(tables_in_tables_end_at_depth_two),
        cmocka_unit_test(a_lattice_that_touches_the_walls_is_no_table_in_a_table),
        cmocka_unit_test(what_names_columns_of_numbers_is_a_header),
        cmocka_unit_test(two_lines_of_text_between_rules_are_no_table),
        cmocka_unit_test(labels_of_a_diagram_are_no_table),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
