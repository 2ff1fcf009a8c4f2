/*
 * Named resources (PDF 32000-1, 7.8.3) of a page or form: looked up once a page by name, then
 * found in a table. What a form does not name itself is looked for in its surroundings.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

enum { MAX_NAME = 255 };

static const char *const category_names[QUIRE_RESOURCE_KINDS] = {
    [QUIRE_RESOURCE_FONT] = "Font",
    [QUIRE_RESOURCE_XOBJECT] = "XObject",
    [QUIRE_RESOURCE_COLOUR_SPACE] = "ColorSpace",
    [QUIRE_RESOURCE_STATE] = "ExtGState",
    [QUIRE_RESOURCE_PROPERTIES] = "Properties",
    [QUIRE_RESOURCE_PATTERN] = "Pattern",
};

static const char nothing; /* stands in tables for what is not there */

quire_resources *quire_resources_new(quire_interpreter *in, const quire_object *dictionary,
                                     const quire_resources *parent)
{
    quire_resources *resources = quire_arena_new_of(in->scratch, quire_resources);
    resources->dictionary = dictionary;
    resources->parent = parent;
    return resources;
}

/* The entry of `name`, references not followed, in these resources or those around; or NULL. */
const quire_object *quire_resources_raw(quire_resources *resources, quire_resource_kind kind,
                                        const char *name)
{
    for (quire_resources *at = resources; at; at = (quire_resources *)at->parent) {
        if (!at->kind[kind].looked_up) {
            at->kind[kind].looked_up = true;
            at->kind[kind].dictionary = quire_object_find(at->dictionary, category_names[kind]);
        }
        const quire_object *raw = quire_object_find_raw(at->kind[kind].dictionary, name);
        if (raw) {
            return raw;
        }
    }
    return NULL;
}

typedef const void *(*reader)(quire_interpreter *in, const quire_object *raw, const char *name);

/* What `read` makes of the entry called `name`, made once a page. */
static const void *look_up(quire_interpreter *in, quire_resource_kind kind, quire_slice name,
                           reader read)
{
    const uint8_t *bytes = quire_slice_bytes(name, &in->pool);
    quire_table *named = &in->resources->kind[kind].named;
    const void *found = quire_table_find(named, bytes, name.size);
    if (!found) {
        char text[MAX_NAME + 1];
        quire_slice_copy(name, &in->pool, text, sizeof text);
        const quire_object *raw = quire_resources_raw(in->resources, kind, text);
        found = read(in, raw, text);
        found = found ? found : &nothing;
        const char *key = quire_arena_text(in->scratch, (const char *)bytes, name.size);
        quire_table_put(named, in->scratch, key, name.size, (void *)found);
    }
    return found == &nothing ? NULL : found;
}

/* ---- fonts, colour spaces, patterns ---- */

static const void *read_font(quire_interpreter *in, const quire_object *raw, const char *name)
{
    (void)name;
    return raw ? quire_fonts_find(in, raw) : NULL;
}

quire_pdf_font *quire_resources_font(quire_interpreter *in, quire_slice name)
{
    quire_pdf_font *font = (quire_pdf_font *)look_up(in, QUIRE_RESOURCE_FONT, name, read_font);
    if (font) {
        font->page = (int)in->page_serial;
    }
    return font;
}

static const void *read_space(quire_interpreter *in, const quire_object *raw, const char *name)
{
    const quire_space *named = quire_space_named(in, name);
    return named ? named : quire_spaces_find(in, raw);
}

const quire_space *quire_resources_space(quire_interpreter *in, quire_slice name)
{
    return look_up(in, QUIRE_RESOURCE_COLOUR_SPACE, name, read_space);
}

static const void *read_pattern(quire_interpreter *in, const quire_object *raw, const char *name)
{
    (void)in;
    (void)name;
    return quire_object_target(raw);
}

int quire_resources_pattern(quire_interpreter *in, quire_slice name, bool *coloured)
{
    const quire_object *pattern = look_up(in, QUIRE_RESOURCE_PATTERN, name, read_pattern);
    int type = quire_object_find_integer(pattern, "PatternType", 0);
    *coloured = type != 1 || quire_object_find_integer(pattern, "PaintType", 1) != 2;
    return type;
}

/* ---- graphics state dictionaries ---- */

static void read_mask(const quire_object *dictionary, quire_state_change *change)
{
    const quire_object *mask = quire_object_find(dictionary, "SMask");
    change->sets_mask = mask != NULL;
    change->masked = mask && !quire_object_is_name(mask, "None");
}

static void read_blend(const quire_object *dictionary, quire_state_change *change)
{
    const quire_object *mode = quire_object_find(dictionary, "BM");
    change->sets_blend = mode != NULL;
    if (quire_object_kind(mode) == QUIRE_OBJECT_ARRAY) {
        mode = quire_object_at(mode, 0);
    }
    change->blends =
        mode && !quire_object_is_name(mode, "Normal") && !quire_object_is_name(mode, "Compatible");
}

static void read_state_font(quire_interpreter *in, const quire_object *dictionary,
                            quire_state_change *change)
{
    const quire_object *font = quire_object_find(dictionary, "Font");
    const quire_object *raw = quire_object_at_raw(font, 0);
    if (raw) {
        change->sets_font = true;
        change->font = quire_fonts_find(in, raw);
        change->font_size = quire_object_number_at(font, 1, 1);
    }
}

static const void *read_state(quire_interpreter *in, const quire_object *raw, const char *name)
{
    (void)name;
    const quire_object *dictionary = quire_object_target(raw);
    if (!dictionary) {
        return NULL;
    }
    quire_state_change *change = quire_arena_new_of(in->scratch, quire_state_change);
    double fill = quire_object_find_number(dictionary, "ca", -1);
    double stroke = quire_object_find_number(dictionary, "CA", -1);
    double width = quire_object_find_number(dictionary, "LW", -1);
    const quire_object *dash = quire_object_find(dictionary, "D");
    change->sets_fill_alpha = fill >= 0;
    change->fill_alpha = (float)fmin(fill, 1);
    change->sets_stroke_alpha = stroke >= 0;
    change->stroke_alpha = (float)fmin(stroke, 1);
    change->sets_width = width >= 0;
    change->line_width = width;
    change->sets_dash = dash != NULL;
    change->dashed = quire_object_count(quire_object_at(dash, 0)) > 0;
    read_mask(dictionary, change);
    read_blend(dictionary, change);
    read_state_font(in, dictionary, change);
    return change;
}

const quire_state_change *quire_resources_state(quire_interpreter *in, quire_slice name)
{
    return look_up(in, QUIRE_RESOURCE_STATE, name, read_state);
}

/* ---- property lists ---- */

static const char *property_string(quire_interpreter *in, const quire_object *dictionary,
                                   const char *key)
{
    const quire_object *value = quire_object_find(dictionary, key);
    if (quire_object_kind(value) != QUIRE_OBJECT_STRING) {
        return NULL;
    }
    size_t size;
    const char *bytes = quire_object_string(value, &size);
    return quire_page_string(in, (const uint8_t *)bytes, size);
}

static const void *read_properties(quire_interpreter *in, const quire_object *raw, const char *name)
{
    (void)name;
    const quire_object *dictionary = quire_object_target(raw);
    if (!dictionary) {
        return NULL;
    }
    quire_properties *properties = quire_arena_new_of(in->scratch, quire_properties);
    const quire_object *type = quire_object_find(dictionary, "Type");
    bool layer = quire_object_is_name(type, "OCG") || quire_object_is_name(type, "OCMD");
    properties->mcid = quire_object_find_integer(dictionary, "MCID", -1);
    properties->hidden = layer && !quire_objects_is_visible(in->pdf->objects, raw);
    properties->actual_text = property_string(in, dictionary, "ActualText");
    properties->language = property_string(in, dictionary, "Lang");
    return properties;
}

const quire_properties *quire_resources_properties(quire_interpreter *in, quire_slice name)
{
    return look_up(in, QUIRE_RESOURCE_PROPERTIES, name, read_properties);
}
