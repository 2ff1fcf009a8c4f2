/*
 * Pages written by hand, tests/golden/layout/CASE.page, and what they are after a pass, in
 * CASE.PASS beside them. The first line of a page names the passes that are looked at:
 *
 *     # passes: lines order
 *
 * With QUIRE_ACCEPT_GOLDEN=1 the expected files are rewritten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>
#include <gio/gio.h>

#include "layout/layout.h"

#define FOLDER SOURCE_DIR "/tests/golden/layout"

enum { MOST_CASES = 64, MOST_PAGES = 64 };

/* Lays out all pages of a file; the dump of `pass` goes to `sink`. */
static void lay_out(const char *name, quire_bytes bytes, const char *pass, quire_sink *sink)
{
    quire_layout_options options = {.stop_after = pass, .dump = sink};
    quire_facts facts = {0};
    quire_document *document = quire_document_new();
    quire_layout *layout = quire_layout_new(&options, &facts, document);
    for (int i = 0; i < MOST_PAGES && bytes.size > 0; i++) {
        quire_arena *arena = quire_arena_new(0);
        quire_page *page = quire_arena_new_of(arena, quire_page);
        quire_error error = {0};
        if (quire_page_undump(&bytes, arena, page, &error) != QUIRE_OK)
            fail_msg("%s: page %d: %s", name, i + 1, error.message);
        quire_layout_add_page(layout, arena, page);
        while (quire_layout_settle(layout, false))
            continue;
    }
    while (quire_layout_settle(layout, true))
        continue;
    char message[128];
    if (!quire_document_is_sound(document, message))
        fail_msg("%s: %s", name, message);
    assert_int_equal(document->audit.lost, 0);
    quire_layout_free(layout);
    quire_document_free(document);
}

/* Prints how `actual` differs from the file at `path`. */
static void print_difference(const char *path, const char *actual)
{
    const char *const command[] = {"diff",   "-u", "--label", "expected", "--label",
                                   "actual", path, "-",       NULL};
    g_autoptr(GSubprocess) diff = g_subprocess_newv(
        command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
    g_autofree char *difference = NULL;
    if (diff && g_subprocess_communicate_utf8(diff, actual, NULL, &difference, NULL, NULL))
        print_message("%s\n%s", path, difference);
}

static void check_pass(const char *name, quire_bytes bytes, const char *pass)
{
    g_autofree char *path = g_strdup_printf("%s/%s.%s", FOLDER, name, pass);
    g_autofree char *expected = NULL;
    quire_sink *sink = quire_sink_new_memory();
    lay_out(name, bytes, pass, sink);
    quire_bytes dumped = quire_sink_bytes(sink);
    g_autofree char *actual = g_strndup((const char *)dumped.data, dumped.size);
    quire_sink_free(sink);
    if (g_strcmp0(g_getenv("QUIRE_ACCEPT_GOLDEN"), "1") == 0)
        assert_true(g_file_set_contents(path, actual, -1, NULL));
    if (!g_file_get_contents(path, &expected, NULL, NULL))
        fail_msg("%s: cannot be read; scripts/accept-golden writes it", path);
    if (strcmp(expected, actual) != 0) {
        print_difference(path, actual);
        fail_msg("%s differs", path);
    }
}

static void is_laid_out_as_expected(void **state)
{
    const char *name = *state;
    g_autofree char *path = g_strdup_printf("%s/%s.page", FOLDER, name);
    g_autofree char *text = NULL;
    gsize size;
    assert_true(g_file_get_contents(path, &text, &size, NULL));
    static const char lead[] = "# passes: ";
    assert_true(g_str_has_prefix(text, lead));
    g_autofree char *first =
        g_strndup(text + sizeof lead - 1, strcspn(text, "\n") - (sizeof lead - 1));
    g_auto(GStrv) passes = g_strsplit(first, " ", -1);
    for (size_t i = 0; passes[i]; i++)
        check_pass(name, (quire_bytes){(const uint8_t *)text, size}, passes[i]);
}

int main(void)
{
    struct CMUnitTest tests[MOST_CASES] = {0};
    size_t count = 0;
    g_autoptr(GDir) folder = g_dir_open(FOLDER, 0, NULL);
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    for (const char *file; folder && (file = g_dir_read_name(folder));)
        if (g_str_has_suffix(file, ".page"))
            g_ptr_array_add(names, g_strndup(file, strlen(file) - strlen(".page")));
    for (; count < names->len && count < MOST_CASES; count++)
        tests[count] = (struct CMUnitTest){names->pdata[count], is_laid_out_as_expected, NULL, NULL,
                                           names->pdata[count]};
    return count == 0 || _cmocka_run_group_tests("layout", tests, count, NULL, NULL);
}
