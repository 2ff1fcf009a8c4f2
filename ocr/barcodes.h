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

bool ocr_datamatrix_is_likely(const quire_raster *raster); /* the same, for Data Matrix */

/* Codes of a page in the making. */
typedef struct ocr_barcodes_found {
    float scale; /* points of a pixel */
    quire_point corner; /* of the raster, on the page */
    quire_arena *arena;
    quire_barcode *codes;
    size_t count;
} ocr_barcodes_found;

/* `name` is that of the symbology. `bytes` are read as UTF-8, else as Latin-1, up to a NUL, and
 * copied; the box is in pixels of the raster. Codes that say nothing, are too long or too many are
 * left out. */
void ocr_barcodes_add(ocr_barcodes_found *found, const char *name, const char *bytes, size_t size,
                      quire_box pixels, float confidence);

/* Adds the Data Matrix codes in the raster. Without the library: none. */
void ocr_datamatrix_read(const quire_raster *raster, ocr_barcodes_found *found);

/* Reads the codes in the raster, whose upper left corner stands at `corner` on the page (points),
 * and sets them in `page`, all of it in `arena`. Without the libraries there are none. */
void ocr_barcodes_read(const quire_raster *raster, quire_point corner, quire_arena *arena,
                       quire_page *page);

#endif
