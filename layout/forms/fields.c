/*
 * The pass that finds the fields of a page. A pair that earlier pages had word for word (the head
 * of every sheet of an invoice) is told once.
 */
#include "layout/forms/known.h"

#include <string.h>

/* Confidence in what was read, below which it is no value: mostly handwriting. On noisy forms pairs
 * are best between 0.15 and 0.3 (F1 0.53), and fall to 0.52 at 0.05 and at 0.4. */
#define UNREAD 0.2f

static uint64_t hash_text(uint64_t hash, quire_text text)
{
    for (size_t i = 0; i < text.size; i++)
        hash = (hash ^ (unsigned char)text.data[i]) * UINT64_C(0x100000001b3);
    return (hash ^ 0xFF) * UINT64_C(0x100000001b3);
}

/* True when the pair was told before; else it is noted, as long as there is room. */
static bool was_told(layout_told *told, quire_text question, quire_text value)
{
    uint64_t hash = hash_text(hash_text(UINT64_C(0xcbf29ce484222325), question), value) | 1;
    size_t at = (size_t)(hash >> 7) % LAYOUT_TOLD;
    while (told->pairs[at] && told->pairs[at] != hash)
        at = (at + 1) % LAYOUT_TOLD;
    if (told->pairs[at] == hash)
        return true;
    if (told->count < LAYOUT_TOLD - LAYOUT_TOLD / 4) {
        told->pairs[at] = hash;
        told->count++;
    }
    return false;
}

bool form_is_short_name(quire_text text, size_t most)
{
    size_t words = 1, letters = 0;
    for (size_t i = 0; i < text.size; i++)
        words += text.data[i] == ' ';
    for (size_t at = 0; at < text.size && words <= most;)
        letters += quire_is_letter(quire_utf8_next(text.data, text.size, &at));
    return words <= most && letters >= 2;
}

quire_text form_label_text(quire_text text)
{
    while (text.size > 0 && strchr(": ", text.data[text.size - 1]))
        text.size--;
    return text;
}

static day_order order_of(segments s)
{
    for (size_t i = 0; i < s.count; i++) {
        day_order order = form_day_order(s.items[i].text);
        if (order != DAY_ORDER_UNKNOWN)
            return order;
    }
    return DAY_ORDER_UNKNOWN;
}

/* The lines of a value, as printed. */
static quire_text value_text(layout_page *lp, segments s, const form_pair *pair)
{
    if (pair->part_count == 0)
        return (quire_text){0};
    if (pair->part_count == 1)
        return s.items[pair->parts[0]].text;
    size_t size = 0, at = 0;
    for (uint32_t i = 0; i < pair->part_count; i++)
        size += s.items[pair->parts[i]].text.size + 1;
    char *text = quire_arena_take(lp->scratch, size);
    for (uint32_t i = 0; i < pair->part_count; i++) {
        quire_text part = s.items[pair->parts[i]].text;
        memcpy(text + at, part.data, part.size);
        at += part.size;
        text[at++] = '\n';
    }
    return (quire_text){text, at - 1};
}

static quire_box value_box(segments s, const form_pair *pair)
{
    if (pair->part_count == 0)
        return pair->room;
    quire_box box = s.items[pair->parts[0]].box;
    for (uint32_t i = 1; i < pair->part_count; i++)
        box = quire_box_union(box, s.items[pair->parts[i]].box);
    return box;
}

/* The remark in parentheses that stands under a label of a scanned form; SIZE_MAX: none.
 *
 *     This Change:       ______
 *     (Current Budget)
 */
static size_t remark_under(segments s, uint32_t asks)
{
    const segment *above = &s.items[asks];
    float deepest = above->box.y1 + 2 * above->size;
    if (!(above->flags & SEGMENT_RECOGNISED))
        return SIZE_MAX;
    for (size_t i = asks + 1; i < s.count && s.items[i].box.y1 < deepest; i++) {
        const segment *to = &s.items[i];
        quire_text text = to->text;
        if (text.size > 2 && text.data[0] == '(' && text.data[text.size - 1] == ')' &&
            !(to->flags & SEGMENT_USED) && to->box.y0 - above->box.y1 < 0.5f * above->size &&
            to->box.y0 > above->box.y0 + 0.5f * above->size &&
            fabsf(to->box.x0 - above->box.x0) < above->size)
            return i;
    }
    return SIZE_MAX;
}

/* The label, with what remarks on it. */
static quire_text name_of(layout_page *lp, segments s, uint32_t asks)
{
    quire_text name = s.items[asks].text;
    size_t under = remark_under(s, asks);
    if (under == SIZE_MAX)
        return form_label_text(name);
    quire_text more = s.items[under].text;
    s.items[under].flags |= SEGMENT_USED;
    return quire_text_of(quire_arena_printf(lp->scratch, "%.*s %.*s", (int)name.size, name.data,
                                            (int)more.size, more.data));
}

/* That the value was read well, 0..1: the mean of its words, by their bytes. */
static float value_confidence(segments s, const form_pair *pair)
{
    float sum = 0, size = 0;
    for (uint32_t i = 0; i < pair->part_count; i++) {
        const segment *part = &s.items[pair->parts[i]];
        sum += part->confidence * (float)part->text.size;
        size += (float)part->text.size;
    }
    return size > 0 ? sum / size : 1;
}

static void add_pair(layout_window *w, layout_page *lp, segments s, const form_pair *pair,
                     day_order order)
{
    quire_text name = name_of(lp, s, pair->label);
    quire_text value = value_text(lp, s, pair);
    if (name.size == 0 || (value.size > 0 && was_told(w->told, name, value)))
        return;
    bool recognised = s.items[pair->label].flags & SEGMENT_RECOGNISED;
    float confidence = value_confidence(s, pair);
    bool unread = recognised && confidence < UNREAD;
    if (unread)
        value.size = 0;
    form_value read = form_value_read(lp->scratch, value, order);
    quire_field field = {
        .type = QUIRE_FIELD_KEY_VALUE,
        .state = unread ? QUIRE_STATE_INDETERMINATE : QUIRE_STATE_NONE,
        .source = recognised ? QUIRE_FIELD_OF_OCR : QUIRE_FIELD_OF_TEXT_LAYER,
        .label = quire_arena_text(lp->scratch, name.data, name.size),
        .value = value.size > 0 ? quire_arena_text(lp->scratch, value.data, value.size) : NULL,
        .value_type = read.type,
        .normalised = read.normalised,
        .page = lp->page->number,
        .box = layout_frame_box_back(&lp->frame, value_box(s, pair)),
        .label_box = layout_frame_box_back(&lp->frame, s.items[pair->label].box),
        .confidence = pair->confidence * confidence};
    bool is_drawn = quire_box_area(pair->room) > 0;
    form_sign(lp, &field, is_drawn ? layout_frame_box_back(&lp->frame, pair->room) : field.box,
              unread);
    quire_document_add_field(w->document, &field);
}

void layout_find_fields(layout_window *w, layout_page *lp)
{
    write_lines lines = form_find_write_lines(lp);
    segments s = form_find_segments(lp, &lines);
    form_pair *pairs = quire_arena_array(lp->scratch, form_pair, s.count);
    bool has_widgets = lp->page->widget_count > 0;
    day_order order = has_widgets ? order_of(s) : DAY_ORDER_UNKNOWN;
    form_add_widgets(w, lp, s, order);
    if (w->options->on_sheet) {
        quire_form_sheet sheet = form_sheet_of(lp);
        w->options->on_sheet(w->options->user, &sheet);
    }
    if (!has_widgets && w->options->form_template && form_read_known(w, lp, order_of(s)))
        return;
    form_add_choices(w, lp, s);
    form_add_codes(w, lp);
    form_add_stamps(w, lp);
    if (!has_widgets)
        form_add_places(w, lp, s, DAY_ORDER_UNKNOWN);
    size_t count = form_link_grids(lp, s, pairs, s.count);
    count += form_link_write_lines(lp, s, &lines, pairs + count, s.count - count);
    count += form_link_signatures(lp, s, &lines, pairs + count, s.count - count);
    form_find_questions(s);
    size_t linked = form_link(lp, s, pairs + count);
    form_add_lines(s, pairs + count, linked);
    count += linked;
    count = form_add_sums(s, pairs, count);
    if (count > 0 && !has_widgets) /* nobody asks on most pages */
        order = order_of(s);
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){pairs[i].label, (uint32_t)i};
    if (count > 0)
        layout_sort_by_key(lp->scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        add_pair(w, lp, s, &pairs[keys[i].index], order);
}
