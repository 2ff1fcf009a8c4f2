#include "ocr/noise.h"

#include <string.h>

/* Least confidence. A word of the dictionary needs less, one without a letter or digit more. */
#define LEAST 0.15f
#define LEAST_SIGNS 0.50f
#define LEAST_STRAY 0.50f
#define LEAST_STRAY_SIGNS 0.80f
#define FLAT 0.2f /* height of a word with letters, of the size of most type */
#define WIDE 2.5f /* width of a symbol, of its height */

static bool has_letter(const ocr_text *text, const ocr_word *word)
{
    for (uint32_t i = word->first; i < word->end; i++) {
        const char *utf8 = text->symbols.items[i].text;
        size_t at = 0;
        uint32_t c = quire_utf8_next(utf8, strlen(utf8), &at);
        if (quire_is_letter(c) || quire_is_digit(c))
            return true;
    }
    return false;
}

/* One upright stroke: a piece of a rule or of a frame as likely as a letter. */
static bool is_stroke(const ocr_text *text, const ocr_word *word)
{
    const char *utf8 = text->symbols.items[word->first].text;
    return word->end - word->first == 1 && utf8[1] == '\0' && strchr("iIljJ!|1", utf8[0]);
}

/* A bar that is all of its line is a piece of a rule. */
static bool is_bar(const ocr_text *text, const ocr_word *word)
{
    const ocr_line *line = &text->lines.items[word->line];
    return line->end - line->first == 1 && word->end - word->first == 1 &&
           strcmp(text->symbols.items[word->first].text, "|") == 0;
}

/* Letters have a height, and one of them is not wider than high. */
static bool has_shape(const ocr_word *word, float em)
{
    float width = quire_box_width(word->box), height = quire_box_height(word->box);
    uint32_t symbols = word->end - word->first;
    return height >= FLAT * em && width <= WIDE * height * (float)symbols;
}

static bool is_sound(const ocr_text *text, const ocr_word *word, bool stray, float em)
{
    bool letters = has_letter(text, word);
    if (letters && !has_shape(word, em))
        return false;
    if ((stray && is_stroke(text, word)) || is_bar(text, word))
        return false;
    float least =
        stray ? (letters ? LEAST_STRAY : LEAST_STRAY_SIGNS) : (letters ? LEAST : LEAST_SIGNS);
    return word->confidence >= least;
}

int ocr_noise_drop(ocr_text *text, size_t first, bool stray, float em)
{
    int dropped = 0;
    for (size_t i = first; i < text->words.count; i++) {
        ocr_word *word = &text->words.items[i];
        if (word->end > word->first && !is_sound(text, word, stray, em)) {
            word->end = word->first;
            dropped++;
        }
    }
    return dropped;
}
