/*
 *      right |        _ engine's own        An engine knows each word by itself. That its page is
 *       1.0  |     . /                      full of specks, that nothing else stands on its line,
 *            |   .  /   . what is made      that its letters are lower than its neighbours', that
 *            | .   /      of it             it was read otherwise a second time: all of that tells
 *            +-----------                   as much, and no curve of its confidence alone fits a
 *          confidence  1.0                  clean page and a noisy form.
 *
 * A logistic regression weighs them. It was fitted by bench/ocr-calibrate, which prints the table
 * of weights below, to words of scanned documents, of noisy forms and of pages of the corpus that
 * were spoilt on purpose; docs/ocr.md says how well it does on such that it was not fitted to.
 */
#include "ocr/calibrate.h"

#include <math.h>
#include <string.h>

#include "ocr/evidence.h"
#include "ocr/sizes.h"

typedef enum measure {
    OF_WORD = 0, /* the engine's confidence in it, as log odds */
    OF_SYMBOLS, /* the same in its symbols, their mean */
    OF_LINE, /* the same in the other words of its line, or in its page's */
    DENIED, /* share of other readings of its place that say otherwise */
    KNOWN, /* 1: it has four letters or more, and the engine knows it */
    PAIR, /* 1: it has two symbols */
    SIZE, /* of the type of its line, log of ems of 24 pixels */
    MISFIT, /* log of its own type's size over its line's, either way */
    ODD, /* 1: a capital follows a small letter */
    SIGNS, /* 1: it has neither letters nor figures */
    TAIL, /* 1: its last sign is none of these */
    SPECKS, /* words of its page that were noise, log of their share */
    ALONE, /* 1: it is the only word of its line, which is no cell */
    BY_HAND, /* 1: it stands in a row that looks so */
    MEASURES
} measure;

/* `usual` is the mean over the words that it was fitted to: what cannot be measured is that. */
static const struct {
    const char *name;
    float weight, usual;
} model[MEASURES] = {
    [OF_WORD] = {"word", 0.322f, 2.703f}, [OF_SYMBOLS] = {"symbols", 1.236f, 4.992f},
    [OF_LINE] = {"line", 0.162f, 2.569f}, [DENIED] = {"denied", -1.015f, 0.124f},
    [KNOWN] = {"known", 0.592f, 0.542f},  [PAIR] = {"pair", 0.705f, 0.156f},
    [SIZE] = {"size", 0.622f, 0.294f},    [MISFIT] = {"misfit", -1.199f, 0.081f},
    [ODD] = {"odd", -2.000f, 0.002f},     [SIGNS] = {"signs", -0.858f, 0.024f},
    [TAIL] = {"tail", -0.683f, 0.168f},   [SPECKS] = {"specks", -0.301f, -4.326f},
    [ALONE] = {"alone", -1.023f, 0.028f}, [BY_HAND] = {"by hand", -1.060f, 0.006f},
};
#define USUALLY 3.221f /* log odds of a word of which all is as usual */

#define LEAST 0.02f /* odds of confidences beyond these say no more */
#define MOST 0.985f
#define MOST_OF_SYMBOLS 0.995f
#define USUAL_EM 24.0f /* pixels */
#define SIZE_TELLS 0.9f /* more of it, or less, says no more */
#define MISFIT_TELLS 1.0f
#define CREDIT 0.5f /* that words by hand get at most */

enum { LONG = 4, MANY_WORDS = 20, LAST_LATIN = 0x24F, MORE_LATIN = 0x1E00, LAST_MORE = 0x1EFF };

typedef struct tally {
    float sum; /* of confidences, a symbol each */
    float symbols;
    uint32_t words, known;
} tally;

static float log_odds(float p, float most)
{
    p = fmaxf(LEAST, fminf(p, most));
    return logf(p / (1 - p));
}

static uint32_t sign_of(const ocr_text *text, uint32_t symbol)
{
    const char *utf8 = text->symbols.items[symbol].text;
    size_t at = 0;
    return quire_utf8_next(utf8, strlen(utf8), &at);
}

/* Where it sees a picture, the engine says a space. */
static bool is_read(const ocr_text *text, const ocr_word *word)
{
    for (uint32_t i = word->first; i < word->end; i++)
        if (!quire_is_space(sign_of(text, i)))
            return true;
    return false;
}

static void count(tally *t, const ocr_text *text, uint32_t first, uint32_t end)
{
    for (uint32_t i = first; i < end; i++) {
        const ocr_word *word = &text->words.items[i];
        if (!is_read(text, word))
            continue;
        float symbols = (float)(word->end - word->first);
        t->sum += word->confidence * symbols;
        t->symbols += symbols;
        t->words++;
        t->known += word->known;
    }
}

static float mean_of_symbols(const ocr_text *text, const ocr_word *word)
{
    float sum = 0;
    for (uint32_t i = word->first; i < word->end; i++)
        sum += text->symbols.items[i].confidence;
    return sum / (float)(word->end - word->first);
}

static float mean_of_others(const tally *line, const tally *page, const ocr_word *word)
{
    float symbols = (float)(word->end - word->first);
    if (line->words > 1)
        return (line->sum - word->confidence * symbols) / (line->symbols - symbols);
    return page->sum / page->symbols;
}

/* ---- what its letters tell ---- */

typedef struct letters {
    bool has_latin, has_foreign; /* letters, and others than these */
    bool has_figure, is_odd, has_tail;
} letters;

static bool is_latin(uint32_t c)
{
    return c <= LAST_LATIN || (c >= MORE_LATIN && c <= LAST_MORE);
}

static letters look_at_letters(const ocr_text *text, const ocr_word *word)
{
    letters l = {0};
    uint32_t before = 0;
    for (uint32_t i = word->first; i < word->end; i++) {
        uint32_t c = sign_of(text, i);
        bool is_letter = quire_is_letter(c), is_figure = quire_is_digit(c);
        l.has_latin |= is_letter && is_latin(c);
        l.has_foreign |= is_letter && !is_latin(c);
        l.has_figure |= is_figure;
        l.has_tail = !is_letter && !is_figure;
        l.is_odd |= quire_is_upper(c) && quire_is_lower(before);
        before = c;
    }
    return l;
}

static float misfit(const ocr_text *text, const ocr_word *word, const ocr_line *line)
{
    int ignored;
    float em = ocr_sizes_word(text, word, &ignored);
    if (em <= 0 || line->em <= 0)
        return model[MISFIT].usual;
    return fminf(fabsf(logf(em / line->em)), MISFIT_TELLS);
}

static void measure_letters(const ocr_text *text, const ocr_word *word, const ocr_line *line,
                            bool has_dictionary, float m[MEASURES])
{
    letters l = look_at_letters(text, word);
    uint32_t symbols = word->end - word->first;
    m[SIGNS] = !l.has_latin && !l.has_figure;
    m[PAIR] = symbols == 2;
    m[ODD] = l.is_odd;
    m[TAIL] = l.has_tail;
    m[MISFIT] = misfit(text, word, line);
    if (has_dictionary)
        m[KNOWN] = word->known && symbols >= LONG;
}

/* ---- the model ---- */

/* What is known of the page of a word. */
typedef struct context {
    tally page;
    float specks;
    bool is_foreign; /* most of its words are not in Latin letters */
} context;

static bool is_foreign(const ocr_text *text)
{
    uint32_t latin = 0, foreign = 0;
    for (size_t i = 0; i < text->words.count; i++) {
        letters l = look_at_letters(text, &text->words.items[i]);
        latin += l.has_latin && !l.has_foreign;
        foreign += l.has_foreign;
    }
    return foreign > latin;
}

static context look_at_page(const ocr_text *text, int dropped)
{
    context c = {0};
    count(&c.page, text, 0, (uint32_t)text->words.count);
    c.is_foreign = is_foreign(text);
    c.specks = logf((float)(dropped + 1) / (float)(c.page.words + MANY_WORDS));
    return c;
}

static void measure_word(const ocr_text *text, const context *c, const ocr_line *line,
                         const tally *of_line, const ocr_word *word, float m[MEASURES])
{
    for (int i = 0; i < MEASURES; i++)
        m[i] = model[i].usual;
    m[OF_WORD] = log_odds(word->confidence, MOST);
    m[OF_SYMBOLS] = log_odds(mean_of_symbols(text, word), MOST_OF_SYMBOLS);
    m[OF_LINE] = log_odds(mean_of_others(of_line, &c->page, word), MOST);
    m[DENIED] = word->readings > 0 ? 1 - (float)word->agreeing / (float)word->readings : 0;
    if (line->em > 0)
        m[SIZE] = fmaxf(-SIZE_TELLS, fminf(logf(line->em / USUAL_EM), SIZE_TELLS));
    m[SPECKS] = c->specks;
    m[ALONE] = of_line->words == 1 && !line->is_cell;
    m[BY_HAND] = word->by_hand;
    measure_letters(text, word, line, c->page.known > 0 || c->page.words < MANY_WORDS, m);
}

/* `m` is NULL for a word in letters that the weights were not fitted to. */
static float confidence_of(const ocr_word *word, const float *m)
{
    float sum = USUALLY;
    for (int i = 0; m && i < MEASURES; i++)
        sum += model[i].weight * (m[i] - model[i].usual);
    float chance = m ? 1 / (1 + expf(-sum)) : word->confidence;
    return word->by_hand ? fminf(chance, CREDIT) : chance;
}

typedef void (*word_fn)(void *user, ocr_text *text, ocr_word *word, const float *m);

/*
 * All words that say something. The line of a word is measured before any of it is visited, so that
 * a visitor may replace the confidence of the word it is shown. Engines are as sure of a letter as
 * their script lets them: other letters than Latin ones, and pages full of them, are not measured.
 */
static void visit(ocr_text *text, int dropped, word_fn fn, void *user)
{
    context c = look_at_page(text, dropped);
    float m[MEASURES];
    for (size_t i = 0; i < text->lines.count; i++) {
        const ocr_line *line = &text->lines.items[i];
        tally of_line = {0};
        count(&of_line, text, line->first, line->end);
        for (uint32_t w = line->first; w < line->end; w++) {
            ocr_word *word = &text->words.items[w];
            if (!is_read(text, word))
                continue;
            measure_word(text, &c, line, &of_line, word, m);
            bool is_fitted = !c.is_foreign && !look_at_letters(text, word).has_foreign;
            fn(user, text, word, is_fitted ? m : NULL);
        }
    }
}

static void replace(void *user, ocr_text *text, ocr_word *word, const float *m)
{
    (void)user;
    (void)text;
    word->confidence = confidence_of(word, m);
}

void ocr_calibrate(ocr_text *text, int dropped)
{
    visit(text, dropped, replace, NULL);
}

/* ---- to fit it ---- */

typedef struct teller {
    const ocr_paper *paper;
    quire_sink *sink;
} teller;

static void tell_word(void *user, ocr_text *text, ocr_word *word, const float *m)
{
    const teller *t = user;
    if (!m)
        return;
    quire_box box = ocr_evidence_box(t->paper, word->box);
    quire_json json;
    quire_json_init(&json, t->sink, 0);
    quire_json_begin_object(&json);
    quire_json_key(&json, "text");
    quire_json_begin_array(&json);
    for (uint32_t i = word->first; i < word->end; i++)
        quire_json_string(&json, quire_text_of(text->symbols.items[i].text));
    quire_json_end_array(&json);
    quire_json_key(&json, "bbox");
    quire_json_begin_array(&json);
    const float sides[] = {box.x0, box.y0, box.x1, box.y1};
    for (int i = 0; i < 4; i++)
        quire_json_number(&json, sides[i], 3);
    quire_json_end_array(&json);
    quire_json_pair_integer(&json, "line", word->line);
    quire_json_pair_number(&json, "engine", word->confidence, 4);
    quire_json_pair_number(&json, "confidence", confidence_of(word, m), 4);
    quire_json_key(&json, "measures");
    quire_json_begin_object(&json);
    for (int i = 0; i < MEASURES; i++)
        quire_json_pair_number(&json, model[i].name, m[i], 5);
    quire_json_end_object(&json);
    quire_json_end_object(&json);
    quire_sink_text(t->sink, "\n");
}

void ocr_calibrate_tell(ocr_text *text, int dropped, const ocr_paper *paper, const quire_page *page,
                        quire_sink *sink)
{
    teller t = {paper, sink};
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_json_begin_object(&json);
    quire_json_pair_number(&json, "width", page->width, 3);
    quire_json_pair_number(&json, "height", page->height, 3);
    quire_json_pair_number(&json, "skew", paper->skew, 4);
    quire_json_end_object(&json);
    quire_sink_text(sink, "\n");
    visit(text, dropped, tell_word, &t);
}
