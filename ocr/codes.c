/*
 * Which parts of pages with text of their own are drawn to look for barcodes:
 *
 *     [pict]    a picture as high as wide, or wide and low, that is no photograph
 *     ||||||    many bars of one height, one after the other
 *     ##_#_#    many small squares
 */
#include "ocr/barcodes.h"
#include "ocr/ocr.h"

#include <math.h>

#define CODE_LEAST 18.0f /* points: the shorter side of bars in a picture */
#define SQUARE_LEAST 28.0f /* 10 mm: 21 modules that a telephone can read */
#define SQUARE_MOST 170.0f /* 60 mm: larger ones hang on walls, not on pages with text */
#define CODE_MOST 320.0f
#define SQUARE 1.25f /* longer side to the shorter one */
#define SQUARE_PICTURE 1.04f /* whose sides are those of the code */
#define BARS_LEAST 1.4f
#define BARS_MOST 7.0f
#define MODULE 12.0f /* points: bars and squares of a code are not wider */
#define APART 0.4f /* points between the left sides of two bars, at least: modules have 0.5 */
#define DARK_LEAST 0.25 /* of a code is ink */
#define QUIET 12.0f /* points of white that are drawn around a code */
#define POINTS 72.0 /* an inch */
#define DPI 200.0
#define LEAST_DPI 150.0
#define MOST_PIXELS 12e6 /* that are drawn */
#define MOST_IMAGE_PIXELS 50e6
#define MOST_STORED 4e6 /* pixels that are looked at as they are; finer ones are drawn coarser */

enum { MOST_IMAGES = 24, BARS = 18, MODULES = 24 }; /* a Data Matrix of 10 x 10 has 29 runs */

/* Photographs are compressed as such, and codes nearly never are. */
static bool is_code_like(const quire_image *image)
{
    float width = quire_box_width(image->box), height = quire_box_height(image->box);
    float longer = fmaxf(width, height), shorter = fminf(width, height);
    float shape = shorter > 0 ? longer / shorter : INFINITY;
    bool photograph = image->filter[0] == 'D' || image->filter[0] == 'J'; /* DCT, JPX */
    bool square = shape <= SQUARE_PICTURE && shorter >= SQUARE_LEAST && longer <= SQUARE_MOST;
    bool bars = shape >= BARS_LEAST && shape <= BARS_MOST && shorter >= CODE_LEAST;
    return longer <= CODE_MOST && !photograph && (square || bars);
}

/* Bars that follow each other, of one height; empty: too few. Lines that are drawn over each other,
 * or side by side to thicken one, are one bar. */
static quire_box box_of_bars(const quire_page *page)
{
    size_t run = 0;
    quire_box all = quire_box_empty(), box = all;
    for (size_t i = 1; i < page->rule_count; i++) {
        const quire_box *a = &page->rules[i - 1].box, *b = &page->rules[i].box;
        bool alike = !page->rules[i].horizontal && fabsf(a->y0 - b->y0) < 1 &&
                     fabsf(a->y1 - b->y1) < 1 && fabsf(b->x0 - a->x1) < MODULE;
        if (alike && fabsf(b->x0 - a->x0) < APART)
            continue;
        run = alike ? run + 1 : 0;
        box = alike ? quire_box_union(box, quire_box_union(*a, *b)) : quire_box_empty();
        if (run >= BARS)
            all = quire_box_union(all, box);
    }
    return all;
}

/* Small squares drawn one after the other. */
typedef struct squares {
    quire_box box;
    double area; /* of them all */
    size_t count;
} squares;

/* About half of a code is dark. */
static bool are_code(const squares *s)
{
    float width = quire_box_width(s->box), height = quire_box_height(s->box);
    return s->count >= MODULES && width <= CODE_MOST &&
           fmaxf(width, height) <= SQUARE * fminf(width, height) &&
           s->area >= DARK_LEAST * quire_box_area(s->box);
}

/* Many small squares, in a square; empty: none. */
static quire_box box_of_modules(const quire_page *page)
{
    quire_box all = quire_box_empty();
    squares run = {.box = all};
    for (size_t i = 0; i < page->fill_count; i++) {
        quire_box box = page->fills[i].box;
        if (quire_box_height(box) > MODULE || quire_box_width(box) > 3 * MODULE)
            continue;
        quire_box near = {box.x0 - MODULE, box.y0 - MODULE, box.x1 + MODULE, box.y1 + MODULE};
        if (run.count > 0 && !quire_box_overlaps(near, run.box)) {
            all = are_code(&run) ? quire_box_union(all, run.box) : all;
            run = (squares){.box = quire_box_empty()};
        }
        run.box = quire_box_union(run.box, box);
        run.area += quire_box_area(box);
        run.count++;
    }
    return are_code(&run) ? quire_box_union(all, run.box) : all;
}

/* Where paths may draw a code; empty: nowhere. */
static quire_box box_of_paths(const quire_page *page)
{
    return quire_box_union(box_of_bars(page), box_of_modules(page));
}

static bool shows_code(const quire_page *page, quire_box box)
{
    for (size_t i = 0; i < page->barcode_count; i++)
        if (quire_box_overlaps(page->barcodes[i].box, box))
            return true;
    return false;
}

static void note_codeless(quire_ocr_known *known, const quire_page *page)
{
    for (size_t i = 0; i < page->image_count && page->image_count <= MOST_IMAGES; i++) {
        const quire_image *image = &page->images[i];
        if (is_code_like(image) && !shows_code(page, image->box))
            quire_ocr_know(known, image);
    }
}

/* Dots an inch of its own; neither coarser than modules of a point need, nor finer than codes do.
 */
static double dpi_of(const quire_image *image)
{
    double inches = hypot(image->matrix.a, image->matrix.b) / POINTS;
    return inches > 0 ? fmin(DPI, fmax(LEAST_DPI, image->width / inches)) : DPI;
}

/* Does the picture look like a code? Its own pixels tell it where they can be had, and cheaper. */
static bool looks_like_code(quire_ocr_draw_fn draw, void *user, const quire_page *page,
                            const quire_image *image)
{
    quire_raster raster;
    quire_error ignored = {0};
    quire_ocr_drawing drawing = {.page = page->number,
                                 .dpi = dpi_of(image),
                                 .part = image->box,
                                 .image = image,
                                 .as_stored = true};
    bool is_large = (double)image->width * image->height > MOST_STORED;
    if (is_large || draw(user, &drawing, &raster, &ignored) != QUIRE_OK) {
        drawing.as_stored = false;
        drawing.image = NULL;
        if (draw(user, &drawing, &raster, &ignored) != QUIRE_OK)
            return false;
    }
    bool likely = ocr_barcodes_are_likely(&raster);
    quire_raster_clear(&raster);
    return likely;
}

static quire_box with_quiet(quire_box box, const quire_page *page)
{
    quire_box grown = {box.x0 - QUIET, box.y0 - QUIET, box.x1 + QUIET, box.y1 + QUIET};
    return quire_box_intersection(grown, (quire_box){0, 0, page->width, page->height});
}

/* Where there may be codes; empty: nowhere. */
static quire_box find_area(quire_ocr_draw_fn draw, void *user, const quire_ocr_known *known,
                           const quire_page *page)
{
    quire_box area = box_of_paths(page);
    for (size_t i = 0; i < page->image_count && page->image_count <= MOST_IMAGES; i++) {
        const quire_image *image = &page->images[i];
        if (is_code_like(image) && !quire_ocr_knows(known, image) &&
            looks_like_code(draw, user, page, image))
            area = quire_box_union(area, image->box);
    }
    return quire_box_is_empty(area) ? area : with_quiet(area, page);
}

static quire_status read_area(quire_ocr_draw_fn draw, void *user, const quire_ocr_drawing *drawing,
                              quire_arena *arena, quire_page *page, quire_error *error)
{
    quire_raster raster;
    double pixel = POINTS / drawing->dpi;
    quire_point corner = {(float)(floor(drawing->part.x0 / pixel) * pixel),
                          (float)(floor(drawing->part.y0 / pixel) * pixel)};
    quire_status status = draw(user, drawing, &raster, error);
    if (status != QUIRE_OK)
        return status;
    ocr_barcodes_read(&raster, corner, arena, page);
    quire_raster_clear(&raster);
    return QUIRE_OK;
}

quire_status quire_ocr_read_codes(quire_ocr_draw_fn draw, void *user, quire_ocr_known *known,
                                  quire_arena *arena, quire_page *page, quire_error *error)
{
    for (size_t i = 0; i < page->image_count; i++)
        if ((double)page->images[i].width * page->images[i].height > MOST_IMAGE_PIXELS)
            return QUIRE_OK;
    quire_box area = find_area(draw, user, known, page);
    double inches = quire_box_area(area) / (POINTS * POINTS);
    quire_status status = QUIRE_OK;
    if (!quire_box_is_empty(area)) {
        double dpi = inches > 0 ? fmin(DPI, sqrt(MOST_PIXELS / inches)) : DPI;
        quire_ocr_drawing drawing = {.page = page->number, .dpi = dpi, .part = area};
        status = read_area(draw, user, &drawing, arena, page, error);
    }
    if (status == QUIRE_OK)
        note_codeless(known, page);
    return status;
}
