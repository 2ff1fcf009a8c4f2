/*
 * Chunks in a list, the newest first; the first chunk stays for reuse. Memory that is handed out
 * is zeroed then, so that a reset costs nothing.
 */
#include "core/core.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_CHUNK = 64 * 1024, LARGEST_CHUNK = 4 * 1024 * 1024, ALIGNMENT = 16 };

typedef struct chunk {
    struct chunk *previous;
    size_t size, used;
    _Alignas(ALIGNMENT) unsigned char bytes[];
} chunk;

struct quire_arena {
    chunk *newest;
    size_t held, ceiling;
};

/* Running out of memory in the middle of a document has no better answer for a worker process
 * than to end: its supervisor reports the document. */
static chunk *chunk_new(size_t size, chunk *previous)
{
    chunk *made = malloc(sizeof(chunk) + size);
    if (!made) {
        abort();
    }
    *made = (chunk){.previous = previous, .size = size};
    return made;
}

quire_arena *quire_arena_new(size_t ceiling)
{
    quire_arena *arena = malloc(sizeof *arena);
    if (!arena) {
        abort();
    }
    *arena = (quire_arena){.newest = chunk_new(FIRST_CHUNK, NULL),
                           .held = FIRST_CHUNK,
                           .ceiling = ceiling ? ceiling : QUIRE_ARENA_CEILING};
    return arena;
}

void quire_arena_free(quire_arena *arena)
{
    if (!arena) {
        return;
    }
    quire_arena_clear(arena);
    free(arena->newest);
    free(arena);
}

/* Chunks double up to a ceiling of their own; what is larger gets a chunk of its size. */
static bool add_chunk(quire_arena *arena, size_t size)
{
    size_t next = arena->newest->size * 2;
    next = next > LARGEST_CHUNK ? LARGEST_CHUNK : next;
    next = next < size ? size : next;
    if (next > arena->ceiling || arena->held > arena->ceiling - next) {
        return false;
    }
    arena->newest = chunk_new(next, arena->newest);
    arena->held += next;
    return true;
}

/* Memory that is not zeroed. */
static void *take_raw(quire_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2) {
        return NULL;
    }
    size_t rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
    if (rounded > arena->newest->size - arena->newest->used && !add_chunk(arena, rounded)) {
        return NULL;
    }
    void *memory = arena->newest->bytes + arena->newest->used;
    arena->newest->used += rounded;
    return memory;
}

void *quire_arena_take(quire_arena *arena, size_t size)
{
    void *memory = take_raw(arena, size);
    return memory ? memset(memory, 0, size) : NULL;
}

void *quire_arena_copy(quire_arena *arena, const void *bytes, size_t size)
{
    void *memory = take_raw(arena, size);
    return memory && size ? memcpy(memory, bytes, size) : memory;
}

void *quire_arena_take_array(quire_arena *arena, size_t element, size_t count)
{
    size_t size;
    if (count == 0 || __builtin_mul_overflow(element, count, &size)) {
        return NULL;
    }
    return quire_arena_take(arena, size);
}

char *quire_arena_text(quire_arena *arena, const char *text, size_t size)
{
    char *copy = quire_arena_take(arena, size + 1);
    if (copy && size) {
        memcpy(copy, text, size);
    }
    return copy;
}

char *quire_arena_printf(quire_arena *arena, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    int size = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = size < 0 ? NULL : quire_arena_take(arena, (size_t)size + 1);
    if (text) {
        va_start(arguments, format);
        vsnprintf(text, (size_t)size + 1, format, arguments);
        va_end(arguments);
    }
    return text;
}

quire_arena_mark quire_arena_position(const quire_arena *arena)
{
    return (quire_arena_mark){arena->newest, arena->newest->used};
}

void quire_arena_reset(quire_arena *arena, quire_arena_mark mark)
{
    while (arena->newest != mark.chunk && arena->newest->previous) {
        chunk *gone = arena->newest;
        arena->newest = gone->previous;
        arena->held -= gone->size;
        free(gone);
    }
    arena->newest->used = mark.used;
}

void quire_arena_clear(quire_arena *arena)
{
    while (arena->newest->previous) {
        chunk *gone = arena->newest;
        arena->newest = gone->previous;
        arena->held -= gone->size;
        free(gone);
    }
    arena->newest->used = 0;
}

size_t quire_arena_held(const quire_arena *arena)
{
    return arena->held;
}
