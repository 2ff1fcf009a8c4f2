/*
 * The content-stream interpreter (PDF 32000-1, 8 and 9): from operators to evidence in one pass.
 *
 * It knows operators, graphics and text state, marked content, and where on the page each thing
 * lands. What a character code, a colour or a resource is, it asks of Poppler's objects, and keeps
 * the answers: fonts and colour spaces for the document, named resources for the page. It refuses
 * to know what the evidence means, and never draws or decodes an image.
 *
 * This header is for the files of this folder; others use parsers/pdf/pdf.h.
 */
#ifndef QUIRE_PARSERS_PDF_INTERPRETER_INTERPRETER_H
#define QUIRE_PARSERS_PDF_INTERPRETER_INTERPRETER_H

#include "parsers/pdf/interpreter/table.h"
#include "parsers/pdf/interpreter/tokens.h"
#include "parsers/pdf/pdf.h"

/* ---- colour spaces (spaces.c) ---- */

typedef enum quire_space_kind {
    QUIRE_SPACE_GRAY = 0,
    QUIRE_SPACE_RGB,
    QUIRE_SPACE_CMYK,
    QUIRE_SPACE_INDEXED,
    QUIRE_SPACE_TINT, /* Separation, DeviceN, Lab: asked of Poppler */
    QUIRE_SPACE_PATTERN,
} quire_space_kind;

enum { QUIRE_MAX_COMPONENTS = 32 };

typedef struct quire_space {
    quire_space_kind kind;
    int components;
    const struct quire_space *base; /* of Indexed; of Pattern, NULL when it paints its own colour */
    const uint8_t *lookup; /* of Indexed */
    size_t lookup_size;
    int highest; /* of Indexed */
    quire_tint *tint; /* of QUIRE_SPACE_TINT, owned */
    double initial; /* of every component */
    struct {
        double components[4];
        uint32_t rgb;
        bool known;
    } * last; /* the latest conversion: text and rules repeat their colour */
} quire_space;

/* ---- fonts (fonts.c, characters.c) ---- */

/* One character code of a font, as its glyphs will be placed. */
typedef struct quire_char {
    float dx, dy; /* advance, of an em */
    uint32_t code;
    uint32_t text; /* offset into the font's text */
    uint16_t text_size;
    uint8_t source; /* quire_unicode_source */
    uint8_t used; /* bytes of the string; 0: not looked up yet */
    uint32_t flags; /* quire_glyph_flag */
    uint32_t key; /* of the hash of composite fonts */
    bool mark; /* may have to be merged into the letter it stands on */
    uint32_t page; /* the page serial for which page_text holds */
    uint32_t page_text; /* offset of its text in the page's pool */
} quire_char;

typedef struct quire_pdf_font {
    quire_objects *objects;
    quire_face *face; /* NULL: hopeless, or closed to save memory */
    uint32_t index; /* in the document's fonts */
    bool opened; /* it could be made once */
    bool simple, vertical, type3, to_unicode, differences;
    bool guessed; /* its encoding was lost: see lost_fonts.h */
    bool glyph_numbers; /* its codes say which glyph, and nothing which character */
    unsigned parts; /* quire_face_part: what was read of it */
    bool base_named; /* the base encoding has a name: the embedded file has no say */
    uint8_t listed[256 / 8]; /* codes of /Differences, a bit each */
    uint8_t covered[256 / 8]; /* codes of the ToUnicode map, where Poppler may read it */
    float ascent, descent; /* of an em */
    float em; /* of the font's own unit: 1, except in Type 3 fonts with another scale */
    quire_char *chars; /* simple: 256; composite: a hash of char_capacity */
    size_t char_count, char_capacity;
    QUIRE_ARRAY(char) text;
    int object, generation; /* -1: inline */
    int page; /* the last one that used it */
} quire_pdf_font;

/* ---- resources (resources.c) ---- */

typedef enum quire_resource_kind {
    QUIRE_RESOURCE_FONT = 0,
    QUIRE_RESOURCE_XOBJECT,
    QUIRE_RESOURCE_COLOUR_SPACE,
    QUIRE_RESOURCE_STATE,
    QUIRE_RESOURCE_PROPERTIES,
    QUIRE_RESOURCE_PATTERN,
    QUIRE_RESOURCE_KINDS,
} quire_resource_kind;

typedef struct quire_resources {
    const quire_object *dictionary;
    const struct quire_resources *parent; /* looked into for what is not here */
    struct {
        const quire_object *dictionary;
        bool looked_up;
        quire_table named;
    } kind[QUIRE_RESOURCE_KINDS];
} quire_resources;

/* What an external object is; looked up once a page. */
typedef struct quire_xobject {
    enum { QUIRE_XOBJECT_NONE = 0, QUIRE_XOBJECT_IMAGE, QUIRE_XOBJECT_FORM } kind;
    int object, generation;
    bool hidden; /* in a layer that is off */
    quire_image image; /* without its place */
    const quire_object *stream;
    bool loaded, running; /* of a form */
    bool group; /* a transparency group */
    quire_bytes content;
    double box[4];
    quire_matrix matrix;
    quire_resources *resources;
} quire_xobject;

/* An ExtGState dictionary, or what of it matters here. */
typedef struct quire_state_change {
    bool sets_fill_alpha, sets_stroke_alpha, sets_blend, sets_width, sets_dash, sets_mask,
        sets_font;
    float fill_alpha, stroke_alpha;
    bool blends, masked, dashed;
    double line_width, font_size;
    quire_pdf_font *font;
} quire_state_change;

/* A property list, named or inline. */
typedef struct quire_properties {
    int mcid; /* -1: none */
    bool hidden; /* of optional content that is off */
    const char *actual_text; /* UTF-8, NULL: none */
    const char *language;
} quire_properties;

/* ---- the machine ---- */

typedef struct quire_paint {
    const quire_space *space;
    uint32_t rgb;
    bool pattern; /* `rgb` is a stand-in */
} quire_paint;

/* What q saves and Q restores. Poppler counts the text matrices to it, and so do producers. */
typedef struct quire_state {
    quire_matrix ctm; /* to page coordinates */
    quire_box clip; /* a box around the clip path */
    quire_paint fill, stroke;
    float fill_alpha, stroke_alpha;
    float group_alpha; /* of the transparency groups around */
    bool blends; /* any blend mode but Normal */
    bool masked; /* a soft mask is set */
    bool dashed;
    uint8_t render_mode;
    double line_width;
    quire_pdf_font *font;
    double font_size, char_space, word_space, horizontal_scale, leading, rise;
    quire_matrix text_matrix, line_matrix;
} quire_state;

typedef enum quire_point_kind { QUIRE_MOVE = 0, QUIRE_LINE, QUIRE_CURVE } quire_point_kind;

typedef struct quire_path_point {
    double x, y; /* page coordinates */
    uint8_t kind; /* quire_point_kind */
} quire_path_point;

enum { QUIRE_MAX_OPERANDS = 64, QUIRE_OPERATORS_PER_CLOCK = 4096 };

typedef enum quire_operand_kind {
    QUIRE_OPERAND_NUMBER = 0,
    QUIRE_OPERAND_NAME,
    QUIRE_OPERAND_STRING,
    QUIRE_OPERAND_ARRAY, /* slice.offset, slice.size: its elements */
    QUIRE_OPERAND_DICTIONARY, /* slice: its text */
    QUIRE_OPERAND_OTHER, /* true, false, null */
} quire_operand_kind;

typedef struct quire_operands {
    int count;
    uint8_t kinds[QUIRE_MAX_OPERANDS]; /* quire_operand_kind */
    double numbers[QUIRE_MAX_OPERANDS];
    quire_slice slices[QUIRE_MAX_OPERANDS];
    quire_tokens *tokens; /* the stream, behind the operator */
} quire_operands;

/* An element of an array: a number, or a string. */
typedef struct quire_element {
    bool string;
    double number;
    quire_slice slice;
} quire_element;

/* A marked-content sequence that is open. */
typedef struct quire_open_mark {
    int32_t outer_tag;
    bool hides;
    const char *actual_text;
    size_t first_glyph;
} quire_open_mark;

/* Something that was painted and is no glyph: what stands under or over the glyphs. */
typedef struct quire_ground {
    quire_box box;
    uint32_t rgb;
    uint32_t order; /* glyphs drawn before it */
    bool opaque; /* hides what lies under it */
    bool plain; /* has the colour `rgb` everywhere in its box */
} quire_ground;

struct quire_interpreter {
    quire_pdf *pdf;

    /* for the document */
    void *fonts; /* fonts.c's own */
    void *spaces; /* spaces.c's own */
    uint8_t operator_slots[256]; /* operators.c: index by hash, 255: none */
    const quire_font *font_facts;
    size_t font_count;

    /* for the page */
    quire_page_builder builder;
    quire_arena *scratch;
    quire_arena_mark scratch_start;
    quire_arena *arena; /* the page's own */
    uint32_t page_serial;
    quire_page *page;
    quire_box page_box;
    size_t mark; /* of the object handles */
    quire_table xobjects; /* by object number */
    quire_table names; /* of tags */
    QUIRE_ARRAY(quire_ground) grounds;
    QUIRE_ARRAY(uint32_t) accents; /* glyphs that may have to be merged */

    /* the machine */
    QUIRE_ARRAY(quire_state) states;
    quire_state *state; /* the last of them */
    size_t state_floor; /* the stream that is running may not go below */
    size_t lost_saves; /* q beyond the ceiling */
    quire_byte_pool pool;
    QUIRE_ARRAY(quire_element) elements;
    QUIRE_ARRAY(quire_path_point) path;
    double current_x, current_y; /* user space */
    double start_x, start_y;
    bool subpath_closed;
    bool clip_pending;
    quire_resources *resources;
    QUIRE_ARRAY(quire_open_mark) marks;
    size_t mark_floor;
    int32_t tag; /* -1: none */
    int32_t stream; /* object number of the form that is running, -1: the page */
    unsigned hidden; /* optional content that is off, within each other */
    unsigned actual; /* ActualText within each other */
    bool annotation;
    bool style_is_current;
    uint32_t style;
    quire_box glyph_reach; /* of the style: font ascent and descent around the baseline */
    quire_point glyph_right; /* of the style: the em along the baseline */
    int depth;

    /* budgets of the page */
    int64_t operators_left;
    int until_clock; /* operators to the next look at the clock */
    double deadline;
    size_t bytes_left, path_points_left;
    quire_stream_bytes content, form_content; /* inflated */
    bool stopped;
    bool damaged; /* reported once a page */
};

quire_interpreter *quire_interpreter_of(quire_pdf *pdf); /* made on first use */

/* Ends the page with QUIRE_LIMIT and a message; the first reason counts. */
void quire_interpreter_stop(quire_interpreter *in, const char *what);
/* Looks at the clock; false when the page's time is up. */
bool quire_interpreter_in_time(quire_interpreter *in);

/* operators.c */
void quire_operators_index(quire_interpreter *in);
/* Runs a stream with `resources`; states and marks that it leaves open are closed. */
void quire_interpreter_run(quire_interpreter *in, quire_bytes content, quire_resources *resources);

/* resources.c */
quire_resources *quire_resources_new(quire_interpreter *in, const quire_object *dictionary,
                                     const quire_resources *parent);
/* The entry of `name`, references not followed, in these resources or those around; or NULL. */
const quire_object *quire_resources_raw(quire_resources *resources, quire_resource_kind kind,
                                        const char *name);
quire_pdf_font *quire_resources_font(quire_interpreter *in, quire_slice name);
const quire_space *quire_resources_space(quire_interpreter *in, quire_slice name);
const quire_state_change *quire_resources_state(quire_interpreter *in, quire_slice name);
const quire_properties *quire_resources_properties(quire_interpreter *in, quire_slice name);
/* 1: tiling, 2: shading, 0: unknown. *coloured: the pattern brings its own colours. */
int quire_resources_pattern(quire_interpreter *in, quire_slice name, bool *coloured);

/* fingerprint.c: a hash of an object's own value, references by number. */
uint64_t quire_object_fingerprint(const quire_object *object, int depth);

/* xobjects.c: NULL when the name leads nowhere. */
quire_xobject *quire_xobject_find(quire_interpreter *in, quire_slice name);
/* Reads content, box, matrix and resources of a form; false when it is none. */
bool quire_form_load(quire_interpreter *in, quire_xobject *form);

/* fonts.c */
void quire_fonts_init(quire_interpreter *in);
void quire_fonts_clear(quire_interpreter *in);
/* Closes fonts that were not used for long, when many are open. */
void quire_fonts_trim(quire_interpreter *in);
/* The font of an entry of a font dictionary, which may be a reference; never NULL. */
quire_pdf_font *quire_fonts_find(quire_interpreter *in, const quire_object *raw);
/* Index of a font without a name, for text that no font of the file sets. */
uint32_t quire_fonts_stand_in(quire_interpreter *in);
/* Reads the embedded file of a simple font that was opened without. */
void quire_font_complete(quire_interpreter *in, quire_pdf_font *font);
/* cmap_cost.c: false when the stream's ranges are more than can be meant; true of no stream. */
bool quire_cmap_is_affordable(const quire_object *cmap, uint8_t covered[256 / 8]);
/* font_names.c: name, family, weight and flags of `font` from what the file says. */
void quire_font_describe(quire_interpreter *in, const quire_face_facts *face,
                         const quire_object *descriptor, quire_font *font);
/* The font descriptor of a font, or of the one that a composite font stands on; may be NULL. */
const quire_object *quire_font_descriptor(const quire_object *dictionary);
bool quire_font_is_embedded(const quire_object *descriptor);

/* characters.c */
enum { QUIRE_CHAR_BYTES = 4 };
/*
 * A code point as the text of a glyph: white space as a space, ligatures as their letters, nothing
 * for what is no text. Returns the number of bytes.
 */
size_t quire_char_put(uint32_t c, char out[QUIRE_CHAR_BYTES]);
/* symbols.c: what a private use code of a well-known font of symbols is; 0: unknown. */
uint32_t quire_symbol_unicode(const char *font_name, uint32_t private_use);
const quire_char *quire_font_char(quire_interpreter *in, quire_pdf_font *font, const uint8_t *bytes,
                                  size_t size);

/* spaces.c */
void quire_spaces_init(quire_interpreter *in);
void quire_spaces_clear(quire_interpreter *in);
const quire_space *quire_space_device(quire_interpreter *in, quire_space_kind kind);
/* Device and abbreviated names; NULL when it is none. */
const quire_space *quire_space_named(quire_interpreter *in, const char *name);
const quire_space *quire_spaces_find(quire_interpreter *in, const quire_object *raw);
uint32_t quire_space_rgb(const quire_space *space, const double *components, int count);

/* state.c */
void quire_state_init(quire_interpreter *in, quire_matrix ctm);
bool quire_state_save(quire_interpreter *in);
void quire_state_restore(quire_interpreter *in);
void quire_state_clip(quire_interpreter *in, quire_box box);

/* paint.c: what the path in in->path leaves on the paper. */
typedef struct quire_painting {
    bool fill, stroke, even_odd;
} quire_painting;
void quire_paint_path(quire_interpreter *in, quire_painting painting);
void quire_paint_ground(quire_interpreter *in, const quire_ground *ground);

/* text_show.c */
void quire_text_show(quire_interpreter *in, quire_slice text);

/* images.c, forms.c */
void quire_image_place(quire_interpreter *in, const quire_image *image);
void quire_form_run(quire_interpreter *in, quire_xobject *form);

/* marked_content.c */
void quire_marks_close(quire_interpreter *in, size_t floor);
const char *quire_page_string(quire_interpreter *in, const uint8_t *bytes, size_t size);

/* actual_text.c: the glyphs from `first` on say `actual_text` (UTF-8). */
void quire_actual_text_apply(quire_interpreter *in, size_t first, const char *actual_text);

/* The operators, by file; `operands` holds as many as the table in operators.c asks for. */
#define QUIRE_OPERATOR(name)                                                                       \
    void quire_operator_##name(quire_interpreter *in, const quire_operands *operands)
/* state.c */
QUIRE_OPERATOR(save);
QUIRE_OPERATOR(restore);
QUIRE_OPERATOR(concatenate);
QUIRE_OPERATOR(line_width);
QUIRE_OPERATOR(dash);
QUIRE_OPERATOR(state);
QUIRE_OPERATOR(ignore);
/* paths.c */
QUIRE_OPERATOR(move);
QUIRE_OPERATOR(line);
QUIRE_OPERATOR(curve);
QUIRE_OPERATOR(curve_from_here);
QUIRE_OPERATOR(curve_to_end);
QUIRE_OPERATOR(close);
QUIRE_OPERATOR(rectangle);
QUIRE_OPERATOR(stroke);
QUIRE_OPERATOR(close_stroke);
QUIRE_OPERATOR(fill);
QUIRE_OPERATOR(fill_even_odd);
QUIRE_OPERATOR(fill_stroke);
QUIRE_OPERATOR(close_fill_stroke);
QUIRE_OPERATOR(end_path);
QUIRE_OPERATOR(clip);
QUIRE_OPERATOR(shading);
/* text_state.c */
QUIRE_OPERATOR(begin_text);
QUIRE_OPERATOR(char_space);
QUIRE_OPERATOR(word_space);
QUIRE_OPERATOR(horizontal_scale);
QUIRE_OPERATOR(leading);
QUIRE_OPERATOR(font);
QUIRE_OPERATOR(render_mode);
QUIRE_OPERATOR(rise);
QUIRE_OPERATOR(next_line);
QUIRE_OPERATOR(next_line_leading);
QUIRE_OPERATOR(text_matrix);
QUIRE_OPERATOR(new_line);
QUIRE_OPERATOR(show);
QUIRE_OPERATOR(show_spaced);
QUIRE_OPERATOR(new_line_show);
QUIRE_OPERATOR(new_line_show_spaced);
/* colours.c */
QUIRE_OPERATOR(fill_gray);
QUIRE_OPERATOR(stroke_gray);
QUIRE_OPERATOR(fill_rgb);
QUIRE_OPERATOR(stroke_rgb);
QUIRE_OPERATOR(fill_cmyk);
QUIRE_OPERATOR(stroke_cmyk);
QUIRE_OPERATOR(fill_space);
QUIRE_OPERATOR(stroke_space);
QUIRE_OPERATOR(fill_colour);
QUIRE_OPERATOR(stroke_colour);
/* images.c, inline_images.c */
QUIRE_OPERATOR(xobject);
QUIRE_OPERATOR(inline_image);
/* marked_content.c */
QUIRE_OPERATOR(begin_mark);
QUIRE_OPERATOR(begin_mark_properties);
QUIRE_OPERATOR(end_mark);

/* The last `count` operands as numbers. */
static inline const double *quire_operands_last(const quire_operands *operands, int count)
{
    return operands->numbers + operands->count - count;
}

#endif
