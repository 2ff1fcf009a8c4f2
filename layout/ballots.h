/*
 * Ballots: places to mark, from where they are found to the words they stand by. Private to
 * layout/.
 *
 * A candidate is a frame with what is known of the ink in it; frames come from pixels, from paths
 * and from signs of the text, and are judged alike.
 */
#ifndef QUIRE_LAYOUT_BALLOTS_H
#define QUIRE_LAYOUT_BALLOTS_H

#include "layout/passes.h"

enum { MOST_BALLOTS = 4000 }; /* of a page; with more of them it is a drawing */

typedef struct ballot_candidate {
    ballot ballot;
    float ink, spread; /* of pixels; paths have 0 or 1 */
    bool judged; /* what it is drawn of tells its state */
    uint32_t word, last_word; /* that draw all of it, or its mark; UINT32_MAX: none */
} ballot_candidate;

typedef struct ballot_list {
    quire_arena *arena; /* that holds the items once there are any */
    ballot_candidate *items;
    size_t count, room;
} ballot_list;

/* NULL: there is no room. */
ballot_candidate *layout_ballots_add(ballot_list *list, quire_box box, quire_field_source source);

/* Frames among rules and drawings, with what is drawn in them (ballotframes.c). */
void layout_ballots_drawn(layout_page *lp, ballot_list *list);
/* Signs among the words: U+2610 and its kin, and brackets around nothing or a mark
 * (ballotsigns.c). */
void layout_ballots_written(layout_page *lp, ballot_list *list);

/* Does the sign `c` stand for a place to mark? `state` is what it says then. */
bool layout_is_ballot_sign(uint32_t c, quire_field_state *state);

#endif
