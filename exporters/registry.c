/* The exporters, in the order in which they are listed to users. */
#include "exporters/inner.h"

#include <string.h>

static const quire_exporter *const exporters[] = {
    &quire_markdown_exporter,   &quire_json_exporter,    &quire_ndjson_exporter,
    &quire_text_exporter,       &quire_html_exporter,    &quire_csv_exporter,
    &quire_chunks_exporter,     &quire_docling_exporter, &quire_unstructured_exporter,
    &quire_hocr_exporter,       &quire_alto_exporter,    &quire_fields_exporter,
    &quire_fields_csv_exporter, &quire_fdf_exporter,     &quire_xfdf_exporter,
    &quire_pdf_exporter,        &quire_viewer_exporter,  &quire_review_exporter,
    &quire_tree_exporter,
};

const quire_exporter *quire_exporter_at(size_t index)
{
    return index < G_N_ELEMENTS(exporters) ? exporters[index] : NULL;
}

const quire_exporter *quire_exporter_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(exporters); i++) {
        if (strcmp(exporters[i]->name, name) == 0)
            return exporters[i];
    }
    return NULL;
}

const char *quire_exporter_schema(void)
{
    return quire_schema_text;
}
