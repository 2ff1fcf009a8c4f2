/*
 * Between breaks.c, which tells where a paragraph ends between two lines, and paragraphs.c, which
 * makes blocks of the lines. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_BREAKS_H
#define QUIRE_LAYOUT_BREAKS_H

#include "layout/passes.h"

/* The lines of a page that are to be joined. */
typedef struct joiner {
    layout_page *lp;
    float *right, *left; /* per line: where its column ends, on either side */
    const quire_rule **rules; /* horizontal, from the top */
    size_t rule_count;
    bool tells; /* the cues of each pair are asked for */
} joiner;

/* A pair of neighbours: `a` ends the block that `first` starts; `next` follows `b`, or is NULL. */
typedef struct pair {
    const line *first, *a, *b, *next;
    float leading; /* of the block; 0: it has one line */
} pair;

/* Why a paragraph ends between the two, NULL: none does; above 0 the score says how sure that is.
 */
const char *layout_break(const joiner *j, const pair *p, float *score);

/* Lines of code, which stay together over blank lines, however they are indented. */
bool layout_is_same_code(const pair *p);

#define LAYOUT_SIZE_CHANGE 0.08f

static inline bool layout_is_same_size(float a, float b)
{
    return fabsf(a - b) <= LAYOUT_SIZE_CHANGE * fmaxf(a, b);
}

/* The last and the first character of a text; 0: it has none. */
uint32_t layout_last_character(quire_text text);
uint32_t layout_first_character(quire_text text);
/* True when the last character is one that ends sentences, or a quotation. */
bool layout_ends_sentence(quire_text text);

#endif
