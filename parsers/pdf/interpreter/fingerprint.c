/*
 * Fingerprints of objects that have no number of their own: fonts and colour spaces that stand
 * directly in a resource dictionary. Equal fingerprints are taken for the same thing, so that a
 * document that repeats them on every page costs one.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

enum { MAX_DEPTH = 4, MAX_ENTRIES = 1024 };

static uint64_t of_scalar(const quire_object *object, uint64_t hash)
{
    int reference[2];
    size_t size;
    double number;
    const char *text;
    switch (quire_object_kind(object)) {
    case QUIRE_OBJECT_REFERENCE:
        quire_object_reference(object, &reference[0], &reference[1]);
        return quire_hash(hash, reference, sizeof reference);
    case QUIRE_OBJECT_NAME:
        text = quire_object_name(object);
        return quire_hash(hash, text, strlen(text));
    case QUIRE_OBJECT_STRING:
        text = quire_object_string(object, &size);
        return quire_hash(hash, text, size);
    default:
        number = quire_object_number(object, quire_object_boolean(object, false));
        return quire_hash(hash, &number, sizeof number);
    }
}

uint64_t quire_object_fingerprint(const quire_object *object, int depth)
{
    quire_object_type kind = quire_object_kind(object);
    uint64_t hash = 1 + (uint64_t)kind;
    bool array = kind == QUIRE_OBJECT_ARRAY;
    if (!array && kind != QUIRE_OBJECT_DICTIONARY) {
        return of_scalar(object, hash);
    }
    int count = depth < MAX_DEPTH ? quire_object_count(object) : 0;
    for (int i = 0; i < count && i < MAX_ENTRIES; i++) {
        const char *key = array ? "" : quire_object_key_at(object, i);
        const quire_object *value =
            array ? quire_object_at_raw(object, i) : quire_object_value_at_raw(object, i);
        uint64_t inner = quire_object_fingerprint(value, depth + 1);
        hash = quire_hash(quire_hash(hash, key, strlen(key)), &inner, sizeof inner);
    }
    return hash ^ (uint64_t)count << 1;
}
