/*
 * Quotations: paragraphs that are set in on both sides of a column.
 *
 *     | text text text text text text |
 *     |    quoted text quoted text    |
 *     |    quoted text quoted         |
 *     | text text text text text text |
 *
 * What stands before and behind them fills the column; captions and items are set in, too, and
 * are told by how they begin.
 */
#include "layout/passes.h"

enum { LEADER_CHARACTERS = 60 };

#define INSET_LEAST_EM 1.0f
#define INSET_MOST 0.25f /* of the column's width, on either side */
#define ALIGNED_EM 0.5f
#define SIZE_MOST 1.03f /* of the body */
#define FULL_EM 3.0f /* white at the end of a line that the column ends, most */

static bool is_text(const block *b)
{
    return b->first < b->end && b->type == QUIRE_PARAGRAPH;
}

/* The column that block `at` stands in, as the widest paragraphs of the region show it. */
static quire_box column_of(const layout_page *lp, size_t at)
{
    uint32_t region = lp->blocks[at].region;
    quire_box column = quire_box_empty();
    while (at > 0 && lp->blocks[at - 1].region == region)
        at--;
    for (; at < lp->block_count && lp->blocks[at].region == region; at++) {
        const block *b = &lp->blocks[at];
        if (is_text(b) && b->end - b->first > 1)
            column = quire_box_union(column, b->box);
    }
    return column;
}

static bool fills(const layout_page *lp, const block *b, quire_box column)
{
    return is_text(b) && b->box.x0 - column.x0 < ALIGNED_EM * lp->body_size &&
           b->characters > LEADER_CHARACTERS && !(b->line_flags & LINE_BOLD);
}

/* All lines start at one edge, but the first, and all end at about one, but the last. */
static bool is_set_as_text(const layout_page *lp, const block *b)
{
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        bool first = i == b->first, last = i + 1 == b->end;
        if (l->flags & LINE_SAME_ROW || (!first && l->box.x0 - b->box.x0 > ALIGNED_EM * l->size) ||
            (!last && b->box.x1 - l->box.x1 > FULL_EM * l->size))
            return false;
    }
    return true;
}

static bool is_set_in(const layout_page *lp, const block *b, quire_box column)
{
    float em = lp->body_size, most = INSET_MOST * quire_box_width(column);
    float left = b->box.x0 - column.x0, right = column.x1 - b->box.x1;
    return left > INSET_LEAST_EM * em && right > INSET_LEAST_EM * em && left < most && right < most;
}

/* Nothing in how it begins or looks says that it is something else. */
static bool can_be_quote(const layout_page *lp, const block *b)
{
    if (!is_text(b) || b->end - b->first < 2 || b->area >= 0 ||
        b->size > SIZE_MOST * lp->body_size || b->line_flags & LINE_BOLD ||
        b->flags & BLOCK_KEEPS_LINES)
        return false;
    const line *first = &lp->lines[b->first];
    return layout_label_of(first).family == LABEL_NONE && layout_caption_prefix(first->text) == 0 &&
           first->angle == lp->frame.angle;
}

/* The text before it fills the column, or is quoted, too; what comes behind it stands further out
 * again. */
static bool is_framed(const layout_page *lp, size_t at, quire_box column)
{
    const block *b = &lp->blocks[at], *before = b - 1;
    const block *after = at + 1 < lp->block_count ? b + 1 : NULL;
    bool goes_on = before->flags & BLOCK_QUOTE && fabsf(before->box.x0 - b->box.x0) < 1;
    if (before->region != b->region || !(fills(lp, before, column) || goes_on))
        return false;
    bool below = after && after->region == b->region && is_text(after);
    return !below || after->box.x0 <= b->box.x0 + ALIGNED_EM * lp->body_size;
}

void layout_find_quotes(layout_page *lp)
{
    quire_box column = quire_box_empty();
    for (size_t i = 1, seen = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (seen == 0 || b->region != lp->blocks[seen].region) {
            column = column_of(lp, i);
            seen = i;
        }
        if (!can_be_quote(lp, b) || !is_framed(lp, i, column) || !is_set_in(lp, b, column) ||
            !is_set_as_text(lp, b))
            continue;
        b->flags |= BLOCK_QUOTE;
        layout_explain(lp, b, "quotation: it is set in on both sides of its column");
    }
}
