/*
 * Dates as they are printed: 2024-02-29, 29.02.2024, 2/29/24, 29 Feb 2024, February 29, 2024,
 * Feb 29/24, and spans of two of them. Of 03/04/24 only other dates of the page can tell which
 * number is the day; where none does, it has no normal form: nothing is invented.
 */
#include "layout/forms/forms.h"

#include <stdio.h>
#include <string.h>

enum { MONTHS = 12, LONGEST_MONTH = 24, SHORTEST_YEAR = 2, CENTURY = 100, PIVOT = 70 };

typedef struct date {
    int year, month, day;
    bool certain; /* which number is the day */
    day_order order; /* what it tells by itself */
} date;

typedef struct reader {
    quire_text text;
    size_t at;
} reader;

/* Beginnings of month names, in English, German, French and Spanish. */
static const struct month_name {
    const char *start;
    int month;
} month_names[] = {
    {"jan", 1},  {"ene", 1},  {"feb", 2},  {"fév", 2},  {"fev", 2},  {"mar", 3},
    {"mär", 3},  {"mrz", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"mai", 5},
    {"may", 5},  {"jun", 6},  {"jui", 6},  {"jul", 7},  {"aug", 8},  {"aoû", 8},
    {"aou", 8},  {"ago", 8},  {"sep", 9},  {"set", 9},  {"oct", 10}, {"okt", 10},
    {"nov", 11}, {"dec", 12}, {"dez", 12}, {"déc", 12}, {"dic", 12},
};

static char peek(const reader *r)
{
    return r->at < r->text.size ? r->text.data[r->at] : '\0';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits, `most` of them; returns how many there were, and refuses longer numbers. */
static int read_number(reader *r, int most, int *number)
{
    int digits = 0;
    *number = 0;
    while (is_digit(peek(r)) && digits <= most) {
        *number = *number * 10 + (peek(r) - '0');
        r->at++;
        digits++;
    }
    return digits > most ? 0 : digits;
}

static void skip(reader *r, const char *characters)
{
    while (peek(r) && strchr(characters, peek(r)))
        r->at++;
}

static int read_month(reader *r)
{
    char folded[LONGEST_MONTH + 8];
    size_t size = 0, at = r->at;
    while (at < r->text.size && size < LONGEST_MONTH) {
        size_t here = at;
        uint32_t c = quire_utf8_next(r->text.data, r->text.size, &at);
        if (!quire_is_letter(c)) {
            at = here;
            break;
        }
        size += quire_utf8_put(quire_lower(c), folded + size);
    }
    if (size == 0)
        return 0;
    folded[size] = '\0';
    if (strncmp(folded, "juil", 4) == 0) {
        r->at = at;
        return 7;
    }
    for (size_t i = 0; i < sizeof month_names / sizeof *month_names; i++) {
        if (strncmp(folded, month_names[i].start, strlen(month_names[i].start)) == 0) {
            r->at = at;
            return month_names[i].month;
        }
    }
    return 0;
}

static int full_year(int year, int digits)
{
    if (digits > SHORTEST_YEAR)
        return year;
    return year + (year < PIVOT ? 2000 : 1900);
}

static bool is_date(const date *d)
{
    static const int days[MONTHS] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d->month < 1 || d->month > MONTHS || d->day < 1 || d->year < 1000)
        return false;
    bool leap = d->year % 4 == 0 && (d->year % CENTURY != 0 || d->year % (4 * CENTURY) == 0);
    return d->day <= days[d->month - 1] && (d->month != 2 || d->day < 29 || leap);
}

/* a and b in the order that they, their separator or `order` ask for. */
static void set_day(date *d, int a, int b, char separator, day_order order)
{
    d->order = a > MONTHS ? DAY_FIRST : b > MONTHS ? MONTH_FIRST : DAY_ORDER_UNKNOWN;
    day_order asked = d->order ? d->order : separator == '.' ? DAY_FIRST : order;
    d->certain = asked != DAY_ORDER_UNKNOWN || a == b;
    d->day = asked == MONTH_FIRST ? b : a;
    d->month = asked == MONTH_FIRST ? a : b;
}

/* 2024-02-29, 29.02.2024, 2/29/24 */
static bool read_numeric(reader *r, day_order order, date *d)
{
    int a, b, c;
    int wide = read_number(r, 4, &a);
    char separator = peek(r);
    if ((wide != 1 && wide != 2 && wide != 4) || !separator || !strchr("/.-", separator))
        return false;
    r->at++;
    int digits = read_number(r, 2, &b);
    if (digits == 0 || peek(r) != separator)
        return false;
    r->at++;
    digits = read_number(r, wide == 4 ? 2 : 4, &c);
    if (wide == 4) {
        *d = (date){a, b, c, true, DAY_ORDER_UNKNOWN};
        return digits > 0;
    }
    d->year = full_year(c, digits);
    set_day(d, a, b, separator, order);
    return digits == 2 || digits == 4;
}

/* The year behind a day and a month by name. */
static bool read_year(reader *r, date *d)
{
    skip(r, " ,./-'");
    int digits = read_number(r, 4, &d->year);
    d->year = full_year(d->year, digits);
    return digits == 2 || digits == 4;
}

/* 29 Feb 2024, 29. Februar 2024, 29-Feb-24, 29 de febrero de 2024 */
static bool read_day_first(reader *r, date *d)
{
    if (read_number(r, 2, &d->day) == 0)
        return false;
    skip(r, " .-");
    if (strncmp(r->text.data + r->at, "de ", r->text.size - r->at < 3 ? 0 : 3) == 0 && peek(r))
        r->at += 3;
    d->month = read_month(r);
    skip(r, " .");
    if (d->month && r->text.size - r->at > 3 && memcmp(r->text.data + r->at, "de ", 3) == 0)
        r->at += 3;
    return d->month && read_year(r, d);
}

/* February 29, 2024; Feb 29/24 */
static bool read_month_first(reader *r, date *d)
{
    d->month = read_month(r);
    skip(r, " .");
    if (!d->month || read_number(r, 2, &d->day) == 0)
        return false;
    return read_year(r, d);
}

static bool read_date(reader *r, day_order order, date *d)
{
    reader start = *r;
    *d = (date){.certain = true};
    bool found = read_numeric(r, order, d);
    if (!found) {
        *r = start;
        *d = (date){.certain = true};
        found = read_day_first(r, d);
    }
    if (!found) {
        *r = start;
        *d = (date){.certain = true};
        found = read_month_first(r, d);
    }
    if (found && !is_digit(peek(r)) && is_date(d))
        return true;
    *r = start;
    return false;
}

/* What stands between the dates of a span; moves over it. */
static bool read_joint(reader *r)
{
    static const char *const joints[] = {"-",     "\xE2\x80\x93", "\xE2\x80\x94", "to ", "bis ",
                                         "thru ", "through ",     "au ",          "al "};
    skip(r, " ");
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++) {
        size_t size = strlen(joints[i]);
        if (r->text.size - r->at > size && memcmp(r->text.data + r->at, joints[i], size) == 0) {
            r->at += size;
            skip(r, " ");
            return true;
        }
    }
    return false;
}

static int write_date(char *out, size_t room, const date *d)
{
    return snprintf(out, room, "%04d-%02d-%02d", d->year, d->month, d->day);
}

size_t form_date_size(quire_text text, day_order order, char normalised[32])
{
    reader r = {text, 0};
    date first, second;
    if (!read_date(&r, order, &first))
        return 0;
    size_t size = r.at;
    bool span = read_joint(&r) && read_date(&r, order, &second);
    size = span ? r.at : size;
    if (!normalised)
        return size;
    normalised[0] = '\0';
    if (!first.certain || (span && !second.certain))
        return size;
    int written = write_date(normalised, 32, &first);
    if (span) {
        normalised[written++] = '/';
        write_date(normalised + written, 32 - (size_t)written, &second);
    }
    return size;
}

day_order form_day_order(quire_text text)
{
    for (reader r = {text, 0}; r.at < text.size;) {
        date d;
        if (is_digit(peek(&r)) && read_date(&r, DAY_ORDER_UNKNOWN, &d)) {
            if (d.order != DAY_ORDER_UNKNOWN)
                return d.order;
            continue;
        }
        while (is_digit(peek(&r)))
            r.at++;
        r.at++;
    }
    return DAY_ORDER_UNKNOWN;
}
