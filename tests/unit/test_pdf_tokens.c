/* Tokens of content streams: what is a number, a name, a string, and what is let pass. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "parsers/pdf/interpreter/tokens.h"

static quire_byte_pool pool;

static quire_tokens tokens_of(const char *text)
{
    pool.count = 0;
    return (quire_tokens){
        .at = (const uint8_t *)text, .end = (const uint8_t *)text + strlen(text), .pool = &pool};
}

static void assert_number(const char *text, double expected)
{
    quire_tokens t = tokens_of(text);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_NUMBER);
    if (fabs(t.number - expected) > 1e-9 * fmax(1, fabs(expected))) {
        fail_msg("%s reads as %.12g", text, t.number);
    }
}

static void assert_slice(quire_slice slice, const char *expected)
{
    if (!quire_slice_is(slice, &pool, expected)) {
        fail_msg("'%.*s', not '%s'", (int)slice.size, (const char *)quire_slice_bytes(slice, &pool),
                 expected);
    }
}

static void assert_first(const char *text, quire_token_kind kind, const char *expected)
{
    quire_tokens t = tokens_of(text);
    assert_int_equal(quire_tokens_next(&t), kind);
    assert_slice(t.slice, expected);
}

static void numbers(void **state)
{
    (void)state;
    assert_number("0", 0);
    assert_number("-12", -12);
    assert_number("+.5", 0.5);
    assert_number("-.002", -0.002);
    assert_number("4.", 4);
    assert_number("--5", -5);
    assert_number("12-34", 12);
    assert_number("3.14159265358979", 3.14159265358979);
    assert_number("0.123456789012345678901", 0.12345678901234568);
    assert_number("123456789012345678901234", 1.2345678901234568e23);
    assert_number("-", 0);
}

static void a_number_ends_where_an_operator_begins(void **state)
{
    (void)state;
    quire_tokens t = tokens_of("1 0 0 1 5.5 7cm");
    for (int i = 0; i < 6; i++) {
        assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_NUMBER);
    }
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_WORD);
    assert_slice(t.slice, "cm");
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_END);
}

static void names(void **state)
{
    (void)state;
    assert_first("/F1 ", QUIRE_TOKEN_NAME, "F1");
    assert_first("/A#20B#2f", QUIRE_TOKEN_NAME, "A B/");
    assert_first("/C#zz", QUIRE_TOKEN_NAME, "C#zz");
    assert_first("/Name/Other", QUIRE_TOKEN_NAME, "Name");
    assert_first("/ x", QUIRE_TOKEN_NAME, "");
}

static void strings(void **state)
{
    (void)state;
    assert_first("(plain)", QUIRE_TOKEN_STRING, "plain");
    assert_first("(a (b) c)", QUIRE_TOKEN_STRING, "a (b) c");
    assert_first("(\\(\\)\\\\\\n\\101\\7x)", QUIRE_TOKEN_STRING, "()\\\nA\ax");
    assert_first("(one\\\r\ntwo\rthree)", QUIRE_TOKEN_STRING, "onetwo\nthree");
    assert_first("(\\q)", QUIRE_TOKEN_STRING, "q");
    assert_first("(no end", QUIRE_TOKEN_STRING, "no end");
    assert_first("()", QUIRE_TOKEN_STRING, "");
    assert_first("<48 65 6c6C6f>", QUIRE_TOKEN_STRING, "Hello");
    assert_first("<414>", QUIRE_TOKEN_STRING, "A@");
    assert_first("<41", QUIRE_TOKEN_STRING, "A");
}

static void a_plain_string_is_not_copied(void **state)
{
    (void)state;
    const char *text = "(plain)";
    quire_tokens t = tokens_of(text);
    quire_tokens_next(&t);
    assert_ptr_equal(t.slice.data, text + 1);
    assert_int_equal(pool.count, 0);
}

static void brackets_comments_and_strays(void **state)
{
    (void)state;
    quire_tokens t = tokens_of("% note ( [\r[ ] << >> ) } { > T*");
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_ARRAY_BEGIN);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_ARRAY_END);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_DICTIONARY_BEGIN);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_DICTIONARY_END);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_WORD);
    assert_slice(t.slice, "T*");
}

static void skipping_ends_at_its_own_bracket(void **state)
{
    (void)state;
    quire_tokens t = tokens_of("<< /A << /B (>>) >> /C [1] >> after");
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_DICTIONARY_BEGIN);
    quire_tokens_skip(&t, QUIRE_TOKEN_DICTIONARY_BEGIN);
    assert_int_equal(quire_tokens_next(&t), QUIRE_TOKEN_WORD);
    assert_slice(t.slice, "after");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(numbers),
        cmocka_unit_test(a_number_ends_where_an_operator_begins),
        cmocka_unit_test(names),
        cmocka_unit_test(strings),
        cmocka_unit_test(a_plain_string_is_not_copied),
        cmocka_unit_test(brackets_comments_and_strays),
        cmocka_unit_test(skipping_ends_at_its_own_bracket),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    quire_array_clear(&pool);
    return failed;
}
