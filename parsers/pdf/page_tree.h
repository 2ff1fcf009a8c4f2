/*
 * The page tree (PDF 32000-1, 7.7.3): which object is page n, and what it inherits.
 *
 * It is walked once, and keeps a few bytes per page and nothing of Poppler's, so that a document
 * of 20,000 pages stays as small as one of 20. It believes neither /Count nor /Type, and refuses
 * to know what stands on a page.
 */
#ifndef QUIRE_PDF_PAGE_TREE_H
#define QUIRE_PDF_PAGE_TREE_H

#include "parsers/pdf/pdf.h"

typedef struct quire_page_tree quire_page_tree;

/* Walks the tree of the open document; what is odd in it becomes issues. Never NULL. */
quire_page_tree *quire_page_tree_new(quire_pdf *pdf);
void quire_page_tree_free(quire_page_tree *tree); /* NULL is fine */

int quire_page_tree_count(const quire_page_tree *tree);
/* How many of the pages are there; each is looked at. */
int quire_page_tree_survivors(const quire_page_tree *tree);
/* 1-based number of the page with this object number, the first if there are several; 0: none. */
int quire_page_tree_number_of(quire_page_tree *tree, int object);

/*
 * Page `number` with all that it inherits; the handles belong to the current mark. Boxes are
 * whole: media is not empty and no longer than QUIRE_MAX_PAGE_SIDE, crop lies within it. False when
 * the tree has no such page, or its object is lost.
 */
bool quire_page_tree_find(quire_page_tree *tree, int number, quire_page_source *source);

#endif
