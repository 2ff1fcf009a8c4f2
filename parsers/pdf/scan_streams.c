/*
 * Object streams (PDF 32000-1, 7.5.7) of a file that is being scanned: inflated as far as their
 * bytes reach, and the objects in them listed.
 *
 *     N pairs "number offset" | /First: object object object ...
 */
#include <stdlib.h>
#include <string.h>

#include "parsers/pdf/scan.h"
#include "parsers/pdf/scan_streams.h"
#include "parsers/pdf/stream_bytes.h"

/* Inflates what is there of `packed`; NULL where nothing comes out. Damaged data end early. */
static uint8_t *inflate_some(quire_bytes packed, size_t ceiling, size_t *size)
{
    quire_inflater *inflater = quire_inflater_new();
    quire_stream_bytes out = {0};
    quire_inflater_append(inflater, packed.data, packed.size, ceiling, &out);
    quire_inflater_free(inflater);
    *size = out.size;
    if (out.size == 0)
        quire_stream_bytes_clear(&out);
    return out.data;
}

/* True for a stream that is stored plain, or with Flate alone and no predictor. */
static bool is_plain(const quire_scan *scan, quire_bytes dictionary, bool *flate)
{
    quire_bytes filter, parameters;
    *flate = false;
    if (!quire_syntax_find(dictionary, "Filter", &filter))
        return true;
    if (!quire_scan_resolve(scan, filter, &filter) ||
        quire_syntax_find(dictionary, "DecodeParms", &parameters))
        return false;
    if (filter.size > 2 && filter.data[0] == '[') { /* [ /FlateDecode ] */
        quire_syntax s = {{filter.data + 1, filter.size - 2}, 0};
        quire_bytes second;
        if (!quire_syntax_value(&s, &filter) || quire_syntax_value(&s, &second))
            return false;
    }
    *flate =
        quire_syntax_reads_name(filter, "FlateDecode") || quire_syntax_reads_name(filter, "Fl");
    return *flate;
}

static bool integer_of(const quire_scan *scan, quire_bytes dictionary, const char *key,
                       int64_t *integer)
{
    quire_bytes value;
    return quire_syntax_find(dictionary, key, &value) && quire_scan_resolve(scan, value, &value) &&
           quire_syntax_reads_integer(value, integer);
}

/* True when the header of an object stream reads as pairs: otherwise it is encrypted. */
static bool list_objects(quire_scan *scan, const quire_found *stream, quire_bytes bytes)
{
    int64_t count, first, number, offset;
    if (!integer_of(scan, stream->value, "N", &count) ||
        !integer_of(scan, stream->value, "First", &first) || (uint64_t)first > bytes.size)
        return false;
    quire_syntax header = {{bytes.data, (size_t)first}, 0};
    int32_t container = stream->number;
    size_t at = stream->at; /* `stream` moves when objects are added */
    for (int32_t index = 0; index < count; index++) {
        if (!quire_syntax_integer(&header, &number) || !quire_syntax_integer(&header, &offset))
            return index > 0;
        quire_syntax body = {bytes, (size_t)first + (size_t)offset};
        quire_found object = {(int32_t)number, 0, container, index, at, {0}, {0}, false};
        if (body.at < bytes.size && quire_syntax_value(&body, &object.value))
            quire_scan_add(scan, object);
    }
    return true;
}

bool quire_scan_read_stream(const quire_scan *scan, const quire_found *stream, size_t ceiling,
                            quire_bytes *bytes, void **owned)
{
    bool flate;
    *owned = NULL;
    *bytes = stream->stream;
    if (!is_plain(scan, stream->value, &flate))
        return false;
    if (flate) {
        *owned = inflate_some(stream->stream, ceiling, &bytes->size);
        bytes->data = *owned;
    }
    return bytes->data && bytes->size <= ceiling;
}

/* Opens one stream; false where its contents cannot be read from here. */
static bool open_stream(quire_scan *scan, const quire_found *stream)
{
    quire_bytes bytes;
    void *owned;
    size_t ceiling = MIN(scan->inflated_budget, QUIRE_MAX_STREAM_BYTES);
    bool readable = quire_scan_read_stream(scan, stream, ceiling, &bytes, &owned);
    if (owned) {
        g_ptr_array_add(scan->inflated, owned);
        scan->inflated_budget -= bytes.size;
    }
    return readable && list_objects(scan, stream, bytes);
}

void quire_scan_open_streams(quire_scan *scan)
{
    guint count = scan->objects->len;
    for (guint i = 0; i < count; i++) {
        quire_found object = g_array_index(scan->objects, quire_found, i);
        quire_bytes type;
        if (!object.stream.data || !quire_syntax_find(object.value, "Type", &type) ||
            !quire_syntax_reads_name(type, "ObjStm"))
            continue;
        const quire_found *latest = quire_scan_find(scan, object.number);
        if (latest && latest->at == object.at && !open_stream(scan, &object))
            g_array_append_val(scan->opaque, object.number);
    }
}

void quire_scan_open_stream(quire_scan *scan, int32_t number, quire_bytes bytes)
{
    const quire_found *stream = quire_scan_find(scan, number);
    if (!stream || bytes.size == 0 || bytes.size > scan->inflated_budget)
        return;
    scan->inflated_budget -= bytes.size;
    uint8_t *copy = g_malloc(bytes.size);
    memcpy(copy, bytes.data, bytes.size);
    g_ptr_array_add(scan->inflated, copy);
    quire_found held = *stream;
    list_objects(scan, &held, (quire_bytes){copy, bytes.size});
}
