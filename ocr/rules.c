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
#define SHORT_LEAST 0.12f /* between two lines of the other direction */
#define THICKEST 0.035f

#define PALE 0.85 /* of the ground: what is darker may be part of a line */

enum { GROUND = 5 }; /* side of a square that only a dark ground holds, of four pixels each */
enum { MOST_SHORT = 5000, STEPS = 4 /* of a line of the least length */ };
enum { REACH = 4 }; /* pixels from the end of a short line to the next */
enum {
    EDGE = 1,
    FUZZ = 2,
    STEP = 1
}; /* pixels: the soft edge of a line; what may be left of it;
      how far it leaves its row at once */

static int pixels(const ocr_paper *paper, float inches)
{
    int n = (int)(inches * paper->dpi + 0.5f);
    return n < 3 ? 3 : n;
}

/* Takes away what is thick anywhere: bars, pictures, black edges of the copier. */
static void drop_thick(PIX *lines, bool horizontal, int thickest)
{
    PIX *thick = ocr_paper_open_along(lines, !horizontal, thickest + 1);
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

/* What is not quite level goes on a pixel higher or lower: a thin line would fall into the pieces
 * between its steps, so that it is sought among ink made thicker. */
static PIX *find_lines_in(const ocr_paper *paper, PIX *ink, bool horizontal, float length)
{
    int least = pixels(paper, length);
    PIX *thick = horizontal ? pixDilateBrick(NULL, ink, 1, 2 * STEP + 1)
                            : pixDilateBrick(NULL, ink, 2 * STEP + 1, 1);
    PIX *lines = thick ? ocr_paper_open_along(thick, horizontal, least) : NULL;
    if (lines) {
        drop_thick(lines, horizontal, pixels(paper, THICKEST) + 2 * STEP);
        pixAnd(lines, lines, ink);
    }
    PIX *steady = lines ? ocr_paper_open_along(lines, horizontal, least / STEPS) : NULL;
    pixDestroy(&thick);
    pixDestroy(&lines);
    return steady;
}

/* Lines of ink alone that keep to their row: what is surely no letter, and is taken out. */
static PIX *find_sure(const ocr_paper *paper, bool horizontal)
{
    int least = pixels(paper, horizontal ? HORIZONTAL_LEAST : VERTICAL_LEAST);
    PIX *lines = ocr_paper_open_along(paper->ink, horizontal, least);
    if (lines)
        drop_thick(lines, horizontal, pixels(paper, THICKEST));
    return lines;
}

/* A line that falls between two rows of pixels is grey in both, and no ink: such pieces are taken
 * where ink goes on in them. */
static PIX *find_lines(const ocr_paper *paper, PIX *pale, bool horizontal)
{
    float length = horizontal ? HORIZONTAL_LEAST : VERTICAL_LEAST;
    PIX *drawn = find_lines_in(paper, paper->ink, horizontal, length);
    PIX *longer = find_lines_in(paper, pale, horizontal, length);
    PIX *lines = NULL;
    if (drawn && longer) {
        pixOr(longer, longer, drawn);
        lines = pixSeedfillBinary(NULL, drawn, longer, 8);
    }
    pixDestroy(&drawn);
    pixDestroy(&longer);
    return lines;
}

static bool has_ink(PIX *pix, int x, int y, int width, int height)
{
    BOX *box = boxCreateValid(x, y, width, height);
    PIX *part = box ? pixClipRectangle(pix, box, NULL) : NULL;
    l_int32 empty = 1;
    if (part)
        pixZero(part, &empty);
    pixDestroy(&part);
    boxDestroy(&box);
    return !empty;
}

/* Adds short lines that go from one line of the other direction to the next: the walls of a single
 * row. Strokes of letters end before. */
static void add_short(const ocr_paper *paper, PIX *pale, PIX *lines, PIX *others, bool horizontal)
{
    PIX *found = find_lines_in(paper, pale, horizontal, SHORT_LEAST);
    BOXA *pieces = found ? pixConnCompBB(found, 8) : NULL;
    l_int32 count = pieces ? boxaGetCount(pieces) : 0;
    for (l_int32 i = 0; i < count && i < MOST_SHORT; i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        int r = REACH;
        bool ends =
            horizontal
                ? has_ink(others, x - r, y, 2 * r, h) && has_ink(others, x + w - r, y, 2 * r, h)
                : has_ink(others, x, y - r, w, 2 * r) && has_ink(others, x, y + h - r, w, 2 * r);
        if (ends)
            pixRasterop(lines, x, y, w, h, PIX_SRC | PIX_DST, found, x, y);
    }
    boxaDestroy(&pieces);
    pixDestroy(&found);
}

static void add_combs(const ocr_paper *paper, PIX *pale, PIX *lines[2], PIX *sure[2])
{
    PIX *uprights = find_lines_in(paper, pale, false, SHORT_LEAST);
    if (uprights)
        ocr_paper_add_combs(paper, uprights, lines[0], lines[1], sure[1]);
    pixDestroy(&uprights);
}

/* Where ink stands on both sides of a line, it crosses it. */
static PIX *find_crossings(PIX *rest, PIX *band, bool horizontal, int reach)
{
    PIX *closed = ocr_paper_close_along(rest, !horizontal, reach);
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

/* Takes the pixels of these lines out of grey and ink. */
static void take_out(ocr_paper *paper, PIX *lines[2])
{
    PIX *mask = find_mask(paper, lines);
    if (mask) {
        pixSubtract(paper->ink, paper->ink, mask);
        pixPaintThroughMask(paper->grey, mask, 0, 0, ocr_paper_ground(paper));
    }
    paper->lifted = mask;
}

static void destroy_pair(PIX *pair[2])
{
    pixDestroy(&pair[0]);
    pixDestroy(&pair[1]);
}

void ocr_paper_lift_rules(ocr_paper *paper)
{
    PIX *pale = pixThresholdToBinary(paper->grey, (l_int32)(PALE * ocr_paper_ground(paper)));
    PIX *sure[2] = {find_sure(paper, true), find_sure(paper, false)};
    PIX *lines[2] = {find_lines(paper, pale, true), find_lines(paper, pale, false)};
    PIX *grounds = find_grounds(paper->ink);
    if (sure[0] && sure[1] && lines[0] && lines[1] && grounds) {
        ocr_paper_add_dashes(paper, lines, sure);
        add_combs(paper, pale, lines, sure);
        for (int i = 0; i < 2; i++) {
            add_short(paper, pale, lines[!i], lines[i], i == 1);
            drop_grounded(lines[i], grounds);
            drop_grounded(sure[i], grounds);
        }
        paper->horizontals = pixConnCompBB(lines[0], 8);
        paper->verticals = pixConnCompBB(lines[1], 8);
        take_out(paper, sure);
    }
    pixDestroy(&pale);
    pixDestroy(&grounds);
    destroy_pair(sure);
    destroy_pair(lines);
}
