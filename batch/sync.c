#include "batch/sync.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST_HELPERS = 8, FILES_A_HELPER = 4, UNKNOWN = -1, TICK = 50 };

/* Some file systems have nothing to do for folders, or for files that cannot be written. */
static int sync_one(const sync_file *file)
{
    int failed;
    if (file->fd < 0)
        return 0;
    do {
        failed = file->is_folder ? fsync(file->fd) : fdatasync(file->fd);
    } while (failed && errno == EINTR);
    return !failed || errno == EINVAL || (errno == EROFS && !file->is_folder) ? 0 : errno;
}

/* A failure is told but once, to whoever asked: it is kept in memory that both share. */
static pid_t start_helper(const sync_file *files, size_t count, size_t first, size_t step,
                          volatile int *failures)
{
    pid_t helper = fork();
    if (helper != 0)
        return helper;
    for (size_t i = first; i < count; i += step)
        failures[i] = sync_one(&files[i]);
    _exit(0);
}

/* The pipe ends with the last helper. */
static void wait_for_end(int pipe_end, const sync_watch *watch)
{
    struct pollfd wait = {.fd = pipe_end, .events = POLLIN};
    while (poll(&wait, 1, TICK) <= 0)
        if (watch->look)
            watch->look(watch->user);
}

static void ask_helpers(const sync_file *files, size_t count, volatile int *failures,
                        const sync_watch *watch)
{
    pid_t helpers[MOST_HELPERS];
    int ends[2];
    size_t wanted = count / FILES_A_HELPER;
    wanted = wanted < MOST_HELPERS ? wanted : MOST_HELPERS;
    if (pipe2(ends, O_CLOEXEC) != 0)
        return;
    for (size_t i = 0; i < wanted; i++)
        helpers[i] = start_helper(files, count, i, wanted, failures);
    close(ends[1]);
    wait_for_end(ends[0], watch);
    close(ends[0]);
    for (size_t i = 0; i < wanted; i++)
        while (helpers[i] > 0 && waitpid(helpers[i], NULL, 0) < 0 && errno == EINTR)
            ;
}

/* What no helper could be had for, or died over, is done here. */
void sync_files(sync_file *files, size_t count, const sync_watch *watch)
{
    size_t size = count * sizeof(int);
    int *failures = count < FILES_A_HELPER ? MAP_FAILED
                                           : mmap(NULL, size, PROT_READ | PROT_WRITE,
                                                  MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    bool is_shared = failures != MAP_FAILED;
    for (size_t i = 0; is_shared && i < count; i++)
        failures[i] = UNKNOWN;
    if (is_shared)
        ask_helpers(files, count, failures, watch);
    for (size_t i = 0; i < count; i++)
        files[i].failure = is_shared && failures[i] != UNKNOWN ? failures[i] : sync_one(&files[i]);
    if (is_shared)
        munmap(failures, size);
}
