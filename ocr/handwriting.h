/*
 * Handwriting: told from print by how its strokes stand. It is read no better for it, and what was
 * read in it is believed less (calibrate.h).
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_HANDWRITING_H
#define QUIRE_OCR_HANDWRITING_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/* Sets paper->handwriting, and `by_hand` of the words that stand in it. */
void ocr_handwriting_find(ocr_paper *paper, ocr_text *text);

#endif
