/*
 * Turns: paragraphs and items that a page's end cut.
 *
 *     page 4   text text text text text        no sentence ends with the page's last line, which
 *              text text and no stop           fills its column, or a hyphen does
 *              1 a footnote
 *     page 5   running head
 *              goes on in small letters        the first text of the next page, set alike
 *
 * So are those that notes part from the next column of their page.
 *
 * The block of the later page is taken by that of the earlier, whose element then stands in two
 * places. What cannot be carried over the turn (links) keeps the two apart.
 */
#include "layout/passes.h"

#define SIZE_CHANGE 0.08f
#define END_EM 2.5f /* white at the end of the last line, most */

static bool is_body(const block *b)
{
    return b->layer == QUIRE_LAYER_BODY && b->area < 0 && b->first < b->end;
}

static bool is_passed_over(const block *b)
{
    return b->layer != QUIRE_LAYER_BODY || (b->type == QUIRE_FIGURE && b->first == b->end) ||
           b->type == QUIRE_CAPTION || b->type == QUIRE_TABLE;
}

/* The last text of the page, and the first; figures, tables and captions stand where there was
 * room for them, often at the page's ends. */
static block *last_text(layout_page *lp)
{
    for (size_t i = lp->block_count; i-- > 0;)
        if (!is_passed_over(&lp->blocks[i]))
            return &lp->blocks[i];
    return NULL;
}

static block *first_text(layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++)
        if (!is_passed_over(&lp->blocks[i]))
            return &lp->blocks[i];
    return NULL;
}

static uint32_t end_of(quire_text text)
{
    size_t at = text.size;
    while (at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80)
        at--;
    at -= at > 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

static bool ends_sentence(uint32_t c)
{
    return c == '.' || c == '!' || c == '?' || c == ':' || c == ';' || c == 0x201D || c == 0x3002;
}

static bool is_hyphen(uint32_t c)
{
    return c == '-' || c == QUIRE_SOFT_HYPHEN || c == 0x2010;
}

/* The furthest that lines of the block's column reach; its own lines alone tell too little. */
static float column_end(const layout_page *lp, const block *b)
{
    float end = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (l->region == lp->lines[b->end - 1].region &&
            fabsf(l->size - b->size) <= SIZE_CHANGE * b->size)
            end = fmaxf(end, l->box.x1);
    }
    return end;
}

static bool has_links(const layout_page *lp, const block *b)
{
    quire_box box = layout_frame_box_back(&lp->frame, b->box);
    for (size_t i = 0; i < lp->page->link_count; i++)
        if (quire_box_overlaps(lp->page->links[i].box, box))
            return true;
    return false;
}

static bool is_set_alike(const layout_page *a, const block *x, const layout_page *b, const block *y)
{
    return fabsf(x->size - y->size) <= SIZE_CHANGE * x->size &&
           !((x->line_flags ^ y->line_flags) & (LINE_BOLD | LINE_RIGHT_TO_LEFT | LINE_VERTICAL)) &&
           a->frame.angle == b->frame.angle && a->reads_hidden == b->reads_hidden;
}

static bool goes_on(const layout_page *lp, const block *a, const layout_page *next, const block *b)
{
    if ((a->type != QUIRE_PARAGRAPH && a->type != QUIRE_LIST_ITEM) || b->type != QUIRE_PARAGRAPH ||
        !is_body(a) || !is_body(b) || !is_set_alike(lp, a, next, b) ||
        (next != lp && has_links(next, b)))
        return false;
    const line *last = &lp->lines[a->end - 1], *first = &next->lines[b->first];
    uint32_t end = end_of(last->text);
    size_t at = 0;
    uint32_t start =
        first->text.size ? quire_utf8_next(first->text.data, first->text.size, &at) : 0;
    bool full =
        last->flags & LINE_RIGHT_TO_LEFT || column_end(lp, a) - last->box.x1 < END_EM * last->size;
    return full && !ends_sentence(end) && (is_hyphen(end) || quire_is_lower(start)) &&
           quire_is_letter(start);
}

/* The text behind block `at` when notes at the foot of its column stand between; NULL: none do. */
static block *behind_notes(layout_page *lp, size_t at)
{
    size_t i = at + 1;
    while (i < lp->block_count && lp->blocks[i].layer == QUIRE_LAYER_FOOTNOTE)
        i++;
    if (i == at + 1 || i == lp->block_count)
        return NULL;
    return &lp->blocks[i];
}

/* What the end of a column cut, above its notes. */
static void join_columns(layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *a = &lp->blocks[i], *b = behind_notes(lp, i);
        if (!b || !is_body(b) || a->flags & BLOCK_TAKEN || a->region == b->region ||
            b->box.y0 > a->box.y0 || !goes_on(lp, a, lp, b))
            continue;
        a->tail = b;
        a->tail_page = lp;
        b->flags |= BLOCK_TAKEN;
        layout_explain(lp, a, "goes on: the next column begins in small letters");
    }
}

void layout_join_pages(layout_window *w, layout_page *lp)
{
    join_columns(lp);
    if (w->count < 2 || w->pages[1]->page->number != lp->page->number + 1)
        return;
    layout_page *next = w->pages[1];
    block *a = last_text(lp), *b = first_text(next);
    if (!a || !b || a->flags & BLOCK_TAKEN || !goes_on(lp, a, next, b))
        return;
    a->tail = b;
    a->tail_page = next;
    b->flags |= BLOCK_TAKEN;
    layout_explain(lp, a, "goes on: page %d begins in small letters where it ends without a stop",
                   next->page->number);
}
