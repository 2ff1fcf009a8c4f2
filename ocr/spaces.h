/*
 * Spaces that the engine did not see: "13 A" read as "13A".
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_SPACES_H
#define QUIRE_OCR_SPACES_H

#include "ocr/engine.h"

/* Parts words where the ink leaves as much white as a space does. Lines know their size by now. */
void ocr_spaces_restore(ocr_text *text, PIX *ink);

#endif
