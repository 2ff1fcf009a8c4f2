/*
 * PDF text strings (PDF 32000-1, 7.9.2.2 and annex D.2): UTF-16 with a byte order mark, UTF-8 with
 * one (PDF 2.0), else PDFDocEncoding, which is Latin-1 but for two stretches.
 */
#include "core/core.h"

#include <string.h>

static const uint16_t low_codes[] = {0x02D8, 0x02C7, 0x02C6, 0x02D9,
                                     0x02DD, 0x02DB, 0x02DA, 0x02DC};

static const uint16_t high_codes[] = {
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
    0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};

static uint32_t from_pdf_doc_encoding(uint8_t c)
{
    if (c >= 0x18 && c < 0x20) {
        return low_codes[c - 0x18];
    }
    if (c >= 0x80 && c <= 0xA0) {
        return high_codes[c - 0x80];
    }
    return c;
}

/* Next code point of UTF-16; lone surrogates give U+FFFD. */
static uint32_t next_utf16(const uint8_t *bytes, size_t size, size_t *at, int big)
{
    uint32_t unit = big ? (uint32_t)bytes[*at] << 8 | bytes[*at + 1]
                        : (uint32_t)bytes[*at + 1] << 8 | bytes[*at];
    *at += 2;
    if (unit < 0xD800 || unit > 0xDBFF || *at + 1 >= size) {
        return unit;
    }
    uint32_t low = big ? (uint32_t)bytes[*at] << 8 | bytes[*at + 1]
                       : (uint32_t)bytes[*at + 1] << 8 | bytes[*at];
    if (low < 0xDC00 || low > 0xDFFF) {
        return QUIRE_REPLACEMENT;
    }
    *at += 2;
    return 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
}

/* A language escape (ESC, two to six bytes, ESC) may stand inside a UTF-16 text string. */
static size_t past_language_escape(const uint8_t *bytes, size_t size, size_t at, int big)
{
    size_t end = at;
    for (int units = 0; units < 8 && end + 1 < size; units++) {
        if (next_utf16(bytes, size, &end, big) == 0x1B) {
            return end;
        }
    }
    return at;
}

static size_t put_utf16(const uint8_t *bytes, size_t size, int big, char *out)
{
    size_t used = 0;
    for (size_t at = 2; at + 1 < size;) {
        uint32_t c = next_utf16(bytes, size, &at, big);
        if (c == 0x1B) {
            at = past_language_escape(bytes, size, at, big);
        } else if (c) {
            used += quire_utf8_put(c, out + used);
        }
    }
    return used;
}

static size_t put_utf8(const uint8_t *bytes, size_t size, char *out)
{
    size_t used = 0;
    for (size_t at = 0; at < size;) {
        used += quire_utf8_put(quire_utf8_next((const char *)bytes, size, &at), out + used);
    }
    return used;
}

static size_t put_pdf_doc(const uint8_t *bytes, size_t size, char *out)
{
    size_t used = 0;
    for (size_t at = 0; at < size; at++) {
        if (bytes[at]) {
            used += quire_utf8_put(from_pdf_doc_encoding(bytes[at]), out + used);
        }
    }
    return used;
}

quire_text quire_text_from_pdf(quire_arena *arena, const uint8_t *bytes, size_t size)
{
    char *out = quire_arena_take(arena, size * 3 + 1);
    if (!out) {
        return (quire_text){"", 0};
    }
    size_t used;
    if (size >= 2 && (memcmp(bytes, "\xFE\xFF", 2) == 0 || memcmp(bytes, "\xFF\xFE", 2) == 0)) {
        used = put_utf16(bytes, size, bytes[0] == 0xFE, out);
    } else if (size >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) {
        used = put_utf8(bytes + 3, size - 3, out);
    } else {
        used = put_pdf_doc(bytes, size, out);
    }
    out[used] = 0;
    return (quire_text){out, used};
}
