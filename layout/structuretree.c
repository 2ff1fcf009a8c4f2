/*
 * The structure tree of a tagged file (PDF 32000-1, 14.7 and 14.8), from its leaves:
 *
 *     glyph -> tag of the page -> (page, stream, MCID) -> leaf -> ... -> element
 */
#include "layout/structuretree.h"

#include <stdlib.h>
#include <string.h>

enum { MOST_CLIMB = 64, MOST_COLUMNS = 64 };

typedef struct leaf_key {
    int32_t page, stream, mcid, node;
} leaf_key;

struct structure_tree {
    const quire_structure_node *nodes;
    size_t count;
    leaf_key *leaves; /* ascending */
    size_t leaf_count;
    bool spells; /* some node has an actual text */
};

static const struct {
    const char *role;
    tag_kind kind;
    int32_t level;
} roles[] = {
    {"P", TAG_PLAIN, 0},         {"H", TAG_HEADING, 0},       {"H1", TAG_HEADING, 1},
    {"H2", TAG_HEADING, 2},      {"H3", TAG_HEADING, 3},      {"H4", TAG_HEADING, 4},
    {"H5", TAG_HEADING, 5},      {"H6", TAG_HEADING, 6},      {"Title", TAG_TITLE, 0},
    {"LI", TAG_ITEM, 0},         {"LBody", TAG_ITEM, 0},      {"L", TAG_ITEM, 0},
    {"TD", TAG_CELL, 0},         {"TH", TAG_CELL, 0},         {"Table", TAG_CELL, 0},
    {"Caption", TAG_CAPTION, 0}, {"Note", TAG_NOTE, 0},       {"FENote", TAG_NOTE, 0},
    {"Code", TAG_CODE, 0},       {"Formula", TAG_FORMULA, 0}, {"Figure", TAG_FIGURE, 0},
    {"TOC", TAG_CONTENTS, 0},    {"TOCI", TAG_CONTENTS, 0},   {"BlockQuote", TAG_QUOTE, 0},
};

static int compare_leaves(const void *a, const void *b)
{
    const leaf_key *x = a, *y = b;
    if (x->page != y->page)
        return x->page < y->page ? -1 : 1;
    if (x->stream != y->stream)
        return x->stream < y->stream ? -1 : 1;
    if (x->mcid != y->mcid)
        return x->mcid < y->mcid ? -1 : 1;
    return x->node < y->node ? -1 : x->node > y->node;
}

structure_tree *layout_tree_new(const quire_facts *facts)
{
    if (!facts || facts->structure_count == 0)
        return NULL;
    structure_tree *tree = calloc(1, sizeof *tree);
    leaf_key *leaves = calloc(facts->structure_count, sizeof *leaves);
    if (!tree || !leaves)
        abort();
    *tree = (structure_tree){
        .nodes = facts->structure, .count = facts->structure_count, .leaves = leaves};
    for (size_t i = 0; i < tree->count; i++) {
        const quire_structure_node *n = &tree->nodes[i];
        tree->spells |= n->actual_text && n->actual_text[0];
        if (n->mcid >= 0)
            leaves[tree->leaf_count++] = (leaf_key){n->page, n->stream, n->mcid, (int32_t)i};
    }
    qsort(leaves, tree->leaf_count, sizeof *leaves, compare_leaves);
    return tree;
}

void layout_tree_free(structure_tree *tree)
{
    if (!tree)
        return;
    free(tree->leaves);
    free(tree);
}

static int32_t find_leaf(const structure_tree *tree, int32_t page, int32_t stream, int32_t mcid)
{
    leaf_key wanted = {page, stream, mcid, -1};
    size_t low = 0, high = tree->leaf_count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (compare_leaves(&tree->leaves[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    const leaf_key *found = low < tree->leaf_count ? &tree->leaves[low] : NULL;
    bool same = found && found->page == page && found->stream == stream && found->mcid == mcid;
    return same ? found->node : TAG_UNKNOWN;
}

void layout_tree_resolve(const structure_tree *tree, const quire_page *page, int32_t *nodes)
{
    for (size_t i = 0; i < page->tag_count; i++) {
        const quire_tag *tag = &page->tags[i];
        bool inner = tag->parent >= 0 && (size_t)tag->parent < i;
        nodes[i] = inner ? nodes[tag->parent] : TAG_UNKNOWN;
        if (strcmp(tag->name, "Artifact") == 0) {
            nodes[i] = TAG_ARTIFACT;
        } else if (tag->mcid >= 0) {
            int32_t leaf = find_leaf(tree, page->number, tag->stream, tag->mcid);
            if (leaf == TAG_UNKNOWN && tag->stream >= 0) /* a form that counts with its page */
                leaf = find_leaf(tree, page->number, -1, tag->mcid);
            nodes[i] = leaf >= 0 ? leaf : nodes[i];
        }
    }
}

static int32_t role_index(const char *role)
{
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].role, role) == 0)
            return (int32_t)i;
    return -1;
}

tag_element layout_tree_element(const structure_tree *tree, int32_t node)
{
    int32_t plain = -1;
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent) {
        int32_t role = role_index(tree->nodes[node].role);
        if (role < 0)
            continue;
        if (roles[role].kind != TAG_PLAIN) /* a paragraph of an item, a cell, a note is that */
            return (tag_element){node, roles[role].kind, roles[role].level};
        plain = plain < 0 ? node : plain;
    }
    return (tag_element){plain, TAG_PLAIN, 0};
}

static bool has_role(const structure_tree *tree, int32_t node, const char *role)
{
    return strcmp(tree->nodes[node].role, role) == 0;
}

static bool is_named(const char *role, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(names[i], role) == 0)
            return true;
    return false;
}

/* A Lbl is none: it also stands in the midst of text, where it calls a note. */
static const char *const flowing[] = {"P",     "H",       "H1",   "H2",     "H3",
                                      "H4",    "H5",      "H6",   "LI",     "LBody",
                                      "Title", "Caption", "Note", "FENote", "BlockQuote"};
static const char *const apart[] = {"TD", "TH", "Code", "Formula", "Figure", "TOC", "TOCI", "Form"};

int32_t layout_tree_unit(const structure_tree *tree, int32_t node)
{
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent) {
        const char *role = tree->nodes[node].role;
        if (is_named(role, flowing, sizeof flowing / sizeof *flowing) ||
            is_named(role, apart, sizeof apart / sizeof *apart))
            return node;
    }
    return -1;
}

bool layout_tree_is_flowing(const structure_tree *tree, int32_t unit)
{
    return unit >= 0 && is_named(tree->nodes[unit].role, flowing, sizeof flowing / sizeof *flowing);
}

/* ---- lists ---- */

tag_item layout_tree_item(const structure_tree *tree, int32_t node)
{
    tag_item item = {.node = -1, .list = -1};
    bool label = false;
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent) {
        label |= item.node < 0 && has_role(tree, node, "Lbl");
        if (item.node < 0 && has_role(tree, node, "LI")) {
            item.node = node;
            item.is_label = label;
        }
        if (item.node < 0 || !has_role(tree, node, "L"))
            continue;
        if (item.list < 0) {
            item.list = node;
            item.numbering = (quire_list_numbering)tree->nodes[node].numbering;
        }
        item.depth++;
    }
    return item.list >= 0 ? item : (tag_item){.node = -1, .list = -1};
}

bool layout_tree_holds(const structure_tree *tree, int32_t outer, int32_t inner)
{
    for (int i = 0; inner > outer && i < MOST_CLIMB; i++)
        inner = tree->nodes[inner].parent;
    return outer >= 0 && inner == outer;
}

/* ---- tables ---- */

bool layout_tree_find_cell(const structure_tree *tree, int32_t node, int32_t *cell, int32_t *table)
{
    *cell = -1;
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent) {
        if (*cell < 0 && (has_role(tree, node, "TD") || has_role(tree, node, "TH")))
            *cell = node;
        if (!has_role(tree, node, "Table"))
            continue;
        *table = node;
        return *cell >= 0;
    }
    return false;
}

/* The first node after `node` and all that is in it. */
static size_t past(const structure_tree *tree, size_t node)
{
    size_t end = node + 1;
    while (end < tree->count && tree->nodes[end].parent >= (int32_t)node)
        end++;
    return end;
}

/* Rows of each column that cells above reach down to, half open. */
typedef struct placing {
    uint32_t *reach;
    uint32_t columns_most, row, column;
    bool has_row;
} placing;

/* The cell takes the first free columns of the row at hand; false: there are too many. */
static bool place_cell(placing *p, const quire_structure_node *n, tag_cell *cell)
{
    while (p->column < p->columns_most && p->reach[p->column] > p->row)
        p->column++;
    if (!p->has_row || p->column + (uint32_t)n->column_span > p->columns_most)
        return false;
    cell->row = p->row;
    cell->column = p->column;
    cell->row_span = (uint32_t)n->row_span;
    cell->column_span = (uint32_t)n->column_span;
    for (uint32_t c = 0; c < cell->column_span; c++)
        p->reach[p->column + c] = p->row + cell->row_span;
    p->column += cell->column_span;
    return true;
}

size_t layout_tree_cells(const structure_tree *tree, int32_t table, uint32_t columns_most,
                         tag_cell *cells, size_t room)
{
    uint32_t reach[MOST_COLUMNS] = {0};
    placing p = {reach, columns_most < MOST_COLUMNS ? columns_most : MOST_COLUMNS, 0, 0, false};
    size_t count = 0, end = past(tree, (size_t)table);
    for (size_t i = (size_t)table + 1; i < end; i++) {
        const quire_structure_node *n = &tree->nodes[i];
        bool is_head = has_role(tree, (int32_t)i, "TH");
        if (has_role(tree, (int32_t)i, "TR")) {
            p.row += p.has_row;
            p.column = 0;
            p.has_row = true;
        }
        if (is_head || has_role(tree, (int32_t)i, "TD")) {
            if (count == room || !place_cell(&p, n, &cells[count]))
                return 0;
            cells[count].node = (int32_t)i;
            cells[count].scope = (quire_header_scope)n->scope;
            cells[count++].is_header = is_head || n->heads_cells;
            i = past(tree, i) - 1; /* what is in a cell is no cell of this table */
        }
    }
    return count;
}

const char *layout_tree_language(const structure_tree *tree, int32_t node)
{
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent)
        if (tree->nodes[node].language && tree->nodes[node].language[0])
            return tree->nodes[node].language;
    return NULL;
}

const char *layout_tree_alt(const structure_tree *tree, int32_t node)
{
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent)
        if (tree->nodes[node].alt && tree->nodes[node].alt[0])
            return tree->nodes[node].alt;
    return NULL;
}

bool layout_tree_spells(const structure_tree *tree)
{
    return tree->spells;
}

int32_t layout_tree_speller(const structure_tree *tree, int32_t node)
{
    for (int i = 0; node >= 0 && i < MOST_CLIMB; i++, node = tree->nodes[node].parent)
        if (tree->nodes[node].actual_text && tree->nodes[node].actual_text[0])
            return node;
    return -1;
}

const char *layout_tree_actual_text(const structure_tree *tree, int32_t node)
{
    return tree->nodes[node].actual_text;
}
