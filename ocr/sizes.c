/*
 *       ___ cap height     0.70 em       The box of a word is tight, and its letters tell how far
 * it |  d _ x-height     0.48          reaches: "ax" from 0 to 0.48 of an em, "Apt" from -0.21 to
 *      |_a_x_ baseline     0             0.70. The median over a line is its size, and sizes that
 *         p   descender   -0.21          lie close together on a page are one.
 */
#include "ocr/sizes.h"

#include <stdlib.h>
#include <string.h>

#define CAPITAL 0.70f
#define SMALL 0.48f
#define DESCENT 0.21f
#define IDEOGRAPH 0.90f
#define SPREAD 1.13f /* of sizes that are one */

/* Letters without ascender; of the others all reach the height of capitals, or nearly. */
static const char small_letters[] = "acegmnopqrsuvwxyz";
static const char descending[] = "gjpqyQ";

typedef struct reach {
    float up, down; /* of an em */
    int letters;
} reach;

static void stretch(reach *r, uint32_t c)
{
    bool ascii = c < 0x80;
    if (!quire_is_letter(c) && !quire_is_digit(c))
        return;
    r->letters++;
    float up = quire_is_ideographic(c)                       ? IDEOGRAPH
               : ascii && strchr(small_letters, (int)c) != 0 ? SMALL
                                                             : CAPITAL;
    r->up = fmaxf(r->up, up);
    if (ascii && strchr(descending, (int)c))
        r->down = DESCENT;
}

float ocr_sizes_word(const ocr_text *text, const ocr_word *word, int *letters)
{
    reach r = {0};
    for (uint32_t i = word->first; i < word->end; i++) {
        const char *utf8 = text->symbols.items[i].text;
        size_t at = 0;
        stretch(&r, quire_utf8_next(utf8, strlen(utf8), &at));
    }
    *letters = r.letters;
    int quarters = text->lines.items[word->line].quarters;
    float height = quire_box_height(ocr_line_box(quarters, word->box));
    return r.letters > 0 ? height / (r.up + r.down) : 0;
}

typedef struct sample {
    float em;
    int weight;
    uint32_t line;
} sample;

static int by_em(const void *a, const void *b)
{
    float x = ((const sample *)a)->em, y = ((const sample *)b)->em;
    return (x > y) - (x < y);
}

/* `samples` are sorted. */
static float weighted_median(const sample *samples, size_t count)
{
    int64_t all = 0, so_far = 0;
    for (size_t i = 0; i < count; i++)
        all += samples[i].weight;
    for (size_t i = 0; i < count; i++) {
        so_far += samples[i].weight;
        if (2 * so_far >= all)
            return samples[i].em;
    }
    return 0;
}

void ocr_sizes_measure(ocr_text *text, size_t first_line)
{
    sample *samples = calloc(text->words.count + 1, sizeof *samples);
    for (size_t i = first_line; samples && i < text->lines.count; i++) {
        ocr_line *line = &text->lines.items[i];
        size_t count = 0;
        for (uint32_t w = line->first; w < line->end; w++) {
            sample s = {0};
            s.em = ocr_sizes_word(text, &text->words.items[w], &s.weight);
            if (s.em > 0)
                samples[count++] = s;
        }
        if (count > 0)
            qsort(samples, count, sizeof *samples, by_em);
        line->em = weighted_median(samples, count);
    }
    free(samples);
}

static size_t gather_lines(const ocr_text *text, sample *samples)
{
    size_t count = 0;
    for (size_t i = 0; i < text->lines.count; i++) {
        const ocr_line *line = &text->lines.items[i];
        int weight = 0;
        for (uint32_t w = line->first; w < line->end; w++)
            weight += (int)(text->words.items[w].end - text->words.items[w].first);
        if (line->em > 0)
            samples[count++] = (sample){line->em, weight, (uint32_t)i};
    }
    if (count > 0)
        qsort(samples, count, sizeof *samples, by_em);
    return count;
}

void ocr_sizes_settle(ocr_text *text)
{
    sample *samples = calloc(text->lines.count + 1, sizeof *samples);
    size_t count = samples ? gather_lines(text, samples) : 0;
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && samples[end].em <= SPREAD * samples[first].em; end++)
            continue;
        float em = weighted_median(samples + first, end - first);
        for (size_t i = first; i < end; i++)
            text->lines.items[samples[i].line].em = em;
    }
    free(samples);
}

float ocr_sizes_median(const ocr_text *text)
{
    sample *samples = calloc(text->lines.count + 1, sizeof *samples);
    size_t count = samples ? gather_lines(text, samples) : 0;
    float em = weighted_median(samples, count);
    free(samples);
    return em;
}
