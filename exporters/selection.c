/*
 * What a text for readers shows of a document: which elements, which part of their text, which
 * cells of a table. Markdown and plain text ask here, so that they cannot disagree.
 */
#include "exporters/inner.h"

/* Places of a grid; a table that claims more is written by its text. */
enum { MAX_GRID = 4 * 1000 * 1000 };

bool quire_export_shows(const quire_export_options *options, const quire_element *element)
{
    if (element->layer == QUIRE_LAYER_HIDDEN)
        return options->hidden_text == QUIRE_KEEP;
    if (element->layer != QUIRE_LAYER_FURNITURE || options->headers_footers == QUIRE_KEEP)
        return true;
    return options->headers_footers == QUIRE_KEEP_DEFAULT && !element->repeats;
}

bool quire_item_opens_list(const quire_document *document, const quire_element *item)
{
    if (item->parent < 0)
        return false;
    const quire_element *list = &document->elements.items[item->parent];
    return list->parent < 0 && item == list + 1;
}

bool quire_is_heading(const quire_element *element)
{
    return element->type == QUIRE_TITLE || element->type == QUIRE_HEADING;
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

quire_text quire_text_trimmed(quire_text text)
{
    while (text.size > 0 && is_blank(text.data[0])) {
        text.data++;
        text.size--;
    }
    while (text.size > 0 && is_blank(text.data[text.size - 1]))
        text.size--;
    return text;
}

quire_text quire_element_own_text(const quire_element *element)
{
    return quire_text_trimmed((quire_text){element->text.data, element->own_size});
}

quire_text quire_cell_text(const quire_element *table, const quire_cell *cell)
{
    if (cell->start > cell->end || cell->end > table->text.size)
        return QUIRE_TEXT("");
    quire_text text = {table->text.data + cell->start, cell->end - cell->start};
    return quire_text_trimmed(text);
}

bool quire_is_in_cell(const quire_document *document, const quire_element *element)
{
    if (!element->table || element->parent < 0)
        return false;
    const quire_element *outer = &document->elements.items[element->parent];
    if (!outer->table || quire_element_own_text(outer).size == 0 ||
        outer->layer != element->layer || outer->repeats != element->repeats)
        return false;
    g_autofree const quire_cell **grid = quire_table_grid(outer->table);
    uint32_t row = element->table->in_row, column = element->table->in_column;
    return grid && row < outer->table->rows && column < outer->table->columns &&
           grid[(size_t)row * outer->table->columns + column];
}

const quire_element *quire_table_in_cell(const quire_document *document, const quire_element *outer,
                                         const quire_cell *cell, const quire_element *last)
{
    const quire_element *end = document->elements.items + document->elements.count;
    int32_t index = (int32_t)(outer - document->elements.items);
    for (const quire_element *e = (last ? last : outer) + 1; e < end && e->parent >= index; e++)
        if (e->parent == index && quire_is_in_cell(document, e) && e->table->in_row == cell->row &&
            e->table->in_column == cell->column)
            return e;
    return NULL;
}

const quire_cell **quire_table_grid(const quire_table *table)
{
    if (table->rows == 0 || table->columns == 0 || table->columns > MAX_GRID / table->rows)
        return NULL;
    const quire_cell **grid = g_new0(const quire_cell *, (size_t)table->rows * table->columns);
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        if (cell->row < table->rows && cell->column < table->columns)
            grid[(size_t)cell->row * table->columns + cell->column] = cell;
    }
    return grid;
}
