/*
 * Borrowed values by name: the resources of a page, by their names or object numbers. Memory comes
 * from an arena and goes with it; names are borrowed and must live as long.
 */
#ifndef QUIRE_PARSERS_PDF_INTERPRETER_TABLE_H
#define QUIRE_PARSERS_PDF_INTERPRETER_TABLE_H

#include "core/core.h"

typedef struct quire_table_entry {
    const void *key;
    size_t size;
    uint64_t hash;
    void *value; /* NULL: an empty slot */
} quire_table_entry;

typedef struct quire_table {
    quire_table_entry *entries;
    size_t count, capacity; /* capacity is 0 or a power of two */
} quire_table;

void *quire_table_find(const quire_table *table, const void *key, size_t size);
/* Adds `value`, which is not NULL, under a key that is not in the table yet. */
void quire_table_put(quire_table *table, quire_arena *arena, const void *key, size_t size,
                     void *value);
/* A hash of `size` bytes, continued from `seed`. */
uint64_t quire_hash(uint64_t seed, const void *bytes, size_t size);

#endif
