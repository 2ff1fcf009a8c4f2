/*
 * Softer edges: each pixel becomes a mean of those around it, in a Gaussian of one pixel that
 * reaches two, along the rows and then across them.
 */
#include "ocr/paper.h"

#include <stdlib.h>

enum { REACH = 2, TAPS = 2 * REACH + 1 };

/* exp(-d d / 2), of their sum, for pixels that are d away. */
#define WEIGHT_0 0.40261996f
#define WEIGHT_1 0.24420134f
#define WEIGHT_2 0.05448868f

/* Rows of one page that were softened along, the last TAPS of them, and one as it is. */
typedef struct rows {
    PIX *pix;
    int32_t width, height;
    float *plain; /* with REACH pixels more on each side */
    float *soft[TAPS]; /* row y is in y % TAPS */
} rows;

/* Behind an edge the page goes on as in a mirror. */
static int32_t mirrored(int32_t at, int32_t count)
{
    int32_t inside = at < 0 ? -1 - at : at >= count ? 2 * count - 1 - at : at;
    return inside < 0 ? 0 : inside >= count ? count - 1 : inside;
}

static float mean_of(float before_2, float before, float at, float behind, float behind_2)
{
    return WEIGHT_2 * (before_2 + behind_2) + WEIGHT_1 * (before + behind) + WEIGHT_0 * at;
}

static void soften_along(const rows *r, int32_t y)
{
    const l_uint32 *line = pixGetData(r->pix) + (size_t)y * (size_t)pixGetWpl(r->pix);
    float *plain = r->plain + REACH, *soft = r->soft[y % TAPS];
    for (int32_t x = 0; x < r->width; x++)
        plain[x] = (float)GET_DATA_BYTE(line, x);
    for (int32_t i = 1; i <= REACH; i++) {
        plain[-i] = plain[mirrored(-i, r->width)];
        plain[r->width - 1 + i] = plain[mirrored(r->width - 1 + i, r->width)];
    }
    for (int32_t x = 0; x < r->width; x++)
        soft[x] = mean_of(plain[x - 2], plain[x - 1], plain[x], plain[x + 1], plain[x + 2]);
}

/* Row y from the softened rows around it. */
static void soften_across(const rows *r, int32_t y, PIX *to)
{
    const float *at[TAPS];
    l_uint32 *line = pixGetData(to) + (size_t)y * (size_t)pixGetWpl(to);
    for (int32_t i = 0; i < TAPS; i++)
        at[i] = r->soft[mirrored(y + i - REACH, r->height) % TAPS];
    for (int32_t x = 0; x < r->width; x++) {
        float mean = mean_of(at[0][x], at[1][x], at[2][x], at[3][x], at[4][x]);
        SET_DATA_BYTE(line, x, (l_uint32)(mean + 0.5f));
    }
}

static void soften_rows(const rows *r, PIX *to)
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
    r.plain = calloc(width + 2 * REACH, sizeof *r.plain);
    float *soft = calloc(TAPS * width, sizeof *soft);
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
