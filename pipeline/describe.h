/*
 * What a document knows about itself before its first page: the input, the file's facts, and which
 * options shaped it.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_DESCRIBE_H
#define QUIRE_PIPELINE_DESCRIBE_H

#include "model/model.h"
#include "page/page.h"
#include "pipeline/source.h"

/* Strings of the source are copied. */
void quire_describe_input(quire_document *document, const quire_source_file *source);
void quire_describe_facts(quire_document *document, const quire_facts *facts);
/* A hash of what changes the output, and of nothing else (no time limits, no passwords). */
/* `form_template`: the hash of the template that is read by, "": none. */
void quire_describe_options(quire_document *document, const quire_options *options,
                            const char *form_template);

#endif
