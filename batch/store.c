#include "batch/store.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "batch/sync.h"

enum { COPY_STEP = 64 * 1024, MOST_FOLDERS = 4096, FOLDERS_AT_ONCE = 64 };

struct batch_store {
    char *folder, *temporary;
    uint64_t next; /* number of a temporary file */
    GHashTable *made; /* folders that are known to be there */
    GHashTable *changed; /* folders with new entries that are not durable yet */
    sync_watch watch;
};

/* ---- folders ---- */

static int sweep(const char *path)
{
    DIR *folder = opendir(path);
    const struct dirent *entry;
    while (folder && (entry = readdir(folder))) {
        g_autofree char *file = g_build_filename(path, entry->d_name, NULL);
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlink(file);
    }
    return folder ? closedir(folder) : -1;
}

batch_store *store_open(const char *folder, const char *part, quire_error *error)
{
    g_autofree char *name = g_strdup_printf("tmp-%s", part);
    batch_store *s = g_new0(batch_store, 1);
    s->folder = g_strdup(folder);
    s->temporary = g_build_filename(folder, ".quire", name, NULL);
    s->made = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    s->changed = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    if (g_mkdir_with_parents(s->temporary, 0777) == 0 && sweep(s->temporary) == 0)
        return s;
    quire_fail(error, QUIRE_IO, "output", 0, "%.180s: %s", s->temporary, g_strerror(errno));
    store_close(s);
    return NULL;
}

void store_close(batch_store *store)
{
    if (!store)
        return;
    rmdir(store->temporary);
    g_hash_table_destroy(store->made);
    g_hash_table_destroy(store->changed);
    g_free(store->folder);
    g_free(store->temporary);
    g_free(store);
}

void store_watch(batch_store *store, void (*look)(void *user), void *user)
{
    store->watch = (sync_watch){look, user};
}

void store_look(const batch_store *store)
{
    if (store->watch.look)
        store->watch.look(store->watch.user);
}

/* Makes what is missing; every folder that got a new entry is noted. */
static int make_folders(batch_store *store, const char *path)
{
    if (g_hash_table_contains(store->made, path))
        return 0;
    g_autofree char *folder = g_strdup(path);
    for (char *slash = folder + strlen(store->folder); slash; slash = strchr(slash + 1, '/')) {
        if (*slash != '/')
            break;
        g_autofree char *head = g_strndup(path, (gsize)(slash - folder));
        const char *rest = slash + 1;
        g_autofree char *child = g_strndup(path, (gsize)(rest - folder) + strcspn(rest, "/"));
        if (mkdir(child, 0777) == 0)
            g_hash_table_add(store->changed, g_steal_pointer(&head));
        else if (errno != EEXIST)
            return errno;
    }
    if (g_hash_table_size(store->made) >= MOST_FOLDERS)
        g_hash_table_remove_all(store->made);
    g_hash_table_add(store->made, g_strdup(path));
    return 0;
}

/* ---- a file ---- */

store_file *store_begin(batch_store *store, const char *path)
{
    store_file *file = g_new0(store_file, 1);
    file->path = g_strdup(path);
    file->temporary =
        g_strdup_printf("%s/%llu", store->temporary, (unsigned long long)store->next++);
    file->digest = quire_digest_new();
    file->fd = open(file->temporary, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    file->failure = file->fd < 0 ? errno : 0;
    return file;
}

void store_write(store_file *file, const void *bytes, size_t size)
{
    const char *at = bytes;
    file->bytes += size;
    quire_digest_add(file->digest, bytes, size);
    while (size > 0 && !file->failure) {
        ssize_t written = write(file->fd, at, size);
        if (written < 0) {
            file->failure = errno == EINTR ? 0 : errno;
            continue;
        }
        at += written;
        size -= (size_t)written;
    }
}

/* The disk begins to write at once, and has less to do when the group is made durable. */
void store_complete(store_file *file)
{
    quire_digest_end(file->digest, file->sha256);
    if (!file->failure)
        sync_file_range(file->fd, 0, 0, SYNC_FILE_RANGE_WRITE);
}

void store_abandon(store_file *file)
{
    if (!file)
        return;
    if (file->fd >= 0)
        close(file->fd);
    if (file->temporary)
        unlink(file->temporary);
    quire_digest_free(file->digest);
    g_free(file->temporary);
    g_free(file->path);
    g_free(file);
}

int store_spool(batch_store *store)
{
    g_autofree char *path =
        g_strdup_printf("%s/spool-%llu", store->temporary, (unsigned long long)store->next++);
    int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd >= 0)
        unlink(path);
    return fd;
}

/* ---- files that are there ---- */

typedef void (*piece_fn)(void *user, const void *bytes, size_t size);

static bool read_pieces(const batch_store *store, const char *path, piece_fn take, void *user)
{
    g_autofree char *bytes = g_malloc(COPY_STEP);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = -1;
    while (fd >= 0 && ((got = read(fd, bytes, COPY_STEP)) > 0 || (got < 0 && errno == EINTR)))
        if (got > 0) {
            take(user, bytes, (size_t)got);
            store_look(store);
        }
    if (fd >= 0)
        close(fd);
    return got == 0;
}

static void take_copy(void *user, const void *bytes, size_t size)
{
    store_write(user, bytes, size);
}

bool store_copy(batch_store *store, const char *from, const char *sha256, store_file *to)
{
    g_autofree char *path = g_build_filename(store->folder, from, NULL);
    bool is_read = read_pieces(store, path, take_copy, to);
    store_complete(to);
    return is_read && strcmp(to->sha256, sha256) == 0;
}

typedef struct counted {
    quire_digest *digest;
    uint64_t bytes;
} counted;

static void count_piece(void *user, const void *bytes, size_t size)
{
    counted *c = user;
    c->bytes += size;
    quire_digest_add(c->digest, bytes, size);
}

bool store_hash(batch_store *store, const char *path, char sha256[65], uint64_t *bytes)
{
    g_autofree char *whole = g_build_filename(store->folder, path, NULL);
    counted c = {quire_digest_new(), 0};
    bool is_read = read_pieces(store, whole, count_piece, &c);
    quire_digest_end(c.digest, sha256);
    quire_digest_free(c.digest);
    *bytes = c.bytes;
    return is_read;
}

bool store_has(batch_store *store, const char *path, uint64_t bytes)
{
    g_autofree char *whole = g_build_filename(store->folder, path, NULL);
    struct stat info;
    return stat(whole, &info) == 0 && S_ISREG(info.st_mode) && (uint64_t)info.st_size == bytes;
}

bool store_exists(batch_store *store, const char *path)
{
    g_autofree char *whole = g_build_filename(store->folder, path, NULL);
    return access(whole, F_OK) == 0;
}

/* ---- durable ---- */

static quire_status fail(quire_error *error, const char *path, int code)
{
    return quire_fail(error, QUIRE_IO, "output", 0, "%.180s: %s", path, g_strerror(code));
}

static void sync_data(const batch_store *store, store_file **files, size_t count)
{
    g_autofree sync_file *all = g_new0(sync_file, count);
    for (size_t i = 0; i < count; i++)
        all[i].fd = files[i]->failure ? -1 : files[i]->fd;
    sync_files(all, count, &store->watch);
    for (size_t i = 0; i < count; i++) {
        if (close(files[i]->fd) != 0 && all[i].failure == 0)
            all[i].failure = errno;
        files[i]->fd = -1;
        if (!files[i]->failure)
            files[i]->failure = all[i].failure;
    }
}

static int appear(batch_store *store, store_file *file)
{
    g_autofree char *path = g_build_filename(store->folder, file->path, NULL);
    g_autofree char *folder = g_path_get_dirname(path);
    int code = make_folders(store, folder);
    if (code == 0 && rename(file->temporary, path) != 0) {
        code = errno;
        g_hash_table_remove(store->made, folder); /* it may have been taken away */
    }
    if (code)
        return code;
    g_clear_pointer(&file->temporary, g_free);
    g_hash_table_add(store->changed, g_steal_pointer(&folder));
    return 0;
}

static quire_status sync_some(const batch_store *store, char **paths, size_t count,
                              quire_error *error)
{
    sync_file folders[FOLDERS_AT_ONCE] = {{0}};
    quire_status status = QUIRE_OK;
    for (size_t i = 0; i < count; i++) {
        folders[i].is_folder = true;
        folders[i].fd = open(paths[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (folders[i].fd < 0 && status == QUIRE_OK)
            status = fail(error, paths[i], errno);
    }
    sync_files(folders, count, &store->watch);
    for (size_t i = 0; i < count; i++) {
        if (folders[i].fd >= 0)
            close(folders[i].fd);
        if (folders[i].failure && status == QUIRE_OK)
            status = fail(error, paths[i], folders[i].failure);
    }
    return status;
}

static quire_status sync_folders(batch_store *store, quire_error *error)
{
    guint count = 0;
    g_autofree char **paths = (char **)g_hash_table_get_keys_as_array(store->changed, &count);
    quire_status status = QUIRE_OK;
    for (guint at = 0; at < count && status == QUIRE_OK; at += FOLDERS_AT_ONCE)
        status = sync_some(store, paths + at, MIN(count - at, FOLDERS_AT_ONCE), error);
    if (status == QUIRE_OK)
        g_hash_table_remove_all(store->changed);
    return status;
}

/* A disk that is full or broken concerns every document; a name that cannot be had, only its own.
 */
bool store_is_fatal(int failure)
{
    return failure == ENOSPC || failure == EDQUOT || failure == EIO || failure == EROFS;
}

quire_status store_settle(batch_store *store, store_file **files, size_t count, quire_error *error)
{
    sync_data(store, files, count);
    for (size_t i = 0; i < count; i++)
        if (store_is_fatal(files[i]->failure))
            return fail(error, files[i]->path, files[i]->failure);
    for (size_t i = 0; i < count; i++) {
        if (!files[i]->failure)
            files[i]->failure = appear(store, files[i]);
        if (store_is_fatal(files[i]->failure))
            return fail(error, files[i]->path, files[i]->failure);
    }
    return sync_folders(store, error);
}

bool store_room(const batch_store *store, uint64_t *left, uint64_t *whole)
{
    struct statvfs info;
    if (statvfs(store->folder, &info) != 0)
        return false;
    *left = (uint64_t)info.f_bavail * info.f_frsize;
    *whole = (uint64_t)info.f_blocks * info.f_frsize;
    return true;
}
