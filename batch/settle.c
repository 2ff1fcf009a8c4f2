/*
 * The end of a document. Finished ones wait for company, since making sixty-four of them durable
 * costs hardly more than one: bytes to the disk, names, folders, and then, in one transaction, the
 * ledger. Never the other way round: what the ledger says is there is there.
 */
#include "batch/run.h"

#include <string.h>
#include <unistd.h>

enum { GROUP = 64 }; /* documents, or files */
static const double GROUP_SECONDS = 1.0;

static void count(batch_run *run, const batch_document *d)
{
    quire_batch_progress *p = &run->progress;
    uint64_t *counts[] = {
        [LEDGER_DONE] = &p->done,     [LEDGER_PARTIAL] = &p->partial,
        [LEDGER_FAILED] = &p->failed, [LEDGER_QUARANTINED] = &p->quarantined,
        [LEDGER_KEPT] = &p->skipped,  [LEDGER_MISSING] = &p->missing,
        [LEDGER_NONE] = &p->failed,
    };
    ++*counts[d->row.state];
    p->pages += (uint64_t)d->row.pages_done;
    p->bytes += (uint64_t)d->row.size;
}

static void tell(batch_run *run, const batch_document *d)
{
    events_document(run->events, &d->row);
    if (!run->options->on_document)
        return;
    quire_batch_document told = {
        .path = d->file ? d->file : d->row.path,
        .state = ledger_state_name(d->row.state),
        .error = d->row.state == LEDGER_DONE || d->row.state == LEDGER_KEPT ? NULL : &d->error,
        .signature = d->row.signature,
    };
    run->options->on_document(run->options->user, &told);
}

void run_over(batch_run *run, batch_document *document)
{
    if (g_hash_table_lookup(run->leaders, document->row.key) == document)
        g_hash_table_remove(run->leaders, document->row.key);
    document->row.run = run->plan.run;
    if (document->started > 0)
        document->row.wall_ms = (int64_t)((quire_clock() - document->started) * 1000);
    if (document->input >= 0)
        close(document->input);
    document->input = -1;
    if (run->settling->len == 0)
        run->settling_since = quire_clock();
    g_ptr_array_add(run->settling, document);
}

bool run_settling_is_due(const batch_run *run)
{
    guint files = run->settling->len * (guint)MAX(run->options->format_count, 1);
    return run->settling->len > 0 &&
           (files >= GROUP || quire_clock() - run->settling_since >= GROUP_SECONDS);
}

/* ---- one group ---- */

static GPtrArray *collect_files(const GPtrArray *group)
{
    GPtrArray *files = g_ptr_array_new();
    for (guint i = 0; i < group->len; i++) {
        const batch_document *d = group->pdata[i];
        for (size_t j = 0; j < WIRE_FORMATS; j++)
            if (d->files[j])
                g_ptr_array_add(files, d->files[j]);
    }
    return files;
}

/* A file whose name cannot be had fails its document. */
static void judge_files(batch_document *d)
{
    for (size_t i = 0; i < WIRE_FORMATS; i++) {
        if (!d->files[i] || !d->files[i]->failure)
            continue;
        quire_error error = {0};
        quire_fail(&error, QUIRE_IO, "output", 0, "%.160s: %s", d->files[i]->path,
                   g_strerror(d->files[i]->failure));
        document_fail(d, LEDGER_FAILED, &error);
        return;
    }
}

static quire_status write_rows(batch_run *run, const GPtrArray *group, quire_error *error)
{
    quire_status status = ledger_begin(run->ledger, error);
    for (guint i = 0; i < group->len && status == QUIRE_OK; i++) {
        batch_document *d = group->pdata[i];
        judge_files(d);
        if (d->row.state != LEDGER_KEPT)
            document_list_outputs(d, &run->plan);
        status = ledger_write(run->ledger, &d->row, error);
    }
    return status == QUIRE_OK ? ledger_commit(run->ledger, error) : status;
}

/* ---- afterwards ---- */

/* They take the outputs that are there now, or are converted themselves. */
static void release_followers(batch_run *run, const batch_document *d)
{
    for (guint i = 0; d->followers && i < d->followers->len; i++) {
        batch_document *follower = d->followers->pdata[i];
        run->waiting--;
        if (document_copy(follower, &run->plan, &d->row))
            run_over(run, follower);
        else
            g_queue_push_head(&run->pending, follower);
    }
}

/* An archive is over with the last of its members. */
static void release_archive(batch_run *run, const batch_document *d)
{
    batch_document *archive = d->archive;
    if (!archive)
        return;
    bool is_good = ledger_state_has_outputs(d->row.state);
    archive->has_bad_members |= !is_good;
    if (--archive->open_members > 0 || archive->row.state == LEDGER_NONE)
        return;
    if (archive->has_bad_members && archive->row.state == LEDGER_DONE) {
        quire_error error = {0};
        quire_fail(&error, QUIRE_PARTIAL, "unpack", 0, "some of its members failed");
        document_fail(archive, LEDGER_PARTIAL, &error);
    }
    run_over(run, archive);
}

static void release(batch_run *run, batch_document *d)
{
    count(run, d);
    tell(run, d);
    if (d->row.deaths > 0)
        quarantine_write(run, d);
    g_hash_table_remove(run->in_flight, d->row.path);
    release_followers(run, d);
    release_archive(run, d);
    document_free(d);
}

void run_settle(batch_run *run)
{
    if (run->settling->len == 0)
        return;
    double began = quire_clock();
    g_autoptr(GPtrArray) group = run->settling;
    run->settling = g_ptr_array_new();
    g_autoptr(GPtrArray) files = collect_files(group);
    quire_error error = {0};
    quire_status status = store_settle(run->store, (store_file **)files->pdata, files->len, &error);
    double settled = quire_clock();
    if (status == QUIRE_OK)
        status = write_rows(run, group, &error);
    run->progress.settling += settled - began;
    run->progress.booking += quire_clock() - settled;
    if (status != QUIRE_OK)
        run_stop(run, status, &error);
    for (guint i = 0; i < group->len && status == QUIRE_OK; i++)
        release(run, group->pdata[i]);
}
