/*
 * The template of an XFA form: containers within containers, the fields in them by their full
 * names, each container beside the data that fills it (XFA 3.3, chapter 5).
 *
 *     <subform name="form1">                    form1[0]
 *       <subform>                               form1[0].#subform[0]
 *         <field name="city"/>                  form1[0].#subform[0].city[0]
 *       <subform name="item"> <occur max="-1"/>   as often as the data has <item>
 */
#include "parsers/pdf/xfa.h"

#include <stdlib.h>
#include <string.h>

static void read_container(quire_xfa_reader *reader, const xmlNode *container,
                           const quire_xfa_place *place);

static bool is_container(const xmlNode *node)
{
    static const char *const names[] = {"subform", "subformSet", "area", "pageSet", "pageArea"};
    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (quire_xfa_is(node, names[i]))
            return true;
    return false;
}

static bool is_field(const xmlNode *node)
{
    return quire_xfa_is(node, "field") || quire_xfa_is(node, "exclGroup");
}

/* "name[n]", the n-th of that name in its container; nameless ones go by their class. */
static const char *indexed_name(quire_xfa_reader *reader, const xmlNode *node, const char *above,
                                GHashTable *counts)
{
    const char *name = quire_xfa_attribute(node, "name");
    bool named = name && *name;
    g_autofree char *own =
        named ? g_strdup(name) : g_strdup_printf("#%s", (const char *)node->name);
    guint index = GPOINTER_TO_UINT(g_hash_table_lookup(counts, own));
    const char *dot = *above ? "." : "";
    const char *full = quire_arena_printf(reader->arena, "%s%s%s[%u]", above, dot, own, index);
    reader->spent += strlen(full);
    g_hash_table_insert(counts, g_steal_pointer(&own), GUINT_TO_POINTER(index + 1));
    return full;
}

static bool is_hidden(const xmlNode *node)
{
    const char *presence = quire_xfa_attribute(node, "presence");
    return presence && strcmp(presence, "visible") != 0;
}

static bool is_locked(const xmlNode *node)
{
    const char *access = quire_xfa_attribute(node, "access");
    return access && strcmp(access, "open") != 0;
}

static int occurrence(const xmlNode *occur, const char *key, int otherwise)
{
    const char *stated = quire_xfa_attribute(occur, key);
    return stated && *stated ? atoi(stated) : otherwise;
}

static bool has_room(const quire_xfa_reader *reader)
{
    return reader->fields->count < QUIRE_XFA_FIELDS && reader->spent < QUIRE_XFA_TEXT;
}

/* One subform for each piece of data that bears its name, within what it allows. */
static void read_instances(quire_xfa_reader *reader, const xmlNode *node,
                           const quire_xfa_place *place, GHashTable *counts)
{
    const xmlNode *occur = quire_xfa_child(node, "occur");
    const char *own = quire_xfa_attribute(node, "name");
    int least = occurrence(occur, "initial", occurrence(occur, "min", 1));
    int most = occurrence(occur, "max", 1);
    for (int i = 0; (most < 0 || i < most) && has_room(reader); i++) {
        quire_xfa_node *data =
            own && *own ? quire_xfa_data_of(reader->data, place->data, node, own) : NULL;
        if (!data && i >= least)
            break;
        if (data)
            data->taken = true;
        quire_xfa_place inner = {.name = indexed_name(reader, node, place->name, counts),
                                 .data = data ? data : place->data,
                                 .hidden = place->hidden || is_hidden(node),
                                 .read_only = place->read_only || is_locked(node),
                                 .depth = place->depth + 1};
        reader->spent += 64;
        read_container(reader, node, &inner);
    }
}

static void read_container(quire_xfa_reader *reader, const xmlNode *container,
                           const quire_xfa_place *place)
{
    g_autoptr(GHashTable) counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (place->depth > QUIRE_XFA_DEPTH)
        return;
    for (const xmlNode *child = container->children; child && has_room(reader);
         child = child->next) {
        if (quire_xfa_is(child, "draw")) {
            reader->caption =
                quire_xfa_text(reader->arena, quire_xfa_child(child, "value"), &reader->spent);
        } else if (is_field(child)) {
            quire_xfa_place inner = *place;
            inner.hidden = place->hidden || is_hidden(child);
            inner.read_only = place->read_only || is_locked(child);
            const char *name = indexed_name(reader, child, place->name, counts);
            quire_xfa_read_field(reader, child, name, &inner);
            reader->caption = NULL;
        } else if (is_container(child)) {
            read_instances(reader, child, place, counts);
        }
    }
}

void quire_xfa_read_template(quire_xfa_reader *reader, const xmlNode *template)
{
    quire_xfa_place place = {.name = "", .data = quire_xfa_data_root(reader->data)};
    if (template)
        read_container(reader, template, &place);
}
