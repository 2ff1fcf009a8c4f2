/*
 * Values of PDF syntax as spans of bytes; see syntax.h. Everything is iterative and linear in the
 * bytes it moves over.
 */
#include "parsers/pdf/syntax.h"

#include <string.h>

bool quire_syntax_is_space(uint8_t c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

bool quire_syntax_is_delimiter(uint8_t c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '{' ||
           c == '}' || c == '/' || c == '%';
}

static bool is_regular(uint8_t c)
{
    return !quire_syntax_is_space(c) && !quire_syntax_is_delimiter(c);
}

static bool is_digit(uint8_t c)
{
    return c >= '0' && c <= '9';
}

static bool has(const quire_syntax *s, size_t count)
{
    return s->bytes.size - s->at >= count;
}

static uint8_t peek(const quire_syntax *s, size_t ahead)
{
    return has(s, ahead + 1) ? s->bytes.data[s->at + ahead] : 0;
}

void quire_syntax_skip_space(quire_syntax *s)
{
    while (has(s, 1)) {
        uint8_t c = s->bytes.data[s->at];
        if (c == '%') {
            while (has(s, 1) && s->bytes.data[s->at] != '\n' && s->bytes.data[s->at] != '\r')
                s->at++;
        } else if (quire_syntax_is_space(c)) {
            s->at++;
        } else {
            return;
        }
    }
}

static void skip_regular(quire_syntax *s)
{
    while (has(s, 1) && is_regular(s->bytes.data[s->at]))
        s->at++;
}

bool quire_syntax_keyword(quire_syntax *s, const char *word)
{
    size_t size = strlen(word);
    quire_syntax_skip_space(s);
    if (!has(s, size) || memcmp(s->bytes.data + s->at, word, size) != 0)
        return false;
    if (has(s, size + 1) && is_regular(s->bytes.data[s->at + size]))
        return false;
    s->at += size;
    return true;
}

bool quire_syntax_integer(quire_syntax *s, int64_t *value)
{
    quire_syntax_skip_space(s);
    if (!is_digit(peek(s, 0)))
        return false;
    int64_t sum = 0;
    for (; is_digit(peek(s, 0)); s->at++)
        if (sum < (int64_t)1 << 50) /* no offset or number is greater: stay there */
            sum = sum * 10 + (s->bytes.data[s->at] - '0');
    *value = sum;
    return true;
}

/* A literal string, brackets balanced (7.3.4.2). */
static bool skip_string(quire_syntax *s)
{
    int depth = 0;
    while (has(s, 1)) {
        uint8_t c = s->bytes.data[s->at++];
        if (c == '\\' && has(s, 1))
            s->at++;
        else if (c == '(')
            depth++;
        else if (c == ')' && --depth == 0)
            return true;
    }
    return false;
}

static bool skip_hex_string(quire_syntax *s)
{
    const uint8_t *end = memchr(s->bytes.data + s->at, '>', s->bytes.size - s->at);
    s->at = end ? (size_t)(end - s->bytes.data) + 1 : s->bytes.size;
    return end != NULL;
}

/* "R" after two integers, of which the first was moved over already. */
static void skip_rest_of_reference(quire_syntax *s)
{
    quire_syntax ahead = *s;
    int64_t generation;
    if (quire_syntax_integer(&ahead, &generation) && quire_syntax_keyword(&ahead, "R"))
        *s = ahead;
}

/* A number, true, false, null; other words are let pass unless they end an object. */
static bool skip_word(quire_syntax *s)
{
    static const char *const fences[] = {"endobj", "obj", "endstream", "stream", "xref", "trailer"};
    const uint8_t *begin = s->bytes.data + s->at;
    bool integer = is_digit(*begin);
    skip_regular(s);
    size_t size = (size_t)(s->bytes.data + s->at - begin);
    for (size_t i = 0; i < sizeof fences / sizeof *fences; i++)
        if (size == strlen(fences[i]) && memcmp(begin, fences[i], size) == 0)
            return false;
    for (size_t i = 0; integer && i < size; i++)
        integer = is_digit(begin[i]);
    if (integer)
        skip_rest_of_reference(s);
    return true;
}

/* One token, with `*depth` counting the brackets that are open behind it. */
static bool skip_token(quire_syntax *s, int *depth)
{
    uint8_t c = peek(s, 0);
    if ((c == '<' || c == '>') && peek(s, 1) == c) {
        *depth += c == '<' ? 1 : -1;
        s->at += 2;
        return true;
    }
    if (c == '(')
        return skip_string(s);
    if (c == '<')
        return skip_hex_string(s);
    if (is_regular(c))
        return skip_word(s);
    *depth += c == '[' ? 1 : c == ']' ? -1 : 0;
    s->at++;
    if (c == '/')
        skip_regular(s);
    return true;
}

bool quire_syntax_value(quire_syntax *s, quire_bytes *value)
{
    quire_syntax_skip_space(s);
    size_t begin = s->at;
    int depth = 0;
    do {
        quire_syntax_skip_space(s);
        if (!has(s, 1) || !skip_token(s, &depth) || depth < 0 || depth > QUIRE_MAX_OBJECT_DEPTH)
            return false;
    } while (depth > 0);
    *value = (quire_bytes){s->bytes.data + begin, s->at - begin};
    return true;
}

bool quire_syntax_is_dictionary(quire_bytes value)
{
    return value.size >= 4 && value.data[0] == '<' && value.data[1] == '<';
}

bool quire_syntax_find(quire_bytes dictionary, const char *key, quire_bytes *value)
{
    if (!quire_syntax_is_dictionary(dictionary))
        return false;
    quire_syntax s = {dictionary, 2};
    quire_bytes name, found;
    while (quire_syntax_value(&s, &name)) {
        if (name.data[0] != '/')
            continue;
        if (!quire_syntax_value(&s, &found))
            return false;
        if (quire_syntax_reads_name(name, key)) {
            *value = found;
            return true;
        }
    }
    return false;
}

bool quire_syntax_reads_integer(quire_bytes value, int64_t *integer)
{
    quire_syntax s = {value, 0};
    return quire_syntax_integer(&s, integer) && s.at == value.size;
}

bool quire_syntax_reads_reference(quire_bytes value, int32_t *number, int32_t *generation)
{
    quire_syntax s = {value, 0};
    int64_t n, g;
    if (!quire_syntax_integer(&s, &n) || !quire_syntax_integer(&s, &g) ||
        !quire_syntax_keyword(&s, "R") || n > INT32_MAX || g > INT32_MAX)
        return false;
    *number = (int32_t)n;
    *generation = (int32_t)g;
    return true;
}

static int hex_digit(uint8_t c)
{
    return is_digit(c)            ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
}

/* `name` without its slash; "#41" in the file is "A" (7.3.5). */
bool quire_syntax_reads_name(quire_bytes value, const char *name)
{
    if (value.size < 1 || value.data[0] != '/')
        return false;
    size_t at = 1;
    for (; *name && at < value.size; name++) {
        uint8_t c = value.data[at++];
        if (c == '#' && at + 1 < value.size && hex_digit(value.data[at]) >= 0 &&
            hex_digit(value.data[at + 1]) >= 0) {
            c = (uint8_t)(hex_digit(value.data[at]) * 16 + hex_digit(value.data[at + 1]));
            at += 2;
        }
        if (c != (uint8_t)*name)
            return false;
    }
    return *name == 0 && at == value.size;
}
