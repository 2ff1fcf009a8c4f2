/*
 * How large the type is, from the heights of words whose letters are known.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_SIZES_H
#define QUIRE_OCR_SIZES_H

#include "ocr/engine.h"

/* The size of one word by its letters, in pixels; 0: it has none. */
float ocr_sizes_word(const ocr_text *text, const ocr_word *word, int *letters);
/* Sets `em` of the lines from `first_line` on; lines without a measurable word stay 0. */
void ocr_sizes_measure(ocr_text *text, size_t first_line);
/* The median over lines, in pixels; 0: none is measured. */
float ocr_sizes_median(const ocr_text *text);
/* Lets lines that differ by no more than an error of measuring have one size. */
void ocr_sizes_settle(ocr_text *text);

#endif
