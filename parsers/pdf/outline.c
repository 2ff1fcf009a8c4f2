/*
 * The outline (PDF 32000-1, 12.3.3): bookmarks, as a flat list with levels.
 *
 *     Outlines -First-> item -Next-> item -Next-> item
 *                         |
 *                       First-> item -Next-> ...
 *
 * Only object numbers are kept while it is walked, so that its length costs no handles.
 */
#include <glib.h>

#include "parsers/pdf/document.h"

enum { MAX_ITEMS = 500 * 1000 };

typedef struct reference {
    int number, generation;
} reference;

typedef struct walk {
    quire_pdf *pdf;
    QUIRE_ARRAY(quire_outline_item) items;
    GHashTable *entered;
    int depth; /* of `next` */
    reference next[QUIRE_MAX_TREE_DEPTH]; /* the item to come at each level; number 0: none */
} walk;

static reference reference_of(const quire_object *dictionary, const char *key)
{
    reference r = {0, 0};
    quire_object_reference(quire_object_find_raw(dictionary, key), &r.number, &r.generation);
    return r;
}

static void add_item(walk *w, const quire_object *item)
{
    const char *title = quire_pdf_line(w->pdf->arena, quire_object_find(item, "Title"));
    quire_outline_item *out = title ? quire_array_push(&w->items) : NULL;
    if (!out)
        return;
    quire_place place = {0};
    quire_target_find(w->pdf, item, w->pdf->arena, &place);
    *out = (quire_outline_item){title, w->depth, place.page, place.y};
}

/* The item at the innermost level; then its kids come first, and its next one after them. */
static void visit(walk *w)
{
    reference at = w->next[w->depth - 1];
    if (at.number == 0 || !g_hash_table_add(w->entered, GINT_TO_POINTER(at.number))) {
        w->depth--;
        return;
    }
    size_t mark = quire_objects_mark(w->pdf->objects);
    const quire_object *item = quire_objects_fetch(w->pdf->objects, at.number, at.generation);
    add_item(w, item);
    w->next[w->depth - 1] = reference_of(item, "Next");
    reference first = reference_of(item, "First");
    if (first.number && w->depth < QUIRE_MAX_TREE_DEPTH)
        w->next[w->depth++] = first;
    quire_objects_release(w->pdf->objects, mark);
}

void quire_outline_read(quire_pdf *pdf, quire_facts *facts)
{
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *root = quire_object_find(catalog, "Outlines");
    if (!root)
        return;
    walk w = {.pdf = pdf, .depth = 1, .entered = g_hash_table_new(NULL, NULL)};
    w.items.ceiling = MAX_ITEMS;
    w.next[0] = reference_of(root, "First");
    while (w.depth > 0 && !w.items.full)
        visit(&w);
    facts->outline_count = w.items.count;
    facts->outline = quire_array_freeze(&w.items, pdf->arena);
    quire_array_clear(&w.items);
    g_hash_table_unref(w.entered);
}
