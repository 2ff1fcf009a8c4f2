/*
 * quire_convert(), but in a worker: the same call, the same callbacks, and a document that breaks
 * its reader breaks nothing else. One worker serves the documents of a run, one after the other.
 */
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "batch/beside.h"
#include "batch/process.h"

static const double GRACE = 0.5; /* behind the document's limit, in which it may end by itself */
static const double PAGE_SECONDS = 120.0; /* what recognition of a page may take by default */
static const double STALL_GRACE = 5.0;
enum { TICK = 50, MOST_FIGURE = 256 << 20 };
#define MEMORY_BYTES (UINT64_C(2) << 30)

struct quire_isolated {
    quire_isolation isolation;
    worker_process process;
    batch_frame *frame; /* the one that is being read */
};

/* A document on its way. */
typedef struct call {
    quire_isolated *worker;
    const quire_options *options;
    const quire_output *outputs;
    size_t count;
    quire_error *error;
    double deadline, heard; /* of quire_clock(); deadline 0: none */
    uint32_t beats;
    frame_figure figure; /* that is coming in */
    GByteArray *figure_bytes;
} call;

quire_isolated *quire_isolated_new(const quire_isolation *isolation)
{
    quire_isolated *isolated = g_new0(quire_isolated, 1);
    isolated->isolation = *isolation;
    isolated->process.channel = -1;
    isolated->frame = g_malloc(sizeof *isolated->frame);
    return isolated;
}

void quire_isolated_free(quire_isolated *isolated)
{
    if (!isolated)
        return;
    process_kill(&isolated->process);
    process_reap(&isolated->process, NULL);
    g_free(isolated->frame);
    g_free(isolated);
}

/* ---- the input ---- */

static quire_status refuse(quire_error *error, const char *path, int code)
{
    return quire_fail(error, QUIRE_IO, "open", 0, "%s: %s", path, g_strerror(code));
}

/* What can be told of a file without reading it is told here, by the name it was given. */
static quire_status open_input(const quire_input *input, const quire_options *options,
                               int *descriptor, uint64_t *size, quire_error *error)
{
    uint64_t most = options->max_file_size ? options->max_file_size : QUIRE_MAX_FILE_BYTES;
    struct stat info;
    bool is_standard = !input->descriptor && strcmp(input->path, "-") == 0;
    if (input->descriptor || is_standard)
        *descriptor = fcntl(is_standard ? STDIN_FILENO : *input->descriptor, F_DUPFD_CLOEXEC,
                            STDERR_FILENO + 1);
    else
        *descriptor = open(input->path, O_RDONLY | O_CLOEXEC);
    if (*descriptor < 0 || fstat(*descriptor, &info) != 0)
        return refuse(error, input->path, errno);
    if (S_ISDIR(info.st_mode))
        return refuse(error, input->path, EISDIR);
    *size = S_ISREG(info.st_mode) ? (uint64_t)info.st_size : 0;
    if (*size > most)
        return quire_fail(error, QUIRE_LIMIT, "open", 0, "%s: larger than %llu bytes", input->path,
                          (unsigned long long)most);
    return QUIRE_OK;
}

static const char *name_of(const quire_input *input)
{
    const char *slash = strrchr(input->path, '/');
    if (input->name)
        return input->name;
    if (strcmp(input->path, "-") == 0)
        return "stdin";
    return slash ? slash + 1 : input->path;
}

/* Where something could not be sent, the channel tells why when it is read. */
static quire_status send_files(const call *c)
{
    beside_files files;
    quire_status status = beside_open(&files, c->options, c->error);
    if (status == QUIRE_OK)
        beside_send(&files, c->worker->process.channel);
    beside_close(&files);
    return status;
}

static quire_status send_request(const call *c, const quire_input *input, int descriptor)
{
    char bytes[FRAME_BYTES];
    wire_request request = {.options = *c->options,
                            .name = name_of(input),
                            .has_parts = c->options->next_part != NULL,
                            .format_count = (uint32_t)c->count};
    if (c->count > WIRE_FORMATS)
        return quire_fail(c->error, QUIRE_USAGE, "options", 0, "more than %d outputs",
                          WIRE_FORMATS);
    for (size_t i = 0; i < c->count; i++)
        request.formats[i] = c->outputs[i].format;
    size_t size = wire_pack(&request, bytes);
    if (size == 0)
        return quire_fail(c->error, QUIRE_USAGE, "options", 0, "the options are too long");
    frame_send(c->worker->process.channel, FRAME_CONVERT, 0, bytes, size, descriptor);
    return QUIRE_OK;
}

/* ---- what comes back ---- */

static quire_status broken(const call *c)
{
    return quire_fail(c->error, QUIRE_INTERNAL, "worker", 0,
                      "the worker sends what makes no sense");
}

static quire_status take_output(const call *c, const batch_frame *frame)
{
    if (frame->number >= c->count)
        return broken(c);
    const quire_output *output = &c->outputs[frame->number];
    if (output->write(output->user, frame->bytes, frame->size))
        return QUIRE_OK;
    return quire_fail(c->error, QUIRE_IO, "export", 0, "cannot write the output");
}

static quire_status take_issue(const call *c, const batch_frame *frame)
{
    frame_issue issue;
    if (frame->size != sizeof issue)
        return broken(c);
    memcpy(&issue, frame->bytes, sizeof issue);
    issue.code[sizeof issue.code - 1] = issue.message[sizeof issue.message - 1] = 0;
    if (issue.severity < QUIRE_INFO || issue.severity > QUIRE_SEVERE)
        return broken(c);
    quire_issue told = {issue.code, (quire_severity)issue.severity, issue.page, issue.message};
    if (c->options->on_issue)
        c->options->on_issue(c->options->user, &told);
    return QUIRE_OK;
}

static quire_status take_pages(const call *c, const batch_frame *frame)
{
    frame_progress page;
    if (frame->size % sizeof page != 0)
        return broken(c);
    for (size_t at = 0; at < frame->size && c->options->on_page; at += sizeof page) {
        memcpy(&page, frame->bytes + at, sizeof page);
        c->options->on_page(c->options->user, page.page, page.pages);
    }
    return QUIRE_OK;
}

static quire_status take_summary(const call *c, const char *bytes)
{
    frame_summary page;
    memcpy(&page, bytes, sizeof page);
    if (page.status < QUIRE_OK || page.status > QUIRE_INTERNAL)
        return broken(c);
    quire_page_summary told = {page.number, (quire_status)page.status, page.confidence,
                               page.needs_review != 0, page.recognised != 0};
    if (c->options->on_page_end)
        c->options->on_page_end(c->options->user, &told);
    return QUIRE_OK;
}

static quire_status take_summaries(const call *c, const batch_frame *frame)
{
    quire_status status = frame->size % sizeof(frame_summary) == 0 ? QUIRE_OK : broken(c);
    for (size_t at = 0; at < frame->size && status == QUIRE_OK; at += sizeof(frame_summary))
        status = take_summary(c, frame->bytes + at);
    return status;
}

static quire_status begin_figure(call *c, const batch_frame *frame)
{
    if (frame->size != sizeof c->figure)
        return broken(c);
    memcpy(&c->figure, frame->bytes, sizeof c->figure);
    c->figure.name[sizeof c->figure.name - 1] = 0;
    c->figure.media_type[sizeof c->figure.media_type - 1] = 0;
    bool leads_away = strchr(c->figure.name, '/') || c->figure.name[0] == '.';
    if (leads_away || c->figure.size == 0 || c->figure.size > MOST_FIGURE)
        return broken(c);
    g_byte_array_set_size(c->figure_bytes, 0);
    return QUIRE_OK;
}

static quire_status end_figure(const call *c)
{
    const quire_figure_file figure = {.name = c->figure.name,
                                      .media_type = c->figure.media_type,
                                      .page = c->figure.page,
                                      .bytes = c->figure_bytes->data,
                                      .size = c->figure_bytes->len};
    bool is_kept = c->options->on_figure && c->options->on_figure(c->options->user, &figure);
    frame_send(c->worker->process.channel, FRAME_ANSWER, is_kept, NULL, 0, -1);
    return QUIRE_OK;
}

static quire_status end_part(const call *c, const batch_frame *frame)
{
    if (frame->number >= c->count)
        return broken(c);
    bool is_parted = c->options->next_part && c->options->next_part(c->outputs[frame->number].user);
    frame_send(c->worker->process.channel, FRAME_ANSWER, is_parted, NULL, 0, -1);
    return QUIRE_OK;
}

static quire_status take_figure_bytes(call *c, const batch_frame *frame)
{
    if (c->figure_bytes->len + frame->size > c->figure.size)
        return broken(c);
    g_byte_array_append(c->figure_bytes, (const guint8 *)frame->bytes, frame->size);
    return c->figure_bytes->len == c->figure.size ? end_figure(c) : QUIRE_OK;
}

static quire_status take_refusal(const call *c, const batch_frame *frame)
{
    quire_error refusal;
    if (frame->size != sizeof refusal)
        return broken(c);
    memcpy(&refusal, frame->bytes, sizeof refusal);
    refusal.message[sizeof refusal.message - 1] = 0;
    return quire_fail(c->error, QUIRE_MISSING, "sandbox", 0, "%s", refusal.message);
}

static quire_status take(call *c, const batch_frame *frame)
{
    switch (frame->kind) {
    case FRAME_READY:
        return QUIRE_OK;
    case FRAME_SUMMARIES:
        return take_summaries(c, frame);
    case FRAME_REFUSED:
        return take_refusal(c, frame);
    case FRAME_OUTPUT:
        return take_output(c, frame);
    case FRAME_ISSUE:
        return take_issue(c, frame);
    case FRAME_PAGES:
        return take_pages(c, frame);
    case FRAME_FIGURE:
        return begin_figure(c, frame);
    case FRAME_FIGURE_BYTES:
        return take_figure_bytes(c, frame);
    case FRAME_PART:
        return end_part(c, frame);
    default:
        return broken(c);
    }
}

/* ---- the end ---- */

static quire_status take_result(const call *c, const batch_frame *frame)
{
    frame_result result;
    if (frame->size != sizeof result)
        return broken(c);
    memcpy(&result, frame->bytes, sizeof result);
    if (result.status < QUIRE_OK || result.status > QUIRE_INTERNAL)
        return broken(c);
    result.error.message[sizeof result.error.message - 1] = 0;
    result.error.stage[sizeof result.error.stage - 1] = 0;
    result.error.status = (quire_status)result.status;
    *c->error = result.error;
    return (quire_status)result.status;
}

static quire_status tell_death(call *c)
{
    worker_death death;
    process_kill(&c->worker->process); /* which one that died of itself does not notice */
    process_reap(&c->worker->process, &death);
    if (death.is_memory)
        return quire_fail(c->error, QUIRE_LIMIT, "worker", death.page,
                          "it wanted more memory than its limit; raise --max-memory");
    return quire_fail(c->error, QUIRE_INTERNAL, "worker", death.page,
                      "reading it broke the worker: %s", death.description);
}

/* Cancelled, late, or QUIRE_OK: go on waiting. */
static quire_status look_at_time(call *c)
{
    const quire_options *options = c->options;
    const quire_isolation *isolation = &c->worker->isolation;
    double now = quire_clock(), page = options->page_timeout;
    double stall =
        isolation->stall > 0 ? isolation->stall : (page > 0 ? page : PAGE_SECONDS) + STALL_GRACE;
    if (options->cancelled && options->cancelled(options->user))
        return quire_fail(c->error, QUIRE_CANCELLED, "document", 0, "cancelled");
    uint32_t beats = c->worker->process.state->beats;
    if (beats != c->beats)
        c->heard = now;
    c->beats = beats;
    if ((c->deadline > 0 && now > c->deadline + GRACE) || now - c->heard > stall)
        return quire_fail(c->error, QUIRE_LIMIT, "worker", c->worker->process.state->page,
                          "it took longer than its limit of time, and was stopped");
    return QUIRE_OK;
}

static frame_state wait_for_frame(call *c)
{
    struct pollfd wait = {.fd = c->worker->process.channel, .events = POLLIN};
    frame_state state = frame_receive(wait.fd, false, c->worker->frame, NULL);
    if (state != FRAME_NOTHING || poll(&wait, 1, TICK) <= 0)
        return state;
    return frame_receive(wait.fd, false, c->worker->frame, NULL);
}

/* Until the result, or what keeps it from coming; then the worker is of no more use. */
static quire_status converse(call *c, bool *is_answered)
{
    for (quire_status status = QUIRE_OK; status == QUIRE_OK;) {
        const batch_frame *frame = c->worker->frame;
        frame_state state = wait_for_frame(c);
        if (state == FRAME_CLOSED)
            return tell_death(c);
        if (state == FRAME_GOT && frame->kind == FRAME_RESULT) {
            *is_answered = true;
            return take_result(c, frame);
        }
        if (state == FRAME_GOT) {
            c->heard = quire_clock();
            status = take(c, frame);
        }
        if (status == QUIRE_OK)
            status = look_at_time(c);
        if (status != QUIRE_OK)
            return status;
    }
    return QUIRE_INTERNAL;
}

static quire_status start_worker(quire_isolated *isolated, uint64_t input_size, quire_error *error)
{
    quire_isolation isolation = isolated->isolation;
    if (isolated->process.pid)
        return QUIRE_OK;
    if (isolation.max_memory == 0)
        isolation.max_memory = MEMORY_BYTES + input_size; /* which is mapped */
    return process_start(&isolated->process, &isolation, true, error);
}

static quire_status convert(quire_isolated *isolated, const quire_input *input, int descriptor,
                            call *c)
{
    bool is_answered = false;
    quire_status status = send_files(c);
    if (status == QUIRE_OK)
        status = send_request(c, input, descriptor);
    if (status == QUIRE_OK)
        status = converse(c, &is_answered);
    if (!is_answered) {
        process_kill(&isolated->process);
        process_reap(&isolated->process, NULL);
    }
    return status;
}

quire_status quire_isolated_convert(quire_isolated *isolated, const quire_input *input,
                                    const quire_options *options, const quire_output *outputs,
                                    size_t output_count, quire_error *error)
{
    int descriptor = -1;
    uint64_t size = 0;
    double now = quire_clock();
    quire_error_clear(error);
    quire_status status = open_input(input, options, &descriptor, &size, error);
    if (status == QUIRE_OK)
        status = start_worker(isolated, size, error);
    if (status == QUIRE_OK) {
        g_autoptr(GByteArray) figure = g_byte_array_new();
        call c = {
            .worker = isolated,
            .options = options,
            .outputs = outputs,
            .count = output_count,
            .error = error,
            .heard = now,
            .deadline = options->timeout > 0 ? now + options->timeout : 0,
            .figure_bytes = figure,
        };
        status = convert(isolated, input, descriptor, &c);
    }
    if (descriptor >= 0)
        close(descriptor);
    return status;
}
