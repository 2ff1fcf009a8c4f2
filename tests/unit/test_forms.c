/* Fields of a PDF's own form: names, values, states, and trees that lead nowhere. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "parsers/parser.h"
#include "tests/support/small_pdf.h"

enum { FIRST_WIDGET = 10 };

typedef struct opened {
    small_pdf pdf;
    const quire_parser *parser;
    quire_reader *reader;
    quire_arena *arena;
    quire_page page;
} opened;

/* A page of widgets, objects 10 and on, and further objects, as "number << ... >>" from 30 on. */
static void open_form(opened *o, const char *const *widgets, const char *const *others)
{
    *o = (opened){.pdf = small_pdf_begin("1.7")};
    GString *list = g_string_new(NULL);
    small_pdf_object(&o->pdf, 1, "<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [] >> >>");
    small_pdf_object(&o->pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    small_pdf_content(&o->pdf, 5, "");
    for (int i = 0; widgets[i]; i++) {
        small_pdf_object(&o->pdf, FIRST_WIDGET + i,
                         "<< /Subtype /Widget /Rect [50 %d 100 %d] %s >>", 50 + 20 * i, 65 + 20 * i,
                         widgets[i]);
        g_string_append_printf(list, "%d 0 R ", FIRST_WIDGET + i);
    }
    for (int i = 0; others && others[i]; i++)
        small_pdf_object(&o->pdf, 30 + i, "%s", others[i]);
    small_pdf_object(&o->pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R "
                     "/Annots [%s] >>",
                     list->str);
    g_string_free(list, TRUE);
    quire_bytes file = small_pdf_end(&o->pdf, "/Root 1 0 R");
    o->arena = quire_arena_new(0);
    o->parser = quire_parser_find(file);
    assert_int_equal(o->parser->open(file, NULL, &o->reader, NULL), QUIRE_OK);
    assert_int_equal(o->parser->parse_page(o->reader, 1, o->arena, &o->page), QUIRE_OK);
}

static void close_form(opened *o)
{
    o->parser->close(o->reader);
    quire_arena_free(o->arena);
    small_pdf_clear(&o->pdf);
}

static void names_and_types_are_inherited(void **state)
{
    (void)state;
    static const char *const widgets[] = {"/T (city) /Parent 30 0 R /V (Bern) /MaxLen 9",
                                          "/Parent 31 0 R", NULL};
    static const char *const others[] = {"<< /T (person) /FT /Tx /Ff 2 >>",
                                         "<< /T (name) /Parent 30 0 R /V (Ida) /TU (Full name) >>",
                                         NULL};
    opened o;
    open_form(&o, widgets, others);
    const quire_page *page = &o.page;
    assert_int_equal(page->widget_count, 2);
    assert_string_equal(page->widgets[0].name, "person.city");
    assert_string_equal(page->widgets[0].value, "Bern");
    assert_int_equal(page->widgets[0].type, QUIRE_WIDGET_TEXT);
    assert_int_equal(page->widgets[0].max_length, 9);
    assert_true(page->widgets[0].flags & QUIRE_WIDGET_REQUIRED);
    assert_string_equal(page->widgets[1].name, "person.name");
    assert_string_equal(page->widgets[1].tooltip, "Full name");
    assert_string_equal(page->widgets[1].value, "Ida");
    close_form(&o);
}

static void buttons_have_states(void **state)
{
    (void)state;
    static const char *const widgets[] = {
        "/FT /Btn /T (a) /V /Yes /AS /Yes /AP << /N << /Yes null /On 9 0 R /Off 9 0 R >> >>",
        "/FT /Btn /T (b) /V /On /AS /On /AP << /N << /On 5 0 R /Off 5 0 R >> >>",
        "/FT /Btn /T (c) /V /On /AS /Off /AP << /N << /On 5 0 R /Off 5 0 R >> >>",
        "/FT /Btn /T (d) /V /On",
        "/FT /Btn /T (e)",
        "/FT /Btn /Ff 32768 /T (f) /AS /1 /Opt [(small) (large)] "
        "/AP << /N << /1 5 0 R /Off 5 0 R >> >>",
        "/FT /Btn /Ff 65536 /T (g)",
        NULL};
    static const bool selected[] = {false, true, false, true, false, true, false};
    opened o;
    open_form(&o, widgets, NULL);
    const quire_page *page = &o.page;
    assert_int_equal(page->widget_count, 7);
    for (int i = 1; i < 7; i++)
        assert_int_equal((page->widgets[i].flags & QUIRE_WIDGET_SELECTED) != 0, selected[i]);
    assert_true(page->widgets[2].flags & QUIRE_WIDGET_DISAGREES);
    assert_false(page->widgets[1].flags & QUIRE_WIDGET_DISAGREES);
    assert_string_equal(page->widgets[5].value, "large");
    assert_int_equal(page->widgets[5].type, QUIRE_WIDGET_RADIO);
    assert_int_equal(page->widgets[6].type, QUIRE_WIDGET_BUTTON);
    close_form(&o);
}

static void choices_show_their_texts(void **state)
{
    (void)state;
    static const char *const widgets[] = {
        "/FT /Ch /T (one) /V (k) /Opt [[(h) (Heron)] [(k) (Kingfisher)]]",
        "/FT /Ch /T (many) /V [(a) (b)] /Opt [(a) (b) (c)] /DV (c)", NULL};
    opened o;
    open_form(&o, widgets, NULL);
    const quire_page *page = &o.page;
    assert_string_equal(page->widgets[0].value, "Kingfisher");
    assert_string_equal(page->widgets[0].options, "Heron\nKingfisher");
    assert_string_equal(page->widgets[1].value, "a\nb");
    assert_string_equal(page->widgets[1].default_value, "c");
    close_form(&o);
}

static void values_are_sent_off_as_stated(void **state)
{
    (void)state;
    static const char *const widgets[] = {
        "/FT /Ch /T (one) /V (k) /Opt [[(h) (Heron)] [(k) (Kingfisher)]] /Ff 131072",
        "/FT /Ch /T (by place) /I [0 1] /Opt [[(h) (Heron)] [(k) (Kingfisher)]]",
        "/FT /Btn /T (box) /AS /0 /Opt [(wide)] /AP << /N << /0 5 0 R /Off 5 0 R >> >>", NULL};
    opened o;
    open_form(&o, widgets, NULL);
    const quire_page *page = &o.page;
    assert_string_equal(page->widgets[0].exported, "k");
    assert_string_equal(page->widgets[0].exported_options, "h\nk");
    assert_true(page->widgets[0].flags & QUIRE_WIDGET_COMBO);
    assert_string_equal(page->widgets[1].value, "Heron\nKingfisher");
    assert_string_equal(page->widgets[1].exported, "h\nk");
    assert_string_equal(page->widgets[2].value, "wide");
    assert_string_equal(page->widgets[2].exported, "0");
    close_form(&o);
}

static void right_to_left_begins_on_the_right(void **state)
{
    (void)state;
    static const char *const widgets[] = {"/FT /Tx /T (a) /V <FEFF05D00031003205D1>", NULL};
    static const int from_the_left[] = {3, 1, 2, 0}; /* of alef 1 2 bet */
    opened o;
    open_form(&o, widgets, NULL);
    assert_int_equal(o.page.glyph_count, 4);
    for (int i = 1; i < 4; i++)
        assert_true(o.page.glyphs[from_the_left[i - 1]].origin.x <
                    o.page.glyphs[from_the_left[i]].origin.x);
    close_form(&o);
}

static void signatures_tell_who_and_when(void **state)
{
    (void)state;
    static const char *const widgets[] = {
        "/FT /Sig /T (s) /V << /Type /Sig /Name (Ida Marsh) /M (D:20240229123000Z) >>",
        "/FT /Sig /T (t)", NULL};
    opened o;
    open_form(&o, widgets, NULL);
    const quire_page *page = &o.page;
    assert_string_equal(page->widgets[0].value, "Ida Marsh");
    assert_string_equal(page->widgets[0].signed_at, "2024-02-29T12:30:00Z");
    assert_true(page->widgets[0].flags & QUIRE_WIDGET_SELECTED);
    assert_null(page->widgets[1].value);
    assert_false(page->widgets[1].flags & QUIRE_WIDGET_SELECTED);
    close_form(&o);
}

static void what_viewers_show_is_text(void **state)
{
    (void)state;
    static const char *const widgets[] = {"/FT /Tx /T (a) /V (Ida M)",
                                          "/FT /Btn /T (b) /V /On /AS /On",
                                          "/FT /Btn /T (c)",
                                          "/FT /Tx /Ff 8192 /T (secret) /V (word)",
                                          "/FT /Tx /T (d) /V (x) /F 2",
                                          NULL};
    opened o;
    open_form(&o, widgets, NULL);
    char text[64] = "";
    for (size_t i = 0; i < o.page.glyph_count; i++) {
        const quire_glyph *glyph = &o.page.glyphs[i];
        quire_text said = quire_glyph_text(&o.page, glyph);
        strncat(text, said.data, said.size);
        assert_true(glyph->flags & QUIRE_GLYPH_ANNOTATION);
        assert_true(glyph->style < o.page.style_count);
        assert_true(o.page.styles[glyph->style].font < o.page.font_count);
    }
    assert_string_equal(text, "Ida M\u2612\u2610");
    const quire_widget *first = &o.page.widgets[0];
    for (size_t i = 0; i < 5; i++)
        assert_true(quire_box_overlaps(o.page.glyphs[i].box, first->box));
    close_form(&o);
}

static void loops_and_nonsense_end(void **state)
{
    (void)state;
    static const char *const widgets[] = {
        "/FT /Tx /T (a) /Parent 10 0 R",  "/T (b) /Parent 30 0 R",    "/FT /Nonsense /T (c)",
        "/FT /Tx /T 7 /V 8 /Parent (no)", "/FT /Ch /Opt 5 /V [[] 3]", NULL};
    static const char *const others[] = {"<< /T (up) /Parent 31 0 R /FT /Tx >>",
                                         "<< /T (down) /Parent 30 0 R >>", NULL};
    opened o;
    open_form(&o, widgets, others);
    const quire_page *page = &o.page;
    assert_int_equal(page->widget_count, 4);
    assert_non_null(page->widgets[0].name);
    assert_null(page->widgets[2].name);
    assert_null(page->widgets[2].value);
    close_form(&o);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_types_are_inherited),
        cmocka_unit_test(buttons_have_states),
        cmocka_unit_test(choices_show_their_texts),
        cmocka_unit_test(signatures_tell_who_and_when),
        cmocka_unit_test(what_viewers_show_is_text),
        cmocka_unit_test(values_are_sent_off_as_stated),
        cmocka_unit_test(right_to_left_begins_on_the_right),
        cmocka_unit_test(loops_and_nonsense_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
