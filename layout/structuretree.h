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
/* What the tree states about the node, or about the nearest above it; NULL: nothing. */
const char *layout_tree_language(const structure_tree *tree, int32_t node);
const char *layout_tree_alt(const structure_tree *tree, int32_t node);

#endif
