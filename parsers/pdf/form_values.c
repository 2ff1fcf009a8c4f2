/*
 * What was filled in (PDF 32000-1, 12.7.4): text, chosen options, the state of a button, a
 * signature. A value has two faces: what a reader sees, and what the form sends off:
 *
 *     /Opt [[(CH) (Switzerland)] [(FR) (France)]]  /V (CH)      Switzerland, exported as CH
 *     /AP << /N << /1 ... /Off ... >> >> /Opt [(x) (yes)]        yes, exported as its state /1
 */
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "parsers/pdf/forms.h"

enum { MAX_VALUE = 1 << 20 /* bytes of a value */ };

static const char *stream_text(quire_form_reader *form, const quire_object *stream)
{
    quire_stream_bytes bytes = {0};
    const char *text = NULL;
    if (quire_object_read_stream(stream, MAX_VALUE, &bytes) && bytes.size > 0)
        text = quire_text_from_pdf(form->arena, bytes.data, bytes.size).data;
    *form->spent += bytes.size;
    quire_stream_bytes_clear(&bytes);
    return text;
}

const char *quire_form_text(quire_form_reader *form, const quire_object *object)
{
    size_t size = 0;
    if (!object || *form->spent >= QUIRE_FORM_BYTES)
        return NULL;
    *form->spent += QUIRE_FORM_STRING;
    switch (quire_object_kind(object)) {
    case QUIRE_OBJECT_NAME:
        return quire_pdf_name(form->arena, object);
    case QUIRE_OBJECT_STREAM:
        return stream_text(form, object);
    default:
        quire_object_string(object, &size);
        *form->spent += size;
        return quire_pdf_text(form->arena, object);
    }
}

/* ---- lists of strings, one a line ---- */

typedef QUIRE_ARRAY(char) line_list;

static void add_line(line_list *list, const char *text)
{
    if (list->count > 0 && quire_array_reserve(list))
        list->items[list->count++] = '\n';
    for (; text && *text && quire_array_reserve(list); text++)
        list->items[list->count++] = *text == '\n' ? ' ' : *text;
}

static const char *settle(quire_form_reader *form, line_list *list)
{
    const char *text =
        list->count > 0 ? quire_arena_text(form->arena, list->items, list->count) : NULL;
    *form->spent += list->count;
    quire_array_clear(list);
    return text;
}

/* ---- choices ---- */

/* An option is its text, or a pair: what it is exported as, and its text. */
static const quire_object *option_part(const quire_object *option, bool exported)
{
    if (quire_object_kind(option) != QUIRE_OBJECT_ARRAY)
        return option;
    return quire_object_at(option, !exported && quire_object_count(option) > 1);
}

static int option_count(const quire_object *options)
{
    int count = quire_object_count(options);
    return count < QUIRE_FORM_OPTIONS ? count : QUIRE_FORM_OPTIONS;
}

/* What the field shows for a value: the text of the option that is exported so. */
static const char *shown_value(quire_form_reader *form, const quire_object *options,
                               const char *value)
{
    int count = value ? option_count(options) : 0;
    for (int i = 0; i < count; i++) {
        const quire_object *option = quire_object_at(options, i);
        if (quire_object_kind(option) != QUIRE_OBJECT_ARRAY)
            continue;
        const char *exported = quire_form_text(form, option_part(option, true));
        if (exported && strcmp(exported, value) == 0) {
            const char *text = quire_form_text(form, option_part(option, false));
            return text ? text : value;
        }
    }
    return value;
}

/* The value as it is exported and as it is shown; of several one a line. */
static void read_chosen(quire_form_reader *form, const quire_object *options,
                        const quire_object *value, const char **exported, const char **shown)
{
    line_list out = {.ceiling = MAX_VALUE}, in = {.ceiling = MAX_VALUE};
    bool several = quire_object_kind(value) == QUIRE_OBJECT_ARRAY;
    int count = several ? option_count(value) : value != NULL;
    for (int i = 0; i < count; i++) {
        const char *one = quire_form_text(form, several ? quire_object_at(value, i) : value);
        if (!one)
            continue;
        add_line(&out, one);
        add_line(&in, shown_value(form, options, one));
    }
    *exported = settle(form, &out);
    *shown = settle(form, &in);
}

/* Where there is no /V, viewers go by the places of what was chosen (table 231). */
static void read_indices(quire_form_reader *form, const quire_object *options, quire_widget *out)
{
    const quire_object *indices = quire_lineage_find(&form->line, "I");
    line_list exported = {.ceiling = MAX_VALUE}, shown = {.ceiling = MAX_VALUE};
    int count = option_count(indices);
    for (int i = 0; i < count; i++) {
        int at = quire_object_integer(quire_object_at(indices, i), -1);
        const quire_object *option = at >= 0 ? quire_object_at(options, at) : NULL;
        if (!option)
            continue;
        add_line(&exported, quire_form_text(form, option_part(option, true)));
        add_line(&shown, quire_form_text(form, option_part(option, false)));
    }
    out->exported = settle(form, &exported);
    out->value = settle(form, &shown);
}

static void read_options(quire_form_reader *form, const quire_object *options, quire_widget *out)
{
    int count = option_count(options);
    bool differ = false;
    line_list exported = {.ceiling = MAX_VALUE}, shown = {.ceiling = MAX_VALUE};
    for (int i = 0; i < count; i++) {
        const quire_object *option = quire_object_at(options, i);
        const char *text = quire_form_text(form, option_part(option, false));
        const char *sent = quire_form_text(form, option_part(option, true));
        text = text ? text : "";
        sent = sent ? sent : "";
        differ = differ || strcmp(text, sent) != 0;
        add_line(&shown, text);
        add_line(&exported, sent);
    }
    out->options = settle(form, &shown);
    const char *sent = settle(form, &exported);
    out->exported_options = differ ? sent : NULL;
}

static void read_choice(quire_form_reader *form, quire_widget *out)
{
    const quire_object *options = quire_lineage_find(&form->line, "Opt"), *value, *initial;
    const char *unused;
    value = quire_lineage_find(&form->line, "V");
    initial = quire_lineage_find(&form->line, "DV");
    if (value)
        read_chosen(form, options, value, &out->exported, &out->value);
    else
        read_indices(form, options, out);
    read_chosen(form, options, initial, &unused, &out->default_value);
    read_options(form, options, out);
}

/* ---- buttons ---- */

/* The name of the state that is not off: of the appearances, else NULL. */
static const char *on_state(const quire_object *widget)
{
    static const char *const kinds[] = {"N", "D"};
    for (int k = 0; k < 2; k++) {
        const quire_object *states = quire_object_find(quire_object_find(widget, "AP"), kinds[k]);
        if (quire_object_kind(states) != QUIRE_OBJECT_DICTIONARY)
            continue;
        for (int i = 0; i < quire_object_count(states); i++)
            if (strcmp(quire_object_key_at(states, i), "Off") != 0)
                return quire_object_key_at(states, i);
    }
    return NULL;
}

static const char *state_text(quire_form_reader *form, const char *state)
{
    quire_text text = {state, strlen(state)};
    if (!g_utf8_validate(state, (gssize)text.size, NULL))
        text = quire_text_from_pdf(form->arena, (const uint8_t *)state, text.size);
    return quire_arena_text(form->arena, text.data, text.size);
}

/* The place among the kids of a field of the one whose state is `on`. */
static int place_in_field(quire_form_reader *form, const char *on)
{
    const quire_lineage *line = &form->line;
    const quire_object *kids = line->count > 1 ? quire_object_find(line->levels[1], "Kids") : NULL;
    int count = option_count(kids);
    for (int i = 0; i < count && *form->spent < QUIRE_FORM_BYTES; i++) {
        const char *state = on_state(quire_object_at(kids, i));
        *form->spent += QUIRE_FORM_STRING;
        if (state && strcmp(state, on) == 0)
            return i;
    }
    return 0; /* a field with one widget has no kids */
}

/* What a button stands for: its state's name, or its option, which /Opt has in the place that the
 * state names, else in that of the widget (12.7.4.2.3). */
static const char *button_option(quire_form_reader *form, const char *state)
{
    const quire_object *options = quire_lineage_find(&form->line, "Opt");
    if (!state)
        return NULL;
    if (options) {
        char *end = NULL;
        long index = strtol(state, &end, 10);
        if (!*state || *end || index < 0)
            index = place_in_field(form, state);
        const quire_object *option = index >= 0 && index < option_count(options)
                                         ? quire_object_at(options, (int)index)
                                         : NULL;
        const char *text = quire_form_text(form, option_part(option, false));
        if (text)
            return text;
    }
    return state_text(form, state);
}

static const char *default_state(quire_form_reader *form, const char *on, const char *shown)
{
    const char *initial = quire_object_name(quire_lineage_find(&form->line, "DV"));
    if (!*initial || strcmp(initial, "Off") == 0)
        return NULL;
    return on && strcmp(initial, on) == 0 ? shown : button_option(form, initial);
}

static void read_button(quire_form_reader *form, quire_widget *out)
{
    const quire_object *widget = form->line.levels[0];
    const quire_object *shown = quire_object_find(widget, "AS");
    const quire_object *value = quire_lineage_find(&form->line, "V");
    const char *on = on_state(widget);
    const char *current = quire_object_name(shown ? shown : value);
    bool off = !*current || strcmp(current, "Off") == 0;
    bool selected = !off && (!on || strcmp(current, on) == 0);
    if (!on && !off)
        on = current;
    out->options = button_option(form, on);
    out->exported_options = on ? state_text(form, on) : NULL;
    out->default_value = default_state(form, on, out->options);
    if (selected) {
        out->flags |= QUIRE_WIDGET_SELECTED;
        out->value = out->options;
        out->exported = out->exported_options;
    }
    const char *stated = quire_object_name(value);
    if (shown && on && *stated && (strcmp(stated, on) == 0) != selected)
        out->flags |= QUIRE_WIDGET_DISAGREES;
}

/* ---- signatures ---- */

/* Who signed, when, where and why, as the signature says; nothing of it is verified (12.8.1). */
static void read_signature(quire_form_reader *form, quire_widget *out)
{
    const quire_object *signature = quire_lineage_find(&form->line, "V");
    if (quire_object_kind(signature) != QUIRE_OBJECT_DICTIONARY)
        return;
    out->flags |= QUIRE_WIDGET_SELECTED;
    out->value = quire_form_text(form, quire_object_find(signature, "Name"));
    out->signed_in = quire_form_text(form, quire_object_find(signature, "Location"));
    out->signed_for = quire_form_text(form, quire_object_find(signature, "Reason"));
    const char *when = quire_pdf_line(form->arena, quire_object_find(signature, "M"));
    out->signed_at = when ? quire_pdf_date(form->arena, when) : NULL;
}

/* ---- any field ---- */

void quire_form_read_value(quire_form_reader *form, quire_widget *out)
{
    switch (out->type) {
    case QUIRE_WIDGET_TEXT:
        out->value = quire_form_text(form, quire_lineage_find(&form->line, "V"));
        out->exported = out->value;
        out->default_value = quire_form_text(form, quire_lineage_find(&form->line, "DV"));
        break;
    case QUIRE_WIDGET_CHOICE:
        read_choice(form, out);
        break;
    case QUIRE_WIDGET_SIGNATURE:
        read_signature(form, out);
        break;
    case QUIRE_WIDGET_BUTTON:
        break;
    default:
        read_button(form, out);
    }
}
