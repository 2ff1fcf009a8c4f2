/*
 * What the name and the descriptor of a font say about its look: family, weight, slant, serifs,
 * fixed width. Names are the surest witness; flags and stem widths are asked where they are silent.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

enum { MAX_NAME = 127, SUBSET_PREFIX = 7, BOLD = 700, REGULAR = 400, BOLD_STEM = 120 };

/* Words of a style, longest first where one holds another. */
typedef struct style_word {
    const char *word;
    uint16_t weight; /* 0: says nothing */
    uint16_t flags;
} style_word;

static const style_word style_words[] = {
    {"extralight", 200, 0},
    {"ultralight", 200, 0},
    {"semilight", 300, 0},
    {"extrabold", 800, 0},
    {"ultrabold", 800, 0},
    {"semibold", 600, 0},
    {"demibold", 600, 0},
    {"hairline", 100, 0},
    {"oblique", 0, QUIRE_FONT_ITALIC},
    {"regular", 400, 0},
    {"slanted", 0, QUIRE_FONT_ITALIC},
    {"kursiv", 0, QUIRE_FONT_ITALIC},
    {"italic", 0, QUIRE_FONT_ITALIC},
    {"inclined", 0, QUIRE_FONT_ITALIC},
    {"medium", 500, 0},
    {"normal", 400, 0},
    {"roman", 0, 0},
    {"heavy", 800, 0},
    {"black", 900, 0},
    {"light", 300, 0},
    {"thin", 100, 0},
    {"demi", 600, 0},
    {"semi", 600, 0},
    {"bold", 700, 0},
    {"book", 400, 0},
    {"ital", 0, QUIRE_FONT_ITALIC},
};

static const char *const fixed_words[] = {"courier", "mono", "consol",     "typewriter",  "fixed",
                                          "menlo",   "cmtt", "sourcecode", "lettergothic"};
static const char *const sans_words[] = {"sans",   "arial",  "helvet",  "verdana",  "calibri",
                                         "tahoma", "gothic", "univers", "frutiger", "roboto",
                                         "futura", "segoe",  "myriad",  "avenir",   "cmss"};
static const char *const serif_words[] = {"serif",    "times",  "roman",   "georgia",  "garamond",
                                          "palatino", "minion", "bookman", "century",  "cambria",
                                          "baskerv",  "caslon", "bodoni",  "nimbusrom"};

/* Fonts of TeX say it in letters of their own. */
static const style_word tex_prefixes[] = {
    {"cmbx", BOLD, 0},
    {"cmb1", BOLD, 0},
    {"sfbx", BOLD, 0},
    {"ecbx", BOLD, 0},
    {"cmssbx", BOLD, 0},
    {"cmti", 0, QUIRE_FONT_ITALIC},
    {"cmsl", 0, QUIRE_FONT_ITALIC},
    {"sfti", 0, QUIRE_FONT_ITALIC},
    {"ecti", 0, QUIRE_FONT_ITALIC},
    {"cmmi", 0, QUIRE_FONT_ITALIC},
    {"cmmib", BOLD, QUIRE_FONT_ITALIC},
    {"cmbxti", BOLD, QUIRE_FONT_ITALIC},
    {"cmtt", 0, QUIRE_FONT_MONOSPACE},
    {"sftt", 0, QUIRE_FONT_MONOSPACE},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static bool contains_any(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasestr(name, words[i])) {
            return true;
        }
    }
    return false;
}

static const char *without_prefix(const char *name)
{
    size_t letters = strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
    return letters == SUBSET_PREFIX - 1 && name[letters] == '+' ? name + SUBSET_PREFIX : name;
}

/* The heaviest or lightest word of the name, and its slant. */
static void read_style(const char *name, quire_font *font)
{
    char rest[MAX_NAME + 1];
    strncpy(rest, name, MAX_NAME);
    rest[MAX_NAME] = 0;
    for (size_t i = 0; i < COUNT(style_words); i++) {
        char *at = strcasestr(rest, style_words[i].word);
        if (!at) {
            continue;
        }
        memset(at, '-', strlen(style_words[i].word)); /* its parts are not looked at again */
        font->flags |= style_words[i].flags;
        if (style_words[i].weight && font->weight == 0) {
            font->weight = style_words[i].weight;
        }
    }
    for (size_t i = 0; i < COUNT(tex_prefixes); i++) {
        const style_word *prefix = &tex_prefixes[i];
        if (!strncasecmp(name, prefix->word, strlen(prefix->word))) {
            font->flags |= prefix->flags;
            font->weight = prefix->weight ? prefix->weight : font->weight;
        }
    }
}

/* ---- family: "TimesNewRomanPS-BoldMT" is "Times New Roman" ---- */

static bool drop_suffix(char *name, const char *suffix)
{
    size_t size = strlen(name), length = strlen(suffix);
    if (size <= length || strcasecmp(name + size - length, suffix) != 0) {
        return false;
    }
    name[size - length] = 0;
    return true;
}

static void drop_style_words(char *name)
{
    static const char *const makers[] = {"PSMT", "MT", "PS", "-", ",", " ", "_"};
    bool dropped = true;
    while (dropped) {
        dropped = false;
        for (size_t i = 0; i < COUNT(makers); i++) {
            dropped |= drop_suffix(name, makers[i]);
        }
        for (size_t i = 0; i < COUNT(style_words); i++) {
            dropped |=
                strcmp(style_words[i].word, "roman") && drop_suffix(name, style_words[i].word);
        }
    }
}

static void split_words(const char *name, char *out)
{
    for (const char *at = name; *at; at++) {
        if (at > name && isupper((uint8_t)*at) && islower((uint8_t)at[-1])) {
            *out++ = ' ';
        }
        *out++ = *at == '-' || *at == ',' || *at == '_' ? ' ' : *at;
    }
    *out = 0;
}

static const char *family_of(quire_interpreter *in, const char *name)
{
    char family[MAX_NAME + 1], spaced[2 * MAX_NAME + 1];
    strncpy(family, name, MAX_NAME);
    family[MAX_NAME] = 0;
    drop_style_words(family);
    split_words(family, spaced);
    return quire_arena_text(in->pdf->arena, spaced, strlen(spaced));
}

/* ---- all ---- */

const quire_object *quire_font_descriptor(const quire_object *dictionary)
{
    const quire_object *descendants = quire_object_find(dictionary, "DescendantFonts");
    const quire_object *holder = descendants ? quire_object_at(descendants, 0) : dictionary;
    return quire_object_find(holder, "FontDescriptor");
}

bool quire_font_is_embedded(const quire_object *descriptor)
{
    return quire_object_find_raw(descriptor, "FontFile") ||
           quire_object_find_raw(descriptor, "FontFile2") ||
           quire_object_find_raw(descriptor, "FontFile3");
}

static void read_flags(const quire_face_facts *face, const quire_object *descriptor,
                       quire_font *font)
{
    const struct {
        bool given;
        quire_font_flag flag;
    } table[] = {
        {face->italic, QUIRE_FONT_ITALIC},
        {face->serif, QUIRE_FONT_SERIF},
        {face->fixed, QUIRE_FONT_MONOSPACE},
        {face->symbolic, QUIRE_FONT_SYMBOLIC},
        {quire_font_is_embedded(descriptor), QUIRE_FONT_EMBEDDED},
        {face->subset, QUIRE_FONT_SUBSET},
        {face->type3, QUIRE_FONT_TYPE3},
        {face->composite, QUIRE_FONT_CID},
        {face->to_unicode, QUIRE_FONT_TOUNICODE},
    };
    for (size_t i = 0; i < COUNT(table); i++) {
        font->flags |= table[i].given ? table[i].flag : 0;
    }
}

static void read_words(const char *name, quire_font *font)
{
    if (contains_any(name, fixed_words, COUNT(fixed_words))) {
        font->flags |= QUIRE_FONT_MONOSPACE;
    }
    if (contains_any(name, sans_words, COUNT(sans_words))) {
        font->flags &= (uint16_t)~QUIRE_FONT_SERIF;
    } else if (contains_any(name, serif_words, COUNT(serif_words))) {
        font->flags |= QUIRE_FONT_SERIF;
    }
}

/* Valid UTF-8, as names may hold any bytes. */
static const char *clean_name(quire_interpreter *in, const char *name)
{
    size_t size = strnlen(name, MAX_NAME);
    quire_text text = quire_text_from_pdf(in->pdf->arena, (const uint8_t *)name, size);
    return quire_arena_text(in->pdf->arena, text.data, text.size);
}

void quire_font_describe(quire_interpreter *in, const quire_face_facts *face,
                         const quire_object *descriptor, quire_font *font)
{
    const char *name = clean_name(in, without_prefix(face->name));
    font->name = name;
    font->family = family_of(in, name);
    read_flags(face, descriptor, font);
    read_words(name, font);
    read_style(name, font);
    if (fabs(quire_object_find_number(descriptor, "ItalicAngle", 0)) > 1) {
        font->flags |= QUIRE_FONT_ITALIC;
    }
    if (font->weight == 0 || font->weight == REGULAR) {
        double stem = quire_object_find_number(descriptor, "StemV", 0);
        bool bold = face->bold || (stem >= BOLD_STEM && stem < 1000);
        font->weight = font->weight == 0 && face->weight ? (uint16_t)face->weight : REGULAR;
        font->weight =
            bold && font->weight < BOLD && !strcasestr(name, "regular") ? BOLD : font->weight;
    }
}
