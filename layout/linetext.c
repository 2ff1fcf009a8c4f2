/*
 * The text of words and lines, in logical order. Where a line has right-to-left text, its glyphs
 * are taken in visual order from left to right and handed to the Unicode bidirectional algorithm.
 */
#include "layout/passes.h"

#include <string.h>

#define RIGHT_TO_LEFT_MARK 0x200Fu
#define WIDTHLESS_STEP 0.01f /* points */

static bool gives_text(const layout_page *lp, uint32_t index)
{
    const quire_glyph *glyph = &lp->page->glyphs[index];
    if (glyph->text_size == 0 || layout_is_space(lp->page, glyph))
        return false;
    return lp->marks[index] == (lp->is_hidden ? MARK_HIDDEN : MARK_LOST);
}

/*
 * The text of a glyph in its word. A soft hyphen that is drawn inside a word is a hyphen; in front
 * of one it only marks where a break was allowed; at the end of a line it stays what it is, so
 * that a join can take it back.
 */
static quire_text piece_of(const layout_page *lp, const word *w, uint32_t index, bool ends_line)
{
    quire_text text = quire_glyph_text(lp->page, &lp->page->glyphs[index]);
    bool soft = text.size == 2 && memcmp(text.data, "\xC2\xAD", 2) == 0;
    if (!soft || (ends_line && index + 1 == w->end))
        return text;
    return index == w->first ? (quire_text){0} : QUIRE_TEXT("-");
}

static size_t write_sign(const char *sign, char *text, size_t room)
{
    size_t size = strlen(sign);
    if (size > room)
        return 0;
    memcpy(text, sign, size);
    return size;
}

size_t layout_word_text(const layout_page *lp, const word *w, char *text, size_t room)
{
    size_t size = 0;
    if (w->sign)
        return write_sign(w->sign, text, room);
    for (uint32_t i = w->first; i < w->end; i++) {
        if (!gives_text(lp, i))
            continue;
        quire_text part = piece_of(lp, w, i, true);
        if (size + part.size > room)
            break;
        memcpy(text + size, part.data, part.size);
        size += part.size;
    }
    return size;
}

static size_t text_room(const layout_page *lp, const word *words, const line *l)
{
    size_t room = 0;
    for (uint32_t i = l->first; i < l->end; i++) {
        room += 1 + (words[i].sign ? strlen(words[i].sign) : 0);
        for (uint32_t g = words[i].first; g < words[i].end; g++)
            room += lp->page->glyphs[g].text_size;
    }
    return room;
}

/* ---- left to right ---- */

static void write_word(const layout_page *lp, word *w, bool last, line *l, char *text, size_t *size)
{
    if (*size > 0 && !(w->flags & WORD_GLUED))
        text[(*size)++] = ' ';
    w->text_start = (uint32_t)*size;
    if (w->sign) {
        *size += write_sign(w->sign, text + *size, SIZE_MAX);
        l->characters++;
    }
    for (uint32_t i = w->first; i < w->end && !w->sign; i++) {
        if (!gives_text(lp, i))
            continue;
        quire_text part = piece_of(lp, w, i, last);
        if (part.size == 0)
            continue;
        memcpy(text + *size, part.data, part.size);
        *size += part.size;
        l->characters++;
    }
    w->text_end = (uint32_t)*size;
}

/* ---- right to left ---- */

typedef struct visual {
    uint32_t *code_points;
    size_t count;
} visual;

/* The code points of one glyph; those of a ligature lie in logical order. */
static void push_glyph(visual *v, quire_text text)
{
    size_t start = v->count, at = 0;
    while (at < text.size)
        v->code_points[v->count++] = quire_utf8_next(text.data, text.size, &at);
    if (v->count - start < 2 || !quire_is_right_to_left(v->code_points[start]))
        return;
    for (size_t i = start, j = v->count - 1; i < j; i++, j--) {
        uint32_t swap = v->code_points[i];
        v->code_points[i] = v->code_points[j];
        v->code_points[j] = swap;
    }
}

/* Glyphs from left to right. One without a width, such as the second half of a ligature, comes
 * after the glyph before it in the content: to its left. */
static void push_word(layout_page *lp, visual *v, const word *w)
{
    size_t count = 0;
    float x = 0;
    if (w->sign) {
        push_glyph(v, quire_text_of(w->sign));
        return;
    }
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, w->end - w->first);
    for (uint32_t i = w->first; i < w->end; i++) {
        const quire_glyph *glyph = &lp->page->glyphs[i];
        if (!gives_text(lp, i))
            continue;
        bool has_width = glyph->advance.x != 0 || glyph->advance.y != 0;
        x = has_width || i == w->first ? glyph->origin.x : x - WIDTHLESS_STEP;
        keys[count++] = (sort_key){sort_key_of(x), i};
    }
    layout_sort_by_key(lp->scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        push_glyph(v, quire_glyph_text(lp->page, &lp->page->glyphs[keys[i].index]));
}

/* Numbers and signs beside right-to-left text are read leftwards, which a mark of that direction
 * tells; it is not written. */
static size_t write_logical(layout_page *lp, const word *words, const line *l, size_t room,
                            char *text)
{
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    visual v = {quire_arena_array(lp->scratch, uint32_t, room + 2), 0};
    v.code_points[v.count++] = RIGHT_TO_LEFT_MARK;
    for (uint32_t i = l->first; i < l->end; i++) {
        if (v.count > 1 && !(words[i].flags & WORD_GLUED))
            v.code_points[v.count++] = ' ';
        push_word(lp, &v, &words[i]);
    }
    v.code_points[v.count++] = RIGHT_TO_LEFT_MARK;
    int32_t *order = quire_arena_array(lp->scratch, int32_t, v.count);
    if (order)
        quire_text_logical_order(lp->scratch, v.code_points, v.count, order);
    size_t size = 0;
    for (size_t i = 0; i < v.count; i++) {
        uint32_t c = v.code_points[order[i]];
        if (c == RIGHT_TO_LEFT_MARK)
            continue;
        char bytes[4];
        size_t length = quire_utf8_put(c, bytes);
        if (size + length > room)
            break;
        memcpy(text + size, bytes, length);
        size += length;
    }
    quire_arena_reset(lp->scratch, mark);
    return size;
}

/* ---- lines ---- */

/* Three letters or more, none of them small. */
static bool is_capitals(quire_text text)
{
    size_t letters = 0;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (c < 0x80 ? c >= 'a' && c <= 'z' : quire_is_lower(c))
            return false;
        letters += c < 0x80 ? c >= 'A' && c <= 'Z' : quire_is_upper(c);
    }
    return letters >= 3;
}

void layout_set_line_text(layout_page *lp, word *words, line *l)
{
    size_t room = text_room(lp, words, l) + 1, size = 0;
    char *text = quire_arena_take(lp->arena, room);
    if (!text)
        return;
    if (l->flags & LINE_RIGHT_TO_LEFT) {
        size = write_logical(lp, words, l, room, text);
        l->characters = (uint32_t)quire_utf8_length(text, size);
    } else {
        for (uint32_t i = l->first; i < l->end; i++)
            write_word(lp, &words[i], i + 1 == l->end, l, text, &size);
    }
    l->text = (quire_text){text, size};
    l->flags |= is_capitals(l->text) ? LINE_CAPS : 0;
}

static bool is_neutral(quire_text text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (quire_is_strong_left(c) || quire_is_right_to_left(c))
            return false;
    }
    return true;
}

void layout_turn_neutral_lines(layout_page *lp, word *words, line *lines, size_t count)
{
    bool leftward = false;
    for (size_t i = 0; i < count; i++)
        leftward |= lines[i].flags & LINE_RIGHT_TO_LEFT;
    for (size_t i = 0; i < count && leftward; i++) {
        if (lines[i].flags & LINE_RIGHT_TO_LEFT || !is_neutral(lines[i].text))
            continue;
        lines[i].flags |= LINE_RIGHT_TO_LEFT;
        lines[i].characters = 0;
        layout_set_line_text(lp, words, &lines[i]);
    }
}
