/*
 * Growing the bytes of a stream, and inflating into them (PDF 32000-1, 7.4.4); see stream_bytes.h.
 * Flate without a predictor is nearly every stream there is, and zlib several times faster at it
 * than Poppler.
 */
#include "parsers/pdf/stream_bytes.h"

#include <stdlib.h>
#include <zlib.h>

#define FIRST_BYTES ((size_t)16384)
#define MOST_AT_ONCE ((size_t)1 << 30) /* zlib counts in 32 bits */

bool quire_stream_bytes_reserve(quire_stream_bytes *bytes, size_t needed)
{
    if (needed <= bytes->capacity)
        return true;
    size_t capacity = bytes->capacity ? bytes->capacity : FIRST_BYTES;
    while (capacity < needed)
        capacity *= 2;
    void *grown = realloc(bytes->data, capacity);
    if (!grown)
        return false;
    bytes->data = grown;
    bytes->capacity = capacity;
    return true;
}

void quire_stream_bytes_put(quire_stream_bytes *bytes, uint8_t byte)
{
    if (quire_stream_bytes_reserve(bytes, bytes->size + 1))
        bytes->data[bytes->size++] = byte;
}

void quire_stream_bytes_clear(quire_stream_bytes *bytes)
{
    free(bytes->data);
    *bytes = (quire_stream_bytes){0};
}

struct quire_inflater {
    z_stream z;
};

quire_inflater *quire_inflater_new(void)
{
    quire_inflater *inflater = calloc(1, sizeof *inflater);
    if (inflater && inflateInit(&inflater->z) != Z_OK) {
        free(inflater);
        return NULL;
    }
    return inflater;
}

void quire_inflater_free(quire_inflater *inflater)
{
    if (!inflater)
        return;
    inflateEnd(&inflater->z);
    free(inflater);
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Inflates into the room that is there; what zlib says. */
static int fill_room(z_stream *z, size_t limit, quire_stream_bytes *bytes)
{
    size_t room = smaller(smaller(bytes->capacity, limit) - bytes->size, MOST_AT_ONCE);
    z->next_out = bytes->data + bytes->size;
    z->avail_out = (uInt)room;
    int result = inflate(z, Z_NO_FLUSH);
    bytes->size += room - z->avail_out;
    return result;
}

enum { ZLIB_HEADER = 2, WINDOW_BITS = 15 };

/* Deflate with a window, no dictionary, and a check sum of the two bytes (RFC 1950). */
static bool has_zlib_header(const uint8_t *packed, size_t size)
{
    return size > ZLIB_HEADER && (packed[0] & 15) == 8 && !(packed[1] & 32) &&
           (packed[0] << 8 | packed[1]) % 31 == 0;
}

/*
 * Starts behind a good header, as raw deflate: that leaves the check sum at the end alone, which
 * costs a tenth of inflating and of which no reader of PDFs takes notice.
 */
static bool start(z_stream *z, const uint8_t *packed, size_t size)
{
    bool skips = has_zlib_header(packed, size);
    size = smaller(size, UINT32_MAX);
    z->next_in = (Bytef *)packed + (skips ? ZLIB_HEADER : 0);
    z->avail_in = (uInt)size - (skips ? ZLIB_HEADER : 0);
    return inflateReset2(z, skips ? -WINDOW_BITS : WINDOW_BITS) == Z_OK;
}

void quire_inflater_append(quire_inflater *inflater, const uint8_t *packed, size_t size,
                           size_t limit, quire_stream_bytes *bytes)
{
    if (size == 0) /* as qpdf writes a stream of nothing */
        return;
    if (!inflater || !start(&inflater->z, packed, size)) {
        bytes->damaged = true;
        return;
    }
    z_stream *z = &inflater->z;
    size_t needed = smaller(bytes->size + 4 * size + 1024, limit);
    int result = Z_OK;
    while (result == Z_OK && quire_stream_bytes_reserve(bytes, needed)) {
        result = fill_room(z, limit, bytes);
        if (result != Z_OK || z->avail_out > 0)
            break;
        if (bytes->size >= limit) {
            bytes->cut = true;
            return;
        }
        needed = bytes->size + 1;
    }
    bytes->damaged = bytes->damaged || result != Z_STREAM_END;
}
