/*
 * Softer edges: each pixel becomes a mean of those around it, in a Gaussian of one pixel that
 * reaches two, along the rows and then across them.
 */
#include "ocr/paper.h"

#include <stdlib.h>

enum { REACH = 2, TAPS = 2 * REACH + 1, UNIT_BITS = 8 };

static const uint32_t weights[TAPS] = {14, 62, 104, 62, 14}; /* of 256: exp(-d d / 2) */

/* Rows of one page that were softened along, the last TAPS of them, and one as it is. */
typedef struct rows {
    PIX *pix;
    int32_t width, height;
    uint8_t *plain; /* with REACH pixels more on each side */
    uint16_t *soft[TAPS]; /* times 256; row y is in y % TAPS */
} rows;

static int32_t clamp(int32_t value, int32_t most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

static void soften_along(rows *r, int32_t y)
{
    const l_uint32 *line = pixGetData(r->pix) + (size_t)y * (size_t)pixGetWpl(r->pix);
    const uint8_t *plain = r->plain;
    uint16_t *soft = r->soft[y % TAPS];
    for (int32_t x = 0; x < r->width; x++)
        r->plain[x + REACH] = GET_DATA_BYTE(line, x);
    for (int32_t i = 0; i < REACH; i++) {
        r->plain[i] = plain[REACH];
        r->plain[r->width + REACH + i] = plain[r->width + REACH - 1];
    }
    for (int32_t x = 0; x < r->width; x++)
        soft[x] =
            (uint16_t)(weights[0] * (plain[x] + plain[x + 4]) +
                       weights[1] * (plain[x + 1] + plain[x + 3]) + weights[2] * plain[x + 2]);
}

/* Row y from the softened rows around it. */
static void soften_across(const rows *r, int32_t y, PIX *to)
{
    const uint16_t *at[TAPS];
    l_uint32 *line = pixGetData(to) + (size_t)y * (size_t)pixGetWpl(to);
    for (int32_t i = 0; i < TAPS; i++)
        at[i] = r->soft[clamp(y + i - REACH, r->height - 1) % TAPS];
    for (int32_t x = 0; x < r->width; x++) {
        uint32_t sum = weights[0] * ((uint32_t)at[0][x] + at[4][x]) +
                       weights[1] * ((uint32_t)at[1][x] + at[3][x]) + weights[2] * at[2][x];
        SET_DATA_BYTE(line, x, (sum + (1u << (2 * UNIT_BITS - 1))) >> (2 * UNIT_BITS));
    }
}

static void soften_rows(rows *r, PIX *to)
{
    for (int32_t y = 0; y < r->height + REACH; y++) {
        if (y < r->height)
            soften_along(r, y);
        if (y >= REACH)
            soften_across(r, y - REACH, to);
    }
}

PIX *ocr_paper_soften(const ocr_paper *paper)
{
    rows r = {paper->grey, pixGetWidth(paper->grey), pixGetHeight(paper->grey), NULL, {NULL}};
    size_t width = (size_t)r.width;
    r.plain = calloc(width + 2 * REACH, 1);
    uint16_t *soft = calloc(TAPS * width, sizeof *soft);
    PIX *to = pixCreateTemplate(paper->grey);
    for (size_t i = 0; soft && i < TAPS; i++)
        r.soft[i] = soft + i * width;
    if (r.plain && soft && to)
        soften_rows(&r, to);
    else
        pixDestroy(&to);
    free(r.plain);
    free(soft);
    return to;
}
