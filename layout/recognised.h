/* What emit.c tells of recognised text: its source, how sure it is, where it stands. Private to
 * layout/. */
#ifndef QUIRE_LAYOUT_RECOGNISED_H
#define QUIRE_LAYOUT_RECOGNISED_H

#include "layout/passes.h"

/* Over words, by their glyphs. */
typedef struct trust {
    uint32_t glyphs, recognised;
    float sum; /* of confidences */
} trust;

quire_source layout_source_of_word(const layout_page *lp, const word *w);
void layout_add_trust(trust *t, const layout_page *lp, const word *w);
trust layout_trust_lines(const layout_page *lp, uint32_t first, uint32_t end);
quire_source layout_trust_source(const trust *t);
float layout_trust_confidence(const trust *t); /* 0: no glyphs */
bool layout_trust_needs_review(const trust *t);

/* Whether what stands in `box`, on the page, was read in a row that looks written by hand. */
bool layout_is_handwritten(const layout_page *lp, quire_box box);

/* Turns the boxes of a scan that was straightened back to where they stand on the page. */
void layout_turn_back(quire_document *document, const quire_page *page, size_t first_element);

#endif
