/*
 * Tables in Markdown: GitHub's pipes where every cell is one line in one place of the grid; HTML,
 * which Markdown lets through, where cells span or hold several lines.
 *
 *     | Year | Yield |           <table>
 *     | --- | --- |               <tr>
 *     | 1986 | 4.2 |               <th colspan="2"> Yield </th>
 *                                 </tr>
 */
#include "exporters/inner.h"

#include <string.h>

static bool fits_pipes(const quire_document *document, const quire_element *element, uint32_t first)
{
    const quire_table *table = element->table;
    const quire_element *next = element + 1,
                        *end = document->elements.items + document->elements.count;
    if (next < end && quire_is_in_cell(document, next) &&
        next->parent == element - document->elements.items)
        return false;
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        if (cell->row < first)
            continue;
        quire_text text = quire_cell_text(element, cell);
        if (cell->row_span != 1 || cell->column_span != 1 || memchr(text.data, '\n', text.size))
            return false;
    }
    return true;
}

static void append_rule(GString *out, uint32_t columns, const char *prefix)
{
    g_string_append_printf(out, "\n%s|", prefix);
    for (uint32_t i = 0; i < columns; i++)
        g_string_append(out, " --- |");
}

/* The first row of all is the head, since a pipe table must have one. */
static void append_pipes(GString *out, const quire_export *job, const quire_element *element,
                         const quire_cell **grid, const char *prefix, uint32_t first, bool has_head)
{
    const quire_table *table = element->table;
    grid += (size_t)first * table->columns;
    for (uint32_t row = first; row < table->rows; row++) {
        if (row > first)
            g_string_append_printf(out, "\n%s", prefix);
        g_string_append_c(out, '|');
        for (uint32_t column = 0; column < table->columns; column++) {
            const quire_cell *cell = *grid++;
            g_string_append_c(out, ' ');
            if (cell)
                quire_markdown_inline(out, job, element, quire_cell_text(element, cell),
                                      QUIRE_INLINE_CELL, prefix);
            g_string_append(out, out->str[out->len - 1] == ' ' ? "|" : " |");
        }
        if (row == 0 && has_head)
            append_rule(out, table->columns, prefix);
    }
}

/* Line feeds within a cell stay visible; a blank line would end the table. */
static void append_html_text(GString *out, quire_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        switch (text.data[i]) {
        case '&':
            g_string_append(out, "&amp;");
            break;
        case '<':
            g_string_append(out, "&lt;");
            break;
        case '>':
            g_string_append(out, "&gt;");
            break;
        case '\n':
            if (text.data[i - 1] != '\n')
                g_string_append(out, "<br>");
            break;
        default:
            g_string_append_c(out, text.data[i]);
        }
    }
}

static void append_html(GString *out, const quire_document *document, const quire_element *element,
                        const quire_cell **grid, const char *prefix, uint32_t first, bool goes_on);

static void append_inner(GString *out, const quire_document *document, const quire_element *outer,
                         const quire_cell *cell, const char *prefix)
{
    const quire_element *inner = NULL;
    while ((inner = quire_table_in_cell(document, outer, cell, inner))) {
        g_autofree const quire_cell **grid = quire_table_grid(inner->table);
        if (!grid) {
            append_html_text(out, quire_element_own_text(inner));
            continue;
        }
        g_string_append_printf(out, "%s<table>\n", out->str[out->len - 1] == ' ' ? "" : " ");
        append_html(out, document, inner, grid, prefix, 0, false);
        g_string_append(out, "</table>");
    }
}

static void append_html_cell(GString *out, const quire_document *document,
                             const quire_element *element, const quire_cell *cell,
                             const char *prefix)
{
    const char *tag = cell->kind == QUIRE_CELL_CONTENT ? "td" : "th";
    g_string_append_printf(out, "\n%s  <%s", prefix, tag);
    if (cell->row_span > 1)
        g_string_append_printf(out, " rowspan=\"%u\"", cell->row_span);
    if (cell->column_span > 1)
        g_string_append_printf(out, " colspan=\"%u\"", cell->column_span);
    g_string_append(out, "> ");
    append_html_text(out, quire_cell_text(element, cell));
    append_inner(out, document, element, cell, prefix);
    g_string_append_printf(out, "%s</%s>", out->str[out->len - 1] == ' ' ? "" : " ", tag);
}

/* Places of the grid that a spanning cell reaches over. */
static bool *covered_places(const quire_table *table)
{
    bool *covered = g_new0(bool, (size_t)table->rows * table->columns);
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        uint32_t bottom = MIN(table->rows, cell->row + cell->row_span);
        uint32_t right = MIN(table->columns, cell->column + cell->column_span);
        for (uint32_t row = cell->row; row < bottom; row++) {
            for (uint32_t column = cell->column; column < right; column++)
                covered[(size_t)row * table->columns + column] = true;
        }
    }
    return covered;
}

static void append_html(GString *out, const quire_document *document, const quire_element *element,
                        const quire_cell **grid, const char *prefix, uint32_t first, bool goes_on)
{
    const quire_table *table = element->table;
    g_autofree bool *covered = covered_places(table);
    for (uint32_t row = first; row < table->rows; row++) {
        g_string_append_printf(out, "%s%s <tr>", row > first ? "\n" : "",
                               row > first || !goes_on ? prefix : "");
        for (uint32_t column = 0; column < table->columns; column++) {
            size_t place = (size_t)row * table->columns + column;
            if (grid[place])
                append_html_cell(out, document, element, grid[place], prefix);
            else if (!covered[place])
                g_string_append_printf(out, "\n%s  <td> </td>", prefix);
        }
        g_string_append_printf(out, "\n%s </tr>", prefix);
    }
}

bool quire_markdown_table_joins(const quire_document *document, const quire_element *element,
                                quire_table_form form)
{
    return form == QUIRE_TABLE_HTML ||
           (form == QUIRE_TABLE_PIPES &&
            fits_pipes(document, element, element->table->repeated_rows));
}

const char *quire_markdown_table_end(quire_table_form form)
{
    return form == QUIRE_TABLE_HTML ? "</table>" : NULL;
}

quire_table_form quire_markdown_table(GString *out, const quire_export *job,
                                      const quire_element *element, const char *prefix,
                                      quire_table_form goes_on)
{
    g_autofree const quire_cell **grid = element->table ? quire_table_grid(element->table) : NULL;
    uint32_t first = goes_on && grid ? element->table->repeated_rows : 0;
    if (!grid) {
        quire_markdown_inline(out, job, element, quire_element_own_text(element),
                              QUIRE_INLINE_BLOCK, prefix);
        return QUIRE_TABLE_NONE;
    }
    if (goes_on == QUIRE_TABLE_PIPES || (!goes_on && fits_pipes(job->document, element, 0))) {
        append_pipes(out, job, element, grid, prefix, first, !goes_on);
        return QUIRE_TABLE_PIPES;
    }
    if (!goes_on)
        g_string_append(out, "<table>\n");
    append_html(out, job->document, element, grid, prefix, first, goes_on);
    return QUIRE_TABLE_HTML;
}
