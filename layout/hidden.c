/*
 * Hidden text, when it is to be kept: the glyphs that a reader of the page does not see make a
 * shadow of the page, which goes through the first passes by itself, so that what is hidden never
 * mixes with what is seen.
 */
#include "layout/passes.h"

void layout_find_hidden(layout_page *lp)
{
    if (!lp->options->keep_hidden)
        return;
    layout_page *shadow = quire_arena_new_of(lp->arena, layout_page);
    *shadow = (layout_page){.arena = lp->arena,
                            .page = lp->page,
                            .options = lp->options,
                            .scratch = lp->scratch,
                            .lists = lp->lists,
                            .frame = lp->frame,
                            .width = lp->width,
                            .height = lp->height,
                            .marks = lp->marks,
                            .stacked = lp->stacked,
                            .is_hidden = true,
                            .rules = lp->rules,
                            .fills = lp->fills};
    layout_find_words(shadow);
    layout_find_lines(shadow);
    layout_find_order(shadow);
    layout_find_paragraphs(shadow);
    for (size_t i = 0; i < shadow->block_count; i++) {
        shadow->blocks[i].layer = QUIRE_LAYER_HIDDEN;
        layout_explain(lp, &shadow->blocks[i], "a reader of the page does not see it");
    }
    lp->hidden = shadow;
}
