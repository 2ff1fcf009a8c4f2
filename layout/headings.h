/* Between candidates.c, which weighs blocks, and headings.c, which decides. Private to layout/. */
#ifndef QUIRE_LAYOUT_HEADINGS_H
#define QUIRE_LAYOUT_HEADINGS_H

#include "layout/passes.h"

/* A block that passed the vetoes, with what stands around it. */
typedef struct candidate {
    const layout_window *window;
    const layout_page *lp;
    const block *b;
    const block *before, *after; /* text in reading order, NULL at the ends of the page */
    quire_text text; /* of its first line */
    label label;
    float body; /* size of the document's body text */
} candidate;

/* Why `b` can be no heading, whatever it looks like; NULL: it may be one. */
const char *layout_heading_veto(const candidate *c);

#endif
