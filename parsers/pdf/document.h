/*
 * What a PDF states about itself, outside of its pages: facts, and the trees that they are read
 * from. Each tree is read on first need, within a budget of nodes and depth, and no object is
 * entered twice.
 *
 * The files behind this header know the dictionaries of PDF 32000-1, chapters 12 and 14. They
 * refuse to know what stands on a page.
 */
#ifndef QUIRE_PDF_DOCUMENT_H
#define QUIRE_PDF_DOCUMENT_H

#include "parsers/pdf/page_tree.h"
#include "parsers/pdf/pdf.h"

typedef struct quire_label_ranges quire_label_ranges;
typedef struct quire_destinations quire_destinations;

/* Filled on demand; each part belongs to the file of its name. */
typedef struct quire_document_state {
    quire_facts facts;
    bool facts_read, structure_read;
    quire_label_ranges *labels;
    quire_destinations *destinations;
    struct quire_xfa *xfa;
} quire_document_state;

quire_document_state *quire_document_state_new(void);
void quire_document_state_free(quire_document_state *state); /* NULL is fine */

/* Without the structure tree; borrowed until the document is closed. */
const quire_facts *quire_pdf_facts(quire_pdf *pdf);
/* The same, with the structure tree (tags.c). */
const quire_facts *quire_pdf_structure(quire_pdf *pdf);

/* A text string (7.9.2.2) as one line of UTF-8 in `arena`; NULL where there is none, or no text. */
const char *quire_pdf_line(quire_arena *arena, const quire_object *string);
/* The same with its line breaks kept. */
const char *quire_pdf_text(quire_arena *arena, const quire_object *string);
/* A name as UTF-8; NULL where it is none. */
const char *quire_pdf_name(quire_arena *arena, const quire_object *name);

/* ---- growing lists of facts ---- */

typedef QUIRE_ARRAY(quire_metadata_item) quire_metadata_list;
typedef QUIRE_ARRAY(quire_attachment) quire_attachment_list;

/* Adds an item unless `value` is NULL or empty. Strings belong to the document's arena. */
void quire_metadata_add(quire_metadata_list *list, const char *key, const char *value,
                        const char *source);
/* The information dictionary, then XMP. */
void quire_metadata_read(quire_pdf *pdf, quire_metadata_list *list);
void quire_xmp_read(quire_arena *arena, quire_bytes packet, quire_metadata_list *list);
/* "D:20240229123000+01'00'" as "2024-02-29T12:30:00+01:00"; `text` itself where it is no date. */
const char *quire_pdf_date(quire_arena *arena, const char *text);

/* ---- trees ---- */

/* Fills facts->outline, facts->attachments, facts->structure. */
void quire_outline_read(quire_pdf *pdf, quire_facts *facts);
void quire_attachments_read(quire_pdf *pdf, quire_facts *facts);
void quire_tags_read(quire_pdf *pdf, quire_facts *facts);
/* Fills facts->widgets, where facts->has_form (form_tree.c). */
void quire_form_tree_read(quire_pdf *pdf, quire_facts *facts);

/* The label of page `number` in `arena`; NULL where the file has no page labels. */
const char *quire_pdf_label(quire_pdf *pdf, int number, quire_arena *arena);
void quire_label_ranges_free(quire_label_ranges *ranges); /* NULL is fine */

/*
 * Calls `visit` for each leaf entry of a name or number tree (7.9.6, 7.9.7) in order until it
 * returns false. `key` is a string or an integer, `value` is not followed. Handles die with the
 * call.
 */
typedef bool (*quire_tree_visit)(void *user, const quire_object *key, const quire_object *value);
void quire_tree_walk(quire_pdf *pdf, const quire_object *root, const char *entries,
                     quire_tree_visit visit, void *user);

/* ---- where links lead ---- */

typedef struct quire_place {
    const char *uri; /* NULL for a place in this document */
    int page; /* 1-based; 0: none */
    float y; /* in coordinates of that page as displayed; 0: its top, or unknown */
} quire_place;

/* A destination: an array, or the name of one (12.3.2). False where it leads nowhere. */
bool quire_destination_find(quire_pdf *pdf, const quire_object *destination, quire_place *place);
/* Where an outline item or link annotation leads, by its /Dest or its /A. */
bool quire_target_find(quire_pdf *pdf, const quire_object *item, quire_arena *arena,
                       quire_place *place);
void quire_destinations_free(quire_destinations *destinations); /* NULL is fine */

/* ---- annotations ---- */

/* Links, annotations and appearances of a page that has been interpreted, into its builder. */
void quire_annotations_read(quire_pdf *pdf, quire_pdf_page *page);

/* The field that a widget annotation belongs to, into the builder of its page (forms.c). `place`
 * has the widget's box, whether it is hidden, and what it drew. NULL: it has none. */
const quire_widget *quire_widget_read(quire_pdf *pdf, quire_pdf_page *page,
                                      const quire_object *dictionary, quire_widget place);
/* Fields above widgets are kept until they are freed with the page: handles that were taken since
 * must live as long where this says that there are new ones. */
bool quire_form_parents_grew(quire_pdf_page *page);
void quire_form_parents_free(quire_pdf_page *page);

#endif
