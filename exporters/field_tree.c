/*
 * The fields of the file's own form as the tree that their names make, for formats that send form
 * data: "person.name" is the field "name" below "person".
 */
#include "exporters/field_tree.h"

#include <string.h>

enum { MOST_LEVELS = 32 }; /* the rest of a longer name is its last part */

static field_node *node_new(const char *part, size_t size)
{
    field_node *node = g_new0(field_node, 1);
    node->part = g_strndup(part, size);
    node->kids = g_ptr_array_new();
    return node;
}

void quire_field_tree_free(field_node *node)
{
    for (guint i = 0; node && i < node->kids->len; i++)
        quire_field_tree_free(g_ptr_array_index(node->kids, i));
    if (!node)
        return;
    g_ptr_array_free(node->kids, TRUE);
    g_free(node->part);
    g_free(node);
}

/* The node of a name, which is made with all above it where it is missing. */
static field_node *node_of(field_node *root, GHashTable *known, const char *name)
{
    field_node *at = root;
    size_t start = 0;
    for (int level = 1; name[start]; level++) {
        const char *dot = level < MOST_LEVELS ? strchr(name + start, '.') : NULL;
        size_t end = dot ? (size_t)(dot - name) : strlen(name);
        g_autofree char *path = g_strndup(name, end);
        field_node *kid = g_hash_table_lookup(known, path);
        if (!kid) {
            kid = node_new(name + start, end - start);
            g_ptr_array_add(at->kids, kid);
            g_hash_table_insert(known, g_steal_pointer(&path), kid);
        }
        at = kid;
        start = end + (dot != NULL);
    }
    return at;
}

static bool is_sent(const quire_field *field)
{
    bool own = field->source == QUIRE_FIELD_OF_ACROFORM || field->source == QUIRE_FIELD_OF_XFA;
    return own && field->name && field->type != QUIRE_FIELD_BUTTON &&
           field->type != QUIRE_FIELD_SIGNATURE;
}

field_node *quire_field_tree_new(const quire_document *document)
{
    g_autoptr(GHashTable) known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    field_node *root = node_new("", 0);
    for (size_t i = 0; i < document->fields.count; i++) {
        const quire_field *field = &document->fields.items[i];
        if (!is_sent(field))
            continue;
        field_node *node = node_of(root, known, field->name);
        if (!node->field || field->state == QUIRE_STATE_SELECTED) /* of boxes of one name */
            node->field = field;
    }
    return root;
}

const char *quire_field_sent(const quire_field *field)
{
    const char *value = field->export_value ? field->export_value : field->value;
    bool button = field->type == QUIRE_FIELD_CHECKBOX || field->type == QUIRE_FIELD_RADIO;
    return value ? value : button ? "Off" : "";
}
