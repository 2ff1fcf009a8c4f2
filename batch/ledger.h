/*
 * What a run has done, in an SQLite file: a row for each document, written only after its outputs
 * are on the disk. A document without a row is to be done; that is all that resuming needs.
 *
 * Only this room's files include it; ledger.c alone knows SQL of documents.
 */
#ifndef QUIRE_BATCH_LEDGER_H
#define QUIRE_BATCH_LEDGER_H

#include "batch/batch.h"

typedef enum ledger_state {
    LEDGER_NONE = 0, /* no row */
    LEDGER_DONE = 2,
    LEDGER_PARTIAL,
    LEDGER_FAILED, /* damaged, encrypted, of no known format, too large, too slow */
    LEDGER_QUARANTINED, /* it broke workers */
    LEDGER_MISSING, /* could not be opened */
    LEDGER_KEPT, /* its outputs were there already */
} ledger_state;

typedef struct ledger_output {
    char *path; /* below the output folder */
    char sha256[65];
    uint64_t bytes;
} ledger_output;

/* Text may be NULL. What ledger_find() fills is freed with ledger_row_clear(). */
typedef struct ledger_row {
    char *path;
    int64_t size, mtime_ns;
    char sha256[65], key[65];
    ledger_state state;
    int32_t deaths, pages_done, pages;
    char error_kind[24], signature[17];
    int32_t error_page;
    char *message;
    int64_t cpu_ms, wall_ms, peak_kb;
    int64_t run; /* number of the run that wrote it */
    double confidence; /* mean of its pages */
    char *review; /* pages to look at: "3,7" */
    ledger_output *outputs;
    size_t output_count;
} ledger_row;

/* Names of states as users see them: "done", "partial", "failed", ... Static. */
const char *ledger_state_name(ledger_state state);
bool ledger_state_has_outputs(ledger_state state);
void ledger_row_clear(ledger_row *row);

typedef struct batch_ledger batch_ledger;

/*
 * Opens or makes it, and holds it against every other process. QUIRE_LIMIT when another one has it,
 * after `wait` seconds.
 */
quire_status ledger_open(batch_ledger **ledger, const char *path, double wait, quire_error *error);
/* For looking only. */
quire_status ledger_open_readable(batch_ledger **ledger, const char *path, quire_error *error);
void ledger_close(batch_ledger *ledger);

/* All rows go. */
quire_status ledger_empty(batch_ledger *ledger, quire_error *error);
quire_status ledger_note(batch_ledger *ledger, const char *key, const char *value,
                         quire_error *error);
char *ledger_noted(batch_ledger *ledger, const char *key); /* free with g_free(); NULL: not there */

/* Rows are written in groups, each whole or not at all. */
quire_status ledger_begin(batch_ledger *ledger, quire_error *error);
quire_status ledger_write(batch_ledger *ledger, const ledger_row *row, quire_error *error);
quire_status ledger_commit(batch_ledger *ledger, quire_error *error);

/* False when there is none. */
bool ledger_find(batch_ledger *ledger, const char *path, ledger_row *row);
/* A document of the same key that has outputs. */
bool ledger_find_key(batch_ledger *ledger, const char *key, ledger_row *row);

/* Some document's output has this path. */
bool ledger_has_output(batch_ledger *ledger, const char *path);

typedef bool (*ledger_row_fn)(void *user, const ledger_row *row); /* false: enough */
/* All rows, one at a time; `filter` (NULL: all) and `order` (NULL: by path) are SQL, static. */
quire_status ledger_each(batch_ledger *ledger, const char *filter, const char *order,
                         ledger_row_fn each, void *user, quire_error *error);

/* One number of a static query, 0 where there is none. */
double ledger_number(batch_ledger *ledger, const char *query);

#endif
