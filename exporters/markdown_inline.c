/*
 * Inline Markdown of one element: its text in pieces of one look each, with markers around them.
 *
 *     runs of the model     [bold "two "][bold "words"] and a [link "place"]
 *     pieces                {bold "two words"}{" and a "}{link "place"}
 *     Markdown              **two words** and a [place](https://example.org/)
 *
 * Markers that CommonMark would not take as such (its rules of flanking) are left out, as is
 * emphasis that covers a whole element and so tells nothing apart.
 */
#include "exporters/inner.h"

#include <string.h>

typedef struct inline_piece {
    size_t start, end; /* bytes of the text */
    uint32_t flags; /* quire_run_flag */
    int32_t link; /* -1: none */
    uint32_t note, note_count; /* of the footnotes that it calls; note 0: none */
} inline_piece;

enum {
    MARKED = QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC | QUIRE_RUN_MONOSPACE | QUIRE_RUN_SUPERSCRIPT |
             QUIRE_RUN_SUBSCRIPT | QUIRE_RUN_STRIKE,
    PLAIN_WHEN_WHOLE = QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC | QUIRE_RUN_MONOSPACE,
    MAX_URI = 4096, /* bytes; longer links are left out */
};

static bool is_blank(quire_text text, size_t start, size_t end)
{
    for (size_t at = start; at < end; at++) {
        if (!g_ascii_isspace(text.data[at]))
            return false;
    }
    return true;
}

/* ---- pieces ---- */

/* Where a link leads, if Markdown should say so: schemes that a reader may follow safely. */
static const char *link_target(const quire_document *document, int32_t link)
{
    static const char *const schemes[] = {"http://", "https://", "mailto:", "ftp://", "tel:"};
    if (link < 0)
        return NULL;
    const char *uri = document->links.items[link].uri;
    for (size_t i = 0; uri && i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(uri, schemes[i], strlen(schemes[i])) == 0)
            return strlen(uri) <= MAX_URI ? uri : NULL;
    }
    return NULL;
}

/* Without what people leave out of an address: scheme and final slash. */
static quire_text bare_address(quire_text address)
{
    static const char *const prefixes[] = {"http://", "https://", "mailto:", "ftp://", "tel:"};
    for (size_t i = 0; i < G_N_ELEMENTS(prefixes); i++) {
        size_t size = strlen(prefixes[i]);
        if (address.size >= size && g_ascii_strncasecmp(address.data, prefixes[i], size) == 0) {
            address.data += size;
            address.size -= size;
        }
    }
    if (address.size > 0 && address.data[address.size - 1] == '/')
        address.size--;
    return address;
}

/* A link that shows its own address says nothing more as a link. */
static bool shows_address(const char *uri, quire_text text)
{
    return quire_text_equal(bare_address(quire_text_of(uri)), bare_address(text));
}

/* The part of a run that lies in `text`, which is a part of the element's; false: none. */
static bool run_within(const quire_element *element, quire_text text, size_t index,
                       inline_piece *piece)
{
    const quire_run *run = &element->runs[index];
    size_t offset = (size_t)(text.data - element->text.data);
    if (run->end <= offset || run->start >= offset + text.size)
        return false;
    *piece = (inline_piece){
        .start = run->start > offset ? run->start - offset : 0,
        .end = MIN(run->end - offset, text.size),
        .flags =
            run->flags & (element->type == QUIRE_FORMULA ? MARKED & ~PLAIN_WHEN_WHOLE : MARKED),
        .link = run->link,
        .note = run->note,
        .note_count = run->note_count};
    return true;
}

/* What all of the text's letters share tells nothing apart; raised ones, which are often set by
 * themselves, are not asked. */
static uint32_t flags_of_all(const quire_element *element, quire_text text)
{
    uint32_t common = PLAIN_WHEN_WHOLE;
    size_t end = 0;
    inline_piece piece;
    for (size_t i = 0; i < element->run_count && common; i++) {
        if (!run_within(element, text, i, &piece) || is_blank(text, piece.start, piece.end))
            continue;
        if (!is_blank(text, end, piece.start))
            return 0;
        if (!(piece.flags & (QUIRE_RUN_SUPERSCRIPT | QUIRE_RUN_SUBSCRIPT)))
            common &= piece.flags;
        end = piece.end;
    }
    return is_blank(text, end, text.size) ? common : 0;
}

/* Code and raised text carry no emphasis: each piece gets one kind of marker. */
static uint32_t look_of(uint32_t flags)
{
    static const uint32_t by_precedence[] = {QUIRE_RUN_MONOSPACE, QUIRE_RUN_SUPERSCRIPT,
                                             QUIRE_RUN_SUBSCRIPT, QUIRE_RUN_STRIKE};
    for (size_t i = 0; i < G_N_ELEMENTS(by_precedence); i++) {
        if (flags & by_precedence[i])
            return by_precedence[i];
    }
    return flags;
}

/* A link has a box, and so an entry, for each of its lines. */
static bool is_same_link(const quire_document *document, int32_t a, int32_t b)
{
    if (a == b || a < 0 || b < 0)
        return a == b;
    return g_strcmp0(document->links.items[a].uri, document->links.items[b].uri) == 0 &&
           document->links.items[a].target_page == document->links.items[b].target_page;
}

/* Adjacent pieces of one look, even over white space, are one. */
static void add_piece(GArray *pieces, const quire_document *document, quire_text text,
                      inline_piece piece)
{
    if (is_blank(text, piece.start, piece.end))
        return;
    if (pieces->len > 0) {
        inline_piece *last = &g_array_index(pieces, inline_piece, pieces->len - 1);
        if (last->flags == piece.flags && last->note == piece.note &&
            is_same_link(document, last->link, piece.link) &&
            is_blank(text, last->end, piece.start)) {
            last->end = piece.end;
            return;
        }
    }
    g_array_append_val(pieces, piece);
}

/* White space at the ends stays outside of the markers. */
static void trim(inline_piece *piece, quire_text text)
{
    while (piece->end > piece->start && g_ascii_isspace(text.data[piece->end - 1]))
        piece->end--;
    while (piece->start < piece->end && g_ascii_isspace(text.data[piece->start]))
        piece->start++;
}

/* A link wins over what it looks like. */
static void settle_link(inline_piece *piece, const quire_document *document, quire_text text)
{
    const char *uri = link_target(document, piece->link);
    quire_text shown = {text.data + piece->start, piece->end - piece->start};
    if (!uri || shows_address(uri, shown))
        piece->link = -1;
    else
        piece->flags = 0;
}

static bool is_delimiter(quire_text text, size_t at)
{
    return at < text.size && strchr("*_~", text.data[at]);
}

/* Markers beside delimiters of the text could be read together with them, so they are left out. */
static void settle_beside_delimiters(inline_piece *piece, quire_text text)
{
    if ((piece->start > 0 && is_delimiter(text, piece->start - 1)) ||
        is_delimiter(text, piece->start) || is_delimiter(text, piece->end - 1) ||
        is_delimiter(text, piece->end)) {
        piece->flags = 0;
        piece->link = -1;
    }
}

/* Emphasis holds only where both its markers flank, and away from other markers. */
static void settle_emphasis(inline_piece *piece, quire_text text, bool touches)
{
    uint32_t emphasis = QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC | QUIRE_RUN_STRIKE;
    bool stands = !touches && quire_left_flanking(text, piece->start, piece->start) &&
                  quire_right_flanking(text, piece->end, piece->end);
    if (!stands)
        piece->flags &= ~emphasis;
}

static GArray *pieces_of(const quire_export *job, const quire_element *element, quire_text text)
{
    const quire_document *document = job->document;
    bool links = job->options->links != QUIRE_DROP, emphasis = job->options->emphasis != QUIRE_DROP;
    GArray *pieces = g_array_new(FALSE, FALSE, sizeof(inline_piece));
    uint32_t told_by_all = flags_of_all(element, text);
    inline_piece within;
    for (size_t i = 0; i < element->run_count; i++) {
        if (!run_within(element, text, i, &within))
            continue;
        within.flags = emphasis ? look_of(within.flags & ~told_by_all) : 0;
        within.link = links && within.link < (int32_t)document->links.count ? within.link : -1;
        add_piece(pieces, document, text, within);
    }
    size_t last_marked = SIZE_MAX;
    guint kept = 0;
    for (guint i = 0; i < pieces->len; i++) {
        inline_piece *piece = &g_array_index(pieces, inline_piece, i);
        trim(piece, text);
        if (piece->note != 0) { /* needs no flanking, and takes no markers */
            last_marked = piece->end;
            g_array_index(pieces, inline_piece, kept++) = *piece;
            continue;
        }
        settle_link(piece, document, text);
        settle_beside_delimiters(piece, text);
        settle_emphasis(piece, text, last_marked == piece->start);
        if (piece->flags == 0 && piece->link < 0)
            continue;
        last_marked = piece->end;
        g_array_index(pieces, inline_piece, kept++) = *piece;
    }
    g_array_set_size(pieces, kept);
    return pieces;
}

/* ---- writing ---- */

/* Code keeps every character as it is, so its fence must be longer than any within it. */
static void append_code(GString *out, quire_text text, quire_inline_place place)
{
    size_t longest = 0, length = 0;
    for (size_t i = 0; i < text.size; i++) {
        length = text.data[i] == '`' ? length + 1 : 0;
        longest = MAX(longest, length);
    }
    bool padded = text.data[0] == '`' || text.data[text.size - 1] == '`';
    for (size_t i = 0; i <= longest; i++)
        g_string_append_c(out, '`');
    g_string_append(out, padded ? " " : "");
    for (size_t i = 0; i < text.size; i++) {
        if (place == QUIRE_INLINE_CELL && text.data[i] == '|')
            g_string_append_c(out, '\\');
        g_string_append_c(out, g_ascii_isspace(text.data[i]) ? ' ' : text.data[i]);
    }
    g_string_append(out, padded ? " " : "");
    for (size_t i = 0; i <= longest; i++)
        g_string_append_c(out, '`');
}

/* Characters that would end the address are written as octets (RFC 3986, 2.1). */
static void append_uri(GString *out, const char *uri)
{
    g_string_append_c(out, '(');
    for (; *uri; uri++) {
        if ((unsigned char)*uri <= ' ' || strchr("()<>\\|`\x7f", *uri))
            g_string_append_printf(out, "%%%02X", (unsigned char)*uri);
        else if (*uri == '&')
            g_string_append(out, quire_markdown_is_entity(quire_text_of(uri), 0) ? "&amp;" : "&");
        else
            g_string_append_c(out, *uri);
    }
    g_string_append_c(out, ')');
}

static void append_link(GString *out, const char *uri, quire_text text, const inline_piece *piece,
                        quire_markdown_escapes *escapes, const char *prefix)
{
    if (out->len > 0 && out->str[out->len - 1] == '!')
        g_string_insert_c(out, (gssize)out->len - 1, '\\');
    g_string_append_c(out, '[');
    escapes->in_link = true;
    quire_markdown_escape(out, text, piece->start, piece->end, escapes, prefix);
    escapes->in_link = false;
    g_string_append_c(out, ']');
    append_uri(out, uri);
}

void quire_markdown_image(GString *out, const char *address, quire_text shown, const char *prefix)
{
    quire_markdown_escapes escapes = quire_markdown_survey(shown, QUIRE_INLINE_HEADING, false);
    g_string_append(out, "![");
    escapes.in_link = true;
    quire_markdown_escape(out, shown, 0, shown.size, &escapes, prefix);
    g_string_append_c(out, ']');
    append_uri(out, address);
}

typedef struct inline_marker {
    uint32_t flags;
    const char *open, *close;
} inline_marker;

static const inline_marker *marker_of(uint32_t flags)
{
    static const inline_marker markers[] = {
        {QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC, "***", "***"},
        {QUIRE_RUN_BOLD, "**", "**"},
        {QUIRE_RUN_ITALIC, "*", "*"},
        {QUIRE_RUN_STRIKE, "~~", "~~"},
        {QUIRE_RUN_SUPERSCRIPT, "<sup>", "</sup>"},
        {QUIRE_RUN_SUBSCRIPT, "<sub>", "</sub>"},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(markers); i++) {
        if (markers[i].flags == flags)
            return &markers[i];
    }
    return NULL;
}

static void append_piece(GString *out, const quire_document *document, quire_text text,
                         const inline_piece *piece, quire_markdown_escapes *escapes,
                         const char *prefix)
{
    escapes->at_line_start = false;
    if (piece->note != 0) {
        for (uint32_t i = 0; i < MAX(piece->note_count, 1); i++)
            g_string_append_printf(out, "[^%u]", piece->note + i);
    } else if (piece->flags & QUIRE_RUN_MONOSPACE) {
        append_code(out, (quire_text){text.data + piece->start, piece->end - piece->start},
                    escapes->place);
    } else if (piece->link >= 0) {
        append_link(out, document->links.items[piece->link].uri, text, piece, escapes, prefix);
    } else {
        const inline_marker *marker = marker_of(piece->flags);
        g_string_append(out, marker->open);
        quire_markdown_escape(out, text, piece->start, piece->end, escapes, prefix);
        g_string_append(out, marker->close);
    }
}

/* A heading that ends in number signs would lose them. */
static void keep_closing_signs(GString *out, size_t start)
{
    size_t at = out->len;
    while (at > start && out->str[at - 1] == '#')
        at--;
    if (at < out->len && (at == start || out->str[at - 1] == ' '))
        g_string_insert_c(out, (gssize)at, '\\');
}

void quire_markdown_inline(GString *out, const quire_export *job, const quire_element *element,
                           quire_text text, quire_inline_place place, const char *prefix)
{
    const quire_document *document = job->document;
    g_autoptr(GArray) pieces = NULL;
    if (element->run_count > 0 && place == QUIRE_INLINE_BLOCK)
        pieces = pieces_of(job, element, text);
    guint count = pieces ? pieces->len : 0;
    quire_markdown_escapes escapes = quire_markdown_survey(text, place, count > 0);
    escapes.at_line_start = place == QUIRE_INLINE_BLOCK;
    size_t at = 0, start = out->len;
    for (guint i = 0; i < count; i++) {
        const inline_piece *piece = &g_array_index(pieces, inline_piece, i);
        quire_markdown_escape(out, text, at, piece->start, &escapes, prefix);
        append_piece(out, document, text, piece, &escapes, prefix);
        at = piece->end;
    }
    quire_markdown_escape(out, text, at, text.size, &escapes, prefix);
    if (place == QUIRE_INLINE_HEADING)
        keep_closing_signs(out, start);
}
