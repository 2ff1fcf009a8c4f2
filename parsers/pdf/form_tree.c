/*
 * The fields of a form that no page shows: those of the field tree without a widget, which hold
 * what the author wants to go along; and those of an XFA form that has no other.
 *
 * The tree is walked once, down its /Kids, no node entered twice and up to a ceiling of nodes.
 */
#include "parsers/pdf/forms.h"
#include "parsers/pdf/xfa.h"

enum { MOST_NODES = 400 * 1000, NODES_HELD = 1024 };

typedef struct walk {
    quire_pdf *pdf;
    GHashTable *entered; /* object numbers */
    quire_xfa_list *unplaced;
    size_t spent; /* of QUIRE_FORM_BYTES */
    size_t shown; /* fields with a widget */
    size_t left; /* nodes that may be entered */
    const quire_object *above[QUIRE_FORM_LEVELS]; /* from the top */
    int depth;
} walk;

static bool is_widget(const quire_object *node)
{
    return quire_object_is_name(quire_object_find(node, "Subtype"), "Widget") ||
           quire_object_find(node, "Rect");
}

/* False where the node was entered before. */
static bool enter(walk *w, const quire_object *reference)
{
    int number, generation;
    if (w->left == 0)
        return false;
    w->left--;
    if (w->left % NODES_HELD == 0 && w->pdf->options.on_read)
        w->pdf->options.on_read(w->pdf->options.user);
    if (!quire_object_reference(reference, &number, &generation))
        return true;
    return g_hash_table_add(w->entered, GINT_TO_POINTER(number));
}

static void add_unplaced(walk *w, const quire_object *node)
{
    quire_form_reader form = {.arena = w->pdf->arena, .spent = &w->spent};
    form.line.levels[form.line.count++] = node;
    for (int i = w->depth; i-- > 0;)
        form.line.levels[form.line.count++] = w->above[i];
    quire_widget field = {.box = quire_box_empty(), .flags = QUIRE_WIDGET_HIDDEN};
    if (!quire_form_read_field(&form, &field) || field.type == QUIRE_WIDGET_BUTTON)
        return;
    quire_widget *out = quire_array_push(w->unplaced);
    if (out)
        *out = field;
}

static void walk_list(walk *w, const quire_object *list);

static void walk_node(walk *w, const quire_object *node)
{
    const quire_object *kids = quire_object_find(node, "Kids");
    if (is_widget(node)) {
        w->shown++;
    } else if (!kids) {
        add_unplaced(w, node);
    } else if (w->depth + 1 < QUIRE_FORM_LEVELS) {
        w->above[w->depth++] = node;
        walk_list(w, kids);
        w->depth--;
    }
}

static void walk_list(walk *w, const quire_object *list)
{
    int count = quire_object_count(list);
    for (int i = 0; i < count; i++) {
        size_t mark = quire_objects_mark(w->pdf->objects);
        const quire_object *raw = quire_object_at_raw(list, i);
        const quire_object *node = enter(w, raw) ? quire_object_target(raw) : NULL;
        if (quire_object_kind(node) == QUIRE_OBJECT_DICTIONARY)
            walk_node(w, node);
        quire_objects_release(w->pdf->objects, mark);
    }
}

static void add_xfa(walk *w)
{
    size_t count;
    const quire_widget *fields = quire_xfa_fields(w->pdf, &count);
    for (size_t i = 0; i < count; i++) {
        quire_widget *out = quire_array_push(w->unplaced);
        if (out)
            *out = fields[i];
    }
    if (count > 0)
        quire_pdf_issue(w->pdf, "xfa_only", QUIRE_WARNING, 0,
                        "the form stands in XML (XFA) alone: its %zu fields are told, its pages "
                        "do not show them",
                        count);
}

void quire_form_tree_read(quire_pdf *pdf, quire_facts *facts)
{
    const quire_object *form = quire_object_find(quire_objects_catalog(pdf->objects), "AcroForm");
    quire_xfa_list unplaced = {.ceiling = MOST_NODES};
    walk w = {.pdf = pdf, .unplaced = &unplaced, .left = MOST_NODES};
    w.entered = g_hash_table_new(NULL, NULL);
    walk_list(&w, quire_object_find(form, "Fields"));
    if (w.left == 0)
        quire_pdf_issue(pdf, "limit", QUIRE_SEVERE, 0, "the form has more than %d fields",
                        MOST_NODES);
    if (facts->has_xfa && w.shown == 0)
        add_xfa(&w);
    g_hash_table_destroy(w.entered);
    facts->widget_count = unplaced.count;
    facts->widgets = quire_array_freeze(&unplaced, pdf->arena);
    quire_array_clear(&unplaced);
}
