/*
 * Page ranges. Read left to right into a list, then sorted and merged, so that a page that is
 * named twice is converted once and in its place.
 */
#include "pipeline/pages.h"

#include <stdlib.h>
#include <string.h>

enum { PART_SHOWN = 40 }; /* characters of a bad range that the message repeats */

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Moves over blanks. */
static const char *skip_blanks(const char *at)
{
    return at + strspn(at, " \t");
}

/* Reads a page number; 0 where none stands or it is too large to be one. */
static int32_t read_number(const char **at)
{
    int64_t value = 0;
    bool is_large = false;
    for (; is_digit(**at); (*at)++) {
        value = value * 10 + (**at - '0');
        is_large |= value > QUIRE_MAX_PAGES;
        value = is_large ? 0 : value;
    }
    return (int32_t)value;
}

/* Reads "N", "N-", "-N" or "N-M"; what is wrong with it, or NULL. */
static const char *read_range(const char **at, quire_page_range *range)
{
    bool has_first = is_digit(**at);
    range->first = has_first ? read_number(at) : 1;
    range->last = range->first;
    *at = skip_blanks(*at);
    if (**at == '-') {
        *at = skip_blanks(*at + 1);
        bool has_last = is_digit(**at);
        if (!has_first && !has_last)
            return "has no page number";
        range->last = has_last ? read_number(at) : INT32_MAX;
        *at = skip_blanks(*at);
    } else if (!has_first) {
        return "is not a page or a range";
    }
    if (**at != ',' && **at != '\0')
        return "is not a page or a range";
    if (range->first < 1 || range->last < 1)
        return "names a page that cannot be (pages count from 1)";
    return range->first > range->last ? "runs backwards" : NULL;
}

static int compare_ranges(const void *a, const void *b)
{
    int32_t x = ((const quire_page_range *)a)->first, y = ((const quire_page_range *)b)->first;
    return (x > y) - (x < y);
}

/* Sorts the ranges and joins those that touch. */
static void merge_ranges(quire_page_set *set)
{
    if (set->ranges.count == 0)
        return;
    quire_page_range *ranges = set->ranges.items;
    qsort(ranges, set->ranges.count, sizeof *ranges, compare_ranges);
    size_t kept = 0;
    for (size_t i = 1; i < set->ranges.count; i++) {
        bool touches = ranges[kept].last == INT32_MAX || ranges[i].first <= ranges[kept].last + 1;
        if (!touches)
            ranges[++kept] = ranges[i];
        else if (ranges[i].last > ranges[kept].last)
            ranges[kept].last = ranges[i].last;
    }
    set->ranges.count = kept + 1;
}

static quire_status refuse(quire_error *error, const char *part, const char *why)
{
    int size = (int)strcspn(part, ",");
    return quire_fail(error, QUIRE_USAGE, "options", 0,
                      "page range '%.*s' %s; write it like 1-3,7,10-",
                      size < PART_SHOWN ? size : PART_SHOWN, part, why);
}

quire_status quire_page_set_parse(quire_page_set *set, const char *text, quire_error *error)
{
    memset(set, 0, sizeof *set);
    set->ranges.ceiling = QUIRE_MAX_PAGE_RANGES;
    const char *at = text ? text : "1-";
    for (;;) {
        const char *part = at = skip_blanks(at);
        quire_page_range range;
        const char *why = read_range(&at, &range);
        if (why)
            return refuse(error, part, why);
        quire_page_range *kept = quire_array_push(&set->ranges);
        if (!kept)
            return refuse(error, part, "is one too many");
        *kept = range;
        if (*at == '\0')
            break;
        at++;
    }
    merge_ranges(set);
    return QUIRE_OK;
}

void quire_page_set_clear(quire_page_set *set)
{
    quire_array_clear(&set->ranges);
}

int32_t quire_page_set_next(const quire_page_set *set, int32_t page, int32_t count)
{
    for (size_t i = 0; i < set->ranges.count; i++) {
        quire_page_range range = set->ranges.items[i];
        if (range.last <= page)
            continue;
        int32_t next = range.first > page ? range.first : page + 1;
        return next <= count ? next : 0;
    }
    return 0;
}

int32_t quire_page_set_count(const quire_page_set *set, int32_t count)
{
    int32_t total = 0;
    for (size_t i = 0; i < set->ranges.count; i++) {
        quire_page_range range = set->ranges.items[i];
        int32_t last = range.last < count ? range.last : count;
        if (range.first <= last)
            total += last - range.first + 1;
    }
    return total;
}
