/*
 * Which language a text is written in, by its script and its smallest words ("the", "und", "que"),
 * as BCP 47. It refuses to guess where a text is short, or two languages share its words.
 * Private to layout/.
 */
#ifndef QUIRE_LAYOUT_LANGUAGES_H
#define QUIRE_LAYOUT_LANGUAGES_H

#include "core/core.h"

enum {
    LANGUAGES_WITH_WORDS = 64, /* at most: a bit each */
    LANGUAGE_SLOTS = 2048,
};

typedef enum text_script {
    SCRIPT_LATIN = 0,
    SCRIPT_GREEK,
    SCRIPT_CYRILLIC,
    SCRIPT_ARMENIAN,
    SCRIPT_HEBREW,
    SCRIPT_ARABIC,
    SCRIPT_DEVANAGARI,
    SCRIPT_BENGALI,
    SCRIPT_GURMUKHI,
    SCRIPT_GUJARATI,
    SCRIPT_TAMIL,
    SCRIPT_TELUGU,
    SCRIPT_KANNADA,
    SCRIPT_MALAYALAM,
    SCRIPT_SINHALA,
    SCRIPT_THAI,
    SCRIPT_LAO,
    SCRIPT_TIBETAN,
    SCRIPT_BURMESE,
    SCRIPT_GEORGIAN,
    SCRIPT_HANGUL,
    SCRIPT_ETHIOPIC,
    SCRIPT_KHMER,
    SCRIPT_KANA,
    SCRIPT_HAN,
    SCRIPTS,
} text_script;

typedef struct known_language {
    const char *tag; /* BCP 47 */
    text_script script;
    const char *words; /* frequent ones, in small letters, eight bytes at most, by spaces */
} known_language;

extern const known_language layout_languages[];
extern const size_t layout_language_count;

/* The words of all languages as a hash table; built by layout_languages_index(). */
typedef struct language_index {
    struct {
        uint64_t word; /* its bytes; 0: a free slot */
        uint64_t languages; /* a bit each */
    } slots[LANGUAGE_SLOTS];
    bool built;
} language_index;

/* What was counted in a text. */
typedef struct language_counts {
    uint32_t words;
    uint32_t letters[SCRIPTS];
    uint32_t hits[LANGUAGES_WITH_WORDS]; /* words that each language knows */
    uint32_t weights[LANGUAGES_WITH_WORDS]; /* of the words that each language knows */
} language_counts;

void layout_languages_index(language_index *index);
void layout_count_languages(const language_index *index, language_counts *counts, quire_text text);

/* The language of what was counted, whose words weigh `lead` times those of any other; NULL where
 * that cannot be told. Static. */
const char *layout_language_of(const language_counts *counts, float lead);

/* True where both tags name one language: "en-GB" and "en". */
bool layout_same_language(const char *a, const char *b);

#endif
