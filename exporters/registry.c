/* The exporters, in the order in which they are listed to users. */
#include "exporters/inner.h"

#include <string.h>

/* A line each, all that a new one needs beside its file. */
/* clang-format off */
#define EXPORTERS(X) \
    X(markdown) \
    X(json) \
    X(ndjson) \
    X(text) \
    X(html) \
    X(csv) \
    X(chunks) \
    X(docling) \
    X(unstructured) \
    X(docbook) \
    X(hocr) \
    X(alto) \
    X(fields) \
    X(fields_csv) \
    X(fdf) \
    X(xfdf) \
    X(pdf) \
    X(viewer) \
    X(review) \
    X(tree)
/* clang-format on */

#define DECLARE(name) extern const quire_exporter quire_##name##_exporter;
EXPORTERS(DECLARE)

#define ENTRY(name) &quire_##name##_exporter,
static const quire_exporter *const exporters[] = {EXPORTERS(ENTRY)};

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
