/*
 * Candidates: how much a block looks like a heading.
 *
 *     text text text text.
 *                                 more white above than below
 *     2.3 Larger, bold, short     another look than the body, a number in sequence
 *     text text text text         body text below
 *
 * Each cue adds its weight; the sum, less a threshold, is the block's score, and the scores of one
 * look are summed over the document, so that headings.c can judge looks and not only blocks.
 */
#include "layout/headings.h"

#include <string.h>

#define THRESHOLD 2.0f

/* ---- cues ---- */

static float weigh_size(const candidate *c)
{
    static const struct {
        float ratio, weight;
    } steps[] = {{1.6f, 3.0f},  {1.3f, 2.4f},   {1.15f, 1.9f}, {1.07f, 1.0f},
                 {0.97f, 0.0f}, {0.88f, -0.8f}, {0, -2.0f}};
    float ratio = c->body > 0 ? c->b->size / c->body : 1;
    size_t i = 0;
    while (ratio < steps[i].ratio)
        i++;
    return steps[i].weight;
}

static float weigh_bold(const candidate *c)
{
    bool bold = c->b->line_flags & LINE_BOLD;
    if (c->window->profile->body_bold)
        return bold ? 0.2f : 0;
    return bold ? 1.5f : 0;
}

static float weigh_capitals(const candidate *c)
{
    return c->b->line_flags & LINE_CAPS && c->b->characters > 4 ? 0.7f : 0;
}

static float weigh_italic(const candidate *c)
{
    return c->b->line_flags & LINE_ITALIC ? 0.2f : 0;
}

static float weigh_look(const candidate *c)
{
    return c->b->style_key != c->window->profile->body_class ? 0.3f : -0.7f;
}

static float weigh_length(const candidate *c)
{
    uint32_t lines = c->b->end - c->b->first;
    float weight = lines == 2 ? -0.2f : lines == 3 ? -0.8f : lines > 3 ? -1.6f : 0;
    if (c->b->characters > 90)
        weight -= 0.8f;
    if (c->b->characters < 4)
        weight -= 0.8f;
    return weight;
}

static float weigh_ending(const candidate *c)
{
    quire_text text = c->lp->lines[c->b->end - 1].text;
    char last = text.size ? text.data[text.size - 1] : 0;
    if (layout_chapter_prefix(text) + 1 >= text.size) /* "CHAPTER 7." */
        return 0.4f;
    return last == '.' ? -1.2f : last == ':' ? -0.6f : 0;
}

static float weigh_number(const candidate *c)
{
    if (layout_chapter_prefix(c->text) > 0)
        return 0.8f;
    if (c->label.family == LABEL_SECTION && c->label.size < c->text.size)
        return 1.2f;
    bool apart = c->b->end > c->b->first + 1 && layout_is_section_number(c->text);
    if (apart)
        return 0.8f;
    bool numbered = c->label.family == LABEL_DECIMAL || c->label.family == LABEL_CAPITAL_ROMAN ||
                    c->label.family == LABEL_CAPITAL;
    if (numbered && !c->label.opened && c->label.close == '.' && c->label.size < c->text.size)
        return 0.3f;
    return 0;
}

/* White above against white below, where the page goes downwards there. */
static float weigh_white(const candidate *c)
{
    float em = c->body > 0 ? c->body : c->b->size;
    float above = 3 * em, below = 3 * em;
    if (c->before && c->before->box.y1 <= c->b->box.y0 + 0.5f * em)
        above = c->b->box.y0 - c->before->box.y1;
    if (c->after && c->after->box.y0 >= c->b->box.y1 - 0.5f * em)
        below = c->after->box.y0 - c->b->box.y1;
    float weight = above > below + 0.15f * em ? 0.4f : 0;
    if (above > 0.6f * em)
        weight += 0.3f;
    if (above < 0.3f * em && below < 0.3f * em)
        weight -= 0.8f;
    return weight;
}

static float weigh_follower(const candidate *c)
{
    if (!c->after)
        return -0.8f;
    bool below = c->after->box.y0 >= c->b->box.y1 - 0.5f * c->b->size;
    bool text = c->after->characters > 60 && c->after->size <= 1.05f * c->body;
    return below && text ? 0.4f : 0;
}

static float weigh_colour(const candidate *c)
{
    uint32_t own = c->lp->page->styles[c->b->style].fill & 0xE0E0E0;
    return own != (c->window->profile->body_colour & 0xE0E0E0) ? 0.3f : 0;
}

static const struct {
    float (*weigh)(const candidate *c);
    const char *name;
} cues[] = {
    {weigh_size, "size"},
    {weigh_bold, "weight"},
    {weigh_capitals, "capitals"},
    {weigh_italic, "slant"},
    {weigh_look, "look"},
    {weigh_length, "length"},
    {weigh_ending, "ending"},
    {weigh_number, "number"},
    {weigh_white, "white around it"},
    {weigh_colour, "colour"},
    {weigh_follower, "what follows"},
};

/* ---- the page ---- */

static bool is_text(const block *b)
{
    return b->first < b->end && b->layer == QUIRE_LAYER_BODY;
}

static const block *neighbour(const layout_page *lp, size_t index, int step)
{
    for (size_t i = index + (size_t)step; i < lp->block_count; i += (size_t)step)
        if (is_text(&lp->blocks[i]))
            return &lp->blocks[i];
    return NULL;
}

_Static_assert(sizeof cues / sizeof *cues == HEADING_CUES, "a block has room for all cues");

const char *layout_heading_cue(size_t index)
{
    return index < HEADING_CUES ? cues[index].name : NULL;
}

static float score_of(const candidate *c, block *b)
{
    float score = -THRESHOLD;
    float *kept =
        c->lp->options->explain ? quire_arena_array(c->lp->arena, float, HEADING_CUES) : NULL;
    b->cues = kept;
    for (size_t i = 0; i < HEADING_CUES; i++) {
        float weight = cues[i].weigh(c);
        score += weight;
        if (kept)
            kept[i] = weight;
        if (weight >= 1)
            layout_explain(c->lp, b, "heading: %s speaks for it (%+.1f)", cues[i].name,
                           (double)weight);
    }
    return score;
}

void layout_score_headings(layout_window *w, layout_page *lp)
{
    layout_find_contents(lp);
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (!is_text(b) || b->type != QUIRE_PARAGRAPH)
            continue;
        b->style_key = layout_style_key(lp, b);
        quire_text text = lp->lines[b->first].text;
        candidate c = {.window = w,
                       .lp = lp,
                       .b = b,
                       .before = neighbour(lp, i, -1),
                       .after = neighbour(lp, i, 1),
                       .text = text,
                       .label = layout_label_of(&lp->lines[b->first]),
                       .body = w->profile->body_size};
        if (layout_heading_veto(&c))
            continue;
        b->flags |= BLOCK_CANDIDATE;
        b->score = score_of(&c, b);
        style_class *class = layout_profile_class(w->profile, b->style_key);
        class->candidates++;
        class->score += b->score;
    }
}
