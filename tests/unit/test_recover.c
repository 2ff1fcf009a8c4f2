/* Scanning for objects, and files made whole of what is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include <cmocka.h>

#include "parsers/pdf/recover.h"
#include "tests/support/open_pdf.h"
#include "tests/support/small_pdf.h"

/* ---- syntax ---- */

static quire_bytes bytes_of(const char *text)
{
    return (quire_bytes){(const uint8_t *)text, strlen(text)};
}

static void values_end_where_they_end(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value; /* NULL: no value */
    } cases[] = {
        {" 12 0 R /Next", "12 0 R"},
        {"12 0 X", "12"},
        {"-3.5 7", "-3.5"},
        {"<< /A [1 (a(b) \\)) 2] /B <41 > >> rest", "<< /A [1 (a(b) \\)) 2] /B <41 > >>"},
        {"(a (nested) \\( one) tail", "(a (nested) \\( one)"},
        {"% comment\n /Name#20x<", "/Name#20x"},
        {"<< /A 1 endobj", NULL},
        {"[ 1 2", NULL},
        {"(never closed", NULL},
        {"]", NULL},
        {"", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        quire_syntax s = {bytes_of(cases[i].text), 0};
        quire_bytes value = {0};
        bool found = quire_syntax_value(&s, &value);
        assert_int_equal(found, cases[i].value != NULL);
        if (found) {
            assert_int_equal(value.size, strlen(cases[i].value));
            assert_memory_equal(value.data, cases[i].value, value.size);
        }
    }
}

static void keys_are_found_at_their_own_level(void **state)
{
    (void)state;
    quire_bytes d = bytes_of("<< /Inner << /Type /Wrong >> /T#79pe /Right /Kids [1 0 R 2 0 R] >>");
    quire_bytes value;
    assert_true(quire_syntax_find(d, "Type", &value));
    assert_true(quire_syntax_reads_name(value, "Right"));
    assert_true(quire_syntax_find(d, "Kids", &value));
    assert_int_equal(value.size, strlen("[1 0 R 2 0 R]"));
    assert_false(quire_syntax_find(d, "Right", &value));
}

/* ---- a document of several pages ---- */

enum { PAGES = 6 };

/* Pages 10, 12, ...; contents 11, 13 ...; tree 2, catalog 1, font 3, resources inherited. */
static void add_pages(small_pdf *pdf)
{
    for (int i = 0; i < PAGES; i++) {
        char text[64];
        snprintf(text, sizeof text, "BT /F 12 Tf 10 10 Td (page %d of the file) Tj ET", i + 1);
        small_pdf_object(pdf, 10 + 2 * i, "<< /Type /Page /Parent 2 0 R /Contents %d 0 R >>",
                         11 + 2 * i);
        small_pdf_content(pdf, 11 + 2 * i, text);
    }
}

static void add_head(small_pdf *pdf)
{
    small_pdf_object(pdf, 1, "<< /Type /Catalog /Pages 2 0 R /Lang (en) >>");
    small_pdf_object(pdf, 2,
                     "<< /Type /Pages /Count %d /MediaBox [0 0 200 100] /Resources "
                     "<< /Font << /F 3 0 R >> >> /Kids [10 0 R 12 0 R 14 0 R 16 0 R 18 0 R "
                     "20 0 R] >>",
                     PAGES);
    small_pdf_object(pdf, 3, "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>");
}

static int pages_with_content(open_pdf *open)
{
    int alive = 0;
    for (int i = 1; i <= quire_page_tree_count(open->pdf.pages); i++) {
        quire_page_source source;
        if (!quire_page_tree_find(open->pdf.pages, i, &source))
            continue;
        quire_stream_bytes bytes = {0};
        quire_object_read_stream(source.contents, 10000, &bytes);
        alive += bytes.size > 0;
        quire_stream_bytes_clear(&bytes);
    }
    return alive;
}

/* Scans, rebuilds, opens; returns pages of which some content is there. */
static int survivors_of(quire_bytes file, quire_recovery *recovery)
{
    quire_scan *scan = quire_scan_new(file);
    quire_recovery_init(recovery, scan);
    quire_scan_free(scan);
    open_pdf open;
    open_pdf_init(&open, recovery->file);
    assert_non_null(open.pdf.objects);
    assert_false(quire_objects_read_facts(open.pdf.objects).repaired);
    int alive = pages_with_content(&open);
    open_pdf_close(&open);
    return alive;
}

/* How many pages' dictionaries lie wholly, and contents at least in part, before `cut`. */
static int expected_pages(const small_pdf *pdf, size_t cut)
{
    int count = 0;
    for (int i = 0; i < PAGES; i++) {
        const char *from = pdf->bytes->str + pdf->offsets[11 + 2 * i];
        const char *content = strstr(from, "stream\n") + strlen("stream\n");
        count += (size_t)(content - pdf->bytes->str) + 1 <= cut;
    }
    return count;
}

static void truncation_costs_only_what_is_cut_off(void **state)
{
    bool head_first = *state != NULL;
    small_pdf pdf = small_pdf_begin("1.4");
    if (head_first)
        add_head(&pdf);
    add_pages(&pdf);
    if (!head_first)
        add_head(&pdf);
    quire_bytes whole = small_pdf_end(&pdf, "/Root 1 0 R");
    for (int percent = 5; percent <= 100; percent += 5) {
        quire_bytes cut = {whole.data, whole.size * (size_t)percent / 100};
        quire_recovery recovery = {0};
        assert_int_equal(survivors_of(cut, &recovery), expected_pages(&pdf, cut.size));
        quire_recovery_clear(&recovery);
    }
    small_pdf_clear(&pdf);
}

static void a_cut_stream_keeps_the_bytes_that_are_there(void **state)
{
    (void)state;
    small_pdf pdf = small_pdf_begin("1.4");
    add_head(&pdf);
    add_pages(&pdf);
    const char *within = strstr(pdf.bytes->str, "page 3 of");
    quire_bytes cut = {(const uint8_t *)pdf.bytes->str, (size_t)(within - pdf.bytes->str) + 6};
    quire_recovery recovery = {0};
    assert_int_equal(survivors_of(cut, &recovery), 3);
    assert_int_equal(recovery.streams_cut, 1);
    assert_int_equal(recovery.pages_lost, 3);
    assert_true(recovery.trailer_lost);
    open_pdf open;
    open_pdf_init(&open, recovery.file);
    quire_page_source source;
    assert_true(quire_page_tree_find(open.pdf.pages, 3, &source));
    quire_stream_bytes bytes = {0};
    assert_true(quire_object_read_stream(source.contents, 10000, &bytes));
    assert_int_equal(bytes.size, strlen("BT /F 12 Tf 10 10 Td (page 3"));
    assert_memory_equal(bytes.data, "BT /F 12 Tf 10 10 Td (page 3", bytes.size);
    assert_non_null(source.resources);
    quire_stream_bytes_clear(&bytes);
    open_pdf_close(&open);
    quire_recovery_clear(&recovery);
    small_pdf_clear(&pdf);
}

/* ---- lost pieces ---- */

static void hide(small_pdf *pdf, const char *what)
{
    char *at = strstr(pdf->bytes->str, what);
    assert_non_null(at);
    memset(at, 'x', strlen(what));
}

static void lost_nodes_are_made_anew(void **state)
{
    (void)state;
    static const struct {
        const char *hidden; /* so that the object is no longer found */
        bool resources; /* still to be found */
    } cases[] = {
        {"1 0 obj\n<< /Type /Catalog", true},
        {"2 0 obj\n<< /Type /Pages", false},
        {"xref\n0 ", true},
        {"%PDF-1.4\n", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        small_pdf pdf = small_pdf_begin("1.4");
        add_head(&pdf);
        add_pages(&pdf);
        quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
        hide(&pdf, cases[i].hidden);
        quire_recovery recovery = {0};
        assert_int_equal(survivors_of(file, &recovery), PAGES);
        open_pdf open;
        open_pdf_init(&open, recovery.file);
        quire_page_source source;
        assert_true(quire_page_tree_find(open.pdf.pages, PAGES, &source));
        assert_int_equal(source.object, 10 + 2 * (PAGES - 1));
        assert_int_equal(source.resources != NULL, cases[i].resources);
        open_pdf_close(&open);
        quire_recovery_clear(&recovery);
        small_pdf_clear(&pdf);
    }
}

/* Root 2 lists 4 and 5; 4 is lost, but its pages name it: they come before those of 5. */
static void a_lost_branch_goes_back_to_its_place(void **state)
{
    (void)state;
    small_pdf pdf = small_pdf_begin("1.4");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 3 /Kids [4 0 R 5 0 R] >>");
    small_pdf_object(&pdf, 5, "<< /Type /Pages /Parent 2 0 R /Count 1 /Kids [6 0 R] >>");
    small_pdf_object(&pdf, 6, "<< /Type /Page /Parent 5 0 R >>");
    small_pdf_object(&pdf, 7, "<< /Type /Page /Parent 4 0 R >>");
    small_pdf_object(&pdf, 8, "<< /Type /Page /Parent 4 0 R >>");
    quire_bytes file = {(const uint8_t *)pdf.bytes->str, pdf.bytes->len};
    quire_recovery recovery = {0};
    survivors_of(file, &recovery);
    assert_int_equal(recovery.pages, 3);
    assert_int_equal(recovery.pages_lost, 0);
    open_pdf open;
    open_pdf_init(&open, recovery.file);
    int order[3] = {7, 8, 6};
    for (int i = 0; i < 3; i++) {
        quire_page_source source;
        assert_true(quire_page_tree_find(open.pdf.pages, i + 1, &source));
        assert_int_equal(source.object, order[i]);
    }
    open_pdf_close(&open);
    quire_recovery_clear(&recovery);
    small_pdf_clear(&pdf);
}

static void pages_taken_out_by_a_revision_stay_out(void **state)
{
    (void)state;
    small_pdf pdf = small_pdf_begin("1.4");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 2 /Kids [3 0 R 4 0 R] >>");
    small_pdf_object(&pdf, 3, "<< /Type /Page /Parent 2 0 R >>");
    small_pdf_object(&pdf, 4, "<< /Type /Page /Parent 2 0 R >>");
    small_pdf_object(&pdf, 2, "<< /Type /Pages /Count 1 /Kids [4 0 R] >>");
    quire_bytes file = {(const uint8_t *)pdf.bytes->str, pdf.bytes->len};
    quire_recovery recovery = {0};
    survivors_of(file, &recovery);
    assert_int_equal(recovery.pages, 1);
    quire_recovery_clear(&recovery);
    small_pdf_clear(&pdf);
}

/* ---- object streams ---- */

static GByteArray *deflated(const char *text)
{
    uLongf size = compressBound(strlen(text));
    GByteArray *out = g_byte_array_sized_new((guint)size);
    g_byte_array_set_size(out, (guint)size);
    assert_int_equal(compress(out->data, &size, (const Bytef *)text, strlen(text)), Z_OK);
    g_byte_array_set_size(out, (guint)size);
    return out;
}

/* Pages 5 and 6 and their tree in an object stream; `keep`: share of the stream that is there. */
static quire_bytes with_object_stream(small_pdf *pdf, double keep)
{
    static const char *const objects[] = {"<< /Type /Pages /Count 2 /Kids [5 0 R 6 0 R] >>",
                                          "<< /Type /Page /Parent 2 0 R /Contents 7 0 R >>",
                                          "<< /Type /Page /Parent 2 0 R /Contents 7 0 R /Note "
                                          "(q8ZrW1xLs0vNt5kYb3gHj7mPd9cFu2aTe6oRi4) >>"};
    static const int numbers[] = {2, 5, 6};
    GString *header = g_string_new(NULL), *body = g_string_new(NULL);
    for (int i = 0; i < 3; i++) {
        g_string_append_printf(header, "%d %zu ", numbers[i], (size_t)body->len);
        g_string_append_printf(body, "%s ", objects[i]);
    }
    char *keys =
        g_strdup_printf("/Type /ObjStm /N 3 /First %zu /Filter /FlateDecode", (size_t)header->len);
    g_string_append(header, body->str);
    GByteArray *packed = deflated(header->str);
    *pdf = small_pdf_begin("1.5");
    small_pdf_object(pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_content(pdf, 7, "BT ET");
    small_pdf_stream(pdf, 8, keys, packed->data, packed->len);
    size_t size = pdf->bytes->len;
    if (keep < 1)
        size -= strlen("\nendstream\nendobj\n") + (size_t)(packed->len * (1 - keep));
    g_byte_array_unref(packed);
    g_string_free(header, TRUE);
    g_string_free(body, TRUE);
    g_free(keys);
    return (quire_bytes){(const uint8_t *)pdf->bytes->str, size};
}

static void objects_in_streams_are_found(void **state)
{
    (void)state;
    small_pdf pdf;
    quire_bytes file = with_object_stream(&pdf, 1);
    quire_recovery recovery = {0};
    assert_int_equal(survivors_of(file, &recovery), 2);
    quire_recovery_clear(&recovery);
    small_pdf_clear(&pdf);
}

static void a_cut_object_stream_gives_its_first_objects(void **state)
{
    (void)state;
    small_pdf pdf;
    quire_bytes file = with_object_stream(&pdf, 0.75);
    quire_recovery recovery = {0};
    assert_int_equal(survivors_of(file, &recovery), 1);
    assert_int_equal(recovery.streams_cut, 1);
    quire_recovery_clear(&recovery);
    small_pdf_clear(&pdf);
}

static void a_stream_that_cannot_be_opened_can_be_supplied(void **state)
{
    (void)state;
    small_pdf pdf = small_pdf_begin("1.5");
    small_pdf_object(&pdf, 1, "<< /Type /Catalog /Pages 2 0 R >>");
    small_pdf_stream(&pdf, 8, "/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", "secret", 6);
    quire_scan *scan =
        quire_scan_new((quire_bytes){(const uint8_t *)pdf.bytes->str, pdf.bytes->len});
    assert_int_equal(scan->opaque->len, 1);
    assert_int_equal(g_array_index(scan->opaque, int32_t, 0), 8);
    assert_null(quire_scan_find(scan, 2));
    quire_scan_open_stream(scan, 8, bytes_of("2 0 << /Type /Pages /Count 0 /Kids [] >>"));
    const quire_found *found = quire_scan_find(scan, 2);
    assert_non_null(found);
    assert_int_equal(found->container, 8);
    quire_scan_free(scan);
    small_pdf_clear(&pdf);
}

/* ---- streams ---- */

static void a_length_that_lies_does_not_hide_what_follows(void **state)
{
    (void)state;
    const char *file = "%PDF-1.4\n1 0 obj << /Length 100000 >> stream\nabc\nendstream endobj\n"
                       "2 0 obj << /Length 2 >> stream\nabcdef 9 9 obj\nendstream endobj\n"
                       "3 0 obj << /Length 4 0 R >> stream\nxyz\nendstream endobj\n"
                       "5 0 obj (end) endobj\n";
    quire_scan *scan = quire_scan_new(bytes_of(file));
    assert_int_equal(quire_scan_find(scan, 1)->stream.size, 3);
    assert_int_equal(quire_scan_find(scan, 3)->stream.size, 3);
    assert_non_null(quire_scan_find(scan, 5));
    quire_recovery recovery = {0};
    quire_recovery_init(&recovery, scan);
    assert_non_null(memmem(recovery.file.data, recovery.file.size, "\n4 0 obj\n3\nendobj", 16));
    quire_recovery_clear(&recovery);
    quire_scan_free(scan);
}

static void a_right_length_hides_objects_within_the_stream(void **state)
{
    (void)state;
    const char *file = "%PDF-1.4\n1 0 obj << /Length 30 >> stream\n"
                       "endstream 7 0 obj (no) endobj \nendstream endobj\n2 0 obj (yes) endobj\n";
    quire_scan *scan = quire_scan_new(bytes_of(file));
    assert_null(quire_scan_find(scan, 7));
    assert_non_null(quire_scan_find(scan, 2));
    quire_scan_free(scan);
}

static void junk_costs_time_in_proportion(void **state)
{
    (void)state;
    static const char *const patterns[] = {"1 0 obj (", "1 0 obj << /A [", "trailer (",
                                           "1 0 obj << >> stream\n", "1 0 obj <"};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        GString *junk = g_string_new("%PDF-1.4\n");
        while (junk->len < 2 * 1000 * 1000)
            g_string_append(junk, patterns[i]);
        double begin = quire_clock();
        quire_scan *scan = quire_scan_new((quire_bytes){(const uint8_t *)junk->str, junk->len});
        quire_scan_free(scan);
        assert_true(quire_clock() - begin < 10);
        g_string_free(junk, TRUE);
    }
}

/* ---- encryption ---- */

static void encryption_is_seen_without_a_trailer(void **state)
{
    (void)state;
    const char *body = "%%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n"
                       "9 0 obj << /Filter /Standard /V %d /R %d /O (o) /U (u) /P -4 >> endobj\n";
    static const int revisions[] = {3, 6};
    for (int i = 0; i < 2; i++) {
        char *file = g_strdup_printf(body, revisions[i] == 6 ? 5 : 2, revisions[i]);
        quire_scan *scan = quire_scan_new(bytes_of(file));
        quire_recovery recovery = {0};
        quire_recovery_init(&recovery, scan);
        assert_true(recovery.encrypted);
        assert_int_equal(recovery.key_lost, revisions[i] < 5);
        quire_recovery_clear(&recovery);
        quire_scan_free(scan);
        g_free(file);
    }
}

/* Streams that are packed, of which one in `every` begins as packed data do. */
static bool looks_encrypted(int every)
{
    small_pdf pdf = small_pdf_begin("1.4");
    for (int i = 1; i <= 10; i++)
        small_pdf_stream(&pdf, i, "/Filter /FlateDecode",
                         every && i % every == 0 ? "\x78\x9c etc" : "Xyz etc", 6);
    quire_scan *scan =
        quire_scan_new((quire_bytes){(const uint8_t *)pdf.bytes->str, pdf.bytes->len});
    quire_recovery recovery = {0};
    quire_recovery_init(&recovery, scan);
    assert_false(recovery.encrypted);
    bool lost = recovery.key_lost;
    quire_recovery_clear(&recovery);
    quire_scan_free(scan);
    small_pdf_clear(&pdf);
    return lost;
}

static void streams_give_encryption_away(void **state)
{
    (void)state;
    assert_true(looks_encrypted(0));
    assert_true(looks_encrypted(10));
    assert_false(looks_encrypted(2));
    assert_false(looks_encrypted(1));
}

static void nothing_comes_of_nothing(void **state)
{
    (void)state;
    static const char *const files[] = {"", "%PDF-1.7", "plain text", "obj obj obj", "1 0 obj"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        quire_scan *scan = quire_scan_new(bytes_of(files[i]));
        quire_recovery recovery = {0};
        quire_recovery_init(&recovery, scan);
        assert_int_equal(scan->objects->len, 0);
        assert_int_equal(recovery.pages, 0);
        quire_recovery_clear(&recovery);
        quire_scan_free(scan);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_end_where_they_end),
        cmocka_unit_test(keys_are_found_at_their_own_level),
        cmocka_unit_test_prestate(truncation_costs_only_what_is_cut_off, (void *)""),
        cmocka_unit_test_prestate(truncation_costs_only_what_is_cut_off, NULL),
        cmocka_unit_test(a_cut_stream_keeps_the_bytes_that_are_there),
        cmocka_unit_test(lost_nodes_are_made_anew),
        cmocka_unit_test(a_lost_branch_goes_back_to_its_place),
        cmocka_unit_test(pages_taken_out_by_a_revision_stay_out),
        cmocka_unit_test(objects_in_streams_are_found),
        cmocka_unit_test(a_cut_object_stream_gives_its_first_objects),
        cmocka_unit_test(a_stream_that_cannot_be_opened_can_be_supplied),
        cmocka_unit_test(a_length_that_lies_does_not_hide_what_follows),
        cmocka_unit_test(a_right_length_hides_objects_within_the_stream),
        cmocka_unit_test(junk_costs_time_in_proportion),
        cmocka_unit_test(encryption_is_seen_without_a_trailer),
        cmocka_unit_test(streams_give_encryption_away),
        cmocka_unit_test(nothing_comes_of_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
