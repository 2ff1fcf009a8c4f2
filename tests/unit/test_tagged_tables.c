/* Tables that a tagged file states: no rule is drawn and the rows are few, so that looks alone find
 * none of them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "quire/quire.h"
#include "tests/support/small_pdf.h"

enum { FIRST_ROW = 10, FIRST_CELL = 20 };

/* A cell: where its text stands on the page, and what the tree says of it. */
typedef struct cell {
    int row, x, y;
    const char *role, *keys, *text;
} cell;

static bool append(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static void add_rows(small_pdf *pdf, const cell *cells, int count)
{
    GString *rows = g_string_new(NULL);
    for (int row = 0; row <= cells[count - 1].row; row++) {
        GString *kids = g_string_new(NULL);
        for (int i = 0; i < count; i++)
            if (cells[i].row == row)
                g_string_append_printf(kids, "%d 0 R ", FIRST_CELL + i);
        small_pdf_object(pdf, FIRST_ROW + row, "<< /S /TR /K [%s] >>", kids->str);
        g_string_append_printf(rows, "%d 0 R ", FIRST_ROW + row);
        g_string_free(kids, TRUE);
    }
    small_pdf_object(pdf, 7, "<< /S /Table /K [%s] >>", rows->str);
    g_string_free(rows, TRUE);
}

/* Cells by row. Returns the document as JSON. */
static GString *convert(const cell *cells, int count, quire_tables tables)
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
    for (int i = 0; i < count; i++) {
        g_string_append_printf(page, "/%s << /MCID %d >> BDC BT /F 10 Tf %d %d Td (%s) Tj ET EMC\n",
                               cells[i].role, i, cells[i].x, 500 - cells[i].y, cells[i].text);
        small_pdf_object(&pdf, FIRST_CELL + i, "<< /S /%s /Pg 3 0 R /K %d %s >>", cells[i].role, i,
                         cells[i].keys);
    }
    small_pdf_stream(&pdf, 5, "", page->str, page->len);
    small_pdf_object(&pdf, 6, "<< /Type /StructTreeRoot /K 7 0 R >>");
    add_rows(&pdf, cells, count);
    quire_bytes file = small_pdf_end(&pdf, "/Root 1 0 R");
    GString *out = g_string_new(NULL);
    quire_options options = {.tables = tables, .explain = true};
    quire_input input = {.bytes = file.data, .size = file.size, .name = "tagged.pdf"};
    quire_output output = {.format = "json", .write = append, .user = out};
    assert_int_equal(quire_convert(&input, &options, &output, 1, NULL), QUIRE_OK);
    g_string_free(page, TRUE);
    small_pdf_clear(&pdf);
    return out;
}

#define ASSERT_SAYS(out, part)                                                                     \
    do {                                                                                           \
        if (!strstr((out)->str, part))                                                             \
            fail_msg("'%s' is not in:\n%s", part, (out)->str);                                     \
    } while (0)

#define COUNT(cells) (int)(sizeof(cells) / sizeof *(cells))

static const cell plain[] = {
    {0, 50, 100, "TH", "", "Ware"},    {0, 120, 100, "TH", "", "Since"},
    {1, 50, 114, "TD", "", "Honey"},   {1, 120, 114, "TD", "", "spring"},
    {2, 50, 128, "TD", "", "Candles"}, {2, 120, 128, "TD", "", "autumn"},
};

static void what_the_file_calls_a_table_is_one(void **state)
{
    (void)state;
    GString *out = convert(plain, COUNT(plain), QUIRE_TABLES_AUTO);
    ASSERT_SAYS(out, "\"method\": \"tagged\"");
    ASSERT_SAYS(out, "\"rows\": 3");
    ASSERT_SAYS(out, "\"kind\": \"column_header\"");
    ASSERT_SAYS(out, "the file's tags say so, and its text stands as they say");
    g_string_free(out, TRUE);
}

static void tags_are_no_rules_and_no_alignment(void **state)
{
    (void)state;
    static const quire_tables others[] = {QUIRE_TABLES_OFF, QUIRE_TABLES_RULED,
                                          QUIRE_TABLES_ALIGNED};
    for (int i = 0; i < 3; i++) {
        GString *out = convert(plain, COUNT(plain), others[i]);
        assert_null(strstr(out->str, "\"method\""));
        g_string_free(out, TRUE);
    }
}

static void spans_and_empty_cells_are_as_stated(void **state)
{
    (void)state;
    static const cell cells[] = {
        {0, 50, 107, "TH", "/A << /O /Table /RowSpan 2 >>", "Ware"},
        {0, 140, 100, "TH", "/A << /O /Table /ColSpan 2 >>", "Loads"},
        {1, 120, 114, "TH", "", "first"},
        {1, 180, 114, "TH", "", "last"},
        {2, 50, 128, "TH", "/A << /O /Table /Scope /Row >>", "Honey"},
        {2, 120, 128, "TD", "", ""},
        {2, 180, 128, "TD", "", "9"},
    };
    GString *out = convert(cells, COUNT(cells), QUIRE_TABLES_AUTO);
    ASSERT_SAYS(out, "\"rows\": 3");
    ASSERT_SAYS(out, "\"cols\": 3");
    ASSERT_SAYS(out, "\"row_span\": 2");
    ASSERT_SAYS(out, "\"col_span\": 2");
    ASSERT_SAYS(out, "\"kind\": \"row_header\"");
    g_string_free(out, TRUE);
}

static void a_cell_that_others_name_is_their_header(void **state)
{
    (void)state;
    static const cell cells[] = {
        {0, 50, 100, "TD", "/ID (a)", "Ware"},
        {0, 120, 100, "TD", "/ID (b)", "Since"},
        {1, 50, 114, "TD", "/A << /O /Table /Headers [(a)] >>", "Honey"},
        {1, 120, 114, "TD", "/A << /O /Table /Headers [(b)] >>", "spring"},
    };
    GString *out = convert(cells, COUNT(cells), QUIRE_TABLES_AUTO);
    ASSERT_SAYS(out, "\"method\": \"tagged\"");
    ASSERT_SAYS(out, "\"kind\": \"column_header\"");
    g_string_free(out, TRUE);
}

static void tags_that_the_page_denies_are_not_heard(void **state)
{
    (void)state;
    cell turned[COUNT(plain)];
    memcpy(turned, plain, sizeof plain);
    turned[2].x = plain[3].x; /* the second row's cells in the other order */
    turned[3].x = plain[2].x;
    GString *out = convert(turned, COUNT(turned), QUIRE_TABLES_AUTO);
    assert_null(strstr(out->str, "\"method\""));
    g_string_free(out, TRUE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_the_file_calls_a_table_is_one),
        cmocka_unit_test(tags_are_no_rules_and_no_alignment),
        cmocka_unit_test(spans_and_empty_cells_are_as_stated),
        cmocka_unit_test(a_cell_that_others_name_is_their_header),
        cmocka_unit_test(tags_that_the_page_denies_are_not_heard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
