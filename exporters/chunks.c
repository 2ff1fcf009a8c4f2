/*
 * Chunks for retrieval, one JSON object a line. A line loads as a LangChain Document (page_content,
 * metadata) and as a chunk of Docling (text, meta), and says where each part of it stands:
 *
 *     {"id":"c...","text":"...","context":"Title > Section","page_content":"...","token_count":87,
 *      "pages":[3],"boxes":[...],"span":[812,1140],"spans":[[812,1140]],"elements":["e..."], ...}
 *
 * The text is content[span] of the json format where the chunk has one span; of several they are
 * joined by a blank line.
 */
#include "exporters/inner.h"

#include <string.h>

typedef struct chunk_writer {
    quire_json *json;
    const quire_export *job;
    const quire_chunks *chunks;
    const quire_docling_ref *refs;
} chunk_writer;

static const quire_element *element_of(const chunk_writer *w, const quire_chunk_piece *piece)
{
    return &w->job->document->elements.items[piece->element];
}

/* ---- where it stands ---- */

static void write_pages(const chunk_writer *w, const quire_chunk *chunk, const char *key)
{
    int32_t last = 0;
    quire_json_key(w->json, key);
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < chunk->piece_count; i++) {
        int32_t page = element_of(w, &chunk->pieces[i])->page;
        if (page > last)
            quire_json_integer(w->json, page);
        last = MAX(page, last);
    }
    quire_json_end_array(w->json);
}

/* The byte of the element's text at which the piece begins. */
static size_t start_within(const quire_element *element, const quire_chunk_piece *piece)
{
    size_t at = 0;
    uint64_t points = piece->span.start - element->span.start;
    for (; points > 0 && at < element->text.size; points--)
        quire_utf8_next(element->text.data, element->text.size, &at);
    return at;
}

/* Of a part of a table the box around its cells. */
static quire_box box_of(const chunk_writer *w, const quire_chunk_piece *piece)
{
    const quire_element *element = element_of(w, piece);
    size_t bytes = piece->end - piece->start;
    if (!element->table || bytes == element->own_size)
        return element->box;
    quire_box box = quire_box_empty();
    size_t start = start_within(element, piece);
    for (size_t i = 0; i < element->table->cell_count; i++) {
        const quire_cell *cell = &element->table->cells[i];
        if (cell->start >= start && cell->end <= start + bytes && cell->end > cell->start)
            box = quire_box_union(box, cell->box);
    }
    return quire_box_is_empty(box) ? element->box : box;
}

static void write_boxes(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json_key(w->json, "boxes");
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < chunk->piece_count; i++) {
        quire_json_begin_flat_object(w->json);
        quire_json_pair_integer(w->json, "page", element_of(w, &chunk->pieces[i])->page);
        quire_json_box(w->json, "bbox", box_of(w, &chunk->pieces[i]));
        quire_json_end_object(w->json);
    }
    quire_json_end_array(w->json);
}

static void write_span(quire_json *json, uint64_t start, uint64_t end)
{
    quire_json_begin_flat_array(json);
    quire_json_integer(json, (int64_t)start);
    quire_json_integer(json, (int64_t)end);
    quire_json_end_array(json);
}

static void write_spans(const chunk_writer *w, const quire_chunk *chunk)
{
    size_t count;
    const quire_span *spans = quire_chunk_spans(w->chunks, w->job->document, chunk, &count);
    if (count == 0)
        return;
    quire_span around = spans[0];
    for (size_t i = 1; i < count; i++) { /* a footnote may stand before what follows its call */
        around.start = MIN(around.start, spans[i].start);
        around.end = MAX(around.end, spans[i].end);
    }
    quire_json_key(w->json, "span");
    write_span(w->json, around.start, around.end);
    quire_json_key(w->json, "spans");
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < count; i++)
        write_span(w->json, spans[i].start, spans[i].end);
    quire_json_end_array(w->json);
    if (chunk->overlap_end > 0) {
        quire_json_key(w->json, "overlap");
        write_span(w->json, spans[0].start, chunk->overlap_end);
    }
}

/* ---- what it is of ---- */

static bool begins_element(const quire_chunk *chunk, size_t index)
{
    return index == 0 || chunk->pieces[index].element != chunk->pieces[index - 1].element;
}

static void write_elements(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json_key(w->json, "elements");
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < chunk->piece_count; i++) {
        if (begins_element(chunk, i))
            quire_json_string(w->json, quire_text_of(element_of(w, &chunk->pieces[i])->id));
    }
    quire_json_end_array(w->json);
}

static void write_texts(const chunk_writer *w, const char *key, const int32_t *elements,
                        size_t count)
{
    quire_json_key(w->json, key);
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < count; i++)
        quire_json_string(w->json,
                          quire_element_own_text(&w->job->document->elements.items[elements[i]]));
    quire_json_end_array(w->json);
}

static const char *language_of(const chunk_writer *w, const quire_chunk_piece *piece)
{
    const quire_document *document = w->job->document;
    const char *own = element_of(w, piece)->language;
    return own ? own : document->languages.count > 0 ? document->languages.items[0] : NULL;
}

static void write_languages(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json_key(w->json, "languages");
    quire_json_begin_array(w->json);
    for (size_t i = 0; i < chunk->piece_count; i++) {
        const char *language = language_of(w, &chunk->pieces[i]);
        bool is_new = language != NULL;
        for (size_t k = 0; k < i && is_new; k++)
            is_new = g_strcmp0(language, language_of(w, &chunk->pieces[k])) != 0;
        if (is_new)
            quire_json_string(w->json, quire_text_of(language));
    }
    quire_json_end_array(w->json);
}

/* As sure as the least sure of its elements. */
static double confidence_of(const chunk_writer *w, const quire_chunk *chunk)
{
    double least = 1;
    for (size_t i = 0; i < chunk->piece_count; i++)
        least = MIN(least, element_of(w, &chunk->pieces[i])->confidence);
    return least;
}

static void write_neighbour(const chunk_writer *w, const char *key, const quire_chunk *chunk)
{
    bool is_there = chunk >= w->chunks->items && chunk < w->chunks->items + w->chunks->count;
    quire_json_pair_cstring(w->json, key, is_there ? chunk->id : NULL);
}

/* ---- the shapes of others ---- */

/* LangChain: what filters and citations need, flat. */
static void write_metadata(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json_key(w->json, "metadata");
    quire_json_begin_object(w->json);
    quire_json_pair_cstring(w->json, "source", w->job->document->input_name);
    quire_json_pair_cstring(w->json, "id", chunk->id);
    quire_json_pair_integer(w->json, "page", element_of(w, chunk->pieces)->page);
    write_pages(w, chunk, "pages");
    write_texts(w, "headings", chunk->headings, chunk->heading_count);
    quire_json_pair_integer(w->json, "token_count", (int64_t)chunk->tokens);
    quire_json_end_object(w->json);
}

/* Docling's chunk meta: the items it was made of, as they stand in the docling format. */
static void write_meta(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json *json = w->json;
    quire_json_key(json, "meta");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "schema_name", "docling_core.transforms.chunker.DocMeta");
    quire_json_pair_cstring(json, "version", "1.0.0");
    quire_json_key(json, "doc_items");
    quire_json_begin_array(json);
    for (size_t i = 0; i < chunk->piece_count; i++) {
        if (begins_element(chunk, i))
            quire_docling_mention(json, w->job, w->refs, chunk->pieces[i].element);
    }
    quire_json_end_array(json);
    if (chunk->heading_count > 0)
        write_texts(w, "headings", chunk->headings, chunk->heading_count);
    if (chunk->caption_count > 0)
        write_texts(w, "captions", chunk->captions, chunk->caption_count);
    quire_docling_origin(json, w->job->document);
    quire_json_end_object(json);
}

static void write_chunk(const chunk_writer *w, const quire_chunk *chunk)
{
    quire_json *json = w->json;
    const quire_document *document = w->job->document;
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "id", chunk->id);
    quire_json_pair_string(json, "text", quire_chunk_text(w->chunks, document, chunk));
    quire_json_pair_string(json, "context", chunk->context);
    quire_json_pair_string(json, "page_content", quire_chunk_whole(w->chunks, document, chunk));
    quire_json_pair_integer(json, "token_count", (int64_t)chunk->tokens);
    write_pages(w, chunk, "pages");
    write_boxes(w, chunk);
    write_spans(w, chunk);
    write_elements(w, chunk);
    write_texts(w, "headings", chunk->headings, chunk->heading_count);
    write_texts(w, "captions", chunk->captions, chunk->caption_count);
    write_languages(w, chunk);
    quire_json_pair_number(json, "confidence", confidence_of(w, chunk), 3);
    write_neighbour(w, "previous", chunk - 1);
    write_neighbour(w, "next", chunk + 1);
    write_metadata(w, chunk);
    write_meta(w, chunk);
    quire_json_end_object(json);
    quire_sink_text(w->job->sink, "\n");
}

/* ---- the document ---- */

static bool shows(const void *options, const quire_element *element)
{
    return quire_export_shows(options, element);
}

static void end(quire_export *job)
{
    quire_chunk_options options = job->options->chunk;
    quire_counter *own = NULL;
    options.shows = shows;
    options.user = job->options;
    if (!options.counter && quire_counter_open(NULL, NULL, &own, NULL) == QUIRE_OK)
        options.counter = own;
    quire_chunks chunks = quire_chunks_new(job->document, &options);
    g_autofree quire_docling_ref *refs = quire_docling_number(job);
    quire_json json;
    for (size_t i = 0; i < chunks.count; i++) {
        quire_json_init(&json, job->sink, 0);
        write_chunk(&(chunk_writer){&json, job, &chunks, refs}, &chunks.items[i]);
    }
    quire_chunks_clear(&chunks);
    quire_counter_free(own);
}

const quire_exporter quire_chunks_exporter = {
    .name = "chunks",
    .extension = "chunks.jsonl",
    .media_type = "application/jsonl",
    .summary = "pieces for retrieval, a JSON object a line, for LangChain and others",
    .fingerprints = true,
    .end = end,
};
