/*
 * quire convert: documents one after the other, each into its outputs. They are read in a process
 * that is locked in; a bad one costs only itself.
 */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

typedef struct run {
    const cli_options *options;
    quire_options settings;
    cli_report report;
    cli_names *names;
    quire_isolated *worker; /* that reads the documents; NULL: this process does */
    cli_target *targets; /* one for each format */
    quire_output *outputs;
    size_t count;
    const char *file; /* being converted */
    cli_figures figures;
    int failed; /* documents */
    int code; /* of the last that did not go well */
    bool is_over; /* a mistake in the options, a signal, a reader that went away */
} run;

/* ---- callbacks ---- */

static void on_issue(void *user, const quire_issue *issue)
{
    run *job = user;
    cli_report_issue(&job->report, job->file, issue);
}

static void on_page(void *user, int page, int pages)
{
    run *job = user;
    cli_report_progress(&job->report, page, pages);
}

static bool on_figure(void *user, const quire_figure_file *figure)
{
    run *job = user;
    quire_error error = {0};
    if (cli_figures_write(&job->figures, figure, &error))
        return true;
    cli_report_error(&job->report, job->file, &error);
    return false;
}

static bool is_cancelled(void *user)
{
    (void)user;
    return cli_signals_caught() != 0;
}

/* ---- one document ---- */

static void open_targets(run *job)
{
    for (size_t i = 0; i < job->count; i++) {
        g_autofree char *path = cli_names_path(job->names, job->file, i);
        cli_target_init(&job->targets[i], path);
        if (i == 0 && job->figures.folder)
            cli_figures_aim(&job->figures, path);
        job->outputs[i] = (quire_output){
            .format = cli_names_format(job->names, i),
            .write = cli_target_write,
            .user = &job->targets[i],
        };
        if (cli_names_in_parts(job->names, i))
            cli_target_number(&job->targets[i]);
    }
}

static quire_status keep_targets(run *job, quire_error *error)
{
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < job->count; i++) {
        if (status == QUIRE_OK)
            status = cli_target_commit(&job->targets[i], error);
        else
            cli_target_abandon(&job->targets[i]);
    }
    return status;
}

static void abandon_targets(run *job)
{
    for (size_t i = 0; i < job->count; i++)
        cli_target_abandon(&job->targets[i]);
}

/* "inspct" is more likely a command with a typing mistake than a file that is not there. */
static void suggest_command(const char *file, quire_error *error)
{
    const char *names[16] = {NULL};
    const cli_command *command;
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(names) && (command = cli_command_at(i)); i++)
        names[i] = command->name;
    const char *nearest = cli_nearest(file, names);
    if (!nearest || strpbrk(file, "./") || access(file, F_OK) == 0)
        return;
    g_autofree char *message =
        g_strdup_printf("%s; did you mean the command '%s'?", error->message, nearest);
    g_strlcpy(error->message, message, sizeof error->message);
}

/* Says why, unless the reader of the pipe just went away. Returns the exit code. */
static int report_failure(run *job, quire_status status, quire_error *error)
{
    bool was_write = status == QUIRE_IO && strcmp(error->stage, "export") == 0;
    bool is_about_options = status == QUIRE_USAGE && strcmp(error->stage, "options") == 0;
    job->is_over = is_about_options || status == QUIRE_CANCELLED;
    for (size_t i = 0; i < job->count && was_write && !job->is_over; i++)
        job->is_over = !cli_target_explain(&job->targets[i], error);
    if (was_write && job->is_over)
        return CLI_EXIT_PIPE;
    if (status == QUIRE_CANCELLED)
        return CLI_EXIT_SIGNAL + cli_signals_caught();
    if (status == QUIRE_IO && !was_write)
        suggest_command(job->file, error);
    int code = cli_worker_exit(status, error);
    job->is_over |= code == CLI_EXIT_SANDBOX;
    cli_report_error(&job->report, job->is_over ? NULL : job->file, error);
    return code;
}

static void judge(run *job, int code)
{
    bool is_partial = code == CLI_EXIT_PARTIAL;
    job->failed += code != CLI_EXIT_OK && (!is_partial || job->options->strict);
    if (code != CLI_EXIT_OK && (!is_partial || job->code == CLI_EXIT_OK))
        job->code = code;
}

static void convert_one(run *job, const char *file)
{
    quire_error error = {0};
    job->file = job->report.file = file;
    job->report.file_index++;
    open_targets(job);
    job->settings.figures_prefix = job->figures.prefix;
    quire_input input = {.path = file};
    quire_status status =
        cli_worker_convert(job->worker, &input, &job->settings, job->outputs, job->count, &error);
    int code = cli_exit_of(status);
    bool is_kept = status == QUIRE_OK || (status == QUIRE_PARTIAL && !job->options->strict);
    if (status == QUIRE_PARTIAL)
        cli_report_error(&job->report, file, &error);
    else if (status != QUIRE_OK)
        code = report_failure(job, status, &error);
    quire_error_clear(&error);
    quire_status kept = is_kept ? keep_targets(job, &error) : QUIRE_OK;
    if (kept != QUIRE_OK)
        code = report_failure(job, kept, &error);
    if (!is_kept)
        abandon_targets(job);
    cli_report_clear(&job->report);
    cli_signals_hold(false);
    judge(job, code);
}

/* ---- all of them ---- */

static int exit_code(const run *job)
{
    if (job->is_over)
        return job->code;
    if (job->failed > 0)
        return job->options->operand_count > 1 ? CLI_EXIT_SOME_FAILED : job->code;
    return job->options->allow_partial ? CLI_EXIT_OK : job->code;
}

static int convert_all(run *job)
{
    job->count = cli_names_format_count(job->names);
    job->targets = g_new0(cli_target, job->count);
    job->outputs = g_new0(quire_output, job->count);
    for (int i = 0; i < job->options->operand_count && !job->is_over; i++)
        convert_one(job, job->options->operands[i]);
    g_free(job->targets);
    g_free(job->outputs);
    return exit_code(job);
}

int cli_convert(const cli_options *options)
{
    if (options->strict && options->allow_partial)
        return cli_usage_error("--strict and --allow-partial contradict each other");
    run job = {.options = options};
    char *password;
    int code = cli_settings(options, &job.settings, &password);
    if (code == CLI_EXIT_OK)
        job.names = cli_names_new(options, &code);
    if (job.names) {
        job.settings.user = &job;
        job.settings.on_issue = on_issue;
        job.settings.on_page = on_page;
        job.settings.on_figure = on_figure;
        if (job.settings.figures == QUIRE_FIGURES_FILES)
            job.figures.folder = options->figures;
        job.settings.cancelled = is_cancelled;
        job.settings.next_part = cli_target_next;
        job.worker = cli_worker_new(options);
        cli_report_init(&job.report, options);
        code = convert_all(&job);
    }
    quire_isolated_free(job.worker);
    cli_names_free(job.names);
    g_free(job.figures.prefix);
    g_free(password);
    return code;
}
