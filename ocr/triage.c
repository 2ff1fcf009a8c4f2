/*
 * Which pages have to be read from pixels. The evidence decides: glyphs that say nothing usable,
 * pictures that are the page, outlines that were text once. A text layer that is good is never
 * thrown away for a reading of its picture.
 */
#include "ocr/ocr.h"

/* A picture, or several, over this share of the page: the page is a scan. */
#define SCANNED_SHARE 0.5
/* Less than that in pictures, and nothing on the page is worth reading. */
#define PICTURE_SHARE 0.02
/* Of the glyphs of a font: more of them say nothing, and none of them is believed
 * (U+FFFD, private use and controls; glyphs without any text). */
#define SENSELESS_SHARE 0.05
#define MISSING_SHARE 0.20
/* Of the letters of an OCR layer: fewer in words of two and more, and it is noise. */
#define JOINED_SHARE 0.5
#define LETTER_SHARE 0.6 /* of what is in the layer */

enum {
    FEW_GLYPHS = 50, /* beside a scan: a stamp, or a page number */
    FEW_OF_FONT = 8, /* too few glyphs to condemn a font, or an OCR layer */
    MANY_OUTLINES = 200, /* curved paths on a page without text */
    FONTS = 64,
};

typedef struct font_tally {
    uint32_t glyphs, missing, senseless;
} font_tally;

typedef struct tally {
    uint32_t visible, invisible; /* glyphs, spaces left out */
    uint32_t letters, joined; /* of the invisible: letters; those that follow a letter */
    uint32_t outlines;
    double pictures; /* share of the page */
    font_tally fonts[FONTS];
} tally;

static bool is_plain(quire_text text)
{
    return text.size == 1 && text.data[0] >= ' ' && text.data[0] < 0x7F;
}

static bool is_senseless(uint32_t c)
{
    return c == QUIRE_REPLACEMENT || c < 0x20 || (c >= 0x7F && c < 0xA0) || quire_is_private(c);
}

static void count_sense(font_tally *font, const quire_page *page, const quire_glyph *glyph)
{
    size_t at = 0;
    quire_text text = quire_glyph_text(page, glyph);
    font->glyphs++;
    if (text.size == 0)
        font->missing++;
    else if (!is_plain(text))
        font->senseless += is_senseless(quire_utf8_next(text.data, text.size, &at));
}

static bool is_letter(const quire_page *page, const quire_glyph *glyph)
{
    size_t at = 0;
    quire_text text = quire_glyph_text(page, glyph);
    if (text.size == 0)
        return false;
    uint32_t c = quire_utf8_next(text.data, text.size, &at);
    return quire_is_letter(c) || quire_is_digit(c);
}

static void count_glyphs(tally *t, const quire_page *page)
{
    const unsigned none = QUIRE_GLYPH_DUPLICATE | QUIRE_GLYPH_COMBINING | QUIRE_GLYPH_REPLACED;
    bool after_letter = false;
    for (size_t i = 0; i < page->glyph_count; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (glyph->flags & none)
            continue;
        bool hidden = glyph->flags & QUIRE_GLYPH_HIDDEN;
        bool letter = hidden && !(glyph->flags & QUIRE_GLYPH_SPACE) && is_letter(page, glyph);
        bool unseen = glyph->flags & (QUIRE_GLYPH_OFF_PAGE | QUIRE_GLYPH_LAYER_OFF);
        if (!(glyph->flags & QUIRE_GLYPH_SPACE) && !unseen) {
            t->visible += !hidden;
            t->invisible += hidden;
            t->letters += letter;
            t->joined += letter && after_letter;
            uint32_t font = glyph->style < page->style_count ? page->styles[glyph->style].font : 0;
            if (!hidden && font < FONTS)
                count_sense(&t->fonts[font], page, glyph);
        }
        after_letter = letter;
    }
}

static void count_shapes(tally *t, const quire_page *page)
{
    double area = (double)page->width * page->height;
    quire_box paper = {0, 0, page->width, page->height};
    for (size_t i = 0; i < page->image_count && area > 0; i++)
        t->pictures += quire_box_area(quire_box_intersection(page->images[i].box, paper)) / area;
    for (size_t i = 0; i < page->drawing_count; i++)
        t->outlines += page->drawings[i].curved && page->drawings[i].filled;
}

static uint64_t garbled_fonts(const tally *t)
{
    uint64_t fonts = 0;
    for (int i = 0; i < FONTS; i++) {
        const font_tally *f = &t->fonts[i];
        bool garbled =
            f->senseless > SENSELESS_SHARE * f->glyphs || f->missing > MISSING_SHARE * f->glyphs;
        if (f->glyphs >= FEW_OF_FONT && garbled)
            fonts |= (uint64_t)1 << i;
    }
    return fonts;
}

/* Letters that stand together, and not too much else. */
static bool is_good_layer(const tally *t)
{
    return t->invisible >= FEW_OF_FONT && t->letters >= LETTER_SHARE * t->invisible &&
           t->joined >= JOINED_SHARE * t->letters;
}

static quire_ocr_judgement judged(quire_ocr_need need, const char *why)
{
    return (quire_ocr_judgement){.need = need, .why = why};
}

static quire_ocr_judgement judge_scan(const tally *t, quire_ocr_mode mode)
{
    if (t->invisible < FEW_OF_FONT)
        return judged(QUIRE_OCR_WHOLE, "it is a picture without text");
    if (mode == QUIRE_OCR_REDO)
        return judged(QUIRE_OCR_WHOLE, "its OCR layer was to be redone");
    if (!is_good_layer(t))
        return judged(QUIRE_OCR_WHOLE, "its OCR layer is not readable");
    return judged(QUIRE_OCR_NOT, "it has an OCR layer");
}

static quire_ocr_judgement judge_by_evidence(const tally *t, quire_ocr_mode mode)
{
    uint64_t garbled = garbled_fonts(t);
    if (t->visible == 0 && t->pictures >= PICTURE_SHARE)
        return judge_scan(t, mode);
    if (t->visible == 0 && t->invisible == 0 && t->outlines >= MANY_OUTLINES)
        return judged(QUIRE_OCR_WHOLE, "its text is drawn as outlines");
    if (t->visible < FEW_GLYPHS && t->pictures >= SCANNED_SHARE && t->visible * 20 < t->invisible)
        return judge_scan(t, mode);
    if (t->visible < FEW_GLYPHS && t->pictures >= SCANNED_SHARE)
        return judged(QUIRE_OCR_BESIDE, "most of it is a picture");
    if (garbled)
        return (quire_ocr_judgement){.need = QUIRE_OCR_GARBLED,
                                     .why = "a font does not say what it shows",
                                     .garbled = garbled};
    return judged(QUIRE_OCR_NOT, "it has text");
}

quire_ocr_judgement quire_ocr_judge(const quire_page *page, quire_ocr_mode mode)
{
    if (mode == QUIRE_OCR_OFF)
        return judged(QUIRE_OCR_NOT, "recognition is off");
    if (mode == QUIRE_OCR_FORCE)
        return judged(QUIRE_OCR_WHOLE, "this was asked for");
    tally t = {0};
    count_glyphs(&t, page);
    count_shapes(&t, page);
    return judge_by_evidence(&t, mode);
}
