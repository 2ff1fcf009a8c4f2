/*
 * Ids of elements and fields: a hash of page, box, type and text, so that each keeps its id when
 * the rest of the document changes, and an ordinal behind it where two elements agree in all four.
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

static uint64_t hash_place(int32_t page, quire_box box, int32_t type)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = hash_integer(hash, page);
    hash = hash_integer(hash, tenths(box.x0));
    hash = hash_integer(hash, tenths(box.y0));
    hash = hash_integer(hash, tenths(box.x1));
    hash = hash_integer(hash, tenths(box.y1));
    return hash_integer(hash, type);
}

/* With its NUL, so that what follows does not run into it. */
static uint64_t hash_string(uint64_t hash, const char *text)
{
    return text ? hash_bytes(hash, text, strlen(text) + 1) : hash;
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

static void write_id(char id[24], char kind, quire_document *document, uint64_t hash)
{
    static const char digits[] = "0123456789abcdef";
    uint32_t ordinal = ordinal_of(document, &hash);
    id[0] = kind;
    for (int i = 0; i < 16; i++)
        id[1 + i] = digits[hash >> (60 - 4 * i) & 15];
    id[17] = '\0';
    if (ordinal > 1)
        snprintf(id + 17, 24 - 17, "-%u", ordinal % (MAX_ORDINAL + 1));
}

void quire_element_identify(quire_document *document, quire_element *element)
{
    uint64_t hash = hash_place(element->page, element->box, (int32_t)element->type);
    hash = hash_bytes(hash, element->text.data, element->text.size);
    write_id(element->id, 'e', document, hash);
}

void quire_field_identify(quire_document *document, quire_field *field)
{
    uint64_t hash = hash_place(field->page, field->box, (int32_t)field->type + QUIRE_ELEMENT_TYPES);
    hash = hash_string(hash, field->name);
    hash = hash_string(hash, field->value);
    write_id(field->id, 'f', document, hash);
}
