/*
 * Where a document goes. A file is begun with its first bytes and appears under its name when it is
 * complete; a device or a pipe that is there already is written to as it is.
 */
#include "cli/cli.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

void cli_target_init(cli_target *target, const char *path)
{
    *target = (cli_target){.path = g_strdup(path), .fd = path ? -1 : STDOUT_FILENO};
}

/* ---- parts ---- */

static char *path_of_part(const cli_target *target, int part)
{
    const char *dot = strrchr(target->whole, '.');
    int stem = (int)(dot ? dot - target->whole : (ptrdiff_t)strlen(target->whole));
    return g_strdup_printf("%.*s-%d%s", stem, target->whole, part, dot ? dot : "");
}

void cli_target_number(cli_target *target)
{
    target->whole = g_steal_pointer(&target->path);
    target->part = 1;
    target->path = path_of_part(target, 1);
}

bool cli_target_next(void *user)
{
    cli_target *target = user;
    if (!target->whole)
        return false;
    if (target->file) /* should it fail, the next write says so */
        quire_output_file_commit(target->file, &target->error);
    target->file = NULL;
    g_free(target->path);
    target->path = path_of_part(target, ++target->part);
    return true;
}

/* Parts that were complete before the document failed. */
static void remove_parts(cli_target *target)
{
    for (int part = 1; target->whole && part < target->part; part++) {
        g_autofree char *path = path_of_part(target, part);
        unlink(path);
    }
}

/* ---- files ---- */

/* A symbolic link stays one: what it points at is replaced. */
static char *real_path(const char *path)
{
    char *resolved = realpath(path, NULL);
    return resolved ? resolved : g_strdup(path);
}

static bool is_device(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static bool open_target(cli_target *target)
{
    if (target->fd >= 0 || target->file)
        return true;
    if (is_device(target->path)) {
        target->fd = open(target->path, O_WRONLY | O_CLOEXEC);
        if (target->fd < 0)
            target->failure = errno;
        return target->fd >= 0;
    }
    g_autofree char *path = real_path(target->path);
    cli_signals_hold(true);
    target->file = quire_output_file_open(path, &target->error);
    return target->file != NULL;
}

static bool write_all(cli_target *target, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t written = write(target->fd, bytes, size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0) {
            target->failure = errno;
            return false;
        }
        bytes += written;
        size -= (size_t)written;
    }
    return true;
}

bool cli_target_write(void *user, const void *bytes, size_t size)
{
    cli_target *target = user;
    if (target->failure || target->error.status != QUIRE_OK || !open_target(target))
        return false;
    if (!target->file)
        return write_all(target, bytes, size);
    if (quire_output_file_write(target->file, bytes, size))
        return true;
    quire_output_file_commit(target->file, &target->error); /* fails, says why, and cleans up */
    target->file = NULL;
    return false;
}

bool cli_target_explain(const cli_target *target, quire_error *error)
{
    if (target->error.status != QUIRE_OK) {
        *error = target->error;
        return true;
    }
    if (target->failure == EPIPE && !target->path)
        return false;
    if (target->failure) {
        quire_error_clear(error);
        quire_fail(error, QUIRE_IO, "write", 0, "cannot write %s: %s",
                   target->path ? target->path : "standard output", g_strerror(target->failure));
    }
    return true;
}

static quire_status close_target(cli_target *target, quire_error *error)
{
    if (target->fd > STDERR_FILENO && close(target->fd) != 0 && !target->failure)
        target->failure = errno;
    target->fd = -1;
    if (!target->failure)
        return QUIRE_OK;
    cli_target_explain(target, error);
    return QUIRE_IO;
}

quire_status cli_target_commit(cli_target *target, quire_error *error)
{
    quire_status status = QUIRE_OK;
    if (target->whole && !target->file && !target->failure) {
        /* no part was begun: there is none */
    } else if (target->path && !open_target(target)) { /* a document without a byte is a file */
        cli_target_explain(target, error);
        status = QUIRE_IO;
    } else if (target->file) {
        status = quire_output_file_commit(target->file, error);
    } else {
        status = close_target(target, error);
    }
    target->file = NULL;
    g_clear_pointer(&target->path, g_free);
    g_clear_pointer(&target->whole, g_free);
    return status;
}

void cli_target_abandon(cli_target *target)
{
    remove_parts(target);
    if (target->file)
        quire_output_file_abandon(target->file);
    if (target->fd > STDERR_FILENO)
        close(target->fd);
    target->file = NULL;
    target->fd = -1;
    g_clear_pointer(&target->path, g_free);
    g_clear_pointer(&target->whole, g_free);
}

int cli_print(const GString *text)
{
    cli_target target;
    cli_target_init(&target, NULL);
    if (cli_target_write(&target, text->str, text->len))
        return CLI_EXIT_OK;
    quire_error error = {0};
    if (!cli_target_explain(&target, &error))
        return CLI_EXIT_PIPE;
    cli_usage_error("%s", error.message);
    return CLI_EXIT_IO;
}
