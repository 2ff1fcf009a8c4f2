/*
 * Barcodes as fields: what they say is a value, and the print beside them may be their label.
 */
#include "layout/forms/forms.h"

void form_add_codes(layout_window *window, layout_page *lp)
{
    for (size_t i = 0; i < lp->page->barcode_count; i++) {
        const quire_barcode *code = &lp->page->barcodes[i];
        if (!code->text)
            continue;
        quire_field field = {.type = QUIRE_FIELD_BARCODE,
                             .source = QUIRE_FIELD_OF_BARCODE,
                             .value = code->text,
                             .symbology = code->symbology,
                             .page = lp->page->number,
                             .box = code->box,
                             .label_box = quire_box_empty(),
                             .confidence = code->confidence};
        quire_document_add_field(window->document, &field);
    }
}
