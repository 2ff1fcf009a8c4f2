/*
 * Where the documents of a run come from: folders, walked in the order of their names; lists of
 * paths (plain lines, NUL, or NDJSON); files by themselves. One after the other, so that memory
 * does not grow with the archive: a folder's own names are all that is held at a time.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_SOURCE_H
#define QUIRE_BATCH_SOURCE_H

#include "batch/batch.h"

typedef struct source_item {
    char *path; /* what it is called in this run: relative, without "..", unique */
    char *file; /* what to open */
    bool is_archive;
} source_item;

typedef struct source_options {
    const char *const *operands; /* folders, lists, files; "-": a list on standard input */
    size_t operand_count;
    const char *const *includes, *const *excludes; /* globs, ended by NULL; may be NULL */
    const char *skipped_folder; /* the output's, which may lie in the input's; may be NULL */
    bool nul_separated; /* lists are */
    bool takes_all; /* whatever the ending */
} source_options;

typedef struct batch_source batch_source;

batch_source *source_new(const source_options *options); /* borrows them */
void source_free(batch_source *source);

/* False at the end, or when *status is no longer QUIRE_OK. */
bool source_next(batch_source *source, source_item *item, quire_status *status, quire_error *error);
void source_item_clear(source_item *item);

bool source_is_archive(const char *name);
/* A name that is to be taken: readable by its ending or included, and not excluded. */
bool source_is_wanted(const source_options *options, const char *path);

/* ---- the parts of it ---- */

/* One folder and all below it. */
typedef struct folder_walk folder_walk;
folder_walk *walk_new(const char *folder); /* NULL with errno */
void walk_free(folder_walk *walk);
/* The path of the next file, below the folder; free with g_free(). NULL at the end. */
char *walk_next(folder_walk *walk, const source_options *options);

/* One list of paths. */
typedef struct path_list path_list;
path_list *manifest_new(const char *path, bool nul_separated); /* NULL with errno */
void manifest_free(path_list *manifest);
/* Free with g_free(). NULL at the end or, with *status set, at a line that cannot be read. */
char *manifest_next(path_list *manifest, quire_status *status, quire_error *error);

#endif
