/*
 * Fields of interactive forms (PDF 32000-1, 12.7), widget by widget: what a field is called, what
 * it asks for, and what was filled in. A widget inherits from its field, and that from the fields
 * above it:
 *
 *     /T (person) /FT /Tx          the name is person.city, the type that of the top
 *        /T (city) /V (Bern)
 *           /Rect ...              a widget; often one with its field
 *
 * The way up is short and known to end: it is walked once for each widget, so that neither the
 * size of the tree nor a loop in it costs anything.
 */
#include <stdlib.h>
#include <string.h>

#include "parsers/pdf/document.h"

enum {
    MAX_LEVELS = 32, /* fields above each other */
    MAX_OPTIONS = 2000,
    MAX_VALUE = 1 << 20, /* bytes of a value */
    /* tables 221, 226, 228, 230 */
    FLAG_READ_ONLY = 1 << 0,
    FLAG_REQUIRED = 1 << 1,
    FLAG_MULTILINE = 1 << 12,
    FLAG_PASSWORD = 1 << 13,
    FLAG_RADIO = 1 << 15,
    FLAG_PUSH_BUTTON = 1 << 16,
    FLAG_COMB = 1 << 24,
};

/* A widget, and the fields that it inherits from, the nearest first. */
typedef struct lineage {
    const quire_object *levels[MAX_LEVELS];
    int count;
} lineage;

static lineage lineage_of(const quire_object *widget)
{
    lineage line = {.count = 0};
    const quire_object *at = widget;
    while (at && line.count < MAX_LEVELS && quire_object_kind(at) == QUIRE_OBJECT_DICTIONARY) {
        line.levels[line.count++] = at;
        at = quire_object_find(at, "Parent");
    }
    return line;
}

static const quire_object *inherited(const lineage *line, const char *key)
{
    for (int i = 0; i < line->count; i++) {
        const quire_object *value = quire_object_find(line->levels[i], key);
        if (value)
            return value;
    }
    return NULL;
}

/* Partial names from the top, joined by periods (12.7.3.2); NULL: it has none. */
static const char *full_name(quire_arena *arena, const lineage *line)
{
    const char *name = NULL;
    for (int i = line->count; i-- > 0;) {
        const char *part = quire_pdf_line(arena, quire_object_find(line->levels[i], "T"));
        if (part)
            name = name ? quire_arena_printf(arena, "%s.%s", name, part) : part;
    }
    return name;
}

static int type_of(const lineage *line, int flags)
{
    const char *type = quire_object_name(inherited(line, "FT"));
    if (strcmp(type, "Tx") == 0)
        return QUIRE_WIDGET_TEXT;
    if (strcmp(type, "Ch") == 0)
        return QUIRE_WIDGET_CHOICE;
    if (strcmp(type, "Sig") == 0)
        return QUIRE_WIDGET_SIGNATURE;
    if (strcmp(type, "Btn") != 0)
        return -1;
    if (flags & FLAG_PUSH_BUTTON)
        return QUIRE_WIDGET_BUTTON;
    return flags & FLAG_RADIO ? QUIRE_WIDGET_RADIO : QUIRE_WIDGET_CHECKBOX;
}

static uint32_t flags_of(int flags)
{
    return (flags & FLAG_READ_ONLY ? QUIRE_WIDGET_READ_ONLY : 0) |
           (flags & FLAG_REQUIRED ? QUIRE_WIDGET_REQUIRED : 0) |
           (flags & FLAG_MULTILINE ? QUIRE_WIDGET_MULTILINE : 0) |
           (flags & FLAG_PASSWORD ? QUIRE_WIDGET_PASSWORD : 0) |
           (flags & FLAG_COMB ? QUIRE_WIDGET_COMB : 0);
}

/* ---- values ---- */

/* A text string, a text stream (7.9.3), or a name. */
static const char *text_of(quire_arena *arena, const quire_object *object)
{
    if (quire_object_kind(object) == QUIRE_OBJECT_NAME)
        return quire_pdf_name(arena, object);
    if (quire_object_kind(object) != QUIRE_OBJECT_STREAM)
        return quire_pdf_text(arena, object);
    quire_stream_bytes bytes = {0};
    const char *text = NULL;
    if (quire_object_read_stream(object, MAX_VALUE, &bytes) && bytes.size > 0)
        text = quire_text_from_pdf(arena, bytes.data, bytes.size).data;
    quire_stream_bytes_clear(&bytes);
    return text;
}

static const char *add_line(quire_arena *arena, const char *text, const char *more)
{
    if (!more || !text)
        return more ? more : text;
    return quire_arena_printf(arena, "%s\n%s", text, more);
}

/* An option is its text, or what it is exported as and its text. */
static const quire_object *option_text(const quire_object *option)
{
    bool pair = quire_object_kind(option) == QUIRE_OBJECT_ARRAY;
    return pair ? quire_object_at(option, quire_object_count(option) > 1) : option;
}

/* What the field shows for a value: the text of the option that is exported so. */
static const char *shown_value(quire_arena *arena, const lineage *line, const char *value)
{
    const quire_object *options = inherited(line, "Opt");
    int count = quire_object_count(options);
    for (int i = 0; value && i < count && i < MAX_OPTIONS; i++) {
        const quire_object *option = quire_object_at(options, i);
        if (quire_object_kind(option) != QUIRE_OBJECT_ARRAY)
            continue;
        const char *exported = quire_pdf_text(arena, quire_object_at(option, 0));
        const char *text = quire_pdf_text(arena, option_text(option));
        if (exported && text && strcmp(exported, value) == 0)
            return text;
    }
    return value;
}

/* Of several chosen options one a line. */
static const char *chosen_text(quire_arena *arena, const lineage *line, const quire_object *value)
{
    if (quire_object_kind(value) != QUIRE_OBJECT_ARRAY)
        return shown_value(arena, line, text_of(arena, value));
    const char *all = NULL;
    int count = quire_object_count(value);
    for (int i = 0; i < count && i < MAX_OPTIONS; i++) {
        const char *one = text_of(arena, quire_object_at(value, i));
        all = add_line(arena, all, shown_value(arena, line, one));
    }
    return all;
}

/* One a line. */
static const char *options_text(quire_arena *arena, const lineage *line)
{
    const quire_object *options = inherited(line, "Opt");
    int count = quire_object_count(options);
    QUIRE_ARRAY(char) all = {.ceiling = MAX_VALUE};
    for (int i = 0; i < count && i < MAX_OPTIONS && !all.full; i++) {
        const char *text = quire_pdf_line(arena, option_text(quire_object_at(options, i)));
        for (const char *c = text; c && *c && quire_array_reserve(&all); c++)
            *quire_array_push(&all) = *c;
        if (text && quire_array_reserve(&all))
            *quire_array_push(&all) = '\n';
    }
    const char *lines = all.count > 0 ? quire_arena_text(arena, all.items, all.count - 1) : NULL;
    quire_array_clear(&all);
    return lines;
}

/* ---- buttons ---- */

/* The name of the state that is not off: of the appearances, else of the value. */
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

/* What the button stands for: its state's name, which may be a place in /Opt (12.7.4.2.3). */
static const char *button_option(quire_arena *arena, const lineage *line, const char *state)
{
    const quire_object *options = inherited(line, "Opt");
    char *end = NULL;
    long index = state && *state ? strtol(state, &end, 10) : -1;
    if (options && end && *end == '\0' && index >= 0 && index < quire_object_count(options)) {
        const char *text = quire_pdf_line(arena, option_text(quire_object_at(options, (int)index)));
        if (text)
            return text;
    }
    if (!state)
        return NULL;
    return quire_text_from_pdf(arena, (const uint8_t *)state, strlen(state)).data;
}

static void read_button(quire_arena *arena, const lineage *line, quire_widget *out)
{
    const quire_object *widget = line->levels[0];
    const quire_object *shown = quire_object_find(widget, "AS");
    const quire_object *value = inherited(line, "V");
    const char *on = on_state(widget);
    const char *current = quire_object_name(shown ? shown : value);
    bool off = !*current || strcmp(current, "Off") == 0;
    bool selected = !off && (!on || strcmp(current, on) == 0);
    if (!on && !off)
        on = current;
    out->options = button_option(arena, line, on);
    if (selected) {
        out->flags |= QUIRE_WIDGET_SELECTED;
        out->value = out->options;
    }
    const char *stated = quire_object_name(value);
    if (shown && on && *stated && (strcmp(stated, on) == 0) != selected)
        out->flags |= QUIRE_WIDGET_DISAGREES;
}

/* ---- signatures ---- */

/* Who signed and when, as the signature says; nothing of it is verified (12.8.1). */
static void read_signature(quire_arena *arena, const lineage *line, quire_widget *out)
{
    const quire_object *signature = inherited(line, "V");
    if (quire_object_kind(signature) != QUIRE_OBJECT_DICTIONARY)
        return;
    out->flags |= QUIRE_WIDGET_SELECTED;
    out->value = quire_pdf_line(arena, quire_object_find(signature, "Name"));
    const char *when = quire_pdf_line(arena, quire_object_find(signature, "M"));
    out->signed_at = when ? quire_pdf_date(arena, when) : NULL;
}

/* ---- any field ---- */

static void read_value(quire_arena *arena, const lineage *line, quire_widget *out)
{
    const quire_object *value = inherited(line, "V"), *initial = inherited(line, "DV");
    switch (out->type) {
    case QUIRE_WIDGET_TEXT:
        out->value = text_of(arena, value);
        out->default_value = text_of(arena, initial);
        break;
    case QUIRE_WIDGET_CHOICE:
        out->value = chosen_text(arena, line, value);
        out->default_value = chosen_text(arena, line, initial);
        out->options = options_text(arena, line);
        break;
    case QUIRE_WIDGET_SIGNATURE:
        read_signature(arena, line, out);
        break;
    case QUIRE_WIDGET_BUTTON:
        break;
    default:
        read_button(arena, line, out);
    }
}

const quire_widget *quire_widget_read(quire_pdf_page *page, const quire_object *dictionary,
                                      quire_box box, bool hidden, size_t first_glyph)
{
    lineage line = lineage_of(dictionary);
    int flags = quire_object_integer(inherited(&line, "Ff"), 0);
    int type = type_of(&line, flags);
    quire_widget *out = type >= 0 ? quire_array_push(&page->builder->widgets) : NULL;
    if (!out)
        return NULL;
    quire_arena *arena = page->arena;
    *out = (quire_widget){.box = box,
                          .type = (uint8_t)type,
                          .flags = flags_of(flags) | (hidden ? QUIRE_WIDGET_HIDDEN : 0),
                          .name = full_name(arena, &line),
                          .tooltip = quire_pdf_line(arena, inherited(&line, "TU")),
                          .max_length = quire_object_integer(inherited(&line, "MaxLen"), 0),
                          .first_glyph = (uint32_t)first_glyph,
                          .glyph_end = (uint32_t)page->builder->glyphs.count};
    out->max_length = out->max_length > 0 ? out->max_length : 0;
    read_value(arena, &line, out);
    return out;
}
