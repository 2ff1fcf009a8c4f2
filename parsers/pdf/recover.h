/*
 * A PDF whose cross-reference table, trailer, catalog or page tree is lost, made whole again: the
 * bytes that are there, with new objects, a new cross-reference and a trailer behind them. It
 * invents structure, and reads lost Latin fonts as such; nothing that a page shows is made up.
 */
#ifndef QUIRE_PDF_RECOVER_H
#define QUIRE_PDF_RECOVER_H

#include "parsers/pdf/scan.h"

typedef struct quire_recovery {
    quire_bytes file; /* the new file; released by quire_recovery_clear() */
    int32_t pages; /* surviving pages in its page tree */
    int32_t pages_lost; /* nodes that the page tree names and that are not there */
    int32_t streams_cut; /* streams that the file ends in */
    GArray *guessed; /* int32_t numbers of fonts whose text is read as Latin, ascending */
    int32_t fonts_lost; /* of which the text cannot be read */
    bool trailer_lost; /* no trailer names a catalog that is there */
    bool encrypted;
    bool key_lost; /* encrypted, and what its key is made from went with the trailer */
} quire_recovery;

/* Makes the new file, with an empty page tree where no page survives. */
void quire_recovery_init(quire_recovery *recovery, const quire_scan *scan);
void quire_recovery_clear(quire_recovery *recovery);

#endif
