/*
 * What the files of parsers/pdf share: the open document, its budgets and its complaints, and the
 * way from a page's content to evidence.
 *
 * One page goes so:
 *
 *     quire_pdf_page_begin()       geometry, budgets, an empty builder
 *     quire_pdf_page_interpret()   the page's own content
 *     quire_pdf_appearance_interpret()   each annotation that has an appearance stream
 *     quire_pdf_page_finish()      normalised, frozen into the arena
 */
#ifndef QUIRE_PARSERS_PDF_PDF_H
#define QUIRE_PARSERS_PDF_PDF_H

#include "core/core.h"
#include "page/page.h"
#include "parsers/parser.h"
#include "parsers/pdf/poppler_objects.h"

typedef struct quire_interpreter quire_interpreter;

/* An open PDF. The vtable's quire_reader is this. */
typedef struct quire_pdf {
    quire_objects *objects;
    quire_parse_options options;
    quire_arena *arena; /* lives as long as the document: fonts, facts, labels */
    quire_interpreter *interpreter; /* its caches last for the document; made on first use */
    int page; /* 1-based: the page that complaints belong to, 0: the document */
    int issue_count; /* reported so far */
    uint64_t issues[QUIRE_MAX_ISSUES]; /* their shapes, so that each is reported once */
    bool recovered; /* objects were found by scanning, or by Poppler's repair */
    const int32_t *guessed_fonts; /* numbers of fonts whose encoding was lost, ascending */
    size_t guessed_font_count;
    struct quire_page_tree *pages; /* which object is page n */
    struct quire_document_state *document; /* what document.h's files have read so far */
} quire_pdf;

/* Reports to options.on_issue, at most QUIRE_MAX_ISSUES times; page 0: of the document. */
void quire_pdf_issue(quire_pdf *pdf, const char *code, quire_severity severity, int page,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));
/* A quire_complaint_fn; `user` is the quire_pdf. */
void quire_pdf_complaint(void *user, const char *category, int64_t offset, const char *message);

/* The page between quire_pdf_page_begin() and quire_pdf_page_finish(). */
typedef struct quire_pdf_page {
    quire_page_source source; /* handles live until quire_pdf_page_finish() */
    quire_matrix matrix; /* default user space to page coordinates */
    quire_page_builder *builder;
    quire_arena *arena; /* the page's: strings of links and annotations go there */
    size_t form_bytes; /* spent on the strings of its fields */
    struct quire_form_parents *form_parents; /* fields that its widgets inherit from (forms.c) */
    quire_page *page;
} quire_pdf_page;

/*
 * Finds page `number` and sets number, size, rotation and unit in `out`, which gets the rest at
 * quire_pdf_page_finish(). False, with out->status and message set, when there is no such page.
 */
bool quire_pdf_page_begin(quire_pdf *pdf, int number, quire_arena *arena, quire_page *out,
                          quire_pdf_page *page);
/* Runs the content streams. A budget that ends sets status and message; what was read is kept. */
void quire_pdf_page_interpret(quire_pdf *pdf, quire_pdf_page *page);
/*
 * Runs an appearance stream (a form XObject) as an annotation's: its box, moved by its matrix,
 * fitted into `rectangle` (default user space; PDF 32000-1, 12.5.5).
 */
void quire_pdf_appearance_interpret(quire_pdf *pdf, quire_pdf_page *page,
                                    const quire_object *appearance, const double rectangle[4]);
/* Glyphs of an annotation that say `text` in `box` (of the page as displayed), which the file
 * states and does not draw. */
void quire_pdf_stand_in(quire_pdf *pdf, quire_pdf_page *page, quire_box box, const char *text);
/* Takes their text from the glyphs from `first` on: what stands in for them has it. */
void quire_pdf_replace_glyphs(quire_pdf_page *page, size_t first);
/* Normalises, freezes everything into the arena, and releases the page's handles. */
void quire_pdf_page_finish(quire_pdf *pdf, quire_pdf_page *page);

/* As quire_parser.draw and quire_parser.picture. */
quire_status quire_pdf_draw(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster,
                            quire_error *error);
/* Takes the pixels of request->image as they are in the file; false: the page has to be drawn. */
bool quire_pdf_draw_image(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster);

quire_status quire_pdf_picture(quire_pdf *pdf, const quire_picture_request *request,
                               quire_picture *picture, quire_error *error);

void quire_interpreter_free(quire_interpreter *interpreter); /* NULL is fine */

#endif
