/*
 * Breaks: does a paragraph end between two lines?
 *
 *     first line, indented       |   the line before ends early, although the next
 *     text text text text text   |   word would have fitted: a paragraph ends.
 *     text text.                 |   The next one may start without any indent.
 *       next paragraph           |
 *
 * Each cue is measured between 0 and 1 and worth its weight; the sum, less a threshold, is the
 * score, and above 0 the two are parted. Cues of a weight that nothing takes back come first and
 * end the sum. `corpus/features --pass paragraphs` writes the cues of every pair with what is true
 * of it.
 */
#include "layout/breaks.h"
#include "layout/stage_dump.h"

#define THRESHOLD 2.0f
#define DECIDES 9.0f /* more than all that can speak against it */

#define LEADING_LEAST 0.7f /* of the size */
#define LEADING_MOST 1.7f
#define LEADING_WIDE 2.6f /* where the page is set that wide throughout */
#define LEADING_CHANGE 0.15f /* of the block's leading */
#define LEADING_SLACK 1.5f /* points */
#define OVERLAP_LEAST 0.5f /* of the shorter line */
#define INDENT_LEAST_EM 0.7f
#define INDENT_MOST_EM 5.0f
#define ALIGNED_EM 0.35f
#define CODE_STEP 3.2f /* ems from one line of code to the next */
#define FIT_SLACK_EM 0.8f /* white left after the next word would have been set */

enum { LINE_NUMBER_DIGITS = 4, COUNTED_MOST = 99, MARK_GLYPHS = 4 };

/* A pair of lines, and what several cues ask of it. */
typedef struct view {
    const joiner *j;
    const layout_page *lp;
    const line *first, *a, *b, *next;
    float leading;
    int early; /* -1: not asked yet */
    label own; /* of `b`, once no cue has decided */
    bool counts; /* the label of `b` may be that of an item */
    bool for_room; /* lines end where they are full: they are neither centred nor display type */
} view;

/* ---- characters ---- */

uint32_t layout_last_character(quire_text text)
{
    size_t at = text.size;
    while (at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80)
        at--;
    at = at > 0 ? at - 1 : 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

uint32_t layout_first_character(quire_text text)
{
    size_t at = 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

bool layout_ends_sentence(quire_text text)
{
    uint32_t c = layout_last_character(text);
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x201D || c == '"' || c == 0x3002;
}

/* ---- room ---- */

/* The width of the first word of a line, with what is glued to it. */
static float first_word_width(const layout_page *lp, const line *l)
{
    if (l->flags & LINE_RIGHT_TO_LEFT)
        return quire_box_width(lp->words[l->end - 1].box);
    uint32_t last = l->first;
    while (last + 1 < l->end && lp->words[last + 1].flags & WORD_GLUED)
        last++;
    return lp->words[last].box.x1 - lp->words[l->first].box.x0;
}

/* Scripts without spaces break anywhere: room for a character or two is enough. */
float layout_width_wanted(const layout_page *lp, const line *l)
{
    size_t at = 0;
    if (l->text.size && quire_is_ideographic(quire_utf8_next(l->text.data, l->text.size, &at)))
        return 2 * l->size;
    return first_word_width(lp, l);
}

/* The first word of `b` would have fitted behind `a`: the line was ended on purpose. */
static bool ended_early(view *v)
{
    if (v->early >= 0)
        return v->early;
    size_t a = (size_t)(v->a - v->lp->lines), b = (size_t)(v->b - v->lp->lines);
    float white = fmaxf(v->j->right[a], v->j->right[b]) - v->a->box.x1;
    if (v->a->flags & LINE_RIGHT_TO_LEFT)
        white = v->a->box.x0 - fminf(v->j->left[a], v->j->left[b]);
    v->early = white - layout_width_wanted(v->lp, v->b) > FIT_SLACK_EM * v->a->size;
    return v->early;
}

/* ---- cues that decide ---- */

static float is_beside(view *v)
{
    return v->b->flags & LINE_SAME_ROW && v->b->row != v->a->row;
}

/* Rows of several lines are read across; they neither go on in the next row nor begin it. */
static float is_tabular(view *v)
{
    if (v->a->row == v->b->row)
        return 0;
    return v->a->flags & LINE_SAME_ROW || (v->next && v->next->flags & LINE_SAME_ROW);
}

static float changes_to_code(view *v)
{
    return (v->a->flags ^ v->b->flags) & LINE_CODE ? 1 : 0;
}

static float leads_to_page(view *v)
{
    return v->a->row != v->b->row && layout_line_leads(v->a);
}

static float turns(view *v)
{
    return v->a->angle != v->b->angle;
}

/* A box to tick, which belongs to the text beside it, whatever its size. */
static bool is_ballot(const line *l)
{
    size_t at = 0;
    uint32_t c = l->text.size > 0 ? quire_utf8_next(l->text.data, l->text.size, &at) : 0;
    return c >= 0x2610 && c <= 0x2612 && at == l->text.size;
}

static float changes_size(view *v)
{
    bool beside = v->a->row == v->b->row && (is_ballot(v->a) || is_ballot(v->b));
    return !beside && !layout_is_same_size(v->a->size, v->b->size);
}

static float is_too_far(view *v)
{
    if (v->a->row == v->b->row)
        return 0;
    float page = v->lp->leading, step = v->b->baseline - v->a->baseline;
    float size = fmaxf(v->a->size, v->b->size), most = LEADING_MOST * size;
    if (v->a->angle != v->lp->frame.angle)
        step = fabsf(step);
    bool is_body = layout_is_same_size(size, v->lp->body_size) && page > 0;
    if (is_body && page <= LEADING_WIDE * size)
        most = fmaxf(most, 1.1f * page);
    if (step < LEADING_LEAST * size || step > most)
        return 1;
    if (v->leading > 0)
        return fabsf(step - v->leading) > fmaxf(LEADING_SLACK, LEADING_CHANGE * v->leading);
    return is_body && step > page + fmaxf(LEADING_SLACK, LEADING_CHANGE * step);
}

static float changes_weight(view *v)
{
    bool a = v->a->flags & LINE_BOLD, b = v->b->flags & LINE_BOLD;
    if (a == b)
        return 0;
    const word *last = &v->lp->words[v->a->end - 1];
    const word *next = &v->lp->words[v->b->first];
    if (a) /* a bold line, then one that starts in regular weight, or ends what is bold in it */
        return !(next->flags & WORD_BOLD) || ended_early(v);
    return !(last->flags & WORD_BOLD);
}

static float stands_aside(view *v)
{
    if (v->a->row == v->b->row)
        return 0;
    float common = quire_overlap(v->a->box.x0, v->a->box.x1, v->b->box.x0, v->b->box.x1);
    float shorter = fminf(quire_box_width(v->a->box), quire_box_width(v->b->box));
    return common < OVERLAP_LEAST * shorter;
}

static float has_rule_between(view *v)
{
    const joiner *j = v->j;
    float top = v->a->baseline + 0.25f * v->a->size;
    float bottom = v->b->baseline - 0.7f * v->b->size;
    size_t low = 0, high = j->rule_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (j->rules[middle]->box.y0 < top)
            low = middle + 1;
        else
            high = middle;
    }
    float shorter = fminf(quire_box_width(v->a->box), quire_box_width(v->b->box));
    for (size_t i = low; i < j->rule_count && j->rules[i]->box.y0 <= bottom; i++) {
        quire_box box = j->rules[i]->box;
        if (quire_overlap(box.x0, box.x1, v->a->box.x0, v->a->box.x1) >= 0.5f * shorter)
            return 1;
    }
    return 0;
}

/* ---- cues that add up ---- */

static bool is_dash(int32_t c)
{
    return c == '-' || c == 0x2013 || c == 0x2014 || c == 0x2212 || c == '*' || c == 'o';
}

static bool follows(label a, label b)
{
    if (a.family == LABEL_NONE || a.close != b.close)
        return false;
    return b.value == a.value + 1 || (b.roman > 0 && b.roman == a.roman + 1);
}

static bool is_near(float a, float b, float em)
{
    return fabsf(a - b) <= ALIGNED_EM * em;
}

/* A bullet, or a number where it has to stand to be the next one. */
static float starts_item(view *v)
{
    if (v->own.family == LABEL_NONE)
        return 0;
    if (v->own.family == LABEL_BULLET)
        return !is_dash(v->own.value) || layout_label_of(v->first).family == LABEL_BULLET;
    bool hangs_out = v->b->box.x0 < v->a->box.x0 - INDENT_LEAST_EM * v->b->size;
    return follows(layout_label_of(v->first), v->own) || (v->counts && hangs_out);
}

static float starts_with_label(view *v)
{
    return v->counts;
}

/* Of a note: nothing else begins a line with what is raised. */
static float starts_raised(view *v)
{
    const word *first = &v->lp->words[v->b->first];
    return first->flags & WORD_SUPERSCRIPT && first->end - first->first <= MARK_GLYPHS;
}

static float ends_early(view *v)
{
    return (v->for_room || v->counts) && ended_early(v);
}

static float ends_sentence(view *v)
{
    return layout_ends_sentence(v->a->text);
}

static float starts_small(view *v)
{
    return quire_is_lower(layout_first_character(v->b->text));
}

static bool is_set_in(const view *v)
{
    float em = v->b->size, indent = v->b->box.x0 - v->a->box.x0;
    if (!v->for_room || indent < INDENT_LEAST_EM * em || indent > INDENT_MOST_EM * em)
        return false;
    bool hangs = v->first == v->a && layout_label_of(v->a).family != LABEL_NONE;
    return !hangs;
}

static float is_indented(view *v)
{
    return v->next && is_set_in(v) && is_near(v->next->box.x0, v->a->box.x0, v->b->size);
}

static float is_last_and_indented(view *v)
{
    return !v->next && v->first != v->a && is_set_in(v);
}

/* Back to where a hanging block began, when its other lines stand further in. */
static bool is_set_out(const view *v)
{
    float em = v->b->size;
    bool display = v->a->size > 1.15f * v->lp->body_size || v->a->flags & LINE_BOLD;
    return v->first != v->a && !display && v->a->box.x0 - v->b->box.x0 > INDENT_LEAST_EM * em &&
           is_near(v->first->box.x0, v->b->box.x0, em);
}

static float hangs_out(view *v)
{
    return is_set_out(v);
}

static float hangs_out_alone(view *v)
{
    return v->next && is_set_out(v) && is_near(v->next->box.x0, v->a->box.x0, v->b->size);
}

static const struct {
    float weight;
    float (*measure)(view *v);
    const char *name;
} cues[] = {
    {DECIDES, is_beside, "stands beside the line before it"},
    {DECIDES, is_tabular, "a row of several parts"},
    {DECIDES, changes_to_code, "code begins or ends"},
    {DECIDES, leads_to_page, "the line before it leads to a page number"},
    {DECIDES, turns, "runs in another direction"},
    {DECIDES, changes_size, "has another size"},
    {DECIDES, is_too_far, "is further away than the lines before it are from each other"},
    {DECIDES, changes_weight, "has another weight"},
    {DECIDES, stands_aside, "does not stand below the line before it"},
    {DECIDES, has_rule_between, "a rule stands above it"},
    {4.0f, starts_item, "starts as an item of a list does"},
    {1.5f, starts_with_label, "starts with a label"},
    {3.0f, starts_raised, "starts with a raised mark"},
    {3.0f, ends_early, "the line before it ends early"},
    {2.0f, ends_sentence, "the line before it ends a sentence"},
    {-1.0f, starts_small, "starts in small letters"},
    {3.0f, is_indented, "starts indented, and the next line does not"},
    {1.5f, is_last_and_indented, "starts indented, and is the last line"},
    {1.5f, hangs_out, "hangs out again"},
    {2.0f, hangs_out_alone, "hangs out again, and the next line does not"},
};

enum { CUES = sizeof cues / sizeof *cues, DECIDING = 10 };

/* ---- the decision ---- */

/* A first line that is set in may by chance have the middle of the line before it. */
static bool is_centred(const view *v)
{
    float em = v->a->size;
    float a = (v->a->box.x0 + v->a->box.x1) / 2, b = (v->b->box.x0 + v->b->box.x1) / 2;
    if (!is_near(a, b, em) || fabsf(v->a->box.x0 - v->b->box.x0) <= em)
        return false;
    return !v->next || !layout_ends_sentence(v->a->text) ||
           !is_near(v->next->box.x0, v->a->box.x0, em);
}

/* What cues that add up ask of the pair. */
static void look_closer(view *v)
{
    v->own = layout_label_of(v->b);
    v->counts = v->own.family == LABEL_BULLET ? is_dash(v->own.value)
                                              : v->own.value > 0 && v->own.value <= COUNTED_MOST;
    /* Wide or bold type is broken for sense, not for want of room. */
    bool display = v->a->size > 1.15f * v->lp->body_size || v->a->flags & LINE_BOLD;
    v->for_room = !display && v->b->angle == v->lp->frame.angle && !is_centred(v);
}

/* Tells all cues of the pair, decided or not. */
static void tell_pair(const view *v, bool joined, bool same_row)
{
    const char *names[CUES + 1] = {0};
    float values[CUES];
    view own = *v;
    look_closer(&own);
    for (size_t i = 0; i < CUES; i++) {
        names[i] = cues[i].name;
        values[i] = i >= DECIDING && same_row ? 0 : cues[i].measure(&own);
    }
    layout_tell_features(v->lp, joined, names, values, v->a->text, v->b->text);
}

/* The sum of all cues, and in `why` the one that says most. */
static float weigh(view *v, const char **why)
{
    for (size_t i = 0; i < DECIDING; i++)
        if (cues[i].measure(v) > 0) {
            *why = cues[i].name;
            return cues[i].weight - THRESHOLD;
        }
    if (v->a->row == v->b->row)
        return -THRESHOLD;
    float score = -THRESHOLD, most = 0;
    look_closer(v);
    for (size_t i = DECIDING; i < CUES; i++) {
        float weight = cues[i].weight * cues[i].measure(v);
        score += weight;
        if (weight > most) {
            most = weight;
            *why = cues[i].name;
        }
    }
    return score;
}

const char *layout_break(const joiner *j, const pair *p, float *score)
{
    const char *why = NULL;
    view v = {.j = j,
              .lp = j->lp,
              .first = p->first,
              .a = p->a,
              .b = p->b,
              .next = p->next,
              .leading = p->leading,
              .early = -1};
    *score = weigh(&v, &why);
    if (j->tells)
        tell_pair(&v, *score <= 0, p->a->row == p->b->row);
    return *score > 0 ? why : NULL;
}

/* ---- code ---- */

/* A number in the margin of code, which may be set in smaller type. */
static bool is_line_number(const line *l)
{
    for (size_t i = 0; i < l->text.size; i++)
        if (l->text.data[i] < '0' || l->text.data[i] > '9')
            return false;
    return l->text.size > 0 && l->text.size <= LINE_NUMBER_DIGITS;
}

bool layout_is_same_code(const pair *p)
{
    if (!(p->a->flags & p->b->flags & LINE_CODE) || p->a->angle != p->b->angle)
        return false;
    float step = p->b->baseline - p->a->baseline;
    float size = fmaxf(p->a->size, p->b->size);
    bool numbers = is_line_number(p->a) || is_line_number(p->b);
    return step >= -CODE_STEP && step <= CODE_STEP * size &&
           (numbers || fabsf(p->a->size - p->b->size) <= 0.2f * size);
}
