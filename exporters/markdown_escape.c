/*
 * Escapes of Markdown, and as few of them as will do: readers and programs see the source. A
 * character is escaped where CommonMark 0.29 with GitHub's extensions could take it for markup:
 *
 *     at the start of a line    # > + - * 1. ``` ~~~ | === --- and a link's definition
 *     anywhere                  <tag &entity; [text]( \. and backticks, * _ ~ that find a partner
 *     in a bare address         nothing helps there but to keep it from becoming a link: http\://
 *
 * Whether emphasis could arise is asked of the whole text first (the survey), so that a lone
 * asterisk or the underscores of snake_case stay as they are.
 */
#include "exporters/inner.h"

#include <string.h>

enum { MAX_LABEL = 4 * 1000 }; /* bytes */

static char byte_at(quire_text text, size_t at)
{
    return at < text.size ? text.data[at] : '\0';
}

static size_t run_length(quire_text text, size_t at)
{
    size_t end = at;
    while (end < text.size && text.data[end] == text.data[at])
        end++;
    return end - at;
}

/* ---- what emphasis asks of its neighbours ---- */

static uint32_t before(quire_text text, size_t at)
{
    if (at == 0)
        return ' ';
    do {
        at--;
    } while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80);
    return quire_utf8_next(text.data, text.size, &at);
}

static uint32_t after(quire_text text, size_t at)
{
    return at < text.size ? quire_utf8_next(text.data, text.size, &at) : ' ';
}

/* All that is neither white space nor a letter or digit counts as punctuation: where that is too
 * much, emphasis is left out, or a character escaped, once too often. */
static bool is_punctuation(uint32_t c)
{
    return !quire_is_space(c) && !quire_is_letter(c) && !quire_is_digit(c);
}

bool quire_left_flanking(quire_text text, size_t start, size_t end)
{
    uint32_t left = before(text, start), right = after(text, end);
    return !quire_is_space(right) &&
           (!is_punctuation(right) || quire_is_space(left) || is_punctuation(left));
}

bool quire_right_flanking(quire_text text, size_t start, size_t end)
{
    uint32_t left = before(text, start), right = after(text, end);
    return !quire_is_space(left) &&
           (!is_punctuation(left) || quire_is_space(right) || is_punctuation(right));
}

static bool is_word(uint32_t c)
{
    return !quire_is_space(c) && !is_punctuation(c);
}

/* Wider than flanking, so that doubts about what is punctuation do not matter. Within a word the
 * underscore does nothing. */
static bool could_open(quire_text text, size_t start, size_t end)
{
    bool inside = text.data[start] == '_' && is_word(before(text, start));
    return !quire_is_space(after(text, end)) && !inside;
}

static bool could_close(quire_text text, size_t start, size_t end)
{
    bool inside = text.data[start] == '_' && is_word(after(text, end));
    return !quire_is_space(before(text, start)) && !inside;
}

/* Is there a run of `delimiter` that could open, and a later one that could close? `marked`:
 * markers of emphasis will be put in, with which an asterisk or tilde of the text could pair. */
static bool could_pair(quire_text text, char delimiter, bool marked)
{
    bool among_own_kind = marked && delimiter != '_', opened = false;
    for (size_t at = 0; at < text.size;) {
        if (text.data[at] != delimiter) {
            at++;
            continue;
        }
        size_t end = at + run_length(text, at);
        bool closes = could_close(text, at, end);
        bool opens = could_open(text, at, end);
        if ((opened && closes) || (among_own_kind && (opens || closes)))
            return true;
        opened |= opens;
        at = end;
    }
    return false;
}

static bool backticks_could_pair(quire_text text, bool marked)
{
    size_t runs = 0;
    for (size_t at = 0; at < text.size; at++) {
        if (text.data[at] == '`') {
            at += run_length(text, at);
            runs++;
        }
    }
    return runs > (marked ? 0 : 1);
}

quire_markdown_escapes quire_markdown_survey(quire_text text, quire_inline_place place, bool marked)
{
    return (quire_markdown_escapes){
        .place = place,
        .asterisk = could_pair(text, '*', marked),
        .underscore = could_pair(text, '_', marked),
        .tilde = could_pair(text, '~', marked),
        .backtick = backticks_could_pair(text, marked),
    };
}

/* ---- the start of a line ---- */

static bool ends_or_blank(quire_text text, size_t at)
{
    return at >= text.size || text.data[at] == ' ' || text.data[at] == '\t' ||
           text.data[at] == '\n';
}

/* The line at `at` is made only of characters of `set`. */
static bool line_only_of(quire_text text, size_t at, const char *set)
{
    for (; at < text.size && text.data[at] != '\n'; at++) {
        if (!strchr(set, text.data[at]))
            return false;
    }
    return true;
}

/* Digits and a dot or bracket, as of an ordered list: where that sign stands, else 0. */
static size_t number_sign(quire_text text, size_t at)
{
    size_t end = at;
    while (end < text.size && g_ascii_isdigit(text.data[end]))
        end++;
    bool sign = byte_at(text, end) == '.' || byte_at(text, end) == ')';
    return end > at && end - at <= 9 && sign && ends_or_blank(text, end + 1) ? end : 0;
}

/* "[label]:" would define a link, and vanish. A label has at most 999 characters. */
static bool is_definition(quire_text text, size_t at)
{
    size_t last = MIN(text.size, at + MAX_LABEL);
    for (; at + 1 < last; at++) {
        if (text.data[at] == ']' && text.data[at + 1] == ':')
            return true;
    }
    return false;
}

/* "[ ] " in front of an item makes a task of it. */
static bool is_task(quire_text text, size_t at)
{
    char mark = byte_at(text, at + 1);
    return (mark == ' ' || mark == '\t' || mark == 'x' || mark == 'X') &&
           byte_at(text, at + 2) == ']' && ends_or_blank(text, at + 3);
}

/* Marks that begin an item when white space follows, and marks that mean something (a rule, the
 * underline of a heading, the second line of a table) as a whole line of their kind. */
static bool is_mark_of_block(quire_text text, size_t at)
{
    static const struct {
        char mark;
        bool item;
        const char *line;
    } marks[] = {{'+', true, ""},      {'-', true, "-:| \t"}, {'*', true, "* \t"},
                 {'_', false, "_ \t"}, {'=', false, "= \t"},  {':', false, "-:| \t"}};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (text.data[at] == marks[i].mark)
            return (marks[i].item && ends_or_blank(text, at + 1)) ||
                   line_only_of(text, at, marks[i].line);
    }
    return false;
}

static bool opens_block(quire_text text, size_t at)
{
    switch (text.data[at]) {
    case '#':
        return run_length(text, at) <= 6 && ends_or_blank(text, at + run_length(text, at));
    case '>':
    case '|':
        return true;
    case '`':
    case '~':
        return run_length(text, at) >= 3;
    case '[':
        return is_definition(text, at) || is_task(text, at);
    default:
        return is_mark_of_block(text, at);
    }
}

static bool is_delimiter(char c)
{
    return c == '*' || c == '_' || c == '~';
}

/* Escapes what would open a block, of a run of delimiters all, so that what is left of it is not
 * read anew; returns where the rest of the line begins. */
static size_t escape_line_start(GString *out, quire_text text, size_t at, size_t end)
{
    size_t sign = number_sign(text, at);
    if (sign > 0 && sign < end) {
        g_string_append_len(out, text.data + at, (gssize)(sign - at));
        at = sign;
    } else if (!opens_block(text, at)) {
        return at;
    }
    size_t length = is_delimiter(text.data[at]) ? run_length(text, at) : 1, last = at + length;
    for (; at < last && at < end; at++) {
        g_string_append_c(out, '\\');
        g_string_append_c(out, text.data[at]);
    }
    return at;
}

/* ---- anywhere ---- */

/* A tag, comment or address in angle brackets; a mail's may begin with nearly anything. */
static bool opens_tag(quire_text text, size_t at)
{
    char next = byte_at(text, at + 1);
    if (g_ascii_isalpha(next) || next == '/' || next == '!' || next == '?')
        return true;
    while (++at < text.size && !g_ascii_isspace(text.data[at]) && !strchr("<>@", text.data[at]))
        continue;
    return byte_at(text, at) == '@';
}

/* "&name;" "&#1;" "&#xA;"; no name has a single letter. */
bool quire_markdown_is_entity(quire_text text, size_t at)
{
    bool number = byte_at(text, at + 1) == '#';
    size_t first = at + 1 + number, end = first;
    while (end < text.size && end - first < 32 && g_ascii_isalnum(text.data[end]))
        end++;
    return end - first >= (number ? 1 : 2) && byte_at(text, end) == ';';
}

/* `end`: of the part that is written; what comes behind it may be a marker. */
static bool wants_escape(quire_text text, size_t at, size_t end,
                         const quire_markdown_escapes *escapes)
{
    char next = byte_at(text, at + 1);
    switch (text.data[at]) {
    case '\\':
        return at + 1 == end || g_ascii_ispunct(next) || line_only_of(text, at + 1, " \t\r");
    case '*':
        return escapes->asterisk;
    case '_':
        return escapes->underscore;
    case '~':
        return escapes->tilde;
    case '`':
        return escapes->backtick;
    case '<':
        return opens_tag(text, at);
    case '&':
        return quire_markdown_is_entity(text, at);
    case '[':
        return escapes->in_link || next == '^';
    case ']':
        return escapes->in_link || next == '(';
    case '|':
        return escapes->place == QUIRE_INLINE_CELL;
    default:
        return false;
    }
}

/* ---- bare addresses ---- */

/* The colon or dot by which GitHub's readers know "http://" and "www." for an address. */
static bool begins_address(quire_text text, size_t at)
{
    if (text.data[at] == ':')
        return byte_at(text, at + 1) == '/' && byte_at(text, at + 2) == '/';
    return text.data[at] == '.' && at >= 3 && memcmp(text.data + at - 3, "www", 3) == 0;
}

static bool ends_address(char c)
{
    return c == '<' || g_ascii_isspace(c);
}

/*
 * Readers take all up to white space as an address, in which a backslash stands for itself. One
 * that holds something to be escaped, or a marker, must not be taken for one. Each is looked at
 * once, however many others it holds.
 */
static bool breaks_address(quire_text text, size_t at, size_t end, quire_markdown_escapes *escapes)
{
    if (!begins_address(text, at))
        return false;
    if (at < escapes->address_end)
        return escapes->address_breaks;
    size_t last = at + 1;
    escapes->address_breaks = false;
    for (; last < text.size && !ends_address(text.data[last]); last++)
        escapes->address_breaks |= last >= end || wants_escape(text, last, end, escapes);
    if (byte_at(text, last) == '<')
        escapes->address_breaks |= last >= end || wants_escape(text, last, end, escapes);
    escapes->address_end = last;
    return escapes->address_breaks;
}

/* Line feeds become a space where the place is one line; else they are hard breaks (CommonMark 6.7:
 * two spaces, which a reader of the source does not see), and `prefix` leads the next line. */
static size_t break_line(GString *out, quire_text text, size_t at, size_t end,
                         quire_markdown_escapes *escapes, const char *prefix)
{
    while (at < end && g_ascii_isspace(text.data[at]))
        at++;
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    if (escapes->place != QUIRE_INLINE_BLOCK) {
        g_string_append_c(out, ' ');
        return at;
    }
    g_string_append(out, "  \n");
    g_string_append(out, prefix);
    escapes->at_line_start = true;
    return at;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\v' || c == '\f';
}

/* White space counts once, however much there is. */
static void append_space(GString *out)
{
    if (out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c(out, ' ');
}

/* A ballot box as a task list has it, "[x]" or "[ ]"; returns its bytes, 0: there is none. It must
 * not become the text of a link. */
static size_t append_ballot(GString *out, quire_text text, size_t at, size_t end)
{
    size_t next = at;
    uint32_t c = (text.data[at] & 0xF0) == 0xE0 ? quire_utf8_next(text.data, end, &next) : 0;
    if (c < 0x2610 || c > 0x2612)
        return 0;
    bool links = next < end && strchr("([:", text.data[next]);
    g_string_append_printf(out, "%s[%c]", links ? "\\" : "", c == 0x2610 ? ' ' : 'x');
    return next - at;
}

void quire_markdown_escape(GString *out, quire_text text, size_t start, size_t end,
                           quire_markdown_escapes *escapes, const char *prefix)
{
    size_t at = start;
    while (at < end) {
        if (escapes->at_line_start) {
            escapes->at_line_start = false;
            at = escape_line_start(out, text, at, end);
            continue;
        }
        char c = text.data[at];
        if (c == '\n' || c == '\r') {
            at = break_line(out, text, at, end, escapes, prefix);
            continue;
        }
        if (is_blank(c)) {
            append_space(out);
            at++;
            continue;
        }
        size_t ballot = append_ballot(out, text, at, end);
        if (ballot > 0) {
            at += ballot;
            continue;
        }
        if (wants_escape(text, at, end, escapes) || breaks_address(text, at, end, escapes))
            g_string_append_c(out, '\\');
        g_string_append_c(out, c);
        at++;
    }
}
