/*
 * Small frames that may stand on a form to be marked, and the ink in and around them.
 *
 * Only for this room; ocr.h is the door.
 */
#ifndef QUIRE_OCR_FRAMES_H
#define QUIRE_OCR_FRAMES_H

#include <leptonica/allheaders.h>

#include "core/core.h"
#include "page/page.h"

typedef struct ocr_frame {
    int x, y, width, height; /* pixels, from its outer edges */
    uint8_t shape; /* quire_mark_shape */
    float sides; /* share of the frame that is inked */
    float ink, spread, leak; /* see quire_mark */
} ocr_frame;

typedef QUIRE_ARRAY(ocr_frame) ocr_frame_list;

/*
 * Finds the frames in `ink` (1 bit), most letters of which are `letter` pixels high, and appends
 * them to `frames`. A mask of their pixels and of what is drawn over them, which is no text, is
 * returned; NULL where there are none.
 */
PIX *ocr_frames_find(PIX *ink, int letter, ocr_frame_list *frames);

#endif
