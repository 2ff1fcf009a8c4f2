/*
 * Strokes: thin rules that were drawn under words or through them.
 *
 *     some ---words--- of a line     strike: through the middle of the small letters
 *     some words of a line           underline: a little below the baseline, no longer than
 *          -----                     the words above it
 *
 * A rule that is longer than its words is a border, a blank to fill in or part of a table.
 */
#include "layout/passes.h"

enum { MOST_RULES = 2000 };

#define UNDER_LEAST 0.02f /* of the size, below the baseline */
#define UNDER_MOST 0.25f
#define THROUGH_LEAST 0.15f /* above it */
#define THROUGH_MOST 0.45f
#define END_SLACK 0.3f /* by which a rule may miss the ends of its words */
#define THICK_MOST 0.15f

static uint32_t stroke_kind(const line *l, const quire_rule *rule)
{
    float y = (rule->box.y0 + rule->box.y1) / 2, below = (y - l->baseline) / l->size;
    if (fmaxf(rule->width, rule->box.y1 - rule->box.y0) > THICK_MOST * l->size)
        return 0;
    if (below >= UNDER_LEAST && below <= UNDER_MOST)
        return WORD_UNDERLINED;
    return -below >= THROUGH_LEAST && -below <= THROUGH_MOST ? WORD_STRUCK : 0;
}

/* Marks the words that the rule spans; it must begin and end where words do. */
static void stroke_words(layout_page *lp, const line *l, quire_box rule, uint32_t kind)
{
    float slack = END_SLACK * l->size, from = INFINITY, to = -INFINITY;
    for (int round = 0; round < 2; round++)
        for (uint32_t i = l->first; i < l->end; i++) {
            word *w = &lp->words[i];
            if ((w->box.x0 + w->box.x1) / 2 < rule.x0 || (w->box.x0 + w->box.x1) / 2 > rule.x1)
                continue;
            from = fminf(from, w->box.x0);
            to = fmaxf(to, w->box.x1);
            if (round == 1 && fabsf(from - rule.x0) <= slack && fabsf(to - rule.x1) <= slack)
                w->flags |= kind;
        }
}

void layout_find_strokes(layout_page *lp)
{
    if (lp->page->rule_count > MOST_RULES)
        return;
    for (size_t i = 0; i < lp->page->rule_count; i++) {
        const quire_rule *rule = &lp->rules[i];
        for (size_t k = 0; rule->horizontal && k < lp->line_count; k++) {
            const line *l = &lp->lines[k];
            bool below = rule->box.y0 >= l->box.y0 && rule->box.y0 <= l->box.y1 + 1;
            if (!below || l->angle != lp->frame.angle || rule->box.x1 > l->box.x1 + l->size ||
                rule->box.x0 < l->box.x0 - l->size)
                continue;
            uint32_t kind = stroke_kind(l, rule);
            if (kind)
                stroke_words(lp, l, rule->box, kind);
        }
    }
}
