/*
 * Judging lost fonts by the codes of the text that was set in them; see lost_fonts.h.
 *
 * A font of standard Latin encoding leaves codes that are letters in the proportions of a language.
 * So do composite fonts in the usual glyph order of TrueType, 29 places away. Re-encoded subsets
 * leave codes from 1 upwards, or letters without vowels.
 */
#include "parsers/pdf/lost_fonts.h"

#include <string.h>

enum {
    MAX_CONTENT_BYTES = 16 * 1024 * 1024, /* of one stream */
    MAX_BYTES = 64 * 1024 * 1024, /* of all that are looked at */
    ENOUGH_LETTERS = 30, /* for proportions to mean something */
};

/* Shares of the codes seen. Vowels make 37 to 48 % of the letters of running text in the languages
 * of Europe; abbreviations and names widen that. */
static const double MOST_ODD = 0.02, LEAST_PLAIN = 0.7, LEAST_VOWELS = 0.25, MOST_VOWELS = 0.6;

/* What was set in one font. */
typedef struct usage {
    quire_lost_font font;
    int high; /* first byte of a code of two, -1: none yet */
    uint32_t codes, odd, plain, letters, vowels;
} usage;

typedef struct study {
    const quire_scan *scan;
    GArray *usages;
    GHashTable *by_number; /* number -> index in usages + 1 */
    GHashTable *inherited; /* number of a branch -> quire_bytes *, the fonts its pages inherit */
    size_t budget; /* bytes of content, and of dictionaries that are searched for each name */
} study;

/* ---- codes ---- */

/* Ligatures of old TeX fonts, and what Windows has between 0x80 and 0x9f, are no oddity. */
static bool is_odd(uint8_t c)
{
    return (c < 0x20 && !(c >= 11 && c <= 15) && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
}

static void count_letter(usage *u, uint8_t c)
{
    bool letter = (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
    u->codes++;
    u->odd += is_odd(c);
    u->plain += letter || c == ' ' || (c >= '0' && c <= '9') || (c && strchr(".,-()", c));
    u->letters += letter;
    u->vowels += letter && strchr("aeiouy", c | 0x20) != NULL;
}

/* A byte of a string: a code, or half of one. */
static void count_code(usage *u, uint8_t c)
{
    if (u->font.loss != QUIRE_FONT_TO_UNICODE_GONE) {
        count_letter(u, c);
    } else if (u->high < 0) {
        u->high = c;
    } else {
        int code = (u->high << 8 | c) + QUIRE_GLYPH_ORDER_OFFSET;
        count_letter(u, code < 0x7f ? (uint8_t)code : 0x7f);
        u->high = -1;
    }
}

static bool is_latin(const usage *u)
{
    if (u->codes == 0 || u->odd > MOST_ODD * u->codes || u->plain < LEAST_PLAIN * u->codes)
        return false;
    if (u->letters < ENOUGH_LETTERS)
        return u->odd == 0;
    return u->vowels >= LEAST_VOWELS * u->letters && u->vowels <= MOST_VOWELS * u->letters;
}

/* A literal string; an octal escape is one code (7.3.4.2). */
static void count_literal(usage *u, quire_bytes string)
{
    for (size_t i = 1; i + 1 < string.size; i++) {
        uint8_t c = string.data[i];
        if (c != '\\') {
            count_code(u, c);
            continue;
        }
        int octal = 0, digits = 0;
        while (digits < 3 && i + 1 < string.size - 1 && string.data[i + 1] >= '0' &&
               string.data[i + 1] <= '7') {
            octal = octal * 8 + string.data[++i] - '0';
            digits++;
        }
        if (digits)
            count_code(u, (uint8_t)octal);
    }
}

static void count_hexadecimal(usage *u, quire_bytes string)
{
    int high = -1;
    for (size_t i = 1; i + 1 < string.size; i++) {
        int digit = g_ascii_xdigit_value((char)string.data[i]);
        if (digit < 0)
            continue;
        if (high >= 0)
            count_code(u, (uint8_t)(high << 4 | digit));
        high = high < 0 ? digit : -1;
    }
}

/* A string, or the array of TJ. */
static void count_shown(usage *u, quire_bytes operand)
{
    if (operand.size < 2)
        return;
    u->high = -1;
    if (operand.data[0] == '(')
        count_literal(u, operand);
    else if (operand.data[0] == '<' && operand.data[1] != '<')
        count_hexadecimal(u, operand);
    if (operand.data[0] != '[')
        return;
    quire_syntax s = {{operand.data + 1, operand.size - 2}, 0};
    quire_bytes element;
    while (quire_syntax_value(&s, &element))
        if (element.data[0] != '[')
            count_shown(u, element);
}

/* ---- pages ---- */

static bool find_dictionary(const study *s, quire_bytes in, const char *key, quire_bytes *found)
{
    return quire_syntax_find(in, key, found) && quire_scan_resolve(s->scan, *found, found) &&
           quire_syntax_is_dictionary(*found);
}

/* The fonts of surviving ancestors; of size 0 where there are none. */
static quire_bytes fonts_above(const study *s, quire_bytes page)
{
    quire_bytes resources, fonts;
    for (int depth = 0; depth < QUIRE_MAX_TREE_DEPTH; depth++) {
        if (!find_dictionary(s, page, "Parent", &page))
            break;
        if (find_dictionary(s, page, "Resources", &resources))
            return find_dictionary(s, resources, "Font", &fonts) ? fonts : (quire_bytes){0};
    }
    return (quire_bytes){0};
}

/* A branch may list very many pages: what they inherit is looked up once. */
static quire_bytes inherited_fonts(const study *s, quire_bytes page)
{
    quire_bytes parent;
    int32_t number, generation;
    if (!quire_syntax_find(page, "Parent", &parent) ||
        !quire_syntax_reads_reference(parent, &number, &generation))
        return (quire_bytes){0};
    quire_bytes *known = g_hash_table_lookup(s->inherited, GINT_TO_POINTER(number));
    if (!known) {
        known = g_new(quire_bytes, 1);
        *known = fonts_above(s, page);
        g_hash_table_insert(s->inherited, GINT_TO_POINTER(number), known);
    }
    return *known;
}

static bool find_fonts(const study *s, quire_bytes page, quire_bytes *fonts)
{
    quire_bytes resources;
    if (find_dictionary(s, page, "Resources", &resources))
        return find_dictionary(s, resources, "Font", fonts);
    *fonts = inherited_fonts(s, page);
    return fonts->size > 0;
}

static bool is_lost(const quire_scan *scan, quire_bytes value)
{
    quire_bytes resolved;
    return !quire_scan_resolve(scan, value, &resolved);
}

/* The embedded file of a simple font without /Encoding holds what its codes mean. */
static bool lost_program(const quire_scan *scan, quire_bytes font)
{
    static const char *const files[] = {"FontFile", "FontFile2", "FontFile3"};
    quire_bytes descriptor, file;
    if (!quire_syntax_find(font, "FontDescriptor", &descriptor))
        return false;
    if (!quire_scan_resolve(scan, descriptor, &descriptor))
        return true;
    for (size_t i = 0; i < G_N_ELEMENTS(files); i++)
        if (quire_syntax_find(descriptor, files[i], &file))
            return is_lost(scan, file);
    return false;
}

/* A map that is cut off leaves the codes behind the cut to whatever /Encoding says. */
static bool has_lost_map(const quire_scan *scan, quire_bytes map)
{
    const quire_found *object = quire_scan_follow(scan, map);
    return is_lost(scan, map) || (object && object->cut);
}

/*
 * Writers add a map to Unicode where /Encoding does not tell the truth: without it, that is not to
 * be believed.
 */
static quire_font_loss loss_of(const quire_scan *scan, quire_bytes font, int32_t *to_unicode)
{
    quire_bytes type, encoding, map;
    int32_t generation;
    bool has_map = quire_syntax_find(font, "ToUnicode", &map);
    bool lost_map = has_map && has_lost_map(scan, map);
    if (has_map && !lost_map)
        return QUIRE_FONT_WHOLE;
    if (quire_syntax_find(font, "Subtype", &type) && quire_syntax_reads_name(type, "Type0"))
        return lost_map && quire_syntax_reads_reference(map, to_unicode, &generation)
                   ? QUIRE_FONT_TO_UNICODE_GONE
                   : QUIRE_FONT_WHOLE;
    bool lost = quire_syntax_find(font, "Encoding", &encoding) ? is_lost(scan, encoding)
                                                               : lost_program(scan, font);
    return lost || lost_map ? QUIRE_FONT_ENCODING_GONE : QUIRE_FONT_WHOLE;
}

static usage *usage_of(study *s, int32_t number)
{
    guint held = GPOINTER_TO_UINT(g_hash_table_lookup(s->by_number, GINT_TO_POINTER(number)));
    if (!held) {
        const quire_found *object = quire_scan_find(s->scan, number);
        usage fresh = {.font = {.number = number, .loss = QUIRE_FONT_GONE}};
        if (object) {
            fresh.font.dictionary = object->value;
            fresh.font.loss = loss_of(s->scan, object->value, &fresh.font.to_unicode);
        }
        g_array_append_val(s->usages, fresh);
        held = s->usages->len;
        g_hash_table_insert(s->by_number, GINT_TO_POINTER(number), GUINT_TO_POINTER(held));
    }
    return &g_array_index(s->usages, usage, held - 1);
}

/* The font that `name` (with its slash) stands for; NULL where nothing of it is lost. */
static usage *lost_font(study *s, quire_bytes fonts, quire_bytes name)
{
    char key[128];
    quire_bytes value;
    int32_t number, generation;
    if (name.size < 2 || name.size > sizeof key || s->budget == 0)
        return NULL;
    s->budget -= MIN(fonts.size, s->budget);
    memcpy(key, name.data + 1, name.size - 1);
    key[name.size - 1] = 0;
    if (!quire_syntax_find(fonts, key, &value) ||
        !quire_syntax_reads_reference(value, &number, &generation) || number <= 0)
        return NULL;
    usage *font = usage_of(s, number);
    return font->font.loss == QUIRE_FONT_WHOLE ? NULL : font;
}

static bool is_word(quire_bytes value, const char *word)
{
    return value.size == strlen(word) && memcmp(value.data, word, value.size) == 0;
}

static void skip_inline_image(quire_syntax *at)
{
    const uint8_t *begin = at->bytes.data + at->at;
    const uint8_t *end = memmem(begin, at->bytes.size - at->at, "EI", 2);
    at->at = end ? (size_t)(end - at->bytes.data) + 2 : at->bytes.size;
}

/* Only text operators matter here: Tf takes a name, those that show text a string or an array. */
static void read_content(study *s, quire_bytes fonts, quire_bytes content)
{
    quire_syntax at = {content, 0};
    quire_bytes value, name = {0}, shown = {0};
    usage *font = NULL;
    while (at.at < content.size) {
        if (!quire_syntax_value(&at, &value)) {
            at.at++; /* a stray bracket, or a string that was cut off */
            continue;
        }
        if (value.data[0] == '/')
            name = value;
        else if (strchr("(<[", value.data[0]))
            shown = value;
        else if (is_word(value, "Tf"))
            font = lost_font(s, fonts, name);
        else if (is_word(value, "ID"))
            skip_inline_image(&at);
        else if (font && (is_word(value, "Tj") || is_word(value, "TJ") || is_word(value, "'") ||
                          is_word(value, "\"")))
            count_shown(font, shown);
    }
}

static void read_stream(study *s, quire_bytes fonts, quire_bytes reference)
{
    const quire_found *stream = quire_scan_follow(s->scan, reference);
    quire_bytes content;
    void *owned = NULL;
    if (!stream || !stream->stream.data || s->budget == 0)
        return;
    size_t ceiling = MIN(s->budget, MAX_CONTENT_BYTES);
    if (quire_scan_read_stream(s->scan, stream, ceiling, &content, &owned)) {
        read_content(s, fonts, content);
        s->budget -= MIN(content.size, s->budget);
    }
    g_free(owned);
}

static void read_page(study *s, quire_bytes page)
{
    quire_bytes fonts, contents, element;
    if (!find_fonts(s, page, &fonts) || !quire_syntax_find(page, "Contents", &contents))
        return;
    quire_bytes array = contents;
    bool is_array = quire_scan_resolve(s->scan, contents, &array) && array.data[0] == '[';
    if (!is_array) {
        read_stream(s, fonts, contents);
        return;
    }
    quire_syntax elements = {{array.data + 1, array.size - 2}, 0};
    while (quire_syntax_value(&elements, &element))
        read_stream(s, fonts, element);
}

static bool is_page(const quire_found *object)
{
    quire_bytes type;
    return !object->stream.data && quire_syntax_find(object->value, "Type", &type) &&
           quire_syntax_reads_name(type, "Page");
}

GArray *quire_lost_fonts_new(const quire_scan *scan)
{
    g_autoptr(GArray) usages = g_array_new(FALSE, FALSE, sizeof(usage));
    g_autoptr(GHashTable) by_number = g_hash_table_new(NULL, NULL);
    g_autoptr(GHashTable) inherited = g_hash_table_new_full(NULL, NULL, NULL, g_free);
    study s = {scan, usages, by_number, inherited, MAX_BYTES};
    for (guint i = 0; i < scan->objects->len; i++) {
        const quire_found *object = &g_array_index(scan->objects, quire_found, i);
        if (quire_scan_find(scan, object->number) == object && is_page(object))
            read_page(&s, object->value);
    }
    GArray *fonts = g_array_new(FALSE, FALSE, sizeof(quire_lost_font));
    for (guint i = 0; i < usages->len; i++) {
        usage *u = &g_array_index(usages, usage, i);
        u->font.latin = is_latin(u);
        if (u->font.loss != QUIRE_FONT_WHOLE && u->codes > 0)
            g_array_append_val(fonts, u->font);
    }
    return fonts;
}
