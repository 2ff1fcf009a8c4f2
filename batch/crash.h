/*
 * The page of memory that a worker shares with its supervisor: what it is at, and, when it dies of
 * a signal, where. Written by one side that may be taken over at any time, so the reader copies it
 * and believes nothing but its bounds.
 *
 * Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_CRASH_H
#define QUIRE_BATCH_CRASH_H

#include "core/core.h"

enum { CRASH_FRAMES = 6 };

typedef struct crash_place {
    char module[40]; /* last part of its path; empty: not known */
    uint64_t offset; /* in the module; else what address randomisation leaves: the low 12 bits */
} crash_place;

typedef struct crash_record {
    int32_t signal; /* 0: no crash */
    uint32_t place_count;
    uint64_t memory; /* bytes of address space then */
    crash_place places[CRASH_FRAMES];
} crash_record;

typedef struct worker_state {
    int32_t page; /* being read, 1-based; 0: none yet */
    int32_t done, wanted; /* pages of the document; frames tell of them later */
    uint32_t beats; /* grows whenever something moves */
    crash_record crash;
} worker_state;

/* Has signals that end the process note where they came from. `state` lives as long as it. */
void crash_watch(worker_state *state);

/*
 * Crashes at the same place give the same 16 hexadecimal digits, whatever the addresses were.
 * `signal` is what the process ended by, for where nothing was written down.
 */
void crash_signature(const crash_record *record, int signal, char text[17]);
/* "SIGSEGV in libpoppler.so.126+0x1f2a" */
void crash_describe(const crash_record *record, int signal, char text[96]);

#endif
