#include "batch/source.h"

#include <errno.h>
#include <fnmatch.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const archive_endings[] = {".zip",    ".tar",     ".tar.gz",  ".tgz",
                                              ".tar.xz", ".tar.bz2", ".tar.zst", NULL};
static const char *const list_endings[] = {".ndjson", ".jsonl", ".txt", ".lst", ".list", NULL};

struct batch_source {
    const source_options *options;
    size_t next; /* operand */
    folder_walk *walk;
    path_list *manifest;
    const char *folder; /* that is being walked */
};

/* ---- names ---- */

static bool has_ending(const char *name, const char *const *endings)
{
    g_autofree char *lower = g_ascii_strdown(name, -1);
    for (; *endings; endings++)
        if (g_str_has_suffix(lower, *endings))
            return true;
    return false;
}

bool source_is_archive(const char *name)
{
    return has_ending(name, archive_endings);
}

/* Formats may list several extensions, separated by spaces. */
static bool is_readable(const char *name)
{
    const char *dot = strrchr(name, '.');
    const quire_format *format;
    for (size_t i = 0; dot && (format = quire_format_at(i)); i++) {
        g_auto(GStrv) extensions = format->reads ? g_strsplit(format->extension, " ", -1) : NULL;
        for (char **extension = extensions; extension && *extension; extension++)
            if (g_ascii_strcasecmp(*extension, dot + 1) == 0)
                return true;
    }
    return false;
}

/* A glob without a slash speaks of the last part of the path. */
static bool matches(const char *const *globs, const char *path)
{
    const char *slash = strrchr(path, '/');
    for (; globs && *globs; globs++) {
        const char *subject = strchr(*globs, '/') || !slash ? path : slash + 1;
        if (fnmatch(*globs, subject, 0) == 0)
            return true;
    }
    return false;
}

bool source_is_wanted(const source_options *options, const char *path)
{
    if (matches(options->excludes, path))
        return false;
    if (options->includes && *options->includes)
        return matches(options->includes, path);
    return options->takes_all || is_readable(path) || source_is_archive(path);
}

/* Relative and without "..", so that it can be mirrored below any folder. */
static char *key_of(const char *path)
{
    g_autofree char *clean = g_canonicalize_filename(path, "/");
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    if (g_strv_contains((const gchar *const *)parts, "..")) {
        g_free(clean);
        clean = g_canonicalize_filename(path, NULL);
    }
    return g_strdup(clean[0] == '/' && clean[1] ? clean + 1 : clean);
}

/* ---- one after the other ---- */

batch_source *source_new(const source_options *options)
{
    batch_source *s = g_new0(batch_source, 1);
    s->options = options;
    return s;
}

void source_free(batch_source *source)
{
    if (!source)
        return;
    walk_free(source->walk);
    manifest_free(source->manifest);
    g_free(source);
}

void source_item_clear(source_item *item)
{
    g_free(item->path);
    g_free(item->file);
    *item = (source_item){0};
}

static void fill(source_item *item, char *path, char *file)
{
    *item = (source_item){path, file, source_is_archive(file)};
}

static quire_status refuse(const char *operand, quire_error *error)
{
    return quire_fail(error, QUIRE_IO, "input", 0, "%.160s: %s", operand, g_strerror(errno));
}

/* Opens the next operand; an item when it is one by itself. */
static bool open_operand(batch_source *s, source_item *item, quire_status *status,
                         quire_error *error)
{
    const char *operand = s->options->operands[s->next++];
    struct stat info;
    bool is_list = strcmp(operand, "-") == 0 || has_ending(operand, list_endings);
    if (!is_list && stat(operand, &info) != 0) {
        *status = refuse(operand, error);
        return false;
    }
    if (!is_list && !S_ISDIR(info.st_mode)) {
        fill(item, key_of(operand), g_strdup(operand));
        return true;
    }
    s->folder = operand;
    if (is_list)
        s->manifest = manifest_new(operand, s->options->nul_separated);
    else
        s->walk = walk_new(operand);
    if (!s->manifest && !s->walk)
        *status = refuse(operand, error);
    return false;
}

/* With several folders each keeps its own name at the head of its paths. */
static bool next_of_walk(batch_source *s, source_item *item)
{
    char *below = walk_next(s->walk, s->options);
    if (!below) {
        g_clear_pointer(&s->walk, walk_free);
        return false;
    }
    char *file = g_build_filename(s->folder, below, NULL);
    if (s->options->operand_count > 1) {
        g_free(below);
        below = key_of(file);
    }
    fill(item, below, file);
    return true;
}

static bool next_of_manifest(batch_source *s, source_item *item, quire_status *status,
                             quire_error *error)
{
    char *path = manifest_next(s->manifest, status, error);
    if (!path) {
        g_clear_pointer(&s->manifest, manifest_free);
        return false;
    }
    fill(item, key_of(path), path);
    return true;
}

bool source_next(batch_source *source, source_item *item, quire_status *status, quire_error *error)
{
    *status = QUIRE_OK;
    while (*status == QUIRE_OK) {
        if (source->walk && next_of_walk(source, item))
            return true;
        if (source->manifest && next_of_manifest(source, item, status, error))
            return true;
        if (source->walk || source->manifest || *status != QUIRE_OK)
            continue;
        if (source->next == source->options->operand_count)
            return false;
        if (open_operand(source, item, status, error))
            return true;
    }
    return false;
}
