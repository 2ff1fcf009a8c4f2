/*
 * The supervisor's side of a worker: starting it, killing it, and telling of what it died. Only for
 * this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_PROCESS_H
#define QUIRE_BATCH_PROCESS_H

#include <sys/types.h>

#include "batch/batch.h"
#include "batch/crash.h"
#include "batch/frame.h"
#include "batch/sandbox.h"
#include "batch/wire.h"

typedef struct worker_process {
    pid_t pid; /* 0: not running */
    int channel;
    worker_state *state; /* shared with it */
    bool is_ready;
    sandbox_level level; /* once it is ready */
    uint64_t max_memory;
} worker_process;

typedef struct worker_death {
    int signal; /* 0: it ended by itself */
    int code;
    bool is_memory; /* it had come near its limit of memory */
    int32_t page; /* that was being read; 0: none */
    int32_t done, wanted; /* pages of the document */
    char signature[17];
    char description[96];
} worker_death;

/*
 * Runs this program anew as a worker, or, with `is_fork`, goes on as one in a copy of this process,
 * which is cheaper where one document is all there is. The worker tells by FRAME_READY or
 * FRAME_REFUSED what became of it.
 */
quire_status process_start(worker_process *process, const quire_isolation *isolation, bool is_fork,
                           quire_error *error);
void process_kill(worker_process *process);
/* Waits for its end, which must be near, and frees what it held. `death` may be NULL. */
void process_reap(worker_process *process, worker_death *death);

#endif
