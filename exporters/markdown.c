/*
 * GitHub Flavored Markdown: one block for each element, blank lines between blocks, none between
 * the items of a list, which are indented by the width of the markers that hold them:
 *
 *     # Title
 *
 *     1. An item of one line
 *        - and what it holds
 *
 * Inline markup, escapes and tables have their own files.
 */
#include "exporters/inner.h"

#include <string.h>

/* A table that was written but not closed: one of the next page may continue it. */
typedef struct open_table {
    quire_table_form form; /* none: the last block was no table */
    int indent;
    uint32_t columns;
    char id[sizeof((quire_element){0}).id];
} open_table;

typedef struct markdown_state {
    bool begun; /* something was written */
    bool titled; /* a title was */
    bool in_list; /* the last block was an item */
    bool in_quote; /* the last block was a quotation */
    int32_t page; /* that began last */
    open_table table;
} markdown_state;

/* Where in the nesting an element stands. */
typedef struct block_place {
    const quire_export *job;
    int indent[QUIRE_WALK_DEPTH + 1]; /* columns of what stands at that depth */
    char prefix[256]; /* that many spaces, for the element at hand */
} block_place;

enum { FENCE = 3, MAX_LEVEL = 6, BULLET_WIDTH = 2, NUMBER_WIDTH = 3 };

static void set_prefix(block_place *place, int columns)
{
    size_t width = MIN((size_t)columns, sizeof place->prefix - 1);
    memset(place->prefix, ' ', width);
    place->prefix[width] = '\0';
}

/* ---- blocks ---- */

static void append_paragraph(GString *out, const block_place *place, const quire_element *element)
{
    g_autofree char *prefix = element->quote ? g_strconcat(place->prefix, "> ", NULL) : NULL;
    g_string_append(out, prefix ? "> " : "");
    quire_markdown_inline(out, place->job, element, quire_element_own_text(element),
                          QUIRE_INLINE_BLOCK, prefix ? prefix : place->prefix);
}

/* A note that the text calls is defined behind its label, without the mark that is printed. */
static void append_footnote(GString *out, const block_place *place, const quire_element *element)
{
    quire_text text = quire_element_own_text(element);
    if (element->note == 0 || element->note_mark >= text.size) {
        append_paragraph(out, place, element);
        return;
    }
    g_string_append_printf(out, "[^%u]: ", element->note);
    quire_text note = {text.data + element->note_mark, text.size - element->note_mark};
    quire_markdown_inline(out, place->job, element, note, QUIRE_INLINE_BLOCK, place->prefix);
}

/* The document's title stands alone at the first level; what it is the title of begins below. */
static void append_heading(GString *out, const block_place *place, const quire_element *element)
{
    markdown_state *state = place->job->state;
    state->titled |= element->type == QUIRE_TITLE;
    int level = element->type == QUIRE_TITLE ? 1 : element->level + state->titled;
    level = CLAMP(level + place->job->options->heading_offset, 1, MAX_LEVEL);
    for (int i = 0; i < level; i++)
        g_string_append_c(out, '#');
    g_string_append_c(out, ' ');
    quire_markdown_inline(out, place->job, element, quire_element_own_text(element),
                          QUIRE_INLINE_HEADING, place->prefix);
}

/* What a reader who does not see the picture is told: what the file says, else the caption. */
static void append_figure(GString *out, const block_place *place, const quire_element *element)
{
    if (!element->image) {
        g_string_append(out, "<!-- figure -->");
        return;
    }
    quire_text shown = element->alt ? quire_text_of(element->alt) : (quire_text){0};
    if (!element->alt && element->caption >= 0)
        shown = quire_element_own_text(&place->job->document->elements.items[element->caption]);
    quire_markdown_image(out, element->image, shown, place->prefix);
}

static size_t fence_length(quire_text text)
{
    size_t longest = FENCE - 1, length = 0;
    for (size_t i = 0; i < text.size; i++) {
        length = text.data[i] == '`' ? length + 1 : 0;
        longest = MAX(longest, length);
    }
    return longest + 1;
}

static void append_fence(GString *out, size_t length)
{
    for (size_t i = 0; i < length; i++)
        g_string_append_c(out, '`');
}

/* Code keeps its indentation; white space at the ends of lines is not seen and not kept. */
static void append_code(GString *out, const block_place *place, const quire_element *element)
{
    quire_text text = {element->text.data, element->own_size};
    size_t fence = fence_length(text);
    append_fence(out, fence);
    for (size_t at = 0; at < text.size;) {
        const char *feed = memchr(text.data + at, '\n', text.size - at);
        size_t end = feed ? (size_t)(feed - text.data) : text.size, last = end;
        while (last > at && g_ascii_isspace(text.data[last - 1]))
            last--;
        g_string_append_printf(out, "\n%s", last > at ? place->prefix : "");
        g_string_append_len(out, text.data + at, (gssize)(last - at));
        at = end + 1;
    }
    g_string_append_printf(out, "\n%s", place->prefix);
    append_fence(out, fence);
}

typedef void (*block_writer)(GString *out, const block_place *place, const quire_element *element);

static block_writer writer_of(quire_element_type type)
{
    static const block_writer writers[QUIRE_ELEMENT_TYPES] = {
        [QUIRE_TITLE] = append_heading,     [QUIRE_HEADING] = append_heading,
        [QUIRE_FOOTNOTE] = append_footnote, [QUIRE_CODE] = append_code,
        [QUIRE_FIGURE] = append_figure,
    };
    return writers[type] ? writers[type] : append_paragraph;
}

/* ---- items ---- */

/* "12." or "12)": what an ordered list may begin with. */
static bool is_ordinal(quire_text marker)
{
    size_t digits = 0;
    while (digits < marker.size && g_ascii_isdigit(marker.data[digits]))
        digits++;
    return digits > 0 && digits <= 9 && digits + 1 == marker.size &&
           (marker.data[digits] == '.' || marker.data[digits] == ')');
}

/* A ballot box or tick, which says more than that there is an item. */
static bool is_tick(uint32_t c)
{
    return (c >= 0x2610 && c <= 0x2612) || (c >= 0x2713 && c <= 0x2718);
}

/* A bullet says only that there is an item; letters and digits belong to the text. */
static bool is_bullet(quire_text marker)
{
    if (quire_text_equal(marker, QUIRE_TEXT("o")))
        return true;
    for (size_t at = 0; at < marker.size;) {
        uint32_t c = quire_utf8_next(marker.data, marker.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c) || is_tick(c))
            return false;
    }
    return true;
}

/* Appends the marker, and the printed one behind it where that is more than a bullet; returns the
 * columns by which what the item holds is indented. */
static int append_marker(GString *out, const block_place *place, const quire_element *element)
{
    if (is_ordinal(element->marker)) {
        g_string_append_len(out, element->marker.data, (gssize)element->marker.size);
        g_string_append_c(out, ' ');
        return (int)element->marker.size + 1;
    }
    g_string_append(out, "- ");
    if (!is_bullet(element->marker)) {
        quire_markdown_escapes escapes =
            quire_markdown_survey(element->marker, QUIRE_INLINE_HEADING, false);
        quire_markdown_escape(out, element->marker, 0, element->marker.size, &escapes,
                              place->prefix);
        g_string_append_c(out, ' ');
    }
    return BULLET_WIDTH;
}

/* Can the item stand right under the line before it? Under the text of the item that holds it, an
 * empty one or a number other than 1 would be taken for more of that text (CommonMark 5.2). */
static bool follows_closely(const block_place *place, const quire_element *item)
{
    const quire_element *elements = place->job->document->elements.items;
    const quire_element *list = item->parent >= 0 ? &elements[item->parent] : NULL;
    if (!list || list->parent < 0 || item != list + 1 ||
        quire_element_own_text(&elements[list->parent]).size == 0)
        return true;
    bool first = quire_text_equal(item->marker, QUIRE_TEXT("1.")) ||
                 quire_text_equal(item->marker, QUIRE_TEXT("1)"));
    return quire_element_own_text(item).size > 0 && (first || !is_ordinal(item->marker));
}

/* An item without text of its own takes what stands right under its marker, but nothing behind a
 * blank line. */
static bool begins_item(const block_place *place, const quire_element *element)
{
    if (element->parent < 0)
        return false;
    const quire_element *item = &place->job->document->elements.items[element->parent];
    return item->type == QUIRE_LIST_ITEM && element == item + 1 &&
           quire_element_own_text(item).size == 0;
}

/* ---- tables ---- */

static void close_table(quire_export *job)
{
    open_table *table = &((markdown_state *)job->state)->table;
    const char *end = quire_markdown_table_end(table->form);
    if (end) {
        g_autofree char *line = g_strdup_printf("\n%*s%s", table->indent, "", end);
        quire_sink_text(job->sink, line);
    }
    *table = (open_table){0};
}

/* True when the rows of `element` follow those of the table that was written last. */
static bool continues(const quire_export *job, const quire_element *element, int indent)
{
    const markdown_state *state = job->state;
    const quire_table *table = element->table;
    return state->table.form && table && table->continued_from && indent == state->table.indent &&
           table->columns == state->table.columns && table->repeated_rows < table->rows &&
           strcmp(table->continued_from, state->table.id) == 0 &&
           quire_markdown_table_joins(job->document, element, state->table.form);
}

static void append_table(quire_export *job, GString *out, const block_place *place,
                         const quire_element *element, int indent)
{
    open_table *open = &((markdown_state *)job->state)->table;
    open->form = quire_markdown_table(out, place->job, element, place->prefix, open->form);
    open->indent = indent;
    open->columns = element->table ? element->table->columns : 0;
    memcpy(open->id, element->id, sizeof open->id);
}

/* ---- the document ---- */

/* Tells each page that begins up to `page`; a table does not go on over what is told. */
static void begin_pages(quire_export *job, GString *out, const char *prefix, int32_t page)
{
    markdown_state *state = job->state;
    for (int32_t next; (next = quire_page_begins(job, &state->page, page)) > 0;) {
        close_table(job);
        g_string_assign(out, state->begun ? "\n\n" : "");
        g_string_append(out, prefix);
        quire_page_separator(out, job, next, prefix);
        quire_sink_write(job->sink, out->str, out->len);
        state->begun = true;
        state->in_list = state->in_quote = false;
    }
}

static void separate(quire_export *job, const block_place *place, const quire_element *element)
{
    markdown_state *state = job->state;
    bool item = element->type == QUIRE_LIST_ITEM;
    bool close =
        state->in_list && (begins_item(place, element) ||
                           (item && !quire_item_opens_list(place->job->document, element) &&
                            follows_closely(place, element)));
    bool goes_on = state->in_quote && element->quote;
    if (state->begun)
        quire_sink_text(job->sink, close ? "\n" : goes_on ? "\n>\n" : "\n\n");
    state->begun = true;
    state->in_list = item;
    state->in_quote = element->quote;
}

static bool shows_nothing(const quire_export *job, const quire_element *element)
{
    bool held = element->type == QUIRE_LIST_ITEM && element->text.size > 0;
    if (element->type == QUIRE_FIGURE)
        return !element->image && (!job->options->placeholders || element->decorative);
    return element->type == QUIRE_LIST || (quire_element_own_text(element).size == 0 && !held);
}

/* A list right in another goes on in an item of the page before, which had a marker. */
static int list_indent(const quire_document *document, const quire_element *element)
{
    const quire_element *around = element->parent >= 0 && element->type == QUIRE_LIST
                                      ? &document->elements.items[element->parent]
                                      : NULL;
    if (!around || around->type != QUIRE_LIST)
        return 0;
    return around->ordered ? NUMBER_WIDTH : BULLET_WIDTH;
}

/* Returns the columns by which what `element` holds is indented. */
static int write_block(quire_export *job, GString *out, block_place *place,
                       const quire_element *element, int depth)
{
    int columns = place->indent[depth] + list_indent(job->document, element);
    if (shows_nothing(job, element) || !quire_export_shows(job->options, element) ||
        quire_is_in_cell(job->document, element))
        return columns;
    set_prefix(place, columns);
    begin_pages(job, out, place->prefix, element->page);
    g_string_truncate(out, 0);
    if (continues(job, element, columns)) {
        quire_sink_text(job->sink, "\n");
    } else {
        close_table(job);
        separate(job, place, element);
    }
    quire_sink_text(job->sink, place->prefix);
    if (element->type == QUIRE_LIST_ITEM) {
        columns += append_marker(out, place, element);
        set_prefix(place, columns);
    }
    if (element->type == QUIRE_TABLE)
        append_table(job, out, place, element, columns);
    else
        writer_of(element->type)(out, place, element);
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
    quire_sink_write(job->sink, out->str, out->len);
    return columns;
}

static void write_held(quire_export *job)
{
    block_place place = {.job = job};
    g_autoptr(GString) out = g_string_sized_new(1024);
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER)
            place.indent[walk.depth + 1] = write_block(job, out, &place, walk.element, walk.depth);
    }
    begin_pages(job, out, "", INT32_MAX);
}

static void begin(quire_export *job)
{
    if (!job->options->front_matter)
        return;
    g_autoptr(GString) out = g_string_new(NULL);
    quire_front_matter(out, job->document);
    quire_sink_write(job->sink, out->str, out->len);
    ((markdown_state *)job->state)->begun = true;
}

static void end(quire_export *job)
{
    write_held(job);
    close_table(job);
    if (((markdown_state *)job->state)->begun)
        quire_sink_text(job->sink, "\n");
}

const quire_exporter quire_markdown_exporter = {
    .name = "markdown",
    .extension = "md",
    .media_type = "text/markdown",
    .summary = "GitHub Flavored Markdown, HTML for tables with spans",
    .state_size = sizeof(markdown_state),
    .streams = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
