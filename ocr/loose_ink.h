/*
 * Ink that no word explains: what scribbles, stamps and handwriting are looked for in. It knows
 * where words stand, and not what is left.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_LOOSE_INK_H
#define QUIRE_OCR_LOOSE_INK_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/* Does the word account for the ink it stands on? `em`: of the page's type, in pixels. */
typedef bool (*ocr_explains_fn)(const ocr_word *word, float em);

/* The ink of the paper without that of words which explain it, and without specks; the caller
 * destroys it. NULL: out of memory. */
PIX *ocr_ink_loose(const ocr_paper *paper, const ocr_text *text, float em,
                   ocr_explains_fn explains);
int ocr_ink_count(PIX *pix); /* pixels; NULL: none */
/* How thick strokes are, in pixels: what an outline around their ink leaves of it; 0: no ink. */
float ocr_ink_thickness(PIX *pix);

#endif
