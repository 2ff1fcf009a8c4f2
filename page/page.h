/*
 * page/: evidence. What is on the paper of one page, as flat arrays, and the facts a file states
 * about itself. Parsers and OCR write it, layout reads it; nobody changes it once it is frozen.
 *
 * It refuses to know what anything means: no words, no paragraphs, no headings, and nothing of the
 * format it was read from beyond numbers that help to find a thing again.
 *
 * Coordinates are points, origin top left, y downwards, of the page as displayed. All memory
 * belongs to the arena that the page (or the facts) was frozen into.
 */
#ifndef QUIRE_PAGE_H
#define QUIRE_PAGE_H

#include "core/core.h"

/* How the text of a glyph was obtained, from the surest to none. */
typedef enum quire_unicode_source {
    QUIRE_UNICODE_TOUNICODE = 0,
    QUIRE_UNICODE_ENCODING, /* a standard encoding or predefined CMap */
    QUIRE_UNICODE_GLYPH_NAME, /* the name of the glyph in the font's encoding */
    QUIRE_UNICODE_ACTUAL_TEXT,
    QUIRE_UNICODE_GUESSED,
    QUIRE_UNICODE_MISSING, /* the glyph has no text */
    QUIRE_UNICODE_OCR,
} quire_unicode_source;

typedef enum quire_glyph_flag {
    QUIRE_GLYPH_INVISIBLE = 1 << 0, /* render mode 3 or 7, or wholly transparent */
    QUIRE_GLYPH_OFF_PAGE = 1 << 1, /* its centre lies outside the page */
    QUIRE_GLYPH_CLIPPED = 1 << 2, /* wholly outside the clip */
    QUIRE_GLYPH_COVERED = 1 << 3, /* an opaque fill or image was painted over it later */
    QUIRE_GLYPH_SAME_COLOUR = 1 << 4, /* as the ground it stands on */
    QUIRE_GLYPH_LAYER_OFF = 1 << 5, /* in an optional content group that is off */
    QUIRE_GLYPH_DUPLICATE = 1 << 6, /* drawn again in the same place: fake bold, shadow */
    QUIRE_GLYPH_ANNOTATION = 1 << 7, /* in an annotation's appearance */
    QUIRE_GLYPH_VERTICAL = 1 << 8, /* vertical writing mode */
    QUIRE_GLYPH_SPACE = 1 << 9, /* white space only */
    QUIRE_GLYPH_SOFT_HYPHEN = 1 << 10,
    QUIRE_GLYPH_COMBINING = 1 << 11, /* its text was merged into the glyph before it */
    QUIRE_GLYPH_REPLACED =
        1 << 12, /* its text is part of an ActualText carried by an earlier one */
    QUIRE_GLYPH_TYPE3 = 1 << 13,
    QUIRE_GLYPH_SUPERSEDED = 1 << 14, /* recognition was asked to read what it shows instead */
    QUIRE_GLYPH_TINY = 1 << 15, /* less than a point wide and high: nobody can read it */
    QUIRE_GLYPH_OVERPRINT = 1 << 16, /* recognised in what stands in colour across other text */
} quire_glyph_flag;

/* The flags of text that a reader of the page does not see. */
#define QUIRE_GLYPH_HIDDEN                                                                         \
    (QUIRE_GLYPH_INVISIBLE | QUIRE_GLYPH_OFF_PAGE | QUIRE_GLYPH_CLIPPED | QUIRE_GLYPH_COVERED |    \
     QUIRE_GLYPH_SAME_COLOUR | QUIRE_GLYPH_LAYER_OFF | QUIRE_GLYPH_SUPERSEDED | QUIRE_GLYPH_TINY)

typedef enum quire_font_flag {
    QUIRE_FONT_ITALIC = 1 << 0,
    QUIRE_FONT_SERIF = 1 << 1,
    QUIRE_FONT_MONOSPACE = 1 << 2,
    QUIRE_FONT_SYMBOLIC = 1 << 3,
    QUIRE_FONT_EMBEDDED = 1 << 4,
    QUIRE_FONT_SUBSET = 1 << 5,
    QUIRE_FONT_TYPE3 = 1 << 6,
    QUIRE_FONT_CID = 1 << 7,
    QUIRE_FONT_TOUNICODE = 1 << 8,
} quire_font_flag;

/* A font of the document; shared by its pages, in the order of first use. */
typedef struct quire_font {
    const char *name; /* as the file has it, without the subset prefix; never NULL */
    const char *family; /* name without style words: "Times New Roman" */
    uint16_t weight; /* 100..900; 400 where unknown */
    uint16_t flags; /* quire_font_flag */
    float ascent, descent; /* of an em above and (negative) below the baseline */
    float space; /* advance of the space, of an em; 0 where unknown */
    int32_t object; /* number in the file, -1: none */
} quire_font;

/* How a run of glyphs is set; glyphs of one style share one entry. */
typedef struct quire_style {
    uint32_t font; /* index into quire_page.fonts */
    float size; /* points, after all matrices */
    float rotation; /* of the baseline, degrees counter-clockwise as seen, [0, 360) */
    float width_scale; /* horizontal scale relative to `size`; 1: none */
    uint32_t fill; /* 0xAARRGGBB */
    uint32_t stroke; /* 0xAARRGGBB; 0 where the text is not stroked */
    uint8_t render_mode; /* 0..7, PDF 32000-1, table 106 */
    uint8_t fill_pattern; /* painted with a pattern or shading; `fill` is a stand-in */
    uint16_t reserved;
} quire_style;

typedef struct quire_glyph {
    uint32_t text; /* offset into quire_page.text, UTF-8 */
    uint16_t text_size; /* bytes; 0: no text (or merged, replaced) */
    uint8_t source; /* quire_unicode_source */
    uint8_t confidence; /* 0..255; 255 for a text layer */
    uint32_t code; /* character code in its font */
    uint32_t style; /* index into quire_page.styles */
    int32_t tag; /* index into quire_page.tags, -1: none */
    uint32_t flags; /* quire_glyph_flag */
    quire_point origin; /* on the baseline */
    quire_point advance; /* from the origin to the next one, spacing left out */
    quire_box box; /* from font ascent and descent */
} quire_glyph; /* in content order */

/* A line that is drawn upright: a stroke, or a thin filled rectangle (side <= 3 pt). */
typedef struct quire_rule {
    quire_box box; /* cut to the clip; of a stroke: its centre line */
    float width; /* thickness, points */
    uint32_t colour;
    uint32_t order; /* glyphs drawn before it */
    int32_t tag;
    bool horizontal, dashed, stroked;
} quire_rule;

/* A filled upright rectangle that is no rule: a ground, a cell, a card. */
typedef struct quire_fill {
    quire_box box;
    uint32_t colour; /* of a pattern or shading: a stand-in */
    uint32_t order; /* glyphs drawn before it */
    int32_t tag;
    bool pattern;
    bool stroked; /* only its frame is drawn */
} quire_fill;

/* Any other path: curves, slanted lines, polygons. */
typedef struct quire_drawing {
    quire_box box;
    uint32_t colour;
    uint32_t order;
    int32_t tag;
    uint32_t segments;
    bool curved, filled, stroked;
} quire_drawing;

typedef enum quire_image_flag {
    QUIRE_IMAGE_STENCIL = 1 << 0, /* one bit deep, painted in the fill colour */
    QUIRE_IMAGE_SOFT_MASK = 1 << 1,
    QUIRE_IMAGE_MASK = 1 << 2,
    QUIRE_IMAGE_INLINE = 1 << 3,
    QUIRE_IMAGE_ANNOTATION = 1 << 4,
} quire_image_flag;

typedef struct quire_image {
    quire_box box; /* cut to the clip */
    quire_matrix matrix; /* of the unit square, to page coordinates */
    uint32_t width, height; /* pixels */
    uint8_t bits; /* per component */
    uint8_t flags; /* quire_image_flag */
    int32_t object, generation; /* in the file, -1: inline */
    char filter[16]; /* "DCTDecode" ...; "": none */
    uint32_t order;
    int32_t tag;
} quire_image;

typedef struct quire_link {
    quire_box box;
    const char *uri; /* NULL for a place in this document */
    int32_t page; /* 1-based; 0 with a uri */
    float y; /* of the place on that page; 0 where unknown */
} quire_link;

typedef struct quire_annotation {
    quire_box box;
    const char *subtype; /* "Highlight", "Text" ... */
    const char *contents; /* may be NULL */
    const char *author; /* may be NULL */
    bool hidden;
} quire_annotation;

typedef enum quire_widget_type {
    QUIRE_WIDGET_TEXT = 0,
    QUIRE_WIDGET_CHECKBOX,
    QUIRE_WIDGET_RADIO,
    QUIRE_WIDGET_CHOICE,
    QUIRE_WIDGET_SIGNATURE,
    QUIRE_WIDGET_BUTTON, /* that does something, and holds nothing */
} quire_widget_type;

typedef enum quire_widget_flag {
    QUIRE_WIDGET_REQUIRED = 1 << 0,
    QUIRE_WIDGET_READ_ONLY = 1 << 1,
    QUIRE_WIDGET_SELECTED = 1 << 2, /* of a box or button; of a signature: it is signed */
    QUIRE_WIDGET_HIDDEN = 1 << 3, /* not shown on the page */
    QUIRE_WIDGET_MULTILINE = 1 << 4,
    QUIRE_WIDGET_PASSWORD = 1 << 5,
    QUIRE_WIDGET_COMB = 1 << 6, /* a cell for each character */
    QUIRE_WIDGET_DISAGREES = 1 << 7, /* its value and the state that is shown differ */
    QUIRE_WIDGET_COMBO = 1 << 8, /* of a choice: it drops down; else a list */
    QUIRE_WIDGET_EDITABLE = 1 << 9, /* other values than the options are allowed */
    QUIRE_WIDGET_MULTI_SELECT = 1 << 10,
    QUIRE_WIDGET_UNISON = 1 << 11, /* of radio buttons: those of one state go together */
    QUIRE_WIDGET_XFA = 1 << 12, /* told by the form's XML, and by no field of the page's */
} quire_widget_flag;

/* A place on the page that belongs to a field of the file's own form. */
typedef struct quire_widget {
    quire_box box;
    uint8_t type; /* quire_widget_type */
    uint32_t flags; /* quire_widget_flag */
    const char *name; /* of the field, "part.of.it"; may be NULL */
    const char *tooltip; /* the field's own label; may be NULL */
    const char *value; /* as shown; NULL: empty; several chosen options one a line */
    const char *exported; /* the same as the form sends it off; of a button the name of its state */
    const char *default_value; /* may be NULL */
    const char *options; /* one a line; of boxes and buttons the one they stand for; may be NULL */
    const char *exported_options; /* as they are sent off, where that differs; may be NULL */
    const char *signed_at, *signed_in, *signed_for; /* as the signature says; may be NULL */
    int32_t max_length; /* characters; 0: no limit */
    uint32_t first_glyph, glyph_end; /* what its appearance draws; equal: nothing */
} quire_widget;

typedef enum quire_mark_shape {
    QUIRE_MARK_SQUARE = 0,
    QUIRE_MARK_ROUND,
} quire_mark_shape;

/* A small frame, found in pixels, that may stand there to be marked. */
typedef struct quire_mark {
    quire_box box; /* of the frame */
    uint8_t shape; /* quire_mark_shape */
    float ink; /* share of what it holds that is inked */
    float spread; /* of that ink: the diagonal of its box, of that of the frame's inside */
    float leak; /* ink that leaves the frame, of its area */
    float sides; /* share of the frame that is drawn */
} quire_mark;

/* A code for machines that was read from pixels. */
typedef struct quire_barcode {
    quire_box box;
    const char *symbology; /* "qr_code", "ean_13" ... */
    const char *text; /* UTF-8 */
    float confidence; /* 0..1 */
} quire_barcode;

/* Ink in pixels that is neither type nor ruling: writing by hand, a stamp. */
typedef struct quire_scribble {
    quire_box box;
    float ink; /* share of the box that is inked */
    uint32_t strokes; /* pieces that hang together */
    uint32_t colour; /* 0xAARRGGBB, of most of it; alpha 0: the pixels were grey */
    bool is_stamp; /* else a pen has written it */
} quire_scribble;

/* A row of ink that looks written by hand. */
typedef struct quire_handwriting {
    quire_box box;
    float confidence; /* 0..1; that it is */
} quire_handwriting;

/* A marked-content sequence of the page. */
typedef struct quire_tag {
    const char *name; /* "P", "Span", "Artifact", "OC" ... */
    int32_t mcid; /* -1: none */
    int32_t stream; /* object number of the form it stands in, -1: the page's own content */
    int32_t parent; /* index, -1: none */
    const char *actual_text; /* may be NULL */
    const char *language; /* may be NULL */
} quire_tag;

typedef struct quire_page {
    int32_t number; /* 1-based */
    const char *label; /* as the file names it; NULL: none */
    float width, height; /* points, as displayed, UserUnit applied */
    int16_t rotate; /* 0, 90, 180, 270: applied already */
    float user_unit;
    float skew; /* degrees clockwise that its evidence was turned by to be straight */
    quire_status status; /* QUIRE_OK, or why the page is incomplete */
    const char *message; /* one line, with a status that is not ok */
    const char *const *notes; /* how it was read from its pixels, one sentence each */
    size_t note_count;

    const char *text; /* pool of the glyphs' text */
    size_t text_size;
    const quire_font *fonts; /* of the document so far; do not keep past the document */
    size_t font_count;
    const quire_style *styles;
    size_t style_count;
    const quire_glyph *glyphs;
    size_t glyph_count;
    const quire_rule *rules;
    size_t rule_count;
    const quire_fill *fills;
    size_t fill_count;
    const quire_drawing *drawings;
    size_t drawing_count;
    const quire_image *images;
    size_t image_count;
    const quire_link *links;
    size_t link_count;
    const quire_annotation *annotations;
    size_t annotation_count;
    const quire_widget *widgets;
    size_t widget_count;
    const quire_tag *tags;
    size_t tag_count;
    const quire_mark *marks;
    size_t mark_count;
    const quire_barcode *barcodes;
    size_t barcode_count;
    const quire_scribble *scribbles;
    size_t scribble_count;
    const quire_handwriting *handwriting;
    size_t handwriting_count;
} quire_page;

/* ---- what the file states about itself ---- */

typedef struct quire_outline_item {
    const char *title;
    int32_t level; /* 1: top */
    int32_t page; /* 0: none, or not in this document */
    float y;
} quire_outline_item;

typedef struct quire_attachment {
    const char *name;
    const char *description; /* may be NULL */
    const char *media_type; /* may be NULL */
    int64_t size; /* bytes, -1: unknown */
} quire_attachment;

typedef struct quire_metadata_item {
    const char
        *key; /* title author subject keywords creator producer created modified language ... */
    const char *value;
    const char *source; /* "info" or "xmp" */
} quire_metadata_item;

/* What a header cell says that it is the header of (PDF 32000-1, 14.8.5.7). */
typedef enum quire_header_scope {
    QUIRE_SCOPE_UNSAID = 0,
    QUIRE_SCOPE_ROW,
    QUIRE_SCOPE_COLUMN,
    QUIRE_SCOPE_BOTH,
} quire_header_scope;

/* How a list of a structure tree is counted (ListNumbering of L). */
typedef enum quire_list_numbering {
    QUIRE_NUMBERING_NONE = 0, /* not said */
    QUIRE_NUMBERING_BULLETS, /* bullets of some kind, or nothing */
    QUIRE_NUMBERING_ORDERED, /* numbers or letters */
    QUIRE_NUMBERING_TERMS, /* the labels are terms that the items define */
} quire_list_numbering;

/* One node of a structure tree, in document order, parents before children. */
typedef struct quire_structure_node {
    const char *role; /* after the role map: "H1", "P", "TD" ... */
    const char *own_role; /* as written, where that differs; else NULL */
    int32_t parent; /* index, -1: root */
    int32_t page; /* 1-based, 0: unknown */
    int32_t mcid; /* of a leaf, -1: a node without content of its own */
    int32_t stream; /* object number of the form that holds the content, -1: the page */
    const char *alt, *actual_text, *language, *title; /* each may be NULL */
    int32_t row_span, column_span; /* of TD and TH, 1: default */
    uint8_t scope; /* quire_header_scope, of TH */
    uint8_t numbering; /* quire_list_numbering, of L */
    bool heads_cells; /* a TD or TH that other cells name as their header */
} quire_structure_node;

typedef struct quire_facts {
    const char *media_type; /* "application/pdf" */
    const char *format_version; /* "1.7" */
    int32_t page_count;
    bool encrypted, tagged, has_form, has_xfa, recovered;
    const char *language; /* may be NULL */
    const quire_metadata_item *metadata;
    size_t metadata_count;
    const quire_outline_item *outline;
    size_t outline_count;
    const quire_attachment *attachments;
    size_t attachment_count;
    const quire_structure_node *structure; /* empty unless asked for: see parser.h */
    size_t structure_count;
    const quire_widget *widgets; /* fields of the form that no page shows, without a box */
    size_t widget_count;
} quire_facts;

/* The text of a glyph; empty where it has none. */
static inline quire_text quire_glyph_text(const quire_page *page, const quire_glyph *glyph)
{
    return (quire_text){page->text + glyph->text, glyph->text_size};
}

#include "page/build.h"
#include "page/dump.h"
#include "page/raster.h"

#endif
