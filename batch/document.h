/*
 * One document of a run, from the moment it is claimed to its row in the ledger: its input, what
 * was tried, which of its pages broke a worker, and the files that came of it.
 *
 *     whole --death on page p--> p alone --death--> whole without p
 *       ^                           |                     |
 *       +-------- survived ---------+                     +--> done, partial, or given up
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_DOCUMENT_H
#define QUIRE_BATCH_DOCUMENT_H

#include <glib.h>

#include "batch/ledger.h"
#include "batch/process.h"
#include "batch/source.h"
#include "batch/store.h"

/* What is the same for every document of a run. */
typedef struct document_plan {
    const quire_batch_options *options;
    batch_store *store;
    char fingerprint[65]; /* of options and versions */
    const char *extensions[WIRE_FORMATS]; /* of its outputs: ".md" */
    bool names_input; /* outputs tell the input's name */
    int64_t run;
} document_plan;

typedef struct batch_document batch_document;

struct batch_document {
    ledger_row row; /* as it will be written */
    char *file; /* to open; NULL: a member of an archive, which is open */
    int input; /* -1: closed */
    bool is_archive;
    batch_document *archive; /* that it is a member of; NULL */
    uint32_t open_members; /* of an archive: those without a row yet */
    bool has_bad_members;

    store_file *files[WIRE_FORMATS];
    quire_error error;

    int32_t alone; /* the page that is tried by itself; 0: the whole batch_document */
    char alone_text[16]; /* the same, as a range of pages */
    int32_t cleared; /* a page that did no harm alone */
    GString *broken; /* pages that are left out: "3,7" */
    uint32_t broken_count;
    bool is_retried; /* it broke a worker before its first page */
    double started, deadline; /* of quire_clock() */
    double confidence_sum;
    uint32_t confidence_count, review_count;
    GString *review;
    GPtrArray *followers; /* documents of the same content, waiting; may be NULL */
};

batch_document *document_new(source_item *item); /* takes the item's strings */
void document_free(batch_document *document);

/* Opens the input and looks at it; false when it is missing or no file. */
bool document_open(batch_document *document);
/* Hashes the input and makes the key; false when it cannot be read. */
bool document_identify(batch_document *document, const document_plan *plan);
/* The key for a content hash. */
void document_key(const batch_document *document, const document_plan *plan, const char *sha256,
                  char key[65]);
/* The output's path for a format; free with g_free(). */
char *document_output_path(const batch_document *document, const document_plan *plan,
                           size_t format);

/* Ready to be sent to a worker: its output files are begun. */
void document_begin(batch_document *document, const document_plan *plan, wire_request *request);
/* False for a frame that no honest worker sends. */
bool document_take(batch_document *document, const batch_frame *frame);

typedef enum document_next { DOCUMENT_AGAIN, DOCUMENT_OVER } document_next;

/* The worker has answered. */
document_next document_answered(batch_document *document, const document_plan *plan,
                                const frame_result *result);
/* The worker died, or was killed because it was late. */
document_next document_broke(batch_document *document, const worker_death *death, bool was_late);

void document_fail(batch_document *document, ledger_state state, const quire_error *error);
/* Takes another's outputs, of the same content. */
bool document_copy(batch_document *document, const document_plan *plan, const ledger_row *from);
/* After its files are settled: what the ledger will say of them. */
void document_list_outputs(batch_document *document, const document_plan *plan);

#endif
