/*
 * The objects of a PDF file found by looking at every byte, for files whose cross-reference table
 * or trailer is lost. It knows how objects stand in a file (PDF 32000-1, 7.3.10, 7.5.7) and
 * nothing of what they mean to a document; that is recover.c's.
 */
#ifndef QUIRE_PDF_SCAN_H
#define QUIRE_PDF_SCAN_H

#include <glib.h>

#include "parsers/pdf/syntax.h"

/* An object that is there. */
typedef struct quire_found {
    int32_t number, generation;
    int32_t container; /* number of the object stream that holds it, -1: none */
    int32_t index; /* within that */
    size_t at; /* of "N G obj" in the file; of an object in a stream: of that stream's */
    quire_bytes value; /* of a stream: its dictionary */
    quire_bytes stream; /* as stored; data is NULL where the object is no stream */
    bool cut; /* the file ends before the stream does */
} quire_found;

typedef struct quire_scan {
    quire_bytes file; /* from "%PDF-" on, where that is found: offsets count from here */
    bool has_header;
    GArray *objects; /* quire_found */
    GHashTable *latest; /* number -> index in objects + 1 of the one that counts */
    GArray *trailers; /* quire_bytes: trailer and xref stream dictionaries, in file order */
    GArray *opaque; /* int32_t: object streams that could not be opened from here */
    GPtrArray *inflated; /* contents of object streams, which the objects point into */
    size_t inflated_budget; /* bytes */
    size_t work_budget; /* bytes that may be looked at in vain */
} quire_scan;

/* Finds all objects; `file` is borrowed until quire_scan_free(). Never NULL. */
quire_scan *quire_scan_new(quire_bytes file);
void quire_scan_free(quire_scan *scan); /* NULL is fine */

/* The object that counts for `number`: the last one that is whole; NULL where none is. */
const quire_found *quire_scan_find(const quire_scan *scan, int64_t number);
/* The same through a value that is a reference; the generation is not compared. */
const quire_found *quire_scan_follow(const quire_scan *scan, quire_bytes reference);
/* The value itself, or what it refers to. False where that is lost. */
bool quire_scan_resolve(const quire_scan *scan, quire_bytes value, quire_bytes *resolved);

/*
 * The contents of a stream, as far as its bytes reach: plain, or Flate without predictor. *owned
 * is to be freed with g_free(), in any case. False where it cannot be read from here.
 */
bool quire_scan_read_stream(const quire_scan *scan, const quire_found *stream, size_t ceiling,
                            quire_bytes *bytes, void **owned);

/*
 * Adds the objects of object stream `number`, whose decoded `bytes` (copied) were obtained
 * elsewhere: the stream is encrypted, or filtered in an unusual way.
 */
void quire_scan_open_stream(quire_scan *scan, int32_t number, quire_bytes bytes);

#endif
