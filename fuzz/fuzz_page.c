/*
 * Any evidence through layout to all exporters: the bytes are pages as text (see page/dump.h), so
 * the fuzzer moves glyphs about instead of searching for a valid PDF. The document must be sound
 * and no glyph may be lost.
 */
#include <string.h>

#include "exporters/exporter.h"
#include "fuzz/fuzz.h"
#include "layout/layout.h"

enum { MAX_JOBS = 32, MAX_PAGES = 60 };

typedef struct workbench {
    quire_document *document;
    quire_layout *layout;
    quire_sink *sink;
    quire_export_options options;
    quire_export jobs[MAX_JOBS];
    const quire_exporter *exporters[MAX_JOBS];
    size_t count;
} workbench;

static void open_bench(workbench *bench, const quire_facts *facts)
{
    bench->document = quire_document_new();
    bench->options = (quire_export_options){.words = true, .lines = true, .explain = true};
    quire_layout_options options = {
        .words = true, .lines = true, .explain = true, .keep_hidden = true};
    bench->layout = quire_layout_new(&options, facts, bench->document);
    bench->sink = quire_sink_new_memory();
    const quire_exporter *exporter;
    for (size_t i = 0; (exporter = quire_exporter_at(i)) && i < MAX_JOBS; i++) {
        bench->exporters[i] = exporter;
        bench->jobs[i] = (quire_export){.document = bench->document,
                                        .options = &bench->options,
                                        .sink = bench->sink,
                                        .state = calloc(1, exporter->state_size + 1)};
        bench->count = i + 1;
        if (exporter->begin)
            exporter->begin(&bench->jobs[i]);
    }
}

static void settle(workbench *bench, bool last)
{
    while (quire_layout_settle(bench->layout, last))
        for (size_t i = 0; i < bench->count; i++)
            if (bench->exporters[i]->page)
                bench->exporters[i]->page(&bench->jobs[i]);
}

static void close_bench(workbench *bench)
{
    char message[128];
    settle(bench, true);
    for (size_t i = 0; i < bench->count; i++) {
        bench->exporters[i]->end(&bench->jobs[i]);
        free(bench->jobs[i].state);
    }
    bool is_sound = quire_document_is_sound(bench->document, message);
    if (!is_sound)
        fprintf(stderr, "%s\n", message);
    PROMISE(is_sound);
    PROMISE(bench->document->audit.lost == 0);
    quire_layout_free(bench->layout);
    quire_sink_free(bench->sink);
    quire_document_free(bench->document);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    quire_facts facts = {.media_type = "application/pdf", .page_count = MAX_PAGES};
    workbench bench = {0};
    open_bench(&bench, &facts);
    quire_bytes bytes = {data, size};
    for (int number = 1; number <= MAX_PAGES && bytes.size > 0; number++) {
        quire_arena *arena = quire_arena_new(0);
        quire_page *page = quire_arena_new_of(arena, quire_page);
        if (quire_page_undump(&bytes, arena, page, NULL) != QUIRE_OK) {
            quire_arena_free(arena);
            break;
        }
        page->number = number;
        quire_layout_add_page(bench.layout, arena, page);
        settle(&bench, false);
    }
    close_bench(&bench);
    return 0;
}
