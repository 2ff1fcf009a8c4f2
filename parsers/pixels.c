#include "parsers/pixels.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <leptonica/allheaders.h>

#include "parsers/exif.h"

enum {
    MAX_SIDE = 40000,
    LEAST_DPI = 50, /* files that know nothing say 1, 72 or 96 */
    SCREEN_DPI = 96,
    MOST_DPI = 2400,
    JPEG_QUALITY = 72, /* print is as sharp as at 90, in half the bytes */
};
/* Of a page, decoded: A3 at 600 dpi in colour. */
#define MAX_BYTES ((uint64_t)400 << 20)

static const struct {
    int format; /* of Leptonica */
    const char *media_type;
} types[] = {
    {IFF_BMP, "image/bmp"},
    {IFF_JFIF_JPEG, "image/jpeg"},
    {IFF_PNG, "image/png"},
    {IFF_TIFF, "image/tiff"},
    {IFF_TIFF_PACKBITS, "image/tiff"},
    {IFF_TIFF_RLE, "image/tiff"},
    {IFF_TIFF_G3, "image/tiff"},
    {IFF_TIFF_G4, "image/tiff"},
    {IFF_TIFF_LZW, "image/tiff"},
    {IFF_TIFF_ZIP, "image/tiff"},
    {IFF_TIFF_JPEG, "image/tiff"},
    {IFF_PNM, "image/x-portable-anymap"},
    {IFF_GIF, "image/gif"},
    {IFF_JP2, "image/jp2"},
    {IFF_WEBP, "image/webp"},
};

/* Leptonica's severities do not hold back all that it says. */
static void say_nothing(const char *message)
{
    (void)message;
}

/*
 * Decoders of PNG and JPEG write what is wrong with a file to the standard error stream, whoever
 * uses them. glibc lets the stream be another one for so long.
 */
typedef struct hush {
    FILE *stream, *before;
} hush;

#ifdef __GLIBC__
static ssize_t swallow(void *cookie, const char *bytes, size_t size)
{
    (void)cookie;
    (void)bytes;
    return (ssize_t)size;
}

static hush hush_begin(void)
{
    hush h = {fopencookie(NULL, "w", (cookie_io_functions_t){.write = swallow}), stderr};
    if (h.stream)
        stderr = h.stream;
    return h;
}

static void hush_end(hush h)
{
    stderr = h.before;
    if (h.stream)
        fclose(h.stream);
}
#else
static hush hush_begin(void)
{
    return (hush){0};
}

static void hush_end(hush h)
{
    (void)h;
}
#endif

static int format_of(quire_bytes file)
{
    l_int32 format = IFF_UNKNOWN;
    setMsgSeverity(L_SEVERITY_NONE);
    leptSetStderrHandler(say_nothing);
    if (file.size < 16 || findFileFormatBuffer(file.data, &format) != 0)
        return IFF_UNKNOWN;
    return format;
}

const char *quire_pixels_media_type(quire_bytes file)
{
    int format = format_of(file);
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (types[i].format == format)
            return types[i].media_type;
    return NULL;
}

static bool is_tiff(quire_bytes file)
{
    const char *type = quire_pixels_media_type(file);
    return type && strcmp(type, "image/tiff") == 0;
}

int quire_pixels_pages(quire_bytes file)
{
    l_int32 count = 1;
    if (!is_tiff(file))
        return 1;
    FILE *stream = fmemopen((void *)file.data, file.size, "rb");
    if (!stream || tiffGetCount(stream, &count) != 0)
        count = 1;
    if (stream)
        fclose(stream);
    return count < 1 ? 1 : count > QUIRE_MAX_PAGES ? QUIRE_MAX_PAGES : count;
}

/* ---- decoding ---- */

typedef struct header {
    l_int32 width, height, bits, samples;
} header;

static bool read_loud_header(quire_bytes file, int page, header *h)
{
    l_int32 format;
    if (is_tiff(file))
        return readHeaderMemTiff(file.data, file.size, page - 1, &h->width, &h->height, &h->bits,
                                 &h->samples, NULL, NULL, NULL) == 0;
    if (format_of(file) == IFF_GIF) {
        *h = (header){file.data[6] | file.data[7] << 8, file.data[8] | file.data[9] << 8, 8, 1};
        return true;
    }
    return pixReadHeaderMem(file.data, file.size, &format, &h->width, &h->height, &h->bits,
                            &h->samples, NULL) == 0;
}

static bool read_header(quire_bytes file, int page, header *h)
{
    hush quiet = hush_begin();
    bool is_read = read_loud_header(file, page, h);
    hush_end(quiet);
    return is_read;
}

static quire_status check_size(const header *h, int page, quire_error *error)
{
    if (h->width < 1 || h->height < 1)
        return quire_fail(error, QUIRE_MALFORMED, "parse", page, "the image has no pixels");
    uint64_t bits = h->samples > 1 ? 32 : (uint64_t)(h->bits > 0 ? h->bits : 8);
    uint64_t bytes = (uint64_t)h->width * (uint64_t)h->height * bits / 8;
    if (h->width > MAX_SIDE || h->height > MAX_SIDE || bytes > MAX_BYTES)
        return quire_fail(error, QUIRE_LIMIT, "parse", page,
                          "an image of %d x %d pixels is too large to read", h->width, h->height);
    return QUIRE_OK;
}

static PIX *read_pix(quire_bytes file, int page)
{
    hush h = hush_begin();
    PIX *pix = is_tiff(file) ? pixReadMemTiff(file.data, file.size, page - 1)
                             : pixReadMem(file.data, file.size);
    hush_end(h);
    return pix;
}

/* `pix` with `made` in its place; NULL stays NULL. */
static PIX *exchange(PIX *pix, PIX *made)
{
    if (pix != made)
        pixDestroy(&pix);
    return made;
}

static PIX *turn(PIX *pix, int quarters)
{
    return quarters ? exchange(pix, pixRotateOrth(pix, quarters)) : pix;
}

/* What a camera says of how it was held: mirrored first, then turned. */
static PIX *set_upright(PIX *pix, int orientation)
{
    static const struct {
        bool mirrored;
        int quarters; /* clockwise */
    } turns[] = {{false, 0}, {false, 0}, {true, 0}, {false, 2}, {true, 2},
                 {true, 3},  {false, 1}, {true, 1}, {false, 3}};
    if (turns[orientation].mirrored)
        pix = exchange(pix, pixFlipLR(NULL, pix));
    return pix ? turn(pix, turns[orientation].quarters) : NULL;
}

/* What is see-through shows white paper. */
static PIX *lay_on_white(PIX *pix)
{
    if (pixGetDepth(pix) != 32 || pixGetSpp(pix) != 4)
        return pix;
    return exchange(pix, pixAlphaBlendUniform(pix, 0xFFFFFF00));
}

static int dpi_of(const PIX *pix)
{
    int x = pixGetXRes(pix), y = pixGetYRes(pix);
    bool is_sensible = x > LEAST_DPI && x <= MOST_DPI && abs(x - y) * 20 <= x;
    return is_sensible && x != 72 && x != SCREEN_DPI ? x : 0;
}

quire_status quire_pixels_decode(quire_bytes file, int page, quire_pixels *pixels,
                                 quire_error *error)
{
    *pixels = (quire_pixels){0};
    header h = {0};
    if (!read_header(file, page, &h))
        return quire_fail(error, QUIRE_MALFORMED, "parse", page, "the image cannot be decoded");
    quire_status status = check_size(&h, page, error);
    if (status != QUIRE_OK)
        return status;
    PIX *pix = read_pix(file, page);
    pix = pix ? lay_on_white(pix) : NULL;
    if (pix && format_of(file) == IFF_JFIF_JPEG)
        pix = set_upright(pix, quire_exif_orientation(file));
    if (!pix)
        return quire_fail(error, QUIRE_MALFORMED, "parse", page, "the image cannot be decoded");
    *pixels =
        (quire_pixels){pix, pixGetWidth(pix), pixGetHeight(pix), pixGetDepth(pix), dpi_of(pix)};
    return QUIRE_OK;
}

static size_t bytes_of_row(const quire_samples *s)
{
    return ((size_t)s->width * (size_t)s->bits * (size_t)s->colours + 7) / 8;
}

static unsigned index_at(const uint8_t *row, int32_t x, int32_t bits)
{
    size_t at = (size_t)x * (size_t)bits;
    return row[at / 8] >> (8 - (size_t)bits - at % 8) & ((1U << bits) - 1);
}

static void copy_samples(const quire_samples *s, int32_t y, l_uint32 *line)
{
    const uint8_t *row = s->data + bytes_of_row(s) * (size_t)y;
    for (int32_t x = 0; x < s->width; x++) {
        const uint8_t *colour =
            s->palette ? s->palette + 3 * index_at(row, x, s->bits) : row + 3 * x;
        if (s->palette || s->colours == 3)
            composeRGBPixel(colour[0], colour[1], colour[2], &line[x]);
        else if (s->bits == 8)
            SET_DATA_BYTE(line, x, s->inverted ? 255 - row[x] : row[x]);
        else if ((row[x / 8] >> (7 - x % 8) & 1) == s->inverted)
            SET_DATA_BIT(line, x); /* black to Leptonica */
    }
}

static bool are_readable(const quire_samples *s)
{
    bool is_depth = s->bits == 8 || (s->colours == 1 && s->bits == 1) ||
                    (s->palette && (s->bits == 2 || s->bits == 4));
    bool is_upright = !s->inverted || (s->colours == 1 && !s->palette);
    const header h = {s->width, s->height, s->bits, s->palette ? 3 : s->colours};
    return is_depth && is_upright && (s->colours == 1 || (s->colours == 3 && !s->palette)) &&
           check_size(&h, 1, NULL) == QUIRE_OK && s->size >= bytes_of_row(s) * (size_t)s->height;
}

quire_status quire_pixels_of_samples(const quire_samples *s, quire_pixels *pixels)
{
    *pixels = (quire_pixels){0};
    if (!are_readable(s))
        return QUIRE_UNSUPPORTED;
    PIX *pix = pixCreate(s->width, s->height, s->palette || s->colours == 3 ? 32 : s->bits);
    if (!pix)
        return QUIRE_LIMIT;
    for (int32_t y = 0; y < s->height; y++)
        copy_samples(s, y, pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix));
    *pixels = (quire_pixels){pix, s->width, s->height, pixGetDepth(pix), 0};
    return QUIRE_OK;
}

/* About as light as the eye takes it. */
static uint8_t grey_of(const uint8_t *colour)
{
    return (uint8_t)((3 * colour[0] + 4 * colour[1] + colour[2]) / 8);
}

static void copy_colours(const quire_samples *s, const uint8_t *row, uint8_t *out)
{
    for (int32_t x = 0; x < s->width; x++)
        out[x] = grey_of(row + 3 * x);
}

/* Of indices and greys; `greys` has one for each value. */
static void copy_values(const quire_samples *s, const uint8_t *row, const uint8_t greys[256],
                        uint8_t *out)
{
    for (int32_t x = 0; x < s->width; x++)
        out[x] = greys[s->bits == 8 ? row[x] : index_at(row, x, s->bits)];
}

static void list_greys(const quire_samples *s, uint8_t greys[256])
{
    unsigned most = (1U << s->bits) - 1;
    for (unsigned i = 0; i <= most; i++)
        greys[i] = s->palette    ? grey_of(s->palette + 3 * i)
                   : s->inverted ? (uint8_t)(255 - i * 255 / most)
                                 : (uint8_t)(i * 255 / most);
}

quire_status quire_pixels_grey_of_samples(const quire_samples *s, quire_raster *raster)
{
    *raster = (quire_raster){0};
    if (!are_readable(s))
        return QUIRE_UNSUPPORTED;
    uint8_t *grey = malloc((size_t)s->width * (size_t)s->height);
    if (!grey)
        return QUIRE_LIMIT;
    uint8_t greys[256];
    list_greys(s, greys);
    for (int32_t y = 0; y < s->height; y++) {
        const uint8_t *row = s->data + bytes_of_row(s) * (size_t)y;
        uint8_t *out = grey + (size_t)y * (size_t)s->width;
        if (s->colours == 3)
            copy_colours(s, row, out);
        else
            copy_values(s, row, greys, out);
    }
    *raster = (quire_raster){grey, s->width, s->height, s->width, 1, 0};
    return QUIRE_OK;
}

void quire_pixels_clear(quire_pixels *pixels)
{
    PIX *pix = pixels->pix;
    pixDestroy(&pix);
    *pixels = (quire_pixels){0};
}

/* ---- copies ---- */

static bool has_colour(PIX *pix)
{
    l_int32 colours = pixGetDepth(pix) == 32;
    if (pixGetColormap(pix))
        pixcmapHasColor(pixGetColormap(pix), &colours);
    return colours;
}

static PIX *convert(PIX *pix, bool colour, int32_t width)
{
    bool is_as_asked = colour && pixGetDepth(pix) == 32;
    PIX *converted = is_as_asked ? pixClone(pix)
                     : colour    ? pixConvertTo32(pix)
                                 : pixConvertTo8(pix, 0);
    if (!converted || width >= pixGetWidth(converted))
        return converted;
    return exchange(converted, pixScaleToSize(converted, width, 0));
}

static void copy_row(const l_uint32 *line, uint8_t *row, int32_t width, bool colour)
{
    for (int32_t x = 0; x < width && !colour; x++)
        row[x] = GET_DATA_BYTE(line, x);
    for (int32_t x = 0; x < width && colour; x++) {
        row[3 * x] = (uint8_t)(line[x] >> L_RED_SHIFT);
        row[3 * x + 1] = (uint8_t)(line[x] >> L_GREEN_SHIFT);
        row[3 * x + 2] = (uint8_t)(line[x] >> L_BLUE_SHIFT);
    }
}

quire_status quire_pixels_copy(const quire_pixels *pixels, bool colour, int32_t width,
                               quire_raster *raster)
{
    *raster = (quire_raster){0};
    colour = colour && has_colour(pixels->pix);
    PIX *pix = convert(pixels->pix, colour, width);
    if (!pix)
        return QUIRE_LIMIT;
    int32_t w = pixGetWidth(pix), h = pixGetHeight(pix), channels = colour ? 3 : 1;
    uint8_t *bytes = malloc((size_t)w * (size_t)channels * (size_t)h);
    for (int32_t y = 0; bytes && y < h; y++)
        copy_row(pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix),
                 bytes + (size_t)y * (size_t)w * (size_t)channels, w, colour);
    pixDestroy(&pix);
    if (!bytes)
        return QUIRE_LIMIT;
    *raster = (quire_raster){bytes, w, h, w * channels, channels, 0};
    return QUIRE_OK;
}

/* ---- files ---- */

static void fill_row(const uint8_t *row, l_uint32 *line, const quire_raster *raster)
{
    for (int32_t x = 0; x < raster->width; x++) {
        if (raster->channels == 1)
            SET_DATA_BYTE(line, x, row[x]);
        else
            composeRGBPixel(row[3 * x], row[3 * x + 1], row[3 * x + 2], &line[x]);
    }
}

quire_status quire_pixels_write_png(const quire_raster *raster, quire_picture *picture)
{
    *picture = (quire_picture){.media_type = "image/png"};
    PIX *pix = pixCreate(raster->width, raster->height, raster->channels == 1 ? 8 : 32);
    if (!pix)
        return QUIRE_LIMIT;
    for (int32_t y = 0; y < raster->height; y++)
        fill_row(raster->pixels + (size_t)y * (size_t)raster->stride,
                 pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), raster);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    int failed = pixWriteMemPng(&bytes, &size, pix, 0);
    pixDestroy(&pix);
    picture->bytes = failed ? NULL : bytes;
    picture->size = failed ? 0 : size;
    return failed ? QUIRE_LIMIT : QUIRE_OK;
}

quire_status quire_picture_of(const quire_raster *raster, quire_picture *picture)
{
    *picture = (quire_picture){.media_type = "image/jpeg"};
    PIX *pix = pixCreate(raster->width, raster->height, raster->channels == 1 ? 8 : 32);
    if (!pix)
        return QUIRE_LIMIT;
    for (int32_t y = 0; y < raster->height; y++)
        fill_row(raster->pixels + (size_t)y * (size_t)raster->stride,
                 pixGetData(pix) + (size_t)y * (size_t)pixGetWpl(pix), raster);
    l_uint8 *bytes = NULL;
    size_t size = 0;
    int failed = pixWriteMemJpeg(&bytes, &size, pix, JPEG_QUALITY, 0);
    pixDestroy(&pix);
    picture->bytes = failed ? NULL : bytes;
    picture->size = failed ? 0 : size;
    return failed ? QUIRE_LIMIT : QUIRE_OK;
}

void quire_picture_clear(quire_picture *picture)
{
    free(picture->bytes);
    *picture = (quire_picture){0};
}
