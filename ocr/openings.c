/*
 * Openings along lines that are long:
 *
 *      ..#####..#..####..     what keeps its length of ink in a row stays, the rest goes
 *      ..#####.....####..
 *
 * An opening by n pixels takes 2 n passes over the page when each pixel of the line is laid over it
 * by itself. A line of 2 n is one of n and the same moved by n, so that log n passes do.
 */
#include "ocr/paper.h"

/* `pix` moved by some pixels to the right or down, put into `moved`. */
static void move(PIX *moved, PIX *pix, bool horizontal, l_int32 by)
{
    l_int32 width = pixGetWidth(pix), height = pixGetHeight(pix);
    pixClearAll(moved);
    pixRasterop(moved, horizontal ? by : 0, horizontal ? 0 : by, width, height, PIX_SRC, pix, 0, 0);
}

/* Lays `pix` over itself, moved by 0 .. length - 1 pixels of that sign. */
static void lay_along(PIX *pix, PIX *spare, bool horizontal, l_int32 length, l_int32 sign, int how)
{
    l_int32 width = pixGetWidth(pix), height = pixGetHeight(pix);
    for (l_int32 done = 1; done < length;) {
        l_int32 by = done < length - done ? done : length - done;
        move(spare, pix, horizontal, sign * by);
        pixRasterop(pix, 0, 0, width, height, how, spare, 0, 0);
        done += by;
    }
}

PIX *ocr_paper_open_along(PIX *pix, bool horizontal, int length)
{
    PIX *opened = pixCopy(NULL, pix), *spare = pixCreateTemplate(pix);
    if (opened && spare) {
        lay_along(opened, spare, horizontal, length, -1, PIX_SRC & PIX_DST);
        lay_along(opened, spare, horizontal, length, 1, PIX_SRC | PIX_DST);
    } else {
        pixDestroy(&opened);
    }
    pixDestroy(&spare);
    return opened;
}
