/*
 * Answers that are more than one segment: values that go on below, and rows of sums.
 *
 *     Advertiser: Committee to       a line under the value, with no label of its own, goes on
 *                 Elect Anyone
 *     Totals   12   940.00   75.20   every amount of the row answers the sum
 */
#include "layout/forms/forms.h"

#define LINE_DROP 0.9f /* of the size: white between lines of one value, at most */
#define ROW_GAP 1.4f /* em between parts of one line that was read from an image */
#define WRAPPED 12.0f /* em: a shorter line would not have been broken */
#define EDGE 1.0f /* em between left edges of lines of one value, at most */

/* Is there anything to the left of `s` on its row, from the left edge of the label on? */
static bool has_neighbour(segments all, size_t index, float from)
{
    const segment *s = &all.items[index];
    for (int step = -1; step <= 1; step += 2) {
        for (size_t i = index + (size_t)step; i < all.count; i += (size_t)step) {
            const segment *other = &all.items[i];
            if (fabsf(other->box.y1 - s->box.y1) > 2 * s->size)
                break;
            if (segments_share_row(s, other) && other->box.x1 > from && other->box.x0 < s->box.x0)
                return true;
        }
    }
    return false;
}

/* How much the sizes of two lines may differ: those of what was read are measured. */
static float size_slack(const segment *s)
{
    return s->flags & SEGMENT_RECOGNISED ? 0.35f : 0.1f;
}

static bool ends_row(segments s, size_t index)
{
    const segment *own = &s.items[index];
    for (size_t i = 0; i < s.count; i++)
        if (s.items[i].box.x0 > own->box.x1 && segments_share_row(own, &s.items[i]))
            return false;
    return true;
}

/* On paper, what a colon asks for may be a sentence that goes on under its label:
 *
 *     Remarks: Please forward the
 *     comments to the office.
 */
static bool is_wrapped(segments s, const form_pair *pair, const segment *to)
{
    const segment *asks = &s.items[pair->label], *first = &s.items[pair->parts[0]];
    bool sentence = asks->flags & SEGMENT_COLON && asks->flags & SEGMENT_RECOGNISED &&
                    !pair->below && quire_box_width(first->box) > WRAPPED * first->size;
    size_t at = 0;
    uint32_t c = quire_utf8_next(to->text.data, to->text.size, &at);
    return sentence && fabsf(to->box.x0 - asks->box.x0) < EDGE * asks->size && quire_is_letter(c) &&
           quire_is_lower(c) && ends_row(s, pair->parts[0]);
}

/* The segment that goes on under `last`; SIZE_MAX: none. */
static size_t next_line(segments s, const form_pair *pair, size_t last)
{
    const segment *above = &s.items[last];
    float deepest = above->box.y1 + 3 * above->size;
    for (size_t i = last + 1; i < s.count && s.items[i].box.y1 < deepest; i++) {
        const segment *to = &s.items[i];
        float drop = to->box.y0 - above->box.y1;
        bool close = drop > -0.4f * above->size && drop < LINE_DROP * above->size;
        bool aligned = fabsf(to->box.x0 - above->box.x0) < EDGE * above->size;
        if (close && (aligned || is_wrapped(s, pair, to)) &&
            fabsf(to->size - above->size) < size_slack(above) * above->size)
            return i;
    }
    return SIZE_MAX;
}

static bool goes_on(segments s, const form_pair *pair, size_t next)
{
    const segment *label_at = &s.items[pair->label], *to = &s.items[next];
    uint32_t barred = SEGMENT_LABEL | SEGMENT_USED | SEGMENT_INLINE;
    if (!(label_at->flags & SEGMENT_RECOGNISED))
        barred |= SEGMENT_IN_PROSE;
    return !(to->flags & barred) && !has_neighbour(s, next, label_at->box.x0);
}

/* What was parted by a line that begins under it, or by a gap of a typewriter, follows close by. */
static void add_row(segments s, form_pair *pair)
{
    const segment *first = &s.items[pair->parts[0]];
    for (size_t i = 0; i < s.count && pair->part_count < PAIR_PARTS; i++) {
        const segment *last = &s.items[pair->parts[pair->part_count - 1]];
        segment *to = &s.items[i];
        uint32_t barred = SEGMENT_LABEL | SEGMENT_USED | SEGMENT_HEADS_TABLE;
        float gap = to->box.x0 - last->box.x1;
        if (to->flags & barred || gap < -0.5f * last->size || gap > ROW_GAP * last->size ||
            !segments_share_row(first, to))
            continue;
        to->flags |= SEGMENT_USED;
        pair->parts[pair->part_count++] = (uint32_t)i;
        i = SIZE_MAX; /* the next one may stand before it in the list */
    }
}

static void add_lines(segments s, form_pair *pair)
{
    size_t above = pair->parts[0];
    if (s.items[pair->label].flags & SEGMENT_RECOGNISED)
        add_row(s, pair);

    bool has_colon = s.items[pair->label].flags & SEGMENT_COLON;
    bool is_text = form_value_read(NULL, s.items[pair->parts[0]].text, DAY_ORDER_UNKNOWN).type ==
                   QUIRE_VALUE_TEXT;
    if (!is_text || (pair->below && !has_colon))
        return;
    while (pair->part_count < PAIR_PARTS) {
        size_t next = next_line(s, pair, above);
        if (next == SIZE_MAX || !goes_on(s, pair, next))
            return;
        s.items[next].flags |= SEGMENT_USED;
        pair->parts[pair->part_count++] = (uint32_t)next;
        above = next;
    }
}

void form_add_lines(segments s, form_pair *pairs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add_lines(s, &pairs[i]);
}

static bool is_amount(const segment *s)
{
    bool has_currency;
    char normalised[64];
    return form_amount_read(s->text, &has_currency, normalised);
}

size_t form_add_sums(segments s, form_pair *pairs, size_t count)
{
    size_t total = count;
    for (size_t i = 0; i < count; i++) {
        const form_pair from = pairs[i];
        const segment *first = &s.items[from.parts[0]];
        if (!(s.items[from.label].flags & SEGMENT_SUM) || from.below || !is_amount(first))
            continue;
        for (size_t k = from.parts[0] + 1; k < s.count && total < s.count; k++) {
            segment *to = &s.items[k];
            if (!segments_share_row(first, to) || to->flags & (SEGMENT_USED | SEGMENT_LABEL) ||
                !is_amount(to))
                break;
            to->flags |= SEGMENT_USED;
            pairs[total] = from;
            pairs[total++].parts[0] = (uint32_t)k;
        }
    }
    return total;
}
