/* Hostile content ends with a status and what was read until then, in bounded time and memory. */
#include <zlib.h>

#include "tests/support/content_pdf.h"

/* Every content starts with a glyph that must be kept. */
#define KEPT "BT /F1 10 Tf 10 100 Td (k) Tj ET "

static void assert_limited(content_pdf *pdf, const char *message)
{
    assert_int_equal(pdf->page.status, QUIRE_LIMIT);
    if (!strstr(pdf->page.message, message)) {
        fail_msg("'%s' does not tell of '%s'", pdf->page.message, message);
    }
    assert_glyph_text(&pdf->page, 0, "k");
}

/* `unit` again and again behind KEPT, deflated. */
static GByteArray *deflated(const char *unit, size_t times)
{
    GByteArray *out = g_byte_array_new();
    z_stream z = {0};
    uint8_t buffer[65536];
    size_t length = strlen(unit), per_piece = 1 + sizeof buffer / length;
    GString *piece = g_string_new(NULL);
    for (size_t i = 0; i < per_piece; i++) {
        g_string_append(piece, unit);
    }
    assert_int_equal(deflateInit(&z, 1), Z_OK);
    for (size_t done = 0;; done += per_piece) {
        bool last = done >= times;
        z.next_in = (Bytef *)(done ? piece->str : KEPT);
        z.avail_in = (uInt)(done ? piece->len : strlen(KEPT));
        int result;
        do {
            z.next_out = buffer;
            z.avail_out = sizeof buffer;
            result = deflate(&z, last ? Z_FINISH : Z_NO_FLUSH);
            g_byte_array_append(out, buffer, (guint)(sizeof buffer - z.avail_out));
        } while (z.avail_out == 0);
        if (last) {
            assert_int_equal(result, Z_STREAM_END);
            break;
        }
    }
    deflateEnd(&z);
    g_string_free(piece, TRUE);
    return out;
}

static void parse_repeated(content_pdf *pdf, const char *unit, size_t times)
{
    GByteArray *content = deflated(unit, times);
    pdf->content_keys = "/Filter /FlateDecode";
    content_pdf_parse_bytes(pdf, content->data, content->len);
    g_byte_array_free(content, TRUE);
}

static void operators_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    parse_repeated(&pdf, "n ", QUIRE_MAX_OPERATORS + 1000);
    assert_limited(&pdf, "operators");
    content_pdf_clear(&pdf);
}

static void saved_states_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    GString *content = g_string_new(KEPT);
    for (int i = 0; i < 100000; i++) {
        g_string_append(content, "q ");
    }
    for (int i = 0; i < 100000; i++) {
        g_string_append(content, "Q ");
    }
    g_string_append(content, "1 0 0 1 5 0 cm BT /F1 10 Tf (after) Tj ET");
    content_pdf_parse(&pdf, content->str);
    assert_limited(&pdf, "nested too deep");
    assert_string_equal(page_text_of(&pdf), "kafter");
    assert_close(pdf.page.glyphs[1].origin.x, 5);
    g_string_free(content, TRUE);
    content_pdf_clear(&pdf);
}

/* Form n calls form n + 1 ten times: ten to the power of nine glyphs. */
static void forms_within_forms_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    for (int level = 0; level < 9; level++) {
        g_autofree char *keys = g_strdup_printf(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << /XObject << /X %d 0 R "
            ">> /Font << /F1 4 0 R >> >>",
            11 + level);
        const char *calls = "/X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do /X Do";
        small_pdf_stream(&pdf.file, 10 + level, keys, calls, strlen(calls));
    }
    small_pdf_stream(&pdf.file, 19, "/Type /XObject /Subtype /Form /BBox [0 0 200 300]", KEPT,
                     strlen(KEPT));
    pdf.resources = "/XObject << /X 10 0 R >>";
    double start = quire_clock();
    content_pdf_parse(&pdf, KEPT "/X Do");
    assert_limited(&pdf, "too many");
    assert_true(quire_clock() - start < QUIRE_PAGE_SECONDS + 5);
    content_pdf_clear(&pdf);
}

static void a_chain_of_forms_ends(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    for (int level = 0; level < 60; level++) {
        g_autofree char *keys = g_strdup_printf(
            "/Type /XObject /Subtype /Form /BBox [0 0 200 300] /Resources << /XObject << /X %d 0 R "
            ">> >>",
            11 + level);
        small_pdf_stream(&pdf.file, 10 + level, keys, "/X Do", 5);
    }
    pdf.resources = "/XObject << /X 10 0 R >>";
    content_pdf_parse(&pdf, KEPT "/X Do");
    assert_limited(&pdf, "forms nested too deep");
    content_pdf_clear(&pdf);
}

static void inflated_bytes_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    parse_repeated(&pdf, "                                ", QUIRE_MAX_STREAM_BYTES / 32 + 9999);
    assert_limited(&pdf, "too large");
    content_pdf_clear(&pdf);
}

static void glyphs_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    parse_repeated(&pdf, "BT /F1 1 Tf (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa) Tj ET ",
                   QUIRE_MAX_GLYPHS / 50 + 100);
    assert_limited(&pdf, "glyphs");
    assert_int_equal(pdf.page.glyph_count, QUIRE_MAX_GLYPHS);
    content_pdf_clear(&pdf);
}

static void shapes_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    parse_repeated(&pdf, "0 0 200 300 re f 5 5 100 100 re f ", QUIRE_MAX_SHAPES / 2 + 100);
    assert_int_equal(pdf.page.status, QUIRE_LIMIT);
    assert_true(pdf.page.fill_count > 0 && pdf.page.fill_count <= QUIRE_MAX_SHAPES);
    content_pdf_clear(&pdf);
}

static void path_points_end(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    parse_repeated(&pdf, "1 1 m 2 3 l ", QUIRE_MAX_PATH_POINTS / 2 + 100);
    assert_limited(&pdf, "path points");
    content_pdf_clear(&pdf);
}

static void time_ends(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    pdf.options.page_timeout = 0.01;
    double start = quire_clock();
    parse_repeated(&pdf, "1 0 0 1 0 0 cm ", 4 * 1000 * 1000);
    assert_limited(&pdf, "time");
    assert_true(quire_clock() - start < 20);
    content_pdf_clear(&pdf);
}

static void a_damaged_stream_is_read_up_to_the_fault(void **state)
{
    (void)state;
    content_pdf pdf = content_pdf_begin();
    GByteArray *content = deflated("BT /F1 1 Tf (a) Tj ET ", 4000);
    memset(content->data + content->len - 20, 0xFF, 20);
    pdf.content_keys = "/Filter /FlateDecode";
    content_pdf_parse_bytes(&pdf, content->data, content->len);
    assert_glyph_text(&pdf.page, 0, "k");
    assert_true(pdf.page.glyph_count > 100);
    assert_non_null(strstr(pdf.issues->str, "damaged_stream"));
    g_byte_array_free(content, TRUE);
    content_pdf_clear(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(operators_end),
        cmocka_unit_test(saved_states_end),
        cmocka_unit_test(forms_within_forms_end),
        cmocka_unit_test(a_chain_of_forms_ends),
        cmocka_unit_test(inflated_bytes_end),
        cmocka_unit_test(glyphs_end),
        cmocka_unit_test(shapes_end),
        cmocka_unit_test(path_points_end),
        cmocka_unit_test(time_ends),
        cmocka_unit_test(a_damaged_stream_is_read_up_to_the_fault),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
