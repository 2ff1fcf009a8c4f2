/*
 * Reading labels by their form. Nothing here looks at fonts or places; a form only proposes.
 */
#include "layout/labels.h"

#include <string.h>

enum { MOST_DIGITS = 4, MOST_ROMAN = 8, MOST_SECTION_PARTS = 6 };

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static char lower_ascii(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
}

static bool ends_token(quire_text text, size_t at)
{
    if (at >= text.size)
        return true;
    size_t next = at;
    return quire_is_space(quire_utf8_next(text.data, text.size, &next));
}

bool layout_is_bullet(uint32_t c)
{
    static const uint32_t bullets[] = {
        0x2022, 0x25E6, 0x25AA, 0x25AB, 0x25A0, 0x25A1, 0x25CF, 0x25CB, 0x2023, 0x2043, 0x2013,
        0x2014, 0xB7,   0x2713, 0x2714, 0x27A2, 0x2794, 0x279C, 0x2756, 0x2666, 0x25C6, 0x25BA,
        0x25B6, 0x25B8, 0x2192, 0x2219, 0x2610, 0x2611, 0x2612, 0x2751, 0x2726, 0x2605, 0x2606,
        0x2212, 0x25C7, 0x25D8, 0x2776, 0x25FE, 0x25FC, 0x26AB, 0x29BF, 0x204C,
    };
    if (c < 0x80)
        return c == '-' || c == '*';
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (bullets[i] == c)
            return true;
    return c >= 0xF020 && c <= 0xF0FF; /* symbol fonts keep their codes there */
}

static label bullet_at(quire_text text)
{
    size_t at = 0;
    uint32_t c = quire_utf8_next(text.data, text.size, &at);
    if (!layout_is_bullet(c) && !(c == 'o' && text.size > 1))
        return (label){0};
    if (!ends_token(text, at))
        return (label){0};
    return (label){.family = LABEL_BULLET, .value = (int32_t)c, .size = at};
}

/* The value of a roman number in lower case; 0: not one. */
static int32_t roman_value(const char *text, size_t size)
{
    static const char letters[] = "ivxlcdm";
    static const int32_t values[] = {1, 5, 10, 50, 100, 500, 1000};
    int32_t sum = 0, last = 10000;
    int repeats = 0;
    for (size_t i = 0; i < size; i++) {
        const char *found = memchr(letters, lower_ascii(text[i]), sizeof letters - 1);
        if (!found)
            return 0;
        int32_t value = values[found - letters];
        repeats = value == last ? repeats + 1 : 0;
        if (repeats > 2)
            return 0;
        sum += value > last ? value - 2 * last : value;
        last = value;
    }
    return sum;
}

int32_t layout_roman_value(quire_text text)
{
    return text.size > 0 && text.size <= MOST_ROMAN ? roman_value(text.data, text.size) : 0;
}

static size_t count_digits(quire_text text, size_t at)
{
    size_t count = 0;
    while (at + count < text.size && is_ascii_digit(text.data[at + count]))
        count++;
    return count;
}

static int32_t number_at(quire_text text, size_t at, size_t digits)
{
    int32_t value = 0;
    for (size_t i = 0; i < digits; i++)
        value = value * 10 + (text.data[at + i] - '0');
    return value;
}

/* Reads the next part of a section number, and the stop behind it; false where there is none. */
static bool read_part(quire_text text, size_t *at, label *l)
{
    size_t digits = count_digits(text, *at);
    if (digits == 0 || digits > 3 || l->depth >= MOST_SECTION_PARTS)
        return false;
    l->value = number_at(text, *at, digits);
    if (l->depth < 4)
        l->parts[l->depth] = l->value;
    l->depth++;
    *at += digits;
    l->size = *at;
    return *at < text.size && text.data[(*at)++] == '.';
}

/* "1.2", "3.1.4." : two parts or more. A letter may lead: "A.1". */
static label section_at(quire_text text)
{
    label found = {.family = LABEL_SECTION};
    size_t at = 0;
    if (text.size > 2 && text.data[0] >= 'A' && text.data[0] <= 'Z' && text.data[1] == '.') {
        found.parts[found.depth++] = text.data[0];
        at = 2;
    }
    while (read_part(text, &at, &found))
        continue;
    if (found.depth < 2 || found.size == 0)
        return (label){0};
    found.size += found.size < text.size && text.data[found.size] == '.';
    return ends_token(text, found.size) ? found : (label){0};
}

static size_t count_letters(quire_text text, size_t at)
{
    size_t count = 0;
    while (at + count < text.size && count <= MOST_ROMAN) {
        char c = lower_ascii(text.data[at + count]);
        if (c < 'a' || c > 'z')
            break;
        count++;
    }
    return count;
}

/* Reads what stands between the brackets; false when it is neither number nor letter. */
static bool read_core(quire_text text, size_t *at, label *l)
{
    size_t digits = count_digits(text, *at);
    if (digits > 0 && digits <= MOST_DIGITS) {
        l->family = LABEL_DECIMAL;
        l->value = number_at(text, *at, digits);
        *at += digits;
        return true;
    }
    size_t letters = count_letters(text, *at);
    if (letters == 0 || letters > MOST_ROMAN)
        return false;
    char first = text.data[*at];
    bool capital = first >= 'A' && first <= 'Z';
    l->roman = roman_value(text.data + *at, letters);
    if (letters == 1) {
        l->family = capital ? LABEL_CAPITAL : LABEL_LETTER;
        l->value = lower_ascii(first) - 'a' + 1;
    } else {
        l->family = capital ? LABEL_CAPITAL_ROMAN : LABEL_ROMAN;
        l->value = l->roman;
    }
    *at += letters;
    return letters == 1 || l->roman > 0;
}

static label numbered_at(quire_text text)
{
    label l = {0};
    size_t at = 0;
    char open = text.data[0];
    if (open == '(' || open == '[') {
        l.opened = true;
        at = 1;
    }
    if (!read_core(text, &at, &l) || at >= text.size)
        return (label){0};
    l.close = text.data[at];
    bool closed =
        l.opened ? l.close == (open == '(' ? ')' : ']') : l.close == '.' || l.close == ')';
    if (!closed || !ends_token(text, at + 1))
        return (label){0};
    l.depth = 1;
    l.parts[0] = l.value;
    l.size = at + 1;
    return l;
}

label layout_label_at(quire_text text)
{
    if (text.size == 0)
        return (label){0};
    label found = bullet_at(text);
    if (found.family == LABEL_NONE)
        found = section_at(text);
    if (found.family == LABEL_NONE)
        found = numbered_at(text);
    return found;
}

bool layout_is_label(quire_text text)
{
    if (layout_label_at(text).size == text.size && text.size > 0)
        return true;
    size_t digits = count_digits(text, 0);
    return digits == text.size && digits > 0 && digits <= 2;
}

bool layout_is_section_number(quire_text text)
{
    if (text.size == 1 && text.data[0] >= 'A' && text.data[0] <= 'Z')
        return true;
    size_t letters = count_letters(text, 0);
    if (letters == text.size && letters > 0 && roman_value(text.data, letters) > 0)
        return text.data[0] < 'a';
    return layout_is_label(text) && layout_label_at(text).family != LABEL_BULLET;
}

/* True when `text` starts with `word`, whatever the case, and the word ends there. */
static bool starts_with_word(quire_text text, const char *word)
{
    size_t size = strlen(word);
    if (text.size < size)
        return false;
    for (size_t i = 0; i < size; i++)
        if (lower_ascii(text.data[i]) != word[i])
            return false;
    char behind = text.size > size ? lower_ascii(text.data[size]) : ' ';
    return behind < 'a' || behind > 'z';
}

static size_t skip_spaces(quire_text text, size_t at)
{
    while (at < text.size) {
        size_t next = at;
        if (!quire_is_space(quire_utf8_next(text.data, text.size, &next)))
            break;
        at = next;
    }
    return at;
}

/* "3", "2.1", "A-4", "IV": a number as captions and chapters have them; bytes, 0: none. */
static size_t ordinal_size(quire_text text, size_t at)
{
    size_t start = at;
    size_t letters = count_letters(text, at);
    if (letters == 1 || (letters > 1 && roman_value(text.data + at, letters) > 0))
        at += letters;
    else if (letters > 1)
        return 0;
    while (at < text.size && (is_ascii_digit(text.data[at]) ||
                              ((text.data[at] == '.' || text.data[at] == '-') &&
                               at + 1 < text.size && is_ascii_digit(text.data[at + 1]))))
        at++;
    return at - start;
}

static size_t prefix_with_ordinal(quire_text text, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!starts_with_word(text, words[i]))
            continue;
        size_t at = strlen(words[i]);
        if (at < text.size && text.data[at] == '.')
            at++;
        if (at < text.size && text.data[at] == ':')
            return at + 1;
        at = skip_spaces(text, at);
        size_t ordinal = ordinal_size(text, at);
        if (ordinal > 0)
            return at + ordinal;
    }
    return 0;
}

size_t layout_caption_prefix(quire_text text)
{
    static const char *const words[] = {
        "figure",    "fig",   "table",   "tab",     "chart",   "exhibit", "box",   "map",
        "plate",     "photo", "graph",   "diagram", "scheme",  "listing", "image", "illustration",
        "abbildung", "abb",   "tabelle", "figura",  "tableau", "tabla",   "panel",
    };
    return prefix_with_ordinal(text, words, sizeof words / sizeof *words);
}

bool layout_names_table(quire_text text)
{
    return text.size > 3 && (text.data[0] | 32) == 't' && (text.data[1] | 32) == 'a' &&
           (text.data[2] | 32) == 'b';
}

size_t layout_chapter_prefix(quire_text text)
{
    static const char *const words[] = {
        "chapter", "section", "part",     "appendix", "annex",    "article",
        "lesson",  "unit",    "module",   "kapitel",  "chapitre", "capitulo",
        "teil",    "anhang",  "schedule", "step",     "exercise",
    };
    return prefix_with_ordinal(text, words, sizeof words / sizeof *words);
}

static bool is_dash_or_bar(uint32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == '|' || c == '[' || c == ']' || c == '/' ||
           c == '.' || c == '~' || c == 0x2022;
}

/* Number tokens of `text`, or -1 when it has anything but numbers, dashes and "page", "of". */
static int count_page_tokens(quire_text text)
{
    int numbers = 0;
    for (size_t at = 0; at < text.size;) {
        quire_text rest = {text.data + at, text.size - at};
        size_t digits = count_digits(rest, 0), letters = count_letters(rest, 0), next = at;
        if (digits > 0 && digits <= MOST_DIGITS) {
            numbers++;
            at += digits;
        } else if (starts_with_word(rest, "page") || starts_with_word(rest, "pg")) {
            at += letters;
        } else if (starts_with_word(rest, "of") && numbers > 0) {
            at += letters;
        } else if (letters > 0 && letters < 6 && roman_value(rest.data, letters) > 0) {
            numbers++;
            at += letters;
        } else {
            uint32_t c = quire_utf8_next(text.data, text.size, &next);
            if (!quire_is_space(c) && !is_dash_or_bar(c))
                return -1;
            at = next;
        }
    }
    return numbers;
}

bool layout_is_page_number(quire_text text)
{
    if (text.size == 0 || text.size > 24)
        return false;
    int numbers = count_page_tokens(text);
    return numbers == 1 || numbers == 2;
}

bool layout_is_note_sign(uint32_t c)
{
    static const uint32_t signs[] = {'*', 0xA7, 0xB6, 0x2016, 0x2020, 0x2021, 0x204E, 0x2217};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (signs[i] == c)
            return true;
    return false;
}
