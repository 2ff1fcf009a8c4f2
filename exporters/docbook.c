/*
 * DocBook 5, for what publishes and converts it: headings become sections that hold what stands
 * under them, bound footnotes stand in the text where they are called, captions are titles of their
 * figures and tables. It is valid against DocBook's RELAX NG schema.
 *
 *     # Title          <article><info><title>Title</title></info>
 *     ## Hives         <section xml:id="e..."><title>Hives</title>
 *     A hive.[^1]      <para>A
 * hive.<footnote><para>...</para></footnote></para></section></article>
 */
#include "exporters/inner.h"

#include <string.h>

enum { DEEPEST = 7 }; /* open sections: one for each level of headings, and the article */

typedef struct docbook {
    quire_export *job;
    GString *out;
    GHashTable *notes; /* number -> index of its footnote and 1; -1: it was written */
    int32_t title; /* element that names the article, -1: none */
    int levels[DEEPEST]; /* of the open sections */
    int depth;
    bool is_empty; /* nothing stands behind the last title */
    bool in_note; /* a footnote holds none */
    bool in_title; /* which is set off by itself */
    bool list_open[QUIRE_WALK_DEPTH + 1]; /* the list at that depth of the walk */
} docbook;

static const struct {
    uint32_t flag;
    const char *open, *close;
} marks[] = {
    {QUIRE_RUN_BOLD, "<emphasis role=\"bold\">", "</emphasis>"},
    {QUIRE_RUN_ITALIC, "<emphasis>", "</emphasis>"},
    {QUIRE_RUN_MONOSPACE, "<code>", "</code>"},
    {QUIRE_RUN_STRIKE, "<emphasis role=\"strikethrough\">", "</emphasis>"},
    {QUIRE_RUN_UNDERLINE, "<emphasis role=\"underline\">", "</emphasis>"},
    {QUIRE_RUN_SUPERSCRIPT, "<superscript>", "</superscript>"},
    {QUIRE_RUN_SUBSCRIPT, "<subscript>", "</subscript>"},
};

/* ---- inline ---- */

static void append_inline(docbook *d, const quire_element *element, size_t start, size_t end);

static const quire_element *element_at(const docbook *d, int32_t index)
{
    return &d->job->document->elements.items[index];
}

/* A note where it is called; false where it cannot stand there. */
static bool append_note(docbook *d, uint32_t number)
{
    gpointer key = GUINT_TO_POINTER(number);
    int32_t at = GPOINTER_TO_INT(g_hash_table_lookup(d->notes, key));
    if (at <= 0 || d->in_note)
        return false;
    const quire_element *note = element_at(d, at - 1);
    g_hash_table_insert(d->notes, key, GINT_TO_POINTER(-1));
    g_string_append_printf(d->out, "<footnote xml:id=\"%s\"><para>", note->id);
    d->in_note = true;
    append_inline(d, note, MIN(note->note_mark, note->own_size), note->own_size);
    d->in_note = false;
    g_string_append(d->out, "</para></footnote>");
    return true;
}

static bool append_notes(docbook *d, const quire_run *run)
{
    bool written = run->note > 0;
    for (uint32_t i = 0; written && i < MAX(run->note_count, 1); i++)
        written = append_note(d, run->note + i);
    return written;
}

static void append_run(docbook *d, const quire_run *run, quire_text text)
{
    const quire_document *document = d->job->document;
    if (append_notes(d, run))
        return;
    const char *uri = run->link >= 0 ? document->links.items[run->link].uri : NULL;
    uint32_t flags = d->in_title ? 0 : run->flags;
    if (uri) {
        g_string_append(d->out, "<link xlink:href=\"");
        quire_html_escape(d->out, quire_text_of(uri));
        g_string_append(d->out, "\">");
    }
    for (size_t i = 0; i < G_N_ELEMENTS(marks); i++)
        g_string_append(d->out, flags & marks[i].flag ? marks[i].open : "");
    quire_html_escape(d->out, text);
    for (size_t i = G_N_ELEMENTS(marks); i-- > 0;)
        g_string_append(d->out, flags & marks[i].flag ? marks[i].close : "");
    g_string_append(d->out, uri ? "</link>" : "");
}

static void append_inline(docbook *d, const quire_element *element, size_t start, size_t end)
{
    size_t at = start;
    const char *text = element->text.data;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        if (run->start < at || run->end > end || run->start == run->end)
            continue;
        quire_html_escape(d->out, (quire_text){text + at, run->start - at});
        append_run(d, run, (quire_text){text + run->start, run->end - run->start});
        at = run->end;
    }
    if (at < end)
        quire_html_escape(d->out, (quire_text){text + at, end - at});
}

/* ---- blocks ---- */

static void append_attributes(docbook *d, const quire_element *element)
{
    g_string_append_printf(d->out, " xml:id=\"%s\"", element->id);
    if (element->language) {
        g_string_append(d->out, " xml:lang=\"");
        quire_html_escape(d->out, quire_text_of(element->language));
        g_string_append_c(d->out, '"');
    }
}

static void append_block(docbook *d, const quire_element *element, const char *tag,
                         const char *role)
{
    g_string_append_printf(d->out, "<%s", tag);
    append_attributes(d, element);
    if (role)
        g_string_append_printf(d->out, " role=\"%s\"", role);
    g_string_append_c(d->out, '>');
    append_inline(d, element, 0, element->own_size);
    g_string_append_printf(d->out, "</%s>\n", tag);
}

/* Lines that were ended on purpose stay lines. */
static void append_paragraph(docbook *d, const quire_element *element)
{
    bool has_lines = memchr(element->text.data, '\n', element->own_size) != NULL;
    const char *role =
        element->type == QUIRE_PARAGRAPH ? NULL : quire_element_type_name(element->type);
    g_string_append(d->out, element->quote ? "<blockquote>" : "");
    append_block(d, element, has_lines ? "literallayout" : "para", role);
    g_string_append(d->out, element->quote ? "</blockquote>\n" : "");
}

static void append_formula(docbook *d, const quire_element *element)
{
    g_string_append(d->out, "<informalequation");
    append_attributes(d, element);
    g_string_append(d->out, "><mathphrase>");
    quire_html_escape(d->out, quire_element_own_text(element));
    g_string_append(d->out, "</mathphrase></informalequation>\n");
}

static quire_text caption_text(const docbook *d, const quire_element *element)
{
    return element->caption < 0 ? QUIRE_TEXT("")
                                : quire_element_own_text(element_at(d, element->caption));
}

/* HTML's model of tables is DocBook's too; one without a caption has another name. */
static void append_table(docbook *d, const quire_element *element)
{
    g_autofree const quire_cell **grid = element->table ? quire_table_grid(element->table) : NULL;
    quire_text caption = caption_text(d, element);
    if (!grid) {
        append_block(d, element, "literallayout", NULL);
        return;
    }
    g_autoptr(GString) table = g_string_new(NULL);
    quire_html_table(table, NULL, element, caption);
    const char *tag = caption.size > 0 ? "table" : "informaltable";
    size_t inner = strlen("<table>"), end = table->len - strlen("</table>");
    g_string_append_printf(d->out, "<%s", tag);
    append_attributes(d, element);
    g_string_append_c(d->out, '>');
    g_string_append_len(d->out, table->str + inner, (gssize)(end - inner));
    g_string_append_printf(d->out, "</%s>\n", tag);
}

static void append_picture(docbook *d, const quire_element *element)
{
    g_string_append(d->out, "<mediaobject>");
    if (element->image) {
        g_string_append(d->out, "<imageobject><imagedata fileref=\"");
        quire_html_escape(d->out, quire_text_of(element->image));
        g_string_append(d->out, "\"/></imageobject>");
    }
    g_string_append(d->out, "<textobject><phrase>");
    quire_html_escape(d->out, quire_text_of(element->alt ? element->alt : ""));
    g_string_append(d->out, "</phrase></textobject></mediaobject>");
}

static void append_figure(docbook *d, const quire_element *element)
{
    quire_text caption = caption_text(d, element), text = quire_element_own_text(element);
    const char *tag = caption.size > 0 ? "figure" : "informalfigure";
    g_string_append_printf(d->out, "<%s", tag);
    append_attributes(d, element);
    g_string_append_c(d->out, '>');
    if (caption.size > 0) {
        g_string_append(d->out, "<title>");
        quire_html_escape(d->out, caption);
        g_string_append(d->out, "</title>");
    }
    append_picture(d, element);
    if (text.size > 0) {
        g_string_append(d->out, "<literallayout>");
        quire_html_escape(d->out, text);
        g_string_append(d->out, "</literallayout>");
    }
    g_string_append_printf(d->out, "</%s>\n", tag);
}

/* ---- lists ---- */

static const char *numeration_of(quire_text marker)
{
    for (size_t i = 0; i < marker.size; i++) {
        char c = marker.data[i];
        if (c == 'i' || c == 'I')
            return c == 'i' ? "lowerroman" : "upperroman";
        if (g_ascii_isalpha(c))
            return g_ascii_islower(c) ? "loweralpha" : "upperalpha";
    }
    return "arabic";
}

static void open_list(docbook *d, const quire_element *list, const quire_element *first)
{
    g_string_append(d->out, list->ordered ? "<orderedlist" : "<itemizedlist");
    append_attributes(d, list);
    if (list->ordered) {
        g_autofree char *digits = g_strndup(first->marker.data, first->marker.size);
        long number = strtol(g_strcanon(digits, "0123456789", ' '), NULL, 10);
        g_string_append_printf(d->out, " numeration=\"%s\"", numeration_of(first->marker));
        if (number > 1)
            g_string_append_printf(d->out, " startingnumber=\"%ld\"", number);
    }
    g_string_append(d->out, ">\n");
}

/* A marker that says more than that there is an item: a ballot box, a letter of its own. */
static bool says_more(quire_text marker)
{
    if (quire_text_equal(marker, QUIRE_TEXT("o"))) /* a bullet of office programs */
        return false;
    for (size_t at = 0; at < marker.size;) {
        uint32_t c = quire_utf8_next(marker.data, marker.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c) || (c >= 0x2610 && c <= 0x2612))
            return true;
    }
    return false;
}

static void open_item(docbook *d, const quire_element *item, int depth)
{
    const quire_element *list = item->parent >= 0 ? element_at(d, item->parent) : NULL;
    if (list && depth > 0 && !d->list_open[depth - 1]) {
        open_list(d, list, item);
        d->list_open[depth - 1] = true;
    }
    g_string_append(d->out, "<listitem");
    append_attributes(d, item);
    g_string_append(d->out, "><para>");
    if (list && !list->ordered && says_more(item->marker)) {
        quire_html_escape(d->out, item->marker);
        g_string_append_c(d->out, ' ');
    }
    append_inline(d, item, 0, item->own_size);
    g_string_append(d->out, "</para>\n");
}

static void close_list(docbook *d, const quire_element *list, int depth)
{
    if (d->list_open[depth])
        g_string_append(d->out, list->ordered ? "</orderedlist>\n" : "</itemizedlist>\n");
    d->list_open[depth] = false;
}

/* ---- sections ---- */

/* Closes those of `level` and below; a section holds something. */
static void close_sections(docbook *d, int level)
{
    while (d->depth > 0 && d->levels[d->depth - 1] >= level) {
        g_string_append(d->out, d->is_empty ? "<para/></section>\n" : "</section>\n");
        d->is_empty = false;
        d->depth--;
    }
}

static void append_title(docbook *d, const quire_element *heading)
{
    d->in_title = true;
    append_inline(d, heading, 0, heading->own_size);
    d->in_title = false;
}

static void open_section(docbook *d, const quire_element *heading)
{
    int level = heading->type == QUIRE_TITLE ? 1 : CLAMP(heading->level, 1, DEEPEST - 1);
    close_sections(d, level);
    g_string_append(d->out, "<section");
    append_attributes(d, heading);
    g_string_append(d->out, "><title>");
    append_title(d, heading);
    g_string_append(d->out, "</title>\n");
    d->levels[d->depth++] = level;
    d->is_empty = true;
}

/* ---- the document ---- */

/* What stands elsewhere: the title, captions in what they are of, notes in the text. */
static bool stands_elsewhere(const docbook *d, const quire_element *element)
{
    int32_t index = (int32_t)(element - d->job->document->elements.items);
    if (element->type == QUIRE_CAPTION && element->described >= 0)
        return element_at(d, element->described)->caption == index &&
               quire_export_shows(d->job->options, element_at(d, element->described));
    if (element->type == QUIRE_FOOTNOTE && element->note > 0) {
        gpointer key = GUINT_TO_POINTER(element->note);
        return GPOINTER_TO_INT(g_hash_table_lookup(d->notes, key)) < 0;
    }
    return index == d->title;
}

static void append_element(docbook *d, const quire_element *element)
{
    if (element->type == QUIRE_FOOTNOTE && element->note > 0) /* a call behind it comes too late */
        g_hash_table_insert(d->notes, GUINT_TO_POINTER(element->note), GINT_TO_POINTER(-1));
    if (element->type == QUIRE_TABLE)
        append_table(d, element);
    else if (element->type == QUIRE_FIGURE)
        append_figure(d, element);
    else if (element->type == QUIRE_CODE)
        append_block(d, element, "programlisting", NULL);
    else if (element->type == QUIRE_FORMULA)
        append_formula(d, element);
    else
        append_paragraph(d, element);
}

static void enter(docbook *d, const quire_element *element, int depth)
{
    if (element->type == QUIRE_LIST || !quire_export_shows(d->job->options, element) ||
        stands_elsewhere(d, element))
        return;
    if (quire_is_heading(element)) {
        open_section(d, element);
        return;
    }
    bool is_shown = element->type == QUIRE_FIGURE ? !element->decorative
                                                  : quire_element_own_text(element).size > 0;
    if (element->type == QUIRE_LIST_ITEM)
        open_item(d, element, depth);
    else if (is_shown)
        append_element(d, element);
    d->is_empty &= element->type != QUIRE_LIST_ITEM && !is_shown;
}

static void leave(docbook *d, const quire_element *element, int depth)
{
    if (element->type == QUIRE_LIST)
        close_list(d, element, depth);
    else if (element->type == QUIRE_LIST_ITEM && quire_export_shows(d->job->options, element))
        g_string_append(d->out, "</listitem>\n");
}

static void write_out(docbook *d)
{
    quire_sink_write(d->job->sink, d->out->str, d->out->len);
    g_string_truncate(d->out, 0);
}

static const char *metadata_of(const quire_document *document, const char *key)
{
    for (size_t i = 0; i < document->metadata.count; i++) {
        if (strcmp(document->metadata.items[i].key, key) == 0)
            return document->metadata.items[i].value;
    }
    return NULL;
}

static void append_head(docbook *d)
{
    const quire_document *document = d->job->document;
    const char *title = metadata_of(document, "title"), *author = metadata_of(document, "author");
    g_string_append(d->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                            "<article xmlns=\"http://docbook.org/ns/docbook\" "
                            "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"5.0\"");
    if (document->languages.count > 0) {
        g_string_append(d->out, " xml:lang=\"");
        quire_html_escape(d->out, quire_text_of(document->languages.items[0]));
        g_string_append_c(d->out, '"');
    }
    g_string_append(d->out, ">\n<info><title>");
    if (!title)
        title = document->input_name ? document->input_name : "";
    if (d->title >= 0)
        append_title(d, element_at(d, d->title));
    else
        quire_html_escape(d->out, quire_text_of(title));
    g_string_append(d->out, "</title>");
    if (author) {
        g_string_append(d->out, "<author><personname>");
        quire_html_escape(d->out, quire_text_of(author));
        g_string_append(d->out, "</personname></author>");
    }
    g_string_append(d->out, "</info>\n");
}

/* The title of the article and where footnotes are. */
static void survey(docbook *d)
{
    const quire_document *document = d->job->document;
    for (size_t i = 0; i < document->elements.count; i++) {
        const quire_element *element = &document->elements.items[i];
        if (!quire_export_shows(d->job->options, element))
            continue;
        if (element->type == QUIRE_TITLE && d->title < 0)
            d->title = (int32_t)i;
        if (element->type == QUIRE_FOOTNOTE && element->note > 0)
            g_hash_table_insert(d->notes, GUINT_TO_POINTER(element->note),
                                GINT_TO_POINTER((gint)i + 1));
    }
}

static void end(quire_export *job)
{
    docbook d = {.job = job,
                 .out = g_string_new(NULL),
                 .notes = g_hash_table_new(NULL, NULL),
                 .title = -1,
                 .is_empty = true};
    survey(&d);
    append_head(&d);
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER)
            enter(&d, walk.element, walk.depth);
        else
            leave(&d, walk.element, walk.depth);
        write_out(&d);
    }
    close_sections(&d, 0);
    g_string_append(d.out, d.is_empty ? "<para/></article>\n" : "</article>\n");
    write_out(&d);
    g_string_free(d.out, TRUE);
    g_hash_table_unref(d.notes);
}

const quire_exporter quire_docbook_exporter = {
    .name = "docbook",
    .extension = "dbk",
    .media_type = "application/docbook+xml",
    .summary = "DocBook 5: sections, lists, tables, notes, for publishing and for pandoc",
    .end = end,
};
