#include "core/core.h"

#include <math.h>
#include <string.h>

void quire_json_init(quire_json *json, quire_sink *sink, int indent)
{
    *json = (quire_json){.sink = sink, .indent = indent};
}

static bool is_flat(const quire_json *json)
{
    return json->indent == 0 || json->is_flat[json->depth];
}

static void break_line(quire_json *json)
{
    static const char spaces[] =
        "\n                                                                ";
    size_t width = (size_t)(json->indent * json->depth);
    size_t most = sizeof spaces - 2;
    quire_sink_write(json->sink, spaces, 1 + (width < most ? width : most));
}

/* What stands between the last thing written and the next key or value. */
static void begin_item(quire_json *json)
{
    if (json->after_key) {
        json->after_key = false;
        return;
    }
    if (json->has_items[json->depth]) {
        bool spaced = json->indent > 0 && is_flat(json);
        quire_sink_write(json->sink, ", ", spaced ? 2 : 1);
    }
    if (json->depth > 0 && !is_flat(json)) {
        break_line(json);
    }
    json->has_items[json->depth] = true;
}

static void open_level(quire_json *json, const char *bracket, bool flat)
{
    begin_item(json);
    quire_sink_write(json->sink, bracket, 1);
    bool inside_flat = is_flat(json);
    if (json->depth < QUIRE_JSON_DEPTH - 1) {
        json->depth++;
    }
    json->has_items[json->depth] = false;
    json->is_flat[json->depth] = flat || inside_flat;
}

static void close_level(quire_json *json, const char *bracket)
{
    bool broken = json->has_items[json->depth] && !is_flat(json);
    json->depth -= json->depth > 0;
    if (broken) {
        break_line(json);
    }
    quire_sink_write(json->sink, bracket, 1);
}

void quire_json_begin_object(quire_json *json)
{
    open_level(json, "{", false);
}

void quire_json_begin_flat_object(quire_json *json)
{
    open_level(json, "{", true);
}

void quire_json_end_object(quire_json *json)
{
    close_level(json, "}");
}

void quire_json_begin_array(quire_json *json)
{
    open_level(json, "[", false);
}

void quire_json_begin_flat_array(quire_json *json)
{
    open_level(json, "[", true);
}

void quire_json_end_array(quire_json *json)
{
    close_level(json, "]");
}

/* 0: may stand as it is; else it ends a run of such bytes. */
static bool wants_escape(unsigned char c)
{
    return c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

static void write_escape(quire_sink *sink, unsigned char c)
{
    static const char hex[] = "0123456789abcdef";
    static const char letters[] = {['\b'] = 'b', ['\t'] = 't', ['\n'] = 'n', ['\f'] = 'f',
                                   ['\r'] = 'r', ['"'] = '"',  ['\\'] = '\\'};
    if (c < sizeof letters && letters[c]) {
        char escape[2] = {'\\', letters[c]};
        quire_sink_write(sink, escape, 2);
        return;
    }
    char escape[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
    quire_sink_write(sink, escape, 6);
}

/* Length of the well-formed UTF-8 sequence at `at`; 0: malformed. */
static size_t sequence_size(quire_text text, size_t at)
{
    size_t next = at;
    uint32_t c = quire_utf8_next(text.data, text.size, &next);
    return c == QUIRE_REPLACEMENT && next - at == 1 ? 0 : next - at;
}

static void write_text(quire_sink *sink, quire_text text)
{
    size_t start = 0, at = 0;
    while (at < text.size) {
        unsigned char c = (unsigned char)text.data[at];
        size_t size = c < 0x80 ? (size_t)!wants_escape(c) : sequence_size(text, at);
        if (size) {
            at += size;
            continue;
        }
        quire_sink_write(sink, text.data + start, at - start);
        if (c < 0x80) {
            write_escape(sink, c);
        } else {
            quire_sink_write(sink, "\xEF\xBF\xBD", 3);
        }
        start = ++at;
    }
    quire_sink_write(sink, text.data + start, at - start);
}

static void write_quoted(quire_sink *sink, quire_text text)
{
    quire_sink_write(sink, "\"", 1);
    write_text(sink, text);
    quire_sink_write(sink, "\"", 1);
}

void quire_json_key(quire_json *json, const char *key)
{
    char quoted[64]; /* short ones, which is all of ours, are written at once */
    size_t size = strlen(key);
    begin_item(json);
    json->after_key = true;
    if (size + 4 > sizeof quoted) {
        write_quoted(json->sink, quire_text_of(key));
        quire_sink_write(json->sink, ": ", json->indent > 0 ? 2 : 1);
        return;
    }
    quoted[0] = '"';
    memcpy(quoted + 1, key, size);
    memcpy(quoted + 1 + size, "\": ", 3);
    quire_sink_write(json->sink, quoted, size + (json->indent > 0 ? 4 : 3));
}

void quire_json_string(quire_json *json, quire_text text)
{
    begin_item(json);
    write_quoted(json->sink, text);
}

/* Digits of `value` before `end`; returns where they begin. */
static char *put_digits(char *end, uint64_t value)
{
    do {
        *--end = (char)('0' + value % 10);
        value /= 10;
    } while (value);
    return end;
}

void quire_json_integer(quire_json *json, int64_t value)
{
    char digits[24], *end = digits + sizeof digits;
    uint64_t magnitude = value < 0 ? -(uint64_t)value : (uint64_t)value;
    char *start = put_digits(end, magnitude);
    if (value < 0) {
        *--start = '-';
    }
    begin_item(json);
    quire_sink_write(json->sink, start, (size_t)(end - start));
}

void quire_json_unsigned(quire_json *json, uint64_t value)
{
    char digits[24], *end = digits + sizeof digits;
    char *start = put_digits(end, value);
    begin_item(json);
    quire_sink_write(json->sink, start, (size_t)(end - start));
}

/* Written by hand, since printf follows the locale and costs five times as much. */
void quire_json_number(quire_json *json, double value, int decimals)
{
    static const double powers[] = {1, 10, 100, 1000, 1e4, 1e5, 1e6};
    if (!isfinite(value) || fabs(value) > 1e12) {
        quire_json_null(json);
        return;
    }
    char digits[32], *end = digits + sizeof digits, *point;
    uint64_t scaled = (uint64_t)llround(fabs(value) * powers[decimals]);
    bool negative = value < 0 && scaled > 0;
    while (decimals > 0 && scaled % 10 == 0) {
        scaled /= 10;
        decimals--;
    }
    uint64_t unit = (uint64_t)powers[decimals];
    char *start = end;
    if (decimals > 0) {
        start = put_digits(end, scaled % unit);
        for (point = end - decimals; start > point;) {
            *--start = '0';
        }
        *--start = '.';
    }
    start = put_digits(start, scaled / unit);
    if (negative) {
        *--start = '-';
    }
    begin_item(json);
    quire_sink_write(json->sink, start, (size_t)(end - start));
}

void quire_json_bool(quire_json *json, bool value)
{
    begin_item(json);
    quire_sink_text(json->sink, value ? "true" : "false");
}

void quire_json_null(quire_json *json)
{
    begin_item(json);
    quire_sink_text(json->sink, "null");
}

void quire_json_pair_string(quire_json *json, const char *key, quire_text text)
{
    quire_json_key(json, key);
    quire_json_string(json, text);
}

void quire_json_pair_cstring(quire_json *json, const char *key, const char *text)
{
    quire_json_key(json, key);
    if (text) {
        quire_json_string(json, quire_text_of(text));
    } else {
        quire_json_null(json);
    }
}

void quire_json_pair_integer(quire_json *json, const char *key, int64_t value)
{
    quire_json_key(json, key);
    quire_json_integer(json, value);
}

void quire_json_pair_number(quire_json *json, const char *key, double value, int decimals)
{
    quire_json_key(json, key);
    quire_json_number(json, value, decimals);
}

void quire_json_pair_bool(quire_json *json, const char *key, bool value)
{
    quire_json_key(json, key);
    quire_json_bool(json, value);
}
