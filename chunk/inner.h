/*
 * What the files of chunk/ share among themselves: counters by the unit, the document as atoms
 * that are not cut, and the sections they stand in. Not for other rooms.
 */
#ifndef QUIRE_CHUNK_INNER_H
#define QUIRE_CHUNK_INNER_H

#include <glib.h>

#include "chunk/chunk.h"

/* ---- counter.c ---- */

/*
 * Lengths are counted in units that add up: code points, words. Where parts may count otherwise
 * apart than together (byte pairs), `adds_up` is false and a text is counted as a whole.
 */
struct quire_counter {
    const char *name;
    size_t units_per_token;
    bool adds_up;
    size_t separator; /* units of "\n\n" */
    quire_segmenter *words; /* of the counter "words" */
    struct bpe *bpe;
};

size_t counter_units(quire_counter *counter, quire_text text);

/* ---- bpe.c ---- */

/* Reads `file`, or where it is NULL opens `path`. NULL with `error`. */
struct bpe *bpe_open(const char *path, const int *file, quire_error *error);
void bpe_free(struct bpe *bpe);
size_t bpe_count(struct bpe *bpe, quire_text text);

/* ---- atoms.c ---- */

typedef enum atom_kind {
    ATOM_PROSE = 0, /* may be cut between sentences */
    ATOM_HEADING,
    ATOM_ITEM,
    ATOM_ROW, /* of a table */
    ATOM_CAPTION,
} atom_kind;

/* A piece of text that is cut only where it alone is more than a chunk may hold. */
typedef struct atom {
    quire_chunk_piece piece;
    atom_kind kind;
    uint32_t block; /* atoms of one block would rather stay together: a table, a list */
    int32_t section; /* index, -1: before the first heading */
    bool is_note; /* it was moved behind the block that calls it */
    size_t units; /* 0: not counted yet */
} atom;

typedef struct heading_section {
    int32_t heading; /* element */
    int32_t level; /* of the title 0 */
    int32_t parent; /* section, -1: none */
} heading_section;

typedef struct atom_list {
    GArray *atoms; /* of atom, in reading order */
    GArray *sections; /* of heading_section */
} atom_list;

atom_list atom_list_new(const quire_document *document, const quire_chunk_options *options);
void atom_list_clear(atom_list *list);

/* ---- context.c ---- */

typedef struct contexts {
    const quire_document *document;
    const quire_chunk_options *options;
    const atom_list *list;
    quire_arena *arena;
    size_t most_units; /* that a context may take */
} contexts;

/* The headings above an atom as one line, and for a later row of a table its caption and head. */
quire_text context_of(const contexts *c, size_t atom_index);
/* The path of sections to `section`, outermost first, as elements in the arena. */
const int32_t *context_path(const contexts *c, int32_t section, size_t *count);
/* The caption element of the table that atom stands in, -1: none. */
int32_t context_caption(const contexts *c, size_t atom_index);

static inline const atom *atom_at(const atom_list *list, size_t index)
{
    return &g_array_index(list->atoms, atom, index);
}

static inline const heading_section *section_at(const atom_list *list, int32_t index)
{
    return &g_array_index(list->sections, heading_section, index);
}

#endif
