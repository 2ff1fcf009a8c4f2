/*
 * Makes the k-th call that changes the disk fail, in the supervisor only. Preloaded:
 *
 *     QUIRE_FAIL_AT=k QUIRE_FAIL_WITH=errno LD_PRELOAD=iofail.so quire batch ...
 *
 * With QUIRE_FAIL_WITH=short a write writes half, with 4 (EINTR) it is to be tried again. A file
 * named by QUIRE_FAIL_COUNT receives one byte when the call was reached. With QUIRE_MEMORY=FOLDER
 * the machine has as much memory as FOLDER/meminfo says.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static long calls_left;
static int failure, is_short;

/* Workers write nothing, and would not find their calls failing but their sockets. */
static int is_worker(void)
{
    char line[256];
    int fd = open("/proc/self/cmdline", O_RDONLY);
    ssize_t size = read(fd, line, sizeof line - 1);
    close(fd);
    for (ssize_t i = 0; i + 9 < size; i++)
        if (memcmp(line + i, "__worker", 8) == 0)
            return 1;
    return 0;
}

__attribute__((constructor)) static void set_up(void)
{
    const char *at = getenv("QUIRE_FAIL_AT"), *with = getenv("QUIRE_FAIL_WITH");
    if (!at || !with || is_worker())
        return;
    calls_left = atol(at);
    is_short = strcmp(with, "short") == 0;
    failure = atoi(with);
}

static void tell(void)
{
    const char *path = getenv("QUIRE_FAIL_COUNT");
    calls_left = 0;
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_APPEND, 0600) : -1;
    if (fd >= 0)
        close(fd);
}

/* Disks that are full stay full; an interruption comes once. */
static int fails(void)
{
    if (calls_left > 0 && --calls_left == 0) {
        tell();
        calls_left = failure == EINTR || is_short ? 0 : 1;
        return 1;
    }
    return 0;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t write(int fd, const void *bytes, size_t size)
{
    if (fd > 2 && fails()) {
        if (is_short && size > 1)
            return REAL(write)(fd, bytes, size / 2);
        errno = failure;
        return -1;
    }
    return REAL(write)(fd, bytes, size);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off64_t at)
{
    if (fails()) {
        if (is_short && size > 1)
            return REAL(pwrite64)(fd, bytes, size / 2, at);
        errno = failure;
        return -1;
    }
    return REAL(pwrite64)(fd, bytes, size, at);
}

/* Opening, where that may make a file or is for writing. */
#define OPENING(name)                                                                              \
    int name(const char *path, int flags, ...)                                                     \
    {                                                                                              \
        va_list more;                                                                              \
        va_start(more, flags);                                                                     \
        mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(more, mode_t) : 0;                    \
        va_end(more);                                                                              \
        bool is_writing = (flags & O_ACCMODE) != O_RDONLY;                                         \
        if (is_writing && !is_short && failure != EINTR && fails()) {                              \
            errno = failure;                                                                       \
            return -1;                                                                             \
        }                                                                                          \
        return REAL(name)(path, flags, mode);                                                      \
    }

OPENING(open)
OPENING(open64)

/* What the supervisor reads about memory comes from the folder QUIRE_MEMORY. */
FILE *fopen(const char *path, const char *mode)
{
    const char *folder = getenv("QUIRE_MEMORY"), *name = strrchr(path, '/');
    bool is_told = strcmp(path, "/proc/meminfo") == 0 || strstr(path, "/cgroup/memory.");
    char other[4096];
    if (folder && name && is_told && snprintf(other, sizeof other, "%s%s", folder, name) > 0)
        path = other;
    return REAL(fopen)(path, mode);
}

#define FAILING(name, parameters, arguments)                                                       \
    int name parameters;                                                                           \
    int name parameters                                                                            \
    {                                                                                              \
        if (!is_short && failure != EINTR && fails()) {                                            \
            errno = failure;                                                                       \
            return -1;                                                                             \
        }                                                                                          \
        return REAL(name) arguments;                                                               \
    }

FAILING(fsync, (int fd), (fd))
FAILING(fdatasync, (int fd), (fd))
FAILING(rename, (const char *from, const char *to), (from, to))
FAILING(mkdir, (const char *path, mode_t mode), (path, mode))
FAILING(unlink, (const char *path), (path))
FAILING(ftruncate64, (int fd, off64_t size), (fd, size))
