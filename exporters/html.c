/*
 * One HTML file that needs nothing else: headings, lists, tables, figures and notes as HTML means
 * them, each with the id of its element. Pages begin with a break that readers of the screen can
 * hear; running heads are out of the text as the options say. It is well-formed XML, too.
 */
#include "exporters/inner.h"

#include <string.h>

static const char style[] =
    "body{max-width:46rem;margin:2rem auto;padding:0 1rem;font:1rem/1.5 Georgia,serif;"
    "color:#1b1b1b;background:#fff}"
    "h1,h2,h3,h4,h5,h6{font-family:system-ui,sans-serif;line-height:1.25}"
    "table{border-collapse:collapse;margin:1rem 0}"
    "td,th{border:1px solid #999;padding:.2rem .5rem;text-align:left;vertical-align:top;"
    "white-space:pre-line}"
    "caption,figcaption{font-style:italic;text-align:left;margin:.3rem 0}"
    "img{max-width:100%}figure{margin:1rem 0}figure>div{border:1px dashed "
    "#999;padding:1rem;white-space:pre-line}"
    "pre{overflow-x:auto;background:#f4f4f4;padding:.6rem}"
    "li.marked{list-style:none}"
    "aside{font-size:.9rem;border-top:1px solid #ccc;padding-top:.3rem}"
    ".furniture,.pagebreak{color:#666;font-size:.85rem}.pagebreak{display:block;"
    "border-top:1px dotted #bbb;text-align:right}"
    "dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{font-weight:bold}"
    "dd{margin:0}"
    "@media (prefers-color-scheme:dark){body{color:#ddd;background:#181818}"
    "pre{background:#262626}a{color:#8ab4f8}}";

/* ---- inline ---- */

static const struct {
    uint32_t flag;
    const char *tag;
} marks[] = {
    {QUIRE_RUN_BOLD, "strong"},   {QUIRE_RUN_ITALIC, "em"},   {QUIRE_RUN_MONOSPACE, "code"},
    {QUIRE_RUN_STRIKE, "s"},      {QUIRE_RUN_UNDERLINE, "u"}, {QUIRE_RUN_SUPERSCRIPT, "sup"},
    {QUIRE_RUN_SUBSCRIPT, "sub"},
};

static bool is_safe(const char *uri)
{
    static const char *const schemes[] = {"http:", "https:", "mailto:", "tel:", "ftp:", "#"};
    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++) {
        if (g_ascii_strncasecmp(uri, schemes[i], strlen(schemes[i])) == 0)
            return true;
    }
    return false;
}

/* The tag that opens the link of a run; false where it has none. */
static bool open_link(GString *out, const quire_document *document, const quire_run *run)
{
    const quire_model_link *link = run->link >= 0 ? &document->links.items[run->link] : NULL;
    if (run->note > 0) {
        g_string_append_printf(out, "<a href=\"#note-%u\" role=\"doc-noteref\">", run->note);
    } else if (link && link->uri && is_safe(link->uri)) {
        g_string_append(out, "<a href=\"");
        quire_html_escape(out, quire_text_of(link->uri));
        g_string_append(out, "\">");
    } else if (link && !link->uri && link->target_page > 0) {
        g_string_append_printf(out, "<a href=\"#page-%d\">", link->target_page);
    } else {
        return false;
    }
    return true;
}

/* Text in which lines were ended on purpose. */
static void append_text(GString *out, quire_text text)
{
    for (size_t at = 0; at < text.size;) {
        const char *feed = memchr(text.data + at, '\n', text.size - at);
        size_t end = feed ? (size_t)(feed - text.data) : text.size;
        quire_html_escape(out, (quire_text){text.data + at, end - at});
        g_string_append(out, feed ? "<br/>\n" : "");
        at = end + 1;
    }
}

static void append_run(GString *out, const quire_document *document, const quire_run *run,
                       quire_text text)
{
    bool linked = open_link(out, document, run);
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++) {
        if (run->flags & marks[i].flag)
            g_string_append_printf(out, "<%s>", marks[i].tag);
    }
    append_text(out, text);
    for (size_t i = G_N_ELEMENTS(marks); i-- > 0;) {
        if (run->flags & marks[i].flag)
            g_string_append_printf(out, "</%s>", marks[i].tag);
    }
    if (linked)
        g_string_append(out, "</a>");
}

/* The element's own text from `start` to `end`, with its runs marked. */
static void append_inline(GString *out, const quire_document *document,
                          const quire_element *element, size_t start, size_t end)
{
    size_t at = start;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        if (run->start < at || run->end > end || run->start == run->end)
            continue;
        append_text(out, (quire_text){element->text.data + at, run->start - at});
        append_run(out, document, run,
                   (quire_text){element->text.data + run->start, run->end - run->start});
        at = run->end;
    }
    if (at < end)
        append_text(out, (quire_text){element->text.data + at, end - at});
}

/* ---- blocks ---- */

static void append_attributes(GString *out, const quire_element *element)
{
    g_string_append_printf(out, " id=\"%s\"", element->id);
    if (element->language) {
        g_string_append(out, " lang=\"");
        quire_html_escape(out, quire_text_of(element->language));
        g_string_append_c(out, '"');
    }
}

static void append_block(GString *out, const quire_document *document, const quire_element *element,
                         const char *tag, const char *more)
{
    g_string_append_printf(out, "<%s", tag);
    append_attributes(out, element);
    g_string_append_printf(out, "%s>", more);
    append_inline(out, document, element, 0, element->own_size);
    g_string_append_printf(out, "</%s>\n", tag);
}

static void append_heading(GString *out, const quire_document *document,
                           const quire_element *element)
{
    char tag[3] = "h1";
    tag[1] = (char)('0' + (element->type == QUIRE_TITLE ? 1 : CLAMP(element->level, 1, 6)));
    append_block(out, document, element, tag, "");
}

static quire_text caption_text(const quire_document *document, const quire_element *element)
{
    return element->caption < 0
               ? QUIRE_TEXT("")
               : quire_element_own_text(&document->elements.items[element->caption]);
}

static void append_table(GString *out, const quire_document *document, const quire_element *element)
{
    g_string_append(out, "<div");
    append_attributes(out, element);
    g_string_append_c(out, '>');
    quire_html_table(out, document, element, caption_text(document, element));
    g_string_append(out, "</div>\n");
}

static void append_figure(GString *out, const quire_document *document,
                          const quire_element *element)
{
    quire_text caption = caption_text(document, element), text = quire_element_own_text(element);
    g_string_append(out, "<figure");
    append_attributes(out, element);
    g_string_append(out, element->image ? "><img alt=\"" : "><div role=\"img\" aria-label=\"");
    quire_html_escape(out, element->alt       ? quire_text_of(element->alt)
                           : caption.size > 0 ? caption
                                              : QUIRE_TEXT("Figure"));
    if (element->image) {
        g_string_append(out, "\" src=\"");
        quire_html_escape(out, quire_text_of(element->image));
        g_string_append(out, "\"/>");
    } else {
        g_string_append(out, "\">");
        quire_html_escape(out, text);
        g_string_append(out, "</div>");
    }
    if (caption.size > 0) {
        g_string_append(out, "<figcaption>");
        quire_html_escape(out, caption);
        g_string_append(out, "</figcaption>");
    }
    g_string_append(out, "</figure>\n");
}

/* Does the element it is of show the caption with itself? */
static bool is_shown_there(const quire_document *document, const quire_element *caption)
{
    if (caption->described < 0)
        return false;
    const quire_element *holder = &document->elements.items[caption->described];
    return holder->type == QUIRE_FIGURE || holder->table;
}

static void append_caption(GString *out, const quire_document *document,
                           const quire_element *element)
{
    if (!is_shown_there(document, element))
        append_block(out, document, element, "p", " class=\"caption\"");
}

static void append_footnote(GString *out, const quire_document *document,
                            const quire_element *element)
{
    g_string_append(out, "<aside");
    append_attributes(out, element);
    g_string_append(out, " role=\"doc-footnote\"><p");
    if (element->note > 0)
        g_string_append_printf(out, " id=\"note-%u\"", element->note);
    g_string_append_c(out, '>');
    append_inline(out, document, element, 0, element->own_size);
    g_string_append(out, "</p></aside>\n");
}

static void append_code(GString *out, const quire_document *document, const quire_element *element)
{
    (void)document;
    g_string_append(out, "<pre");
    append_attributes(out, element);
    g_string_append(out, "><code>");
    quire_html_escape(out, (quire_text){element->text.data, element->own_size});
    g_string_append(out, "</code></pre>\n");
}

static void append_formula(GString *out, const quire_document *document,
                           const quire_element *element)
{
    append_block(out, document, element, "p", " class=\"formula\"");
}

static void append_contents(GString *out, const quire_document *document,
                            const quire_element *element)
{
    (void)document;
    g_string_append(out, "<nav");
    append_attributes(out, element);
    g_string_append(out, " role=\"doc-toc\"><pre>");
    quire_html_escape(out, quire_element_own_text(element));
    g_string_append(out, "</pre></nav>\n");
}

static void append_paragraph(GString *out, const quire_document *document,
                             const quire_element *element)
{
    bool is_furniture = element->layer == QUIRE_LAYER_FURNITURE;
    if (element->quote) {
        append_block(out, document, element, "blockquote", "");
        return;
    }
    append_block(out, document, element, "p",
                 is_furniture                           ? " class=\"furniture\""
                 : element->layer == QUIRE_LAYER_HIDDEN ? " class=\"hidden-text\""
                                                        : "");
}

typedef void (*block_writer)(GString *out, const quire_document *document,
                             const quire_element *element);

static void append_element(GString *out, const quire_document *document,
                           const quire_element *element)
{
    static const block_writer writers[QUIRE_ELEMENT_TYPES] = {
        [QUIRE_TITLE] = append_heading,   [QUIRE_HEADING] = append_heading,
        [QUIRE_TABLE] = append_table,     [QUIRE_FIGURE] = append_figure,
        [QUIRE_CAPTION] = append_caption, [QUIRE_FOOTNOTE] = append_footnote,
        [QUIRE_CODE] = append_code,       [QUIRE_FORMULA] = append_formula,
        [QUIRE_TOC] = append_contents,
    };
    bool is_empty = quire_element_own_text(element).size == 0 && element->type != QUIRE_FIGURE;
    if (!is_empty && !quire_is_in_cell(document, element))
        (writers[element->type] ? writers[element->type] : append_paragraph)(out, document,
                                                                             element);
}

/* ---- lists ---- */

/* "12." and "12)" count by themselves; other markers are printed as they are. */
static bool is_number(quire_text marker, unsigned *value)
{
    size_t digits = 0;
    *value = 0;
    while (digits < marker.size && digits < 9 && g_ascii_isdigit(marker.data[digits]))
        *value = *value * 10 + (unsigned)(marker.data[digits++] - '0');
    return digits > 0 && digits + 1 == marker.size &&
           (marker.data[digits] == '.' || marker.data[digits] == ')');
}

static bool says_something(quire_text marker)
{
    for (size_t at = 0; at < marker.size;) {
        uint32_t c = quire_utf8_next(marker.data, marker.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c) || (c >= 0x2610 && c <= 0x2612))
            return !quire_text_equal(marker, QUIRE_TEXT("o"));
    }
    return false;
}

static void open_item(GString *out, const quire_document *document, const quire_element *element)
{
    const quire_element *list =
        element->parent >= 0 ? &document->elements.items[element->parent] : NULL;
    unsigned value;
    bool counts = is_number(element->marker, &value) && list && list->ordered;
    g_string_append(out, "<li");
    append_attributes(out, element);
    if (counts)
        g_string_append_printf(out, " value=\"%u\"", value);
    else if (says_something(element->marker))
        g_string_append(out, " class=\"marked\"");
    g_string_append_c(out, '>');
    if (!counts && says_something(element->marker)) {
        quire_html_escape(out, element->marker);
        g_string_append_c(out, ' ');
    }
    append_inline(out, document, element, 0, element->own_size);
}

static void append_definition(GString *out, const quire_document *document,
                              const quire_element *item)
{
    size_t at = MIN(item->term, item->own_size);
    g_string_append(out, "<dt");
    append_attributes(out, item);
    g_string_append_c(out, '>');
    append_inline(out, document, item, 0, at);
    while (at < item->own_size && g_ascii_isspace(item->text.data[at]))
        at++;
    g_string_append(out, "</dt>\n<dd>");
    append_inline(out, document, item, at, item->own_size);
}

static const char *list_tag(const quire_element *list)
{
    return list->definitions ? "dl" : list->ordered ? "ol" : "ul";
}

/* A list right in another, whose item of the page before it goes on in. */
static bool goes_on_inside(const quire_document *document, const quire_element *list)
{
    return list->parent >= 0 && document->elements.items[list->parent].type == QUIRE_LIST;
}

static void enter(GString *out, const quire_document *document, const quire_element *element)
{
    if (element->type == QUIRE_LIST) {
        g_string_append(out, goes_on_inside(document, element) ? "<li class=\"marked\">" : "");
        g_string_append_printf(out, "<%s", list_tag(element));
        append_attributes(out, element);
        g_string_append(out, ">\n");
    } else if (element->type == QUIRE_LIST_ITEM && element->term > 0) {
        append_definition(out, document, element);
    } else if (element->type == QUIRE_LIST_ITEM) {
        open_item(out, document, element);
    } else {
        append_element(out, document, element);
    }
}

static void leave(GString *out, const quire_document *document, const quire_element *element)
{
    if (element->type == QUIRE_LIST)
        g_string_append_printf(out, "</%s>%s\n", list_tag(element),
                               goes_on_inside(document, element) ? "</li>" : "");
    else if (element->type == QUIRE_LIST_ITEM)
        g_string_append(out, element->term > 0 ? "</dd>\n" : "</li>\n");
}

/* ---- pages ---- */

static void append_break(GString *out, const quire_page_record *page)
{
    char number[16];
    g_snprintf(number, sizeof number, "%d", page->page);
    quire_text label = quire_text_of(page->label && *page->label ? page->label : number);
    g_string_append_printf(out,
                           "<span class=\"pagebreak\" role=\"doc-pagebreak\" "
                           "id=\"page-%d\" aria-label=\"Page ",
                           page->page);
    quire_html_escape(out, label);
    g_string_append(out, "\">");
    quire_html_escape(out, label);
    g_string_append(out, "</span>\n");
}

static void append_fields(GString *out, const quire_document *document, int32_t page)
{
    bool begun = false;
    for (size_t i = 0; i < document->fields.count; i++) {
        const quire_field *field = &document->fields.items[i];
        const char *key = field->label ? field->label : field->name;
        const char *value = field->value;
        if (field->page != page || !key || field->type == QUIRE_FIELD_KEY_VALUE)
            continue;
        if (!value || !*value)
            value = quire_field_state_name(field->state);
        g_string_append(out, begun ? "" : "<dl aria-label=\"Fields\">\n");
        begun = true;
        g_string_append_printf(out, "<dt id=\"%s\">", field->id);
        quire_html_escape(out, quire_text_of(key));
        g_string_append(out, "</dt><dd>");
        quire_html_escape(out, quire_text_of(value));
        g_string_append(out, "</dd>\n");
    }
    if (begun)
        g_string_append(out, "</dl>\n");
}

static void write_held(quire_export *job)
{
    const quire_document *document = job->document;
    g_autoptr(GString) out = g_string_sized_new(4096);
    quire_walk walk = quire_walk_start(document);
    bool more = quire_walk_next(&walk);
    for (size_t i = 0; i < document->pages.count; i++) {
        const quire_page_record *page = &document->pages.items[i];
        append_break(out, page);
        for (; more && walk.element->page <= page->page; more = quire_walk_next(&walk)) {
            if (!quire_export_shows(job->options, walk.element))
                continue;
            if (walk.event == QUIRE_ENTER)
                enter(out, document, walk.element);
            else
                leave(out, job->document, walk.element);
        }
        append_fields(out, document, page->page);
        quire_sink_write(job->sink, out->str, out->len);
        g_string_truncate(out, 0);
    }
}

static const char *title_of(const quire_document *document)
{
    for (size_t i = 0; i < document->metadata.count; i++) {
        if (strcmp(document->metadata.items[i].key, "title") == 0 &&
            *document->metadata.items[i].value)
            return document->metadata.items[i].value;
    }
    return document->input_name && *document->input_name ? document->input_name : "Document";
}

static void begin(quire_export *job)
{
    const quire_document *document = job->document;
    g_autoptr(GString) out = g_string_new("<!DOCTYPE html>\n"
                                          "<html xmlns=\"http://www.w3.org/1999/xhtml\"");
    if (document->languages.count > 0) {
        g_string_append(out, " lang=\"");
        quire_html_escape(out, quire_text_of(document->languages.items[0]));
        g_string_append_c(out, '"');
    }
    g_string_append(out, ">\n<head>\n<meta charset=\"utf-8\"/>\n"
                         "<meta name=\"viewport\" content=\"width=device-width\"/>\n"
                         "<meta name=\"generator\" content=\"quire " QUIRE_VERSION "\"/>\n<title>");
    quire_html_escape(out, quire_text_of(title_of(document)));
    g_string_append_printf(out, "</title>\n<style>%s</style>\n</head>\n<body>\n<main>\n", style);
    quire_sink_write(job->sink, out->str, out->len);
}

static void end(quire_export *job)
{
    write_held(job);
    quire_sink_text(job->sink, "</main>\n</body>\n</html>\n");
}

const quire_exporter quire_html_exporter = {
    .name = "html",
    .extension = "html",
    .media_type = "text/html",
    .summary = "one HTML file with headings, lists, tables, notes and fields",
    .streams = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
