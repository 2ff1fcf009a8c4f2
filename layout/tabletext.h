/* The text of a table and its cells, as the model wants them. Private to layout/. */
#ifndef QUIRE_LAYOUT_TABLETEXT_H
#define QUIRE_LAYOUT_TABLETEXT_H

#include "layout/passes.h"

typedef struct table_text {
    quire_text text; /* cells parted by tabs, rows by line feeds */
    const quire_cell *cells;
} table_text;

/* Cells in the order of `t`; lives in the page's scratch until the next reset. */
table_text layout_table_text(layout_page *lp, const profile *p, const table *t);

#endif
