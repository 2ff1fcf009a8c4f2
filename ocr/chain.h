/*
 * What was done to a page to read it, told in sentences.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_CHAIN_H
#define QUIRE_OCR_CHAIN_H

#include "ocr/languages.h"
#include "ocr/ocr.h"
#include "ocr/paper.h"

typedef struct ocr_chain {
    const char *why; /* it was read; half a sentence */
    bool is_picture; /* on a page with text of its own */
    const ocr_language *language; /* that was found; without a name: it was told */
    int width, height; /* pixels as drawn */
    float dpi;
    int cells; /* read one by one; 0: the engine found what to read */
    bool softened; /* the reading of softer edges was kept */
    int retried, better; /* lines read once more; those of which that reading was kept */
    int parts, turned; /* that look as if on their side; those of them that read well so */
    int turned_words;
    int strays; /* words that were read where the first reading saw nothing */
    int overprinted; /* words that were read in coloured marks */
    int dropped; /* words that were noise */
    float confidence; /* mean of all words */
    float engine_confidence; /* the same before it was calibrated */
} ocr_chain;

/* Adds to page->notes. */
void ocr_chain_tell(const ocr_chain *chain, const ocr_paper *paper, quire_arena *arena,
                    quire_page *page);

#endif
