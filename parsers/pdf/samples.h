/*
 * The pixels of images whose streams hold plain samples (ISO 32000-1, 8.9.5), without Poppler's
 * drawing. It knows grey, red green blue and palettes of them; other colours have to be drawn, and
 * JPEG is left to picture.c.
 */
#ifndef QUIRE_PARSERS_PDF_SAMPLES_H
#define QUIRE_PARSERS_PDF_SAMPLES_H

#include "parsers/pdf/pdf.h"
#include "parsers/pixels.h"

/* Components of a colour space that image files hold as it is, 1 or 3; 0: another one. */
int quire_samples_components(const quire_object *space);
/* The pixels of an image that no mask is laid over. False: it has to be drawn. Clear `pixels`. */
bool quire_samples_read(const quire_object *image, quire_pixels *pixels);
/*
 * An image by itself in grey on white paper, its mask applied, as quire_parser.draw() wants it.
 * False: it has to be drawn.
 */
bool quire_samples_read_masked(quire_pdf *pdf, const quire_image *image, quire_raster *raster);

#endif
