/*
 * Standard error: one line for what went wrong, more when asked for, and a line of progress that
 * never mixes with them. Each line is written at once, so that lines of several programs on one
 * terminal stay whole.
 */
#include "cli/cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const double FIRST_PROGRESS = 0.5; /* seconds before anything is shown */
static const double NEXT_PROGRESS = 0.1; /* seconds between two, on a terminal */
static const double NEXT_PLAIN = 2.0; /* seconds between two, in a log */

static void write_line(GString *line)
{
    g_string_append_c(line, '\n');
    for (size_t at = 0; at < line->len;) {
        ssize_t written = write(STDERR_FILENO, line->str + at, line->len - at);
        if (written <= 0)
            return; /* nobody listens; there is no other place to tell */
        at += (size_t)written;
    }
}

/* A line of progress would stand in the middle of a document on the same terminal. */
static bool is_shown_on_terminal(const cli_options *options)
{
    bool is_stdout = !options->output || strcmp(options->output, "-") == 0;
    return is_stdout && isatty(STDOUT_FILENO);
}

void cli_report_init(cli_report *report, const cli_options *options)
{
    *report = (cli_report){
        .log_format = options->log_format,
        .quiet = options->quiet,
        .verbose = options->verbose,
        .progress = options->progress,
        .started = quire_clock(),
        .file_count = options->operand_count,
    };
    bool is_auto = report->progress <= CLI_PROGRESS_AUTO;
    if (is_auto && (report->quiet || !isatty(STDERR_FILENO) || is_shown_on_terminal(options)))
        report->progress = CLI_PROGRESS_NONE;
    else if (is_auto)
        report->progress = CLI_PROGRESS_AUTO;
}

/* One line whatever a file put into the message. */
static void append_clean(GString *line, const char *text)
{
    for (; *text; text++)
        g_string_append_c(line, (unsigned char)*text < 0x20 || *text == 0x7F ? ' ' : *text);
}

static const char *name_of(const char *file)
{
    return strcmp(file, "-") == 0 ? "stdin" : file;
}

/* Messages about a file may begin with its name, or the last part of it, which the line has
 * already. */
static const char *after_prefix(const char *message, const char *file)
{
    const char *slash = strrchr(file, '/');
    const char *const names[] = {file, slash ? slash + 1 : file};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++) {
        size_t size = strlen(names[i]);
        if (strncmp(message, names[i], size) == 0 && strncmp(message + size, ": ", 2) == 0)
            return message + size + 2;
    }
    return message;
}

typedef struct log_line {
    const char *level, *file, *code, *message; /* file may be NULL */
    int page;
} log_line;

static void append_text(GString *out, const log_line *line)
{
    g_string_append(out, "quire: ");
    if (line->file) {
        append_clean(out, line->file);
        g_string_append(out, ": ");
    }
    if (line->page)
        g_string_append_printf(out, "page %d: ", line->page);
    if (strcmp(line->level, "error") != 0)
        g_string_append_printf(out, "%s: ", line->level);
    append_clean(out, line->message);
}

static void append_json(GString *out, const log_line *line)
{
    quire_sink *sink = quire_sink_new_memory();
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_json_begin_object(&json);
    quire_json_pair_cstring(&json, "level", line->level);
    quire_json_pair_cstring(&json, "code", line->code);
    if (line->file)
        quire_json_pair_cstring(&json, "file", line->file);
    if (line->page)
        quire_json_pair_integer(&json, "page", line->page);
    quire_json_pair_cstring(&json, "message", line->message);
    quire_json_end_object(&json);
    quire_bytes bytes = quire_sink_bytes(sink);
    g_string_append_len(out, (const char *)bytes.data, (gssize)bytes.size);
    quire_sink_free(sink);
}

static void say(cli_report *report, const log_line *line)
{
    cli_report_clear(report);
    g_autoptr(GString) out = g_string_new(NULL);
    if (report->log_format == CLI_LOG_JSON)
        append_json(out, line);
    else
        append_text(out, line);
    write_line(out);
}

void cli_report_line(cli_report *report, const char *text)
{
    cli_report_clear(report);
    g_autoptr(GString) out = g_string_new(text);
    write_line(out);
}

void cli_report_error(cli_report *report, const char *file, const quire_error *error)
{
    bool is_partial = error->status == QUIRE_PARTIAL;
    if (is_partial && report->quiet)
        return;
    bool is_too_large = error->status == QUIRE_LIMIT && strcmp(error->stage, "open") == 0;
    const char *name = file ? name_of(file) : NULL;
    const char *message = name ? after_prefix(error->message, name) : error->message;
    g_autofree char *text =
        g_strconcat(message, is_too_large ? "; raise --max-file-size" : "", NULL);
    say(report, &(log_line){.level = is_partial ? "partial" : "error",
                            .file = name,
                            .code = quire_status_name(error->status),
                            .message = text,
                            .page = error->page});
}

void cli_report_issue(cli_report *report, const char *file, const quire_issue *issue)
{
    static const char *const levels[] = {"info", "warning", "severe"};
    if (report->quiet || !report->verbose)
        return;
    say(report, &(log_line){.level = levels[issue->severity],
                            .file = file ? name_of(file) : NULL,
                            .code = issue->code,
                            .message = issue->message,
                            .page = issue->page});
}

void cli_report_clear(cli_report *report)
{
    if (!report->is_line_open)
        return;
    static const char erase[] = "\r\033[K";
    report->is_line_open = write(STDERR_FILENO, erase, sizeof erase - 1) < 0;
}

static void show_progress(cli_report *report, int page, int pages)
{
    g_autoptr(GString) out = g_string_new(NULL);
    const char *file = name_of(report->file ? report->file : "-");
    if (report->progress == CLI_PROGRESS_JSON) {
        g_autofree char *message = g_strdup_printf("%d of %d pages", page, pages);
        append_json(out, &(log_line){"progress", file, "progress", message, page});
        write_line(out);
        return;
    }
    if (report->progress == CLI_PROGRESS_AUTO)
        g_string_append(out, "\r\033[K");
    append_clean(out, file);
    g_string_append_printf(out, ": page %d of %d", page, pages);
    if (report->file_count > 1)
        g_string_append_printf(out, ", file %d of %d", report->file_index, report->file_count);
    if (report->progress == CLI_PROGRESS_PLAIN) {
        write_line(out);
        return;
    }
    report->is_line_open = write(STDERR_FILENO, out->str, out->len) > 0;
}

void cli_report_progress(cli_report *report, int page, int pages)
{
    if (report->progress == CLI_PROGRESS_NONE)
        return;
    double now = quire_clock();
    double pause = report->progress == CLI_PROGRESS_AUTO ? NEXT_PROGRESS : NEXT_PLAIN;
    bool is_last = page == pages && report->progress != CLI_PROGRESS_AUTO;
    if (!is_last && (now - report->started < FIRST_PROGRESS || now - report->shown < pause))
        return;
    report->shown = now;
    show_progress(report, page, pages);
}

int cli_usage_error(const char *format, ...)
{
    g_autoptr(GString) line = g_string_new("quire: ");
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(line, format, arguments);
    va_end(arguments);
    write_line(line);
    return CLI_EXIT_USAGE;
}
