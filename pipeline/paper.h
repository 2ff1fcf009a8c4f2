/*
 * What an exporter may ask of the input beside the document: pictures of its pages, and the input
 * itself with text laid over it. The parser does both; here the words of the two doors are brought
 * together (docs/adr/0012-exporters-and-paper.md).
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_PAPER_H
#define QUIRE_PIPELINE_PAPER_H

#include <glib.h>

#include "exporters/exporter.h"
#include "pipeline/source.h"

typedef struct quire_paper_source {
    const quire_source_file *source;
    GArray *recognised; /* int32_t: pages whose text was read from pixels here */
    double page_timeout; /* seconds for a picture */
} quire_paper_source;

/* `source` is borrowed as long as the paper is used. */
quire_paper quire_paper_of(quire_paper_source *source);

#endif
