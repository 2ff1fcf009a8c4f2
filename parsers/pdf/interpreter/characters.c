/*
 * What a character code says and how wide it is, asked of Poppler once and kept: for simple fonts
 * in a table of 256, for composite ones in a hash by the bytes of the string.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <glib.h>
#include <string.h>

enum { FIRST_CHARS = 256, MAX_CHARS = 1 << 17, LONGEST_TEXT = 64 };

/* ---- Unicode ---- */

static const char *const latin_ligatures[] = {"ff", "fi", "fl", "ffi", "ffl", "st", "st"};

/* Spaces of any width say no more than a space. */
static bool is_blank(uint32_t c)
{
    return c == ' ' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F ||
           c == 0x3000 || (c >= 0x09 && c <= 0x0D);
}

static bool is_no_text(uint32_t c)
{
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || c == QUIRE_REPLACEMENT || c > 0x10FFFF ||
           (c >= 0xD800 && c <= 0xDFFF) || (c & 0xFFFE) == 0xFFFE;
}

/* Producers that took bytes of Windows-1252 for Unicode left control codes where it has these. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178,
};

static bool is_control_1252(uint32_t c)
{
    return c >= 0x80 && c < 0xA0 && windows_1252[c - 0x80];
}

size_t quire_char_put(uint32_t c, char out[QUIRE_CHAR_BYTES])
{
    c = is_control_1252(c) ? windows_1252[c - 0x80] : c;
    if (is_blank(c)) {
        *out = ' ';
        return 1;
    }
    if (is_no_text(c)) {
        return 0;
    }
    if (c >= 0xFB00 && c <= 0xFB06) {
        const char *letters = latin_ligatures[c - 0xFB00];
        memcpy(out, letters, strlen(letters));
        return strlen(letters);
    }
    return quire_utf8_put(c, out);
}

static size_t put_all(const uint32_t *code_points, int count, char out[LONGEST_TEXT])
{
    size_t size = 0;
    for (int i = 0; i < count && size + QUIRE_CHAR_BYTES <= LONGEST_TEXT; i++) {
        size += quire_char_put(code_points[i], out + size);
    }
    return size;
}

/* Accents that stand alone in old encodings, and what they are when they sit on a letter. */
static bool is_accent(uint32_t c)
{
    static const uint16_t accents[] = {'^',   '`',   '~',   0xA8,  0xAF,  0xB4,  0xB8, 0x2C6,
                                       0x2C7, 0x2D8, 0x2D9, 0x2DA, 0x2DB, 0x2DC, 0x2DD};
    for (size_t i = 0; i < sizeof accents / sizeof *accents; i++) {
        if (accents[i] == c) {
            return true;
        }
    }
    return c >= 0x300 && quire_is_combining(c);
}

/* ---- where Unicode came from ---- */

static quire_unicode_source source_of(const quire_pdf_font *font, uint32_t code)
{
    if (font->guessed) {
        return QUIRE_UNICODE_GUESSED;
    }
    if (font->to_unicode) {
        return QUIRE_UNICODE_TOUNICODE;
    }
    if (!font->simple) {
        return QUIRE_UNICODE_ENCODING;
    }
    const char *name = quire_face_glyph_name(font->face, code);
    if (!font->differences || !name) {
        return QUIRE_UNICODE_ENCODING;
    }
    return quire_glyph_name_unicode(name) ? QUIRE_UNICODE_GLYPH_NAME : QUIRE_UNICODE_GUESSED;
}

/* "a.alt", "f_i", "uni0041": names that Adobe's lists do not have but that say what they mean. */
static size_t text_of_name(const char *name, char out[LONGEST_TEXT])
{
    char part[32];
    size_t size = 0;
    const char *end = name + strcspn(name, ".");
    for (const char *at = name; at < end && size + QUIRE_CHAR_BYTES <= LONGEST_TEXT;) {
        size_t length = strcspn(at, "_.");
        if (length == 0 || length >= sizeof part) {
            return 0;
        }
        memcpy(part, at, length);
        part[length] = 0;
        uint32_t c = quire_glyph_name_unicode(part);
        if (!c) {
            return 0;
        }
        size += quire_char_put(c, out + size);
        at += length + (at[length] == '_');
    }
    return size;
}

static bool is_listed(const quire_pdf_font *font, uint32_t code)
{
    return font->simple && code < 256 && (font->listed[code / 8] & 1 << code % 8);
}

/*
 * Some producers map a ligature to one of its letters: "fi" to "i", "Th" to "h". Where /Differences
 * names the glyph by all of them ("fi", "T_h"), the name is right. 0: the map stands.
 */
static size_t text_of_ligature(const quire_pdf_font *font, uint32_t code, const char *mapped,
                               size_t mapped_size, char out[LONGEST_TEXT])
{
    const char *name = is_listed(font, code) ? quire_face_glyph_name(font->face, code) : NULL;
    if (!name || mapped_size != 1) {
        return 0;
    }
    size_t size = text_of_name(name, out);
    bool is_part = size > 1 && (out[size - 1] == *mapped || out[0] == *mapped);
    return is_part ? size : 0;
}

/* ---- one character ---- */

static void set_text(quire_pdf_font *font, quire_char *c, const char *text, size_t size)
{
    c->text = (uint32_t)font->text.count;
    for (size_t i = 0; i < size; i++) {
        char *slot = quire_array_push(&font->text);
        if (!slot) {
            return;
        }
        *slot = text[i];
    }
    c->text_size = (uint16_t)size;
}

static void look_at_text(quire_char *c, const char *text, size_t size)
{
    size_t at = 0;
    uint32_t first = size ? quire_utf8_next(text, size, &at) : 0;
    bool alone = size && at == size;
    if (size && strspn(text, " ") >= size) {
        c->flags |= QUIRE_GLYPH_SPACE;
    }
    if (alone && first == QUIRE_SOFT_HYPHEN) {
        c->flags |= QUIRE_GLYPH_SOFT_HYPHEN;
    }
    c->mark = alone && is_accent(first);
}

/* Codes of which the character can only be guessed; 0: no such code. */
static uint32_t guess(const char *font_name, uint32_t c)
{
    return is_control_1252(c) ? windows_1252[c - 0x80] : quire_symbol_unicode(font_name, c);
}

static size_t read_text(quire_interpreter *in, const quire_pdf_font *font, quire_char *c,
                        const quire_face_char *known, char text[LONGEST_TEXT])
{
    const char *name = in->font_count ? in->font_facts[font->index].name : "";
    uint32_t guessed = known->text_count == 1 ? guess(name, *known->text) : 0;
    size_t size =
        guessed ? quire_char_put(guessed, text) : put_all(known->text, known->text_count, text);
    c->source = guessed ? QUIRE_UNICODE_GUESSED : source_of(font, c->code);
    return size;
}

static void find_text(quire_interpreter *in, quire_pdf_font *font, quire_char *c,
                      const quire_face_char *known)
{
    char text[LONGEST_TEXT + 1] = "";
    size_t size = font->glyph_numbers ? 0 : read_text(in, font, c, known, text);
    if (!size && font->simple) {
        const char *name = quire_face_glyph_name(font->face, c->code);
        size = name ? text_of_name(name, text) : 0;
        c->source = QUIRE_UNICODE_GLYPH_NAME;
    }
    char letters[LONGEST_TEXT];
    size_t more = text_of_ligature(font, c->code, text, size, letters);
    if (more) {
        memcpy(text, letters, more);
        size = more;
        c->source = QUIRE_UNICODE_GLYPH_NAME;
    }
    c->source = size ? c->source : QUIRE_UNICODE_MISSING;
    text[size] = 0;
    look_at_text(c, text, size);
    set_text(font, c, text, size);
}

/* The space of a composite font is known only when it is shown. */
static void learn_space(quire_interpreter *in, const quire_pdf_font *font, const quire_char *c)
{
    quire_font *facts = (quire_font *)&in->font_facts[font->index];
    if (!font->simple && (c->flags & QUIRE_GLYPH_SPACE) && facts->space == 0) {
        facts->space = c->dx;
    }
}

/* What no ToUnicode map, named base encoding or /Differences tells, the font's file tells. */
static bool needs_program(const quire_pdf_font *font, uint8_t code)
{
    return font->simple && !(font->parts & QUIRE_FACE_PROGRAM) && !font->type3 &&
           !font->base_named && !is_listed(font, code) &&
           !(font->covered[code / 8] & 1 << code % 8);
}

static void fill(quire_interpreter *in, quire_pdf_font *font, const uint8_t *bytes, size_t size,
                 quire_char *c)
{
    if (needs_program(font, *bytes)) {
        quire_font_complete(in, font);
    }
    quire_face_char known;
    int used = quire_face_next(font->face, bytes, size, &known);
    *c = (quire_char){.dx = isfinite(known.dx) ? (float)known.dx : 0,
                      .dy = isfinite(known.dy) ? (float)known.dy : 0,
                      .code = known.code,
                      .used = (uint8_t)used};
    find_text(in, font, c, &known);
    if (in->font_count) {
        learn_space(in, font, c);
    }
}

/* ---- the hash of composite fonts ---- */

static quire_char *slot_of(quire_char *chars, size_t capacity, uint32_t key)
{
    size_t mask = capacity - 1;
    size_t at = (key * 2654435761u) >> 8 & mask;
    while (chars[at].used && chars[at].key != key) {
        at = (at + 1) & mask;
    }
    return &chars[at];
}

static void grow(quire_pdf_font *font)
{
    size_t capacity = font->char_capacity ? 2 * font->char_capacity : FIRST_CHARS;
    quire_char *chars = g_new0(quire_char, capacity);
    for (size_t i = 0; i < font->char_capacity; i++) {
        if (font->chars[i].used) {
            *slot_of(chars, capacity, font->chars[i].key) = font->chars[i];
        }
    }
    g_free(font->chars);
    font->chars = chars;
    font->char_capacity = capacity;
}

/* The bytes that decide: up to four, and how many there were. */
static uint32_t key_of(const uint8_t *bytes, size_t size)
{
    return size >= 2 ? (uint32_t)bytes[0] << 8 | bytes[1] : 0x10000u | bytes[0];
}

static const quire_char *composite_char(quire_interpreter *in, quire_pdf_font *font,
                                        const uint8_t *bytes, size_t size)
{
    if (2 * (font->char_count + 1) > font->char_capacity) {
        grow(font);
    }
    uint32_t key = key_of(bytes, size);
    quire_char *c = slot_of(font->chars, font->char_capacity, key);
    if (c->used && c->used <= 2) {
        return c;
    }
    bool new = !c->used;
    fill(in, font, bytes, size, c); /* codes of more than two bytes are asked for every time */
    c->key = key;
    font->char_count += new;
    return c;
}

const quire_char *quire_font_char(quire_interpreter *in, quire_pdf_font *font, const uint8_t *bytes,
                                  size_t size)
{
    if (!font->simple) {
        return composite_char(in, font, bytes, size);
    }
    quire_char *c = &font->chars[*bytes];
    if (!c->used) {
        fill(in, font, bytes, 1, c);
    }
    return c;
}
