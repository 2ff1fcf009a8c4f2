/*
 * Furniture: running heads, running feet and page numbers.
 *
 *     +----------------------+   The outermost rows of a page, in its top and bottom thirds, whose
 *     | 12     A running head|   text comes again on other pages at the same height once digits are
 *     |                      |   masked ("## A running head"). An inner row counts only when all
 *     | text                 |   rows outside of it did.
 *     |                      |
 *     |          - 12 -      |   Page numbers prove themselves by growing with the page.
 *     +----------------------+
 *
 * On a page without fellows nothing repeats: there a row at the very edge is only labelled, by
 * size, place and isolation, so that it may be kept.
 */
#include "layout/passes.h"

#include <stdlib.h>
#include <string.h>

enum {
    EDGE_ROWS = 4,
    PROBES = 8,
    REPEATS_LEAST = 3, /* pages */
    NUMBERING_LEAST = 3, /* page numbers in step */
    LONE_CHARACTERS = 120,
    MOST_VALUES = 8, /* of a pattern */
    MARK_BYTES = 8, /* of the mark of a note */
    PLACES_LEAST = 4, /* pages with a head in one place, whatever it says */
};

#define ZONE (1.0f / 3) /* of the height: where heads and feet may stand at all */
#define PLACE_STEP 2.0f /* points */
#define HEIGHT_TOLERANCE 6.0f /* points */
#define NUMBER_ZONE 0.14f
#define LONE_ZONE 0.085f
#define APART_EM 5.0f /* white between a page number and the running head beside it */
#define LONE_GAP_EM 1.6f /* white between a lone head and the text */

/* The rows at one edge of a page, the outermost first. */
typedef struct edge {
    uint32_t blocks[EDGE_ROWS * 4];
    uint8_t rows[EDGE_ROWS * 4]; /* the row each stands in */
    size_t count;
} edge;

static bool is_text(const block *b)
{
    return b->first < b->end;
}

static edge find_edge(const layout_page *lp, bool top)
{
    edge e = {0};
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, lp->block_count);
    size_t count = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        float y = top ? b->box.y0 : lp->height - b->box.y1;
        if (is_text(b) && b->end - b->first <= 4 && y < ZONE * lp->height)
            keys[count++] = (sort_key){sort_key_of(y), (uint32_t)i};
    }
    layout_sort_by_key(lp->scratch, keys, count);
    float reach = 0;
    int row = -1;
    for (size_t i = 0; i < count && e.count < EDGE_ROWS * 4; i++) {
        const block *b = &lp->blocks[keys[i].index];
        float start = top ? b->box.y0 : lp->height - b->box.y1;
        float end = top ? b->box.y1 : lp->height - b->box.y0;
        if (row < 0 || start > reach - 0.5f * b->size) {
            reach = end;
            row++;
        }
        if (row == EDGE_ROWS)
            break;
        e.blocks[e.count] = keys[i].index;
        e.rows[e.count++] = (uint8_t)row;
    }
    quire_arena_reset(lp->scratch, mark);
    return e;
}

/* ---- templates ---- */

static uint64_t masked_key(const layout_page *lp, const block *b, bool top)
{
    uint64_t hash = top ? 11 : 13;
    bool in_number = false;
    for (uint32_t i = b->first; i < b->end; i++) {
        quire_text text = lp->lines[i].text;
        for (size_t k = 0; k < text.size; k++) {
            unsigned char c = (unsigned char)text.data[k];
            bool digit = c >= '0' && c <= '9';
            if (digit && in_number)
                continue;
            in_number = digit;
            if (c == ' ')
                continue;
            hash = (hash ^ (digit ? '#' : c)) * 0x100000001B3u;
        }
    }
    return hash | 1;
}

static template *find_template(profile *p, uint64_t key, bool make, int32_t page)
{
    template *oldest = NULL;
    for (uint32_t i = 0; i < PROBES; i++) {
        template *slot = &p->templates[(key + i) % PROFILE_TEMPLATES];
        if (slot->key == key)
            return slot;
        if (!oldest || slot->last_page < oldest->last_page)
            oldest = slot;
    }
    if (!make)
        return NULL;
    *oldest = (template){.key = key, .last_page = page};
    return oldest;
}

/* The number a page bears, in digits or in roman letters, or -1. */
static int32_t printed_number(quire_text text)
{
    if (!layout_is_page_number(text))
        return -1;
    for (size_t i = 0; i < text.size; i++)
        if (text.data[i] >= '0' && text.data[i] <= '9')
            return (int32_t)strtol(text.data + i, NULL, 10) & 0xFFFF;
    int32_t roman = layout_roman_value(text);
    return roman > 0 ? roman : -1;
}

static quire_text block_line(const layout_page *lp, const block *b)
{
    return b->end == b->first + 1 ? lp->lines[b->first].text : (quire_text){0};
}

/* ---- judging ---- */

static bool is_in_step(const profile *p, int32_t offset)
{
    uint32_t count =
        p->numbering_count < PROFILE_NUMBERINGS ? p->numbering_count : PROFILE_NUMBERINGS;
    int votes = 0;
    for (uint32_t i = 0; i < count; i++)
        votes += p->numberings[i] == offset;
    return votes >= NUMBERING_LEAST;
}

/* ---- patterns ---- */

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* The text of a block as its pattern knows it: parts and lines with a space between them. */
static quire_text whole_text(const layout_page *lp, const block *b)
{
    size_t room = 1, size = 0;
    for (uint32_t i = b->first; i < b->end; i++)
        room += lp->lines[i].text.size + 1;
    char *text = quire_arena_take(lp->arena, room);
    for (uint32_t i = b->first; i < b->end; i++) {
        if (i > b->first)
            text[size++] = ' ';
        memcpy(text + size, lp->lines[i].text.data, lp->lines[i].text.size);
        size += lp->lines[i].text.size;
    }
    return (quire_text){text, size};
}

/* Numbers change from page to page; so does all of a head that is proven by its place alone, or of
 * a roman number. */
static void find_pattern(layout_page *lp, block *b, bool all_changes)
{
    quire_text text = whole_text(lp, b);
    const char **values = quire_arena_array(lp->arena, const char *, MOST_VALUES);
    char *pattern = quire_arena_take(lp->arena, 2 * text.size + 3);
    size_t size = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = at;
        while (end < text.size && is_ascii_digit(text.data[end]))
            end++;
        end = all_changes ? text.size : end;
        if (end == at || b->value_count == MOST_VALUES) {
            pattern[size++] = text.data[at++];
            continue;
        }
        values[b->value_count++] = quire_arena_text(lp->arena, text.data + at, end - at);
        memcpy(pattern + size, "{}", 2);
        size += 2;
        at = end;
    }
    pattern[size] = '\0';
    b->pattern = pattern;
    b->values = values;
}

static void set_furniture(layout_page *lp, block *b, quire_element_type type, bool repeats)
{
    b->type = type;
    b->layer = QUIRE_LAYER_FURNITURE;
    b->flags |= repeats ? BLOCK_REPEATS : 0;
    bool roman = type == QUIRE_PAGE_NUMBER && layout_roman_value(lp->lines[b->first].text) > 0 &&
                 b->end == b->first + 1;
    if (repeats)
        find_pattern(lp, b, roman);
}

/* A head that another one stands in the place of, on most other pages. */
static void set_by_place(layout_page *lp, block *b, quire_element_type type)
{
    set_furniture(lp, b, type, false);
    b->flags |= BLOCK_REPEATS;
    find_pattern(lp, b, true);
}

/* A note of the page, which may say what those of other pages say: its mark is raised, or a number
 * that is raised in the text of the page. */
static bool is_note(const layout_page *lp, const block *b)
{
    const word *mark = &lp->words[lp->lines[b->first].first];
    if (mark->flags & WORD_SUPERSCRIPT)
        return true;
    char own[MARK_BYTES], call[MARK_BYTES];
    size_t size = layout_word_text(lp, mark, own, sizeof own);
    while (size > 0 && (own[size - 1] == '.' || own[size - 1] == ')'))
        size--;
    if (size == 0 || !is_ascii_digit(own[0]))
        return false;
    for (size_t i = 0; i < lp->word_count; i++)
        if (lp->words[i].flags & WORD_SUPERSCRIPT &&
            layout_word_text(lp, &lp->words[i], call, sizeof call) == size &&
            memcmp(own, call, size) == 0)
            return true;
    return false;
}

static bool repeats(layout_window *w, const layout_page *lp, const block *b, bool top)
{
    const template *t = find_template(w->profile, masked_key(lp, b, top), false, 0);
    uint32_t least = w->profile->pages < REPEATS_LEAST ? w->profile->pages : REPEATS_LEAST;
    return least > 1 && t && t->count >= least && fabsf(t->y - b->box.y0) <= HEIGHT_TOLERANCE;
}

static bool runs_along(layout_window *w, const layout_page *lp, const block *b, bool top)
{
    return repeats(w, lp, b, top) && (top || !is_note(lp, b));
}

/* A row of parts, the first or last of which is the number of its page, or a number that stands
 * far away from the rest. */
static bool holds_own_number(const layout_page *lp, const block *b)
{
    const line *first = &lp->lines[b->first], *last = &lp->lines[b->end - 1];
    if (b->end - b->first < 2 || first->row != last->row)
        return false;
    float left = first[1].box.x0 - first->box.x1, right = last->box.x0 - last[-1].box.x1;
    int32_t before = printed_number(first->text), after = printed_number(last->text);
    return before == lp->page->number || after == lp->page->number ||
           (before >= 0 && left > APART_EM * b->size) || (after >= 0 && right > APART_EM * b->size);
}

static bool is_alphanumeric(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* "- A-1 -": the label that the file gives the page, where it holds a number. */
static bool is_own_label(const layout_page *lp, quire_text text)
{
    const char *own = lp->page->label;
    if (!own || strcspn(own, "0123456789") == strlen(own))
        return false;
    while (text.size > 0 && !is_alphanumeric(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && !is_alphanumeric(text.data[text.size - 1]))
        text.size--;
    return quire_text_equal(text, quire_text_of(own));
}

/* Judges a block at the edge; true when it is furniture. */
static bool judge_block(layout_window *w, layout_page *lp, block *b, bool top)
{
    quire_text text = block_line(lp, b);
    int32_t number = printed_number(text);
    float y = top ? b->box.y0 : lp->height - b->box.y1;
    if (layout_is_page_number(text) && y < NUMBER_ZONE * lp->height) {
        bool proven = number >= 0 && is_in_step(w->profile, number - lp->page->number);
        set_furniture(lp, b, QUIRE_PAGE_NUMBER, proven || repeats(w, lp, b, top));
        layout_explain(lp, b,
                       proven ? "it is a number that grows with the page"
                              : "it is a number at the edge of the page");
        return true;
    }
    if (is_own_label(lp, text) && y < NUMBER_ZONE * lp->height) {
        set_furniture(lp, b, QUIRE_PAGE_NUMBER, true);
        layout_explain(lp, b, "it is what the file calls the page");
        return true;
    }
    if (holds_own_number(lp, b) && y < LONE_ZONE * lp->height) {
        set_furniture(lp, b, top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER, repeats(w, lp, b, top));
        layout_explain(lp, b, "one of its parts is the number of the page");
        return true;
    }
    if (!runs_along(w, lp, b, top))
        return false;
    set_furniture(lp, b, top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER, true);
    layout_explain(lp, b, "its text comes again on other pages at the same height");
    return true;
}

/* White between the block and the text of the page. */
static float gap_inwards(const layout_page *lp, const block *b, bool top)
{
    float gap = lp->height;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *other = &lp->blocks[i];
        if (other == b || !is_text(other))
            continue;
        float distance = top ? other->box.y0 - b->box.y1 : b->box.y0 - other->box.y1;
        if (distance > -0.5f * b->size)
            gap = fminf(gap, distance);
    }
    return gap;
}

/* A row that only its place, size and isolation speak for. */
static bool looks_like_furniture(const layout_page *lp, const block *b, bool top)
{
    float y = top ? b->box.y1 : lp->height - b->box.y0;
    if (y > LONE_ZONE * lp->height || b->characters > LONE_CHARACTERS || b->end - b->first > 2)
        return false;
    if (b->size > 1.05f * lp->body_size || lp->words[lp->lines[b->first].first].flags & WORD_SCRIPT)
        return false;
    return gap_inwards(lp, b, top) >= LONE_GAP_EM * lp->body_size;
}

/* ---- what all pages show ---- */

/* The place and look of a head, whatever it says. */
static uint64_t place_key(const layout_page *lp, const block *b, bool top)
{
    float y = top ? b->box.y0 : lp->height - b->box.y1;
    uint64_t key = 0x9E3779B97F4A7C15u * (uint64_t)lroundf(y / PLACE_STEP);
    key = (key ^ (uint64_t)lroundf(b->size * 4)) * 0x100000001B3u;
    key = (key ^ (b->line_flags & (LINE_BOLD | LINE_ITALIC | LINE_CAPS))) * 0x100000001B3u;
    return (key ^ (top ? 17 : 19)) | 1;
}

static void count_place(profile *p, const layout_page *lp, const block *b, bool top)
{
    template *t = find_template(p, place_key(lp, b, top), true, lp->page->number);
    if (t->count > 0 && t->last_page == lp->page->number)
        return;
    t->count++;
    t->y = b->box.y0;
    t->last_page = lp->page->number;
}

static void note_edge(profile *p, const layout_page *lp, bool top)
{
    edge e = find_edge(lp, top);
    for (size_t i = 0; i < e.count; i++) {
        const block *b = &lp->blocks[e.blocks[i]];
        int32_t number = printed_number(block_line(lp, b));
        if (number >= 0)
            p->numberings[p->numbering_count++ % PROFILE_NUMBERINGS] = number - lp->page->number;
        if (e.rows[i] == 0 && looks_like_furniture(lp, b, top))
            count_place(p, lp, b, top);
        template *t = find_template(p, masked_key(lp, b, top), true, lp->page->number);
        if (t->count > 0 && t->last_page == lp->page->number)
            continue;
        if (t->count > 0 && fabsf(t->y - b->box.y0) > HEIGHT_TOLERANCE)
            t->count = 0;
        t->y = b->box.y0;
        t->count++;
        t->last_page = lp->page->number;
    }
}

/* Is there text that is too long or too far from the edges to run along with pages? */
static bool is_filled(const layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        bool inside = b->box.y1 > ZONE * lp->height && b->box.y0 < (1 - ZONE) * lp->height;
        if (is_text(b) && (inside || b->end - b->first > EDGE_ROWS))
            return true;
    }
    return false;
}

void layout_note_furniture(profile *p, const layout_page *lp)
{
    note_edge(p, lp, true);
    note_edge(p, lp, false);
    p->filled_pages += is_filled(lp);
}

/* Most pages have a head there, each its own: the chapter's, an entry's. */
static bool is_proven_by_place(const layout_window *w, const layout_page *lp, const block *b,
                               bool top)
{
    const template *t = find_template(w->profile, place_key(lp, b, top), false, 0);
    return t && t->count >= PLACES_LEAST && t->count * 2 >= w->profile->pages;
}

/* What shares its row with a page number runs along with it. */
static void take_row(layout_page *lp, const edge *e, uint8_t row, bool top)
{
    bool numbered = false;
    for (size_t i = 0; i < e->count; i++)
        numbered |= e->rows[i] == row && lp->blocks[e->blocks[i]].type == QUIRE_PAGE_NUMBER;
    for (size_t i = 0; i < e->count && numbered; i++) {
        block *b = &lp->blocks[e->blocks[i]];
        if (e->rows[i] != row || b->layer == QUIRE_LAYER_FURNITURE || b->end - b->first > 1)
            continue;
        set_furniture(lp, b, top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER, false);
        layout_explain(lp, b, "it stands in the row of the page number");
    }
}

static void judge_edge(layout_window *w, layout_page *lp, bool top)
{
    edge e = find_edge(lp, top);
    bool outer_row = true; /* all rows outside of this one are furniture */
    bool row_is = true;
    for (size_t i = 0; i < e.count; i++) {
        if (i > 0 && e.rows[i] != e.rows[i - 1]) {
            outer_row = row_is;
            row_is = false;
        }
        block *b = &lp->blocks[e.blocks[i]];
        if (!outer_row)
            break;
        if (judge_block(w, lp, b, top)) {
            row_is = true;
        } else if (looks_like_furniture(lp, b, top) && is_proven_by_place(w, lp, b, top)) {
            set_by_place(lp, b, top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER);
            layout_explain(lp, b, "most pages have a line of this look at its place");
            row_is = true;
        } else if (looks_like_furniture(lp, b, top)) {
            set_furniture(lp, b, top ? QUIRE_PAGE_HEADER : QUIRE_PAGE_FOOTER, false);
            layout_explain(lp, b, "it stands alone at the edge of the page in small type");
            row_is = true;
        }
    }
    for (size_t i = 0; i < e.count; i++)
        if (i == 0 || e.rows[i] != e.rows[i - 1])
            take_row(lp, &e, e.rows[i], top);
}

/* Heads come first and feet last, whatever column they stood in. */
static void sort_blocks(layout_page *lp)
{
    block *sorted = quire_arena_array(lp->arena, block, lp->block_count);
    size_t count = 0;
    for (int part = 0; part < 3; part++)
        for (size_t i = 0; i < lp->block_count; i++) {
            const block *b = &lp->blocks[i];
            bool upper = (b->box.y0 + b->box.y1) / 2 < lp->height / 2;
            int own = b->layer != QUIRE_LAYER_FURNITURE ? 1 : upper ? 0 : 2;
            if (own == part)
                sorted[count++] = *b;
        }
    lp->blocks = sorted;
}

/* A head runs above something. Where most pages hold nothing else, what comes again is the text of
 * labels, slides or forms; a single page without text in a book is an empty one. */
static void keep_lone_text(const layout_window *w, layout_page *lp)
{
    if (2 * w->profile->filled_pages > w->profile->pages)
        return;
    for (size_t i = 0; i < lp->block_count; i++)
        if (is_text(&lp->blocks[i]) && lp->blocks[i].layer != QUIRE_LAYER_FURNITURE)
            return;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (!(b->flags & BLOCK_REPEATS) || b->type == QUIRE_PAGE_NUMBER)
            continue;
        b->type = QUIRE_PARAGRAPH;
        b->layer = QUIRE_LAYER_BODY;
        b->flags &= ~(unsigned)BLOCK_REPEATS;
        b->pattern = NULL;
        b->values = NULL;
        b->value_count = 0;
        layout_explain(lp, b, "pages hold nothing else that it could run above");
    }
}

void layout_judge_furniture(layout_window *w, layout_page *lp)
{
    judge_edge(w, lp, true);
    judge_edge(w, lp, false);
    keep_lone_text(w, lp);
    sort_blocks(lp);
}
