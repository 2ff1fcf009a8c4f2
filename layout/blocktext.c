/*
 * From lines to text. A hyphen at the end of a line is taken out when the document writes the
 * joined word elsewhere, or nothing speaks for the hyphen; it stays when the hyphenated form is
 * found inside a line, or each of its parts as a word. Scripts without spaces are joined without
 * one.
 */
#include "layout/blocktext.h"

#include <string.h>

typedef struct writer {
    layout_page *lp;
    const profile *profile;
    const block *block;
    const int32_t *links;
    char *text;
    size_t size, room;
    quire_run *runs;
    size_t run_count;
    quire_element_line *lines;
    size_t line_count;
    bool cleaned;
    float left; /* edge of code */
} writer;

/* ---- joining ---- */

/* Letters at the end of `text`, without the hyphen that ends it. */
static quire_text last_letters(quire_text text)
{
    size_t end = text.size, start = end;
    while (start > 0) {
        size_t at = start - 1;
        while (at > 0 && ((unsigned char)text.data[at] & 0xC0) == 0x80)
            at--;
        size_t next = at;
        if (!quire_is_letter(quire_utf8_next(text.data, end, &next)))
            break;
        start = at;
    }
    return (quire_text){text.data + start, end - start};
}

static quire_text first_letters(quire_text text)
{
    size_t end = 0;
    while (end < text.size) {
        size_t next = end;
        if (!quire_is_letter(quire_utf8_next(text.data, text.size, &next)))
            break;
        end = next;
    }
    return (quire_text){text.data, end};
}

/* Bytes of the hyphen that ends `text`: 1 to 3; 0: none. */
static size_t hyphen_size(quire_text text)
{
    static const char *const hyphens[] = {"-", "\xC2\xAD", "\xE2\x80\x90", "\xE2\x80\x91"};
    for (size_t i = 0; i < sizeof hyphens / sizeof *hyphens; i++) {
        size_t size = strlen(hyphens[i]);
        if (text.size > size && memcmp(text.data + text.size - size, hyphens[i], size) == 0)
            return size;
    }
    return 0;
}

static bool heals(const profile *p, quire_text before, quire_text after, size_t hyphen)
{
    quire_text left = last_letters((quire_text){before.data, before.size - hyphen});
    quire_text right = first_letters(after);
    size_t at = 0;
    if (left.size < 2 || right.size < 2 ||
        !quire_is_lower(quire_utf8_next(right.data, right.size, &at)))
        return false;
    if (hyphen == 2) /* a soft hyphen says so itself */
        return true;
    if (layout_profile_has_word(p, left, right))
        return true;
    char compound[128];
    if (left.size + 1 > sizeof compound)
        return true;
    memcpy(compound, left.data, left.size);
    compound[left.size] = '-';
    if (layout_profile_has_word(p, (quire_text){compound, left.size + 1}, right))
        return false;
    quire_text none = {0};
    return !layout_profile_has_word(p, left, none) || !layout_profile_has_word(p, right, none);
}

static uint32_t code_point_before(quire_text text)
{
    size_t at = text.size;
    while (at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80)
        at--;
    at -= at > 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

static bool joins_without_space(quire_text before, quire_text after)
{
    size_t at = 0;
    if (before.size == 0 || after.size == 0)
        return true;
    uint32_t last = code_point_before(before);
    uint32_t first = quire_utf8_next(after.data, after.size, &at);
    return quire_is_ideographic(last) && quire_is_ideographic(first);
}

size_t layout_line_gap(const profile *p, quire_text *before, quire_text next)
{
    size_t hyphen = hyphen_size(*before);
    if (hyphen > 0 && heals(p, *before, next, hyphen)) {
        before->size -= hyphen;
        return 0;
    }
    if (hyphen > 0) { /* kept: the parts belong together all the same */
        quire_text left = last_letters((quire_text){before->data, before->size - hyphen});
        if (left.size > 0 && first_letters(next).size > 0)
            return 0;
    }
    return !joins_without_space(*before, next);
}

/* The line that was written last was ended on purpose. */
static bool ends_on_purpose(const writer *w)
{
    const block *b = w->block;
    if (b->flags & BLOCK_DEFINITION)
        return w->size == b->term;
    return b->flags & BLOCK_KEEPS_LINES && b->type == QUIRE_PARAGRAPH;
}

/* Writes what stands between two lines, or takes the hyphen back. */
static void join(writer *w, quire_text next)
{
    if (ends_on_purpose(w)) {
        w->text[w->size++] = '\n';
        return;
    }
    quire_text before = {w->text, w->size};
    size_t gap = layout_line_gap(w->profile, &before, next);
    if (before.size < w->size) {
        w->size = before.size;
        w->cleaned = true;
        if (w->run_count > 0 && w->runs[w->run_count - 1].end > w->size)
            w->runs[w->run_count - 1].end = (uint32_t)w->size;
    }
    if (gap > 0)
        w->text[w->size++] = ' ';
}

/* ---- runs ---- */

static uint32_t run_flags(const word *w)
{
    static const struct {
        uint32_t word, run;
    } pairs[] = {
        {WORD_BOLD, QUIRE_RUN_BOLD},           {WORD_ITALIC, QUIRE_RUN_ITALIC},
        {WORD_MONOSPACE, QUIRE_RUN_MONOSPACE}, {WORD_SUPERSCRIPT, QUIRE_RUN_SUPERSCRIPT},
        {WORD_SUBSCRIPT, QUIRE_RUN_SUBSCRIPT}, {WORD_UNDERLINED, QUIRE_RUN_UNDERLINE},
        {WORD_STRUCK, QUIRE_RUN_STRIKE},
    };
    uint32_t flags = 0;
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        flags |= w->flags & pairs[i].word ? pairs[i].run : 0;
    return flags;
}

static int32_t link_at(const writer *w, const word *at)
{
    if (!w->links)
        return -1;
    frame own = layout_frame_of(at->angle, w->lp->page->width, w->lp->page->height);
    quire_box box = layout_frame_box_back(&own, at->box);
    float x = (box.x0 + box.x1) / 2, y = (box.y0 + box.y1) / 2;
    size_t count = w->lp->page->link_count;
    for (size_t i = 0; i < count; i++)
        if (quire_box_holds_point(w->lp->page->links[i].box, x, y))
            return w->links[i];
    return -1;
}

static void add_run(writer *w, const word *at, uint32_t start, uint32_t end)
{
    uint32_t flags = run_flags(at);
    int32_t link = link_at(w, at);
    if ((flags == 0 && link < 0 && at->note == 0) || start >= end)
        return;
    quire_run *last = w->run_count > 0 ? &w->runs[w->run_count - 1] : NULL;
    if (last && last->flags == flags && last->link == link && last->note == at->note &&
        start <= last->end + 1) {
        last->end = end;
        return;
    }
    w->runs[w->run_count++] = (quire_run){start, end, flags, link, at->note, at->note_count};
}

/* Lone letters and signs in italics or bold are variables of a formula, not stress. */
static bool is_sign(const writer *w, const quire_run *run)
{
    size_t letters = 0, longest = 0;
    for (size_t at = run->start; at < run->end;) {
        letters = quire_is_letter(quire_utf8_next(w->text, run->end, &at)) ? letters + 1 : 0;
        longest = letters > longest ? letters : longest;
    }
    return longest < 2;
}

static void drop_signs(writer *w)
{
    const uint32_t stress = QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC;
    size_t kept = 0;
    for (size_t i = 0; i < w->run_count; i++) {
        quire_run run = w->runs[i];
        if (run.flags & stress && is_sign(w, &run))
            run.flags &= ~stress;
        if (run.flags != 0 || run.link >= 0 || run.note != 0)
            w->runs[kept++] = run;
    }
    w->run_count = kept;
}

/* ---- lines ---- */

/* The line goes on in a word that the file spells out (ActualText) for both lines. */
static bool goes_on_in_word(const layout_page *lp, const line *l)
{
    if (l == lp->lines)
        return false;
    const word *last = &lp->words[l[-1].end - 1], *first = &lp->words[l->first];
    int32_t tag = lp->page->glyphs[first->first].tag;
    return tag >= 0 && lp->page->glyphs[last->end - 1].tag == tag &&
           lp->page->tags[tag].actual_text && !strchr(lp->page->tags[tag].actual_text, ' ');
}

static void add_line(writer *w, const line *l, size_t skip)
{
    if (w->size > 0 && !goes_on_in_word(w->lp, l))
        join(w, l->text);
    uint32_t start = (uint32_t)w->size;
    memcpy(w->text + w->size, l->text.data + skip, l->text.size - skip);
    w->size += l->text.size - skip;
    for (uint32_t i = l->first; i < l->end; i++) {
        const word *at = &w->lp->words[i];
        if (at->text_end <= skip || at->text_start == at->text_end)
            continue;
        uint32_t from = at->text_start > skip ? at->text_start - (uint32_t)skip : 0;
        uint32_t end = start + at->text_end - (uint32_t)skip;
        if (at->note_offset > 0) {
            word before = *at;
            before.note = 0;
            uint32_t mark = start + from + at->note_offset;
            add_run(w, &before, start + from, mark);
            add_run(w, at, mark, end);
        } else {
            add_run(w, at, start + from, end);
        }
    }
    if (w->lp->options->lines)
        w->lines[w->line_count++] = (quire_element_line){
            start, (uint32_t)w->size, layout_frame_box_back(&w->lp->frame, l->box)};
}

/* Bytes of marker and white space at the start of the first line. */
static size_t marker_skip(const block *b, quire_text text)
{
    size_t at = b->marker;
    while (b->marker > 0 && at < text.size && text.data[at] == ' ')
        at++;
    return at < text.size ? at : text.size;
}

/* ---- code ---- */

enum { MOST_INDENT = 120 };

/* Columns from `from` to `to`, in characters of a monospaced line. */
static size_t columns_between(const layout_page *lp, const line *l, float from, float to)
{
    const word *w = &lp->words[l->end - 1];
    float width = quire_box_width(w->box) / (float)(w->end - w->first);
    if (width <= 0 || to <= from)
        return 0;
    long columns = lroundf((to - from) / width);
    return columns > MOST_INDENT ? MOST_INDENT : (size_t)columns;
}

/* Where the code of a line begins, behind its number; equal to `end`: there is no code. */
static uint32_t first_of_code(const layout_page *lp, const line *l)
{
    return l->first + (lp->words[l->first].flags & WORD_LINE_NUMBER ? 1 : 0);
}

static float left_of_code(const layout_page *lp, const block *b)
{
    float left = INFINITY;
    for (uint32_t i = b->first; i < b->end; i++) {
        uint32_t first = first_of_code(lp, &lp->lines[i]);
        if (first < lp->lines[i].end)
            left = fminf(left, lp->words[first].box.x0);
    }
    return left;
}

/* A row without a number, where rows have one, is what did not fit in the row above it. */
static bool is_rest_of_row(const writer *w, const line *l)
{
    return w->block->flags & BLOCK_NUMBERED && first_of_code(w->lp, l) == l->first;
}

/* What parts the line from the one before it: feeds, or the space of a row that was broken. */
static void begin_code_line(writer *w, const line *l)
{
    if (is_rest_of_row(w, l)) {
        w->text[w->size++] = ' ';
        return;
    }
    w->text[w->size++] = '\n';
    if (w->block->leading > 0 && l->baseline - l[-1].baseline > 1.6f * w->block->leading)
        w->text[w->size++] = '\n';
}

static void add_code_line(writer *w, uint32_t index)
{
    const line *l = &w->lp->lines[index];
    const line *before = index > w->block->first ? l - 1 : NULL;
    bool beside = before && layout_shares_row(before, l);
    if (before && !beside)
        begin_code_line(w, l);
    uint32_t start = (uint32_t)w->size, first = first_of_code(w->lp, l);
    size_t skip = first < l->end ? w->lp->words[first].text_start : l->text.size;
    bool led = beside && first_of_code(w->lp, before) < before->end;
    float from = led ? before->box.x1 : w->left;
    size_t columns = first == l->end || (!beside && before && is_rest_of_row(w, l))
                         ? 0
                         : columns_between(w->lp, l, from, w->lp->words[first].box.x0);
    memset(w->text + w->size, ' ', columns);
    w->size += columns;
    memcpy(w->text + w->size, l->text.data + skip, l->text.size - skip);
    w->size += l->text.size - skip;
    w->cleaned |= skip > 0;
    if (w->lp->options->lines)
        w->lines[w->line_count++] = (quire_element_line){
            start, (uint32_t)w->size, layout_frame_box_back(&w->lp->frame, l->box)};
}

/* ---- contents ---- */

/* One entry a line; dots that lead to the number are left out. */
static void add_entry_line(writer *w, uint32_t index)
{
    const line *l = &w->lp->lines[index];
    bool beside = l->flags & LINE_SAME_ROW;
    if (w->size > 0)
        w->text[w->size++] = beside ? ' ' : '\n';
    uint32_t start = (uint32_t)w->size;
    for (size_t at = 0; at < l->text.size;) {
        size_t leader = layout_leader_size((quire_text){l->text.data + at, l->text.size - at});
        if (leader == 0) {
            w->text[w->size++] = l->text.data[at++];
            continue;
        }
        at += leader;
        w->cleaned = true;
        if (w->size > start && w->text[w->size - 1] != ' ')
            w->text[w->size++] = ' ';
    }
    if (w->lp->options->lines)
        w->lines[w->line_count++] = (quire_element_line){
            start, (uint32_t)w->size, layout_frame_box_back(&w->lp->frame, l->box)};
}

/* Appends the lines of a block as they are printed. */
static size_t put_original(const layout_page *lp, const block *b, char *text, size_t size)
{
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        size_t skip = i == b->first ? marker_skip(b, l->text) : 0;
        if (size > 0)
            text[size++] = '\n';
        memcpy(text + size, l->text.data + skip, l->text.size - skip);
        size += l->text.size - skip;
    }
    return size;
}

static quire_text original_text(const writer *w)
{
    char *text = quire_arena_take(w->lp->scratch, w->room);
    size_t size = put_original(w->lp, w->block, text, 0);
    if (w->block->tail)
        size = put_original(w->block->tail_page, w->block->tail, text, size);
    return (quire_text){text, size};
}

/* Room for the text of a block; counts its words and lines. */
static size_t room_of(const layout_page *lp, const block *b, size_t *words, size_t *lines)
{
    size_t room = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        room += lp->lines[i].text.size + 2 + (b->type == QUIRE_CODE ? MOST_INDENT : 0);
        *words += 2 * (lp->lines[i].end - lp->lines[i].first); /* runs of marks within words */
    }
    *lines += b->end - b->first;
    return room;
}

/* What goes on over the turn of the page; its links are not known yet. */
static void add_tail(writer *w)
{
    const int32_t *links = w->links;
    layout_page *lp = w->lp;
    w->lp = w->block->tail_page;
    w->links = w->lp == lp ? links : NULL;
    for (uint32_t i = w->block->tail->first; i < w->block->tail->end; i++)
        add_line(w, &w->lp->lines[i], 0);
    w->lp = lp;
    w->links = links;
}

block_text layout_block_text(layout_page *lp, const profile *p, const block *b,
                             const int32_t *links)
{
    writer w = {.lp = lp, .profile = p, .block = b, .links = links};
    size_t words = 0, lines = 0;
    w.room = room_of(lp, b, &words, &lines);
    if (b->tail)
        w.room += room_of(b->tail_page, b->tail, &words, &lines);
    w.text = quire_arena_take(lp->scratch, w.room + 1);
    w.runs = quire_arena_array(lp->scratch, quire_run, words);
    w.lines = quire_arena_array(lp->scratch, quire_element_line, lines);
    w.left = b->type == QUIRE_CODE ? left_of_code(lp, b) : 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        if (b->type == QUIRE_CODE)
            add_code_line(&w, i);
        else if (b->type == QUIRE_TOC)
            add_entry_line(&w, i);
        else
            add_line(&w, &lp->lines[i], i == b->first ? marker_skip(b, lp->lines[i].text) : 0);
    }
    if (b->tail)
        add_tail(&w);
    drop_signs(&w);
    block_text out = {.text = {w.text, w.size},
                      .runs = w.runs,
                      .run_count = w.run_count,
                      .lines = w.lines,
                      .line_count = w.line_count};
    if (w.cleaned)
        out.original = original_text(&w);
    return out;
}
