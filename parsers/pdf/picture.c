/*
 * Pictures to keep: an image's own bytes where a viewer shows them as the page does, else a part of
 * the page, drawn (ISO 32000-1, 8.9.5).
 *
 * A JPEG is kept as it is when nothing of the page changes it: it stands upright and whole, no
 * mask and no decode array is laid over it, and its colours are grey or red, green and blue.
 */
#include "parsers/exif.h"
#include "parsers/pdf/pdf.h"
#include "parsers/pdf/samples.h"
#include "parsers/pixels.h"

#include <math.h>
#include <string.h>

#define POINTS 72.0
#define DRAWING_DPI 200.0 /* of what has no pixels of its own */
#define LEAST_DPI 72.0
#define MOST_DPI 300.0
#define SQUARE 0.01 /* by which the sides of a pixel may differ */
#define SLACK 1.5f /* points by which boxes may differ */

static bool is_near(quire_box a, quire_box b)
{
    return fabsf(a.x0 - b.x0) <= SLACK && fabsf(a.y0 - b.y0) <= SLACK &&
           fabsf(a.x1 - b.x1) <= SLACK && fabsf(a.y1 - b.y1) <= SLACK;
}

/* Upright, not mirrored, and seen as far as it reaches. Page coordinates run downwards. */
static bool stands_whole(const quire_picture_request *request)
{
    const quire_matrix *m = &request->image->matrix;
    quire_box placed = quire_matrix_apply_box(*m, (quire_box){0, 0, 1, 1});
    return m->a > 0 && m->d < 0 && fabs(m->b) + fabs(m->c) < 0.01 &&
           is_near(placed, request->image->box) && is_near(placed, request->box);
}

static bool is_left_as_it_is(const quire_object *image)
{
    static const char *const changes[] = {"SMask", "Mask", "Decode", "SMaskInData"};
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++)
        if (quire_object_find(image, changes[i]))
            return false;
    const quire_object *space = quire_object_find(image, "ColorSpace");
    return space && quire_samples_components(space) > 0;
}

static bool keep_original(quire_pdf *pdf, const quire_picture_request *request,
                          quire_picture *picture)
{
    static const char *const media_types[] = {
        [QUIRE_IMAGE_JPEG] = "image/jpeg",
        [QUIRE_IMAGE_JPEG2000] = "image/jp2",
    };
    const quire_image *image = request->image;
    if (!image || image->object < 0 || !stands_whole(request))
        return false;
    quire_stream_bytes bytes = {0};
    const quire_object *object =
        quire_objects_fetch(pdf->objects, image->object, image->generation);
    quire_image_coding coding = QUIRE_IMAGE_OTHER;
    if (object && is_left_as_it_is(object))
        coding = quire_object_read_image_file(object, QUIRE_MAX_STREAM_BYTES, &bytes);
    if (coding == QUIRE_IMAGE_OTHER || bytes.size == 0 || bytes.cut) {
        quire_stream_bytes_clear(&bytes);
        return false;
    }
    *picture = (quire_picture){bytes.data, bytes.size, media_types[coding]};
    return true;
}

/* ---- an image that is the page ---- */

/* As many dots an inch along as down: pixels that are not square have to be drawn. */
static bool is_square(const quire_image *image)
{
    double across = image->width / hypot(image->matrix.a, image->matrix.b);
    double down = image->height / hypot(image->matrix.c, image->matrix.d);
    return fabs(across - down) <= SQUARE * across;
}

/* The pixels at the resolution asked for, at most their own. */
static quire_status take(const quire_pixels *pixels, const quire_draw_request *request,
                         quire_raster *raster)
{
    const quire_image *image = request->image;
    double own = image->width * POINTS / hypot(image->matrix.a, image->matrix.b);
    double share = request->dpi < own ? request->dpi / own : 1;
    quire_status status = quire_pixels_copy(pixels, request->colour,
                                            (int32_t)fmax(1, pixels->width * share + 0.5), raster);
    if (status == QUIRE_OK)
        raster->dpi = (float)(own * raster->width / pixels->width);
    return status;
}

/* Of a JPEG or JPEG 2000 file. */
static bool draw_file(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster)
{
    const quire_picture_request asked = {.page = request->page,
                                         .box = request->image->box,
                                         .image = request->image,
                                         .deadline = request->deadline};
    quire_picture file = {0};
    quire_pixels pixels = {0};
    if (!keep_original(pdf, &asked, &file))
        return false;
    quire_bytes bytes = {file.bytes, file.size};
    bool is_taken = quire_exif_orientation(bytes) == 1 &&
                    quire_pixels_decode(bytes, 1, &pixels, NULL) == QUIRE_OK &&
                    take(&pixels, request, raster) == QUIRE_OK;
    quire_pixels_clear(&pixels);
    quire_picture_clear(&file);
    return is_taken;
}

/* Of what a fax, a Flate or a JBIG2 stream holds. */
static bool draw_samples(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster)
{
    const quire_image *image = request->image;
    quire_pixels pixels = {0};
    const quire_object *object =
        quire_objects_fetch(pdf->objects, image->object, image->generation);
    bool is_taken =
        object && !quire_object_find(object, "SMask") && !quire_object_find(object, "Mask") &&
        !quire_object_find_boolean(object, "ImageMask", false) &&
        quire_samples_read(object, &pixels) && take(&pixels, request, raster) == QUIRE_OK;
    quire_pixels_clear(&pixels);
    return is_taken;
}

bool quire_pdf_draw_image(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster)
{
    const quire_image *image = request->image;
    if (!image || image->object < 0 || !is_square(image))
        return false;
    const quire_picture_request asked = {.box = image->box, .image = image};
    size_t mark = quire_objects_mark(pdf->objects);
    bool is_taken = stands_whole(&asked) &&
                    (draw_file(pdf, request, raster) || draw_samples(pdf, request, raster));
    quire_objects_release(pdf->objects, mark);
    return is_taken;
}

/* ---- drawn ---- */

/* As many dots as the image has of its own. */
static double dpi_of(const quire_picture_request *request)
{
    if (!request->image)
        return DRAWING_DPI;
    const quire_matrix *m = &request->image->matrix;
    double width = hypot(m->a, m->b) / POINTS;
    double dpi = width > 0 ? request->image->width / width : DRAWING_DPI;
    return fmin(MOST_DPI, fmax(LEAST_DPI, dpi));
}

static quire_status draw_part(quire_pdf *pdf, const quire_picture_request *request,
                              quire_picture *picture, quire_error *error)
{
    double dpi = dpi_of(request), scale = dpi / POINTS;
    quire_raster raster;
    const quire_draw_request asked = {
        .page = request->page,
        .dpi = dpi,
        .colour = true,
        .part = {floorf((float)(request->box.x0 * scale)), floorf((float)(request->box.y0 * scale)),
                 ceilf((float)(request->box.x1 * scale)), ceilf((float)(request->box.y1 * scale))},
        .deadline = request->deadline};
    quire_status status = quire_pdf_draw(pdf, &asked, &raster, error);
    if (status != QUIRE_OK)
        return status;
    status = quire_pixels_write_png(&raster, picture);
    quire_raster_clear(&raster);
    if (status != QUIRE_OK)
        quire_fail(error, status, "picture", request->page, "a figure cannot be written as PNG");
    return status;
}

quire_status quire_pdf_picture(quire_pdf *pdf, const quire_picture_request *request,
                               quire_picture *picture, quire_error *error)
{
    *picture = (quire_picture){0};
    size_t mark = quire_objects_mark(pdf->objects);
    bool is_kept = keep_original(pdf, request, picture);
    quire_objects_release(pdf->objects, mark);
    return is_kept ? QUIRE_OK : draw_part(pdf, request, picture, error);
}
