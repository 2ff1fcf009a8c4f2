#include "ocr/noise.h"

#include <string.h>

/* Least confidence. A word of the dictionary needs less, one without a letter or digit more. */
#define LEAST 0.15f
#define LEAST_SIGNS 0.50f
#define LEAST_STRAY 0.50f
#define LEAST_STRAY_SIGNS 0.75f

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

bool ocr_word_is_sound(const ocr_text *text, const ocr_word *word, bool stray)
{
    bool letters = has_letter(text, word);
    float least =
        stray ? (letters ? LEAST_STRAY : LEAST_STRAY_SIGNS) : (letters ? LEAST : LEAST_SIGNS);
    return word->confidence >= least;
}

void ocr_noise_drop(ocr_text *text, size_t first, bool stray)
{
    for (size_t i = first; i < text->words.count; i++) {
        ocr_word *word = &text->words.items[i];
        if (!ocr_word_is_sound(text, word, stray))
            word->end = word->first;
    }
}
