/*
 * Two readings of the same pixels, compared word by word: what both say is more likely to be there.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_AGREEMENT_H
#define QUIRE_OCR_AGREEMENT_H

#include "ocr/engine.h"

typedef struct ocr_reading {
    const ocr_text *text;
    uint32_t first, end; /* words of it */
} ocr_reading;

/* Sets `second` of the words of `kept`, which lie in `text`, by what the other reading says. */
void ocr_agreement_mark(ocr_text *text, uint32_t first, uint32_t end, ocr_reading other);

#endif
