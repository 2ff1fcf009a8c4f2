/*
 * How large the type is, from the heights of words whose letters are known.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_SIZES_H
#define QUIRE_OCR_SIZES_H

#include "ocr/engine.h"

/* Sets `em` of the lines from `first_line` on; lines without a measurable word stay 0. */
void ocr_sizes_measure(ocr_text *text, size_t first_line);
/* The median over lines, in pixels; 0: none is measured. */
float ocr_sizes_median(const ocr_text *text);
/* Lets lines that differ by no more than an error of measuring have one size. */
void ocr_sizes_settle(ocr_text *text);

#endif
