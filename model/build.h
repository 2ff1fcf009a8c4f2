/*
 * Building a document: elements in reading order, each adding its text to the content. The
 * invariants are kept here: content[span] == text, parents before children, ids unique and the
 * same for the same document.
 */
#ifndef QUIRE_MODEL_BUILD_H
#define QUIRE_MODEL_BUILD_H

#include "model/model.h"

quire_document *quire_document_new(void);
void quire_document_free(quire_document *document); /* NULL is fine */

/*
 * Appends `element`, a copy of which is kept. Its text is made NFC, added to the content behind a
 * blank line ("\n\n"; "\n" before an item of a list, but the first), and id, span and text are set;
 * runs, lines, cells, reasons and strings are copied into the document. Containers (lists) are
 * opened with an empty text; quire_document_close_element() gives them the span of what they hold.
 * Where NFC changes the text, offsets of runs, lines and cells are carried over. The id is made of
 * page, box, type and text as given here. An element held deeper than the walk goes is held by the
 * deepest one that may. Returns the index of the element, -1 when the document is full.
 */
int32_t quire_document_add(quire_document *document, const quire_element *element);
/* To be called when all that a list or an item holds was added, and before the document is drained
 * or read; once more does no harm. */
void quire_document_close_element(quire_document *document, int32_t index);

/* The caption at one index is that of the figure or table at the other; both must be there. What
 * is added has no caption before. */
void quire_document_bind_caption(quire_document *document, int32_t holder, int32_t caption);

void quire_document_add_page(quire_document *document, const quire_page_record *page);
/* Returns the index of the link, for runs. */
int32_t quire_document_add_link(quire_document *document, const quire_model_link *link);
void quire_document_add_annotation(quire_document *document,
                                   const quire_model_annotation *annotation);
/* Adds a copy, under an id made of page, box, type, name and value. */
void quire_document_add_field(quire_document *document, const quire_field *field);
void quire_document_add_outline(quire_document *document, const quire_model_outline_item *item);
void quire_document_add_attachment(quire_document *document,
                                   const quire_model_attachment *attachment);
void quire_document_add_metadata(quire_document *document, const quire_model_metadata *item);
void quire_document_add_language(quire_document *document, const char *language);
void quire_document_add_issue(quire_document *document, const char *code, quire_severity severity,
                              int32_t page, const char *message);

/* Forgets pages, elements, links, annotations, fields and content, once they were written out. */
void quire_document_drain(quire_document *document);

/* True when every element keeps the invariants; else false and a line in `message`. For tests: it
 * reads all of the content. */
bool quire_document_is_sound(const quire_document *document, char message[128]);

const char *quire_element_type_name(quire_element_type type); /* "list_item" */
const char *quire_layer_name(quire_layer layer);
const char *quire_source_name(quire_source source);
const char *quire_cell_kind_name(quire_cell_kind kind);
const char *quire_field_type_name(quire_field_type type); /* "key_value" */
const char *quire_field_state_name(quire_field_state state); /* NULL: nothing to select */
const char *quire_field_source_name(quire_field_source source);
const char *quire_value_type_name(quire_value_type type);

#endif
