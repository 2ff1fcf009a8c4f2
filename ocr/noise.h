/*
 * Words that are none: specks, stamps, edges of pictures and handwriting that an engine made
 * letters of.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_NOISE_H
#define QUIRE_OCR_NOISE_H

#include "ocr/engine.h"

/*
 * Empties the words from `first` on that are not sound; how many those are. `stray`: they were read
 * where the engine's own search found no text. `em`: size of most type in pixels, 0: not known.
 */
int ocr_noise_drop(ocr_text *text, size_t first, bool stray, float em);

#endif
