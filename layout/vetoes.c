/*
 * What can be no heading, by its words: captions, sentences, items, addresses, numbers. Each veto
 * has a name, which becomes the reason.
 */
#include "layout/headings.h"

#include <string.h>

enum {
    MOST_LINES = 4,
    MOST_CHARACTERS = 170,
    SENTENCE_WORDS = 8,
    NAME_CHARACTERS = 20,
    WORD_LETTERS = 4
};

#define NUMBER_GAP_EM 5.0f /* between a number and its title, most */
#define PICTURE_SHARE 0.2f /* of the page */
#define TITLE_SIZE 1.8f /* of the body's */
#define BODY_SIZE 0.97f /* of the body's, which is known to a quarter of a point */
#define LARGE_SIZE 1.3f /* of the body's */
#define LETTERS_LEAST 0.45f /* of its characters */

static quire_text last_line(const candidate *c)
{
    return c->lp->lines[c->b->end - 1].text;
}

static bool is_long(const candidate *c)
{
    return c->b->end - c->b->first > MOST_LINES || c->b->characters > MOST_CHARACTERS;
}

static bool is_turned(const candidate *c)
{
    return c->lp->lines[c->b->first].angle != c->lp->frame.angle;
}

/* What was stamped over text is no part of it. */
static bool is_across(const candidate *c)
{
    return c->lp->words[c->lp->lines[c->b->first].first].flags & WORD_OVERPRINT;
}

/* A number and, further right in the same row, the title that it numbers. */
static bool is_number_and_title(const candidate *c)
{
    const line *first = &c->lp->lines[c->b->first];
    if (c->b->end - c->b->first != 2 || first[0].row != first[1].row)
        return false;
    return layout_is_section_number(first[0].text) && first[0].size == first[1].size &&
           first[1].box.x0 - first[0].box.x1 < NUMBER_GAP_EM * first[0].size;
}

static bool is_row_of_parts(const candidate *c)
{
    if (is_number_and_title(c))
        return false;
    for (uint32_t i = c->b->first; i < c->b->end; i++)
        if (c->lp->lines[i].flags & LINE_SAME_ROW)
            return true;
    return false;
}

/* A title on a picture that covers much of the page: of a cover, a poster. */
static bool is_title_on_picture(const candidate *c, const area *a)
{
    float share = quire_box_area(a->box) / fmaxf(c->lp->width * c->lp->height, 1);
    return a->kind == AREA_FIGURE && share >= PICTURE_SHARE && c->b->line_flags & LINE_BOLD &&
           c->b->size >= TITLE_SIZE * c->body;
}

static bool is_in_figure(const candidate *c)
{
    if (c->b->area < 0)
        return false;
    const area *a = &c->lp->areas[c->b->area];
    return a->kind != AREA_CARD && !is_title_on_picture(c, a);
}

static bool is_caption(const candidate *c)
{
    return layout_caption_prefix(c->text) > 0;
}

static bool is_bulleted(const candidate *c)
{
    return c->label.family == LABEL_BULLET;
}

/* A name in small letters, set as headings are: "minitest", "git log". */
static bool is_name_in_bold(const candidate *c)
{
    return c->b->line_flags & LINE_BOLD && !c->window->profile->body_bold &&
           c->b->end - c->b->first == 1 && c->b->characters <= NAME_CHARACTERS &&
           c->b->size >= BODY_SIZE * c->body && c->text.data[c->text.size - 1] != '.';
}

static bool starts_small(const candidate *c)
{
    if (is_name_in_bold(c))
        return false;
    size_t at = c->label.size;
    while (at < c->text.size && c->text.data[at] == ' ')
        at++;
    if (at >= c->text.size)
        return false;
    size_t next = at;
    uint32_t first = quire_utf8_next(c->text.data, c->text.size, &next);
    if (!quire_is_lower(first))
        return false;
    uint32_t second = next < c->text.size ? quire_utf8_next(c->text.data, c->text.size, &next) : 0;
    return !quire_is_upper(second); /* "iPhone", "eLearning" */
}

/* "Invoice 2024-0117" in large type: a word, and the number of what it names. */
static bool starts_with_large_word(const candidate *c)
{
    size_t at = 0, letters = 0;
    while (at < c->text.size && quire_is_letter(quire_utf8_next(c->text.data, c->text.size, &at)))
        letters++;
    return letters >= WORD_LETTERS && c->b->size >= LARGE_SIZE * c->body;
}

static bool has_few_letters(const candidate *c)
{
    if (starts_with_large_word(c))
        return false;
    size_t letters = 0, others = 0;
    for (uint32_t i = c->b->first; i < c->b->end; i++) {
        quire_text text = c->lp->lines[i].text;
        for (size_t at = 0; at < text.size;) {
            uint32_t p = quire_utf8_next(text.data, text.size, &at);
            if (quire_is_letter(p))
                letters++;
            else if (!quire_is_space(p))
                others++;
        }
    }
    others -= c->label.size < others ? c->label.size : others;
    return letters < 2 || (float)letters < LETTERS_LEAST * (float)(letters + others);
}

static bool ends_open(const candidate *c)
{
    quire_text text = last_line(c);
    char last = text.size ? text.data[text.size - 1] : 0;
    return last == ',' || last == ';' || last == '-' || last == '=';
}

static bool holds(quire_text text, const char *what)
{
    return memmem(text.data, text.size, what, strlen(what)) != NULL;
}

static bool block_holds(const layout_page *lp, const block *b, const char *what)
{
    for (uint32_t i = b->first; i < b->end; i++)
        if (holds(lp->lines[i].text, what))
            return true;
    return false;
}

static bool is_address(const candidate *c)
{
    return block_holds(c->lp, c->b, "@") || block_holds(c->lp, c->b, "://") ||
           block_holds(c->lp, c->b, "www.");
}

/* An affiliation, with the writers' addresses below it. */
static bool precedes_address(const candidate *c)
{
    return c->after && c->after->end - c->after->first <= 2 && block_holds(c->lp, c->after, "@") &&
           !(c->b->line_flags & LINE_BOLD) && c->label.family == LABEL_NONE;
}

/* A full stop in the middle, behind a small letter and before a capital. */
static bool has_inner_stop(quire_text text)
{
    for (size_t i = 3; i + 2 < text.size; i++)
        if (text.data[i] == '.' && text.data[i + 1] == ' ' && text.data[i + 2] >= 'A' &&
            text.data[i + 2] <= 'Z' && text.data[i - 1] >= 'a' && text.data[i - 1] <= 'z' &&
            text.data[i - 2] >= 'a' && text.data[i - 2] <= 'z' &&
            memcmp(text.data + i - 2, "vs", 2) != 0)
            return true;
    return false;
}

static bool is_several_sentences(const candidate *c)
{
    for (uint32_t i = c->b->first; i < c->b->end; i++)
        if (has_inner_stop(c->lp->lines[i].text))
            return true;
    return false;
}

static size_t count_words(const candidate *c)
{
    size_t words = 0;
    for (uint32_t i = c->b->first; i < c->b->end; i++)
        words += c->lp->lines[i].end - c->lp->lines[i].first;
    return words;
}

static bool is_sentence(const candidate *c)
{
    quire_text text = last_line(c);
    char last = text.size ? text.data[text.size - 1] : 0;
    return last == '.' && count_words(c) > SENTENCE_WORDS;
}

static bool is_bracketed(const candidate *c)
{
    quire_text text = last_line(c);
    return c->text.data[0] == '(' && text.data[text.size - 1] == ')';
}

/* "Contents ........ 7" */
static bool leads_to_page(const candidate *c)
{
    quire_text text = last_line(c);
    return holds(text, "....") || holds(text, ". . . .") || holds(text, "\xE2\x80\xA6\xE2\x80\xA6");
}

static bool is_in_contents(const candidate *c)
{
    return c->b->box.y0 > c->lp->contents_top && c->b->box.y1 < c->lp->contents_bottom;
}

static bool starts_like_note(const candidate *c)
{
    static const char *const starts[] = {
        "Source:", "Sources:", "Note:", "Notes:", "Source ", "*", "Copyright"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t size = strlen(starts[i]);
        if (c->text.size >= size && memcmp(c->text.data, starts[i], size) == 0)
            return true;
    }
    return false;
}

static const struct {
    bool (*holds)(const candidate *c);
    const char *why;
} vetoes[] = {
    {is_long, "it is long"},
    {is_turned, "it is turned"},
    {is_across, "it stands across text"},
    {is_row_of_parts, "it is a row of several parts"},
    {is_in_figure, "it stands in a figure or table"},
    {is_caption, "it starts like a caption"},
    {is_bulleted, "it starts with a bullet"},
    {starts_small, "it starts with a small letter"},
    {has_few_letters, "it has few letters"},
    {ends_open, "it ends with a comma, a semicolon or a hyphen"},
    {is_address, "it holds an address"},
    {precedes_address, "an address stands below it"},
    {is_several_sentences, "it holds several sentences"},
    {is_sentence, "it is a sentence"},
    {is_bracketed, "it stands in brackets"},
    {is_in_contents, "it stands among lines that lead to page numbers"},
    {leads_to_page, "dots lead to a page number"},
    {starts_like_note, "it starts like a note"},
};

const char *layout_heading_veto(const candidate *c)
{
    for (size_t i = 0; i < sizeof vetoes / sizeof *vetoes; i++)
        if (vetoes[i].holds(c))
            return vetoes[i].why;
    return NULL;
}
