#include "batch/wire.h"

#include <string.h>

/* A string that is NULL, beside one that is empty. */
static const char NOTHING[] = "\001";

typedef struct writer {
    char *bytes;
    size_t size;
    bool is_full;
} writer;

static void put(writer *out, const char *text)
{
    const char *written = text ? text : NOTHING;
    size_t size = strlen(written) + 1;
    out->is_full |= size > FRAME_BYTES - out->size;
    if (out->is_full)
        return;
    memcpy(out->bytes + out->size, written, size);
    out->size += size;
}

size_t wire_pack(const wire_request *request, char bytes[FRAME_BYTES])
{
    wire_request fixed = *request;
    const quire_options *options = &request->options;
    fixed.options.user = NULL;
    fixed.options.on_issue = NULL;
    fixed.options.on_page = NULL;
    fixed.options.on_page_begin = NULL;
    fixed.options.on_page_end = NULL;
    fixed.options.on_figure = NULL;
    fixed.options.cancelled = NULL;
    fixed.options.next_part = NULL;
    fixed.options.tokenizer_file = NULL; /* see beside.h */
    fixed.options.form_template_file = NULL;
    memcpy(bytes, &fixed, sizeof fixed);
    writer out = {bytes, sizeof fixed, false};
    put(&out, options->pages);
    put(&out, options->password);
    put(&out, options->stop_after);
    put(&out, options->languages);
    put(&out, options->broken_pages);
    put(&out, options->figures_prefix);
    put(&out, options->tokenizer);
    put(&out, options->page_separator);
    put(&out, options->form_template);
    put(&out, request->name);
    for (uint32_t i = 0; i < request->format_count; i++)
        put(&out, request->formats[i]);
    return out.is_full ? 0 : out.size;
}

typedef struct reader {
    const char *at, *end;
    bool is_short;
} reader;

static const char *take(reader *in)
{
    const char *text = in->at;
    const char *nul = memchr(in->at, 0, (size_t)(in->end - in->at));
    in->is_short |= !nul;
    if (in->is_short)
        return NULL;
    in->at = nul + 1;
    return strcmp(text, NOTHING) == 0 ? NULL : text;
}

bool wire_unpack(const batch_frame *frame, wire_request *request)
{
    if (frame->size < sizeof *request)
        return false;
    memcpy(request, frame->bytes, sizeof *request);
    reader in = {frame->bytes + sizeof *request, frame->bytes + frame->size, false};
    quire_options *options = &request->options;
    options->pages = take(&in);
    options->password = take(&in);
    options->stop_after = take(&in);
    options->languages = take(&in);
    options->broken_pages = take(&in);
    options->figures_prefix = take(&in);
    options->tokenizer = take(&in);
    options->page_separator = take(&in);
    options->form_template = take(&in);
    request->name = take(&in);
    if (request->format_count > WIRE_FORMATS)
        return false;
    for (uint32_t i = 0; i < request->format_count; i++)
        request->formats[i] = take(&in);
    return !in.is_short;
}
