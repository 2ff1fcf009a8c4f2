/*
 * The document as a holder: what it is made of, what it states about the input, and how it forgets
 * pages that were written out. Elements are added in build.c.
 */
#include "model/inner.h"

#include <stdlib.h>

/* The canonical text, bytes; offsets within an element's text have 32 bits. */
#define CONTENT_CEILING ((size_t)2 << 30)

quire_document *quire_document_new(void)
{
    quire_document *document = calloc(1, sizeof *document);
    if (!document)
        abort();
    document->arena = quire_arena_new(0);
    document->page_arena = quire_arena_new(0);
    document->content.ceiling = CONTENT_CEILING;
    document->issues.ceiling = QUIRE_MAX_ISSUES;
    document->pages.ceiling = QUIRE_MAX_PAGES;
    document->outline.ceiling = QUIRE_MAX_TREE_NODES;
    return document;
}

void quire_document_free(quire_document *document)
{
    if (!document)
        return;
    quire_array_clear(&document->metadata);
    quire_array_clear(&document->outline);
    quire_array_clear(&document->attachments);
    quire_array_clear(&document->languages);
    quire_array_clear(&document->issues);
    quire_array_clear(&document->pages);
    quire_array_clear(&document->elements);
    quire_array_clear(&document->links);
    quire_array_clear(&document->annotations);
    quire_array_clear(&document->fields);
    quire_array_clear(&document->content);
    quire_arena_free(document->page_arena);
    quire_arena_free(document->arena);
    free(document);
}

void quire_document_drain(quire_document *document)
{
    document->pages.count = 0;
    document->elements.count = 0;
    document->links.count = 0;
    document->annotations.count = 0;
    document->fields.count = 0;
    document->content.count = 0;
    document->content_start = document->content_length;
    document->ids = NULL;
    quire_arena_clear(document->page_arena);
}

static const quire_handwritten *copy_handwriting(quire_arena *arena, const quire_handwritten *rows,
                                                 size_t count)
{
    quire_handwritten *copies = quire_arena_array(arena, quire_handwritten, count);
    for (size_t i = 0; i < count; i++)
        copies[i] = rows[i];
    return copies;
}

static const quire_word *copy_words(quire_arena *arena, const quire_word *words, size_t count)
{
    quire_word *copies = quire_arena_array(arena, quire_word, count);
    for (size_t i = 0; copies && i < count; i++) {
        copies[i] = words[i];
        copies[i].text = quire_model_text(arena, words[i].text);
    }
    return copies;
}

void quire_document_add_page(quire_document *document, const quire_page_record *page)
{
    quire_page_record *kept = quire_array_push(&document->pages);
    if (!kept)
        return;
    *kept = *page;
    kept->label = quire_model_string(document->page_arena, page->label);
    kept->words = copy_words(document->page_arena, page->words, page->word_count);
    kept->word_count = kept->words ? page->word_count : 0;
    kept->handwriting =
        copy_handwriting(document->page_arena, page->handwriting, page->handwriting_count);
    const char **why = quire_arena_array(document->page_arena, const char *, page->why_count);
    for (size_t i = 0; i < page->why_count; i++)
        why[i] = quire_model_string(document->page_arena, page->why[i]);
    kept->why = why;
}

int32_t quire_document_add_link(quire_document *document, const quire_model_link *link)
{
    quire_model_link *kept = quire_array_push(&document->links);
    if (!kept)
        return -1;
    *kept = *link;
    kept->uri = quire_model_string(document->page_arena, link->uri);
    return (int32_t)(document->links.count - 1);
}

void quire_document_add_annotation(quire_document *document,
                                   const quire_model_annotation *annotation)
{
    quire_model_annotation *kept = quire_array_push(&document->annotations);
    if (!kept)
        return;
    *kept = *annotation;
    kept->subtype = quire_model_string(document->page_arena, annotation->subtype);
    kept->contents = quire_model_string(document->page_arena, annotation->contents);
    kept->author = quire_model_string(document->page_arena, annotation->author);
}

static const char *const *copy_strings(quire_arena *arena, const char *const *strings, size_t count)
{
    const char **copies = quire_arena_array(arena, const char *, count);
    for (size_t i = 0; copies && i < count; i++)
        copies[i] = quire_model_string(arena, strings[i]);
    return copies;
}

void quire_document_add_field(quire_document *document, const quire_field *field)
{
    quire_field *kept = quire_array_push(&document->fields);
    if (!kept)
        return;
    quire_arena *arena = document->page_arena;
    *kept = *field;
    kept->name = quire_model_string(arena, field->name);
    kept->label = quire_model_string(arena, field->label);
    kept->value = quire_model_string(arena, field->value);
    kept->normalised = quire_model_string(arena, field->normalised);
    kept->default_value = quire_model_string(arena, field->default_value);
    kept->export_value = quire_model_string(arena, field->export_value);
    kept->symbology = quire_model_string(arena, field->symbology);
    kept->signed_at = quire_model_string(arena, field->signed_at);
    kept->signed_in = quire_model_string(arena, field->signed_in);
    kept->signed_for = quire_model_string(arena, field->signed_for);
    kept->options = copy_strings(arena, field->options, field->option_count);
    kept->export_options = NULL;
    if (field->export_options)
        kept->export_options = copy_strings(arena, field->export_options, field->option_count);
    kept->option_count = kept->options ? field->option_count : 0;
    quire_field_identify(document, kept);
}

void quire_document_add_outline(quire_document *document, const quire_model_outline_item *item)
{
    quire_model_outline_item *kept = quire_array_push(&document->outline);
    if (!kept)
        return;
    *kept = *item;
    kept->title = quire_model_string(document->arena, item->title);
}

void quire_document_add_attachment(quire_document *document,
                                   const quire_model_attachment *attachment)
{
    quire_model_attachment *kept = quire_array_push(&document->attachments);
    if (!kept)
        return;
    *kept = *attachment;
    kept->name = quire_model_string(document->arena, attachment->name);
    kept->description = quire_model_string(document->arena, attachment->description);
    kept->media_type = quire_model_string(document->arena, attachment->media_type);
}

void quire_document_add_metadata(quire_document *document, const quire_model_metadata *item)
{
    quire_model_metadata *kept = quire_array_push(&document->metadata);
    if (!kept)
        return;
    kept->key = quire_model_string(document->arena, item->key);
    kept->value = quire_model_string(document->arena, item->value);
    kept->source = quire_model_string(document->arena, item->source);
}

void quire_document_add_language(quire_document *document, const char *language)
{
    const char **kept = quire_array_push(&document->languages);
    if (kept)
        *kept = quire_model_string(document->arena, language);
}

void quire_document_add_issue(quire_document *document, const char *code, quire_severity severity,
                              int32_t page, const char *message)
{
    quire_issue *kept = quire_array_push(&document->issues);
    if (!kept) {
        document->issues_dropped++;
        return;
    }
    kept->code = quire_model_string(document->arena, code);
    kept->severity = severity;
    kept->page = page;
    kept->message = quire_model_string(document->arena, message);
}
