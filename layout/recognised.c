/*
 * What is told of recognised text: how sure its words are, and where it stands on the paper.
 *
 *      +-----------+        +-----------+
 *      |  a b c  _-|        |  a b c    |     a skewed scan is turned to be read; the boxes of what
 *      |_-  d e f  |   ->   |  d e f    |     was read are turned back when the page is done
 *      +-----------+        +-----------+
 */
#include "layout/recognised.h"

#include <math.h>

/* Mean confidence of a page's words; below, a person should look at it. Of 81 pages with less than
 * nine words in ten right it shows 76, and 9 of 227 others (docs/ocr.md). */
#define REVIEW 0.92f
#define INSIDE 0.5f /* of a word's box, and it stands in a row */

quire_source layout_source_of_word(const layout_page *lp, const word *w)
{
    return w->flags & WORD_RECOGNISED || lp->reads_hidden ? QUIRE_SOURCE_OCR
                                                          : QUIRE_SOURCE_TEXT_LAYER;
}

/* ---- how sure ---- */

void layout_add_trust(trust *t, const layout_page *lp, const word *w)
{
    uint32_t glyphs = w->end - w->first;
    bool recognised = layout_source_of_word(lp, w) == QUIRE_SOURCE_OCR;
    t->glyphs += glyphs;
    t->recognised += recognised ? glyphs : 0;
    t->sum += (float)glyphs * (float)w->confidence / 255;
}

trust layout_trust_lines(const layout_page *lp, uint32_t first, uint32_t end)
{
    trust t = {0};
    for (uint32_t i = first; i < end; i++)
        for (uint32_t k = lp->lines[i].first; k < lp->lines[i].end; k++)
            layout_add_trust(&t, lp, &lp->words[k]);
    return t;
}

quire_source layout_trust_source(const trust *t)
{
    if (t->glyphs == 0)
        return QUIRE_SOURCE_NONE;
    if (t->recognised == 0)
        return QUIRE_SOURCE_TEXT_LAYER;
    return t->recognised == t->glyphs ? QUIRE_SOURCE_OCR : QUIRE_SOURCE_MIXED;
}

float layout_trust_confidence(const trust *t)
{
    return t->glyphs > 0 ? t->sum / (float)t->glyphs : 0;
}

bool layout_trust_needs_review(const trust *t)
{
    return t->recognised > 0 && layout_trust_confidence(t) < REVIEW;
}

bool layout_is_handwritten(const layout_page *lp, quire_box box)
{
    for (size_t i = 0; i < lp->page->handwriting_count; i++) {
        quire_box common = quire_box_intersection(lp->page->handwriting[i].box, box);
        if (quire_box_area(common) > INSIDE * quire_box_area(box))
            return true;
    }
    return false;
}

/* ---- where ---- */

/* Turns points about the middle of the page. */
typedef struct turn {
    float cosine, sine, x, y;
} turn;

static quire_box turn_box(const turn *t, quire_box box)
{
    const float xs[] = {box.x0, box.x1}, ys[] = {box.y0, box.y1};
    quire_box turned = {INFINITY, INFINITY, -INFINITY, -INFINITY};
    for (int i = 0; i < 4; i++) {
        float dx = xs[i & 1] - t->x, dy = ys[i >> 1] - t->y;
        float x = t->x + dx * t->cosine + dy * t->sine;
        float y = t->y - dx * t->sine + dy * t->cosine;
        turned = quire_box_union(turned, (quire_box){x, y, x, y});
    }
    return turned;
}

static void turn_cells(const turn *t, const quire_table *made)
{
    quire_cell *cells = (quire_cell *)made->cells; /* the document's own copy */
    for (size_t i = 0; i < made->cell_count; i++)
        cells[i].box = turn_box(t, cells[i].box);
}

static void turn_element(const turn *t, quire_element *element, float skew)
{
    quire_element_line *lines = (quire_element_line *)element->lines;
    quire_place *places = (quire_place *)element->places;
    element->box = turn_box(t, element->box);
    element->rotation = fmodf(element->rotation + skew + 360, 360);
    for (size_t i = 0; i < element->line_count; i++)
        lines[i].box = turn_box(t, lines[i].box);
    for (size_t i = 0; i < element->place_count; i++)
        if (places[i].page == element->page)
            places[i].box = turn_box(t, places[i].box);
    if (element->table)
        turn_cells(t, element->table);
}

static void turn_words(const turn *t, const quire_page_record *page)
{
    quire_word *words = (quire_word *)page->words;
    for (size_t i = 0; i < page->word_count; i++)
        words[i].box = turn_box(t, words[i].box);
    quire_handwritten *rows = (quire_handwritten *)page->handwriting;
    for (size_t i = 0; i < page->handwriting_count; i++)
        rows[i].box = turn_box(t, rows[i].box);
}

void layout_turn_back(quire_document *document, const quire_page *page, size_t first_element)
{
    float angle = page->skew * (float)M_PI / 180;
    turn t = {cosf(angle), sinf(angle), page->width / 2, page->height / 2};
    if (page->skew == 0)
        return;
    for (size_t i = first_element; i < document->elements.count; i++)
        turn_element(&t, &document->elements.items[i], page->skew);
    for (size_t i = 0; i < document->pages.count; i++)
        if (document->pages.items[i].page == page->number)
            turn_words(&t, &document->pages.items[i]);
    for (size_t i = 0; i < document->fields.count; i++) {
        quire_field *field = &document->fields.items[i];
        if (field->page != page->number)
            continue;
        field->box = turn_box(&t, field->box);
        if (!quire_box_is_empty(field->label_box))
            field->label_box = turn_box(&t, field->label_box);
    }
}
