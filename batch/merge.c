/*
 * Parts of a run, joined and held against what was to be done and what lies on the disk. A
 * scheduler may lose a task that it accepted, a disk a file; after this, nobody has to believe
 * either.
 */
#include "batch/run.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "batch/report.h"

static const char NAME[] = "merged"; /* of the ledger of all parts */
enum { ROWS_A_COMMIT = 1000 };

typedef struct merging {
    const quire_merge_options *options;
    quire_merge_result *result;
    quire_error *error;
    char *folder; /* OUT/.quire */
    batch_ledger *ledger;
    batch_store *store;
    uint32_t written; /* since the last commit */
    quire_status status;
} merging;

static void fault(const merging *m, const char *path, const char *what)
{
    if (m->options->on_fault)
        m->options->on_fault(m->options->user, path, what);
}

/* ---- joining ---- */

/* Of two rows for a document, from parts that overlap, the one with outputs holds. */
static bool is_better(merging *m, const ledger_row *row)
{
    ledger_row other;
    if (!ledger_find(m->ledger, row->path, &other))
        return true;
    bool is_better = !ledger_state_has_outputs(other.state);
    ledger_row_clear(&other);
    return is_better;
}

static bool join_row(void *user, const ledger_row *row)
{
    merging *m = user;
    if (is_better(m, row))
        m->status = ledger_write(m->ledger, row, m->error);
    if (m->status == QUIRE_OK && ++m->written % ROWS_A_COMMIT == 0) {
        m->status = ledger_commit(m->ledger, m->error);
        if (m->status == QUIRE_OK)
            m->status = ledger_begin(m->ledger, m->error);
    }
    return m->status == QUIRE_OK;
}

static quire_status join_part(merging *m, const char *path)
{
    batch_ledger *part;
    quire_status status = ledger_open_readable(&part, path, m->error);
    if (status != QUIRE_OK)
        return status;
    m->result->parts++;
    status = ledger_begin(m->ledger, m->error);
    if (status == QUIRE_OK)
        status = ledger_each(part, NULL, NULL, join_row, m, m->error);
    if (status == QUIRE_OK)
        status = m->status;
    if (status == QUIRE_OK)
        status = ledger_commit(m->ledger, m->error);
    ledger_close(part);
    return status;
}

static quire_status join_parts(merging *m)
{
    g_autofree char *own = g_strconcat(NAME, ".db", NULL);
    GDir *folder = g_dir_open(m->folder, 0, NULL);
    const char *name;
    quire_status status = QUIRE_OK;
    while (folder && status == QUIRE_OK && (name = g_dir_read_name(folder))) {
        g_autofree char *path = g_build_filename(m->folder, name, NULL);
        if (g_str_has_suffix(name, ".db") && strcmp(name, own) != 0)
            status = join_part(m, path);
    }
    if (folder)
        g_dir_close(folder);
    if (status == QUIRE_OK && m->result->parts == 0)
        status = quire_fail(m->error, QUIRE_IO, "merge", 0, "%.180s: holds no ledger of a run",
                            m->folder);
    return status;
}

/* ---- what was to be done ---- */

static quire_status look_for_inputs(merging *m, FILE *list)
{
    const quire_merge_options *o = m->options;
    g_autofree char *output = g_canonicalize_filename(o->output, NULL);
    source_options options = {.operands = o->inputs,
                              .operand_count = o->input_count,
                              .includes = o->includes,
                              .excludes = o->excludes,
                              .skipped_folder = output,
                              .nul_separated = o->nul_separated};
    batch_source *source = source_new(&options);
    source_item item;
    quire_status status;
    while (source_next(source, &item, &status, m->error)) {
        ledger_row row;
        if (ledger_find(m->ledger, item.path, &row)) {
            ledger_row_clear(&row);
        } else {
            m->result->missing++;
            fputs(item.file, list);
            fputc(o->nul_separated ? '\0' : '\n', list);
            fault(m, item.path, "has no row: it was not done");
        }
        source_item_clear(&item);
    }
    source_free(source);
    return status;
}

/* The list of what is missing is the next run's input. */
static quire_status list_missing(merging *m)
{
    g_autofree char *path = g_build_filename(m->folder, "missing.txt", NULL);
    if (m->options->input_count == 0)
        return QUIRE_OK;
    FILE *list = fopen(path, "we");
    if (!list)
        return quire_fail(m->error, QUIRE_IO, "merge", 0, "%.180s: %s", path, g_strerror(errno));
    quire_status status = look_for_inputs(m, list);
    bool is_written = fclose(list) == 0;
    if (m->result->missing == 0)
        remove(path);
    if (status == QUIRE_OK && !is_written)
        status = quire_fail(m->error, QUIRE_IO, "merge", 0, "%.180s: %s", path, g_strerror(errno));
    return status;
}

/* ---- what is there ---- */

static bool is_sound(merging *m, const ledger_output *output)
{
    char sha256[65];
    uint64_t bytes;
    if (!m->options->verify)
        return store_has(m->store, output->path, output->bytes);
    return store_hash(m->store, output->path, sha256, &bytes) && bytes == output->bytes &&
           strcmp(sha256, output->sha256) == 0;
}

static bool check_row(void *user, const ledger_row *row)
{
    merging *m = user;
    m->result->documents++;
    if (ledger_state_has_outputs(row->state))
        m->result->done++;
    else
        m->result->failed++;
    for (size_t i = 0; i < row->output_count; i++) {
        bool is_good = is_sound(m, &row->outputs[i]);
        m->result->outputs += is_good;
        m->result->damaged += !is_good;
        if (!is_good)
            fault(m, row->outputs[i].path, "is not what was written");
    }
    return true;
}

static void look_for_foreign(merging *m)
{
    g_autofree char *skipped = g_canonicalize_filename(m->folder, NULL);
    source_options options = {.skipped_folder = skipped, .takes_all = true};
    folder_walk *walk = walk_new(m->options->output);
    char *path;
    while (walk && (path = walk_next(walk, &options))) {
        if (!ledger_has_output(m->ledger, path)) {
            m->result->foreign++;
            fault(m, path, "is no output of this run");
        }
        g_free(path);
    }
    walk_free(walk);
}

/* ---- all of it ---- */

static quire_status open_merged(merging *m)
{
    g_autofree char *name = g_strconcat(NAME, ".db", NULL);
    g_autofree char *path = g_build_filename(m->folder, name, NULL);
    if (!g_file_test(m->folder, G_FILE_TEST_IS_DIR))
        return quire_fail(m->error, QUIRE_IO, "merge", 0, "%.180s: no run has written here",
                          m->options->output);
    quire_status status = ledger_open(&m->ledger, path, 0, m->error);
    if (status == QUIRE_OK)
        status = ledger_empty(m->ledger, m->error);
    if (status != QUIRE_OK)
        return status;
    m->store = store_open(m->options->output, NAME, m->error);
    return m->store ? QUIRE_OK : QUIRE_IO;
}

quire_status quire_batch_merge(const quire_merge_options *options, quire_merge_result *result,
                               quire_error *error)
{
    quire_error own;
    *result = (quire_merge_result){0};
    merging m = {.options = options,
                 .result = result,
                 .error = error ? error : &own,
                 .folder = g_build_filename(options->output, ".quire", NULL)};
    quire_error_clear(m.error);
    quire_status status = open_merged(&m);
    if (status == QUIRE_OK)
        status = join_parts(&m);
    if (status == QUIRE_OK)
        status = list_missing(&m);
    if (status == QUIRE_OK)
        status = ledger_each(m.ledger, NULL, NULL, check_row, &m, m.error);
    if (status == QUIRE_OK) {
        look_for_foreign(&m);
        status = report_write(m.ledger, m.folder, NAME, m.error);
    }
    store_close(m.store);
    ledger_close(m.ledger);
    g_free(m.folder);
    return status;
}
