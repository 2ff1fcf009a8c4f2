/* core/: arenas, arrays, JSON, UTF-8, PDF text strings, direction, atomic files. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "core/core.h"

static void arena_hands_out_zeroed_memory_again_after_reset(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    quire_arena_mark mark = quire_arena_position(arena);
    char *first = quire_arena_take(arena, 1000);
    memset(first, 'x', 1000);
    quire_arena_reset(arena, mark);
    char *again = quire_arena_take(arena, 1000);
    assert_ptr_equal(first, again);
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(again[i], 0);
    }
    quire_arena_free(arena);
}

static void arena_stops_at_its_ceiling(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(1 << 20);
    assert_null(quire_arena_take(arena, 2 << 20));
    size_t taken = 0;
    while (quire_arena_take(arena, 1000)) {
        taken += 1000;
    }
    assert_in_range(taken, 1000, 1 << 20);
    assert_null(quire_arena_take_array(arena, SIZE_MAX / 2, 3));
    quire_arena_free(arena);
}

static void array_refuses_beyond_its_ceiling(void **state)
{
    (void)state;
    QUIRE_ARRAY(int) numbers = {.ceiling = 100};
    for (int i = 0; i < 100; i++) {
        *quire_array_push(&numbers) = i;
    }
    assert_false(numbers.full);
    assert_null(quire_array_push(&numbers));
    assert_true(numbers.full);
    assert_int_equal(numbers.items[99], 99);
    quire_array_clear(&numbers);
}

static void first_failure_wins_and_stays_on_one_line(void **state)
{
    (void)state;
    quire_error error = {0};
    quire_fail(&error, QUIRE_IO, "open", 3, "a\nb %d", 1);
    quire_fail(&error, QUIRE_INTERNAL, "later", 4, "c");
    assert_int_equal(error.status, QUIRE_IO);
    assert_int_equal(error.page, 3);
    assert_string_equal(error.message, "a b 1");
}

static void assert_json(quire_sink *sink, const char *expected)
{
    quire_bytes bytes = quire_sink_bytes(sink);
    assert_int_equal(bytes.size, strlen(expected));
    assert_memory_equal(bytes.data, expected, bytes.size);
    quire_sink_free(sink);
}

static void json_escapes_and_mends_strings(void **state)
{
    (void)state;
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_json_begin_object(&json);
    quire_json_pair_string(&json, "a", QUIRE_TEXT("\"\\\n\x01 \xC3\xA9 \xFF \xE2\x82"));
    quire_json_key(&json, "b");
    quire_json_begin_array(&json);
    quire_json_bool(&json, true);
    quire_json_null(&json);
    quire_json_end_array(&json);
    quire_json_end_object(&json);
    assert_json(sink,
                "{\"a\":\"\\\"\\\\\\n\\u0001 \xC3\xA9 \xEF\xBF\xBD \xEF\xBF\xBD\xEF\xBF\xBD\","
                "\"b\":[true,null]}");
}

static void json_numbers_are_short_and_exact(void **state)
{
    (void)state;
    static const double values[] = {0, 1, -1.5, 12.346, 0.006, -0.001, 100, 3.10, 1e20};
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_json_begin_array(&json);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        quire_json_number(&json, values[i], 2);
    }
    quire_json_integer(&json, INT64_MIN);
    quire_json_end_array(&json);
    assert_json(sink, "[0,1,-1.5,12.35,0.01,0,100,3.1,null,-9223372036854775808]");
}

static void json_indents_all_but_flat_levels(void **state)
{
    (void)state;
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 1);
    quire_json_begin_object(&json);
    quire_json_key(&json, "box");
    quire_json_begin_flat_array(&json);
    quire_json_integer(&json, 1);
    quire_json_integer(&json, 2);
    quire_json_end_array(&json);
    quire_json_key(&json, "none");
    quire_json_begin_object(&json);
    quire_json_end_object(&json);
    quire_json_end_object(&json);
    assert_json(sink, "{\n \"box\": [1, 2],\n \"none\": {}\n}");
}

static void utf8_refuses_what_rfc_3629_refuses(void **state)
{
    (void)state;
    static const char *const bad[] = {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\x80",
                                      "\xE2\x82"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        size_t at = 0;
        assert_int_equal(quire_utf8_next(bad[i], strlen(bad[i]), &at), QUIRE_REPLACEMENT);
        assert_int_equal(at, 1);
    }
}

static void utf8_goes_round(void **state)
{
    (void)state;
    static const uint32_t points[] = {1, 0x7F, 0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF};
    for (size_t i = 0; i < sizeof points / sizeof *points; i++) {
        char out[4];
        size_t size = quire_utf8_put(points[i], out), at = 0;
        assert_int_equal(quire_utf8_next(out, size, &at), points[i]);
        assert_int_equal(at, size);
    }
}

static void assert_text(quire_text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void pdf_text_strings_in_all_their_encodings(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
#define PDF_TEXT(bytes) quire_text_from_pdf(arena, (const uint8_t *)(bytes), sizeof(bytes) - 1)
    assert_text(PDF_TEXT("caf\xE9 \x85"), "caf\xC3\xA9 \xE2\x80\x93");
    assert_text(PDF_TEXT("\xFE\xFF\0H\xD8\x3D\xDE\0"), "H\xF0\x9F\x98\x80");
    assert_text(PDF_TEXT("\xFF\xFEH\0i\0"), "Hi");
    assert_text(PDF_TEXT("\xEF\xBB\xBF\xC3\xA9"), "\xC3\xA9");
    assert_text(PDF_TEXT("\xFE\xFF\0\x1B\0d\0e\0\x1B\0J\0a"), "Ja");
    assert_text(PDF_TEXT("\xFE\xFF\0"), "");
#undef PDF_TEXT
    quire_arena_free(arena);
}

static void nfc_composes(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    assert_text(quire_text_nfc(arena, QUIRE_TEXT("e\xCC\x81")), "\xC3\xA9");
    quire_text same = QUIRE_TEXT("caf\xC3\xA9");
    assert_ptr_equal(quire_text_nfc(arena, same).data, same.data);
    assert_text(quire_text_folded(arena, QUIRE_TEXT("\xEF\xAC\x81n")), "fin");
    quire_arena_free(arena);
}

static void visual_hebrew_becomes_logical(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    /* seen from left to right: 1 2, space, gimel bet alef */
    static const uint32_t visual[] = {'1', '2', ' ', 0x5D2, 0x5D1, 0x5D0};
    int32_t order[6];
    quire_text_logical_order(arena, visual, 6, order);
    static const int32_t logical[] = {5, 4, 3, 2, 0, 1};
    assert_memory_equal(order, logical, sizeof logical);
    quire_arena_free(arena);
}

static void an_output_file_appears_only_when_it_is_whole(void **state)
{
    (void)state;
    char folder[] = "/tmp/quire-test-XXXXXX", path[64];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/out.md", folder);
    quire_error error = {0};
    quire_output_file *file = quire_output_file_open(path, &error);
    assert_non_null(file);
    assert_true(quire_output_file_write(file, "text", 4));
    assert_int_not_equal(access(path, F_OK), 0);
    assert_int_equal(quire_output_file_commit(file, &error), QUIRE_OK);

    quire_file input;
    assert_int_equal(quire_file_open(&input, path, 0, &error), QUIRE_OK);
    assert_int_equal(input.bytes.size, 4);
    quire_file_close(&input);
    assert_int_equal(quire_file_open(&input, path, 3, &error), QUIRE_LIMIT);

    quire_output_file_abandon(quire_output_file_open(path, NULL));
    unlink(path);
    assert_int_equal(rmdir(folder), 0); /* nothing else was left behind */
    assert_null(quire_output_file_open(path, NULL));
}

static void opening_a_folder_or_nothing_says_why(void **state)
{
    (void)state;
    quire_file file;
    quire_error error = {0};
    assert_int_equal(quire_file_open(&file, "/tmp", 0, &error), QUIRE_IO);
    assert_string_equal(error.message, "/tmp: Is a directory");
    quire_error_clear(&error);
    assert_int_equal(quire_file_open(&file, "/nowhere/at-all", 0, &error), QUIRE_IO);
    assert_string_equal(error.message, "/nowhere/at-all: No such file or directory");
}

static void matrices_multiply_from_left_to_right(void **state)
{
    (void)state;
    quire_matrix scale = {2, 0, 0, 3, 0, 0}, move = {1, 0, 0, 1, 10, 20};
    quire_point p = quire_matrix_apply(quire_matrix_multiply(scale, move), 1, 1);
    assert_true(p.x == 12 && p.y == 23);
    quire_matrix quarter = {0, 1, -1, 0, 0, 0};
    quire_box box = quire_matrix_apply_box(quarter, (quire_box){0, 0, 2, 1});
    assert_true(box.x0 == -1 && box.x1 == 0 && box.y0 == 0 && box.y1 == 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_hands_out_zeroed_memory_again_after_reset),
        cmocka_unit_test(arena_stops_at_its_ceiling),
        cmocka_unit_test(array_refuses_beyond_its_ceiling),
        cmocka_unit_test(first_failure_wins_and_stays_on_one_line),
        cmocka_unit_test(json_escapes_and_mends_strings),
        cmocka_unit_test(json_numbers_are_short_and_exact),
        cmocka_unit_test(json_indents_all_but_flat_levels),
        cmocka_unit_test(utf8_refuses_what_rfc_3629_refuses),
        cmocka_unit_test(utf8_goes_round),
        cmocka_unit_test(pdf_text_strings_in_all_their_encodings),
        cmocka_unit_test(nfc_composes),
        cmocka_unit_test(visual_hebrew_becomes_logical),
        cmocka_unit_test(an_output_file_appears_only_when_it_is_whole),
        cmocka_unit_test(opening_a_folder_or_nothing_says_why),
        cmocka_unit_test(matrices_multiply_from_left_to_right),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
