/* What a structure tree that is believed states beyond roles: where elements begin and end, items
 * of lists, what print stands for, languages, and what is no part of the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quire/quire.h"
#include "tests/support/small_pdf.h"

enum { FIRST_ELEMENT = 8 };

/* A line of print; its marked content is its place in the list, of the first page or the second. */
typedef struct print {
    int x, y; /* from below */
    const char *text;
    bool artifact, turns; /* turns: stands on the second page */
} print;

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static void add_page(small_pdf *pdf, int number, const print *lines, bool second)
{
    GString *page = g_string_new(NULL);
    for (int i = 0; lines[i].text; i++) {
        if (lines[i].turns != second)
            continue;
        g_string_append(page, lines[i].artifact ? "/Artifact BMC " : "");
        if (!lines[i].artifact)
            g_string_append_printf(page, "/P << /MCID %d >> BDC ", i);
        g_string_append_printf(page, "BT /F 11 Tf %d %d Td (%s) Tj ET EMC\n", lines[i].x,
                               lines[i].y, lines[i].text);
    }
    small_pdf_object(pdf, number,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents %d 0 R "
                     "/Resources << /Font << /F 7 0 R >> >> >>",
                     number + 1);
    small_pdf_stream(pdf, number + 1, "", page->str, page->len);
    g_string_free(page, TRUE);
}

/* A heading at the top of the first page, that the tree shall say something, then `lines`, whose
 * elements are given from object 9 on; 8 is the first heading's. `kids`: of the tree. */
static GString *convert(const print *lines, const char *kids, const char *const *elements,
                        const char *format)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1,
                     "<< /Type /Catalog /Pages 2 0 R /Lang (en) /MarkInfo << /Marked true >> "
                     "/StructTreeRoot << /Type /StructTreeRoot /K [8 0 R %s] >> >>",
                     kids);
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>");
    add_page(&pdf, 3, lines, false);
    add_page(&pdf, 5, lines, true);
    small_pdf_object(&pdf, 7,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                     "/Encoding /WinAnsiEncoding >>");
    small_pdf_object(&pdf, FIRST_ELEMENT, "<< /S /H1 /Pg 3 0 R /K 0 >>");
    for (int i = 0; elements[i]; i++)
        small_pdf_object(&pdf, FIRST_ELEMENT + 1 + i, "<< %s >>", elements[i]);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *out = g_string_new(NULL);
    quire_input input = {.bytes = file.data, .size = file.size, .name = "tagged.pdf"};
    quire_output output = {.format = format, .write = append, .user = out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, NULL), QUIRE_OK);
    small_pdf_clear(&pdf);
    return out;
}

static void assert_part(const GString *out, const char *part, bool wanted)
{
    if ((strstr(out->str, part) != NULL) != wanted)
        fail_msg("'%s' is %sin:\n%s", part, wanted ? "not " : "", out->str);
}

static void assert_converts(const print *lines, const char *kids, const char *const *elements,
                            const char *format, const char *part)
{
    GString *out = convert(lines, kids, elements, format);
    assert_part(out, part, true);
    g_string_free(out, TRUE);
}

static const print work[] = {
    {50, 450, "What is to be done on Monday", false, false},
    {50, 420, "Sweep the floor of the mill and of the shed behind it,", false, false},
    {50, 407, "and feed the cat that lives there in the straw and hay.", false, false},
    {50, 394, "Then lock the door of the shed and bring the key home.", false, false},
    {0, 0, NULL, false, false}};

static void items_begin_where_the_tree_says(void **state)
{
    (void)state;
    static const char *const elements[] = {"/S /L /K [10 0 R 11 0 R]",
                                           "/S /LI /K [<< /S /LBody /Pg 3 0 R /K [1 2] >>]",
                                           "/S /LI /K [<< /S /LBody /Pg 3 0 R /K 3 >>]", NULL};
    assert_converts(
        work, "9 0 R", elements, "markdown",
        "- Sweep the floor of the mill and of the shed behind it, and feed the cat that "
        "lives there in the straw and hay.\n- Then lock the door");
}

static void numbering_is_told_but_not_made_up(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /L /A << /O /List /ListNumbering /Decimal >> /K [10 0 R 11 0 R]",
        "/S /LI /K [<< /S /LBody /Pg 3 0 R /K [1 2] >>]",
        "/S /LI /K [<< /S /LBody /Pg 3 0 R /K 3 >>]", NULL};
    GString *out = convert(work, "9 0 R", elements, "json");
    assert_part(out, "\"ordered\": true", true);
    assert_part(out, "\"marker\"", false);
    g_string_free(out, TRUE);
}

static void items_hold_what_the_tree_says(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /L /K [10 0 R]",
        "/S /LI /K [<< /S /LBody /Pg 3 0 R /K [<< /S /P /K [1 2] >> << /S /P /K 3 >>] >>]", NULL};
    assert_converts(work, "9 0 R", elements, "markdown", "straw and hay.\n\n  Then lock the door");
}

static const print terms[] = {{50, 450, "What the miller says", false, false},
                              {50, 420, "Leat", false, false},
                              {110, 420, "the channel that brings water to the mill", false, false},
                              {50, 400, "Tail", false, false},
                              {110, 400, "what leaves the wheel", false, false},
                              {0, 0, NULL, false, false}};

static void labels_that_are_words_are_terms(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /L /A << /O /List /ListNumbering /Description >> /K [10 0 R 11 0 R]",
        "/S /LI /Pg 3 0 R /K [<< /S /Lbl /K 1 >> << /S /LBody /K 2 >>]",
        "/S /LI /Pg 3 0 R /K [<< /S /Lbl /K 3 >> << /S /LBody /K 4 >>]", NULL};
    assert_converts(terms, "9 0 R", elements, "html", ">Leat</dt>\n<dd>the channel");
}

static const print over_pages[] = {{50, 450, "What is to be done on Monday", false, false},
                                   {50, 420, "Sweep the floor of the mill.", false, false},
                                   {50, 400, "With the new broom.", false, false},
                                   {50, 450, "And with the old one.", false, true},
                                   {50, 430, "Feed the cat.", false, true},
                                   {0, 0, NULL, false, false}};

static void lists_go_on_over_pages(void **state)
{
    (void)state;
    static const char *const elements[] = {
        "/S /L /K [10 0 R 13 0 R]",
        "/S /LI /K [<< /S /LBody /Pg 3 0 R /K 1 >> 11 0 R]",
        "/S /L /K [<< /S /LI /K [<< /S /LBody /Pg 3 0 R /K 2 >>] >> 12 0 R]",
        "/S /LI /K [<< /S /LBody /Pg 5 0 R /K 3 >>]",
        "/S /LI /K [<< /S /LBody /Pg 5 0 R /K 4 >>]",
        NULL};
    GString *out = convert(over_pages, "9 0 R", elements, "markdown");
    assert_part(out, "- Sweep the floor of the mill.\n  - With the new broom.\n", true);
    assert_part(out, "  - And with the old one.\n- Feed the cat.", true);
    g_string_free(out, TRUE);
}

static const print signs[] = {
    {50, 450, "Where to ask", false, false},
    {50, 420, "Ask at the (T) 12, or at the mill by the river.", false, false},
    {50, 400, "Demandez au moulin.", false, false},
    {10, 430, "Aside", true, false},
    {0, 0, NULL, false, false}};

static void print_stands_for_what_the_tree_says(void **state)
{
    (void)state;
    static const char *const likely[] = {
        "/S /P /Pg 3 0 R /K [<< /S /Span /ActualText (Ask at the telephone 12.) /K 1 >>]",
        "/S /P /Pg 3 0 R /K 2 /Lang (fr)", NULL};
    assert_converts(signs, "9 0 R 10 0 R", likely, "markdown", "Ask at the telephone 12.\n");
    char *long_text = g_strnfill(1000, 'x');
    char *spelled = g_strdup_printf("/S /P /Pg 3 0 R /K 1 /ActualText (%s)", long_text);
    const char *const unlikely[] = {spelled, likely[1], NULL};
    assert_converts(signs, "9 0 R 10 0 R", unlikely, "markdown", "Ask at the (T) 12, or at");
    g_free(spelled);
    g_free(long_text);
}

static void elements_have_the_language_of_the_tree(void **state)
{
    (void)state;
    static const char *const elements[] = {"/S /P /Pg 3 0 R /K 1",
                                           "/S /P /Pg 3 0 R /K 2 /Lang (fr)", NULL};
    assert_converts(signs, "9 0 R 10 0 R", elements, "json", "\"language\": \"fr\"");
}

static void artifacts_beside_the_text_are_no_part_of_it(void **state)
{
    (void)state;
    static const char *const elements[] = {"/S /P /Pg 3 0 R /K 1", "/S /P /Pg 3 0 R /K 2", NULL};
    assert_converts(signs, "9 0 R 10 0 R", elements, "tree", "page_header furniture");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_begin_where_the_tree_says),
        cmocka_unit_test(numbering_is_told_but_not_made_up),
        cmocka_unit_test(items_hold_what_the_tree_says),
        cmocka_unit_test(labels_that_are_words_are_terms),
        cmocka_unit_test(lists_go_on_over_pages),
        cmocka_unit_test(print_stands_for_what_the_tree_says),
        cmocka_unit_test(elements_have_the_language_of_the_tree),
        cmocka_unit_test(artifacts_beside_the_text_are_no_part_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
