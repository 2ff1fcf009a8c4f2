/*
 * What is the same for all documents of a run: names of outputs, and the fingerprint of everything
 * but the content that decides about their bytes.
 */
#include <string.h>

#include "batch/run.h"

static const quire_format *find_format(const char *name)
{
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++)
        if (format->writes && strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

/* ".md"; where two formats share an extension, the format's name stands before it. */
static const char *extension_of(const quire_batch_options *options, size_t index)
{
    const quire_format *format = find_format(options->formats[index]);
    bool is_shared = false;
    for (size_t i = 0; i < options->format_count; i++)
        is_shared |= i != index &&
                     strcmp(find_format(options->formats[i])->extension, format->extension) == 0;
    g_autofree char *text = is_shared ? g_strdup_printf(".%s.%s", format->name, format->extension)
                                      : g_strdup_printf(".%s", format->extension);
    return g_intern_string(text);
}

static quire_status name_outputs(document_plan *plan, quire_error *error)
{
    const quire_batch_options *options = plan->options;
    if (options->format_count == 0 || options->format_count > WIRE_FORMATS)
        return quire_fail(error, QUIRE_USAGE, "options", 0, "%zu formats are too many or too few",
                          options->format_count);
    for (size_t i = 0; i < options->format_count; i++) {
        const quire_format *format = find_format(options->formats[i]);
        if (!format)
            return quire_fail(error, QUIRE_USAGE, "options", 0, "no format is called '%.60s'",
                              options->formats[i]);
        plan->names_input |= format->names_input;
    }
    for (size_t i = 0; i < options->format_count; i++)
        plan->extensions[i] = extension_of(options, i);
    return QUIRE_OK;
}

static void add_text(GString *out, const char *text)
{
    g_string_append_printf(out, "|%s", text ? text : "");
}

/* Limits count: what they cut off is missing from the output. */
static void take_fingerprint(document_plan *plan, const beside_files *beside)
{
    const quire_options *o = &plan->options->convert;
    const double numbers[] = {o->headers_footers,
                              o->hidden_text,
                              o->links,
                              o->emphasis,
                              o->tables,
                              o->figures,
                              o->words,
                              o->lines,
                              o->explain,
                              o->verify_text,
                              o->ocr,
                              o->dpi,
                              o->chunk_tokens,
                              o->chunk_overlap,
                              o->max_pages,
                              (double)o->max_file_size,
                              o->timeout,
                              o->page_timeout,
                              (double)plan->options->isolation.max_memory,
                              (double)plan->options->isolation.max_output};
    g_autoptr(GString) text = g_string_new(quire_version());
    add_text(text, quire_library_versions());
    add_text(text, o->ocr == QUIRE_OCR_OFF ? NULL : quire_ocr_engine());
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        char number[G_ASCII_DTOSTR_BUF_SIZE];
        add_text(text, g_ascii_dtostr(number, sizeof number, numbers[i]));
    }
    add_text(text, o->pages);
    add_text(text, o->languages);
    add_text(text, o->stop_after);
    add_text(text, o->tokenizer);
    beside_append_sha256(beside, text);
    for (size_t i = 0; i < plan->options->format_count; i++)
        add_text(text, plan->options->formats[i]);
    quire_sha256((quire_bytes){(const uint8_t *)text->str, text->len}, plan->fingerprint);
}

quire_status plan_make(batch_run *run, quire_error *error)
{
    document_plan *plan = &run->plan;
    plan->options = run->options;
    plan->store = run->store;
    quire_status status = name_outputs(plan, error);
    if (status == QUIRE_OK)
        take_fingerprint(plan, &run->beside);
    return status;
}
