/*
 * The chain of directories of a TIFF (TIFF 6.0, section 2; BigTIFF): one for each page.
 *
 *     header -> directory -> directory -> 0
 *                   |            |
 *                 pixels       pixels
 */
#include "parsers/tiff.h"

enum { MAGIC = 42, BIG_MAGIC = 43, HEADER = 8, BIG_HEADER = 16, ENTRY = 12, BIG_ENTRY = 20 };

typedef struct tiff {
    quire_bytes file;
    bool big_endian, big;
} tiff;

/* `size` bytes at `at`, which are there. */
static uint64_t number_at(const tiff *t, uint64_t at, int size)
{
    uint64_t value = 0;
    for (int i = 0; i < size; i++)
        value = value << 8 | t->file.data[at + (uint64_t)(t->big_endian ? i : size - 1 - i)];
    return value;
}

static bool has(const tiff *t, uint64_t at, uint64_t size)
{
    return at <= t->file.size && size <= t->file.size - at;
}

/* The offset of the first directory; 0: none. */
static uint64_t begin(tiff *t, quire_bytes file)
{
    *t = (tiff){.file = file};
    if (file.size < BIG_HEADER)
        return 0;
    t->big_endian = file.data[0] == 'M';
    uint64_t magic = number_at(t, 2, 2);
    t->big = magic == BIG_MAGIC;
    if (magic != MAGIC && !t->big)
        return 0;
    return t->big ? number_at(t, HEADER, 8) : number_at(t, 4, 4);
}

/* Moves to the next directory, 0 after the last. False: this one is not all there. */
static bool step(const tiff *t, uint64_t *at)
{
    int count_size = t->big ? 8 : 2, offset_size = t->big ? 8 : 4;
    uint64_t entry = t->big ? BIG_ENTRY : ENTRY;
    if (!has(t, *at, (uint64_t)count_size))
        return false;
    uint64_t count = number_at(t, *at, count_size), entries = *at + (uint64_t)count_size;
    if (count > t->file.size / entry || !has(t, entries, count * entry + (uint64_t)offset_size))
        return false;
    *at = number_at(t, entries + count * entry, offset_size);
    return true;
}

bool quire_tiff_is_cut(quire_bytes file)
{
    tiff t;
    uint64_t at = begin(&t, file);
    bool whole = at > 0;
    for (int i = 0; i < QUIRE_MAX_PAGES && whole && at > 0; i++)
        whole = step(&t, &at);
    return !whole;
}
