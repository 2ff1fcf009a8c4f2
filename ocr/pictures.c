/*
 * Pictures on pages that have text of their own: which of them may bear text.
 *
 *     +-----------------+
 *     |  ##    Yields   |     letters stand in rows, all of one height; the pieces of a photograph
 *     | ## ## ##  2019  |     have any size, and what lies beside them has another
 *     +-----------------+
 */
#include "ocr/pictures.h"

#include "ocr/paper.h"

#include <math.h>

#define SIDE_LEAST 36.0f /* points */
#define SHARE_LEAST 0.015f /* of the page: smaller ones are logos and icons */
#define DPI_LEAST 60.0f /* letters of coarser pictures cannot be read */
#define TOUCH 1.5f /* points between parts of one picture */
#define POINTS 72.0f /* an inch */
#define MOST_IMAGE_PIXELS 50e6f

enum {
    MOST_IMAGES = 64, /* more are a map, or a drawing made of images */
    GROUND_GLYPHS = 120, /* of the page's own on a picture: it is what they stand on */
};

bool quire_ocr_knows(const quire_ocr_known *known, const quire_image *image)
{
    for (size_t i = 0; i < known->count; i++)
        if (image->object >= 0 && known->objects[i] == image->object)
            return true;
    return false;
}

void quire_ocr_know(quire_ocr_known *known, const quire_image *image)
{
    if (known->count < QUIRE_OCR_KNOWN && image->object >= 0 && !quire_ocr_knows(known, image))
        known->objects[known->count++] = image->object;
}

static bool is_readable(const quire_image *image)
{
    const quire_matrix *m = &image->matrix;
    float across = hypotf((float)m->a, (float)m->b), down = hypotf((float)m->c, (float)m->d);
    float width = (float)image->width, height = (float)image->height;
    return across > 0 && down > 0 && width / across * POINTS >= DPI_LEAST &&
           height / down * POINTS >= DPI_LEAST && width * height <= MOST_IMAGE_PIXELS;
}

/* Joins `box` to those it touches. */
static size_t join(quire_box *boxes, size_t count, quire_box box)
{
    for (size_t i = 0; i < count; i++) {
        quire_box near = {boxes[i].x0 - TOUCH, boxes[i].y0 - TOUCH, boxes[i].x1 + TOUCH,
                          boxes[i].y1 + TOUCH};
        if (!quire_box_overlaps(near, box))
            continue;
        box = quire_box_union(boxes[i], box);
        boxes[i] = boxes[--count];
        i = (size_t)-1;
    }
    boxes[count] = box;
    return count + 1;
}

static bool is_ground(const quire_page *page, quire_box box)
{
    int glyphs = 0;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
        glyphs += !(glyph->flags & (QUIRE_GLYPH_HIDDEN | QUIRE_GLYPH_SPACE)) &&
                  quire_box_holds_point(box, x, y);
    }
    return glyphs >= GROUND_GLYPHS;
}

static bool is_large(const quire_page *page, quire_box box)
{
    return quire_box_width(box) >= SIDE_LEAST && quire_box_height(box) >= SIDE_LEAST &&
           quire_box_area(box) >= SHARE_LEAST * page->width * page->height;
}

size_t quire_ocr_find_pictures(const quire_page *page, const quire_ocr_known *textless,
                               quire_box pictures[QUIRE_OCR_MOST_PICTURES])
{
    quire_box boxes[MOST_IMAGES], paper = {0, 0, page->width, page->height};
    size_t count = 0, found = 0;
    for (size_t i = 0; i < page->image_count && page->image_count <= MOST_IMAGES; i++) {
        const quire_image *image = &page->images[i];
        quire_box box = quire_box_intersection(image->box, paper);
        if (!quire_box_is_empty(box) && is_readable(image) && !quire_ocr_knows(textless, image))
            count = join(boxes, count, box);
    }
    for (size_t i = 0; i < count && found < QUIRE_OCR_MOST_PICTURES; i++)
        if (is_large(page, boxes[i]) && !is_ground(page, boxes[i]))
            pictures[found++] = boxes[i];
    return found;
}

/* ---- pixels ---- */

/* Of the median letter. */
#define LETTER_LEAST 0.6f
#define LETTER_MOST 2.2f
#define GAP 0.9f /* between letters of a row */
#define ROW_MOST 2.6f /* its height */
#define ROW_LEAST 1.8f /* its width, of its height */
#define ROWS_SHARE 0.4f /* of the letter-like pieces stand in rows */
#define ROWS_SHARE_DRAWN 0.05f /* where the picture is drawn */
#define FLAT_SHARE 0.4f /* of its pixels have one level */

enum {
    PIECE_LEAST = 5, /* pixels high */
    PIECE_MOST = 90,
    FEW_PIECES = 10,
    FEW_DRAWN = 6,
    MANY_PIECES = 8000,
    ROW_PIECES = 3,
};

static bool is_piece(l_int32 width, l_int32 height)
{
    return height >= PIECE_LEAST && height <= PIECE_MOST && width <= 3 * height &&
           height <= 8 * width;
}

static int median_height(BOXA *pieces)
{
    int counts[PIECE_MOST + 1] = {0}, all = 0, so_far = 0, height = 0;
    for (l_int32 i = 0; i < boxaGetCount(pieces); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        if (!is_piece(w, h))
            continue;
        counts[h]++;
        all++;
    }
    while (2 * so_far < all && height < PIECE_MOST)
        so_far += counts[++height];
    return all >= FEW_PIECES ? height : 0;
}

/* The boxes of letters painted, so that a smear joins those of a row; also added to `taken`. */
static PIX *paint_pieces(PIX *ink, BOXA *pieces, float letter, BOXA *taken)
{
    PIX *painted = pixCreateTemplate(ink);
    for (l_int32 i = 0; painted && i < boxaGetCount(pieces); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(pieces, i, &x, &y, &w, &h);
        if (!is_piece(w, h) || h < LETTER_LEAST * letter || h > LETTER_MOST * letter)
            continue;
        pixRasterop(painted, x, y, w, h, PIX_SET, NULL, 0, 0);
        boxaAddBox(taken, boxCreate(x, y, w, h), L_INSERT);
    }
    return painted;
}

/* Of the pieces in `taken` those that stand in rows. */
static int count_in_rows(PIX *painted, BOXA *taken, float letter)
{
    int in_rows = 0;
    PIX *smeared = ocr_paper_close_along(painted, true, (l_int32)(GAP * letter) | 1);
    BOXA *rows = smeared ? pixConnCompBB(smeared, 8) : NULL;
    for (l_int32 i = 0; i < boxaGetCount(rows); i++) {
        l_int32 x, y, w, h, inside = 0;
        boxaGetBoxGeometry(rows, i, &x, &y, &w, &h);
        BOX *row = boxaGetBox(rows, i, L_CLONE);
        if ((float)h <= ROW_MOST * letter && (float)w >= ROW_LEAST * (float)h)
            boxaContainedInBoxCount(taken, row, &inside);
        boxDestroy(&row);
        in_rows += inside >= ROW_PIECES ? inside : 0;
    }
    boxaDestroy(&rows);
    pixDestroy(&smeared);
    return in_rows;
}

/* One level of grey over much of it: drawn, where a photograph has shades. */
static bool is_drawn(PIX *grey)
{
    NUMA *levels = pixGetGrayHistogram(grey, 1);
    l_float32 most = 0;
    if (levels)
        numaGetMax(levels, &most, NULL);
    numaDestroy(&levels);
    return most >= FLAT_SHARE * (float)pixGetWidth(grey) * (float)pixGetHeight(grey);
}

bool ocr_pictures_bear_text(PIX *grey, PIX *ink)
{
    BOXA *pieces = pixConnCompBB(ink, 8);
    int letter = boxaGetCount(pieces) <= MANY_PIECES ? median_height(pieces) : 0;
    BOXA *taken = boxaCreate(0);
    PIX *painted = letter > 0 ? paint_pieces(ink, pieces, (float)letter, taken) : NULL;
    int in_rows = painted ? count_in_rows(painted, taken, (float)letter) : 0;
    bool drawn = is_drawn(grey);
    float least = (drawn ? ROWS_SHARE_DRAWN : ROWS_SHARE) * (float)boxaGetCount(taken);
    bool bears = in_rows >= (drawn ? FEW_DRAWN : FEW_PIECES) && (float)in_rows >= least;
    pixDestroy(&painted);
    boxaDestroy(&taken);
    boxaDestroy(&pieces);
    return bears;
}
