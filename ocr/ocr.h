/*
 * ocr/: from pixels to evidence. It judges which pages have no text of their own that can be
 * used, makes their pixels fit to be read, lets an engine read them, and writes what it says as
 * glyphs with boxes and confidence beside what was on the page already, nothing twice.
 *
 * It refuses to know where pixels come from (they are drawn by a callback), what the text means,
 * and how it is written. The engine is loaded when the first page needs it, and not before.
 */
#ifndef QUIRE_OCR_H
#define QUIRE_OCR_H

#include "core/core.h"
#include "page/page.h"

/* ---- which pages need it ---- */

typedef enum quire_ocr_need {
    QUIRE_OCR_NOT = 0, /* what the page says of itself is used */
    QUIRE_OCR_WHOLE, /* all of its text is read from pixels */
    QUIRE_OCR_BESIDE, /* what it says is kept, and what else its pixels show is added */
    QUIRE_OCR_GARBLED, /* text in fonts that do not say what they show is read from pixels */
} quire_ocr_need;

typedef struct quire_ocr_judgement {
    quire_ocr_need need;
    const char *why; /* half a sentence; static */
    uint64_t garbled; /* bit i: font i says nothing usable (the first 64 fonts) */
    /* The picture that is read, on a page whose text needs no reading; without area: all of it.
     * Nothing is read, and no engine loaded, where its pixels show no rows of letters. */
    quire_box picture;
} quire_ocr_judgement;

/* Looks at the evidence only, never at pixels: microseconds. */
quire_ocr_judgement quire_ocr_judge(const quire_page *page, quire_ocr_mode mode);

enum { QUIRE_OCR_MOST_PICTURES = 16 }; /* on a page that are looked at */

/* Pictures of a document in which nothing was found, by their numbers in the file: a logo that
 * stands on each page is looked at once. */
enum { QUIRE_OCR_KNOWN = 256 };

typedef struct quire_ocr_known {
    int32_t objects[QUIRE_OCR_KNOWN];
    size_t count;
} quire_ocr_known;

/*
 * Pictures on a page with text that are large and fine enough to bear text of their own, those in
 * parts put together, in points; how many. Looks at the evidence only.
 */
size_t quire_ocr_find_pictures(const quire_page *page, const quire_ocr_known *textless,
                               quire_box pictures[QUIRE_OCR_MOST_PICTURES]);
void quire_ocr_know(quire_ocr_known *known, const quire_image *image);
bool quire_ocr_knows(const quire_ocr_known *known, const quire_image *image);

/* ---- reading ---- */

/* What is done to a page beyond reading it once, in order; each only where it is needed. */
typedef enum quire_ocr_step {
    QUIRE_OCR_OVERPRINT = 0, /* stamps and pens in colour that cross text are read apart from it */
    QUIRE_OCR_LEVEL, /* dark and grey grounds that bear text are brought to white */
    QUIRE_OCR_ENLARGE, /* a page of small letters is enlarged */
    QUIRE_OCR_STRAIGHTEN, /* a skewed page is turned */
    QUIRE_OCR_LIFT, /* rules are taken out of the pixels */
    QUIRE_OCR_DARKEN, /* letters in a light grey or colour are read from a darkened copy */
    QUIRE_OCR_CELLS, /* the cells of a page of tables are read one by one */
    QUIRE_OCR_TURN, /* a page on its side or head is set upright */
    QUIRE_OCR_SIDEWAYS, /* so are parts of it that lie on their side */
    QUIRE_OCR_SOFTEN, /* a page that reads badly is read again with softer edges */
    QUIRE_OCR_RETRY, /* so are single lines */
    QUIRE_OCR_STRAYS, /* ink that no word covers is read by itself */
    QUIRE_OCR_NOISE, /* words that are none are dropped */
    QUIRE_OCR_SPACES, /* spaces that were not seen are put in */
    QUIRE_OCR_SCRIBBLES, /* strokes of pens and stamps are told from type */
    QUIRE_OCR_HANDWRITING, /* rows that look written by hand are told, and believed less */
    QUIRE_OCR_STEPS,
} quire_ocr_step;

/* "level", "enlarge" ...; NULL past the end. Static. */
const char *quire_ocr_step_name(int step);

/* What the time of a page goes into. */
typedef enum quire_ocr_phase {
    QUIRE_OCR_DRAWING = 0,
    QUIRE_OCR_PREPARATION,
    QUIRE_OCR_SEGMENTATION, /* within the reading; done once more to be measured */
    QUIRE_OCR_READING,
    QUIRE_OCR_READING_SIDEWAYS, /* parts on their side: the search, and reading them */
    QUIRE_OCR_READING_AGAIN, /* turned or softened, and single lines */
    QUIRE_OCR_READING_STRAYS,
    QUIRE_OCR_MEASURING, /* type, strokes, spaces; and what becomes evidence */
    QUIRE_OCR_PHASES,
} quire_ocr_phase;

typedef struct quire_ocr_options {
    const char *languages; /* "eng+fra"; "auto": found by the first page; NULL: "eng" */
    double dpi; /* 0: what reading needs */
    unsigned without; /* bit i: step i is left out, to measure what it is worth */
    quire_sink *measures; /* of each word, what its confidence is made of; NULL */
    double *seconds; /* of CPU, QUIRE_OCR_PHASES of them, that each phase adds to; NULL */
} quire_ocr_options;

/* What is to be drawn of a page that is read; see quire_draw_request. */
typedef struct quire_ocr_drawing {
    int page;
    double dpi;
    const quire_image *image; /* the only thing on it; NULL: there is more */
    quire_box part; /* of the page, points; empty: all of it */
    bool colour; /* where there is any; else grey */
    bool as_stored; /* only `image`, as its pixels are, which may fail */
} quire_ocr_drawing;

typedef quire_status (*quire_ocr_draw_fn)(void *user, const quire_ocr_drawing *drawing,
                                          quire_raster *raster, quire_error *error);

typedef struct quire_ocr quire_ocr; /* one engine, kept for the pages of a document */

quire_ocr *quire_ocr_new(const quire_ocr_options *options, quire_ocr_draw_fn draw, void *user);
void quire_ocr_free(quire_ocr *ocr); /* NULL is fine */

/*
 * Loads the engine and its languages unless that is done. QUIRE_MISSING says what to install,
 * QUIRE_USAGE that `languages` is no list of languages.
 */
quire_status quire_ocr_open(quire_ocr *ocr, quire_error *error);

/*
 * Reads the page and adds what it shows to `page`, all of it in `arena`. On failure the page stays
 * as it was. `deadline` of quire_clock(), 0: none.
 */
quire_status quire_ocr_read(quire_ocr *ocr, const quire_ocr_judgement *judgement, double deadline,
                            quire_arena *arena, quire_page *page, quire_error *error);

/*
 * Reads the barcodes of a page that is not recognised, where its evidence shows what may be one:
 * pictures of that form, many bars, many small squares. Nothing else of the page changes. Pictures
 * without any are added to `known`. A page that shows none of it costs microseconds.
 */
quire_status quire_ocr_read_codes(quire_ocr_draw_fn draw, void *user, quire_ocr_known *known,
                                  quire_arena *arena, quire_page *page, quire_error *error);

/* "tesseract 5.3.0", or NULL when it is not installed. Static once found. */
const char *quire_ocr_engine_version(void);

#endif
