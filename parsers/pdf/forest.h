/*
 * The page tree of a scanned file, or what is left of it: nodes that survive, nodes that are lost
 * but still named by their children, and the roots from which all surviving pages are reached.
 */
#ifndef QUIRE_PDF_FOREST_H
#define QUIRE_PDF_FOREST_H

#include "parsers/pdf/scan.h"

/* A node of the page tree that is lost; its children say that it was there. */
typedef struct quire_lost_node {
    int32_t number;
    GArray *kids; /* const quire_found *, in file order */
} quire_lost_node;

typedef struct quire_forest {
    GArray *nodes; /* of forest.c */
    GHashTable *by_number; /* number -> index in nodes + 1 */
    GArray *lost; /* quire_lost_node */
    GHashTable *lost_by_number; /* number -> index in lost + 1 */
    GHashTable *missing; /* numbers that stand in /Kids and are not in the file */
    GArray *roots; /* int32_t object numbers, of surviving or lost nodes, in file order */
    int32_t pages; /* reached from the roots, each once */
    quire_bytes resources, media_box; /* to inherit where the tree lost them; data may be NULL */
} quire_forest;

/* `named`: the number that the catalog names as /Pages, 0: none. */
void quire_forest_init(quire_forest *forest, const quire_scan *scan, int32_t named);
void quire_forest_clear(quire_forest *forest);

#endif
