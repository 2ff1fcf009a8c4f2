/*
 * model/: judgement. The document as a reader understands it: elements in reading order, each with
 * its place, its source and its part of one canonical text. Layout writes it (or a parser whose
 * format states its structure), exporters read it through the walk, and only so.
 *
 * It refuses to know how anything was found, and how anything is written down.
 *
 * A document may be held whole, or drained page by page (quire_document_drain), so that output
 * that streams needs no memory that grows with pages. Spans always count from the document's start.
 */
#ifndef QUIRE_MODEL_H
#define QUIRE_MODEL_H

#include "core/core.h"

typedef enum quire_element_type {
    QUIRE_TITLE = 0,
    QUIRE_HEADING,
    QUIRE_PARAGRAPH,
    QUIRE_LIST, /* holds list items */
    QUIRE_LIST_ITEM, /* may hold lists and paragraphs */
    QUIRE_TABLE,
    QUIRE_FIGURE,
    QUIRE_CAPTION,
    QUIRE_FOOTNOTE,
    QUIRE_PAGE_HEADER,
    QUIRE_PAGE_FOOTER,
    QUIRE_PAGE_NUMBER,
    QUIRE_CODE,
    QUIRE_FORMULA,
    QUIRE_TOC,
    QUIRE_FIELD_GROUP,
    QUIRE_ELEMENT_TYPES,
} quire_element_type;

typedef enum quire_layer {
    QUIRE_LAYER_BODY = 0,
    QUIRE_LAYER_FURNITURE,
    QUIRE_LAYER_FOOTNOTE,
    QUIRE_LAYER_HIDDEN,
} quire_layer;

typedef enum quire_source {
    QUIRE_SOURCE_TEXT_LAYER = 0,
    QUIRE_SOURCE_OCR,
    QUIRE_SOURCE_MIXED,
    QUIRE_SOURCE_NONE,
} quire_source;

/* Half open, in Unicode code points of the document's content. */
typedef struct quire_span {
    uint64_t start, end;
} quire_span;

typedef enum quire_run_flag {
    QUIRE_RUN_BOLD = 1 << 0,
    QUIRE_RUN_ITALIC = 1 << 1,
    QUIRE_RUN_MONOSPACE = 1 << 2,
    QUIRE_RUN_SUPERSCRIPT = 1 << 3,
    QUIRE_RUN_SUBSCRIPT = 1 << 4,
    QUIRE_RUN_STRIKE = 1 << 5,
    QUIRE_RUN_UNDERLINE = 1 << 6,
} quire_run_flag;

/* Part of an element's text that is set otherwise than the rest, or linked. */
typedef struct quire_run {
    uint32_t start, end; /* bytes of the element's text, half open */
    uint32_t flags; /* quire_run_flag */
    int32_t link; /* index into quire_document.links, -1: none */
    uint32_t note; /* of the footnote that the run is the mark of, 0: none */
    uint32_t note_count; /* 0, 1: one; else of so many, their numbers following each other */
} quire_run;

typedef struct quire_element_line {
    uint32_t start, end; /* bytes of the element's text, half open */
    quire_box box;
} quire_element_line;

/* One of the places that an element stands in. */
typedef struct quire_place {
    int32_t page; /* 1-based */
    quire_box box;
} quire_place;

typedef struct quire_element_style {
    const char *font; /* family; may be NULL */
    float size; /* points; 0: unknown */
    uint32_t colour; /* 0xAARRGGBB */
    bool bold, italic, monospace;
} quire_element_style;

typedef enum quire_cell_kind {
    QUIRE_CELL_CONTENT = 0,
    QUIRE_CELL_COLUMN_HEADER,
    QUIRE_CELL_ROW_HEADER,
    QUIRE_CELL_STUB,
    QUIRE_CELL_SECTION,
} quire_cell_kind;

typedef struct quire_cell {
    uint32_t row, column; /* 0-based */
    uint32_t row_span, column_span; /* 1: one */
    quire_cell_kind kind;
    uint32_t start, end; /* bytes of the table's text, half open */
    quire_box box;
    float confidence;
} quire_cell;

typedef struct quire_table {
    const char *method; /* "ruled" "aligned" "tagged" "image" */
    uint32_t rows, columns;
    const quire_cell *cells; /* by row, then column */
    size_t cell_count;
    const char *continued_from; /* id of a table; may be NULL */
    uint32_t repeated_rows; /* at its top: the header of that table, printed once more */
    uint32_t in_row, in_column; /* the cell that it stands in, when its parent is a table */
} quire_table;

typedef struct quire_element {
    char id[24]; /* "e" and 16 hexadecimal digits, and "-2" ... for equal ones */
    quire_element_type type;
    int32_t level; /* of headings 1..6, of list items 1..; else 0 */
    int32_t page; /* 1-based */
    quire_box box; /* upright, page coordinates */
    float rotation; /* degrees counter-clockwise as seen; 0: upright */
    quire_span span;
    quire_text text; /* its part of the content; borrowed from the document; containers: of all they
                        hold */
    size_t own_size; /* bytes at the start of `text` that are not those of an element it holds */
    quire_text original; /* text before it was cleaned (dehyphenation); empty: the same */
    quire_layer layer;
    int32_t parent; /* index of the element that holds it, -1: none; always smaller than its own */
    quire_source source;
    float confidence;
    bool repeats; /* furniture that is proven to repeat over pages */
    const char *pattern; /* of furniture that repeats: its text, "{}" for what changes from page to
                            page; else NULL */
    const char *const *values; /* what stands there on this page */
    size_t value_count;
    bool ordered; /* of a list */
    const char *continued_from; /* of a list: id of the one on a page before; else NULL */
    bool definitions; /* of a list: its items begin with the terms that they define */
    bool quote; /* of a paragraph: a quotation, set in on both sides */
    size_t term; /* of an item: bytes at the start of its text that are the term; 0: none */
    quire_text marker; /* of a list item: its bullet or number as printed; not part of `text` */
    uint32_t note; /* of a footnote that a mark was found for: ascending, as printed where it can
                      be; 0 */
    size_t note_mark; /* bytes at the start of its text that are its own mark */
    int32_t caption; /* of a figure or table: index of its caption, -1: none */
    int32_t described; /* of a caption: index of the first figure or table it is of, -1: none */
    const char *alt; /* of a figure: what the file says it shows; no part of the text; else NULL */
    const char *image; /* of a figure: where its picture was kept, or its "data:" address; NULL */
    bool decorative; /* of a figure: it says nothing; its picture is not kept */
    const char *language; /* BCP 47, where it is not that of the document; else NULL */
    quire_element_style style;
    const quire_run *runs; /* ascending, not overlapping */
    size_t run_count;
    const quire_element_line *lines;
    size_t line_count;
    const quire_place *places; /* in reading order, of what a column's or page's end cuts */
    size_t place_count; /* 0: it stands in one place, `page` and `box` */
    const char *const *why; /* reasons, one sentence each; only when asked for */
    size_t why_count;
    const quire_table *table; /* of a table; else NULL */
} quire_element;

typedef struct quire_word {
    quire_text text;
    quire_box box;
    float confidence;
    quire_source source;
    bool is_handwritten; /* it looks so */
} quire_word;

/* A row of a page that looks written by hand. */
typedef struct quire_handwritten {
    quire_box box;
    float confidence;
} quire_handwritten;

typedef struct quire_page_record {
    int32_t page; /* 1-based */
    const char *label;
    float width, height;
    int32_t rotate;
    float skew; /* degrees clockwise that a scan was turned by to be read; boxes are turned back */
    quire_source source;
    float confidence;
    bool needs_review;
    bool is_verified; /* its text layer was compared with what is seen */
    float text_layer_agreement; /* share of the words compared that agree; only when verified */
    quire_status status;
    const quire_word *words; /* only when asked for */
    size_t word_count;
    const quire_handwritten *handwriting;
    size_t handwriting_count;
    const char *const *why; /* how a page was read from its pixels; only when asked for */
    size_t why_count;
} quire_page_record;

typedef struct quire_model_link {
    int32_t page; /* where it stands */
    quire_box box;
    const char *uri; /* NULL for a place in this document */
    int32_t target_page; /* 0 with a uri */
} quire_model_link;

typedef struct quire_model_annotation {
    int32_t page;
    quire_box box;
    const char *subtype, *contents, *author; /* contents, author may be NULL */
} quire_model_annotation;

typedef enum quire_field_type {
    QUIRE_FIELD_TEXT = 0,
    QUIRE_FIELD_CHECKBOX,
    QUIRE_FIELD_RADIO, /* a group of buttons, of which one is selected */
    QUIRE_FIELD_CHOICE,
    QUIRE_FIELD_SIGNATURE,
    QUIRE_FIELD_BUTTON,
    QUIRE_FIELD_BARCODE,
    QUIRE_FIELD_KEY_VALUE, /* a label and its value as printed, in no field of the file's */
    QUIRE_FIELD_STAMP, /* set down on a scan; its value is what could be read in it */
} quire_field_type;

typedef enum quire_field_state {
    QUIRE_STATE_NONE = 0, /* it is nothing to select */
    QUIRE_STATE_SELECTED,
    QUIRE_STATE_UNSELECTED,
    QUIRE_STATE_INDETERMINATE,
} quire_field_state;

typedef enum quire_field_source {
    QUIRE_FIELD_OF_ACROFORM = 0,
    QUIRE_FIELD_OF_XFA,
    QUIRE_FIELD_OF_OCR,
    QUIRE_FIELD_OF_TEXT_LAYER,
    QUIRE_FIELD_OF_IMAGE_MARKS,
    QUIRE_FIELD_OF_BARCODE,
} quire_field_source;

typedef enum quire_value_type {
    QUIRE_VALUE_TEXT = 0,
    QUIRE_VALUE_DATE,
    QUIRE_VALUE_AMOUNT,
    QUIRE_VALUE_NUMBER,
    QUIRE_VALUE_EMAIL,
    QUIRE_VALUE_IBAN,
} quire_value_type;

/* A question of a form and its answer. */
typedef struct quire_field {
    char id[24]; /* "f" and 16 hexadecimal digits, and "-2" ... for equal ones */
    quire_field_type type;
    quire_field_state state;
    quire_field_source source;
    quire_value_type value_type;
    const char *name; /* as the file has it, "part.of.it"; NULL: none */
    const char *label; /* as a reader sees it; NULL: none was found */
    const char *value; /* verbatim; NULL: empty. Of several: one a line */
    const char *normalised; /* date "2024-02-29", amount "1234.50 EUR", number "1234.5" ...; NULL:
                               the value has no other form */
    const char *default_value; /* may be NULL */
    const char *export_value; /* what the form sends off for it, where that is not the value; of a
                                 checkbox that is selected the name of its state; else NULL */
    const char *signed_at; /* of a signature, ISO 8601; NULL: not known */
    const char *symbology; /* of a barcode: "qr_code", "ean_13" ...; else NULL */
    const char *signed_in, *signed_for; /* place and reason, as it says; may be NULL */
    const char *const *options; /* what may be chosen */
    const char *const *export_options; /* as they are sent off, each in its place; NULL: the same */
    size_t option_count;
    bool required, read_only;
    bool hidden; /* the page does not show it */
    bool multiline, comb, password; /* of text */
    bool combo, editable,
        multi_select; /* of a choice: it drops down; takes other values; several */
    int32_t max_length; /* characters; 0: no limit */
    int32_t page; /* 1-based */
    quire_box box; /* of the value, or of where it belongs */
    quire_box label_box; /* empty where there is no label on the page */
    float confidence;
} quire_field;

typedef struct quire_model_attachment {
    const char *name, *description, *media_type; /* description, media_type may be NULL */
    int64_t size; /* bytes, -1: unknown */
} quire_model_attachment;

typedef struct quire_model_outline_item {
    const char *title;
    int32_t level, page;
} quire_model_outline_item;

typedef struct quire_model_metadata {
    const char *key, *value, *source;
} quire_model_metadata;

/* Where each glyph of the text layer went; every one is in exactly one of the buckets. */
typedef struct quire_audit {
    uint64_t glyphs_total;
    uint64_t emitted; /* in the text of body and footnote elements */
    uint64_t furniture; /* in the text of running heads, feet, page numbers */
    uint64_t hidden; /* not seen by a reader of the page */
    uint64_t duplicate; /* drawn again in the same place */
    uint64_t annotation; /* part of an annotation's appearance */
    uint64_t unmapped; /* no Unicode known */
    uint64_t lost; /* none of these: a defect */
    struct quire_recognised_audit {
        uint64_t glyphs_total; /* read from pixels; none of them counts above */
        uint64_t emitted, furniture;
        uint64_t dropped; /* said already, or found to be no text */
        uint64_t lost; /* none of these: a defect */
    } recognised;
} quire_audit;

typedef struct quire_document {
    quire_arena *arena; /* owns all below, but what a drained page held */

    const char *input_name;
    char sha256[65]; /* empty where no output asks for it */
    uint64_t input_bytes;
    const char *media_type;
    char options_hash[17];
    quire_status status; /* QUIRE_OK, QUIRE_PARTIAL or the failure */
    int32_t page_count; /* of the input */

    QUIRE_ARRAY(quire_model_metadata) metadata;
    QUIRE_ARRAY(quire_model_outline_item) outline;
    QUIRE_ARRAY(quire_model_attachment) attachments;
    QUIRE_ARRAY(const char *) languages; /* BCP 47 */
    QUIRE_ARRAY(quire_issue) issues;
    uint64_t issues_dropped; /* beyond QUIRE_MAX_ISSUES */

    /* these are emptied by quire_document_drain() */
    QUIRE_ARRAY(quire_page_record) pages;
    QUIRE_ARRAY(quire_element) elements; /* reading order, holders before what they hold */
    QUIRE_ARRAY(quire_model_link) links;
    QUIRE_ARRAY(quire_model_annotation) annotations;
    QUIRE_ARRAY(quire_field) fields;
    QUIRE_ARRAY(char) content; /* the canonical text, from content_base on */
    quire_arena *page_arena; /* text, runs, cells ... of the elements above */
    uint64_t content_start; /* code points that were drained */
    uint64_t content_length; /* code points so far, drained ones included */
    struct quire_id_table *ids; /* the model's own: which ids are taken */

    quire_audit audit;
} quire_document;

#include "model/build.h"
#include "model/walk.h"

#endif
