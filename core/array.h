/*
 * Growing arrays with a stated ceiling, for rooms that do not use GLib (page/, model/) and for hot
 * loops. Declare `QUIRE_ARRAY(quire_glyph) glyphs;`, zero it, set its ceiling, push, then freeze
 * it into an arena or clear it.
 */
#ifndef QUIRE_CORE_ARRAY_H
#define QUIRE_CORE_ARRAY_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/* `ceiling`: most elements; 0 means QUIRE_ARRAY_CEILING. `full` is set once a push was refused. */
#define QUIRE_ARRAY(type)                                                                          \
    struct {                                                                                       \
        type *items;                                                                               \
        size_t count, capacity, ceiling;                                                           \
        bool full;                                                                                 \
    }

#define QUIRE_ARRAY_CEILING ((size_t)1 << 28)

/* True when there is room for one more element, growing as needed. */
#define quire_array_reserve(array)                                                                 \
    ((array)->count < (array)->capacity ||                                                         \
     quire_array_grow((void **)&(array)->items, &(array)->capacity, (array)->ceiling,              \
                      sizeof *(array)->items, &(array)->full))

/* Pointer to a new element (not zeroed), or NULL at the ceiling. */
#define quire_array_push(array)                                                                    \
    (quire_array_reserve(array) ? &(array)->items[(array)->count++] : NULL)

/* Copies the elements into the arena and empties the array, which keeps its memory. */
#define quire_array_freeze(array, arena)                                                           \
    quire_array_copy((arena), (array)->items, sizeof *(array)->items, &(array)->count)

#define quire_array_clear(array)                                                                   \
    quire_array_release((void **)&(array)->items, &(array)->capacity, &(array)->count)

bool quire_array_grow(void **items, size_t *capacity, size_t ceiling, size_t element, bool *full);
void *quire_array_copy(quire_arena *arena, const void *items, size_t element, size_t *count);
void quire_array_release(void **items, size_t *capacity, size_t *count);

#endif
