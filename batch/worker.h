/*
 * The worker's side: it is told how to lock itself in, does so, and then reads one document after
 * the other from descriptors that it is handed. All it gives back are frames. Only for this room;
 * batch.h is the door.
 */
#ifndef QUIRE_BATCH_WORKER_H
#define QUIRE_BATCH_WORKER_H

#include "batch/batch.h"
#include "batch/beside.h"
#include "batch/crash.h"
#include "batch/frame.h"
#include "batch/sandbox.h"
#include "batch/wire.h"

typedef struct worker_start {
    int32_t sandbox; /* quire_sandbox */
    int32_t warm_up;
    int32_t supervisor; /* its process id */
    uint64_t max_memory;
} worker_start;

/* Serves until the channel closes; the exit code. */
int worker_serve(int channel);

/* Reads the members of the archive at `input` and sends them; see unpack.c. */
quire_status unpack_archive(int channel, int input, const wire_request *request,
                            worker_state *state, quire_error *error);

#endif
