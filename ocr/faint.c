/*
 * Faint text: letters in a light grey or colour beside black ones.
 *
 *      one threshold for the page is set by the black ink; what is lighter than that is broken
 *      into specks, or gone, before anything is read
 *
 *      black letter   ####       of its pixels most are below the threshold
 *      faint letter   ::::       few are, though it stands well apart from the paper
 *
 * Each faint letter is made as dark as black ones are, in its own box, on a copy of the page: what
 * is black is read from the page as it is, and the copy shows what was passed over.
 */
#include "ocr/paper.h"

#include <stdlib.h>

#define OWN_INK 0.45f /* share of a letter's pixels that are below the page's threshold: black */
#define AMONG_THEIRS 0.5f /* share of a group's letters that are light */
#define HEIGHT_LEAST 0.5f /* of the median letter */
#define HEIGHT_MOST 4.0f
#define WIDTH_MOST 6.0f /* of its height: letters that touch */
#define FULL_LEAST 0.10f /* share of its box that is ink */
#define FULL_MOST 0.85f

enum {
    WHITE = 255,
    STANDS_APART = 48, /* levels below the paper's */
    LIGHTER = 30, /* levels than the median letter */
    PAPER_LEAST = 160, /* a darker paper is no paper */
    FEW = 4, /* so many faint letters are specks, or single ones that were printed badly */
    MOST = 4000, /* so many are a picture, or a page that is faint throughout */
    PAD = 2, /* pixels: the soft edge of a letter */
    LIGHTEST = 16, /* levels between paper and ink: less cannot be told from noise */
};

/* What most of the page is. */
static int level_of_paper(PIX *grey)
{
    NUMA *counts = pixGetGrayHistogram(grey, 4);
    l_float32 most = 0;
    l_int32 level = WHITE;
    if (counts)
        numaGetMax(counts, &most, &level);
    numaDestroy(&counts);
    return level;
}

static bool is_letter(BOX *box, int letter, float full)
{
    l_int32 width, height;
    boxGetGeometry(box, NULL, NULL, &width, &height);
    return (float)height >= HEIGHT_LEAST * (float)letter &&
           (float)height <= HEIGHT_MOST * (float)letter &&
           (float)width <= WIDTH_MOST * (float)height && full >= FULL_LEAST && full <= FULL_MOST;
}

static int darkest_in(PIX *grey, BOX *box)
{
    l_int32 x0, y0, width, height;
    int darkest = WHITE;
    boxGetGeometry(box, &x0, &y0, &width, &height);
    for (l_int32 y = y0; y < y0 + height; y++) {
        const l_uint32 *line = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        for (l_int32 x = x0; x < x0 + width; x++) {
            int level = GET_DATA_BYTE(line, x);
            darkest = level < darkest ? level : darkest;
        }
    }
    return darkest;
}

/* Pieces of `all` that are letters; their darkest levels are counted. */
static BOXA *find_letters(const ocr_paper *paper, PIX *all, int letter, int *levels)
{
    BOXA *pieces = pixConnCompBB(all, 8), *letters = boxaCreate(0);
    l_int32 *sums = makePixelSumTab8();
    for (l_int32 i = 0; i < boxaGetCount(pieces); i++) {
        BOX *box = boxaGetBox(pieces, i, L_CLONE);
        l_int32 width, height, count = 0;
        boxGetGeometry(box, NULL, NULL, &width, &height);
        pixCountPixelsInRect(all, box, &count, sums);
        if (is_letter(box, letter, (float)count / ((float)width * (float)height))) {
            boxaAddBox(letters, box, L_COPY);
            levels[darkest_in(paper->grey, box)]++;
        }
        boxDestroy(&box);
    }
    boxaDestroy(&pieces);
    LEPT_FREE(sums);
    return letters;
}

/* The level that half of the letters are at least as dark as. */
static int median_level(const int *levels)
{
    int all = 0, so_far = 0, level = 0;
    for (int i = 0; i <= WHITE; i++)
        all += levels[i];
    while (level < WHITE && (so_far += levels[level]) * 2 < all)
        level++;
    return level;
}

/* Letters of which little is in the page's own ink, and that are lighter than most. */
static BOXA *find_light(const ocr_paper *paper, PIX *all, BOXA *letters, int least)
{
    BOXA *light = boxaCreate(0);
    l_int32 *sums = makePixelSumTab8();
    for (l_int32 i = 0; i < boxaGetCount(letters); i++) {
        BOX *box = boxaGetBox(letters, i, L_CLONE);
        l_int32 count = 0, black = 0;
        pixCountPixelsInRect(all, box, &count, sums);
        pixCountPixelsInRect(paper->ink, box, &black, sums);
        if ((float)black < OWN_INK * (float)count && darkest_in(paper->grey, box) >= least)
            boxaAddBox(light, box, L_COPY);
        boxDestroy(&box);
    }
    LEPT_FREE(sums);
    return light;
}

/* Boxes of words and lines of such letters, upright ones or such as lie on their side. */
static BOXA *group(PIX *page, BOXA *light, int letter, bool sideways)
{
    PIX *painted = pixCreateTemplate(page), *smeared = NULL;
    for (l_int32 i = 0; painted && i < boxaGetCount(light); i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(light, i, &x, &y, &width, &height);
        pixRasterop(painted, x, y, width, height, PIX_SET, NULL, 0, 0);
    }
    if (painted)
        smeared = ocr_paper_close_along(painted, !sideways, 2 * letter + 1);
    BOXA *groups = smeared ? pixConnCompBB(smeared, 8) : NULL;
    pixDestroy(&painted);
    pixDestroy(&smeared);
    return groups;
}

static BOXA *centred_in(BOXA *boxes, BOX *group)
{
    l_int32 x0, y0, w, h;
    BOXA *inside = boxaCreate(0);
    boxGetGeometry(group, &x0, &y0, &w, &h);
    for (l_int32 i = 0; i < boxaGetCount(boxes); i++) {
        l_int32 x, y, width, height;
        boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
        x += width / 2 - x0;
        y += height / 2 - y0;
        if (x >= 0 && x < w && y >= 0 && y < h)
            boxaAddBox(inside, boxaGetBox(boxes, i, L_CLONE), L_INSERT);
    }
    return inside;
}

/* Takes those that stand among their like: light letters among black ones were printed badly.
 * Returns the others. */
static BOXA *take_groups(BOXA *groups, BOXA *light, BOXA *letters, BOXA *faint)
{
    BOXA *others = boxaCreate(0);
    for (l_int32 i = 0; i < boxaGetCount(groups); i++) {
        BOX *box = boxaGetBox(groups, i, L_CLONE);
        BOXA *own = centred_in(light, box), *every = centred_in(letters, box);
        int count = boxaGetCount(own);
        bool are_many = count >= FEW && (float)count >= AMONG_THEIRS * (float)boxaGetCount(every);
        boxaJoin(are_many ? faint : others, own, 0, -1);
        boxaDestroy(&own);
        boxaDestroy(&every);
        boxDestroy(&box);
    }
    return others;
}

static BOXA *find_faint(const ocr_paper *paper, PIX *all, int letter)
{
    int levels[WHITE + 1] = {0};
    BOXA *letters = find_letters(paper, all, letter, levels), *faint = boxaCreate(0);
    BOXA *light = find_light(paper, all, letters, median_level(levels) + LIGHTER);
    bool few = boxaGetCount(light) < FEW || boxaGetCount(light) > MOST;
    for (int sideways = 0; sideways < 2 && !few; sideways++) {
        BOXA *groups = group(all, light, letter, sideways);
        BOXA *others = take_groups(groups, light, letters, faint);
        boxaDestroy(&groups);
        boxaDestroy(&light);
        light = others;
    }
    boxaDestroy(&light);
    boxaDestroy(&letters);
    return faint;
}

/* Stretches the levels of `box`, read from `from` since boxes overlap, so that `ink` is black. */
static void darken(PIX *grey, PIX *from, BOX *letter, int ink, int paper)
{
    l_int32 x, y, width, height, x0, y0, w, h;
    boxGetGeometry(letter, &x, &y, &width, &height);
    BOX *padded = boxCreateValid(x > PAD ? x - PAD : 0, y > PAD ? y - PAD : 0, width + 2 * PAD,
                                 height + 2 * PAD);
    BOX *box = boxClipToRectangle(padded, pixGetWidth(grey), pixGetHeight(grey));
    int range = paper - ink > LIGHTEST ? paper - ink : LIGHTEST;
    boxGetGeometry(box, &x0, &y0, &w, &h);
    for (y = y0; box && y < y0 + h; y++) {
        l_uint32 *to = pixGetData(grey) + (size_t)y * (size_t)pixGetWpl(grey);
        const l_uint32 *at = pixGetData(from) + (size_t)y * (size_t)pixGetWpl(from);
        for (x = x0; x < x0 + w; x++) {
            int level = (GET_DATA_BYTE(at, x) - ink) * paper / range;
            SET_DATA_BYTE(to, x, level < 0 ? 0 : level > WHITE ? WHITE : level);
        }
    }
    boxDestroy(&padded);
    boxDestroy(&box);
}

/* Their pixels become ink like any other. */
static void add_ink(ocr_paper *paper, PIX *all, BOX *box)
{
    l_int32 x, y, width, height;
    boxGetGeometry(box, &x, &y, &width, &height);
    pixRasterop(paper->ink, x, y, width, height, PIX_SRC | PIX_DST, all, x, y);
}

static void darken_all(ocr_paper *paper, PIX *all, int level)
{
    paper->dark = pixCopy(NULL, paper->grey);
    paper->faint_levels = numaCreate(0);
    for (l_int32 i = 0; paper->dark && i < boxaGetCount(paper->faint); i++) {
        BOX *box = boxaGetBox(paper->faint, i, L_CLONE);
        int ink = darkest_in(paper->grey, box);
        darken(paper->dark, paper->grey, box, ink, level);
        add_ink(paper, all, box);
        numaAddNumber(paper->faint_levels, (l_float32)ink);
        boxDestroy(&box);
    }
}

void ocr_paper_darken_faint(ocr_paper *paper)
{
    int level = level_of_paper(paper->grey), letter = ocr_paper_letter(paper);
    PIX *all = letter > 0 && level >= PAPER_LEAST
                   ? pixThresholdToBinary(paper->grey, level - STANDS_APART)
                   : NULL;
    paper->faint = all ? find_faint(paper, all, letter) : NULL;
    if (boxaGetCount(paper->faint) > 0)
        darken_all(paper, all, level);
    pixDestroy(&all);
}
