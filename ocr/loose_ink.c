#include "ocr/loose_ink.h"

#define SPECK 0.15f /* of an em */

enum { PAD = 1 }; /* pixels around a word that are its own */

int ocr_ink_count(PIX *pix)
{
    l_int32 count = 0;
    if (pix)
        pixCountPixels(pix, &count, NULL);
    return count;
}

float ocr_ink_thickness(PIX *pix)
{
    PIX *core = pixErodeBrick(NULL, pix, 3, 3);
    int count = ocr_ink_count(pix), edge = count - ocr_ink_count(core);
    pixDestroy(&core);
    return edge > 0 ? 2 * (float)count / (float)edge : 0;
}

static void clear_box(PIX *ink, quire_box box)
{
    pixRasterop(ink, (l_int32)box.x0 - PAD, (l_int32)box.y0 - PAD,
                (l_int32)(box.x1 - box.x0) + 2 * PAD, (l_int32)(box.y1 - box.y0) + 2 * PAD, PIX_CLR,
                NULL, 0, 0);
}

PIX *ocr_ink_loose(const ocr_paper *paper, const ocr_text *text, float em, ocr_explains_fn explains)
{
    PIX *ink = pixCopy(NULL, paper->ink);
    l_int32 speck = (l_int32)(SPECK * em) + 1;
    if (!ink)
        return NULL;
    for (size_t i = 0; i < text->words.count; i++)
        if (explains(&text->words.items[i], em))
            clear_box(ink, text->words.items[i].box);
    PIX *kept = pixSelectBySize(ink, speck, speck, 8, L_SELECT_IF_EITHER, L_SELECT_IF_GTE, NULL);
    pixDestroy(&ink);
    return kept;
}
