/*
 * A look at a picture that may be a barcode, before a reader of barcodes scans all of it:
 *
 *     |||| || |||    edges that stand above each other, line for line
 *     |||| || |||
 *     [#] ## [#]     lines through two eyes of a square code: dark and light as 1 : 1 : 3 : 1 : 1,
 *                    across as along; letters and logos have one
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
    APART = 4, /* pixels between the lines that are looked at, at most */
    LINES = 64, /* that are looked at, at least, where there are as many */
    CONTRAST = 60, /* grey levels between ink and paper */
    EDGES = 24, /* of the shortest code that is read, four digits of interleaved 2 of 5 */
    EYE_LINES = 2, /* that go through two eyes; an eye is some lines high */
    EYE_MODULES = 7,
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
    int32_t *edges, *before, *first, *edges_across;
} looking;

/* Writes where dark and light change, with light around the picture, and returns how often. */
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
    bool is_dark = false;
    for (int i = 0; i < d->length; i++)
        if ((at[i * d->along] < middle) != is_dark) {
            edges[count++] = i;
            is_dark = !is_dark;
        }
    if (is_dark)
        edges[count++] = d->length;
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
    float module = (float)(edge[5] - edge[0]) / EYE_MODULES;
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

/* Is the line one through two eyes of one size? The first is looked at across, too. */
static bool has_eyes(const looking *l, int line, int count)
{
    int first = 0, size = 0;
    for (int i = 0; i + 5 < count; i++) {
        int wide = l->edges[i + 5] - l->edges[i];
        if (!is_eye(l->edges + i))
            continue;
        if (size > 0 && l->edges[i] - first > size && abs(wide - size) * EYE_MODULES <= 2 * size)
            return true;
        if (size == 0 && has_eye_at(&l->across, (l->edges[i + 2] + l->edges[i + 3]) / 2, line,
                                    l->edges_across)) {
            first = l->edges[i];
            size = wide;
        }
    }
    return false;
}

/* Bars stand as the line before has them, and as the first one of them all: stems of letters lean
 * and end. */
static bool look_along(looking *l, float dpi)
{
    int step = l->along.lines / LINES;
    step = step < 1 ? 1 : step > APART ? APART : step;
    int lines = (int)(BARS_HIGH / POINTS * dpi / (float)step); /* with the same edges */
    int before_count = 0, first_count = 0, alike = 0, eyes = 0;
    for (int line = 0; line < l->along.lines; line += step) {
        int count = find_edges(&l->along, line, l->edges);
        bool goes_on = alike > 0 && count_common(l->edges, count, l->first, first_count) >= EDGES;
        if (!goes_on) {
            memcpy(l->first, l->before, (size_t)before_count * sizeof *l->first);
            first_count = before_count;
            alike = 0;
        }
        alike = count_common(l->edges, count, l->before, before_count) >= EDGES ? alike + 1 : 0;
        eyes += has_eyes(l, line, count);
        if (alike >= lines || eyes >= EYE_LINES)
            return true;
        memcpy(l->before, l->edges, (size_t)count * sizeof *l->edges);
        before_count = count;
    }
    return false;
}

bool ocr_barcodes_are_likely(const quire_raster *raster)
{
    size_t longer = (size_t)(raster->width > raster->height ? raster->width : raster->height) + 1;
    int32_t *edges = malloc(4 * longer * sizeof *edges);
    if (!edges)
        return true;
    direction rows = {raster->pixels, raster->channels, raster->stride, raster->width,
                      raster->height};
    direction columns = {raster->pixels, raster->stride, raster->channels, raster->height,
                         raster->width};
    looking right = {rows, columns, edges, edges + longer, edges + 2 * longer, edges + 3 * longer};
    looking down = {columns, rows, edges, edges + longer, edges + 2 * longer, edges + 3 * longer};
    bool likely = look_along(&right, raster->dpi) || look_along(&down, raster->dpi) ||
                  ocr_datamatrix_is_likely(raster);
    free(edges);
    return likely;
}
