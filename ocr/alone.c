#include "ocr/alone.h"

#include <math.h>

#define MARGIN 0.4f /* of the median letter */

ocr_alone ocr_alone_of(const ocr_engine_type *type, ocr_engine *engine, const ocr_paper *paper,
                       double deadline, quire_error *error)
{
    return (ocr_alone){.type = type,
                       .engine = engine,
                       .dpi = (int)lroundf(paper->dpi),
                       .margin = (l_int32)lroundf(MARGIN * (float)ocr_paper_letter(paper)),
                       .ground = ocr_paper_ground(paper),
                       .deadline = deadline,
                       .error = error};
}

static void shift(quire_box *box, float x, float y)
{
    *box = (quire_box){box->x0 + x, box->y0 + y, box->x1 + x, box->y1 + y};
}

/* Moves what was read since `text` was as `before`. */
static void shift_new(ocr_text *text, const ocr_text *before, float x, float y)
{
    for (size_t i = before->symbols.count; i < text->symbols.count; i++)
        shift(&text->symbols.items[i].box, x, y);
    for (size_t i = before->words.count; i < text->words.count; i++)
        shift(&text->words.items[i].box, x, y);
    for (size_t i = before->lines.count; i < text->lines.count; i++) {
        ocr_line *line = &text->lines.items[i];
        shift(&line->box, x, y);
        line->offset += y - line->slope * x;
    }
}

quire_status ocr_alone_read(const ocr_alone *alone, PIX *pix, BOX *line, ocr_text *text)
{
    ocr_text before = *text;
    l_int32 x, y;
    boxGetGeometry(line, &x, &y, NULL, NULL);
    PIX *clip = pixClipRectangle(pix, line, NULL);
    PIX *shown = clip ? pixAddBorder(clip, alone->margin, alone->ground) : NULL;
    pixDestroy(&clip);
    if (!shown)
        return QUIRE_OK;
    alone->type->show(alone->engine, shown, alone->dpi);
    quire_status status =
        alone->type->read(alone->engine, OCR_LINE, NULL, alone->deadline, text, alone->error);
    shift_new(text, &before, (float)(x - alone->margin), (float)(y - alone->margin));
    pixDestroy(&shown);
    return status;
}
