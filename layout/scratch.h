/*
 * Memory that passes borrow: one arena that is reset after each pass, and a stable radix sort for
 * the keys that all passes sort by. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_SCRATCH_H
#define QUIRE_LAYOUT_SCRATCH_H

#include "core/core.h"

typedef struct sort_key {
    uint32_t key;
    uint32_t index;
} sort_key;

/* Floats keep their order as keys. */
static inline uint32_t sort_key_of(float value)
{
    union {
        float f;
        uint32_t u;
    } bits = {.f = value + 0.0f};
    return bits.u & 0x80000000u ? ~bits.u : bits.u | 0x80000000u;
}

/* Ascending, stable; takes as much again from `arena` (and returns it). */
void layout_sort_by_key(quire_arena *arena, sort_key *keys, size_t count);

#endif
