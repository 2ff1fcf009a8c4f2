/*
 * The outputs of one conversion: an exporter, its state and its sink each. They are written side by
 * side from the one document.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_OUTPUTS_H
#define QUIRE_PIPELINE_OUTPUTS_H

#include "exporters/exporter.h"

typedef struct quire_outputs {
    struct quire_output_job *jobs;
    size_t count;
    quire_export_options options;
    bool all_stream; /* the document may be drained after each page */
    const quire_paper *paper; /* for those that ask for it; borrowed */
    bool reasons; /* one of them needs those of elements */
    bool hidden; /* all of them show hidden text */
    bool words; /* one of them needs the words of pages and the lines of elements */
    bool fingerprint; /* one of them writes the input's hash */
    bool begun;
} quire_outputs;

/* `requested` is borrowed until close. QUIRE_USAGE for a format that is not there. */
quire_status quire_outputs_open(quire_outputs *outputs, const quire_output *requested, size_t count,
                                const quire_export_options *options, const quire_document *document,
                                quire_error *error);
/* Frees; what was not flushed is forgotten. */
void quire_outputs_close(quire_outputs *outputs);

/* After a page was settled; QUIRE_IO once a write failed. */
quire_status quire_outputs_page(quire_outputs *outputs, quire_error *error);
/* The end of the document, and flush. */
quire_status quire_outputs_end(quire_outputs *outputs, quire_error *error);

/* Where a dump of a stage goes instead of a document: the sink of the first output. */
quire_sink *quire_outputs_dump(quire_outputs *outputs);
quire_status quire_outputs_flush(quire_outputs *outputs, quire_error *error);

#endif
