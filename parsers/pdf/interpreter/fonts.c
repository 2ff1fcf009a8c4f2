/*
 * Fonts, built on first use and kept for the document: by object number, or, for those that stand
 * directly in a resource dictionary, by fingerprint. What pages refer to (names, metrics) stays;
 * Poppler's part of a font that no page used for long is closed, and reopened when needed.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <glib.h>
#include <stdlib.h>
#include <string.h>

enum {
    MAX_OPEN_FACES = 192, /* of a document; about 30 KB each */
    MAX_FONTS = 1000 * 1000,
    FIRST_FONTS = 16,
    SIMPLE_CODES = 256,
};

#define USUAL_ASCENT 0.8
#define USUAL_DESCENT (-0.2)
#define MOST_ASCENT 1.05 /* as Poppler's own text output limits it */
#define MOST_DESCENT (-0.5)
#define ABSURD 3.0 /* ems: a descriptor that says more is not believed */

typedef struct font_cache {
    GHashTable *by_key; /* to quire_pdf_font, which it owns */
    GPtrArray *open; /* of quire_pdf_font: those with a face */
    quire_font *facts; /* in the document's arena; moved when it grows, the old ones stay */
    size_t count, capacity;
    quire_pdf_font *hopeless; /* stands for any that cannot be made */
    uint32_t stand_in; /* index + 1 of the font of stand-ins, 0: there is none yet */
} font_cache;

static void close_face(quire_pdf_font *font)
{
    quire_face_close(font->face);
    g_free(font->chars);
    quire_array_clear(&font->text);
    font->face = NULL;
    font->chars = NULL;
    font->char_count = font->char_capacity = 0;
}

static void font_free(void *memory)
{
    close_face(memory);
    g_free(memory);
}

void quire_fonts_init(quire_interpreter *in)
{
    font_cache *cache = g_new0(font_cache, 1);
    cache->by_key = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, font_free);
    cache->open = g_ptr_array_new();
    cache->hopeless = g_new0(quire_pdf_font, 1);
    in->fonts = cache;
}

void quire_fonts_clear(quire_interpreter *in)
{
    font_cache *cache = in->fonts;
    g_ptr_array_free(cache->open, TRUE);
    g_hash_table_destroy(cache->by_key);
    g_free(cache->hopeless);
    g_free(cache);
}

static int by_last_page(const void *a, const void *b)
{
    const quire_pdf_font *one = *(quire_pdf_font *const *)a, *other = *(quire_pdf_font *const *)b;
    return (one->page < other->page) - (one->page > other->page);
}

void quire_fonts_trim(quire_interpreter *in)
{
    font_cache *cache = in->fonts;
    if (cache->open->len <= MAX_OPEN_FACES) {
        return;
    }
    g_ptr_array_sort(cache->open, by_last_page);
    while (cache->open->len > MAX_OPEN_FACES / 2) {
        close_face(g_ptr_array_steal_index(cache->open, cache->open->len - 1));
    }
}

/* ---- facts ---- */

static quire_font *add_facts(quire_interpreter *in)
{
    font_cache *cache = in->fonts;
    if (cache->count == cache->capacity) {
        size_t capacity = cache->capacity ? 2 * cache->capacity : FIRST_FONTS;
        quire_font *moved = quire_arena_array(in->pdf->arena, quire_font, capacity);
        if (!moved) {
            return NULL;
        }
        if (cache->count) {
            memcpy(moved, cache->facts, cache->count * sizeof *moved);
        }
        cache->facts = moved;
        cache->capacity = capacity;
    }
    in->font_facts = cache->facts;
    in->font_count = ++cache->count;
    return &cache->facts[cache->count - 1];
}

static float limited(double value, double low, double high)
{
    return (float)fmin(fmax(value, low), high);
}

static void measure_box(const quire_face_facts *face, quire_pdf_font *font)
{
    double top = face->box[3] * face->matrix[3], bottom = face->box[1] * face->matrix[3];
    bool usable = top > bottom && top - bottom > 0.3 && top - bottom < 4;
    font->ascent = limited(usable ? top : USUAL_ASCENT, 0.3, MOST_ASCENT);
    font->descent = limited(usable ? bottom : USUAL_DESCENT, MOST_DESCENT, 0);
}

/* Of an embedded font the descriptor is believed, whatever a standard font of its name has. */
static void measure(const quire_face_facts *face, const quire_object *descriptor,
                    quire_pdf_font *font)
{
    font->em = 1;
    if (face->type3) {
        measure_box(face, font);
        return;
    }
    double ascent = face->ascent, descent = face->descent;
    if (quire_font_is_embedded(descriptor)) {
        double up = fabs(quire_object_find_number(descriptor, "Ascent", 1000 * ascent)) / 1000;
        double down = -fabs(quire_object_find_number(descriptor, "Descent", 1000 * descent)) / 1000;
        ascent = up > 0 && up < ABSURD ? up : ascent;
        descent = down < 0 && down > -ABSURD ? down : descent;
    }
    font->ascent = limited(ascent > 0 ? ascent : USUAL_ASCENT, 0, MOST_ASCENT);
    font->descent = limited(descent, MOST_DESCENT, 0);
}

static float width_of(const quire_pdf_font *font, uint8_t code)
{
    quire_face_char c;
    quire_face_next(font->face, &code, 1, &c);
    return isfinite(c.dx) ? (float)c.dx : 0;
}

/*
 * A Type 3 font may have any unit. Where its lower-case letters are not about half an em wide, the
 * unit is taken from them (bitmap fonts of TeX use pixels).
 */
static void measure_type3_unit(quire_pdf_font *font)
{
    double sum = 0;
    int letters = 0;
    for (uint8_t code = 'a'; code <= 'z'; code++) {
        float width = width_of(font, code);
        sum += width > 0 ? width : 0;
        letters += width > 0;
    }
    double em = letters ? 2 * sum / letters : 0;
    if (em > 0 && (em < 0.5 || em > 2)) {
        font->em = (float)em;
        font->ascent = USUAL_ASCENT;
        font->descent = USUAL_DESCENT;
    }
}

/* Of a composite font it is told by the first space that is shown. */
static float space_width(const quire_pdf_font *font)
{
    return font->simple ? width_of(font, ' ') / font->em : 0;
}

/* Equal widths of narrow and wide letters, where the file is silent. */
static bool has_equal_widths(const quire_pdf_font *font)
{
    static const uint8_t codes[] = {'i', 'l', 'm', 'W'};
    if (!font->simple || font->type3) {
        return false;
    }
    float width = 0;
    for (size_t i = 0; i < sizeof codes; i++) {
        float own = width_of(font, codes[i]);
        if (own <= 0 || (width > 0 && own != width)) {
            return false;
        }
        width = own;
    }
    return true;
}

/* ---- opening ---- */

static void read_encoding(const quire_object *dictionary, quire_pdf_font *font)
{
    const quire_object *encoding = quire_object_find(dictionary, "Encoding");
    const quire_object *differences = quire_object_find(encoding, "Differences");
    const quire_object *base = encoding;
    if (quire_object_kind(encoding) == QUIRE_OBJECT_DICTIONARY) {
        base = quire_object_find(encoding, "BaseEncoding");
    }
    font->base_named = quire_object_is_name(base, "WinAnsiEncoding") ||
                       quire_object_is_name(base, "MacRomanEncoding") ||
                       quire_object_is_name(base, "MacExpertEncoding");
    font->differences = differences != NULL;
    quire_differences_read(differences, font->listed);
}

/*
 * Codes of Identity-H over an "Identity" collection are glyph numbers of this very font file:
 * without a ToUnicode map nothing says what they read (PDF 32000-1, 9.10.2). Poppler takes the
 * numbers for characters. A map from codes to glyphs leaves the codes free to be characters after
 * all.
 */
static bool has_glyph_numbers(const quire_object *dictionary)
{
    const quire_object *encoding = quire_object_find(dictionary, "Encoding");
    const quire_object *descendants = quire_object_find(dictionary, "DescendantFonts");
    const quire_object *holder = quire_object_at(descendants, 0);
    const quire_object *map = quire_object_find(holder, "CIDToGIDMap");
    const quire_object *info = quire_object_find(holder, "CIDSystemInfo");
    size_t size;
    const char *ordering = quire_object_string(quire_object_find(info, "Ordering"), &size);
    bool is_identity = size == 8 && !memcmp(ordering, "Identity", 8);
    bool is_direct = quire_object_is_name(encoding, "Identity-H") ||
                     quire_object_is_name(encoding, "Identity-V");
    return is_identity && is_direct && quire_object_kind(map) != QUIRE_OBJECT_STREAM;
}

static unsigned affordable_parts(quire_interpreter *in, const quire_object *dictionary,
                                 uint8_t covered[SIMPLE_CODES / 8])
{
    uint8_t unused[SIMPLE_CODES / 8];
    if (quire_cmap_is_affordable(quire_object_find(dictionary, "ToUnicode"), covered) &&
        quire_cmap_is_affordable(quire_object_find(dictionary, "Encoding"), unused)) {
        return QUIRE_FACE_CMAPS;
    }
    quire_pdf_issue(in->pdf, "cmap_too_large", QUIRE_WARNING, in->pdf->page,
                    "a font's map of codes to characters is too large to be meant, and left out");
    memset(covered, 0, SIMPLE_CODES / 8);
    return 0;
}

static bool open_face(quire_interpreter *in, const quire_object *dictionary,
                      const quire_object *descriptor, quire_pdf_font *font)
{
    font_cache *cache = in->fonts;
    font->objects = in->pdf->objects;
    font->parts = affordable_parts(in, dictionary, font->covered);
    if (font->object < 0) {
        font->parts |= QUIRE_FACE_PROGRAM; /* a direct font cannot be fetched again */
    }
    font->face =
        quire_face_open(font->objects, dictionary, font->object, font->generation, font->parts);
    if (!font->face) {
        return false;
    }
    quire_face_facts face = quire_face_read_facts(font->face);
    font->simple = !face.composite;
    font->vertical = face.vertical;
    font->type3 = face.type3;
    font->to_unicode = face.to_unicode;
    if (font->simple) {
        read_encoding(dictionary, font);
        font->chars = g_new0(quire_char, SIMPLE_CODES);
    } else {
        font->glyph_numbers = !font->to_unicode && has_glyph_numbers(dictionary);
    }
    measure(&face, descriptor, font);
    if (font->type3) {
        measure_type3_unit(font);
    }
    font->opened = true;
    g_ptr_array_add(cache->open, font);
    return true;
}

void quire_font_complete(quire_interpreter *in, quire_pdf_font *font)
{
    font->parts |= QUIRE_FACE_PROGRAM;
    quire_objects *objects = in->pdf->objects;
    const quire_object *dictionary = quire_objects_fetch(objects, font->object, font->generation);
    quire_face *face =
        quire_face_open(objects, dictionary, font->object, font->generation, font->parts);
    if (face) {
        quire_face_close(font->face);
        font->face = face;
    }
}

static void describe(quire_interpreter *in, const quire_object *descriptor, quire_pdf_font *font)
{
    quire_font *facts = add_facts(in);
    if (!facts) {
        return;
    }
    font->index = (uint32_t)(in->font_count - 1);
    quire_face_facts face = quire_face_read_facts(font->face);
    quire_font_describe(in, &face, descriptor, facts);
    facts->ascent = font->ascent;
    facts->descent = font->descent;
    facts->object = font->object;
    facts->space = space_width(font);
    if (has_equal_widths(font)) {
        facts->flags |= QUIRE_FONT_MONOSPACE;
    }
}

static int by_number(const void *a, const void *b)
{
    const int32_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool is_guessed(const quire_pdf *pdf, int number)
{
    int32_t key = number;
    return pdf->guessed_font_count > 0 && bsearch(&key, pdf->guessed_fonts, pdf->guessed_font_count,
                                                  sizeof key, by_number) != NULL;
}

static quire_pdf_font *font_new(quire_interpreter *in, const quire_object *dictionary, int number,
                                int generation, int64_t key)
{
    font_cache *cache = in->fonts;
    if (cache->count >= MAX_FONTS) {
        return cache->hopeless;
    }
    quire_pdf_font *font = g_new0(quire_pdf_font, 1);
    font->object = number;
    font->generation = generation;
    font->guessed = is_guessed(in->pdf, number);
    const quire_object *descriptor = quire_font_descriptor(dictionary);
    if (open_face(in, dictionary, descriptor, font)) {
        describe(in, descriptor, font);
    }
    int64_t *own_key = g_new(int64_t, 1);
    *own_key = key;
    g_hash_table_insert(cache->by_key, own_key, font);
    return font;
}

quire_pdf_font *quire_fonts_find(quire_interpreter *in, const quire_object *raw)
{
    font_cache *cache = in->fonts;
    int number = -1, generation = 0;
    bool direct = !quire_object_reference(raw, &number, &generation);
    int64_t key = direct ? (int64_t)(quire_object_fingerprint(raw, 0) | 1ull << 63)
                         : (int64_t)number << 16 | (generation & 0xFFFF);
    quire_pdf_font *font = g_hash_table_lookup(cache->by_key, &key);
    if (!font) {
        return font_new(in, quire_object_target(raw), number, generation, key);
    }
    if (!font->face && font->opened) { /* closed meanwhile */
        const quire_object *dictionary = quire_object_target(raw);
        open_face(in, dictionary, quire_font_descriptor(dictionary), font);
    }
    return font;
}

uint32_t quire_fonts_stand_in(quire_interpreter *in)
{
    font_cache *cache = in->fonts;
    if (cache->stand_in == 0) {
        quire_font *facts = add_facts(in);
        if (!facts) {
            return 0;
        }
        *facts = (quire_font){.name = "",
                              .family = "",
                              .weight = 400,
                              .ascent = 0.78f,
                              .descent = -0.22f,
                              .space = 0.28f,
                              .object = -1};
        cache->stand_in = (uint32_t)in->font_count;
    }
    return cache->stand_in - 1;
}
