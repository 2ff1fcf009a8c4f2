/*
 * From a file's facts to the head of the document.
 */
#include "pipeline/describe.h"

#include <glib.h>
#include <string.h>

static char *copy(quire_document *document, const char *text)
{
    return quire_arena_text(document->arena, text, strlen(text));
}

void quire_describe_input(quire_document *document, const quire_source_file *source)
{
    document->input_name = copy(document, source->name);
    document->input_bytes = source->bytes.size;
    document->media_type = source->parser->media_type;
}

static void add_outline(quire_document *document, const quire_facts *facts)
{
    for (size_t i = 0; i < facts->outline_count; i++) {
        const quire_outline_item *item = &facts->outline[i];
        quire_document_add_outline(
            document, &(quire_model_outline_item){item->title, item->level, item->page});
    }
}

static void add_attachments(quire_document *document, const quire_facts *facts)
{
    for (size_t i = 0; i < facts->attachment_count; i++) {
        const quire_attachment *item = &facts->attachments[i];
        quire_document_add_attachment(
            document,
            &(quire_model_attachment){item->name, item->description, item->media_type, item->size});
    }
}

void quire_describe_facts(quire_document *document, const quire_facts *facts)
{
    document->page_count = facts->page_count;
    if (facts->media_type)
        document->media_type = copy(document, facts->media_type);
    for (size_t i = 0; i < facts->metadata_count; i++) {
        const quire_metadata_item *item = &facts->metadata[i];
        quire_document_add_metadata(document,
                                    &(quire_model_metadata){item->key, item->value, item->source});
    }
    add_outline(document, facts);
    add_attachments(document, facts);
    if (facts->language)
        quire_document_add_language(document, facts->language);
}

void quire_describe_options(quire_document *document, const quire_options *options,
                            const char *form_template)
{
    g_autoptr(GString) text = g_string_new(QUIRE_VERSION);
    const int choices[] = {options->links,       options->emphasis,     options->headers_footers,
                           options->hidden_text, options->words,        options->lines,
                           options->explain,     (int)options->figures, (int)options->max_pages,
                           (int)options->ocr,    (int)options->dpi,     options->tables};
    for (size_t i = 0; i < G_N_ELEMENTS(choices); i++)
        g_string_append_printf(text, "|%d", choices[i]);
    g_string_append_printf(text, "|%s|%s|%s", options->stop_after ? options->stop_after : "",
                           options->pages ? options->pages : "",
                           options->languages ? options->languages : "");
    if (*form_template)
        g_string_append_printf(text, "|%s", form_template);
    if (options->verify_text)
        g_string_append(text, "|verify");
    if (options->chunk_tokens || options->chunk_overlap)
        g_string_append_printf(text, "|chunks %u %u", options->chunk_tokens,
                               options->chunk_overlap);
    if (options->tokenizer) /* the name alone: a path is of this machine */
        g_string_append_printf(text, "|%.*s", (int)strcspn(options->tokenizer, ":"),
                               options->tokenizer);
    if (options->layout_preserving)
        g_string_append(text, "|layout");
    if (options->page_separator || options->front_matter || options->heading_offset)
        g_string_append_printf(text, "|%s|%d %u",
                               options->page_separator ? options->page_separator : "",
                               options->front_matter, options->heading_offset);
    char hex[65];
    quire_sha256((quire_bytes){(const uint8_t *)text->str, text->len}, hex);
    memcpy(document->options_hash, hex, sizeof document->options_hash - 1);
    document->options_hash[sizeof document->options_hash - 1] = '\0';
}
