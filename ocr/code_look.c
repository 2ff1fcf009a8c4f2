/*
 * A look at a picture that may be a barcode, before a reader of barcodes scans all of it:
 *
 *     |||| || |||    edges that stand above each other, line for line
 *     |||| || |||
 *     [#]            lines through an eye of a square code: dark and light as 1 : 1 : 3 : 1 : 1,
 *                    across as along
 *
 * or what datamatrix.c looks for. Lines are taken a few pixels apart, down and across. Codes that
 * are turned by more than a few degrees are not seen so: this is for pictures that a PDF places,
 * not for scans.
 */
#include "ocr/barcodes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BARS_HIGH 15.0f /* points, at least: stems of letters in logos end sooner */
#define POINTS 72.0f /* an inch */

enum {
    APART = 4, /* pixels between the lines that are looked at */
    CONTRAST = 60, /* grey levels between ink and paper */
    EDGES = 24, /* of the shortest code that is read, four digits of interleaved 2 of 5 */
    EYES = 2, /* lines that go through an eye; a square code has three, each some lines high */
};

/* Pixels of one direction: rows, or columns. */
typedef struct direction {
    const uint8_t *pixels;
    ptrdiff_t along, across; /* bytes to the next pixel of a line, and to the next line */
    int length, lines;
} direction;

/* The direction of the lines and the other one, and room for their edges. */
typedef struct looking {
    direction along, across;
    int32_t *edges, *before, *edges_across;
} looking;

/* Writes where dark and light change, and returns how often. */
static int find_edges(const direction *d, int line, int32_t *edges)
{
    const uint8_t *at = d->pixels + line * d->across;
    int darkest = 255, lightest = 0, count = 0;
    for (int i = 0; i < d->length; i++) {
        int grey = at[i * d->along];
        darkest = grey < darkest ? grey : darkest;
        lightest = grey > lightest ? grey : lightest;
    }
    if (lightest - darkest < CONTRAST)
        return 0;
    int middle = (darkest + lightest) / 2;
    for (int i = 1; i < d->length; i++)
        if ((at[i * d->along] < middle) != (at[(i - 1) * d->along] < middle))
            edges[count++] = i;
    return count;
}

/* Edges of both lines that stand within a pixel of each other. */
static int count_common(const int32_t *a, int a_count, const int32_t *b, int b_count)
{
    int common = 0;
    for (int i = 0, k = 0; i < a_count && k < b_count;) {
        int32_t gap = a[i] - b[k];
        common += abs(gap) <= 1;
        i += gap <= 1;
        k += gap >= -1;
    }
    return common;
}

/* Five runs, as 1 : 1 : 3 : 1 : 1, each within less than half a module. */
static bool is_eye(const int32_t *edge)
{
    static const int modules[] = {1, 1, 3, 1, 1};
    float module = (float)(edge[5] - edge[0]) / 7;
    for (int i = 0; i < 5; i++)
        if (fabsf((float)(edge[i + 1] - edge[i]) - (float)modules[i] * module) >
            0.4f * module + 0.25f)
            return false;
    return module >= 1;
}

/* Is there an eye along the line whose middle holds the pixel `at`? */
static bool has_eye_at(const direction *d, int line, int at, int32_t *edges)
{
    int count = find_edges(d, line, edges);
    for (int i = 0; i + 5 < count; i++)
        if (edges[i + 2] <= at && at < edges[i + 3] && is_eye(edges + i))
            return true;
    return false;
}

static bool has_eye(const looking *l, int line, int count)
{
    for (int i = 0; i + 5 < count; i++)
        if (is_eye(l->edges + i) &&
            has_eye_at(&l->across, (l->edges[i + 2] + l->edges[i + 3]) / 2, line, l->edges_across))
            return true;
    return false;
}

static bool look_along(const looking *l, float dpi)
{
    int lines = (int)(BARS_HIGH / POINTS * dpi / APART); /* with the same edges */
    int before_count = 0, alike = 0, eyes = 0;
    for (int line = 0; line < l->along.lines; line += APART) {
        int count = find_edges(&l->along, line, l->edges);
        alike = count_common(l->edges, count, l->before, before_count) >= EDGES ? alike + 1 : 0;
        eyes += has_eye(l, line, count);
        if (alike >= lines || eyes >= EYES)
            return true;
        memcpy(l->before, l->edges, (size_t)count * sizeof *l->edges);
        before_count = count;
    }
    return false;
}

bool ocr_barcodes_are_likely(const quire_raster *raster)
{
    size_t longer = (size_t)(raster->width > raster->height ? raster->width : raster->height);
    int32_t *edges = malloc(3 * longer * sizeof *edges + 1);
    if (!edges)
        return true;
    direction rows = {raster->pixels, raster->channels, raster->stride, raster->width,
                      raster->height};
    direction columns = {raster->pixels, raster->stride, raster->channels, raster->height,
                         raster->width};
    looking right = {rows, columns, edges, edges + longer, edges + 2 * longer};
    looking down = {columns, rows, edges, edges + longer, edges + 2 * longer};
    bool likely = look_along(&right, raster->dpi) || look_along(&down, raster->dpi) ||
                  ocr_datamatrix_is_likely(raster);
    free(edges);
    return likely;
}
