#include "parsers/pdf/samples.h"

#include <math.h>
#include <string.h>

#define POINTS 72.0
#define MOST_PIXELS 64e6 /* that are held as they are; Poppler draws larger ones row by row */

enum { PALETTE = 256 };

int quire_samples_components(const quire_object *space)
{
    const char *name = quire_object_name(
        quire_object_kind(space) == QUIRE_OBJECT_ARRAY ? quire_object_at(space, 0) : space);
    if (strcmp(name, "DeviceRGB") == 0 || strcmp(name, "CalRGB") == 0)
        return 3;
    if (strcmp(name, "DeviceGray") == 0 || strcmp(name, "CalGray") == 0)
        return 1;
    int count = strcmp(name, "ICCBased") == 0
                    ? quire_object_find_integer(quire_object_at(space, 1), "N", 0)
                    : 0;
    return count == 1 || count == 3 ? count : 0;
}

/* Whether 0 is white, by the only decode arrays that scanners write; false: another one. */
static bool read_decode(const quire_object *image, bool *inverted)
{
    const quire_object *decode = quire_object_find(image, "Decode");
    int count = decode ? quire_object_count(decode) : 0;
    if (count == 0)
        return true;
    double first = quire_object_number_at(decode, 0, -1);
    double second = quire_object_number_at(decode, 1, -1);
    *inverted = first == 1 && second == 0;
    return count == 2 && (*inverted || (first == 0 && second == 1));
}

/* Colours of a palette, red green blue each; false: `space` is none, or one of other colours. */
static bool read_palette(const quire_object *space, uint8_t colours[3 * PALETTE])
{
    if (quire_object_kind(space) != QUIRE_OBJECT_ARRAY ||
        !quire_object_is_name(quire_object_at(space, 0), "Indexed"))
        return false;
    int components = quire_samples_components(quire_object_at(space, 1));
    const quire_object *table = quire_object_at(space, 3);
    quire_stream_bytes stream = {0};
    size_t size;
    const uint8_t *bytes = (const uint8_t *)quire_object_string(table, &size);
    if (quire_object_read_stream(table, 3 * PALETTE, &stream)) {
        bytes = stream.data;
        size = stream.size;
    }
    for (size_t i = 0; components > 0 && i < 3 * PALETTE; i++) {
        size_t at = components == 3 ? i : i / 3;
        colours[i] = at < size ? bytes[at] : 0;
    }
    quire_stream_bytes_clear(&stream);
    return components > 0;
}

/* What the samples of an image mean; `palette` is room for its colours. */
static bool describe(const quire_object *image, uint8_t palette[3 * PALETTE],
                     quire_samples *samples)
{
    const quire_object *space = quire_object_find(image, "ColorSpace");
    bool is_stencil = quire_object_find_boolean(image, "ImageMask", false);
    *samples = (quire_samples){
        .width = quire_object_find_integer(image, "Width", 0),
        .height = quire_object_find_integer(image, "Height", 0),
        .bits = is_stencil ? 1 : quire_object_find_integer(image, "BitsPerComponent", 0),
        .colours = is_stencil ? 1
                   : space    ? quire_samples_components(space)
                              : 0};
    if (space && !is_stencil && read_palette(space, palette)) {
        samples->colours = 1;
        samples->palette = palette;
    }
    return samples->colours > 0 && read_decode(image, &samples->inverted) &&
           (double)samples->width * samples->height <= MOST_PIXELS;
}

/* The samples of an image; `bytes` holds them, for the caller to clear. */
static bool open_samples(const quire_object *image, uint8_t palette[3 * PALETTE],
                         quire_stream_bytes *bytes, quire_samples *samples)
{
    if (!describe(image, palette, samples) ||
        !quire_object_read_samples(image, QUIRE_MAX_STREAM_BYTES, bytes))
        return false;
    samples->data = bytes->data;
    samples->size = bytes->size;
    return true;
}

bool quire_samples_read(const quire_object *image, quire_pixels *pixels)
{
    uint8_t palette[3 * PALETTE];
    quire_stream_bytes bytes = {0};
    quire_samples samples;
    *pixels = (quire_pixels){0};
    bool is_read = open_samples(image, palette, &bytes, &samples) &&
                   quire_pixels_of_samples(&samples, pixels) == QUIRE_OK;
    quire_stream_bytes_clear(&bytes);
    return is_read;
}

static bool read_grey(const quire_object *image, quire_raster *raster)
{
    uint8_t palette[3 * PALETTE];
    quire_stream_bytes bytes = {0};
    quire_samples samples;
    *raster = (quire_raster){0};
    bool is_read = open_samples(image, palette, &bytes, &samples) &&
                   quire_pixels_grey_of_samples(&samples, raster) == QUIRE_OK;
    quire_stream_bytes_clear(&bytes);
    return is_read;
}

/* Paper shows through where the mask is dark (soft), or light (a stencil). */
static void lay_on_paper(quire_raster *raster, const quire_raster *mask, bool is_stencil)
{
    bool is_fitting = mask->width == raster->width;
    for (int y = 0; y < raster->height; y++) {
        uint8_t *row = raster->pixels + (ptrdiff_t)y * raster->stride;
        const uint8_t *over =
            mask->pixels + (int64_t)y * mask->height / raster->height * mask->stride;
        for (int x = 0; x < raster->width; x++) {
            int opaque = over[is_fitting ? x : (int64_t)x * mask->width / raster->width];
            opaque = is_stencil ? 255 - opaque : opaque;
            row[x] = (uint8_t)(255 - opaque * (255 - row[x]) / 255);
        }
    }
}

/* Masks of colours are left: nothing that is told apart by colour alone is a code. */
static bool apply_mask(const quire_object *image, quire_raster *raster)
{
    const quire_object *soft = quire_object_find(image, "SMask");
    const quire_object *mask = soft ? soft : quire_object_find(image, "Mask");
    quire_raster over = {0};
    if (!mask || quire_object_kind(mask) != QUIRE_OBJECT_STREAM)
        return true;
    bool is_read = read_grey(mask, &over);
    if (is_read)
        lay_on_paper(raster, &over, !soft);
    quire_raster_clear(&over);
    return is_read;
}

bool quire_samples_read_masked(quire_pdf *pdf, const quire_image *image, quire_raster *raster)
{
    if (image->object < 0)
        return false;
    size_t mark = quire_objects_mark(pdf->objects);
    const quire_object *object =
        quire_objects_fetch(pdf->objects, image->object, image->generation);
    *raster = (quire_raster){0};
    bool is_read = object && read_grey(object, raster) && apply_mask(object, raster);
    quire_objects_release(pdf->objects, mark);
    double inches = hypot(image->matrix.a, image->matrix.b) / POINTS;
    raster->dpi = inches > 0 ? (float)(raster->width / inches) : 0;
    if (!is_read)
        quire_raster_clear(raster);
    return is_read;
}
