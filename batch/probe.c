/*
 * Can workers be locked in on this system? Asked by starting one that has nothing to do.
 */
#include <stdlib.h>
#include <string.h>

#include "batch/process.h"

quire_status quire_isolation_probe(char level[QUIRE_LEVEL_SIZE], quire_error *error)
{
    quire_isolation isolation = {.sandbox = QUIRE_SANDBOX_ON};
    worker_process process;
    batch_frame *frame = malloc(sizeof *frame);
    quire_status status = frame ? process_start(&process, &isolation, true, error) : QUIRE_LIMIT;
    if (status == QUIRE_OK) {
        sandbox_level found = {0};
        bool is_told = frame_receive(process.channel, true, frame, NULL) == FRAME_GOT;
        bool is_ready = is_told && frame->kind == FRAME_READY && frame->size == sizeof found;
        if (is_ready)
            memcpy(&found, frame->bytes, sizeof found);
        else
            status = quire_fail(error, QUIRE_MISSING, "sandbox", 0,
                                "this kernel lacks Landlock or seccomp; see --sandbox");
        sandbox_describe(&found, level);
        process_kill(&process);
        process_reap(&process, NULL);
    }
    free(frame);
    return status;
}
