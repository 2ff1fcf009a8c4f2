#include "batch/process.h"

#include <errno.h>
#include <signal.h>
#include <sys/auxv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "batch/worker.h"

#define MEMORY_BYTES (UINT64_C(2) << 30)
static const double NEAR_LIMIT = 0.75; /* of memory: a failed allocation is most likely the cause */

static quire_status fail(quire_error *error, const char *what)
{
    return quire_fail(error, QUIRE_INTERNAL, "worker", 0, "cannot start a worker: %s: %s", what,
                      strerror(errno));
}

/* ---- the new process ---- */

/* Dispositions survive the exec: a signal to the whole group is the supervisor's to answer. */
static void ignore_signals(void)
{
    static const int ignored[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof ignored / sizeof *ignored; i++)
        signal(ignored[i], SIG_IGN);
}

static void become_worker(int channel, bool is_fork)
{
    ignore_signals();
    if (is_fork)
        _exit(worker_serve(channel));
    int kept = dup(channel); /* without close-on-exec */
    char number[16];
    snprintf(number, sizeof number, "%d", kept);
    execl("/proc/self/exe", "quire", QUIRE_WORKER_COMMAND, number, (char *)NULL);
    const char *program = (const char *)getauxval(AT_EXECFN); /* where /proc is not mounted */
    if (program)
        execl(program, "quire", QUIRE_WORKER_COMMAND, number, (char *)NULL);
    _exit(127);
}

/* ---- starting ---- */

static bool share_state(worker_process *process, int *descriptor)
{
    *descriptor = memfd_create("quire-worker", MFD_CLOEXEC);
    if (*descriptor < 0 || ftruncate(*descriptor, sizeof(worker_state)) != 0)
        return false;
    void *state =
        mmap(NULL, sizeof(worker_state), PROT_READ | PROT_WRITE, MAP_SHARED, *descriptor, 0);
    process->state = state == MAP_FAILED ? NULL : state;
    return process->state != NULL;
}

static bool greet(const worker_process *process, const quire_isolation *isolation, bool is_fork,
                  int state)
{
    worker_start start = {
        .sandbox = (int32_t)isolation->sandbox,
        .warm_up = !is_fork,
        .supervisor = (int32_t)getpid(),
        .max_memory = process->max_memory,
    };
    return frame_send(process->channel, FRAME_START, 0, &start, sizeof start, state);
}

static quire_status launch(worker_process *process, const quire_isolation *isolation, bool is_fork,
                           int state, quire_error *error)
{
    int pair[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) != 0)
        return fail(error, "socketpair");
    process->channel = pair[0];
    process->pid = fork();
    if (process->pid == 0)
        become_worker(pair[1], is_fork);
    close(pair[1]);
    if (process->pid < 0) {
        process->pid = 0;
        return fail(error, "fork");
    }
    return greet(process, isolation, is_fork, state) ? QUIRE_OK : fail(error, "it is gone");
}

static void release(worker_process *process)
{
    if (process->state)
        munmap(process->state, sizeof *process->state);
    if (process->channel >= 0)
        close(process->channel);
    *process = (worker_process){.channel = -1};
}

quire_status process_start(worker_process *process, const quire_isolation *isolation, bool is_fork,
                           quire_error *error)
{
    int state = -1;
    *process = (worker_process){
        .channel = -1,
        .max_memory = isolation->max_memory ? isolation->max_memory : MEMORY_BYTES,
    };
    quire_status status = share_state(process, &state) ? QUIRE_OK : fail(error, "shared memory");
    if (status == QUIRE_OK)
        status = launch(process, isolation, is_fork, state, error);
    if (state >= 0)
        close(state);
    if (status != QUIRE_OK && process->pid)
        process_kill(process);
    if (status != QUIRE_OK)
        process_reap(process, NULL);
    return status;
}

/* ---- the end ---- */

void process_kill(worker_process *process)
{
    if (process->pid > 0)
        kill(process->pid, SIGKILL);
}

static void explain(const worker_process *process, int status, int64_t peak_kb, worker_death *death)
{
    const worker_state *state = process->state;
    const crash_record *crash = &state->crash;
    double most = NEAR_LIMIT * (double)process->max_memory;
    *death = (worker_death){
        .signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0,
        .code = WIFEXITED(status) ? WEXITSTATUS(status) : 0,
        .page = state->page > 0 ? state->page : 0,
        .done = state->done > 0 ? state->done : 0,
        .wanted = state->wanted > 0 ? state->wanted : 0,
        .is_memory = (double)crash->memory > most || (double)peak_kb * 1024 > most,
    };
    crash_signature(crash, death->signal, death->signature);
    if (death->signal)
        crash_describe(crash, death->signal, death->description);
    else
        snprintf(death->description, sizeof death->description, "exit %d", death->code);
}

void process_reap(worker_process *process, worker_death *death)
{
    int status = 0;
    struct rusage usage = {0};
    pid_t ended = 0;
    while (process->pid > 0 && (ended = wait4(process->pid, &status, 0, &usage)) < 0)
        if (errno != EINTR)
            break;
    if (death && process->state)
        explain(process, status, ended > 0 ? usage.ru_maxrss : 0, death);
    release(process);
}
