/* What goldens cannot show of the exporters: the registry, the schema, geometry, hostile sizes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <glib.h>

#include "exporters/exporter.h"

static char *written(const char *format, const quire_document *document)
{
    static const quire_export_options options = {0};
    const quire_exporter *exporter = quire_exporter_find(format);
    quire_sink *sink = quire_sink_new_memory();
    g_autofree void *state = g_malloc0(exporter->state_size + 1);
    quire_export job = {.document = document, .options = &options, .sink = sink, .state = state};
    if (exporter->begin)
        exporter->begin(&job);
    exporter->end(&job);
    quire_bytes bytes = quire_sink_bytes(sink);
    char *text = g_strndup((const char *)bytes.data, bytes.size);
    quire_sink_free(sink);
    return text;
}

static void each_exporter_is_found_by_its_name(void **state)
{
    (void)state;
    size_t count = 0;
    for (const quire_exporter *exporter; (exporter = quire_exporter_at(count)); count++) {
        assert_ptr_equal(quire_exporter_find(exporter->name), exporter);
        assert_non_null(exporter->end);
        assert_int_equal(exporter->streams, exporter->page != NULL);
        assert_true(*exporter->extension && *exporter->media_type && *exporter->summary);
    }
    assert_true(count >= 5);
    assert_null(quire_exporter_find("no such format"));
}

static void the_schema_is_the_published_one(void **state)
{
    (void)state;
    g_autofree char *published = NULL;
    const char *path = SOURCE_DIR "/docs/json-schema/quire-1.0.schema.json";
    assert_true(g_file_get_contents(path, &published, NULL, NULL));
    assert_string_equal(quire_exporter_schema(), published);
}

/* The corners of a box of 100 by 20 turned by `rotation`, as the JSON gives them. */
static void assert_quad(float rotation, quire_box box, const char *expected)
{
    quire_document *document = quire_document_new();
    quire_element element = {
        .page = 1, .parent = -1, .box = box, .rotation = rotation, .text = QUIRE_TEXT("x")};
    quire_document_add(document, &element);
    g_autofree char *json = written("json", document);
    const char *quad = strstr(json, "\"quad\": ");
    assert_non_null(quad);
    g_autofree char *found = g_strndup(quad + 8, strcspn(quad + 8, "\n") - 1);
    assert_string_equal(found, expected);
    quire_document_free(document);
}

static void corners_of_turned_text_begin_at_its_own_top_left(void **state)
{
    (void)state;
    assert_quad(90, (quire_box){0, 0, 20, 100}, "[0, 100, 0, 0, 20, 0, 20, 100]");
    assert_quad(180, (quire_box){0, 0, 100, 20}, "[100, 20, 0, 20, 0, 0, 100, 0]");
    assert_quad(270, (quire_box){0, 0, 20, 100}, "[20, 0, 20, 100, 0, 100, 0, 0]");
    /* 100 cos 30 + 20 sin 30 by 100 sin 30 + 20 cos 30 */
    assert_quad(30, (quire_box){0, 0, 96.602540f, 67.320508f},
                "[0, 50, 86.6, 0, 96.6, 17.32, 10, 67.32]");
}

static void spans_of_cells_count_code_points(void **state)
{
    (void)state;
    const char *text = "\xc3\xa4\xe4\xb8\x80\t\xf0\xa0\x80\x8b!";
    quire_cell cells[] = {{.row_span = 1, .column_span = 1, .end = 5},
                          {.column = 1, .row_span = 1, .column_span = 1, .start = 6, .end = 11}};
    quire_table table = {
        .method = "ruled", .rows = 1, .columns = 2, .cells = cells, .cell_count = 2};
    quire_document *document = quire_document_new();
    quire_element before = {.page = 1, .parent = -1, .text = QUIRE_TEXT("\xc3\xb6")};
    quire_element element = {
        .type = QUIRE_TABLE, .page = 1, .parent = -1, .table = &table, .text = quire_text_of(text)};
    quire_document_add(document, &before);
    quire_document_add(document, &element);
    g_autofree char *json = written("json", document);
    assert_non_null(strstr(json, "\"text\": \"\xc3\xa4\xe4\xb8\x80\", \"span\": [3, 5]"));
    assert_non_null(strstr(json, "\"text\": \"\xf0\xa0\x80\x8b!\", \"span\": [6, 8]"));
    quire_document_free(document);
}

/* A table that claims a grid beyond all sense is written by its text. */
static void absurd_grids_are_not_built(void **state)
{
    (void)state;
    static const char *const formats[] = {"markdown", "text"};
    quire_cell cell = {.row_span = UINT32_MAX, .column_span = UINT32_MAX, .end = 1};
    quire_table table = {.method = "ruled",
                         .rows = UINT32_MAX,
                         .columns = UINT32_MAX,
                         .cells = &cell,
                         .cell_count = 1};
    quire_document *document = quire_document_new();
    quire_element element = {
        .type = QUIRE_TABLE, .page = 1, .parent = -1, .table = &table, .text = QUIRE_TEXT("x")};
    quire_document_add(document, &element);
    for (size_t i = 0; i < G_N_ELEMENTS(formats); i++) {
        g_autofree char *text = written(formats[i], document);
        assert_string_equal(text, "x\n");
    }
    quire_document_free(document);
}

/* Two parts of a table with the header "a" in both; the second holds `rows` more. `spanning`: the
 * first has a cell over two columns. */
static quire_document *continued_table(bool spanning)
{
    quire_cell first[] = {{.row_span = 1, .column_span = spanning ? 2 : 1, .end = 1},
                          {.row = 1, .row_span = 1, .column_span = 1, .start = 2, .end = 3}};
    quire_cell second[] = {{.row_span = 1, .column_span = 1, .end = 1},
                           {.row = 1, .row_span = 1, .column_span = 1, .start = 2, .end = 3}};
    quire_table table = {
        .method = "ruled", .rows = 2, .columns = 2, .cells = first, .cell_count = 2};
    quire_document *document = quire_document_new();
    quire_element element = {
        .type = QUIRE_TABLE, .page = 1, .parent = -1, .table = &table, .text = QUIRE_TEXT("a\n1")};
    quire_document_add(document, &element);
    char id[24];
    memcpy(id, document->elements.items[0].id, sizeof id);
    table.cells = second;
    table.continued_from = id;
    table.repeated_rows = 1;
    element.page = 2;
    element.text = QUIRE_TEXT("a\n2");
    quire_document_add(document, &element);
    return document;
}

static void tables_go_on_without_their_header(void **state)
{
    (void)state;
    quire_document *document = continued_table(false);
    g_autofree char *pipes = written("markdown", document);
    assert_string_equal(pipes, "| a | |\n| --- | --- |\n| 1 | |\n| 2 | |\n");
    g_autofree char *csv = written("csv", document);
    assert_string_equal(csv, "a,\r\n1,\r\n2,\r\n");
    quire_document_free(document);
    document = continued_table(true);
    g_autofree char *html = written("markdown", document);
    assert_string_equal(html, "<table>\n <tr>\n  <td colspan=\"2\"> a </td>\n </tr>\n <tr>\n"
                              "  <td> 1 </td>\n  <td> </td>\n </tr>\n <tr>\n  <td> 2 </td>\n"
                              "  <td> </td>\n </tr>\n</table>\n");
    quire_document_free(document);
}

/* A megabyte of what is looked at again and again takes no longer than any other. */
static void no_text_takes_long(void **state)
{
    (void)state;
    static const char *const units[] = {"http://", "[a]: ", "<a ", "*",    "_ a_", "`", "&am",
                                        "\\\n",    "1. \n", "[\n", "- \n", "www.", "<", "~a~ "};
    double start = quire_clock();
    for (size_t i = 0; i < G_N_ELEMENTS(units); i++) {
        g_autoptr(GString) text = g_string_new("");
        while (text->len < 300 * 1000)
            g_string_append(text, units[i]);
        quire_document *document = quire_document_new();
        quire_element element = {
            .page = 1, .parent = -1, .type = QUIRE_PARAGRAPH, .text = {text->str, text->len}};
        quire_document_add(document, &element);
        g_autofree char *markdown = written("markdown", document);
        assert_true(strlen(markdown) > 1);
        quire_document_free(document);
    }
    assert_true(quire_clock() - start < 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_exporter_is_found_by_its_name),
        cmocka_unit_test(the_schema_is_the_published_one),
        cmocka_unit_test(corners_of_turned_text_begin_at_its_own_top_left),
        cmocka_unit_test(spans_of_cells_count_code_points),
        cmocka_unit_test(absurd_grids_are_not_built),
        cmocka_unit_test(tables_go_on_without_their_header),
        cmocka_unit_test(no_text_takes_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
