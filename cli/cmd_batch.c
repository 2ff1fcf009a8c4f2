/*
 * quire batch: archives, unattended. What it does is in batch/; here are words, signals and lines.
 */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

#define DOCUMENT_SECONDS 1800.0 /* by default: nothing that is left alone may take for ever */

typedef struct batching {
    const cli_options *options;
    cli_report report;
} batching;

/* ---- callbacks ---- */

static void on_document(void *user, const quire_batch_document *document)
{
    batching *job = user;
    if (!document->error)
        return;
    bool is_partial = document->error->status == QUIRE_PARTIAL;
    if (!is_partial || job->options->verbose)
        cli_report_error(&job->report, document->path, document->error);
}

static void on_progress(void *user, const quire_batch_progress *progress)
{
    batching *job = user;
    cli_tally_show(&job->report, progress);
}

static int stop_asked(void *user)
{
    (void)user;
    return cli_signals_counted();
}

/* ---- the run ---- */

static int refuse(const cli_options *options)
{
    if (options->operand_count == 0)
        return cli_usage_error("no input; name a folder, a list of paths, or an archive");
    if (!options->output || strcmp(options->output, "-") == 0)
        return cli_usage_error("a batch needs a folder to write to: -o DIR");
    if (g_file_test(options->output, G_FILE_TEST_EXISTS) &&
        !g_file_test(options->output, G_FILE_TEST_IS_DIR))
        return cli_usage_error("%s: is not a folder", options->output);
    if (options->figures && strcmp(options->figures, "off") != 0 &&
        strcmp(options->figures, "embed") != 0)
        return cli_usage_error("--figures: a batch writes no pictures beside its documents; it can "
                               "embed them");
    if (options->strict && options->allow_partial)
        return cli_usage_error("--strict and --allow-partial contradict each other");
    return CLI_EXIT_OK;
}

static int exit_code(const cli_options *options, quire_status status, const quire_batch_progress *p)
{
    if (status == QUIRE_CANCELLED)
        return CLI_EXIT_SIGNAL + cli_signals_caught();
    if (status != QUIRE_OK)
        return cli_exit_of(status);
    bool has_failed = p->failed + p->quarantined + p->missing > 0;
    if (has_failed || (options->strict && p->partial > 0))
        return CLI_EXIT_SOME_FAILED;
    return p->partial > 0 && !options->allow_partial ? CLI_EXIT_PARTIAL : CLI_EXIT_OK;
}

/* What stopped the run as a whole. */
static int report_stop(batching *job, quire_status status, const quire_error *error, int code)
{
    if (status == QUIRE_OK)
        return code;
    cli_report_error(&job->report, NULL, error);
    if (strcmp(error->stage, "sandbox") == 0)
        return CLI_EXIT_SANDBOX;
    return strcmp(error->stage, "busy") == 0 ? CLI_EXIT_BUSY : code;
}

static int run(batching *job, const quire_options *settings, const char *command)
{
    const cli_options *options = job->options;
    static const char *const markdown[] = {"markdown"};
    bool is_told = options->formats->len > 0;
    quire_batch_options batch = {
        .inputs = (const char *const *)options->operands,
        .input_count = (size_t)options->operand_count,
        .includes = (const char *const *)options->includes->pdata,
        .excludes = (const char *const *)options->excludes->pdata,
        .nul_separated = options->nul,
        .output = options->output,
        .formats = is_told ? (const char *const *)options->formats->pdata : markdown,
        .format_count = is_told ? options->formats->len : 1,
        .convert = *settings,
        .isolation = {.sandbox = options->sandbox ? (quire_sandbox)(options->sandbox - 1)
                                                  : QUIRE_SANDBOX_ON,
                      .max_memory = options->max_memory,
                      .max_output = options->max_output ? options->max_output : 256u << 20},
        .jobs = (uint32_t)options->jobs,
        .shard = options->shard,
        .resume = options->resume,
        .on_exists = (quire_on_exists)options->on_exists,
        .events = options->events,
        .min_free = options->min_free,
        .wait_lock = options->wait_lock,
        .command = command,
        .counted = job->report.progress != CLI_PROGRESS_NONE,
        .user = job,
        .on_document = on_document,
        .on_progress = on_progress,
        .stop_asked = stop_asked,
    };
    quire_batch_progress result = {0};
    quire_error error = {0};
    quire_status status = quire_batch_run(&batch, &result, &error);
    if (status == QUIRE_OK || status == QUIRE_CANCELLED)
        cli_tally_end(&job->report, &result);
    return report_stop(job, status, &error, exit_code(options, status, &result));
}

int cli_batch(const cli_options *options)
{
    batching job = {.options = options};
    quire_options settings;
    char *password = NULL;
    int code = refuse(options);
    if (code == CLI_EXIT_OK)
        code = cli_settings(options, &settings, &password);
    if (code == CLI_EXIT_OK) {
        g_autofree char *words = cli_options_words(options, cli_command_find("convert"));
        g_autofree char *command = g_strconcat("quire --sandbox off", words, NULL);
        if (settings.timeout == 0)
            settings.timeout = DOCUMENT_SECONDS;
        cli_report_init(&job.report, options);
        if (options->progress <= CLI_PROGRESS_AUTO && !options->quiet && !isatty(STDERR_FILENO))
            job.report.progress = CLI_PROGRESS_PLAIN;
        job.report.shown = job.report.started;
        cli_signals_count();
        code = run(&job, &settings, command);
    }
    g_free(password);
    return code;
}
