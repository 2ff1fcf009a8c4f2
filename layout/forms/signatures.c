/*
 * Places to sign: printed lines and boxes whose label asks for a signature. Signed is one in which
 * something is drawn, a picture stands, or a pen has written; whose hand it was nobody asks.
 *
 *     Signature  ___~/\/~__      Date ________          ___~/\/~__
 *                                                       Signature
 */
#include "layout/forms/forms.h"

#include <string.h>

#define ABOVE 2.0f /* of the room's height: how far a signature may reach up from its line */
#define INSIDE 0.5f /* of a drawing: then it stands there */
#define BELOW 0.8f /* the same down: strokes end under the line */
#define ON_LINE 0.9f /* of the room's height: how far strokes may end above it */
#define DOWN 0.35f /* of the height of strokes: then they stand there */
#define LARGEST 0.25f /* of the page: a larger picture is its ground */
#define SMALLEST 4.0f /* points; a dot signs nothing */

#define CAPTION_DROP 1.5f /* em from a line to its label under it */
#define CAPTION_RISE 0.35f /* the same, where the label reaches up into it */
#define CAPTION_UNDER 0.5f /* of the label's width, that lies under the line */
#define LINE_ROOM 1.2f /* em above a line that belong to it */
#define STROKES_BEHIND 10.0f /* em from a label to strokes behind it, where no line is */
#define STROKES_ABOVE 2.5f /* em down from strokes to the label */
#define CONFIDENCE 0.85f
#define SIGNED 0.95f /* confidence, chosen: of sheets drawn for it all were right */
#define UNREAD 0.7f /* the same, where something was read that is no text */
#define UNSIGNED 0.9f
#define TYPED 0.5f /* confidence in a value that is type beside strokes; less was made of these */

enum { CAPTION_WORDS = 9 };
enum { STROKES = 4 /* segments of a path; fewer are frames and rules */, LONGEST = 24 };

static bool is_signature_word(quire_text text)
{
    /* Not "sign", which is what ships are called by, nor "firma", a company in other languages. */
    static const char *const words[] = {"signature",    "signatures",     "signed",
                                        "unterschrift", "unterschriften", "firmado",
                                        "sign\xC3\xA9"};
    char folded[LONGEST + 4];
    size_t size = 0;
    for (size_t at = 0; at < text.size && size < LONGEST;) {
        uint32_t c = quire_lower(quire_utf8_next(text.data, text.size, &at));
        if (quire_is_letter(c))
            size += quire_utf8_put(c, folded + size);
    }
    folded[size] = '\0';
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(folded, words[i]) == 0)
            return true;
    return false;
}

bool form_asks_signature(quire_text label_text)
{
    for (size_t at = 0; at < label_text.size;) {
        size_t end = at;
        while (end < label_text.size && !strchr(" /(", label_text.data[end]))
            end++;
        if (is_signature_word((quire_text){label_text.data + at, end - at}))
            return true;
        at = end + 1;
    }
    return false;
}

/* Do the words end in who did something ("Approved by")? A pen that wrote there signed it. */
static bool asks_who(quire_text label_text)
{
    static const char *const words[] = {"by", "von", "par", "por"};
    size_t start = label_text.size;
    while (start > 0 && label_text.data[start - 1] != ' ')
        start--;
    for (size_t i = 0; i < sizeof words / sizeof *words && start > 0; i++)
        if (label_text.size - start == strlen(words[i]) &&
            strncasecmp(label_text.data + start, words[i], strlen(words[i])) == 0)
            return true;
    return false;
}

static bool stands_in(quire_box room, quire_box box)
{
    float own = quire_box_area(box);
    float inside = quire_box_area(quire_box_intersection(room, box));
    return quire_box_width(box) >= SMALLEST && quire_box_height(box) >= SMALLEST / 2 &&
           inside > INSIDE * own;
}

/* Strokes reach under the line, and beyond its end. `own` is the room, and `room` all that strokes
 * in it may take. */
static bool is_written_in(quire_box own, quire_box room, quire_box box)
{
    float height = quire_box_height(own);
    float across = quire_overlap(room.x0, room.x1, box.x0, box.x1);
    float down = quire_overlap(room.y0, room.y1, box.y0, box.y1);
    return across > INSIDE * quire_smaller(quire_box_width(box), quire_box_width(room)) &&
           down > DOWN * quire_box_height(box) && box.y1 > own.y1 - ON_LINE * height;
}

static bool is_scribbled(const quire_page *page, quire_box own, quire_box room)
{
    room.y1 += BELOW * quire_box_height(own);
    for (size_t i = 0; i < page->scribble_count; i++)
        if (!page->scribbles[i].is_stamp && is_written_in(own, room, page->scribbles[i].box))
            return true;
    return false;
}

/* The room above a line, up to the one above it. */
static quire_box extend_room(const layout_page *lp, quire_box room)
{
    float height = quire_box_height(room), top = room.y0 - ABOVE * height;
    float middle = (room.y0 + room.y1) / 2;
    for (size_t i = 0; i < lp->page->rule_count; i++) {
        const quire_rule *rule = &lp->page->rules[i];
        float y = (rule->box.y0 + rule->box.y1) / 2;
        bool over = quire_overlap(rule->box.x0, rule->box.x1, room.x0, room.x1) >
                    INSIDE * quire_box_width(room);
        if (rule->horizontal && over && y < middle && y > top)
            top = y;
    }
    room.y0 = quire_smaller(room.y0, top);
    return room;
}

bool form_is_signed(const layout_page *lp, quire_box own)
{
    const quire_page *page = lp->page;
    float largest = LARGEST * page->width * page->height;
    quire_box room = extend_room(lp, own);
    if (is_scribbled(page, own, room))
        return true;
    for (size_t i = 0; i < page->drawing_count; i++) {
        const quire_drawing *d = &page->drawings[i];
        if ((d->curved || d->segments > STROKES) && stands_in(room, d->box))
            return true;
    }
    for (size_t i = 0; i < page->image_count; i++)
        if (quire_box_area(page->images[i].box) < largest && stands_in(room, page->images[i].box))
            return true;
    return false;
}

/* Loops of a pen are read as noughts and signs: what has few letters is no name. A date is one. */
static bool is_no_name(const quire_field *field)
{
    size_t letters = 0, others = 0, size = strlen(field->value);
    for (size_t at = 0; at < size;) {
        uint32_t c = quire_utf8_next(field->value, size, &at);
        letters += quire_is_letter(c);
        others += !quire_is_letter(c) && c > ' ';
    }
    return letters <= others && field->value_type != QUIRE_VALUE_DATE;
}

static void drop_value(quire_field *field)
{
    field->value = field->normalised = NULL;
    field->value_type = QUIRE_VALUE_TEXT;
}

/* May the field be a place to sign? What a file writes on such a line itself is a name. */
static bool may_be_signed(const quire_field *field, bool *is_place)
{
    quire_text asks = quire_text_of(field->label ? field->label : "");
    bool recognised = field->source == QUIRE_FIELD_OF_OCR;
    *is_place = form_asks_signature(asks);
    return recognised ? *is_place || asks_who(asks) : *is_place && !field->value;
}

void form_sign(const layout_page *lp, quire_field *field, quire_box room, bool unread)
{
    bool is_place;
    if (!may_be_signed(field, &is_place))
        return;
    bool is_loops = is_place && field->value && is_no_name(field);
    bool is_signed = is_loops || form_is_signed(lp, room);
    if ((field->value || !is_place) && !is_signed)
        return; /* a name that was typed, or that somebody is asked for */
    if (is_loops || field->confidence < TYPED)
        drop_value(field);
    field->type = QUIRE_FIELD_SIGNATURE;
    field->state = is_signed || unread ? QUIRE_STATE_SELECTED : QUIRE_STATE_UNSELECTED;
    field->confidence = is_signed ? SIGNED : unread ? UNREAD : UNSIGNED;
    field->box = room;
}

/* ---- labels that stand elsewhere than before a line ---- */

static bool is_caption(const segment *s)
{
    uint32_t barred = SEGMENT_USED | SEGMENT_IN_PROSE | SEGMENT_INLINE | SEGMENT_HEADS_TABLE;
    return !(s->flags & barred) && form_is_short_name(s->text, CAPTION_WORDS) &&
           form_asks_signature(form_label_text(s->text));
}

/* The line without a label of its own that the segment stands under; NULL: none. */
static const write_line *line_over(const write_lines *lines, const segment *s)
{
    for (size_t i = 0; i < lines->count; i++) {
        const write_line *own = &lines->items[i];
        float under = quire_overlap(own->x0, own->x1, s->box.x0, s->box.x1);
        if (own->label == UINT32_MAX && own->y > s->box.y0 - CAPTION_DROP * s->size &&
            own->y < s->box.y0 + CAPTION_RISE * s->size &&
            under > CAPTION_UNDER * quire_box_width(s->box))
            return own;
    }
    return NULL;
}

/* Above the line: from what stands under it before the label to what stands behind it. */
static quire_box room_over(segments s, const segment *asks, const write_line *own)
{
    quire_box room = {own->x0, own->y - LINE_ROOM * asks->size, own->x1, own->y};
    for (size_t i = 0; i < s.count; i++) {
        const segment *to = &s.items[i];
        if (to == asks || !segments_share_row(asks, to))
            continue;
        if (to->box.x0 > asks->box.x1 && to->box.x0 < room.x1)
            room.x1 = to->box.x0;
        if (to->box.x1 < asks->box.x0 && to->box.x1 > room.x0)
            room.x0 = to->box.x1;
    }
    return room;
}

/* What was read on the line is an answer, good or bad. */
static void take_written(segments s, quire_box room, form_pair *pair)
{
    for (size_t i = 0; i < s.count && pair->part_count < PAIR_PARTS; i++) {
        segment *to = &s.items[i];
        float x = (to->box.x0 + to->box.x1) / 2, y = (to->box.y0 + to->box.y1) / 2;
        if (!(to->flags & (SEGMENT_USED | SEGMENT_LABEL)) && to->flags & SEGMENT_RECOGNISED &&
            i != pair->label && quire_box_holds_point(room, x, y)) {
            to->flags |= SEGMENT_USED;
            pair->parts[pair->part_count++] = (uint32_t)i;
        }
    }
}

/* Strokes behind the label, or above it; empty: none. */
static quire_box strokes_near(const layout_page *lp, const segment *s)
{
    for (size_t i = 0; i < lp->page->scribble_count; i++) {
        quire_box box = layout_frame_box(&lp->frame, lp->page->scribbles[i].box);
        float gap = box.x0 - s->box.x1, drop = s->box.y0 - box.y1;
        bool row = quire_overlap(box.y0, box.y1, s->box.y0, s->box.y1) > DOWN * s->size;
        bool over = quire_overlap(box.x0, box.x1, s->box.x0, s->box.x1) > 0;
        bool behind = row && gap > -s->size && gap < STROKES_BEHIND * s->size;
        bool above = over && drop > -s->size && drop < STROKES_ABOVE * s->size;
        if (!lp->page->scribbles[i].is_stamp && (behind || above))
            return box;
    }
    return quire_box_empty();
}

size_t form_link_signatures(const layout_page *lp, segments s, const write_lines *lines,
                            form_pair *pairs, size_t room)
{
    size_t count = 0;
    for (size_t i = 0; i < s.count && count < room; i++) {
        if (!is_caption(&s.items[i]))
            continue;
        const write_line *own = line_over(lines, &s.items[i]);
        form_pair pair = {.label = (uint32_t)i, .confidence = CONFIDENCE};
        pair.room = own ? room_over(s, &s.items[i], own) : strokes_near(lp, &s.items[i]);
        if (quire_box_is_empty(pair.room))
            continue;
        s.items[i].flags |= SEGMENT_USED | SEGMENT_LABEL;
        if (own)
            take_written(s, pair.room, &pair);
        pairs[count++] = pair;
    }
    return count;
}
