/*
 * Combs: short lines that stand on a long one, each as far from the last.
 *
 *       |  |  |  |  |       a single one may be the stem of a letter; five at equal distances,
 *     __|__|__|__|__|__     of one height and with their feet on the line, are not
 */
#include "ocr/paper.h"

#include <stdlib.h>

#define NARROWEST 0.09f /* inches from one wall to the next */
#define WIDEST 0.5f
#define UNEVEN 0.04f /* of the distance */

enum {
    WALLS = 5, /* at least */
    MOST_WALLS = 65,
    MOST_PIECES = 2000, /* of a page: more are noise */
    NEXT = 4, /* pieces that may be the second wall: a letter may stand between */
    REACH = 3, /* pixels from the foot of a wall to the line, and between feet */
};

typedef struct piece {
    int x, y, width, height, foot;
    bool wall;
} piece;

static int compare_x(const void *a, const void *b)
{
    return ((const piece *)a)->x - ((const piece *)b)->x;
}

/* Is there a pixel of a level line at the foot? */
static bool stands_on(PIX *levels, const piece *p)
{
    l_uint32 ink = 0;
    for (int y = p->foot - REACH; y <= p->foot + REACH && !ink; y++)
        for (int x = p->x; x < p->x + p->width && !ink; x++)
            if (pixGetPixel(levels, x, y, &ink) != 0)
                ink = 0;
    return ink != 0;
}

static size_t find_pieces(PIX *uprights, PIX *levels, piece pieces[MOST_PIECES])
{
    BOXA *boxes = pixConnCompBB(uprights, 8);
    size_t count = 0;
    int all = boxes ? boxaGetCount(boxes) : 0;
    for (int i = 0; i < all && all <= MOST_PIECES; i++) {
        piece p = {.wall = false};
        boxaGetBoxGeometry(boxes, i, &p.x, &p.y, &p.width, &p.height);
        p.foot = p.y + p.height - 1;
        if (stands_on(levels, &p))
            pieces[count++] = p;
    }
    boxaDestroy(&boxes);
    qsort(pieces, count, sizeof *pieces, compare_x);
    return count;
}

static bool are_alike(const piece *a, const piece *b)
{
    return abs(a->foot - b->foot) <= REACH && abs(a->height - b->height) <= 2 * REACH;
}

/* The piece like `from` that stands `step` pixels right of it, or `count`. */
static size_t find_next(const piece *pieces, size_t count, size_t from, int step)
{
    int allowed = 1 + (int)(UNEVEN * (float)step), expected = pieces[from].x + step;
    for (size_t i = from + 1; i < count && pieces[i].x <= expected + allowed; i++)
        if (pieces[i].x >= expected - allowed && are_alike(&pieces[from], &pieces[i]))
            return i;
    return count;
}

/* Marks the walls of a comb that begins with these two. */
static void follow(piece *pieces, size_t count, size_t first, size_t second)
{
    size_t walls[MOST_WALLS] = {first}, length = 1;
    int step = pieces[second].x - pieces[first].x;
    for (size_t at = second; at < count && length < MOST_WALLS;
         at = find_next(pieces, count, at, step))
        walls[length++] = at;
    for (size_t i = 0; i < length && length >= WALLS; i++)
        pieces[walls[i]].wall = true;
}

static void mark_walls(const ocr_paper *paper, piece *pieces, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        int nexts = pieces[i].wall ? NEXT : 0;
        for (size_t k = i + 1; k < count && nexts < NEXT; k++) {
            float inches = (float)(pieces[k].x - pieces[i].x) / (float)paper->dpi;
            bool alike = are_alike(&pieces[i], &pieces[k]);
            if (inches > WIDEST || (alike && inches < NARROWEST)) /* hatching */
                break;
            if (!alike)
                continue;
            nexts++;
            follow(pieces, count, i, k);
        }
    }
}

void ocr_paper_add_combs(const ocr_paper *paper, PIX *uprights, PIX *levels, PIX *lines, PIX *sure)
{
    piece *pieces = malloc(MOST_PIECES * sizeof *pieces);
    size_t count = pieces ? find_pieces(uprights, levels, pieces) : 0;
    if (count >= WALLS)
        mark_walls(paper, pieces, count);
    for (size_t i = 0; i < count; i++) {
        const piece *p = &pieces[i];
        if (!p->wall)
            continue;
        pixRasterop(lines, p->x, p->y, p->width, p->height, PIX_SRC | PIX_DST, uprights, p->x,
                    p->y);
        pixRasterop(sure, p->x, p->y, p->width, p->height, PIX_SRC | PIX_DST, uprights, p->x, p->y);
    }
    free(pieces);
}
