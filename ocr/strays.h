/*
 * Ink that looks like text and that no word covers: what the engine's own search for columns and
 * lines passed over.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_STRAYS_H
#define QUIRE_OCR_STRAYS_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/* Boxes of lines of such ink, from the top; NULL: none. */
BOXA *ocr_strays_find(const ocr_paper *paper, const ocr_text *text);
/* The same of `ink` that no word was read from, of the size of the paper. */
BOXA *ocr_strays_in(PIX *ink, const ocr_paper *paper, const ocr_text *text);

#endif
