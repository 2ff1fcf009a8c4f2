#include "parsers/pdf/interpreter/tokens.h"

#include <glib.h>
#include <string.h>

enum { REGULAR = 0, SPACE = 1, DELIMITER = 2 };

static const uint8_t class_of[256] = {
    [0] = SPACE,       ['\t'] = SPACE,    ['\n'] = SPACE,    ['\f'] = SPACE,
    ['\r'] = SPACE,    [' '] = SPACE,     ['('] = DELIMITER, [')'] = DELIMITER,
    ['<'] = DELIMITER, ['>'] = DELIMITER, ['['] = DELIMITER, [']'] = DELIMITER,
    ['{'] = DELIMITER, ['}'] = DELIMITER, ['/'] = DELIMITER, ['%'] = DELIMITER,
};

bool quire_byte_is_space(uint8_t byte)
{
    return class_of[byte] == SPACE;
}

bool quire_byte_is_regular(uint8_t byte)
{
    return class_of[byte] == REGULAR;
}

static int hex_value(uint8_t byte)
{
    if (byte >= '0' && byte <= '9') {
        return byte - '0';
    }
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : -1;
}

static void put(quire_tokens *t, uint8_t byte)
{
    uint8_t *slot = quire_array_push(t->pool);
    if (slot) {
        *slot = byte;
    }
}

static void slice_stream(quire_tokens *t, const uint8_t *begin, const uint8_t *end)
{
    t->slice = (quire_slice){.data = begin, .size = (uint32_t)(end - begin)};
}

static void slice_pool(quire_tokens *t, size_t begin)
{
    t->slice = (quire_slice){
        .data = NULL, .offset = (uint32_t)begin, .size = (uint32_t)(t->pool->count - begin)};
}

static const uint8_t *after_regular(const uint8_t *at, const uint8_t *end)
{
    while (at < end && class_of[*at] == REGULAR) {
        at++;
    }
    return at;
}

/* ---- numbers ---- */

enum { EXACT_DIGITS = 18 }; /* as many fit into 64 bits */

static const double powers_of_ten[EXACT_DIGITS + 1] = {
    1,     1e-1,  1e-2,  1e-3,  1e-4,  1e-5,  1e-6,  1e-7,  1e-8,  1e-9,
    1e-10, 1e-11, 1e-12, 1e-13, 1e-14, 1e-15, 1e-16, 1e-17, 1e-18,
};

static const uint64_t tens[] = {1, 10, 100, 1000, 10000, 100000, 1000000, 10000000, 100000000};

/* How many of eight bytes, from the first on, are digits; `nibbles` becomes those of all. */
static inline unsigned count_digits(const uint8_t *at, uint64_t *nibbles)
{
    uint64_t bytes;
    memcpy(&bytes, at, sizeof bytes);
    bytes = GUINT64_FROM_LE(bytes) ^ UINT64_C(0x3030303030303030);
    uint64_t others =
        (bytes | (bytes + UINT64_C(0x0606060606060606))) & UINT64_C(0xF0F0F0F0F0F0F0F0);
    *nibbles = bytes;
    return others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
}

/* The number of the first `count` (1 to 8) of eight digits, joined by twos, fours and all. */
static inline uint64_t join_digits(uint64_t nibbles, unsigned count)
{
    nibbles <<= 64 - 8 * count;
    nibbles = nibbles * 10 + (nibbles >> 8);
    uint64_t low = (nibbles & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x000F424000000064);
    uint64_t high = (nibbles >> 16 & UINT64_C(0x000000FF000000FF)) * UINT64_C(0x0000271000000001);
    return (low + high) >> 32;
}

static const uint8_t *read_each_digit(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    uint8_t digit;
    while (at < end && (digit = (uint8_t)(*at - '0')) <= 9) {
        *value = *value * 10 + digit;
        at++;
    }
    return at;
}

/* Numbers are most of a content stream, and no loop guesses how long they are: eight bytes are
 * looked at together where there are as many. */
static inline const uint8_t *read_digits(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    uint64_t nibbles;
    if (end - at < 8) {
        return read_each_digit(at, end, value);
    }
    unsigned count = count_digits(at, &nibbles);
    if (count == 0) {
        return at;
    }
    *value = *value * tens[count] + join_digits(nibbles, count);
    return count < 8 ? at + count : read_each_digit(at + count, end, value);
}

/* A number of more digits than are exact, which hardly ever comes. */
static double read_long(const uint8_t *at, const uint8_t *end)
{
    double value = 0, scale = 1;
    for (; at < end && (uint8_t)(*at - '0') <= 9; at++) {
        value = value * 10 + (*at - '0');
    }
    for (at++; at < end && (uint8_t)(*at - '0') <= 9 && scale > 1e-18; at++) {
        value += (*at - '0') * (scale /= 10);
    }
    return value;
}

/* As in "12-34", which some producers write: what follows the minus is ignored. */
static const uint8_t *skip_inner_minus(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at == '-') {
        at++;
        while (at < end && (uint8_t)(*at - '0') <= 9) {
            at++;
        }
    }
    return at;
}

static quire_token_kind read_number(quire_tokens *t)
{
    const uint8_t *at = t->at, *end = t->end;
    bool negative = false;
    while (at < end && (*at == '-' || *at == '+')) {
        negative |= *at++ == '-';
    }
    uint64_t value = 0;
    const uint8_t *begin = at, *point;
    at = point = read_digits(at, end, &value);
    if (at < end && *at == '.') {
        at = read_digits(at + 1, end, &value);
    }
    ptrdiff_t fraction = at > point ? at - point - 1 : 0;
    bool exact = at - begin <= EXACT_DIGITS;
    double number = exact ? (double)value * powers_of_ten[fraction] : read_long(begin, at);
    if (at == begin && at < end && class_of[*at] == REGULAR && *at != '-') {
        begin = t->at; /* "-foo" */
        t->at = after_regular(at, end);
        slice_stream(t, begin, t->at);
        return QUIRE_TOKEN_WORD;
    }
    t->number = negative ? -number : number;
    t->at = skip_inner_minus(at, end);
    return QUIRE_TOKEN_NUMBER;
}

/* ---- names, words ---- */

static quire_token_kind read_name(quire_tokens *t)
{
    const uint8_t *begin = t->at + 1;
    const uint8_t *end = after_regular(begin, t->end);
    t->at = end;
    slice_stream(t, begin, end);
    if (!memchr(begin, '#', (size_t)(end - begin))) {
        return QUIRE_TOKEN_NAME;
    }
    size_t pooled = t->pool->count;
    for (const uint8_t *at = begin; at < end; at++) {
        bool escaped = *at == '#' && end - at > 2 && hex_value(at[1]) >= 0 && hex_value(at[2]) >= 0;
        put(t, escaped ? (uint8_t)(hex_value(at[1]) << 4 | hex_value(at[2])) : *at);
        at += escaped ? 2 : 0;
    }
    slice_pool(t, pooled);
    return QUIRE_TOKEN_NAME;
}

static quire_token_kind read_word(quire_tokens *t)
{
    const uint8_t *end = after_regular(t->at, t->end);
    slice_stream(t, t->at, end);
    t->at = end;
    return QUIRE_TOKEN_WORD;
}

/* ---- strings ---- */

static const uint8_t *skip_newline(const uint8_t *at, const uint8_t *end)
{
    return at < end && at[-1] == '\r' && *at == '\n' ? at + 1 : at;
}

static const uint8_t *read_octal(quire_tokens *t, const uint8_t *at)
{
    unsigned value = 0;
    for (int i = 0; i < 3 && at < t->end && *at >= '0' && *at <= '7'; i++) {
        value = value * 8 + (*at++ - '0');
    }
    put(t, (uint8_t)value);
    return at;
}

/* Puts what the escape at `at` (behind the backslash) stands for (PDF 32000-1, table 3). */
static const uint8_t *read_escape(quire_tokens *t, const uint8_t *at)
{
    static const uint8_t meaning[256] = {
        ['n'] = '\n', ['r'] = '\r', ['t'] = '\t', ['b'] = '\b', ['f'] = '\f'};
    if (*at >= '0' && *at <= '7') {
        return read_octal(t, at);
    }
    if (*at == '\r' || *at == '\n') {
        return skip_newline(at + 1, t->end);
    }
    put(t, meaning[*at] ? meaning[*at] : *at);
    return at + 1;
}

static quire_token_kind decode_string(quire_tokens *t, const uint8_t *at)
{
    size_t pooled = t->pool->count;
    int depth = 1;
    while (at < t->end) {
        uint8_t byte = *at++;
        if (byte == '\\' && at < t->end) {
            at = read_escape(t, at);
            continue;
        }
        depth += (byte == '(') - (byte == ')');
        if (depth == 0) {
            break;
        }
        if (byte == '\r') {
            at = skip_newline(at, t->end);
            byte = '\n';
        }
        put(t, byte);
    }
    t->at = at;
    slice_pool(t, pooled);
    return QUIRE_TOKEN_STRING;
}

/* Most strings have neither escapes nor inner parentheses: they stay where they are. */
static quire_token_kind read_string(quire_tokens *t)
{
    const uint8_t *begin = t->at + 1, *at = begin;
    while (at < t->end && *at != ')' && *at != '(' && *at != '\\' && *at != '\r') {
        at++;
    }
    if (at >= t->end || *at != ')') {
        return decode_string(t, begin);
    }
    slice_stream(t, begin, at);
    t->at = at + 1;
    return QUIRE_TOKEN_STRING;
}

static quire_token_kind read_hex_string(quire_tokens *t)
{
    size_t pooled = t->pool->count;
    const uint8_t *at = t->at + 1;
    int high = -1;
    for (; at < t->end && *at != '>'; at++) {
        int value = hex_value(*at);
        if (value < 0) {
            continue;
        }
        if (high < 0) {
            high = value;
        } else {
            put(t, (uint8_t)(high << 4 | value));
            high = -1;
        }
    }
    if (high >= 0) {
        put(t, (uint8_t)(high << 4));
    }
    t->at = at < t->end ? at + 1 : at;
    slice_pool(t, pooled);
    return QUIRE_TOKEN_STRING;
}

/* ---- all ---- */

static const uint8_t *skip_comment(const uint8_t *at, const uint8_t *end)
{
    while (at < end && *at != '\n' && *at != '\r') {
        at++;
    }
    return at;
}

static const uint8_t *skip_blank(const uint8_t *at, const uint8_t *end)
{
    while (at < end) {
        if (class_of[*at] == SPACE) {
            at++;
        } else if (*at == '%') {
            at = skip_comment(at, end);
        } else {
            break;
        }
    }
    return at;
}

/* What starts with a delimiter; QUIRE_TOKEN_END for a stray one, which is skipped. */
static __attribute__((noinline)) quire_token_kind read_delimited(quire_tokens *t)
{
    bool doubled = t->at + 1 < t->end && t->at[1] == t->at[0];
    switch (*t->at) {
    case '/':
        return read_name(t);
    case '(':
        return read_string(t);
    case '[':
        t->at++;
        return QUIRE_TOKEN_ARRAY_BEGIN;
    case ']':
        t->at++;
        return QUIRE_TOKEN_ARRAY_END;
    case '<':
        t->at += doubled ? 2 : 0;
        return doubled ? QUIRE_TOKEN_DICTIONARY_BEGIN : read_hex_string(t);
    case '>':
        t->at += doubled ? 2 : 1;
        return doubled ? QUIRE_TOKEN_DICTIONARY_END : QUIRE_TOKEN_END;
    default:
        t->at++;
        return QUIRE_TOKEN_END;
    }
}

quire_token_kind quire_tokens_next(quire_tokens *t)
{
    for (;;) {
        t->at = skip_blank(t->at, t->end);
        if (t->at >= t->end) {
            return QUIRE_TOKEN_END;
        }
        uint8_t byte = *t->at;
        if ((uint8_t)(byte - '0') <= 9 || byte == '-' || byte == '.' || byte == '+') {
            return read_number(t);
        }
        if (class_of[byte] == REGULAR) {
            return read_word(t);
        }
        quire_token_kind kind = read_delimited(t);
        if (kind != QUIRE_TOKEN_END) {
            return kind;
        }
    }
}

void quire_tokens_skip(quire_tokens *tokens, quire_token_kind begin)
{
    quire_token_kind kind;
    size_t depth = 1;
    while (depth > 0 && (kind = quire_tokens_next(tokens)) != QUIRE_TOKEN_END) {
        depth += kind == begin;
        depth -= kind == begin + 1;
    }
}

bool quire_slice_is(quire_slice slice, const quire_byte_pool *pool, const char *text)
{
    size_t size = strlen(text);
    return slice.size == size && (size == 0 || !memcmp(quire_slice_bytes(slice, pool), text, size));
}

void quire_slice_copy(quire_slice slice, const quire_byte_pool *pool, char *out, size_t capacity)
{
    size_t size = slice.size < capacity ? slice.size : capacity - 1;
    if (size) {
        memcpy(out, quire_slice_bytes(slice, pool), size);
    }
    out[size] = 0;
}
