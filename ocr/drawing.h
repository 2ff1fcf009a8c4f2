/*
 * What is to be drawn of a page that is read: how finely, in colour or grey, or its only image.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_DRAWING_H
#define QUIRE_OCR_DRAWING_H

#include "ocr/ocr.h"

/*
 * Of the page, or of `picture` on it (points; without area: the page), at `dpi` dots an inch, 0: as
 * many as its own pixels have; in colour only where `colour` is wanted and may be. QUIRE_LIMIT
 * when an image on it is too large to be decoded.
 */
quire_status ocr_drawing_of(const quire_page *page, quire_box picture, double dpi, bool colour,
                            quire_ocr_drawing *drawing, quire_error *error);

#endif
