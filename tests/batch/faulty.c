/*
 * The program with faults built in: a document whose last line is "%FAULT kind page" makes the
 * worker that reads it crash, hang, or worse, when it comes to that page; "%PROBE name" makes it
 * try to break out, and say in its output whether that went. The linker puts this in front of
 * quire_convert(), so that the product knows nothing of it.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "quire/quire.h"
#include "tests/batch/faulty.h"

quire_status __real_quire_convert(const quire_input *input, const quire_options *options,
                                  const quire_output *outputs, size_t count, quire_error *error);
quire_status __wrap_quire_convert(const quire_input *input, const quire_options *options,
                                  const quire_output *outputs, size_t count, quire_error *error);
void *__libc_malloc(size_t size);
void *malloc(size_t size);

typedef struct fault {
    char kind[32];
    int page; /* 0: before the document is opened */
    const quire_options *real;
    const quire_output *outputs;
} fault;

/* ---- memory that runs out ---- */

static long allocations_left = -1; /* until one fails; below 0: none does */

#if !defined(__SANITIZE_ADDRESS__) /* which has its own */
void *malloc(size_t size)
{
    if (allocations_left > 0 && --allocations_left == 0) {
        allocations_left = 1; /* and all that follow */
        errno = ENOMEM;
        return NULL;
    }
    return __libc_malloc(size);
}
#endif

/* ---- kinds ---- */

static void crash(const fault *f)
{
    (void)f;
    volatile int *volatile nowhere = NULL;
    *nowhere = 1;
}

static void end_abruptly(const fault *f)
{
    (void)f;
    abort();
}

static void hang(const fault *f)
{
    for (volatile unsigned i = 0;; i++)
        (void)f;
}

static void stop(const fault *f)
{
    (void)f;
    raise(SIGSTOP);
}

static void leave(const fault *f)
{
    (void)f;
    _exit(3);
}

static void eat_memory(const fault *f)
{
    enum { PIECE = 16 << 20 };
    char *piece;
    (void)f;
    while ((piece = malloc(PIECE)))
        memset(piece, 1, PIECE);
    abort();
}

static int dig(const fault *f, int depth)
{
    volatile char room[4096];
    room[0] = (char)depth;
    return depth < 0 ? 0 : dig(f, depth + 1) + room[0]; /* never below 0 before the stack ends */
}

static void overflow_stack(const fault *f)
{
    exit(dig(f, 0));
}

static void flood(const fault *f)
{
    static char bytes[65536];
    while (f->outputs[0].write(f->outputs[0].user, bytes, sizeof bytes))
        ;
}

/* A worker that was taken over says what it likes to whatever it holds. */
static void babble(const fault *f)
{
    unsigned seed = 1;
    (void)f;
    for (int round = 0; round < 200; round++)
        for (int fd = 3; fd < 64; fd++) {
            unsigned words[64];
            for (size_t i = 0; i < 64; i++)
                words[i] = seed = seed * 1664525u + 1013904223u;
            words[0] %= 16;
            words[2] = round % 2 ? sizeof words - 12 : words[2];
            if (write(fd, words, sizeof words) < 0 && errno == EPIPE)
                _exit(4);
        }
}

static void fail_allocations(const fault *f)
{
    allocations_left = f->page > 1000 ? f->page - 1000 : 1;
}

static const struct kind {
    const char *name;
    void (*commit)(const fault *f);
} kinds[] = {
    {"crash", crash},
    {"abort", end_abruptly},
    {"hang", hang},
    {"stop", stop},
    {"exit", leave},
    {"memory", eat_memory},
    {"stack", overflow_stack},
    {"flood", flood},
    {"babble", babble},
    {"malloc", fail_allocations},
};

static void commit(const fault *f)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, f->kind) == 0)
            kinds[i].commit(f);
}

/* ---- in front of the library ---- */

static void on_page_begin(void *user, int number)
{
    fault *f = user;
    if (f->real->on_page_begin)
        f->real->on_page_begin(f->real->user, number);
    if (number == f->page)
        commit(f);
}

static void on_page(void *user, int page, int pages)
{
    const fault *f = user;
    if (f->real->on_page)
        f->real->on_page(f->real->user, page, pages);
}

static void on_issue(void *user, const quire_issue *issue)
{
    const fault *f = user;
    if (f->real->on_issue)
        f->real->on_issue(f->real->user, issue);
}

/* The last line, where it begins with `mark`; the words behind it. */
static int read_mark(const quire_input *input, const char *mark, char word[32], int *number)
{
    char tail[128] = "";
    struct stat info = {0};
    int fd =
        input->descriptor ? *input->descriptor : open(input->path ? input->path : "", O_RDONLY);
    if (fd >= 0)
        fstat(fd, &info);
    off_t from = info.st_size > 100 ? info.st_size - 100 : 0;
    ssize_t size = pread(fd, tail, sizeof tail - 1, from);
    if (!input->descriptor && fd >= 0)
        close(fd);
    tail[size > 0 ? size : 0] = 0;
    const char *found = size > 0 ? strstr(tail, mark) : NULL;
    *number = 0;
    return found ? sscanf(found + strlen(mark), "%31s %d", word, number) : 0;
}

/* A page of a broken document that is tried with a page range, or left out, must still behave. */
quire_status __wrap_quire_convert(const quire_input *input, const quire_options *options,
                                  const quire_output *outputs, size_t count, quire_error *error)
{
    static const quire_options none = {0};
    fault f = {.real = options ? options : &none, .outputs = outputs};
    if (read_mark(input, "%PROBE", f.kind, &f.page)) {
        char text[160];
        int is_denied = !probe_succeeds(f.kind);
        int size = snprintf(text, sizeof text, "%s: %s\n", f.kind, is_denied ? "denied" : "open");
        outputs[0].write(outputs[0].user, text, (size_t)size);
        return QUIRE_OK;
    }
    if (!read_mark(input, "%FAULT", f.kind, &f.page))
        return __real_quire_convert(input, options, outputs, count, error);
    quire_options changed = *f.real;
    changed.user = &f;
    changed.on_page_begin = on_page_begin;
    changed.on_page = f.real->on_page ? on_page : NULL;
    changed.on_issue = f.real->on_issue ? on_issue : NULL;
    changed.on_page_end = NULL;
    changed.cancelled = NULL;
    char broken[16];
    snprintf(broken, sizeof broken, "%d", f.page);
    if (f.page == 0 || f.page > 1000)
        commit(&f);
    if (changed.broken_pages && strstr(changed.broken_pages, broken))
        f.page = -1;
    return __real_quire_convert(input, &changed, outputs, count, error);
}
