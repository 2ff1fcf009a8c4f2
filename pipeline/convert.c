/*
 * One document from its bytes to its outputs:
 *
 *     open -> facts -> for each page: parse, recognise, lay out, settle, write -> end
 *
 * A page that fails is an issue and the document goes on; what stops a document is a broken file,
 * the caller's word, a full disk, or a deadline before the first page.
 */
#include "layout/layout.h"
#include "pipeline/describe.h"
#include "pipeline/figures.h"
#include "pipeline/outputs.h"
#include "pipeline/pages.h"
#include "pipeline/paper.h"
#include "pipeline/pipeline.h"
#include "pipeline/recognise.h"
#include "pipeline/template.h"
#include "pipeline/verify.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    PAGES_HELD = 64, /* pages whose part of a mapped file stays in memory */
    MAX_HEADING_OFFSET = 5, /* Markdown has six levels */
};

typedef struct conversion {
    const quire_options *options;
    quire_json sheets; /* written where pages are wanted as sheets of a form */
    quire_form_template form_template; /* without sheets: none */
    char template_hash[65];
    quire_error *error;
    quire_parse_options parse_options;
    quire_source_file source;
    quire_page_set pages;
    quire_page_set broken; /* pages that are not read */
    quire_outputs outputs;
    quire_document *document;
    quire_recogniser recogniser;
    quire_figure_keeper figures;
    quire_layout *layout;
    quire_counter *counter; /* of tokens */
    quire_paper_source paper_source;
    quire_paper paper;
    int32_t verified; /* the last page that was compared, or passed by */
    double deadline; /* of quire_clock(); INFINITY: none */
    int32_t wanted; /* pages to convert */
    int32_t done; /* pages that went through the parser */
    int32_t incomplete; /* of these, with something missing */
    int32_t empty; /* of these, with nothing on them because they failed */
    bool out_of_time;
    quire_error missing; /* the first thing that is missing */
    quire_error bad_page; /* the first page that is incomplete */
} conversion;

/* ---- issues ---- */

/* Lists the issue in the document and tells the caller. */
static void note_issue(void *user, const quire_issue *issue)
{
    conversion *job = user;
    quire_document_add_issue(job->document, issue->code, issue->severity, issue->page,
                             issue->message);
    if (issue->severity == QUIRE_SEVERE)
        quire_fail(&job->missing, QUIRE_PARTIAL, "document", issue->page, "%s", issue->message);
    if (job->options->on_issue)
        job->options->on_issue(job->options->user, issue);
}

static void note(conversion *job, const char *code, quire_severity severity, int32_t page,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

static void note(conversion *job, const char *code, quire_severity severity, int32_t page,
                 const char *format, ...)
{
    char message[sizeof((quire_error *)0)->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    note_issue(job, &(quire_issue){code, severity, page, message});
}

/* ---- opening ---- */

static bool is_pass(const char *name)
{
    const quire_layout_pass_info *pass;
    for (size_t i = 0; (pass = quire_layout_pass_at(i)); i++)
        if (strcmp(pass->name, name) == 0)
            return true;
    return false;
}

static quire_status check_chunks(conversion *job)
{
    uint32_t tokens = job->options->chunk_tokens ? job->options->chunk_tokens : QUIRE_CHUNK_TOKENS;
    if (tokens < QUIRE_CHUNK_LEAST_TOKENS)
        return quire_fail(job->error, QUIRE_USAGE, "options", 0,
                          "chunks have at least %d tokens, not %u", QUIRE_CHUNK_LEAST_TOKENS,
                          tokens);
    if (job->options->chunk_overlap > tokens / 2)
        return quire_fail(job->error, QUIRE_USAGE, "options", 0,
                          "an overlap of %u tokens is more than half of a chunk of %u",
                          job->options->chunk_overlap, tokens);
    return quire_counter_open(job->options->tokenizer, job->options->tokenizer_file, &job->counter,
                              job->error);
}

/* Is something else than a document written to the one output? */
static bool is_dump(const quire_options *options)
{
    return options->stop_after || options->form_sheets;
}

static quire_status check_options(conversion *job, size_t output_count)
{
    const char *stop = job->options->stop_after;
    if (job->options->heading_offset > MAX_HEADING_OFFSET)
        return quire_fail(job->error, QUIRE_USAGE, "options", 0,
                          "headings can be lowered by %d levels, not %u", MAX_HEADING_OFFSET,
                          job->options->heading_offset);
    if (output_count == 0)
        return quire_fail(job->error, QUIRE_USAGE, "options", 0, "no output is asked for");
    if (stop && !is_pass(stop))
        return quire_fail(job->error, QUIRE_USAGE, "options", 0, "no pass is called '%.60s'", stop);
    if (is_dump(job->options) && output_count > 1)
        return quire_fail(job->error, QUIRE_USAGE, "options", 0,
                          "a stage is dumped to one output only");
    quire_status status = quire_page_set_parse(&job->pages, job->options->pages, job->error);
    if (status == QUIRE_OK && job->options->broken_pages)
        status = quire_page_set_parse(&job->broken, job->options->broken_pages, job->error);
    return status == QUIRE_OK ? check_chunks(job) : status;
}

static void forget_file(void *user)
{
    quire_file_forget(&((conversion *)user)->source.file);
}

static quire_status open_source(conversion *job, const quire_input *input)
{
    const quire_options *options = job->options;
    job->parse_options = (quire_parse_options){
        .password = options->password,
        .page_timeout = options->page_timeout,
        .deadline = options->timeout > 0 ? job->deadline : 0,
        .user = job,
        .on_issue = note_issue,
        .on_read = forget_file,
    };
    quire_status status =
        quire_source_open(&job->source, input, options->max_file_size, job->error);
    if (status != QUIRE_OK)
        return status;
    quire_describe_input(job->document, &job->source);
    if (job->outputs.fingerprint && job->source.is_file)
        quire_file_sha256(&job->source.file, job->document->sha256);
    else if (job->outputs.fingerprint)
        quire_sha256(job->source.bytes, job->document->sha256);
    quire_describe_options(job->document, options, job->template_hash);
    return quire_source_read(&job->source, &job->parse_options, job->error);
}

/* Facts, and which pages are wanted. */
static quire_status study_facts(conversion *job)
{
    const quire_facts *facts = job->source.parser->facts(job->source.reader);
    quire_describe_facts(job->document, facts);
    bool is_told = job->missing.status != QUIRE_OK;
    if (facts->recovered && !is_told)
        note(job, "recovered", QUIRE_SEVERE, 0,
             "the file is damaged and was repaired; some of it may be missing");
    int32_t selected = quire_page_set_count(&job->pages, facts->page_count);
    if (selected == 0 && facts->page_count > 0)
        return quire_fail(job->error, QUIRE_USAGE, "pages", 0,
                          "no page of %d is in the range '%.60s'", facts->page_count,
                          job->options->pages);
    uint32_t limit = job->options->max_pages;
    job->wanted = limit && (uint32_t)selected > limit ? (int32_t)limit : selected;
    if (job->wanted < selected)
        note(job, "page_limit", QUIRE_SEVERE, 0, "only %d of %d pages, the limit of pages",
             job->wanted, selected);
    return QUIRE_OK;
}

/* The facts with the structure tree, which layout asks for where it is of use. */
static const quire_facts *read_structure(void *user)
{
    const quire_source_file *source = &((conversion *)user)->source;
    return source->parser->structure ? source->parser->structure(source->reader) : NULL;
}

static const char *keep_figure(void *user, int32_t page, quire_box box, const quire_image *image)
{
    conversion *job = user;
    double limit = job->options->page_timeout > 0 ? job->options->page_timeout : QUIRE_PAGE_SECONDS;
    const quire_picture_request request = {
        .page = page,
        .box = box,
        .image = image,
        .deadline = fmin(job->deadline, quire_clock() + limit),
    };
    quire_error error = {0};
    const char *address = quire_figure_keep(&job->figures, &request, &error);
    if (!address)
        note(job, "figure_lost", QUIRE_SEVERE, page, "%s", error.message);
    return address;
}

static void show_sheet(void *user, const quire_form_sheet *sheet)
{
    quire_template_write_sheet(&((conversion *)user)->sheets, sheet);
}

static bool keeps_figures(const quire_options *options)
{
    return options->figures == QUIRE_FIGURES_EMBED || options->figures == QUIRE_FIGURES_FILES;
}

static void open_layout(conversion *job)
{
    const quire_options *options = job->options;
    quire_layout_options layout_options = {
        .words = options->words || job->outputs.words || options->verify_text ||
                 options->layout_preserving,
        .lines = options->lines || job->outputs.words,
        .explain = options->explain || job->outputs.reasons,
        .keep_hidden = job->outputs.hidden || options->hidden_text == QUIRE_KEEP ||
                       options->hidden_text == QUIRE_REPORT,
        .tables = options->tables,
        .stop_after = options->stop_after,
        .dump = options->stop_after ? quire_outputs_dump(&job->outputs) : NULL,
        .structure = read_structure,
        .keep_figure = keeps_figures(options) ? keep_figure : NULL,
        .form_template = job->form_template.sheet_count > 0 ? &job->form_template : NULL,
        .on_sheet = options->form_sheets ? show_sheet : NULL,
        .user = job,
        .on_issue = note_issue,
    };
    job->layout = quire_layout_new(&layout_options, job->source.parser->facts(job->source.reader),
                                   job->document);
}

static quire_status open_outputs(conversion *job, const quire_output *outputs, size_t count)
{
    quire_export_options options = {
        .headers_footers = job->options->headers_footers,
        .hidden_text = job->options->hidden_text,
        .links = job->options->links,
        .emphasis = job->options->emphasis,
        .layout_preserving = job->options->layout_preserving,
        .page_separator = job->options->page_separator,
        .front_matter = job->options->front_matter,
        .placeholders = job->options->figures == QUIRE_FIGURES_PLACEHOLDER,
        .heading_offset = (int)job->options->heading_offset,
        .words = job->options->words,
        .lines = job->options->lines,
        .explain = job->options->explain,
        .next_part = job->options->next_part,
        .chunk = {.tokens = job->options->chunk_tokens,
                  .overlap = job->options->chunk_overlap,
                  .counter = job->counter},
    };
    quire_status status =
        quire_outputs_open(&job->outputs, outputs, count, &options, job->document, job->error);
    job->outputs.paper = &job->paper;
    return status;
}

/* ---- pages ---- */

static void tell_page_end(const conversion *job)
{
    size_t count = job->document->pages.count;
    if (!job->options->on_page_end || count == 0)
        return;
    const quire_page_record *page = &job->document->pages.items[count - 1];
    quire_page_summary summary = {
        .number = page->page,
        .status = page->status,
        .confidence = page->confidence,
        .needs_review = page->needs_review,
        .recognised = page->source == QUIRE_SOURCE_OCR,
    };
    job->options->on_page_end(job->options->user, &summary);
}

#define AGREEMENT 0.7f /* of the words of a page whose text can be believed */

/* Compares the text layer of pages that were settled with what they show. */
static void verify_settled(conversion *job)
{
    quire_document *document = job->document;
    for (size_t i = 0; i < document->pages.count; i++) {
        quire_page_record *page = &document->pages.items[i];
        quire_error error = {0};
        int words = 0;
        if (page->page <= job->verified)
            continue;
        job->verified = page->page;
        if (!quire_verifies_page(page->page, document->page_count))
            continue;
        if (quire_verify_page(&job->recogniser, page, &words, &error) != QUIRE_OK)
            note(job, "not_verified", QUIRE_WARNING, page->page,
                 "its text could not be compared with what it shows: %s", error.message);
        else if (words > 0 && page->text_layer_agreement < AGREEMENT)
            note(job, "text_layer_differs", QUIRE_WARNING, page->page,
                 "the text layer says something else than the page shows: %.0f of %d words agree",
                 (double)page->text_layer_agreement * words, words);
        if (words > 0 && page->text_layer_agreement < AGREEMENT)
            page->needs_review = true;
    }
}

/* Writes what was settled, and forgets it where that can be. */
static quire_status write_settled(conversion *job, bool last)
{
    while (quire_layout_settle(job->layout, last)) {
        quire_status status = QUIRE_OK;
        if (job->options->verify_text)
            verify_settled(job);
        tell_page_end(job);
        if (!is_dump(job->options))
            status = quire_outputs_page(&job->outputs, job->error);
        if (status != QUIRE_OK)
            return status;
        if (job->outputs.all_stream || is_dump(job->options))
            quire_document_drain(job->document);
    }
    return QUIRE_OK;
}

static void note_page(conversion *job, const quire_page *page)
{
    if (page->status == QUIRE_OK)
        return;
    bool is_unread = page->image_count == 0 || page->status == QUIRE_MISSING;
    bool is_empty = page->glyph_count == 0 && is_unread;
    job->incomplete++;
    job->empty += is_empty;
    const char *message = page->message ? page->message : quire_status_name(page->status);
    quire_fail(&job->bad_page, page->status, "parse", page->number, "%s", message);
    note(job, is_empty ? "page_failed" : "page_incomplete", QUIRE_SEVERE, page->number, "%s",
         message);
}

/* Evidence of one page, from its content and, where that says nothing, from its pixels. */
static quire_status read_page(conversion *job, quire_arena *arena, quire_page *page, int32_t number)
{
    const char *why = NULL;
    if (quire_page_set_next(&job->broken, number - 1, number)) {
        *page = (quire_page){.number = number, .user_unit = 1, .status = QUIRE_INTERNAL};
        page->message = "reading this page broke the program that did it";
        return QUIRE_OK;
    }
    job->source.parser->parse_page(job->source.reader, number, arena, page);
    quire_status status = quire_recogniser_read(&job->recogniser, arena, page, &why, job->error);
    if (why && page->status == QUIRE_OK)
        g_array_append_val(job->paper_source.recognised, number);
    if (why)
        note(job, "recognised", QUIRE_INFO, number, "text was read from pixels: %s", why);
    return status;
}

static quire_status convert_page(conversion *job, int32_t number)
{
    quire_arena *arena = quire_arena_new(0);
    quire_page *page = quire_arena_new_of(arena, quire_page);
    if (job->options->on_page_begin)
        job->options->on_page_begin(job->options->user, number);
    quire_status status = read_page(job, arena, page, number);
    if (status != QUIRE_OK) {
        quire_arena_free(arena);
        return status;
    }
    note_page(job, page);
    quire_layout_add_page(job->layout, arena, page);
    job->done++;
    if (job->done % PAGES_HELD == 0)
        quire_file_forget(&job->source.file);
    if (job->options->on_page)
        job->options->on_page(job->options->user, job->done, job->wanted);
    return QUIRE_OK;
}

static quire_status check_stop(conversion *job)
{
    const quire_options *options = job->options;
    if (options->cancelled && options->cancelled(options->user))
        return quire_fail(job->error, QUIRE_CANCELLED, "document", 0, "cancelled");
    job->out_of_time = quire_clock() >= job->deadline;
    if (job->out_of_time && job->done == 0)
        return quire_fail(job->error, QUIRE_LIMIT, "document", 0,
                          "the time limit of %g s was reached before the first page",
                          options->timeout);
    return QUIRE_OK;
}

static quire_status convert_pages(conversion *job)
{
    int32_t page = 0, count = job->document->page_count;
    while (job->done < job->wanted && (page = quire_page_set_next(&job->pages, page, count))) {
        quire_status status = check_stop(job);
        if (status != QUIRE_OK)
            return status;
        if (job->out_of_time)
            break;
        status = convert_page(job, page);
        if (status == QUIRE_OK)
            status = write_settled(job, false);
        if (status != QUIRE_OK)
            return status;
    }
    if (job->out_of_time)
        note(job, "timeout", QUIRE_SEVERE, 0, "the time limit of %g s was reached: %d of %d pages",
             job->options->timeout, job->done, job->wanted);
    return write_settled(job, true);
}

/* ---- the end ---- */

/* A document of which no page could be read has failed. */
static quire_status check_pages(conversion *job)
{
    if (job->empty == 0 || job->empty < job->done)
        return QUIRE_OK;
    return quire_fail(job->error, job->bad_page.status, "parse", job->bad_page.page, "%s",
                      job->bad_page.message);
}

static void check_audit(conversion *job)
{
    const quire_audit *audit = &job->document->audit;
    unsigned long long total = audit->glyphs_total + audit->recognised.glyphs_total;
    if (audit->lost + audit->recognised.lost > 0)
        note(job, "glyphs_lost", QUIRE_SEVERE, 0, "%llu of %llu glyphs are missing from the output",
             (unsigned long long)(audit->lost + audit->recognised.lost), total);
    if (audit->unmapped > 0)
        note(job, "glyphs_unmapped", QUIRE_WARNING, 0,
             "%llu of %llu glyphs can be seen, but no font tells their text",
             (unsigned long long)audit->unmapped, total);
}

static quire_status tell_what_is_missing(conversion *job)
{
    const quire_error *first = job->incomplete ? &job->bad_page : &job->missing;
    if (job->incomplete > 1)
        return quire_fail(job->error, QUIRE_PARTIAL, "document", first->page,
                          "%d of %d pages are incomplete; the first: %s", job->incomplete,
                          job->wanted, first->message);
    return quire_fail(job->error, QUIRE_PARTIAL, "document", first->page, "%s", first->message);
}

static quire_status finish(conversion *job)
{
    quire_status status = check_pages(job);
    if (status != QUIRE_OK)
        return status;
    check_audit(job);
    bool is_partial = job->missing.status != QUIRE_OK;
    job->document->status = is_partial ? QUIRE_PARTIAL : QUIRE_OK;
    if (job->options->form_sheets)
        quire_template_end(&job->sheets);
    if (is_dump(job->options))
        status = quire_outputs_flush(&job->outputs, job->error);
    else
        status = quire_outputs_end(&job->outputs, job->error);
    return status == QUIRE_OK && is_partial ? tell_what_is_missing(job) : status;
}

static quire_status read_template(conversion *job, const char *name)
{
    const int *descriptor = job->options->form_template_file;
    quire_file file;
    quire_status status =
        descriptor
            ? quire_file_open_descriptor(&file, *descriptor, name, QUIRE_TEMPLATE_BYTES, job->error)
            : quire_file_open(&file, name, QUIRE_TEMPLATE_BYTES, job->error);
    if (status != QUIRE_OK)
        return status;
    quire_sha256(file.bytes, job->template_hash);
    status = quire_template_read(job->document->arena, file.bytes, &job->form_template, job->error);
    quire_file_close(&file);
    return status;
}

static quire_status run(conversion *job, const quire_input *input, const quire_output *outputs,
                        size_t output_count)
{
    quire_status status = check_options(job, output_count);
    const char *form = job->options->form_template;
    if (status == QUIRE_OK && form)
        status = read_template(job, form);
    if (status == QUIRE_OK)
        status = open_outputs(job, outputs, output_count);
    if (status == QUIRE_OK)
        status = open_source(job, input);
    if (status == QUIRE_OK)
        status = study_facts(job);
    if (status != QUIRE_OK)
        return status;
    open_layout(job);
    if (job->options->form_sheets)
        quire_template_begin(&job->sheets, quire_outputs_dump(&job->outputs));
    status = convert_pages(job);
    return status == QUIRE_OK ? finish(job) : status;
}

static quire_status convert(conversion *job, const quire_input *input, const quire_output *outputs,
                            size_t output_count)
{
    static const quire_options defaults = {0};
    quire_error own_error;
    job->options = job->options ? job->options : &defaults;
    job->error = job->error ? job->error : &own_error;
    job->document = quire_document_new();
    quire_error_clear(job->error);
    double timeout = job->options->timeout;
    job->deadline = timeout > 0 ? quire_clock() + timeout : INFINITY;
    job->figures = (quire_figure_keeper){job->options, &job->source, job->deadline, NULL, 0};
    job->recogniser = (quire_recogniser){
        .options = job->options, .source = &job->source, .deadline = job->deadline};
    job->paper_source = (quire_paper_source){
        &job->source, g_array_new(FALSE, FALSE, sizeof(int32_t)), job->options->page_timeout};
    job->paper = quire_paper_of(&job->paper_source);
    quire_status status = run(job, input, outputs, output_count);
    quire_layout_free(job->layout);
    quire_recogniser_clear(&job->recogniser);
    quire_figure_keeper_clear(&job->figures);
    quire_source_close(&job->source);
    quire_outputs_close(&job->outputs);
    quire_document_free(job->document);
    quire_counter_free(job->counter);
    g_array_unref(job->paper_source.recognised);
    quire_page_set_clear(&job->pages);
    quire_page_set_clear(&job->broken);
    return status;
}

quire_status quire_convert(const quire_input *input, const quire_options *options,
                           const quire_output *outputs, size_t output_count, quire_error *error)
{
    conversion job = {.options = options, .error = error};
    return convert(&job, input, outputs, output_count);
}
