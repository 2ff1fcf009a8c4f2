/*
 * What is typical of a page, and which lines are code, before anything is judged.
 *
 *     12  if (ready)        a number in another face may lead a line of code
 *     13      start();
 *
 * On a page that is typewritten throughout, monospaced text means nothing.
 */
#include "layout/passes.h"

#include <string.h>

enum { SIZE_BINS = 256, NUMBER_BYTES = 5 };

#define CODE_MOST 0.98f /* share of monospaced text from which it is no code */

static void measure_body(layout_page *lp)
{
    uint32_t bins[SIZE_BINS] = {0};
    for (size_t i = 0; i < lp->line_count; i++) {
        int bin = (int)lroundf(lp->lines[i].size * 4);
        bins[bin < 0 ? 0 : bin >= SIZE_BINS ? SIZE_BINS - 1 : bin] += lp->lines[i].characters;
    }
    int best = 0;
    for (int i = 1; i < SIZE_BINS; i++)
        if (bins[i] > bins[best])
            best = i;
    lp->body_size = bins[best] ? (float)best / 4 : 0;
}

/* Letters or the like, and no address of a person. */
static bool reads_as_code(quire_text text)
{
    if (memchr(text.data, '@', text.size) && !memchr(text.data, ' ', text.size))
        return false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c) || c == '{' || c == '}' || c == ')')
            return true;
    }
    return false;
}

static int leading_number(quire_text text)
{
    int number = 0;
    for (size_t i = 0; i < text.size && i < NUMBER_BYTES; i++) {
        if (text.data[i] < '0' || text.data[i] > '9')
            break;
        number = 10 * number + (text.data[i] - '0');
    }
    return number;
}

/* All monospaced, but for a number that leads it. */
static bool is_code_line(const layout_page *lp, const line *l)
{
    if (l->flags & LINE_MONOSPACE)
        return reads_as_code(l->text);
    const word *first = &lp->words[l->first];
    for (uint32_t i = l->first + 1; i < l->end; i++)
        if (!(lp->words[i].flags & WORD_MONOSPACE))
            return false;
    quire_text number = {l->text.data, first->text_end};
    return l->end - l->first > 1 && number.size < NUMBER_BYTES && layout_is_label(number);
}

/* The number of a line of code that stands further right in the same row. */
static bool numbers_code(const layout_page *lp, size_t index)
{
    const line *l = &lp->lines[index];
    return index + 1 < lp->line_count && l[1].row == l->row && l[1].flags & LINE_CODE &&
           l->text.size < NUMBER_BYTES && layout_is_label(l->text);
}

/* The number of a line of code that is blank: the lines before and after it count on from it. */
static bool numbers_blank(const layout_page *lp, size_t index)
{
    const line *l = &lp->lines[index];
    if (index == 0 || index + 1 >= lp->line_count || !(l[-1].flags & l[1].flags & LINE_CODE))
        return false;
    int number = leading_number(l->text), before = leading_number(l[-1].text);
    return number > 0 && l->text.size < NUMBER_BYTES && layout_is_section_number(l->text) &&
           (before == number - 1 || leading_number(l[1].text) == number + 1);
}

static void mark_code(layout_page *lp)
{
    uint32_t all = 0, mono = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        all += lp->lines[i].characters;
        mono += lp->lines[i].flags & LINE_MONOSPACE ? lp->lines[i].characters : 0;
    }
    if ((float)mono > CODE_MOST * (float)all)
        return;
    for (size_t i = lp->line_count; i-- > 0;)
        if (is_code_line(lp, &lp->lines[i]) || numbers_code(lp, i))
            lp->lines[i].flags |= LINE_CODE;
    for (size_t i = 0; i < lp->line_count; i++)
        if (!(lp->lines[i].flags & LINE_CODE) && numbers_blank(lp, i))
            lp->lines[i].flags |= LINE_CODE;
}

static void measure_direction(layout_page *lp)
{
    uint32_t all = 0, leftward = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        all += lp->lines[i].characters;
        leftward += lp->lines[i].flags & LINE_RIGHT_TO_LEFT ? lp->lines[i].characters : 0;
    }
    lp->reads_leftward = leftward * 2 > all;
}

void layout_note_traits(layout_page *lp)
{
    measure_direction(lp);
    measure_body(lp);
    mark_code(lp);
}
