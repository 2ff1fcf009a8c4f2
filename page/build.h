/*
 * Building a page: grow its arrays, then freeze them into an arena. One builder serves all pages
 * of a document, one after the other; its memory is reused.
 */
#ifndef QUIRE_PAGE_BUILD_H
#define QUIRE_PAGE_BUILD_H

#include "page/page.h"

typedef struct quire_page_builder {
    QUIRE_ARRAY(char) text;
    QUIRE_ARRAY(quire_style) styles;
    QUIRE_ARRAY(quire_glyph) glyphs;
    QUIRE_ARRAY(quire_rule) rules;
    QUIRE_ARRAY(quire_fill) fills;
    QUIRE_ARRAY(quire_drawing) drawings;
    QUIRE_ARRAY(quire_image) images;
    QUIRE_ARRAY(quire_link) links;
    QUIRE_ARRAY(quire_annotation) annotations;
    QUIRE_ARRAY(quire_widget) widgets;
    QUIRE_ARRAY(quire_tag) tags;
    QUIRE_ARRAY(quire_mark) marks;
    QUIRE_ARRAY(quire_barcode) barcodes;
    QUIRE_ARRAY(quire_scribble) scribbles;
    QUIRE_ARRAY(quire_handwriting) handwriting;
} quire_page_builder;

/* Ceilings come from core/limits.h. */
void quire_page_builder_init(quire_page_builder *builder);
void quire_page_builder_reset(quire_page_builder *builder); /* empty, memory kept */
void quire_page_builder_clear(quire_page_builder *builder); /* empty, memory freed */

/* True once any array refused an element: the page is incomplete (QUIRE_LIMIT). */
bool quire_page_builder_is_full(const quire_page_builder *builder);

/* Adds UTF-8 to the text pool; returns its offset. */
uint32_t quire_page_builder_text(quire_page_builder *builder, const char *text, size_t size);

/* Index of an equal style among the last few, or of a new one. */
uint32_t quire_page_builder_style(quire_page_builder *builder, const quire_style *style);

/*
 * Copies all arrays into `arena` and sets them in `page`; what the builder does not hold (number,
 * size, fonts, label, status) is left as the caller set it. Strings are not copied: they must
 * belong to the arena, or live as long as the document.
 */
void quire_page_builder_freeze(quire_page_builder *builder, quire_arena *arena, quire_page *page);

#endif
