/*
 * A worker at its work, as the supervisor sees it: what it is sent, what it sends back, and how
 * long it has been silent. Whatever goes wrong in it, the lane gets a fresh one.
 */
#include "batch/run.h"

#include <string.h>
#include <unistd.h>

enum { FRAMES_A_TURN = 64, MOST_REQUESTS = 1000, MOST_UNREADY = 5 };
static const double START_SECONDS = 30.0; /* to be ready */
static const double DOCUMENT_GRACE = 0.5; /* behind its limit, in which it may end by itself */
static const double PAGE_SECONDS = 120.0; /* what recognition of a page may take by default */
static const double STALL_GRACE = 5.0;
static const double RECYCLED_SHARE = 0.6; /* of its memory, beyond which a worker is not kept */

/* ---- sending ---- */

void lane_start(batch_run *run, batch_lane *lane)
{
    quire_error error = {0};
    quire_status status = process_start(&lane->process, &run->options->isolation, false, &error);
    if (status != QUIRE_OK)
        run_stop(run, status, &error);
    lane->began = lane->heard = quire_clock();
    lane->served = 0;
    lane->was_late = false;
}

void lane_send(batch_run *run, batch_lane *lane, batch_document *document)
{
    wire_request request;
    char bytes[FRAME_BYTES];
    double now = quire_clock(), timeout = run->options->convert.timeout;
    if (document->started == 0) {
        document->started = now;
        document->deadline = timeout > 0 ? now + timeout : 0;
    }
    document_begin(document, &run->plan, &request);
    if (document->is_archive)
        request.options.max_file_size = run->options->convert.max_file_size;
    size_t size = wire_pack(&request, bytes);
    lane->document = document;
    lane->began = lane->heard = now;
    lane->beats = lane->process.state->beats;
    lane->served++;
    frame_kind kind = document->is_archive ? FRAME_UNPACK : FRAME_CONVERT;
    if (size == 0 || !beside_send(&run->beside, lane->process.channel) ||
        !frame_send(lane->process.channel, kind, 0, bytes, size, document->input))
        process_kill(&lane->process); /* its end is found when its channel is read */
}

/* ---- archives ---- */

static void drop_member(batch_lane *lane)
{
    if (lane->spool >= 0)
        close(lane->spool);
    lane->spool = -1;
    g_clear_pointer(&lane->member, g_free);
}

static void begin_member(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    drop_member(lane);
    lane->member = g_strndup(frame->bytes, frame->size);
    lane->spooled = 0;
    if (!source_is_archive(lane->member) && source_is_wanted(&run->source_options, lane->member))
        lane->spool = store_spool(run->store);
}

static bool write_member(batch_lane *lane, const batch_frame *frame)
{
    uint32_t at = 0;
    lane->spooled += frame->size;
    while (lane->spool >= 0 && at < frame->size) {
        ssize_t written = write(lane->spool, frame->bytes + at, frame->size - at);
        if (written <= 0)
            return false;
        at += (uint32_t)written;
    }
    return true;
}

static void end_member(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    if (lane->spool >= 0 && frame->number == MEMBER_WHOLE) {
        int spool = lane->spool;
        lane->spool = -1;
        run_claim_member(run, lane->document, lane->member, spool);
    } else if (lane->spool >= 0) {
        run_fail_member(run, lane->document, lane->member,
                        frame->number == MEMBER_IS_LINK ? "it is a link, which is not followed"
                                                        : "it cannot be unpacked whole");
    }
    drop_member(lane);
}

static bool take_member(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    if (frame->kind == FRAME_MEMBER)
        begin_member(run, lane, frame);
    else if (frame->kind == FRAME_MEMBER_BYTES)
        return write_member(lane, frame);
    else if (frame->kind == FRAME_MEMBER_END)
        end_member(run, lane, frame);
    else
        return frame->kind == FRAME_ISSUE;
    return true;
}

/* ---- receiving ---- */

static void over_or_again(batch_run *run, batch_document *d, document_next next)
{
    if (next == DOCUMENT_AGAIN)
        g_queue_push_head(&run->pending, d);
    else if (!d->is_archive || d->open_members == 0)
        run_over(run, d);
}

static bool take_ready(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    if (frame->kind == FRAME_READY && frame->size == sizeof lane->process.level) {
        memcpy(&lane->process.level, frame->bytes, sizeof lane->process.level);
        lane->process.is_ready = true;
        run->unready_deaths = 0;
        return true;
    }
    if (frame->kind == FRAME_REFUSED && frame->size == sizeof(quire_error)) {
        quire_error error;
        memcpy(&error, frame->bytes, sizeof error);
        error.message[sizeof error.message - 1] = 0;
        run_stop(run, QUIRE_MISSING, &error);
    }
    return false;
}

static bool take_result(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    frame_result result;
    batch_document *d = lane->document;
    if (frame->size != sizeof result)
        return false;
    memcpy(&result, frame->bytes, sizeof result);
    lane->document = NULL;
    drop_member(lane);
    over_or_again(run, d, document_answered(d, &run->plan, &result));
    double most = RECYCLED_SHARE * (double)lane->process.max_memory;
    return lane->served < MOST_REQUESTS && (double)result.peak_kb * 1024 < most;
}

/* False when the worker is to go: it breaks the protocol, or has served long enough. */
static bool take(batch_run *run, batch_lane *lane, const batch_frame *frame)
{
    if (!lane->process.is_ready)
        return take_ready(run, lane, frame);
    if (!lane->document)
        return false;
    if (frame->kind == FRAME_RESULT)
        return take_result(run, lane, frame);
    return lane->document->is_archive ? take_member(run, lane, frame)
                                      : document_take(lane->document, frame);
}

void lane_read(batch_run *run, batch_lane *lane)
{
    batch_frame *frame = run->frame;
    for (int i = 0; i < FRAMES_A_TURN && lane->process.pid; i++) {
        frame_state state = frame_receive(lane->process.channel, false, frame, NULL);
        if (state == FRAME_NOTHING)
            return;
        lane->heard = quire_clock();
        bool is_good = state == FRAME_GOT && take(run, lane, frame);
        if (is_good)
            continue;
        process_kill(&lane->process); /* which one that died of itself does not notice */
        lane_end(run, lane);
    }
}

/* ---- time and death ---- */

static double stall_limit(const batch_run *run)
{
    double stall = run->options->isolation.stall, page = run->options->convert.page_timeout;
    return stall > 0 ? stall : (page > 0 ? page : PAGE_SECONDS) + STALL_GRACE;
}

static bool is_late(const batch_run *run, batch_lane *lane, double now)
{
    const batch_document *d = lane->document;
    uint32_t beats = lane->process.state->beats;
    if (!lane->process.is_ready)
        return now - lane->began > START_SECONDS;
    if (!d)
        return false;
    if (beats != lane->beats)
        lane->heard = now;
    lane->beats = beats;
    bool is_past = d->deadline > 0 && now > d->deadline + DOCUMENT_GRACE;
    return is_past || now - lane->heard > stall_limit(run);
}

void lane_check_time(batch_run *run, batch_lane *lane, double now)
{
    if (!lane->process.pid || !is_late(run, lane, now))
        return;
    lane->was_late = true;
    process_kill(&lane->process);
    lane_end(run, lane);
}

static void note_unready(batch_run *run, const worker_death *death)
{
    quire_error error = {0};
    if (++run->unready_deaths < MOST_UNREADY || run->is_stopping)
        return;
    quire_fail(&error, QUIRE_INTERNAL, "worker", 0, "workers do not start: %s", death->description);
    run_stop(run, QUIRE_INTERNAL, &error);
}

void lane_end(batch_run *run, batch_lane *lane)
{
    worker_death death;
    bool was_ready = lane->process.is_ready, was_late = lane->was_late;
    batch_document *d = lane->document;
    process_reap(&lane->process, &death);
    lane->document = NULL;
    lane->was_late = false;
    drop_member(lane);
    if (!was_ready)
        note_unready(run, &death);
    if (!d)
        return;
    run->progress.deaths++;
    events_death(run->events, d->row.path, death.page, was_late ? "late" : death.description,
                 was_late ? "" : death.signature);
    over_or_again(run, d, document_broke(d, &death, was_late));
}
