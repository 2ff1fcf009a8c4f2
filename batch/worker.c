#include "batch/worker.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
enum { CRASHES_ARE_WATCHED = 0 }; /* the sanitizer tells more */
#else
enum { CRASHES_ARE_WATCHED = 1 };
#endif

/* Each frame wakes the supervisor up, which costs as much as a tenth of a plain page. */
#define TELL_SECONDS 0.1

enum { EXIT_REFUSED = 9, EXIT_LOST = 70, PENDING = 64 };

typedef struct worker {
    int channel;
    worker_state *state;
    uint64_t output_left; /* bytes of the document that may still be sent */
    bool is_over; /* the output is larger than allowed */
    batch_frame *frame; /* the request in hand */
    beside_files files; /* that its options name */
    frame_progress pages[PENDING]; /* that were read, and not told yet */
    frame_summary summaries[PENDING];
    size_t page_count, summary_count;
    double told; /* when they last were */
} worker;

typedef struct worker_output {
    worker *worker;
    uint32_t number;
} worker_output;

/* ---- what the library tells ---- */

/* Before anything else is sent: what the supervisor hears is in order. */
static void tell_pages(worker *w)
{
    if (w->page_count > 0)
        frame_send(w->channel, FRAME_PAGES, 0, w->pages, w->page_count * sizeof *w->pages, -1);
    if (w->summary_count > 0)
        frame_send(w->channel, FRAME_SUMMARIES, 0, w->summaries,
                   w->summary_count * sizeof *w->summaries, -1);
    w->page_count = w->summary_count = 0;
    w->told = quire_clock();
}

static void tell_pages_in_time(worker *w)
{
    bool is_full = w->page_count == PENDING || w->summary_count == PENDING;
    if (is_full || quire_clock() - w->told > TELL_SECONDS)
        tell_pages(w);
}

static bool send_output(void *user, const void *bytes, size_t size)
{
    const worker_output *output = user;
    worker *w = output->worker;
    w->state->beats++;
    w->is_over |= size > w->output_left;
    if (w->is_over)
        return false;
    w->output_left -= size;
    tell_pages(w);
    for (const char *at = bytes; size > 0;) {
        size_t part = size < FRAME_BYTES ? size : FRAME_BYTES;
        if (!frame_send(w->channel, FRAME_OUTPUT, output->number, at, part, -1))
            _exit(EXIT_LOST);
        at += part;
        size -= part;
    }
    return true;
}

static void on_issue(void *user, const quire_issue *issue)
{
    worker *w = user;
    frame_issue sent = {.severity = issue->severity, .page = issue->page};
    snprintf(sent.code, sizeof sent.code, "%s", issue->code);
    snprintf(sent.message, sizeof sent.message, "%s", issue->message);
    tell_pages(w);
    frame_send(w->channel, FRAME_ISSUE, 0, &sent, sizeof sent, -1);
}

static void on_page_begin(void *user, int number)
{
    const worker *w = user;
    w->state->page = number;
    w->state->beats++;
}

static void on_page(void *user, int page, int pages)
{
    worker *w = user;
    w->state->beats++;
    w->state->done = page;
    w->state->wanted = pages;
    w->pages[w->page_count++] = (frame_progress){page, pages};
    tell_pages_in_time(w);
}

static void on_page_end(void *user, const quire_page_summary *page)
{
    worker *w = user;
    w->summaries[w->summary_count++] =
        (frame_summary){page->number, (int32_t)page->status, page->needs_review, page->recognised,
                        page->confidence};
    tell_pages_in_time(w);
}

static bool send_bytes(const worker *w, frame_kind kind, const char *bytes, size_t size)
{
    for (size_t part; size > 0; bytes += part, size -= part) {
        part = size < FRAME_BYTES ? size : FRAME_BYTES;
        if (!frame_send(w->channel, kind, 0, bytes, part, -1))
            return false;
    }
    return true;
}

/* Whether it could be kept is part of the document, so the answer is waited for. */
static bool on_figure(void *user, const quire_figure_file *figure)
{
    worker *w = user;
    batch_frame answer;
    frame_figure sent = {.page = figure->page, .size = figure->size};
    snprintf(sent.name, sizeof sent.name, "%s", figure->name);
    snprintf(sent.media_type, sizeof sent.media_type, "%s", figure->media_type);
    w->state->beats++;
    tell_pages(w);
    return figure->size > 0 && frame_send(w->channel, FRAME_FIGURE, 0, &sent, sizeof sent, -1) &&
           send_bytes(w, FRAME_FIGURE_BYTES, figure->bytes, figure->size) &&
           frame_receive(w->channel, true, &answer, NULL) == FRAME_GOT &&
           answer.kind == FRAME_ANSWER && answer.number == 1;
}

/* Whether what follows goes elsewhere is for the client to say. */
static bool next_part(void *output_user)
{
    const worker_output *output = output_user;
    batch_frame answer;
    output->worker->state->beats++;
    tell_pages(output->worker);
    return frame_send(output->worker->channel, FRAME_PART, output->number, NULL, 0, -1) &&
           frame_receive(output->worker->channel, true, &answer, NULL) == FRAME_GOT &&
           answer.kind == FRAME_ANSWER && answer.number == 1;
}

/* ---- a document ---- */

static quire_status convert(worker *w, wire_request *request, int input, quire_error *error)
{
    quire_output outputs[WIRE_FORMATS];
    worker_output sinks[WIRE_FORMATS];
    for (uint32_t i = 0; i < request->format_count; i++) {
        sinks[i] = (worker_output){w, i};
        outputs[i] = (quire_output){request->formats[i], send_output, &sinks[i]};
    }
    quire_options *options = &request->options;
    options->user = w;
    options->on_issue = on_issue;
    options->on_page = on_page;
    options->on_page_begin = on_page_begin;
    options->on_page_end = on_page_end;
    options->on_figure = on_figure;
    options->next_part = request->has_parts ? next_part : NULL;
    beside_apply(&w->files, options);
    w->output_left = request->largest_output ? (uint64_t)request->largest_output << 20 : UINT64_MAX;
    w->is_over = false;
    quire_input source = {.descriptor = &input, .name = request->name};
    quire_status status = quire_convert(&source, options, outputs, request->format_count, error);
    if (!w->is_over)
        return status;
    quire_error_clear(error);
    return quire_fail(error, QUIRE_LIMIT, "export", 0,
                      "the document gives more than %u megabytes of output",
                      request->largest_output);
}

static int64_t microseconds(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000 + time.tv_usec;
}

static int64_t processor_time(const struct rusage *usage)
{
    return microseconds(usage->ru_utime) + microseconds(usage->ru_stime);
}

static bool serve_request(worker *w, int input)
{
    wire_request request;
    frame_result result = {.status = QUIRE_INTERNAL};
    struct rusage before, after;
    getrusage(RUSAGE_SELF, &before);
    w->state->page = w->state->done = w->state->wanted = 0;
    if (input < 0 || !wire_unpack(w->frame, &request))
        return false;
    if (w->frame->kind == FRAME_UNPACK)
        result.status =
            (int32_t)unpack_archive(w->channel, input, &request, w->state, &result.error);
    else
        result.status = (int32_t)convert(w, &request, input, &result.error);
    getrusage(RUSAGE_SELF, &after);
    result.cpu_us = processor_time(&after) - processor_time(&before);
    result.peak_kb = after.ru_maxrss;
    w->state->page = 0;
    tell_pages(w);
    return frame_send(w->channel, FRAME_RESULT, 0, &result, sizeof result, -1);
}

static bool serve_frame(worker *w, int descriptor)
{
    if (w->frame->kind == FRAME_FILE)
        return beside_take(&w->files, w->frame->number, descriptor);
    bool is_request = w->frame->kind == FRAME_CONVERT || w->frame->kind == FRAME_UNPACK;
    if (!is_request || !serve_request(w, descriptor))
        return false;
    close(descriptor);
    quire_heap_trim();
    return true;
}

static int serve_requests(worker *w)
{
    int descriptor;
    while (frame_receive(w->channel, true, w->frame, &descriptor) == FRAME_GOT)
        if (!serve_frame(w, descriptor))
            return EXIT_LOST;
    return 0;
}

/* ---- the start ---- */

/* What libraries print has no place to go; nothing else that was open stays so. */
static void leave_the_world(int channel)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);
    for (int fd = 0; nothing >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(nothing, fd);
    if (channel > STDERR_FILENO + 1)
        close_range(STDERR_FILENO + 1, (unsigned)channel - 1, 0);
    close_range((unsigned)channel + 1, ~0u, 0);
}

static bool swallow(void *user, const void *bytes, size_t size)
{
    (void)user;
    (void)bytes;
    return size > 0;
}

/* Libraries look around when they are first used; afterwards they find closed doors. */
static void warm_up(void)
{
    quire_bytes trial = quire_trial_document();
    quire_input input = {.bytes = trial.data, .size = trial.size, .name = "trial"};
    quire_output output = {"markdown", swallow, NULL};
    quire_convert(&input, NULL, &output, 1, NULL);
}

/* A worker does not outlive its supervisor, not even one that died before this was asked for. */
static bool follow(int supervisor)
{
    return prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 && getppid() == supervisor;
}

static bool lock_in(worker *w, const worker_start *start)
{
    sandbox_level level;
    quire_error error = {0};
    if (CRASHES_ARE_WATCHED)
        crash_watch(w->state);
    quire_status status =
        sandbox_lock((quire_sandbox)start->sandbox, start->max_memory, &level, &error);
    if (status != QUIRE_OK) {
        frame_send(w->channel, FRAME_REFUSED, 0, &error, sizeof error, -1);
        return false;
    }
    return frame_send(w->channel, FRAME_READY, 0, &level, sizeof level, -1);
}

static worker_state *map_state(int descriptor)
{
    void *state =
        mmap(NULL, sizeof(worker_state), PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0);
    close(descriptor);
    return state == MAP_FAILED ? NULL : state;
}

static int serve(worker *w)
{
    int state;
    if (frame_receive(w->channel, true, w->frame, &state) != FRAME_GOT ||
        w->frame->kind != FRAME_START || w->frame->size != sizeof(worker_start) || state < 0)
        return EXIT_LOST;
    worker_start start;
    memcpy(&start, w->frame->bytes, sizeof start);
    w->state = map_state(state);
    if (!w->state || !follow(start.supervisor))
        return EXIT_LOST;
    quire_heap_prepare(start.max_memory);
    if (start.warm_up)
        warm_up();
    return lock_in(w, &start) ? serve_requests(w) : EXIT_REFUSED;
}

int worker_serve(int channel)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP, SIGPIPE};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN); /* the supervisor decides, also when a terminal tells all */
    leave_the_world(channel);
    worker w = {.channel = channel, .frame = malloc(sizeof(batch_frame))};
    beside_init(&w.files);
    int code = w.frame ? serve(&w) : EXIT_LOST;
    free(w.frame);
    return code;
}

int quire_worker_main(int argc, char **argv)
{
    int channel = argc > 0 ? atoi(argv[0]) : -1;
    if (channel <= STDERR_FILENO)
        return EXIT_LOST;
    _exit(worker_serve(channel)); /* libraries' own endings have nothing to do in here */
}
