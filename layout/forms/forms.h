/*
 * The questions and answers of a page: labels of business documents with their values, and the
 * fields of the file's own form with the labels that stand beside them. Private to layout/.
 *
 *     Invoice No.   4711        a label and, to its right,     Date        Amount
 *     Date: 29 Feb 2024         behind its colon, or below     29/02/24    12.50
 *
 * Segments are what stands between wide gaps; a lexicon of form words and colons tell labels.
 */
#ifndef QUIRE_LAYOUT_FORMS_H
#define QUIRE_LAYOUT_FORMS_H

#include "layout/passes.h"

/* ---- the lexicon (words.txt, compiled in) ---- */

typedef struct form_word {
    const char *text; /* lower case */
    char kind; /* '=' names what is asked for, '*' a sum; '+' only goes with one of them */
} form_word;

extern const form_word form_words[]; /* sorted by bytes */
extern const size_t form_word_count;

typedef enum label_word {
    LABEL_WORD_NONE = 0, /* no word of labels */
    LABEL_WORD_MODIFIER,
    LABEL_WORD_HEAD,
    LABEL_WORD_SUM, /* a head whose row may hold several amounts */
} label_word;

/* What `text`, a word with its punctuation, can be in a label. */
label_word form_label_word(quire_text text);

/* ---- values ---- */

typedef struct form_value {
    quire_value_type type;
    const char *normalised; /* in the arena; NULL: no other form */
} form_value;

/* Which number of 03/04/24 is the day. */
typedef enum day_order { DAY_ORDER_UNKNOWN = 0, DAY_FIRST, MONTH_FIRST } day_order;

/* What a value reads as; without an arena only its type. A date whose order is not known has a
 * type, but no normal form. */
form_value form_value_read(quire_arena *arena, quire_text text, day_order order);

/* Bytes of a date, or of a span of two, at the start of `text`, 0: none. `normalised` may be NULL;
 * it is set to "" where the day could be the month. */
size_t form_date_size(quire_text text, day_order order, char normalised[32]);
/* What the dates in `text` say about the order of days and months. */
day_order form_day_order(quire_text text);
/* Reads all of `text` as an amount or a number. */
bool form_amount_read(quire_text text, bool *has_currency, char normalised[64]);

/* ---- segments ---- */

typedef enum segment_flag {
    SEGMENT_LABEL = 1 << 0,
    SEGMENT_COLON = 1 << 1, /* a label that ends with one */
    SEGMENT_KNOWN = 1 << 2, /* a label whose words the lexicon has */
    SEGMENT_INLINE = 1 << 3, /* the value of the label before it, without a gap */
    SEGMENT_USED = 1 << 4, /* is in a pair */
    SEGMENT_SUM = 1 << 5, /* a label that names a sum */
    SEGMENT_IN_PROSE = 1 << 6,
    SEGMENT_HEADS_TABLE = 1 << 7, /* in the head of a table that is one without us */
    SEGMENT_RECOGNISED = 1 << 8, /* some of it was read from an image */
} segment_flag;

typedef struct segment {
    quire_text text;
    quire_box box; /* in the frame of the page */
    float size;
    uint32_t flags; /* segment_flag */
    int32_t line; /* to write on, that it stands on; -1: none */
    float confidence; /* that it was read well, 0..1: the mean of its words */
} segment;

typedef struct segments {
    segment *items; /* from the top, those of one row from the left */
    size_t count;
} segments;

/* A rule that is there to be written on. */
typedef struct write_line {
    float x0, x1, y;
    uint32_t label; /* segment that ends where it begins; UINT32_MAX: none */
} write_line;

typedef struct write_lines {
    write_line *items; /* from the top */
    size_t count;
    bool read; /* the text of the page was read from an image */
} write_lines;

/* Em from a line up to the baseline of what stands on it, and down: descenders, and typewriters
 * that slipped. */
#define WRITTEN_ABOVE 0.9f
#define WRITTEN_UNDER 0.45f

/* The first run of underscores in the word, which is a line to write on; false: none is. */
bool form_blank_in(const layout_page *lp, const word *w, quire_box *blank);

/* The rules and underscores of a page that may be written on (writelines.c). */
write_lines form_find_write_lines(layout_page *lp);
/* The line that the word stands on; -1: none. */
int32_t form_write_line_under(const write_lines *lines, const layout_page *lp, const word *w);

/* The segments of the upright text of a page, cut where lines begin; in its scratch. */
segments form_find_segments(layout_page *lp, const write_lines *lines);

/* Splits visual words (`texts`, in a row, `count` of them) into labels and values: for each the
 * index of the first word behind it and its flags. `read`: from an image. Returns their number, at
 * most `count`. */
typedef struct label_cut {
    uint32_t end, flags;
} label_cut;
size_t form_cut_labels(const quire_text *texts, size_t count, bool read, label_cut *cuts);

/* ---- pairs ---- */

enum { PAIR_PARTS = 32 };

typedef struct form_pair {
    uint32_t label; /* segments */
    uint32_t parts[PAIR_PARTS]; /* the lines of the value */
    uint32_t part_count; /* 0: the label has no answer */
    bool below;
    float confidence;
    quire_box room; /* where the answer belongs; empty: where it stands */
} form_pair;

/* Links labels to what stands on the lines behind them; at most `room` pairs (linepairs.c). */
size_t form_link_write_lines(layout_page *lp, segments s, const write_lines *lines,
                             form_pair *pairs, size_t room);

/* Links what heads columns and leads rows of scanned forms to what stands there; at most `room`
 * pairs (grids.c). */
size_t form_link_grids(layout_page *lp, segments s, form_pair *pairs, size_t room);

/* Flags segments of scanned forms as labels that stand in a column of labels (questions.c). */
void form_find_questions(segments s);

/* Links labels to values, one value to one label, the nearest first; at most s.count of them. */
size_t form_link(const layout_page *lp, segments s, form_pair *pairs);
/* Adds the further lines of a value to each pair. */
void form_add_lines(segments s, form_pair *pairs, size_t count);
/* Adds a pair for each further amount in the row of a sum; returns how many pairs there are then.
 */
size_t form_add_sums(segments s, form_pair *pairs, size_t count);

/* Without the colon, and the white space around it. */
quire_text form_label_text(quire_text text);
/* Some letters, in at most `most` words. */
bool form_is_short_name(quire_text text, size_t most);

/* ---- the file's own form (widgets.c) ---- */

/* Adds the fields of the page's widgets to the document; segments that are part of them are marked
 * as used. */
void form_add_widgets(layout_window *window, layout_page *lp, segments s, day_order order);

/* Sets label and label_box of a field whose value stands in `box`, where the page has one; `mark`:
 * it is a box to mark, whose label may stand behind it. The label is used then (labels.c). */
void form_find_label(layout_page *lp, segments s, quire_box box, bool mark, quire_field *field);
/* The text that labels what is written in `place` (in the frame): on its left, or above; NULL. */
segment *form_label_near(segments s, quire_box place);
/* Values of widgets belong to them, and to no printed pair. */
void form_claim_values(layout_page *lp, segments s);

/* An issue where the value of the widget is not what the page shows (agreement.c). */
void form_check_value(layout_window *window, layout_page *lp, const quire_widget *w);

/* ---- places to write in (places.c) ---- */

/* Adds a field for each box, comb and corner cell that has a label; the segments in them and those
 * that label them are marked as used. */
void form_add_places(layout_window *window, layout_page *lp, segments s, day_order order);

/* ---- places to sign (signatures.c) ---- */

/* Does the label ask for a signature? */
bool form_asks_signature(quire_text label_text);
/* Is anything drawn or written with a pen, or a picture, in `room` (of the page) or close above
 * it? */
bool form_is_signed(const layout_page *lp, quire_box room);
/* Makes a field whose label asks for a signature, and which holds no typing, a place to sign, with
 * its state. `room`, of the page, is where it is signed; `unread`: something stands in it that is
 * no text. */
void form_sign(const layout_page *lp, quire_field *field, quire_box room, bool unread);
/* Links labels that ask for a signature to the line above them, or to strokes of a pen near them;
 * at most `room` pairs. */
size_t form_link_signatures(const layout_page *lp, segments s, const write_lines *lines,
                            form_pair *pairs, size_t room);

/* Whether the word was stamped: in the stamp's box, and in its colour, if it has one (stamps.c). */
bool form_stamp_holds(const layout_page *lp, const quire_scribble *stamp, const word *w);
/* Adds a field for each stamp of the page. */
void form_add_stamps(layout_window *window, layout_page *lp);

/* ---- places to mark (choices.c) ---- */

/* Adds a field for each ballot of the page; the segments that label them are marked as used. */
void form_add_choices(layout_window *window, layout_page *lp, segments s);

/* Adds a field for each barcode of the page (codes.c). */
void form_add_codes(layout_window *window, layout_page *lp);

/* What the pairs share: is `b` on the row of `a`? */
static inline bool segments_share_row(const segment *a, const segment *b)
{
    float overlap = quire_overlap(a->box.y0, a->box.y1, b->box.y0, b->box.y1);
    float smaller = quire_smaller(quire_box_height(a->box), quire_box_height(b->box));
    return overlap > 0.5f * smaller;
}

#endif
