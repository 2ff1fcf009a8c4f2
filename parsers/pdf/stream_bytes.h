/*
 * Decoded bytes of streams: a buffer that is reused from stream to stream, and zlib behind it. It
 * knows nothing of where a stream stands or what it holds.
 */
#ifndef QUIRE_PDF_STREAM_BYTES_H
#define QUIRE_PDF_STREAM_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows as needed and is reused from call to call; zero it before the first. */
typedef struct quire_stream_bytes {
    uint8_t *data;
    size_t size, capacity;
    bool damaged; /* some data was corrupt: what lay before it is kept */
    bool cut; /* the ceiling was reached */
} quire_stream_bytes;

/* True when there is room for `needed` bytes in all. */
bool quire_stream_bytes_reserve(quire_stream_bytes *bytes, size_t needed);
void quire_stream_bytes_put(quire_stream_bytes *bytes, uint8_t byte); /* appends one */
void quire_stream_bytes_clear(quire_stream_bytes *bytes);

/* zlib's state, which costs more to set up than a short stream to inflate. */
typedef struct quire_inflater quire_inflater;

quire_inflater *quire_inflater_new(void); /* NULL without memory */
void quire_inflater_free(quire_inflater *inflater); /* NULL is fine */
/* Inflates `packed` behind what `bytes` holds, up to `limit` bytes in all, as far as it is sound.
 */
void quire_inflater_append(quire_inflater *inflater, const uint8_t *packed, size_t size,
                           size_t limit, quire_stream_bytes *bytes);

#ifdef __cplusplus
}
#endif

#endif
