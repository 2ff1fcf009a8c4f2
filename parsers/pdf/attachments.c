/*
 * Embedded files (PDF 32000-1, 7.11.4), listed and not opened: those of the name tree, and those
 * that the document is associated with (/AF of PDF 2.0, as invoices use it).
 */
#include <glib.h>

#include "parsers/pdf/document.h"

enum { MAX_ATTACHMENTS = 10 * 1000 };

typedef struct listing {
    quire_pdf *pdf;
    quire_attachment_list items;
    GHashTable *listed; /* object numbers of file specifications */
} listing;

static const quire_object *first_of(const quire_object *dictionary, const char *const keys[2])
{
    const quire_object *value = quire_object_find(dictionary, keys[0]);
    return value ? value : quire_object_find(dictionary, keys[1]);
}

static int64_t size_of(const quire_object *stream)
{
    const quire_object *parameters = quire_object_find(stream, "Params");
    double size = quire_object_find_number(parameters, "Size", -1);
    return size >= 0 && size < (double)INT64_MAX / 2 ? (int64_t)size : -1;
}

static void add_specification(listing *l, const quire_object *specification, const char *name)
{
    static const char *const keys[2] = {"UF", "F"};
    quire_arena *arena = l->pdf->arena;
    const quire_object *files = quire_object_find(specification, "EF");
    const quire_object *stream = first_of(files, keys);
    if (quire_object_kind(stream) != QUIRE_OBJECT_STREAM)
        return;
    const char *stated = quire_pdf_line(arena, first_of(specification, keys));
    quire_attachment *item = quire_array_push(&l->items);
    if (!item)
        return;
    *item = (quire_attachment){
        .name = stated ? stated
                : name ? name
                       : "",
        .description = quire_pdf_line(arena, quire_object_find(specification, "Desc")),
        .media_type = quire_pdf_name(arena, quire_object_find(stream, "Subtype")),
        .size = size_of(stream)};
}

static bool add(listing *l, const quire_object *specification, const char *name)
{
    int number, generation;
    if (quire_object_reference(specification, &number, &generation)) {
        if (!g_hash_table_add(l->listed, GINT_TO_POINTER(number)))
            return true;
        specification = quire_objects_fetch(l->pdf->objects, number, generation);
    }
    add_specification(l, specification, name);
    return !l->items.full;
}

static bool add_entry(void *user, const quire_object *key, const quire_object *value)
{
    listing *l = user;
    return add(l, value, quire_pdf_line(l->pdf->arena, key));
}

void quire_attachments_read(quire_pdf *pdf, quire_facts *facts)
{
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *names = quire_object_find(catalog, "Names");
    const quire_object *files = quire_object_find(names, "EmbeddedFiles");
    const quire_object *associated = quire_object_find(catalog, "AF");
    if (!files && !associated)
        return;
    listing l = {.pdf = pdf, .listed = g_hash_table_new(NULL, NULL)};
    l.items.ceiling = MAX_ATTACHMENTS;
    if (files)
        quire_tree_walk(pdf, files, "Names", add_entry, &l);
    for (int i = 0; i < quire_object_count(associated); i++)
        if (!add(&l, quire_object_at_raw(associated, i), NULL))
            break;
    facts->attachment_count = l.items.count;
    facts->attachments = quire_array_freeze(&l.items, pdf->arena);
    quire_array_clear(&l.items);
    g_hash_table_unref(l.listed);
}
