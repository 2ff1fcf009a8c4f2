/*
 * quire inspect: a line about each document, an object about each, or an answer as exit code.
 */
#include "cli/cli.h"

#include <string.h>

typedef struct inspecting {
    const cli_options *options;
    quire_options settings;
    cli_report report;
    GString *out;
    const char *file;
    bool is_over; /* a mistake in the options */
} inspecting;

/* ---- questions ---- */

static bool answer(int predicate, const quire_inspection *found)
{
    switch (predicate) {
    case CLI_HAS_TEXT:
        return found->pages_text > 0;
    case CLI_NEEDS_OCR:
        return found->pages_scanned + found->pages_garbled > 0;
    case CLI_IS_ENCRYPTED:
        return found->encrypted;
    case CLI_HAS_TABLES:
        return found->pages_tables > 0;
    case CLI_HAS_FORM:
        return found->has_form;
    default:
        return found->tagged;
    }
}

/* ---- a table for people ---- */

static const char *yes(bool value)
{
    return value ? "yes" : "-";
}

static void append_title(GString *out)
{
    g_string_append(out, " pages  read  text  scan  garb empty table form tag  enc  file\n");
}

static void append_row(GString *out, const char *file, const quire_inspection *found)
{
    g_string_append_printf(out, "%6u %5u %5u %5u %5u %5u %5u %-4s %-4s %-4s %s%s\n", found->pages,
                           found->pages_sampled, found->pages_text, found->pages_scanned,
                           found->pages_garbled, found->pages_empty, found->pages_tables,
                           yes(found->has_form), yes(found->tagged), yes(found->encrypted), file,
                           found->recovered ? " (damaged, repaired)" : "");
}

/* ---- an object for programs ---- */

static void append_count(quire_json *json, const char *key, uint32_t value)
{
    quire_json_pair_integer(json, key, value);
}

static void append_object(GString *out, const char *file, const quire_inspection *found)
{
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_json_begin_object(&json);
    quire_json_pair_cstring(&json, "file", file);
    quire_json_pair_cstring(&json, "media_type", found->media_type);
    quire_json_pair_integer(&json, "bytes", (int64_t)found->bytes);
    quire_json_pair_bool(&json, "encrypted", found->encrypted);
    quire_json_pair_bool(&json, "opened", found->opened);
    quire_json_pair_bool(&json, "recovered", found->recovered);
    quire_json_pair_bool(&json, "tagged", found->tagged);
    quire_json_pair_bool(&json, "has_form", found->has_form);
    append_count(&json, "pages", found->pages);
    append_count(&json, "pages_sampled", found->pages_sampled);
    append_count(&json, "pages_text", found->pages_text);
    append_count(&json, "pages_garbled", found->pages_garbled);
    append_count(&json, "pages_scanned", found->pages_scanned);
    append_count(&json, "pages_empty", found->pages_empty);
    append_count(&json, "pages_tables", found->pages_tables);
    append_count(&json, "glyphs", found->glyphs);
    quire_json_pair_bool(&json, "needs_ocr", answer(CLI_NEEDS_OCR, found));
    quire_json_end_object(&json);
    quire_bytes bytes = quire_sink_bytes(sink);
    g_string_append_len(out, (const char *)bytes.data, (gssize)bytes.size);
    g_string_append_c(out, '\n');
    quire_sink_free(sink);
}

/* ---- the command ---- */

static void on_issue(void *user, const quire_issue *issue)
{
    inspecting *job = user;
    cli_report_issue(&job->report, job->file, issue);
}

/* Looks at one document and prints at once; its exit code. */
static int inspect_one(inspecting *job, const char *file)
{
    quire_inspection found;
    quire_error error = {0};
    quire_input input = {.path = file};
    job->file = file;
    quire_status status = quire_inspect(&input, &job->settings, &found, &error);
    int predicate = job->options->predicate;
    bool is_answer = found.encrypted && (predicate == CLI_IS_ENCRYPTED || job->options->json);
    if (status != QUIRE_OK && !(status == QUIRE_ENCRYPTED && is_answer)) {
        job->is_over = strcmp(error.stage, "options") == 0;
        cli_report_error(&job->report, job->is_over ? NULL : file, &error);
        return cli_exit_of(status);
    }
    if (predicate)
        return answer(predicate, &found) ? CLI_EXIT_OK : CLI_EXIT_FALSE;
    g_string_truncate(job->out, 0);
    if (job->options->json)
        append_object(job->out, file, &found);
    else
        append_row(job->out, file, &found);
    int code = cli_print(job->out);
    return code == CLI_EXIT_OK && status != QUIRE_OK ? cli_exit_of(status) : code;
}

static int inspect_all(inspecting *job)
{
    const cli_options *options = job->options;
    int worst = CLI_EXIT_OK, failed = 0;
    if (!options->predicate && !options->json) {
        append_title(job->out);
        worst = cli_print(job->out);
    }
    for (int i = 0; i < options->operand_count && worst != CLI_EXIT_PIPE; i++) {
        int code = inspect_one(job, options->operands[i]);
        if (job->is_over)
            return code;
        failed += code != CLI_EXIT_OK;
        worst = MAX(worst, code);
    }
    bool is_mixed = failed > 0 && options->operand_count > 1 && worst != CLI_EXIT_PIPE;
    return is_mixed && !options->predicate ? CLI_EXIT_SOME_FAILED : worst;
}

int cli_inspect(const cli_options *options)
{
    if (options->operand_count == 0)
        return cli_usage_error("no input; name a file, or - for standard input");
    inspecting job = {.options = options};
    char *password;
    int code = cli_settings(options, &job.settings, &password);
    if (code == CLI_EXIT_OK) {
        job.settings.user = &job;
        job.settings.on_issue = on_issue;
        job.out = g_string_new(NULL);
        cli_report_init(&job.report, options);
        code = inspect_all(&job);
        g_string_free(job.out, TRUE);
    }
    g_free(password);
    return code;
}
