/*
 * Segments: what stands on one line between gaps that no space between words is wide enough for,
 * cut further where a label ends within.
 */
#include "layout/forms/forms.h"

#include <string.h>

enum {
    MOST_WORDS = 64, /* of a segment that is looked at; longer ones are prose */
    MOST_SEGMENTS = 20 * 1000, /* of a page */
    LEADER_LEAST = 3, /* dashes */
    LEADER_WORDS = 4, /* before two dashes, at most */
    MOST_PARTS = 16, /* lines that go on in each other */
};

#define WIDE_GAP 0.9f /* of an em: a space is 0.25 to 0.35, a justified one up to 0.6 */
#define PAST_LINE 0.8f /* em to a word behind the end of the line that the one before stands on */
#define AT_START 0.6f /* em between the beginning of a line and the gap that it stands in */
#define WIDE_GAP_READ 1.4f /* the same of what was read from an image, where typewriters write */

/* Visual words of one line, on their way into segments. */
typedef struct row {
    quire_text texts[MOST_WORDS];
    quire_box boxes[MOST_WORDS];
    float confidences[MOST_WORDS];
    size_t count;
    bool too_long;
    float size;
    uint32_t flags; /* segment_flag that all of it has */
    int32_t line; /* to write on; -1: none */
} row;

typedef struct finder {
    layout_page *lp;
    uint8_t *word_flags; /* segment_flag of what holds each word */
    const write_lines *lines;
    bool *is_cut; /* which lines of the page are in segments */
    segments found;
    size_t room;
} finder;

static quire_text join(quire_arena *arena, const quire_text *texts, size_t count)
{
    size_t size = 0;
    for (size_t i = 0; i < count; i++)
        size += texts[i].size + 1;
    char *text = quire_arena_take(arena, size + 1), *at = text;
    for (size_t i = 0; i < count; i++) {
        if (i > 0)
            *at++ = ' ';
        memcpy(at, texts[i].data, texts[i].size);
        at += texts[i].size;
    }
    return (quire_text){text, (size_t)(at - text)};
}

static void add_segment(finder *f, const row *r, size_t first, size_t end, uint32_t flags)
{
    if (f->found.count == f->room)
        return;
    quire_box box = quire_box_empty();
    float confidence = 0;
    for (size_t i = first; i < end; i++) {
        box = quire_box_union(box, r->boxes[i]);
        confidence += r->confidences[i] / (float)(end - first);
    }
    quire_text text = join(f->lp->scratch, r->texts + first, end - first);
    f->found.items[f->found.count++] = (segment){.text = text,
                                                 .box = box,
                                                 .size = r->size,
                                                 .flags = flags | r->flags,
                                                 .line = r->line,
                                                 .confidence = confidence};
}

static void flush(finder *f, row *r)
{
    label_cut cuts[MOST_WORDS];
    size_t cut_count = 0;
    if (r->count > 0 && !r->too_long)
        cut_count = form_cut_labels(r->texts, r->count, r->flags & SEGMENT_RECOGNISED, cuts);
    for (size_t i = 0, first = 0; i < cut_count; first = cuts[i++].end)
        add_segment(f, r, first, cuts[i].end, cuts[i].flags);
    r->count = 0;
    r->too_long = false;
}

static bool is_recognised(const layout_page *lp, const word *w)
{
    return lp->reads_hidden || w->flags & WORD_RECOGNISED;
}

/* Without the ends of lines that were taken for letters. */
static quire_text without_lines(quire_text text)
{
    while (text.size > 0 && strchr("_|{}\\", text.data[text.size - 1]))
        text.size--;
    while (text.size > 0 && strchr("_|{}\\", text.data[0]))
        text.data++, text.size--;
    return text;
}

static bool is_glued(const row *r, const word *w)
{
    return w->flags & WORD_GLUED && r->count > 0 &&
           w->box.x0 - r->boxes[r->count - 1].x1 < WIDE_GAP * w->size;
}

/* Bytes of the dashes or dots that lead from a label to its value, at the end of a word; 0: there
 * are too few. */
static size_t leader_size(quire_text text)
{
    size_t size = 0;
    while (size < text.size && strchr("-.~_=", text.data[text.size - 1 - size]))
        size++;
    return size >= LEADER_LEAST ? size : 0;
}

/* Two dashes, or a long one, lead away from words that may be a label; sentences have them, too. */
static bool is_short_leader(const row *r, quire_text text)
{
    bool dashes = text.size == 2 && memcmp(text.data, "--", 2) == 0;
    bool dash = text.size == 3 && memcmp(text.data, "\xE2\x80\x94", 3) == 0;
    if ((!dashes && !dash) || r->count == 0 || r->count > LEADER_WORDS)
        return false;
    for (size_t i = 0; i < r->count; i++)
        for (size_t k = 0; k < r->texts[i].size; k++)
            if (strchr("0123456789,;", r->texts[i].data[k]))
                return false;
    return r->texts[0].data[0] >= 'A' && r->texts[0].data[0] <= 'Z';
}

static void push(row *r, quire_text text, const word *w)
{
    r->texts[r->count] = text;
    r->boxes[r->count] = w->box;
    r->confidences[r->count++] = (float)w->confidence / 255;
}

/* Ends the row where underscores are to be written on; false: the word has none. */
static bool add_blank(finder *f, row *r, quire_text text, const word *w)
{
    quire_box blank;
    const char *start = memchr(text.data, '_', text.size), *end = start;
    if (!start || !form_blank_in(f->lp, w, &blank))
        return false;
    while (end < text.data + text.size && *end == '_')
        end++;
    if (start > text.data && r->count < MOST_WORDS) {
        push(r, (quire_text){text.data, (size_t)(start - text.data)}, w);
        r->boxes[r->count - 1].x1 = blank.x0;
    }
    r->line = -1; /* the word stands on its own line, what is before it does not */
    flush(f, r);
    if (end < text.data + text.size) {
        push(r, (quire_text){end, (size_t)(text.data + text.size - end)}, w);
        r->boxes[0].x0 = blank.x1;
    }
    return true;
}

/* Ends the row with a label that dashes lead away from; what follows is its value. */
static void lead(finder *f, row *r, quire_text text, const word *w)
{
    if (text.size > 0 && r->count < MOST_WORDS)
        push(r, text, w);
    size_t before = f->found.count;
    flush(f, r);
    if (f->found.count == before + 1)
        f->found.items[before].flags |= SEGMENT_LABEL | SEGMENT_COLON;
}

static void add_word(finder *f, row *r, const line *l, const word *w)
{
    quire_text text = {l->text.data + w->text_start, w->text_end - w->text_start};
    if (is_recognised(f->lp, w)) {
        r->flags |= SEGMENT_RECOGNISED;
        text = without_lines(text);
    } else if (add_blank(f, r, text, w)) {
        return;
    }
    if (text.size == 0)
        return;
    size_t leader = r->flags & SEGMENT_RECOGNISED ? leader_size(text) : 0;
    if (r->flags & SEGMENT_RECOGNISED && is_short_leader(r, text))
        leader = text.size;
    if (leader > 0) {
        lead(f, r, (quire_text){text.data, text.size - leader}, w);
        return;
    }
    if (is_glued(r, w)) {
        quire_text parts[2] = {r->texts[r->count - 1], text};
        char *joined = quire_arena_take(f->lp->scratch, parts[0].size + parts[1].size + 1);
        memcpy(joined, parts[0].data, parts[0].size);
        memcpy(joined + parts[0].size, parts[1].data, parts[1].size);
        r->texts[r->count - 1] = (quire_text){joined, parts[0].size + parts[1].size};
        r->boxes[r->count - 1] = quire_box_union(r->boxes[r->count - 1], w->box);
        return;
    }
    if (r->count == MOST_WORDS) {
        r->too_long = true;
        return;
    }
    push(r, text, w);
}

/* What was begun on a line may need more room than there is. */
static bool goes_past_line(const row *r, const word *w)
{
    return r->count > 0 && w->box.x0 - r->boxes[r->count - 1].x1 < PAST_LINE * w->size;
}

/* Does a line begin between the row and the word? A line that is broken begins anywhere. */
static bool begins_between(const write_lines *lines, int32_t index, const row *r, const word *w)
{
    float start = index < 0 ? -INFINITY : lines->items[index].x0, slack = AT_START * w->size;
    return r->count > 0 && start > r->boxes[r->count - 1].x1 - slack && start < w->box.x0 + slack;
}

/* Where the word stands: the line under it, or that of the row, whose end it goes past. */
static int32_t line_of(const finder *f, const row *r, const word *w, bool wide)
{
    int32_t under = form_write_line_under(f->lines, f->lp, w);
    return under < 0 && r->line >= 0 && !wide && goes_past_line(r, w) ? r->line : under;
}

static bool is_wide_gap(const finder *f, const row *r, const word *w)
{
    float gap = is_recognised(f->lp, w) ? WIDE_GAP_READ : WIDE_GAP;
    return r->count > 0 && w->box.x0 - r->boxes[r->count - 1].x1 > gap * w->size;
}

/* Adds word `index` of a line to the row, which ends before it where it stands apart. */
static void cut_word(finder *f, row *r, const line *l, uint32_t index)
{
    const word *w = &f->lp->words[index];
    bool other = index > l->first && (w->flags ^ f->lp->words[index - 1].flags) & WORD_ANNOTATION;
    bool wide = is_wide_gap(f, r, w);
    int32_t under = line_of(f, r, w, wide);
    bool begins = under != r->line && begins_between(f->lines, under, r, w);
    bool leaves = under < 0 && r->line >= 0;
    if (wide || other || begins || leaves)
        flush(f, r);
    if (r->count == 0) {
        r->flags = f->word_flags[index];
        r->line = under;
    }
    if (r->line < 0)
        r->line = under;
    add_word(f, r, l, w);
}

/* What was stamped on the page belongs to no label. */
static bool is_stamped(const layout_page *lp, const word *w)
{
    for (size_t i = 0; i < lp->page->scribble_count; i++)
        if (form_stamp_holds(lp, &lp->page->scribbles[i], w))
            return true;
    return false;
}

static void cut_words(finder *f, row *r, const line *l)
{
    for (uint32_t i = l->first; i < l->end; i++) {
        const word *w = &f->lp->words[i];
        if (w->sign || is_stamped(f->lp, w)) /* a place to mark is no text, either */
            flush(f, r);
        else
            cut_word(f, r, l, i);
    }
}

static bool is_parted(const layout_page *lp, float x0, float x1, float y)
{
    for (size_t i = 0; i < lp->page->rule_count; i++) {
        const quire_box *box = &lp->rules[i].box;
        if (!lp->rules[i].horizontal && box->x0 > x0 && box->x1 < x1 && box->y0 < y && box->y1 > y)
            return true;
    }
    return false;
}

/* The line that goes on where `l`, that was read from an image, ends; NULL: none does. */
static const line *line_behind(const finder *f, const line *l)
{
    const layout_page *lp = f->lp;
    if (l->first == l->end || !is_recognised(lp, &lp->words[l->first]))
        return NULL;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *to = &lp->lines[i];
        float gap = to->box.x0 - l->box.x1, drop = to->baseline - l->baseline;
        bool near = gap > -0.3f * l->size && gap < WIDE_GAP * l->size;
        if (to == l || to->angle != l->angle || !near || fabsf(drop) > 0.4f * l->size)
            continue;
        bool parted = is_parted(lp, l->box.x1 - 2, to->box.x0 + 2, l->baseline - 0.3f * l->size);
        return parted ? NULL : to;
    }
    return NULL;
}

/* Cuts a line, and what goes on behind it. */
static void cut_row(finder *f, const line *l)
{
    row r;
    r.count = 0;
    r.too_long = false;
    r.flags = 0;
    r.size = l->size;
    r.line = -1;
    for (int parts = 0; l && parts < MOST_PARTS; parts++) {
        f->is_cut[l - f->lp->lines] = true;
        cut_words(f, &r, l);
        l = line_behind(f, l);
        if (l && f->is_cut[l - f->lp->lines])
            l = NULL;
    }
    flush(f, &r);
}

/* From the top, by rows; within a row from the left. */
static void sort_segments(finder *f)
{
    quire_arena *scratch = f->lp->scratch;
    size_t count = f->found.count;
    sort_key *keys = quire_arena_array(scratch, sort_key, count);
    segment *sorted = quire_arena_array(scratch, segment, count);
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){sort_key_of(f->found.items[i].box.x0), (uint32_t)i};
    layout_sort_by_key(scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        keys[i].key = sort_key_of(roundf(f->found.items[keys[i].index].box.y1));
    layout_sort_by_key(scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        sorted[i] = f->found.items[keys[i].index];
    f->found.items = sorted;
}

enum {
    PROSE_LINES = 2, /* of a block, at least */
    PROSE_CHARACTERS = 38, /* in a line, in the mean */
    HEADED_COLUMNS = 3, /* of a table with a head, at least; with two, the first holds labels */
    BODY_ROWS = 2, /* below the head of a table that needs no help to be read */
};

/* What was read from paper is no code, and rows that end in figures are no table of contents. */
static bool is_prose_block(const layout_page *lp, const block *b)
{
    uint32_t lines = b->end - b->first;
    bool read = is_recognised(lp, &lp->words[lp->lines[b->first].first]);
    switch (b->type) {
    case QUIRE_CODE:
    case QUIRE_TOC:
        if (!read)
            return true;
        break;
    case QUIRE_CAPTION:
    case QUIRE_FOOTNOTE:
        return true;
    default:
        break;
    }
    return lines >= PROSE_LINES && b->characters >= PROSE_CHARACTERS * lines;
}

static void flag_blocks(finder *f)
{
    const layout_page *lp = f->lp;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b->first == b->end || !is_prose_block(lp, b))
            continue;
        for (uint32_t l = b->first; l < b->end; l++)
            memset(f->word_flags + lp->lines[l].first, SEGMENT_IN_PROSE,
                   lp->lines[l].end - lp->lines[l].first);
    }
}

/* A digit, or a colon at its end. */
static bool tells_a_value(const layout_page *lp, const word *w)
{
    char bytes[64];
    size_t size = layout_word_text(lp, w, bytes, sizeof bytes);
    for (size_t i = 0; i < size; i++)
        if (bytes[i] >= '0' && bytes[i] <= '9')
            return true;
    return size > 1 && bytes[size - 1] == ':';
}

/* Heads hold words only; a first row with figures or colons in it is one of labels and values. */
static bool has_plain_head(const finder *f, const table *t)
{
    for (size_t i = 0; i < t->cell_count && t->cells[i].row == 0; i++)
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++)
            if (tells_a_value(f->lp, &f->lp->words[t->words[k]]))
                return false;
    return true;
}

static void flag_table(finder *f, const table *t)
{
    uint32_t head = t->header_rows > 0 ? t->header_rows : 1;
    if (t->rows < head + BODY_ROWS || t->columns < HEADED_COLUMNS || !has_plain_head(f, t))
        return;
    for (size_t i = 0; i < t->cell_count && t->cells[i].row < head; i++)
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++)
            f->word_flags[t->words[k]] |= SEGMENT_HEADS_TABLE;
}

static void flag_words(finder *f)
{
    f->word_flags = quire_arena_array(f->lp->scratch, uint8_t, f->lp->word_count);
    flag_blocks(f);
    for (size_t i = 0; i < f->lp->area_count; i++)
        if (f->lp->areas[i].kind == AREA_TABLE && f->lp->areas[i].table)
            flag_table(f, f->lp->areas[i].table);
}

segments form_find_segments(layout_page *lp, const write_lines *lines)
{
    size_t room = lp->word_count < MOST_SEGMENTS ? lp->word_count : MOST_SEGMENTS;
    finder f = {.lp = lp, .lines = lines, .room = room};
    f.found.items = quire_arena_array(lp->scratch, segment, room);
    f.is_cut = quire_arena_array(lp->scratch, bool, lp->line_count);
    flag_words(&f);
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        bool read =
            l->angle == lp->frame.angle && !(l->flags & (LINE_VERTICAL | LINE_RIGHT_TO_LEFT));
        if (read && !f.is_cut[i])
            cut_row(&f, l);
    }
    if (f.found.count > 1)
        sort_segments(&f);
    return f.found;
}
