/*
 * An incremental update (PDF 32000-1, 7.5.6): the bytes of a file as they are, and behind them the
 * objects that are new or changed, with a cross-reference section of the kind the file has. What
 * was not changed cannot be harmed: no image is touched, no signature of an older state is lost.
 */
#ifndef QUIRE_PARSERS_PDF_UPDATE_H
#define QUIRE_PARSERS_PDF_UPDATE_H

#include <glib.h>

#include "parsers/pdf/pdf.h"

typedef struct quire_update {
    GString *bytes; /* what stands behind the file */
    GArray *entries; /* number, generation, offset of each object */
    size_t file_size;
    int next; /* number of the next new object */
} quire_update;

void quire_update_init(quire_update *update, quire_pdf *pdf, size_t file_size);
void quire_update_clear(quire_update *update);

/* Begins an object; append its value to update->bytes and end it. `number` 0: a new one. */
int quire_update_begin(quire_update *update, int number, int generation);
void quire_update_end(quire_update *update);
/* A new stream of these bytes, deflated; `entries` are those of its dictionary. Its number. */
int quire_update_stream(quire_update *update, const char *entries, const char *bytes, size_t size);

/* The cross-reference section and the trailer. QUIRE_UNSUPPORTED where the file has none to go on
 * from. */
quire_status quire_update_finish(quire_update *update, quire_pdf *pdf, quire_bytes file,
                                 quire_error *error);

/* Appends an object as PDF writes it, references as references; what lies too deep is null. */
void quire_update_write(GString *out, const quire_object *object, int depth);
/* The entries of a dictionary without those in `except` (ends with NULL), without its brackets. */
void quire_update_write_entries(GString *out, const quire_object *dictionary,
                                const char *const *except, int depth);

#endif
