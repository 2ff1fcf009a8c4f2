/*
 * Which part of a run is done here. An input belongs to a part by its path alone, so that parts
 * stay what they are when files come and go. Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_SHARD_H
#define QUIRE_BATCH_SHARD_H

#include "batch/batch.h"

typedef struct batch_shard {
    uint32_t index, count; /* index < count */
} batch_shard;

/* "i/n" counted from 0, "auto" (what a scheduler put into the environment), NULL: all of it. */
quire_status shard_parse(const char *text, batch_shard *part, quire_error *error);
bool shard_has(const batch_shard *part, const char *path);

#endif
