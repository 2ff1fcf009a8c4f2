/*
 * In which language a page is written: by its script, then by what reads it best.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_LANGUAGES_H
#define QUIRE_OCR_LANGUAGES_H

#include "ocr/engine.h"

#define OCR_LANGUAGES_AUTO "auto"

enum { OCR_LANGUAGE_BYTES = 32 };

typedef struct ocr_language {
    char name[OCR_LANGUAGE_BYTES]; /* "eng", as its data is called; "": not found yet */
    char script[OCR_LANGUAGE_BYTES]; /* "Latin"; "": the page has too few letters to tell */
} ocr_language;

/* The engine that tells scripts. QUIRE_MISSING names the package of its data. */
quire_status ocr_languages_open(const ocr_engine_type *type, ocr_engine **scripts,
                                quire_error *error);
/*
 * Finds the language of `grey` among those installed, by `scripts`. QUIRE_MISSING names a package
 * where none is installed for what the page is written in.
 */
quire_status ocr_languages_find(const ocr_engine_type *type, ocr_engine *scripts, PIX *grey,
                                int dpi, double deadline, ocr_language *found, quire_error *error);

#endif
