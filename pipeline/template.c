/*
 * Templates of known forms as files: learned from copies of a form, written as JSON, and read
 * again.
 *
 *     {"schema": "urn:quire:template:1.0",
 *      "pages": [{"width": 595, "height": 842,
 *                 "anchors": [{"text": "Name", "bbox": [72, 90, 101, 102]}, ...],
 *                 "crossings": [[72, 88], ...],
 *                 "fields": [{"label": "Name", "name": null, "type": "text", "bbox": [...]},
 * ...]}]}
 */
#include "pipeline/template.h"

#include <glib.h>
#include <jansson.h>
#include <string.h>

#define SCHEMA "urn:quire:template:1.0"

enum {
    MOST_SHEETS = 1000,
    MOST_ITEMS = 20 * 1000, /* of one kind on a page */
    MOST_COPIES = 1000,
};

/* ---- writing ---- */

static void write_box(quire_json *json, quire_box box)
{
    const float sides[] = {box.x0, box.y0, box.x1, box.y1};
    quire_json_key(json, "bbox");
    quire_json_begin_flat_array(json);
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++)
        quire_json_number(json, sides[i], 2);
    quire_json_end_array(json);
}

void quire_template_write_sheet(quire_json *json, const quire_form_sheet *sheet)
{
    quire_json_begin_object(json);
    quire_json_pair_number(json, "width", sheet->width, 2);
    quire_json_pair_number(json, "height", sheet->height, 2);
    quire_json_key(json, "anchors");
    quire_json_begin_array(json);
    for (size_t i = 0; i < sheet->anchor_count; i++) {
        quire_json_begin_flat_object(json);
        quire_json_pair_cstring(json, "text", sheet->anchors[i].text);
        write_box(json, sheet->anchors[i].box);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
    quire_json_key(json, "crossings");
    quire_json_begin_flat_array(json);
    for (size_t i = 0; i < sheet->crossing_count; i++) {
        quire_json_begin_array(json);
        quire_json_number(json, sheet->crossings[i].x, 2);
        quire_json_number(json, sheet->crossings[i].y, 2);
        quire_json_end_array(json);
    }
    quire_json_end_array(json);
    quire_json_key(json, "fields");
    quire_json_begin_array(json);
    for (size_t i = 0; i < sheet->place_count; i++) {
        quire_json_begin_flat_object(json);
        quire_json_pair_cstring(json, "label", sheet->places[i].label);
        quire_json_pair_cstring(json, "name", sheet->places[i].name);
        quire_json_pair_cstring(json, "type", quire_field_type_name(sheet->places[i].type));
        write_box(json, sheet->places[i].box);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
    quire_json_end_object(json);
}

void quire_template_begin(quire_json *json, quire_sink *sink)
{
    quire_json_init(json, sink, 1);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "schema", SCHEMA);
    quire_json_key(json, "pages");
    quire_json_begin_array(json);
}

void quire_template_end(quire_json *json)
{
    quire_json_end_array(json);
    quire_json_end_object(json);
    quire_sink_text(json->sink, "\n");
}

/* ---- reading ---- */

static bool read_box(const json_t *object, quire_box *box)
{
    const json_t *list = json_object_get(object, "bbox");
    float *sides[] = {&box->x0, &box->y0, &box->x1, &box->y1};
    for (size_t i = 0; i < G_N_ELEMENTS(sides); i++) {
        const json_t *side = json_array_get(list, i);
        *sides[i] = (float)json_number_value(side);
        if (!json_is_number(side) || !(fabsf(*sides[i]) < 1e6f))
            return false;
    }
    return true;
}

static const char *copy_string(quire_arena *arena, const json_t *text)
{
    return json_is_string(text)
               ? quire_arena_text(arena, json_string_value(text), json_string_length(text))
               : NULL;
}

static size_t count_of(const json_t *list)
{
    size_t count = json_array_size(list);
    return count < MOST_ITEMS ? count : MOST_ITEMS;
}

static bool read_anchors(quire_arena *arena, const json_t *list, quire_form_sheet *sheet)
{
    sheet->anchor_count = count_of(list);
    quire_form_anchor *anchors = quire_arena_array(arena, quire_form_anchor, sheet->anchor_count);
    for (size_t i = 0; i < sheet->anchor_count; i++) {
        const json_t *item = json_array_get(list, i);
        anchors[i].text = copy_string(arena, json_object_get(item, "text"));
        if (!anchors[i].text || !read_box(item, &anchors[i].box))
            return false;
    }
    sheet->anchors = anchors;
    return true;
}

static bool read_places(quire_arena *arena, const json_t *list, quire_form_sheet *sheet)
{
    sheet->place_count = count_of(list);
    quire_form_place *places = quire_arena_array(arena, quire_form_place, sheet->place_count);
    for (size_t i = 0; i < sheet->place_count; i++) {
        const json_t *item = json_array_get(list, i);
        const char *type = json_string_value(json_object_get(item, "type"));
        bool box = type && strcmp(type, "checkbox") == 0;
        places[i].label = copy_string(arena, json_object_get(item, "label"));
        places[i].name = copy_string(arena, json_object_get(item, "name"));
        places[i].type = box ? QUIRE_FIELD_CHECKBOX : QUIRE_FIELD_TEXT;
        if (!read_box(item, &places[i].box))
            return false;
    }
    sheet->places = places;
    return true;
}

static void read_crossings(quire_arena *arena, const json_t *list, quire_form_sheet *sheet)
{
    sheet->crossing_count = count_of(list);
    quire_point *points = quire_arena_array(arena, quire_point, sheet->crossing_count);
    for (size_t i = 0; i < sheet->crossing_count; i++) {
        const json_t *item = json_array_get(list, i);
        points[i] = (quire_point){(float)json_number_value(json_array_get(item, 0)),
                                  (float)json_number_value(json_array_get(item, 1))};
    }
    sheet->crossings = points;
}

static bool read_sheets(quire_arena *arena, const json_t *root, quire_form_template *out)
{
    const json_t *pages = json_object_get(root, "pages");
    const char *schema = json_string_value(json_object_get(root, "schema"));
    size_t count = json_array_size(pages);
    if (!schema || strcmp(schema, SCHEMA) != 0 || count == 0 || count > MOST_SHEETS)
        return false;
    quire_form_sheet *sheets = quire_arena_array(arena, quire_form_sheet, count);
    for (size_t i = 0; i < count; i++) {
        const json_t *page = json_array_get(pages, i);
        sheets[i].width = (float)json_number_value(json_object_get(page, "width"));
        sheets[i].height = (float)json_number_value(json_object_get(page, "height"));
        if (!json_is_array(json_object_get(page, "anchors")) ||
            !json_is_array(json_object_get(page, "fields")))
            return false;
        read_crossings(arena, json_object_get(page, "crossings"), &sheets[i]);
        if (!read_anchors(arena, json_object_get(page, "anchors"), &sheets[i]) ||
            !read_places(arena, json_object_get(page, "fields"), &sheets[i]))
            return false;
    }
    *out = (quire_form_template){sheets, count};
    return true;
}

quire_status quire_template_read(quire_arena *arena, quire_bytes bytes, quire_form_template *out,
                                 quire_error *error)
{
    quire_status status = QUIRE_OK;
    json_t *root = json_loadb((const char *)bytes.data, bytes.size, 0, NULL);
    if (!root || !read_sheets(arena, root, out))
        status = quire_fail(error, QUIRE_USAGE, "options", 0,
                            "the template is no file that `quire template learn` wrote");
    json_decref(root);
    return status;
}

/* ---- learning ---- */

typedef struct lesson {
    quire_arena *arena;
    GPtrArray *pages; /* GArray of quire_form_sheet: the same page of each copy */
} lesson;

static void add_copy(lesson *l, const quire_form_template *copy)
{
    for (guint i = 0; i < copy->sheet_count && i < MOST_SHEETS; i++) {
        if (i == l->pages->len)
            g_ptr_array_add(l->pages, g_array_new(FALSE, FALSE, sizeof(quire_form_sheet)));
        g_array_append_val((GArray *)g_ptr_array_index(l->pages, i), copy->sheets[i]);
    }
}

static quire_status write_lesson(const lesson *l, quire_write_fn write, void *user,
                                 quire_error *error)
{
    g_autofree quire_form_sheet *sheets = g_new0(quire_form_sheet, l->pages->len);
    size_t fields = 0;
    for (guint i = 0; i < l->pages->len; i++) {
        const GArray *copies = g_ptr_array_index(l->pages, i);
        sheets[i] = quire_form_learn(l->arena, (const quire_form_sheet *)copies->data, copies->len);
        fields += sheets[i].place_count;
    }
    if (fields == 0)
        return quire_fail(error, QUIRE_UNSUPPORTED, "learn", 0,
                          "no fields were found; give several copies that are filled in");
    quire_json json;
    quire_sink *sink = quire_sink_new(write, user);
    quire_template_begin(&json, sink);
    for (guint i = 0; i < l->pages->len; i++)
        quire_template_write_sheet(&json, &sheets[i]);
    quire_template_end(&json);
    bool written = quire_sink_flush(sink);
    quire_sink_free(sink);
    return written ? QUIRE_OK : quire_fail(error, QUIRE_IO, "export", 0, "cannot write the output");
}

quire_status quire_learn_template(const char *const *copies, const size_t *sizes, size_t count,
                                  quire_write_fn write, void *user, quire_error *error)
{
    quire_error own_error;
    lesson l = {.arena = quire_arena_new(0)};
    l.pages = g_ptr_array_new_with_free_func((GDestroyNotify)g_array_unref);
    error = error ? error : &own_error;
    quire_error_clear(error);
    quire_status status = QUIRE_OK;
    if (count == 0 || count > MOST_COPIES)
        status = quire_fail(error, QUIRE_USAGE, "options", 0, "give 1 to %d copies of the form",
                            MOST_COPIES);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        quire_form_template copy;
        quire_bytes bytes = {(const uint8_t *)copies[i], sizes[i]};
        status = quire_template_read(l.arena, bytes, &copy, error);
        if (status == QUIRE_OK)
            add_copy(&l, &copy);
    }
    if (status == QUIRE_OK)
        status = write_lesson(&l, write, user, error);
    g_ptr_array_free(l.pages, TRUE);
    quire_arena_free(l.arena);
    return status;
}
