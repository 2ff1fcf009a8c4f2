/*
 * The walk. Elements stand in reading order with the holders before what they hold; a stack of the
 * open ones turns that into enter and exit events.
 */
#include "model/model.h"

quire_walk quire_walk_start(const quire_document *document)
{
    return (quire_walk){.document = document, .event = QUIRE_EXIT};
}

static bool leave(quire_walk *walk)
{
    walk->depth = --walk->open_count;
    walk->element = &walk->document->elements.items[walk->open[walk->open_count]];
    walk->event = QUIRE_EXIT;
    return true;
}

static bool enter(quire_walk *walk, const quire_element *element)
{
    walk->depth = walk->open_count;
    walk->open[walk->open_count++] = (int32_t)walk->next_index++;
    walk->element = element;
    walk->event = QUIRE_ENTER;
    return true;
}

bool quire_walk_next(quire_walk *walk)
{
    if (walk->next_index >= walk->document->elements.count)
        return walk->open_count > 0 && leave(walk);
    const quire_element *next = &walk->document->elements.items[walk->next_index];
    bool held = walk->open_count == 0 || walk->open[walk->open_count - 1] == next->parent;
    if (!held || walk->open_count == QUIRE_WALK_DEPTH)
        return leave(walk);
    return enter(walk, next);
}
