/*
 * What the files of model/ share among themselves: text on its way into the document, and ids.
 * Not for other rooms.
 */
#ifndef QUIRE_MODEL_INNER_H
#define QUIRE_MODEL_INNER_H

#include "model/model.h"

/* Where pieces of a text went when it was normalised. Empty: nothing moved. */
typedef struct quire_text_piece {
    size_t old_start, new_start;
} quire_text_piece;

typedef struct quire_text_carry {
    quire_arena *arena;
    quire_text old_text, new_text;
    quire_text_piece *pieces; /* ascending; NULL: the text is as it was */
    size_t piece_count;
} quire_text_carry;

/* A copy of `text` in the arena: NFC, malformed bytes replaced by U+FFFD. */
quire_text quire_model_text(quire_arena *arena, quire_text text);
/* The same, and `carry` learns where offsets into `text` lie in the result. */
quire_text quire_model_text_carried(quire_arena *arena, quire_text text, quire_text_carry *carry);
/* An offset into the old text as one into the new text; beyond its end: its end. */
uint32_t quire_text_carry_offset(const quire_text_carry *carry, uint32_t offset);

/* Copies of C strings; NULL stays NULL. */
const char *quire_model_string(quire_arena *arena, const char *text);

/* Fills element->id from page, box, type and text; unique among the ids of `document`. */
void quire_element_identify(quire_document *document, quire_element *element);
/* Fills field->id from page, box, type, name and value. */
void quire_field_identify(quire_document *document, quire_field *field);

#endif
