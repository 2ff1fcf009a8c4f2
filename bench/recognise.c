/*
 * Reads the first page of a picture or a PDF with some of the steps of preparation left out: what
 * each of them is worth.
 *
 *     recognise [--without STEP[,STEP...]] [--as page|json|markdown|times|measures] FILE
 *
 * As "page" it writes the evidence; such a file is taken as FILE, too, and only laid out. As
 * "times" it writes the seconds of CPU that each phase of reading takes; as "measures" a line of
 * JSON for each word, with what its confidence is made of.
 */
#include <stdio.h>
#include <string.h>

#include "core/core.h"
#include "exporters/exporter.h"
#include "layout/layout.h"
#include "ocr/ocr.h"
#include "parsers/parser.h"

typedef struct source {
    quire_file file;
    const quire_parser *parser;
    quire_reader *reader;
} source;

static bool to_stdout(void *user, const void *bytes, size_t size)
{
    (void)user;
    return fwrite(bytes, 1, size, stdout) == size;
}

static quire_status draw(void *user, const quire_ocr_drawing *drawing, quire_raster *raster,
                         quire_error *error)
{
    const source *s = user;
    quire_draw_request request = {.page = drawing->page,
                                  .dpi = drawing->dpi,
                                  .colour = drawing->colour,
                                  .image = drawing->image};
    return s->parser->draw(s->reader, &request, raster, error);
}

static quire_status read_pixels(source *s, const quire_ocr_options *options, quire_arena *arena,
                                quire_page *page, quire_error *error)
{
    quire_ocr_judgement judgement = quire_ocr_judge(page, QUIRE_OCR_AUTO);
    quire_ocr *ocr = quire_ocr_new(options, draw, s);
    quire_status status = QUIRE_OK;
    if (judgement.need != QUIRE_OCR_NOT)
        status = quire_ocr_read(ocr, &judgement, 0, arena, page, error);
    quire_ocr_free(ocr);
    return status;
}

static quire_status read_page(source *s, const quire_ocr_options *options, quire_arena *arena,
                              quire_page *page, quire_error *error)
{
    quire_parse_options parse_options = {0};
    s->parser = quire_parser_find(s->file.bytes);
    if (!s->parser)
        return quire_page_undump(&s->file.bytes, arena, page, error);
    quire_status status = s->parser->open(s->file.bytes, &parse_options, &s->reader, error);
    if (status != QUIRE_OK)
        return status;
    s->parser->parse_page(s->reader, 1, arena, page);
    return read_pixels(s, options, arena, page, error);
}

static void write_document(const quire_page *page, quire_arena *arena, const char *format,
                           quire_sink *sink)
{
    quire_layout_options layout_options = {.words = true, .explain = true};
    quire_facts facts = {.page_count = 1};
    quire_export_options export_options = {.headers_footers = QUIRE_KEEP, .words = true};
    quire_document *document = quire_document_new();
    quire_layout *layout = quire_layout_new(&layout_options, &facts, document);
    quire_layout_add_page(layout, arena, page);
    while (quire_layout_settle(layout, true))
        continue;
    const quire_exporter *exporter = quire_exporter_find(format);
    char state[4096] = {0};
    quire_export job = {
        .document = document, .options = &export_options, .sink = sink, .state = state};
    if (exporter && exporter->state_size <= sizeof state) {
        if (exporter->begin)
            exporter->begin(&job);
        exporter->end(&job);
    }
    quire_layout_free(layout);
    quire_document_free(document);
}

static quire_status recognise(const char *path, const quire_ocr_options *options,
                              const char *format, quire_error *error)
{
    source s = {0};
    quire_status status = quire_file_open(&s.file, path, QUIRE_MAX_FILE_BYTES, error);
    if (status != QUIRE_OK)
        return status;
    quire_bytes bytes = s.file.bytes;
    quire_arena *arena = quire_arena_new(0);
    quire_page *page = quire_arena_new_of(arena, quire_page);
    quire_sink *sink = quire_sink_new(to_stdout, NULL);
    status = read_page(&s, options, arena, page, error);
    if (status == QUIRE_OK && strcmp(format, "page") == 0)
        quire_page_dump(page, sink);
    if (status == QUIRE_OK && quire_exporter_find(format))
        write_document(page, arena, format, sink);
    else
        quire_arena_free(arena);
    quire_sink_flush(sink);
    quire_sink_free(sink);
    if (s.reader)
        s.parser->close(s.reader);
    s.file.bytes = bytes;
    quire_file_close(&s.file);
    return status;
}

static unsigned steps_of(const char *names)
{
    unsigned steps = 0;
    const char *name;
    while (*names) {
        size_t size = strcspn(names, ",");
        for (int i = 0; (name = quire_ocr_step_name(i)); i++)
            if (strlen(name) == size && memcmp(name, names, size) == 0)
                steps |= 1u << i;
        names += size + (names[size] == ',');
    }
    return steps;
}

static void write_times(const double *seconds)
{
    static const char *const names[QUIRE_OCR_PHASES] = {
        [QUIRE_OCR_DRAWING] = "drawing",
        [QUIRE_OCR_PREPARATION] = "preparation",
        [QUIRE_OCR_SEGMENTATION] = "segmentation",
        [QUIRE_OCR_READING] = "reading",
        [QUIRE_OCR_READING_AGAIN] = "reading again",
        [QUIRE_OCR_READING_SIDEWAYS] = "reading sideways parts",
        [QUIRE_OCR_READING_STRAYS] = "reading strays",
        [QUIRE_OCR_MEASURING] = "measuring",
    };
    for (int i = 0; i < QUIRE_OCR_PHASES; i++)
        printf("%.4f %s\n", seconds[i], names[i]);
}

int main(int argc, char **argv)
{
    double seconds[QUIRE_OCR_PHASES] = {0};
    quire_ocr_options options = {0};
    const char *format = "json", *path = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--without") == 0 && i + 1 < argc)
            options.without = steps_of(argv[++i]);
        else if (strcmp(argv[i], "--as") == 0 && i + 1 < argc)
            format = argv[++i];
        else
            path = argv[i];
    }
    quire_error error = {.message = "no file is named"};
    bool timed = strcmp(format, "times") == 0;
    options.seconds = timed ? seconds : NULL;
    quire_sink *measures = quire_sink_new(to_stdout, NULL);
    options.measures = strcmp(format, "measures") == 0 ? measures : NULL;
    quire_status status = path ? recognise(path, &options, format, &error) : QUIRE_USAGE;
    quire_sink_flush(measures);
    quire_sink_free(measures);
    if (status == QUIRE_OK && timed)
        write_times(seconds);
    if (status != QUIRE_OK)
        fprintf(stderr, "recognise: %s\n", error.message);
    return status != QUIRE_OK;
}
