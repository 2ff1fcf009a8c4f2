/*
 * Definitions: terms, and what hangs below them.
 *
 *     Leat                               Weir  the wall over which the mill's water
 *        the channel that brings water         falls when nobody wants it
 *        to the mill                     Tail  what leaves the wheel and goes back to
 *     Weir                                     the river
 *        the wall over which it falls
 *                                        Leat        the channel that brings water to the mill,
 *                                                    or takes it past
 *
 * A term is short and stands further left than its text, on a line of its own, beside it in a
 * column or, set in bold, italics or typewriting, at the start of it. One alone proves nothing:
 * there must be several below each other, and text that is not theirs at their edge, or many of
 * them that are short. Else they are headings that hang in the margin of an indented text.
 */
#include "layout/passes.h"

#include <string.h>

enum {
    TERM_CHARACTERS = 60,
    STYLED_LEAST = 2, /* units, where the terms have a look of their own */
    PLAIN_LEAST = 3,
    MANY = 4, /* units that need no other text beside them */
    MANY_LINES = 4, /* of text, on the average */
    OTHER_CHARACTERS = 60, /* of text at the edge of the terms */
    NEAR = 200, /* blocks: how far away such text is sought */
};

#define INDENT_LEAST_EM 0.8f
#define INDENT_MOST_EM 8.0f
#define ALIGNED_EM 0.4f
#define STEP_MOST 1.8f /* baselines from a term to its text, of the size */
#define SIZE_CHANGE 0.06f
#define WRAPPED_LEAST 0.34f /* of the units in two columns: their text is prose */

/* A term with its text: one block, or two. */
typedef struct unit {
    size_t blocks; /* 0: none */
    uint32_t term; /* bytes */
    uint32_t lines; /* of the text */
    float x, indent; /* indent 0: it has one line, which tells none */
    bool styled;
    bool apart; /* its text stands beside it, behind a gap */
} unit;

static bool is_open(const layout_page *lp, const block *b)
{
    bool inside = b->area >= 0 && lp->areas[b->area].kind != AREA_CARD;
    return b->type == QUIRE_PARAGRAPH && b->first < b->end && !inside &&
           !(b->flags & BLOCK_KEEPS_LINES) && lp->lines[b->first].angle == lp->frame.angle &&
           !(b->line_flags & (LINE_VERTICAL | LINE_RIGHT_TO_LEFT)) &&
           layout_label_of(&lp->lines[b->first]).family == LABEL_NONE;
}

static bool is_near(float a, float b, float em)
{
    return fabsf(a - b) <= ALIGNED_EM * em;
}

static uint32_t look_of(const word *w)
{
    return w->flags & (WORD_BOLD | WORD_ITALIC | WORD_MONOSPACE);
}

static bool has_look(const layout_page *lp, const line *l)
{
    return look_of(&lp->words[l->first]) != 0 &&
           l->flags & (LINE_BOLD | LINE_ITALIC | LINE_MONOSPACE);
}

static bool is_indent(float indent, float em)
{
    return indent >= INDENT_LEAST_EM * em && indent <= INDENT_MOST_EM * em;
}

/* ---- units ---- */

/* Bytes at the start of a line that have a look of their own, which its end has not. */
static uint32_t styled_start(const layout_page *lp, const line *l)
{
    uint32_t look = look_of(&lp->words[l->first]), i = l->first;
    if (look == 0)
        return 0;
    while (i < l->end && look_of(&lp->words[i]) == look)
        i++;
    return i < l->end && i > l->first ? lp->words[i - 1].text_end : 0;
}

/* All lines but the first stand further in, at one edge. */
static bool hangs(const layout_page *lp, const block *b)
{
    const line *first = &lp->lines[b->first];
    if (b->end - b->first < 2 || !is_indent(first[1].box.x0 - first->box.x0, b->size))
        return false;
    for (uint32_t i = b->first + 1; i < b->end; i++)
        if (lp->lines[i].flags & LINE_SAME_ROW ||
            !is_near(lp->lines[i].box.x0, first[1].box.x0, b->size))
            return false;
    return true;
}

/* One block: the term leads its first line. */
static unit unit_of_block(const layout_page *lp, const block *b)
{
    const line *first = &lp->lines[b->first];
    uint32_t term = styled_start(lp, first);
    bool alone = b->end - b->first == 1;
    if ((!alone && !hangs(lp, b)) || term == 0 || term > TERM_CHARACTERS)
        return (unit){0};
    return (unit){.blocks = 1,
                  .term = term,
                  .lines = b->end - b->first,
                  .x = first->box.x0,
                  .indent = alone ? 0 : first[1].box.x0 - first->box.x0,
                  .styled = true};
}

/* Two blocks: a term on a line of its own, and its text below. */
static unit unit_of_pair(const layout_page *lp, const block *t, const block *d)
{
    const line *l = &lp->lines[t->first], *below = &lp->lines[d->first];
    float indent = d->box.x0 - l->box.x0, step = below->baseline - l->baseline;
    if (t->end - t->first != 1 || l->text.size > TERM_CHARACTERS || t->region != d->region ||
        d->first != t->end || !is_indent(indent, d->size) || step <= 0 ||
        step > STEP_MOST * d->size || t->size > (1 + SIZE_CHANGE) * d->size)
        return (unit){0};
    uint32_t last = d->end - 1;
    if (below->flags & LINE_SAME_ROW || !is_near(lp->lines[last].box.x0, d->box.x0, d->size) ||
        has_look(lp, below) || l->text.data[l->text.size - 1] == '.')
        return (unit){0};
    return (unit){.blocks = 2,
                  .term = (uint32_t)l->text.size,
                  .lines = d->end - d->first,
                  .x = l->box.x0,
                  .indent = indent,
                  .styled = has_look(lp, l)};
}

/* Blocks from `at` on that go on below a line, at its edge and with nothing beside them. */
static size_t count_below(const layout_page *lp, size_t at, const line *first)
{
    size_t count = 0;
    uint32_t end = lp->blocks[at - 1].end;
    for (; at + count < lp->block_count; count++) {
        const block *b = &lp->blocks[at + count];
        if (!is_open(lp, b) || b->first != end || b->region != lp->blocks[at - 1].region)
            break;
        const line *last = &lp->lines[b->end - 1];
        float step = lp->lines[b->first].baseline - lp->lines[end - 1].baseline;
        bool beside = b->end < lp->line_count && last[1].flags & LINE_SAME_ROW;
        if (beside || lp->lines[b->first].flags & LINE_SAME_ROW || step <= 0 ||
            step > STEP_MOST * b->size || !is_near(b->box.x0, first->box.x0, b->size) ||
            fabsf(b->size - first->size) > SIZE_CHANGE * b->size)
            break;
        end = b->end;
    }
    return count;
}

/* A line of its own, that a text beside it may define. */
static bool is_term(const line *l, const line *beside)
{
    return l->text.size > 0 && l->text.size <= TERM_CHARACTERS &&
           l->text.data[l->text.size - 1] != '.' && l->size <= (1 + SIZE_CHANGE) * beside->size &&
           beside->flags & LINE_SAME_ROW && beside->row == l->row &&
           beside->box.x0 >= l->box.x1 + beside->size;
}

/* Blocks that the two lines of a row make: one, or two; 0: they hold more than the row. */
static size_t row_blocks(const layout_page *lp, size_t at)
{
    const block *t = &lp->blocks[at], *d = t + 1;
    if (t->end - t->first == 2)
        return 1;
    bool two = t->end - t->first == 1 && at + 1 < lp->block_count && is_open(lp, d) &&
               d->end - d->first == 1 && d->first == t->end && d->region == t->region;
    return two ? 2 : 0;
}

/* A row: a term, its text beside it, and what of that stands below. */
static unit unit_of_row(const layout_page *lp, size_t at)
{
    const block *t = &lp->blocks[at];
    const line *l = &lp->lines[t->first], *beside = l + 1;
    size_t blocks = row_blocks(lp, at);
    if (blocks == 0 || !is_term(l, beside))
        return (unit){0};
    blocks += count_below(lp, at + blocks, beside);
    return (unit){.blocks = blocks,
                  .term = (uint32_t)l->text.size,
                  .lines = lp->blocks[at + blocks - 1].end - t->first - 1,
                  .x = l->box.x0,
                  .indent = beside->box.x0 - l->box.x0,
                  .styled = has_look(lp, l),
                  .apart = true};
}

static unit unit_at(const layout_page *lp, size_t at)
{
    const block *b = &lp->blocks[at];
    if (!is_open(lp, b))
        return (unit){0};
    unit found = unit_of_block(lp, b);
    if (found.blocks == 0 && at + 1 < lp->block_count && is_open(lp, b + 1))
        found = unit_of_pair(lp, b, b + 1);
    return found.blocks > 0 ? found : unit_of_row(lp, at);
}

/* ---- runs of units ---- */

typedef struct run {
    size_t units, blocks, hanging;
    size_t wrapped; /* units whose text has more than one line */
    uint32_t lines;
    float x, indent;
    bool styled, apart;
} run;

static bool fits(const run *r, const unit *u, float em)
{
    if (r->units == 0)
        return true;
    return is_near(u->x, r->x, em) && u->styled == r->styled && u->apart == r->apart &&
           (u->indent == 0 || r->indent == 0 || is_near(u->indent, r->indent, em));
}

static run run_at(const layout_page *lp, size_t at)
{
    run r = {0};
    while (at + r.blocks < lp->block_count &&
           lp->blocks[at + r.blocks].region == lp->blocks[at].region) {
        unit u = unit_at(lp, at + r.blocks);
        if (u.blocks == 0 || !fits(&r, &u, lp->blocks[at].size))
            break;
        r.x = u.x;
        r.indent = u.indent > 0 ? u.indent : r.indent;
        r.hanging += u.indent > 0;
        r.styled = u.styled;
        r.apart = u.apart;
        r.wrapped += u.lines > 1;
        r.units++;
        r.blocks += u.blocks;
        r.lines += u.lines;
    }
    return r;
}

/* Text of its own at the edge of the terms, in their column. */
static bool has_text_beside(const layout_page *lp, size_t at, const run *r)
{
    float x = lp->lines[lp->blocks[at].first].box.x0;
    size_t from = at > NEAR ? at - NEAR : 0, end = at + r->blocks + NEAR;
    for (size_t i = from; i < lp->block_count && i < end; i++) {
        const block *b = &lp->blocks[i];
        if ((i >= at && i < at + r->blocks) || b->type != QUIRE_PARAGRAPH || b->first == b->end ||
            b->region != lp->blocks[at].region)
            continue;
        if (is_near(b->box.x0, x, b->size) && b->characters > OTHER_CHARACTERS)
            return true;
    }
    return false;
}

static bool is_list(const layout_page *lp, size_t at, const run *r)
{
    if (r->units < (r->styled ? STYLED_LEAST : PLAIN_LEAST) || r->hanging * 2 < r->units)
        return false;
    if (r->apart && (float)r->wrapped < WRAPPED_LEAST * (float)r->units) /* a table, a form */
        return false;
    bool many = r->units >= MANY && r->lines <= MANY_LINES * r->units;
    return many || has_text_beside(lp, at, r);
}

static void make_item(layout_page *lp, block *b, const unit *u, const block *text)
{
    b->end = text->end;
    layout_finish_block(lp, b);
    b->type = QUIRE_LIST_ITEM;
    b->level = 1;
    b->flags |= BLOCK_DEFINITION;
    b->term = u->term;
    layout_explain(lp, b, "definition: a term, and text that hangs below it");
}

void layout_find_definitions(layout_page *lp)
{
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count;) {
        run r = run_at(lp, i);
        if (!is_list(lp, i, &r)) {
            for (size_t end = i + MAX(r.blocks, 1); i < end; i++)
                lp->blocks[kept++] = lp->blocks[i];
            continue;
        }
        for (size_t end = i + r.blocks, first = kept; i < end; kept++) {
            unit u = unit_at(lp, i);
            block made = lp->blocks[i];
            make_item(lp, &made, &u, &lp->blocks[i + u.blocks - 1]);
            made.flags |= kept == first ? BLOCK_STARTS_LIST : 0;
            lp->blocks[kept] = made;
            i += u.blocks;
        }
    }
    lp->block_count = kept;
}
