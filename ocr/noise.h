/*
 * Words that are none: specks, stamps, edges of pictures and handwriting that an engine made
 * letters of.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_NOISE_H
#define QUIRE_OCR_NOISE_H

#include "ocr/engine.h"

/* Is `word` to be kept? `stray`: it was read where the engine's own search found no text. */
bool ocr_word_is_sound(const ocr_text *text, const ocr_word *word, bool stray);
/* Empties the words from `first` on that are not sound. */
void ocr_noise_drop(ocr_text *text, size_t first, bool stray);

#endif
