/*
 * HTML that several formats hold: escaped text, and a table of a grid. All of it is well-formed XML
 * too, so that any reader of either takes it.
 */
#include "exporters/inner.h"

/* XML 1.0, 2.2: what a document may hold. */
static bool is_character(uint32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c != 0xFFFE && c != 0xFFFF);
}

void quire_html_escape(GString *out, quire_text text)
{
    for (size_t at = 0; at < text.size;) {
        size_t start = at;
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (c == '&')
            g_string_append(out, "&amp;");
        else if (c == '<')
            g_string_append(out, "&lt;");
        else if (c == '>')
            g_string_append(out, "&gt;");
        else if (c == '"')
            g_string_append(out, "&quot;");
        else if (!is_character(c) || c == QUIRE_REPLACEMENT)
            g_string_append(out, "\xEF\xBF\xBD");
        else
            g_string_append_len(out, text.data + start, (gssize)(at - start));
    }
}

static void append_inner(GString *out, const quire_document *document, const quire_element *outer,
                         const quire_cell *cell)
{
    const quire_element *inner = NULL;
    while (document && (inner = quire_table_in_cell(document, outer, cell, inner))) {
        g_string_append_printf(out, "<div id=\"%s\">", inner->id);
        quire_html_table(out, document, inner, QUIRE_TEXT(""));
        g_string_append(out, "</div>");
    }
}

static void append_cell(GString *out, const quire_document *document, const quire_element *element,
                        const quire_cell *cell)
{
    static const char *const scopes[] = {
        [QUIRE_CELL_COLUMN_HEADER] = " scope=\"col\"",
        [QUIRE_CELL_ROW_HEADER] = " scope=\"row\"",
        [QUIRE_CELL_SECTION] = " scope=\"rowgroup\"",
    };
    bool is_header = cell->kind != QUIRE_CELL_CONTENT;
    g_string_append(out, is_header ? "<th" : "<td");
    if (is_header && cell->kind != QUIRE_CELL_STUB)
        g_string_append(out, scopes[cell->kind]);
    if (cell->row_span > 1)
        g_string_append_printf(out, " rowspan=\"%u\"", cell->row_span);
    if (cell->column_span > 1)
        g_string_append_printf(out, " colspan=\"%u\"", cell->column_span);
    g_string_append_c(out, '>');
    quire_html_escape(out, quire_cell_text(element, cell));
    append_inner(out, document, element, cell);
    g_string_append(out, is_header ? "</th>" : "</td>");
}

/* Places that a cell reaches over from the left or from above. */
static bool *reached_places(const quire_table *table)
{
    bool *reached = g_new0(bool, (size_t)table->rows * table->columns);
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        uint32_t bottom = MIN(table->rows, cell->row + cell->row_span);
        uint32_t right = MIN(table->columns, cell->column + cell->column_span);
        for (uint32_t row = cell->row; row < bottom; row++) {
            for (uint32_t column = cell->column; column < right; column++)
                reached[(size_t)row * table->columns + column] = true;
        }
    }
    return reached;
}

/* Rows at the top that hold headers of columns and nothing else. */
static uint32_t head_rows(const quire_table *table)
{
    uint32_t rows = table->rows;
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        bool heads = cell->kind == QUIRE_CELL_COLUMN_HEADER || cell->kind == QUIRE_CELL_STUB;
        if (!heads && cell->end > cell->start)
            rows = MIN(rows, cell->row);
    }
    return rows < table->rows ? rows : 0;
}

static void append_row(GString *out, const quire_document *document, const quire_element *element,
                       const quire_cell **grid, const bool *reached, uint32_t row)
{
    const quire_table *table = element->table;
    g_string_append(out, "<tr>");
    for (uint32_t column = 0; column < table->columns; column++) {
        size_t place = (size_t)row * table->columns + column;
        if (grid[place])
            append_cell(out, document, element, grid[place]);
        else if (!reached[place])
            g_string_append(out, "<td></td>");
    }
    g_string_append(out, "</tr>");
}

void quire_html_table(GString *out, const quire_document *document, const quire_element *element,
                      quire_text caption)
{
    g_autofree const quire_cell **grid = element->table ? quire_table_grid(element->table) : NULL;
    if (!grid) {
        g_string_append(out, "<pre>");
        quire_html_escape(out, quire_element_own_text(element));
        g_string_append(out, "</pre>");
        return;
    }
    const quire_table *table = element->table;
    g_autofree bool *reached = reached_places(table);
    uint32_t head = head_rows(table);
    g_string_append(out, "<table>");
    if (caption.size > 0) {
        g_string_append(out, "<caption>");
        quire_html_escape(out, caption);
        g_string_append(out, "</caption>");
    }
    g_string_append(out, head > 0 ? "<thead>" : "<tbody>");
    for (uint32_t row = 0; row < table->rows; row++) {
        if (row > 0 && row == head)
            g_string_append(out, "</thead><tbody>");
        append_row(out, document, element, grid, reached, row);
    }
    g_string_append(out, "</tbody></table>");
}
