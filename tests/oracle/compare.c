/*
 * Compares our interpreter with Poppler's, glyph by glyph: code, text, origin, advance, and the
 * ascent and descent of the font.
 *
 *     compare --explained differences.md FILE...
 *
 * Every difference has a name; one that has no section of that name in the given file fails the
 * run, as does one that nobody thought of.
 */
#include <glib.h>
#include <stdio.h>
#include <string.h>

#include "oracle.h"
#include "parsers/parser.h"

#define PLACE 0.05 /* points on a page of 1000: Poppler works in double, we keep float */
#define METRIC 0.002 /* of an em */
#define MOST_ASCENT 1.05
#define MOST_DESCENT (-0.5)

/* Told on standard output with ORACLE_TELL=1 in the environment; those from CODE_DIFFERS on always.
 */
typedef enum difference {
    SAME = 0,
    SPACE_FOLDED,
    LIGATURE_EXPANDED,
    LIGATURE_NAMED,
    NO_TEXT,
    GLYPH_NUMBER,
    NAME_READ,
    CONTROL_READ,
    SYMBOL_GUESSED,
    ACCENT_MERGED,
    ACTUAL_TEXT,
    USUAL_METRICS,
    UNEMBEDDED_METRICS,
    NOT_OPENED,
    PAGE_UNREAD,
    PAGES_RECOVERED,
    DAMAGED_STREAM,
    BUDGET,
    CODE_DIFFERS,
    TEXT_DIFFERS,
    PLACE_DIFFERS,
    METRICS_DIFFER,
    COUNT_DIFFERS,
    DIFFERENCES,
} difference;

static const char *const names[DIFFERENCES] = {
    [SAME] = "same",
    [SPACE_FOLDED] = "space_folded",
    [LIGATURE_EXPANDED] = "ligature_expanded",
    [LIGATURE_NAMED] = "ligature_named",
    [NO_TEXT] = "no_text",
    [GLYPH_NUMBER] = "glyph_number",
    [NAME_READ] = "name_read",
    [CONTROL_READ] = "control_read",
    [SYMBOL_GUESSED] = "symbol_guessed",
    [ACCENT_MERGED] = "accent_merged",
    [ACTUAL_TEXT] = "actual_text",
    [USUAL_METRICS] = "usual_metrics",
    [UNEMBEDDED_METRICS] = "unembedded_metrics",
    [NOT_OPENED] = "not_opened",
    [PAGE_UNREAD] = "page_unread",
    [PAGES_RECOVERED] = "pages_recovered",
    [DAMAGED_STREAM] = "damaged_stream",
    [BUDGET] = "budget",
    [CODE_DIFFERS] = "code_differs",
    [TEXT_DIFFERS] = "text_differs",
    [PLACE_DIFFERS] = "place_differs",
    [METRICS_DIFFER] = "metrics_differ",
    [COUNT_DIFFERS] = "count_differs",
};

typedef struct comparison {
    size_t counts[DIFFERENCES]; /* of glyphs; of pages or files where no glyph is meant */
    size_t files, pages, glyphs;
    const char *path;
    int page;
    bool damaged; /* our parser reported a damaged stream on this page */
    size_t told; /* lines printed for this file */
} comparison;

static void tell(comparison *c, difference d, size_t index, const char *detail)
{
    c->counts[d]++;
    if ((d >= CODE_DIFFERS || g_getenv("ORACLE_TELL")) && c->told++ < 3) {
        printf("%s page %d glyph %zu: %s %s\n", c->path, c->page, index, names[d], detail);
    }
}

static void note_issue(void *user, const quire_issue *issue)
{
    comparison *c = user;
    c->damaged |= !strcmp(issue->code, "damaged_stream");
}

/* ---- text ---- */

static bool is_blank(uint32_t c)
{
    return quire_is_space(c) || c == 0xA0;
}

static size_t utf8_of(const oracle_glyph *theirs, char *out)
{
    size_t size = 0;
    for (int i = 0; i < theirs->text_count; i++) {
        size += quire_utf8_put(theirs->text[i], out + size);
    }
    return size;
}

static bool has_ligature(const oracle_glyph *theirs)
{
    for (int i = 0; i < theirs->text_count; i++) {
        if (theirs->text[i] >= 0xFB00 && theirs->text[i] <= 0xFB06) {
            return true;
        }
    }
    return false;
}

static bool is_unreadable(const oracle_glyph *theirs)
{
    for (int i = 0; i < theirs->text_count; i++) {
        uint32_t c = theirs->text[i];
        if (c >= 0x20 && !(c >= 0x7F && c < 0xA0) && c != QUIRE_REPLACEMENT &&
            !(c >= 0xD800 && c < 0xE000) && (c & 0xFFFE) != 0xFFFE) {
            return false;
        }
    }
    return true;
}

static bool is_glyph_number(const quire_page *page, const quire_glyph *ours,
                            const oracle_glyph *theirs)
{
    const quire_font *font = &page->fonts[page->styles[ours->style].font];
    return ours->text_size == 0 && theirs->text_count == 1 && theirs->text[0] == ours->code &&
           (font->flags & QUIRE_FONT_CID) && !(font->flags & QUIRE_FONT_TOUNICODE);
}

typedef struct text_pair {
    const quire_page *page;
    const quire_glyph *ours;
    const oracle_glyph *theirs;
    quire_text text; /* ours */
    char expected[4 * ORACLE_MAX_TEXT]; /* theirs */
    size_t size;
} text_pair;

static bool says_more(const text_pair *p)
{
    bool longer =
        p->size > 0 && p->text.size > p->size && !memcmp(p->text.data, p->expected, p->size);
    return (p->ours->flags & QUIRE_GLYPH_COMBINING) || longer;
}

static bool is_replaced(const text_pair *p)
{
    return p->ours->source == QUIRE_UNICODE_ACTUAL_TEXT;
}

static bool is_numbered(const text_pair *p)
{
    return is_glyph_number(p->page, p->ours, p->theirs);
}

static bool is_folded_blank(const text_pair *p)
{
    return p->theirs->text_count == 1 && is_blank(p->theirs->text[0]) && p->text.size == 1 &&
           *p->text.data == ' ';
}

static bool is_expanded(const text_pair *p)
{
    return has_ligature(p->theirs) && p->text.size > 1;
}

static bool is_named(const text_pair *p)
{
    return p->ours->source == QUIRE_UNICODE_GLYPH_NAME && p->theirs->text_count == 1 &&
           memchr(p->text.data, (int)p->theirs->text[0], p->text.size);
}

static bool has_no_text(const text_pair *p)
{
    return is_unreadable(p->theirs) && p->text.size == 0;
}

static bool is_symbol(const text_pair *p)
{
    return p->theirs->text_count == 1 && quire_is_private(p->theirs->text[0]) &&
           p->ours->source == QUIRE_UNICODE_GUESSED;
}

static bool is_guessed(const text_pair *p)
{
    return is_unreadable(p->theirs) && p->ours->source == QUIRE_UNICODE_GUESSED;
}

static bool is_read_by_name(const text_pair *p)
{
    return is_unreadable(p->theirs);
}

static difference compare_text(const quire_page *page, const quire_glyph *ours,
                               const oracle_glyph *theirs)
{
    static const struct {
        bool (*holds)(const text_pair *p);
        difference name;
    } explanations[] = {
        {is_replaced, ACTUAL_TEXT},       {says_more, ACCENT_MERGED},
        {is_numbered, GLYPH_NUMBER},      {is_folded_blank, SPACE_FOLDED},
        {is_expanded, LIGATURE_EXPANDED}, {is_named, LIGATURE_NAMED},
        {is_symbol, SYMBOL_GUESSED},      {has_no_text, NO_TEXT},
        {is_guessed, CONTROL_READ},       {is_read_by_name, NAME_READ},
    };
    text_pair p = {page, ours, theirs, quire_glyph_text(page, ours), "", 0};
    p.size = utf8_of(theirs, p.expected);
    if (p.text.size == p.size && !memcmp(p.text.data, p.expected, p.size)) {
        return SAME;
    }
    for (size_t i = 0; i < sizeof explanations / sizeof *explanations; i++) {
        if (explanations[i].holds(&p)) {
            return explanations[i].name;
        }
    }
    return TEXT_DIFFERS;
}

/* ---- glyphs ---- */

static bool is_near(double a, double b)
{
    return fabs(a - b) <= PLACE * fmax(1, fabs(b) / 1000);
}

static difference compare_metrics(const quire_font *font, const oracle_glyph *theirs)
{
    if (theirs->type3) {
        return SAME;
    }
    double ascent = fmin(theirs->ascent, MOST_ASCENT),
           descent = fmax(theirs->descent, MOST_DESCENT);
    if (fabs(font->ascent - ascent) <= METRIC && fabs(font->descent - descent) <= METRIC) {
        return SAME;
    }
    if (theirs->ascent <= 0 || theirs->descent > 0) {
        return USUAL_METRICS;
    }
    return font->flags & QUIRE_FONT_EMBEDDED ? METRICS_DIFFER : UNEMBEDDED_METRICS;
}

static void compare_glyph(comparison *c, const quire_page *page, const quire_glyph *ours,
                          const oracle_glyph *theirs, size_t index)
{
    char detail[160];
    double unit = page->user_unit;
    c->glyphs++;
    if (ours->code != theirs->code) {
        snprintf(detail, sizeof detail, "%u, not %u", ours->code, theirs->code);
        tell(c, CODE_DIFFERS, index, detail);
        return;
    }
    if (!is_near(ours->origin.x / unit, theirs->x) || !is_near(ours->origin.y / unit, theirs->y) ||
        !is_near(ours->advance.x / unit, theirs->dx) ||
        !is_near(ours->advance.y / unit, theirs->dy)) {
        snprintf(detail, sizeof detail, "%g %g + %g %g, not %g %g + %g %g", ours->origin.x / unit,
                 ours->origin.y / unit, ours->advance.x / unit, ours->advance.y / unit, theirs->x,
                 theirs->y, theirs->dx, theirs->dy);
        tell(c, PLACE_DIFFERS, index, detail);
    }
    difference metrics = compare_metrics(&page->fonts[page->styles[ours->style].font], theirs);
    if (metrics) {
        const quire_font *font = &page->fonts[page->styles[ours->style].font];
        snprintf(detail, sizeof detail, "%s: %g %g, not %g %g", font->name, font->ascent,
                 font->descent, theirs->ascent, theirs->descent);
        tell(c, metrics, index, detail);
    }
    difference text = compare_text(page, ours, theirs);
    if (text) {
        quire_text own = quire_glyph_text(page, ours);
        snprintf(detail, sizeof detail, "'%.*s', not U+%04X (%d)", (int)own.size, own.data,
                 theirs->text_count ? theirs->text[0] : 0, theirs->text_count);
        tell(c, text, index, detail);
    } else if (!metrics) {
        c->counts[SAME]++;
    }
}

/* What Poppler does not draw: annotations (left out there) and layers that are off. */
static bool is_compared(const quire_glyph *glyph)
{
    return !(glyph->flags & (QUIRE_GLYPH_ANNOTATION | QUIRE_GLYPH_LAYER_OFF));
}

static void compare_page(comparison *c, const quire_page *page, const oracle_glyph *theirs,
                         size_t count)
{
    size_t index = 0, ours = 0;
    for (size_t i = 0; i < page->glyph_count; i++) {
        ours += is_compared(&page->glyphs[i]);
    }
    c->pages++;
    if (ours != count) {
        char detail[64];
        snprintf(detail, sizeof detail, "%zu, not %zu", ours, count);
        difference d = c->damaged                    ? DAMAGED_STREAM
                       : page->status == QUIRE_LIMIT ? BUDGET
                                                     : COUNT_DIFFERS;
        tell(c, d, 0, detail);
        if (d != COUNT_DIFFERS) {
            return;
        }
    }
    for (size_t i = 0; i < page->glyph_count && index < count; i++) {
        if (is_compared(&page->glyphs[i])) {
            compare_glyph(c, page, &page->glyphs[i], &theirs[index], index);
            index++;
        }
    }
}

/* ---- files ---- */

static void compare_pages(comparison *c, const quire_parser *parser, quire_reader *reader,
                          oracle *theirs)
{
    int pages = parser->facts(reader)->page_count;
    if (pages != oracle_pages(theirs) || parser->facts(reader)->recovered) {
        c->counts[PAGES_RECOVERED]++;
        return;
    }
    quire_arena *arena = quire_arena_new(0);
    for (c->page = 1; c->page <= pages; c->page++) {
        quire_page page;
        size_t count;
        c->damaged = false;
        quire_arena_clear(arena);
        parser->parse_page(reader, c->page, arena, &page);
        const oracle_glyph *glyphs = oracle_page(theirs, c->page, &count);
        if (glyphs) {
            compare_page(c, &page, glyphs, count);
        } else {
            c->counts[PAGE_UNREAD]++;
        }
    }
    quire_arena_free(arena);
}

static void compare_file(comparison *c, const char *path)
{
    quire_file file;
    quire_reader *reader = NULL;
    quire_parse_options options = {.user = c, .on_issue = note_issue};
    if (quire_file_open(&file, path, QUIRE_MAX_FILE_BYTES, NULL) != QUIRE_OK) {
        c->counts[NOT_OPENED]++;
        return;
    }
    c->files++;
    c->path = path;
    c->told = 0;
    const quire_parser *parser = quire_parser_find(file.bytes);
    oracle *theirs = parser ? oracle_open(file.bytes.data, file.bytes.size) : NULL;
    if (parser) {
        parser->open(file.bytes, &options, &reader, NULL);
    }
    if (reader && theirs) {
        compare_pages(c, parser, reader, theirs);
    } else {
        c->counts[NOT_OPENED]++;
    }
    if (reader) {
        parser->close(reader);
    }
    oracle_close(theirs);
    quire_file_close(&file);
}

/* True when every difference that was met has its section in the list. */
static bool is_explained(const comparison *c, const char *list)
{
    bool all = true;
    for (int d = SAME + 1; d < DIFFERENCES; d++) {
        g_autofree char *heading = g_strdup_printf("\n## %s\n", names[d]);
        bool explained = strstr(list, heading) != NULL;
        if (c->counts[d]) {
            printf("%8zu %s%s\n", c->counts[d], names[d], explained ? "" : " (not explained)");
            all &= explained;
        }
    }
    return all;
}

int main(int argc, char **argv)
{
    g_autofree char *list = NULL;
    if (argc < 4 || strcmp(argv[1], "--explained") != 0 ||
        !g_file_get_contents(argv[2], &list, NULL, NULL)) {
        fprintf(stderr, "usage: compare --explained differences.md FILE...\n");
        return 2;
    }
    comparison c = {0};
    for (int i = 3; i < argc; i++) {
        compare_file(&c, argv[i]);
    }
    printf("%zu files, %zu pages, %zu glyphs, %zu the same in all\n", c.files, c.pages, c.glyphs,
           c.counts[SAME]);
    return is_explained(&c, list) && c.pages > 0 ? 0 : 1;
}
