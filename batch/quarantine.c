/*
 * A document that breaks workers is written down with where it did so and the command that shows it
 * again. Records are named after the input's hash, so that copies of it make one; signatures group
 * those that die at the same place.
 */
#include <stdio.h>

#include "batch/run.h"

static char *command_of(const batch_run *run, const batch_document *d, int32_t page)
{
    const char *command = run->options->command ? run->options->command : "quire";
    g_autofree char *pages = page > 0 ? g_strdup_printf(" -p %d", page) : g_strdup("");
    g_autofree char *file = g_shell_quote(d->file ? d->file : d->row.path);
    return g_strdup_printf("%s%s %s", command, pages, file);
}

static void put_record(quire_json *json, const batch_run *run, const batch_document *d)
{
    const ledger_row *row = &d->row;
    int32_t page =
        d->broken->len ? (int32_t)g_ascii_strtoll(d->broken->str, NULL, 10) : row->error_page;
    g_autofree char *command = command_of(run, d, page);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "path", row->path);
    quire_json_pair_cstring(json, "archive", d->archive ? d->archive->file : NULL);
    quire_json_pair_cstring(json, "sha256", row->sha256);
    quire_json_pair_cstring(json, "state", ledger_state_name(row->state));
    quire_json_pair_integer(json, "deaths", row->deaths);
    quire_json_pair_cstring(json, "broken_pages", d->broken->len ? d->broken->str : NULL);
    quire_json_pair_cstring(json, "signature", *row->signature ? row->signature : NULL);
    quire_json_pair_cstring(json, "message", row->message);
    quire_json_pair_cstring(json, "command", command);
    quire_json_pair_cstring(json, "version", quire_version());
    quire_json_end_object(json);
}

void quarantine_write(const batch_run *run, const batch_document *document)
{
    g_autofree char *folder = g_build_filename(run->folder, "quarantine", NULL);
    g_autofree char *name = g_strdup_printf("%.32s.json", document->row.sha256);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 2);
    put_record(&json, run, document);
    quire_sink_text(sink, "\n");
    quire_bytes bytes = quire_sink_bytes(sink);
    quire_output_file *file = NULL;
    if (g_mkdir_with_parents(folder, 0777) == 0)
        file = quire_output_file_open(path, NULL);
    if (file && quire_output_file_write(file, bytes.data, bytes.size))
        quire_output_file_commit(file, NULL);
    else if (file)
        quire_output_file_abandon(file);
    quire_sink_free(sink);
}
