/*
 * A filled form as one flat JSON object, {"name": value}: what a program wants that knows the form
 * and asks for nothing else. A field goes by its name, else by its label; where several share one,
 * it holds a list. Boxes and printed places to sign are true or false, what is empty is null,
 * several chosen options a list.
 */
#include "exporters/inner.h"

#include <string.h>

const char *quire_field_key(const quire_field *field)
{
    return field->name ? field->name : field->label;
}

bool quire_field_is_yes_or_no(const quire_field *field)
{
    bool is_printed = !field->name && !field->value;
    return field->type == QUIRE_FIELD_CHECKBOX ||
           (field->type == QUIRE_FIELD_SIGNATURE && is_printed);
}

static bool is_told(const quire_field *field)
{
    return field->type != QUIRE_FIELD_BUTTON && quire_field_key(field);
}

GPtrArray *quire_fields_by_key(const quire_document *document)
{
    GPtrArray *groups = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    g_autoptr(GHashTable) known = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < document->fields.count; i++) {
        const quire_field *field = &document->fields.items[i];
        if (!is_told(field))
            continue;
        GPtrArray *group = g_hash_table_lookup(known, quire_field_key(field));
        if (!group) {
            group = g_ptr_array_new();
            g_ptr_array_add(groups, group);
            g_hash_table_insert(known, (gpointer)quire_field_key(field), group);
        }
        g_ptr_array_add(group, (gpointer)field);
    }
    return groups;
}

static void write_several(quire_json *json, const char *value)
{
    quire_json_begin_flat_array(json);
    while (value) {
        size_t size = strcspn(value, "\n");
        quire_json_string(json, (quire_text){value, size});
        value = value[size] ? value + size + 1 : NULL;
    }
    quire_json_end_array(json);
}

static void write_value(quire_json *json, const quire_field *field)
{
    bool yes_or_no = quire_field_is_yes_or_no(field);
    if (yes_or_no && field->state == QUIRE_STATE_SELECTED)
        quire_json_bool(json, true);
    else if (yes_or_no && field->state == QUIRE_STATE_UNSELECTED)
        quire_json_bool(json, false);
    else if (field->multi_select)
        write_several(json, field->value);
    else if (field->value)
        quire_json_string(json, quire_text_of(field->value));
    else
        quire_json_null(json);
}

static void end(quire_export *job)
{
    g_autoptr(GPtrArray) groups = quire_fields_by_key(job->document);
    quire_json writer, *json = &writer;
    quire_json_init(json, job->sink, 1);
    quire_json_begin_object(json);
    for (guint i = 0; i < groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(groups, i);
        quire_json_key(json, quire_field_key(g_ptr_array_index(group, 0)));
        if (group->len > 1)
            quire_json_begin_flat_array(json);
        for (guint k = 0; k < group->len; k++)
            write_value(json, g_ptr_array_index(group, k));
        if (group->len > 1)
            quire_json_end_array(json);
    }
    quire_json_end_object(json);
    quire_sink_text(job->sink, "\n");
}

const quire_exporter quire_fields_exporter = {
    .name = "fields",
    .extension = "fields.json",
    .media_type = "application/json",
    .summary = "the values of all fields by their names or labels, as one JSON object",
    .end = end,
};
