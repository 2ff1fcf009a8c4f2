/*
 * Image files: each page is one picture and nothing else. What it says is for recognition to read.
 *
 * A page needs a size in points. Scanners write their resolution down and are believed; screens
 * and cameras write 72, 96 or nothing, and their picture is taken for a sheet of letter paper.
 */
#include <stdlib.h>
#include <string.h>

#include "parsers/pixels.h"
#include "parsers/registry.h"
#include "parsers/tiff.h"

#define SHEET_SIDE 11.0 /* inches, the longer one */
#define POINTS 72.0 /* an inch */

enum { LEAST_ASSUMED_DPI = 72, MOST_ASSUMED_DPI = 600, BID = 90 };

struct quire_reader {
    quire_bytes file;
    quire_facts facts;
    quire_pixels pixels; /* of page `decoded` */
    int decoded; /* 0: none */
};

static int probe(quire_bytes input)
{
    return quire_pixels_media_type(input) ? BID : 0;
}

static quire_status open_image(quire_bytes input, const quire_parse_options *options,
                               quire_reader **reader, quire_error *error)
{
    (void)options;
    quire_reader *opened = calloc(1, sizeof *opened);
    if (!opened)
        return quire_fail(error, QUIRE_LIMIT, "open", 0, "out of memory");
    opened->file = input;
    opened->facts.media_type = quire_pixels_media_type(input);
    opened->facts.page_count = quire_pixels_pages(input);
    opened->facts.recovered =
        strcmp(opened->facts.media_type, "image/tiff") == 0 && quire_tiff_is_cut(input);
    *reader = opened;
    return QUIRE_OK;
}

static const quire_facts *facts(quire_reader *reader)
{
    return &reader->facts;
}

static quire_status decode(quire_reader *reader, int number, quire_error *error)
{
    if (reader->decoded == number)
        return QUIRE_OK;
    quire_pixels_clear(&reader->pixels);
    reader->decoded = 0;
    quire_status status = quire_pixels_decode(reader->file, number, &reader->pixels, error);
    reader->decoded = status == QUIRE_OK ? number : 0;
    return status;
}

static double dpi_of(const quire_pixels *pixels)
{
    if (pixels->dpi > 0)
        return pixels->dpi;
    int32_t side = pixels->width > pixels->height ? pixels->width : pixels->height;
    double dpi = side / SHEET_SIDE;
    return dpi < LEAST_ASSUMED_DPI  ? LEAST_ASSUMED_DPI
           : dpi > MOST_ASSUMED_DPI ? MOST_ASSUMED_DPI
                                    : dpi;
}

static quire_image picture_of(const quire_page *page, const quire_pixels *pixels)
{
    return (quire_image){
        .box = {0, 0, page->width, page->height},
        .matrix = {page->width, 0, 0, page->height, 0, 0},
        .width = (uint32_t)pixels->width,
        .height = (uint32_t)pixels->height,
        .bits = (uint8_t)(pixels->bits > 8 ? 8 : pixels->bits),
        .object = -1,
        .generation = -1,
        .tag = -1,
    };
}

static quire_status parse_page(quire_reader *reader, int number, quire_arena *arena,
                               quire_page *page)
{
    quire_error error = {0};
    *page = (quire_page){.number = number, .user_unit = 1, .text = ""};
    page->status = decode(reader, number, &error);
    if (page->status != QUIRE_OK) {
        page->message = quire_arena_text(arena, error.message, strlen(error.message));
        return page->status;
    }
    double dpi = dpi_of(&reader->pixels);
    page->width = (float)(reader->pixels.width * POINTS / dpi);
    page->height = (float)(reader->pixels.height * POINTS / dpi);
    quire_image *picture = quire_arena_new_of(arena, quire_image);
    *picture = picture_of(page, &reader->pixels);
    page->images = picture;
    page->image_count = 1;
    return QUIRE_OK;
}

static quire_status draw(quire_reader *reader, const quire_draw_request *request,
                         quire_raster *raster, quire_error *error)
{
    *raster = (quire_raster){0};
    quire_status status = decode(reader, request->page, error);
    if (status != QUIRE_OK)
        return status;
    const quire_pixels *pixels = &reader->pixels;
    double own = dpi_of(pixels), share = request->dpi < own ? request->dpi / own : 1;
    int32_t width = (int32_t)(pixels->width * share + 0.5);
    status = quire_pixels_copy(pixels, request->colour, width < 1 ? 1 : width, raster);
    if (status != QUIRE_OK)
        return quire_fail(error, status, "draw", request->page, "the image is too large to read");
    raster->dpi = (float)(own * raster->width / pixels->width);
    return QUIRE_OK;
}

/* Pixels from `start` to `end` of a side, in points of a page with so many dots per inch. */
static void pixel_range(float start, float end, double dpi, int32_t most, int32_t range[2])
{
    range[0] = (int32_t)(start / POINTS * dpi);
    range[1] = (int32_t)(end / POINTS * dpi + 0.5);
    range[0] = range[0] < 0 ? 0 : range[0];
    range[1] = range[1] > most ? most : range[1];
}

static quire_status picture(quire_reader *reader, const quire_picture_request *request,
                            quire_picture *kept, quire_error *error)
{
    quire_raster raster;
    *kept = (quire_picture){0};
    const quire_draw_request whole = {
        .page = request->page, .dpi = INFINITY, .colour = true, .deadline = request->deadline};
    quire_status status = draw(reader, &whole, &raster, error);
    if (status != QUIRE_OK)
        return status;
    int32_t x[2], y[2];
    pixel_range(request->box.x0, request->box.x1, raster.dpi, raster.width, x);
    pixel_range(request->box.y0, request->box.y1, raster.dpi, raster.height, y);
    quire_raster part = raster;
    part.width = x[1] - x[0];
    part.height = y[1] - y[0];
    part.pixels += (size_t)(y[0] * raster.stride + x[0] * raster.channels);
    bool is_empty = part.width < 1 || part.height < 1;
    status = is_empty ? QUIRE_LIMIT : quire_pixels_write_png(&part, kept);
    quire_raster_clear(&raster);
    if (status != QUIRE_OK)
        quire_fail(error, status, "picture", request->page, "a part of the image cannot be kept");
    return status;
}

static void close_image(quire_reader *reader)
{
    if (reader)
        quire_pixels_clear(&reader->pixels);
    free(reader);
}

const quire_parser quire_image_parser = {
    .name = "image",
    .extensions = "png jpg jpeg tif tiff webp jp2 bmp gif pnm pgm pbm ppm",
    .media_type = "image/*",
    .summary =
        "Scans and pictures: TIFF (of many pages), PNG, JPEG, WebP, JPEG 2000, BMP, GIF, PNM",
    .probe = probe,
    .open = open_image,
    .facts = facts,
    .parse_page = parse_page,
    .draw = draw,
    .picture = picture,
    .close = close_image,
};
