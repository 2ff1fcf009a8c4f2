/*
 *      page  ->  script ("Cyrillic")  ->  languages installed for it  ->  the one that reads a
 *                                          rus, ukr; deu, eng             band of it best
 *
 * The engine tells scripts by the shapes of some hundred letters, and often wrong; what reads best
 * decides. The wrong language reads less surely, and knows fewer words.
 */
#include "ocr/languages.h"

#include <stdio.h>
#include <math.h>
#include <string.h>

#define UNKNOWN_WORD 0.5f /* weight of a word that its dictionary does not know */
#define SECONDS 20.0 /* for one language */
#define SURE 0.6f /* mean confidence; less, and the page is in the script that was told */

enum {
    MOST_LANGUAGES = 8, /* that are tried */
    BANDS = 8, /* half of these are read */
    LOW = 1200, /* pixels */
    INK_LEVEL = 128,
    NAMES_MOST = 2048,
};

typedef struct script_language {
    const char *script, *language; /* the first of a script is its example */
} script_language;

/* Of scripts other than Latin, which all other languages use. */
static const script_language languages[] = {
    {"Cyrillic", "rus"},   {"Cyrillic", "ukr"},   {"Cyrillic", "bul"},   {"Cyrillic", "bel"},
    {"Cyrillic", "srp"},   {"Cyrillic", "mkd"},   {"Cyrillic", "kaz"},   {"Cyrillic", "kir"},
    {"Cyrillic", "mon"},   {"Cyrillic", "tat"},   {"Cyrillic", "tgk"},   {"Cyrillic", "uzb_cyrl"},
    {"Greek", "ell"},      {"Greek", "grc"},      {"Arabic", "ara"},     {"Arabic", "fas"},
    {"Arabic", "urd"},     {"Arabic", "pus"},     {"Arabic", "snd"},     {"Arabic", "uig"},
    {"Hebrew", "heb"},     {"Hebrew", "yid"},     {"Devanagari", "hin"}, {"Devanagari", "mar"},
    {"Devanagari", "nep"}, {"Devanagari", "san"}, {"Han", "chi_sim"},    {"Han", "chi_tra"},
    {"Han", "jpn"},        {"Japanese", "jpn"},   {"Hangul", "kor"},     {"Korean", "kor"},
    {"Thai", "tha"},       {"Bengali", "ben"},    {"Bengali", "asm"},    {"Gujarati", "guj"},
    {"Gurmukhi", "pan"},   {"Kannada", "kan"},    {"Malayalam", "mal"},  {"Oriya", "ori"},
    {"Tamil", "tam"},      {"Telugu", "tel"},     {"Sinhala", "sin"},    {"Khmer", "khm"},
    {"Lao", "lao"},        {"Myanmar", "mya"},    {"Tibetan", "bod"},    {"Georgian", "kat"},
    {"Armenian", "hye"},   {"Ethiopic", "amh"},   {"Cherokee", "chr"},   {"Fraktur", "frk"},
};

enum { LANGUAGES = sizeof languages / sizeof *languages };

/* Latin languages that are tried before others, where many are installed. */
static const char *const common[] = {"eng", "deu", "fra", "spa", "ita", "por", "nld", "pol"};

enum { COMMON = sizeof common / sizeof *common };

static bool is_latin(const char *language)
{
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(languages[i].language, language) == 0)
            return false;
    /* Data of whole scripts, of page layout and of equations is no language. */
    return strcmp(language, "osd") != 0 && strcmp(language, "equ") != 0 && !strchr(language, '/');
}

typedef struct name_list {
    char names[MOST_LANGUAGES][OCR_LANGUAGE_BYTES];
    size_t count;
} name_list;

static void add_name(name_list *list, const char *name, size_t size)
{
    for (size_t i = 0; i < list->count; i++)
        if (strlen(list->names[i]) == size && memcmp(list->names[i], name, size) == 0)
            return;
    if (list->count == MOST_LANGUAGES || size == 0 || size >= OCR_LANGUAGE_BYTES)
        return;
    memcpy(list->names[list->count], name, size);
    list->names[list->count++][size] = '\0';
}

/* `installed` is a list separated by "+". */
static bool is_installed(const char *installed, const char *language)
{
    size_t size = strlen(language);
    for (const char *at = installed; *at; at += at[0] == '+') {
        size_t length = strcspn(at, "+");
        if (length == size && memcmp(at, language, size) == 0)
            return true;
        at += length;
    }
    return false;
}

/* Those of the script, then Latin ones: scripts are told wrong as often as right on short pages. */
static size_t find_candidates(const char *installed, const char *script, name_list *list)
{
    list->count = 0;
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(languages[i].script, script) == 0 &&
            is_installed(installed, languages[i].language))
            add_name(list, languages[i].language, strlen(languages[i].language));
    size_t own = list->count;
    for (size_t i = 0; i < COMMON; i++)
        if (is_installed(installed, common[i]))
            add_name(list, common[i], strlen(common[i]));
    for (const char *at = installed; *at; at += at[0] == '+') {
        char name[OCR_LANGUAGE_BYTES] = "";
        size_t length = strcspn(at, "+");
        if (length < sizeof name)
            memcpy(name, at, length);
        if (is_latin(name))
            add_name(list, name, strlen(name));
        at += length;
    }
    return own;
}

static quire_status fail_script(const char *script, quire_error *error)
{
    const char *example = "eng";
    for (size_t i = 0; i < LANGUAGES; i++)
        if (strcmp(languages[i].script, script) == 0) {
            example = languages[i].language;
            break;
        }
    char package[OCR_LANGUAGE_BYTES];
    ocr_language_package(example, strlen(example), package, sizeof package);
    return quire_fail(error, QUIRE_MISSING, "ocr", 0,
                      "the page is written in %s, and no language of it is installed for "
                      "recognition: install a package like %s",
                      *script ? script : "Latin", package);
}

quire_status ocr_languages_open(const ocr_engine_type *type, ocr_engine **scripts,
                                quire_error *error)
{
    return type->open("osd", scripts, error);
}

typedef struct trial {
    float weight; /* of all that was read */
    float confidence; /* mean */
    size_t language; /* its place among the candidates */
} trial;

static trial weigh(const ocr_text *text)
{
    trial t = {0};
    int symbols = 0;
    for (size_t i = 0; i < text->words.count; i++) {
        const ocr_word *word = &text->words.items[i];
        float sum = word->confidence * (float)(word->end - word->first);
        t.weight += sum * (word->known ? 1 : UNKNOWN_WORD);
        t.confidence += sum;
        symbols += (int)(word->end - word->first);
    }
    t.confidence /= symbols > 0 ? (float)symbols : 1;
    return t;
}

/* How well `language` reads the band. */
static trial try_language(const ocr_engine_type *type, const char *language, PIX *band, int dpi,
                          double deadline)
{
    ocr_engine *engine = NULL;
    ocr_text text = {0};
    quire_error ignored = {0};
    double until = quire_clock() + SECONDS;
    if (type->open(language, &engine, &ignored) == QUIRE_OK) {
        type->show(engine, band, dpi);
        type->read(engine, OCR_PAGE, NULL, deadline > 0 ? fmin(deadline, until) : until, &text,
                   &ignored);
        type->close(engine);
    }
    trial t = weigh(&text);
    ocr_text_clear(&text);
    return t;
}

/* The half of the page's height that has the most ink; all of a low page. */
static PIX *cut_band(PIX *grey)
{
    PIX *ink = pixThresholdToBinary(grey, INK_LEVEL);
    l_int32 width = pixGetWidth(grey), height = pixGetHeight(grey), most = -1, best = 0;
    bool is_low = height <= LOW;
    for (int i = 0; ink && i <= BANDS / 2 && !is_low; i++) {
        l_int32 count = 0;
        BOX *box = boxCreate(0, height * i / BANDS, width, height / 2 + 1);
        pixCountPixelsInRect(ink, box, &count, NULL);
        boxDestroy(&box);
        best = count > most ? i : best;
        most = count > most ? count : most;
    }
    pixDestroy(&ink);
    BOX *box = boxCreate(0, height * best / BANDS, width, is_low ? height : height / 2 + 1);
    PIX *band = pixClipRectangle(grey, box, NULL);
    boxDestroy(&box);
    return band;
}

/* Makes the one of them that reads the page best the best, unless another read it better before. */
static void choose(const ocr_engine_type *type, const name_list *list, PIX *page, int dpi,
                   double deadline, trial *best)
{
    PIX *band = cut_band(page);
    for (size_t i = 0; band && i < list->count; i++) {
        trial t = try_language(type, list->names[i], band, dpi, deadline);
        t.language = i;
        *best = t.weight > best->weight ? t : *best;
    }
    pixDestroy(&band);
}

quire_status ocr_languages_find(const ocr_engine_type *type, ocr_engine *scripts, PIX *grey,
                                int dpi, double deadline, ocr_language *found, quire_error *error)
{
    char installed[NAMES_MOST];
    name_list list;
    trial best = {0};
    *found = (ocr_language){0};
    type->show(scripts, grey, dpi);
    int quarters = type->tell_script(scripts, found->script, sizeof found->script);
    type->installed(scripts, installed, sizeof installed);
    size_t own = find_candidates(installed, found->script, &list);
    bool is_foreign = found->script[0] && strcmp(found->script, "Latin") != 0;
    bool is_open = list.count > 1 || is_foreign;
    if (is_open)
        choose(type, &list, grey, dpi, deadline, &best);
    PIX *turned =
        is_open && quarters && best.confidence < SURE ? pixRotateOrth(grey, quarters) : NULL;
    if (turned)
        choose(type, &list, turned, dpi, deadline, &best);
    pixDestroy(&turned);
    if (list.count == 0 || (is_foreign && own == 0 && best.confidence < SURE))
        return fail_script(found->script, error);
    memcpy(found->name, list.names[best.language], sizeof found->name);
    if (best.language >= own)
        strcpy(found->script, found->script[0] ? "Latin" : "");
    return QUIRE_OK;
}
