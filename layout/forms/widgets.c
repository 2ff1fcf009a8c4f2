/*
 * The fields of the file's own form, one for each that it has: the buttons of one group are one
 * field, and so are the places of one that is shown several times. Fields that no page shows (of a
 * form whose XML is all there is of it) stand on the first page, in no place.
 */
#include "layout/forms/forms.h"

#include <string.h>

enum {
    MOST_LOOKS = 10 * 1000 * 1000, /* widgets times segments; beyond it labels are not searched */
    NAME_SLOTS = 1 << 19, /* 4 MB, of which only what is used is there */
    MOST_NAMES = NAME_SLOTS / 4 * 3, /* of a document that are remembered */
    NONE = -1,
};

/* ---- options ---- */

static size_t count_lines(const char *text)
{
    size_t lines = text && *text;
    for (; text && *text; text++)
        lines += *text == '\n';
    return lines;
}

static const char **split_lines(quire_arena *arena, const char *text, size_t count)
{
    const char **lines = quire_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        size_t size = strcspn(text, "\n");
        lines[i] = quire_arena_text(arena, text, size);
        text += size + (text[size] == '\n');
    }
    return lines;
}

static bool differ(const char *a, const char *b)
{
    return a && (!b || strcmp(a, b) != 0);
}

/* As many lines as there are options, else they do not belong together. */
static void set_options(layout_page *lp, const quire_widget *w, quire_field *field)
{
    field->option_count = count_lines(w->options);
    field->options = split_lines(lp->scratch, w->options, field->option_count);
    if (differ(w->exported_options, w->options) &&
        count_lines(w->exported_options) == field->option_count)
        field->export_options = split_lines(lp->scratch, w->exported_options, field->option_count);
}

/* ---- fields ---- */

static quire_field_type field_type(uint8_t widget_type)
{
    static const quire_field_type types[] = {
        [QUIRE_WIDGET_TEXT] = QUIRE_FIELD_TEXT,
        [QUIRE_WIDGET_CHECKBOX] = QUIRE_FIELD_CHECKBOX,
        [QUIRE_WIDGET_RADIO] = QUIRE_FIELD_RADIO,
        [QUIRE_WIDGET_CHOICE] = QUIRE_FIELD_CHOICE,
        [QUIRE_WIDGET_SIGNATURE] = QUIRE_FIELD_SIGNATURE,
        [QUIRE_WIDGET_BUTTON] = QUIRE_FIELD_BUTTON,
    };
    return types[widget_type];
}

static quire_field field_of(layout_page *lp, const quire_widget *w, day_order order)
{
    quire_text value = quire_text_of(w->value);
    form_value read = form_value_read(lp->scratch, value, order);
    uint32_t flags = w->flags;
    return (quire_field){.type = field_type(w->type),
                         .source = flags & QUIRE_WIDGET_XFA ? QUIRE_FIELD_OF_XFA
                                                            : QUIRE_FIELD_OF_ACROFORM,
                         .name = w->name,
                         .label = w->tooltip,
                         .value = w->value,
                         .value_type = read.type,
                         .normalised = read.normalised,
                         .default_value = w->default_value,
                         .export_value = differ(w->exported, w->value) ? w->exported : NULL,
                         .signed_at = w->signed_at,
                         .signed_in = w->signed_in,
                         .signed_for = w->signed_for,
                         .required = flags & QUIRE_WIDGET_REQUIRED,
                         .read_only = flags & QUIRE_WIDGET_READ_ONLY,
                         .hidden = flags & QUIRE_WIDGET_HIDDEN,
                         .multiline = flags & QUIRE_WIDGET_MULTILINE,
                         .comb = flags & QUIRE_WIDGET_COMB,
                         .password = flags & QUIRE_WIDGET_PASSWORD,
                         .combo = flags & QUIRE_WIDGET_COMBO,
                         .editable = flags & QUIRE_WIDGET_EDITABLE,
                         .multi_select = flags & QUIRE_WIDGET_MULTI_SELECT,
                         .max_length = w->max_length,
                         .page = lp->page->number,
                         .box = w->box,
                         .label_box = quire_box_empty(),
                         .confidence = 1};
}

static void set_state(const quire_widget *w, quire_field *field)
{
    bool selected = w->flags & QUIRE_WIDGET_SELECTED;
    if (w->type != QUIRE_WIDGET_CHECKBOX && w->type != QUIRE_WIDGET_SIGNATURE)
        return;
    field->state = selected ? QUIRE_STATE_SELECTED : QUIRE_STATE_UNSELECTED;
    if (w->type == QUIRE_WIDGET_CHECKBOX) { /* its value is that it is selected */
        field->value = NULL;
        field->export_value = w->exported;
    }
}

static quire_field field_of_one(layout_page *lp, const quire_widget *w, day_order order)
{
    quire_field field = field_of(lp, w, order);
    set_state(w, &field);
    set_options(lp, w, &field);
    return field;
}

/* ---- groups ---- */

/* The widgets of a page; those of one group of buttons are chained. */
typedef struct chains {
    int32_t *next; /* NONE: the last of its group */
    bool *follows; /* it is not the first of its group */
} chains;

static chains chain_groups(const layout_page *lp)
{
    const quire_page *page = lp->page;
    g_autoptr(GHashTable) last = g_hash_table_new(g_str_hash, g_str_equal);
    chains c = {quire_arena_array(lp->scratch, int32_t, page->widget_count),
                quire_arena_array(lp->scratch, bool, page->widget_count)};
    for (size_t i = 0; i < page->widget_count; i++) {
        const quire_widget *w = &page->widgets[i];
        c.next[i] = NONE;
        if (w->type != QUIRE_WIDGET_RADIO || !w->name)
            continue;
        gpointer before = g_hash_table_lookup(last, w->name);
        if (before) {
            c.next[GPOINTER_TO_SIZE(before) - 1] = (int32_t)i;
            c.follows[i] = true;
        }
        g_hash_table_insert(last, (gpointer)w->name, GSIZE_TO_POINTER(i + 1));
    }
    return c;
}

/* Buttons in unison that share a state are one option. */
static bool is_listed(const char *const *options, size_t count, const quire_widget *w)
{
    for (size_t i = 0; w->flags & QUIRE_WIDGET_UNISON && i < count; i++)
        if (strcmp(options[i], w->options) == 0)
            return true;
    return false;
}

static quire_field field_of_group(layout_page *lp, const int32_t *next, size_t first,
                                  day_order order)
{
    const quire_widget *widgets = lp->page->widgets, *chosen = &widgets[first];
    size_t room = 0, count = 0;
    bool renamed = false;
    for (int32_t i = (int32_t)first; i != NONE; i = next[i])
        room++;
    const char **options = quire_arena_array(lp->scratch, const char *, room);
    const char **exported = quire_arena_array(lp->scratch, const char *, room);
    for (int32_t i = (int32_t)first; i != NONE; i = next[i]) {
        const quire_widget *w = &widgets[i];
        if (w->flags & QUIRE_WIDGET_SELECTED && !(chosen->flags & QUIRE_WIDGET_SELECTED))
            chosen = w;
        if (!w->options || is_listed(options, count, w))
            continue;
        renamed = renamed || differ(w->exported_options, w->options);
        exported[count] = w->exported_options ? w->exported_options : w->options;
        options[count++] = w->options;
    }
    quire_field field = field_of(lp, chosen, order);
    field.options = options;
    field.export_options = renamed ? exported : NULL;
    field.option_count = count;
    return field;
}

/* ---- the page ---- */

/* A field with several places is told in the first of them. */
static bool was_named(layout_told *told, const quire_widget *w)
{
    bool alone = w->type == QUIRE_WIDGET_CHECKBOX || w->type == QUIRE_WIDGET_RADIO;
    if (alone || !w->name)
        return false;
    if (!told->names)
        told->names = g_new0(uint64_t, NAME_SLOTS);
    uint64_t hash = UINT64_C(0xcbf29ce484222325); /* FNV-1a */
    for (const char *c = w->name; *c; c++)
        hash = (hash ^ (unsigned char)*c) * UINT64_C(0x100000001b3);
    hash |= 1; /* 0: the slot is free */
    size_t at = (size_t)(hash >> 20) % NAME_SLOTS;
    while (told->names[at] && told->names[at] != hash)
        at = (at + 1) % NAME_SLOTS;
    if (told->names[at])
        return true;
    if (told->name_count < MOST_NAMES) {
        told->names[at] = hash;
        told->name_count++;
    }
    return false;
}

static void add_unplaced(layout_window *window, layout_page *lp, day_order order)
{
    const quire_facts *facts = window->facts;
    if (window->told->unplaced || !facts)
        return;
    window->told->unplaced = true;
    for (size_t i = 0; i < facts->widget_count; i++) {
        quire_field field = field_of_one(lp, &facts->widgets[i], order);
        field.box = quire_box_empty();
        quire_document_add_field(window->document, &field);
    }
}

void form_add_widgets(layout_window *window, layout_page *lp, segments s, day_order order)
{
    const quire_page *page = lp->page;
    add_unplaced(window, lp, order);
    if (page->widget_count == 0)
        return;
    if (s.count > MOST_LOOKS / page->widget_count)
        s.count = 0;
    form_claim_values(lp, s);
    chains groups = chain_groups(lp);
    for (size_t i = 0; i < page->widget_count; i++) {
        const quire_widget *w = &page->widgets[i];
        bool radio = w->type == QUIRE_WIDGET_RADIO;
        form_check_value(window, lp, w);
        if (groups.follows[i] || was_named(window->told, w))
            continue;
        quire_field field =
            radio ? field_of_group(lp, groups.next, i, order) : field_of_one(lp, w, order);
        form_find_label(lp, s, w->box, w->type == QUIRE_WIDGET_CHECKBOX, &field);
        quire_document_add_field(window->document, &field);
    }
}
