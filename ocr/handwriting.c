/*
 *                  _           |        print: the feet of letters stand on one line, their heads
 *      h e l l o    \_/ e  \  /  o      reach one of two, and a line is hardly higher than its type
 *     ___________     \/  ll\/
 *                                       a hand: no two letters agree, loops reach up and down, and
 *                                       pieces are as wide as several letters
 *
 * Ink that no sure word explains is joined along its rows; each row that was read with doubt, or
 * not at all, is measured. The weights of the measures are those of a logistic regression over rows
 * of sheets by twelve hands and of scanned print (bench/ocr-handwriting draws them; docs/ocr.md).
 */
#include "ocr/handwriting.h"

#include <math.h>
#include <stdlib.h>

#include "ocr/loose_ink.h"
#include "ocr/sizes.h"

/* Of the size of the page's type (an em). */
#define APART 0.8f /* between pieces of one row */
#define PIECE_LEAST 0.25f /* its height: lower ones are dots */
#define WIDTH_LEAST 1.2f
#define HEIGHT_LEAST 0.5f
#define HEIGHT_MOST 4.0f /* what is higher is a drawing */
#define HEIGHT_TELLS 1.6f /* more height says no more */

/* Of the height that three in four pieces of a row do not exceed. */
#define SMALL 0.35f /* lower pieces have neither head nor foot */
#define LEVEL 0.1f /* what stands that close stands on one level */
#define WIDE 1.6f
#define THICKEST 0.2f /* bolder strokes are type of titles, or drawings */

#define SURE 0.92f /* confidence of a word that is no hand's */
#define DOUBTFUL 0.88f /* of a row at most: what reads better is print, or as good as that */
#define INSIDE 0.5f /* of a word's box, and it stands in the row */

#define BIAS (-1.5f)
#define BY_FEET (-2.6f) /* share of pieces that stand on one level */
#define BY_HEADS (-4.1f) /* share that reach one of two */
#define BY_WIDE 1.6f /* share of the row's ink that is in wide pieces */
#define BY_HEIGHT 5.7f /* of the row, in ems */
#define LEAST 0.75f /* chance */

enum { MOST = 500, MOST_LOOKED_AT = 20 * 1000, MOST_PIECES = 512, FEW_PIECES = 4 };
#define MOSTLY_WIDE 0.6f /* fewer pieces do when they are so */

typedef struct row {
    float feet[MOST_PIECES], heads[MOST_PIECES], heights[MOST_PIECES], widths[MOST_PIECES];
    int count;
} row;

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The most of the sorted values that lie within `reach`; where they begin. */
static int crowd(const float *values, int count, float reach, int *begin)
{
    int most = 0;
    *begin = 0;
    for (int i = 0, first = 0; i < count; i++) {
        while (values[i] - values[first] > reach)
            first++;
        if (i - first + 1 > most) {
            most = i - first + 1;
            *begin = first;
        }
    }
    return most;
}

/* The share of the values that lie on one level; or on one of two. */
static float share_level(float *values, int count, float reach, bool two)
{
    int begin, ignored;
    qsort(values, (size_t)count, sizeof *values, by_value);
    int most = crowd(values, count, reach, &begin);
    int before = begin, after = count - begin - most, second = 0;
    if (two) {
        int low = crowd(values, before, reach, &ignored);
        int high = crowd(values + begin + most, after, reach, &ignored);
        second = low > high ? low : high;
    }
    return (float)(most + second) / (float)count;
}

static row pieces_of(PIX *ink, float em)
{
    row r = {.count = 0};
    BOXA *pieces = pixConnCompBB(ink, 8);
    for (l_int32 i = 0; i < boxaGetCount(pieces) && r.count < MOST_PIECES; i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(pieces, i, &x, &y, &width, &height);
        if ((float)height < PIECE_LEAST * em)
            continue;
        r.feet[r.count] = (float)(y + height);
        r.heads[r.count] = (float)y;
        r.widths[r.count] = (float)width;
        r.heights[r.count++] = (float)height;
    }
    boxaDestroy(&pieces);
    return r;
}

/* The height that three in four pieces do not exceed; 0: there are none. */
static float letter_of(const row *r)
{
    float sorted[MOST_PIECES];
    for (int i = 0; i < r->count; i++)
        sorted[i] = r->heights[i];
    qsort(sorted, (size_t)r->count, sizeof *sorted, by_value);
    return r->count > 0 ? sorted[(3 * r->count - 1) / 4] : 0;
}

static void drop_small(row *r, float letter)
{
    int kept = 0;
    for (int i = 0; i < r->count; i++) {
        if (r->heights[i] < SMALL * letter)
            continue;
        r->feet[kept] = r->feet[i];
        r->heads[kept] = r->heads[i];
        r->widths[kept] = r->widths[i];
        r->heights[kept++] = r->heights[i];
    }
    r->count = kept;
}

static float share_wide(const row *r, float letter)
{
    float all = 0, wide = 0;
    for (int i = 0; i < r->count; i++) {
        all += r->widths[i];
        wide += r->widths[i] > WIDE * letter ? r->widths[i] : 0;
    }
    return all > 0 ? wide / all : 0;
}

/* The chance that the ink of a row was written by hand; 0: it is too little to tell, or print. */
static float chance_of_hand(PIX *ink, float em)
{
    row r = pieces_of(ink, em);
    float letter = letter_of(&r), wide = share_wide(&r, letter);
    drop_small(&r, letter);
    if (letter <= 0 || (r.count < FEW_PIECES && wide < MOSTLY_WIDE) ||
        ocr_ink_thickness(ink) > THICKEST * letter)
        return 0;
    float height = fminf((float)pixGetHeight(ink) / em, HEIGHT_TELLS);
    float feet = share_level(r.feet, r.count, LEVEL * letter, false);
    float heads = share_level(r.heads, r.count, LEVEL * letter, true);
    float sum = BIAS + BY_FEET * feet + BY_HEADS * heads + BY_WIDE * wide + BY_HEIGHT * height;
    return 1 / (1 + expf(-sum));
}

static bool stands_in(const ocr_word *word, quire_box box)
{
    float common = quire_box_area(quire_box_intersection(word->box, box));
    return word->end > word->first && common > INSIDE * quire_box_area(word->box);
}

/* Mean confidence of the symbols in `box`; 0: nothing was read there. */
static float confidence_in(const ocr_text *text, quire_box box)
{
    float sum = 0, symbols = 0;
    for (size_t i = 0; i < text->words.count; i++) {
        const ocr_word *word = &text->words.items[i];
        if (!stands_in(word, box))
            continue;
        sum += word->confidence * (float)(word->end - word->first);
        symbols += (float)(word->end - word->first);
    }
    return symbols > 0 ? sum / symbols : 0;
}

static void mark_words(ocr_text *text, quire_box box)
{
    for (size_t i = 0; i < text->words.count; i++)
        if (stands_in(&text->words.items[i], box))
            text->words.items[i].by_hand = true;
}

static void look_at(ocr_paper *paper, ocr_text *text, PIX *ink, PIX *mask, BOX *box, float em)
{
    l_int32 x, y, width, height;
    boxGetGeometry(box, &x, &y, &width, &height);
    quire_box place = {(float)x, (float)y, (float)(x + width), (float)(y + height)};
    if (width < WIDTH_LEAST * em || height < HEIGHT_LEAST * em || height > HEIGHT_MOST * em ||
        confidence_in(text, place) > DOUBTFUL)
        return;
    PIX *own = pixClipRectangle(ink, box, NULL);
    if (own)
        pixAnd(own, own, mask);
    float chance = own ? chance_of_hand(own, em) : 0;
    quire_handwriting *found = chance >= LEAST ? quire_array_push(&paper->handwriting) : NULL;
    if (found) {
        *found = (quire_handwriting){.box = place, .confidence = chance};
        mark_words(text, place);
    }
    pixDestroy(&own);
}

static bool is_sure(const ocr_word *word, float em)
{
    (void)em;
    return word->confidence >= SURE && word->end > word->first;
}

void ocr_handwriting_find(ocr_paper *paper, ocr_text *text)
{
    float em = ocr_sizes_median(text);
    PIX *ink = em > 0 ? ocr_ink_loose(paper, text, em, is_sure) : NULL;
    PIX *rows = ink ? ocr_paper_close_along(ink, true, (int)(APART * em) | 1) : NULL;
    PIXA *masks = NULL;
    BOXA *boxes = rows ? pixConnComp(rows, &masks, 8) : NULL;
    l_int32 count = boxaGetCount(boxes);
    paper->handwriting.ceiling = MOST;
    for (l_int32 i = 0; i < count && i < MOST_LOOKED_AT; i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *mask = pixaGetPix(masks, i, L_CLONE);
        look_at(paper, text, ink, mask, box, em);
        boxDestroy(&box);
        pixDestroy(&mask);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&masks);
    pixDestroy(&rows);
    pixDestroy(&ink);
}
