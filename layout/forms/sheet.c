/* A page as a sheet of a form: words, crossings of rules, fields that the file itself has. */
#include "layout/forms/known.h"

#include <string.h>

enum { MOST_WORDS = 20 * 1000, MOST_RULES = 1000, MOST_CROSSINGS = 1000 };

#define TOUCH 2.0f /* points by which rules may miss each other and cross */

typedef QUIRE_ARRAY(quire_form_anchor) anchor_list;

static void add_word(layout_page *lp, anchor_list *list, const line *l, const word *w)
{
    size_t size = w->text_end - w->text_start;
    const char *text = l->text.data + w->text_start;
    if (size == 0)
        return;
    if (w->flags & WORD_GLUED && list->count > 0) {
        quire_form_anchor *before = &list->items[list->count - 1];
        before->text = quire_arena_printf(lp->scratch, "%s%.*s", before->text, (int)size, text);
        before->box = quire_box_union(before->box, w->box);
        return;
    }
    quire_form_anchor *anchor = quire_array_push(list);
    if (anchor)
        *anchor = (quire_form_anchor){quire_arena_text(lp->scratch, text, size), w->box};
}

static void find_words(layout_page *lp, quire_form_sheet *sheet)
{
    anchor_list list = {.ceiling = MOST_WORDS};
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        for (uint32_t k = l->first; k < l->end && l->angle == lp->frame.angle; k++)
            add_word(lp, &list, l, &lp->words[k]);
    }
    sheet->anchor_count = list.count;
    sheet->anchors = quire_array_freeze(&list, lp->scratch);
    quire_array_clear(&list);
}

static bool do_cross(const quire_rule *across, const quire_rule *down)
{
    quire_box a = across->box, d = down->box;
    return d.x0 > a.x0 - TOUCH && d.x1 < a.x1 + TOUCH && a.y0 > d.y0 - TOUCH && a.y1 < d.y1 + TOUCH;
}

static void find_crossings(layout_page *lp, quire_form_sheet *sheet)
{
    QUIRE_ARRAY(quire_point) list = {.ceiling = MOST_CROSSINGS};
    size_t count = lp->page->rule_count < MOST_RULES ? lp->page->rule_count : MOST_RULES;
    for (size_t i = 0; i < count; i++) {
        const quire_rule *across = &lp->rules[i];
        for (size_t k = 0; across->horizontal && k < count; k++) {
            const quire_rule *down = &lp->rules[k];
            if (down->horizontal || !do_cross(across, down))
                continue;
            quire_point *at = quire_array_push(&list);
            if (at)
                *at = (quire_point){(down->box.x0 + down->box.x1) / 2,
                                    (across->box.y0 + across->box.y1) / 2};
        }
    }
    sheet->crossing_count = list.count;
    sheet->crossings = quire_array_freeze(&list, lp->scratch);
    quire_array_clear(&list);
}

static quire_field_type place_type(const quire_widget *w)
{
    bool box = w->type == QUIRE_WIDGET_CHECKBOX || w->type == QUIRE_WIDGET_RADIO;
    return box ? QUIRE_FIELD_CHECKBOX : QUIRE_FIELD_TEXT;
}

static void find_places(layout_page *lp, quire_form_sheet *sheet)
{
    const quire_page *page = lp->page;
    quire_form_place *places =
        quire_arena_array(lp->scratch, quire_form_place, page->widget_count + lp->ballot_count);
    size_t count = 0;
    for (size_t i = 0; i < page->widget_count; i++) {
        const quire_widget *w = &page->widgets[i];
        if (w->type == QUIRE_WIDGET_BUTTON || w->flags & QUIRE_WIDGET_HIDDEN)
            continue;
        places[count++] = (quire_form_place){.label = w->tooltip,
                                             .name = w->name,
                                             .type = place_type(w),
                                             .box = layout_frame_box(&lp->frame, w->box)};
    }
    for (size_t i = 0; i < lp->ballot_count; i++)
        places[count++] =
            (quire_form_place){.type = QUIRE_FIELD_CHECKBOX, .box = lp->ballots[i].box};
    sheet->places = places;
    sheet->place_count = count;
}

quire_form_sheet form_sheet_of(layout_page *lp)
{
    quire_form_sheet sheet = {.width = lp->width, .height = lp->height};
    find_words(lp, &sheet);
    find_crossings(lp, &sheet);
    find_places(lp, &sheet);
    return sheet;
}
