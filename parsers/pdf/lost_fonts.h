/*
 * Fonts that a cut-off file has lost, or lost the encoding of, though text set in them survives.
 * Where the codes of that text can only be Latin letters they are read as such; where they may be
 * anything, they get no text: wrong letters are worse than none.
 */
#ifndef QUIRE_PDF_LOST_FONTS_H
#define QUIRE_PDF_LOST_FONTS_H

#include "parsers/pdf/scan.h"

/* Name of a font that stands in for one that is lost. */
#define QUIRE_LOST_FONT "LostFont"

/* What is added to a code of TrueType's usual glyph order to make it ASCII. */
enum { QUIRE_GLYPH_ORDER_OFFSET = 29 };

typedef enum quire_font_loss {
    QUIRE_FONT_WHOLE = 0, /* nothing that text depends on is lost */
    QUIRE_FONT_GONE, /* the font itself */
    QUIRE_FONT_ENCODING_GONE, /* of a simple font: its dictionary survives */
    QUIRE_FONT_TO_UNICODE_GONE, /* of a composite font: likewise */
} quire_font_loss;

typedef struct quire_lost_font {
    int32_t number;
    quire_font_loss loss;
    bool latin; /* its codes read as letters; of a composite font, in glyph order */
    quire_bytes dictionary; /* where it survives */
    int32_t to_unicode; /* number of the lost CMap */
} quire_lost_font;

/* The fonts of surviving pages that are not whole, as an array of quire_lost_font, to be freed. */
GArray *quire_lost_fonts_new(const quire_scan *scan);

#endif
