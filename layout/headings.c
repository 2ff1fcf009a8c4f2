/*
 * Headings: looks are judged over the document, blocks within them.
 *
 * A block's score leans towards the mean score of all candidates of its look, once there are a few
 * of them. Outline entries that lead to the page name headings outright. Levels come from section
 * numbers, from the outline, else from the rank of the look among the looks of headings.
 */
#include "layout/headings.h"

#include <string.h>

enum { CLASS_LEAST = 3, MOST_LEVEL = 6, TITLE_PAGE = 1 };

#define CLASS_PULL 0.5f
#define BODY_CLASS_PENALTY 1.0f /* where most blocks of a look are no candidates */
#define SAME_SIZE 0.03f
#define WEIGHT_COUNTS 0.04f /* bold, capitals and (less) italics, as a share of the size */
#define EDGE_EM 0.5f /* from the edge of the column */
#define SET_IN_LEAST_EM 1.5f
#define SET_IN_MOST_EM 6.0f
#define TITLE_ZONE 0.6f /* of the page's height */

static float judged_score(const layout_window *w, const block *b)
{
    const style_class *class = layout_profile_class(w->profile, b->style_key);
    float score = b->score;
    if (class->candidates >= CLASS_LEAST) {
        float mean = class->score / (float)class->candidates;
        score += CLASS_PULL * (mean - score);
    }
    if (class->blocks >= 5 && class->candidates * 2 < class->blocks)
        score -= BODY_CLASS_PENALTY;
    return score;
}

/* ---- the outline ---- */

/* Letters and digits of two texts, cases folded, compared one by one: hyphens and quotes are
 * written in many ways, and labels may be missing. */
static uint32_t next_plain(quire_text text, size_t *at)
{
    while (*at < text.size) {
        uint32_t c = quire_utf8_next(text.data, text.size, at);
        if (quire_is_letter(c) || quire_is_digit(c))
            return quire_lower(c);
    }
    return 0;
}

static bool same_plain(quire_text a, quire_text b)
{
    size_t i = 0, k = 0, common = 0;
    for (;;) {
        uint32_t x = next_plain(a, &i), y = next_plain(b, &k);
        if (x != y)
            return false;
        if (x == 0)
            return common > 1;
        common++;
    }
}

static quire_text block_plain(const layout_page *lp, const block *b)
{
    size_t room = 1, size = 0;
    for (uint32_t i = b->first; i < b->end; i++)
        room += lp->lines[i].text.size + 1;
    char *text = quire_arena_take(lp->scratch, room);
    for (uint32_t i = b->first; i < b->end; i++) {
        memcpy(text + size, lp->lines[i].text.data, lp->lines[i].text.size);
        size += lp->lines[i].text.size;
        text[size++] = ' ';
    }
    return (quire_text){text, size};
}

/* 1 + the entry of the outline that names a block; 0: none does. */
static int32_t outline_entry(const layout_window *w, const layout_page *lp, const block *b)
{
    const quire_facts *facts = w->facts;
    quire_text text = block_plain(lp, b);
    size_t skip = layout_label_at(text).size;
    quire_text bare = {text.data + skip, text.size - skip};
    for (size_t i = 0; i < facts->outline_count; i++) {
        const quire_outline_item *item = &facts->outline[i];
        if (item->page != lp->page->number || !item->title)
            continue;
        quire_text title = quire_text_of(item->title);
        size_t numbered = layout_label_at(title).size;
        quire_text bare_title = {title.data + numbered, title.size - numbered};
        if (same_plain(text, title) || same_plain(bare, title) || same_plain(bare, bare_title))
            return (int32_t)i + 1;
    }
    return 0;
}

/* ---- levels ---- */

/* Size, and what makes type of one size stand out more or less. */
static float prominence(const block *b)
{
    float factor = 1;
    factor += b->line_flags & LINE_BOLD ? WEIGHT_COUNTS : 0;
    factor += b->line_flags & LINE_CAPS ? WEIGHT_COUNTS : 0;
    factor -= b->line_flags & LINE_ITALIC ? WEIGHT_COUNTS : 0;
    return b->size * factor;
}

/* Levels count from below the title, wherever the outline begins. */
static int32_t below_title(const profile *p, int32_t outlined)
{
    return outlined > p->title_depth ? outlined - p->title_depth : outlined > 0 ? 1 : 0;
}

/* The level that the outline gives most headings of a look; 0: it names none of them. */
static int32_t outlined_level(const heading_look *look)
{
    int32_t best = 0;
    for (int32_t i = 1; i <= MOST_LEVEL; i++)
        if (look->outlined[i] > look->outlined[best])
            best = i;
    return best;
}

/*
 * That of its look in the outline; else one more than that of the next larger look, which the
 * outline may know; the title stands above all.
 */
static int32_t style_level(const profile *p, const block *b)
{
    int32_t level = 1;
    float own = prominence(b), known = INFINITY;
    for (int i = 0; i < p->heading_look_count; i++) {
        const heading_look *look = &p->heading_looks[i];
        int32_t outlined = outlined_level(look);
        bool is_own = fabsf(look->size - own) <= SAME_SIZE * own;
        if (is_own && outlined > 0)
            return below_title(p, outlined);
        if (outlined > 0 && look->size > own && look->size < known)
            known = look->size;
    }
    for (int i = 0; i < p->heading_look_count; i++) {
        const heading_look *look = &p->heading_looks[i];
        bool is_title = p->title_size > 0 && look->size >= p->title_size * (1 - SAME_SIZE);
        if (look->size == known)
            level += is_title ? 0 : below_title(p, outlined_level(look));
        else
            level += look->size > own * (1 + SAME_SIZE) && look->size < known && !is_title;
    }
    return level > MOST_LEVEL ? MOST_LEVEL : level;
}

/* How far a heading stands in from the edge of its column, in ems. */
static float indent_of(const layout_page *lp, const block *b)
{
    const line *l = &lp->lines[b->first];
    quire_box column = lp->leaves[b->region].box;
    float indent = l->flags & LINE_RIGHT_TO_LEFT ? column.x1 - l->box.x1 : l->box.x0 - column.x0;
    return indent / fmaxf(b->size, 1);
}

/* Set in, where others of its look are not: one level further down. */
static bool is_set_in(const profile *p, const layout_page *lp, const block *b)
{
    float own = prominence(b), indent = indent_of(lp, b);
    quire_box column = lp->leaves[b->region].box;
    bool centred = fabsf(b->box.x0 + b->box.x1 - column.x0 - column.x1) < 2 * EDGE_EM * b->size;
    if (indent < SET_IN_LEAST_EM || indent > SET_IN_MOST_EM || centred)
        return false;
    for (int i = 0; i < p->heading_look_count; i++)
        if (fabsf(p->heading_looks[i].size - own) <= SAME_SIZE * own)
            return p->heading_looks[i].at_edge > 0;
    return false;
}

static heading_look *look_of(profile *p, const block *b)
{
    float size = prominence(b);
    for (int i = 0; i < p->heading_look_count; i++)
        if (fabsf(p->heading_looks[i].size - size) <= SAME_SIZE * size)
            return &p->heading_looks[i];
    if (p->heading_look_count == PROFILE_LOOKS)
        return NULL;
    p->heading_looks[p->heading_look_count] = (heading_look){.size = size};
    return &p->heading_looks[p->heading_look_count++];
}

/* Of blocks that one entry names, only those that look like headings are meant, if any does. */
static bool is_better_named(const layout_window *w, const layout_page *lp, const block *b)
{
    if (b->outline_entry == 0 || judged_score(w, b) > 0)
        return false;
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *other = &lp->blocks[i];
        if (other->outline_entry == b->outline_entry && judged_score(w, other) > 0)
            return true;
    }
    return false;
}

/* The levels that the outline gives to the blocks of a page. */
static void read_outline(const layout_window *w, layout_page *lp)
{
    const quire_facts *facts = w->facts;
    for (size_t i = 0; facts && facts->outline_count > 0 && i < lp->block_count; i++) {
        quire_arena_mark mark = quire_arena_position(lp->scratch);
        if (lp->blocks[i].flags & BLOCK_CANDIDATE)
            lp->blocks[i].outline_entry = outline_entry(w, lp, &lp->blocks[i]);
        quire_arena_reset(lp->scratch, mark);
    }
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->outline_entry == 0 || is_better_named(w, lp, b))
            continue;
        int32_t level = facts->outline[b->outline_entry - 1].level;
        b->outlined = level < 1 ? 1 : level > MOST_LEVEL ? MOST_LEVEL : level;
    }
}

static void note_look(const layout_window *w, const layout_page *lp, const block *b)
{
    if (judged_score(w, b) <= 0 && b->outlined == 0)
        return;
    heading_look *look = look_of(w->profile, b);
    if (!look)
        return;
    look->blocks++;
    look->at_edge += indent_of(lp, b) < EDGE_EM;
    look->outlined[b->outlined] += b->outlined > 0;
}

/* All looks of headings in the window, before the first level is given. */
static void note_looks(layout_window *w)
{
    for (int i = 0; i < w->count; i++) {
        layout_page *lp = w->pages[i];
        if (lp->looked_at)
            continue;
        lp->looked_at = true;
        read_outline(w, lp);
        for (size_t k = 0; k < lp->block_count; k++)
            if (lp->blocks[k].flags & BLOCK_CANDIDATE)
                note_look(w, lp, &lp->blocks[k]);
    }
}

/* ---- the title ---- */

/* The only heading of the largest size, on the first page, without a number, above all others. */
static bool is_title(const layout_window *w, const layout_page *lp, const block *b)
{
    const profile *p = w->profile;
    float look = prominence(b);
    if (lp->page->number != TITLE_PAGE || b->box.y0 > TITLE_ZONE * lp->height)
        return false;
    quire_text text = lp->lines[b->first].text;
    if (layout_label_at(text).family != LABEL_NONE || layout_chapter_prefix(text) > 0 ||
        p->heading_look_count < 2)
        return false;
    for (int i = 0; i < p->heading_look_count; i++) {
        float size = p->heading_looks[i].size;
        if (size > look * (1 + SAME_SIZE))
            return false;
        if (fabsf(size - look) <= SAME_SIZE * look && p->heading_looks[i].blocks > 1)
            return false;
    }
    return true;
}

static int32_t top_items(const quire_facts *facts)
{
    int32_t count = 0;
    for (size_t i = 0; facts && i < facts->outline_count; i++)
        count += facts->outline[i].level <= 1;
    return count;
}

static void find_title(layout_window *w, layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (!(b->flags & BLOCK_CANDIDATE) || b->layer != QUIRE_LAYER_BODY ||
            judged_score(w, b) <= 0)
            continue;
        if (!is_title(w, lp, b))
            return;
        w->profile->title_size = prominence(b);
        w->profile->title_depth = b->outlined == 1 && top_items(w->facts) == 1;
        b->type = QUIRE_TITLE;
        b->confidence = fminf(1, 0.5f + 0.25f * b->score);
        layout_explain(lp, b, "title: the first and only heading of the largest size");
        return;
    }
}

int32_t layout_heading_level(const layout_window *w, const layout_page *lp, const block *b)
{
    quire_text text = lp->lines[b->first].text;
    label l = layout_label_at(text);
    if (l.family == LABEL_SECTION)
        return l.depth > MOST_LEVEL ? MOST_LEVEL : l.depth;
    int32_t level = style_level(w->profile, b) + is_set_in(w->profile, lp, b);
    return level > MOST_LEVEL ? MOST_LEVEL : level;
}

static const char *level_reason(const layout_page *lp, const block *b)
{
    if (b->outlined > 0)
        return "the outline names it at that level";
    bool numbered = layout_label_at(lp->lines[b->first].text).family == LABEL_SECTION;
    return numbered ? "its number has so many parts" : "the rank of its look among headings";
}

void layout_judge_headings(layout_window *w, layout_page *lp)
{
    note_looks(w);
    find_title(w, lp);
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (!(b->flags & BLOCK_CANDIDATE) || b->layer != QUIRE_LAYER_BODY || b->type == QUIRE_TITLE)
            continue;
        float score = judged_score(w, b);
        if (score <= 0 && b->outlined == 0)
            continue;
        b->type = QUIRE_HEADING;
        b->level =
            b->outlined > 0 ? below_title(w->profile, b->outlined) : layout_heading_level(w, lp, b);
        b->confidence = b->outlined > 0 ? 1 : fminf(1, 0.5f + 0.25f * score);
        layout_explain(lp, b, "heading: score %.2f by its own, %.2f among those of its look",
                       (double)b->score, (double)score);
        layout_explain(lp, b, "level %d: %s", b->level, level_reason(lp, b));
    }
}
