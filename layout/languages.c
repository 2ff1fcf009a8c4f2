/*
 * Recognising languages.
 *
 *     "Die Straße, die der Fluss ..."     script: Latin
 *      ^^^         ^^^ ^^^                known to de; "die" to af too, so it counts half there
 *
 * A word weighs the less, the more languages know it. The language with the largest weight wins
 * where enough words are known and the second is far behind; scripts that one language has for
 * itself need no words.
 */
#include "layout/languages.h"

#include <string.h>

enum {
    WORD_BYTES = 8,
    WEIGHT = 12, /* of a word that one language knows */
    WORDS_LEAST = 12, /* of a text that can be told */
    KNOWN_LEAST = 5, /* of these, by its language */
    LETTERS_LEAST = 30, /* of a script with one language */
};

#define SCRIPT_SHARE 0.6f /* of the letters, for a script to be that of the text */
#define KNOWN_SHARE 0.15f /* of the words; prose has 0.3 to 0.6, lists of names none */
#define KANA_SHARE 0.08f /* of Japanese text; Chinese has none */

/* ---- the index ---- */

static uint32_t slot_of(uint64_t word)
{
    return (uint32_t)((word * 0x9E3779B97F4A7C15u) >> 53) % LANGUAGE_SLOTS;
}

static void index_word(language_index *index, uint64_t word, uint64_t bit)
{
    uint32_t at = slot_of(word);
    while (index->slots[at].word != 0 && index->slots[at].word != word)
        at = (at + 1) % LANGUAGE_SLOTS;
    index->slots[at].word = word;
    index->slots[at].languages |= bit;
}

void layout_languages_index(language_index *index)
{
    if (index->built)
        return;
    index->built = true;
    for (size_t i = 0; i < layout_language_count && i < LANGUAGES_WITH_WORDS; i++) {
        uint64_t word = 0;
        for (const char *c = layout_languages[i].words;; c++) {
            if (*c != ' ' && *c != '\0') {
                word = word << 8 | (unsigned char)*c;
                continue;
            }
            if (word != 0)
                index_word(index, word, 1ull << i);
            word = 0;
            if (*c == '\0')
                break;
        }
    }
}

static uint64_t languages_of_word(const language_index *index, uint64_t word)
{
    uint32_t at = slot_of(word);
    while (index->slots[at].word != 0 && index->slots[at].word != word)
        at = (at + 1) % LANGUAGE_SLOTS;
    return index->slots[at].word == word ? index->slots[at].languages : 0;
}

/* ---- counting ---- */

static text_script script_of(uint32_t c)
{
    static const struct {
        uint32_t first;
        text_script script;
    } ranges[] = {
        {0x80, SCRIPT_LATIN},       {0x370, SCRIPT_GREEK},     {0x400, SCRIPT_CYRILLIC},
        {0x530, SCRIPT_ARMENIAN},   {0x590, SCRIPT_HEBREW},    {0x600, SCRIPT_ARABIC},
        {0x900, SCRIPT_DEVANAGARI}, {0x980, SCRIPT_BENGALI},   {0xA00, SCRIPT_GURMUKHI},
        {0xA80, SCRIPT_GUJARATI},   {0xB80, SCRIPT_TAMIL},     {0xC00, SCRIPT_TELUGU},
        {0xC80, SCRIPT_KANNADA},    {0xD00, SCRIPT_MALAYALAM}, {0xD80, SCRIPT_SINHALA},
        {0xE00, SCRIPT_THAI},       {0xE80, SCRIPT_LAO},       {0xF00, SCRIPT_TIBETAN},
        {0x1000, SCRIPT_BURMESE},   {0x10A0, SCRIPT_GEORGIAN}, {0x1100, SCRIPT_HANGUL},
        {0x1200, SCRIPT_ETHIOPIC},  {0x1780, SCRIPT_KHMER},    {0x1800, SCRIPT_LATIN},
        {0x1F00, SCRIPT_GREEK},     {0x2000, SCRIPT_LATIN},    {0x3040, SCRIPT_KANA},
        {0x3100, SCRIPT_HAN},       {0xAC00, SCRIPT_HANGUL},   {0xD7B0, SCRIPT_LATIN},
        {0xFB50, SCRIPT_ARABIC},    {0xFF00, SCRIPT_LATIN},    {0x20000, SCRIPT_HAN},
    };
    size_t low = 0, high = sizeof ranges / sizeof *ranges;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ranges[middle].first <= c)
            low = middle;
        else
            high = middle;
    }
    return ranges[low].script;
}

static void count_word(const language_index *index, language_counts *counts, uint64_t word)
{
    uint64_t languages = languages_of_word(index, word);
    if (languages == 0)
        return;
    uint32_t weight = WEIGHT / (uint32_t)__builtin_popcountll(languages);
    for (; languages != 0; languages &= languages - 1) {
        int at = __builtin_ctzll(languages);
        counts->weights[at] += weight > 0 ? weight : 1;
        counts->hits[at]++;
    }
}

/* A letter behind ASCII: signs and spaces of the general block part words, all else belongs to
 * them (marks of Indic scripts too). */
static bool parts_words(uint32_t c)
{
    return c < 0xAA || c == 0xAB || c == 0xBB || (c >= 0x2000 && c < 0x2C00) ||
           (c >= 0x3000 && c < 0x3040) || c == 0xD7 || c == 0xF7 || c == 0x60C || c == 0x6D4 ||
           c == 0x964;
}

void layout_count_languages(const language_index *index, language_counts *counts, quire_text text)
{
    uint64_t word = 0;
    size_t size = 0; /* of the word, bytes */
    for (size_t at = 0; at <= text.size;) {
        size_t start = at;
        unsigned char byte = at < text.size ? (unsigned char)text.data[at] : ' ';
        unsigned char small = byte | 0x20;
        uint32_t c = byte;
        bool letter = small >= 'a' && small <= 'z';
        if (byte >= 0x80)
            c = quire_utf8_next(text.data, text.size, &at);
        else
            at++;
        if (letter) {
            counts->letters[SCRIPT_LATIN]++;
            word = word << 8 | small;
            size++;
        } else if (byte >= 0x80 && !parts_words(c)) {
            counts->letters[script_of(c)]++;
            for (size_t i = start; i < at; i++, size++)
                word = word << 8 | (unsigned char)text.data[i];
        } else if (size > 0) {
            counts->words += size > 1;
            if (size > 1 && size <= WORD_BYTES) /* single letters are initials as often */
                count_word(index, counts, word);
            word = 0;
            size = 0;
        }
    }
}

/* ---- judging ---- */

/* The script of most letters; SCRIPTS: none has enough of them. */
static text_script main_script(const language_counts *counts)
{
    uint32_t letters[SCRIPTS], all = 0;
    memcpy(letters, counts->letters, sizeof letters);
    uint32_t east = letters[SCRIPT_HAN] + letters[SCRIPT_KANA];
    bool japanese = (float)letters[SCRIPT_KANA] > KANA_SHARE * (float)east;
    letters[SCRIPT_HAN] = japanese ? 0 : east;
    letters[SCRIPT_KANA] = japanese ? east : 0;
    text_script best = SCRIPT_LATIN;
    for (int i = 0; i < SCRIPTS; i++) {
        all += letters[i];
        if (letters[i] > letters[best])
            best = (text_script)i;
    }
    return (float)letters[best] >= SCRIPT_SHARE * (float)all && all >= LETTERS_LEAST ? best
                                                                                     : SCRIPTS;
}

/* Of a script that several languages share, by their words. */
static const char *by_words(const language_counts *counts, text_script s, float lead)
{
    uint32_t best = 0, second = 0;
    size_t told = 0;
    for (size_t i = 0; i < layout_language_count && i < LANGUAGES_WITH_WORDS; i++) {
        uint32_t weight = counts->weights[i];
        if (layout_languages[i].script != s)
            continue;
        if (weight > best) {
            second = best;
            best = weight;
            told = i;
        } else if (weight > second) {
            second = weight;
        }
    }
    uint32_t known = counts->hits[told];
    bool enough = best > 0 && counts->words >= WORDS_LEAST && known >= KNOWN_LEAST &&
                  (float)known >= KNOWN_SHARE * (float)counts->words;
    return enough && (float)best >= lead * (float)second ? layout_languages[told].tag : NULL;
}

const char *layout_language_of(const language_counts *counts, float lead)
{
    text_script s = main_script(counts);
    switch (s) {
    case SCRIPTS:
        return NULL;
    case SCRIPT_HANGUL:
        return "ko";
    case SCRIPT_KANA:
        return "ja";
    case SCRIPT_HAN:
        return "zh";
    default:
        break;
    }
    const char *only = NULL;
    for (size_t i = 0; i < layout_language_count; i++) {
        if (layout_languages[i].script != s)
            continue;
        if (only)
            return by_words(counts, s, lead);
        only = layout_languages[i].tag;
    }
    return only;
}

bool layout_same_language(const char *a, const char *b)
{
    size_t i = 0;
    while (a[i] && b[i] && a[i] != '-' && (a[i] | 0x20) == (b[i] | 0x20))
        i++;
    return (a[i] == '\0' || a[i] == '-') && (b[i] == '\0' || b[i] == '-');
}
