/* Paragraphs that go on over the turn of a page. */
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

/* Two pages of typewritten text; the first ends with `last`, the second begins with `first`. */
static GString *convert(const char *last, const char *first, const char *format)
{
    small_pdf pdf = small_pdf_begin("1.7");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>");
    for (int i = 0; i < 2; i++)
        small_pdf_object(&pdf, 3 + i,
                         "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 500] /Contents %d 0 R "
                         "/Resources << /Font << /F 7 0 R >> >> >>",
                         5 + i);
    g_autofree char *a =
        g_strdup_printf("BT /F 10 Tf 12 TL 40 440 Td (the roof of a hive keeps the rain off bees) "
                        "Tj T* (and the bees keep the roof of a hive warm %s) Tj ET",
                        last);
    g_autofree char *b = g_strdup_printf(
        "BT /F 10 Tf 12 TL 40 440 Td (%s of the rain and of the wind in the) Tj T* (winter.) Tj "
        "0 -30 Td (Another paragraph stands below it on the page.) Tj ET",
        first);
    small_pdf_content(&pdf, 5, a);
    small_pdf_content(&pdf, 6, b);
    small_pdf_object(&pdf, 7, "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>");
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *out = g_string_new(NULL);
    quire_input input = {.bytes = file.data, .size = file.size, .name = "turns.pdf"};
    quire_output output = {.format = format, .write = append, .user = out};
    assert_int_equal(quire_convert(&input, NULL, &output, 1, NULL), QUIRE_OK);
    small_pdf_clear(&pdf);
    return out;
}

static void assert_holds(const char *last, const char *first, const char *format, const char *part,
                         bool holds)
{
    GString *out = convert(last, first, format);
    if (holds != (strstr(out->str, part) != NULL))
        fail_msg("%s '%s' in\n%s", holds ? "no" : "a", part, out->str);
    g_string_free(out, TRUE);
}

static void joins_what_goes_on(void **state)
{
    (void)state;
    assert_holds("or", "dry", "markdown", "warm or dry of the rain", true);
    assert_holds("or", "dry", "json", "\"places\": [", true);
    assert_holds("or", "dry", "json", "\"lost\": 0", true);
    assert_holds("or", "dry", "ndjson", "warm or dry of the rain", true);
}

static void heals_the_word_that_the_turn_broke(void **state)
{
    (void)state;
    assert_holds("pro-", "tected", "markdown", "warm protected of the rain", true);
    assert_holds("pro-", "tected", "json", "pro-\\ntected", true);
}

static void parts_what_ended(void **state)
{
    (void)state;
    assert_holds("it.", "dry", "markdown", "warm it.\n\ndry", true);
    assert_holds("or", "Dry", "markdown", "warm or\n\nDry", true);
    assert_holds("or", "Dry", "json", "\"places\"", false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(joins_what_goes_on),
        cmocka_unit_test(heals_the_word_that_the_turn_broke),
        cmocka_unit_test(parts_what_ended),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
