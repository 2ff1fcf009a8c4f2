/*
 * One field of an XFA template, with what was filled in:
 *
 *     <field name="boat">
 *       <caption><value><text>Boat</text></value></caption>      its label
 *       <ui><choiceList open="userControl"/></ui>                 its type
 *       <items><text>Heron</text></items>                         what may be chosen, as shown
 *       <items save="1"><text>h</text></items>                    the same, as it is kept
 *       <value><text>h</text></value>                             what stands there at first
 *     </field>
 */
#include "parsers/pdf/xfa.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_ITEMS = 2000 };

/* What may be chosen: texts, and what they are kept as. */
typedef struct items {
    const xmlNode *shown, *kept; /* lists; the same where there is one only */
} items;

static const xmlNode *first_element(const xmlNode *node)
{
    for (const xmlNode *child = node ? node->children : NULL; child; child = child->next)
        if (child->type == XML_ELEMENT_NODE)
            return child;
    return NULL;
}

static const xmlNode *next_element(const xmlNode *node)
{
    for (node = node ? node->next : NULL; node && node->type != XML_ELEMENT_NODE;)
        node = node->next;
    return node;
}

static items items_of(const xmlNode *field)
{
    items found = {0};
    for (const xmlNode *child = first_element(field); child; child = next_element(child)) {
        if (!quire_xfa_is(child, "items"))
            continue;
        bool kept = quire_xfa_attribute_is(child, "save", "1") && found.shown;
        if (kept || (found.shown && !found.kept))
            found.kept = child;
        else
            found.shown = found.shown ? found.shown : child;
    }
    if (!found.kept)
        found.kept = found.shown;
    else if (quire_xfa_attribute_is(found.shown, "save", "1") &&
             !quire_xfa_attribute_is(found.kept, "save", "1"))
        found = (items){found.kept, found.shown};
    return found;
}

static const char *text_of(quire_xfa_reader *reader, const xmlNode *node)
{
    return quire_xfa_text(reader->arena, node, &reader->spent);
}

static void add_line(GString *list, const char *text)
{
    if (list->len > 0)
        g_string_append_c(list, '\n');
    for (const char *c = text ? text : ""; *c; c++)
        g_string_append_c(list, *c == '\n' ? ' ' : *c);
}

static const char *settle(quire_xfa_reader *reader, GString *list)
{
    reader->spent += list->len;
    return list->len > 0 ? quire_arena_text(reader->arena, list->str, list->len) : NULL;
}

static const char *list_text(quire_xfa_reader *reader, const xmlNode *list)
{
    g_autoptr(GString) lines = g_string_new(NULL);
    int count = 0;
    for (const xmlNode *item = first_element(list); item && count++ < MOST_ITEMS;
         item = next_element(item))
        add_line(lines, text_of(reader, item));
    return settle(reader, lines);
}

/* The text that is shown for what is kept. */
static const char *shown_for(quire_xfa_reader *reader, const items *options, const char *kept)
{
    const xmlNode *shown = first_element(options->shown), *at = first_element(options->kept);
    for (int i = 0; kept && shown && at && i < MOST_ITEMS; i++) {
        const char *text = text_of(reader, at);
        if (text && strcmp(text, kept) == 0)
            return text_of(reader, shown);
        shown = next_element(shown);
        at = next_element(at);
    }
    return kept;
}

/* ---- values ---- */

static const char *initial_text(quire_xfa_reader *reader, const xmlNode *field)
{
    return text_of(reader, first_element(quire_xfa_child(field, "value")));
}

/* Data that is there counts, even where it is empty. */
static const char *kept_text(quire_xfa_reader *reader, const quire_xfa_node *data,
                             const char *initial)
{
    return data ? text_of(reader, data->node) : initial;
}

static void read_choice(quire_xfa_reader *reader, const xmlNode *field, const xmlNode *ui,
                        const char *kept, quire_widget *out)
{
    items options = items_of(field);
    bool several = quire_xfa_attribute_is(ui, "open", "multiSelect");
    bool list = several || quire_xfa_attribute_is(ui, "open", "always");
    out->type = QUIRE_WIDGET_CHOICE;
    out->flags |= (list ? 0 : QUIRE_WIDGET_COMBO) | (several ? QUIRE_WIDGET_MULTI_SELECT : 0) |
                  (quire_xfa_attribute_is(ui, "textEntry", "1") ? QUIRE_WIDGET_EDITABLE : 0);
    out->options = list_text(reader, options.shown);
    out->exported_options = options.kept == options.shown ? NULL : list_text(reader, options.kept);
    g_auto(GStrv) chosen = g_strsplit(kept ? kept : "", "\n", MOST_ITEMS);
    g_autoptr(GString) shown = g_string_new(NULL);
    for (char **one = chosen; *one; one++)
        if (**one)
            add_line(shown, shown_for(reader, &options, *one));
    out->value = settle(reader, shown);
    out->exported = kept;
    out->default_value = shown_for(reader, &options, out->default_value);
}

/* The first item is what a box says when it is on. */
static const char *on_value(quire_xfa_reader *reader, const xmlNode *field)
{
    const char *on = text_of(reader, first_element(quire_xfa_child(field, "items")));
    return on ? on : "1";
}

static void read_checkbox(quire_xfa_reader *reader, const xmlNode *field, const char *kept,
                          quire_widget *out)
{
    out->type = QUIRE_WIDGET_CHECKBOX;
    out->options = on_value(reader, field);
    out->exported = kept && strcmp(kept, out->options) == 0 ? kept : NULL;
    out->flags |= out->exported ? QUIRE_WIDGET_SELECTED : 0;
    out->default_value = NULL;
}

static void read_text(const xmlNode *field, const xmlNode *ui, const char *kept, quire_widget *out)
{
    const char *most =
        quire_xfa_attribute(quire_xfa_child(quire_xfa_child(field, "value"), "text"), "maxChars");
    out->type = QUIRE_WIDGET_TEXT;
    out->value = out->exported = kept;
    out->max_length = most && atoi(most) > 0 ? atoi(most) : 0;
    if (quire_xfa_attribute_is(ui, "multiLine", "1"))
        out->flags |= QUIRE_WIDGET_MULTILINE;
    if (ui && quire_xfa_is(ui, "passwordEdit"))
        out->flags |= QUIRE_WIDGET_PASSWORD;
    if (ui && quire_xfa_child(ui, "comb"))
        out->flags |= QUIRE_WIDGET_COMB;
}

static void read_value(quire_xfa_reader *reader, const xmlNode *field, const char *kept,
                       quire_widget *out)
{
    const xmlNode *ui = first_element(quire_xfa_child(field, "ui"));
    if (ui && quire_xfa_is(ui, "choiceList")) {
        read_choice(reader, field, ui, kept, out);
    } else if (ui && quire_xfa_is(ui, "checkButton")) {
        read_checkbox(reader, field, kept, out);
    } else if (ui && quire_xfa_is(ui, "signature")) {
        out->type = QUIRE_WIDGET_SIGNATURE;
    } else if (ui && quire_xfa_is(ui, "button")) {
        out->type = QUIRE_WIDGET_BUTTON;
    } else {
        read_text(field, ui, kept, out);
    }
}

/* ---- groups of which one is chosen ---- */

static const char *caption_of(quire_xfa_reader *reader, const xmlNode *field)
{
    return text_of(reader, quire_xfa_child(quire_xfa_child(field, "caption"), "value"));
}

/* Its buttons keep their value in the group's data, or each in its own. */
static void read_group(quire_xfa_reader *reader, const xmlNode *group, quire_xfa_node *data,
                       const char *kept, quire_widget *out)
{
    g_autoptr(GString) shown = g_string_new(NULL), sent = g_string_new(NULL);
    int count = 0;
    out->type = QUIRE_WIDGET_RADIO;
    out->default_value = NULL;
    for (const xmlNode *f = first_element(group); f && count < MOST_ITEMS; f = next_element(f)) {
        const char *name = quire_xfa_attribute(f, "name");
        if (!quire_xfa_is(f, "field"))
            continue;
        count++;
        const char *on = on_value(reader, f), *caption = caption_of(reader, f);
        caption = caption ? caption : on;
        quire_xfa_node *own = data && name ? quire_xfa_data_below(reader->data, data, name) : NULL;
        const char *state = own ? text_of(reader, own->node) : kept;
        add_line(shown, caption);
        add_line(sent, on);
        if (state && strcmp(state, on) == 0 && !out->value) {
            out->value = caption;
            out->exported = on;
            out->flags |= QUIRE_WIDGET_SELECTED;
        }
    }
    out->options = settle(reader, shown);
    out->exported_options = settle(reader, sent);
}

/* ---- any field ---- */

/* What a reader sees: its caption, else what is drawn before it, else what is said of it. */
static const char *label_of(quire_xfa_reader *reader, const xmlNode *field)
{
    const xmlNode *assist = quire_xfa_child(field, "assist");
    const char *label = caption_of(reader, field);
    label = label ? label : text_of(reader, quire_xfa_child(assist, "toolTip"));
    label = label ? label : reader->caption;
    label = label ? label : text_of(reader, quire_xfa_child(assist, "speak"));
    if (!label)
        return NULL;
    char *line = quire_arena_text(reader->arena, label, strlen(label));
    return g_strdelimit(line, "\n", ' ');
}

void quire_xfa_read_field(quire_xfa_reader *reader, const xmlNode *field, const char *name,
                          const quire_xfa_place *place)
{
    quire_widget *out = quire_array_push(reader->fields);
    const char *own = quire_xfa_attribute(field, "name");
    if (!out)
        return;
    bool required = quire_xfa_attribute_is(quire_xfa_child(field, "validate"), "nullTest", "error");
    *out = (quire_widget){.box = quire_box_empty(),
                          .name = name,
                          .tooltip = label_of(reader, field),
                          .flags = QUIRE_WIDGET_XFA | (required ? QUIRE_WIDGET_REQUIRED : 0) |
                                   (place->hidden ? QUIRE_WIDGET_HIDDEN : 0) |
                                   (place->read_only ? QUIRE_WIDGET_READ_ONLY : 0)};
    quire_xfa_node *data = quire_xfa_data_of(reader->data, place->data, field, own ? own : "");
    if (data)
        data->taken = true;
    out->default_value = initial_text(reader, field);
    const char *kept = kept_text(reader, data, out->default_value);
    if (quire_xfa_is(field, "exclGroup"))
        read_group(reader, field, data, kept, out);
    else
        read_value(reader, field, kept, out);
}
