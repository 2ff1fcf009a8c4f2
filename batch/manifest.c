/*
 * A list of paths: one a line, or with NUL between them, or a JSON object a line whose "path" is
 * one. Which of the two kinds of lines it is, its first byte tells. Lines have a ceiling; the list
 * has none.
 */
#include "batch/source.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 1 << 20 };

struct path_list {
    FILE *file;
    char *name, *line;
    size_t capacity;
    int separator;
    uint64_t number;
    bool is_json, is_begun;
};

path_list *manifest_new(const char *path, bool nul_separated)
{
    bool is_standard = strcmp(path, "-") == 0;
    FILE *file = is_standard ? stdin : fopen(path, "re");
    if (!file)
        return NULL;
    path_list *m = g_new0(path_list, 1);
    m->file = file;
    m->name = g_strdup(is_standard ? "standard input" : path);
    m->separator = nul_separated ? '\0' : '\n';
    return m;
}

void manifest_free(path_list *manifest)
{
    if (!manifest)
        return;
    if (manifest->file != stdin)
        fclose(manifest->file);
    free(manifest->line);
    g_free(manifest->name);
    g_free(manifest);
}

static char *refuse(const path_list *m, const char *why, quire_status *status, quire_error *error)
{
    *status = quire_fail(error, QUIRE_USAGE, "manifest", 0, "%.120s: line %llu %s", m->name,
                         (unsigned long long)m->number, why);
    return NULL;
}

/* A line that counts or describes the list has no "path" and is passed over, if it is the first. */
static char *path_of(const path_list *m, size_t size, quire_status *status, quire_error *error)
{
    json_t *object = json_loadb(m->line, size, JSON_REJECT_DUPLICATES, NULL);
    const json_t *path = json_object_get(object, "path");
    char *found = NULL;
    if (json_is_string(path))
        found = g_strdup(json_string_value(path));
    else if (!json_is_object(object) || m->number > 1)
        refuse(m, "is no JSON object with a \"path\"", status, error);
    json_decref(object);
    return found;
}

/* The next line without its end; -1 at the end. */
static ssize_t read_line(path_list *m)
{
    ssize_t size = getdelim(&m->line, &m->capacity, m->separator, m->file);
    m->number++;
    while (size > 0 && (m->line[size - 1] == m->separator || m->line[size - 1] == '\r'))
        m->line[--size] = '\0';
    return size;
}

char *manifest_next(path_list *manifest, quire_status *status, quire_error *error)
{
    ssize_t size;
    while ((size = read_line(manifest)) >= 0) {
        if (size == 0)
            continue;
        if (!manifest->is_begun)
            manifest->is_json = manifest->separator == '\n' && manifest->line[0] == '{';
        manifest->is_begun = true;
        if (size > MAX_LINE)
            return refuse(manifest, "is too long for a path", status, error);
        if (!manifest->is_json)
            return g_strndup(manifest->line, (gsize)size);
        char *path = path_of(manifest, (size_t)size, status, error);
        if (path || *status != QUIRE_OK)
            return path;
    }
    if (ferror(manifest->file))
        *status = quire_fail(error, QUIRE_IO, "manifest", 0, "%.120s: %s", manifest->name,
                             g_strerror(errno));
    return NULL;
}
