/*
 * Codes for machines in a drawn page.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_BARCODES_H
#define QUIRE_OCR_BARCODES_H

#include "core/core.h"
#include "page/page.h"

/* A quick look at a picture that stands upright; a reader of codes takes ten times as long. */
bool ocr_barcodes_are_likely(const quire_raster *raster);

/* Reads the codes in the raster, whose upper left corner stands at `corner` on the page (points),
 * and sets them in `page`, all of it in `arena`. Without the library there are none. */
void ocr_barcodes_read(const quire_raster *raster, quire_point corner, quire_arena *arena,
                       quire_page *page);

#endif
