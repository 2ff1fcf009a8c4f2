/*
 * What is printed on a page in colour across its text: stamps, and lines of pens.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_COLOUR_H
#define QUIRE_OCR_COLOUR_H

#include "ocr/paper.h"

/*
 * Makes a raster of three channels one of grey, and returns which of its pixels are strongly
 * coloured (1 bit), NULL where none are, or memory is short; their mean colour (0xAARRGGBB) in
 * `colour`. A grey one stays as it is.
 */
PIX *ocr_colour_split(quire_raster *raster, uint32_t *colour);

/* The marks among `coloured` pixels that cross letters in `ink`, as pixels; NULL: there are none.
 */
PIX *ocr_colour_find_overprint(PIX *coloured, PIX *ink, float dpi);

/* The colour of what has this ink (1 bit) at `x`, `y`: that of the marks of the paper where most of
 * it is, else 0. */
uint32_t ocr_colour_of(const ocr_paper *paper, PIX *ink, int x, int y);

#endif
