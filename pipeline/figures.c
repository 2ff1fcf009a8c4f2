/*
 * Pictures of figures; see figures.h. A file is named after its bytes, so that a picture that is
 * drawn a hundred times is one file, and the same document gives the same names.
 */
#include "pipeline/figures.h"

#include <glib.h>
#include <string.h>

enum { NAME_DIGITS = 16 };

#define EMBEDDED_MOST ((uint64_t)512 << 20) /* bytes of a document's pictures */

static const char *extension_of(const char *media_type)
{
    static const char *const known[][2] = {
        {"image/jpeg", "jpg"}, {"image/jp2", "jp2"}, {"image/png", "png"}};
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strcmp(known[i][0], media_type) == 0)
            return known[i][1];
    return "bin";
}

static bool embed(quire_figure_keeper *keeper, const quire_picture *picture, quire_error *error)
{
    keeper->embedded += picture->size;
    if (keeper->embedded > EMBEDDED_MOST) {
        quire_fail(error, QUIRE_LIMIT, "figures", 0,
                   "figures of more than %d MiB are not embedded; keep them as files",
                   (int)(EMBEDDED_MOST >> 20));
        return false;
    }
    g_autofree char *coded = g_base64_encode(picture->bytes, picture->size);
    keeper->address = g_strdup_printf("data:%s;base64,%s", picture->media_type, coded);
    return true;
}

static bool hand_over(quire_figure_keeper *keeper, int page, const quire_picture *picture,
                      quire_error *error)
{
    char hash[65];
    const quire_options *options = keeper->options;
    quire_sha256((quire_bytes){picture->bytes, picture->size}, hash);
    g_autofree char *name =
        g_strdup_printf("%.*s.%s", NAME_DIGITS, hash, extension_of(picture->media_type));
    const quire_figure_file file = {name, picture->media_type, page, picture->bytes, picture->size};
    if (!options->on_figure || !options->on_figure(options->user, &file)) {
        quire_fail(error, QUIRE_IO, "figures", page, "a figure cannot be written");
        return false;
    }
    const char *prefix = options->figures_prefix ? options->figures_prefix : "";
    keeper->address = g_strconcat(prefix, name, NULL);
    return true;
}

const char *quire_figure_keep(quire_figure_keeper *keeper, const quire_picture_request *request,
                              quire_error *error)
{
    quire_picture picture = {0};
    quire_figure_keeper_clear(keeper);
    const quire_parser *parser = keeper->source->parser;
    if (!parser->picture) {
        quire_fail(error, QUIRE_UNSUPPORTED, "figures", request->page,
                   "pictures cannot be taken from this format");
        return NULL;
    }
    if (parser->picture(keeper->source->reader, request, &picture, error) == QUIRE_OK) {
        if (keeper->options->figures == QUIRE_FIGURES_EMBED)
            embed(keeper, &picture, error);
        else
            hand_over(keeper, request->page, &picture, error);
    }
    quire_picture_clear(&picture);
    return keeper->address;
}

void quire_figure_keeper_clear(quire_figure_keeper *keeper)
{
    g_clear_pointer(&keeper->address, g_free);
}
