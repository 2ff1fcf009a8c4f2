/*
 * Which pages with text of their own are drawn to look for barcodes:
 *
 *     [pict]    a picture as high as wide, or wide and low, that is no photograph
 *     ||||||    many bars of one height, one after the other
 *     ##_#_#    many small squares
 */
#include "ocr/barcodes.h"
#include "ocr/ocr.h"

#include <math.h>

#define CODE_LEAST 18.0f /* points: sides of a picture */
#define CODE_MOST 320.0f
#define SQUARE 1.25f /* longer side to the shorter one */
#define BARS_LEAST 1.4f
#define BARS_MOST 7.0f
#define MODULE 12.0f /* points: bars and squares of a code are not wider */
#define DPI 200.0
#define MOST_IMAGE_PIXELS 50e6

enum { MOST_IMAGES = 24, BARS = 18, MODULES = 100 };

/* Photographs are compressed as such, and codes nearly never are. */
static bool is_code_like(const quire_image *image)
{
    float width = quire_box_width(image->box), height = quire_box_height(image->box);
    float longer = fmaxf(width, height), shorter = fminf(width, height);
    float shape = shorter > 0 ? longer / shorter : INFINITY;
    bool photograph = image->filter[0] == 'D' || image->filter[0] == 'J'; /* DCT, JPX */
    return shorter >= CODE_LEAST && longer <= CODE_MOST && !photograph &&
           (shape <= SQUARE || (shape >= BARS_LEAST && shape <= BARS_MOST));
}

/* Bars that follow each other, of one height. */
static bool has_bars(const quire_page *page)
{
    size_t run = 0;
    for (size_t i = 1; i < page->rule_count && run < BARS; i++) {
        const quire_box *a = &page->rules[i - 1].box, *b = &page->rules[i].box;
        bool alike = !page->rules[i].horizontal && fabsf(a->y0 - b->y0) < 1 &&
                     fabsf(a->y1 - b->y1) < 1 && fabsf(b->x0 - a->x1) < MODULE;
        run = alike ? run + 1 : 0;
    }
    return run >= BARS;
}

static bool has_modules(const quire_page *page)
{
    size_t count = 0;
    quire_box all = quire_box_empty();
    for (size_t i = 0; i < page->fill_count; i++) {
        const quire_box *box = &page->fills[i].box;
        if (quire_box_height(*box) > MODULE || quire_box_width(*box) > 3 * MODULE)
            continue;
        count++;
        all = quire_box_union(all, *box);
    }
    float width = quire_box_width(all), height = quire_box_height(all);
    return count >= MODULES && width <= CODE_MOST &&
           fmaxf(width, height) <= SQUARE * fminf(width, height);
}

bool quire_ocr_wants_codes(const quire_page *page)
{
    bool pictures = false;
    for (size_t i = 0; i < page->image_count && page->image_count <= MOST_IMAGES; i++)
        pictures |= is_code_like(&page->images[i]);
    return pictures || has_bars(page) || has_modules(page);
}

quire_status quire_ocr_read_codes(quire_ocr_draw_fn draw, void *user, quire_arena *arena,
                                  quire_page *page, quire_error *error)
{
    quire_raster raster;
    for (size_t i = 0; i < page->image_count; i++)
        if ((double)page->images[i].width * page->images[i].height > MOST_IMAGE_PIXELS)
            return QUIRE_OK;
    double inches = page->width * page->height / (72.0 * 72.0);
    double dpi = inches > 0 ? fmin(DPI, sqrt(12e6 / inches)) : DPI;
    quire_ocr_drawing drawing = {.page = page->number, .dpi = dpi};
    quire_status status = draw(user, &drawing, &raster, error);
    if (status != QUIRE_OK)
        return status;
    ocr_barcodes_read(&raster, arena, page);
    quire_raster_clear(&raster);
    return QUIRE_OK;
}
