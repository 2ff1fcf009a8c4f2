/*
 * A look at a document without converting it: a few pages, spread evenly, are parsed and counted.
 *
 * A page is garbled when its text layer is there but does not say what the page shows, and scanned
 * when what it shows is an image: then only recognition can read it.
 */
#include "layout/layout.h"
#include "ocr/ocr.h"
#include "pipeline/pages.h"
#include "pipeline/pipeline.h"
#include "pipeline/source.h"

#include <math.h>

enum { SAMPLE_PAGES = 16 };

static bool has_text(const quire_page *page)
{
    for (size_t i = 0; i < page->glyph_count; i++)
        if (!(page->glyphs[i].flags & (QUIRE_GLYPH_SPACE | QUIRE_GLYPH_HIDDEN)))
            return true;
    return false;
}

/* Spaces and glyphs that only repeat or complete others are left out. */
static uint32_t count_glyphs(const quire_page *page)
{
    const unsigned none =
        QUIRE_GLYPH_SPACE | QUIRE_GLYPH_DUPLICATE | QUIRE_GLYPH_COMBINING | QUIRE_GLYPH_REPLACED;
    uint32_t count = 0;
    for (size_t i = 0; i < page->glyph_count; i++)
        count += !(page->glyphs[i].flags & none);
    return count;
}

/* A page that another program recognised is a scan, although it need not be read again. */
static void inspect_page(quire_inspection *inspection, const quire_page *page)
{
    quire_ocr_need need = quire_ocr_judge(page, QUIRE_OCR_REDO).need;
    bool seen = has_text(page);
    inspection->pages_sampled++;
    inspection->glyphs += count_glyphs(page);
    if (need == QUIRE_OCR_WHOLE || need == QUIRE_OCR_BESIDE)
        inspection->pages_scanned++;
    else if (need == QUIRE_OCR_GARBLED)
        inspection->pages_garbled++;
    else if (seen)
        inspection->pages_text++;
    else
        inspection->pages_empty++;
    inspection->pages_tables += seen && quire_layout_has_table(page);
}

static void note_facts(quire_inspection *inspection, const quire_facts *facts)
{
    inspection->opened = true;
    inspection->encrypted = facts->encrypted;
    inspection->recovered = facts->recovered;
    inspection->tagged = facts->tagged;
    inspection->has_form = facts->has_form || facts->has_xfa;
    inspection->pages = (uint32_t)facts->page_count;
}

/* One look at one document. */
typedef struct survey {
    const quire_options *options;
    quire_parse_options parse_options;
    quire_source_file source;
    quire_page_set pages;
    quire_inspection *inspection;
    quire_error *error;
    double deadline; /* of quire_clock(); INFINITY: none */
} survey;

static quire_status check_stop(const survey *job, int32_t page)
{
    const quire_options *options = job->options;
    if (options->cancelled && options->cancelled(options->user))
        return quire_fail(job->error, QUIRE_CANCELLED, "inspect", page, "cancelled");
    if (quire_clock() > job->deadline)
        return quire_fail(job->error, QUIRE_LIMIT, "inspect", page,
                          "the time limit of %g s was reached", options->timeout);
    return QUIRE_OK;
}

/* Is the page at `index` of `count` one of `samples` at equal distances? */
static bool is_sample(int64_t index, int64_t count, int64_t samples)
{
    return count <= samples || index * samples / count != (index + 1) * samples / count;
}

static quire_status sample_pages(survey *job)
{
    int32_t count = (int32_t)job->inspection->pages;
    int64_t selected = quire_page_set_count(&job->pages, count);
    int64_t samples = job->options->max_pages ? job->options->max_pages : SAMPLE_PAGES;
    quire_arena *arena = quire_arena_new(0);
    quire_status status = QUIRE_OK;
    int32_t number = 0;
    for (int64_t i = 0; i < selected && status == QUIRE_OK; i++) {
        number = quire_page_set_next(&job->pages, number, count);
        if (!is_sample(i, selected, samples))
            continue;
        quire_page page = {0};
        job->source.parser->parse_page(job->source.reader, number, arena, &page);
        inspect_page(job->inspection, &page);
        quire_arena_clear(arena);
        status = check_stop(job, number);
    }
    quire_arena_free(arena);
    return status;
}

static quire_status run(survey *job, const quire_input *input)
{
    quire_source_file *source = &job->source;
    quire_inspection *inspection = job->inspection;
    quire_status status = quire_page_set_parse(&job->pages, job->options->pages, job->error);
    if (status == QUIRE_OK)
        status = quire_source_open(source, input, job->options->max_file_size, job->error);
    inspection->bytes = source->bytes.size;
    if (status != QUIRE_OK)
        return status;
    inspection->media_type = source->parser->media_type;
    status = quire_source_read(source, &job->parse_options, job->error);
    inspection->encrypted = status == QUIRE_ENCRYPTED;
    if (status != QUIRE_OK)
        return status;
    note_facts(inspection, source->parser->facts(source->reader));
    return sample_pages(job);
}

quire_status quire_inspect(const quire_input *input, const quire_options *options,
                           quire_inspection *inspection, quire_error *error)
{
    static const quire_options defaults = {0};
    quire_error own_error;
    options = options ? options : &defaults;
    survey job = {
        .options = options,
        .parse_options = {.password = options->password,
                          .page_timeout = options->page_timeout,
                          .user = options->user,
                          .on_issue = options->on_issue},
        .inspection = inspection,
        .error = error ? error : &own_error,
        .deadline = options->timeout > 0 ? quire_clock() + options->timeout : INFINITY,
    };
    job.parse_options.deadline = options->timeout > 0 ? job.deadline : 0;
    quire_error_clear(job.error);
    *inspection = (quire_inspection){0};
    quire_status status = run(&job, input);
    quire_source_close(&job.source);
    quire_page_set_clear(&job.pages);
    return status;
}
