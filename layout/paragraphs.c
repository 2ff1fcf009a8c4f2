/*
 * Paragraphs: lines of a leaf that go on in each other.
 *
 *     first line, indented       |   the line before ends early, although the next
 *     text text text text text   |   word would have fitted: a paragraph ends.
 *     text text.                 |   The next one may start without any indent.
 *       next paragraph           |
 *
 * Two lines are joined when their distance, size, weight and place fit and nothing says that a
 * paragraph ends or begins between them. Each reason to part is a function of its own in the
 * table at the end; the first that holds names itself.
 */
#include "layout/passes.h"
#include "layout/stage_dump.h"

#include <string.h>

enum { NEIGHBOURS = 8, LEADING_BINS = 64, LINE_NUMBER_DIGITS = 4 };

#define SIZE_CHANGE 0.08f
#define LEADING_LEAST 0.7f /* of the size */
#define LEADING_MOST 1.7f
#define LEADING_WIDE 2.6f /* where the page is set that wide throughout */
#define LEADING_CHANGE 0.15f /* of the block's leading */
#define LEADING_SLACK 1.5f /* points */
#define OVERLAP_LEAST 0.5f /* of the shorter line */
#define INDENT_LEAST_EM 0.7f
#define INDENT_MOST_EM 5.0f
#define ALIGNED_EM 0.35f
#define COLUMN_END_EM 1.5f /* white at the end of a column's last line, most */
#define CODE_STEP 3.2f /* ems from one line of code to the next */
#define FIT_SLACK_EM 0.8f /* white left after the next word would have been set */

typedef struct joiner {
    layout_page *lp;
    float *right, *left; /* per line: where its column ends, on either side */
    const quire_rule **rules; /* horizontal, from the top */
    size_t rule_count;
    bool tells; /* the features of each pair are asked for */
} joiner;

/* A pair of neighbours: `a` ends the block that `first` starts; `next` follows `b`, or is NULL. */
typedef struct pair {
    const line *first, *a, *b, *next;
    float leading; /* of the block; 0: it has one line */
} pair;

/* ---- what the page is like ---- */

static bool same_size(float a, float b)
{
    return fabsf(a - b) <= SIZE_CHANGE * fmaxf(a, b);
}

static void measure_leading(layout_page *lp)
{
    uint32_t bins[LEADING_BINS] = {0};
    for (size_t i = 1; i < lp->line_count; i++) {
        const line *a = &lp->lines[i - 1], *b = &lp->lines[i];
        if (a->region != b->region || b->flags & LINE_SAME_ROW || a->angle != b->angle ||
            !same_size(a->size, lp->body_size) || !same_size(b->size, lp->body_size))
            continue;
        int bin = (int)lroundf((b->baseline - a->baseline) * 2);
        if (bin > 0 && bin < LEADING_BINS)
            bins[bin] += a->characters;
    }
    int best = 0;
    for (int i = 1; i < LEADING_BINS; i++)
        if (bins[i] > bins[best])
            best = i;
    lp->leading = (float)best / 2;
}

/* The edges of a line's column: the furthest that lines near it reach. */
static void measure_edges(joiner *j)
{
    layout_page *lp = j->lp;
    j->right = quire_arena_array(lp->scratch, float, lp->line_count);
    j->left = quire_arena_array(lp->scratch, float, lp->line_count);
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        quire_box box = l->box;
        for (size_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0;
             k < lp->line_count && k <= i + NEIGHBOURS; k++) {
            const line *near = &lp->lines[k];
            if (near->region == l->region && same_size(near->size, l->size) &&
                near->box.x0 < l->box.x1 && near->box.x1 > l->box.x0)
                box = quire_box_union(box, near->box);
        }
        j->right[i] = box.x1;
        j->left[i] = box.x0;
    }
}

static void collect_rules(joiner *j)
{
    layout_page *lp = j->lp;
    size_t count = 0;
    sort_key *keys = quire_arena_array(lp->scratch, sort_key, lp->page->rule_count);
    for (size_t i = 0; i < lp->page->rule_count; i++)
        if (lp->rules[i].horizontal)
            keys[count++] = (sort_key){sort_key_of(lp->rules[i].box.y0), (uint32_t)i};
    if (count == 0)
        return;
    layout_sort_by_key(lp->scratch, keys, count);
    j->rules = quire_arena_array(lp->scratch, const quire_rule *, count);
    for (size_t i = 0; i < count; i++)
        j->rules[i] = &lp->rules[keys[i].index];
    j->rule_count = count;
}

/* ---- reasons to part ---- */

static bool is_beside(const joiner *j, const pair *p)
{
    (void)j;
    return p->b->flags & LINE_SAME_ROW && p->b->row != p->a->row;
}

static bool changes_to_code(const joiner *j, const pair *p)
{
    (void)j;
    return (p->a->flags ^ p->b->flags) & LINE_CODE;
}

static bool leads_to_page(const joiner *j, const pair *p)
{
    (void)j;
    return p->a->row != p->b->row && layout_line_leads(p->a);
}

/* Rows of several lines are read across; they neither go on in the next row nor begin it. */
static bool is_tabular(const joiner *j, const pair *p)
{
    (void)j;
    if (p->a->row == p->b->row)
        return false;
    return p->a->flags & LINE_SAME_ROW || (p->next && p->next->flags & LINE_SAME_ROW);
}

static bool turns(const joiner *j, const pair *p)
{
    (void)j;
    return p->a->angle != p->b->angle;
}

/* A box to tick, which belongs to the text beside it, whatever its size. */
static bool is_ballot(const line *l)
{
    size_t at = 0;
    uint32_t c = l->text.size > 0 ? quire_utf8_next(l->text.data, l->text.size, &at) : 0;
    return c >= 0x2610 && c <= 0x2612 && at == l->text.size;
}

static bool changes_size(const joiner *j, const pair *p)
{
    (void)j;
    bool beside = p->a->row == p->b->row && (is_ballot(p->a) || is_ballot(p->b));
    return !beside && !same_size(p->a->size, p->b->size);
}

static bool is_too_far(const joiner *j, const pair *p)
{
    if (p->a->row == p->b->row)
        return false;
    float size = fmaxf(p->a->size, p->b->size), step = p->b->baseline - p->a->baseline;
    if (p->a->angle != j->lp->frame.angle)
        step = fabsf(step);
    bool is_body = same_size(size, j->lp->body_size) && j->lp->leading > 0;
    float most = LEADING_MOST * size;
    if (is_body && j->lp->leading <= LEADING_WIDE * size)
        most = fmaxf(most, 1.1f * j->lp->leading);
    if (step < LEADING_LEAST * size || step > most)
        return true;
    if (p->leading > 0)
        return fabsf(step - p->leading) > fmaxf(LEADING_SLACK, LEADING_CHANGE * p->leading);
    return is_body && step > j->lp->leading + fmaxf(LEADING_SLACK, LEADING_CHANGE * step);
}

static bool stands_aside(const joiner *j, const pair *p)
{
    (void)j;
    if (p->a->row == p->b->row)
        return false;
    float common = quire_overlap(p->a->box.x0, p->a->box.x1, p->b->box.x0, p->b->box.x1);
    float shorter = fminf(quire_box_width(p->a->box), quire_box_width(p->b->box));
    return common < OVERLAP_LEAST * shorter;
}

static bool has_rule_between(const joiner *j, const pair *p)
{
    float top = p->a->baseline + 0.25f * p->a->size;
    float bottom = p->b->baseline - 0.7f * p->b->size;
    size_t low = 0, high = j->rule_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (j->rules[middle]->box.y0 < top)
            low = middle + 1;
        else
            high = middle;
    }
    float shorter = fminf(quire_box_width(p->a->box), quire_box_width(p->b->box));
    for (size_t i = low; i < j->rule_count && j->rules[i]->box.y0 <= bottom; i++) {
        quire_box box = j->rules[i]->box;
        if (quire_overlap(box.x0, box.x1, p->a->box.x0, p->a->box.x1) >= 0.5f * shorter)
            return true;
    }
    return false;
}

static uint32_t last_character(quire_text text)
{
    size_t at = text.size;
    while (at > 0 && ((unsigned char)text.data[at - 1] & 0xC0) == 0x80)
        at--;
    at = at > 0 ? at - 1 : 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

static uint32_t first_character(quire_text text)
{
    size_t at = 0;
    return text.size ? quire_utf8_next(text.data, text.size, &at) : 0;
}

static bool ends_sentence(quire_text text)
{
    uint32_t c = last_character(text);
    return c == '.' || c == '!' || c == '?' || c == ':' || c == 0x201D || c == '"' || c == 0x3002;
}

/* Wide or bold type is broken for sense, not for want of room. */
static bool is_display(const joiner *j, const line *l)
{
    return l->size > 1.15f * j->lp->body_size || l->flags & LINE_BOLD;
}

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
static bool ended_early(const joiner *j, const pair *p)
{
    size_t a = (size_t)(p->a - j->lp->lines), b = (size_t)(p->b - j->lp->lines);
    float white = fmaxf(j->right[a], j->right[b]) - p->a->box.x1;
    if (p->a->flags & LINE_RIGHT_TO_LEFT)
        white = p->a->box.x0 - fminf(j->left[a], j->left[b]);
    return white - layout_width_wanted(j->lp, p->b) > FIT_SLACK_EM * p->a->size;
}

static bool changes_weight(const joiner *j, const pair *p)
{
    bool a = p->a->flags & LINE_BOLD, b = p->b->flags & LINE_BOLD;
    if (a == b)
        return false;
    const word *last = &j->lp->words[p->a->end - 1];
    const word *next = &j->lp->words[p->b->first];
    if (a) /* a bold line, then one that starts in regular weight, or ends what is bold in it */
        return !(next->flags & WORD_BOLD) || ended_early(j, p);
    return !(last->flags & WORD_BOLD);
}

static bool is_near(float a, float b, float em)
{
    return fabsf(a - b) <= ALIGNED_EM * em;
}

/* A first line that is set in may by chance have the middle of the line before it. */
static bool is_centred_pair(const pair *p)
{
    float em = p->a->size;
    float a = (p->a->box.x0 + p->a->box.x1) / 2, b = (p->b->box.x0 + p->b->box.x1) / 2;
    bool by_chance =
        p->next && ends_sentence(p->a->text) && is_near(p->next->box.x0, p->a->box.x0, em);
    return fabsf(a - b) <= ALIGNED_EM * em && fabsf(p->a->box.x0 - p->b->box.x0) > em && !by_chance;
}

static bool ends_paragraph(const joiner *j, const pair *p)
{
    if (p->a->row == p->b->row || p->b->angle != j->lp->frame.angle || is_display(j, p->a) ||
        is_centred_pair(p))
        return false;
    if (!ended_early(j, p))
        return false;
    bool goes_on = quire_is_lower(first_character(p->b->text)) && !ends_sentence(p->a->text);
    return !goes_on;
}

static bool starts_indented(const joiner *j, const pair *p)
{
    bool hangs = p->first == p->a && layout_label_of(p->a).family != LABEL_NONE;
    if (hangs || p->a->row == p->b->row || is_centred_pair(p) || is_display(j, p->a))
        return false;
    float em = p->b->size, indent = p->b->box.x0 - p->a->box.x0;
    if (indent < INDENT_LEAST_EM * em || indent > INDENT_MOST_EM * em)
        return false;
    bool goes_on = quire_is_lower(first_character(p->b->text)) && !ends_sentence(p->a->text);
    if (goes_on && !ended_early(j, p)) /* the second line of a hanging paragraph */
        return false;
    if (p->next)
        return is_near(p->next->box.x0, p->a->box.x0, em);
    return p->first != p->a && (ends_sentence(p->a->text) || ended_early(j, p));
}

/* Back to where a hanging block began, when its other lines stand further in. */
static bool restarts_hanging(const joiner *j, const pair *p)
{
    if (p->first == p->a || p->a->row == p->b->row || is_display(j, p->a))
        return false;
    float em = p->b->size;
    return p->a->box.x0 - p->b->box.x0 > INDENT_LEAST_EM * em &&
           is_near(p->first->box.x0, p->b->box.x0, em) &&
           (ends_sentence(p->a->text) || ended_early(j, p) ||
            (p->next && is_near(p->next->box.x0, p->a->box.x0, em)));
}

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

static bool starts_item(const joiner *j, const pair *p)
{
    if (p->a->row == p->b->row)
        return false;
    label b = layout_label_of(p->b);
    if (b.family == LABEL_NONE)
        return false;
    label first = layout_label_of(p->first);
    if (b.family == LABEL_BULLET && !is_dash(b.value))
        return true;
    if (b.family == LABEL_BULLET)
        return first.family == LABEL_BULLET || ends_sentence(p->a->text) || ended_early(j, p);
    if (follows(first, b))
        return true;
    bool outdented = p->b->box.x0 < p->a->box.x0 - INDENT_LEAST_EM * p->b->size;
    bool small = b.value > 0 && b.value < 100;
    return small && (outdented || ended_early(j, p) || ends_sentence(p->a->text));
}

static const struct {
    bool (*parts)(const joiner *j, const pair *p);
    const char *why;
} reasons[] = {
    {is_beside, "stands beside the line before it"},
    {is_tabular, "a row of several parts"},
    {changes_to_code, "code begins or ends"},
    {leads_to_page, "the line before it leads to a page number"},
    {turns, "runs in another direction"},
    {changes_size, "has another size"},
    {is_too_far, "is further away than the lines before it are from each other"},
    {changes_weight, "has another weight"},
    {stands_aside, "does not stand below the line before it"},
    {has_rule_between, "a rule stands above it"},
    {starts_item, "starts with a label"},
    {ends_paragraph, "the line before it ends early"},
    {starts_indented, "starts indented"},
    {restarts_hanging, "hangs out again"},
};

/* ---- blocks ---- */

/* A number in the margin of code, which may be set in smaller type. */
static bool is_line_number(const line *l)
{
    for (size_t i = 0; i < l->text.size; i++)
        if (l->text.data[i] < '0' || l->text.data[i] > '9')
            return false;
    return l->text.size > 0 && l->text.size <= LINE_NUMBER_DIGITS;
}

/* Lines of code stay together over blank lines, however they are indented. */
static bool is_same_code(const pair *p)
{
    if (!(p->a->flags & p->b->flags & LINE_CODE) || p->a->angle != p->b->angle)
        return false;
    float step = p->b->baseline - p->a->baseline;
    float size = fmaxf(p->a->size, p->b->size);
    bool numbers = is_line_number(p->a) || is_line_number(p->b);
    return step >= -CODE_STEP && step <= CODE_STEP * size &&
           (numbers || fabsf(p->a->size - p->b->size) <= 0.2f * size);
}

enum { REASONS = sizeof reasons / sizeof *reasons };

/* All that could speak for parting the pair, as features. */
static void tell_pair(const joiner *j, const pair *p)
{
    const char *names[REASONS + 1] = {0};
    float values[REASONS];
    bool parted = false;
    for (size_t i = 0; i < REASONS; i++) {
        names[i] = reasons[i].why;
        values[i] = reasons[i].parts(j, p);
        parted |= values[i] > 0;
    }
    layout_tell_features(j->lp, !parted, names, values, p->a->text, p->b->text);
}

/* Why the pair is parted; NULL: it is not. */
static const char *parts(const joiner *j, const pair *p)
{
    if (is_same_code(p))
        return NULL;
    if (j->tells)
        tell_pair(j, p);
    for (size_t i = 0; i < REASONS; i++)
        if (reasons[i].parts(j, p))
            return reasons[i].why;
    return NULL;
}

/* What begins the block, and how its lines are set. */
static void explain_block(const layout_page *lp, block *b, const char *why)
{
    const line *first = &lp->lines[b->first];
    layout_explain(lp, b, "begins here: %s", why ? why : "it is the first of its column");
    layout_explain(lp, b, "%u lines of %.1f points (body %.1f), %.1f apart, from x %.1f",
                   b->end - b->first, (double)b->size, (double)lp->body_size, (double)b->leading,
                   (double)first->box.x0);
    if (b->type == QUIRE_CODE)
        layout_explain(lp, b, "code: its lines are monospaced, those of the page are not");
}

void layout_finish_block(const layout_page *lp, block *b)
{
    b->box = quire_box_empty();
    b->line_flags = ~0u;
    b->characters = 0;
    uint32_t most = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        b->box = quire_box_union(b->box, l->box);
        b->line_flags &= l->flags;
        b->characters += l->characters;
        if (l->characters > most) {
            most = l->characters;
            b->size = l->size;
            b->style = l->style;
        }
    }
    b->area = lp->leaves[b->region].area;
    if (b->line_flags & LINE_CODE)
        b->type = QUIRE_CODE;
}

static void add_block(layout_page *lp, uint32_t first, uint32_t end, float leading, const char *why)
{
    block *b = quire_array_push(&lp->lists->blocks);
    if (!b)
        return;
    *b = (block){.type = QUIRE_PARAGRAPH,
                 .first = first,
                 .end = end,
                 .leading = leading,
                 .region = lp->lines[first].region,
                 .confidence = 1};
    layout_finish_block(lp, b);
    explain_block(lp, b, why);
}

static void join_leaf(const joiner *j, const leaf *l)
{
    layout_page *lp = j->lp;
    uint32_t first = l->first;
    const char *why = NULL, *begins = NULL;
    float leading = 0;
    for (uint32_t i = l->first + 1; i < l->end; i++) {
        pair p = {&lp->lines[first], &lp->lines[i - 1], &lp->lines[i],
                  i + 1 < l->end ? &lp->lines[i + 1] : NULL, leading};
        if ((why = parts(j, &p))) {
            add_block(lp, first, i, leading, begins);
            begins = why;
            first = i;
            leading = 0;
        } else if (p.a->row != p.b->row) {
            float step = fabsf(p.b->baseline - p.a->baseline);
            leading = leading > 0 && is_same_code(&p) ? fminf(leading, step) : step;
        }
    }
    if (l->end > first)
        add_block(lp, first, l->end, leading, begins);
}

/* An area without text still has its place. */
static void add_area_block(layout_page *lp, size_t region)
{
    const leaf *l = &lp->leaves[region];
    if (l->area < 0 || lp->areas[l->area].emitted)
        return;
    lp->areas[l->area].emitted = true;
    if (lp->areas[l->area].kind == AREA_CARD)
        return;
    block *b = quire_array_push(&lp->lists->blocks);
    if (!b)
        return;
    *b = (block){.type = lp->areas[l->area].kind == AREA_TABLE ? QUIRE_TABLE : QUIRE_FIGURE,
                 .first = l->first,
                 .end = l->first,
                 .region = (uint32_t)region,
                 .area = l->area,
                 .box = l->box,
                 .confidence = 1};
    if (b->type == QUIRE_FIGURE)
        layout_explain(lp, b, "figure: a picture or paths that lie close, %.0f by %.0f points",
                       (double)quire_box_width(l->box), (double)quire_box_height(l->box));
}

/* ---- over columns ---- */

/* A paragraph that a column's end cut: no sentence ends, and the next column goes on in small
 * letters or behind a hyphen. */
static bool goes_on_in_column(const joiner *j, const block *a, const block *b)
{
    const layout_page *lp = j->lp;
    const line *last = &lp->lines[a->end - 1], *first = &lp->lines[b->first];
    if (a->type != QUIRE_PARAGRAPH || b->type != QUIRE_PARAGRAPH || a->end != b->first ||
        a->area != b->area || a->region == b->region)
        return false;
    if (!same_size(last->size, first->size) || first->box.y0 > last->box.y0 ||
        (last->flags ^ first->flags) & (LINE_BOLD | LINE_SAME_ROW) || last->flags & LINE_SAME_ROW)
        return false;
    float white = j->right[a->end - 1] - last->box.x1;
    bool full = white < COLUMN_END_EM * last->size && a->end - a->first > 1;
    uint32_t end = last_character(last->text);
    bool hyphen = end == '-' || end == QUIRE_SOFT_HYPHEN;
    return full && (hyphen || !ends_sentence(last->text)) &&
           quire_is_lower(first_character(first->text));
}

static void join_columns(const joiner *j)
{
    layout_page *lp = j->lp;
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        block *before = kept > 0 ? &lp->blocks[kept - 1] : NULL;
        if (before && goes_on_in_column(j, before, b)) {
            before->end = b->end;
            layout_finish_block(lp, before);
        } else {
            lp->blocks[kept++] = *b;
        }
    }
    lp->block_count = kept;
}

void layout_find_paragraphs(layout_page *lp)
{
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    joiner j = {.lp = lp, .tells = layout_tells_features(lp, "paragraphs")};
    measure_leading(lp);
    measure_edges(&j);
    collect_rules(&j);
    for (size_t i = 0; i < lp->leaf_count; i++) {
        int32_t in = lp->leaves[i].area;
        if (lp->leaves[i].end == lp->leaves[i].first)
            add_area_block(lp, i);
        else if (in < 0 || lp->areas[in].kind != AREA_TABLE)
            join_leaf(&j, &lp->leaves[i]);
    }
    lp->block_count = lp->lists->blocks.count;
    lp->blocks = quire_array_freeze(&lp->lists->blocks, lp->arena);
    join_columns(&j);
    quire_arena_reset(lp->scratch, mark);
}
