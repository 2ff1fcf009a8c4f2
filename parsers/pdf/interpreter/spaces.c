/*
 * Colour spaces (PDF 32000-1, 8.6), kept for the document. Device spaces are converted here, those
 * of the CIE and ICC kind as the device space with as many components; Separation, DeviceN and Lab
 * are asked of Poppler. Text and rules need a colour to compare, not a colorimetric one.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <glib.h>
#include <string.h>

enum {
    MAX_SPACE_DEPTH = 6, /* Indexed over Separation over ICCBased ... */
    MAX_INDEX = 255,
    MAX_SPACES = 4096, /* of a document; further ones are gray */
    LAST_COMPONENTS = 4,
};

typedef struct space_cache {
    quire_space gray, rgb, cmyk, pattern;
    GHashTable *by_key; /* object number or fingerprint to quire_space, which it owns */
} space_cache;

static void space_free(void *memory)
{
    quire_space *space = memory;
    if (space->tint) {
        quire_tint_close(space->tint);
    }
    g_free((void *)space->lookup);
    g_free(space->last);
    g_free(space);
}

static quire_space device(quire_space_kind kind, int components)
{
    quire_space space = {.kind = kind, .components = components};
    space.last = g_malloc0(sizeof *space.last);
    return space;
}

void quire_spaces_init(quire_interpreter *in)
{
    space_cache *cache = g_new0(space_cache, 1);
    cache->gray = device(QUIRE_SPACE_GRAY, 1);
    cache->rgb = device(QUIRE_SPACE_RGB, 3);
    cache->cmyk = device(QUIRE_SPACE_CMYK, 4);
    cache->pattern = device(QUIRE_SPACE_PATTERN, 0);
    cache->by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, space_free);
    in->spaces = cache;
}

void quire_spaces_clear(quire_interpreter *in)
{
    space_cache *cache = in->spaces;
    g_hash_table_destroy(cache->by_key);
    g_free(cache->gray.last);
    g_free(cache->rgb.last);
    g_free(cache->cmyk.last);
    g_free(cache->pattern.last);
    g_free(cache);
}

const quire_space *quire_space_device(quire_interpreter *in, quire_space_kind kind)
{
    space_cache *cache = in->spaces;
    return kind == QUIRE_SPACE_RGB    ? &cache->rgb
           : kind == QUIRE_SPACE_CMYK ? &cache->cmyk
                                      : &cache->gray;
}

const quire_space *quire_space_named(quire_interpreter *in, const char *name)
{
    space_cache *cache = in->spaces;
    const struct {
        const char *name;
        const quire_space *space;
    } table[] = {
        {"DeviceGray", &cache->gray}, {"G", &cache->gray},    {"CalGray", &cache->gray},
        {"DeviceRGB", &cache->rgb},   {"RGB", &cache->rgb},   {"CalRGB", &cache->rgb},
        {"DeviceCMYK", &cache->cmyk}, {"CMYK", &cache->cmyk}, {"CalCMYK", &cache->cmyk},
        {"Pattern", &cache->pattern},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!strcmp(table[i].name, name)) {
            return table[i].space;
        }
    }
    return NULL;
}

static const quire_space *with_components(quire_interpreter *in, int components)
{
    return quire_space_device(in, components == 1   ? QUIRE_SPACE_GRAY
                                  : components == 4 ? QUIRE_SPACE_CMYK
                                                    : QUIRE_SPACE_RGB);
}

static const quire_space *space_of(quire_interpreter *in, const quire_object *object, int depth);

static quire_space *space_new(quire_space_kind kind, int components)
{
    quire_space *space = g_new0(quire_space, 1);
    *space = device(kind, components);
    return space;
}

static void read_lookup(quire_space *space, const quire_object *object)
{
    size_t most = (size_t)(space->highest + 1) * (size_t)space->base->components;
    if (quire_object_kind(object) == QUIRE_OBJECT_STREAM) {
        quire_stream_bytes bytes = {0};
        quire_object_read_stream(object, most, &bytes);
        space->lookup = g_memdup2(bytes.data, bytes.size);
        space->lookup_size = bytes.size;
        quire_stream_bytes_clear(&bytes);
        return;
    }
    size_t size;
    const char *string = quire_object_string(object, &size);
    space->lookup_size = size < most ? size : most;
    space->lookup = g_memdup2(string, space->lookup_size);
}

static quire_space *indexed(quire_interpreter *in, const quire_object *array, int depth)
{
    quire_space *space = space_new(QUIRE_SPACE_INDEXED, 1);
    space->base = space_of(in, quire_object_at(array, 1), depth + 1);
    int highest = quire_object_integer(quire_object_at(array, 2), MAX_INDEX);
    space->highest = CLAMP(highest, 0, MAX_INDEX);
    read_lookup(space, quire_object_at(array, 3));
    return space;
}

static quire_space *tinted(quire_interpreter *in, const quire_object *array, const char *family)
{
    quire_space *space = space_new(QUIRE_SPACE_TINT, 1);
    space->tint = quire_tint_open(in->pdf->objects, array);
    if (space->tint) {
        int components = quire_tint_components(space->tint);
        space->components = CLAMP(components, 1, QUIRE_MAX_COMPONENTS);
    }
    space->initial = strcmp(family, "Lab") ? 1 : 0;
    return space;
}

/*
 * Every space that is made is owned by the cache, so that a base may be shared. One that is its own
 * base was kept while its base was made, and must not be replaced: others stand on it.
 */
static const quire_space *keep(quire_interpreter *in, quire_space *space, int64_t key)
{
    space_cache *cache = in->spaces;
    const quire_space *known = g_hash_table_lookup(cache->by_key, &key);
    if (known) {
        space_free(space);
        return known;
    }
    g_hash_table_insert(cache->by_key, g_memdup2(&key, sizeof key), space);
    return space;
}

static const quire_space *space_of_array(quire_interpreter *in, const quire_object *array,
                                         int depth)
{
    space_cache *cache = in->spaces;
    const char *family = quire_object_name(quire_object_at(array, 0));
    const quire_space *named = quire_space_named(in, family);
    if (named && (named->kind != QUIRE_SPACE_PATTERN || quire_object_count(array) < 2)) {
        return named;
    }
    if (!strcmp(family, "ICCBased")) {
        return with_components(in, quire_object_find_integer(quire_object_at(array, 1), "N", 3));
    }
    uint64_t fingerprint = quire_object_fingerprint(array, 0);
    int64_t key = (int64_t)(fingerprint | 1ull << 63);
    const quire_space *known = g_hash_table_lookup(cache->by_key, &key);
    if (known || g_hash_table_size(cache->by_key) >= MAX_SPACES) {
        return known ? known : &cache->gray;
    }
    quire_space *made;
    if (!strcmp(family, "Indexed") || !strcmp(family, "I")) {
        made = indexed(in, array, depth);
    } else if (named) {
        made = space_new(QUIRE_SPACE_PATTERN, 0);
        made->base = space_of(in, quire_object_at(array, 1), depth + 1);
    } else {
        made = tinted(in, array, family);
    }
    return keep(in, made, key);
}

static const quire_space *space_of(quire_interpreter *in, const quire_object *object, int depth)
{
    space_cache *cache = in->spaces;
    if (depth >= MAX_SPACE_DEPTH) {
        return &cache->gray;
    }
    if (quire_object_kind(object) == QUIRE_OBJECT_ARRAY) {
        return space_of_array(in, object, depth);
    }
    const quire_space *named = quire_space_named(in, quire_object_name(object));
    return named ? named : &cache->gray;
}

const quire_space *quire_spaces_find(quire_interpreter *in, const quire_object *raw)
{
    return space_of(in, quire_object_target(raw), 0);
}

/* ---- conversion ---- */

static uint32_t byte_of(double value)
{
    return value <= 0 ? 0 : value >= 1 ? 255 : (uint32_t)(value * 255 + 0.5);
}

static uint32_t indexed_rgb(const quire_space *space, double index)
{
    int at = index <= 0 ? 0 : index >= space->highest ? space->highest : (int)index;
    int count = space->base->components;
    double components[QUIRE_MAX_COMPONENTS] = {0};
    for (int i = 0; i < count; i++) {
        size_t offset = (size_t)at * (size_t)count + (size_t)i;
        components[i] = offset < space->lookup_size ? space->lookup[offset] / 255.0 : 0;
    }
    return quire_space_rgb(space->base, components, count);
}

static uint32_t convert(const quire_space *space, const double *v, int count)
{
    switch (space->kind) {
    case QUIRE_SPACE_CMYK:
        return quire_cmyk_rgb(v[0], v[1], v[2], v[3]);
    case QUIRE_SPACE_INDEXED:
        return indexed_rgb(space, v[0]);
    case QUIRE_SPACE_TINT:
        return space->tint ? quire_tint_rgb(space->tint, v, count) : 0;
    default:
        return 0x808080;
    }
}

uint32_t quire_space_rgb(const quire_space *space, const double *v, int count)
{
    if (space->kind == QUIRE_SPACE_GRAY) {
        return byte_of(v[0]) * 0x010101u;
    }
    if (space->kind == QUIRE_SPACE_RGB) {
        return byte_of(v[0]) << 16 | byte_of(v[1]) << 8 | byte_of(v[2]);
    }
    bool remembers = count <= LAST_COMPONENTS && count > 0;
    size_t size = (size_t)count * sizeof *v;
    if (remembers && space->last->known && !memcmp(space->last->components, v, size)) {
        return space->last->rgb;
    }
    uint32_t rgb = convert(space, v, count);
    if (remembers) {
        memcpy(space->last->components, v, size);
        space->last->rgb = rgb;
        space->last->known = true;
    }
    return rgb;
}
