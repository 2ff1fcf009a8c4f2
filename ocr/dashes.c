/*
 * Dashed rules:
 *
 *      ----- ----- --+-- ----- -----      short strokes on one line, each by itself, and what two
 *                    |                    of them make where they cross
 *
 * A stroke of a dash stands alone, is short, and much longer than it is thick; letters are pieces
 * of another shape, and a hyphen has no like beside it. Strokes that follow each other closely over
 * a length that no word of dashes has are one rule.
 */
#include "ocr/paper.h"

/* Inches. */
#define LONGEST_DASH 0.11f
#define SHORTEST_DASH 0.02f
#define WIDEST_GAP 0.055f /* 4 points */
#define THICKEST_DASH 0.025f
#define LEAST_RUN 0.5f

#define SLIM 1.6f /* length of a dash to its thickness: dots of leaders are rounder */
#define LEAST_PURE 0.2f /* of a rule's pixels are dashes that nothing crosses */
#define LEAST_PURE_ALONE 0.45f

enum { STEP = 1 }; /* pixels by which a rule that is not quite level leaves its row at once */

static int pixels(const ocr_paper *paper, float inches)
{
    int n = (int)(inches * paper->dpi + 0.5f);
    return n < 2 ? 2 : n;
}

/* Made thicker across by the steps of a rule that is not quite level. */
static PIX *thicken(PIX *pix, bool horizontal)
{
    int thickness = 2 * STEP + 1;
    return !pix         ? NULL
           : horizontal ? pixDilateBrick(NULL, pix, 1, thickness)
                        : pixDilateBrick(NULL, pix, thickness, 1);
}

/* Strokes of one direction that stand alone. */
static PIX *find_dashes(const ocr_paper *paper, PIX *pieces, bool horizontal)
{
    int length = pixels(paper, LONGEST_DASH), thickness = pixels(paper, THICKEST_DASH);
    PIX *thin = horizontal ? pixSelectBySize(pieces, length, thickness, 8, L_SELECT_IF_BOTH,
                                             L_SELECT_IF_LTE, NULL)
                           : pixSelectBySize(pieces, thickness, length, 8, L_SELECT_IF_BOTH,
                                             L_SELECT_IF_LTE, NULL);
    PIX *slim = !thin ? NULL
                : horizontal
                    ? pixSelectByWidthHeightRatio(thin, SLIM, 8, L_SELECT_IF_GTE, NULL)
                    : pixSelectByWidthHeightRatio(thin, 1 / SLIM, 8, L_SELECT_IF_LTE, NULL);
    pixDestroy(&thin);
    return slim;
}

/* Ink of `pix` in a box made larger by `reach` on all sides. */
static bool has_ink_around(PIX *pix, BOX *box, int reach)
{
    l_int32 empty = 1;
    BOX *larger = boxAdjustSides(NULL, box, -reach, reach, -reach, reach);
    PIX *part = larger ? pixClipRectangle(pix, larger, NULL) : NULL;
    if (part)
        pixZero(part, &empty);
    pixDestroy(&part);
    boxDestroy(&larger);
    return !empty;
}

static float share_in(PIX *pix, PIX *whole, BOX *box)
{
    l_int32 all = 0, own = 0;
    PIX *a = pixClipRectangle(whole, box, NULL), *b = pixClipRectangle(pix, box, NULL);
    if (a && b) {
        pixCountPixels(a, &all, NULL);
        pixCountPixels(b, &own, NULL);
    }
    pixDestroy(&a);
    pixDestroy(&b);
    return all > 0 ? (float)own / (float)all : 0;
}

/* Keeps those pieces of `runs` of which enough is made of dashes: of a rule that meets rules of the
 * other direction much is in crossings. Only such are `sure` walls, that disturb the reader. */
static void drop_impure(PIX *runs, PIX *dashes, PIX *others, int reach, PIX *sure)
{
    BOXA *boxes = pixConnCompBB(runs, 8);
    for (l_int32 i = 0; boxes && i < boxaGetCount(boxes); i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        bool meets = has_ink_around(others, box, reach);
        if (share_in(dashes, runs, box) < (meets ? LEAST_PURE : LEAST_PURE_ALONE))
            pixClearInRect(runs, box);
        else if (meets)
            pixSetInRect(sure, box);
        boxDestroy(&box);
    }
    boxaDestroy(&boxes);
}

/* Dashes of one direction, those that are joined to rules, and all that such a rule may be made
 * of. */
typedef struct direction {
    PIX *dashes, *runs;
    bool horizontal;
} direction;

/* Joins dashes, and the strokes of their direction in small crossings. */
static void join_dashes(const ocr_paper *paper, direction *d, PIX *crossings)
{
    PIX *strokes = ocr_paper_open_along(crossings, d->horizontal, pixels(paper, SHORTEST_DASH));
    PIX *thick = thicken(strokes, d->horizontal);
    PIX *all = thick ? pixOr(NULL, d->dashes, thick) : NULL;
    PIX *closed = all ? ocr_paper_close_along(all, d->horizontal, pixels(paper, WIDEST_GAP)) : NULL;
    d->runs = closed ? ocr_paper_open_along(closed, d->horizontal, pixels(paper, LEAST_RUN)) : NULL;
    pixDestroy(&strokes);
    pixDestroy(&thick);
    pixDestroy(&all);
    pixDestroy(&closed);
}

/* Takes the dashes out of `pieces`, made thicker by the steps of a rule that is not quite level. */
static direction take_dashes(const ocr_paper *paper, PIX *pieces, bool horizontal)
{
    PIX *dashes = find_dashes(paper, pieces, horizontal);
    if (dashes)
        pixSubtract(pieces, pieces, dashes);
    direction d = {.horizontal = horizontal};
    d.dashes = thicken(dashes, horizontal);
    pixDestroy(&dashes);
    return d;
}

static void keep_rules(const ocr_paper *paper, direction d[2], PIX *lines[2], PIX *sure[2])
{
    PIX *others[2] = {pixOr(NULL, lines[1], d[1].runs), pixOr(NULL, lines[0], d[0].runs)};
    for (int i = 0; i < 2 && others[0] && others[1]; i++) {
        drop_impure(d[i].runs, d[i].dashes, others[i], pixels(paper, WIDEST_GAP), sure[i]);
        pixOr(lines[i], lines[i], d[i].runs);
    }
    pixDestroy(&others[0]);
    pixDestroy(&others[1]);
}

void ocr_paper_add_dashes(const ocr_paper *paper, PIX *lines[2], PIX *sure[2])
{
    int largest = pixels(paper, LONGEST_DASH);
    PIX *rest = pixSubtract(NULL, paper->ink, lines[0]);
    if (rest)
        pixSubtract(rest, rest, lines[1]);
    PIX *pieces =
        rest ? pixSelectBySize(rest, largest, largest, 8, L_SELECT_IF_BOTH, L_SELECT_IF_LTE, NULL)
             : NULL;
    pixDestroy(&rest);
    if (!pieces)
        return;
    direction d[2] = {take_dashes(paper, pieces, true), take_dashes(paper, pieces, false)};
    for (int i = 0; i < 2; i++)
        if (d[i].dashes)
            join_dashes(paper, &d[i], pieces);
    if (d[0].runs && d[1].runs)
        keep_rules(paper, d, lines, sure);
    for (int i = 0; i < 2; i++) {
        pixDestroy(&d[i].dashes);
        pixDestroy(&d[i].runs);
    }
    pixDestroy(&pieces);
}
