/*
 * The document as atoms, pieces of text that are not cut while they fit into a chunk, and as
 * sections, the headings they stand under:
 *
 *     # Title          section 0, level 0
 *     ## Hives         section 1, level 1, under 0       heading, paragraph, paragraph: three atoms
 *     - a - b          a list: its items are atoms of one block
 *     Table 1. ...     a caption and the rows of its table: one block
 *
 * A footnote stands behind the block that calls it, not where the page has room for it.
 */
#include "chunk/inner.h"

#include <string.h>

enum { MAX_CALLS = 64 }; /* footnotes of one mark */

typedef struct atom_builder {
    const quire_document *document;
    const quire_chunk_options *options;
    atom_list list;
    int32_t section;
    uint32_t block;
    int32_t list_root; /* the outermost list that is open, -1: none */
    bool after_caption; /* the last atom is a caption that what follows may join */
    int32_t caption_page;
    int32_t last_table; /* element of the last atom where that is a table's, -1: none */
    GHashTable *calls; /* number of a footnote -> note_call */
    uint64_t point; /* code points and bytes of the content up to where it was counted */
    size_t byte;
} atom_builder;

/* Where a footnote is called. */
typedef struct note_call {
    uint32_t block;
    int32_t section;
} note_call;

/* Bytes of the content at a code point; they are asked for in ascending order. */
static size_t byte_of(atom_builder *b, uint64_t point)
{
    const quire_document *document = b->document;
    if (point < b->point) {
        b->point = document->content_start;
        b->byte = 0;
    }
    for (; b->point < point && b->byte < document->content.count; b->point++)
        quire_utf8_next(document->content.items, document->content.count, &b->byte);
    return b->byte;
}

static bool is_blank_text(const char *text, size_t size)
{
    for (size_t at = 0; at < size;) {
        if (!quire_is_space(quire_utf8_next(text, size, &at)))
            return false;
    }
    return true;
}

/* Adds content[start, end) bytes, without white space at its ends, as an atom. */
static void add_atom(atom_builder *b, int32_t element, atom_kind kind, size_t start, size_t end)
{
    const char *content = b->document->content.items;
    while (start < end && g_ascii_isspace(content[start]))
        start++;
    while (end > start && g_ascii_isspace(content[end - 1]))
        end--;
    if (is_blank_text(content + start, end - start))
        return;
    if (start < b->byte) {
        b->point = b->document->content_start;
        b->byte = 0;
    }
    b->point += quire_utf8_length(content + b->byte, start - b->byte);
    b->byte = start;
    uint64_t first = b->point;
    b->point += quire_utf8_length(content + start, end - start);
    b->byte = end;
    atom made = {.piece = {element, {first, b->point}, start, end},
                 .kind = kind,
                 .block = b->block,
                 .section = b->section};
    g_array_append_val(b->list.atoms, made);
}

/* Opens the section of a heading: under the last one that is of a smaller level. */
static void open_section(atom_builder *b, int32_t index)
{
    const quire_element *element = &b->document->elements.items[index];
    int32_t level = element->type == QUIRE_TITLE ? 0 : MAX(element->level, 1);
    int32_t parent = b->section;
    while (parent >= 0 && section_at(&b->list, parent)->level >= level)
        parent = section_at(&b->list, parent)->parent;
    heading_section opened = {index, level, parent};
    b->section = (int32_t)b->list.sections->len;
    g_array_append_val(b->list.sections, opened);
}

/* A row is where its cells' text is; cells stand in the order of their rows. */
static void add_rows(atom_builder *b, int32_t index, size_t start)
{
    const quire_element *element = &b->document->elements.items[index];
    const quire_table *table = element->table;
    size_t from = 0;
    for (size_t i = 0; i < table->cell_count; i++) {
        bool is_last = i + 1 == table->cell_count || table->cells[i + 1].row != table->cells[i].row;
        size_t end = i + 1 == table->cell_count ? element->own_size : table->cells[i].end;
        if (!is_last || end < from || end > element->own_size)
            continue;
        add_atom(b, index, ATOM_ROW, start + from, start + end);
        from = end;
    }
    if (from < element->own_size)
        add_atom(b, index, ATOM_ROW, start + from, start + element->own_size);
}

static bool is_heading(const quire_element *element)
{
    return element->type == QUIRE_TITLE || element->type == QUIRE_HEADING;
}

static int32_t outermost_list(const quire_document *document, int32_t index)
{
    int32_t root = -1;
    for (int32_t at = index; at >= 0; at = document->elements.items[at].parent)
        root = document->elements.items[at].type == QUIRE_LIST ? at : root;
    return root;
}

/* Does `element` go on with what the atom before it began? */
static bool joins_block(const atom_builder *b, const quire_element *element, int32_t root)
{
    bool holds_together = element->type == QUIRE_TABLE || element->type == QUIRE_FIGURE;
    if (root >= 0 && root == b->list_root)
        return true;
    if (b->after_caption && holds_together)
        return true;
    return element->type == QUIRE_CAPTION && b->last_table >= 0 &&
           b->document->elements.items[b->last_table].page == element->page;
}

static atom_kind kind_of(const quire_element *element, int32_t root)
{
    if (is_heading(element))
        return ATOM_HEADING;
    if (element->type == QUIRE_CAPTION)
        return ATOM_CAPTION;
    return root >= 0 ? ATOM_ITEM : ATOM_PROSE;
}

static void add_calls(atom_builder *b, const quire_element *element)
{
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        for (uint32_t k = 0; run->note > 0 && k < MIN(MAX(run->note_count, 1), MAX_CALLS); k++) {
            gpointer note = GUINT_TO_POINTER(run->note + k);
            if (g_hash_table_contains(b->calls, note))
                continue;
            note_call *call = g_new(note_call, 1);
            *call = (note_call){b->block, b->section};
            g_hash_table_insert(b->calls, note, call);
        }
    }
}

static void add_element(atom_builder *b, int32_t index)
{
    const quire_element *element = &b->document->elements.items[index];
    if (element->own_size == 0)
        return;
    int32_t root = outermost_list(b->document, index);
    size_t start = byte_of(b, element->span.start);
    if (is_heading(element))
        open_section(b, index);
    if (!joins_block(b, element, root))
        b->block++;
    b->list_root = root;
    b->after_caption = element->type == QUIRE_CAPTION;
    b->last_table = element->type == QUIRE_TABLE ? index : -1;
    add_calls(b, element);
    if (element->type == QUIRE_TABLE && element->table)
        add_rows(b, index, start);
    else
        add_atom(b, index, kind_of(element, root), start, start + element->own_size);
}

static bool is_shown(const quire_chunk_options *options, const quire_element *element)
{
    if (options->shows)
        return options->shows(options->user, element);
    return element->layer == QUIRE_LAYER_BODY || element->layer == QUIRE_LAYER_FOOTNOTE;
}

static gint compare_atoms(gconstpointer a, gconstpointer b)
{
    const atom *x = a, *y = b;
    if (x->block != y->block)
        return x->block < y->block ? -1 : 1;
    if (x->is_note != y->is_note)
        return x->is_note ? 1 : -1;
    return x->piece.start < y->piece.start ? -1 : x->piece.start > y->piece.start;
}

/* Footnotes become part of the block that calls them; blocks ascend, as atoms do in a block. */
static void attach_notes(atom_builder *b)
{
    bool moved = false;
    for (guint i = 0; i < b->list.atoms->len; i++) {
        atom *at = &g_array_index(b->list.atoms, atom, i);
        const quire_element *element = &b->document->elements.items[at->piece.element];
        if (element->type != QUIRE_FOOTNOTE || element->note == 0)
            continue;
        const note_call *call = g_hash_table_lookup(b->calls, GUINT_TO_POINTER(element->note));
        if (!call)
            continue;
        at->block = call->block;
        at->section = call->section;
        at->is_note = moved = true;
    }
    if (moved)
        g_array_sort(b->list.atoms, compare_atoms);
}

atom_list atom_list_new(const quire_document *document, const quire_chunk_options *options)
{
    atom_builder b = {.document = document,
                      .options = options,
                      .section = -1,
                      .list_root = -1,
                      .last_table = -1,
                      .calls = g_hash_table_new_full(NULL, NULL, NULL, g_free),
                      .point = document->content_start};
    b.list.atoms = g_array_new(FALSE, FALSE, sizeof(atom));
    b.list.sections = g_array_new(FALSE, FALSE, sizeof(heading_section));
    quire_walk walk = quire_walk_start(document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER && is_shown(options, walk.element))
            add_element(&b, (int32_t)(walk.element - document->elements.items));
    }
    attach_notes(&b);
    g_hash_table_unref(b.calls);
    return b.list;
}

void atom_list_clear(atom_list *list)
{
    g_array_unref(list->atoms);
    g_array_unref(list->sections);
    *list = (atom_list){0};
}
