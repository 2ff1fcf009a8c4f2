/*
 * The XML of a form (PDF 32000-1, 12.7.8): one stream, or an array of names and streams of which
 * two count. It comes from strangers: it is read without network, types and entities, up to a size,
 * and what is damaged is read up to the damage.
 *
 *     /XFA [(preamble) s (config) s (template) s (datasets) s (postamble) s]
 *
 * A form of which the page says only that one should wait has no fields of the page's own: then the
 * XML is all there is, and its fields are told.
 */
#include "parsers/pdf/xfa.h"

#include <libxml/parser.h>
#include <string.h>

typedef struct quire_xfa {
    quire_xfa_list fields;
    GHashTable *by_name; /* -> index in fields + 1 */
} quire_xfa;

enum { PACKETS = 2, MOST_PARTS = 64 };

/* What is read: whole files, or packets of one. */
typedef struct packets {
    quire_pdf *pdf;
    xmlDoc *documents[PACKETS];
    int document_count;
    const xmlNode *template, *datasets;
} packets;

static void refuse(quire_pdf *pdf, const char *why)
{
    quire_pdf_issue(pdf, "xfa_unread", QUIRE_SEVERE, 0, "the form's XML (XFA) is not read: %s",
                    why);
}

static bool declares_type(const quire_stream_bytes *xml)
{
    static const char *const marks[] = {"<!DOCTYPE", "<!ENTITY"};
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        if (memmem(xml->data, xml->size, marks[i], strlen(marks[i])))
            return true;
    return false;
}

static const xmlNode *find_packet(const xmlNode *root, const char *name)
{
    return quire_xfa_is(root, name) ? root : quire_xfa_child(root, name);
}

/* Takes the packets of one piece of XML, unless they are there already. */
static void take(packets *p, const quire_stream_bytes *xml)
{
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER |
                  XML_PARSE_COMPACT;
    if (p->document_count == PACKETS || xml->size == 0)
        return;
    if (declares_type(xml)) {
        refuse(p->pdf, "it declares a document type or entities");
        return;
    }
    xmlParserCtxt *context = xmlNewParserCtxt();
    xmlDoc *document = context ? xmlCtxtReadMemory(context, (const char *)xml->data, (int)xml->size,
                                                   "xfa.xml", NULL, options)
                               : NULL;
    bool whole = context && context->wellFormed;
    xmlFreeParserCtxt(context);
    const xmlNode *root = document ? xmlDocGetRootElement(document) : NULL;
    if (!root || document->intSubset) {
        refuse(p->pdf, root ? "it declares a document type" : "it is no XML");
        xmlFreeDoc(document);
        return;
    }
    if (!whole)
        quire_pdf_issue(p->pdf, "xfa_damaged", QUIRE_WARNING, 0,
                        "the form's XML (XFA) is damaged: read up to there");
    p->documents[p->document_count++] = document;
    p->template = p->template ? p->template : find_packet(root, "template");
    p->datasets = p->datasets ? p->datasets : find_packet(root, "datasets");
}

static bool read_piece(packets *p, const quire_object *stream, quire_stream_bytes *xml)
{
    bool read = quire_object_read_stream(stream, QUIRE_XFA_BYTES - xml->size, xml);
    if (xml->cut || xml->size >= QUIRE_XFA_BYTES) {
        refuse(p->pdf, "it is too large");
        return false;
    }
    return read || xml->size > 0;
}

static void take_stream(packets *p, const quire_object *stream)
{
    quire_stream_bytes xml = {0};
    if (read_piece(p, stream, &xml))
        take(p, &xml);
    quire_stream_bytes_clear(&xml);
}

static bool is_called(const quire_object *name, const char *wanted)
{
    size_t size;
    const char *bytes = quire_object_string(name, &size);
    return size == strlen(wanted) && memcmp(bytes, wanted, size) == 0;
}

static void read_packets(packets *p, const quire_object *xfa)
{
    if (quire_object_kind(xfa) != QUIRE_OBJECT_ARRAY) {
        take_stream(p, xfa);
        return;
    }
    int count = quire_object_count(xfa);
    for (int i = 0; i + 1 < count && i < MOST_PARTS; i += 2) {
        const quire_object *name = quire_object_at(xfa, i);
        if (is_called(name, "template") || is_called(name, "datasets"))
            take_stream(p, quire_object_at(xfa, i + 1));
    }
}

/* ---- fields ---- */

static void index_fields(quire_xfa *xfa)
{
    xfa->by_name = g_hash_table_new(g_str_hash, g_str_equal);
    for (size_t i = 0; i < xfa->fields.count; i++)
        g_hash_table_insert(xfa->by_name, (gpointer)xfa->fields.items[i].name,
                            GSIZE_TO_POINTER(i + 1));
}

static quire_xfa *read_xfa(quire_pdf *pdf)
{
    quire_xfa *xfa = g_new0(quire_xfa, 1);
    packets p = {.pdf = pdf};
    const quire_object *form = quire_object_find(quire_objects_catalog(pdf->objects), "AcroForm");
    const quire_object *parts = quire_object_find(form, "XFA");
    if (parts)
        read_packets(&p, parts);
    quire_xfa_data *data = quire_xfa_data_new(p.datasets);
    quire_xfa_reader reader = {.arena = pdf->arena, .data = data, .fields = &xfa->fields};
    quire_xfa_read_template(&reader, p.template);
    if (reader.spent >= QUIRE_XFA_TEXT || xfa->fields.count >= QUIRE_XFA_FIELDS)
        quire_pdf_issue(pdf, "limit", QUIRE_SEVERE, 0,
                        "the form's XML (XFA) has too many fields; %zu are read",
                        xfa->fields.count);
    quire_xfa_data_free(data);
    for (int i = 0; i < p.document_count; i++)
        xmlFreeDoc(p.documents[i]);
    index_fields(xfa);
    return xfa;
}

static quire_xfa *xfa_of(quire_pdf *pdf)
{
    if (!pdf->document->xfa) {
        size_t mark = quire_objects_mark(pdf->objects);
        pdf->document->xfa = read_xfa(pdf);
        quire_objects_release(pdf->objects, mark);
    }
    return pdf->document->xfa;
}

const quire_widget *quire_xfa_fields(quire_pdf *pdf, size_t *count)
{
    quire_xfa *xfa = xfa_of(pdf);
    *count = xfa->fields.count;
    return xfa->fields.items;
}

const quire_widget *quire_xfa_find(quire_pdf *pdf, const char *name)
{
    if (!name || !pdf->document->facts.has_xfa)
        return NULL;
    quire_xfa *xfa = xfa_of(pdf);
    gpointer found = g_hash_table_lookup(xfa->by_name, name);
    return found ? &xfa->fields.items[GPOINTER_TO_SIZE(found) - 1] : NULL;
}

void quire_xfa_free(quire_xfa *xfa)
{
    if (!xfa)
        return;
    quire_array_clear(&xfa->fields);
    g_clear_pointer(&xfa->by_name, g_hash_table_destroy);
    g_free(xfa);
}
