/*
 * XMP metadata (ISO 16684-1): the few properties of Dublin Core, XMP basic, PDF and PDF/A that a
 * reader of the document asks for. The packet is XML from a stranger: no network, no entities, no
 * document type.
 *
 *     rdf:RDF / rdf:Description  pdf:Producer="..."        a property as an attribute
 *                                dc:title / rdf:Alt / rdf:li xml:lang="x-default"
 *                                dc:creator / rdf:Seq / rdf:li, rdf:li ...
 */
#include <libxml/parser.h>
#include <libxml/tree.h>
#include <string.h>

#include <glib.h>

#include "parsers/pdf/document.h"

#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define DC "http://purl.org/dc/elements/1.1/"
#define XMP "http://ns.adobe.com/xap/1.0/"
#define PDF "http://ns.adobe.com/pdf/1.3/"
#define PDFA "http://www.aiim.org/pdfa/ns/id/"
#define PDFUA "http://www.aiim.org/pdfua/ns/id/"
#define PRISM "http://prismstandard.org/namespaces/basic/2.0/"

enum { MAX_VALUE_BYTES = 64 * 1024, MAX_LIST_ITEMS = 1000 };

static const struct property {
    const char *space, *name, *key;
} properties[] = {
    {DC, "title", "title"},           {DC, "creator", "author"},
    {DC, "description", "subject"},   {DC, "subject", "keywords"},
    {PDF, "Keywords", "keywords"},    {XMP, "CreatorTool", "creator"},
    {PDF, "Producer", "producer"},    {XMP, "CreateDate", "created"},
    {XMP, "ModifyDate", "modified"},  {DC, "language", "language"},
    {DC, "publisher", "publisher"},   {DC, "rights", "rights"},
    {DC, "identifier", "identifier"}, {PRISM, "doi", "doi"},
    {PDFA, "part", "pdfa_part"},      {PDFA, "conformance", "pdfa_conformance"},
    {PDFUA, "part", "pdfua_part"},
};

static bool is_in(const xmlNs *space, const char *uri)
{
    return space && space->href && strcmp((const char *)space->href, uri) == 0;
}

static bool is_element(const xmlNode *node, const char *space, const char *name)
{
    return node->type == XML_ELEMENT_NODE && is_in(node->ns, space) &&
           strcmp((const char *)node->name, name) == 0;
}

/* The text directly within `node`. */
static void append_text(GString *out, const xmlNode *node)
{
    for (const xmlNode *child = node->children; child; child = child->next)
        if ((child->type == XML_TEXT_NODE || child->type == XML_CDATA_SECTION_NODE) &&
            child->content && out->len < MAX_VALUE_BYTES)
            g_string_append(out, (const char *)child->content);
}

/* The rdf:Alt, rdf:Seq or rdf:Bag within a property; NULL where it is plain text. */
static const xmlNode *list_of(const xmlNode *property)
{
    static const char *const names[] = {"Alt", "Seq", "Bag"};
    for (const xmlNode *child = property->children; child; child = child->next)
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (is_element(child, RDF, names[i]))
                return child;
    return NULL;
}

/* One of an rdf:Alt: the default language, else the first. */
static const xmlNode *default_of(const xmlNode *alternatives)
{
    const xmlNode *first = NULL;
    for (const xmlNode *item = alternatives->children; item; item = item->next) {
        if (!is_element(item, RDF, "li"))
            continue;
        xmlChar *language = xmlNodeGetLang((xmlNode *)item);
        bool is_default = language && strcmp((const char *)language, "x-default") == 0;
        xmlFree(language);
        if (is_default)
            return item;
        first = first ? first : item;
    }
    return first;
}

static void append_items(GString *out, const xmlNode *list)
{
    int count = 0;
    for (const xmlNode *item = list->children; item && count < MAX_LIST_ITEMS; item = item->next) {
        if (!is_element(item, RDF, "li"))
            continue;
        g_autoptr(GString) text = g_string_new(NULL);
        append_text(text, item);
        g_strstrip(text->str);
        if (*text->str && out->len < MAX_VALUE_BYTES)
            g_string_append_printf(out, "%s%s", count++ ? "; " : "", text->str);
    }
}

/* The value of a property element as one line of text. */
static void append_value(GString *out, const xmlNode *property)
{
    const xmlNode *list = list_of(property);
    if (!list) {
        append_text(out, property);
    } else if (strcmp((const char *)list->name, "Alt") == 0) {
        const xmlNode *item = default_of(list);
        if (item)
            append_text(out, item);
    } else {
        append_items(out, list);
    }
}

static void add(quire_arena *arena, quire_metadata_list *list, const xmlNs *space,
                const xmlChar *name, GString *value)
{
    for (char *c = value->str; *c; c++)
        *c = (unsigned char)*c < 0x20 ? ' ' : *c;
    g_strstrip(value->str);
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        const struct property *p = &properties[i];
        if (!is_in(space, p->space) || strcmp((const char *)name, p->name) != 0)
            continue;
        if (*value->str)
            quire_metadata_add(list, p->key,
                               quire_arena_text(arena, value->str, strlen(value->str)), "xmp");
        return;
    }
}

/* An rdf:Description: properties are its attributes and its children. */
static void read_description(quire_arena *arena, const xmlNode *description,
                             quire_metadata_list *list)
{
    for (const xmlAttr *attribute = description->properties; attribute;
         attribute = attribute->next) {
        g_autoptr(GString) value = g_string_new(NULL);
        append_text(value, (const xmlNode *)attribute);
        add(arena, list, attribute->ns, attribute->name, value);
    }
    for (const xmlNode *property = description->children; property; property = property->next) {
        if (property->type != XML_ELEMENT_NODE)
            continue;
        g_autoptr(GString) value = g_string_new(NULL);
        append_value(value, property);
        add(arena, list, property->ns, property->name, value);
    }
}

/* rdf:RDF is the root, or stands in x:xmpmeta. */
static const xmlNode *find_rdf(const xmlNode *root)
{
    if (!root || is_element(root, RDF, "RDF"))
        return root;
    for (const xmlNode *child = root->children; child; child = child->next)
        if (is_element(child, RDF, "RDF"))
            return child;
    return NULL;
}

static quire_bytes trimmed(quire_bytes packet)
{
    while (packet.size && g_ascii_isspace(*packet.data)) {
        packet.data++;
        packet.size--;
    }
    return packet;
}

void quire_xmp_read(quire_arena *arena, quire_bytes packet, quire_metadata_list *list)
{
    packet = trimmed(packet);
    if (packet.size == 0 || packet.size > INT32_MAX)
        return;
    int options = XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_RECOVER;
    xmlDoc *document =
        xmlReadMemory((const char *)packet.data, (int)packet.size, "xmp.xml", NULL, options);
    if (!document)
        return;
    const xmlNode *rdf = document->intSubset ? NULL : find_rdf(xmlDocGetRootElement(document));
    for (const xmlNode *node = rdf ? rdf->children : NULL; node; node = node->next)
        if (is_element(node, RDF, "Description"))
            read_description(arena, node, list);
    xmlFreeDoc(document);
}
