/*
 * Image files as pixels, for image.c: which format, how many pages, how large, how they stand.
 * Leptonica decodes; this header keeps its types in pixels.c.
 */
#ifndef QUIRE_PARSERS_PIXELS_H
#define QUIRE_PARSERS_PIXELS_H

#include "core/core.h"
#include "page/page.h"
#include "parsers/parser.h"

/* Media type of an image file that can be read, by its first bytes; NULL: none. Static. */
const char *quire_pixels_media_type(quire_bytes file);
/* Pages of a file that is one; at least 1, more only of a TIFF. */
int quire_pixels_pages(quire_bytes file);

/* A page that is decoded, the right way up as far as the file says so. */
typedef struct quire_pixels {
    void *pix; /* Leptonica's; NULL: none */
    int32_t width, height, bits, dpi; /* dpi 0: the file does not say, or nothing sensible */
} quire_pixels;

/* QUIRE_MALFORMED, or QUIRE_LIMIT before anything large is decoded. Clear `pixels` either way. */
quire_status quire_pixels_decode(quire_bytes file, int page, quire_pixels *pixels,
                                 quire_error *error);
/* Rows of samples as a PDF holds them, each from a whole byte: 8 bits of 3 colours, 1 or 8 of grey,
 * 1 to 8 of a palette's indices. */
typedef struct quire_samples {
    const uint8_t *data;
    size_t size;
    int32_t width, height, bits, colours;
    const uint8_t *palette; /* 256 colours, red green blue; NULL: the samples are grey or colours */
    bool inverted; /* 0 is white */
} quire_samples;

/* QUIRE_UNSUPPORTED for other samples, or too few. Clear `pixels` either way. */
quire_status quire_pixels_of_samples(const quire_samples *samples, quire_pixels *pixels);
/* The same in grey, without Leptonica's copy between. */
quire_status quire_pixels_grey_of_samples(const quire_samples *samples, quire_raster *raster);
/* A copy, no wider than `width`; in colour where that is asked for and there is any. */
quire_status quire_pixels_copy(const quire_pixels *pixels, bool colour, int32_t width,
                               quire_raster *raster);
void quire_pixels_clear(quire_pixels *pixels);
/* The raster as a PNG file, in `picture`; QUIRE_LIMIT where it cannot be made. */
quire_status quire_pixels_write_png(const quire_raster *raster, quire_picture *picture);

#endif
