/*
 * Any bytes as a list of paths: lines, NUL or NDJSON. What comes out can be mirrored below a
 * folder.
 */
#include <glib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "batch/shard.h"
#include "batch/source.h"
#include "fuzz/fuzz.h"

/* Relative, and no part of it leads upwards. */
static void promise_mirrored(const char *path)
{
    g_auto(GStrv) parts = g_strsplit(path, "/", -1);
    PROMISE(path[0] != '/' || path[1] == '\0');
    PROMISE(!g_strv_contains((const gchar *const *)parts, ".."));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int fd = memfd_create("list", 0);
    if (size < 1 || fd < 0 || write(fd, data + 1, size - 1) != (ssize_t)size - 1)
        return fd < 0 ? 0 : close(fd);
    g_autofree char *path = g_strdup_printf("/dev/fd/%d", fd);
    g_autofree char *link = g_strdup_printf("/tmp/quire-fuzz-%d.list", (int)getpid());
    const char *const operands[] = {link};
    source_options options = {
        .operands = operands, .operand_count = 1, .nul_separated = data[0] & 1};
    if (symlink(path, link) != 0)
        return close(fd);
    batch_source *source = source_new(&options);
    source_item item;
    quire_status status;
    quire_error error = {0};
    while (source_next(source, &item, &status, &error)) {
        batch_shard all = {0, 1};
        promise_mirrored(item.path);
        PROMISE(shard_has(&all, item.path));
        source_item_clear(&item);
    }
    PROMISE(status == QUIRE_OK || (error.message[0] && !strchr(error.message, '\n')));
    source_free(source);
    unlink(link);
    return close(fd);
}
