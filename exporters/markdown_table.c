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

static bool fits_pipes(const quire_element *element)
{
    const quire_table *table = element->table;
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
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

/* The first row is the head, since a pipe table must have one. */
static void append_pipes(GString *out, const quire_document *document, const quire_element *element,
                         const quire_cell **grid, const char *prefix)
{
    const quire_table *table = element->table;
    for (uint32_t row = 0; row < table->rows; row++) {
        if (row > 0)
            g_string_append_printf(out, "\n%s", prefix);
        g_string_append_c(out, '|');
        for (uint32_t column = 0; column < table->columns; column++) {
            const quire_cell *cell = *grid++;
            g_string_append_c(out, ' ');
            if (cell)
                quire_markdown_inline(out, document, element, quire_cell_text(element, cell),
                                      QUIRE_INLINE_CELL, prefix);
            g_string_append(out, out->str[out->len - 1] == ' ' ? "|" : " |");
        }
        if (row == 0)
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

static void append_html_cell(GString *out, const quire_element *element, const quire_cell *cell,
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

static void append_html(GString *out, const quire_element *element, const quire_cell **grid,
                        const char *prefix)
{
    const quire_table *table = element->table;
    g_autofree bool *covered = covered_places(table);
    g_string_append(out, "<table>");
    for (uint32_t row = 0; row < table->rows; row++) {
        g_string_append_printf(out, "\n%s <tr>", prefix);
        for (uint32_t column = 0; column < table->columns; column++) {
            size_t place = (size_t)row * table->columns + column;
            if (grid[place])
                append_html_cell(out, element, grid[place], prefix);
            else if (!covered[place])
                g_string_append_printf(out, "\n%s  <td> </td>", prefix);
        }
        g_string_append_printf(out, "\n%s </tr>", prefix);
    }
    g_string_append_printf(out, "\n%s</table>", prefix);
}

void quire_markdown_table(GString *out, const quire_document *document,
                          const quire_element *element, const char *prefix)
{
    g_autofree const quire_cell **grid = element->table ? quire_table_grid(element->table) : NULL;
    if (!grid)
        quire_markdown_inline(out, document, element, quire_element_own_text(element),
                              QUIRE_INLINE_BLOCK, prefix);
    else if (fits_pipes(element))
        append_pipes(out, document, element, grid, prefix);
    else
        append_html(out, element, grid, prefix);
}
