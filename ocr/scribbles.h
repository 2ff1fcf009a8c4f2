/*
 * Ink that is neither type nor ruling: strokes of a pen, and stamps.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_SCRIBBLES_H
#define QUIRE_OCR_SCRIBBLES_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/* Sets paper->scribbles, stamps first; words that were read well explain their ink. */
void ocr_scribbles_find(ocr_paper *paper, const ocr_text *text);

/* stamps.c: outlines that stamps have, in ink of which nothing was taken but rules. */
void ocr_stamps_find(const ocr_paper *paper, ocr_scribble_list *found);

#endif
