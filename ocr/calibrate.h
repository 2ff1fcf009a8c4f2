/*
 * How likely a word is right, from what the engine said of it and from where it stands: of words
 * with the confidence 0.9 nine in ten are.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_CALIBRATE_H
#define QUIRE_OCR_CALIBRATE_H

#include "ocr/engine.h"
#include "ocr/paper.h"

/*
 * Replaces the confidence of words in Latin letters, which was the engine's own, and of figures
 * beside them. Words by hand get half at most. `dropped`: words of the same page that were noise.
 * The last act of reading, since all rules of this room speak of the engine's confidence.
 */
void ocr_calibrate(ocr_text *text, int dropped);
/*
 * Writes what that is made of, a line of JSON for each word, and one before them for the page, to
 * fit the weights with (bench/ocr-calibrate). Call it before.
 */
void ocr_calibrate_tell(ocr_text *text, int dropped, const ocr_paper *paper, const quire_page *page,
                        quire_sink *sink);

#endif
