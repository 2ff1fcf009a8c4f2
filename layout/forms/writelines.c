/*
 * Lines to write on: rules, which a scan breaks, and underscores.
 *
 *     Topic  __Sister-chro  atid exchanges__     parts of one line are joined
 *     Date   _______________                     typed: a word that is no text
 */
#include "layout/forms/forms.h"

#include <string.h>

#define SHORTEST 2.5f /* em */
#define THICKEST 3.0f /* points: more is a bar */
#define TOUCH 1.6f /* points by which rules may miss each other and meet */
#define JOINED 1.0f /* em between parts of one line, that a scan has broken */

enum { MOST_LINES = 2000, MOST_DRAWN = 600, BLANK_LEAST = 3 /* underscores */ };

typedef struct collector {
    layout_page *lp;
    write_lines lines;
    float em;
    bool recognised; /* its text was read from an image */
    write_line *all; /* as they come */
    size_t found;
} collector;

/* Does a rule that goes down end or begin where this one does? Then it is a side of a cell. */
static bool is_side(const collector *c, quire_box own)
{
    for (size_t i = 0; i < c->lp->page->rule_count; i++) {
        const quire_box *box = &c->lp->rules[i].box;
        bool at_end = fabsf(box->x0 - own.x0) < TOUCH || fabsf(box->x0 - own.x1) < TOUCH;
        if (!c->lp->rules[i].horizontal && at_end && box->y0 < own.y1 + TOUCH &&
            box->y1 > own.y0 - TOUCH)
            return true;
    }
    return false;
}

static bool is_in_table(const collector *c, quire_box own)
{
    for (size_t i = 0; i < c->lp->area_count; i++)
        if (c->lp->areas[i].kind == AREA_TABLE && quire_box_overlaps(c->lp->areas[i].box, own))
            return true;
    return false;
}

/* A scan tells little of what a rule is for; what is drawn tells cells and tables. */
static bool is_line(const collector *c, const quire_rule *rule)
{
    bool thin = quire_larger(rule->width, quire_box_height(rule->box)) <= THICKEST;
    if (!rule->horizontal || !thin || quire_box_width(rule->box) < SHORTEST * c->em)
        return false;
    return c->recognised || (!is_side(c, rule->box) && !is_in_table(c, rule->box));
}

/* Parts of one line, from the left: a scan breaks lines, and ink that crosses them does. */
static void join_parts(collector *c)
{
    size_t kept = 0;
    for (size_t i = 0; i < c->lines.count; i++) {
        write_line *part = &c->lines.items[i], *joined = NULL;
        for (size_t k = kept; k-- > 0 && !joined;) {
            write_line *own = &c->lines.items[k];
            if (part->y - own->y > 0.4f * c->em)
                break;
            bool near = part->x0 - own->x1 < JOINED * c->em && own->x0 - part->x1 < JOINED * c->em;
            joined = near ? own : NULL;
        }
        if (joined) {
            joined->x0 = quire_smaller(joined->x0, part->x0);
            joined->x1 = quire_larger(joined->x1, part->x1);
        } else {
            c->lines.items[kept++] = *part;
        }
    }
    c->lines.count = kept;
}

static bool is_recognised(const layout_page *lp)
{
    for (size_t i = 0; i < lp->word_count; i++)
        if (lp->words[i].flags & WORD_RECOGNISED)
            return true;
    return lp->reads_hidden && lp->word_count > 0;
}

/* ---- lines that are typed ---- */

bool form_blank_in(const layout_page *lp, const word *w, quire_box *blank)
{
    int count = 0;
    *blank = quire_box_empty();
    for (uint32_t i = w->first; i < w->end; i++) {
        const quire_glyph *g = &lp->page->glyphs[i];
        if (g->text_size == 1 && lp->page->text[g->text] == '_') {
            *blank = quire_box_union(*blank, layout_frame_box(&lp->frame, g->box));
            count++;
        } else if (count > 0) {
            break;
        }
    }
    return count >= BLANK_LEAST;
}

static void add_blanks(collector *c, const line *l)
{
    quire_box blank;
    for (uint32_t i = l->first; i < l->end && c->found < MOST_LINES; i++)
        if (form_blank_in(c->lp, &c->lp->words[i], &blank))
            c->all[c->found++] =
                (write_line){.x0 = blank.x0, .x1 = blank.x1, .y = c->lp->words[i].baseline};
}

/* ---- all of them ---- */

static void add_rules(collector *c)
{
    const quire_page *page = c->lp->page;
    if (page->rule_count > (c->recognised ? MOST_LINES : MOST_DRAWN))
        return;
    for (size_t i = 0; i < page->rule_count && c->found < MOST_LINES; i++) {
        quire_box box = c->lp->rules[i].box;
        if (is_line(c, &c->lp->rules[i]))
            c->all[c->found++] =
                (write_line){.x0 = box.x0, .x1 = box.x1, .y = (box.y0 + box.y1) / 2};
    }
}

write_lines form_find_write_lines(layout_page *lp)
{
    collector c = {.lp = lp,
                   .em = lp->body_size > 0 ? lp->body_size : 10,
                   .recognised = is_recognised(lp),
                   .all = quire_arena_array(lp->scratch, write_line, MOST_LINES)};
    c.lines.read = c.recognised;
    add_rules(&c);
    for (size_t i = 0; i < lp->line_count && !c.recognised; i++)
        if (memchr(lp->lines[i].text.data, '_', lp->lines[i].text.size))
            add_blanks(&c, &lp->lines[i]);
    if (c.found == 0)
        return c.lines;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, c.found);
    c.lines.items = quire_arena_array(lp->scratch, write_line, c.found);
    for (size_t i = 0; i < c.found; i++)
        keys[i] = (sort_key){sort_key_of(c.all[i].y), (uint32_t)i};
    layout_sort_by_key(lp->scratch, keys, c.found);
    for (size_t i = 0; i < c.found; i++)
        c.lines.items[c.lines.count++] = c.all[keys[i].index];
    join_parts(&c);
    return c.lines;
}

int32_t form_write_line_under(const write_lines *lines, const layout_page *lp, const word *w)
{
    float em = quire_smaller(w->size, 1.3f * (lp->body_size > 0 ? lp->body_size : w->size));
    float middle = (w->box.x0 + w->box.x1) / 2;
    size_t low = 0, high = lines->count;
    while (low < high) {
        size_t at = (low + high) / 2;
        if (lines->items[at].y < w->baseline - WRITTEN_UNDER * em)
            low = at + 1;
        else
            high = at;
    }
    for (size_t i = low; i < lines->count && lines->items[i].y < w->baseline + WRITTEN_ABOVE * em;
         i++)
        if (middle > lines->items[i].x0 && middle < lines->items[i].x1)
            return (int32_t)i;
    return -1;
}
