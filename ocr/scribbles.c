/*
 *       ___/\  _                 words that were read well are taken out of the ink; of what is
 *     _/  /__\/ \___             left, pieces that lie close together are strokes of a pen when one
 *      Signature                 of them is larger than letters are, and all of them are thin and
 *                                go further than straight across
 */
#include "ocr/scribbles.h"

#include <math.h>

#include "ocr/colour.h"
#include "ocr/loose_ink.h"
#include "ocr/sizes.h"

/* Of the size of the page's type (an em). */
#define APART_ACROSS 0.6f /* between pieces of one scribble */
#define APART_DOWN 0.3f
#define WIDTH_LEAST 1.5f
#define WIDTH_MOST 32.0f
#define HEIGHT_LEAST 0.8f
#define HEIGHT_MOST 7.0f
#define STROKE_LEAST 1.6f /* the longer side of the largest piece: letters are no longer */
#define STROKE_HEIGHT 0.7f /* its height: lower ones are rules that a scan has bent */
#define TALLEST_WORD 2.2f /* what is higher was no word */

#define INK_LEAST 0.015f /* share of the box */
#define INK_MOST 0.40f
#define THICKEST 0.045f /* inches: no pen is thicker */
#define WINDING 1.3f /* way of the pen, of the longer side of what it drew */
#define SURE 0.70f /* confidence of a word that explains its ink */
#define SURE_KNOWN 0.50f /* the same of one in the dictionary */
#define DEFAULT_EM 0.15f /* inches: type of 11 points, where none was read */

enum { MOST = 400, MOST_LOOKED_AT = 20 * 1000 };

static bool explains_ink(const ocr_word *word, float em)
{
    bool sure = word->confidence >= (word->known ? SURE_KNOWN : SURE);
    return sure && word->end > word->first && quire_box_height(word->box) <= TALLEST_WORD * em;
}

/* A piece that no letter is as large as; their number in `strokes`. */
static bool has_stroke(PIX *ink, float em, uint32_t *strokes)
{
    BOXA *pieces = pixConnCompBB(ink, 8);
    bool found = false;
    *strokes = (uint32_t)boxaGetCount(pieces);
    for (l_int32 i = 0; i < boxaGetCount(pieces) && !found; i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(pieces, i, &x, &y, &width, &height);
        found = (width >= STROKE_LEAST * em || height >= STROKE_LEAST * em) &&
                height >= STROKE_HEIGHT * em;
    }
    boxaDestroy(&pieces);
    return found;
}

static bool is_written(const ocr_paper *paper, PIX *ink, float em, quire_scribble *found)
{
    float width = (float)pixGetWidth(ink), height = (float)pixGetHeight(ink);
    int count = ocr_ink_count(ink);
    found->ink = (float)count / (width * height);
    if (found->ink < INK_LEAST || found->ink > INK_MOST || !has_stroke(ink, em, &found->strokes))
        return false;
    float thick = ocr_ink_thickness(ink);
    return thick > 0 && thick <= THICKEST * paper->dpi &&
           (float)count / thick >= WINDING * fmaxf(width, height);
}

static bool is_sized(BOX *box, float em)
{
    l_int32 x, y, width, height;
    boxGetGeometry(box, &x, &y, &width, &height);
    return width >= WIDTH_LEAST * em && width <= WIDTH_MOST * em && height >= HEIGHT_LEAST * em &&
           height <= HEIGHT_MOST * em;
}

static quire_box box_of(BOX *box)
{
    l_int32 x, y, width, height;
    boxGetGeometry(box, &x, &y, &width, &height);
    return (quire_box){(float)x, (float)y, (float)(x + width), (float)(y + height)};
}

static bool is_in_stamp(const ocr_scribble_list *found, quire_box box)
{
    for (size_t i = 0; i < found->count; i++) {
        quire_box common = quire_box_intersection(found->items[i].box, box);
        if (found->items[i].is_stamp && quire_box_area(common) > 0.5f * quire_box_area(box))
            return true;
    }
    return false;
}

static void look_at(const ocr_paper *paper, PIX *ink, PIX *mask, BOX *box, float em,
                    ocr_scribble_list *found)
{
    quire_scribble scribble = {.box = box_of(box)};
    PIX *own = pixClipRectangle(ink, box, NULL);
    if (own)
        pixAnd(own, own, mask);
    if (own && !is_in_stamp(found, scribble.box) && is_written(paper, own, em, &scribble)) {
        scribble.colour =
            ocr_colour_of(paper, own, (l_int32)scribble.box.x0, (l_int32)scribble.box.y0);
        quire_scribble *kept = quire_array_push(found);
        if (kept)
            *kept = scribble;
    }
    pixDestroy(&own);
}

void ocr_scribbles_find(ocr_paper *paper, const ocr_text *text)
{
    ocr_scribble_list *found = &paper->scribbles;
    float measured = ocr_sizes_median(text);
    float em = measured > 0 ? measured : DEFAULT_EM * paper->dpi;
    found->ceiling = MOST;
    ocr_stamps_find(paper, found);
    PIX *ink = ocr_ink_loose(paper, text, em, explains_ink);
    PIX *joined = ink ? pixCloseSafeBrick(NULL, ink, (l_int32)(APART_ACROSS * em) | 1,
                                          (l_int32)(APART_DOWN * em) | 1)
                      : NULL;
    PIXA *masks = NULL;
    BOXA *boxes = joined ? pixConnComp(joined, &masks, 8) : NULL;
    l_int32 count = boxaGetCount(boxes);
    for (l_int32 i = 0; i < count && i < MOST_LOOKED_AT; i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *mask = pixaGetPix(masks, i, L_CLONE);
        if (is_sized(box, em))
            look_at(paper, ink, mask, box, em, found);
        boxDestroy(&box);
        pixDestroy(&mask);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&masks);
    pixDestroy(&joined);
    pixDestroy(&ink);
}
