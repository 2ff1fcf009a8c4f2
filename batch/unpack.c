/*
 * ZIP and TAR archives, read by libarchive in a worker: their members go to the supervisor as names
 * and bytes. An archive that unpacks to far more than it is, or never ends, is cut off.
 */
#include "batch/worker.h"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { READ_STEP = 64 * 1024, MOST_MEMBERS = 1000 * 1000, MOST_RATIO = 200, MOST_NAME = 4096 };
#define SMALL_BYTES (UINT64_C(256) << 20) /* that any archive may unpack to */
#define MEMBER_BYTES (UINT64_C(4) << 30)

typedef struct unpacking {
    int channel;
    struct archive *archive;
    worker_state *state;
    uint64_t left; /* bytes that the whole archive may still give */
    uint64_t most; /* bytes of a member */
    int members; /* so far */
    quire_error *error;
} unpacking;

static quire_status fail(const unpacking *u, quire_status status, const char *why)
{
    const char *text = why ? why : archive_error_string(u->archive);
    return quire_fail(u->error, status, "unpack", 0, "%.200s", text ? text : "damaged archive");
}

static struct archive *open_archive(int input)
{
    struct archive *archive = archive_read_new();
    archive_read_support_filter_gzip(archive);
    archive_read_support_filter_bzip2(archive);
    archive_read_support_filter_xz(archive);
    archive_read_support_filter_zstd(archive);
    archive_read_support_format_zip(archive);
    archive_read_support_format_tar(archive);
    archive_read_open_fd(archive, input, READ_STEP); /* an error is found with the first header */
    return archive;
}

/* A member that breaks off, or is too large, is given up; the next may be sound. */
static quire_status send_bytes(unpacking *u)
{
    uint64_t size = 0;
    const void *block;
    size_t count;
    la_int64_t offset;
    int code;
    while ((code = archive_read_data_block(u->archive, &block, &count, &offset)) == ARCHIVE_OK) {
        size += count;
        u->state->beats++;
        if (count > u->left)
            return fail(u, QUIRE_LIMIT, "it unpacks to more than its size makes likely: a bomb?");
        u->left -= count;
        bool is_sparse = offset > (la_int64_t)(size - count); /* holes are nothing for documents */
        for (size_t at = 0; at < count && size <= u->most && !is_sparse; at += FRAME_BYTES) {
            size_t part = count - at < FRAME_BYTES ? count - at : FRAME_BYTES;
            if (!frame_send(u->channel, FRAME_MEMBER_BYTES, 0, (const char *)block + at, part, -1))
                return fail(u, QUIRE_INTERNAL, "the supervisor is gone");
        }
        if (size > u->most || is_sparse)
            break;
    }
    bool is_whole = code == ARCHIVE_EOF;
    frame_send(u->channel, FRAME_MEMBER_END, is_whole ? MEMBER_WHOLE : MEMBER_BROKEN, NULL, 0, -1);
    return code == ARCHIVE_FATAL ? fail(u, QUIRE_MALFORMED, NULL) : QUIRE_OK;
}

/* A name that cannot be had, or is too long, costs its member the name and nothing else. */
static const char *name_of(const unpacking *u, struct archive_entry *entry, char own[32])
{
    const char *name = archive_entry_pathname_utf8(entry);
    name = name ? name : archive_entry_pathname(entry);
    if (name && *name && strlen(name) <= MOST_NAME)
        return name;
    snprintf(own, 32, "member-%d.pdf", u->members);
    return own;
}

static quire_status send_member(unpacking *u, struct archive_entry *entry)
{
    char own[32];
    const char *name = name_of(u, entry, own);
    bool is_link = archive_entry_hardlink(entry) || archive_entry_symlink(entry);
    if (!is_link && archive_entry_filetype(entry) != S_IFREG)
        return QUIRE_OK;
    if (archive_entry_is_encrypted(entry))
        return fail(u, QUIRE_ENCRYPTED, "the archive is encrypted");
    if (!frame_send(u->channel, FRAME_MEMBER, 0, name, strlen(name), -1))
        return fail(u, QUIRE_INTERNAL, "the supervisor is gone");
    if (!is_link)
        return send_bytes(u);
    frame_send(u->channel, FRAME_MEMBER_END, MEMBER_IS_LINK, NULL, 0, -1);
    return QUIRE_OK;
}

static quire_status send_members(unpacking *u)
{
    struct archive_entry *entry;
    quire_status status = QUIRE_OK;
    for (; u->members < MOST_MEMBERS && status == QUIRE_OK; u->members++) {
        int code = archive_read_next_header(u->archive, &entry);
        u->state->beats++;
        if (code == ARCHIVE_EOF)
            return QUIRE_OK;
        if (code == ARCHIVE_FATAL || code == ARCHIVE_RETRY)
            return fail(u, QUIRE_MALFORMED, NULL);
        status = send_member(u, entry);
    }
    return status == QUIRE_OK ? fail(u, QUIRE_LIMIT, "it has more than a million members") : status;
}

quire_status unpack_archive(int channel, int input, const wire_request *request,
                            worker_state *state, quire_error *error)
{
    struct stat info;
    uint64_t bytes = fstat(input, &info) == 0 ? (uint64_t)info.st_size : 0;
    uint64_t likely = MOST_RATIO * bytes;
    unpacking u = {
        .channel = channel,
        .archive = open_archive(input),
        .state = state,
        .left = likely > SMALL_BYTES ? likely : SMALL_BYTES,
        .most = request->options.max_file_size ? request->options.max_file_size : MEMBER_BYTES,
        .error = error,
    };
    locale_t before = uselocale(NULL), utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
    if (utf8)
        uselocale(utf8); /* else names beyond ASCII cannot be had */
    quire_status status = send_members(&u);
    archive_read_free(u.archive);
    uselocale(before);
    if (utf8)
        freelocale(utf8);
    return status;
}
