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
        .image = drawing->image,
        .part = {(float)floor(r->part.x0 * scale), (float)floor(r->part.y0 * scale),
                 (float)ceil(r->part.x1 * scale), (float)ceil(r->part.y1 * scale)},
        .deadline = r->page_deadline,
    };
    return source->parser->draw(source->reader, &request, raster, error);
}

static quire_status open_engine(quire_recogniser *r, quire_error *error)
{
    if (!r->ocr) {
        quire_ocr_options options = {.languages = r->options->languages, .dpi = r->options->dpi};
        r->ocr = quire_ocr_new(&options, draw, r);
    }
    if (!r->ocr)
        return quire_fail(error, QUIRE_LIMIT, "ocr", 0, "out of memory");
    return quire_ocr_open(r->ocr, error);
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
static quire_status read_codes(quire_recogniser *r, quire_arena *arena, quire_page *page)
{
    quire_error failure = {0};
    quire_box area = quire_box_empty();
    if (r->options->ocr != QUIRE_OCR_OFF)
        area = quire_ocr_code_area(page, &r->codeless);
    if (quire_box_is_empty(area))
        return QUIRE_OK;
    r->page_deadline = deadline_of_page(r);
    r->part = area;
    /* The page is whole without them. */
    quire_ocr_read_codes(draw, r, area, &r->codeless, arena, page, &failure);
    r->part = (quire_box){0};
    return QUIRE_OK;
}

quire_status quire_recogniser_read(quire_recogniser *r, quire_arena *arena, quire_page *page,
                                   const char **why, quire_error *error)
{
    quire_ocr_judgement judgement = quire_ocr_judge(page, r->options->ocr);
    *why = NULL;
    if (!r->source->parser->draw)
        return QUIRE_OK;
    if (judgement.need == QUIRE_OCR_NOT)
        return read_codes(r, arena, page);
    quire_error failure = {0};
    quire_status status = open_engine(r, &failure);
    if (status == QUIRE_USAGE || (status == QUIRE_MISSING && r->options->languages))
        return quire_fail(error, status, "ocr", page->number, "%s", failure.message);
    r->page_deadline = deadline_of_page(r);
    if (status == QUIRE_OK)
        status = quire_ocr_read(r->ocr, &judgement, r->page_deadline, arena, page, &failure);
    if (status == QUIRE_OK)
        *why = judgement.why;
    else
        keep_failure(page, arena, &failure);
    return QUIRE_OK;
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
