/*
 * What happens in a run, one JSON object a line, for programs that watch it: run_start, document,
 * worker_death, progress, warning, run_end. Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_EVENTS_H
#define QUIRE_BATCH_EVENTS_H

#include "batch/ledger.h"

typedef struct event_log event_log;

/* NULL path: nobody listens. */
quire_status events_open(event_log **events, const char *path, const char *run, quire_error *error);
void events_close(event_log *events);

void events_run_start(event_log *events, const char *part, uint32_t jobs, const char *fingerprint);
void events_document(event_log *events, const ledger_row *row);
void events_death(event_log *events, const char *path, int32_t page, const char *what,
                  const char *signature);
void events_progress(event_log *events, const quire_batch_progress *progress);
void events_warning(event_log *events, const char *message);
void events_run_end(event_log *events, const quire_batch_progress *progress, const char *status);

#endif
