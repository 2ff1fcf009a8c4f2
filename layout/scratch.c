/*
 * Sorting. Words and lines come nearly sorted: insertion where they are few, merging of runs where
 * they are some, else a least-significant-digit radix sort over 11 bits at a time, whose cost per
 * key is flat but whose counters have to be cleared.
 */
#include "layout/scratch.h"

#include <string.h>

enum { FEW = 32, SOME = 1024, DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, ROUNDS = 3 };

static void insertion_sort(sort_key *keys, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        sort_key moving = keys[i];
        size_t at = i;
        for (; at > 0 && keys[at - 1].key > moving.key; at--)
            keys[at] = keys[at - 1];
        keys[at] = moving;
    }
}

static void merge(const sort_key *from, sort_key *to, size_t start, size_t middle, size_t end)
{
    size_t left = start, right = middle;
    for (size_t i = start; i < end; i++) {
        bool take_left = left < middle && (right >= end || from[left].key <= from[right].key);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

/* Bottom up, over pieces that insertion has sorted. */
static void merge_sort(sort_key *keys, sort_key *spare, size_t count)
{
    for (size_t start = 0; start < count; start += FEW)
        insertion_sort(keys + start, count - start < FEW ? count - start : FEW);
    sort_key *from = keys, *to = spare;
    for (size_t width = FEW; width < count; width *= 2) {
        for (size_t start = 0; start < count; start += 2 * width) {
            size_t middle = start + width < count ? start + width : count;
            size_t end = start + 2 * width < count ? start + 2 * width : count;
            merge(from, to, start, middle, end);
        }
        sort_key *swap = from;
        from = to;
        to = swap;
    }
    if (from != keys)
        memcpy(keys, from, count * sizeof *keys);
}

static void sort_round(const sort_key *from, sort_key *to, size_t count, uint32_t *starts,
                       int shift)
{
    uint32_t at = 0;
    for (size_t d = 0; d < DIGITS; d++) {
        uint32_t here = starts[d];
        starts[d] = at;
        at += here;
    }
    for (size_t i = 0; i < count; i++)
        to[starts[(from[i].key >> shift) & (DIGITS - 1)]++] = from[i];
}

static void radix_sort(quire_arena *arena, sort_key *keys, sort_key *spare, size_t count)
{
    uint32_t *starts = quire_arena_array(arena, uint32_t, (size_t)ROUNDS * DIGITS);
    for (size_t i = 0; i < count; i++)
        for (int round = 0; round < ROUNDS; round++)
            starts[round * DIGITS + ((keys[i].key >> (round * DIGIT_BITS)) & (DIGITS - 1))]++;
    sort_key *from = keys, *to = spare;
    for (int round = 0; round < ROUNDS; round++) {
        sort_round(from, to, count, &starts[round * DIGITS], round * DIGIT_BITS);
        sort_key *swap = from;
        from = to;
        to = swap;
    }
    memcpy(keys, spare, count * sizeof *keys); /* an odd number of rounds ends in the spare */
}

void layout_sort_by_key(quire_arena *arena, sort_key *keys, size_t count)
{
    if (count <= FEW) {
        insertion_sort(keys, count);
        return;
    }
    quire_arena_mark mark = quire_arena_position(arena);
    sort_key *spare = quire_arena_array(arena, sort_key, count);
    if (count <= SOME)
        merge_sort(keys, spare, count);
    else
        radix_sort(arena, keys, spare, count);
    quire_arena_reset(arena, mark);
}
