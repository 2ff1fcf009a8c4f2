/*
 * Looking for "N G obj" byte by byte; see scan.h.
 *
 *     ... 12 0 obj << /Length 13 0 R >> stream ##### endstream endobj   13 0 obj 512 endobj ...
 *         ^header     ^value                   ^stream
 *
 * What lies inside a stream is not searched: its end is where /Length says if "endstream" stands
 * there, else before the next "endstream" or header. Positions of the next header and of the next
 * "endstream" are remembered, so that the scan stays linear whatever the file holds.
 */
#include "parsers/pdf/scan_streams.h"

#include <stdlib.h>
#include <string.h>

enum {
    MAX_NUMBER = 8388607, /* PDF 32000-1, annex C */
    HEADER_WITHIN = 1024, /* bytes before "%PDF-" that readers allow */
};

/* Where the scan stands. */
typedef struct cursor {
    quire_scan *scan;
    size_t header,
        header_at; /* next header at or after `at`, remembered; header_at: searched from */
    size_t end, end_at; /* next "endstream", likewise */
} cursor;

static size_t search(quire_bytes file, const char *needle, size_t from)
{
    if (from >= file.size)
        return file.size;
    const uint8_t *hit = memmem(file.data + from, file.size - from, needle, strlen(needle));
    return hit ? (size_t)(hit - file.data) : file.size;
}

static size_t back_over_space(const uint8_t *data, size_t at)
{
    while (at > 0 && quire_syntax_is_space(data[at - 1]))
        at--;
    return at;
}

static size_t back_over_digits(const uint8_t *data, size_t at, size_t most)
{
    size_t end = at;
    while (at > 0 && end - at < most && data[at - 1] >= '0' && data[at - 1] <= '9')
        at--;
    return at;
}

/* Where the "N G " before the "obj" at `obj` begins; `obj` itself where there is none. */
static size_t header_before(quire_bytes file, size_t obj)
{
    size_t generation_end = back_over_space(file.data, obj);
    size_t generation = back_over_digits(file.data, generation_end, 5);
    size_t number_end = back_over_space(file.data, generation);
    size_t number = back_over_digits(file.data, number_end, 10);
    if (generation == generation_end || number_end == generation || number == number_end)
        return obj;
    return number;
}

/* The next "N G obj" at or behind `from`; file.size where there is none. */
static size_t next_header(cursor *c, size_t from)
{
    quire_bytes file = c->scan->file;
    if (from >= c->header_at && from <= c->header)
        return c->header;
    size_t obj = from;
    c->header_at = from;
    while ((obj = search(file, "obj", obj)) < file.size) {
        c->header = header_before(file, obj);
        if (c->header < obj && c->header >= from)
            return c->header;
        obj += 3;
    }
    return c->header = file.size;
}

static size_t next_end(cursor *c, size_t from)
{
    if (from < c->end_at || from > c->end) {
        c->end_at = from;
        c->end = search(c->scan->file, "endstream", from);
    }
    return c->end;
}

void quire_scan_add(quire_scan *scan, quire_found object)
{
    if (scan->objects->len >= QUIRE_MAX_TREE_NODES)
        return;
    g_array_append_val(scan->objects, object);
    gpointer key = GINT_TO_POINTER(object.number);
    guint held = GPOINTER_TO_UINT(g_hash_table_lookup(scan->latest, key));
    const quire_found *old = held ? &g_array_index(scan->objects, quire_found, held - 1) : NULL;
    if (old && (old->at > object.at || (object.cut && !old->cut)))
        return;
    g_hash_table_insert(scan->latest, key, GUINT_TO_POINTER(scan->objects->len));
}

/* The end of stream data that begin at `begin`, as /Length has it; 0 where that is not to be
 * trusted. */
static size_t end_by_length(const quire_scan *scan, quire_bytes dictionary, size_t begin)
{
    quire_bytes value;
    int64_t length;
    if (!quire_syntax_find(dictionary, "Length", &value) ||
        !quire_scan_resolve(scan, value, &value) || !quire_syntax_reads_integer(value, &length) ||
        (uint64_t)length > scan->file.size - begin)
        return 0;
    quire_syntax s = {scan->file, begin + (size_t)length};
    while (s.at < s.bytes.size && quire_syntax_is_space(s.bytes.data[s.at]))
        s.at++;
    return quire_syntax_keyword(&s, "endstream") ? begin + (size_t)length : 0;
}

/* The end of line before "endstream" belongs to neither. */
static size_t without_line_end(const uint8_t *data, size_t begin, size_t end)
{
    if (end > begin && data[end - 1] == '\n')
        end--;
    if (end > begin && data[end - 1] == '\r')
        end--;
    return end;
}

static void read_stream(cursor *c, quire_syntax *s, quire_found *object)
{
    quire_bytes file = c->scan->file;
    while (s->at < file.size && file.data[s->at] == ' ')
        s->at++;
    if (s->at < file.size && file.data[s->at] == '\r')
        s->at++;
    if (s->at < file.size && file.data[s->at] == '\n')
        s->at++;
    size_t begin = s->at, end = end_by_length(c->scan, object->value, begin);
    if (end == 0) {
        size_t keyword = next_end(c, begin), header = next_header(c, begin);
        object->cut = keyword == file.size && header == file.size;
        end = MIN(keyword, header);
        if (!object->cut)
            end = without_line_end(file.data, begin, end);
    }
    object->stream = (quire_bytes){file.data + begin, end - begin};
    s->at = end;
    quire_syntax_keyword(s, "endstream");
}

static bool is_of_type(quire_bytes dictionary, const char *type)
{
    quire_bytes value;
    return quire_syntax_find(dictionary, "Type", &value) && quire_syntax_reads_name(value, type);
}

/* Reads the object whose header stands at `at`; returns where to look on. */
static size_t read_object(cursor *c, size_t at)
{
    quire_syntax s = {c->scan->file, at};
    int64_t number = 0, generation = 0;
    quire_syntax_integer(&s, &number);
    quire_syntax_integer(&s, &generation);
    s.at = search(s.bytes, "obj", s.at) + 3;
    size_t behind_header = s.at;
    quire_found object = {(int32_t)number, (int32_t)generation, -1, 0, at, {0}, {0}, false};
    if (!quire_syntax_value(&s, &object.value)) {
        size_t wasted = s.at - behind_header;
        c->scan->work_budget -= MIN(wasted, c->scan->work_budget);
        return behind_header;
    }
    bool dictionary = quire_syntax_is_dictionary(object.value);
    if (dictionary && quire_syntax_keyword(&s, "stream"))
        read_stream(c, &s, &object);
    else if (!quire_syntax_keyword(&s, "endobj") && !dictionary)
        s.at = behind_header; /* a lone word may be the beginning of the next header */
    if (number > 0 && number <= MAX_NUMBER && generation <= UINT16_MAX)
        quire_scan_add(c->scan, object);
    if (object.stream.data && is_of_type(object.value, "XRef"))
        g_array_append_val(c->scan->trailers, object.value);
    return s.at;
}

/* Trailers stand between objects only. */
static void find_trailers(quire_scan *scan, size_t from, size_t to)
{
    quire_bytes gap = {scan->file.data, to};
    while (scan->work_budget > 0 && (from = search(gap, "trailer", from)) < to) {
        quire_syntax s = {scan->file, from + 7};
        quire_bytes dictionary;
        from += 7;
        if (quire_syntax_value(&s, &dictionary) && quire_syntax_is_dictionary(dictionary))
            g_array_append_val(scan->trailers, dictionary);
        else
            scan->work_budget -= MIN(s.at - from, scan->work_budget);
    }
}

static void find_objects(quire_scan *scan)
{
    cursor c = {scan, 0, 1, 0, 1};
    size_t at = 0, header;
    while (scan->work_budget > 0 && (header = next_header(&c, at)) < scan->file.size) {
        find_trailers(scan, at, header);
        at = read_object(&c, header);
    }
    find_trailers(scan, at, scan->file.size);
}

static const char *find_header(quire_bytes file)
{
    return memmem(file.data, MIN(file.size, HEADER_WITHIN), "%PDF-", 5);
}

quire_scan *quire_scan_new(quire_bytes file)
{
    quire_scan *scan = g_new0(quire_scan, 1);
    const uint8_t *header = file.size ? (const uint8_t *)find_header(file) : NULL;
    scan->has_header = header != NULL;
    size_t skipped = header ? (size_t)(header - file.data) : 0;
    scan->file = (quire_bytes){file.data + skipped, file.size - skipped};
    scan->objects = g_array_new(FALSE, FALSE, sizeof(quire_found));
    scan->latest = g_hash_table_new(NULL, NULL);
    scan->trailers = g_array_new(FALSE, FALSE, sizeof(quire_bytes));
    scan->opaque = g_array_new(FALSE, FALSE, sizeof(int32_t));
    scan->inflated = g_ptr_array_new_with_free_func(g_free);
    scan->inflated_budget = QUIRE_MAX_PAGE_BYTES;
    scan->work_budget = scan->file.size * 16 + 65536;
    find_objects(scan);
    quire_scan_open_streams(scan);
    return scan;
}

void quire_scan_free(quire_scan *scan)
{
    if (!scan)
        return;
    g_array_unref(scan->objects);
    g_hash_table_unref(scan->latest);
    g_array_unref(scan->trailers);
    g_array_unref(scan->opaque);
    g_ptr_array_unref(scan->inflated);
    g_free(scan);
}

const quire_found *quire_scan_find(const quire_scan *scan, int64_t number)
{
    if (number <= 0 || number > MAX_NUMBER)
        return NULL;
    guint held = GPOINTER_TO_UINT(g_hash_table_lookup(scan->latest, GINT_TO_POINTER((int)number)));
    return held ? &g_array_index(scan->objects, quire_found, held - 1) : NULL;
}

const quire_found *quire_scan_follow(const quire_scan *scan, quire_bytes reference)
{
    int32_t number, generation;
    if (!quire_syntax_reads_reference(reference, &number, &generation))
        return NULL;
    return quire_scan_find(scan, number);
}

bool quire_scan_resolve(const quire_scan *scan, quire_bytes value, quire_bytes *resolved)
{
    int32_t number, generation;
    for (int depth = 0; depth < QUIRE_MAX_TREE_DEPTH; depth++) {
        if (!quire_syntax_reads_reference(value, &number, &generation)) {
            *resolved = value;
            return true;
        }
        const quire_found *object = quire_scan_find(scan, number);
        if (!object)
            return false;
        value = object->value;
    }
    return false;
}
