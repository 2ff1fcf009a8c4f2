/*
 * What a worker may do once it is locked in: read the libraries' own data (fonts, character maps,
 * recognition data, shared objects), use the descriptors that it holds, and compute. No other
 * file, no network, no program, no process, no signal but to itself.
 *
 * Three walls: resource limits, Landlock (which files), seccomp (which system calls). Only for this
 * room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_SANDBOX_H
#define QUIRE_BATCH_SANDBOX_H

#include "batch/batch.h"

typedef struct sandbox_level {
    int32_t landlock; /* version of its interface; 0: not there */
    int32_t seccomp; /* 1: in place */
    int32_t limits; /* 1: in place */
} sandbox_level;

/*
 * Locks the calling process in for good. With QUIRE_SANDBOX_ON a wall that cannot be had is
 * QUIRE_MISSING and the process must end; with QUIRE_SANDBOX_OFF only memory is limited.
 */
quire_status sandbox_lock(quire_sandbox mode, uint64_t max_memory, sandbox_level *level,
                          quire_error *error);

/* "landlock 7, seccomp, limits", or "none". */
void sandbox_describe(const sandbox_level *level, char text[QUIRE_LEVEL_SIZE]);

/* ---- its walls ---- */

/* The version of the interface that is in force now, 0 where the kernel has none, -1: failed. */
int landlock_restrict(void);
bool seccomp_restrict(void);

#endif
