/*
 * Tables of contents: rows that lead to a page number.
 *
 *     1 The boats . . . . . . . . . 2        dots or white between title and number
 *       1.1 Names and numbers       2
 *
 * One such row proves nothing; five of them on a page are contents, where the numbers rise. Rows
 * that hang together become one element, a line for each.
 */
#include "layout/passes.h"

#include <stdlib.h>

enum { CONTENTS_LEAST = 5, LEADER_DOTS = 3, TITLE_LETTERS = 3, ARABIC = 1 << 20 };

#define FALLING_MOST 0.2f /* of the rows, whose page stands before that of the row above */

static bool is_leader(uint32_t c)
{
    return c == '.' || c == '_' || c == 0x2026 || c == 0xB7 || c == 0x2024;
}

size_t layout_leader_size(quire_text text)
{
    size_t dots = 0, end = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (is_leader(c))
            dots += c == 0x2026 ? LEADER_DOTS : 1;
        else if (!quire_is_space(c))
            break;
        end = at;
    }
    return dots >= LEADER_DOTS ? end : 0;
}

/* A letter or digit, which is what most characters of a line are. */
static bool is_plain(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

/* What stands behind the last leader of a line; nothing where there is none. */
static quire_text behind_leader(quire_text text)
{
    quire_text rest = {0};
    for (size_t at = 1; at < text.size; at++) {
        if (is_plain(text.data[at]))
            continue;
        size_t size = layout_leader_size((quire_text){text.data + at, text.size - at});
        if (size == 0)
            continue;
        at += size;
        rest = (quire_text){text.data + at, text.size - at};
    }
    return rest;
}

bool layout_line_leads(const line *l)
{
    return layout_is_page_number(behind_leader(l->text));
}

/* The page that a block leads to, as printed; empty: it leads to none. */
static quire_text page_led_to(const layout_page *lp, const block *b)
{
    const line *last = &lp->lines[b->end - 1];
    if (b->end - b->first >= 2 && last->flags & LINE_SAME_ROW && layout_is_page_number(last->text))
        return last->text;
    quire_text rest = behind_leader(last->text);
    return layout_is_page_number(rest) ? rest : (quire_text){0};
}

/* Something that has a title: rows of numbers, of a chart or a table, lead to nothing. */
static bool has_title(const layout_page *lp, const block *b)
{
    size_t letters = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        quire_text text = lp->lines[i].text;
        for (size_t at = 0; at < text.size && letters < TITLE_LETTERS;)
            letters += quire_is_letter(quire_utf8_next(text.data, text.size, &at));
    }
    return letters >= TITLE_LETTERS;
}

static bool is_entry(const layout_page *lp, const block *b)
{
    return b->type == QUIRE_PARAGRAPH && b->layer == QUIRE_LAYER_BODY && b->first < b->end &&
           page_led_to(lp, b).size > 0 && has_title(lp, b);
}

/* Where the page stands among the others: those in roman numbers come first. */
static int32_t place_of(quire_text page)
{
    for (size_t i = 0; i < page.size; i++)
        if (page.data[i] >= '0' && page.data[i] <= '9')
            return ARABIC + ((int32_t)strtol(page.data + i, NULL, 10) & 0xFFFF);
    return layout_roman_value(page);
}

void layout_find_contents(layout_page *lp)
{
    int count = 0, falling = 0;
    int32_t before = 0;
    float top = INFINITY, bottom = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (!is_entry(lp, b))
            continue;
        int32_t place = place_of(page_led_to(lp, b));
        falling += place < before;
        before = place;
        count++;
        top = fminf(top, b->box.y0);
        bottom = fmaxf(bottom, b->box.y1);
    }
    if (count >= CONTENTS_LEAST && (float)falling <= FALLING_MOST * (float)count) {
        lp->contents_top = top;
        lp->contents_bottom = bottom;
    }
}

void layout_judge_contents(layout_window *w, layout_page *lp)
{
    (void)w;
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        bool among = b->box.y0 >= lp->contents_top && b->box.y1 <= lp->contents_bottom;
        block *before = kept > 0 ? &lp->blocks[kept - 1] : NULL;
        bool entry = among && is_entry(lp, b);
        if (entry && before && before->type == QUIRE_TOC && before->end == b->first) {
            before->end = b->end;
            before->box = quire_box_union(before->box, b->box);
            before->characters += b->characters;
            continue;
        }
        if (entry) {
            b->type = QUIRE_TOC;
            layout_explain(lp, b, "contents: its rows lead to page numbers");
        }
        lp->blocks[kept++] = *b;
    }
    lp->block_count = kept;
}
