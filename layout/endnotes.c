/*
 * Endnotes: notes that stand together at the end, below a heading that calls them so.
 *
 *     ... as the keeper knows.2 It ...        raised numbers that count up through the text
 *
 *     Notes                                   within the pages that are looked at
 *     1. Or ought to know.
 *     2. See the minutes of March.
 *
 * Where such a heading is among the pages of the window, raised numbers of the text are calls when
 * each is one more than the last. A document with footnotes on its pages has no endnotes here.
 */
#include "layout/passes.h"

#include <string.h>

enum { NAME_BYTES = 10, NUMBER_DIGITS = 3 };

/* "Notes", "ENDNOTES:": all of the line. */
static bool names_notes(quire_text text)
{
    static const char *const names[] = {"notes", "endnotes", "end notes", "endnoten", "notas"};
    char plain[NAME_BYTES + 1] = "";
    while (text.size > 0 && (text.data[text.size - 1] == ':' || text.data[text.size - 1] == '.'))
        text.size--;
    if (text.size > NAME_BYTES)
        return false;
    for (size_t i = 0; i < text.size; i++)
        plain[i] =
            (char)(text.data[i] >= 'A' && text.data[i] <= 'Z' ? text.data[i] + 32 : text.data[i]);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(plain, names[i]) == 0)
            return true;
    return false;
}

static uint32_t number_at(quire_text text, size_t *size)
{
    uint32_t number = 0;
    for (*size = 0; *size < text.size && *size <= NUMBER_DIGITS; ++*size) {
        char c = text.data[*size];
        if (c < '0' || c > '9')
            break;
        number = 10 * number + (uint32_t)(c - '0');
    }
    return *size <= NUMBER_DIGITS ? number : 0;
}

/* The block that heads the notes, with the first of them below; NULL: not on this page. */
static const block *find_heading(const layout_page *lp)
{
    for (size_t i = 0; i + 1 < lp->block_count; i++) {
        const block *b = &lp->blocks[i], *next = &lp->blocks[i + 1];
        size_t size;
        if (b->first < b->end && next->first < next->end && names_notes(lp->lines[b->first].text) &&
            number_at(lp->lines[next->first].text, &size) == 1)
            return b;
    }
    return NULL;
}

static void seek(layout_window *w)
{
    for (int i = 0; i < w->count && w->profile->endnotes_page == 0; i++)
        if (find_heading(w->pages[i]))
            w->profile->endnotes_page = w->pages[i]->page->number;
}

/* ---- calls ---- */

static void call_from_line(profile *p, layout_page *lp, const line *l)
{
    for (uint32_t i = l->first; i < l->end; i++) {
        word *w = &lp->words[i];
        size_t size;
        quire_text text = {l->text.data + w->text_start, w->text_end - w->text_start};
        if (!(w->flags & WORD_SUPERSCRIPT) || w->note != 0 || i == l->first)
            continue;
        if (number_at(text, &size) != p->endnote_calls + 1 || size != text.size)
            continue;
        w->note = ++p->endnote_calls;
        w->note_count = 1;
    }
}

static void call_from_page(profile *p, layout_page *lp, const block *heading)
{
    for (size_t i = 0; i < lp->block_count && &lp->blocks[i] != heading; i++) {
        const block *b = &lp->blocks[i];
        bool may_call = b->layer == QUIRE_LAYER_BODY &&
                        (b->type == QUIRE_PARAGRAPH || b->type == QUIRE_LIST_ITEM);
        for (uint32_t k = b->first; may_call && k < b->end; k++)
            call_from_line(p, lp, &lp->lines[k]);
    }
}

/* ---- notes ---- */

/* Bytes of the number with what parts it from the note's text. */
static size_t mark_end(quire_text text, size_t size)
{
    if (size < text.size && (text.data[size] == '.' || text.data[size] == ')'))
        size++;
    while (size < text.size && text.data[size] == ' ')
        size++;
    return size;
}

static void bind_notes(profile *p, layout_page *lp, const block *heading)
{
    size_t from = heading ? (size_t)(heading - lp->blocks) + 1 : 0;
    for (size_t i = from; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->layer != QUIRE_LAYER_BODY || b->first == b->end || b->type == QUIRE_HEADING)
            continue;
        size_t size;
        quire_text text = lp->lines[b->first].text;
        if (number_at(text, &size) != p->endnotes + 1 || p->endnotes >= p->endnote_calls)
            continue;
        b->type = QUIRE_FOOTNOTE;
        b->layer = QUIRE_LAYER_FOOTNOTE;
        b->level = 0;
        b->marker = 0;
        b->note = ++p->endnotes;
        b->note_mark = mark_end(text, size);
        layout_explain(lp, b, "endnote: number %u below a heading of notes, called in the text",
                       b->note);
    }
}

void layout_bind_endnotes(layout_window *w, layout_page *lp)
{
    profile *p = w->profile;
    if (p->notes > 0)
        return;
    seek(w);
    if (p->endnotes_page == 0)
        return;
    const block *heading = lp->page->number == p->endnotes_page ? find_heading(lp) : NULL;
    if (lp->page->number <= p->endnotes_page)
        call_from_page(p, lp, heading);
    if (lp->page->number >= p->endnotes_page)
        bind_notes(p, lp, heading);
}
