/*
 * The facts of a PDF, put together; see document.h. What takes a tree to read has a file of its
 * own.
 */
#include "parsers/pdf/document.h"
#include "parsers/pdf/xfa.h"

#include <glib.h>
#include <string.h>

quire_document_state *quire_document_state_new(void)
{
    return g_new0(quire_document_state, 1);
}

void quire_document_state_free(quire_document_state *state)
{
    if (!state)
        return;
    quire_label_ranges_free(state->labels);
    quire_destinations_free(state->destinations);
    quire_xfa_free(state->xfa);
    g_free(state);
}

/* ---- strings ---- */

/* Control characters, which no reader sees, become spaces; line breaks as `breaks` says. */
static const char *cleaned(char *text, bool breaks)
{
    bool empty = true;
    for (char *c = text; *c; c++) {
        if (*c == '\r')
            *c = '\n';
        if ((unsigned char)*c < 0x20 && !(breaks && *c == '\n'))
            *c = ' ';
        empty = empty && (*c == ' ' || *c == '\n');
    }
    return empty ? NULL : g_strstrip(text);
}

static const char *text_of(quire_arena *arena, const quire_object *string, bool breaks)
{
    size_t size;
    const char *bytes = quire_object_string(string, &size);
    if (size == 0)
        return NULL;
    quire_text text = quire_text_from_pdf(arena, (const uint8_t *)bytes, size);
    return cleaned((char *)text.data, breaks);
}

const char *quire_pdf_line(quire_arena *arena, const quire_object *string)
{
    return text_of(arena, string, false);
}

const char *quire_pdf_text(quire_arena *arena, const quire_object *string)
{
    return text_of(arena, string, true);
}

const char *quire_pdf_name(quire_arena *arena, const quire_object *name)
{
    const char *bytes = quire_object_name(name);
    if (!*bytes)
        return NULL;
    if (g_utf8_validate(bytes, -1, NULL))
        return quire_arena_text(arena, bytes, strlen(bytes));
    quire_text text = quire_text_from_pdf(arena, (const uint8_t *)bytes, strlen(bytes));
    return text.data;
}

/* ---- facts ---- */

static void read_form(quire_facts *facts, const quire_object *catalog)
{
    const quire_object *form = quire_object_find(catalog, "AcroForm");
    facts->has_xfa = quire_object_find(form, "XFA") != NULL;
    facts->has_form = facts->has_xfa || quire_object_count(quire_object_find(form, "Fields")) > 0;
}

static void read_catalog(quire_pdf *pdf, quire_facts *facts)
{
    const quire_object *catalog = quire_objects_catalog(pdf->objects);
    const quire_object *structure = quire_object_find(catalog, "StructTreeRoot");
    facts->tagged = quire_object_find(structure, "K") != NULL;
    facts->language = quire_pdf_line(pdf->arena, quire_object_find(catalog, "Lang"));
    read_form(facts, catalog);
}

static void read_metadata(quire_pdf *pdf, quire_facts *facts)
{
    quire_metadata_list list = {0};
    quire_metadata_read(pdf, &list);
    for (size_t i = 0; i < list.count && !facts->language; i++)
        if (strcmp(list.items[i].key, "language") == 0)
            facts->language = list.items[i].value;
    facts->metadata_count = list.count;
    facts->metadata = quire_array_freeze(&list, pdf->arena);
    quire_array_clear(&list);
}

const quire_facts *quire_pdf_facts(quire_pdf *pdf)
{
    quire_facts *facts = &pdf->document->facts;
    if (pdf->document->facts_read)
        return facts;
    pdf->document->facts_read = true;
    pdf->page = 0;
    quire_objects_facts known = quire_objects_read_facts(pdf->objects);
    size_t mark = quire_objects_mark(pdf->objects);
    facts->media_type = "application/pdf";
    facts->format_version = quire_arena_printf(pdf->arena, "%d.%d", known.major, known.minor);
    facts->page_count = quire_page_tree_count(pdf->pages);
    facts->encrypted = known.encrypted;
    facts->recovered = pdf->recovered;
    read_catalog(pdf, facts);
    read_metadata(pdf, facts);
    quire_outline_read(pdf, facts);
    quire_attachments_read(pdf, facts);
    if (facts->has_form)
        quire_form_tree_read(pdf, facts);
    quire_objects_release(pdf->objects, mark);
    return facts;
}

const quire_facts *quire_pdf_structure(quire_pdf *pdf)
{
    quire_facts *facts = (quire_facts *)quire_pdf_facts(pdf);
    if (facts->tagged && !pdf->document->structure_read) {
        pdf->document->structure_read = true;
        size_t mark = quire_objects_mark(pdf->objects);
        quire_tags_read(pdf, facts);
        quire_objects_release(pdf->objects, mark);
    }
    return facts;
}
