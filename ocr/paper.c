/*
 *      raster -> grey -> turned by quarters -> ink -> marks lifted -> grounds levelled -> enlarged
 *             -> straight -> rules lifted -> faint letters darkened
 *
 * Each step that changes pixels is taken only where it is needed: what is straight is not turned,
 * since every resampling costs a little sharpness.
 */
#include "ocr/paper.h"

#include <math.h>
#include <string.h>

#include "ocr/colour.h"
#include "ocr/ocr.h"
#include "ocr/pictures.h"

#define SKEW_LEAST 0.3 /* degrees; less is no matter to reading */
#define SKEW_MOST 12.0f /* no feeder, and hardly a hand, turns a page further */
#define SWEEP_STEP 1.0f
#define SKEW_FINEST 0.02f
#define SKEW_TRUST 3.0 /* of Leptonica's ratio of best to worst */
#define UPRIGHT_TRUST 8.0f /* of Leptonica's normalised counts of ascenders */
#define OTSU_SMOOTH 0.1f

enum { SWEEP_REDUCED = 4, SEARCH_REDUCED = 2 }; /* sizes at which the skew is sought */

/* Pixels, of the median letter: below, the page is enlarged to twice its size. */
enum { SMALL_LETTER = 13, SPECK = 3, LETTER_MOST = 120, FEW_LETTERS = 30 };
enum { SOFT_EDGE = 3 }; /* pixels: ink with the grey around it */

/* `made` in the place of *pix; NULL leaves it as it is. */
static void replace(PIX **pix, PIX *made)
{
    if (made && made != *pix) {
        pixDestroy(pix);
        *pix = made;
    }
}

static PIX *pix_of(const quire_raster *raster)
{
    PIX *pix = pixCreateNoInit(raster->width, raster->height, 8);
    if (!pix)
        return NULL;
    size_t line = (size_t)pixGetWpl(pix) * sizeof(l_uint32);
    for (int32_t y = 0; y < raster->height; y++)
        memcpy((uint8_t *)pixGetData(pix) + line * (size_t)y,
               raster->pixels + (size_t)raster->stride * (size_t)y, (size_t)raster->width);
    pixEndianByteSwap(pix);
    return pix;
}

static PIX *ink_of(PIX *grey)
{
    PIX *ink = NULL;
    pixOtsuAdaptiveThreshold(grey, pixGetWidth(grey), pixGetHeight(grey), 0, 0, OTSU_SMOOTH, NULL,
                             &ink);
    return ink;
}

int ocr_paper_letter(const ocr_paper *paper)
{
    int counts[LETTER_MOST + 1] = {0}, all = 0, so_far = 0, height = 0;
    BOXA *pieces = pixConnCompBB(paper->ink, 8);
    for (l_int32 i = 0; i < boxaGetCount(pieces); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        bool is_letter = h > SPECK && h <= LETTER_MOST && w <= 3 * h && h <= 6 * w;
        counts[is_letter ? h : 0]++;
        all += is_letter;
    }
    boxaDestroy(&pieces);
    while (2 * so_far < all && height < LETTER_MOST)
        so_far += counts[++height];
    return all >= FEW_LETTERS ? height : 0;
}

/* Small type is read better from pixels between pixels, though they say nothing new. */
static void enlarge_small(ocr_paper *paper)
{
    int height = ocr_paper_letter(paper);
    if (height == 0 || height >= SMALL_LETTER)
        return;
    PIX *large = pixScaleGrayLI(paper->grey, 2, 2);
    PIX *ink = large ? ink_of(large) : NULL;
    if (!ink) {
        pixDestroy(&large);
        return;
    }
    replace(&paper->grey, large);
    replace(&paper->ink, ink);
    if (paper->overprint)
        replace(&paper->overprint, pixExpandReplicate(paper->overprint, 2));
    paper->dpi *= 2;
    paper->enlarged = true;
}

static void straighten(ocr_paper *paper)
{
    l_float32 angle = 0, trust = 0;
    if (pixFindSkewSweepAndSearch(paper->ink, &angle, &trust, SWEEP_REDUCED, SEARCH_REDUCED,
                                  SKEW_MOST, SWEEP_STEP, SKEW_FINEST) != 0 ||
        trust < SKEW_TRUST || fabsf(angle) < SKEW_LEAST)
        return;
    PIX *straight = pixRotate(paper->grey, (l_float32)(angle * M_PI / 180), L_ROTATE_AREA_MAP,
                              L_BRING_IN_WHITE, 0, 0);
    PIX *ink = straight ? ink_of(straight) : NULL;
    if (!ink) {
        pixDestroy(&straight);
        return;
    }
    replace(&paper->grey, straight);
    replace(&paper->ink, ink);
    if (paper->overprint)
        replace(&paper->overprint, pixRotate(paper->overprint, (l_float32)(angle * M_PI / 180),
                                             L_ROTATE_SAMPLING, L_BRING_IN_WHITE, 0, 0));
    paper->skew = angle;
}

/* Takes coloured marks out of grey and ink, with their edges, but not what is black under them. */
static void lift_overprint(ocr_paper *paper, PIX *coloured)
{
    paper->overprint = ocr_colour_find_overprint(coloured, paper->ink, paper->dpi);
    PIX *edged =
        paper->overprint ? pixDilateBrick(NULL, paper->overprint, SOFT_EDGE, SOFT_EDGE) : NULL;
    if (!edged)
        return;
    pixSubtract(paper->ink, paper->ink, paper->overprint);
    pixSubtract(edged, edged, paper->ink);
    pixPaintThroughMask(paper->grey, edged, 0, 0, ocr_paper_ground(paper));
    pixDestroy(&edged);
}

l_uint32 ocr_paper_ground(const ocr_paper *paper)
{
    l_float32 value = 255;
    pixGetRankValueMasked(paper->grey, NULL, 0, 0, 8, 0.6f, &value, NULL);
    return value > 128 ? (l_uint32)value : 255;
}

void ocr_paper_lift_frames(ocr_paper *paper)
{
    int letter = ocr_paper_letter(paper);
    if (letter == 0)
        return;
    PIX *mask = ocr_frames_find(paper->ink, letter, &paper->frames);
    PIX *soft = mask ? pixDilateBrick(NULL, mask, SOFT_EDGE, SOFT_EDGE) : NULL;
    if (soft) {
        pixSubtract(paper->ink, paper->ink, mask);
        pixPaintThroughMask(paper->grey, soft, 0, 0, ocr_paper_ground(paper));
    }
    pixDestroy(&mask);
    pixDestroy(&soft);
}

static bool takes(unsigned without, quire_ocr_step step)
{
    return !(without >> step & 1);
}

bool ocr_paper_prepare(ocr_paper *paper, const quire_raster *raster, PIX *coloured, int quarters,
                       unsigned without)
{
    *paper = (ocr_paper){
        .quarters = quarters, .dpi = raster->dpi, .grey = pix_of(raster), .place = paper->place};
    if (!paper->grey)
        return false;
    if (quarters)
        replace(&paper->grey, pixRotateOrth(paper->grey, quarters));
    paper->ink = ink_of(paper->grey);
    if (!paper->ink)
        return false;
    PIX *turned =
        coloured && takes(without, QUIRE_OCR_OVERPRINT) ? pixRotateOrth(coloured, quarters) : NULL;
    if (turned)
        lift_overprint(paper, turned);
    pixDestroy(&turned);
    if (takes(without, QUIRE_OCR_LEVEL))
        paper->grounds = ocr_paper_level_grounds(paper);
    if (paper->grounds > 0)
        replace(&paper->ink, ink_of(paper->grey));
    if (takes(without, QUIRE_OCR_ENLARGE))
        enlarge_small(paper);
    if (takes(without, QUIRE_OCR_STRAIGHTEN))
        straighten(paper);
    if (takes(without, QUIRE_OCR_LIFT)) {
        ocr_paper_lift_frames(paper);
        ocr_paper_lift_rules(paper);
    }
    if (takes(without, QUIRE_OCR_DARKEN))
        ocr_paper_darken_faint(paper);
    return true;
}

bool ocr_paper_shows_rows(const quire_raster *raster)
{
    PIX *grey = pix_of(raster);
    PIX *ink = grey ? ink_of(grey) : NULL;
    l_float32 share = 0;
    if (ink)
        pixForegroundFraction(ink, &share);
    if (share > 0.5f)
        pixInvert(ink, ink);
    bool shows = ink && ocr_pictures_bear_text(grey, ink);
    pixDestroy(&grey);
    pixDestroy(&ink);
    return shows;
}

int ocr_paper_quarters(const ocr_paper *paper)
{
    static const int quarters[] = {[L_TEXT_ORIENT_UNKNOWN] = 0,
                                   [L_TEXT_ORIENT_UP] = 0,
                                   [L_TEXT_ORIENT_LEFT] = 1,
                                   [L_TEXT_ORIENT_DOWN] = 2,
                                   [L_TEXT_ORIENT_RIGHT] = 3};
    l_float32 up = 0, left = 0;
    l_int32 orientation = L_TEXT_ORIENT_UNKNOWN;
    if (pixOrientDetect(paper->ink, &up, &left, 0, 0) == 0)
        makeOrientDecision(up, left, UPRIGHT_TRUST, 0, &orientation, 0);
    return quarters[orientation];
}

void ocr_paper_clear(ocr_paper *paper)
{
    pixDestroy(&paper->grey);
    pixDestroy(&paper->ink);
    pixDestroy(&paper->overprint);
    pixDestroy(&paper->dark);
    boxaDestroy(&paper->faint);
    numaDestroy(&paper->faint_levels);
    boxaDestroy(&paper->horizontals);
    boxaDestroy(&paper->verticals);
    pixDestroy(&paper->lifted);
    quire_array_clear(&paper->frames);
    quire_array_clear(&paper->scribbles);
    quire_array_clear(&paper->handwriting);
}
