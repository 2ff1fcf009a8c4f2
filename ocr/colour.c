/*
 *         .-"-.
 *      Th( PAID )oice        strokes in colour that touch letters which are not: without them
 *         '-._.-'            the letters can be read, and the mark by itself
 *
 * Colour that touches no letter is text, or a drawing; what has no strokes is a ground or a
 * picture; long straight lines are rules.
 */
#include "ocr/colour.h"

#include "ocr/loose_ink.h"

/* Inches. */
#define THICKEST 0.08f /* a stroke of a stamp's letters */
#define APART 0.10f /* parts of one mark */
#define LETTER_LEAST 0.03f
#define LETTER_MOST 0.35f
#define SHORTEST 0.20f /* a mark */
#define CUT 0.12f /* gaps that letters leave in a rule */
#define RULE 0.75f /* straight along the page for that long */

#define FRINGE 0.4f /* of its pixels are at black ones */

/* Of 255 and of the brightest channel: how far the darkest one lies below it. */
enum { CHROMA_LEAST = 60, SATURATION_PERCENT = 35, FEWEST = 200 /* pixels */ };
enum { CROSSED_LEAST = 2 /* letters */, MOST_GROUPS = 500, TOUCH = 3 /* pixels */ };

/* ---- what is coloured ---- */

static bool is_coloured(const uint8_t *p)
{
    int most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];
    most = p[2] > most ? p[2] : most;
    least = p[2] < least ? p[2] : least;
    return most - least >= CHROMA_LEAST && 100 * (most - least) >= SATURATION_PERCENT * most;
}

/* Leptonica's weights, as where an image file is asked for in grey. */
static uint8_t grey_of(const uint8_t *p)
{
    return (uint8_t)((3u * p[0] + 5u * p[1] + 2u * p[2] + 5) / 10);
}

PIX *ocr_colour_split(quire_raster *raster, uint32_t *colour)
{
    *colour = 0;
    if (raster->channels != 3)
        return NULL;
    PIX *coloured = pixCreate(raster->width, raster->height, 1);
    l_int32 words = coloured ? pixGetWpl(coloured) : 0;
    size_t count = 0, sums[3] = {0};
    for (int32_t y = 0; y < raster->height; y++) {
        l_uint32 *line = coloured ? pixGetData(coloured) + (size_t)words * (size_t)y : NULL;
        uint8_t *row = raster->pixels + (size_t)raster->stride * (size_t)y;
        /* The first third of the row is written after it was read. */
        for (int32_t x = 0; x < raster->width; x++) {
            const uint8_t *p = row + 3 * (size_t)x;
            bool is_grey = p[0] == p[1] && p[1] == p[2];
            if (!is_grey && is_coloured(p)) {
                count++;
                for (int c = 0; c < 3; c++)
                    sums[c] += p[c];
                if (line)
                    SET_DATA_BIT(line, x);
            }
            row[x] = is_grey ? p[0] : grey_of(p);
        }
    }
    raster->channels = 1;
    if (count < FEWEST)
        pixDestroy(&coloured);
    else
        *colour = 0xFF000000 | (uint32_t)(sums[0] / count) << 16 |
                  (uint32_t)(sums[1] / count) << 8 | (uint32_t)(sums[2] / count);
    return coloured;
}

/* ---- marks ---- */

/* Letters that are as high as letters are and touch the mark. */
static int count_crossed(PIX *mark, PIX *ink, float dpi)
{
    PIX *near = pixDilateBrick(NULL, mark, TOUCH, TOUCH);
    PIX *seeds = near ? pixAnd(NULL, near, ink) : NULL;
    PIX *letters = seeds ? pixSeedfillBinary(NULL, seeds, ink, 8) : NULL;
    BOXA *each = letters ? pixConnCompBB(letters, 8) : NULL;
    int crossed = 0;
    for (l_int32 i = 0; i < boxaGetCount(each); i++) {
        l_int32 height = 0;
        boxaGetBoxGeometry(each, i, NULL, NULL, NULL, &height);
        crossed += (float)height >= LETTER_LEAST * dpi && (float)height <= LETTER_MOST * dpi;
    }
    boxaDestroy(&each);
    pixDestroy(&letters);
    pixDestroy(&seeds);
    pixDestroy(&near);
    return crossed;
}

/* Letters drawn for a screen, and by some cameras, have edges in colour on all sides. */
static bool is_fringe(PIX *mark, PIX *ink)
{
    PIX *near = pixDilateBrick(NULL, ink, TOUCH, TOUCH);
    PIX *edges = near ? pixAnd(NULL, near, mark) : NULL;
    bool is = !edges || (float)ocr_ink_count(edges) > FRINGE * (float)ocr_ink_count(mark);
    pixDestroy(&edges);
    pixDestroy(&near);
    return is;
}

static bool is_mark(PIX *mark, PIX *ink, float dpi)
{
    return !is_fringe(mark, ink) && count_crossed(mark, ink, dpi) >= CROSSED_LEAST;
}

/* Adds the coloured pixels of one group to `marks` if they are one. */
static void look_at(PIX *coloured, PIX *ink, PIX *group, BOX *box, float dpi, PIX *marks)
{
    l_int32 x, y, width, height;
    boxGetGeometry(box, &x, &y, &width, &height);
    if ((float)(width > height ? width : height) < SHORTEST * dpi)
        return;
    BOX *padded = boxCreateValid(x - TOUCH < 0 ? 0 : x - TOUCH, y - TOUCH < 0 ? 0 : y - TOUCH,
                                 width + 2 * TOUCH, height + 2 * TOUCH);
    BOX *near = padded ? boxClipToRectangle(padded, pixGetWidth(ink), pixGetHeight(ink)) : NULL;
    PIX *others = near ? pixClipRectangle(ink, near, NULL) : NULL;
    PIX *mark = others ? pixCreateTemplate(others) : NULL;
    PIX *own = pixClipRectangle(coloured, box, NULL);
    l_int32 nx = 0, ny = 0;
    if (near)
        boxGetGeometry(near, &nx, &ny, NULL, NULL);
    if (mark && own) {
        pixAnd(own, own, group);
        pixRasterop(mark, x - nx, y - ny, width, height, PIX_SRC, own, 0, 0);
        if (is_mark(mark, others, dpi))
            pixRasterop(marks, x, y, width, height, PIX_SRC | PIX_DST, own, 0, 0);
    }
    pixDestroy(&own);
    pixDestroy(&mark);
    pixDestroy(&others);
    boxDestroy(&near);
    boxDestroy(&padded);
}

/* Takes out what hangs together with something thicker than a stroke: grounds and pictures. */
static void drop_thick(PIX *rest, float dpi)
{
    l_int32 thick = (l_int32)(THICKEST * dpi) + 1;
    PIX *core = pixErodeBrick(NULL, rest, thick, thick);
    PIX *whole = core ? pixSeedfillBinary(NULL, core, rest, 8) : NULL;
    if (whole)
        pixSubtract(rest, rest, whole);
    pixDestroy(&whole);
    pixDestroy(&core);
}

/* Forms and tables are ruled in colour, too, and letters touch their rules and cut them. */
static void drop_rules(PIX *rest, bool horizontal, float dpi)
{
    PIX *bridged = ocr_paper_close_along(rest, horizontal, (int)(CUT * dpi));
    PIX *rules = bridged ? ocr_paper_open_along(bridged, horizontal, (int)(RULE * dpi)) : NULL;
    PIX *edged = rules ? pixDilateBrick(NULL, rules, TOUCH, TOUCH) : NULL;
    if (edged)
        pixSubtract(rest, rest, edged);
    pixDestroy(&edged);
    pixDestroy(&rules);
    pixDestroy(&bridged);
}

static PIX *strokes_of(PIX *coloured, float dpi)
{
    PIX *rest = pixCopy(NULL, coloured);
    if (rest) {
        drop_thick(rest, dpi);
        drop_rules(rest, true, dpi);
        drop_rules(rest, false, dpi);
    }
    return rest;
}

static PIX *find_marks(PIX *coloured, PIX *others, float dpi)
{
    l_int32 apart = (l_int32)(APART * dpi) | 1;
    PIX *joined = pixCloseSafeBrick(NULL, coloured, apart, apart);
    PIX *marks = joined ? pixCreateTemplate(coloured) : NULL;
    PIXA *groups = NULL;
    BOXA *boxes = marks ? pixConnComp(joined, &groups, 8) : NULL;
    l_int32 count = boxaGetCount(boxes);
    for (l_int32 i = 0; i < count && i < MOST_GROUPS; i++) {
        BOX *box = boxaGetBox(boxes, i, L_CLONE);
        PIX *group = pixaGetPix(groups, i, L_CLONE);
        look_at(coloured, others, group, box, dpi, marks);
        boxDestroy(&box);
        pixDestroy(&group);
    }
    boxaDestroy(&boxes);
    pixaDestroy(&groups);
    pixDestroy(&joined);
    if (ocr_ink_count(marks) == 0)
        pixDestroy(&marks);
    return marks;
}

PIX *ocr_colour_find_overprint(PIX *coloured, PIX *ink, float dpi)
{
    PIX *others = pixSubtract(NULL, ink, coloured);
    PIX *strokes = strokes_of(coloured, dpi);
    PIX *marks = others && strokes ? find_marks(strokes, others, dpi) : NULL;
    pixDestroy(&strokes);
    pixDestroy(&others);
    return marks;
}

uint32_t ocr_colour_of(const ocr_paper *paper, PIX *ink, int x, int y)
{
    PIX *marked = paper->overprint ? pixCopy(NULL, ink) : NULL;
    if (!marked)
        return 0;
    pixRasterop(marked, 0, 0, pixGetWidth(ink), pixGetHeight(ink), PIX_SRC & PIX_DST,
                paper->overprint, x, y);
    bool is_mark = 2 * ocr_ink_count(marked) > ocr_ink_count(ink);
    pixDestroy(&marked);
    return is_mark ? paper->overprint_colour : 0;
}
