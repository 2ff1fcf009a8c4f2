#include "ocr/serial.h"

#include <dlfcn.h>
#include <stddef.h>

/*
 * The names and types are those of libgomp's binary interface, which compilers emit calls to.
 * Sections: GOMP_sections_next() hands out 1 .. count, then 0.
 */
#define EXPORTED __attribute__((visibility("default"), used))

EXPORTED void GOMP_parallel(void (*work)(void *), void *data, unsigned threads, unsigned flags);
EXPORTED void GOMP_parallel_sections(void (*work)(void *), void *data, unsigned threads,
                                     unsigned count, unsigned flags);
EXPORTED unsigned GOMP_sections_next(void);
EXPORTED void GOMP_sections_end_nowait(void);
EXPORTED int omp_get_thread_num(void);
EXPORTED int omp_get_num_threads(void);

/* Sections of the innermost parallel region of this thread. */
static _Thread_local struct {
    unsigned count, handed_out;
} sections;

void GOMP_parallel(void (*work)(void *), void *data, unsigned threads, unsigned flags)
{
    (void)threads;
    (void)flags;
    work(data);
}

void GOMP_parallel_sections(void (*work)(void *), void *data, unsigned threads, unsigned count,
                            unsigned flags)
{
    unsigned outer_count = sections.count, outer_handed_out = sections.handed_out;
    sections.count = count;
    sections.handed_out = 0;
    GOMP_parallel(work, data, threads, flags);
    sections.count = outer_count;
    sections.handed_out = outer_handed_out;
}

unsigned GOMP_sections_next(void)
{
    return sections.handed_out < sections.count ? ++sections.handed_out : 0;
}

void GOMP_sections_end_nowait(void)
{
}

int omp_get_thread_num(void)
{
    return 0;
}

int omp_get_num_threads(void)
{
    return 1;
}

bool ocr_serial_is_in_place(void)
{
    return dlsym(RTLD_DEFAULT, "GOMP_parallel") == (void *)GOMP_parallel;
}
