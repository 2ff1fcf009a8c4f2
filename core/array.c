/* Growth by half, from 64 elements on, up to the ceiling. */
#include "core/core.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CAPACITY = 64 };

bool quire_array_grow(void **items, size_t *capacity, size_t ceiling, size_t element, bool *full)
{
    size_t limit = ceiling ? ceiling : QUIRE_ARRAY_CEILING;
    size_t next = *capacity ? *capacity + *capacity / 2 : FIRST_CAPACITY;
    size_t size;
    next = next > limit ? limit : next;
    if (next <= *capacity || __builtin_mul_overflow(next, element, &size)) {
        *full = true;
        return false;
    }
    void *grown = realloc(*items, size);
    if (!grown) {
        *full = true;
        return false;
    }
    *items = grown;
    *capacity = next;
    return true;
}

void *quire_array_copy(quire_arena *arena, const void *items, size_t element, size_t *count)
{
    size_t size;
    void *copy = NULL;
    if (*count && !__builtin_mul_overflow(element, *count, &size)) {
        copy = quire_arena_copy(arena, items, size);
    }
    *count = 0;
    return copy;
}

void quire_array_release(void **items, size_t *capacity, size_t *count)
{
    free(*items);
    *items = NULL;
    *capacity = 0;
    *count = 0;
}
