/*
 * Pictures that bear text, drawn with Leptonica's own bitmap font: nothing of the system is needed,
 * and recognition reads it without an error.
 */
#ifndef TESTS_SUPPORT_WRITTEN_PICTURE_H
#define TESTS_SUPPORT_WRITTEN_PICTURE_H

#include <leptonica/allheaders.h>
#include <string.h>

enum { WRITTEN_POINTS = 16, WRITTEN_MARGIN = 60, WRITTEN_PITCH = 80 };

/* White, 8 bits deep, with `lines` (separated by newlines) in black; free with pixDestroy(). */
static inline PIX *written_picture(l_int32 width, l_int32 height, const char *lines)
{
    PIX *pix = pixCreate(width, height, 8);
    L_BMF *font = bmfCreate(NULL, WRITTEN_POINTS);
    l_int32 y = WRITTEN_MARGIN, end;
    pixSetAll(pix);
    while (*lines) {
        char line[128];
        size_t size = strcspn(lines, "\n");
        memcpy(line, lines, size < sizeof line ? size : sizeof line - 1);
        line[size < sizeof line ? size : sizeof line - 1] = '\0';
        pixSetTextline(pix, font, line, 0, WRITTEN_MARGIN, y + WRITTEN_PITCH / 2, &end, NULL);
        y += WRITTEN_PITCH;
        lines += size + (lines[size] == '\n');
    }
    bmfDestroy(&font);
    return pix;
}

#endif
