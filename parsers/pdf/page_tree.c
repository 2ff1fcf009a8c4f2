/*
 * Walking the page tree; see page_tree.h.
 *
 * Where a node's /Count equals its number of kids and the first kid is a page, all are taken for
 * pages without being looked at: opening 20,000 page objects only to see their type would cost as
 * much as opening the file. One that turns out to be a branch stands for its first page.
 */
#include "parsers/pdf/page_tree.h"

#include <glib.h>
#include <string.h>

#include "parsers/pdf/page_box.h"

enum {
    NO_NODE = -1,
    MAX_DIRECT_KIDS = 1000, /* each is found again by reading its branch as a whole */
};

/* A branch, and what its pages inherit from it and from those above. */
typedef struct node {
    int32_t object, generation;
    bool has_media, has_crop;
    double media[4], crop[4];
    int rotate;
    int32_t resources, resources_generation; /* of an indirect one; 0: none */
    int32_t resources_node; /* that holds them directly; NO_NODE: none */
    quire_object *own_resources; /* if that is this one; lives as long as the document */
} node;

typedef struct leaf {
    int32_t object; /* 0: a direct kid, which the standard forbids and viewers show */
    int32_t generation; /* of a direct kid: its index in /Kids */
    int32_t node; /* NO_NODE: the root itself is a page */
} leaf;

struct quire_page_tree {
    quire_pdf *pdf;
    GArray *nodes, *leaves;
    GHashTable *numbers; /* object -> page number; made on first use */
    GHashTable *entered; /* branches by object number: none is walked twice */
    int direct_kids;
};

/* A branch that is being walked. */
typedef struct step {
    int32_t node;
    const quire_object *kids;
    int next, count;
    bool all_pages; /* its kids need not be looked at */
    size_t mark;
} step;

typedef struct walk {
    quire_page_tree *tree;
    int depth;
    step steps[QUIRE_MAX_TREE_DEPTH];
} walk;

static node *node_at(const quire_page_tree *tree, int32_t index)
{
    return &g_array_index(tree->nodes, node, index);
}

static leaf *leaf_at(const quire_page_tree *tree, int number)
{
    return &g_array_index(tree->leaves, leaf, number - 1);
}

static void complain(quire_page_tree *tree, const char *what, int object)
{
    quire_pdf_issue(tree->pdf, "page_tree", QUIRE_WARNING, 0, "page tree: %s (object %d)", what,
                    object);
}

/* ---- inheritance ---- */

static void inherit(node *n, int32_t self, const quire_object *dictionary)
{
    n->has_media |= quire_page_box_read(quire_object_find(dictionary, "MediaBox"), n->media);
    n->has_crop |= quire_page_box_read(quire_object_find(dictionary, "CropBox"), n->crop);
    n->rotate = quire_object_find_integer(dictionary, "Rotate", n->rotate);
    const quire_object *resources = quire_object_find_raw(dictionary, "Resources");
    int number, generation;
    if (!resources)
        return;
    n->resources = 0;
    n->resources_node = self;
    if (quire_object_reference(resources, &number, &generation)) {
        n->resources = number;
        n->resources_generation = generation;
        n->resources_node = NO_NODE;
    }
}

static int32_t add_node(quire_page_tree *tree, int32_t parent, int object, int generation,
                        const quire_object *dictionary)
{
    int32_t self = (int32_t)tree->nodes->len;
    node fresh = {.resources_node = NO_NODE};
    if (parent != NO_NODE)
        fresh = *node_at(tree, parent);
    fresh.object = object;
    fresh.generation = generation;
    inherit(&fresh, self, dictionary);
    g_array_append_val(tree->nodes, fresh);
    return self;
}

/* The dictionary of a branch; only the root can be direct, and then stands in the catalog. */
static quire_object *branch_of(const quire_page_tree *tree, const node *n)
{
    quire_objects *objects = tree->pdf->objects;
    return n->object ? quire_objects_fetch(objects, n->object, n->generation)
                     : quire_object_find(quire_objects_catalog(objects), "Pages");
}

/* Takes handles of direct resources, which stay: those of the walk are gone with its marks. */
static void keep_resources(quire_page_tree *tree)
{
    for (guint i = 0; i < tree->nodes->len; i++) {
        node *n = node_at(tree, (int32_t)i);
        if (n->resources_node != (int32_t)i)
            continue;
        n->own_resources = quire_object_find(branch_of(tree, n), "Resources");
    }
}

/* ---- the walk ---- */

static void add_leaf(quire_page_tree *tree, int object, int generation, int32_t node_index)
{
    leaf fresh = {object, generation, node_index};
    if (tree->leaves->len < QUIRE_MAX_PAGES)
        g_array_append_val(tree->leaves, fresh);
}

static bool is_branch(const quire_object *dictionary)
{
    return quire_object_kind(quire_object_find(dictionary, "Kids")) == QUIRE_OBJECT_ARRAY;
}

/* True when the kids of a branch can be taken for pages. */
static bool has_only_pages(const quire_object *branch, const quire_object *kids, int count)
{
    return count > 1 && quire_object_find_integer(branch, "Count", -1) == count &&
           quire_object_kind(quire_object_at(kids, 0)) == QUIRE_OBJECT_DICTIONARY &&
           !is_branch(quire_object_at(kids, 0)) && !is_branch(quire_object_at(kids, count - 1));
}

static void enter(walk *w, const quire_object *branch, int object, int generation, size_t mark)
{
    quire_page_tree *tree = w->tree;
    if (w->depth == QUIRE_MAX_TREE_DEPTH || tree->nodes->len >= QUIRE_MAX_PAGES) {
        complain(tree, "too deep", object);
        return;
    }
    if (!g_hash_table_add(tree->entered, GINT_TO_POINTER(object))) {
        complain(tree, "a branch is listed twice, or within itself", object);
        return;
    }
    int32_t parent = w->depth ? w->steps[w->depth - 1].node : NO_NODE;
    step *s = &w->steps[w->depth++];
    s->node = add_node(tree, parent, object, generation, branch);
    s->kids = quire_object_find(branch, "Kids");
    s->next = 0;
    s->count = quire_object_count(s->kids);
    s->all_pages = has_only_pages(branch, s->kids, s->count);
    s->mark = mark;
}

/* One kid of the innermost branch: a page, or a branch to be entered. */
static void visit(walk *w, step *s, int index)
{
    quire_objects *objects = w->tree->pdf->objects;
    size_t mark = quire_objects_mark(objects);
    int object, generation;
    const quire_object *kid = quire_object_at_raw(s->kids, index);
    if (!quire_object_reference(kid, &object, &generation)) {
        complain(w->tree, "a kid is no reference", node_at(w->tree, s->node)->object);
        if (quire_object_kind(kid) == QUIRE_OBJECT_DICTIONARY && !is_branch(kid) &&
            w->tree->direct_kids++ < MAX_DIRECT_KIDS)
            add_leaf(w->tree, 0, index, s->node);
    } else if (s->all_pages) {
        add_leaf(w->tree, object, generation, s->node);
    } else {
        int depth = w->depth;
        kid = quire_objects_fetch(objects, object, generation);
        if (is_branch(kid))
            enter(w, kid, object, generation, mark);
        else
            add_leaf(w->tree, object, generation, s->node);
        if (w->depth > depth)
            return; /* its handles are needed until it is left */
    }
    quire_objects_release(objects, mark);
}

static void walk_from(quire_page_tree *tree, const quire_object *root, int object, int generation)
{
    walk w = {.tree = tree};
    enter(&w, root, object, generation, quire_objects_mark(tree->pdf->objects));
    while (w.depth > 0 && tree->leaves->len < QUIRE_MAX_PAGES) {
        step *s = &w.steps[w.depth - 1];
        if (s->next < s->count) {
            visit(&w, s, s->next++);
        } else {
            quire_objects_release(tree->pdf->objects, s->mark);
            w.depth--;
        }
    }
}

quire_page_tree *quire_page_tree_new(quire_pdf *pdf)
{
    quire_page_tree *tree = g_new0(quire_page_tree, 1);
    tree->pdf = pdf;
    tree->nodes = g_array_new(FALSE, FALSE, sizeof(node));
    tree->leaves = g_array_new(FALSE, FALSE, sizeof(leaf));
    tree->entered = g_hash_table_new(NULL, NULL);
    size_t mark = quire_objects_mark(pdf->objects);
    quire_object *catalog = quire_objects_catalog(pdf->objects);
    quire_object *root = quire_object_find(catalog, "Pages");
    int object = 0, generation = 0;
    quire_object_reference(quire_object_find_raw(catalog, "Pages"), &object, &generation);
    if (is_branch(root))
        walk_from(tree, root, object, generation);
    else if (object && quire_object_is_name(quire_object_find(root, "Type"), "Page"))
        add_leaf(tree, object, generation, NO_NODE);
    quire_objects_release(pdf->objects, mark);
    keep_resources(tree);
    return tree;
}

void quire_page_tree_free(quire_page_tree *tree)
{
    if (!tree)
        return;
    g_array_unref(tree->nodes);
    g_array_unref(tree->leaves);
    g_hash_table_unref(tree->entered);
    if (tree->numbers)
        g_hash_table_unref(tree->numbers);
    g_free(tree);
}

/* ---- questions ---- */

int quire_page_tree_count(const quire_page_tree *tree)
{
    return (int)tree->leaves->len;
}

static quire_object *page_of(const quire_page_tree *tree, const leaf *l)
{
    if (l->object || l->node == NO_NODE)
        return quire_objects_fetch(tree->pdf->objects, l->object, l->generation);
    quire_object *branch = branch_of(tree, node_at(tree, l->node));
    return quire_object_at(quire_object_find(branch, "Kids"), l->generation);
}

int quire_page_tree_survivors(const quire_page_tree *tree)
{
    quire_objects *objects = tree->pdf->objects;
    int survivors = 0;
    for (int number = 1; number <= quire_page_tree_count(tree); number++) {
        size_t mark = quire_objects_mark(objects);
        const quire_object *page = page_of(tree, leaf_at(tree, number));
        survivors += quire_object_kind(page) == QUIRE_OBJECT_DICTIONARY;
        quire_objects_release(objects, mark);
    }
    return survivors;
}

int quire_page_tree_number_of(quire_page_tree *tree, int object)
{
    if (!tree->numbers) {
        tree->numbers = g_hash_table_new(NULL, NULL);
        for (int number = quire_page_tree_count(tree); number > 0; number--)
            g_hash_table_insert(tree->numbers, GINT_TO_POINTER(leaf_at(tree, number)->object),
                                GINT_TO_POINTER(number));
    }
    return GPOINTER_TO_INT(g_hash_table_lookup(tree->numbers, GINT_TO_POINTER(object)));
}

/* The first page below a branch that was taken for a page. */
static quire_object *descend(quire_page_tree *tree, quire_object *page, quire_page_source *source)
{
    for (int depth = 0; is_branch(page) && depth < QUIRE_MAX_TREE_DEPTH; depth++) {
        complain(tree, "a branch is counted as one page", source->object);
        quire_object *kid = quire_object_at_raw(quire_object_find(page, "Kids"), 0);
        if (!quire_object_reference(kid, &source->object, &source->generation))
            return NULL;
        page = quire_objects_fetch(tree->pdf->objects, source->object, source->generation);
    }
    return page;
}

/* Resources that only /Parent leads to, where the branch that lists the page is not its parent. */
static quire_object *resources_of_parents(const node *n, const quire_object *dictionary)
{
    int number, generation;
    const quire_object *parent = quire_object_find_raw(dictionary, "Parent");
    if (n && quire_object_reference(parent, &number, &generation) && number == n->object)
        return NULL;
    for (int depth = 0; dictionary && depth < QUIRE_MAX_TREE_DEPTH; depth++) {
        dictionary = quire_object_find(dictionary, "Parent");
        quire_object *resources = quire_object_find(dictionary, "Resources");
        if (resources)
            return resources;
    }
    return NULL;
}

static quire_object *find_resources(quire_page_tree *tree, const node *n,
                                    const quire_object *dictionary)
{
    quire_object *own = quire_object_find(dictionary, "Resources");
    if (own)
        return own;
    if (n && n->resources_node != NO_NODE)
        return node_at(tree, n->resources_node)->own_resources;
    if (n && n->resources)
        return quire_objects_fetch(tree->pdf->objects, n->resources, n->resources_generation);
    return resources_of_parents(n, dictionary);
}

static void read_boxes(const node *n, quire_page_source *source)
{
    const quire_object *d = source->dictionary;
    double crop[4];
    if (!quire_page_box_read(quire_object_find(d, "MediaBox"), source->media)) {
        if (n && n->has_media)
            memcpy(source->media, n->media, sizeof n->media);
        else
            quire_page_box_default(source->media);
    }
    memcpy(source->crop, source->media, sizeof source->crop);
    if (quire_page_box_read(quire_object_find(d, "CropBox"), crop))
        memcpy(source->crop, crop, sizeof crop);
    else if (n && n->has_crop)
        memcpy(source->crop, n->crop, sizeof n->crop);
    quire_page_box_crop(source->media, source->crop);
    int inherited = n ? n->rotate : 0;
    source->rotate = quire_page_rotation(quire_object_find_integer(d, "Rotate", inherited));
}

bool quire_page_tree_find(quire_page_tree *tree, int number, quire_page_source *source)
{
    *source = (quire_page_source){.number = number};
    if (number < 1 || number > quire_page_tree_count(tree))
        return false;
    const leaf *l = leaf_at(tree, number);
    const node *n = l->node == NO_NODE ? NULL : node_at(tree, l->node);
    source->object = l->object;
    source->generation = l->generation;
    quire_object *page = descend(tree, page_of(tree, l), source);
    if (quire_object_kind(page) != QUIRE_OBJECT_DICTIONARY)
        return false;
    source->dictionary = page;
    source->resources = find_resources(tree, n, page);
    source->contents = quire_object_find(page, "Contents");
    source->annotations = quire_object_find(page, "Annots");
    read_boxes(n, source);
    return true;
}
