/*
 * Tables of contents: rows that lead to a page number.
 *
 *     1 The boats . . . . . . . . . 2        dots or white between title and number
 *       1.1 Names and numbers       2
 *
 * One such row proves nothing; five of them on a page are contents. Rows that hang together become
 * one element, a line for each.
 */
#include "layout/passes.h"

enum { CONTENTS_LEAST = 5, LEADER_DOTS = 3 };

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

static bool leads_to_number(const layout_page *lp, const block *b)
{
    const line *last = &lp->lines[b->end - 1];
    if (b->end - b->first >= 2 && last->flags & LINE_SAME_ROW && layout_is_page_number(last->text))
        return true;
    return layout_line_leads(last);
}

static bool is_text(const block *b)
{
    return b->type == QUIRE_PARAGRAPH && b->layer == QUIRE_LAYER_BODY && b->first < b->end;
}

void layout_find_contents(layout_page *lp)
{
    int count = 0;
    float top = INFINITY, bottom = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (!is_text(b) || !leads_to_number(lp, b))
            continue;
        count++;
        top = fminf(top, b->box.y0);
        bottom = fmaxf(bottom, b->box.y1);
    }
    if (count >= CONTENTS_LEAST) {
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
        bool entry = among && is_text(b) && leads_to_number(lp, b);
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
