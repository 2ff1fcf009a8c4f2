#include "ocr/drawing.h"

#include <math.h>

#define POINTS 72.0 /* an inch */
#define EDGE 1.0f /* points of the page that its image may leave free */
#define PAGE_SIZED 0.5f /* share of the page; such a picture tells the resolution */
#define MOST_PIXELS 40e6 /* of the page as it is read */
#define MOST_IMAGE_PIXELS 200e6 /* of one picture on it */

enum { LEAST_DPI = 72, MOST_DPI = 300 };

/* The resolution of the picture that is the page, or part of it; drawing at it changes no pixel. */
static double own_dpi(const quire_page *page, quire_box part, float least)
{
    double dpi = MOST_DPI;
    float largest = least * quire_box_area(part);
    for (size_t i = 0; i < page->image_count; i++) {
        const quire_image *image = &page->images[i];
        double side = hypot(image->matrix.a, image->matrix.b);
        float area = quire_box_area(quire_box_intersection(image->box, part));
        if (area < largest || side <= 0)
            continue;
        largest = area;
        dpi = image->width * POINTS / side;
    }
    return dpi;
}

static double choose_dpi(const quire_page *page, quire_box part, float least, double asked)
{
    double dpi = asked > 0 ? asked : fmin(own_dpi(page, part, least), MOST_DPI);
    double area = quire_box_area(part) / (POINTS * POINTS);
    dpi = fmax(dpi, LEAST_DPI);
    return area > 0 ? fmin(dpi, sqrt(MOST_PIXELS / area)) : dpi;
}

/* The image that is the page: it covers it, and nothing that can be seen stands over it. */
static const quire_image *only_image(const quire_page *page)
{
    const quire_image *image = page->images;
    size_t others = page->rule_count + page->fill_count + page->drawing_count +
                    page->annotation_count + page->widget_count;
    if (page->image_count != 1 || others > 0 || image->box.x0 > EDGE || image->box.y0 > EDGE ||
        image->box.x1 < page->width - EDGE || image->box.y1 < page->height - EDGE)
        return NULL;
    for (size_t i = 0; i < page->glyph_count; i++)
        if (!(page->glyphs[i].flags & (QUIRE_GLYPH_HIDDEN | QUIRE_GLYPH_SPACE)))
            return NULL;
    return image;
}

/* Poppler decodes such an image whole, and asks nobody how long that may take. */
static quire_status check_images(const quire_page *page, quire_box picture, quire_error *error)
{
    for (size_t i = 0; i < page->image_count; i++) {
        const quire_image *image = &page->images[i];
        bool is_shown = quire_box_area(picture) == 0 || quire_box_overlaps(picture, image->box);
        if (is_shown && (double)image->width * image->height > MOST_IMAGE_PIXELS)
            return quire_fail(error, QUIRE_LIMIT, "ocr", page->number,
                              "an image of %u x %u pixels is too large to be recognised",
                              image->width, image->height);
    }
    return QUIRE_OK;
}

/* Scans of two levels have no colour; pages without a picture are no scans. */
static bool may_be_coloured(const quire_page *page)
{
    for (size_t i = 0; i < page->image_count; i++)
        if (page->images[i].bits > 1)
            return true;
    return false;
}

quire_status ocr_drawing_of(const quire_page *page, quire_box picture, double dpi, bool colour,
                            quire_ocr_drawing *drawing, quire_error *error)
{
    bool is_page = quire_box_area(picture) == 0;
    quire_box part = is_page ? (quire_box){0, 0, page->width, page->height} : picture;
    *drawing = (quire_ocr_drawing){
        .page = page->number,
        .dpi = choose_dpi(page, part, is_page ? PAGE_SIZED : 0, dpi),
        .image = is_page ? only_image(page) : NULL,
        .part = picture,
        .colour = is_page && colour && may_be_coloured(page),
    };
    return check_images(page, picture, error);
}
