/*
 * Bytes in and out. Input is a sized view, mapped or read whole; output goes through a sink, and
 * files appear under their name only when complete (temporary file in the same folder, fsync,
 * rename).
 */
#ifndef QUIRE_CORE_IO_H
#define QUIRE_CORE_IO_H

#include <stdint.h>

#include "core/error.h"

typedef struct quire_bytes {
    const uint8_t *data;
    size_t size;
} quire_bytes;

/* An open input: a mapped file, or memory that was read from a pipe. */
typedef struct quire_file {
    quire_bytes bytes;
    bool mapped;
} quire_file;

/* Opens `path` ("-": standard input) whole. QUIRE_IO, QUIRE_LIMIT (over `max_bytes`). */
quire_status quire_file_open(quire_file *file, const char *path, uint64_t max_bytes,
                             quire_error *error);
/* The same of an open descriptor, from where it stands; it stays open. `name` is for messages. */
quire_status quire_file_open_descriptor(quire_file *file, int descriptor, const char *name,
                                        uint64_t max_bytes, quire_error *error);
void quire_file_close(quire_file *file);
/* Lets go of what was read of a mapped file: it counts as memory until then, and comes back from
 * the disk's cache when it is asked for again. */
void quire_file_forget(const quire_file *file);

/* A place to write to, buffered. The first failed write sticks: check quire_sink_failed() at the
 * end. */
typedef struct quire_sink quire_sink;

quire_sink *quire_sink_new(quire_write_fn write, void *user);
/* A sink that keeps what is written; see quire_sink_bytes(). */
quire_sink *quire_sink_new_memory(void);
void quire_sink_free(quire_sink *sink); /* does not flush */

void quire_sink_write(quire_sink *sink, const void *bytes, size_t size);
void quire_sink_text(quire_sink *sink, const char *text);
void quire_sink_printf(quire_sink *sink, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Hands everything to the writer; false once any write failed. */
bool quire_sink_flush(quire_sink *sink);
bool quire_sink_failed(const quire_sink *sink);
/* What a memory sink holds; borrowed until the next write. */
quire_bytes quire_sink_bytes(const quire_sink *sink);

/* A file that is not there until quire_output_file_commit(). */
typedef struct quire_output_file quire_output_file;

/* NULL with `error` filled when the temporary file cannot be made beside `path`. */
quire_output_file *quire_output_file_open(const char *path, quire_error *error);
bool quire_output_file_write(void *file, const void *bytes, size_t size); /* a quire_write_fn */
/* fsync and rename; frees `file` either way. */
quire_status quire_output_file_commit(quire_output_file *file, quire_error *error);
/* Removes the temporary file; frees `file`. */
void quire_output_file_abandon(quire_output_file *file);

/* Lower-case hexadecimal SHA-256 of `bytes`, 64 characters and NUL. */
void quire_sha256(quire_bytes bytes, char hex[65]);
/* The same of a file, of which no more than a few megabytes are held at a time. */
void quire_file_sha256(const quire_file *file, char hex[65]);

/* The same of bytes that come in parts. */
typedef struct quire_digest quire_digest;
quire_digest *quire_digest_new(void);
void quire_digest_add(quire_digest *digest, const void *bytes, size_t size);
void quire_digest_end(quire_digest *digest, char hex[65]); /* and begins anew */
void quire_digest_free(quire_digest *digest);

#endif
