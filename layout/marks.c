/*
 * Marks: the raised number or sign in the text that calls a footnote of the same page.
 *
 *     ... as the keeper knows.2 It ...        a raised word that is the note's own mark
 *     ----
 *     2 Or ought to know.                     a footnote, its mark at its start
 *
 * Marks are taken in reading order, each once; one that holds several ("2,3") calls a note with
 * each. A note whose mark is not found, and a mark without a note, stay as they are.
 */
#include "layout/passes.h"

#include <string.h>

enum { MARK_BYTES = 8, MARK_DIGITS = 4 };

typedef struct mark {
    char text[MARK_BYTES];
    size_t size;
} mark;

/* Bytes of the number, letter or signs that stand at the start of `text`. */
static size_t mark_size(quire_text text)
{
    size_t at = 0;
    while (at < text.size && text.data[at] >= '0' && text.data[at] <= '9')
        at++;
    if (at > 0 || text.size == 0)
        return at;
    for (size_t next = 0; next < text.size; at = next)
        if (!layout_is_note_sign(quire_utf8_next(text.data, text.size, &next)))
            break;
    bool letter = at == 0 && text.data[0] >= 'a' && text.data[0] <= 'z';
    return letter ? 1 : at;
}

static mark mark_of(quire_text text)
{
    mark m = {.size = mark_size(text)};
    m.size = m.size < MARK_BYTES ? m.size : 0;
    for (size_t i = 0; i < m.size; i++)
        m.text[i] = text.data[i];
    return m;
}

static bool parts_marks(char c)
{
    return c == ',' || c == ';' || c == ' ';
}

/* The part of "2,3" behind `skip` commas. */
static quire_text part_at(quire_text text, uint32_t skip)
{
    size_t at = 0, end;
    for (; skip > 0 && at < text.size; skip--) {
        while (at < text.size && !parts_marks(text.data[at]))
            at++;
        while (at < text.size && parts_marks(text.data[at]))
            at++;
    }
    for (end = at; end < text.size && !parts_marks(text.data[end]); end++)
        continue;
    return (quire_text){text.data + at, end - at};
}

/* The word is the mark and nothing else, or goes on with it; what closes it does not count. */
static bool is_mark(const line *l, const word *w, const mark *m)
{
    if (!(w->flags & WORD_SUPERSCRIPT) || w->text_end <= w->text_start)
        return false;
    quire_text text = {l->text.data + w->text_start, w->text_end - w->text_start};
    text = part_at(text, w->note_count);
    while (text.size > 1 && (text.data[text.size - 1] == ')' || text.data[text.size - 1] == '.'))
        text.size--;
    return quire_text_equal(text, (quire_text){m->text, m->size});
}

static bool may_call(const block *b)
{
    return b->first < b->end && b->layer == QUIRE_LAYER_BODY &&
           (b->type == QUIRE_PARAGRAPH || b->type == QUIRE_LIST_ITEM || b->type == QUIRE_CAPTION);
}

/* "order.19": a number set close behind a stop, in figures that a font holds raised. */
static bool ends_in_mark(const line *l, const word *w, const mark *m)
{
    quire_text text = {l->text.data + w->text_start, w->text_end - w->text_start};
    if (text.size < m->size + 3 || w->note != 0 || m->text[0] < '0' || m->text[0] > '9' ||
        memcmp(text.data + text.size - m->size, m->text, m->size) != 0)
        return false;
    char stop = text.data[text.size - m->size - 1], before = text.data[text.size - m->size - 2];
    return strchr(".,;:?!)", stop) && (before < '0' || before > '9');
}

static bool is_call(const line *l, const word *w, const mark *m, bool raised)
{
    return raised ? is_mark(l, w, m) : ends_in_mark(l, w, m);
}

static word *find_call(layout_page *lp, const mark *m, bool raised)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        for (uint32_t k = b->first; may_call(b) && k < b->end; k++) {
            const line *l = &lp->lines[k];
            for (uint32_t n = l->first; n < l->end; n++) {
                bool leads = k == b->first && n == l->first; /* a note by its looks, not a call */
                if (!leads && is_call(l, &lp->words[n], m, raised))
                    return &lp->words[n];
            }
        }
    }
    return NULL;
}

/* Bytes of the mark with what parts it from the note's text: "2) ". */
static size_t mark_end(quire_text text, size_t size)
{
    if (size < text.size && (text.data[size] == ')' || text.data[size] == '.'))
        size++;
    while (size < text.size && text.data[size] == ' ')
        size++;
    return size;
}

/* The printed number, where that is larger than all before; signs and numbers that begin anew with
 * each page or chapter go on counting. */
static uint32_t number_of(const mark *m, uint32_t last)
{
    uint32_t printed = 0;
    for (size_t i = 0; i < m->size && i < MARK_DIGITS; i++)
        printed = m->text[i] >= '0' && m->text[i] <= '9'
                      ? printed * 10 + (uint32_t)(m->text[i] - '0')
                      : 0;
    return printed > last ? printed : last + 1;
}

void layout_bind_notes(layout_window *w, layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type != QUIRE_FOOTNOTE || b->first == b->end)
            continue;
        quire_text text = lp->lines[b->first].text;
        mark m = mark_of(text);
        size_t end = mark_end(text, m.size);
        bool is_note = m.size > 0 && end < text.size;
        word *call = is_note ? find_call(lp, &m, true) : NULL;
        if (is_note && !call && (call = find_call(lp, &m, false)))
            call->note_offset = call->text_end - call->text_start - (uint32_t)m.size;
        if (!call)
            continue;
        uint32_t number = number_of(&m, w->profile->notes);
        if (call->note_count > 0 && number != call->note + call->note_count)
            continue;
        b->note = w->profile->notes = number;
        call->note = call->note_count == 0 ? number : call->note;
        call->note_count++;
        b->note_mark = end;
        layout_explain(lp, b, "note: its mark '%.*s' stands in the text", (int)m.size, m.text);
    }
}
