/*
 * Plain text in reading order: blank lines between paragraphs, a line for each item of a list with
 * its marker as printed, tables row by row with tabs between the cells. With layout_preserving the
 * words of each page as they stand on it instead, a form feed between pages.
 */
#include "exporters/inner.h"

#include <string.h>

typedef struct text_state {
    bool begun; /* something was written */
    bool in_list; /* the last line was an item */
    int32_t page; /* that began last */
} text_state;

enum { INDENT = 2 }; /* spaces for each level of a list */

static void set_off(quire_export *job, bool closely)
{
    text_state *state = job->state;
    if (state->begun)
        quire_sink_text(job->sink, closely && state->in_list ? "\n" : "\n\n");
    state->begun = true;
    state->in_list = false;
}

static void write_indent(quire_sink *sink, int depth)
{
    for (int i = 0; i < depth * INDENT; i++)
        quire_sink_write(sink, " ", 1);
}

/* Each line of `text` but the first one begins at its depth. */
static void write_lines(quire_sink *sink, quire_text text, int depth)
{
    for (size_t at = 0; at < text.size;) {
        const char *feed = memchr(text.data + at, '\n', text.size - at);
        size_t end = feed ? (size_t)(feed + 1 - text.data) : text.size;
        quire_sink_write(sink, text.data + at, end - at);
        if (feed)
            write_indent(sink, depth);
        at = end;
    }
}

/* Lists and their items alternate, so that every second depth is a level. */
static void write_item(quire_export *job, const quire_element *element, int depth)
{
    quire_text text = quire_element_own_text(element);
    if (element->marker.size == 0 && text.size == 0)
        return;
    set_off(job, !quire_item_opens_list(job->document, element));
    ((text_state *)job->state)->in_list = true;
    write_indent(job->sink, depth / 2);
    quire_sink_write(job->sink, element->marker.data, element->marker.size);
    if (element->marker.size > 0 && text.size > 0)
        quire_sink_write(job->sink, " ", 1);
    write_lines(job->sink, text, depth / 2 + 1);
}

/* Line feeds and tabs within a cell would be taken for the table's own. */
static void write_cell(quire_sink *sink, quire_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        bool blank = text.data[i] == '\n' || text.data[i] == '\t';
        quire_sink_write(sink, blank ? " " : text.data + i, 1);
    }
}

static bool write_table(quire_export *job, const quire_element *element)
{
    const quire_table *table = element->table;
    g_autofree const quire_cell **grid = table ? quire_table_grid(table) : NULL;
    if (!grid)
        return false;
    set_off(job, false);
    for (size_t i = 0; i < (size_t)table->rows * table->columns; i++) {
        if (i > 0)
            quire_sink_text(job->sink, i % table->columns ? "\t" : "\n");
        if (grid[i])
            write_cell(job->sink, quire_cell_text(element, grid[i]));
    }
    return true;
}

static void write_element(quire_export *job, const quire_element *element, int depth)
{
    if (element->type == QUIRE_LIST_ITEM) {
        write_item(job, element, depth);
        return;
    }
    if (element->type == QUIRE_TABLE && write_table(job, element))
        return;
    quire_text text = quire_element_own_text(element);
    if (text.size == 0)
        return;
    set_off(job, false);
    write_indent(job->sink, depth / 2);
    write_lines(job->sink, text, depth / 2);
}

static void begin_pages(quire_export *job, int32_t page)
{
    text_state *state = job->state;
    for (int32_t next; (next = quire_page_begins(job, &state->page, page)) > 0;) {
        g_autoptr(GString) out = g_string_new(NULL);
        quire_page_separator(out, job, next, "");
        set_off(job, false);
        quire_sink_write(job->sink, out->str, out->len);
    }
}

static void write_grids(quire_export *job)
{
    text_state *state = job->state;
    g_autoptr(GString) out = g_string_new(NULL);
    for (size_t i = 0; i < job->document->pages.count; i++) {
        const quire_page_record *page = &job->document->pages.items[i];
        g_string_truncate(out, 0);
        if (quire_page_begins(job, &state->page, page->page) > 0) {
            quire_page_separator(out, job, page->page, "");
            g_string_append_c(out, '\n');
        } else if (state->begun && !job->options->page_separator) {
            g_string_append_c(out, '\f');
        }
        quire_text_grid(out, job, page);
        quire_sink_write(job->sink, out->str, out->len);
        state->begun = true;
    }
}

static void write_flow(quire_export *job)
{
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event != QUIRE_ENTER || !quire_export_shows(job->options, walk.element))
            continue;
        begin_pages(job, walk.element->page);
        write_element(job, walk.element, walk.depth);
    }
    begin_pages(job, INT32_MAX);
}

static void write_held(quire_export *job)
{
    if (job->options->layout_preserving)
        write_grids(job);
    else
        write_flow(job);
}

static void end(quire_export *job)
{
    write_held(job);
    if (!job->options->layout_preserving && ((text_state *)job->state)->begun)
        quire_sink_write(job->sink, "\n", 1);
}

const quire_exporter quire_text_exporter = {
    .name = "text",
    .extension = "txt",
    .media_type = "text/plain",
    .summary = "plain text in reading order, tables separated by tabs",
    .state_size = sizeof(text_state),
    .streams = true,
    .page = write_held,
    .end = end,
};
