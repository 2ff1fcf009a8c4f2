/*
 * Stanzas: lines that were ended on purpose, and so stay lines.
 *
 *     text text text text text text text text     the next word would have fitted behind each of
 *                                                 them, and they are not all of one length, as
 *         The clock upon the tower is slow,       text is that was set in a narrower column
 *         the baker winds it in the snow,
 *                                                 Addresses, verse, lists without labels.
 *     text text text text text text text text
 */
#include "layout/passes.h"

enum { LINES_LEAST = 3, NEAR = 200 };

#define SLACK_EM 0.8f /* white left after the next word would have been set */
#define ALIGNED_EM 0.35f
#define UNEVEN_LEAST 0.3f /* of the lines but the last: early beside the longest of them, too */
#define SIZE_CHANGE 0.03f
#define STEP_MOST 1.5f /* from line to line, of the size */
#define STEP_CHANGE 1.5f /* points */
#define FILLED_MOST 0.8f /* of the room, by the longest line */
#define FILLED_EVEN 0.6f /* where the lines are about as long as each other */

/* Text that is set in lines, one below the other. */
static bool is_plain(const layout_page *lp, const block *b)
{
    bool inside = b->area >= 0 && lp->areas[b->area].kind != AREA_CARD;
    return b->type == QUIRE_PARAGRAPH && b->first < b->end && !inside &&
           !(b->line_flags & (LINE_BOLD | LINE_VERTICAL)) &&
           lp->lines[b->first].angle == lp->frame.angle;
}

/* True when the next line could have begun in this one, in a column of that width. */
static bool is_early(const layout_page *lp, uint32_t at, float width)
{
    const line *l = &lp->lines[at];
    return width - quire_box_width(l->box) - layout_width_wanted(lp, l + 1) > SLACK_EM * l->size;
}

static bool begins_alike(const line *a, const line *b)
{
    float em = a->size;
    bool left = fabsf(a->box.x0 - b->box.x0) <= ALIGNED_EM * em;
    bool right = fabsf(a->box.x1 - b->box.x1) <= ALIGNED_EM * em;
    bool centred = fabsf(a->box.x0 + a->box.x1 - b->box.x0 - b->box.x1) <= 2 * ALIGNED_EM * em;
    return centred || (b->flags & LINE_RIGHT_TO_LEFT ? right : left);
}

/* Does the line after `at` go on with the lines from `first` on? */
static bool goes_on(const layout_page *lp, uint32_t first, uint32_t at)
{
    const line *a = &lp->lines[at], *b = a + 1;
    if (b->region != a->region || b->flags & LINE_SAME_ROW || a->style != b->style ||
        (a->flags ^ b->flags) & (LINE_BOLD | LINE_ITALIC | LINE_CAPS | LINE_CODE) ||
        fabsf(a->size - b->size) > SIZE_CHANGE * a->size)
        return false;
    if (layout_label_of(b).family != LABEL_NONE || layout_line_leads(b) || !begins_alike(a, b))
        return false;
    float step = b->baseline - a->baseline;
    float before = at > first ? a->baseline - a[-1].baseline : step;
    return step > 0 && step <= STEP_MOST * a->size && fabsf(step - before) <= STEP_CHANGE;
}

/* Does `box` stand in the way of a line that would go on to the right? */
static bool is_in_the_way(const line *l, quire_box box)
{
    return box.x0 >= l->box.x1 && box.y0 < l->box.y1 + l->size && box.y1 > l->box.y0;
}

/* The room that a line has: as far as other lines above and below it reach, and nothing stands
 * beside it. */
static float room_of(const layout_page *lp, uint32_t at)
{
    const line *l = &lp->lines[at];
    float right = l->box.x1, most = INFINITY;
    uint32_t first = at > NEAR ? at - NEAR : 0, end = at + NEAR;
    for (uint32_t i = first; i < lp->line_count && i < end; i++) {
        const line *other = &lp->lines[i];
        if (other->area != l->area || other->angle != l->angle)
            continue;
        if (is_in_the_way(l, other->box))
            most = fminf(most, other->box.x0 - l->size);
        else if (other->box.x0 < l->box.x1 && other->box.x1 > l->box.x0)
            right = fmaxf(right, other->box.x1);
    }
    for (size_t i = 0; i < lp->area_count && i < NEAR; i++)
        if (lp->areas[i].parent == l->area && is_in_the_way(l, lp->areas[i].box))
            most = fminf(most, lp->areas[i].box.x0);
    return fminf(right, most) - l->box.x0;
}

/* The end of the lines from block `at` on that are early, all but the last; blocks are taken
 * whole. Returns the number of blocks. */
static size_t reach(const layout_page *lp, size_t at, float width, uint32_t *end)
{
    const block *first = &lp->blocks[at];
    size_t blocks = 0;
    *end = first->first;
    for (size_t i = at; i < lp->block_count && is_plain(lp, &lp->blocks[i]); i++) {
        const block *b = &lp->blocks[i];
        if (i > at && (b->first != *end || !goes_on(lp, first->first, *end - 1) ||
                       !is_early(lp, *end - 1, width)))
            break;
        for (uint32_t k = b->first; k + 1 < b->end; k++)
            if (!goes_on(lp, first->first, k) || !is_early(lp, k, width))
                return blocks;
        *end = b->end;
        blocks++;
    }
    return blocks;
}

/* Uneven, or far from the end of the room and not justified. */
static bool are_stanza(const layout_page *lp, uint32_t first, uint32_t end, float width)
{
    uint32_t uneven = 0, pairs = end - first - 1;
    float longest = 0, shortest = INFINITY;
    for (uint32_t i = first; i < end; i++) {
        float own = quire_box_width(lp->lines[i].box);
        longest = fmaxf(longest, own);
        shortest = i + 1 < end ? fminf(shortest, own) : shortest;
    }
    for (uint32_t i = first; i + 1 < end; i++)
        uneven += is_early(lp, i, longest);
    if (longest <= FILLED_EVEN * width && longest - shortest > ALIGNED_EM * lp->lines[first].size)
        return true;
    return longest <= FILLED_MOST * width && (float)uneven >= UNEVEN_LEAST * (float)pairs;
}

void layout_find_stanzas(layout_page *lp)
{
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count;) {
        block *b = &lp->blocks[kept];
        *b = lp->blocks[i];
        size_t blocks = 0;
        uint32_t end = b->end;
        if (is_plain(lp, b) && layout_label_of(&lp->lines[b->first]).family == LABEL_NONE) {
            float width = room_of(lp, b->first);
            blocks = reach(lp, i, width, &end);
            if (blocks == 0 || end - b->first < LINES_LEAST ||
                !are_stanza(lp, b->first, end, width))
                blocks = 0;
        }
        if (blocks > 0) {
            b->end = end;
            layout_finish_block(lp, b);
            b->flags |= BLOCK_KEEPS_LINES;
            layout_explain(lp, b, "its lines are kept: the next one would have fitted in each");
        }
        i += blocks > 0 ? blocks : 1;
        kept++;
    }
    lp->block_count = kept;
}
