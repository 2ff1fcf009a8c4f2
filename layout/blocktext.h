/*
 * The text of a block with all that hangs on it: runs, lines, and the text before its line breaks
 * were healed. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_BLOCKTEXT_H
#define QUIRE_LAYOUT_BLOCKTEXT_H

#include "layout/passes.h"

typedef struct block_text {
    quire_text text;
    quire_text original; /* empty where it is the same */
    const quire_run *runs;
    size_t run_count;
    const quire_element_line *lines;
    size_t line_count;
} block_text;

/*
 * Joins the lines of a block, without its marker. `links` holds the document's index of each link
 * of the page, or is NULL. Lives in the page's scratch until the next reset.
 */
block_text layout_block_text(layout_page *lp, const profile *p, const block *b,
                             const int32_t *links);

/*
 * What stands between two lines of one text: 1 for a space, 0 for nothing. A hyphen that is healed
 * is cut off `before`.
 */
size_t layout_line_gap(const profile *p, quire_text *before, quire_text next);

#endif
