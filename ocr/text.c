#include "ocr/engine.h"

void ocr_text_clear(ocr_text *text)
{
    quire_array_clear(&text->symbols);
    quire_array_clear(&text->words);
    quire_array_clear(&text->lines);
}
