/*
 *      | 58 B | 13 A |        words that were read are taken out of the ink;
 *      |      | 14 B |        what is left and has the height of letters is smeared
 *      | 64   |      |        along its lines, and each smear is a line to be read again
 */
#include "ocr/sizes.h"
#include "ocr/strays.h"

/* Of the size of the page's type (an em). */
#define LETTER_LEAST 0.25f /* lower ink is a dot, a comma, or noise */
#define LETTER_MOST 3.0f
#define WIDTH_MOST 4.0f /* of one piece: letters that touch */
#define BESIDE 0.12f /* what stands that close to a word is part of it */
#define SMEAR 0.9f /* gaps up to that are within a line */
#define LINE_LEAST 0.35f /* its height */
#define LINE_MOST 3.5f
#define STACK 0.3f /* gaps down to that are within a line on its side */
#define SIDEWAYS_LEAST 1.8f /* its length */

#define INK_LEAST 0.08f /* share of a piece's box: less is a scratch */
#define INK_MOST 0.90f /* more is a blot */
#define DEFAULT_EM 0.15f /* inches: type of 11 points, where none was read */

enum { MOST_LINES = 400, WORD_PAD = 2, SIDEWAYS = 2 /* times as long as wide */ };

static void paint_words(PIX *pix, const ocr_text *text, float em)
{
    l_int32 beside = WORD_PAD + (l_int32)(BESIDE * em);
    for (size_t i = 0; i < text->words.count; i++) {
        quire_box b = text->words.items[i].box;
        pixRasterop(pix, (l_int32)b.x0 - beside, (l_int32)b.y0 - WORD_PAD,
                    (l_int32)(b.x1 - b.x0) + 2 * beside, (l_int32)(b.y1 - b.y0) + 2 * WORD_PAD,
                    PIX_SET, NULL, 0, 0);
    }
}

/* With the rest of letters that reach out of the box of their word, which is a guess. */
static void clear_words(PIX *ink, const ocr_text *text, float em)
{
    PIX *words = pixCreateTemplate(ink);
    if (words)
        paint_words(words, text, em);
    PIX *seeds = words ? pixAnd(NULL, words, ink) : NULL;
    PIX *letters = seeds ? pixSeedfillBinary(NULL, seeds, ink, 8) : NULL;
    if (letters)
        pixSubtract(ink, ink, letters);
    pixDestroy(&words);
    pixDestroy(&seeds);
    pixDestroy(&letters);
}

static bool is_letter_like(PIX *ink, BOX *box, float em, l_int32 *sums)
{
    l_int32 x, y, width, height, inked = 0;
    boxGetGeometry(box, &x, &y, &width, &height);
    if (height < LETTER_LEAST * em || height > LETTER_MOST * em || width > WIDTH_MOST * em)
        return false;
    pixCountPixelsInRect(ink, box, &inked, sums);
    float share = (float)inked / ((float)width * (float)height);
    return share >= INK_LEAST && (share <= INK_MOST || width * 3 < height);
}

/* Paints the boxes of pieces that look like letters, so that a smear joins them. */
static PIX *paint_letters(PIX *ink, float em)
{
    BOXA *pieces = pixConnCompBB(ink, 8);
    PIX *letters = pixCreateTemplate(ink);
    l_int32 *sums = makePixelSumTab8();
    for (l_int32 i = 0; letters && i < boxaGetCount(pieces); i++) {
        BOX *box = boxaGetBox(pieces, i, L_CLONE);
        l_int32 x, y, width, height;
        boxGetGeometry(box, &x, &y, &width, &height);
        if (is_letter_like(ink, box, em, sums))
            pixRasterop(letters, x, y, width, height, PIX_SET, NULL, 0, 0);
        boxDestroy(&box);
    }
    boxaDestroy(&pieces);
    LEPT_FREE(sums);
    return letters;
}

/*
 * Takes away letters that stand on each other closer than lines do: a line on its side, such as the
 * label of an axis, of which a reader of upright lines would make noise.
 */
static void drop_sideways(PIX *letters, float em)
{
    PIX *stacked = ocr_paper_close_along(letters, false, (l_int32)(STACK * em) | 1);
    BOXA *found = stacked ? pixConnCompBB(stacked, 8) : NULL;
    for (l_int32 i = 0; i < boxaGetCount(found); i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(found, i, &x, &y, &width, &height);
        if ((float)height >= SIDEWAYS_LEAST * em && height >= SIDEWAYS * width)
            pixRasterop(letters, x, y, width, height, PIX_CLR, NULL, 0, 0);
    }
    boxaDestroy(&found);
    pixDestroy(&stacked);
}

static BOXA *lines_of(PIX *letters, float em)
{
    PIX *smeared = ocr_paper_close_along(letters, true, (l_int32)(SMEAR * em) | 1);
    BOXA *found = smeared ? pixConnCompBB(smeared, 8) : NULL;
    BOXA *lines = boxaCreate(0);
    for (l_int32 i = 0; found && i < boxaGetCount(found) && boxaGetCount(lines) < MOST_LINES; i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(found, i, &x, &y, &width, &height);
        if (height < LINE_LEAST * em || height > LINE_MOST * em)
            continue;
        boxaAddBox(lines, boxCreate(x, y, width, height), L_INSERT);
    }
    boxaDestroy(&found);
    pixDestroy(&smeared);
    return lines;
}

static float em_of(const ocr_paper *paper, const ocr_text *text)
{
    float measured = ocr_sizes_median(text);
    return measured > 0 ? measured : DEFAULT_EM * paper->dpi;
}

BOXA *ocr_strays_in(PIX *ink, const ocr_paper *paper, const ocr_text *text)
{
    float em = em_of(paper, text);
    PIX *letters = paint_letters(ink, em);
    if (letters)
        drop_sideways(letters, em);
    BOXA *lines = letters ? lines_of(letters, em) : NULL;
    pixDestroy(&letters);
    return lines;
}

BOXA *ocr_strays_find(const ocr_paper *paper, const ocr_text *text)
{
    PIX *ink = pixCopy(NULL, paper->ink);
    if (!ink)
        return NULL;
    clear_words(ink, text, em_of(paper, text));
    BOXA *lines = ocr_strays_in(ink, paper, text);
    pixDestroy(&ink);
    return lines;
}
