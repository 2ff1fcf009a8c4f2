/*
 * Pictures on pages that have text of their own: do their pixels show rows of letters?
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_PICTURES_H
#define QUIRE_OCR_PICTURES_H

#include <leptonica/allheaders.h>

#include "ocr/ocr.h"

/* `grey` is 8 bits deep, `ink` of the same 1 bit. A few milliseconds. */
bool ocr_pictures_bear_text(PIX *grey, PIX *ink);

#endif
