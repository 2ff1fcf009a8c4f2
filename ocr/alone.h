/*
 * Reads lines one by one, each cut out and with a margin about it: what is near a line misleads
 * the engine.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_ALONE_H
#define QUIRE_OCR_ALONE_H

#include "ocr/engine.h"
#include "ocr/paper.h"

typedef struct ocr_alone {
    const ocr_engine_type *type;
    ocr_engine *engine;
    int dpi;
    l_int32 margin; /* pixels */
    l_uint32 ground; /* grey level of the paper */
    double deadline;
    quire_error *error;
} ocr_alone;

/* For lines of this paper, or of a copy of its grey. */
ocr_alone ocr_alone_of(const ocr_engine_type *type, ocr_engine *engine, const ocr_paper *paper,
                       double deadline, quire_error *error);

/* Adds what stands in `line` of `pix` to `text`. The engine is left with a copy of the line. */
quire_status ocr_alone_read(const ocr_alone *alone, PIX *pix, BOX *line, ocr_text *text);

#endif
