/* Output: buffered sinks, and files that appear under their name only when they are complete. */
#include "core/core.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SINK_BUFFER = 64 * 1024 };

struct quire_sink {
    quire_write_fn write; /* NULL: a memory sink */
    void *user;
    GString *buffer;
    bool failed;
};

quire_sink *quire_sink_new(quire_write_fn write, void *user)
{
    quire_sink *sink = g_new0(quire_sink, 1);
    sink->write = write;
    sink->user = user;
    sink->buffer = g_string_sized_new(write ? SINK_BUFFER : 256);
    return sink;
}

quire_sink *quire_sink_new_memory(void)
{
    return quire_sink_new(NULL, NULL);
}

void quire_sink_free(quire_sink *sink)
{
    if (sink) {
        g_string_free(sink->buffer, TRUE);
        g_free(sink);
    }
}

bool quire_sink_flush(quire_sink *sink)
{
    if (sink->write && sink->buffer->len) {
        sink->failed |=
            !sink->failed && !sink->write(sink->user, sink->buffer->str, sink->buffer->len);
        g_string_truncate(sink->buffer, 0);
    }
    return !sink->failed;
}

/* Exporters write in pieces of a few bytes: where there is room they are put there at once. */
void quire_sink_write(quire_sink *sink, const void *bytes, size_t size)
{
    GString *buffer = sink->buffer;
    if (sink->write && buffer->len + size > SINK_BUFFER) {
        quire_sink_flush(sink);
    }
    if (size >= buffer->allocated_len - buffer->len) {
        g_string_append_len(buffer, bytes, (gssize)size);
    } else if (size > 0) {
        memcpy(buffer->str + buffer->len, bytes, size);
        buffer->len += size;
        buffer->str[buffer->len] = '\0';
    }
}

void quire_sink_text(quire_sink *sink, const char *text)
{
    quire_sink_write(sink, text, strlen(text));
}

void quire_sink_printf(quire_sink *sink, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_string_append_vprintf(sink->buffer, format, arguments);
    va_end(arguments);
    if (sink->write && sink->buffer->len > SINK_BUFFER) {
        quire_sink_flush(sink);
    }
}

bool quire_sink_failed(const quire_sink *sink)
{
    return sink->failed;
}

quire_bytes quire_sink_bytes(const quire_sink *sink)
{
    return (quire_bytes){(const uint8_t *)sink->buffer->str, sink->buffer->len};
}

struct quire_output_file {
    char *path, *temporary;
    int fd;
    int failure; /* errno of the first failed write */
};

/* A new file would get the permissions that the caller's umask leaves; mkstemp gives 0600. */
static void give_default_permissions(int fd)
{
    mode_t mask = umask(0);
    umask(mask);
    if (fchmod(fd, 0666 & ~mask) != 0) {
        return; /* a file system without permissions: nothing to give */
    }
}

quire_output_file *quire_output_file_open(const char *path, quire_error *error)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autofree char *name = g_path_get_basename(path);
    g_autofree char *temporary = g_strdup_printf("%s/.%s.XXXXXX", folder, name);
    int fd = g_mkstemp_full(temporary, O_RDWR | O_CLOEXEC, 0600);
    if (fd < 0) {
        quire_fail(error, QUIRE_IO, "write", 0, "%s: %s", path, g_strerror(errno));
        return NULL;
    }
    give_default_permissions(fd);
    quire_output_file *file = g_new0(quire_output_file, 1);
    file->path = g_strdup(path);
    file->temporary = g_steal_pointer(&temporary);
    file->fd = fd;
    return file;
}

bool quire_output_file_write(void *user, const void *bytes, size_t size)
{
    quire_output_file *file = user;
    const char *at = bytes;
    while (size && !file->failure) {
        ssize_t written = write(file->fd, at, size);
        if (written < 0) {
            file->failure = errno == EINTR ? 0 : errno;
            continue;
        }
        at += written;
        size -= (size_t)written;
    }
    return !file->failure;
}

static void free_output_file(quire_output_file *file)
{
    g_free(file->path);
    g_free(file->temporary);
    g_free(file);
}

quire_status quire_output_file_commit(quire_output_file *file, quire_error *error)
{
    int failure = file->failure;
    if (!failure && fsync(file->fd) != 0 && errno != EINVAL && errno != EROFS) {
        failure = errno;
    }
    if (close(file->fd) != 0 && !failure) {
        failure = errno;
    }
    if (!failure && rename(file->temporary, file->path) != 0) {
        failure = errno;
    }
    quire_status status = QUIRE_OK;
    if (failure) {
        unlink(file->temporary);
        status = quire_fail(error, QUIRE_IO, "write", 0, "%s: %s", file->path, g_strerror(failure));
    }
    free_output_file(file);
    return status;
}

void quire_output_file_abandon(quire_output_file *file)
{
    close(file->fd);
    unlink(file->temporary);
    free_output_file(file);
}
