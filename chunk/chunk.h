/*
 * chunk/: the document in pieces for retrieval. It reads a const model and hands out ranges of its
 * content, never copies: consecutive blocks of a section packed up to a number of tokens, with the
 * headings they stand under beside them. It knows how long a text is for a language model.
 *
 * It refuses to know how chunks are written, and where the document came from.
 */
#ifndef QUIRE_CHUNK_H
#define QUIRE_CHUNK_H

#include "core/core.h"
#include "model/model.h"

enum { QUIRE_CHUNK_TOKENS = 512, QUIRE_CHUNK_LEAST_TOKENS = 16 };

/* ---- counting ---- */

typedef struct quire_counter quire_counter;

/*
 * "characters" (four to a token, the default), "words" (by the rules of Unicode), or "bpe:FILE"
 * with a merges file as GPT-2 has it, which is read from `file` where that is not NULL (it stays
 * open). QUIRE_USAGE for other names, QUIRE_IO and QUIRE_MALFORMED for the file.
 */
quire_status quire_counter_open(const char *name, const int *file, quire_counter **counter,
                                quire_error *error);
void quire_counter_free(quire_counter *counter); /* NULL is fine */
const char *quire_counter_name(const quire_counter *counter);
/* A byte pair counter remembers what it has counted, hence not const. */
size_t quire_counter_tokens(quire_counter *counter, quire_text text);

/* ---- chunks ---- */

typedef struct quire_chunk_options {
    uint32_t tokens; /* most of one chunk, context included; 0: QUIRE_CHUNK_TOKENS */
    uint32_t overlap; /* most that is repeated of the chunk before, within a section; 0: nothing */
    quire_counter *counter;
    bool (*shows)(const void *user, const quire_element *element); /* NULL: body and footnotes */
    const void *user;
} quire_chunk_options;

/* A range of one element's own text. */
typedef struct quire_chunk_piece {
    int32_t element; /* index into the document's elements */
    quire_span span; /* of the document's content */
    size_t start, end; /* bytes of quire_document.content */
} quire_chunk_piece;

typedef struct quire_chunk {
    char id[24]; /* "c" and 16 hexadecimal digits, and "-2" ... for equal ones */
    /* Where the text stands: the headings above it, " > " between them; of the later parts of a
     * table also its caption and its head. Not part of the content's range. */
    quire_text context;
    const quire_chunk_piece *pieces; /* ascending, but that footnotes stand behind their calls */
    size_t piece_count;
    uint64_t overlap_end; /* content before it is in the chunk before, too; 0: none */
    const int32_t *headings; /* elements: the path to its first text that is no heading */
    size_t heading_count;
    const int32_t *captions; /* elements: of what is in it, and those repeated in the context */
    size_t caption_count;
    size_t tokens; /* of quire_chunk_whole() */
} quire_chunk;

typedef struct quire_chunks {
    const quire_chunk *items;
    size_t count;
    quire_arena *arena; /* owns all of it */
} quire_chunks;

/* The document must be held whole, and outlive the chunks. */
quire_chunks quire_chunks_new(const quire_document *document, const quire_chunk_options *options);
void quire_chunks_clear(quire_chunks *chunks);

/* The ranges of content that a chunk holds without a gap but white space: *count spans, in the
 * chunk's arena. Its text is these ranges, "\n\n" between them. */
const quire_span *quire_chunk_spans(const quire_chunks *chunks, const quire_document *document,
                                    const quire_chunk *chunk, size_t *count);
/* That text; and the same behind the context and "\n\n", where there is one. In the arena. */
quire_text quire_chunk_text(const quire_chunks *chunks, const quire_document *document,
                            const quire_chunk *chunk);
quire_text quire_chunk_whole(const quire_chunks *chunks, const quire_document *document,
                             const quire_chunk *chunk);

#endif
