/*
 * Many files made durable at once. A disk that is asked for one after the other answers each by
 * itself; asked for several it answers them together (eight at a time: 0.2 ms a file instead of 2.8
 * on a busy one). So some short-lived processes ask, and all they do is wait; who asked them can
 * look after other things meanwhile.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_SYNC_H
#define QUIRE_BATCH_SYNC_H

#include <stdbool.h>
#include <stddef.h>

typedef struct sync_file {
    int fd; /* open; below 0: passed over */
    bool is_folder;
    int failure; /* errno afterwards, or 0 */
} sync_file;

typedef struct sync_watch {
    void (*look)(void *user); /* twenty times a second; may be NULL */
    void *user;
} sync_watch;

void sync_files(sync_file *files, size_t count, const sync_watch *watch);

#endif
