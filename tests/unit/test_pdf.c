/* The PDF parser as a whole: bids, passwords, damage, annotations and links on displayed pages. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "parsers/parser.h"
#include "tests/support/small_pdf.h"

/* A document opened through the parser's table, and one page of it. */
typedef struct opened {
    small_pdf pdf;
    const quire_parser *parser;
    quire_reader *reader;
    quire_arena *arena;
    quire_page page;
    quire_error error;
    quire_status status;
    GString *issues;
} opened;

static void note(void *user, const quire_issue *issue)
{
    g_string_append_printf(user, "%s:%d:%d ", issue->code, issue->severity, issue->page);
}

static void open_bytes(opened *o, quire_bytes file, const char *password)
{
    o->issues = g_string_new(NULL);
    o->arena = quire_arena_new(0);
    quire_parse_options options = {.password = password, .user = o->issues, .on_issue = note};
    o->parser = quire_parser_find(file);
    assert_non_null(o->parser);
    o->status = o->parser->open(file, &options, &o->reader, &o->error);
    assert_int_equal(o->reader != NULL, o->status == QUIRE_OK);
}

static void close_all(opened *o)
{
    o->parser->close(o->reader);
    quire_arena_free(o->arena);
    g_string_free(o->issues, TRUE);
    if (o->pdf.bytes)
        small_pdf_clear(&o->pdf);
}

/* The text of all glyphs of page `number`. */
static const char *text_of(opened *o, int number)
{
    GString *text = g_string_new(NULL);
    o->parser->parse_page(o->reader, number, o->arena, &o->page);
    for (size_t i = 0; i < o->page.glyph_count; i++) {
        quire_text t = quire_glyph_text(&o->page, &o->page.glyphs[i]);
        g_string_append_len(text, t.data, (gssize)t.size);
    }
    const char *kept = quire_arena_text(o->arena, text->str, text->len);
    g_string_free(text, TRUE);
    return kept;
}

/* ---- bids ---- */

static int bid(const char *text)
{
    return quire_parser_at(0)->probe((quire_bytes){(const uint8_t *)text, strlen(text)});
}

static void the_signature_makes_certain(void **state)
{
    (void)state;
    char late[1100];
    assert_in_range(bid("%PDF-1.7\n"), 90, 100);
    assert_in_range(bid("junk before\n%PDF-1.7\n"), 90, 100);
    assert_in_range(bid("garbage\n12 0 obj\n<< >>"), 1, 50);
    assert_int_equal(bid("A text that is only named .pdf; it has objects, 3 of 4 obj"), 0);
    assert_int_equal(bid(""), 0);
    memset(late, ' ', sizeof late);
    memcpy(late + 1050, "%PDF-1.7", 9);
    assert_int_equal(bid(late), 0);
    assert_null(quire_parser_find((quire_bytes){(const uint8_t *)"text", 4}));
}

/* ---- annotations ---- */

enum { FONT = 4, CONTENT = 5, FIRST_ANNOTATION = 10 };

/* One page with `page_keys` and these annotations; objects 30 and on are appearance streams. */
static void open_page(opened *o, const char *page_keys, const char *const *annotations)
{
    *o = (opened){.pdf = small_pdf_begin("1.7")};
    GString *list = g_string_new(NULL);
    small_pdf_object(&o->pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&o->pdf, 2, "<< /Type /Pages /Count 1 /Kids [3 0 R] >>");
    small_pdf_object(&o->pdf, FONT, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    small_pdf_content(&o->pdf, CONTENT, "BT /F 10 Tf 20 30 Td (own) Tj ET");
    for (int i = 0; annotations[i]; i++) {
        small_pdf_object(&o->pdf, FIRST_ANNOTATION + i, "<< /Type /Annot %s >>", annotations[i]);
        g_string_append_printf(list, "%d 0 R ", FIRST_ANNOTATION + i);
    }
    static const char *const drawn[] = {"on", "off", "note"};
    for (int i = 0; i < 3; i++) {
        char *content = g_strdup_printf("BT /F 10 Tf 2 2 Td (%s) Tj ET", drawn[i]);
        small_pdf_stream(&o->pdf, 30 + i,
                         "/Type /XObject /Subtype /Form /BBox [0 0 50 20] "
                         "/Resources << /Font << /F 4 0 R >> >>",
                         content, strlen(content));
        g_free(content);
    }
    small_pdf_object(&o->pdf, 3,
                     "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 300] /Contents 5 0 R "
                     "/Resources << /Font << /F 4 0 R >> >> /Annots [%s] %s >>",
                     list->str, page_keys);
    g_string_free(list, TRUE);
    open_bytes(o, small_pdf_end(&o->pdf, "/Root 1 0 R"), NULL);
    assert_int_equal(o->status, QUIRE_OK);
}

static void what_a_form_field_shows_is_text(void **state)
{
    (void)state;
    static const struct {
        const char *annotation, *text;
    } cases[] = {
        {"/Subtype /Widget /Rect [50 50 100 70] /AP << /N 30 0 R >>", "ownon"},
        {"/Subtype /Widget /Rect [50 50 100 70] /AS /Yes /AP << /N << /Yes 30 0 R /Off 31 0 R >> "
         ">>",
         "ownon"},
        {"/Subtype /Widget /Rect [50 50 100 70] /AS /Off /AP << /N << /Yes 30 0 R /Off 31 0 R >> "
         ">>",
         "ownoff"},
        {"/Subtype /Widget /Rect [50 50 100 70] /F 2 /AP << /N 30 0 R >>", "own"},
        {"/Subtype /Widget /Rect [50 50 100 70] /F 32 /AP << /N 30 0 R >>", "own"},
        {"/Subtype /Popup /Rect [50 50 100 70] /AP << /N 30 0 R >>", "own"},
        {"/Subtype /Widget /Rect [50 50 100 70] /AP << /N << /Yes 30 0 R >> >>", "own"},
        {"/Subtype /Widget /Rect [50 50 100 70] /AP << /N 99 0 R >>", "own"},
        {"/Subtype /Widget /Rect [50 50] /AP << /N 30 0 R >>", "own"},
        {"/Subtype /FreeText /Rect [50 50 100 70] /Contents (note) /AP << /N 32 0 R >>", "ownnote"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *const annotations[] = {cases[i].annotation, NULL};
        opened o;
        open_page(&o, "", annotations);
        if (strcmp(text_of(&o, 1), cases[i].text) != 0)
            fail_msg("%s: %s", cases[i].annotation, text_of(&o, 1));
        for (size_t k = 0; k < o.page.glyph_count; k++)
            assert_int_equal((o.page.glyphs[k].flags & QUIRE_GLYPH_ANNOTATION) != 0, k >= 3);
        close_all(&o);
    }
}

static void notes_are_listed_with_their_author(void **state)
{
    (void)state;
    static const char *const annotations[] = {
        "/Subtype /Highlight /Rect [10 20 110 40] /Contents (first\\nsecond) /T (Ada)",
        "/Subtype /Text /Rect [10 20 10 20] /F 2",
        "/Subtype /Popup /Rect [0 0 10 10] /Contents (twice)",
        "/Subtype /Link /Rect [0 0 10 10]",
        "/Subtype /Stamp",
        "/Rect [0 0 10 10]",
        NULL};
    opened o;
    open_page(&o, "", annotations);
    text_of(&o, 1);
    assert_int_equal(o.page.annotation_count, 2);
    const quire_annotation *a = o.page.annotations;
    assert_string_equal(a[0].subtype, "Highlight");
    assert_string_equal(a[0].contents, "first\nsecond");
    assert_string_equal(a[0].author, "Ada");
    assert_false(a[0].hidden);
    assert_float_equal(a[0].box.x0, 10, 1e-4);
    assert_float_equal(a[0].box.y0, 260, 1e-4);
    assert_float_equal(a[0].box.x1, 110, 1e-4);
    assert_float_equal(a[0].box.y1, 280, 1e-4);
    assert_string_equal(a[1].subtype, "Text");
    assert_true(a[1].hidden);
    assert_null(a[1].contents);
    close_all(&o);
}

static void assert_box(quire_box box, float x0, float y0, float x1, float y1)
{
    assert_float_equal(box.x0, x0, 1e-3);
    assert_float_equal(box.y0, y0, 1e-3);
    assert_float_equal(box.x1, x1, 1e-3);
    assert_float_equal(box.y1, y1, 1e-3);
}

/* The rectangle lies 10 to 60 from the left and 20 to 40 from the bottom of a 200 x 300 page. */
static void links_stand_where_they_are_displayed(void **state)
{
    (void)state;
    static const struct {
        const char *page_keys;
        quire_box box;
        float width, height, y; /* of the target, 30 from the left and 250 from the bottom */
    } cases[] = {
        {"", {10, 260, 60, 280}, 200, 300, 50},
        {"/Rotate 90", {20, 10, 40, 60}, 300, 200, 30},
        {"/Rotate 180", {140, 20, 190, 40}, 200, 300, 250},
        {"/Rotate 270", {260, 140, 280, 190}, 300, 200, 170},
        {"/CropBox [5 10 105 260]", {5, 220, 55, 240}, 100, 250, 10},
        {"/CropBox [5 10 105 260] /Rotate 90", {10, 5, 30, 55}, 250, 100, 25},
        {"/UserUnit 2", {20, 520, 120, 560}, 400, 600, 100},
    };
    static const char *const annotations[] = {
        "/Subtype /Link /Rect [60 40 10 20] /Dest [3 0 R /XYZ 30 250 0]", NULL};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o;
        open_page(&o, cases[i].page_keys, annotations);
        text_of(&o, 1);
        assert_float_equal(o.page.width, cases[i].width, 1e-3);
        assert_float_equal(o.page.height, cases[i].height, 1e-3);
        assert_int_equal(o.page.link_count, 1);
        const quire_box *box = &cases[i].box;
        assert_box(o.page.links[0].box, box->x0, box->y0, box->x1, box->y1);
        assert_int_equal(o.page.links[0].page, 1);
        assert_null(o.page.links[0].uri);
        assert_float_equal(o.page.links[0].y, cases[i].y, 1e-3);
        close_all(&o);
    }
}

static void a_link_over_two_lines_is_two(void **state)
{
    (void)state;
    static const char *const annotations[] = {
        "/Subtype /Link /Rect [10 10 100 50] /A << /S /URI /URI (https://example.org/) >> "
        "/QuadPoints [60 50 100 50 60 30 100 30 10 30 50 30 10 10 50 10 "
        "500 500 510 500 500 510 510 510]",
        "/Subtype /Link /Rect [10 10 100 50] /F 2 /A << /S /URI /URI (https://hidden) >>",
        "/Subtype /Link /Rect [10 10 100 50] /A << /S /Named /N /NextPage >>", NULL};
    opened o;
    open_page(&o, "", annotations);
    text_of(&o, 1);
    assert_int_equal(o.page.link_count, 2);
    assert_box(o.page.links[0].box, 60, 250, 100, 270);
    assert_box(o.page.links[1].box, 10, 270, 50, 290);
    assert_string_equal(o.page.links[0].uri, "https://example.org/");
    close_all(&o);
}

/* ---- pages ---- */

static void pages_carry_labels_and_bad_ones_say_why(void **state)
{
    (void)state;
    opened o = {.pdf = small_pdf_begin("1.7")};
    small_pdf_object(&o.pdf, 1,
                     "<< /Type /Catalog /Pages 2 0 R "
                     "/PageLabels << /Nums [0 << /S /r >>] >> >>");
    small_pdf_object(&o.pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R 9 0 R] >>");
    small_pdf_object(&o.pdf, 3, "<< /Type /Page /Parent 2 0 R >>");
    open_bytes(&o, small_pdf_end(&o.pdf, "/Root 1 0 R"), NULL);
    assert_int_equal(o.parser->facts(o.reader)->page_count, 2);
    assert_int_equal(o.parser->parse_page(o.reader, 1, o.arena, &o.page), QUIRE_OK);
    assert_string_equal(o.page.label, "i");
    assert_int_equal(o.parser->parse_page(o.reader, 2, o.arena, &o.page), QUIRE_MALFORMED);
    assert_int_equal(o.page.number, 2);
    assert_non_null(strstr(o.page.message, "lost"));
    assert_int_equal(o.parser->parse_page(o.reader, 3, o.arena, &o.page), QUIRE_MALFORMED);
    close_all(&o);
}

/* ---- damage ---- */

static void add_three_pages(small_pdf *pdf)
{
    small_pdf_object(pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(pdf, 2,
                     "<< /Type /Pages /Count 3 /Kids [3 0 R 4 0 R 5 0 R] "
                     "/Resources << /Font << /F 6 0 R >> >> >>");
    small_pdf_object(pdf, 6, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
    for (int i = 0; i < 3; i++) {
        char content[64];
        g_snprintf(content, sizeof content, "BT /F 10 Tf 20 30 Td (page %d) Tj (and more) Tj ET",
                   i + 1);
        small_pdf_object(pdf, 3 + i, "<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>", 7 + i);
        small_pdf_content(pdf, 7 + i, content);
    }
}

static void a_cut_file_gives_what_is_left(void **state)
{
    (void)state;
    opened o = {.pdf = small_pdf_begin("1.7")};
    add_three_pages(&o.pdf);
    const char *cut = strstr(strstr(o.pdf.bytes->str, "page 2"), "and more");
    open_bytes(
        &o, (quire_bytes){(const uint8_t *)o.pdf.bytes->str, (size_t)(cut - o.pdf.bytes->str) + 3},
        NULL);
    assert_int_equal(o.status, QUIRE_OK);
    const quire_facts *facts = o.parser->facts(o.reader);
    assert_true(facts->recovered);
    assert_int_equal(facts->page_count, 3);
    assert_string_equal(text_of(&o, 1), "page 1and more");
    assert_string_equal(text_of(&o, 2), "page 2");
    text_of(&o, 3);
    assert_int_equal(o.page.status, QUIRE_MALFORMED);
    assert_non_null(strstr(o.issues->str, "recovered:2:0"));
    close_all(&o);
}

/* A page set in font 6, which reads as `font` (NULL: lost), in a file without its end. */
static void open_without_end(opened *o, const char *font, const char *shown)
{
    *o = (opened){.pdf = small_pdf_begin("1.7")};
    char *content = g_strdup_printf("BT /F 10 Tf 20 30 Td %s Tj ET", shown);
    small_pdf_object(&o->pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&o->pdf, 2,
                     "<< /Type /Pages /Count 1 /Kids [3 0 R] "
                     "/Resources << /Font << /F 6 0 R >> >> >>");
    small_pdf_object(&o->pdf, 3, "<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>");
    small_pdf_content(&o->pdf, 4, content);
    if (font)
        small_pdf_object(&o->pdf, 6, "<< /Type /Font /BaseFont /ABCDEF+Some %s >>", font);
    small_pdf_object(&o->pdf, 7,
                     "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /ABCDEF+Some "
                     "/CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) "
                     "/Supplement 0 >> /FontDescriptor 99 0 R >>");
    open_bytes(o, (quire_bytes){(const uint8_t *)o->pdf.bytes->str, o->pdf.bytes->len}, NULL);
    assert_int_equal(o->status, QUIRE_OK);
    g_free(content);
}

static void lost_fonts_give_their_letters_or_none(void **state)
{
    (void)state;
    static const char sentence[] = "The miller went up the hill to see whether the wind had turned";
    static const char latin[] = "(The miller went up the hill to see whether the wind had turned)";
    static const char garbled[] = "(=W*ZM70LM*O0L60O8@6 OLBPO 70WX BJLBLO XBO BPOXPL LBMM=WZ LB)";
    static const char low[] = "(\001\002\003\004\005\002\006\007)";
    static const char type0[] = "/Subtype /Type0 /Encoding /Identity-H /DescendantFonts [7 0 R] "
                                "/ToUnicode 98 0 R";
    char *glyph_order = g_strdup("<"), *scattered = g_strdup("<");
    for (size_t i = 0; i + 1 < sizeof sentence; i++) {
        char *next = g_strdup_printf("%s%04x", glyph_order, sentence[i] - 29);
        g_free(glyph_order);
        glyph_order = next;
        next = g_strdup_printf("%s%04x", scattered, 300 + 7 * sentence[i]);
        g_free(scattered);
        scattered = next;
    }
    char *in_order = g_strconcat(glyph_order, ">", NULL);
    char *in_disorder = g_strconcat(scattered, ">", NULL);
    const struct {
        const char *font, *shown, *text;
        bool guessed;
    } cases[] = {
        {NULL, latin, sentence, true},
        {NULL, garbled, "", false},
        {NULL, low, "", false},
        {"/Subtype /Type1 /Encoding /WinAnsiEncoding", latin, sentence, false},
        {"/Subtype /TrueType /Encoding /WinAnsiEncoding /ToUnicode 98 0 R", latin, sentence, true},
        {"/Subtype /TrueType /Encoding /WinAnsiEncoding /ToUnicode 98 0 R", garbled, "", false},
        {"/Subtype /Type1 /FontDescriptor 99 0 R", garbled, "", false},
        {"/Subtype /Type1 /Encoding 99 0 R", latin, sentence, true},
        {type0, in_order, sentence, true},
        {type0, in_disorder, "", false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o;
        open_without_end(&o, cases[i].font, cases[i].shown);
        if (strcmp(text_of(&o, 1), cases[i].text) != 0)
            fail_msg("case %zu: %s", i, text_of(&o, 1));
        for (size_t k = 0; k < o.page.glyph_count && *cases[i].text; k++)
            assert_int_equal(o.page.glyphs[k].source == QUIRE_UNICODE_GUESSED, cases[i].guessed);
        bool told = strstr(o.issues->str, "fonts_lost:2:0") != NULL;
        assert_int_equal(told, !*cases[i].text);
        close_all(&o);
    }
    g_free(glyph_order);
    g_free(scattered);
    g_free(in_order);
    g_free(in_disorder);
}

static void a_wrong_offset_costs_nothing(void **state)
{
    (void)state;
    opened o = {.pdf = small_pdf_begin("1.7")};
    add_three_pages(&o.pdf);
    for (int i = 1; i < 10; i++)
        o.pdf.offsets[i] += 7;
    open_bytes(&o, small_pdf_end(&o.pdf, "/Root 1 0 R"), NULL);
    assert_int_equal(o.status, QUIRE_OK);
    assert_false(o.parser->facts(o.reader)->recovered);
    assert_string_equal(text_of(&o, 3), "page 3and more");
    assert_non_null(strstr(o.issues->str, "repaired:1:0"));
    close_all(&o);
}

static void what_is_no_pdf_is_refused_in_one_line(void **state)
{
    (void)state;
    static const struct {
        const char *file, *message;
    } cases[] = {
        {"%PDF-1.7", "no object of a PDF"},
        {"%PDF-1.7\nplain text goes on\n", "no object of a PDF"},
        {"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\n", "no page"},
        {"%PDF-1.7\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Kids [2 0 R] "
         ">> endobj trailer << /Root 1 0 R >>",
         "no page"},
        {"%PDF-1.7\n9 0 obj << /Filter /Standard /V 2 /R 3 /O (o) /U (u) /P -4 >> endobj\n"
         "3 0 obj << /Type /Page >> endobj\n",
         "encrypted and cut off"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        opened o = {0};
        open_bytes(&o, (quire_bytes){(const uint8_t *)cases[i].file, strlen(cases[i].file)}, NULL);
        assert_int_equal(o.status, QUIRE_MALFORMED);
        assert_int_equal(o.error.status, QUIRE_MALFORMED);
        assert_non_null(strstr(o.error.message, cases[i].message));
        assert_null(strchr(o.error.message, '\n'));
        close_all(&o);
    }
}

/* ---- passwords ---- */

static quire_status status_of_locked(const char *name, const char *password, const char **message)
{
    static quire_error error;
    char *path = g_build_filename(SOURCE_DIR, "corpus/documents", name, NULL);
    quire_file file;
    assert_int_equal(quire_file_open(&file, path, 0, NULL), QUIRE_OK);
    opened o = {0};
    open_bytes(&o, file.bytes, password);
    quire_status status = o.status;
    error = o.error;
    if (status == QUIRE_OK) {
        assert_true(o.parser->facts(o.reader)->encrypted);
        assert_true(strlen(text_of(&o, 1)) > 100);
    }
    close_all(&o);
    quire_file_close(&file);
    g_free(path);
    *message = error.message;
    return status;
}

static void passwords_open_and_wrong_ones_are_told_from_none(void **state)
{
    (void)state;
    static const char *const locked[][2] = {{"encrypted-user-rc4.pdf", "oak"},
                                            {"encrypted-user-aes128.pdf", "elm"},
                                            {"encrypted-user-aes256.pdf", "linden tree"}};
    const char *message;
    for (size_t i = 0; i < sizeof locked / sizeof *locked; i++) {
        const char *name = locked[i][0];
        assert_int_equal(status_of_locked(name, NULL, &message), QUIRE_ENCRYPTED);
        assert_non_null(strstr(message, "--password"));
        assert_int_equal(status_of_locked(name, "not this one", &message), QUIRE_ENCRYPTED);
        assert_non_null(strstr(message, "wrong"));
        assert_int_equal(status_of_locked(name, locked[i][1], &message), QUIRE_OK);
        assert_int_equal(status_of_locked(name, "owner", &message), QUIRE_OK);
    }
    assert_int_equal(status_of_locked("encrypted-owner-aes256.pdf", NULL, &message), QUIRE_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_signature_makes_certain),
        cmocka_unit_test(what_a_form_field_shows_is_text),
        cmocka_unit_test(notes_are_listed_with_their_author),
        cmocka_unit_test(links_stand_where_they_are_displayed),
        cmocka_unit_test(a_link_over_two_lines_is_two),
        cmocka_unit_test(pages_carry_labels_and_bad_ones_say_why),
        cmocka_unit_test(a_cut_file_gives_what_is_left),
        cmocka_unit_test(lost_fonts_give_their_letters_or_none),
        cmocka_unit_test(a_wrong_offset_costs_nothing),
        cmocka_unit_test(what_is_no_pdf_is_refused_in_one_line),
        cmocka_unit_test(passwords_open_and_wrong_ones_are_told_from_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
