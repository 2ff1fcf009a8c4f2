/*
 * How the type is set, by the strokes of its letters: bold, italic, black or grey.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_STROKES_H
#define QUIRE_OCR_STROKES_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/* Sets `bold` and `italic` of words and `grey` of lines. Lines know their size by now. */
void ocr_strokes_measure(ocr_text *text, const ocr_paper *paper);

#endif
