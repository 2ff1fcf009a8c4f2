/* The heap of a process that reads documents: what it takes and gives back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "core/core.h"

enum { BLOCK = 64 * 1024, BLOCKS = 4096, MEGABYTE = 1024 * 1024 };

static long read_statm(int field)
{
    long pages[2] = {0};
    FILE *file = fopen("/proc/self/statm", "r");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%ld %ld", &pages[0], &pages[1]), 2);
    fclose(file);
    return pages[field] * sysconf(_SC_PAGESIZE) / MEGABYTE;
}

static long mapped_megabytes(void)
{
    return read_statm(0);
}

static long resident_megabytes(void)
{
    return read_statm(1);
}

static long faults(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_minflt;
}

/* Writes `count` blocks and frees them; returns how many faults the writing took. */
static long write_blocks(size_t count)
{
    static void *blocks[BLOCKS];
    long before = faults();
    for (size_t i = 0; i < count; i++) {
        blocks[i] = malloc(BLOCK);
        assert_non_null(blocks[i]);
        memset(blocks[i], 1, BLOCK);
    }
    long taken = faults() - before;
    for (size_t i = 0; i < count; i++)
        free(blocks[i]);
    return taken;
}

/* Sanitizers have a heap of their own. */
static bool is_glibc_heap(void)
{
    return mallopt(M_MMAP_MAX, 65536) != 0;
}

static void room_costs_nothing_until_it_is_used(void **state)
{
    (void)state;
    long before = resident_megabytes();
    quire_heap_prepare(0);
    assert_true(resident_megabytes() - before < 4);
}

static void what_is_freed_stays_for_the_next_document(void **state)
{
    (void)state;
    if (!is_glibc_heap())
        skip();
    quire_heap_prepare(0);
    write_blocks(BLOCKS / 8); /* 32 megabytes */
    quire_heap_trim();
    assert_true(write_blocks(BLOCKS / 8) < BLOCKS / 8);
}

static void a_large_document_gives_its_memory_back(void **state)
{
    (void)state;
    if (!is_glibc_heap())
        skip();
    quire_heap_prepare(0);
    write_blocks(BLOCKS); /* 256 megabytes */
    quire_heap_trim();
    assert_true(resident_megabytes() < 128);
}

/* Else the libraries would find none left. */
static void a_low_limit_leaves_most_to_others(void **state)
{
    (void)state;
    long before = mapped_megabytes();
    quire_heap_prepare(64 * MEGABYTE);
    assert_true(mapped_megabytes() - before <= 3);
}

static void little_address_space_is_no_fault(void **state)
{
    (void)state;
    struct rlimit kept, tight;
    if (!is_glibc_heap())
        skip();
    getrlimit(RLIMIT_DATA, &kept);
    tight = kept;
    tight.rlim_cur = 16 * MEGABYTE;
    setrlimit(RLIMIT_DATA, &tight);
    quire_heap_prepare(0);
    void *block = malloc(MEGABYTE);
    setrlimit(RLIMIT_DATA, &kept);
    assert_non_null(block);
    free(block);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_low_limit_leaves_most_to_others),
        cmocka_unit_test(little_address_space_is_no_fault),
        cmocka_unit_test(room_costs_nothing_until_it_is_used),
        cmocka_unit_test(what_is_freed_stays_for_the_next_document),
        cmocka_unit_test(a_large_document_gives_its_memory_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
