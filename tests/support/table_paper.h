/*
 * Tables on paper: rows of cells at places, and the tables of a document as one line of text.
 */
#ifndef QUIRE_TESTS_TABLE_PAPER_H
#define QUIRE_TESTS_TABLE_PAPER_H

#include <stdio.h>

#include "tests/support/paper.h"

#define SIZE 10.0f
#define LEADING 14.0f

/* The table as text: cells of a row parted by "|", rows by "/", spans as "{rows x columns}". */
static inline const char *table_text(const quire_document *document)
{
    static char out[4096];
    size_t used = 0;
    out[0] = 0;
    for (size_t i = 0; i < document->elements.count; i++) {
        const quire_element *e = &document->elements.items[i];
        if (e->type != QUIRE_TABLE)
            continue;
        uint32_t row = 0;
        for (size_t c = 0; c < e->table->cell_count; c++) {
            const quire_cell *cell = &e->table->cells[c];
            const char *parted = c == 0 ? "" : cell->row > row ? "/" : "|";
            row = cell->row;
            used += (size_t)snprintf(out + used, sizeof out - used, "%s%.*s", parted,
                                     (int)(cell->end - cell->start), e->text.data + cell->start);
            if (cell->row_span > 1 || cell->column_span > 1)
                used += (size_t)snprintf(out + used, sizeof out - used, "{%ux%u}", cell->row_span,
                                         cell->column_span);
        }
        used += (size_t)snprintf(out + used, sizeof out - used, ";");
    }
    return out;
}

static inline void assert_tables(paper *p, const char *expected)
{
    quire_document *document = paper_read(p);
    assert_string_equal(table_text(document), expected);
    assert_int_equal(document->audit.lost, 0);
    paper_close(p);
}

/* Rows of cells, columns 100 points apart. */
static inline void write_rows(paper *p, float y, const char *const *cells, int rows, int columns)
{
    for (int r = 0; r < rows; r++)
        for (int c = 0; c < columns; c++)
            paper_write(p, 75 + 100 * (float)c, y + LEADING * (float)r, SIZE, false,
                        cells[r * columns + c]);
}

static inline void rule_grid(paper *p, float y, int rows, int columns)
{
    float right = 70 + 100 * (float)columns, bottom = y + LEADING * (float)rows;
    for (int r = 0; r <= rows; r++)
        paper_rule(p, 70, y + LEADING * (float)r, right, y + LEADING * (float)r);
    for (int c = 0; c <= columns; c++)
        paper_rule(p, 70 + 100 * (float)c, y, 70 + 100 * (float)c, bottom);
}

#endif
