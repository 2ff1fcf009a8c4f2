/*
 * Where outputs go: a folder that mirrors the input's, and beside them ".quire", which holds what
 * is being written. A file appears under its name only after its bytes are on the disk, and its
 * folder is on the disk, too, before the ledger hears of it.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_STORE_H
#define QUIRE_BATCH_STORE_H

#include "batch/batch.h"

typedef struct batch_store batch_store;

/* `part` names what is this run's own ("shard-3-of-16"). The caller holds its ledger, so that what
 * lies in its temporary folder is a dead run's and is swept. */
batch_store *store_open(const char *folder, const char *part, quire_error *error);
void store_close(batch_store *store);

/* Called while something takes long, so that who waits for the store can keep an eye on workers. */
void store_watch(batch_store *store, void (*look)(void *user), void *user);
void store_look(const batch_store *store);

/* A file on its way. */
typedef struct store_file {
    char *path; /* below the folder */
    char *temporary;
    int fd;
    quire_digest *digest;
    char sha256[65]; /* once it is complete */
    uint64_t bytes;
    int failure; /* errno of the first that failed */
} store_file;

store_file *store_begin(batch_store *store, const char *path); /* look at ->failure */
void store_write(store_file *file, const void *bytes, size_t size);
void store_complete(store_file *file);
void store_abandon(store_file *file); /* NULL is fine */

/* Copies a file of the folder, unless it is no longer what its hash says. */
bool store_copy(batch_store *store, const char *from, const char *sha256, store_file *to);
bool store_has(batch_store *store, const char *path, uint64_t bytes);
bool store_exists(batch_store *store, const char *path);
/* An unlinked file for what has no name on the disk; -1 with errno. */
int store_spool(batch_store *store);
/* The hash of a file below the folder, as it is now. */
bool store_hash(batch_store *store, const char *path, char sha256[65], uint64_t *bytes);

/* Complete files become durable and appear under their names, but those whose ->failure says why
 * not. QUIRE_IO where the disk itself is full or broken. They stay the caller's. */
quire_status store_settle(batch_store *store, store_file **files, size_t count, quire_error *error);

bool store_is_fatal(int failure);

/* Bytes that can still be written, and of how many. */
bool store_room(const batch_store *store, uint64_t *left, uint64_t *whole);

#endif
