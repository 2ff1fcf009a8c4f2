/*
 * From a path to a document that waits for a worker, or to the finding that there is nothing to do:
 * it is done already, it is another part's, it is being done, or its content is.
 */
#include "batch/run.h"

#include <string.h>
#include <unistd.h>

enum { AHEAD = 2, MOST_WAITING = 256 }; /* documents ahead for each job; that follow another */

/* What of an earlier run still holds: the same input, the same options, outputs of their size. */
static bool still_holds(const batch_run *run, const batch_document *d, const ledger_row *row)
{
    bool is_settled = row->state == LEDGER_DONE || row->state == LEDGER_KEPT ||
                      (row->state == LEDGER_PARTIAL && !d->is_archive);
    if (!is_settled || strcmp(row->key, d->row.key) != 0)
        return false;
    for (size_t i = 0; i < row->output_count; i++)
        if (!store_has(run->store, row->outputs[i].path, row->outputs[i].bytes))
            return false;
    return d->is_archive || row->output_count == run->options->format_count;
}

/* Size and time of change stand for the content where they are what they were. */
static bool guess_identity(const batch_run *run, batch_document *d, const ledger_row *row)
{
    if (d->archive || row->size != d->row.size || row->mtime_ns != d->row.mtime_ns)
        return false;
    document_key(d, &run->plan, row->sha256, d->row.key);
    return true;
}

static bool is_done_before(batch_run *run, batch_document *d)
{
    ledger_row row;
    if (!run->options->resume || !ledger_find(run->ledger, d->row.path, &row))
        return false;
    bool is_done = guess_identity(run, d, &row) && still_holds(run, d, &row);
    if (!is_done && document_identify(d, &run->plan))
        is_done = still_holds(run, d, &row);
    ledger_row_clear(&row);
    return is_done;
}

/* A path that came up before, in this run. */
static bool is_repeated(batch_run *run, const batch_document *d)
{
    ledger_row row;
    if (g_hash_table_contains(run->in_flight, d->row.path))
        return true;
    if (!ledger_find(run->ledger, d->row.path, &row))
        return false;
    bool is_repeated = row.run == run->plan.run;
    ledger_row_clear(&row);
    return is_repeated;
}

/* ---- outputs that are there already ---- */

static bool has_outputs(const batch_run *run, const batch_document *d)
{
    bool has_any = false;
    for (size_t i = 0; i < run->options->format_count && !d->is_archive; i++) {
        g_autofree char *path = document_output_path(d, &run->plan, i);
        has_any |= store_exists(run->store, path);
    }
    return has_any;
}

static void keep_outputs(batch_run *run, batch_document *d)
{
    d->row.state = LEDGER_KEPT;
    for (size_t i = 0; i < run->options->format_count; i++) {
        ledger_output output = {.path = document_output_path(d, &run->plan, i)};
        if (!store_hash(run->store, output.path, output.sha256, &output.bytes)) {
            g_free(output.path);
            continue;
        }
        d->row.outputs = g_renew(ledger_output, d->row.outputs, d->row.output_count + 1);
        d->row.outputs[d->row.output_count++] = output;
    }
}

/* True when that decides about the document. */
static bool minds_outputs(batch_run *run, batch_document *d)
{
    quire_on_exists rule = run->options->on_exists;
    if (rule == QUIRE_EXISTS_DEFAULT)
        rule = run->options->resume ? QUIRE_EXISTS_REPLACE : QUIRE_EXISTS_FAIL;
    if (rule == QUIRE_EXISTS_REPLACE || !has_outputs(run, d))
        return false;
    if (rule == QUIRE_EXISTS_SKIP) {
        keep_outputs(run, d);
        return true;
    }
    quire_error error = {0};
    quire_fail(&error, QUIRE_IO, "output", 0,
               "its output is there already; --on-exists replace writes over it");
    document_fail(d, LEDGER_FAILED, &error);
    return true;
}

/* ---- the same content ---- */

static bool copies(batch_run *run, batch_document *d)
{
    ledger_row row;
    if (!ledger_find_key(run->ledger, d->row.key, &row))
        return false;
    bool is_copied = document_copy(d, &run->plan, &row);
    ledger_row_clear(&row);
    return is_copied;
}

static bool follows(batch_run *run, batch_document *d)
{
    batch_document *leader = g_hash_table_lookup(run->leaders, d->row.key);
    if (!leader || run->waiting >= MOST_WAITING)
        return false;
    if (!leader->followers)
        leader->followers = g_ptr_array_new();
    g_ptr_array_add(leader->followers, d);
    run->waiting++;
    return true;
}

/* ---- claiming ---- */

static void queue(batch_run *run, batch_document *d)
{
    if (d->is_archive) {
        g_queue_push_tail(&run->pending_archives, d);
        return;
    }
    if (!g_hash_table_contains(run->leaders, d->row.key))
        g_hash_table_insert(run->leaders, d->row.key, d);
    g_queue_push_tail(&run->pending, d);
}

static void count_skipped(batch_run *run, batch_document *d)
{
    run->progress.skipped++;
    if (d->archive)
        d->archive->open_members--;
    document_free(d);
}

/* It would be refused by its reader, after all of it was hashed. */
static bool is_too_large(const batch_run *run, batch_document *d)
{
    uint64_t most = run->options->convert.max_file_size;
    most = most ? most : QUIRE_MAX_FILE_BYTES;
    if (d->is_archive || (uint64_t)d->row.size <= most)
        return false;
    quire_error error = {0};
    quire_fail(&error, QUIRE_LIMIT, "open", 0, "larger than %llu bytes", (unsigned long long)most);
    document_fail(d, LEDGER_FAILED, &error);
    return true;
}

static void consider(batch_run *run, batch_document *d)
{
    if (is_repeated(run, d)) {
        count_skipped(run, d);
        return;
    }
    g_hash_table_insert(run->in_flight, d->row.path, d);
    bool is_open = document_open(d) && !is_too_large(run, d);
    if (is_open && is_done_before(run, d)) {
        g_hash_table_remove(run->in_flight, d->row.path);
        count_skipped(run, d);
        return;
    }
    bool is_over = !is_open || (!*d->row.sha256 && !document_identify(d, &run->plan)) ||
                   minds_outputs(run, d) || (!d->is_archive && copies(run, d));
    if (is_over)
        run_over(run, d);
    else if (d->is_archive || !follows(run, d))
        queue(run, d);
}

static void claim_one(batch_run *run)
{
    source_item item;
    quire_status status;
    if (!source_next(run->source, &item, &status, &run->error)) {
        run->source_is_over = true;
        if (status != QUIRE_OK)
            run_stop(run, status, NULL);
        return;
    }
    if (shard_has(&run->shard, item.path))
        consider(run, document_new(&item));
    source_item_clear(&item);
}

void run_claim(batch_run *run)
{
    const char *waiting = run->progress.waiting;
    guint most = !waiting ? AHEAD * run->jobs : *waiting == 'm' ? 1 : 0;
    while (!run->source_is_over && !run->is_stopping &&
           run->pending.length + run->pending_archives.length < most && !run_settling_is_due(run))
        claim_one(run);
}

static batch_document *new_member(batch_document *archive, const char *name)
{
    g_autofree char *clean = g_canonicalize_filename(name, "/");
    source_item item = {.path = g_strconcat(archive->row.path, clean, NULL)};
    batch_document *d = document_new(&item);
    d->archive = archive;
    archive->open_members++;
    return d;
}

void run_claim_member(batch_run *run, batch_document *archive, const char *name, int spool)
{
    batch_document *d = new_member(archive, name);
    d->input = spool;
    consider(run, d);
}

void run_fail_member(batch_run *run, batch_document *archive, const char *name, const char *why)
{
    quire_error error = {0};
    batch_document *d = new_member(archive, name);
    if (is_repeated(run, d)) {
        count_skipped(run, d);
        return;
    }
    quire_fail(&error, QUIRE_UNSUPPORTED, "unpack", 0, "%s", why);
    document_fail(d, LEDGER_FAILED, &error);
    g_hash_table_insert(run->in_flight, d->row.path, d);
    run_over(run, d);
}
