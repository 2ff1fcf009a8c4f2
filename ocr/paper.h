/*
 * A page made fit to be read: grey pixels, upright and straight, and what was found on the way.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_PAPER_H
#define QUIRE_OCR_PAPER_H

#include <leptonica/allheaders.h>

#include "ocr/frames.h"
#include "page/page.h"

/* Boxes in pixels of the paper. */
typedef QUIRE_ARRAY(quire_scribble) ocr_scribble_list;

typedef QUIRE_ARRAY(quire_handwriting) ocr_handwriting_list;

typedef struct ocr_paper {
    PIX *grey; /* what is read: 8 bit, rules taken out */
    PIX *ink; /* 1 bit, of the same */
    BOXA *horizontals, *verticals; /* rules */
    PIX *lifted; /* 1 bit: the pixels of rules that were taken out; NULL: none were */
    ocr_frame_list frames; /* that may be marked; they and what marks them are taken out, too */
    ocr_scribble_list scribbles; /* found when all is read */
    ocr_handwriting_list handwriting; /* rows that look written by hand */
    PIX *
        overprint; /* 1 bit: coloured ink across letters that was taken out; NULL: there was none */
    uint32_t overprint_colour; /* 0xAARRGGBB */
    PIX *dark; /* `grey` with faint letters made black; NULL: there are none */
    BOXA *faint; /* these letters, also part of the ink */
    NUMA *faint_levels; /* their grey levels */
    int quarters; /* turned clockwise by that to stand upright */
    float skew; /* degrees it was turned clockwise to be straight; 0: not */
    float dpi;
    quire_box place; /* on its page, points; of a picture, else all of it */
    int grounds; /* brought to white */
    bool enlarged; /* to twice its size */
} ocr_paper;

/*
 * From pixels that stand as on the page, grey, and which of them are `coloured` (1 bit; NULL:
 * none); steps whose bit is in `without` are left out. False when memory is short. Clear it either
 * way.
 */
bool ocr_paper_prepare(ocr_paper *paper, const quire_raster *raster, PIX *coloured, int quarters,
                       unsigned without);
/* Whether the pixels, light on dark or dark on light, show rows of letters. */
bool ocr_paper_shows_rows(const quire_raster *raster);
/*
 * The same page with its edges softened: letters of a scan that was thresholded have steps where
 * the engine has learned slopes. NULL when memory is short.
 */
PIX *ocr_paper_soften(const ocr_paper *paper);
void ocr_paper_clear(ocr_paper *paper);

/* Quarters clockwise that would set the ink upright, by ascenders and descenders; 0: as it is. */
int ocr_paper_quarters(const ocr_paper *paper);

/* grounds.c: brings dark and grey areas that bear text to white; how many there were. */
int ocr_paper_level_grounds(ocr_paper *paper);

/* Height of the median letter in pixels; 0: there are too few to tell. */
int ocr_paper_letter(const ocr_paper *paper);

/* faint.c: finds letters that are too light to be read beside black ones. */
void ocr_paper_darken_faint(ocr_paper *paper);

/* rules.c: finds rules, keeps their boxes, and takes them out of grey and ink. */
void ocr_paper_lift_rules(ocr_paper *paper);
/* dashes.c: adds rules that are dashed to the pixels of those that are drawn through: `lines`, and
 * those of them that are `sure`; each those that lie, then those that stand. */
void ocr_paper_add_dashes(const ocr_paper *paper, PIX *lines[2], PIX *sure[2]);

/* What `pix` has of lines along x, or along y, that are `length` pixels long at least. */
PIX *ocr_paper_open_along(PIX *pix, bool horizontal, int length);
/* `pix` with the gaps filled that are shorter than that. */
PIX *ocr_paper_close_along(PIX *pix, bool horizontal, int length);
/* combs.c: adds the walls of combs among `uprights`, which stand on `levels`, to `lines` and to
 * what is `sure` of them. */
void ocr_paper_add_combs(const ocr_paper *paper, PIX *uprights, PIX *levels, PIX *lines, PIX *sure);

/* Finds frames, and takes them out of grey and ink. */
void ocr_paper_lift_frames(ocr_paper *paper);

/* The paper's own grey: what most of the page is brighter than half of. */
l_uint32 ocr_paper_ground(const ocr_paper *paper);

#endif
