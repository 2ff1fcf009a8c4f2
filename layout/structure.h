/*
 * What the passes of layout hand to each other: the words, lines and blocks of one page. Private
 * to this room.
 *
 *     glyphs -> words -> lines -> (regions, in reading order) -> blocks -> elements
 *
 * All boxes here are in the page's reading frame: the page turned so that its main direction of
 * writing runs to the right and its lines follow each other downwards (see frame.c). For an
 * upright page the frame is the page. Everything lives in the page's arena; lists are grown in the
 * scratch of the layout and frozen.
 */
#ifndef QUIRE_LAYOUT_STRUCTURE_H
#define QUIRE_LAYOUT_STRUCTURE_H

#include "layout/frame.h"
#include "layout/layout.h"
#include "layout/scratch.h"
#include "layout/structuretree.h"

/* Where a glyph was counted; the order of quire_audit. */
typedef enum glyph_mark {
    MARK_LOST = 0,
    MARK_EMITTED,
    MARK_FURNITURE,
    MARK_HIDDEN,
    MARK_DUPLICATE,
    MARK_ANNOTATION,
    MARK_UNMAPPED,
} glyph_mark;

typedef enum word_flag {
    WORD_GLUED = 1 << 0, /* no space before it: its line's word before goes on */
    WORD_BOLD = 1 << 1,
    WORD_ITALIC = 1 << 2,
    WORD_MONOSPACE = 1 << 3,
    WORD_SUPERSCRIPT = 1 << 4,
    WORD_SUBSCRIPT = 1 << 5,
    WORD_RIGHT_TO_LEFT = 1 << 6,
    WORD_VERTICAL = 1 << 7,
    WORD_SPACED = 1 << 8, /* a space glyph stands before it */
    WORD_ANNOTATION = 1 << 9,
    WORD_UNDERLINED = 1 << 10,
    WORD_STRUCK = 1 << 11,
    WORD_RECOGNISED = 1 << 12, /* read from an image */
    WORD_LINE_NUMBER = 1 << 13, /* leads a line of code, and is no part of it */
    WORD_OVERPRINT = 1 << 14, /* stands across other text, and on no line of it */
} word_flag;

#define WORD_SCRIPT (WORD_SUPERSCRIPT | WORD_SUBSCRIPT)

/* Glyphs that follow each other in the content and on the paper, of one style. Its box and
 * baseline are in the frame of its own angle. */
typedef struct word {
    uint32_t first, end; /* glyphs, half open; those that are not read are skipped */
    uint32_t style;
    uint32_t flags; /* word_flag */
    uint32_t order; /* place among the words in the content */
    quire_box box;
    float baseline; /* of its line: that of the host for superscripts */
    float size;
    int32_t angle; /* of its writing, degrees counter-clockwise; 270 for vertical writing */
    uint32_t text_start, text_end; /* bytes of its line's text; equal: not known */
    uint32_t note; /* of the footnote that it is the mark of, 0: none */
    uint32_t note_offset; /* bytes of its text before the mark */
    uint32_t note_count; /* that it is the mark of, their numbers following each other */
    uint8_t confidence; /* of its first glyph, 0..255: glyphs are far in memory when it is asked */
    const char *sign; /* stands for its glyphs, or for what is drawn without any; NULL: none */
} word;

/* A place to mark, and what became of it. */
typedef struct ballot {
    quire_box box; /* of the frame that is drawn, or of the sign */
    quire_field_state state;
    quire_field_source source;
    float confidence;
    bool round;
} ballot;

typedef enum line_flag {
    LINE_BOLD = 1 << 0, /* all of it */
    LINE_ITALIC = 1 << 1,
    LINE_MONOSPACE = 1 << 2,
    LINE_CAPS = 1 << 3, /* at least three letters, all of them capitals */
    LINE_RIGHT_TO_LEFT = 1 << 4,
    LINE_VERTICAL = 1 << 5,
    LINE_STARTS_BOLD = 1 << 6,
    LINE_SAME_ROW = 1 << 7, /* stands beside the line before it, and is read after it */
    LINE_BULLETED = 1 << 9, /* a bullet is drawn before it */
    LINE_CODE = 1 << 8, /* monospaced, on a page whose text is not; a line number may lead it */
} line_flag;

/* A row of words without a wide gap: what one column has on one baseline. */
typedef struct line {
    uint32_t first, end; /* words, half open */
    uint32_t row; /* lines on one baseline share it */
    uint32_t region; /* after `order`: leaf of the cut */
    int32_t area; /* that holds it, -1: none */
    uint32_t flags; /* line_flag */
    uint32_t style; /* of most of its characters */
    quire_box box;
    float baseline, size;
    int32_t angle;
    quire_text text;
    uint32_t characters; /* code points without spaces */
    uint32_t order; /* smallest of its words: its place in the content */
} line;

/* Part of a page that is read as one: an atom of the reading order that holds lines. */
typedef enum area_kind { AREA_CARD, AREA_FIGURE, AREA_TABLE } area_kind;

typedef struct table table;

typedef struct area {
    area_kind kind;
    quire_box box;
    int32_t parent; /* index of the area around it, -1: the page */
    table *table; /* of AREA_TABLE */
    bool emitted;
} area;

typedef enum block_flag {
    BLOCK_CONTINUES = 1 << 3, /* a paragraph that the page or column before began */
    BLOCK_REPEATS = 1 << 4,
    BLOCK_HIDDEN = 1 << 5,
    BLOCK_STARTS_LIST = 1 << 6,
    BLOCK_CANDIDATE = 1 << 7, /* may be a heading */
    BLOCK_DECORATIVE = 1 << 8, /* a figure that says nothing */
    BLOCK_TAKEN = 1 << 9, /* belongs to a block of the page before */
    BLOCK_KEEPS_LINES = 1 << 10, /* its lines were ended on purpose: an address, verse */
    BLOCK_QUOTE = 1 << 11, /* set in on both sides */
    BLOCK_NUMBERED = 1 << 13, /* code, the lines of which are numbered */
    BLOCK_DEFINITION = 1 << 12, /* an item that begins with the term it defines */
} block_flag;

enum { BLOCK_REASONS = 12, HEADING_CUES = 11 };

/* Lines that make one element. */
typedef struct block block;

struct block {
    quire_element_type type;
    quire_layer layer;
    uint32_t flags; /* block_flag */
    uint32_t first, end; /* lines, half open; equal: no text (a figure, a table) */
    uint32_t region;
    int32_t area; /* index, -1: none */
    quire_box box;
    float size, leading; /* of most lines; leading 0: one line */
    uint32_t line_flags; /* those that all its lines share */
    uint32_t style;
    uint32_t characters;
    int32_t level;
    int32_t held; /* lists around the item that holds it, 0: none does */
    int32_t outlined; /* level that the outline names it at, 0: it does not */
    int32_t outline_entry; /* 1 + the entry that does */
    uint32_t marker; /* bytes at the start of its text that are a list marker */
    uint8_t marker_family;
    int32_t marker_value;
    uint32_t term; /* of a definition: bytes at the start of its text that are the term */
    float confidence;
    float score; /* as a heading; above 0 where it may be one */
    const float *cues; /* HEADING_CUES weights that made the score, when reasons are asked for */
    uint64_t style_key; /* of its look, over the document */
    quire_text text; /* as it was emitted, while stages are dumped */
    uint32_t note; /* of a footnote: its number in the document, 0: no mark was found */
    size_t note_mark; /* bytes at the start of its text that are its mark */
    const char *pattern; /* of furniture that repeats: its text, "{}" for what changes; or NULL */
    const char *const *values; /* what stands there on this page */
    uint32_t value_count;
    const char *tagged_language; /* that the structure tree states; NULL: none */
    const char *alt; /* of a figure, as the structure tree states it; NULL: none */
    const char *language; /* where it is not that of the document; else NULL */
    struct layout_page *tail_page; /* where it goes on, NULL: it does not */
    struct block *tail; /* what of that page belongs to it */
    const quire_image *image; /* that the figure is, and nothing else; NULL: there is more */
    const block *caption; /* of a figure or table; NULL: none was found */
    const block *described; /* of a caption: the first figure or table that it is of */
    int32_t element; /* of the document, once it was emitted */
    const char *why[BLOCK_REASONS];
    uint8_t why_count;
};

typedef struct table_cell {
    uint32_t row, column, row_span, column_span;
    quire_cell_kind kind;
    uint32_t first, end; /* of table.words */
    uint32_t tail_first, tail_end; /* of table.tail_words; equal: none */
    float confidence; /* that its words belong together, and here */
    quire_box box;
} table_cell;

enum { TABLE_REASONS = 3 };

struct table {
    const char *method;
    float confidence;
    const char *why[TABLE_REASONS];
    uint32_t why_count;
    uint32_t rows, columns;
    table_cell *cells;
    size_t cell_count;
    uint32_t *words; /* indices into the page's words, in reading order within each cell */
    uint32_t header_rows;
    int32_t angle; /* its writing, where that is not the page's; else 0 */
    bool continues; /* the table before it, on this page or the one before */
    uint32_t repeated_rows; /* at its top: the header once more */
    struct layout_page *tail; /* the page on which its last row goes on; NULL: none */
    const uint32_t *tail_words; /* indices into the words of that page */
    uint32_t in_row, in_column; /* of the table around it, when there is one */
};

/* What is read without a further cut: lines one below the other. A leaf without lines stands for
 * the area itself, before what it holds. */
typedef struct leaf {
    uint32_t first, end; /* lines, half open */
    quire_box box;
    int32_t area; /* -1: the page */
} leaf;

/* One page on its way through the passes. */
typedef struct layout_page {
    quire_arena *arena;
    const quire_page *page;
    const quire_layout_options *options;
    quire_arena *scratch; /* reset after each pass */
    struct layout_lists *lists; /* growing lists, shared by all pages */

    frame frame; /* of reading */
    float width, height; /* of that frame */
    uint8_t *marks; /* glyph_mark per glyph */
    bool stacked; /* characters are drawn one by one, each below the one before: vertical writing */
    bool reads_hidden; /* the only text is invisible: an OCR layer over a scan */
    bool is_hidden; /* this is the shadow of a page: all of it that is not seen */
    struct layout_page *hidden; /* its shadow, when that is asked for; else NULL */

    word *words;
    size_t word_count;
    ballot *ballots; /* from the top */
    size_t ballot_count;
    line *lines;
    size_t line_count;
    size_t row_count;
    area *areas;
    size_t area_count;
    leaf *leaves;
    size_t leaf_count;
    block *blocks;
    size_t block_count;
    const structure_tree *tree; /* of a tagged file; NULL: none */
    const int32_t *nodes; /* of the tree, of each tag of the page; NULL: not known */
    const quire_rule *rules; /* in the frame */
    const quire_fill *fills; /* in the frame */

    float body_size; /* of most characters of the page; 0: no text */
    float leading; /* most frequent distance of baselines in body text; 0: unknown */
    bool reads_leftward; /* most of its text runs from right to left */
    float contents_top, contents_bottom; /* lines of a table of contents stand between them */
    bool judged; /* passes that look at the window have seen it */
    bool is_read; /* passes that judge it by itself have seen it */
    bool looked_at; /* the looks of its headings are noted */
} layout_page;

/* A table in a cell of another. */
static inline bool layout_is_inner_table(const layout_page *lp, int32_t index)
{
    const area *a = &lp->areas[index];
    return a->table && a->parent >= 0 && lp->areas[a->parent].kind == AREA_TABLE;
}

/* Where a word stands in the structure tree: a node, TAG_ARTIFACT or TAG_UNKNOWN. */
static inline int32_t layout_node_of_word(const layout_page *lp, const word *w)
{
    int32_t tag = lp->page->glyphs[w->first].tag;
    return tag >= 0 && lp->nodes ? lp->nodes[tag] : TAG_UNKNOWN;
}

/* White space, also where the file does not call it so. */
static inline bool layout_is_space(const quire_page *page, const quire_glyph *glyph)
{
    return glyph->flags & QUIRE_GLYPH_SPACE ||
           (glyph->text_size == 1 &&
            (page->text[glyph->text] == ' ' || page->text[glyph->text] == '\t'));
}

static inline const quire_style *word_style(const layout_page *lp, const word *w)
{
    return &lp->page->styles[w->style];
}

static inline const quire_font *style_font(const layout_page *lp, uint32_t style)
{
    return &lp->page->fonts[lp->page->styles[style].font];
}

#endif
