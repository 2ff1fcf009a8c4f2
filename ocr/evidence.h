/*
 * From what an engine read to glyphs of the page, beside those that are there.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_EVIDENCE_H
#define QUIRE_OCR_EVIDENCE_H

#include "ocr/engine.h"
#include "ocr/ocr.h"
#include "ocr/paper.h"

/* Adds words and rules; what the judgement gives up of the page's own text is marked so. */
void ocr_evidence_add(const ocr_paper *paper, const ocr_text *text,
                      const quire_ocr_judgement *judgement, quire_arena *arena, quire_page *page);

/* Where a box of the paper, in pixels, stands on its page once that is straight. */
quire_box ocr_evidence_box(const ocr_paper *paper, quire_box box);

#endif
