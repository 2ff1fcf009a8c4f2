#include "batch/events.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct event_log {
    int fd;
    char *run;
    uint64_t number;
};

/* A line is written at once: lines of several runs into one pipe stay whole. */
typedef struct event_line {
    quire_sink *sink;
    quire_json json;
} event_line;

static bool open_file(event_log *e, const char *path)
{
    if (strcmp(path, "-") == 0)
        e->fd = dup(STDOUT_FILENO);
    else if (g_str_has_prefix(path, "fd:"))
        e->fd = dup(atoi(path + 3));
    else
        e->fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666);
    return e->fd >= 0 && fcntl(e->fd, F_SETFD, FD_CLOEXEC) == 0;
}

quire_status events_open(event_log **opened, const char *path, const char *run, quire_error *error)
{
    *opened = NULL;
    if (!path)
        return QUIRE_OK;
    event_log *e = g_new0(event_log, 1);
    e->run = g_strdup(run);
    if (!open_file(e, path)) {
        quire_fail(error, QUIRE_IO, "events", 0, "%.180s: %s", path, g_strerror(errno));
        events_close(e);
        return QUIRE_IO;
    }
    *opened = e;
    return QUIRE_OK;
}

void events_close(event_log *events)
{
    if (!events)
        return;
    if (events->fd >= 0)
        close(events->fd);
    g_free(events->run);
    g_free(events);
}

static void put_time(quire_json *json)
{
    struct timespec now;
    struct tm parts;
    char text[32], whole[48];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", &parts);
    g_snprintf(whole, sizeof whole, "%s.%03ldZ", text, now.tv_nsec / 1000000);
    quire_json_pair_cstring(json, "time", whole);
}

static void begin(event_log *e, event_line *line, const char *event)
{
    line->sink = quire_sink_new_memory();
    quire_json_init(&line->json, line->sink, 0);
    quire_json_begin_object(&line->json);
    put_time(&line->json);
    quire_json_pair_cstring(&line->json, "run", e->run);
    quire_json_pair_integer(&line->json, "number", (int64_t)e->number++);
    quire_json_pair_cstring(&line->json, "event", event);
}

/* Whoever does not read the events does not stop the run. */
static void end(event_log *e, event_line *line)
{
    quire_json_end_object(&line->json);
    quire_sink_text(line->sink, "\n");
    quire_bytes bytes = quire_sink_bytes(line->sink);
    for (size_t at = 0; at < bytes.size;) {
        ssize_t written = write(e->fd, bytes.data + at, bytes.size - at);
        if (written <= 0)
            break;
        at += (size_t)written;
    }
    quire_sink_free(line->sink);
}

void events_run_start(event_log *events, const char *part, uint32_t jobs, const char *fingerprint)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "run_start");
    quire_json_pair_cstring(&line.json, "version", quire_version());
    quire_json_pair_cstring(&line.json, "part", part);
    quire_json_pair_integer(&line.json, "jobs", jobs);
    quire_json_pair_cstring(&line.json, "fingerprint", fingerprint);
    end(events, &line);
}

static void put_outputs(quire_json *json, const ledger_row *row)
{
    quire_json_key(json, "outputs");
    quire_json_begin_array(json);
    for (size_t i = 0; i < row->output_count; i++) {
        quire_json_begin_object(json);
        quire_json_pair_cstring(json, "path", row->outputs[i].path);
        quire_json_pair_cstring(json, "sha256", row->outputs[i].sha256);
        quire_json_pair_integer(json, "bytes", (int64_t)row->outputs[i].bytes);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

void events_document(event_log *events, const ledger_row *row)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "document");
    quire_json *json = &line.json;
    quire_json_pair_cstring(json, "path", row->path);
    quire_json_pair_cstring(json, "state", ledger_state_name(row->state));
    quire_json_pair_cstring(json, "sha256", *row->sha256 ? row->sha256 : NULL);
    quire_json_pair_integer(json, "pages", row->pages);
    quire_json_pair_integer(json, "wall_ms", row->wall_ms);
    quire_json_pair_integer(json, "cpu_ms", row->cpu_ms);
    quire_json_pair_integer(json, "deaths", row->deaths);
    if (*row->error_kind) {
        quire_json_pair_cstring(json, "error", row->error_kind);
        quire_json_pair_integer(json, "error_page", row->error_page);
        quire_json_pair_cstring(json, "message", row->message);
    }
    put_outputs(json, row);
    end(events, &line);
}

void events_death(event_log *events, const char *path, int32_t page, const char *what,
                  const char *signature)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "worker_death");
    quire_json_pair_cstring(&line.json, "path", path);
    quire_json_pair_integer(&line.json, "page", page);
    quire_json_pair_cstring(&line.json, "what", what);
    quire_json_pair_cstring(&line.json, "signature", signature);
    end(events, &line);
}

static void put_progress(quire_json *json, const quire_batch_progress *p)
{
    quire_json_pair_integer(json, "total", (int64_t)p->total);
    quire_json_pair_integer(json, "done", (int64_t)p->done);
    quire_json_pair_integer(json, "partial", (int64_t)p->partial);
    quire_json_pair_integer(json, "failed", (int64_t)p->failed);
    quire_json_pair_integer(json, "quarantined", (int64_t)p->quarantined);
    quire_json_pair_integer(json, "missing", (int64_t)p->missing);
    quire_json_pair_integer(json, "skipped", (int64_t)p->skipped);
    quire_json_pair_integer(json, "pages", (int64_t)p->pages);
    quire_json_pair_integer(json, "deaths", (int64_t)p->deaths);
    quire_json_pair_number(json, "seconds", p->seconds, 1);
    quire_json_pair_number(json, "settling", p->settling, 3);
    quire_json_pair_number(json, "booking", p->booking, 3);
    quire_json_pair_number(json, "rate", p->rate, 2);
    quire_json_pair_number(json, "left", p->left, 0);
}

void events_progress(event_log *events, const quire_batch_progress *progress)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "progress");
    put_progress(&line.json, progress);
    end(events, &line);
}

void events_warning(event_log *events, const char *message)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "warning");
    quire_json_pair_cstring(&line.json, "message", message);
    end(events, &line);
}

void events_run_end(event_log *events, const quire_batch_progress *progress, const char *status)
{
    event_line line;
    if (!events)
        return;
    begin(events, &line, "run_end");
    quire_json_pair_cstring(&line.json, "status", status);
    quire_json_pair_cstring(&line.json, "sandbox", progress->level);
    put_progress(&line.json, progress);
    end(events, &line);
}
