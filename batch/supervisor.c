/*
 * The supervisor: one loop that waits for workers, gives them documents, and makes finished ones
 * durable. It parses nothing, so that nothing in a document can break it, and what it holds does
 * not grow with the archive.
 */
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "batch/run.h"

static const double LOOK_SECONDS = 1.0; /* between two looks at disk and memory */
static const double TELL_SECONDS = 0.1; /* between two words of progress */
static const double NOTE_SECONDS = 5.0; /* between two events of progress */
static const double RATE_SECONDS = 2.0; /* over which speed is measured */
static const double DRAIN_SECONDS = 30.0; /* for what is begun, after the first signal */
enum { TICK = 50 }; /* milliseconds */

void run_stop(batch_run *run, quire_status status, const quire_error *error)
{
    if (run->status != QUIRE_OK)
        return;
    run->status = status;
    run->is_stopping = true;
    run->is_killed |= status != QUIRE_CANCELLED;
    if (error)
        run->error = *error;
}

/* ---- what is asked from outside ---- */

static void heed_signals(batch_run *run)
{
    int asked = run->options->stop_asked ? run->options->stop_asked(run->options->user) : 0;
    if (asked == 0)
        return;
    if (!run->is_stopping) {
        quire_error error = {0};
        quire_fail(&error, QUIRE_CANCELLED, "run", 0, "interrupted; --resume goes on");
        run_stop(run, QUIRE_CANCELLED, &error);
        run->stopped = quire_clock();
        run->progress.waiting = "what is begun; a second signal stops at once";
        events_warning(run->events, "interrupted: what is begun is finished");
    }
    run->is_killed |= asked > 1 || quire_clock() - run->stopped > DRAIN_SECONDS;
}

/* ---- pressure ---- */

static void look_around(batch_run *run, double now)
{
    if (now - run->looked < LOOK_SECONDS || run->is_stopping)
        return;
    run->looked = now;
    const char *before = run->progress.waiting;
    run->progress.waiting = run_pressure(run);
    if (run->progress.waiting && !before)
        events_warning(run->events, *run->progress.waiting == 'd'
                                        ? "waiting for free space on the disk"
                                        : "waiting for free memory");
}

/* ---- progress ---- */

static uint64_t finished(const quire_batch_progress *p)
{
    return p->done + p->partial + p->failed + p->quarantined + p->missing;
}

static void measure(batch_run *run, double now)
{
    quire_batch_progress *p = &run->progress;
    p->seconds = now - run->started;
    double passed = now - run->rate_time;
    if (passed < RATE_SECONDS)
        return;
    double rate = (double)(finished(p) - run->rate_count) / passed;
    p->rate = p->rate > 0 ? 0.7 * p->rate + 0.3 * rate : rate;
    run->rate_time = now;
    run->rate_count = finished(p);
    uint64_t seen = finished(p) + p->skipped;
    p->left = p->total > seen && p->rate > 0 && !run->is_stopping
                  ? (double)(p->total - seen) / p->rate
                  : 0;
}

static void tell_progress(batch_run *run, double now)
{
    measure(run, now);
    if (run->options->on_progress && now - run->told >= TELL_SECONDS) {
        run->told = now;
        run->options->on_progress(run->options->user, &run->progress);
    }
    if (now - run->noted >= NOTE_SECONDS) {
        run->noted = now;
        events_progress(run->events, &run->progress);
    }
}

/* ---- lanes ---- */

static GQueue *queue_of(batch_run *run, const batch_lane *lane)
{
    return lane->is_for_archives ? &run->pending_archives : &run->pending;
}

/* Workers of a kind that could take a document, now or as soon as they are up. */
static guint count_free(const batch_run *run, bool for_archives)
{
    guint count = 0;
    for (uint32_t i = 0; i <= run->jobs; i++) {
        const batch_lane *l = &run->lanes[i];
        count += l->is_for_archives == for_archives && l->process.pid && !l->document;
    }
    return count;
}

/* A document that is tried again stands at the head. */
static bool has_begun(const GQueue *queue)
{
    const batch_document *head = queue->head ? queue->head->data : NULL;
    return head && head->started > 0;
}

/* What is begun is finished, also after a signal. While something is short nothing else is begun;
 * but memory does not come back by waiting alone, and then documents go one by one. */
static bool may_begin(const batch_run *run, const GQueue *queue)
{
    const char *waiting = run->progress.waiting;
    bool is_converting = false;
    if (run->is_killed || has_begun(queue))
        return !run->is_killed;
    for (uint32_t i = 0; i < run->jobs; i++)
        is_converting |= run->lanes[i].document != NULL;
    return !run->is_stopping && (!waiting || (*waiting == 'm' && !is_converting));
}

/* Workers that are not needed are not started. */
static void dispatch(batch_run *run)
{
    for (uint32_t i = 0; i <= run->jobs; i++) {
        batch_lane *l = &run->lanes[i];
        GQueue *queue = queue_of(run, l);
        if (l->document || queue->length == 0 || !may_begin(run, queue))
            continue;
        if (l->process.is_ready)
            lane_send(run, l, g_queue_pop_head(queue));
        else if (!l->process.pid && count_free(run, l->is_for_archives) < queue->length)
            lane_start(run, l);
    }
}

/* Members of an archive come no faster than they are converted. */
static bool is_held_back(const batch_run *run, const batch_lane *lane)
{
    return lane->is_for_archives && run->pending.length >= 2 * run->jobs;
}

static void wait_for_workers(batch_run *run)
{
    struct pollfd waits[RUN_MOST_JOBS + 1];
    batch_lane *lanes[RUN_MOST_JOBS + 1];
    nfds_t count = 0;
    for (uint32_t i = 0; i <= run->jobs; i++) {
        batch_lane *l = &run->lanes[i];
        if (is_held_back(run, l))
            l->heard = quire_clock();
        else if (l->process.pid) {
            lanes[count] = l;
            waits[count++] = (struct pollfd){.fd = l->process.channel, .events = POLLIN};
        }
    }
    if (poll(waits, count, TICK) <= 0)
        return;
    for (nfds_t i = 0; i < count; i++)
        if (waits[i].revents)
            lane_read(run, lanes[i]);
}

static bool is_working(const batch_run *run)
{
    for (uint32_t i = 0; i <= run->jobs; i++)
        if (run->lanes[i].document)
            return true;
    return false;
}

static bool is_over(const batch_run *run)
{
    bool has_nothing = run->pending.length + run->pending_archives.length == 0 &&
                       run->settling->len == 0 && run->waiting == 0;
    if (run->is_stopping)
        return run->is_killed || (!is_working(run) && !has_begun(&run->pending));
    return run->source_is_over && has_nothing && !is_working(run);
}

/* What has no more work behind it need not wait for company. */
static bool is_idle(const batch_run *run)
{
    return run->source_is_over && run->pending.length + run->pending_archives.length == 0 &&
           !is_working(run);
}

static void kill_archives(batch_run *run)
{
    batch_lane *l = &run->lanes[run->jobs];
    if (!run->is_stopping || !l->document)
        return;
    l->document->row.state = LEDGER_NONE; /* its members may be on their way */
    l->document = NULL;
    process_kill(&l->process);
    lane_end(run, l);
}

void run_look_at_time(void *user)
{
    batch_run *run = user;
    double now = quire_clock();
    for (uint32_t i = 0; i <= run->jobs; i++)
        lane_check_time(run, &run->lanes[i], now);
}

void run_supervise(batch_run *run)
{
    while (!is_over(run)) {
        heed_signals(run);
        double now = quire_clock();
        look_around(run, now);
        run_claim(run);
        dispatch(run);
        kill_archives(run);
        wait_for_workers(run);
        now = quire_clock();
        run_look_at_time(run);
        if (run_settling_is_due(run) || is_idle(run))
            run_settle(run);
        tell_progress(run, now);
    }
    for (uint32_t i = 0; i <= run->jobs; i++)
        process_kill(&run->lanes[i].process);
    if (run->status == QUIRE_OK || run->status == QUIRE_CANCELLED)
        run_settle(run);
}
