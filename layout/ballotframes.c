/*
 * Frames that are drawn with paths, and what is drawn in them:
 *
 *     +--+   four short rules on the sides of a square       \/   a slanted or curved path,
 *     |  |   (two fills, the lighter one in the darker),     /\   a dark fill or a sign within:
 *     +--+   a circle that is stroked                             it is marked
 *
 * A form writes its frames one after the other, so the sides of one follow each other.
 */
#include "layout/ballots.h"

#define SIDE_LEAST 5.0f /* points */
#define SIDE_MOST 24.0f
#define STRETCH 1.3f /* of the longer side to the shorter one */
#define ON_SIDE 1.2f /* points: a rule lies on a side of the frame */
#define COVERED 0.85f /* of a side */
#define BORDER 2.5f /* points, between two fills that make a frame */
#define FILLS 0.25f /* of the frame's side: smaller things in it are specks */
#define REACHES 0.7f /* of the frame's side: marks may reach out of it */
#define COMB 0.3f /* of its side: frames that stand nearer in a row of four are a comb */

enum {
    MOST_LOOKS = 20 * 1000 * 1000, /* frames times shapes; beyond it the page is a drawing */
    CIRCLE_SEGMENTS = 40,
    COMB_CELLS = 4,
    NEIGHBOURS = 8, /* rules before and after those of a frame */
};

static bool has_size(quire_box box)
{
    float width = quire_box_width(box), height = quire_box_height(box);
    float longer = quire_larger(width, height), shorter = quire_smaller(width, height);
    return shorter >= SIDE_LEAST && longer <= SIDE_MOST && longer <= STRETCH * shorter;
}

static bool is_dark(uint32_t colour)
{
    uint32_t light = (colour >> 16 & 255) * 3 + (colour >> 8 & 255) * 6 + (colour & 255);
    return colour >> 24 > 127 && light < 10 * 200;
}

static bool holds_middle(quire_box outline, quire_box box)
{
    return quire_box_holds_point(outline, (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2);
}

/* ---- frames ---- */

/* Which side of `frame` the rule draws: 0 top, 1 bottom, 2 left, 3 right; -1: none. */
static int side_of(quire_box outline, const quire_rule *rule)
{
    quire_box box = rule->box;
    float across = quire_box_width(outline), down = quire_box_height(outline);
    if (rule->horizontal) {
        if (quire_overlap(box.x0, box.x1, outline.x0, outline.x1) < COVERED * across)
            return -1;
        return fabsf(box.y0 - outline.y0) < ON_SIDE   ? 0
               : fabsf(box.y1 - outline.y1) < ON_SIDE ? 1
                                                      : -1;
    }
    if (quire_overlap(box.y0, box.y1, outline.y0, outline.y1) < COVERED * down)
        return -1;
    return fabsf(box.x0 - outline.x0) < ON_SIDE ? 2 : fabsf(box.x1 - outline.x1) < ON_SIDE ? 3 : -1;
}

/* Do four rules draw the sides of a square? */
static bool is_frame(const quire_rule *rules, quire_box *outline)
{
    unsigned sides = 0;
    *outline = rules[0].box;
    for (int i = 1; i < 4; i++)
        *outline = quire_box_union(*outline, rules[i].box);
    if (!has_size(*outline))
        return false;
    for (int i = 0; i < 4; i++) {
        int side = side_of(*outline, &rules[i]);
        sides |= side < 0 ? 0 : 1u << side;
    }
    return sides == 15;
}

static bool is_under_widget(const layout_page *lp, quire_box outline)
{
    for (size_t i = 0; i < lp->page->widget_count; i++)
        if (quire_box_overlaps(layout_frame_box(&lp->frame, lp->page->widgets[i].box), outline))
            return true;
    return false;
}

static void add_frame(const layout_page *lp, ballot_list *list, quire_box outline, bool round)
{
    ballot_candidate *c = layout_ballots_add(list, outline, QUIRE_FIELD_OF_TEXT_LAYER);
    if (!c)
        return;
    c->ballot.round = round;
    c->ballot.state = QUIRE_STATE_UNSELECTED;
    c->ballot.confidence = 0.9f;
    c->judged = true;
    if (lp->page->widget_count > 0 && is_under_widget(lp, outline))
        list->count--;
}

/* Sides of cells go on in those of their neighbours, which are drawn before or after them. */
static bool is_cell(const layout_page *lp, size_t first, quire_box outline)
{
    size_t from = first > NEIGHBOURS ? first - NEIGHBOURS : 0;
    size_t end = first + 4 + NEIGHBOURS;
    quire_box near = {outline.x0 - ON_SIDE, outline.y0 - ON_SIDE, outline.x1 + ON_SIDE,
                      outline.y1 + ON_SIDE};
    for (size_t i = from; i < end && i < lp->page->rule_count; i++) {
        quire_box box = lp->rules[i].box;
        bool within =
            box.x0 >= near.x0 && box.x1 <= near.x1 && box.y0 >= near.y0 && box.y1 <= near.y1;
        bool touches =
            box.x0 <= near.x1 && box.x1 >= near.x0 && box.y0 <= near.y1 && box.y1 >= near.y0;
        if ((i < first || i >= first + 4) && touches && !within)
            return true;
    }
    return false;
}

static void find_ruled(const layout_page *lp, ballot_list *list)
{
    for (size_t i = 0; i + 3 < lp->page->rule_count; i++) {
        quire_box outline, side = lp->rules[i].box;
        if (quire_box_width(side) > SIDE_MOST || quire_box_height(side) > SIDE_MOST ||
            !is_frame(&lp->rules[i], &outline))
            continue;
        if (is_cell(lp, i, outline)) {
            i += 3;
            continue;
        }
        add_frame(lp, list, outline, false);
        i += 3;
    }
}

/* A light fill within a dark one leaves a border. */
static bool leaves_border(const quire_fill *outer, const quire_fill *inner)
{
    const quire_box *o = &outer->box, *i = &inner->box;
    const float margins[4] = {i->x0 - o->x0, i->y0 - o->y0, o->x1 - i->x1, o->y1 - i->y1};
    for (int side = 0; side < 4; side++)
        if (margins[side] <= 0 || margins[side] > BORDER)
            return false;
    return is_dark(outer->colour) && !is_dark(inner->colour);
}

static void find_filled(const layout_page *lp, ballot_list *list)
{
    for (size_t i = 0; i + 1 < lp->page->fill_count; i++)
        if (has_size(lp->fills[i].box) && leaves_border(&lp->fills[i], &lp->fills[i + 1]))
            add_frame(lp, list, lp->fills[i].box, false);
}

static void find_circles(const layout_page *lp, ballot_list *list)
{
    for (size_t i = 0; i < lp->page->drawing_count; i++) {
        const quire_drawing *d = &lp->page->drawings[i];
        quire_box box = layout_frame_box(&lp->frame, d->box);
        float skew = fabsf(quire_box_width(box) - quire_box_height(box));
        if (d->curved && d->stroked && d->segments >= 8 && d->segments <= CIRCLE_SEGMENTS &&
            has_size(box) && skew < 0.1f * quire_box_width(box))
            add_frame(lp, list, box, true);
    }
}

/* ---- what is drawn in them ---- */

/* Large enough to be a mark, and no part of the frame; marks may reach out of it. */
static bool is_mark(quire_box outline, quire_box box)
{
    float side = quire_box_width(outline), width = quire_box_width(box);
    float height = quire_box_height(box), larger = quire_larger(width, height);
    bool is_frame_itself =
        fabsf(box.x0 - outline.x0) < ON_SIDE && fabsf(box.x1 - outline.x1) < ON_SIDE &&
        fabsf(box.y0 - outline.y0) < ON_SIDE && fabsf(box.y1 - outline.y1) < ON_SIDE;
    return larger >= FILLS * side && larger <= (1 + 2 * REACHES) * side &&
           holds_middle(outline, box) && !is_frame_itself;
}

static void mark_selected(ballot_candidate *c)
{
    c->ballot.state = QUIRE_STATE_SELECTED;
    c->ballot.confidence = 0.95f;
}

/* A slanted or curved line across the whole frame has its box. */
static bool is_slash(quire_box outline, const quire_drawing *d)
{
    return !d->curved && d->segments <= 4 && d->stroked && quire_box_overlaps(outline, d->box) &&
           holds_middle(outline, d->box);
}

static void look_at_drawings(const layout_page *lp, ballot_candidate *c)
{
    quire_box outline = c->ballot.box;
    for (size_t i = 0; i < lp->page->drawing_count; i++) {
        quire_drawing d = lp->page->drawings[i];
        d.box = layout_frame_box(&lp->frame, d.box);
        if (is_dark(d.colour) && (is_mark(outline, d.box) || is_slash(outline, &d)))
            mark_selected(c);
    }
    for (size_t i = 0; i < lp->page->fill_count; i++) {
        const quire_fill *f = &lp->fills[i];
        bool whole = has_size(f->box) && holds_middle(outline, f->box);
        bool outer = i + 1 < lp->page->fill_count && leaves_border(f, f + 1);
        if (is_dark(f->colour) && !outer && (whole || is_mark(outline, f->box)))
            mark_selected(c);
    }
}

/* The only glyph that is seen in the frame; SIZE_MAX: there is none, or several. */
static size_t glyph_in(const layout_page *lp, quire_box outline, size_t *count)
{
    size_t found = SIZE_MAX;
    *count = 0;
    for (size_t i = 0; i < lp->page->glyph_count; i++) {
        const quire_glyph *glyph = &lp->page->glyphs[i];
        if (glyph->flags & QUIRE_GLYPH_HIDDEN || layout_is_space(lp->page, glyph) ||
            !holds_middle(outline, layout_frame_box(&lp->frame, glyph->box)))
            continue;
        found = i;
        ++*count;
    }
    return *count == 1 ? found : SIZE_MAX;
}

static bool is_letter_of_text(const layout_page *lp, size_t glyph)
{
    size_t at = 0;
    quire_text text = quire_glyph_text(lp->page, &lp->page->glyphs[glyph]);
    uint32_t c = text.size > 0 ? quire_utf8_next(text.data, text.size, &at) : 0;
    return (quire_is_letter(c) || quire_is_digit(c)) && c != 'x' && c != 'X';
}

/* What is written in a frame marks it, when it is a sign; a letter or number is an answer. */
static bool look_at_glyphs(const layout_page *lp, ballot_candidate *c)
{
    size_t count, glyph = glyph_in(lp, c->ballot.box, &count);
    if (count == 0)
        return true;
    if (glyph == SIZE_MAX || is_letter_of_text(lp, glyph))
        return false;
    mark_selected(c);
    for (size_t i = 0; i < lp->word_count; i++)
        if (lp->words[i].first == glyph && lp->words[i].end == glyph + 1)
            c->word = c->last_word = (uint32_t)i;
    return true;
}

/* ---- combs ---- */

static bool follows(const ballot *a, const ballot *b)
{
    float width = quire_box_width(a->box), gap = b->box.x0 - a->box.x1;
    return fabsf(a->box.y0 - b->box.y0) < 0.1f * width && gap < COMB * width &&
           gap > -0.25f * width;
}

/* Drops rows of frames from `first` on that stand as close as the cells of a comb. */
static void drop_combs(ballot_list *list, size_t first)
{
    size_t kept = first;
    for (size_t end; first < list->count; first = end) {
        end = first + 1;
        while (end < list->count && follows(&list->items[end - 1].ballot, &list->items[end].ballot))
            end++;
        if (end - first >= COMB_CELLS)
            continue;
        for (size_t i = first; i < end; i++)
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}

void layout_ballots_drawn(layout_page *lp, ballot_list *list)
{
    const quire_page *page = lp->page;
    size_t first = list->count;
    find_ruled(lp, list);
    find_filled(lp, list);
    find_circles(lp, list);
    drop_combs(list, first);
    size_t shapes = page->drawing_count + page->fill_count + page->glyph_count + 1;
    if (list->count - first > MOST_LOOKS / shapes)
        list->count = first;
    size_t kept = first;
    for (size_t i = first; i < list->count; i++) {
        look_at_drawings(lp, &list->items[i]);
        if (look_at_glyphs(lp, &list->items[i]))
            list->items[kept++] = list->items[i];
    }
    list->count = kept;
}
