/*
 * A run: what the supervisor's parts share. Documents move through it in one direction:
 *
 *     source -> claim -> pending -> lane (a worker) -> settling -> ledger
 *                  \                                    /
 *                   +--- waiting for one of the same content
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_RUN_H
#define QUIRE_BATCH_RUN_H

#include "batch/beside.h"
#include "batch/document.h"
#include "batch/events.h"
#include "batch/shard.h"

enum { RUN_MOST_JOBS = 256 };

/* A worker and what it is at. */
typedef struct batch_lane {
    worker_process process;
    batch_document *document; /* NULL: idle */
    double heard; /* when something last moved, of quire_clock() */
    double began; /* the request in hand, or the worker */
    double page_began;
    uint32_t beats; /* as last seen */
    uint32_t served; /* requests */
    bool was_late; /* it was killed for that */
    bool is_for_archives;
    int spool; /* the member of an archive that is coming in; -1 */
    char *member;
    uint64_t spooled; /* bytes */
} batch_lane;

typedef struct batch_run {
    const quire_batch_options *options;
    document_plan plan;
    beside_files beside; /* what the options name */
    char *folder; /* of the run's own files: OUT/.quire */
    char *part; /* "run", "shard-3-of-16" */
    batch_shard shard;
    source_options source_options;
    batch_source *source;
    batch_store *store;
    batch_ledger *ledger;
    event_log *events;
    uint32_t jobs;
    batch_lane *lanes; /* one for each job, and one for archives */
    uint32_t unready_deaths; /* of workers that never came up, in a row */

    GQueue pending; /* of document, to be sent */
    GQueue pending_archives;
    GHashTable *in_flight; /* path -> document: all that are not released, and owns them */
    GHashTable *leaders; /* key -> document, being converted */
    uint32_t waiting; /* documents that follow a leader */
    GPtrArray *settling; /* finished, to be made durable */
    double settling_since;

    quire_batch_progress progress;
    double started, told, looked, noted, stopped; /* when that was last done, of quire_clock() */
    batch_frame *frame; /* the one that is being read */
    double rate_time;
    uint64_t rate_count;
    bool source_is_over, is_stopping, is_killed;
    quire_status status; /* why it stops */
    quire_error error;
} batch_run;

/* supervisor.c: until all is done, or the run stops. */
void run_supervise(batch_run *run);
/* Kills workers that are late; also while the store is at something long. */
void run_look_at_time(void *run);
void run_stop(batch_run *run, quire_status status, const quire_error *error);

/* pressure.c: what there is too little of, "disk" or "memory"; NULL. */
const char *run_pressure(const batch_run *run);

/* claim.c: takes documents from the source as long as there is room. */
void run_claim(batch_run *run);
/* A member of an archive that is complete in `spool`. */
void run_claim_member(batch_run *run, batch_document *archive, const char *name, int spool);

/* One that cannot be had: a row says why. */
void run_fail_member(batch_run *run, batch_document *archive, const char *name, const char *why);

/* settle.c: a document that is over, then its row, its files and its followers. */
void run_over(batch_run *run, batch_document *document);
void run_settle(batch_run *run);
bool run_settling_is_due(const batch_run *run);

/* lane.c */
void lane_start(batch_run *run, batch_lane *lane);
void lane_send(batch_run *run, batch_lane *lane, batch_document *document);
void lane_read(batch_run *run, batch_lane *lane);
/* Kills it when it is late. */
void lane_check_time(batch_run *run, batch_lane *lane, double now);
void lane_end(batch_run *run, batch_lane *lane);

/* quarantine.c: what is known of a document that breaks workers, and how to see it again. */
void quarantine_write(const batch_run *run, const batch_document *document);

/* plan.c */
quire_status plan_make(batch_run *run, quire_error *error);

#endif
