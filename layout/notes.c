/*
 * Captions: text that begins like one ("Figure 3", "Table 2.1:") and is short.
 */
#include "layout/passes.h"

enum { CAPTION_LINES = 6 };

void layout_judge_notes(layout_window *w, layout_page *lp)
{
    (void)w;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type != QUIRE_PARAGRAPH || b->first == b->end || b->end - b->first > CAPTION_LINES ||
            b->layer != QUIRE_LAYER_BODY)
            continue;
        if (layout_caption_prefix(lp->lines[b->first].text) == 0)
            continue;
        b->type = QUIRE_CAPTION;
        layout_explain(lp, b, "caption: it starts like one");
    }
}
