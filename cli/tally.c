/*
 * How far a batch is: a line on a terminal that is written over, a line now and then in a log, an
 * object where a program listens.
 */
#include "cli/cli.h"

#include <string.h>
#include <unistd.h>

static const double NEXT_LINE = 0.2; /* seconds between two, on a terminal */
static const double NEXT_PLAIN = 10.0; /* seconds between two, in a log */

static uint64_t seen(const quire_batch_progress *p)
{
    return p->done + p->partial + p->failed + p->quarantined + p->missing + p->skipped;
}

static uint64_t failed(const quire_batch_progress *p)
{
    return p->failed + p->quarantined + p->missing;
}

static void append_seconds(GString *out, double seconds)
{
    unsigned long whole = (unsigned long)(seconds + 0.5);
    if (whole >= 3600)
        g_string_append_printf(out, "%lu h %lu min", whole / 3600, whole / 60 % 60);
    else if (whole >= 60)
        g_string_append_printf(out, "%lu min %lu s", whole / 60, whole % 60);
    else
        g_string_append_printf(out, "%lu s", whole);
}

static void append_count(GString *out, uint64_t count, const char *noun)
{
    g_string_append_printf(out, "%llu %s%s", (unsigned long long)count, noun,
                           count == 1 ? "" : "s");
}

static void append_text(GString *out, const quire_batch_progress *p)
{
    if (p->total > 0)
        g_string_append_printf(out, "%llu of ", (unsigned long long)seen(p));
    append_count(out, p->total > 0 ? p->total : seen(p), "document");
    append_count(g_string_append(out, ", "), p->pages, "page");
    if (failed(p) > 0)
        g_string_append_printf(out, ", %llu failed", (unsigned long long)failed(p));
    if (p->rate > 0)
        g_string_append_printf(out, ", %.1f/s", p->rate);
    if (p->left > 0) {
        g_string_append(out, ", ");
        append_seconds(out, p->left);
        g_string_append(out, " left");
    }
    if (p->waiting)
        g_string_append_printf(out, ", waiting for %s", p->waiting);
}

static void append_json(GString *out, const char *level, const quire_batch_progress *p)
{
    g_string_append_printf(out,
                           "{\"level\":\"%s\",\"code\":\"batch\",\"total\":%llu,\"done\":%llu,"
                           "\"partial\":%llu,\"failed\":%llu,\"quarantined\":%llu,"
                           "\"missing\":%llu,\"skipped\":%llu,\"pages\":%llu,\"deaths\":%llu,"
                           "\"seconds\":%.1f,\"rate\":%.2f,\"left\":%.0f}",
                           level, (unsigned long long)p->total, (unsigned long long)p->done,
                           (unsigned long long)p->partial, (unsigned long long)p->failed,
                           (unsigned long long)p->quarantined, (unsigned long long)p->missing,
                           (unsigned long long)p->skipped, (unsigned long long)p->pages,
                           (unsigned long long)p->deaths, p->seconds, p->rate, p->left);
}

void cli_tally_show(cli_report *report, const quire_batch_progress *progress)
{
    double now = quire_clock();
    bool is_terminal = report->progress == CLI_PROGRESS_AUTO;
    if (report->progress == CLI_PROGRESS_NONE ||
        now - report->shown < (is_terminal ? NEXT_LINE : NEXT_PLAIN))
        return;
    report->shown = now;
    g_autoptr(GString) out = g_string_new(is_terminal ? "\r\033[K" : NULL);
    if (report->progress == CLI_PROGRESS_JSON)
        append_json(out, "progress", progress);
    else
        append_text(out, progress);
    if (is_terminal)
        report->is_line_open = write(STDERR_FILENO, out->str, out->len) > 0;
    else
        cli_report_line(report, out->str);
}

void cli_tally_end(cli_report *report, const quire_batch_progress *p)
{
    g_autoptr(GString) out = g_string_new(NULL);
    cli_report_clear(report);
    if (report->quiet)
        return;
    if (report->progress == CLI_PROGRESS_JSON || report->log_format == CLI_LOG_JSON) {
        append_json(out, "info", p);
        cli_report_line(report, out->str);
        return;
    }
    append_count(g_string_append(out, "quire: "), seen(p), "document");
    g_string_append_printf(out, ": %llu done", (unsigned long long)p->done);
    const struct {
        const char *name;
        uint64_t count;
    } others[] = {{"partial", p->partial},
                  {"failed", p->failed},
                  {"quarantined", p->quarantined},
                  {"missing", p->missing},
                  {"skipped", p->skipped}};
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++)
        if (others[i].count > 0)
            g_string_append_printf(out, ", %llu %s", (unsigned long long)others[i].count,
                                   others[i].name);
    append_count(g_string_append(out, "; "), p->pages, "page");
    g_string_append(out, " in ");
    append_seconds(out, p->seconds);
    if (p->report && failed(p) + p->partial > 0)
        g_string_append_printf(out, "; see %s", p->report);
    cli_report_line(report, out->str);
}
