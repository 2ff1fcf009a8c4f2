/*
 *      1 3   A          the columns of a word's box that hold no ink
 *      | |..| |         as wide as a space, between a figure and a letter: two words
 *
 * Figures are set to one width, so that a 1 has white about it: beside it a gap must be wider,
 * and between two signs of one kind wider still.
 */
#include "ocr/spaces.h"

#include <string.h>

/* Of the size of the type. */
#define GAP_KINDS 0.20f /* between a figure and a letter */
#define GAP_ONE 0.30f /* the same beside a 1 */
#define GAP_ALIKE 0.38f /* between two letters, or two figures */

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
    if (kind_of(a) == KIND_OTHER || kind_of(b) == KIND_OTHER || quire_is_ideographic(a))
        return false;
    if (kind_of(a) == kind_of(b))
        return gap >= GAP_ALIKE;
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

static void part_word(parter *p, const ocr_word *word, float em)
{
    ocr_word rest = *word;
    BOX *box =
        boxCreateValid((l_int32)word->box.x0, (l_int32)word->box.y0,
                       (l_int32)quire_box_width(word->box), (l_int32)quire_box_height(word->box));
    PIX *pix =
        word->end > word->first + 1 && em > 0 && box ? pixClipRectangle(p->ink, box, NULL) : NULL;
    NUMA *columns = pix ? pixCountPixelsByColumn(pix) : NULL;
    if (columns)
        part(p, &rest, em, columns, word->box.x0);
    ocr_word *last = quire_array_push(&p->words);
    if (last)
        *last = rest;
    numaDestroy(&columns);
    pixDestroy(&pix);
    boxDestroy(&box);
}

void ocr_spaces_restore(ocr_text *text, PIX *ink)
{
    parter p = {.text = text, .ink = ink};
    for (size_t i = 0; i < text->lines.count; i++) {
        ocr_line *line = &text->lines.items[i];
        uint32_t first = (uint32_t)p.words.count;
        for (uint32_t w = line->first; w < line->end; w++)
            if (text->words.items[w].end > text->words.items[w].first)
                part_word(&p, &text->words.items[w], line->em);
        line->first = first;
        line->end = (uint32_t)p.words.count;
    }
    quire_array_clear(&text->words);
    text->words = p.words;
}
