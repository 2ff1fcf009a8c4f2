/*
 * Listings: numbers that lead the lines of code are not part of it.
 *
 *      9   if (ready)             numbers in a look of their own, one below the other, that count
 *     10       start(the,         the rows of the code; a row without a number is the rest of the
 *                    engine);     one above it
 *     11
 *
 * Where they are found, their words are marked, and the text of the block leaves them out.
 */
#include "layout/passes.h"

enum { MOST_DIGITS = 4, NUMBERS_LEAST = 2 };

#define ALIGNED_EM 0.3f /* of the right edges of numbers */
#define SAME_ROW 0.5f /* of the lower height */

static int32_t number_of(const layout_page *lp, const word *w)
{
    char text[MOST_DIGITS + 1];
    size_t size = layout_word_text(lp, w, text, sizeof text);
    int32_t number = 0;
    for (size_t i = 0; i < size; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = 10 * number + (text[i] - '0');
    }
    return size > 0 && size <= MOST_DIGITS ? number : -1;
}

bool layout_shares_row(const line *a, const line *b)
{
    float common = quire_overlap(a->box.y0, a->box.y1, b->box.y0, b->box.y1);
    return common > SAME_ROW * fminf(quire_box_height(a->box), quire_box_height(b->box));
}

/* The word that may number the row which begins with line `i`; NULL: none. */
static word *number_at(layout_page *lp, const block *b, uint32_t i)
{
    const line *l = &lp->lines[i];
    word *w = &lp->words[l->first];
    if ((i > b->first && layout_shares_row(l - 1, l)) || w->flags & WORD_SCRIPT ||
        number_of(lp, w) < 0)
        return NULL;
    const word *next = l->end > l->first + 1 ? w + 1 : NULL;
    if (!next && i + 1 < b->end && layout_shares_row(l, l + 1))
        next = &lp->words[l[1].first];
    return next && next->style == w->style ? NULL : w;
}

/* They count up by one, in one column, and no code begins further left. */
static bool numbers_rows(layout_page *lp, const block *b)
{
    const word *last = NULL;
    size_t count = 0, rows = 0;
    float code = INFINITY, edge = -INFINITY;
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        const word *w = number_at(lp, b, i);
        rows += i == b->first || !layout_shares_row(l - 1, l);
        uint32_t first = l->first + (w != NULL);
        if (first < l->end)
            code = fminf(code, lp->words[first].box.x0);
        if (!w)
            continue;
        if (last && (number_of(lp, w) != number_of(lp, last) + 1 || w->style != last->style ||
                     fabsf(w->box.x1 - last->box.x1) > ALIGNED_EM * w->size))
            return false;
        edge = fmaxf(edge, w->box.x1);
        last = w;
        count++;
    }
    return count >= NUMBERS_LEAST && count * 2 > rows && edge < code;
}

/* "1", where another listing of the page begins with a number of that look in that column. */
static bool numbers_only_row(layout_page *lp, const block *b)
{
    const word *w = number_at(lp, b, b->first);
    if (!w || number_of(lp, w) != 1 ||
        !layout_shares_row(&lp->lines[b->first], &lp->lines[b->end - 1]))
        return false;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *other = &lp->blocks[i];
        const word *first =
            other != b && other->type == QUIRE_CODE ? number_at(lp, other, other->first) : NULL;
        if (first && first->style == w->style && number_of(lp, first) == 1 &&
            fabsf(first->box.x1 - w->box.x1) <= ALIGNED_EM * w->size)
            return true;
    }
    return false;
}

void layout_find_line_numbers(layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type != QUIRE_CODE || !(numbers_rows(lp, b) || numbers_only_row(lp, b)))
            continue;
        for (uint32_t k = b->first; k < b->end; k++) {
            word *w = number_at(lp, b, k);
            if (w)
                w->flags |= WORD_LINE_NUMBER;
        }
        b->flags |= BLOCK_NUMBERED;
        layout_explain(lp, b, "code: the numbers that lead its lines are left out");
    }
}
