/*
 * Pages that are read from their pixels: asks ocr/ which, lets the parser draw them, and tells
 * what came of it.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_RECOGNISE_H
#define QUIRE_PIPELINE_RECOGNISE_H

#include "ocr/ocr.h"
#include "pipeline/source.h"

typedef struct quire_recogniser {
    const quire_options *options;
    const quire_source_file *source;
    double deadline; /* of quire_clock() for the document; INFINITY: none */
    quire_ocr *ocr; /* NULL until a page needs it */
    double page_deadline; /* of the page at hand, its drawing included */
    quire_ocr_known codeless, textless; /* pictures of the document */
} quire_recogniser;

/*
 * Reads `page` where it needs that; *why says so then, else it is NULL. What cannot be read leaves
 * page->status and message. Returns QUIRE_OK, or why the document must stop: the languages that
 * were asked for are not there.
 */
quire_status quire_recogniser_read(quire_recogniser *recogniser, quire_arena *arena,
                                   quire_page *page, const char **why, quire_error *error);
/* Reads all of a page that has nothing on it yet, whatever its file says. */
quire_status quire_recogniser_see(quire_recogniser *recogniser, quire_arena *arena,
                                  quire_page *page, quire_error *error);
void quire_recogniser_clear(quire_recogniser *recogniser);

#endif
