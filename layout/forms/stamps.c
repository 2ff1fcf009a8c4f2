/*
 * Stamps as fields: what was read in one is its value, and answers no question of the form.
 */
#include "layout/forms/forms.h"

#include <string.h>

#define READ 0.25f /* confidence in what was read in a stamp, which mostly stands at an angle */
#define CONFIDENCE 0.8f

bool form_stamp_holds(const layout_page *lp, const quire_scribble *stamp, const word *w)
{
    quire_box box = layout_frame_box(&lp->frame, stamp->box);
    uint32_t fill = lp->page->styles[lp->page->glyphs[w->first].style].fill;
    return stamp->is_stamp && (stamp->colour == 0 || stamp->colour == fill) &&
           quire_box_holds_point(box, (w->box.x0 + w->box.x1) / 2, (w->box.y0 + w->box.y1) / 2);
}

/* The words in the stamp that could be read, a line each; NULL: none. */
static const char *text_in(layout_page *lp, const quire_scribble *stamp)
{
    const char *text = NULL;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        bool begins = true;
        for (uint32_t k = l->first; k < l->end; k++) {
            const word *w = &lp->words[k];
            if (!form_stamp_holds(lp, stamp, w) ||
                (float)lp->page->glyphs[w->first].confidence < READ * 255)
                continue;
            text = quire_arena_printf(lp->scratch, "%s%s%.*s", text ? text : "",
                                      !text    ? ""
                                      : begins ? "\n"
                                               : " ",
                                      (int)(w->text_end - w->text_start),
                                      l->text.data + w->text_start);
            begins = false;
        }
    }
    return text;
}

void form_add_stamps(layout_window *window, layout_page *lp)
{
    for (size_t i = 0; i < lp->page->scribble_count; i++) {
        const quire_scribble *stamp = &lp->page->scribbles[i];
        if (!stamp->is_stamp)
            continue;
        quire_field field = {.type = QUIRE_FIELD_STAMP,
                             .source = QUIRE_FIELD_OF_IMAGE_MARKS,
                             .value = text_in(lp, stamp),
                             .page = lp->page->number,
                             .box = stamp->box,
                             .label_box = quire_box_empty(),
                             .confidence = CONFIDENCE};
        quire_document_add_field(window->document, &field);
    }
}
