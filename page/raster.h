/*
 * A page, or a part of it, as pixels: what a parser draws and recognition reads.
 */
#ifndef QUIRE_PAGE_RASTER_H
#define QUIRE_PAGE_RASTER_H

#include <stdint.h>

typedef struct quire_raster {
    uint8_t *pixels; /* rows from the top, `stride` bytes each; see quire_raster_clear() */
    int32_t width, height, stride;
    int32_t channels; /* 1: grey, 3: red green blue */
    float dpi; /* pixels per inch of the page as displayed */
} quire_raster;

void quire_raster_clear(quire_raster *raster); /* frees the pixels */

#endif
