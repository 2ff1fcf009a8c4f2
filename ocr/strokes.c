/*
 *      row of pixels    ..###....###..####.......      runs of ink: stems of letters, mostly
 *
 * The mean run, in ems, is a stem's width. How wide that is depends on the typeface and on the
 * scanner, so a line is bold when its stems are wider than those of most of the page's text.
 */
#include "ocr/weight.h"

#include <stdlib.h>

#define LONGEST 0.35f /* of an em: longer runs are bars and dashes */
#define BOLDER 1.28f /* than the median line of the page */

enum { FEW_RUNS = 20 };

typedef struct strokes {
    int64_t pixels, runs;
} strokes;

static void count_row(const l_uint32 *line, int x0, int x1, int longest, strokes *s)
{
    int run = 0;
    for (int x = x0; x <= x1; x++) {
        if (x < x1 && GET_DATA_BIT(line, x)) {
            run++;
            continue;
        }
        if (run > 0 && run <= longest) {
            s->pixels += run;
            s->runs++;
        }
        run = 0;
    }
}

static int within(float value, int most)
{
    return value < 0 ? 0 : value > (float)most ? most : (int)value;
}

static void count_word(PIX *ink, quire_box box, float em, strokes *s)
{
    int width = pixGetWidth(ink), height = pixGetHeight(ink), longest = (int)(LONGEST * em);
    int x0 = within(box.x0, width), x1 = within(box.x1, width);
    for (int y = within(box.y0, height), end = within(box.y1, height); y < end; y++)
        count_row(pixGetData(ink) + (size_t)y * (size_t)pixGetWpl(ink), x0, x1, longest, s);
}

/* Of an em; 0: there is too little to measure. */
static float stem_of(const ocr_text *text, const ocr_line *line, PIX *ink)
{
    strokes s = {0};
    for (uint32_t i = line->first; i < line->end; i++)
        count_word(ink, text->words.items[i].box, line->em, &s);
    return s.runs >= FEW_RUNS && line->em > 0 ? (float)s.pixels / (float)s.runs / line->em : 0;
}

typedef struct stem {
    float width;
    uint32_t symbols;
} stem;

static int by_width(const void *a, const void *b)
{
    float x = ((const stem *)a)->width, y = ((const stem *)b)->width;
    return (x > y) - (x < y);
}

/* The median by symbols; sorts `stems`. */
static float median_stem(stem *stems, size_t count)
{
    uint64_t all = 0, so_far = 0;
    for (size_t i = 0; i < count; i++)
        all += stems[i].symbols;
    if (count > 0)
        qsort(stems, count, sizeof *stems, by_width);
    for (size_t i = 0; i < count; i++)
        if ((so_far += stems[i].symbols) * 2 >= all)
            return stems[i].width;
    return 0;
}

static uint32_t symbols_of(const ocr_text *text, const ocr_line *line)
{
    uint32_t count = 0;
    for (uint32_t i = line->first; i < line->end; i++)
        count += text->words.items[i].end - text->words.items[i].first;
    return count;
}

void ocr_weights_measure(ocr_text *text, PIX *ink)
{
    float *widths = calloc(text->lines.count + 1, sizeof *widths);
    stem *stems = calloc(text->lines.count + 1, sizeof *stems);
    size_t count = 0;
    for (size_t i = 0; widths && stems && i < text->lines.count; i++) {
        widths[i] = stem_of(text, &text->lines.items[i], ink);
        if (widths[i] > 0)
            stems[count++] = (stem){widths[i], symbols_of(text, &text->lines.items[i])};
    }
    float usual = stems ? median_stem(stems, count) : 0;
    for (size_t i = 0; widths && i < text->lines.count; i++)
        text->lines.items[i].bold = usual > 0 && widths[i] > BOLDER * usual;
    free(widths);
    free(stems);
}
