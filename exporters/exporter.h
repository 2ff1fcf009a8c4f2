/*
 * exporters/: from the document to bytes. An exporter is a static table of functions with a
 * private state, listed once in registry.c. It reads elements through the model's walk and
 * refuses to know about pages as evidence, about layout, and about who reads its output.
 */
#ifndef QUIRE_EXPORTER_H
#define QUIRE_EXPORTER_H

#include "chunk/chunk.h"
#include "core/core.h"
#include "model/model.h"

typedef struct quire_export_options {
    quire_keep headers_footers; /* QUIRE_REPORT: metadata only */
    quire_keep hidden_text;
    quire_keep links, emphasis; /* in Markdown */
    bool layout_preserving; /* in text: words stand where the paper has them */
    const char *page_separator; /* in Markdown and text, between pages; NULL: none */
    bool front_matter; /* in Markdown */
    bool placeholders; /* in Markdown, where a figure stands whose picture was not kept */
    int heading_offset; /* in Markdown, levels by which headings are lower */
    bool words, lines, explain;
    bool (*next_part)(void *output_user); /* see quire.h; may be NULL */
    quire_chunk_options chunk; /* without a counter: that of characters */
} quire_export_options;

/* A part of a page to be seen; an empty part is all of it. */
typedef struct quire_paper_request {
    int32_t page; /* 1-based */
    quire_box part; /* of the page as displayed, points */
    double dpi;
} quire_paper_request;

typedef struct quire_paper_picture {
    quire_bytes bytes; /* a whole file */
    const char *media_type; /* "image/jpeg"; static */
} quire_paper_picture;

/* A word that is to be laid over its page, unseen. */
typedef struct quire_paper_word {
    int32_t page; /* 1-based */
    float skew; /* of its page's record */
    int rotation; /* of its baseline, to a quarter of a turn, degrees counter-clockwise */
    quire_text text;
    quire_box box;
} quire_paper_word;

/*
 * What an exporter may ask of the input beside the document: to be shown, or to be written with
 * text over it. It gets bytes to hand on and never learns what they are made of.
 */
typedef struct quire_paper {
    void *user;
    bool (*picture)(void *user, const quire_paper_request *request, quire_paper_picture *picture);
    void (*release)(quire_paper_picture *picture);
    quire_status (*overlay)(void *user, const quire_paper_word *words, size_t count,
                            quire_sink *sink, quire_error *error);
} quire_paper;

typedef struct quire_export {
    const quire_document *document;
    const quire_export_options *options;
    quire_sink *sink;
    void *user; /* of the output, for next_part */
    void *state; /* state_size zeroed bytes, the exporter's own */
    const quire_paper *paper; /* NULL: there is none */
    quire_error error; /* set by an exporter that cannot write what is asked */
} quire_export;

typedef struct quire_exporter {
    const char *name; /* "markdown" */
    const char *extension; /* "md" */
    const char *media_type;
    const char *summary; /* one line */
    size_t state_size;
    /*
     * begin once, page after each settled page, end once. An exporter that sets `streams` writes
     * in `page` what the document holds then (it is drained afterwards); one that does not finds
     * the whole document in `end`. `end` also writes what a document that streams still holds, so
     * that one that is never drained needs no `page`. Failed writes stick in the sink.
     */
    bool streams;
    bool parts; /* calls next_part between parts that may be files of their own */
    bool needs_words; /* of pages, and lines of elements, which are gathered only where needed */
    bool needs_reasons; /* why elements are what they are, as with --explain */
    bool shows_hidden; /* text that is not seen is gathered where every output of a run shows it */
    bool fingerprints; /* writes the input's hash, which is reckoned only where asked for */
    void (*begin)(quire_export *job); /* may be NULL */
    void (*page)(quire_export *job); /* NULL unless it streams */
    void (*end)(quire_export *job);
} quire_exporter;

const quire_exporter *quire_exporter_find(const char *name); /* NULL: none */
const quire_exporter *quire_exporter_at(size_t index); /* NULL past the end */

/* The JSON Schema of json and ndjson. Static. */
const char *quire_exporter_schema(void);

#endif
