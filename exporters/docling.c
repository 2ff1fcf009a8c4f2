/*
 * DoclingDocument JSON, so that what reads Docling reads Quire. Items stand in arrays by kind and
 * refer to each other; the body lists the top ones in reading order; running heads, feet and page
 * numbers lie in the furniture layer. Boxes keep their origin at the top left.
 *
 * A reader takes a document only when its own minor version is as high, so that the lowest one is
 * written that has all keys used here: 1.1 has layers, 1.3 graphs of keys and values.
 */
#include "exporters/inner.h"

#include <string.h>

static void write_array(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                        const char *key, quire_docling_kind kind)
{
    int32_t count = (int32_t)job->document->elements.count;
    quire_json_key(json, key);
    quire_json_begin_array(json);
    for (int32_t i = 0; i < count; i++) {
        if (refs[i].kind == kind)
            quire_docling_item(json, job, refs, i);
        if (kind == QUIRE_DOCLING_TEXT && refs[i].kind == QUIRE_DOCLING_PICTURE &&
            refs[i].inner_text >= 0)
            quire_docling_inner(json, job, refs, i);
    }
    quire_json_end_array(json);
}

static void end_root(quire_json *json, const char *layer)
{
    quire_json_pair_cstring(json, "content_layer", layer);
    quire_json_pair_cstring(json, "name", "_root_");
    quire_json_pair_cstring(json, "label", "unspecified");
    quire_json_end_object(json);
}

/* The furniture's root is there for old readers only, and empty: the layer of an item tells. */
static void write_roots(quire_json *json, const quire_export *job, const quire_docling_ref *refs)
{
    quire_json_key(json, "furniture");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "self_ref", "#/furniture");
    quire_json_key(json, "children");
    quire_json_begin_array(json);
    quire_json_end_array(json);
    end_root(json, "furniture");
    quire_json_key(json, "body");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "self_ref", "#/body");
    quire_docling_children(json, job, refs, -1);
    end_root(json, "body");
}

/* ---- fields: a graph of keys and values for each page ---- */

static void write_graph_cell(quire_json *json, const char *label, int64_t id, const char *text,
                             const quire_field *field, quire_box box)
{
    quire_text shown = quire_text_of(text ? text : "");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "label", label);
    quire_json_pair_integer(json, "cell_id", id);
    quire_json_pair_string(json, "text", shown);
    quire_json_pair_string(json, "orig", shown);
    if (!quire_box_is_empty(box)) {
        quire_json_key(json, "prov");
        quire_docling_place(json, field->page, box, quire_utf8_length(shown.data, shown.size));
    }
    quire_json_end_object(json);
}

static void write_graph_link(quire_json *json, const char *label, int64_t from, int64_t to)
{
    quire_json_begin_flat_object(json);
    quire_json_pair_cstring(json, "label", label);
    quire_json_pair_integer(json, "source_cell_id", from);
    quire_json_pair_integer(json, "target_cell_id", to);
    quire_json_end_object(json);
}

static const char *key_of(const quire_field *field)
{
    return field->label ? field->label : field->name ? field->name : "";
}

static const char *value_of(const quire_field *field)
{
    if (field->state == QUIRE_STATE_NONE)
        return field->value;
    return field->value && *field->value ? field->value : quire_field_state_name(field->state);
}

static void write_graph(quire_json *json, const quire_field *fields, size_t count)
{
    quire_json_key(json, "graph");
    quire_json_begin_object(json);
    quire_json_key(json, "cells");
    quire_json_begin_array(json);
    for (size_t i = 0; i < count; i++) {
        write_graph_cell(json, "key", (int64_t)(2 * i), key_of(&fields[i]), &fields[i],
                         fields[i].label_box);
        write_graph_cell(json, fields[i].type == QUIRE_FIELD_CHECKBOX ? "checkbox" : "value",
                         (int64_t)(2 * i + 1), value_of(&fields[i]), &fields[i], fields[i].box);
    }
    quire_json_end_array(json);
    quire_json_key(json, "links");
    quire_json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        write_graph_link(json, "to_value", (int64_t)(2 * i), (int64_t)(2 * i + 1));
    quire_json_end_array(json);
    quire_json_end_object(json);
}

static quire_box around(const quire_field *fields, size_t count)
{
    quire_box box = quire_box_empty();
    for (size_t i = 0; i < count; i++) {
        box = quire_box_union(box, fields[i].box);
        if (!quire_box_is_empty(fields[i].label_box))
            box = quire_box_union(box, fields[i].label_box);
    }
    return box;
}

static void write_region(quire_json *json, const quire_field *fields, size_t count, int index)
{
    char ref[48];
    g_snprintf(ref, sizeof ref, "#/key_value_items/%d", index);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "self_ref", ref);
    quire_json_key(json, "parent");
    quire_json_null(json);
    quire_json_key(json, "children");
    quire_json_begin_array(json);
    quire_json_end_array(json);
    quire_json_pair_cstring(json, "content_layer", "body");
    quire_json_pair_cstring(json, "label", "key_value_region");
    quire_json_key(json, "prov");
    quire_json_begin_array(json);
    quire_box box = around(fields, count);
    if (!quire_box_is_empty(box))
        quire_docling_place(json, fields->page, box, 0);
    quire_json_end_array(json);
    write_graph(json, fields, count);
    quire_json_end_object(json);
}

static void write_fields(quire_json *json, const quire_document *document)
{
    const quire_field *fields = document->fields.items;
    int index = 0;
    quire_json_key(json, "key_value_items");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->fields.count;) {
        size_t end = i;
        while (end < document->fields.count && fields[end].page == fields[i].page)
            end++;
        write_region(json, fields + i, end - i, index++);
        i = end;
    }
    quire_json_end_array(json);
}

static void write_pages(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "pages");
    quire_json_begin_object(json);
    for (size_t i = 0; i < document->pages.count; i++) {
        const quire_page_record *page = &document->pages.items[i];
        char key[16];
        g_snprintf(key, sizeof key, "%d", page->page);
        quire_json_key(json, key);
        quire_json_begin_object(json);
        quire_json_key(json, "size");
        quire_json_begin_flat_object(json);
        quire_json_pair_number(json, "width", page->width, 2);
        quire_json_pair_number(json, "height", page->height, 2);
        quire_json_end_object(json);
        quire_json_pair_integer(json, "page_no", page->page);
        quire_json_end_object(json);
    }
    quire_json_end_object(json);
}

/* The input's name without its ending. */
static void write_name(quire_json *json, const quire_document *document)
{
    quire_text name = quire_text_of(document->input_name ? document->input_name : "");
    const char *dot = name.size ? strrchr(name.data, '.') : NULL;
    if (dot && dot > name.data)
        name.size = (size_t)(dot - name.data);
    quire_json_pair_string(json, "name", name);
}

static void end(quire_export *job)
{
    const quire_document *document = job->document;
    g_autofree quire_docling_ref *refs = quire_docling_number(job);
    quire_json writer, *json = &writer;
    quire_json_init(json, job->sink, 1);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "schema_name", "DoclingDocument");
    quire_json_pair_cstring(json, "version", document->fields.count > 0 ? "1.3.0" : "1.1.0");
    write_name(json, document);
    quire_docling_origin(json, document);
    write_roots(json, job, refs);
    write_array(json, job, refs, "groups", QUIRE_DOCLING_GROUP);
    write_array(json, job, refs, "texts", QUIRE_DOCLING_TEXT);
    write_array(json, job, refs, "pictures", QUIRE_DOCLING_PICTURE);
    write_array(json, job, refs, "tables", QUIRE_DOCLING_TABLE);
    if (document->fields.count > 0)
        write_fields(json, document);
    write_pages(json, document);
    quire_json_end_object(json);
    quire_sink_text(job->sink, "\n");
}

const quire_exporter quire_docling_exporter = {
    .name = "docling",
    .extension = "docling.json",
    .media_type = "application/json",
    .summary = "DoclingDocument JSON, for all that reads Docling's documents",
    .fingerprints = true,
    .end = end,
};
