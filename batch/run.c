#include "batch/run.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "batch/report.h"

enum { FILES_BESIDE = 512 }; /* descriptors for outputs on their way */

/* ---- setting up ---- */

static quire_status name_part(batch_run *run, quire_error *error)
{
    quire_status status = shard_parse(run->options->shard, &run->shard, error);
    run->part = run->options->shard
                    ? g_strdup_printf("shard-%u-of-%u", run->shard.index, run->shard.count)
                    : g_strdup("run");
    run->folder = g_build_filename(run->options->output, ".quire", NULL);
    if (status == QUIRE_OK && g_mkdir_with_parents(run->folder, 0777) != 0)
        status =
            quire_fail(error, QUIRE_IO, "output", 0, "%.180s: %s", run->folder, g_strerror(errno));
    return status;
}

/* An earlier run's rows: gone on with, begun anew, or in the way. */
static quire_status meet_earlier_run(batch_run *run, quire_error *error)
{
    const quire_batch_options *options = run->options;
    g_autofree char *last = ledger_noted(run->ledger, "run");
    run->plan.run = last ? g_ascii_strtoll(last, NULL, 10) + 1 : 1;
    bool has_rows = ledger_number(run->ledger, "SELECT EXISTS(SELECT 1 FROM doc)") > 0;
    if (options->resume || !has_rows)
        return QUIRE_OK;
    if (options->on_exists == QUIRE_EXISTS_REPLACE)
        return ledger_empty(run->ledger, error);
    if (options->on_exists == QUIRE_EXISTS_SKIP)
        return QUIRE_OK;
    return quire_fail(error, QUIRE_USAGE, "output", 0,
                      "%.160s holds an earlier run: --resume goes on with it, --on-exists replace "
                      "begins anew",
                      options->output);
}

static void note_time(char text[32])
{
    time_t now = time(NULL);
    struct tm parts;
    gmtime_r(&now, &parts);
    strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

static quire_status note_start(batch_run *run, quire_error *error)
{
    char number[24], started[32];
    g_snprintf(number, sizeof number, "%" G_GINT64_FORMAT, run->plan.run);
    note_time(started);
    const char *const notes[][2] = {
        {"run", number},          {"version", quire_version()},
        {"part", run->part},      {"fingerprint", run->plan.fingerprint},
        {"started", started},     {"host", g_get_host_name()},
        {"status", "unfinished"}, {"ended", ""},
    };
    quire_status status = ledger_begin(run->ledger, error);
    for (size_t i = 0; i < G_N_ELEMENTS(notes) && status == QUIRE_OK; i++)
        status = ledger_note(run->ledger, notes[i][0], notes[i][1], error);
    return status == QUIRE_OK ? ledger_commit(run->ledger, error) : status;
}

static quire_status open_ledger(batch_run *run, quire_error *error)
{
    g_autofree char *name = g_strconcat(run->part, ".db", NULL);
    g_autofree char *path = g_build_filename(run->folder, name, NULL);
    quire_status status = ledger_open(&run->ledger, path, run->options->wait_lock, error);
    if (status == QUIRE_OK)
        status = meet_earlier_run(run, error);
    if (status != QUIRE_OK)
        return status;
    run->store = store_open(run->options->output, run->part, error);
    if (run->store)
        store_watch(run->store, run_look_at_time, run);
    return run->store ? QUIRE_OK : QUIRE_IO;
}

static void open_source(batch_run *run)
{
    const quire_batch_options *options = run->options;
    g_autofree char *output = g_canonicalize_filename(options->output, NULL);
    run->source_options = (source_options){
        .operands = options->inputs,
        .operand_count = options->input_count,
        .includes = options->includes,
        .excludes = options->excludes,
        .nul_separated = options->nul_separated,
        .skipped_folder = g_intern_string(output),
    };
    run->source = source_new(&run->source_options);
}

/* A first walk over all names. Standard input cannot be read twice. */
static uint64_t count_inputs(const batch_run *run)
{
    uint64_t count = 0;
    source_item item;
    quire_status status;
    for (size_t i = 0; i < run->options->input_count; i++)
        if (strcmp(run->options->inputs[i], "-") == 0)
            return 0;
    batch_source *counted = source_new(&run->source_options);
    while (source_next(counted, &item, &status, NULL)) {
        count += shard_has(&run->shard, item.path);
        source_item_clear(&item);
    }
    source_free(counted);
    return status == QUIRE_OK ? count : 0;
}

static void make_lanes(batch_run *run)
{
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    uint32_t jobs = run->options->jobs ? run->options->jobs : (uint32_t)MAX(processors, 1);
    run->jobs = MIN(jobs, RUN_MOST_JOBS);
    run->lanes = g_new0(batch_lane, run->jobs + 1);
    for (uint32_t i = 0; i <= run->jobs; i++) {
        run->lanes[i].process.channel = -1;
        run->lanes[i].spool = -1;
        run->lanes[i].is_for_archives = i == run->jobs;
    }
    struct rlimit files;
    if (getrlimit(RLIMIT_NOFILE, &files) == 0) {
        rlim_t wanted = FILES_BESIDE + 8 * (rlim_t)run->jobs;
        files.rlim_cur = MAX(files.rlim_cur, MIN(wanted, files.rlim_max));
        setrlimit(RLIMIT_NOFILE, &files);
    }
}

static quire_status open_run(batch_run *run, quire_error *error)
{
    g_queue_init(&run->pending);
    g_queue_init(&run->pending_archives);
    run->in_flight = g_hash_table_new(g_str_hash, g_str_equal);
    run->leaders = g_hash_table_new(g_str_hash, g_str_equal);
    run->settling = g_ptr_array_new();
    run->frame = g_new(batch_frame, 1);
    run->started = run->noted = run->rate_time = quire_clock();
    make_lanes(run);
    quire_status status = beside_open(&run->beside, &run->options->convert, error);
    if (status == QUIRE_OK)
        status = plan_make(run, error);
    if (status == QUIRE_OK)
        status = quire_trial_check(&run->options->isolation, &run->options->convert,
                                   run->options->formats, run->options->format_count, error);
    if (status == QUIRE_OK)
        status = name_part(run, error);
    if (status == QUIRE_OK)
        status = events_open(&run->events, run->options->events, run->part, error);
    if (status == QUIRE_OK)
        status = open_ledger(run, error);
    if (status == QUIRE_OK)
        status = note_start(run, error);
    run->plan.store = run->store;
    open_source(run);
    return status;
}

/* ---- the end ---- */

static void free_documents(batch_run *run)
{
    g_autoptr(GList) all = g_hash_table_get_values(run->in_flight);
    g_hash_table_destroy(run->in_flight);
    g_hash_table_destroy(run->leaders);
    g_queue_clear(&run->pending);
    g_queue_clear(&run->pending_archives);
    g_ptr_array_free(run->settling, TRUE);
    for (GList *at = all; at; at = at->next)
        document_free(at->data);
}

static void close_run(batch_run *run)
{
    for (uint32_t i = 0; i <= run->jobs; i++) {
        batch_lane *l = &run->lanes[i];
        process_kill(&l->process);
        process_reap(&l->process, NULL);
        if (l->spool >= 0)
            close(l->spool);
        g_free(l->member);
    }
    free_documents(run);
    source_free(run->source);
    store_close(run->store);
    ledger_close(run->ledger);
    events_close(run->events);
    beside_close(&run->beside);
    g_free(run->frame);
    g_free(run->lanes);
    g_free(run->folder);
    g_free(run->part);
}

static void note_end(batch_run *run)
{
    const char *status = quire_status_name(run->status);
    for (uint32_t i = 0; i <= run->jobs; i++)
        if (run->lanes[i].process.is_ready) {
            char level[QUIRE_LEVEL_SIZE];
            sandbox_describe(&run->lanes[i].process.level, level);
            run->progress.level = g_intern_string(level);
        }
    char ended[32];
    note_time(ended);
    run->progress.seconds = quire_clock() - run->started;
    ledger_note(run->ledger, "ended", ended, NULL);
    if (run->progress.level)
        ledger_note(run->ledger, "sandbox", run->progress.level, NULL);
    ledger_note(run->ledger, "status", status, NULL);
    events_run_end(run->events, &run->progress, status);
    if (report_write(run->ledger, run->folder, run->part, NULL) == QUIRE_OK) {
        g_autofree char *path = g_strdup_printf("%s/%s.html", run->folder, run->part);
        run->progress.report = g_intern_string(path);
    }
}

quire_status quire_batch_run(const quire_batch_options *options, quire_batch_progress *result,
                             quire_error *error)
{
    batch_run run = {.options = options};
    quire_error own;
    error = error ? error : &own;
    quire_error_clear(error);
    quire_status status = open_run(&run, error);
    if (status == QUIRE_OK) {
        run.progress.total = options->counted ? count_inputs(&run) : 0;
        events_run_start(run.events, run.part, run.jobs, run.plan.fingerprint);
        run_supervise(&run);
        note_end(&run);
        status = run.status;
        *error = run.error;
    }
    *result = run.progress;
    close_run(&run);
    return status;
}
