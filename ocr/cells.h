/*
 * A page that is mostly tables, cut into its cells before anything is read.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_CELLS_H
#define QUIRE_OCR_CELLS_H

#include "ocr/paper.h"

/*
 * Boxes of the runs of letters of such a page, from the top, in pixels; NULL: the page is no such
 * page, or memory is short.
 */
BOXA *ocr_cells_find(const ocr_paper *paper);

#endif
