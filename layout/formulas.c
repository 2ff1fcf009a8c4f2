/*
 * Formulas: lines of their own that are set in signs.
 *
 *     text text text text            signs of relation and operation, single letters, fonts made
 *            E = m c^2        (3)    for formulas, white on both sides, a number at the end of the
 *     text text text text            row; words of four letters and more speak against it
 *
 * The text of a formula is kept as it stands, in the order of its lines; what it means is not
 * guessed. Its parts (a fraction's bar parts numerator and denominator) become one block.
 */
#include "layout/formulas.h"

#include <string.h>
#include <strings.h>

enum { MOST_LINES = 12, MOST_CHARACTERS = 150, WORD_LETTERS = 4 };

#define THRESHOLD 3.0f
#define PART_FONT_LEAST 0.5f /* share of signs in fonts for formulas, of what is part of one */
#define PART_GAP_EM 0.35f /* white above a part, most */
#define ASIDE_EM 1.5f /* white on either side of what stands apart in its column */

/* What was counted in a block. */
typedef struct signs {
    float all, in_font, operators, relations;
    float words, tokens, short_tokens; /* of letters: of four and more; all; of one or two */
    bool numbered, apart;
} signs;

/* ---- fonts ---- */

static bool is_formula_font(const quire_font *font)
{
    static const char *const parts[] = {"cmmi",  "cmsy", "cmex",   "msam", "msbm",
                                        "eufm",  "math", "symbol", "rsfs", "mt-extra",
                                        "mtsyn", "mtmi", "euclid", "txsy", "pxsy"};
    for (const char *at = font->name; *at; at++) {
        if (!strchr("cmersptCMERSPT", *at))
            continue;
        for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
            if ((*at | 0x20) == parts[i][0] && strncasecmp(at, parts[i], strlen(parts[i])) == 0)
                return true;
    }
    return false;
}

/* What is known of each font: a document may have many, a page uses few. */
typedef enum font_kind { FONT_NOT_ASKED = 0, FONT_FOR_TEXT, FONT_FOR_FORMULAS } font_kind;

static bool is_in_formula_font(const layout_page *lp, const word *w, uint8_t *fonts)
{
    uint32_t font = word_style(lp, w)->font;
    if (fonts[font] == FONT_NOT_ASKED)
        fonts[font] = is_formula_font(&lp->page->fonts[font]) ? FONT_FOR_FORMULAS : FONT_FOR_TEXT;
    return fonts[font] == FONT_FOR_FORMULAS;
}

/* ---- signs ---- */

static bool is_relation(uint32_t c)
{
    return c == '=' || c == '<' || c == '>' || (c >= 0x2260 && c <= 0x228B) || c == 0x2248 ||
           c == 0x223C || c == 0x221D || c == 0x2208 || c == 0x2245;
}

static bool is_operator(uint32_t c)
{
    static const uint32_t single[] = {'+', 0xD7, 0xF7, 0xB1, '/', '^', '|'};
    static const uint32_t ranges[][2] = {
        {0x2190, 0x21FF}, {0x2200, 0x22FF}, {0x27E6, 0x27EF}, {0x2A00, 0x2AFF}};
    for (size_t i = 0; i < sizeof single / sizeof *single; i++)
        if (single[i] == c)
            return true;
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
        if (c >= ranges[i][0] && c <= ranges[i][1])
            return true;
    return is_relation(c);
}

static void count_signs(const layout_page *lp, const line *l, uint8_t *fonts, signs *s)
{
    for (uint32_t i = l->first; i < l->end; i++) {
        const word *w = &lp->words[i];
        float glyphs = (float)(w->end - w->first);
        s->all += glyphs;
        s->in_font += is_in_formula_font(lp, w, fonts) ? glyphs : 0;
    }
    size_t letters = 0;
    for (size_t at = 0; at < l->text.size;) {
        uint32_t c = quire_utf8_next(l->text.data, l->text.size, &at);
        s->relations += is_relation(c);
        s->operators += is_operator(c);
        letters = quire_is_letter(c) ? letters + 1 : 0;
        s->tokens += letters == 1;
        s->short_tokens += letters == 1;
        s->short_tokens -= letters == 3;
        s->words += letters == WORD_LETTERS;
    }
}

/* "(3)", "(2.1)", "(A4)": what numbers a formula, at the end of its row. */
static bool is_number_of_formula(quire_text text)
{
    if (text.size < 3 || text.size > 9 || text.data[0] != '(' || text.data[text.size - 1] != ')')
        return false;
    bool digit = false;
    for (size_t i = 1; i + 1 < text.size; i++) {
        char c = text.data[i];
        digit |= c >= '0' && c <= '9';
        if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && c != '.' && c != '-')
            return i == text.size - 2 && digit; /* "(4a)" */
    }
    return digit;
}

static bool ends_with_number(const line *l)
{
    size_t start = l->text.size;
    while (start > 0 && l->text.data[start - 1] != ' ')
        start--;
    return is_number_of_formula((quire_text){l->text.data + start, l->text.size - start});
}

/* White on both sides, in the column that the region is; a number at its end is not counted. */
static bool stands_apart(const layout_page *lp, const block *b)
{
    float left = INFINITY, right = -INFINITY, em = lp->body_size;
    for (uint32_t i = b->first; i < b->end; i++) {
        const line *l = &lp->lines[i];
        if (is_number_of_formula(l->text))
            continue;
        left = fminf(left, l->box.x0);
        right = fmaxf(right, l->box.x1);
    }
    quire_box column = lp->leaves[b->region].box;
    return left - column.x0 > ASIDE_EM * em &&
           (column.x1 - right > ASIDE_EM * em || ends_with_number(&lp->lines[b->end - 1]));
}

static signs signs_of(const layout_page *lp, const block *b, uint8_t *fonts)
{
    signs s = {.apart = stands_apart(lp, b)};
    for (uint32_t i = b->first; i < b->end; i++) {
        count_signs(lp, &lp->lines[i], fonts, &s);
        s.numbered |= ends_with_number(&lp->lines[i]);
    }
    return s;
}

/* ---- cues ---- */

static float weigh_font(const signs *s)
{
    return 3 * s->in_font / fmaxf(s->all, 1);
}

static float weigh_relation(const signs *s)
{
    return s->relations > 0 ? 1.5f : 0;
}

static float weigh_operators(const signs *s)
{
    return fminf(3 * s->operators / fmaxf(s->all, 1), 1.2f);
}

static float weigh_tokens(const signs *s)
{
    return s->tokens > 0 ? s->short_tokens / s->tokens : 0;
}

static float weigh_words(const signs *s)
{
    return -0.8f * fminf(s->words, 8);
}

static float weigh_place(const signs *s)
{
    return s->apart ? 0.7f : -0.5f;
}

static float weigh_number(const signs *s)
{
    return s->numbered ? 1.5f : 0;
}

static float weigh_length(const signs *s)
{
    return s->all < 3 ? -1.5f : 0;
}

static const struct {
    float (*weigh)(const signs *s);
    const char *name;
} cues[FORMULA_CUES] = {
    {weigh_font, "font"},      {weigh_relation, "relation"}, {weigh_operators, "operators"},
    {weigh_tokens, "letters"}, {weigh_words, "words"},       {weigh_place, "place"},
    {weigh_number, "number"},  {weigh_length, "length"},
};

const char *layout_formula_cue(size_t index)
{
    return index < FORMULA_CUES ? cues[index].name : NULL;
}

/* ---- blocks ---- */

static bool can_be_formula(const layout_page *lp, const block *b)
{
    bool inside = b->area >= 0 && lp->areas[b->area].kind != AREA_CARD;
    return b->type == QUIRE_PARAGRAPH && b->first < b->end && b->end - b->first <= MOST_LINES &&
           b->characters <= MOST_CHARACTERS && !inside &&
           lp->lines[b->first].angle == lp->frame.angle &&
           !(b->line_flags & (LINE_VERTICAL | LINE_MONOSPACE));
}

static float score_of(const signs *s, float *weights)
{
    float score = -THRESHOLD;
    for (size_t i = 0; i < FORMULA_CUES; i++)
        score += weights[i] = cues[i].weigh(s);
    return score;
}

static void judge(layout_page *lp, block *b, uint8_t *fonts)
{
    if (!can_be_formula(lp, b))
        return;
    float weights[FORMULA_CUES];
    signs s = signs_of(lp, b, fonts);
    float score = s.operators + s.in_font > 0 ? score_of(&s, weights) : -THRESHOLD;
    if (score <= 0)
        return;
    b->type = QUIRE_FORMULA;
    b->confidence = fminf(1, 0.6f + 0.2f * score);
    layout_explain(lp, b, "formula: score %.2f by its signs", (double)score);
    for (size_t i = 0; i < FORMULA_CUES; i++)
        if (weights[i] >= 1)
            layout_explain(lp, b, "formula: %s speaks for it (%+.1f)", cues[i].name,
                           (double)weights[i]);
}

/* Close to a formula, and mostly in fonts for formulas: part of it. */
static bool is_part(const layout_page *lp, const block *formula, const block *b, uint8_t *fonts)
{
    if (b->type != QUIRE_FORMULA && b->type != QUIRE_PARAGRAPH)
        return false;
    if (b->first == b->end || formula->region != b->region || formula->end != b->first ||
        b->end - formula->first > MOST_LINES ||
        !can_be_formula(
            lp,
            &(block){.type = QUIRE_PARAGRAPH, .first = b->first, .end = b->end, .area = b->area}))
        return false;
    float gap = b->box.y0 - formula->box.y1;
    if (gap > PART_GAP_EM * lp->body_size)
        return false;
    if (b->type == QUIRE_FORMULA || is_number_of_formula(lp->lines[b->first].text))
        return gap < 0 || b->type == QUIRE_FORMULA;
    signs s = signs_of(lp, b, fonts);
    return s.words == 0 && s.in_font >= PART_FONT_LEAST * s.all;
}

static void join_parts(layout_page *lp, uint8_t *fonts)
{
    size_t kept = 0;
    for (size_t i = 0; i < lp->block_count; i++) {
        block *before = kept > 0 ? &lp->blocks[kept - 1] : NULL;
        if (before && before->type == QUIRE_FORMULA && is_part(lp, before, &lp->blocks[i], fonts)) {
            before->end = lp->blocks[i].end;
            layout_finish_block(lp, before);
        } else {
            lp->blocks[kept++] = lp->blocks[i];
        }
    }
    lp->block_count = kept;
}

void layout_find_formulas(layout_page *lp)
{
    if (lp->block_count == 0)
        return;
    uint8_t *fonts = quire_arena_array(lp->scratch, uint8_t, lp->page->font_count);
    for (size_t i = 0; i < lp->block_count; i++)
        judge(lp, &lp->blocks[i], fonts);
    join_parts(lp, fonts);
}
