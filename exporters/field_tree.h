/* The fields of a form by the parts of their names: what fdf.c and xfdf.c write. */
#ifndef QUIRE_EXPORTERS_FIELD_TREE_H
#define QUIRE_EXPORTERS_FIELD_TREE_H

#include "exporters/inner.h"

typedef struct field_node {
    char *part; /* of the name */
    const quire_field *field; /* NULL: only others are below it */
    GPtrArray *kids; /* field_node *, in the order of the document */
} field_node;

/* The root has no name; at most 32 levels are below it. */
field_node *quire_field_tree_new(const quire_document *document);
void quire_field_tree_free(field_node *node);
/* What the form sends off: text, or the name of a button's state; of several one a line. */
const char *quire_field_sent(const quire_field *field);

#endif
