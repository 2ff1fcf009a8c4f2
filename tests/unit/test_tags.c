/* The structure tree: order, roles, content, spans, and trees that are out of order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/open_pdf.h"
#include "tests/support/small_pdf.h"

typedef struct tagged {
    small_pdf pdf;
    open_pdf open;
    const quire_facts *facts;
} tagged;

/* A file of two pages, 3 and 4, whose structure tree root 5 has `keys`; elements from 6 on. */
static void open_tagged(tagged *t, const char *keys, const char *const *elements)
{
    t->pdf = small_pdf_begin("1.7");
    small_pdf_object(&t->pdf, 1, "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 5 0 R >>");
    small_pdf_object(&t->pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>");
    small_pdf_object(&t->pdf, 3, "<< /Type /Page /Parent 2 0 R >>");
    small_pdf_object(&t->pdf, 4, "<< /Type /Page /Parent 2 0 R >>");
    small_pdf_object(&t->pdf, 5, "<< /Type /StructTreeRoot %s >>", keys);
    for (int i = 0; elements[i]; i++)
        small_pdf_object(&t->pdf, 6 + i, "<< %s >>", elements[i]);
    open_pdf_init(&t->open, small_pdf_end(&t->pdf, "/Root 1 0 R"));
    assert_non_null(t->open.pdf.objects);
    t->facts = quire_pdf_structure(&t->open.pdf);
}

static void close_tagged(tagged *t)
{
    open_pdf_close(&t->open);
    small_pdf_clear(&t->pdf);
}

/* "role(parent,page,mcid)" of all nodes. */
static void assert_nodes(const tagged *t, const char *expected)
{
    GString *seen = g_string_new(NULL);
    for (size_t i = 0; i < t->facts->structure_count; i++) {
        const quire_structure_node *n = &t->facts->structure[i];
        assert_true(n->parent < (int)i);
        g_string_append_printf(seen, "%s%s(%d,%d,%d)", i ? " " : "", n->role, n->parent, n->page,
                               n->mcid);
    }
    assert_string_equal(seen->str, expected);
    g_string_free(seen, TRUE);
}

static void kids_of_all_kinds_come_in_order(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /Document /K [7 0 R 8 0 R]", "/S /H1 /Pg 3 0 R /K 0 /T (Heading) /Lang (fr)",
        "/S /P /Pg 3 0 R /K [1 << /Type /MCR /Pg 4 0 R /MCID 2 /Stm 20 0 R >> 9 0 R "
        "<< /Type /OBJR /Obj 30 0 R >> << /S /Span /K 5 /ActualText (five) >>]",
        "/S /Figure /Alt (a\\nb) /K [] ", NULL};
    tagged t;
    open_tagged(&t, "/K 6 0 R", elements);
    assert_true(t.facts->tagged);
    assert_nodes(&t, "Document(-1,0,-1) H1(0,1,-1) MCR(1,1,0) P(0,1,-1) MCR(3,1,1) MCR(3,2,2) "
                     "Figure(3,1,-1) OBJR(3,1,-1) Span(3,1,-1) MCR(8,1,5)");
    const quire_structure_node *n = t.facts->structure;
    assert_string_equal(n[1].title, "Heading");
    assert_string_equal(n[1].language, "fr");
    assert_int_equal(n[5].stream, 20);
    assert_int_equal(n[4].stream, -1);
    assert_string_equal(n[6].alt, "a\nb");
    assert_int_equal(n[7].stream, 30);
    assert_string_equal(n[8].actual_text, "five");
    close_tagged(&t);
}

static void roles_are_resolved(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /Chapter /K [7 0 R 8 0 R 9 0 R 10 0 R 11 0 R]",
        "/S /Standard",
        "/S /Loop",
        "/S /Unknown",
        "/S /H1",
        "/S /Emphasis /NS << /RoleMapNS << /Emphasis [/Em 99 0 R] >> >>",
        NULL};
    tagged t;
    open_tagged(&t,
                "/K 6 0 R /RoleMap << /Chapter /Section /Section /Sect /Standard /P "
                "/Loop /Loop2 /Loop2 /Loop /H1 /P >>",
                elements);
    assert_string_equal(t.facts->structure[0].role, "Sect");
    assert_string_equal(t.facts->structure[0].own_role, "Chapter");
    assert_string_equal(t.facts->structure[1].role, "P");
    assert_string_equal(t.facts->structure[3].role, "Unknown");
    assert_null(t.facts->structure[3].own_role);
    assert_string_equal(t.facts->structure[4].role, "H1"); /* standard roles mean themselves */
    assert_string_equal(t.facts->structure[5].role, "Em");
    assert_int_equal(t.facts->structure_count, 6);
    close_tagged(&t);
}

static void spans_come_from_attributes_and_classes(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        int rows, columns;
    } cases[] = {
        {"", 1, 1},
        {"/A << /O /Table /RowSpan 2 /ColSpan 3 >>", 2, 3},
        {"/A [<< /O /Layout >> 0 << /O /Table /ColSpan 4 >> 1]", 1, 4},
        {"/C /Wide", 1, 5},
        {"/C [/Wide 0 /Tall]", 6, 5},
        {"/C /Wide /A << /O /Table /ColSpan 2 >>", 1, 2},
        {"/A << /O /Table /RowSpan -3 /ColSpan 99999999 >>", 1, 10000},
        {"/A (x) /C 7", 1, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *cell = g_strconcat("/S /TD ", cases[i].keys, NULL);
        const char *const elements[] = {cell, NULL};
        tagged t;
        open_tagged(&t,
                    "/K [6 0 R] /ClassMap << /Wide << /O /Table /ColSpan 5 >> "
                    "/Tall [<< /O /Table /RowSpan 6 >>] >>",
                    elements);
        assert_int_equal(t.facts->structure_count, 1);
        assert_int_equal(t.facts->structure[0].row_span, cases[i].rows);
        assert_int_equal(t.facts->structure[0].column_span, cases[i].columns);
        close_tagged(&t);
        g_free(cell);
    }
}

static void loops_end(void **state)
{
    (void)state;
    static const char *const elements[] = {"/S /Sect /K [6 0 R 7 0 R 7 0 R]", "/S /Div /K [8 0 R]",
                                           "/S /P /K [6 0 R 7 0 R 3]", NULL};
    tagged t;
    open_tagged(&t, "/K [6 0 R 6 0 R]", elements);
    assert_nodes(&t, "Sect(-1,0,-1) Div(0,0,-1) P(1,0,-1) MCR(2,0,3)");
    close_tagged(&t);
}

static void depth_is_limited_and_told(void **state)
{
    (void)state;
    enum { DEPTH = 300 };
    const char *elements[DEPTH + 1] = {0};
    char text[DEPTH][40];
    for (int i = 0; i < DEPTH; i++) {
        g_snprintf(text[i], sizeof text[i], "/S /Div /K [%d 0 R]", 7 + i);
        elements[i] = text[i];
    }
    tagged t;
    open_tagged(&t, "/K 6 0 R", elements);
    assert_in_range(t.facts->structure_count, QUIRE_MAX_TREE_DEPTH / 2, QUIRE_MAX_TREE_DEPTH + 1);
    assert_non_null(strstr(t.open.issues->str, "limit: "));
    close_tagged(&t);
}

static void an_untagged_file_has_no_structure(void **state)
{
    (void)state;
    static const char *const elements[] = {NULL};
    tagged t;
    open_tagged(&t, "", elements);
    assert_false(t.facts->tagged);
    assert_int_equal(t.facts->structure_count, 0);
    close_tagged(&t);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kids_of_all_kinds_come_in_order),
        cmocka_unit_test(roles_are_resolved),
        cmocka_unit_test(spans_come_from_attributes_and_classes),
        cmocka_unit_test(loops_end),
        cmocka_unit_test(depth_is_limited_and_told),
        cmocka_unit_test(an_untagged_file_has_no_structure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
