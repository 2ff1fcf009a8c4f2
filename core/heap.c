#include "core/heap.h"

#include <malloc.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    ROOM = 64 * 1024 * 1024,
    SHARE = 32, /* of the limit, at most one part in so many: 64 MB of the usual 2 GB */
    LARGE_PAGE = 2 * 1024 * 1024,
    LARGEST_BLOCK = 32 * 1024 * 1024, /* of the heap: larger ones are mapped one by one */
    MOST_KEPT = 32 * 1024 * 1024, /* free, beside the room */
    MAPPINGS = 65536, /* glibc's own ceiling */
};

/* mallopt() answers 0 where another malloc stands in for glibc's, as sanitizers have. */
void quire_heap_prepare(uint64_t most)
{
    size_t size = most > 0 && most / SHARE < ROOM ? (size_t)(most / SHARE) : ROOM;
    if (!mallopt(M_MMAP_MAX, 0))
        return;
    void *room = malloc(size); /* of the heap proper, as nothing may be mapped */
    mallopt(M_MMAP_MAX, MAPPINGS);
    mallopt(M_MMAP_THRESHOLD, LARGEST_BLOCK);
    mallopt(M_TRIM_THRESHOLD, 2 * ROOM);
    if (!room)
        return;
    uintptr_t from = ((uintptr_t)room + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    uintptr_t to = ((uintptr_t)room + size) / LARGE_PAGE * LARGE_PAGE;
    if (from < to)
        madvise((void *)from, to - from, MADV_HUGEPAGE);
    free(room);
}

void quire_heap_trim(void)
{
    if (mallinfo2().fordblks > (size_t)ROOM + MOST_KEPT)
        malloc_trim(ROOM);
}
