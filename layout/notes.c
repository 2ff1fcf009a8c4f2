/*
 * Captions and footnotes.
 *
 *     text text text.1            caption: begins like one ("Figure 3", "Table 2.1:"), is short
 *     ----                        footnote: small type at the foot of a column, behind a number or
 *     1 A note, in small type,    sign, with no body text below; what goes on in the same type
 *       which goes on here.       belongs to it
 */
#include "layout/passes.h"

enum { CAPTION_LINES = 6, MARK_BYTES = 6 };

#define NOTE_SIZE 0.95f /* of the body, largest */
#define NOTE_ZONE 0.4f /* of the page's height: notes stand below */

static bool is_text(const block *b)
{
    return b->first < b->end && b->layer == QUIRE_LAYER_BODY;
}

/* "Table 1 compares ..." speaks of a table; a title of one goes on with a capital or a stop. */
static bool is_caption(quire_text text)
{
    size_t at = layout_caption_prefix(text);
    if (at == 0)
        return false;
    while (at < text.size && text.data[at] == ' ')
        at++;
    return at >= text.size || !quire_is_lower(quire_utf8_next(text.data, text.size, &at));
}

static void judge_captions(layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type != QUIRE_PARAGRAPH || !is_text(b) || b->end - b->first > CAPTION_LINES)
            continue;
        if (!is_caption(lp->lines[b->first].text))
            continue;
        b->type = QUIRE_CAPTION;
        layout_explain(lp, b, "caption: it starts like one");
    }
}

/* ---- footnotes ---- */

/* A number or sign at the start, raised or not. */
static bool starts_with_mark(const layout_page *lp, const block *b)
{
    const line *l = &lp->lines[b->first];
    const word *first = &lp->words[l->first];
    if (first->flags & WORD_SUPERSCRIPT)
        return first->end - first->first <= MARK_BYTES;
    size_t at = 0;
    if (l->text.size > 0 && layout_is_note_sign(quire_utf8_next(l->text.data, l->text.size, &at)))
        return true;
    size_t digits = 0;
    while (digits < l->text.size && l->text.data[digits] >= '0' && l->text.data[digits] <= '9')
        digits++;
    if (digits == 0 || digits > 3 || digits >= l->text.size)
        return false;
    if (l->text.data[digits] >= 'A' && l->text.data[digits] <= 'Z') /* set close: "1The" */
        return true;
    return l->text.data[digits] == ' ' || l->text.data[digits] == '.' ||
           l->text.data[digits] == ')' || first->text_end == digits;
}

static bool is_small(const layout_window *w, const block *b)
{
    return b->size <= NOTE_SIZE * w->profile->body_size;
}

static bool could_be_note(const block *b)
{
    return is_text(b) && (b->type == QUIRE_PARAGRAPH || b->type == QUIRE_LIST_ITEM) && b->area < 0;
}

/* True when text of the body's size, or a table or figure, stands below in the same column. */
static bool has_body_below(const layout_window *w, const layout_page *lp, const block *b)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *other = &lp->blocks[i];
        if (other->layer == QUIRE_LAYER_FURNITURE || other->box.y0 < b->box.y1 - 1 ||
            quire_overlap(b->box.x0, b->box.x1, other->box.x0, other->box.x1) <= 0)
            continue;
        if (!is_text(other) || !is_small(w, other))
            return true;
    }
    return false;
}

static void make_note(layout_page *lp, block *b, const char *why)
{
    b->type = QUIRE_FOOTNOTE;
    b->layer = QUIRE_LAYER_FOOTNOTE;
    b->level = 0;
    b->marker = 0;
    layout_explain(lp, b, "%s", why);
}

/* The number of the block is a note's when its text is small and ends the column. */
static bool starts_note(const layout_window *w, const layout_page *lp, const block *b)
{
    return could_be_note(b) && is_small(w, b) && !(b->line_flags & LINE_CAPS) &&
           b->box.y0 > NOTE_ZONE * lp->height && starts_with_mark(lp, b) &&
           !has_body_below(w, lp, b);
}

static bool is_right_below(const block *a, const block *b)
{
    float gap = b->box.y0 - a->box.y1;
    return gap > -0.5f * a->size && gap < 0.5f * a->size &&
           quire_overlap(a->box.x0, a->box.x1, b->box.x0, b->box.x1) > 0;
}

static void judge_footnotes(const layout_window *w, layout_page *lp)
{
    const block *note = NULL; /* that the next block may go on */
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        bool goes_on = note && could_be_note(b) &&
                       (b->region == note->region || is_right_below(note, b)) &&
                       fabsf(b->size - note->size) < 0.05f * note->size;
        if (starts_note(w, lp, b))
            make_note(lp, b, "footnote: small type behind a mark, at the foot of its column");
        else if (goes_on && b->type == QUIRE_PARAGRAPH)
            make_note(lp, b, "footnote: it goes on below one in the same type");
        note = b->type == QUIRE_FOOTNOTE ? b : NULL;
    }
}

void layout_judge_notes(layout_window *w, layout_page *lp)
{
    judge_captions(lp);
    judge_footnotes(w, lp);
}
