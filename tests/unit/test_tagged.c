/* When the tags of a file are believed, and what they then say of blocks that look alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quire/quire.h"
#include "tests/support/small_pdf.h"

enum { PARTS = 5 };

static const char *const texts[PARTS] = {
    "Of roofs and walls",
    "A hive needs a roof and four walls,",
    "and bees that want to live in it.",
    "Of doors and of windows",
    "It has one door, and no window at all.",
};

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

/* A page of five parts in one look, 40 points apart, tagged as `roles` says; `content`: the marked
 * content of each, -1: none. */
static GString *convert(const char *const *roles, const int *content, const char *format)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1,
                     "<< /Type /Catalog /Pages 2 0 R /StructTreeRoot 6 0 R "
                     "/MarkInfo << /Marked true >> >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    small_pdf_object(&pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 5 0 R "
                     "/Resources << /Font << /F 4 0 R >> >> >>");
    small_pdf_object(&pdf, 4,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
                     "/Encoding /WinAnsiEncoding >>");
    GString *page = g_string_new(NULL);
    GString *kids = g_string_new(NULL);
    for (int i = 0; i < PARTS; i++) {
        if (content[i] >= 0)
            g_string_append_printf(page, "/%s << /MCID %d >> BDC ", roles[i], content[i]);
        g_string_append_printf(page, "BT /F 11 Tf 50 %d Td (%s) Tj ET %s\n", 440 - 40 * i, texts[i],
                               content[i] >= 0 ? "EMC" : "");
        g_string_append_printf(kids, "%d 0 R ", 7 + i);
        small_pdf_object(&pdf, 7 + i, "<< /S /%s /Pg 3 0 R /K %d >>", roles[i], i);
    }
    small_pdf_stream(&pdf, 5, "", page->str, page->len);
    small_pdf_object(&pdf, 6, "<< /Type /StructTreeRoot /K [ %s] >>", kids->str);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *out = g_string_new(NULL);
    quire_input input = {.bytes = file.data, .size = file.size, .name = "tagged.pdf"};
    quire_output output = {.format = format, .write = append, .user = out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, NULL), QUIRE_OK);
    g_string_free(page, TRUE);
    g_string_free(kids, TRUE);
    small_pdf_clear(&pdf);
    return out;
}

static void assert_converts(const char *const *roles, const int *content, const char *format,
                            const char *part)
{
    GString *out = convert(roles, content, format);
    if (!strstr(out->str, part))
        fail_msg("'%s' is not in:\n%s", part, out->str);
    g_string_free(out, TRUE);
}

static const char *const told[PARTS] = {"H1", "P", "P", "H2", "P"};
static const int in_order[PARTS] = {0, 1, 2, 3, 4};

static void tags_tell_what_looks_do_not(void **state)
{
    (void)state;
    assert_converts(told, in_order, "markdown", "# Of roofs and walls\n\nA hive");
    assert_converts(told, in_order, "markdown", "## Of doors and of windows\n\nIt has");
    assert_converts(told, in_order, "tree", "issue tags_used info");
}

static void tags_that_say_little_are_not_believed(void **state)
{
    (void)state;
    static const char *const paragraphs[PARTS] = {"P", "P", "P", "P", "P"};
    assert_converts(paragraphs, in_order, "tree", "not used: it knows paragraphs only");
}

static void tags_that_say_too_much_are_not_believed(void **state)
{
    (void)state;
    static const char *const headings[PARTS] = {"H1", "H1", "P", "H2", "H3"};
    assert_converts(headings, in_order, "tree", "not used: it calls too much a heading");
}

static void tags_out_of_order_are_not_believed(void **state)
{
    (void)state;
    static const int backwards[PARTS] = {4, 3, 2, 1, 0};
    assert_converts(told, backwards, "tree", "not used: its order is not that of the page");
}

static void tags_of_half_a_page_are_not_believed(void **state)
{
    (void)state;
    static const int half[PARTS] = {0, 1, -1, -1, -1}, elsewhere[PARTS] = {0, 1, 12, 13, 14};
    assert_converts(told, half, "tree", "not used: much of the text has none");
    assert_converts(told, elsewhere, "tree", "hints only: much of the text is not in it");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tags_tell_what_looks_do_not),
        cmocka_unit_test(tags_that_say_little_are_not_believed),
        cmocka_unit_test(tags_that_say_too_much_are_not_believed),
        cmocka_unit_test(tags_out_of_order_are_not_believed),
        cmocka_unit_test(tags_of_half_a_page_are_not_believed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
