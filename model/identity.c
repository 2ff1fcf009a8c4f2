/*
 * Ids of elements: a hash of page, box, type and text, so that an element keeps its id when the
 * rest of the document changes, and an ordinal behind it where two elements agree in all four.
 * FNV-1a, 64 bit (draft-eastlake-fnv); nothing here needs to withstand an attacker.
 */
#include "model/inner.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

typedef struct id_entry {
    uint64_t hash;
    uint32_t uses; /* 0: the place is free */
} id_entry;

struct quire_id_table {
    id_entry *entries;
    size_t capacity, count; /* capacity: a power of two */
};

enum {
    FIRST_CAPACITY = 64,
    MAX_ORDINAL = 99999, /* what fits into quire_element.id */
};

static uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t size)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < size; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t hash_integer(uint64_t hash, int32_t value)
{
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++)
        bytes[i] = (unsigned char)((uint32_t)value >> (8 * i));
    return hash_bytes(hash, bytes, sizeof bytes);
}

/* Tenths of a point, so that noise of the arithmetic does not show. */
static int32_t tenths(float points)
{
    return isfinite(points) && fabsf(points) < 1e8f ? (int32_t)lroundf(points * 10) : 0;
}

static uint64_t element_hash(const quire_element *element)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = hash_integer(hash, element->page);
    hash = hash_integer(hash, tenths(element->box.x0));
    hash = hash_integer(hash, tenths(element->box.y0));
    hash = hash_integer(hash, tenths(element->box.x1));
    hash = hash_integer(hash, tenths(element->box.y1));
    hash = hash_integer(hash, (int32_t)element->type);
    return hash_bytes(hash, element->text.data, element->text.size);
}

static id_entry *place_of(const struct quire_id_table *table, uint64_t hash)
{
    size_t at = (size_t)(hash ^ hash >> 32) & (table->capacity - 1);
    while (table->entries[at].uses && table->entries[at].hash != hash)
        at = (at + 1) & (table->capacity - 1);
    return &table->entries[at];
}

/* Doubles the table; the old one stays in the arena until the document is drained. */
static bool table_grow(struct quire_id_table *table, quire_arena *arena)
{
    struct quire_id_table old = *table;
    size_t capacity = old.capacity ? old.capacity * 2 : FIRST_CAPACITY;
    id_entry *entries =
        capacity <= QUIRE_ARRAY_CEILING ? quire_arena_array(arena, id_entry, capacity) : NULL;
    if (!entries)
        return false;
    *table = (struct quire_id_table){entries, capacity, old.count};
    for (size_t i = 0; i < old.capacity; i++) {
        if (old.entries[i].uses)
            *place_of(table, old.entries[i].hash) = old.entries[i];
    }
    return true;
}

static struct quire_id_table *table_with_room(quire_document *document)
{
    if (!document->ids)
        document->ids = quire_arena_new_of(document->page_arena, struct quire_id_table);
    struct quire_id_table *table = document->ids;
    if (!table)
        return NULL;
    bool room = table->count < table->capacity - table->capacity / 4;
    return room || table_grow(table, document->page_arena) ? table : NULL;
}

/* How often `*hash` was asked for; past what an id can hold, another hash is taken. */
static uint32_t ordinal_of(quire_document *document, uint64_t *hash)
{
    struct quire_id_table *table = table_with_room(document);
    if (!table)
        return 1;
    id_entry *entry = place_of(table, *hash);
    while (entry->uses == MAX_ORDINAL) {
        *hash = hash_bytes(*hash, hash, sizeof *hash);
        entry = place_of(table, *hash);
    }
    table->count += entry->uses == 0;
    entry->hash = *hash;
    return ++entry->uses;
}

void quire_element_identify(quire_document *document, quire_element *element)
{
    static const char digits[] = "0123456789abcdef";
    uint64_t hash = element_hash(element);
    uint32_t ordinal = ordinal_of(document, &hash);
    element->id[0] = 'e';
    for (int i = 0; i < 16; i++)
        element->id[1 + i] = digits[hash >> (60 - 4 * i) & 15];
    element->id[17] = '\0';
    if (ordinal > 1)
        snprintf(element->id + 17, sizeof element->id - 17, "-%u", ordinal % (MAX_ORDINAL + 1));
}
