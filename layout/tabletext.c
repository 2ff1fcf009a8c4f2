/*
 * Cells of a table as text: the words of a cell joined as they lie, its lines as those of a
 * paragraph are.
 */
#include "layout/tabletext.h"

#include "layout/blocktext.h"

#include <string.h>

typedef struct cell_writer {
    layout_page *lp;
    const profile *profile;
    char *text;
    size_t size, room;
    const layout_page *at; /* of the word that was written last */
} cell_writer;

static size_t words_room(const layout_page *lp, const uint32_t *words, uint32_t first, uint32_t end)
{
    size_t room = 0;
    for (uint32_t k = first; k < end; k++) {
        const word *w = &lp->words[words[k]];
        room += 2 + (w->sign ? strlen(w->sign) : 0);
        for (uint32_t g = w->first; g < w->end; g++)
            room += lp->page->glyphs[g].text_size;
    }
    return room;
}

static size_t text_room(const layout_page *lp, const table *t)
{
    size_t room = 1;
    for (size_t i = 0; i < t->cell_count; i++) {
        const table_cell *cell = &t->cells[i];
        room += 1 + words_room(lp, t->words, cell->first, cell->end);
        if (t->tail)
            room += words_room(t->tail, t->tail_words, cell->tail_first, cell->tail_end);
    }
    return room;
}

static void write_word(cell_writer *w, const layout_page *lp, size_t start, const word *before,
                       const word *here, bool glued)
{
    char *at = w->text + w->size;
    quire_text next = {at + 1, layout_word_text(lp, here, at + 1, w->room - w->size - 1)};
    quire_text cell = {w->text + start, w->size - start};
    bool same_line =
        before && lp == w->at && fabsf(before->baseline - here->baseline) < 0.5f * here->size;
    size_t gap = 0;
    if (before && same_line)
        gap = !glued;
    else if (before)
        gap = layout_line_gap(w->profile, &cell, next);
    w->size = start + cell.size;
    at = w->text + w->size;
    if (gap > 0)
        *at = ' ';
    for (size_t i = 0; i < next.size; i++)
        at[gap + i] = next.data[i];
    w->size += gap + next.size;
}

/* Words [first, end) of a page, behind those of the cell that were written already. */
static const word *write_words(cell_writer *w, const layout_page *lp, size_t start,
                               const word *before, const uint32_t *words, uint32_t first,
                               uint32_t end)
{
    for (uint32_t k = first; k < end; k++) {
        const word *here = &lp->words[words[k]];
        bool glued = here->flags & WORD_GLUED && k > first && words[k] == words[k - 1] + 1;
        write_word(w, lp, start, before, here, glued);
        before = here;
        w->at = lp;
    }
    return before;
}

/* How surely the words of a cell were read: 1 but for what was recognised. */
static float certainty(const layout_page *lp, const table *t, const table_cell *cell)
{
    float sum = 0;
    for (uint32_t k = cell->first; k < cell->end; k++)
        sum += (float)lp->words[t->words[k]].confidence / 255;
    return cell->end > cell->first ? sum / (float)(cell->end - cell->first) : 1;
}

static void write_cell(cell_writer *w, const table *t, const table_cell *from, quire_cell *to)
{
    size_t start = w->size;
    const word *last = write_words(w, w->lp, start, NULL, t->words, from->first, from->end);
    if (t->tail)
        write_words(w, t->tail, start, last, t->tail_words, from->tail_first, from->tail_end);
    *to = (quire_cell){.row = from->row,
                       .column = from->column,
                       .row_span = from->row_span,
                       .column_span = from->column_span,
                       .kind = from->kind,
                       .start = (uint32_t)start,
                       .end = (uint32_t)w->size,
                       .box = layout_frame_box_back(&w->lp->frame, from->box),
                       .confidence = from->confidence * certainty(w->lp, t, from)};
}

table_text layout_table_text(layout_page *lp, const profile *p, const table *t)
{
    cell_writer w = {.lp = lp, .profile = p, .room = text_room(lp, t)};
    quire_cell *cells = quire_arena_array(lp->scratch, quire_cell, t->cell_count);
    w.text = quire_arena_take(lp->scratch, w.room + 1);
    for (size_t i = 0; i < t->cell_count; i++) {
        if (i > 0)
            w.text[w.size++] = t->cells[i].row == t->cells[i - 1].row ? '\t' : '\n';
        write_cell(&w, t, &t->cells[i], &cells[i]);
    }
    return (table_text){{w.text, w.size}, cells};
}
