/*
 * The walk: enter and exit events over the elements of a document in reading order. The only way
 * in which exporters read elements; leaves (all but lists and list items) get both events too.
 *
 *     quire_walk walk = quire_walk_start(document);
 *     while (quire_walk_next(&walk)) { walk.element, walk.event, walk.depth ... }
 */
#ifndef QUIRE_MODEL_WALK_H
#define QUIRE_MODEL_WALK_H

#include "model/model.h"

enum { QUIRE_WALK_DEPTH = 32 };

typedef enum quire_walk_event { QUIRE_ENTER, QUIRE_EXIT } quire_walk_event;

typedef struct quire_walk {
    const quire_document *document;
    const quire_element *element; /* that is entered or left */
    quire_walk_event event;
    int depth; /* of `element`; 0: top */

    size_t next_index; /* private */
    int open_count;
    int32_t open[QUIRE_WALK_DEPTH];
} quire_walk;

quire_walk quire_walk_start(const quire_document *document);
bool quire_walk_next(quire_walk *walk); /* false at the end */

#endif
