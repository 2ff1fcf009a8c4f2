/* Input: regular files are mapped, everything else is read whole. */
#include "core/core.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

typedef QUIRE_ARRAY(uint8_t) byte_array;

enum { READ_STEP = 64 * 1024 };

static quire_status too_large(quire_error *error, const char *path, uint64_t max_bytes)
{
    return quire_fail(error, QUIRE_LIMIT, "open", 0, "%s: larger than %llu bytes", path,
                      (unsigned long long)max_bytes);
}

static quire_status read_failed(quire_error *error, const char *path, int code)
{
    if (code == ENOMEM)
        return quire_fail(error, QUIRE_LIMIT, "memory", 0,
                          "%s: larger than the memory that may be used; raise --max-memory", path);
    return quire_fail(error, QUIRE_IO, "open", 0, "%s: %s", path, g_strerror(code));
}

static bool has_room(byte_array *bytes, size_t more)
{
    while (bytes->capacity - bytes->count < more) {
        if (!quire_array_grow((void **)&bytes->items, &bytes->capacity, bytes->ceiling, 1,
                              &bytes->full)) {
            return bytes->capacity > bytes->count;
        }
    }
    return true;
}

static quire_status read_whole(quire_file *file, int fd, const char *path, uint64_t max_bytes,
                               quire_error *error)
{
    byte_array bytes = {.ceiling = (size_t)max_bytes + 1};
    ssize_t got = 0;
    while (has_room(&bytes, READ_STEP) && bytes.count <= max_bytes) {
        got = read(fd, bytes.items + bytes.count, bytes.capacity - bytes.count);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got <= 0) {
            break;
        }
        bytes.count += (size_t)got;
    }
    if (got < 0 || bytes.count > max_bytes) {
        int code = errno;
        free(bytes.items);
        return got < 0 ? read_failed(error, path, code) : too_large(error, path, max_bytes);
    }
    *file = (quire_file){.bytes = {bytes.items, bytes.count}};
    return QUIRE_OK;
}

static quire_status map_file(quire_file *file, int fd, const char *path, size_t size,
                             quire_error *error)
{
    void *data = mmap(NULL, size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (data == MAP_FAILED) {
        return read_failed(error, path, errno);
    }
    *file = (quire_file){.bytes = {data, size}, .mapped = true};
    return QUIRE_OK;
}

static quire_status open_descriptor(quire_file *file, int fd, const char *path, uint64_t max_bytes,
                                    quire_error *error)
{
    struct stat info;
    if (fstat(fd, &info) != 0) {
        return read_failed(error, path, errno);
    }
    if (S_ISDIR(info.st_mode)) {
        return read_failed(error, path, EISDIR);
    }
    if (S_ISREG(info.st_mode) && (uint64_t)info.st_size > max_bytes) {
        return too_large(error, path, max_bytes);
    }
    if (S_ISREG(info.st_mode) && info.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0) {
        return map_file(file, fd, path, (size_t)info.st_size, error);
    }
    return read_whole(file, fd, path, max_bytes, error);
}

quire_status quire_file_open(quire_file *file, const char *path, uint64_t max_bytes,
                             quire_error *error)
{
    *file = (quire_file){0};
    max_bytes = max_bytes ? max_bytes : QUIRE_MAX_FILE_BYTES;
    if (strcmp(path, "-") == 0) {
        return open_descriptor(file, STDIN_FILENO, "stdin", max_bytes, error);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return read_failed(error, path, errno);
    }
    quire_status status = open_descriptor(file, fd, path, max_bytes, error);
    close(fd);
    return status;
}

quire_status quire_file_open_descriptor(quire_file *file, int descriptor, const char *name,
                                        uint64_t max_bytes, quire_error *error)
{
    *file = (quire_file){0};
    return open_descriptor(file, descriptor, name, max_bytes ? max_bytes : QUIRE_MAX_FILE_BYTES,
                           error);
}

void quire_file_forget(const quire_file *file)
{
    if (file->mapped)
        madvise((void *)file->bytes.data, file->bytes.size, MADV_DONTNEED);
}

void quire_file_close(quire_file *file)
{
    if (file->mapped) {
        munmap((void *)file->bytes.data, file->bytes.size);
    } else {
        free((void *)file->bytes.data);
    }
    *file = (quire_file){0};
}
