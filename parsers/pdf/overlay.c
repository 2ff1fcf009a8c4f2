/*
 * Invisible text over the pictures of pages, so that a scan can be searched and copied from:
 *
 *     page dictionary, changed: /Contents [ q  its own  Q and the text ] /Resources with fonts
 *     the text                  3 Tr  for each word: its matrix, its codes
 *     fonts                     Type 3, glyphs without ink, half an em wide, with /ToUnicode
 *
 * A word is stretched to the box it was read in, and turned back by what its page was turned to be
 * straight. The fonts need no file of a font; each has up to 255 characters of the document.
 */
#include "parsers/pdf/overlay.h"

#include <math.h>
#include <string.h>

#include "parsers/pdf/page_box.h"
#include "parsers/pdf/page_tree.h"
#include "parsers/pdf/update.h"

enum { FONT_CODES = 255, MAX_FONTS = 256 };
#define GLYPH_WIDTH 0.5 /* of an em */
#define DESCENT 0.22f /* of the height of a word's box */

typedef struct overlay_writer {
    quire_pdf *pdf;
    quire_update update;
    GHashTable *codes; /* code point -> 1 + its place among all that occur */
    GArray *characters; /* uint32_t, in order of occurrence */
    int fonts[MAX_FONTS]; /* object numbers */
    int font_count;
    int before; /* object number of the stream that saves the graphics state */
} overlay_writer;

/* ---- characters ---- */

static void note_characters(overlay_writer *w, const quire_overlay_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        for (size_t at = 0; at < words[i].text.size;) {
            uint32_t c = quire_utf8_next(words[i].text.data, words[i].text.size, &at);
            if (g_hash_table_contains(w->codes, GUINT_TO_POINTER(c)) ||
                w->characters->len >= FONT_CODES * MAX_FONTS)
                continue;
            g_array_append_val(w->characters, c);
            g_hash_table_insert(w->codes, GUINT_TO_POINTER(c),
                                GUINT_TO_POINTER(w->characters->len));
        }
    }
}

/* Font and code of a character; false where there is none. */
static bool code_of(const overlay_writer *w, uint32_t c, guint *font, guint *code)
{
    guint place = GPOINTER_TO_UINT(g_hash_table_lookup(w->codes, GUINT_TO_POINTER(c)));
    *font = place ? (place - 1) / FONT_CODES : 0;
    *code = place ? (place - 1) % FONT_CODES + 1 : 0;
    return place > 0;
}

/* ---- fonts ---- */

static void append_utf16(GString *out, uint32_t c)
{
    if (c > 0xFFFF)
        g_string_append_printf(out, "%04X%04X", 0xD7C0 + (c >> 10), 0xDC00 + (c & 0x3FF));
    else
        g_string_append_printf(out, "%04X", c);
}

static int write_cmap(overlay_writer *w, guint first, guint count)
{
    g_autoptr(GString) cmap =
        g_string_new("/CIDInit/ProcSet findresource begin 12 dict begin begincmap\n"
                     "/CMapName/Adobe-Identity-UCS def/CMapType 2 def\n"
                     "1 begincodespacerange<00><FF>endcodespacerange\n");
    for (guint at = 0; at < count; at += 100) { /* as many as one block may have */
        guint end = MIN(count, at + 100);
        g_string_append_printf(cmap, "%u beginbfchar\n", end - at);
        for (guint i = at; i < end; i++) {
            g_string_append_printf(cmap, "<%02X><", i + 1);
            append_utf16(cmap, g_array_index(w->characters, uint32_t, first + i));
            g_string_append(cmap, ">\n");
        }
        g_string_append(cmap, "endbfchar\n");
    }
    g_string_append(cmap, "endcmap CMapName currentdict/CMap defineresource pop end end\n");
    return quire_update_stream(&w->update, "", cmap->str, cmap->len);
}

static void write_font(overlay_writer *w, int glyph, guint first, guint count)
{
    int cmap = write_cmap(w, first, count);
    w->fonts[w->font_count++] = quire_update_begin(&w->update, 0, 0);
    GString *out = w->update.bytes;
    g_string_append_printf(out,
                           "<</Type/Font/Subtype/Type3/Name/Qu%d/FontBBox[0 -200 500 800]"
                           "/FontMatrix[.001 0 0 .001 0 0]/Resources<<>>/FirstChar 1/LastChar %u"
                           "/CharProcs<</g %d 0 R>>/ToUnicode %d 0 R/Encoding<</Type/Encoding"
                           "/Differences[1",
                           w->font_count - 1, count, glyph, cmap);
    for (guint i = 0; i < count; i++)
        g_string_append(out, "/g");
    g_string_append(out, "]>>/Widths[");
    for (guint i = 0; i < count; i++)
        g_string_append(out, "500 ");
    g_string_append(out, "]>>");
    quire_update_end(&w->update);
}

static void write_fonts(overlay_writer *w)
{
    static const char glyph[] = "500 0 0 -200 500 800 d1";
    int number = quire_update_stream(&w->update, "", glyph, strlen(glyph));
    for (guint first = 0; first < w->characters->len; first += FONT_CODES)
        write_font(w, number, first, MIN(FONT_CODES, w->characters->len - first));
    w->before = quire_update_stream(&w->update, "", "q\n", 2);
}

/* ---- words ---- */

static quire_matrix inverse(quire_matrix m)
{
    double d = m.a * m.d - m.b * m.c;
    return (quire_matrix){m.d / d,
                          -m.b / d,
                          -m.c / d,
                          m.a / d,
                          (m.c * m.f - m.d * m.e) / d,
                          (m.b * m.e - m.a * m.f) / d};
}

/* Where the baseline of a word begins, before its page was turned back. */
static quire_point start_of(const quire_overlay_word *word)
{
    quire_box box = word->box;
    float across = DESCENT * quire_box_height(box), down = DESCENT * quire_box_width(box);
    switch (word->rotation) {
    case 90:
        return (quire_point){box.x1 - down, box.y1};
    case 180:
        return (quire_point){box.x1, box.y0 + across};
    case 270:
        return (quire_point){box.x0 + down, box.y0};
    default:
        return (quire_point){box.x0, box.y1 - across};
    }
}

/* From a line one unit long and one high to the word's place on the page as displayed. */
static quire_matrix place_of(const quire_overlay_word *word, size_t length, quire_point centre)
{
    bool upright = word->rotation % 180 == 0;
    double width = quire_box_width(word->box), height = quire_box_height(word->box);
    double along = (upright ? width : height) / (GLYPH_WIDTH * (double)length);
    double size = upright ? height : width;
    double skew = word->skew * G_PI / 180, c = cos(skew), s = sin(skew);
    double angle = (word->rotation - word->skew) * G_PI / 180;
    quire_point start = start_of(word);
    double x = start.x - centre.x, y = start.y - centre.y;
    return (quire_matrix){.a = along * cos(angle),
                          .b = -along * sin(angle),
                          .c = -size * sin(angle),
                          .d = -size * cos(angle),
                          .e = centre.x + x * c + y * s,
                          .f = centre.y - x * s + y * c};
}

static void append_numbers(GString *out, quire_matrix m)
{
    const double numbers[] = {m.a, m.b, m.c, m.d, m.e, m.f};
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    for (size_t i = 0; i < G_N_ELEMENTS(numbers); i++) {
        g_ascii_formatd(digits, sizeof digits, "%.3f", numbers[i]);
        g_string_append(out, digits);
        g_string_append_c(out, ' ');
    }
}

/* The characters as they stand from left to right. */
static GArray *visual_order(quire_text text)
{
    GArray *characters = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    bool from_right = false;
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        from_right |= quire_is_right_to_left(c);
        g_array_append_val(characters, c);
    }
    for (guint i = 0; from_right && i < characters->len / 2; i++) {
        uint32_t *all = (uint32_t *)(void *)characters->data, kept = all[i];
        all[i] = all[characters->len - 1 - i];
        all[characters->len - 1 - i] = kept;
    }
    return characters;
}

static void append_word(GString *out, const overlay_writer *w, const quire_overlay_word *word,
                        quire_matrix to_user, quire_point centre)
{
    g_autoptr(GArray) characters = visual_order(word->text);
    if (characters->len == 0 || quire_box_is_empty(word->box) || quire_box_area(word->box) <= 0)
        return;
    append_numbers(out, quire_matrix_multiply(place_of(word, characters->len, centre), to_user));
    g_string_append(out, "Tm ");
    guint open = G_MAXUINT;
    for (guint i = 0; i < characters->len; i++) {
        guint font, code;
        if (!code_of(w, g_array_index(characters, uint32_t, i), &font, &code))
            continue;
        if (font != open)
            g_string_append_printf(out, "%s/Qu%u 1 Tf <", open == G_MAXUINT ? "" : "> Tj ", font);
        open = font;
        g_string_append_printf(out, "%02X", code);
    }
    g_string_append(out, open == G_MAXUINT ? "\n" : "> Tj\n");
}

static int write_text(overlay_writer *w, const quire_page_source *source,
                      const quire_overlay_word *words, size_t count)
{
    quire_matrix matrix = quire_page_matrix(source);
    quire_box crop = {(float)source->crop[0], (float)source->crop[1], (float)source->crop[2],
                      (float)source->crop[3]};
    quire_box shown = quire_matrix_apply_box(matrix, crop);
    quire_point centre = {(shown.x0 + shown.x1) / 2, (shown.y0 + shown.y1) / 2};
    g_autoptr(GString) text = g_string_new("\nQ\nq BT 3 Tr\n");
    for (size_t i = 0; i < count; i++)
        append_word(text, w, &words[i], inverse(matrix), centre);
    g_string_append(text, "ET Q\n");
    return quire_update_stream(&w->update, "", text->str, text->len);
}

/* ---- pages ---- */

/* References to the page's own streams, as elements of an array. */
static void append_contents(GString *out, const quire_object *dictionary)
{
    const quire_object *raw = quire_object_find_raw(dictionary, "Contents");
    const quire_object *contents = quire_object_find(dictionary, "Contents");
    if (quire_object_kind(contents) != QUIRE_OBJECT_ARRAY) {
        if (contents)
            quire_update_write(out, raw, 0);
        return;
    }
    for (int i = 0; i < quire_object_count(contents); i++) {
        quire_update_write(out, quire_object_at_raw(contents, i), 0);
        g_string_append_c(out, ' ');
    }
}

static void append_resources(GString *out, const overlay_writer *w, const quire_object *resources)
{
    static const char *const fonts[] = {"Font", NULL};
    g_string_append(out, "/Resources<<");
    if (resources)
        quire_update_write_entries(out, resources, fonts, 0);
    g_string_append(out, "/Font<<");
    const quire_object *own = resources ? quire_object_find(resources, "Font") : NULL;
    if (quire_object_kind(own) == QUIRE_OBJECT_DICTIONARY)
        quire_update_write_entries(out, own, NULL, 0);
    for (int i = 0; i < w->font_count; i++)
        g_string_append_printf(out, "/Qu%d %d 0 R", i, w->fonts[i]);
    g_string_append(out, ">>>>\n");
}

static void write_page(overlay_writer *w, const quire_page_source *source, int text)
{
    static const char *const changed[] = {"Contents", "Resources", NULL};
    quire_update_begin(&w->update, source->object, source->generation);
    GString *out = w->update.bytes;
    g_string_append(out, "<<");
    quire_update_write_entries(out, source->dictionary, changed, 0);
    append_resources(out, w, source->resources);
    g_string_append_printf(out, "/Contents[%d 0 R ", w->before);
    append_contents(out, source->dictionary);
    g_string_append_printf(out, " %d 0 R]>>", text);
    quire_update_end(&w->update);
}

static void write_pages(overlay_writer *w, const quire_overlay_word *words, size_t count)
{
    for (size_t i = 0; i < count;) {
        size_t end = i;
        while (end < count && words[end].page == words[i].page)
            end++;
        quire_page_source source;
        size_t mark = quire_objects_mark(w->pdf->objects);
        if (quire_page_tree_find(w->pdf->pages, words[i].page, &source) && source.object > 0)
            write_page(w, &source, write_text(w, &source, words + i, end - i));
        quire_objects_release(w->pdf->objects, mark);
        i = end;
    }
}

quire_status quire_pdf_overlay(quire_pdf *pdf, quire_bytes file, const quire_overlay_word *words,
                               size_t count, quire_sink *sink, quire_error *error)
{
    quire_objects_facts facts = quire_objects_read_facts(pdf->objects);
    if (count > 0 && facts.encrypted)
        return quire_fail(error, QUIRE_UNSUPPORTED, "overlay", 0,
                          "text cannot be added to an encrypted file; decrypt it first");
    if (count > 0 && (facts.repaired || pdf->recovered))
        return quire_fail(error, QUIRE_UNSUPPORTED, "overlay", 0,
                          "text cannot be added to a damaged file; repair it first (qpdf)");
    quire_status status = QUIRE_OK;
    overlay_writer w = {.pdf = pdf};
    quire_update_init(&w.update, pdf, file.size);
    w.codes = g_hash_table_new(NULL, NULL);
    w.characters = g_array_new(FALSE, FALSE, sizeof(uint32_t));
    if (count > 0) {
        note_characters(&w, words, count);
        write_fonts(&w);
        write_pages(&w, words, count);
        status = quire_update_finish(&w.update, pdf, file, error);
    }
    if (status == QUIRE_OK)
        quire_sink_write(sink, file.data, file.size);
    if (status == QUIRE_OK && count > 0)
        quire_sink_write(sink, w.update.bytes->str, w.update.bytes->len);
    quire_update_clear(&w.update);
    g_hash_table_unref(w.codes);
    g_array_unref(w.characters);
    return status;
}
