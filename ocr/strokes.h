/*
 * Which lines are set in bold type, by the thickness of their strokes.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_WEIGHT_H
#define QUIRE_OCR_WEIGHT_H

#include "ocr/engine.h"

/* Sets `bold` of lines whose size is measured. */
void ocr_weights_measure(ocr_text *text, PIX *ink);

#endif
