/* A page survives being written as text and read back; broken text is named by its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "page/page.h"

static const char sample[] =
    "page number 3 label \"i\\\"v\" width 612 height 792.5 rotate 90\n"
    "font name \"Times-Bold\" family \"Times\" weight 700 flags 2 ascent 0.9 descent -0.217 "
    "space 0.25 object 12\n"
    "style size 9.96 rotation 90 fill ff0000ff\n"
    "tag name \"P\" mcid 4\n"
    "glyph text \"\xc3\xa4\" at 72 100.125 advance 5 0 box 72 91 77 103 code 228 tag 0 flags 2\n"
    "glyph text \"\" at 0 0 advance 0 0 box 0 0 0 0 source 5\n"
    "rule box 72 120 300 120 width 0.5 colour ff000000 order 1 horizontal 1 stroked 1\n"
    "fill box 10 10 50.5 60 colour ffeeeeee\n"
    "drawing box 1 2 3 4 segments 17 curved 1\n"
    "image box 0 0 100 100 matrix 100 0 0 -100 0 100 width 640 height 480 bits 8 object 7 "
    "filter \"DCTDecode\"\n"
    "link box 1 1 2 2 uri \"https://example.org/\"\n"
    "annotation box 1 1 2 2 subtype \"Text\" contents \"a\\x0ab\"\n"
    "widget box 3 3 9 9 type 3 flags 9 name \"a.b\" value \"x\" options \"x\\x0ay\" max_length 4 "
    "first 1 end 2\n"
    "mark box 5 5 15 15 shape 1 ink 0.25 spread 0.9 leak 0.05 sides 0.97\n"
    "barcode box 20 20 40 40 symbology \"qr_code\" text \"a\" confidence 1\n"
    "scribble box 5 50 60 70 ink 0.1 strokes 3 colour ff2030c0\n"
    "end\n";

static void comes_back_unchanged(void **state)
{
    (void)state;
    quire_arena *arena = quire_arena_new(0);
    quire_bytes bytes = {(const uint8_t *)sample, sizeof sample - 1};
    quire_page page;
    quire_error error = {0};
    assert_int_equal(quire_page_undump(&bytes, arena, &page, &error), QUIRE_OK);
    assert_int_equal(bytes.size, 0);
    assert_int_equal(page.glyph_count, 2);
    assert_string_equal(page.annotations[0].contents, "a\nb");
    assert_int_equal(page.fonts[0].weight, 700);

    quire_sink *sink = quire_sink_new_memory();
    quire_page_dump(&page, sink);
    quire_bytes written = quire_sink_bytes(sink);
    assert_int_equal(written.size, sizeof sample - 1);
    assert_memory_equal(written.data, sample, written.size);
    quire_sink_free(sink);
    quire_arena_free(arena);
}

static void a_text_line_is_one_glyph_per_character(void **state)
{
    (void)state;
    static const char text[] = "# by hand\npage number 1 width 100 height 100\n"
                               "font name \"F\"\nstyle size 10\n"
                               "text \"a b\" at 20 50\nend\n";
    quire_arena *arena = quire_arena_new(0);
    quire_bytes bytes = {(const uint8_t *)text, sizeof text - 1};
    quire_page page;
    assert_int_equal(quire_page_undump(&bytes, arena, &page, NULL), QUIRE_OK);
    assert_int_equal(page.glyph_count, 3);
    assert_true(page.glyphs[1].flags & QUIRE_GLYPH_SPACE);
    assert_true(page.glyphs[2].origin.x == 30 && page.glyphs[2].box.x1 == 35);
    quire_arena_free(arena);
}

static void broken_lines_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"page number 1\n", "line 1"},
        {"page number one\nend\n", "line 1: not a number"},
        {"page number 1\nwheel box 1 2 3 4\nend\n", "line 2: an unknown record"},
        {"page number 1\nfont nom \"x\"\nend\n", "line 2: an unknown field"},
        {"page number 1\nfont name \"x\nend\n", "line 2: a string has no end"},
        {"page number 1\nglyph style 7\nend\n", "points at nothing"},
        {"page number 1\nfont weight 70000\nend\n", "out of range"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_arena *arena = quire_arena_new(0);
        quire_bytes bytes = {(const uint8_t *)cases[i].text, strlen(cases[i].text)};
        quire_page page;
        quire_error error = {0};
        assert_int_equal(quire_page_undump(&bytes, arena, &page, &error), QUIRE_MALFORMED);
        assert_non_null(strstr(error.message, cases[i].says));
        quire_arena_free(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comes_back_unchanged),
        cmocka_unit_test(a_text_line_is_one_glyph_per_character),
        cmocka_unit_test(broken_lines_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
