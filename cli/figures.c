/*
 * Pictures of figures as files in a folder, and the way to them from the document that links them.
 */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* The parts of `path` that are not those of `other`, the way up from there before them. */
static char *way_between(const char *from, const char *to)
{
    g_auto(GStrv) a = g_strsplit(from, "/", -1);
    g_auto(GStrv) b = g_strsplit(to, "/", -1);
    size_t same = 0;
    while (a[same] && b[same] && strcmp(a[same], b[same]) == 0)
        same++;
    GString *way = g_string_new(NULL);
    for (size_t i = same; a[i]; i++)
        g_string_append(way, *a[i] ? "../" : "");
    for (size_t i = same; b[i]; i++)
        g_string_append_printf(way, "%s/", b[i]);
    return g_string_free(way, FALSE);
}

void cli_figures_aim(cli_figures *figures, const char *document)
{
    g_clear_pointer(&figures->prefix, g_free);
    if (!document) {
        bool ends = g_str_has_suffix(figures->folder, "/");
        figures->prefix = g_strconcat(figures->folder, ends ? "" : "/", NULL);
        return;
    }
    g_autofree char *folder = g_path_get_dirname(document);
    g_autofree char *from = g_canonicalize_filename(folder, NULL);
    g_autofree char *to = g_canonicalize_filename(figures->folder, NULL);
    figures->prefix = way_between(from, to);
}

bool cli_figures_write(const cli_figures *figures, const quire_figure_file *figure,
                       quire_error *error)
{
    if (g_mkdir_with_parents(figures->folder, 0777) != 0) {
        quire_fail(error, QUIRE_IO, "write", figure->page, "cannot make the folder %s: %s",
                   figures->folder, g_strerror(errno));
        return false;
    }
    g_autofree char *path = g_build_filename(figures->folder, figure->name, NULL);
    if (access(path, F_OK) == 0) /* named after its bytes: it is the same */
        return true;
    quire_output_file *file = quire_output_file_open(path, error);
    if (!file)
        return false;
    if (quire_output_file_write(file, figure->bytes, figure->size))
        return quire_output_file_commit(file, error) == QUIRE_OK;
    quire_output_file_abandon(file);
    quire_fail(error, QUIRE_IO, "write", figure->page, "cannot write %s", path);
    return false;
}
