/*
 * An arena hands out memory that is freed all at once: one per document, one scratch arena per
 * page pass (mark, reset). Memory is zeroed and aligned for any type. Past its ceiling an arena
 * hands out NULL; a machine without memory ends the process.
 */
#ifndef QUIRE_CORE_ARENA_H
#define QUIRE_CORE_ARENA_H

#include <stdbool.h>
#include <stddef.h>

typedef struct quire_arena quire_arena;

typedef struct quire_arena_mark {
    void *chunk;
    size_t used;
} quire_arena_mark;

/* `ceiling`: most bytes it may hold; 0: QUIRE_ARENA_CEILING. Never NULL. */
quire_arena *quire_arena_new(size_t ceiling);
void quire_arena_free(quire_arena *arena); /* NULL is fine */

/* Zeroed memory, owned by the arena. NULL only when `size` is beyond the ceiling. */
void *quire_arena_take(quire_arena *arena, size_t size);
/* A copy of `size` bytes; NULL when beyond the ceiling. */
void *quire_arena_copy(quire_arena *arena, const void *bytes, size_t size);
/* A copy of `size` bytes with a NUL behind them. */
char *quire_arena_text(quire_arena *arena, const char *text, size_t size);
char *quire_arena_printf(quire_arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

quire_arena_mark quire_arena_position(const quire_arena *arena);
/* Forgets all that was taken since `mark`. */
void quire_arena_reset(quire_arena *arena, quire_arena_mark mark);
/* Forgets everything, and returns all but the first chunk to the system. */
void quire_arena_clear(quire_arena *arena);

size_t quire_arena_held(const quire_arena *arena); /* bytes taken from the system */

#define quire_arena_new_of(arena, type) ((type *)quire_arena_take((arena), sizeof(type)))
#define quire_arena_array(arena, type, count)                                                      \
    ((type *)quire_arena_take_array((arena), sizeof(type), (count)))
/* Zeroed memory for `count` elements; NULL when count is 0 or the product overflows. */
void *quire_arena_take_array(quire_arena *arena, size_t element, size_t count);

#endif
