/*
 * Markdown read back by cmark-gfm says what the document says: random texts made of what Markdown
 * takes for markup, in every place where text is written, with and without runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm.h>
#include <glib.h>

#include "exporters/exporter.h"

enum { ROUNDS = 20000, MAX_PARTS = 14 };

/* ---- random texts ---- */

static const char *const parts[] = {
    "a",
    "b",
    "7",
    "#",
    "##",
    "*",
    "**",
    "***",
    "_",
    "__",
    "~",
    "~~",
    "~~~",
    "`",
    "``",
    "```",
    "[",
    "]",
    "(",
    ")",
    "<",
    ">",
    "!",
    "&",
    "amp;",
    "#35;",
    "\\",
    "|",
    "-",
    "---",
    "+",
    "=",
    "===",
    ":",
    ".",
    "1.",
    "2)",
    " ",
    " ",
    " ",
    "\n",
    "\t",
    "http://x.y",
    "<b>",
    "</i>",
    "<!--",
    "[x]",
    "[ ]",
    "[a]: b",
    "[^1]:",
    "\xc3\xa9",
    "\xe4\xb8\xad",
    "\xe3\x80\x8c",
    "\xe3\x80\x8d",
    "\xc2\xa0",
    "\"",
    "www.x.y",
    "a@b.c",
    "|-|",
    ":-:",
    "- ",
    "* ",
    "> ",
    "   ",
    "word",
    "Word",
    "x_y",
    "2*3",
};

static char *random_text(GRand *random)
{
    GString *text = g_string_new("");
    for (int count = g_rand_int_range(random, 1, MAX_PARTS); count > 0; count--)
        g_string_append(text, parts[g_rand_int_range(random, 0, G_N_ELEMENTS(parts))]);
    return g_string_free(text, FALSE);
}

/* Runs that begin and end at code points. */
static size_t random_runs(GRand *random, const char *text, quire_run runs[8])
{
    size_t count = 0, at = 0, size = strlen(text);
    while (at < size && count < 8) {
        size_t start = at;
        for (int steps = g_rand_int_range(random, 1, 6); steps > 0 && at < size; steps--)
            at = (size_t)(g_utf8_next_char(text + at) - text);
        uint32_t flags = g_rand_boolean(random) ? 1u << g_rand_int_range(random, 0, 7) : 0;
        flags |= g_rand_int_range(random, 0, 4) ? 0 : QUIRE_RUN_BOLD;
        runs[count++] = (quire_run){
            (uint32_t)start, (uint32_t)at, flags, g_rand_int_range(random, 0, 6) ? -1 : 0, 0, 0};
    }
    return count;
}

/* ---- writing and reading ---- */

static char *markdown_of(const quire_document *document)
{
    static const quire_export_options options = {0};
    const quire_exporter *exporter = quire_exporter_find("markdown");
    quire_sink *sink = quire_sink_new_memory();
    g_autofree void *state = g_malloc0(exporter->state_size);
    quire_export job = {.document = document, .options = &options, .sink = sink, .state = state};
    exporter->end(&job);
    quire_bytes bytes = quire_sink_bytes(sink);
    char *text = g_strndup((const char *)bytes.data, bytes.size);
    quire_sink_free(sink);
    return text;
}

static cmark_node *parsed(const char *markdown)
{
    static const char *const extensions[] = {"table", "strikethrough", "autolink", "tasklist"};
    cmark_gfm_core_extensions_ensure_registered();
    cmark_parser *parser = cmark_parser_new(CMARK_OPT_FOOTNOTES);
    for (size_t i = 0; i < G_N_ELEMENTS(extensions); i++)
        cmark_parser_attach_syntax_extension(parser, cmark_find_syntax_extension(extensions[i]));
    cmark_parser_feed(parser, markdown, strlen(markdown));
    cmark_node *root = cmark_parser_finish(parser);
    cmark_parser_free(parser);
    return root;
}

/* Text as shown, a space for each break; anything that is neither text, emphasis, link, code nor a
 * tag of ours shows as its name, and so as a fault. */
static void append_shown(GString *out, cmark_node *node)
{
    const char *uri = cmark_node_get_url(node);
    if (uri && strstr(uri, "e.org"))
        assert_string_equal(uri, "http://e.org/%28a%29_*b*[c]?d&lt;e%20f");
    const char *type = cmark_node_get_type_string(node);
    const char *literal = cmark_node_get_literal(node);
    static const char *const transparent[] = {"emph", "strong", "strikethrough", "link"};
    static const char *const tags[] = {"<sup>", "</sup>", "<sub>", "</sub>"};
    if (strcmp(type, "text") == 0 || strcmp(type, "code") == 0)
        g_string_append(out, literal);
    else if (strcmp(type, "softbreak") == 0 || strcmp(type, "linebreak") == 0)
        g_string_append_c(out, ' ');
    else if (strcmp(type, "html_inline") == 0) {
        bool ours = false;
        for (size_t i = 0; i < G_N_ELEMENTS(tags); i++)
            ours |= strcmp(literal, tags[i]) == 0;
        g_string_append(out, ours ? "" : "{html}");
    } else {
        bool shown = false;
        for (size_t i = 0; i < G_N_ELEMENTS(transparent); i++)
            shown |= strcmp(type, transparent[i]) == 0;
        if (!shown)
            g_string_append_printf(out, "{%s}", type);
    }
}

static char *shown_text(cmark_node *block)
{
    GString *out = g_string_new("");
    cmark_iter *iterator = cmark_iter_new(block);
    cmark_event_type event;
    while ((event = cmark_iter_next(iterator)) != CMARK_EVENT_DONE) {
        cmark_node *node = cmark_iter_get_node(iterator);
        if (event == CMARK_EVENT_ENTER && node != block)
            append_shown(out, node);
    }
    cmark_iter_free(iterator);
    return g_string_free(out, FALSE);
}

/* White space of Markdown folded and trimmed; in place. */
static char *folded(char *text)
{
    char *out = text;
    bool blank = false;
    for (char *at = text; *at; at++) {
        if (strchr(" \t\n\r\v\f", *at)) {
            blank = true;
            continue;
        }
        if (blank && out > text)
            *out++ = ' ';
        blank = false;
        *out++ = *at;
    }
    *out = '\0';
    return text;
}

static char *own_text(const quire_element *element)
{
    return folded(g_strndup(element->text.data, element->own_size));
}

static void assert_shows(cmark_node *block, const char *type, const char *expected,
                         const char *markdown)
{
    if (!block)
        fail_msg("no block for '%s' in\n%s", expected, markdown);
    if (strcmp(cmark_node_get_type_string(block), type) != 0)
        fail_msg("a %s instead of a %s for '%s' in\n%s", cmark_node_get_type_string(block), type,
                 expected, markdown);
    g_autofree char *shown = folded(shown_text(block));
    if (strcmp(shown, expected) != 0)
        fail_msg("shows   '%s'\ninstead '%s'\nin\n%s", shown, expected, markdown);
}

static void add(quire_document *document, quire_element element)
{
    element.page = 1;
    assert_true(quire_document_add(document, &element) >= 0);
}

static void check_block(quire_element_type type, const char *block_type, bool with_runs)
{
    g_autoptr(GRand) random = g_rand_new_with_seed(1986 + (guint32)type + with_runs);
    for (int round = 0; round < ROUNDS; round++) {
        g_autofree char *text = random_text(random);
        quire_run runs[8];
        size_t count = with_runs ? random_runs(random, text, runs) : 0;
        quire_document *document = quire_document_new();
        quire_document_add_link(document,
                                &(quire_model_link){.uri = "http://e.org/(a)_*b*[c]?d&lt;e f"});
        add(document, (quire_element){.type = type,
                                      .parent = -1,
                                      .level = 2,
                                      .runs = runs,
                                      .run_count = count,
                                      .text = quire_text_of(text)});
        g_autofree char *expected = own_text(&document->elements.items[0]);
        g_autofree char *markdown = markdown_of(document);
        cmark_node *root = parsed(markdown);
        if (*expected)
            assert_shows(cmark_node_first_child(root), block_type, expected, markdown);
        else
            assert_string_equal(markdown, "");
        assert_null(cmark_node_next(cmark_node_first_child(root)));
        cmark_node_free(root);
        quire_document_free(document);
    }
}

static void paragraphs_are_shown_as_they_are(void **state)
{
    (void)state;
    check_block(QUIRE_PARAGRAPH, "paragraph", false);
}

static void runs_change_no_character(void **state)
{
    (void)state;
    check_block(QUIRE_PARAGRAPH, "paragraph", true);
}

static void headings_are_shown_as_they_are(void **state)
{
    (void)state;
    check_block(QUIRE_HEADING, "heading", true);
}

static void cells_are_shown_as_they_are(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(4);
    for (int round = 0; round < ROUNDS; round++) {
        g_autofree char *text = random_text(random);
        g_strdelimit(text, "\n", ' ');
        quire_cell cell = {.row_span = 1, .column_span = 1, .end = (uint32_t)strlen(text)};
        quire_table table = {
            .method = "ruled", .rows = 1, .columns = 1, .cells = &cell, .cell_count = 1};
        quire_document *document = quire_document_new();
        add(document,
            (quire_element){
                .type = QUIRE_TABLE, .parent = -1, .table = &table, .text = quire_text_of(text)});
        g_autofree char *expected = own_text(&document->elements.items[0]);
        g_autofree char *markdown = markdown_of(document);
        cmark_node *root = parsed(markdown);
        if (*expected) {
            cmark_node *grid = cmark_node_first_child(root);
            assert_string_equal(cmark_node_get_type_string(grid), "table");
            assert_shows(cmark_node_first_child(cmark_node_first_child(grid)), "table_cell",
                         expected, markdown);
        }
        cmark_node_free(root);
        quire_document_free(document);
    }
}

/* ---- nesting ---- */

/* Adds a list of random items under `parent`; `trace` receives depth and text of each. */
static void add_list(quire_document *document, GRand *random, int32_t parent, int depth,
                     GString *trace)
{
    static const char *const bullets[] = {"\xe2\x80\xa2", "-", "*"};
    bool ordered = g_rand_boolean(random);
    int number = g_rand_boolean(random) ? 1 : g_rand_int_range(random, 0, 1000);
    quire_element list = {.type = QUIRE_LIST, .parent = parent, .ordered = ordered};
    int32_t holder = quire_document_add(document, &list);
    for (int count = g_rand_int_range(random, 1, 4); count > 0; count--) {
        g_autofree char *text = random_text(random);
        g_autofree char *marker =
            ordered ? g_strdup_printf("%d.", number++)
                    : g_strdup(bullets[g_rand_int_range(random, 0, G_N_ELEMENTS(bullets))]);
        g_autofree char *shown = folded(g_strdup(text));
        bool nested = depth < 4 && g_rand_int_range(random, 0, 3) == 0;
        if (!*shown && !nested)
            continue;
        quire_element item = {.type = QUIRE_LIST_ITEM,
                              .parent = holder,
                              .text = quire_text_of(text),
                              .marker = quire_text_of(marker)};
        int32_t index = quire_document_add(document, &item);
        g_string_append_printf(trace, "%d %s\n", depth, shown);
        if (nested)
            add_list(document, random, index, depth + 1, trace);
        quire_document_close_element(document, index);
    }
    quire_document_close_element(document, holder);
}

static void trace_items(cmark_node *node, int depth, GString *trace)
{
    for (cmark_node *child = cmark_node_first_child(node); child; child = cmark_node_next(child)) {
        const char *type = cmark_node_get_type_string(child);
        bool item = strcmp(type, "item") == 0 || strcmp(type, "tasklist") == 0;
        cmark_node *first = cmark_node_first_child(child);
        if (item && (!first || strcmp(cmark_node_get_type_string(first), "paragraph") != 0))
            g_string_append_printf(trace, "%d \n", depth - 1);
        if (strcmp(type, "paragraph") == 0) {
            g_autofree char *shown = folded(shown_text(child));
            g_string_append_printf(trace, "%d %s\n", depth - 1, shown);
        } else {
            trace_items(child, depth + (strcmp(type, "list") == 0), trace);
        }
    }
}

static void lists_keep_their_nesting(void **state)
{
    (void)state;
    g_autoptr(GRand) random = g_rand_new_with_seed(6);
    for (int round = 0; round < ROUNDS / 4; round++) {
        g_autoptr(GString) expected = g_string_new(""), actual = g_string_new("");
        quire_document *document = quire_document_new();
        add_list(document, random, -1, 0, expected);
        g_autofree char *markdown = markdown_of(document);
        cmark_node *root = parsed(markdown);
        trace_items(root, 0, actual);
        if (strcmp(expected->str, actual->str) != 0)
            fail_msg("expected\n%s\nactual\n%s\nin\n%s", expected->str, actual->str, markdown);
        cmark_node_free(root);
        quire_document_free(document);
    }
}

/* ---- as few escapes as will do ---- */

static void ordinary_text_is_not_escaped(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "It costs $5 (about 4.50) - or 5% less; see [1] and [2].",
        "AT&T, R&D; a < b > c, x_1 and snake_case_name, 5 * 3, ~20, C#, #1 and +1 555.",
        "1986 was a \"good\" year. 3.14 - 2.71 = .43; e.g. http://example.org/a_b_c",
        "C:\\temp\\new is a path",
        "Name: ____________ Date: ________",
        "(a) first, (b) second: 50 | 60",
        "-5 degrees",
    };
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        quire_document *document = quire_document_new();
        add(document, (quire_element){
                          .type = QUIRE_PARAGRAPH, .parent = -1, .text = quire_text_of(texts[i])});
        g_autofree char *markdown = markdown_of(document);
        g_autofree char *expected = g_strconcat(texts[i], "\n", NULL);
        assert_string_equal(markdown, expected);
        quire_document_free(document);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paragraphs_are_shown_as_they_are),
        cmocka_unit_test(runs_change_no_character),
        cmocka_unit_test(headings_are_shown_as_they_are),
        cmocka_unit_test(cells_are_shown_as_they_are),
        cmocka_unit_test(lists_keep_their_nesting),
        cmocka_unit_test(ordinary_text_is_not_escaped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
