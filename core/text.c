/*
 * UTF-8 by hand; what Unicode knows about characters comes from ICU, which is included nowhere
 * else. ASCII takes a short way past ICU everywhere, since nearly all text is ASCII.
 */
#include "core/core.h"

#include <string.h>
#include <unicode/ubidi.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

quire_text quire_text_of(const char *text)
{
    return (quire_text){text, text ? strlen(text) : 0};
}

bool quire_text_equal(quire_text a, quire_text b)
{
    return a.size == b.size && (a.size == 0 || memcmp(a.data, b.data, a.size) == 0);
}

/* Smallest code point that needs this many bytes: shorter forms are refused (RFC 3629). */
static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

static size_t lead_size(unsigned char lead)
{
    return lead < 0x80   ? 1
           : lead < 0xC2 ? 0
           : lead < 0xE0 ? 2
           : lead < 0xF0 ? 3
           : lead < 0xF5 ? 4
                         : 0;
}

static bool is_scalar(uint32_t c)
{
    return c < 0xD800 || (c > 0xDFFF && c <= 0x10FFFF);
}

uint32_t quire_utf8_next(const char *text, size_t size, size_t *at)
{
    const unsigned char *bytes = (const unsigned char *)text + *at;
    size_t left = size - *at, length = lead_size(*bytes);
    *at += 1;
    if (length == 1) {
        return *bytes;
    }
    if (length == 0 || length > left) {
        return QUIRE_REPLACEMENT;
    }
    uint32_t c = *bytes & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((bytes[i] & 0xC0) != 0x80) {
            return QUIRE_REPLACEMENT;
        }
        c = c << 6 | (bytes[i] & 0x3F);
    }
    if (c < smallest[length] || !is_scalar(c)) {
        return QUIRE_REPLACEMENT;
    }
    *at += length - 1;
    return c;
}

size_t quire_utf8_put(uint32_t c, char out[4])
{
    c = is_scalar(c) ? c : QUIRE_REPLACEMENT;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    size_t length = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
    for (size_t i = length; i-- > 1; c >>= 6) {
        out[i] = (char)(0x80 | (c & 0x3F));
    }
    out[0] = (char)((0xF00u >> length & 0xF0) | c);
    return length;
}

size_t quire_utf8_length(const char *text, size_t size)
{
    size_t count = 0;
    for (size_t at = 0; at < size; count++) {
        quire_utf8_next(text, size, &at);
    }
    return count;
}

static bool is_ascii(quire_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] >= 0x80) {
            return false;
        }
    }
    return true;
}

/* Below U+0300 every character that is not a mark is its own NFC. */
static bool is_plain(quire_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if ((unsigned char)text.data[i] >= 0xCC) {
            return false;
        }
    }
    return true;
}

static quire_text normalised(quire_arena *arena, quire_text text, const UNormalizer2 *form)
{
    UErrorCode code = U_ZERO_ERROR;
    int32_t length = 0, capacity = (int32_t)text.size * 4 + 16;
    if (text.size > INT32_MAX / 32) {
        return text;
    }
    quire_arena_mark mark = quire_arena_position(arena);
    UChar *wide = quire_arena_array(arena, UChar, text.size + 1);
    UChar *folded = quire_arena_array(arena, UChar, (size_t)capacity);
    char *out = quire_arena_take(arena, (size_t)capacity * 3 + 1);
    if (!wide || !folded || !out) {
        return text;
    }
    u_strFromUTF8WithSub(wide, (int32_t)text.size + 1, &length, text.data, (int32_t)text.size,
                         (UChar32)QUIRE_REPLACEMENT, NULL, &code);
    length = unorm2_normalize(form, wide, length, folded, capacity, &code);
    int32_t size = 0;
    u_strToUTF8(out, capacity * 3, &size, folded, length, &code);
    if (U_FAILURE(code)) {
        return text;
    }
    if ((size_t)size == text.size && memcmp(out, text.data, text.size) == 0) {
        quire_arena_reset(arena, mark);
        return text;
    }
    return (quire_text){out, (size_t)size};
}

quire_text quire_text_nfc(quire_arena *arena, quire_text text)
{
    UErrorCode code = U_ZERO_ERROR;
    if (is_plain(text)) {
        return text;
    }
    const UNormalizer2 *form = unorm2_getNFCInstance(&code);
    return U_FAILURE(code) ? text : normalised(arena, text, form);
}

quire_text quire_text_folded(quire_arena *arena, quire_text text)
{
    UErrorCode code = U_ZERO_ERROR;
    if (is_ascii(text)) {
        return text;
    }
    const UNormalizer2 *form = unorm2_getNFKCInstance(&code);
    return U_FAILURE(code) ? text : normalised(arena, text, form);
}

bool quire_is_space(uint32_t c)
{
    return c < 0x80 ? c == ' ' || (c >= 9 && c <= 13) : u_isUWhiteSpace((UChar32)c);
}

bool quire_is_letter(uint32_t c)
{
    return c < 0x80 ? (c | 32) >= 'a' && (c | 32) <= 'z' : u_isalpha((UChar32)c);
}

bool quire_is_lower(uint32_t c)
{
    return c < 0x80 ? c >= 'a' && c <= 'z' : u_islower((UChar32)c);
}

bool quire_is_upper(uint32_t c)
{
    return c < 0x80 ? c >= 'A' && c <= 'Z' : u_isupper((UChar32)c);
}

bool quire_is_digit(uint32_t c)
{
    return c < 0x80 ? c >= '0' && c <= '9' : u_isdigit((UChar32)c);
}

bool quire_is_combining(uint32_t c)
{
    return c >= 0x300 && (U_MASK(u_charType((UChar32)c)) & (U_GC_MN_MASK | U_GC_ME_MASK));
}

bool quire_is_right_to_left(uint32_t c)
{
    if (c < 0x590) {
        return false;
    }
    UCharDirection direction = u_charDirection((UChar32)c);
    return direction == U_RIGHT_TO_LEFT || direction == U_RIGHT_TO_LEFT_ARABIC;
}

bool quire_is_strong_left(uint32_t c)
{
    return c < 0x80 ? quire_is_letter(c) : u_charDirection((UChar32)c) == U_LEFT_TO_RIGHT;
}

bool quire_is_ideographic(uint32_t c)
{
    if (c < 0x2E80) {
        return false;
    }
    bool punctuation = (c >= 0x3000 && c <= 0x303F) || (c >= 0xFF00 && c <= 0xFFEF);
    bool kana = c >= 0x3040 && c <= 0x30FF;
    return punctuation || kana || u_hasBinaryProperty((UChar32)c, UCHAR_IDEOGRAPHIC);
}

bool quire_is_private(uint32_t c)
{
    const uint32_t mask = U_GC_CO_MASK | U_GC_CN_MASK | U_GC_CS_MASK;
    return c >= 0x80 && (U_MASK(u_charType((UChar32)c)) & mask);
}

uint32_t quire_mirrored(uint32_t c)
{
    return (uint32_t)u_charMirror((UChar32)c);
}

uint32_t quire_lower(uint32_t c)
{
    if (c < 0x80) {
        return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    return (uint32_t)u_tolower((UChar32)c);
}

/*
 * The glyphs of a line lie in visual order. ICU reorders logical text to visual; applied to text
 * in visual order, with the paragraph's direction, the inverse algorithm gives the logical order.
 */
static bool reorder(const UChar *wide, int32_t length, bool right_to_left, int32_t *map)
{
    UErrorCode code = U_ZERO_ERROR;
    UBiDi *bidi = ubidi_open();
    ubidi_setReorderingMode(bidi, UBIDI_REORDER_INVERSE_LIKE_DIRECT);
    ubidi_setPara(bidi, wide, length, right_to_left ? UBIDI_RTL : UBIDI_LTR, NULL, &code);
    ubidi_getVisualMap(bidi, map, &code);
    ubidi_close(bidi);
    return U_SUCCESS(code);
}

/* One UTF-16 unit for each code point, so that indices agree: what lies outside the BMP is stood
 * for by a letter of the same direction. */
static UChar stand_in(uint32_t c)
{
    if (c <= 0xFFFF) {
        return (UChar)c;
    }
    return quire_is_right_to_left(c) ? 0x05D0 : 'a';
}

void quire_text_logical_order(quire_arena *arena, const uint32_t *code_points, size_t count,
                              int32_t *order)
{
    size_t right = 0, left = 0;
    for (size_t i = 0; i < count; i++) {
        order[i] = (int32_t)i;
        right += quire_is_right_to_left(code_points[i]);
        left += quire_is_strong_left(code_points[i]);
    }
    if (right == 0 || count > INT32_MAX / 4) {
        return;
    }
    quire_arena_mark mark = quire_arena_position(arena);
    UChar *wide = quire_arena_array(arena, UChar, count);
    int32_t *map = quire_arena_array(arena, int32_t, count);
    for (size_t i = 0; wide && i < count; i++) {
        wide[i] = stand_in(code_points[i]);
    }
    if (wide && map && reorder(wide, (int32_t)count, right >= left, map)) {
        memcpy(order, map, count * sizeof *order);
    }
    quire_arena_reset(arena, mark);
}
