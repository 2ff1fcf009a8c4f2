/*
 * A folder, depth first, names in the order of their bytes. Symbolic links to files are followed,
 * those to folders are not: they could lead round in a circle.
 */
#include "batch/source.h"

#include <dirent.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>

enum { MAX_DEPTH = 128 };

typedef struct level {
    char *below; /* path from the folder that is walked, "" for itself */
    GPtrArray *names;
    guint next;
} level;

struct folder_walk {
    char *folder;
    GPtrArray *levels; /* of level, the innermost last */
};

static void free_level(void *data)
{
    level *l = data;
    g_free(l->below);
    g_ptr_array_free(l->names, TRUE);
    g_free(l);
}

static gint compare(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool enter(folder_walk *walk, const char *below)
{
    g_autofree char *path = g_build_filename(walk->folder, below, NULL);
    DIR *folder = walk->levels->len < MAX_DEPTH ? opendir(path) : NULL;
    if (!folder)
        return false;
    level *l = g_new0(level, 1);
    l->below = g_strdup(below);
    l->names = g_ptr_array_new_with_free_func(g_free);
    const struct dirent *entry;
    while ((entry = readdir(folder)))
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            g_ptr_array_add(l->names, g_strdup(entry->d_name));
    closedir(folder);
    g_ptr_array_sort(l->names, compare);
    g_ptr_array_add(walk->levels, l);
    return true;
}

folder_walk *walk_new(const char *folder)
{
    folder_walk *w = g_new0(folder_walk, 1);
    w->folder = g_strdup(folder);
    w->levels = g_ptr_array_new_with_free_func(free_level);
    if (enter(w, ""))
        return w;
    walk_free(w);
    return NULL;
}

void walk_free(folder_walk *walk)
{
    if (!walk)
        return;
    g_ptr_array_free(walk->levels, TRUE);
    g_free(walk->folder);
    g_free(walk);
}

static bool is_skipped(const char *path, const source_options *options)
{
    g_autofree char *real = options->skipped_folder ? g_canonicalize_filename(path, NULL) : NULL;
    return real && strcmp(real, options->skipped_folder) == 0;
}

/* Enters a folder; true for a path that is to be done. What cannot be looked into is, too: whoever
 * opens it finds out why, and nothing is passed over in silence. */
static bool look(folder_walk *walk, const char *below, const source_options *options)
{
    g_autofree char *path = g_build_filename(walk->folder, below, NULL);
    struct stat info;
    if (lstat(path, &info) != 0)
        return source_is_wanted(options, below);
    if (S_ISDIR(info.st_mode))
        return !is_skipped(path, options) && !enter(walk, below);
    if (S_ISLNK(info.st_mode) && stat(path, &info) != 0)
        return source_is_wanted(options, below);
    return S_ISREG(info.st_mode) && source_is_wanted(options, below);
}

char *walk_next(folder_walk *walk, const source_options *options)
{
    while (walk->levels->len > 0) {
        level *l = walk->levels->pdata[walk->levels->len - 1];
        if (l->next == l->names->len) {
            g_ptr_array_set_size(walk->levels, (gint)walk->levels->len - 1);
            continue;
        }
        const char *name = l->names->pdata[l->next++];
        g_autofree char *below =
            *l->below ? g_build_filename(l->below, name, NULL) : g_strdup(name);
        if (look(walk, below, options))
            return g_steal_pointer(&below);
    }
    return NULL;
}
