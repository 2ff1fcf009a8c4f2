/*
 * Between gutters.c, which looks for white columns between atoms, and order.c, which cuts regions
 * along them. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_ORDER_H
#define QUIRE_LAYOUT_ORDER_H

#include "layout/passes.h"

typedef enum atom_kind { ATOM_LINE, ATOM_AREA, ATOM_RULE } atom_kind;

/* What is put in order: a line, or an area with all it holds. Rules only stand in the way. */
typedef struct atom {
    quire_box box;
    uint32_t index; /* of the line or area */
    atom_kind kind;
    float size; /* of type; 0 for areas without text */
    uint32_t characters;
    uint32_t order; /* in the content */
    float baseline;
    int32_t angle; /* of a line: to the text of the page, [0, 360) */
    bool bold; /* of a line */
    bool across; /* a line that stands across others */
} atom;

typedef struct gutter {
    quire_box box;
    bool found;
    bool is_full; /* nothing stands above or below it in the region */
} gutter;

/*
 * The gutter along which the region of `atoms` (sorted by their upper edge) is best cut into
 * columns of text; not found where there is none, or where what it parts is read row by row.
 */
gutter layout_find_gutter(const layout_page *lp, const atom *atoms, size_t count);

enum { LAYOUT_STACKS = 64 };

/*
 * Sorts `atoms` (by their upper edge) into stacks, in reading order, where rows would mix lines of
 * prose. Returns how many stacks there are, and in `ends` (of LAYOUT_STACKS) where each of them
 * ends; 0: they stay as they are, to be read row by row. Needs `arena` until it returns.
 */
size_t layout_sort_stacks(quire_arena *arena, atom *atoms, size_t count, bool leftward,
                          size_t *ends);

#endif
