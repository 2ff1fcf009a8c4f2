/*
 * batch/: documents by the thousand, and each in a process that is locked in. A supervisor, which
 * parses nothing, hands inputs as open descriptors to workers, takes what they send as bytes, and
 * writes it; a ledger holds what is done, so that a run that was killed goes on where it stood.
 *
 * It is a client of quire.h: it knows processes, files and time, and refuses to know what a page
 * or a format is. This is the room's door.
 */
#ifndef QUIRE_BATCH_H
#define QUIRE_BATCH_H

#include "core/core.h"
#include "quire/quire.h"

/* ---- isolation ---- */

typedef enum quire_sandbox {
    QUIRE_SANDBOX_ON = 0, /* all of it, or the run is refused */
    QUIRE_SANDBOX_BEST_EFFORT, /* what the kernel can do */
    QUIRE_SANDBOX_OFF,
} quire_sandbox;

/* Zero is the default of every field. */
typedef struct quire_isolation {
    quire_sandbox sandbox;
    uint64_t max_memory; /* bytes of address space of a worker; 0: 2 GiB */
    uint64_t max_output; /* bytes of a document's outputs together; 0: 256 MiB */
    double stall; /* seconds without a page being begun or done; 0: 60, and never less than what
                     a page may take */
} quire_isolation;

/* What holds a worker, in words: "landlock 7, seccomp, limits". */
enum { QUIRE_LEVEL_SIZE = 48 };

/*
 * quire_convert() in a worker that is kept for the next document: the same outputs, callbacks and
 * errors, and further ones of stage "worker" (the document broke it) and "sandbox". The input is
 * named by its path, or a descriptor with a name and a path for messages; `cancelled` is asked all
 * the time.
 */
typedef struct quire_isolated quire_isolated;

quire_isolated *quire_isolated_new(const quire_isolation *isolation); /* starts nothing yet */
void quire_isolated_free(quire_isolated *isolated);
quire_status quire_isolated_convert(quire_isolated *isolated, const quire_input *input,
                                    const quire_options *options, const quire_output *outputs,
                                    size_t output_count, quire_error *error);

/* Whether workers can be locked in here: QUIRE_OK with the level, or QUIRE_MISSING. */
quire_status quire_isolation_probe(char level[QUIRE_LEVEL_SIZE], quire_error *error);

/* A document of one page that a worker reads before it locks itself in; `quire doctor` does, too.
 */
quire_bytes quire_trial_document(void);
/* Reads it in a worker with these options: what it is refused for, every document would be. */
quire_status quire_trial_check(const quire_isolation *isolation, const quire_options *options,
                               const char *const *formats, size_t format_count, quire_error *error);

/* The main function of a worker that was executed as `quire __worker`; the exit code. */
int quire_worker_main(int argc, char **argv);
#define QUIRE_WORKER_COMMAND "__worker"

/* ---- an archive of documents ---- */

typedef enum quire_on_exists {
    QUIRE_EXISTS_DEFAULT = 0, /* fail; with `resume`: replace */
    QUIRE_EXISTS_SKIP,
    QUIRE_EXISTS_REPLACE,
    QUIRE_EXISTS_FAIL,
} quire_on_exists;

/* How far a run is. */
typedef struct quire_batch_progress {
    uint64_t total; /* 0: not known */
    uint64_t done, partial, failed, quarantined, missing; /* documents of this run */
    uint64_t skipped; /* done before, or there already */
    uint64_t pages, bytes; /* of this run: pages read, bytes of inputs */
    uint64_t deaths; /* of workers */
    double seconds, rate; /* documents a second, of late */
    double settling, booking; /* seconds of these that went into making outputs durable, and into
                                 the ledger */
    double left; /* seconds; 0: not known */
    const char *level; /* what holds the workers */
    const char *waiting; /* "disk", "memory" ...: why nothing new is begun; NULL */
    const char *report; /* path of the run's report, once it is over; NULL */
} quire_batch_progress;

/* What came of a document. */
typedef struct quire_batch_document {
    const char *path; /* of the file, as it was found; of a member, behind its archive's */
    const char *state; /* "done", "partial", "failed", "quarantined", "missing" */
    const quire_error *error; /* unless it is done */
    const char *signature; /* of the crash, or "" */
} quire_batch_document;

/* Zero is the default of every field. */
typedef struct quire_batch_options {
    const char *const *inputs; /* folders, lists of paths, archives, documents */
    size_t input_count;
    const char *const *includes, *const *excludes; /* globs, ended by NULL */
    bool nul_separated; /* lists are */
    const char *output; /* the folder */
    const char *const *formats;
    size_t format_count;
    quire_options convert;
    quire_isolation isolation;
    uint32_t jobs; /* 0: as many as there are processors */
    const char *shard; /* "i/n", "auto" */
    bool resume;
    quire_on_exists on_exists;
    const char *events; /* file for events, one JSON object a event_line */
    uint64_t min_free; /* bytes of disk that are left alone; 0: 1 GiB, at most 5 % of it */
    double wait_lock; /* seconds for another run to end */
    const char *command; /* that converts one document with these options: "quire -t json" */
    bool counted; /* count the inputs first, so that progress has an end */

    void *user;
    void (*on_document)(void *user, const quire_batch_document *document);
    void (*on_progress)(void *user, const quire_batch_progress *progress); /* ten times a second */
    int (*stop_asked)(void *user); /* how often: once to end what is begun, twice to end now */
} quire_batch_options;

/*
 * Runs until all is done. QUIRE_OK also where documents failed; QUIRE_CANCELLED when asked to stop;
 * QUIRE_IO, QUIRE_MISSING (sandbox), QUIRE_LIMIT (busy), QUIRE_USAGE when it cannot go on.
 */
quire_status quire_batch_run(const quire_batch_options *options, quire_batch_progress *result,
                             quire_error *error);

/* ---- parts of a run, joined ---- */

typedef struct quire_merge_options {
    const char *output; /* the folder that the parts wrote to */
    const char *const *inputs; /* what was to be done: lists or folders, as the parts were given */
    size_t input_count; /* 0: nothing is said about what is missing */
    const char *const *includes, *const *excludes;
    bool nul_separated;
    bool verify; /* read every output, else only look at its size */

    void *user;
    void (*on_fault)(void *user, const char *path, const char *what); /* each, as it is found */
} quire_merge_options;

typedef struct quire_merge_result {
    uint64_t parts, documents; /* ledgers; rows */
    uint64_t done, failed; /* of these: with and without outputs */
    uint64_t outputs; /* files that are what the ledger says */
    uint64_t missing; /* inputs without a row; they are listed in .quire/missing.txt */
    uint64_t damaged; /* outputs that are gone or changed */
    uint64_t foreign; /* files that no row speaks of */
} quire_merge_result;

/* Joins the ledgers of all parts in .quire/merged.db, and holds them against the files. */
quire_status quire_batch_merge(const quire_merge_options *options, quire_merge_result *result,
                               quire_error *error);

#endif
