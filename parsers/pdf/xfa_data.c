/*
 * The data of an XFA form, found by name. Every element is entered once into a table by its parent
 * and name; those of one name below one parent are chained, so that taking them one after the other
 * costs no search:
 *
 *     <item>..</item> -> <item>..</item> -> <item>..</item>     three instances of one subform
 */
#include "parsers/pdf/xfa.h"

#include <string.h>

enum { MOST_NODES = 1000 * 1000, MOST_STEPS = 32, MOST_SCOPES = 32 };

struct quire_xfa_data {
    GHashTable *by_name; /* key -> the first that may be free */
    GHashTable *anywhere; /* name -> the first, for fields that share a value */
    GPtrArray *nodes; /* all, to be freed */
    quire_xfa_node *root;
};

typedef struct key {
    const quire_xfa_node *parent;
    const char *name;
} key;

static guint hash_key(gconstpointer at)
{
    const key *k = at;
    return g_direct_hash(k->parent) * 31u + g_str_hash(k->name);
}

static gboolean same_key(gconstpointer a, gconstpointer b)
{
    const key *one = a, *two = b;
    return one->parent == two->parent && strcmp(one->name, two->name) == 0;
}

/* ---- growing ---- */

static quire_xfa_node *add(quire_xfa_data *data, quire_xfa_node *parent, const xmlNode *node,
                           GHashTable *last)
{
    quire_xfa_node *made = g_new0(quire_xfa_node, 1);
    const char *name = (const char *)node->name;
    *made = (quire_xfa_node){.node = node, .parent = parent};
    g_ptr_array_add(data->nodes, made);
    quire_xfa_node *before = g_hash_table_lookup(last, name);
    if (before) {
        before->next = made;
    } else {
        key *k = g_new(key, 1);
        *k = (key){parent, name};
        g_hash_table_insert(data->by_name, k, made);
        made->open = made;
    }
    g_hash_table_insert(last, (gpointer)name, made);
    if (!g_hash_table_contains(data->anywhere, name))
        g_hash_table_insert(data->anywhere, (gpointer)name, made);
    return made;
}

/* Breadth first: the list of nodes is the queue. */
static void grow(quire_xfa_data *data)
{
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal);
    for (guint i = 0; i < data->nodes->len; i++) {
        quire_xfa_node *parent = g_ptr_array_index(data->nodes, i);
        g_hash_table_remove_all(last);
        for (const xmlNode *child = parent->node->children; child; child = child->next)
            if (child->type == XML_ELEMENT_NODE && data->nodes->len < MOST_NODES)
                add(data, parent, child, last);
    }
}

quire_xfa_data *quire_xfa_data_new(const xmlNode *datasets)
{
    quire_xfa_data *data = g_new0(quire_xfa_data, 1);
    data->by_name = g_hash_table_new_full(hash_key, same_key, g_free, NULL);
    data->anywhere = g_hash_table_new(g_str_hash, g_str_equal);
    data->nodes = g_ptr_array_new_with_free_func(g_free);
    const xmlNode *root = quire_xfa_child(datasets, "data");
    if (root) {
        data->root = g_new0(quire_xfa_node, 1);
        data->root->node = root;
        g_ptr_array_add(data->nodes, data->root);
        grow(data);
    }
    return data;
}

void quire_xfa_data_free(quire_xfa_data *data)
{
    if (!data)
        return;
    g_hash_table_destroy(data->by_name);
    g_hash_table_destroy(data->anywhere);
    g_ptr_array_free(data->nodes, TRUE);
    g_free(data);
}

quire_xfa_node *quire_xfa_data_root(quire_xfa_data *data)
{
    return data->root;
}

/* ---- finding ---- */

/* The first of that name, taken or not. */
static quire_xfa_node *first_below(const quire_xfa_data *data, const quire_xfa_node *parent,
                                   const char *name)
{
    key k = {parent, name};
    return parent ? g_hash_table_lookup(data->by_name, &k) : NULL;
}

quire_xfa_node *quire_xfa_data_below(quire_xfa_data *data, const quire_xfa_node *parent,
                                     const char *name)
{
    quire_xfa_node *first = first_below(data, parent, name);
    if (!first)
        return NULL;
    while (first->open && first->open->taken) /* what is taken is passed once */
        first->open = first->open->next;
    return first->open;
}

/* "$.a.b[*]", "$record.a", "xfa.datasets.data.a": the path below where it starts. */
static quire_xfa_node *start_of(quire_xfa_data *data, quire_xfa_node *here, const char **path)
{
    static const char *const whole[] = {"xfa.datasets.data.", "$data."};
    for (size_t i = 0; i < G_N_ELEMENTS(whole); i++) {
        if (g_str_has_prefix(*path, whole[i])) {
            *path += strlen(whole[i]);
            return data->root;
        }
    }
    if (g_str_has_prefix(*path, "$record.")) {
        *path += strlen("$record.");
        for (quire_xfa_node *at = here; at; at = at->parent)
            if (at->parent == data->root)
                return at;
        return data->nodes->len > 1 ? g_ptr_array_index(data->nodes, 1) : NULL;
    }
    if (g_str_has_prefix(*path, "$."))
        *path += 2;
    return here;
}

/* The last step is what is meant, the others may be taken by containers. */
static quire_xfa_node *follow(quire_xfa_data *data, quire_xfa_node *here, const char *path)
{
    quire_xfa_node *at = start_of(data, here, &path);
    g_auto(GStrv) steps = g_strsplit(path, ".", MOST_STEPS);
    for (char **step = steps; at && *step; step++) {
        (*step)[strcspn(*step, "[")] = '\0';
        bool last = !step[1];
        at = last ? quire_xfa_data_below(data, at, *step) : first_below(data, at, *step);
    }
    return at == here ? NULL : at;
}

static quire_xfa_node *by_scope(quire_xfa_data *data, quire_xfa_node *here, const char *name)
{
    int scopes = 0;
    for (quire_xfa_node *at = here; at && scopes < MOST_SCOPES; at = at->parent, scopes++) {
        quire_xfa_node *found = quire_xfa_data_below(data, at, name);
        if (found)
            return found;
    }
    return NULL;
}

quire_xfa_node *quire_xfa_data_of(quire_xfa_data *data, quire_xfa_node *here, const xmlNode *field,
                                  const char *name)
{
    const xmlNode *bind = quire_xfa_child(field, "bind");
    const char *ref = quire_xfa_attribute(bind, "ref");
    if (quire_xfa_attribute_is(bind, "match", "none"))
        return NULL;
    if (quire_xfa_attribute_is(bind, "match", "global"))
        return g_hash_table_lookup(data->anywhere, name);
    if (quire_xfa_attribute_is(bind, "match", "dataRef") && ref)
        return follow(data, here, ref);
    return *name ? by_scope(data, here, name) : NULL;
}
