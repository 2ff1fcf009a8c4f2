/*
 * The structure tree of a tagged file, as layout asks it: what is the element that a piece of
 * marked content belongs to? It refuses to know whether the answer may be trusted (tagged.c).
 * Private to layout/.
 */
#ifndef QUIRE_LAYOUT_STRUCTURETREE_H
#define QUIRE_LAYOUT_STRUCTURETREE_H

#include "page/page.h"

typedef enum tag_kind {
    TAG_PLAIN = 0, /* paragraphs, and what says no more than that there is something */
    TAG_TITLE,
    TAG_HEADING,
    TAG_ITEM,
    TAG_CELL,
    TAG_CAPTION,
    TAG_NOTE,
    TAG_CODE,
    TAG_FORMULA,
    TAG_FIGURE,
    TAG_CONTENTS,
    TAG_QUOTE,
} tag_kind;

/* Marked content that stands in no tree, and such that is said to be no part of the text. */
enum { TAG_UNKNOWN = -1, TAG_ARTIFACT = -2 };

typedef struct tag_element {
    int32_t node; /* of the tree, -1: none */
    tag_kind kind;
    int32_t level; /* of headings, 0: not said */
} tag_element;

typedef struct structure_tree structure_tree;

/* `facts` is borrowed until free. NULL where it has no tree. */
structure_tree *layout_tree_new(const quire_facts *facts);
void layout_tree_free(structure_tree *tree); /* NULL is fine */

/* For each tag of the page the node of its content, TAG_UNKNOWN or TAG_ARTIFACT. */
void layout_tree_resolve(const structure_tree *tree, const quire_page *page, int32_t *nodes);

/* The element that a node stands for: the nearest above it whose role says something. */
tag_element layout_tree_element(const structure_tree *tree, int32_t node);
/* The nearest element above a node that begins a line of its own: "P", "H2", "LBody", "TD" ...; -1:
 * there is none. */
int32_t layout_tree_unit(const structure_tree *tree, int32_t node);
/* True for the unit of a paragraph, heading, item or caption: what text flows through. */
bool layout_tree_is_flowing(const structure_tree *tree, int32_t unit);

/* The item of a list around a node. */
typedef struct tag_item {
    int32_t node, list; /* LI and the L around it; -1: the node stands in none */
    int32_t depth; /* lists around it, 1: an outermost one */
    quire_list_numbering numbering; /* of its list */
    bool is_label; /* the node belongs to its Lbl */
} tag_item;

tag_item layout_tree_item(const structure_tree *tree, int32_t node);
/* True when `inner` is `outer`, or stands in it. */
bool layout_tree_holds(const structure_tree *tree, int32_t outer, int32_t inner);

/* A cell of a table, as the tree states it. */
typedef struct tag_cell {
    int32_t node;
    uint32_t row, column; /* 0-based, in the table */
    uint32_t row_span, column_span;
    quire_header_scope scope;
    bool is_header; /* TH, or named as the header of others */
} tag_cell;

/* The TD or TH around a node, and the Table around that; false: it stands in none. */
bool layout_tree_find_cell(const structure_tree *tree, int32_t node, int32_t *cell, int32_t *table);
/* The cells of a table without those of tables in them, by row; at most `room`. Returns their
 * number; 0 where it has more of them, or of columns than `columns_most`. */
size_t layout_tree_cells(const structure_tree *tree, int32_t table, uint32_t columns_most,
                         tag_cell *cells, size_t room);

/* What the tree states about the node, or about the nearest above it; NULL: nothing. */
const char *layout_tree_language(const structure_tree *tree, int32_t node);
const char *layout_tree_alt(const structure_tree *tree, int32_t node);
/* Does any element state what its print stands for? */
bool layout_tree_spells(const structure_tree *tree);
/* The nearest element at the node or above it that does; -1: none. */
int32_t layout_tree_speller(const structure_tree *tree, int32_t node);
const char *layout_tree_actual_text(const structure_tree *tree, int32_t node);

#endif
