/* Footnotes and the raised marks that call them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quire/quire.h"
#include "tests/support/small_pdf.h"

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

/* A page of body text at 10 points, in which `call` is raised behind a word, above a note at 8
 * points that begins with `mark`. */
static GString *convert(const char *call, const char *mark, const char *format)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    small_pdf_object(&pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents 5 0 R "
                     "/Resources << /Font << /F 4 0 R >> >> >>");
    small_pdf_object(&pdf, 4,
                     "<< /Type /Font /Subtype /Type1 /BaseFont /Courier "
                     "/Encoding /WinAnsiEncoding >>");
    GString *page = g_string_new(NULL);
    for (int i = 0; i < 5; i++)
        g_string_append_printf(page,
                               "BT /F 10 Tf 40 %d Td (the roof of a hive keeps the rain off "
                               "and the bees) Tj ET\n",
                               440 - 12 * i);
    g_string_append_printf(page,
                           "BT /F 10 Tf 40 380 Td (dry) Tj /F 6 Tf 4 Ts (%s) Tj 0 Ts "
                           "/F 10 Tf ( all year.) Tj ET\n",
                           call);
    g_string_append_printf(page,
                           "BT /F 5 Tf 40 60 Td 3 Ts (%s) Tj 0 Ts /F 8 Tf "
                           "( Or nearly dry, as keepers say.) Tj ET\n",
                           mark);
    small_pdf_stream(&pdf, 5, "", page->str, page->len);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *out = g_string_new(NULL);
    quire_input input = {.bytes = file.data, .size = file.size, .name = "notes.pdf"};
    quire_output output = {.format = format, .write = append, .user = out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, NULL), QUIRE_OK);
    g_string_free(page, TRUE);
    small_pdf_clear(&pdf);
    return out;
}

static void assert_converts(const char *call, const char *mark, const char *format,
                            const char *part, bool holds)
{
    GString *out = convert(call, mark, format);
    if (holds != (strstr(out->str, part) != NULL))
        fail_msg("'%s' is %sin:\n%s", part, holds ? "not " : "", out->str);
    g_string_free(out, TRUE);
}

static void a_mark_and_its_note_find_each_other(void **state)
{
    (void)state;
    assert_converts("3", "3", "markdown", "the bees dry[^3] all year.", true);
    assert_converts("3", "3", "markdown", "\n[^3]: Or nearly dry, as keepers say.", true);
    assert_converts("3", "3", "json", "\"note\": 3", true);
    assert_converts("3", "3", "tree", " note 3", true);
}

static void signs_are_counted(void **state)
{
    (void)state;
    assert_converts("*", "*", "markdown", "dry[^1] all year.", true);
    assert_converts("*", "*", "markdown", "\n[^1]: Or nearly dry", true);
}

static void another_mark_stays_as_it_is(void **state)
{
    (void)state;
    assert_converts("2", "3", "markdown", "[^", false);
    assert_converts("2", "3", "markdown", "dry<sup>2</sup> all year.", true);
}

static void a_mark_may_call_one_of_several(void **state)
{
    (void)state;
    assert_converts("3,4", "3", "markdown", "dry[^3] all year.", true);
    assert_converts("3,4", "3", "json", "\"note\": 3", true);
    assert_converts("4,3", "3", "markdown", "[^", false);
}

static void a_mark_may_stand_close_behind_a_stop(void **state)
{
    (void)state;
    assert_converts(") Tj 0 Ts /F 10 Tf (.3) Tj (", "3", "markdown", "dry.[^3] all year.", true);
    assert_converts(") Tj 0 Ts /F 10 Tf (.37) Tj (", "3", "markdown", "[^", false);
    assert_converts(") Tj 0 Ts /F 10 Tf ( 1.3) Tj (", "3", "markdown", "[^", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_mark_and_its_note_find_each_other),
        cmocka_unit_test(signs_are_counted),
        cmocka_unit_test(a_mark_may_call_one_of_several),
        cmocka_unit_test(a_mark_may_stand_close_behind_a_stop),
        cmocka_unit_test(another_mark_stays_as_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
