/*
 * Lines: words on one baseline without a wide gap.
 *
 *     one two² three          four five       row 1: two lines
 *     six seven               | eight         row 2: two lines, a rule between them
 *
 * Superscripts and subscripts first take the baseline of the word they hang on; then words are
 * sorted by baseline and gathered into rows, and each row is cut where the white is wide, where
 * the content jumps, or where a rule stands. Cutting early and joining late: a gap that was glued
 * over hides a column for ever.
 */
#include "layout/passes.h"

#include <string.h>

/* In ems. */
#define SCRIPT_SIZE 0.8f /* largest script, of its host */
enum { CAP_BYTES = 32 };

#define SCRIPT_SIZE_LEAST 0.4f /* smaller, and the host is a drop cap */
#define SCRIPT_SHIFT_LEAST 0.08f
#define SCRIPT_SHIFT_MOST 0.7f
#define SCRIPT_GAP 0.3f
#define MARKER_GAP 1.2f /* behind the number of a note */
#define ROW_TOLERANCE 0.35f
#define CUT_GAP 1.0f
#define CUT_GAP_MEDIAN 2.5f /* of the gaps of the words that follow each other */
#define CUT_GAP_MOST 1.6f
#define STRETCHED_GAP 2.5f /* a line set to its measure: gaps as wide as that, but alike */
#define STRETCHED_RANGE 0.3f
#define CUT_GAP_JUMP 0.5f /* where the content does not go on */
#define LABEL_GAP 2.5f /* behind a list label or number */
#define GLUE_GAP 0.1f
#define GLUE_OVERLAP (-0.6f)
#define ASCENT 0.8f /* of the box of a line, whatever its font says */
#define DESCENT 0.22f

#define CAP_SIZE 1.7f /* least, of the text beside it */
#define CAP_HEIGHT 0.7f
#define CAP_GAP 0.6f
#define CAP_TOP 0.5f

enum {
    LABEL_BYTES = 8,
    STRAY_GLYPHS = 4,
    STRAY_REACH = 64, /* words that are tried as hosts */
    STRETCHED_GAPS = 3, /* least */
    STRETCHED_GLYPHS = 4, /* a word, on the average */
};

typedef struct line_finder {
    layout_page *lp;
    word *sorted; /* words, row by row from left to right */
    const quire_rule **verticals; /* by x */
    size_t vertical_count;
} line_finder;

/* Words of one angle share lines, but for what stands across them. */
static bool share_lines(const word *a, const word *b)
{
    return a->angle == b->angle && !((a->flags ^ b->flags) & WORD_OVERPRINT);
}

/* ---- superscripts and subscripts ---- */

static bool hangs_on(const word *script, const word *host, float host_baseline, float most_gap)
{
    if (!share_lines(script, host) || script->size > SCRIPT_SIZE * host->size ||
        script->size < SCRIPT_SIZE_LEAST * host->size)
        return false;
    float shift = fabsf(script->baseline - host_baseline) / host->size;
    if (shift < SCRIPT_SHIFT_LEAST || shift > SCRIPT_SHIFT_MOST)
        return false;
    float gap = fmaxf(script->box.x0 - host->box.x1, host->box.x0 - script->box.x1);
    return gap <= most_gap * host->size && gap >= -host->size;
}

static void hang(word *script, float baseline)
{
    script->flags |= script->baseline < baseline ? WORD_SUPERSCRIPT : WORD_SUBSCRIPT;
    script->baseline = baseline;
}

/* Scripts that follow, or stand before, their host in the content. */
static void adopt_neighbours(layout_page *lp)
{
    const word *host = NULL; /* of the scripts before */
    for (size_t i = 0; i < lp->word_count; i++) {
        word *w = &lp->words[i];
        const word *before = i > 0 ? &lp->words[i - 1] : NULL;
        if (before && !(before->flags & WORD_SCRIPT))
            host = before;
        word near = host && before ? *before : (word){0};
        near.size = host ? host->size : 0;
        if (host && hangs_on(w, &near, host->baseline, SCRIPT_GAP))
            hang(w, host->baseline);
    }
    for (size_t i = lp->word_count; i-- > 1;) { /* markers stand before their host */
        word *w = &lp->words[i - 1];
        const word *next = &lp->words[i];
        bool leads = w->box.x1 <= next->box.x0 + SCRIPT_GAP * next->size;
        if (leads && !((w->flags | next->flags) & WORD_SCRIPT) &&
            hangs_on(w, next, next->baseline, MARKER_GAP))
            hang(w, next->baseline);
    }
}

/* Scripts that were drawn apart from their host: it ends where they start, a little lower. */
static void adopt_strays(const line_finder *f)
{
    for (size_t i = 0; i < f->lp->word_count; i++) {
        word *w = &f->sorted[i];
        if (w->flags & WORD_SCRIPT || w->end - w->first > STRAY_GLYPHS)
            continue;
        for (size_t k = i + 1; k < f->lp->word_count && k <= i + STRAY_REACH; k++) {
            const word *host = &f->sorted[k];
            if (host->baseline - w->baseline > SCRIPT_SHIFT_MOST * w->size / SCRIPT_SIZE_LEAST)
                break;
            bool behind = w->box.x0 > host->box.x1 - SCRIPT_GAP * host->size;
            if (behind && !(host->flags & WORD_SCRIPT) &&
                hangs_on(w, host, host->baseline, SCRIPT_GAP)) {
                hang(w, host->baseline);
                break;
            }
        }
    }
}

static bool is_vowel(uint32_t c)
{
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* The letter of a drop cap is a word by itself, as "A" may be, when what follows is one, too: that
 * has a vowel among its first letters. */
static bool is_own_word(const layout_page *lp, const word *cap, const word *next)
{
    char text[CAP_BYTES];
    size_t size = layout_word_text(lp, cap, text, sizeof text);
    if (size != 1 || !strchr("AIO", text[0]))
        return false;
    size = layout_word_text(lp, next, text, sizeof text);
    for (size_t at = 0, seen = 0; at < size && seen < 3; seen++)
        if (is_vowel(quire_lower(quire_utf8_next(text, size, &at))))
            return true;
    return false;
}

/*
 * A capital over several lines belongs to the first of them:
 *
 *     T HE FIRST LINE of a chapter
 *     | goes on beside the cap
 */
static void adopt_drop_caps(layout_page *lp)
{
    for (size_t i = 0; i + 1 < lp->word_count; i++) {
        word *cap = &lp->words[i], *next = &lp->words[i + 1];
        if (cap->end - cap->first != 1 || cap->size < CAP_SIZE * next->size ||
            !share_lines(cap, next))
            continue;
        float gap = next->box.x0 - cap->box.x1, em = next->size;
        float top = cap->baseline - CAP_HEIGHT * cap->size;
        float next_top = next->baseline - CAP_HEIGHT * next->size;
        if (fabsf(gap) > CAP_GAP * em || fabsf(top - next_top) > CAP_TOP * em ||
            cap->baseline < next->baseline + 0.5f * em)
            continue;
        cap->baseline = next->baseline;
        cap->box.y1 = next->box.y1;
        cap->size = next->size;
        next->flags |= is_own_word(lp, cap, next) ? 0 : WORD_GLUED;
    }
}

/* ---- rows ---- */

/* By angle, then baseline, then along the line: the order of rows. */
static void sort_words(line_finder *f)
{
    layout_page *lp = f->lp;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, lp->word_count);
    bool turned = false;
    for (size_t i = 0; i < lp->word_count; i++) {
        keys[i] = (sort_key){sort_key_of(lp->words[i].baseline), (uint32_t)i};
        turned |= lp->words[i].angle != lp->frame.angle || lp->words[i].flags & WORD_OVERPRINT;
    }
    layout_sort_by_key(lp->scratch, keys, lp->word_count);
    if (turned) {
        for (size_t i = 0; i < lp->word_count; i++) {
            const word *w = &lp->words[keys[i].index];
            keys[i].key = (uint32_t)((w->angle - lp->frame.angle + 360) % 360) +
                          (w->flags & WORD_OVERPRINT ? 360 : 0);
        }
        layout_sort_by_key(lp->scratch, keys, lp->word_count);
    }
    f->sorted = quire_arena_array(lp->arena, word, lp->word_count);
    for (size_t i = 0; i < lp->word_count; i++)
        f->sorted[i] = lp->words[keys[i].index];
    lp->words = f->sorted;
}

static size_t row_end(const line_finder *f, size_t start)
{
    const word *first = &f->sorted[start];
    float size = first->size;
    size_t end = start + 1;
    for (; end < f->lp->word_count; end++) {
        const word *w = &f->sorted[end];
        size = fminf(size, w->size);
        if (!share_lines(w, first) || w->baseline - first->baseline > ROW_TOLERANCE * size)
            break;
    }
    return end;
}

static void sort_row(const line_finder *f, size_t start, size_t end)
{
    size_t count = end - start;
    quire_arena *scratch = f->lp->scratch;
    sort_key *keys = quire_arena_array(scratch, sort_key, count);
    word *copy = quire_arena_array(scratch, word, count);
    memcpy(copy, &f->sorted[start], count * sizeof *copy);
    for (size_t i = 0; i < count; i++)
        keys[i] = (sort_key){sort_key_of(copy[i].box.x0), (uint32_t)i};
    layout_sort_by_key(scratch, keys, count);
    for (size_t i = 0; i < count; i++)
        f->sorted[start + i] = copy[keys[i].index];
}

/* ---- cutting a row ---- */

static void collect_verticals(line_finder *f)
{
    layout_page *lp = f->lp;
    size_t count = 0;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, lp->page->rule_count);
    for (size_t i = 0; i < lp->page->rule_count; i++)
        if (!lp->rules[i].horizontal)
            keys[count++] = (sort_key){sort_key_of(lp->rules[i].box.x0), (uint32_t)i};
    if (count == 0)
        return;
    layout_sort_by_key(lp->scratch, keys, count);
    f->verticals = quire_arena_array(lp->scratch, const quire_rule *, count);
    for (size_t i = 0; i < count; i++)
        f->verticals[i] = &lp->rules[keys[i].index];
    f->vertical_count = count;
}

/* True when a vertical rule stands between two neighbours of a row; the sides of a frame that is
 * a word of the row do not count. */
static bool rule_between(const line_finder *f, const word *a, const word *b)
{
    enum { LOOK_AT = 16 };
    size_t low = 0, high = f->vertical_count;
    float from = a->box.x1 + (a->sign ? 1 : -1), to = b->box.x0 + (b->sign ? -1 : 1);
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (f->verticals[middle]->box.x0 < from)
            low = middle + 1;
        else
            high = middle;
    }
    float y = b->baseline - 0.3f * b->size;
    for (size_t i = low; i < f->vertical_count && i < low + LOOK_AT; i++) {
        quire_box box = f->verticals[i]->box;
        if (box.x0 > to)
            return false;
        if (box.y0 <= y && box.y1 >= y && box.y1 - box.y0 >= 0.8f * b->size)
            return true;
    }
    return false;
}

static float gap_before(const line_finder *f, size_t i)
{
    return fmaxf(0, f->sorted[i].box.x0 - f->sorted[i - 1].box.x1);
}

static bool goes_on(const line_finder *f, size_t i)
{
    return f->sorted[i].order == f->sorted[i - 1].order + 1;
}

/* Gaps between words that follow each other in the content, from `start` on. */
typedef struct chunk {
    size_t end; /* first word behind it */
    float median;
    bool stretched; /* its gaps are wide and alike: it is set to a measure */
} chunk;

static chunk chunk_at(const line_finder *f, size_t start, size_t row)
{
    chunk c = {.end = start + 1};
    while (c.end < row && goes_on(f, c.end))
        c.end++;
    size_t count = c.end - start - 1;
    if (count < 2)
        return c;
    sort_key *keys = quire_arena_array(f->lp->scratch, sort_key, count);
    size_t glyphs = 0;
    for (size_t i = start + 1; i < c.end; i++) {
        keys[i - start - 1] = (sort_key){sort_key_of(gap_before(f, i)), (uint32_t)i};
        glyphs += f->sorted[i].end - f->sorted[i].first;
    }
    layout_sort_by_key(f->lp->scratch, keys, count);
    float em = f->sorted[start].size;
    float least = gap_before(f, keys[0].index), most = gap_before(f, keys[count - 1].index);
    c.median = gap_before(f, keys[count / 2].index);
    c.stretched = count >= STRETCHED_GAPS && most <= STRETCHED_GAP * em &&
                  most - least <= STRETCHED_RANGE * em && glyphs >= STRETCHED_GLYPHS * count;
    return c;
}

/* A bullet, "(a)", "12." or the like: what stands before an item or a heading. */
static bool is_label(const layout_page *lp, const word *w)
{
    if (w->end - w->first > LABEL_BYTES)
        return false;
    char text[LABEL_BYTES * 4 + 1];
    size_t size = layout_word_text(lp, w, text, sizeof text);
    return layout_is_label((quire_text){text, size});
}

/* True when the row is cut before word `i`; `start` starts the line at hand. */
static bool cuts(const line_finder *f, size_t start, size_t i, const chunk *c)
{
    const word *a = &f->sorted[i - 1], *b = &f->sorted[i];
    float em = fmaxf(a->size, b->size), gap = b->box.x0 - a->box.x1;
    if (gap > 0.2f * em && f->vertical_count > 0 && a->angle == f->lp->frame.angle &&
        rule_between(f, a, b))
        return true;
    if (!goes_on(f, i))
        return gap > CUT_GAP_JUMP * em;
    float most = fmaxf(CUT_GAP * em, fminf(CUT_GAP_MEDIAN * c->median, CUT_GAP_MOST * em));
    if (gap <= most || c->stretched)
        return false;
    return i > start + 1 || gap > LABEL_GAP * em || !is_label(f->lp, a);
}

/* ---- lines ---- */

static bool is_glued(const word *a, const word *b)
{
    float em = fminf(a->size, b->size);
    float gap = (b->box.x0 - a->box.x1) / em;
    bool leftward = (a->flags | b->flags) & WORD_RIGHT_TO_LEFT; /* its spaces may stand elsewhere */
    if ((b->flags & WORD_SPACED) && b->order == a->order + 1 && gap > (leftward ? 0.05f : -0.05f))
        return false;
    if ((a->flags | b->flags) & WORD_SCRIPT && b->order == a->order + 1)
        return gap < 2 * GLUE_GAP;
    return gap < GLUE_GAP && gap > GLUE_OVERLAP;
}

static void set_box(const line_finder *f, line *l)
{
    layout_page *lp = f->lp;
    quire_box box = quire_box_empty();
    for (uint32_t i = l->first; i < l->end; i++)
        box = quire_box_union(box, f->sorted[i].box);
    if (!(l->flags & LINE_VERTICAL)) {
        box.y0 = l->baseline - ASCENT * l->size;
        box.y1 = l->baseline + DESCENT * l->size;
    }
    if (l->angle != lp->frame.angle) {
        frame own = layout_frame_of(l->angle, lp->page->width, lp->page->height);
        box = layout_frame_box(&lp->frame, layout_frame_box_back(&own, box));
    }
    l->box = box;
}

/* What all, or most, of its words share. */
static void set_style(const line_finder *f, line *l)
{
    uint32_t all = 0, bold = 0, italic = 0, mono = 0, most = 0;
    uint32_t flags = 0;
    for (uint32_t i = l->first; i < l->end; i++) {
        const word *w = &f->sorted[i];
        uint32_t count = w->end - w->first;
        flags |= w->flags;
        if (w->flags & WORD_SCRIPT && l->end - l->first > 1)
            continue;
        all += count;
        bold += w->flags & WORD_BOLD ? count : 0;
        italic += w->flags & WORD_ITALIC ? count : 0;
        mono += w->flags & WORD_MONOSPACE ? count : 0;
        if (count > most) {
            most = count;
            l->style = w->style;
            l->size = w->size;
            l->baseline = w->baseline;
        }
    }
    l->flags |= bold * 10 >= all * 9 ? LINE_BOLD : 0;
    l->flags |= italic * 10 >= all * 9 ? LINE_ITALIC : 0;
    l->flags |= mono * 10 >= all * 9 ? LINE_MONOSPACE : 0;
    l->flags |= f->sorted[l->first].flags & WORD_BOLD ? LINE_STARTS_BOLD : 0;
    l->flags |= flags & WORD_RIGHT_TO_LEFT ? LINE_RIGHT_TO_LEFT : 0;
    l->flags |= flags & WORD_VERTICAL ? LINE_VERTICAL : 0;
}

static void add_line(line_finder *f, size_t start, size_t end)
{
    layout_page *lp = f->lp;
    line *l = quire_array_push(&lp->lists->lines);
    if (!l)
        return;
    *l = (line){.first = (uint32_t)start,
                .end = (uint32_t)end,
                .row = (uint32_t)lp->row_count,
                .style = f->sorted[start].style,
                .size = f->sorted[start].size,
                .baseline = f->sorted[start].baseline,
                .angle = f->sorted[start].angle,
                .area = -1,
                .order = f->sorted[start].order};
    for (size_t i = start; i < end; i++) {
        l->order = f->sorted[i].order < l->order ? f->sorted[i].order : l->order;
        if (i > start && is_glued(&f->sorted[i - 1], &f->sorted[i]))
            f->sorted[i].flags |= WORD_GLUED;
    }
    set_style(f, l);
    set_box(f, l);
    layout_set_line_text(lp, f->sorted, l);
}

static void cut_row(line_finder *f, size_t start, size_t end)
{
    quire_arena_mark mark = quire_arena_position(f->lp->scratch);
    size_t first_line = f->lp->lists->lines.count;
    sort_row(f, start, end);
    chunk c = chunk_at(f, start, end);
    size_t from = start;
    for (size_t i = start + 1; i < end; i++) {
        if (cuts(f, from, i, &c)) {
            add_line(f, from, i);
            from = i;
        }
        if (i >= c.end)
            c = chunk_at(f, i, end);
    }
    add_line(f, from, end);
    layout_turn_neutral_lines(f->lp, f->sorted, f->lp->lists->lines.items + first_line,
                              f->lp->lists->lines.count - first_line);
    f->lp->row_count++;
    quire_arena_reset(f->lp->scratch, mark);
}

void layout_find_lines(layout_page *lp)
{
    line_finder f = {.lp = lp};
    adopt_drop_caps(lp);
    adopt_neighbours(lp);
    sort_words(&f);
    adopt_strays(&f);
    sort_words(&f);
    collect_verticals(&f);
    for (size_t start = 0; start < lp->word_count;) {
        size_t end = row_end(&f, start);
        cut_row(&f, start, end);
        start = end;
    }
    lp->line_count = lp->lists->lines.count;
    lp->lines = quire_array_freeze(&lp->lists->lines, lp->arena);
    layout_note_traits(lp);
}
