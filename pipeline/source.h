/*
 * Where a document comes from: the bytes of the input, their name, and the parser that reads them.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_SOURCE_H
#define QUIRE_PIPELINE_SOURCE_H

#include "parsers/parser.h"

typedef struct quire_source_file {
    quire_file file;
    bool is_file; /* `file` is to be closed */
    quire_bytes bytes;
    const char *name; /* what the document calls its input; never a path */
    const quire_parser *parser;
    quire_reader *reader;
} quire_source_file;

/* Opens the bytes and finds the parser. Close the source either way. */
quire_status quire_source_open(quire_source_file *source, const quire_input *input,
                               uint64_t max_bytes, quire_error *error);
/* Opens the document. `options` are borrowed until close. */
quire_status quire_source_read(quire_source_file *source, const quire_parse_options *options,
                               quire_error *error);
void quire_source_close(quire_source_file *source);

#endif
