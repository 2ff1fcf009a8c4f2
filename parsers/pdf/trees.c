/*
 * Name trees and number trees (PDF 32000-1, 7.9.6 and 7.9.7), read from end to end. /Limits are
 * not believed, so that a tree that is out of order still gives all its entries.
 *
 *           root /Kids
 *          /          \
 *     /Kids            /Names [ key value key value ... ]
 *      ...
 */
#include <glib.h>

#include "parsers/pdf/document.h"

/* Entries of one tree; a document with more is no document. */
enum { MAX_ENTRIES = 1000 * 1000 };

typedef struct step {
    const quire_object *kids;
    int next, count;
    size_t mark;
} step;

typedef struct walk {
    quire_pdf *pdf;
    const char *entries; /* key of the leaves: "Names" or "Nums" */
    quire_tree_visit visit;
    void *user;
    GHashTable *entered;
    int depth, budget;
    bool stopped;
    step steps[QUIRE_MAX_TREE_DEPTH];
} walk;

static void visit_entries(walk *w, const quire_object *node)
{
    const quire_object *entries = quire_object_find(node, w->entries);
    int count = quire_object_count(entries);
    for (int i = 0; i + 1 < count && !w->stopped; i += 2) {
        size_t mark = quire_objects_mark(w->pdf->objects);
        const quire_object *key = quire_object_at(entries, i);
        w->stopped =
            w->budget-- <= 0 || !w->visit(w->user, key, quire_object_at_raw(entries, i + 1));
        quire_objects_release(w->pdf->objects, mark);
    }
}

static void enter(walk *w, const quire_object *node, size_t mark)
{
    visit_entries(w, node);
    const quire_object *kids = quire_object_find(node, "Kids");
    int count = quire_object_count(kids);
    if (count == 0 || w->depth == QUIRE_MAX_TREE_DEPTH) {
        quire_objects_release(w->pdf->objects, mark);
        return;
    }
    w->steps[w->depth++] = (step){kids, 0, count, mark};
}

void quire_tree_walk(quire_pdf *pdf, const quire_object *root, const char *entries,
                     quire_tree_visit visit, void *user)
{
    g_autoptr(GHashTable) entered = g_hash_table_new(NULL, NULL);
    walk w = {.pdf = pdf, .entries = entries, .visit = visit, .user = user, .entered = entered};
    w.budget = MAX_ENTRIES;
    enter(&w, root, quire_objects_mark(pdf->objects));
    while (w.depth > 0 && !w.stopped) {
        step *s = &w.steps[w.depth - 1];
        if (s->next == s->count) {
            quire_objects_release(pdf->objects, s->mark);
            w.depth--;
            continue;
        }
        size_t mark = quire_objects_mark(pdf->objects);
        int number, generation, index = s->next++;
        const quire_object *kid = quire_object_at_raw(s->kids, index);
        if (quire_object_reference(kid, &number, &generation) &&
            g_hash_table_add(entered, GINT_TO_POINTER(number)))
            enter(&w, quire_objects_fetch(pdf->objects, number, generation), mark);
        else
            quire_objects_release(pdf->objects, mark);
    }
    if (w.depth > 0)
        quire_objects_release(pdf->objects, w.steps[0].mark);
}
