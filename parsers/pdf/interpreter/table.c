#include "parsers/pdf/interpreter/table.h"

#include <string.h>

enum { FIRST_CAPACITY = 16 };

/* FNV-1a, with a final mix so that the low bits serve as a slot. */
uint64_t quire_hash(uint64_t seed, const void *bytes, size_t size)
{
    const uint8_t *at = bytes;
    uint64_t hash = seed ^ 14695981039346656037u;
    for (size_t i = 0; i < size; i++) {
        hash = (hash ^ at[i]) * 1099511628211u;
    }
    return hash ^ hash >> 29;
}

static quire_table_entry *slot_of(const quire_table *table, const void *key, size_t size,
                                  uint64_t hash)
{
    size_t mask = table->capacity - 1;
    for (size_t at = hash & mask;; at = (at + 1) & mask) {
        quire_table_entry *entry = &table->entries[at];
        if (!entry->value || (entry->hash == hash && entry->size == size &&
                              (size == 0 || !memcmp(entry->key, key, size)))) {
            return entry;
        }
    }
}

void *quire_table_find(const quire_table *table, const void *key, size_t size)
{
    return table->capacity ? slot_of(table, key, size, quire_hash(0, key, size))->value : NULL;
}

static void grow(quire_table *table, quire_arena *arena)
{
    quire_table old = *table;
    table->capacity = old.capacity ? 2 * old.capacity : FIRST_CAPACITY;
    table->entries = quire_arena_array(arena, quire_table_entry, table->capacity);
    for (size_t i = 0; i < old.capacity; i++) {
        quire_table_entry *entry = &old.entries[i];
        if (entry->value) {
            *slot_of(table, entry->key, entry->size, entry->hash) = *entry;
        }
    }
}

void quire_table_put(quire_table *table, quire_arena *arena, const void *key, size_t size,
                     void *value)
{
    if (2 * (table->count + 1) > table->capacity) {
        grow(table, arena);
    }
    uint64_t hash = quire_hash(0, key, size);
    *slot_of(table, key, size, hash) =
        (quire_table_entry){.key = key, .size = size, .hash = hash, .value = value};
    table->count++;
}
