/*
 *      1 3   A          the columns of a word's box that hold no ink
 *      | |..| |         as wide as a space, between a figure and a letter: two words
 *
 * Figures are set to one width, so that a 1 has white about it: beside it a gap must be wider.
 * Between two letters no gap tells: a typewriter leaves as much about an i as others for a space.
 *
 *      T H E   B O O K  letters that are set apart are read as "TH E BO OK": where most gaps of a
 *      |.|.|...|.|.|.|  line are wide, only those that are much wider still are spaces
 */
#include "ocr/spaces.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of the size of the type. */
#define GAP_KINDS 0.20f /* between a figure and a letter */
#define GAP_ONE 0.30f /* the same beside a 1 */

#define SET_APART 0.13f /* the median gap of a line whose letters are set apart */
#define APART_MOST 0.35f /* wider gaps are those of a table */
#define SPACE_APART 0.14f /* a space in such a line is wider than that gap by as much */
#define SHREDS 3.2f /* letters of its words, on average, where they were read in pieces */
enum { MANY_GAPS = 8, MOST_GAPS = 512, FEW_SHREDS = 4 }; /* of a line */

typedef enum kind { KIND_OTHER = 0, KIND_LETTER, KIND_FIGURE } kind;

typedef struct parter {
    ocr_text *text;
    PIX *ink;
    ocr_word_list words; /* those that will be */
} parter;

static uint32_t sign_of(const ocr_text *text, uint32_t symbol)
{
    const char *utf8 = text->symbols.items[symbol].text;
    size_t at = 0;
    return quire_utf8_next(utf8, strlen(utf8), &at);
}

static kind kind_of(uint32_t c)
{
    return quire_is_letter(c) ? KIND_LETTER : quire_is_digit(c) ? KIND_FIGURE : KIND_OTHER;
}

static bool is_space(const ocr_text *text, uint32_t left, float gap)
{
    uint32_t a = sign_of(text, left), b = sign_of(text, left + 1);
    if (kind_of(a) == KIND_OTHER || kind_of(b) == KIND_OTHER || kind_of(a) == kind_of(b) ||
        quire_is_ideographic(a))
        return false;
    return gap >= (a == '1' || b == '1' ? GAP_ONE : GAP_KINDS);
}

/* The symbol behind which the white around `x` lies; the last one of the word: none. */
static uint32_t symbol_before(const ocr_text *text, const ocr_word *word, float x)
{
    uint32_t i = word->first;
    while (i + 1 < word->end) {
        quire_box next = text->symbols.items[i + 1].box;
        if ((next.x0 + next.x1) / 2 > x)
            break;
        i++;
    }
    return i;
}

static void cut(parter *p, ocr_word *word, uint32_t last, float x0, float x1)
{
    ocr_word *head = quire_array_push(&p->words);
    if (!head)
        return;
    *head = *word;
    head->end = last + 1;
    head->box.x1 = x0;
    word->first = last + 1;
    word->box.x0 = x1;
}

/* Cuts `word` at the white in it; what is left of it is its last part. */
static void part(parter *p, ocr_word *word, float em, NUMA *columns, float left)
{
    l_int32 empty = 0;
    for (l_int32 x = 0; x < numaGetCount(columns); x++) {
        l_int32 inked = 0;
        numaGetIValue(columns, x, &inked);
        if (inked == 0) {
            empty++;
            continue;
        }
        float x1 = left + (float)x, x0 = x1 - (float)empty;
        uint32_t last = symbol_before(p->text, word, (x0 + x1) / 2);
        bool is_inside = empty > 0 && x > empty && last + 1 < word->end;
        if (is_inside && (float)empty >= GAP_KINDS * em &&
            is_space(p->text, last, (float)empty / em))
            cut(p, word, last, x0, x1);
        empty = 0;
    }
}

static NUMA *columns_of(PIX *ink, quire_box from)
{
    BOX *box = boxCreateValid((l_int32)from.x0, (l_int32)from.y0, (l_int32)quire_box_width(from),
                              (l_int32)quire_box_height(from));
    PIX *pix = box ? pixClipRectangle(ink, box, NULL) : NULL;
    NUMA *columns = pix ? pixCountPixelsByColumn(pix) : NULL;
    pixDestroy(&pix);
    boxDestroy(&box);
    return columns;
}

static void part_word(parter *p, const ocr_word *word, float em)
{
    ocr_word rest = *word;
    bool may_part = word->end > word->first + 1 && em > 0;
    NUMA *columns = may_part ? columns_of(p->ink, word->box) : NULL;
    if (columns)
        part(p, &rest, em, columns, word->box.x0);
    ocr_word *last = quire_array_push(&p->words);
    if (last)
        *last = rest;
    numaDestroy(&columns);
}

/* ---- letters that are set apart ---- */

static int by_width(const void *a, const void *b)
{
    return *(const int *)a - *(const int *)b;
}

/* Widths of the gaps between pieces of ink, at most MOST_GAPS. */
static int gather_gaps(NUMA *columns, int *gaps)
{
    int count = 0, empty = 0;
    bool has_begun = false;
    for (l_int32 x = 0; x < numaGetCount(columns) && count < MOST_GAPS; x++) {
        l_int32 inked = 0;
        numaGetIValue(columns, x, &inked);
        if (inked == 0) {
            empty++;
            continue;
        }
        if (has_begun && empty > 0)
            gaps[count++] = empty;
        has_begun = true;
        empty = 0;
    }
    return count;
}

/* Most of the line's words are pieces of a letter or two. */
static bool is_shredded(const ocr_text *text, const ocr_line *line)
{
    uint32_t letters = 0, words = 0, others = 0;
    for (uint32_t i = line->first; i < line->end; i++) {
        const ocr_word *word = &text->words.items[i];
        words += word->end > word->first;
        for (uint32_t k = word->first; k < word->end; k++)
            *(kind_of(sign_of(text, k)) == KIND_LETTER ? &letters : &others) += 1;
    }
    return words >= FEW_SHREDS && letters >= 4 * others && (float)letters <= SHREDS * (float)words;
}

/* The narrowest space of a line whose letters are set apart, in pixels; 0: they are not. */
static float space_apart(const ocr_text *text, const ocr_line *line, PIX *ink)
{
    int gaps[MOST_GAPS];
    bool may_be = line->em > 0 && is_shredded(text, line);
    NUMA *columns = may_be ? columns_of(ink, line->box) : NULL;
    int count = columns ? gather_gaps(columns, gaps) : 0;
    numaDestroy(&columns);
    if (count < MANY_GAPS)
        return 0;
    qsort(gaps, (size_t)count, sizeof *gaps, by_width);
    float median = (float)gaps[count / 2];
    return median >= SET_APART * line->em && median <= APART_MOST * line->em
               ? median + SPACE_APART * line->em
               : 0;
}

/* Words of a line, those that stand closer than `space` joined. */
static void join_words(parter *p, const ocr_line *line, float space)
{
    ocr_word *before = NULL;
    for (uint32_t i = line->first; i < line->end; i++) {
        const ocr_word *word = &p->text->words.items[i];
        if (word->end == word->first)
            continue;
        if (before && before->end == word->first && word->box.x0 - before->box.x1 < space) {
            before->end = word->end;
            before->box = quire_box_union(before->box, word->box);
            before->confidence = fminf(before->confidence, word->confidence);
            continue;
        }
        before = quire_array_push(&p->words);
        if (before)
            *before = *word;
    }
}

void ocr_spaces_restore(ocr_text *text, PIX *ink)
{
    parter p = {.text = text, .ink = ink};
    for (size_t i = 0; i < text->lines.count; i++) {
        ocr_line *line = &text->lines.items[i];
        uint32_t first = (uint32_t)p.words.count;
        float apart = space_apart(text, line, ink);
        if (apart > 0)
            join_words(&p, line, apart);
        for (uint32_t w = line->first; w < line->end && apart == 0; w++)
            if (text->words.items[w].end > text->words.items[w].first)
                part_word(&p, &text->words.items[w], line->em);
        line->first = first;
        line->end = (uint32_t)p.words.count;
    }
    quire_array_clear(&text->words);
    text->words = p.words;
}
