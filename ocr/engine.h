/*
 * What an engine that reads pixels offers, and what it hands back: lines of words of symbols, in
 * pixels of the image that it was given.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_ENGINE_H
#define QUIRE_OCR_ENGINE_H

#include <leptonica/allheaders.h>

#include "core/core.h"

typedef struct ocr_symbol {
    char text[24]; /* UTF-8, NUL-terminated; one grapheme */
    quire_box box;
    float confidence; /* 0..1 */
} ocr_symbol;

typedef struct ocr_word {
    uint32_t first, end; /* symbols */
    uint32_t line;
    quire_box box;
    float confidence; /* 0..1; the engine's own until calibrate.c */
    bool known; /* in the engine's dictionary, or a number */
    bool bold, italic; /* as strokes.c measures them */
    bool by_hand; /* it stands in a row that looks so */
    uint8_t readings, agreeing; /* other readings of its place; those that say the same */
} ocr_word;

typedef struct ocr_line {
    uint32_t first, end; /* words */
    quire_box box;
    int quarters; /* turned clockwise by that to be read; 0: it is upright */
    float slope, offset; /* baseline: y = slope x + offset, of what is turned so */
    float em; /* size of its type in pixels; 0: not measured */
    bool is_cell; /* cut out before it was read: nothing could stand beside it */
    bool is_overprint; /* read from what stands in colour across other text */
    uint8_t grey; /* level of its ink above the page's black; 0: as black as most */
} ocr_line;

typedef QUIRE_ARRAY(ocr_word) ocr_word_list;

typedef struct ocr_text {
    QUIRE_ARRAY(ocr_symbol) symbols;
    ocr_word_list words;
    QUIRE_ARRAY(ocr_line) lines;
} ocr_text;

void ocr_text_clear(ocr_text *text); /* empty, memory freed */

/* A box on the paper as one along and across lines that are turned by `quarters` clockwise about
 * the paper's first pixel to be read; and back. */
quire_box ocr_line_box(int quarters, quire_box box);
quire_box ocr_line_box_back(int quarters, quire_box box);

/* How the engine is to take what it is shown. */
typedef enum ocr_shape {
    OCR_PAGE = 0, /* it finds columns, tables and lines itself */
    OCR_PAGE_AGAIN, /* the same without tables: their search may take ten times as long as reading
                     */
    OCR_LINE, /* one line of text */
    OCR_SEGMENTS, /* columns and lines are found, and nothing is read */
} ocr_shape;

typedef struct ocr_engine ocr_engine;

typedef struct ocr_engine_type {
    const char *name;
    /* The version, NULL when it is not installed; loads nothing more than that needs. */
    const char *(*version)(void);
    quire_status (*open)(const char *languages, ocr_engine **engine, quire_error *error);
    /* Takes the image (8 bit grey) for the reads that follow; borrowed until the next. */
    void (*show)(ocr_engine *engine, PIX *pix, int dpi);
    /*
     * Adds what it reads in `part` (NULL: everywhere) to `text`. QUIRE_LIMIT when the deadline
     * passed; what was read by then is there.
     */
    quire_status (*read)(ocr_engine *engine, ocr_shape shape, const BOX *part, double deadline,
                         ocr_text *text, quire_error *error);
    /*
     * The script of what is shown ("Latin"), of an engine opened as "osd"; "": it cannot tell.
     * Returns the quarters clockwise that set it upright.
     */
    int (*tell_script)(ocr_engine *engine, char *script, size_t size);
    /* All languages there is data for, "deu+eng+osd", sorted. */
    void (*installed)(ocr_engine *engine, char *languages, size_t size);
    void (*close)(ocr_engine *engine);
} ocr_engine_type;

/* The Debian package that holds the data of a language: "tesseract-ocr-chi-sim". */
void ocr_language_package(const char *language, size_t length, char *package, size_t size);

extern const ocr_engine_type ocr_tesseract;

#endif
