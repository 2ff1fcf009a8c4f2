/*
 * Forms that are known: a template holds what every copy of a form has in common and where its
 * fields are. Part of the door layout/layout.h; coordinates are points of the upright page.
 */
#ifndef QUIRE_LAYOUT_TEMPLATE_H
#define QUIRE_LAYOUT_TEMPLATE_H

#include "core/core.h"
#include "model/model.h"

typedef struct quire_form_anchor {
    const char *text; /* one word */
    quire_box box;
} quire_form_anchor;

/* Where an answer stands. */
typedef struct quire_form_place {
    const char *label, *name; /* each may be NULL */
    quire_field_type type; /* text or checkbox */
    quire_box box;
} quire_form_place;

/*
 * One page of a form. Of a template the anchors are its printed words; of a page that is learned
 * from they are all its words, printed and filled in, and its places the fields that it states.
 */
typedef struct quire_form_sheet {
    float width, height;
    const quire_form_anchor *anchors;
    size_t anchor_count;
    const quire_point *crossings; /* of rules */
    size_t crossing_count;
    const quire_form_place *places;
    size_t place_count;
} quire_form_sheet;

typedef struct quire_form_template {
    const quire_form_sheet *sheets;
    size_t sheet_count;
} quire_form_template;

/* Learns from the same page of `count` copies of a form, filled in or blank; what is in most of
 * them is printed. In `arena`; borrows the strings of the sheets. */
quire_form_sheet quire_form_learn(quire_arena *arena, const quire_form_sheet *sheets, size_t count);

#endif
