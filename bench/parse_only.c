/*
 * Parses documents to the frozen page and does nothing more: what reading costs, without layout.
 *
 *     parse_only [--dump] FILE...      pages, glyphs and other things of each; or every page's dump
 */
#include <stdio.h>
#include <string.h>

#include "core/core.h"
#include "page/page.h"
#include "parsers/parser.h"

typedef struct totals {
    size_t pages, glyphs, rules, fills, drawings, images, incomplete;
} totals;

static bool to_stdout(void *user, const void *bytes, size_t size)
{
    (void)user;
    return fwrite(bytes, 1, size, stdout) == size;
}

static void dump(const quire_page *page)
{
    quire_sink *sink = quire_sink_new(to_stdout, NULL);
    quire_page_dump(page, sink);
    quire_sink_flush(sink);
    quire_sink_free(sink);
}

static void count(totals *t, const quire_page *page)
{
    t->pages++;
    t->glyphs += page->glyph_count;
    t->rules += page->rule_count;
    t->fills += page->fill_count;
    t->drawings += page->drawing_count;
    t->images += page->image_count;
    t->incomplete += page->status != QUIRE_OK;
}

static totals parse_pages(const quire_parser *parser, quire_reader *reader, bool dumps)
{
    totals t = {0};
    int pages = parser->facts(reader)->page_count;
    quire_arena *arena = quire_arena_new(0);
    for (int number = 1; number <= pages; number++) {
        quire_page page;
        quire_arena_clear(arena);
        parser->parse_page(reader, number, arena, &page);
        count(&t, &page);
        if (dumps) {
            dump(&page);
        }
    }
    quire_arena_free(arena);
    return t;
}

static quire_status parse_file(const char *path, bool dumps, quire_error *error)
{
    quire_file file;
    quire_status status = quire_file_open(&file, path, QUIRE_MAX_FILE_BYTES, error);
    if (status != QUIRE_OK) {
        return status;
    }
    const quire_parser *parser = quire_parser_find(file.bytes);
    quire_parse_options options = {0};
    quire_reader *reader = NULL;
    status = parser ? parser->open(file.bytes, &options, &reader, error)
                    : quire_fail(error, QUIRE_UNSUPPORTED, "open", 0, "not a known format");
    if (status == QUIRE_OK) {
        totals t = parse_pages(parser, reader, dumps);
        fprintf(stderr,
                "%s: %zu pages, %zu glyphs, %zu rules, %zu fills, %zu drawings, %zu images, "
                "%zu incomplete\n",
                path, t.pages, t.glyphs, t.rules, t.fills, t.drawings, t.images, t.incomplete);
        parser->close(reader);
    }
    quire_file_close(&file);
    return status;
}

int main(int argc, char **argv)
{
    quire_heap_prepare(0); /* as the command does */
    bool dumps = argc > 1 && !strcmp(argv[1], "--dump");
    int failed = 0;
    for (int i = dumps ? 2 : 1; i < argc; i++) {
        quire_error error = {0};
        if (parse_file(argv[i], dumps, &error) != QUIRE_OK) {
            fprintf(stderr, "%s: %s\n", argv[i], error.message);
            failed++;
        }
    }
    return failed ? 1 : 0;
}
