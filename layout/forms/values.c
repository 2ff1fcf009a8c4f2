/*
 * What a value reads as: an amount of money, a number, an e-mail address, an IBAN, a date; and the
 * one form in which equal values are equal bytes.
 */
#include "layout/forms/forms.h"

#include <stdio.h>
#include <string.h>

enum { LONGEST_AMOUNT = 48, IBAN_LEAST = 15, IBAN_MOST = 34, IBAN_MODULUS = 97 };

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_letter(char c)
{
    return is_capital(c) || (c >= 'a' && c <= 'z');
}

static quire_text trimmed(quire_text text)
{
    while (text.size > 0 && text.data[text.size - 1] == ' ')
        text.size--;
    while (text.size > 0 && text.data[0] == ' ')
        text.data++, text.size--;
    return text;
}

/* ---- amounts ---- */

/* As printed, and as written down; the dollar is that of many countries, and stays as it is. */
static const struct currency {
    const char *sign, *name;
} currencies[] = {
    {"$", "$"},     {"\xE2\x82\xAC", "EUR"}, {"\xC2\xA3", "GBP"},     {"\xC2\xA5", "\xC2\xA5"},
    {"USD", "USD"}, {"EUR", "EUR"},          {"GBP", "GBP"},          {"CHF", "CHF"},
    {"CAD", "CAD"}, {"AUD", "AUD"},          {"JPY", "JPY"},          {"MXN", "MXN"},
    {"US$", "USD"}, {"Euro", "EUR"},         {"\xE2\x82\xB9", "INR"},
};

/* Takes a currency off one end of the text; NULL: there is none. */
static const char *take_currency(quire_text *text, bool at_end)
{
    for (size_t i = sizeof currencies / sizeof *currencies; i-- > 0;) {
        size_t size = strlen(currencies[i].sign);
        if (text->size <= size)
            continue;
        const char *at = at_end ? text->data + text->size - size : text->data;
        if (memcmp(at, currencies[i].sign, size) != 0)
            continue;
        *text = trimmed((quire_text){at_end ? text->data : text->data + size, text->size - size});
        return currencies[i].name;
    }
    return NULL;
}

/* Takes a minus sign, or the parentheses of a credit. */
static bool take_minus(quire_text *text)
{
    if (text->size > 2 && text->data[0] == '(' && text->data[text->size - 1] == ')') {
        *text = trimmed((quire_text){text->data + 1, text->size - 2});
        return true;
    }
    if (text->size > 1 && (text->data[0] == '-' || text->data[text->size - 1] == '-')) {
        bool front = text->data[0] == '-';
        *text = trimmed((quire_text){text->data + front, text->size - 1});
        return true;
    }
    return false;
}

/* What stands between the digits of a number. */
typedef struct separators {
    size_t count, last; /* place of the last one */
    bool mixed; /* they are not all the same */
} separators;

/* False where anything but digits and lone separators stands in the text. */
static bool find_separators(quire_text text, separators *found)
{
    *found = (separators){0};
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (is_digit(c))
            continue;
        if (!strchr(".,' ", c) || (i == 0 ? c != '.' : !is_digit(text.data[i - 1])))
            return false;
        found->mixed |= found->count > 0 && text.data[found->last] != c;
        found->last = i;
        found->count++;
    }
    return text.size > 0 && is_digit(text.data[text.size - 1]);
}

/* The place of the decimal sign: the last separator unless it groups thousands; SIZE_MAX: none.
 * False where the text is no number, or could be two: 1.234 is left alone. */
static bool find_decimal(quire_text text, size_t *decimal)
{
    separators found;
    *decimal = SIZE_MAX;
    if (!find_separators(text, &found))
        return false;
    if (found.count == 0)
        return true;
    char c = text.data[found.last];
    bool threes = text.size - found.last - 1 == 3 && found.last > 0;
    if (threes && !found.mixed && (found.count > 1 || c != '.'))
        return true;
    if (c == ' ' || c == '\'' || (found.count > 1 && !found.mixed) || (threes && c == '.'))
        return false;
    *decimal = found.last;
    return true;
}

/* Thousands stand in threes in front of the decimal sign. */
static bool groups_are_whole(quire_text text, size_t decimal)
{
    size_t end = decimal == SIZE_MAX ? text.size : decimal, run = 0;
    bool separated = false;
    for (size_t i = 0; i < end; i++) {
        if (is_digit(text.data[i])) {
            run++;
            continue;
        }
        if (run > 3 || (separated && run != 3))
            return false;
        separated = true;
        run = 0;
    }
    return !separated || run == 3;
}

/* 0417 numbers a thing and counts none; 12 34 is two numbers. */
static bool counts_something(quire_text text, size_t decimal)
{
    size_t whole = decimal == SIZE_MAX ? text.size : decimal;
    bool numbers = whole > 1 && text.data[0] == '0';
    return !numbers && groups_are_whole(text, decimal);
}

bool form_amount_read(quire_text text, bool *has_currency, char normalised[64])
{
    text = trimmed(text);
    bool minus = take_minus(&text);
    const char *currency = take_currency(&text, false);
    if (!currency)
        currency = take_currency(&text, true);
    minus = take_minus(&text) || minus;
    size_t decimal, size = 0;
    if (text.size == 0 || text.size > LONGEST_AMOUNT || !find_decimal(text, &decimal) ||
        !counts_something(text, decimal))
        return false;
    if (minus)
        normalised[size++] = '-';
    for (size_t i = 0; i < text.size; i++) {
        if (i == decimal && i == 0)
            normalised[size++] = '0';
        if (is_digit(text.data[i]) || i == decimal)
            normalised[size++] = i == decimal ? '.' : text.data[i];
    }
    normalised[size] = '\0';
    if (currency)
        snprintf(normalised + size, 64 - size, " %s", currency);
    *has_currency = currency != NULL;
    return true;
}

/* ---- IBAN (ISO 13616): the remainder by 97 of its characters turned into digits is 1 ---- */

static bool compact_iban(quire_text text, char compact[IBAN_MOST + 1])
{
    size_t size = 0;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (c == ' ')
            continue;
        if (size == IBAN_MOST || !(is_digit(c) || is_capital(c)))
            return false;
        compact[size++] = c;
    }
    compact[size] = '\0';
    return size >= IBAN_LEAST && is_capital(compact[0]) && is_capital(compact[1]) &&
           is_digit(compact[2]) && is_digit(compact[3]);
}

static bool is_iban(quire_text text, char compact[IBAN_MOST + 1])
{
    if (!compact_iban(text, compact))
        return false;
    size_t size = strlen(compact);
    unsigned remainder = 0;
    for (size_t i = 0; i < size; i++) {
        char c = compact[(i + 4) % size];
        unsigned digit = is_digit(c) ? (unsigned)(c - '0') : (unsigned)(c - 'A' + 10);
        remainder = (remainder * (digit > 9 ? 100 : 10) + digit) % IBAN_MODULUS;
    }
    return remainder == 1;
}

/* ---- e-mail: enough to tell one, not to allow one (RFC 5321 allows far more) ---- */

static bool is_email(quire_text text)
{
    const char *at = memchr(text.data, '@', text.size);
    if (!at || at == text.data)
        return false;
    size_t dot = 0, start = (size_t)(at - text.data) + 1;
    for (size_t i = 0; i < text.size; i++) {
        char c = text.data[i];
        if (i != start - 1 && !is_letter(c) && !is_digit(c) && !strchr("._%+-", c))
            return false;
        if (c == '.' && i > start)
            dot = i;
    }
    return dot > start && text.size - dot > 2;
}

/* ---- any value ---- */

static form_value value_of(quire_arena *arena, quire_value_type type, const char *normalised)
{
    bool known = arena && normalised && *normalised;
    return (form_value){type,
                        known ? quire_arena_text(arena, normalised, strlen(normalised)) : NULL};
}

form_value form_value_read(quire_arena *arena, quire_text text, day_order order)
{
    char date[32], amount[64], iban[IBAN_MOST + 1];
    bool has_currency;
    text = trimmed(text);
    if (text.size == 0)
        return (form_value){QUIRE_VALUE_TEXT, NULL};
    if (form_date_size(text, order, date) == text.size)
        return value_of(arena, QUIRE_VALUE_DATE, date);
    if (form_amount_read(text, &has_currency, amount))
        return value_of(arena, has_currency ? QUIRE_VALUE_AMOUNT : QUIRE_VALUE_NUMBER, amount);
    if (is_email(text)) {
        return value_of(arena, QUIRE_VALUE_EMAIL, NULL);
    }
    if (is_iban(text, iban))
        return value_of(arena, QUIRE_VALUE_IBAN, iban);
    return (form_value){QUIRE_VALUE_TEXT, NULL};
}
