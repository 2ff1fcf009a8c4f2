/*
 * Reading a form that is known: the template is laid over the page, and what stands in its places,
 * and is none of its printed words, is the answer.
 */
#include "layout/forms/known.h"

#include <string.h>

#define SPREAD 0.35f /* of a printed word's height, by which its box is widened */

typedef struct reading {
    layout_page *lp;
    const quire_form_sheet *page;
    bool *printed; /* by word of the page */
} reading;

static bool holds_centre(quire_box box, quire_box inner)
{
    return quire_box_holds_point(box, (inner.x0 + inner.x1) / 2, (inner.y0 + inner.y1) / 2);
}

/* The sheet of the template that the page is a copy of; NULL: none. */
static const quire_form_sheet *find_sheet(const quire_form_template *known,
                                          const quire_form_sheet *page, form_registration *best)
{
    const quire_form_sheet *found = NULL;
    for (size_t i = 0; i < known->sheet_count; i++) {
        form_registration here;
        if (!form_register(&known->sheets[i], page, &here) || (found && here.words <= best->words))
            continue;
        found = &known->sheets[i];
        *best = here;
    }
    return found;
}

static void mark_printed(reading *r, const quire_form_sheet *sheet, quire_matrix map)
{
    for (size_t i = 0; i < sheet->anchor_count; i++) {
        quire_box box = quire_matrix_apply_box(map, sheet->anchors[i].box);
        float more = SPREAD * quire_box_height(box);
        box = (quire_box){box.x0 - more, box.y0 - more, box.x1 + more, box.y1 + more};
        for (size_t k = 0; k < r->page->anchor_count; k++)
            if (holds_centre(box, r->page->anchors[k].box))
                r->printed[k] = true;
    }
}

/* Order of reading of two words: rows, then from the left. */
static bool is_before(quire_box a, quire_box b)
{
    float shared = quire_overlap(a.y0, a.y1, b.y0, b.y1);
    bool row = shared > 0.5f * quire_smaller(quire_box_height(a), quire_box_height(b));
    return row ? a.x0 < b.x0 : a.y0 < b.y0;
}

static bool share_row(quire_box a, quire_box b)
{
    float shared = quire_overlap(a.y0, a.y1, b.y0, b.y1);
    return shared > 0.5f * quire_smaller(quire_box_height(a), quire_box_height(b));
}

static bool is_recognised(const layout_page *lp)
{
    return lp->reads_hidden || (lp->word_count > 0 && lp->words[0].flags & WORD_RECOGNISED);
}

enum { MOST_WORDS_IN_PLACE = 200 };

/* A word without the pieces of a rule that recognition took for signs at its ends. */
static quire_form_anchor without_rules(layout_page *lp, const quire_form_anchor *seen)
{
    quire_text text = quire_text_of(seen->text);
    while (text.size > 0 && strchr("_|", text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && strchr("_|", text.data[0]))
        text.data++, text.size--;
    return (quire_form_anchor){quire_arena_text(lp->scratch, text.data, text.size), seen->box};
}

/* The words in `box` as text, rows on lines of their own; NULL: none. `found`: their box. */
static const char *text_in(reading *r, quire_box box, quire_box *found)
{
    quire_form_anchor words[MOST_WORDS_IN_PLACE];
    bool recognised = is_recognised(r->lp);
    size_t count = 0;
    for (size_t i = 0; i < r->page->anchor_count && count < MOST_WORDS_IN_PLACE; i++) {
        const quire_form_anchor *here = &r->page->anchors[i];
        if (r->printed[i] || !holds_centre(box, here->box))
            continue;
        quire_form_anchor bare = recognised ? without_rules(r->lp, here) : *here;
        if (!*bare.text)
            continue;
        size_t at = count++;
        for (; at > 0 && is_before(bare.box, words[at - 1].box); at--)
            words[at] = words[at - 1];
        words[at] = bare;
    }
    const char *text = NULL;
    *found = quire_box_empty();
    for (size_t i = 0; i < count; i++) {
        bool row = i > 0 && share_row(words[i - 1].box, words[i].box);
        text = i > 0 ? quire_arena_printf(r->lp->scratch, "%s%c%s", text, row ? ' ' : '\n',
                                          words[i].text)
                     : words[i].text;
        *found = quire_box_union(*found, words[i].box);
    }
    return text;
}

static const ballot *ballot_in(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->ballot_count; i++)
        if (holds_centre(box, lp->ballots[i].box))
            return &lp->ballots[i];
    return NULL;
}

static void read_box(reading *r, quire_box box, quire_field *field)
{
    float more = 0.5f * quire_box_height(box);
    box = (quire_box){box.x0 - more, box.y0 - more, box.x1 + more, box.y1 + more};
    const ballot *found = ballot_in(r->lp, box);
    field->state = found ? found->state : QUIRE_STATE_INDETERMINATE;
    field->source = found ? found->source : field->source;
    field->confidence = found ? found->confidence : 0;
}

static void add_place(layout_window *window, reading *r, const quire_form_place *place,
                      quire_matrix map, day_order order)
{
    layout_page *lp = r->lp;
    quire_box box = quire_matrix_apply_box(map, place->box), found = quire_box_empty();
    quire_field field = {.type = place->type,
                         .source =
                             is_recognised(lp) ? QUIRE_FIELD_OF_OCR : QUIRE_FIELD_OF_TEXT_LAYER,
                         .name = place->name,
                         .label = place->label,
                         .page = lp->page->number,
                         .label_box = quire_box_empty(),
                         .confidence = 1};
    if (place->type == QUIRE_FIELD_CHECKBOX) {
        read_box(r, box, &field);
    } else {
        field.value = text_in(r, box, &found);
        form_value value = form_value_read(lp->scratch, quire_text_of(field.value), order);
        field.value_type = value.type;
        field.normalised = value.normalised;
    }
    field.box = layout_frame_box_back(&lp->frame, field.value ? found : box);
    quire_document_add_field(window->document, &field);
}

bool form_read_known(layout_window *window, layout_page *lp, day_order order)
{
    const quire_form_template *known = window->options->form_template;
    form_registration over;
    if (!known)
        return false;
    quire_form_sheet page = form_sheet_of(lp);
    const quire_form_sheet *sheet = find_sheet(known, &page, &over);
    if (!sheet)
        return false;
    reading r = {lp, &page, quire_arena_array(lp->scratch, bool, page.anchor_count)};
    mark_printed(&r, sheet, over.map);
    for (size_t i = 0; i < sheet->place_count; i++)
        add_place(window, &r, &sheet->places[i], over.map, order);
    return true;
}
