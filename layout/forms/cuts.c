/*
 * Labels within a row of words that stand close together: by their colons, and by the lexicon.
 *
 *     Date: 29 Feb 2024 Order no: 4711     ->  [Date:] 29 Feb 2024 [Order no:] 4711
 *     Invoice Number 4711                  ->  [Invoice Number] 4711
 */
#include "layout/forms/forms.h"

#include <string.h>

enum {
    LABEL_WORDS = 6, /* at most */
    LABEL_BYTES = 64,
    ASKING_WORDS = 14, /* the same of a form on paper, which asks in sentences */
    ASKING_BYTES = 110,
};

static bool ends_with_colon(quire_text text)
{
    if (text.size > 3 && memcmp(text.data + text.size - 3, "\xEF\xBC\x9A", 3) == 0) /* fullwidth */
        return true;
    return text.size > 0 && text.data[text.size - 1] == ':';
}

static bool has_digit(quire_text text)
{
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return true;
    return false;
}

static bool any_digit(const quire_text *texts, size_t first, size_t end)
{
    bool any = false;
    for (size_t i = first; i < end; i++)
        any |= has_digit(texts[i]);
    return any;
}

/* Labels begin with a capital, or a sign like "#". */
static bool begins_label(quire_text text)
{
    size_t at = 0;
    uint32_t c = text.size > 0 ? quire_utf8_next(text.data, text.size, &at) : 0;
    while (at < text.size && (c == '(' || c == '*' || c == '['))
        c = quire_utf8_next(text.data, text.size, &at);
    return c == '#' || (quire_is_letter(c) && !quire_is_lower(c));
}

static size_t bytes_of(const quire_text *texts, size_t first, size_t end)
{
    size_t bytes = 0;
    for (size_t i = first; i < end; i++)
        bytes += texts[i].size + 1;
    return bytes;
}

/* Is texts[first, end) a label by its words alone? */
static bool is_known_label(const quire_text *texts, size_t first, size_t end)
{
    bool head = false;
    for (size_t i = first; i < end; i++) {
        label_word kind = form_label_word(texts[i]);
        if (kind == LABEL_WORD_NONE)
            return false;
        head |= kind >= LABEL_WORD_HEAD;
    }
    return head;
}

/* The end of the longest known label at texts[first]; first: there is none. */
static size_t known_label_end(const quire_text *texts, size_t first, size_t count)
{
    size_t end = first;
    bool head = false;
    if (!begins_label(texts[first]))
        return first;
    for (size_t i = first; i < count && i < first + LABEL_WORDS; i++) {
        label_word kind = form_label_word(texts[i]);
        if (kind == LABEL_WORD_NONE)
            break;
        head |= kind >= LABEL_WORD_HEAD;
        if (head)
            end = i + 1;
        if (ends_with_colon(texts[i]))
            break;
    }
    return end;
}

/* The first of the known words that end with texts[colon]; colon + 1: that is none. */
static size_t known_label_start(const quire_text *texts, size_t from, size_t colon)
{
    size_t start = colon + 1;
    for (size_t i = colon + 1; i-- > from && colon - i < LABEL_WORDS;) {
        if (form_label_word(texts[i]) == LABEL_WORD_NONE)
            break;
        if (begins_label(texts[i]))
            start = i;
    }
    return start;
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "(1)", "1." or "a)" before a label. */
static bool is_enumerator(quire_text text)
{
    size_t at = text.size > 0 && text.data[0] == '(';
    size_t start = at;
    while (at < text.size && at < start + 2 && is_alphanumeric(text.data[at]))
        at++;
    return at > start && at + 1 == text.size && (text.data[at] == ')' || text.data[at] == '.');
}

static bool is_short(const quire_text *texts, size_t from, size_t colon, bool read)
{
    size_t words = read ? ASKING_WORDS : LABEL_WORDS, bytes = read ? ASKING_BYTES : LABEL_BYTES;
    return colon - from < words && bytes_of(texts, from, colon + 1) <= bytes;
}

/* The first word of the label whose last word is texts[colon]. Behind a value only known words are
 * taken for it; colon + 1: there is no label. */
static size_t label_start(const quire_text *texts, size_t from, size_t colon, bool behind_value,
                          bool read)
{
    if (!behind_value && colon > from && is_enumerator(texts[from]) &&
        label_start(texts, from + 1, colon, false, read) == from + 1)
        return from;
    bool fits = is_short(texts, from, colon, read);
    bool named = begins_label(texts[from]) && !any_digit(texts, from, colon + 1);
    if (!behind_value && fits && named)
        return from;
    size_t start = known_label_start(texts, from, colon);
    bool single = !behind_value && begins_label(texts[colon]) && !has_digit(texts[colon]);
    return start > colon && single ? colon : start;
}

static void add(label_cut *cuts, size_t *cut_count, size_t end, uint32_t flags)
{
    if (*cut_count > 0 ? cuts[*cut_count - 1].end < end : end > 0)
        cuts[(*cut_count)++] = (label_cut){(uint32_t)end, flags};
}

static bool asks(quire_text text, bool read)
{
    return ends_with_colon(text) || (read && text.size > 1 && text.data[text.size - 1] == '?');
}

static size_t find_colon(const quire_text *texts, size_t from, size_t count, bool read)
{
    while (from < count && !asks(texts[from], read))
        from++;
    return from;
}

static uint32_t label_flags(const quire_text *texts, size_t first, size_t end)
{
    bool colon = ends_with_colon(texts[end - 1]), sum = false;
    bool known = is_known_label(texts, first, end);
    for (size_t i = first; known && i < end; i++)
        sum |= form_label_word(texts[i]) == LABEL_WORD_SUM;
    return SEGMENT_LABEL | (colon ? SEGMENT_COLON : 0) | (known ? SEGMENT_KNOWN : 0) |
           (sum ? SEGMENT_SUM : 0);
}

/* Words without a colon: all of them a label, a label and a value that tells itself, or a value. */
static void cut_plain(const quire_text *texts, size_t first, size_t count, uint32_t value_flags,
                      label_cut *cuts, size_t *cut_count)
{
    size_t end = known_label_end(texts, first, count);
    if (end == count && value_flags == 0) {
        add(cuts, cut_count, count, label_flags(texts, first, count));
        return;
    }
    char first_of_value = end < count ? texts[end].data[0] : ' ';
    bool tells = end > first && end < count && value_flags == 0 &&
                 (has_digit(texts[end]) || strchr("$(-", first_of_value));
    if (tells)
        add(cuts, cut_count, end, label_flags(texts, first, end));
    add(cuts, cut_count, count, tells ? SEGMENT_INLINE : value_flags);
}

size_t form_cut_labels(const quire_text *texts, size_t count, bool read, label_cut *cuts)
{
    size_t cut_count = 0, at = 0;
    uint32_t value_flags = 0;
    while (at < count) {
        size_t colon = find_colon(texts, at, count, read);
        if (colon == count) {
            cut_plain(texts, at, count, value_flags, cuts, &cut_count);
            break;
        }
        size_t start = label_start(texts, at, colon, value_flags != 0, read);
        if (start > at)
            add(cuts, &cut_count, start, value_flags);
        if (start <= colon)
            add(cuts, &cut_count, colon + 1, label_flags(texts, start, colon + 1));
        value_flags = start <= colon ? SEGMENT_INLINE : value_flags;
        at = colon + 1;
    }
    return cut_count;
}
