/*
 * Lines that were read with little confidence, read again from softened pixels; the surer reading
 * is kept.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_RETRY_H
#define QUIRE_OCR_RETRY_H

#include "ocr/chain.h"
#include "ocr/engine.h"
#include "ocr/paper.h"

/* How much was read, and how surely: the sum over symbols of their words' confidence. */
float ocr_text_weight(const ocr_text *text, uint32_t first_word, uint32_t end_word);
/* Mean of the same over symbols; 0 where there are none. */
float ocr_text_confidence(const ocr_text *text, uint32_t first_word, uint32_t end_word);

/* Whether there are lines that read badly. */
bool ocr_retry_is_needed(const ocr_text *text);
/* Leaves the engine showing `soft`, and counts in `chain`. QUIRE_LIMIT when the deadline passed. */
quire_status ocr_retry_lines(ocr_engine *engine, const ocr_engine_type *type, PIX *soft, int dpi,
                             double deadline, ocr_text *text, ocr_chain *chain, quire_error *error);

#endif
