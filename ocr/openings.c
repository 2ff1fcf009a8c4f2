/*
 * Openings and closings along lines that are long:
 *
 *      ..#####..#..####..     opened: what keeps its length of ink in a row stays, the rest goes
 *      ..#####.....####..
 *      ..####################  closed: gaps shorter than that length are filled
 *
 * Laying n pixels of a line over the page one by one takes n passes. A line of 2 n is one of n and
 * the same moved by n, so that log n passes do; each is done in place, a word of 32 pixels at once.
 */
#include "ocr/paper.h"

#include <stdlib.h>
#include <string.h>

enum { WORD = 32 }; /* pixels; the first is the highest bit */

/* The rows of `pix`, to be laid over each other. */
typedef struct grid {
    l_uint32 *data;
    l_int32 words, height; /* of a row; rows */
    l_uint32 *row; /* a row as it was, white on both sides */
} grid;

typedef void (*lay_fn)(const grid *g, l_uint32 *row, l_int32 y, bool horizontal, l_int32 by);

/* Keeps ink that has ink `by` pixels ahead, too. */
static void keep_followed(const grid *g, l_uint32 *row, l_int32 y, bool horizontal, l_int32 by)
{
    const l_uint32 *ahead = g->row + by / WORD;
    l_int32 rest = by % WORD;
    if (horizontal)
        for (l_int32 i = 0; i < g->words; i++)
            row[i] &= ahead[i] << rest | ahead[i + 1] >> 1 >> (WORD - 1 - rest);
    else
        for (l_int32 i = 0; i < g->words; i++)
            row[i] &= y + by < g->height ? row[i + (ptrdiff_t)by * g->words] : 0;
}

/* Adds what stands `by` pixels behind. */
static void add_preceding(const grid *g, l_uint32 *row, l_int32 y, bool horizontal, l_int32 by)
{
    const l_uint32 *behind = g->row - by / WORD;
    l_int32 rest = by % WORD;
    if (horizontal)
        for (l_int32 i = 0; i < g->words; i++)
            row[i] |= behind[i] >> rest | behind[i - 1] << 1 << (WORD - 1 - rest);
    else if (y >= by)
        for (l_int32 i = 0; i < g->words; i++)
            row[i] |= row[i - (ptrdiff_t)by * g->words];
}

/* All rows, those first whose followers, or whose predecessors, are still to be done. */
static void lay(const grid *g, bool horizontal, l_int32 by, lay_fn over)
{
    for (l_int32 i = 0; i < g->height; i++) {
        l_int32 y = over == keep_followed ? i : g->height - 1 - i;
        l_uint32 *row = g->data + (ptrdiff_t)y * g->words;
        if (horizontal)
            memcpy(g->row, row, (size_t)g->words * sizeof *row);
        over(g, row, y, horizontal, by);
    }
}

/* Lays `pix` over itself so that each pixel is that of `length` in a row. */
static bool lay_along(PIX *pix, bool horizontal, l_int32 length, lay_fn over)
{
    l_int32 white = length / WORD + 2; /* words */
    grid g = {pixGetData(pix), pixGetWpl(pix), pixGetHeight(pix), NULL};
    l_uint32 *spare = calloc((size_t)(g.words + 2 * white), sizeof *spare);
    if (!spare)
        return false;
    g.row = spare + white;
    pixSetPadBits(pix, 0);
    for (l_int32 done = 1; done < length;) {
        l_int32 by = done < length - done ? done : length - done;
        lay(&g, horizontal, by, over);
        done += by;
    }
    pixSetPadBits(pix, 0);
    free(spare);
    return true;
}

PIX *ocr_paper_open_along(PIX *pix, bool horizontal, int length)
{
    PIX *opened = pixCopy(NULL, pix);
    if (opened && !(lay_along(opened, horizontal, length, keep_followed) &&
                    lay_along(opened, horizontal, length, add_preceding)))
        pixDestroy(&opened);
    return opened;
}

PIX *ocr_paper_close_along(PIX *pix, bool horizontal, int length)
{
    l_int32 room = (length / WORD + 1) * WORD; /* behind the page, where gaps may end */
    PIX *wide = horizontal ? pixAddBorderGeneral(pix, 0, room, 0, 0, 0)
                           : pixAddBorderGeneral(pix, 0, 0, 0, room, 0);
    PIX *closed = NULL;
    if (wide && lay_along(wide, horizontal, length, add_preceding) &&
        lay_along(wide, horizontal, length, keep_followed))
        closed = horizontal ? pixRemoveBorderGeneral(wide, 0, room, 0, 0)
                            : pixRemoveBorderGeneral(wide, 0, 0, 0, room);
    pixDestroy(&wide);
    return closed;
}
