/*
 * A page, or a part of it, as a reader sees it: Poppler draws, this finds the page and says when
 * to stop.
 */
#include "parsers/pdf/page_box.h"
#include "parsers/pdf/page_tree.h"
#include "parsers/pdf/pdf.h"
#include "parsers/pdf/samples.h"

static bool is_late(void *user)
{
    const quire_draw_request *request = user;
    return request->deadline > 0 && quire_clock() > request->deadline;
}

static quire_status take_stored(quire_pdf *pdf, const quire_draw_request *request,
                                quire_raster *raster, quire_error *error)
{
    if (quire_samples_read_masked(pdf, request->image, raster))
        return QUIRE_OK;
    return quire_fail(error, QUIRE_UNSUPPORTED, "draw", request->page, "the image must be drawn");
}

quire_status quire_pdf_draw(quire_pdf *pdf, const quire_draw_request *request, quire_raster *raster,
                            quire_error *error)
{
    if (request->as_stored)
        return take_stored(pdf, request, raster, error);
    quire_canvas canvas;
    size_t mark = quire_objects_mark(pdf->objects);
    quire_page_source source = {.object = -1};
    double unit = 1; /* Poppler draws user space, whatever its unit is */
    if (quire_page_tree_find(pdf->pages, request->page, &source))
        unit = quire_page_user_unit(source.dictionary);
    quire_objects_release(pdf->objects, mark);
    bool is_part = !quire_box_is_empty(request->part);
    quire_canvas_request asked = {
        .page = request->page,
        .object = source.object,
        .generation = source.generation,
        .dpi = request->dpi * unit,
        .channels = request->colour ? 3 : 1,
        .annotations = true,
        .x = (int)request->part.x0,
        .y = (int)request->part.y0,
        .width = is_part ? (int)(request->part.x1 - request->part.x0) : 0,
        .height = is_part ? (int)(request->part.y1 - request->part.y0) : 0,
        .cancelled = is_late,
        .user = (void *)request,
    };
    *raster = (quire_raster){0};
    if (quire_pdf_draw_image(pdf, request, raster))
        return QUIRE_OK;
    if (!quire_objects_render(pdf->objects, &asked, &canvas))
        return quire_fail(error, QUIRE_LIMIT, "draw", request->page,
                          "the page cannot be drawn at %g dpi: too many pixels", request->dpi);
    *raster = (quire_raster){.pixels = canvas.pixels,
                             .width = canvas.width,
                             .height = canvas.height,
                             .stride = canvas.stride,
                             .channels = canvas.channels,
                             .dpi = (float)request->dpi};
    if (canvas.left_out > 0)
        quire_pdf_issue(pdf, "drawing_cut", QUIRE_WARNING, request->page,
                        "%d paths are too long to be drawn: what they show is not read",
                        canvas.left_out);
    if (!is_late(asked.user))
        return QUIRE_OK;
    quire_raster_clear(raster);
    return quire_fail(error, QUIRE_LIMIT, "draw", request->page,
                      "drawing the page took longer than its time limit");
}
