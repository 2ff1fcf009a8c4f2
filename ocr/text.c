#include "ocr/engine.h"

void ocr_text_clear(ocr_text *text)
{
    quire_array_clear(&text->symbols);
    quire_array_clear(&text->words);
    quire_array_clear(&text->lines);
}

quire_box ocr_line_box(int quarters, quire_box box)
{
    switch (quarters) {
    case 1:
        return (quire_box){-box.y1, box.x0, -box.y0, box.x1};
    case 2:
        return (quire_box){-box.x1, -box.y1, -box.x0, -box.y0};
    case 3:
        return (quire_box){box.y0, -box.x1, box.y1, -box.x0};
    default:
        return box;
    }
}

quire_box ocr_line_box_back(int quarters, quire_box box)
{
    return ocr_line_box((4 - quarters) % 4, box);
}
