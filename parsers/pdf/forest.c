/*
 * Mending a page tree (PDF 32000-1, 7.7.3); see forest.h.
 *
 *        catalog              catalog is lost: the roots are what nobody lists
 *           |
 *          [3]                lost, but 4 and 5 name it as /Parent: made anew in its place
 *         /   \
 *       [4]   page 5          survive
 *       / \
 *   page 6  page 7            7 is lost: a missing kid
 *
 * A node that its own surviving parent does not list was taken out of the document by a later
 * revision, and stays out.
 */
#include "parsers/pdf/forest.h"

#include <string.h>

typedef struct node {
    const quire_found *object;
    int32_t parent; /* number, 0: none */
    bool page;
    bool has_place; /* listed by a parent, or gathered under a lost one */
} node;

static bool is_named(quire_bytes dictionary, const char *key, const char *name)
{
    quire_bytes value;
    return quire_syntax_find(dictionary, key, &value) && quire_syntax_reads_name(value, name);
}

static bool has_key(quire_bytes dictionary, const char *key)
{
    quire_bytes value;
    return quire_syntax_find(dictionary, key, &value);
}

static bool is_branch(quire_bytes d)
{
    return is_named(d, "Type", "Pages") ||
           (!has_key(d, "Type") && has_key(d, "Kids") && has_key(d, "Count"));
}

static bool is_page(quire_bytes d)
{
    return is_named(d, "Type", "Page") ||
           (!has_key(d, "Type") && !has_key(d, "Subtype") && has_key(d, "Contents") &&
            (has_key(d, "MediaBox") || has_key(d, "Resources")));
}

static int32_t number_of(quire_bytes dictionary, const char *key)
{
    quire_bytes value;
    int32_t number, generation;
    if (!quire_syntax_find(dictionary, key, &value) ||
        !quire_syntax_reads_reference(value, &number, &generation))
        return 0;
    return number;
}

static node *node_find(const quire_forest *forest, int32_t number)
{
    gpointer key = GINT_TO_POINTER(number);
    guint held = GPOINTER_TO_UINT(g_hash_table_lookup(forest->by_number, key));
    return held ? &g_array_index(forest->nodes, node, held - 1) : NULL;
}

static quire_lost_node *lost_find(const quire_forest *forest, int32_t number)
{
    gpointer key = GINT_TO_POINTER(number);
    guint held = GPOINTER_TO_UINT(g_hash_table_lookup(forest->lost_by_number, key));
    return held ? &g_array_index(forest->lost, quire_lost_node, held - 1) : NULL;
}

static gint in_file_order(gconstpointer a, gconstpointer b)
{
    const quire_found *x = ((const node *)a)->object, *y = ((const node *)b)->object;
    if (x->at != y->at)
        return x->at < y->at ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

static void find_nodes(quire_forest *forest, const quire_scan *scan)
{
    for (guint i = 0; i < scan->objects->len; i++) {
        const quire_found *object = &g_array_index(scan->objects, quire_found, i);
        if (object->stream.data || !quire_syntax_is_dictionary(object->value) ||
            quire_scan_find(scan, object->number) != object)
            continue;
        bool branch = is_branch(object->value);
        if (!branch && !is_page(object->value))
            continue;
        node found = {object, number_of(object->value, "Parent"), !branch, false};
        g_array_append_val(forest->nodes, found);
    }
    g_array_sort(forest->nodes, in_file_order);
    for (guint i = 0; i < forest->nodes->len; i++) {
        int32_t number = g_array_index(forest->nodes, node, i).object->number;
        g_hash_table_insert(forest->by_number, GINT_TO_POINTER(number), GUINT_TO_POINTER(i + 1));
    }
}

/* Begins a walk over the references in /Kids; false where there are none. */
static bool kids_begin(const quire_scan *scan, quire_bytes dictionary, quire_syntax *kids)
{
    quire_bytes value;
    if (!quire_syntax_find(dictionary, "Kids", &value) ||
        !quire_scan_resolve(scan, value, &value) || value.size < 2 || value.data[0] != '[')
        return false;
    *kids = (quire_syntax){{value.data + 1, value.size - 2}, 0};
    return true;
}

static bool kids_next(quire_syntax *kids, int32_t *number)
{
    quire_bytes value;
    int32_t generation;
    while (quire_syntax_value(kids, &value))
        if (quire_syntax_reads_reference(value, number, &generation))
            return true;
    return false;
}

static void mark_listed(quire_forest *forest, const quire_scan *scan)
{
    for (guint i = 0; i < forest->nodes->len; i++) {
        node *branch = &g_array_index(forest->nodes, node, i);
        quire_syntax kids;
        int32_t number;
        if (branch->page || !kids_begin(scan, branch->object->value, &kids))
            continue;
        while (kids_next(&kids, &number)) {
            node *kid = node_find(forest, number);
            if (kid && kid != branch)
                kid->has_place = true;
            else if (!kid && !quire_scan_find(scan, number))
                g_hash_table_add(forest->missing, GINT_TO_POINTER(number));
        }
    }
}

static void gather_under_lost(quire_forest *forest, node *orphan)
{
    quire_lost_node *lost = lost_find(forest, orphan->parent);
    if (!lost) {
        quire_lost_node fresh = {orphan->parent, g_array_new(FALSE, FALSE, sizeof(quire_found *))};
        g_array_append_val(forest->lost, fresh);
        g_hash_table_insert(forest->lost_by_number, GINT_TO_POINTER(orphan->parent),
                            GUINT_TO_POINTER(forest->lost->len));
        lost = &g_array_index(forest->lost, quire_lost_node, forest->lost->len - 1);
    }
    g_array_append_val(lost->kids, orphan->object);
    orphan->has_place = true;
}

static void find_lost(quire_forest *forest, const quire_scan *scan)
{
    for (guint i = 0; i < forest->nodes->len; i++) {
        node *n = &g_array_index(forest->nodes, node, i);
        if (n->has_place || n->parent == 0 || node_find(forest, n->parent))
            continue;
        if (quire_scan_find(scan, n->parent))
            n->parent = 0; /* an object of another kind, which must not be written over */
        else
            gather_under_lost(forest, n);
    }
}

/* A root, and where in the file the first of its pages stands. */
typedef struct root {
    int32_t number;
    size_t at;
} root;

static gint by_place(gconstpointer a, gconstpointer b)
{
    const root *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static size_t place_of_first_page(const quire_forest *forest, const quire_scan *scan, const node *n)
{
    quire_syntax kids;
    int32_t number;
    for (int depth = 0; !n->page && depth < QUIRE_MAX_TREE_DEPTH; depth++) {
        const node *first = NULL;
        if (kids_begin(scan, n->object->value, &kids))
            while (!first && kids_next(&kids, &number))
                first = node_find(forest, number);
        if (!first)
            break;
        n = first;
    }
    return n->object->at;
}

/* Nodes without any parent. One that the catalog does not name is of an older revision, unless
 * the one it names is lost too. */
static void add_surviving_roots(const quire_forest *forest, const quire_scan *scan, int32_t named,
                                GArray *roots)
{
    bool named_survives = named > 0 && node_find(forest, named);
    for (guint i = 0; i < forest->nodes->len; i++) {
        const node *n = &g_array_index(forest->nodes, node, i);
        bool is_root =
            named_survives ? n->object->number == named : !n->has_place && n->parent == 0;
        root found = {n->object->number, place_of_first_page(forest, scan, n)};
        if (is_root)
            g_array_append_val(roots, found);
    }
}

static void find_roots(quire_forest *forest, const quire_scan *scan, int32_t named)
{
    g_autoptr(GArray) roots = g_array_new(FALSE, FALSE, sizeof(root));
    add_surviving_roots(forest, scan, named, roots);
    for (guint i = 0; i < forest->lost->len; i++) {
        const quire_lost_node *lost = &g_array_index(forest->lost, quire_lost_node, i);
        root found = {lost->number, g_array_index(lost->kids, quire_found *, 0)->at};
        if (!g_hash_table_remove(forest->missing, GINT_TO_POINTER(lost->number)))
            g_array_append_val(roots, found);
    }
    g_array_sort(roots, by_place);
    for (guint i = 0; i < roots->len; i++)
        g_array_append_val(forest->roots, g_array_index(roots, root, i).number);
}

static void push_kids(const quire_forest *forest, const quire_scan *scan, int32_t number,
                      GArray *stack)
{
    const node *n = node_find(forest, number);
    const quire_lost_node *lost = lost_find(forest, number);
    quire_syntax kids;
    int32_t kid;
    if (n && kids_begin(scan, n->object->value, &kids))
        while (kids_next(&kids, &kid))
            g_array_append_val(stack, kid);
    for (guint i = 0; !n && lost && i < lost->kids->len; i++)
        g_array_append_val(stack, g_array_index(lost->kids, quire_found *, i)->number);
}

/* Counts the pages below the roots; each node is entered once, whatever loops there are. */
static void count_pages(quire_forest *forest, const quire_scan *scan)
{
    g_autoptr(GArray) stack = g_array_new(FALSE, FALSE, sizeof(int32_t));
    g_array_append_vals(stack, forest->roots->data, forest->roots->len);
    g_autoptr(GHashTable) entered = g_hash_table_new(NULL, NULL);
    while (stack->len > 0) {
        int32_t number = g_array_index(stack, int32_t, stack->len - 1);
        g_array_set_size(stack, stack->len - 1);
        if (!g_hash_table_add(entered, GINT_TO_POINTER(number)))
            continue;
        const node *n = node_find(forest, number);
        if (n && n->page)
            forest->pages++;
        else
            push_kids(forest, scan, number, stack);
    }
}

/* Where loops leave no root, every page is one. */
static void fall_back_to_pages(quire_forest *forest)
{
    g_array_set_size(forest->roots, 0);
    for (guint i = 0; i < forest->nodes->len; i++) {
        const node *n = &g_array_index(forest->nodes, node, i);
        if (n->page)
            g_array_append_val(forest->roots, n->object->number);
    }
    forest->pages = (int32_t)forest->roots->len;
}

/* Resources only where all surviving branches agree: wrong fonts are worse than none. */
static void find_legacy(quire_forest *forest)
{
    bool agree = true;
    for (guint i = 0; i < forest->nodes->len; i++) {
        const node *n = &g_array_index(forest->nodes, node, i);
        quire_bytes value;
        if (!forest->media_box.data && quire_syntax_find(n->object->value, "MediaBox", &value))
            forest->media_box = value;
        if (n->page || !quire_syntax_find(n->object->value, "Resources", &value))
            continue;
        quire_bytes *held = &forest->resources;
        agree = agree && (!held->data || (held->size == value.size &&
                                          memcmp(held->data, value.data, value.size) == 0));
        *held = value;
    }
    if (!agree)
        forest->resources = (quire_bytes){0};
}

void quire_forest_init(quire_forest *forest, const quire_scan *scan, int32_t named)
{
    *forest = (quire_forest){.nodes = g_array_new(FALSE, FALSE, sizeof(node)),
                             .by_number = g_hash_table_new(NULL, NULL),
                             .lost = g_array_new(FALSE, FALSE, sizeof(quire_lost_node)),
                             .lost_by_number = g_hash_table_new(NULL, NULL),
                             .missing = g_hash_table_new(NULL, NULL),
                             .roots = g_array_new(FALSE, FALSE, sizeof(int32_t))};
    find_nodes(forest, scan);
    mark_listed(forest, scan);
    find_lost(forest, scan);
    find_roots(forest, scan, named);
    count_pages(forest, scan);
    if (forest->pages == 0)
        fall_back_to_pages(forest);
    find_legacy(forest);
}

void quire_forest_clear(quire_forest *forest)
{
    for (guint i = 0; i < forest->lost->len; i++)
        g_array_unref(g_array_index(forest->lost, quire_lost_node, i).kids);
    g_array_unref(forest->nodes);
    g_array_unref(forest->lost);
    g_array_unref(forest->roots);
    g_hash_table_unref(forest->by_number);
    g_hash_table_unref(forest->lost_by_number);
    g_hash_table_unref(forest->missing);
}
