/*
 * Fields of interactive forms (PDF 32000-1, 12.7), widget by widget: what a field is called, what
 * it asks for, and what was filled in (form_values.c). A widget inherits from its field, and that
 * from the fields above it:
 *
 *     /T (person) /FT /Tx          the name is person.city, the type that of the top
 *        /T (city) /V (Bern)
 *           /Rect ...              a widget; often one with its field
 *
 * The way up is short and known to end: it is walked once for each widget, so that neither the
 * size of the tree nor a loop in it costs anything.
 */
#include "parsers/pdf/forms.h"

#include <string.h>

#include "parsers/pdf/xfa.h"

/*
 * Fields that widgets of the page inherit from, by object number. Poppler parses an object each
 * time it is asked for; a field above ten thousand widgets lists them all.
 */
typedef struct quire_form_parents {
    GHashTable *by_number;
    bool grew; /* since quire_form_parents_grew() was asked */
} quire_form_parents;

static const quire_object *parent_of(quire_form_parents *parents, const quire_object *field)
{
    int number, generation;
    const quire_object *raw = quire_object_find_raw(field, "Parent");
    if (!quire_object_reference(raw, &number, &generation))
        return quire_object_target(raw);
    const quire_object *known = g_hash_table_lookup(parents->by_number, GINT_TO_POINTER(number));
    if (known)
        return known;
    const quire_object *parent = quire_object_target(raw);
    if (parent) {
        g_hash_table_insert(parents->by_number, GINT_TO_POINTER(number), (gpointer)parent);
        parents->grew = true;
    }
    return parent;
}

static quire_lineage lineage_of(quire_form_parents *parents, const quire_object *field)
{
    quire_lineage line = {.count = 0};
    const quire_object *at = field;
    while (at && line.count < QUIRE_FORM_LEVELS &&
           quire_object_kind(at) == QUIRE_OBJECT_DICTIONARY) {
        line.levels[line.count++] = at;
        at = parent_of(parents, at);
    }
    return line;
}

bool quire_form_parents_grew(quire_pdf_page *page)
{
    bool grew = page->form_parents && page->form_parents->grew;
    if (grew)
        page->form_parents->grew = false;
    return grew;
}

void quire_form_parents_free(quire_pdf_page *page)
{
    if (!page->form_parents)
        return;
    g_hash_table_destroy(page->form_parents->by_number);
    g_free(page->form_parents);
    page->form_parents = NULL;
}

const quire_object *quire_lineage_find(const quire_lineage *line, const char *key)
{
    for (int i = 0; i < line->count; i++) {
        const quire_object *value = quire_object_find(line->levels[i], key);
        if (value)
            return value;
    }
    return NULL;
}

const char *quire_form_name(quire_form_reader *form)
{
    const char *name = NULL;
    for (int i = form->line.count; i-- > 0;) {
        const quire_object *part = quire_object_find(form->line.levels[i], "T");
        const char *text = part ? quire_form_text(form, part) : NULL;
        if (text && name)
            *form->spent += strlen(name);
        if (text)
            name = name ? quire_arena_printf(form->arena, "%s.%s", name, text) : text;
    }
    return name;
}

static int type_of(const quire_lineage *line, int flags)
{
    const char *type = quire_object_name(quire_lineage_find(line, "FT"));
    if (strcmp(type, "Tx") == 0)
        return QUIRE_WIDGET_TEXT;
    if (strcmp(type, "Ch") == 0)
        return QUIRE_WIDGET_CHOICE;
    if (strcmp(type, "Sig") == 0)
        return QUIRE_WIDGET_SIGNATURE;
    if (strcmp(type, "Btn") != 0)
        return -1;
    if (flags & QUIRE_FF_PUSH_BUTTON)
        return QUIRE_WIDGET_BUTTON;
    return flags & QUIRE_FF_RADIO ? QUIRE_WIDGET_RADIO : QUIRE_WIDGET_CHECKBOX;
}

/* A bit of /Ff means one thing to one type of field, and another to the next. */
static uint32_t flags_of(int type, int flags)
{
    static const struct {
        int type, bit; /* type -1: every one */
        uint32_t flag;
    } known[] = {
        {-1, QUIRE_FF_READ_ONLY, QUIRE_WIDGET_READ_ONLY},
        {-1, QUIRE_FF_REQUIRED, QUIRE_WIDGET_REQUIRED},
        {QUIRE_WIDGET_TEXT, QUIRE_FF_MULTILINE, QUIRE_WIDGET_MULTILINE},
        {QUIRE_WIDGET_TEXT, QUIRE_FF_PASSWORD, QUIRE_WIDGET_PASSWORD},
        {QUIRE_WIDGET_TEXT, QUIRE_FF_COMB, QUIRE_WIDGET_COMB},
        {QUIRE_WIDGET_CHOICE, QUIRE_FF_COMBO, QUIRE_WIDGET_COMBO},
        {QUIRE_WIDGET_CHOICE, QUIRE_FF_EDIT, QUIRE_WIDGET_EDITABLE},
        {QUIRE_WIDGET_CHOICE, QUIRE_FF_MULTI_SELECT, QUIRE_WIDGET_MULTI_SELECT},
        {QUIRE_WIDGET_RADIO, QUIRE_FF_UNISON, QUIRE_WIDGET_UNISON},
    };
    uint32_t found = 0;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if ((known[i].type < 0 || known[i].type == type) && flags & known[i].bit)
            found |= known[i].flag;
    return found;
}

bool quire_form_read_field(quire_form_reader *form, quire_widget *out)
{
    const quire_lineage *line = &form->line;
    form->flags = quire_object_integer(quire_lineage_find(line, "Ff"), 0);
    int type = type_of(line, form->flags);
    if (type < 0)
        return false;
    int longest = quire_object_integer(quire_lineage_find(line, "MaxLen"), 0);
    out->type = (uint8_t)type;
    out->flags |= flags_of(type, form->flags);
    out->name = quire_form_name(form);
    out->tooltip = quire_form_text(form, quire_lineage_find(line, "TU"));
    out->max_length = type == QUIRE_WIDGET_TEXT && longest > 0 ? longest : 0;
    quire_form_read_value(form, out);
    return true;
}

/* What the form's XML knows of the same field, where the field itself is silent (12.7.8). */
static void complete(quire_widget *out, const quire_widget *xfa)
{
    bool text = out->type == QUIRE_WIDGET_TEXT || out->type == QUIRE_WIDGET_CHOICE;
    if (!xfa)
        return;
    out->tooltip = out->tooltip ? out->tooltip : xfa->tooltip;
    if (text && !out->value) {
        out->value = xfa->value;
        out->exported = xfa->exported;
    }
}

const quire_widget *quire_widget_read(quire_pdf *pdf, quire_pdf_page *page,
                                      const quire_object *dictionary, quire_widget place)
{
    if (!page->form_parents) {
        page->form_parents = g_new0(quire_form_parents, 1);
        page->form_parents->by_number = g_hash_table_new(NULL, NULL);
    }
    quire_form_reader form = {.arena = page->arena,
                              .spent = &page->form_bytes,
                              .line = lineage_of(page->form_parents, dictionary)};
    bool had_room = page->form_bytes < QUIRE_FORM_BYTES;
    if (!quire_form_read_field(&form, &place))
        return NULL;
    if (had_room && page->form_bytes >= QUIRE_FORM_BYTES)
        quire_pdf_issue(pdf, "limit", QUIRE_SEVERE, page->source.number,
                        "the form's names and values are too long; some are left out");
    complete(&place, quire_xfa_find(pdf, place.name));
    quire_widget *out = quire_array_push(&page->builder->widgets);
    if (out)
        *out = place;
    return out;
}
