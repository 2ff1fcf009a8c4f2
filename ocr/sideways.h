/*
 * Parts of a page that lie on their side: a wide table on an upright page, the label of an axis,
 * a note along the margin. It finds them in what an upright reading left unexplained, and puts what
 * was read of them in its place; that they are read is the caller's part.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_SIDEWAYS_H
#define QUIRE_OCR_SIDEWAYS_H

#include "ocr/engine.h"
#include "ocr/paper.h"

typedef struct ocr_part {
    quire_box box; /* pixels of the paper */
    quire_box
        longest; /* of its lines: tells which way it is to be turned, and whether it is text */
    int lines; /* that are sure to stand in it; 1: it is a single line */
} ocr_part;

enum { OCR_MOST_PARTS = 24 }; /* of a page */

/* Parts that were kept, and their words in pixels of the paper. */
typedef struct ocr_sides {
    quire_box boxes[OCR_MOST_PARTS];
    size_t count;
    ocr_text text;
} ocr_sides;

/* Finds parts whose letters stand on each other; how many. Most pages have none. */
size_t ocr_sideways_find(const ocr_paper *paper, const ocr_text *text,
                         ocr_part parts[OCR_MOST_PARTS]);
/*
 * Makes of a part a paper of its own, turned clockwise by `quarters`. False when memory is short;
 * clear it either way.
 */
bool ocr_sideways_cut(const ocr_paper *paper, quire_box part, int quarters, ocr_paper *cut);
/* Whether words that were read so, `alone` on one line, are none of the engine's inventions. */
bool ocr_sideways_is_sure(const ocr_text *read, bool alone);
/* Empties words of the upright reading that stand in the parts, but sure ones in whose place
 * nothing was found. */
void ocr_sideways_empty(ocr_text *text, const ocr_sides *kept);
/* Takes what was read out of the pixels: nothing of it is a stray or a scribble later. */
void ocr_sideways_lift(ocr_paper *paper, const ocr_text *text);
/* Adds words of a part, read from its cut, to `text`, in pixels of the whole paper. */
void ocr_sideways_join(ocr_text *text, const ocr_text *read, quire_box part, const ocr_paper *cut);
/* Adds what was joined of parts to what was read of the whole. */
void ocr_sideways_add(ocr_text *text, const ocr_text *found);

#endif
