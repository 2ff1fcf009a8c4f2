#include "ocr/agreement.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_LOOKS = 50 * 1000 * 1000 }; /* at pairs of words; the rest is not compared */

typedef struct place {
    float x, y; /* the middle of a word */
    const ocr_word *word;
} place;

typedef struct places {
    const ocr_text *text;
    place *items; /* sorted by y */
    size_t count;
    size_t looks; /* that are left */
} places;

static int by_y(const void *a, const void *b)
{
    float x = ((const place *)a)->y, y = ((const place *)b)->y;
    return (x > y) - (x < y);
}

static places sort_places(ocr_reading reading)
{
    places p = {.text = reading.text, .looks = MOST_LOOKS};
    p.items = calloc(reading.end - reading.first + 1, sizeof *p.items);
    for (uint32_t i = reading.first; p.items && i < reading.end; i++) {
        const ocr_word *word = &reading.text->words.items[i];
        if (word->end > word->first)
            p.items[p.count++] =
                (place){(word->box.x0 + word->box.x1) / 2, (word->box.y0 + word->box.y1) / 2, word};
    }
    if (p.count > 0)
        qsort(p.items, p.count, sizeof *p.items, by_y);
    return p;
}

static size_t first_below(const places *p, float y)
{
    size_t low = 0, high = p->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (p->items[middle].y < y)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool says_the_same(const ocr_text *a, const ocr_word *x, const ocr_text *b,
                          const ocr_word *y)
{
    if (x->end - x->first != y->end - y->first)
        return false;
    for (uint32_t i = 0; i < x->end - x->first; i++)
        if (strcmp(a->symbols.items[x->first + i].text, b->symbols.items[y->first + i].text) != 0)
            return false;
    return true;
}

static bool is_confirmed(places *p, const ocr_text *text, const ocr_word *word)
{
    for (size_t i = first_below(p, word->box.y0);
         i < p->count && p->items[i].y <= word->box.y1 && p->looks > 0; i++, p->looks--)
        if (p->items[i].x >= word->box.x0 && p->items[i].x <= word->box.x1 &&
            says_the_same(text, word, p->text, p->items[i].word))
            return true;
    return false;
}

void ocr_agreement_mark(ocr_text *text, uint32_t first, uint32_t end, ocr_reading other)
{
    places p = sort_places(other);
    for (uint32_t i = first; i < end && p.looks > 0 && p.items; i++) {
        ocr_word *word = &text->words.items[i];
        bool is_same = is_confirmed(&p, text, word);
        word->readings++;
        word->agreeing += is_same;
    }
    free(p.items);
}
