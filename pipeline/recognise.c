#include "pipeline/recognise.h"

#include <math.h>
#include <string.h>

/* Recognition of a newspaper page on a slow machine; parsing never takes that long. */
#define RECOGNITION_SECONDS 120.0
#define POINTS 72.0 /* an inch */

static quire_status draw(void *user, const quire_ocr_drawing *drawing, quire_raster *raster,
                         quire_error *error)
{
    const quire_recogniser *r = user;
    const quire_source_file *source = r->source;
    double scale = drawing->dpi / POINTS;
    quire_draw_request request = {
        .page = drawing->page,
        .dpi = drawing->dpi,
        .colour = drawing->colour,
        .image = drawing->image,
        .as_stored = drawing->as_stored,
        .part = {(float)floor(drawing->part.x0 * scale), (float)floor(drawing->part.y0 * scale),
                 (float)ceil(drawing->part.x1 * scale), (float)ceil(drawing->part.y1 * scale)},
        .deadline = r->page_deadline,
    };
    return source->parser->draw(source->reader, &request, raster, error);
}

static quire_status make_engine(quire_recogniser *r, quire_error *error)
{
    if (!r->ocr) {
        quire_ocr_options options = {.languages = r->options->languages, .dpi = r->options->dpi};
        r->ocr = quire_ocr_new(&options, draw, r);
    }
    if (!r->ocr)
        return quire_fail(error, QUIRE_LIMIT, "ocr", 0, "out of memory");
    return QUIRE_OK;
}

static quire_status open_engine(quire_recogniser *r, quire_error *error)
{
    quire_status status = make_engine(r, error);
    return status == QUIRE_OK ? quire_ocr_open(r->ocr, error) : status;
}

static void keep_failure(quire_page *page, quire_arena *arena, const quire_error *failure)
{
    if (page->status >= failure->status)
        return;
    page->status = failure->status;
    page->message = quire_arena_text(arena, failure->message, strlen(failure->message));
}

static double deadline_of_page(const quire_recogniser *r)
{
    double seconds = r->options->page_timeout;
    return fmin(quire_clock() + (seconds > 0 ? seconds : RECOGNITION_SECONDS), r->deadline);
}

/* Barcodes of a page whose text needs no recognition. */
static void read_codes(quire_recogniser *r, quire_arena *arena, quire_page *page)
{
    quire_error failure = {0};
    r->page_deadline = deadline_of_page(r);
    /* The page is whole without them. */
    quire_ocr_read_codes(draw, r, &r->codeless, arena, page, &failure);
}

/* By name: what is missing for it must not pass for a document without text. */
static bool is_asked_for(const quire_recogniser *r)
{
    return r->options->languages || r->options->ocr != QUIRE_OCR_AUTO;
}

/* Reads the page, or a picture on it. Returns QUIRE_OK, or why the document must stop. */
static quire_status read(quire_recogniser *r, const quire_ocr_judgement *judgement,
                         quire_arena *arena, quire_page *page, quire_error *error)
{
    quire_error failure = {0};
    bool is_page = quire_box_area(judgement->picture) == 0;
    quire_status status = is_page ? open_engine(r, &failure) : make_engine(r, &failure);
    if (status == QUIRE_OK)
        status = quire_ocr_read(r->ocr, judgement, r->page_deadline, arena, page, &failure);
    if (status == QUIRE_USAGE || (status == QUIRE_MISSING && is_asked_for(r)))
        return quire_fail(error, status, "ocr", page->number, "%s", failure.message);
    if (status != QUIRE_OK)
        keep_failure(page, arena, &failure);
    return QUIRE_OK;
}

static void note_textless(quire_recogniser *r, const quire_page *page, quire_box picture)
{
    for (size_t i = 0; i < page->image_count; i++)
        if (quire_box_overlaps(page->images[i].box, picture))
            quire_ocr_know(&r->textless, &page->images[i]);
}

/* Text in pictures of a page whose own text needs no recognition. */
static quire_status read_pictures(quire_recogniser *r, quire_arena *arena, quire_page *page,
                                  const char **why, quire_error *error)
{
    quire_box pictures[QUIRE_OCR_MOST_PICTURES];
    size_t count = quire_ocr_find_pictures(page, &r->textless, pictures);
    quire_status status = QUIRE_OK;
    r->page_deadline = deadline_of_page(r);
    for (size_t i = 0; i < count && status == QUIRE_OK; i++) {
        quire_ocr_judgement judgement = {
            .need = QUIRE_OCR_BESIDE, .why = "a picture on it bears text", .picture = pictures[i]};
        size_t glyphs = page->glyph_count;
        status = read(r, &judgement, arena, page, error);
        if (page->glyph_count > glyphs)
            *why = judgement.why;
        else if (page->status == QUIRE_OK)
            note_textless(r, page, pictures[i]);
    }
    return status;
}

quire_status quire_recogniser_read(quire_recogniser *r, quire_arena *arena, quire_page *page,
                                   const char **why, quire_error *error)
{
    quire_ocr_mode mode = r->options->ocr;
    quire_ocr_judgement judgement = quire_ocr_judge(page, mode);
    *why = NULL;
    if (!r->source->parser->draw)
        return QUIRE_OK;
    if (judgement.need == QUIRE_OCR_NOT) {
        quire_status status = QUIRE_OK;
        if (mode == QUIRE_OCR_PICTURES)
            status = read_pictures(r, arena, page, why, error);
        if (mode != QUIRE_OCR_OFF)
            read_codes(r, arena, page);
        return status;
    }
    r->page_deadline = deadline_of_page(r);
    quire_status before = page->status;
    quire_status status = read(r, &judgement, arena, page, error);
    if (status == QUIRE_OK && page->status == before)
        *why = judgement.why;
    return status;
}

quire_status quire_recogniser_see(quire_recogniser *r, quire_arena *arena, quire_page *page,
                                  quire_error *error)
{
    const quire_ocr_judgement all = {.need = QUIRE_OCR_WHOLE, .why = "to compare it"};
    if (!r->source->parser->draw)
        return quire_fail(error, QUIRE_UNSUPPORTED, "ocr", page->number, "it cannot be drawn");
    quire_status status = open_engine(r, error);
    r->page_deadline = deadline_of_page(r);
    return status == QUIRE_OK ? quire_ocr_read(r->ocr, &all, r->page_deadline, arena, page, error)
                              : status;
}

void quire_recogniser_clear(quire_recogniser *recogniser)
{
    quire_ocr_free(recogniser->ocr);
    recogniser->ocr = NULL;
}
