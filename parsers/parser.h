/*
 * parsers/: from bytes to evidence. A parser is a static table of functions, listed once in
 * registry.c. Each bids on an input ("how sure am I"), the best one opens it and hands out pages
 * one at a time; a bad page is data in page->status, the document goes on.
 *
 * It refuses to know what the evidence means, who asked for it, and where it goes.
 */
#ifndef QUIRE_PARSER_H
#define QUIRE_PARSER_H

#include "core/core.h"
#include "page/page.h"

typedef struct quire_parse_options {
    const char *password; /* may be NULL */
    double page_timeout; /* seconds, 0: QUIRE_PAGE_SECONDS */
    double deadline; /* of quire_clock(), past which no page goes on; 0: none */
    void *user;
    /* Called with each issue as it is found; page 0: of the document. Strings die with the call. */
    void (*on_issue)(void *user, const quire_issue *issue);
    /* Called now and then while one call reads all over the file, whose mapped parts would count as
     * memory until it returns; may be NULL. */
    void (*on_read)(void *user);
} quire_parse_options;

/* What of a page is to be drawn. */
typedef struct quire_draw_request {
    int page; /* 1-based */
    double dpi; /* of a page that is an image: at most; its own pixels are never enlarged */
    bool colour; /* where there is any; else grey */
    /* The only thing on the page, which it covers: its own pixels may be taken. NULL: there is
     * more. */
    const quire_image *image;
    quire_box part; /* in pixels of the page; empty: all of it. Only a PDF can draw a part. */
    bool as_stored; /* `image` by itself, as its pixels are; QUIRE_UNSUPPORTED: it must be drawn */
    double deadline; /* of quire_clock(); 0: none */
} quire_draw_request;

/* A part of a page that is to be kept as a picture. */
typedef struct quire_picture_request {
    int page; /* 1-based */
    quire_box box; /* of the page as displayed, points */
    const quire_image *image; /* the only thing that is drawn there; NULL: there is more */
    double deadline; /* of quire_clock(); 0: none */
} quire_picture_request;

typedef struct quire_picture {
    uint8_t *bytes; /* a whole file; see quire_picture_clear() */
    size_t size;
    const char *media_type; /* "image/jpeg" "image/jp2" "image/png"; static */
} quire_picture;

void quire_picture_clear(quire_picture *picture);
/* The raster as a JPEG. QUIRE_LIMIT where there is no memory for it. */
quire_status quire_picture_of(const quire_raster *raster, quire_picture *picture);

/* A recognised word that is to be laid over its page, unseen. */
typedef struct quire_overlay_word {
    int32_t page; /* 1-based */
    float skew; /* degrees clockwise that the page was turned by before it was read */
    int rotation; /* of its baseline then: 0, 90, 180, 270 degrees counter-clockwise */
    quire_text text;
    quire_box box; /* on the page as displayed, after that turn */
} quire_overlay_word;

typedef struct quire_reader quire_reader; /* an open input; each parser has its own */

typedef struct quire_parser {
    const char *name; /* "pdf" */
    const char *extensions; /* "pdf", separated by spaces */
    const char *media_type;
    const char *summary; /* one line */

    /* 0: not mine, 100: certain. Looks at the first bytes (and the last) only. */
    int (*probe)(quire_bytes input);
    /*
     * Opens `input`, which is borrowed until close. QUIRE_ENCRYPTED, QUIRE_MALFORMED, or QUIRE_OK
     * with *reader owned by the caller. A repaired file is QUIRE_OK with facts->recovered.
     */
    quire_status (*open)(quire_bytes input, const quire_parse_options *options,
                         quire_reader **reader, quire_error *error);
    /* What the file states about itself; borrowed until close. Read on first call. */
    const quire_facts *(*facts)(quire_reader *reader);
    /*
     * The same facts with facts->structure filled, which may take as long as all pages together:
     * call it where the structure is used. NULL for formats without one.
     */
    const quire_facts *(*structure)(quire_reader *reader);
    /*
     * Page `number` (1-based), frozen into `arena`. Its fonts live until close. Always fills
     * `page`; returns page->status, with page->message where that is not QUIRE_OK.
     */
    quire_status (*parse_page)(quire_reader *reader, int number, quire_arena *arena,
                               quire_page *page);
    /*
     * The page as a reader sees it, annotations included, as pixels that the caller clears.
     * QUIRE_LIMIT where they would be too many, or the deadline passed.
     */
    quire_status (*draw)(quire_reader *reader, const quire_draw_request *request,
                         quire_raster *raster, quire_error *error);
    void (*close)(quire_reader *reader); /* NULL is fine */
    /*
     * The part of a page as a file of its own: the bytes of its image as they are, where any viewer
     * shows those as the page does; else drawn as PNG. QUIRE_LIMIT as for draw. NULL: no pictures
     * can be kept.
     */
    quire_status (*picture)(quire_reader *reader, const quire_picture_request *request,
                            quire_picture *picture, quire_error *error);
    /*
     * Writes the input with `words` (by page, ascending) laid over its pages as text that is not
     * seen; without words the input as it is. QUIRE_UNSUPPORTED for one that cannot be added to.
     * NULL: no input of this format can.
     */
    quire_status (*overlay)(quire_reader *reader, const quire_overlay_word *words, size_t count,
                            quire_sink *sink, quire_error *error);
} quire_parser;

/* The parser with the highest bid; NULL when none bids. */
const quire_parser *quire_parser_find(quire_bytes input);
/* All parsers in order; NULL past the end. */
const quire_parser *quire_parser_at(size_t index);

#endif
