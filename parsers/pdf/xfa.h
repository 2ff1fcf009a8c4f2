/*
 * XFA: forms whose fields stand in XML (XFA 3.3), beside the page's own or instead of them. Of its
 * packets the template says what is asked, the datasets what was filled in; scripts are not run.
 *
 * The files behind this header know XFA. They refuse to know pages: what they tell has no place.
 */
#ifndef QUIRE_PDF_XFA_H
#define QUIRE_PDF_XFA_H

#include <glib.h>
#include <libxml/tree.h>

#include "parsers/pdf/document.h"

enum {
    QUIRE_XFA_BYTES = 32 * 1024 * 1024, /* of XML */
    QUIRE_XFA_FIELDS = 100 * 1000,
    QUIRE_XFA_DEPTH = 64, /* containers within each other */
    QUIRE_XFA_TEXT = 64 * 1024 * 1024, /* bytes of all captions, values and names */
};

typedef QUIRE_ARRAY(quire_widget) quire_xfa_list;

/* Its fields in the order of the template; read on first call. Borrowed. */
const quire_widget *quire_xfa_fields(quire_pdf *pdf, size_t *count);
/* The field that the page's own is called by; NULL: none. */
const quire_widget *quire_xfa_find(quire_pdf *pdf, const char *name);
void quire_xfa_free(struct quire_xfa *xfa); /* NULL is fine */

/* ---- xfa_data.c: what was filled in ---- */

typedef struct quire_xfa_data quire_xfa_data;

/* One element of the data, which a field or container takes for itself. */
typedef struct quire_xfa_node {
    const xmlNode *node;
    struct quire_xfa_node *parent;
    struct quire_xfa_node *next; /* of the same name below the same parent */
    struct quire_xfa_node *open; /* of the first of them: those before it are taken */
    bool taken;
} quire_xfa_node;

/* `datasets` may be NULL; it must outlive the index. */
quire_xfa_data *quire_xfa_data_new(const xmlNode *datasets);
void quire_xfa_data_free(quire_xfa_data *data); /* NULL is fine */
quire_xfa_node *quire_xfa_data_root(quire_xfa_data *data); /* xfa:data; NULL: none */
/* The first below `parent` that is called `name` and was not taken; NULL: none. */
quire_xfa_node *quire_xfa_data_below(quire_xfa_data *data, const quire_xfa_node *parent,
                                     const char *name);
/* The data of a field: by its <bind>, else by name, here or further out (XFA 3.3, chapter 5). */
quire_xfa_node *quire_xfa_data_of(quire_xfa_data *data, quire_xfa_node *here, const xmlNode *field,
                                  const char *name);

/* ---- xfa_text.c ---- */

bool quire_xfa_is(const xmlNode *node, const char *name);
const xmlNode *quire_xfa_child(const xmlNode *node, const char *name); /* the first; NULL: none */
/* An attribute; NULL: none. Lives as long as the XML. */
const char *quire_xfa_attribute(const xmlNode *node, const char *name);
bool quire_xfa_attribute_is(const xmlNode *node, const char *name, const char *value);
/* All text within, its paragraphs on lines of their own; NULL where there is none. `spent` counts
 * up to QUIRE_XFA_TEXT. */
const char *quire_xfa_text(quire_arena *arena, const xmlNode *node, size_t *spent);

/* ---- xfa_template.c, xfa_field.c ---- */

typedef struct quire_xfa_reader {
    quire_arena *arena;
    quire_xfa_data *data;
    quire_xfa_list *fields;
    size_t spent; /* of QUIRE_XFA_TEXT */
    const char *caption; /* text that was drawn last, the label of a field without one */
} quire_xfa_reader;

/* What a field inherits from the containers around it. */
typedef struct quire_xfa_place {
    const char *name; /* of the container, with its index */
    quire_xfa_node *data; /* may be NULL */
    bool hidden, read_only;
    int depth;
} quire_xfa_place;

void quire_xfa_read_template(quire_xfa_reader *reader, const xmlNode *template);
/* A <field> or <exclGroup> called `name` within `place`. */
void quire_xfa_read_field(quire_xfa_reader *reader, const xmlNode *field, const char *name,
                          const quire_xfa_place *place);

#endif
