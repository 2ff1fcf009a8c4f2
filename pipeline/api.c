/*
 * The parts of the public interface that convert nothing: formats, passes, schema, versions.
 */
#include "exporters/exporter.h"
#include "layout/layout.h"
#include "ocr/ocr.h"
#include "parsers/parser.h"
#include "pipeline/pipeline.h"

#include <glib.h>
#include <string.h>

enum { MAX_FORMATS = 64 };

typedef struct format_list {
    quire_format items[MAX_FORMATS + 1];
    size_t count;
} format_list;

static void list_exporters(format_list *list)
{
    const quire_exporter *exporter;
    for (size_t i = 0; list->count < MAX_FORMATS && (exporter = quire_exporter_at(i)); i++)
        list->items[list->count++] = (quire_format){
            .name = exporter->name,
            .extension = exporter->extension,
            .media_type = exporter->media_type,
            .summary = exporter->summary,
            .writes = true,
            .parts = exporter->parts,
            .names_input = exporter->fingerprints,
        };
}

static void list_parsers(format_list *list)
{
    const quire_parser *parser;
    for (size_t i = 0; list->count < MAX_FORMATS && (parser = quire_parser_at(i)); i++)
        list->items[list->count++] = (quire_format){
            .name = parser->name,
            .extension = parser->extensions,
            .media_type = parser->media_type,
            .summary = parser->summary,
            .reads = true,
        };
}

/* Filled on the first call and constant from then on. */
const quire_format *quire_format_at(size_t index)
{
    static format_list list;
    static gsize is_filled;
    if (g_once_init_enter(&is_filled)) {
        list_exporters(&list);
        list_parsers(&list);
        g_once_init_leave(&is_filled, 1);
    }
    return index < list.count ? &list.items[index] : NULL;
}

const quire_pass *quire_pass_at(size_t index)
{
    static quire_pass passes[MAX_FORMATS];
    const quire_layout_pass_info *info = index < MAX_FORMATS ? quire_layout_pass_at(index) : NULL;
    if (!info)
        return NULL;
    passes[index] = (quire_pass){info->name, info->summary};
    return &passes[index];
}

const char *quire_schema(void)
{
    return quire_exporter_schema();
}

const char *quire_version(void)
{
    return QUIRE_VERSION;
}

const char *quire_library_versions(void)
{
    return QUIRE_LIBRARIES; /* from the build: name and version, one a line */
}

const char *quire_ocr_engine(void)
{
    return quire_ocr_engine_version();
}
