/*
 * Files that options name, beside the document. A worker that is locked in cannot open them: they
 * are read here, once, and go to it as memory that is as good as a file. Only for this room;
 * batch.h is the door.
 */
#ifndef QUIRE_BATCH_BESIDE_H
#define QUIRE_BATCH_BESIDE_H

#include <glib.h>

#include "batch/frame.h"

typedef enum beside_file {
    BESIDE_TOKENIZER, /* of --tokenizer bpe:FILE */
    BESIDE_TEMPLATE, /* of --template FILE */
    BESIDE_FILES,
} beside_file;

typedef struct beside_files {
    int descriptors[BESIDE_FILES]; /* -1: none is named */
} beside_files;

void beside_init(beside_files *files);
/* Reads what the options name. QUIRE_IO, QUIRE_LIMIT. */
quire_status beside_open(beside_files *files, const quire_options *options, quire_error *error);
void beside_close(beside_files *files);

/* In front of each request. False when the worker is gone. */
bool beside_send(const beside_files *files, int channel);

/* In the worker: keeps one that came; false for one that nobody knows. */
bool beside_take(beside_files *files, uint32_t number, int descriptor);
/* The options read what came instead of opening what they name. */
void beside_apply(const beside_files *files, quire_options *options);

/* Adds to `text` what the files hold, as hashes. */
void beside_append_sha256(const beside_files *files, GString *text);

#endif
