/*
 * What would it cost Poppler to expand a CMap (PDF 32000-1, 9.7.5.4 and 9.10.3)? It enters every
 * code of every range one by one, so a few kilobytes can name billions:
 *
 *     beginbfrange  <0000> <FFFF> <0041>  <0000> <FFFF> <0041> ...
 *
 * Ranges are summed up here first, without expanding anything.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

enum {
    MAX_CMAP_BYTES = 8 * 1024 * 1024,
    MAX_CMAP_CODES = 2 * 1000 * 1000, /* of all ranges: all of Unicode, nearly twice */
};

typedef struct cmap_reader {
    const uint8_t *at, *end;
    bool in_ranges; /* between begin...range and end...range, but for the code space */
    bool in_chars; /* between beginbfchar and endbfchar */
    int place; /* within a range: 0 first code, 1 last code, 2 what they mean */
    uint64_t first, last, codes;
    uint8_t *covered; /* codes of one byte that mean something, a bit each */
} cmap_reader;

static int hex_digit(uint8_t c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static uint64_t read_hex(cmap_reader *r)
{
    uint64_t value = 0;
    for (r->at++; r->at < r->end && *r->at != '>'; r->at++) {
        int digit = hex_digit(*r->at);
        if (digit >= 0)
            value = (value << 4 | (unsigned)digit) & 0xFFFFFFFF;
    }
    r->at += r->at < r->end;
    return value;
}

static void cover(cmap_reader *r)
{
    for (uint64_t code = r->first; code <= r->last && code < 256; code++)
        r->covered[code / 8] |= (uint8_t)(1 << code % 8);
}

static void count_code(cmap_reader *r)
{
    uint64_t code = read_hex(r);
    if (r->place == 0) {
        r->first = r->last = code;
        r->place = r->in_chars ? 2 : 1;
    } else if (r->place == 1) {
        r->last = code;
        r->codes += code >= r->first ? code - r->first + 1 : 0;
        r->place = 2;
    } else {
        cover(r);
        r->place = 0;
    }
}

static void skip_array(cmap_reader *r)
{
    const uint8_t *close = memchr(r->at, ']', (size_t)(r->end - r->at));
    r->at = close ? close + 1 : r->end;
    r->place = 0;
}

static bool is_word(uint8_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/* A keyword or a number; the latter is what a range means in a CMap of CIDs. */
static void read_word(cmap_reader *r)
{
    static const char *const begins[] = {"beginbfrange", "begincidrange", "beginnotdefrange"};
    const uint8_t *start = r->at;
    while (r->at < r->end && is_word(*r->at))
        r->at++;
    size_t size = (size_t)(r->at - start);
    if (start[0] >= '0' && start[0] <= '9') {
        r->place = 0;
        return;
    }
    r->in_ranges = false;
    r->in_chars = size == strlen("beginbfchar") && !memcmp(start, "beginbfchar", size);
    r->place = 0;
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        r->in_ranges |= size == strlen(begins[i]) && !memcmp(start, begins[i], size);
}

static bool fits(const quire_stream_bytes *bytes, uint8_t covered[256 / 8])
{
    cmap_reader r = {.at = bytes->data, .end = bytes->data + bytes->size, .covered = covered};
    while (r.at < r.end && r.codes <= MAX_CMAP_CODES) {
        if (is_word(*r.at))
            read_word(&r);
        else if ((r.in_ranges || r.in_chars) && *r.at == '<')
            count_code(&r);
        else if ((r.in_ranges || r.in_chars) && *r.at == '[')
            skip_array(&r);
        else
            r.at++;
    }
    return r.codes <= MAX_CMAP_CODES;
}

bool quire_cmap_is_affordable(const quire_object *cmap, uint8_t covered[256 / 8])
{
    memset(covered, 0, 256 / 8);
    if (quire_object_kind(cmap) != QUIRE_OBJECT_STREAM)
        return true;
    quire_stream_bytes bytes = {0};
    bool is_read = quire_object_read_stream(cmap, MAX_CMAP_BYTES, &bytes);
    bool is_affordable = !is_read || (!bytes.cut && fits(&bytes, covered));
    if (bytes.damaged)
        memset(covered, 0, 256 / 8);
    quire_stream_bytes_clear(&bytes);
    return is_affordable;
}
