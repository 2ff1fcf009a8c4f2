/*
 * Fields of the file's own form: its widgets, each with the label that a reader finds beside it.
 * The field's tooltip comes first, since its author wrote it; else the nearest text on its left,
 * above it, or, of boxes and buttons, on their right:
 *
 *     Label [ value ]        Label           [x] Label
 *                            [ value ]
 *
 * The buttons of one group are one field.
 */
#include "layout/forms/forms.h"

#include <stdio.h>
#include <string.h>

#define REACH_LEFT 15.0f /* em from a label to its widget, at most */
#define REACH_RIGHT 3.0f /* em from a box to its label */
#define REACH_ABOVE 1.2f /* of the label's height */
#define MOST_LOOKS                                                                                 \
    (10 * 1000 * 1000) /* widgets times segments; beyond it labels are not searched */
#define INSIDE 0.5f /* of a segment's width: then it is the value, and no label */

static float score_left(const quire_box *box, const segment *s)
{
    float gap = box->x0 - s->box.x1;
    bool row = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1) > 0.3f * s->size;
    return row && gap > -s->size && gap < REACH_LEFT * s->size ? gap / s->size : INFINITY;
}

static float score_above(const quire_box *box, const segment *s)
{
    float drop = box->y0 - s->box.y1;
    bool over = quire_overlap(box->x0, box->x1, s->box.x0, s->box.x1) > 0;
    bool near = drop > -0.5f * s->size && drop < REACH_ABOVE * quire_box_height(s->box);
    return over && near ? 1 + drop / s->size : INFINITY;
}

static float score_right(const quire_box *box, const segment *s)
{
    float gap = s->box.x0 - box->x1;
    bool row = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1) > 0.3f * s->size;
    return row && gap > -s->size && gap < REACH_RIGHT * s->size ? gap / s->size - 4 : INFINITY;
}

static bool lies_inside(const quire_box *box, const segment *s)
{
    float across = quire_overlap(box->x0, box->x1, s->box.x0, s->box.x1);
    float down = quire_overlap(box->y0, box->y1, s->box.y0, s->box.y1);
    return across > INSIDE * quire_box_width(s->box) && down > INSIDE * quire_box_height(s->box);
}

/* The segment that labels what stands in `box`; NULL: none. */
static segment *label_of(segments s, quire_box box, bool mark)
{
    segment *best = NULL;
    float best_score = INFINITY;
    for (size_t i = 0; i < s.count; i++) {
        segment *at = &s.items[i];
        if (at->flags & SEGMENT_USED || lies_inside(&box, at))
            continue;
        float score = quire_smaller(score_left(&box, at), score_above(&box, at));
        score = mark ? quire_smaller(score, score_right(&box, at)) : score;
        if (score < best_score) {
            best_score = score;
            best = at;
        }
    }
    return best;
}

/* ---- options ---- */

static size_t count_lines(const char *text)
{
    size_t lines = text && *text;
    for (; text && *text; text++)
        lines += *text == '\n';
    return lines;
}

static const char **split_lines(quire_arena *arena, const char *text, size_t count)
{
    const char **lines = quire_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        size_t size = strcspn(text, "\n");
        lines[i] = quire_arena_text(arena, text, size);
        text += size + (text[size] == '\n');
    }
    return lines;
}

/* ---- fields ---- */

static bool same_group(const quire_widget *a, const quire_widget *b)
{
    return a->type == QUIRE_WIDGET_RADIO && b->type == QUIRE_WIDGET_RADIO && a->name && b->name &&
           strcmp(a->name, b->name) == 0;
}

/* The widgets behind page->widgets[first] that are of the same group; 1: it stands alone. */
static size_t group_size(const quire_page *page, size_t first)
{
    size_t end = first + 1;
    while (end < page->widget_count && same_group(&page->widgets[first], &page->widgets[end]))
        end++;
    return end - first;
}

static quire_field_type field_type(uint8_t widget_type)
{
    static const quire_field_type types[] = {
        [QUIRE_WIDGET_TEXT] = QUIRE_FIELD_TEXT,
        [QUIRE_WIDGET_CHECKBOX] = QUIRE_FIELD_CHECKBOX,
        [QUIRE_WIDGET_RADIO] = QUIRE_FIELD_RADIO,
        [QUIRE_WIDGET_CHOICE] = QUIRE_FIELD_CHOICE,
        [QUIRE_WIDGET_SIGNATURE] = QUIRE_FIELD_SIGNATURE,
        [QUIRE_WIDGET_BUTTON] = QUIRE_FIELD_BUTTON,
    };
    return types[widget_type];
}

static quire_field field_of(layout_page *lp, const quire_widget *w, day_order order)
{
    quire_text value = quire_text_of(w->value);
    form_value read = form_value_read(lp->scratch, value, order);
    return (quire_field){.type = field_type(w->type),
                         .source = QUIRE_FIELD_OF_ACROFORM,
                         .name = w->name,
                         .label = w->tooltip,
                         .value = w->value,
                         .value_type = read.type,
                         .normalised = read.normalised,
                         .default_value = w->default_value,
                         .signed_at = w->signed_at,
                         .required = w->flags & QUIRE_WIDGET_REQUIRED,
                         .read_only = w->flags & QUIRE_WIDGET_READ_ONLY,
                         .max_length = w->max_length,
                         .page = lp->page->number,
                         .box = w->box,
                         .label_box = quire_box_empty(),
                         .confidence = 1};
}

static void find_label(layout_page *lp, segments s, quire_box box, bool mark, quire_field *field)
{
    segment *found = label_of(s, layout_frame_box(&lp->frame, box), mark);
    if (!found)
        return;
    found->flags |= SEGMENT_USED;
    if (!field->label) {
        quire_text text = form_label_text(found->text);
        field->label = quire_arena_text(lp->scratch, text.data, text.size);
    }
    field->label_box = layout_frame_box_back(&lp->frame, found->box);
}

/* What its appearance draws, without white space, in the scratch. */
static const char *drawn_text(layout_page *lp, const quire_widget *w)
{
    const quire_page *page = lp->page;
    size_t size = 1, at = 0;
    uint32_t end = w->glyph_end < page->glyph_count ? w->glyph_end : (uint32_t)page->glyph_count;
    for (uint32_t i = w->first_glyph; i < end; i++)
        size += page->glyphs[i].text_size;
    char *text = quire_arena_take(lp->scratch, size);
    for (uint32_t i = w->first_glyph; i < end; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (layout_is_space(page, glyph) || glyph->flags & QUIRE_GLYPH_HIDDEN)
            continue;
        memcpy(text + at, page->text + glyph->text, glyph->text_size);
        at += glyph->text_size;
    }
    return text;
}

static const char *without_space(quire_arena *arena, const char *text)
{
    char *out = quire_arena_take(arena, strlen(text) + 1), *at = out;
    for (; *text; text++)
        if (!strchr(" \t\n\r", *text))
            *at++ = *text;
    return out;
}

/* Is the value what the page shows? A box may show only part of it, or more around it. */
static bool agrees(layout_page *lp, const quire_widget *w)
{
    if (w->flags & QUIRE_WIDGET_DISAGREES)
        return false;
    bool text = w->type == QUIRE_WIDGET_TEXT || w->type == QUIRE_WIDGET_CHOICE;
    if (!text || !w->value || w->flags & QUIRE_WIDGET_PASSWORD || w->first_glyph >= w->glyph_end)
        return true;
    const char *drawn = drawn_text(lp, w), *value = without_space(lp->scratch, w->value);
    return !*drawn || strstr(drawn, value) || strstr(value, drawn);
}

static void check_value(layout_window *window, layout_page *lp, const quire_widget *w)
{
    char message[160];
    if (agrees(lp, w))
        return;
    snprintf(message, sizeof message, "the value of field %.80s is not what the page shows",
             w->name ? w->name : "without a name");
    quire_document_add_issue(window->document, "field_mismatch", QUIRE_WARNING, lp->page->number,
                             message);
}

/* Values and labels of widgets belong to them, and to no printed pair. */
static void claim_values(layout_page *lp, segments s)
{
    for (size_t k = 0; k < lp->page->widget_count; k++) {
        quire_box box = layout_frame_box(&lp->frame, lp->page->widgets[k].box);
        for (size_t i = 0; i < s.count; i++)
            if (lies_inside(&box, &s.items[i]))
                s.items[i].flags |= SEGMENT_USED;
    }
}

static void add_group(layout_window *window, layout_page *lp, segments s, size_t first,
                      size_t count, day_order order)
{
    const quire_widget *widgets = &lp->page->widgets[first], *chosen = widgets;
    const char **options = quire_arena_array(lp->scratch, const char *, count);
    size_t option_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (widgets[i].flags & QUIRE_WIDGET_SELECTED)
            chosen = &widgets[i];
        if (widgets[i].options)
            options[option_count++] = widgets[i].options;
    }
    quire_field field = field_of(lp, chosen, order);
    field.options = options;
    field.option_count = option_count;
    find_label(lp, s, widgets[0].box, false, &field);
    quire_document_add_field(window->document, &field);
}

static void add_one(layout_window *window, layout_page *lp, segments s, const quire_widget *w,
                    day_order order)
{
    quire_field field = field_of(lp, w, order);
    bool box = w->type == QUIRE_WIDGET_CHECKBOX;
    if (box) {
        bool selected = w->flags & QUIRE_WIDGET_SELECTED;
        field.state = selected ? QUIRE_STATE_SELECTED : QUIRE_STATE_UNSELECTED;
        field.value = NULL; /* that is what its one option is for */
    }
    field.option_count = count_lines(w->options);
    field.options = split_lines(lp->scratch, w->options, field.option_count);
    find_label(lp, s, w->box, box, &field);
    quire_document_add_field(window->document, &field);
}

void form_add_widgets(layout_window *window, layout_page *lp, segments s, day_order order)
{
    const quire_page *page = lp->page;
    if (page->widget_count > 0 && s.count > MOST_LOOKS / page->widget_count)
        s.count = 0;
    claim_values(lp, s);
    for (size_t i = 0; i < page->widget_count;) {
        const quire_widget *w = &page->widgets[i];
        size_t count = group_size(page, i);
        for (size_t k = i; k < i + count; k++)
            check_value(window, lp, &page->widgets[k]);
        if (w->type == QUIRE_WIDGET_RADIO)
            add_group(window, lp, s, i, count, order);
        else
            add_one(window, lp, s, w, order);
        i += count;
    }
}
