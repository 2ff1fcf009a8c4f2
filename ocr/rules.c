/*
 * Rules: lines that tables and forms are ruled with.
 *
 *      ___________________        long and thin, found by opening the ink along them
 *     | gypsy    | 13.20 |
 *     |____y_____|_______|        a letter that crosses one keeps the pixels between its halves
 *
 * Ruled cells are where a reader of columns goes wrong, so they are kept as evidence and taken
 * out of the pixels that are read.
 */
#include "ocr/paper.h"

/* Inches. Shorter lines may be strokes of letters; thicker ones are bars. */
#define HORIZONTAL_LEAST 0.4f
#define VERTICAL_LEAST 0.3f
#define THICKEST 0.035f

enum { GROUND = 5 }; /* side of a square that only a dark ground holds, of four pixels each */
enum { EDGE = 1, FUZZ = 2 }; /* pixels: the soft edge of a line; what may be left of it */

static int pixels(const ocr_paper *paper, float inches)
{
    int n = (int)(inches * paper->dpi + 0.5f);
    return n < 3 ? 3 : n;
}

/* Along x, or along y: (length, 1) or (1, length). */
static PIX *open_along(PIX *pix, bool horizontal, int length)
{
    return horizontal ? pixOpenBrick(NULL, pix, length, 1) : pixOpenBrick(NULL, pix, 1, length);
}

/* Takes away what is thick anywhere: bars, pictures, black edges of the copier. */
static void drop_thick(PIX *lines, bool horizontal, int thickest)
{
    PIX *thick = open_along(lines, !horizontal, thickest + 1);
    PIX *bars = thick ? pixSeedfillBinary(NULL, thick, lines, 8) : NULL;
    if (bars)
        pixSubtract(lines, lines, bars);
    pixDestroy(&thick);
    pixDestroy(&bars);
}

/* Dark grounds, at a quarter of the size: what stands in them is no line on paper. */
static PIX *find_grounds(PIX *ink)
{
    PIX *small = pixReduceRankBinaryCascade(ink, 2, 2, 0, 0);
    PIX *solid = small ? pixOpenBrick(NULL, small, GROUND, GROUND) : NULL;
    PIX *grounds = solid ? pixExpandReplicate(solid, 4) : NULL;
    pixDestroy(&small);
    pixDestroy(&solid);
    return grounds;
}

/* Takes away lines that touch a dark ground. */
static void drop_grounded(PIX *lines, PIX *grounds)
{
    PIX *seeds = pixAnd(NULL, lines, grounds);
    PIX *grounded = seeds ? pixSeedfillBinary(NULL, seeds, lines, 8) : NULL;
    if (grounded)
        pixSubtract(lines, lines, grounded);
    pixDestroy(&seeds);
    pixDestroy(&grounded);
}

static PIX *find_lines(const ocr_paper *paper, bool horizontal)
{
    int least = pixels(paper, horizontal ? HORIZONTAL_LEAST : VERTICAL_LEAST);
    PIX *lines = open_along(paper->ink, horizontal, least);
    if (lines)
        drop_thick(lines, horizontal, pixels(paper, THICKEST));
    return lines;
}

/* Where ink stands on both sides of a line, it crosses it. */
static PIX *find_crossings(PIX *rest, PIX *band, bool horizontal, int reach)
{
    PIX *closed = horizontal ? pixCloseSafeBrick(NULL, rest, 1, reach)
                             : pixCloseSafeBrick(NULL, rest, reach, 1);
    if (closed)
        pixAnd(closed, closed, band);
    return closed;
}

/* The pixels of all lines, with their soft edges, but for what crosses them. */
static PIX *find_mask(const ocr_paper *paper, PIX *lines[2])
{
    PIX *bands[2] = {pixDilateBrick(NULL, lines[0], 1, 2 * EDGE + 1),
                     pixDilateBrick(NULL, lines[1], 2 * EDGE + 1, 1)};
    PIX *mask = bands[0] && bands[1] ? pixOr(NULL, bands[0], bands[1]) : NULL;
    PIX *rest = mask ? pixSubtract(NULL, paper->ink, mask) : NULL;
    for (int i = 0; i < 2 && rest; i++) {
        int reach = pixels(paper, THICKEST) / 2 + 2 * (EDGE + FUZZ);
        PIX *crossings = find_crossings(rest, bands[i], i == 0, reach);
        if (crossings)
            pixSubtract(mask, mask, crossings);
        pixDestroy(&crossings);
    }
    pixDestroy(&rest);
    pixDestroy(&bands[0]);
    pixDestroy(&bands[1]);
    return mask;
}

void ocr_paper_lift_rules(ocr_paper *paper)
{
    PIX *lines[2] = {find_lines(paper, true), find_lines(paper, false)};
    PIX *grounds = find_grounds(paper->ink);
    if (lines[0] && lines[1] && grounds) {
        drop_grounded(lines[0], grounds);
        drop_grounded(lines[1], grounds);
        paper->horizontals = pixConnCompBB(lines[0], 8);
        paper->verticals = pixConnCompBB(lines[1], 8);
        PIX *mask = find_mask(paper, lines);
        if (mask) {
            pixSubtract(paper->ink, paper->ink, mask);
            pixPaintThroughMask(paper->grey, mask, 0, 0, ocr_paper_ground(paper));
        }
        pixDestroy(&mask);
    }
    pixDestroy(&grounds);
    pixDestroy(&lines[0]);
    pixDestroy(&lines[1]);
}
