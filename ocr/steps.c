/*
 * The names of the steps that make a page fit to be read.
 */
#include "ocr/ocr.h"

static const char *const names[QUIRE_OCR_STEPS] = {
    [QUIRE_OCR_OVERPRINT] = "overprint",
    [QUIRE_OCR_LEVEL] = "level",
    [QUIRE_OCR_ENLARGE] = "enlarge",
    [QUIRE_OCR_STRAIGHTEN] = "straighten",
    [QUIRE_OCR_DARKEN] = "darken",
    [QUIRE_OCR_LIFT] = "lift",
    [QUIRE_OCR_CELLS] = "cells",
    [QUIRE_OCR_TURN] = "turn",
    [QUIRE_OCR_SIDEWAYS] = "sideways",
    [QUIRE_OCR_SOFTEN] = "soften",
    [QUIRE_OCR_RETRY] = "retry",
    [QUIRE_OCR_STRAYS] = "strays",
    [QUIRE_OCR_NOISE] = "noise",
    [QUIRE_OCR_SPACES] = "spaces",
    [QUIRE_OCR_HANDWRITING] = "handwriting",
    [QUIRE_OCR_SCRIBBLES] = "scribbles",
};

const char *quire_ocr_step_name(int step)
{
    return step >= 0 && step < QUIRE_OCR_STEPS ? names[step] : 0;
}
