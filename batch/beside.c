#include "batch/beside.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MOST_BYTES (UINT64_C(64) << 20)

/* Each with where its name stands in the options, and where they take it open. */
static const char *name_of(const quire_options *options, beside_file which)
{
    static const char prefix[] = "bpe:";
    if (which == BESIDE_TEMPLATE)
        return options->form_template;
    const char *tokenizer = options->tokenizer;
    bool is_named = which == BESIDE_TOKENIZER && tokenizer &&
                    strncmp(tokenizer, prefix, sizeof prefix - 1) == 0;
    return is_named ? tokenizer + sizeof prefix - 1 : NULL;
}

void beside_init(beside_files *files)
{
    for (size_t i = 0; i < BESIDE_FILES; i++)
        files->descriptors[i] = -1;
}

/* ---- outside ---- */

static bool write_whole(int descriptor, quire_bytes bytes)
{
    while (bytes.size > 0) {
        ssize_t written = write(descriptor, bytes.data, bytes.size);
        if (written < 0 && errno == EINTR)
            continue;
        if (written <= 0)
            return false;
        bytes.data += written;
        bytes.size -= (size_t)written;
    }
    return true;
}

/* A copy: a pipe can be read but once, and a worker needs no descriptor of somebody's file. */
static quire_status copy_file(const char *path, int *descriptor, quire_error *error)
{
    quire_file file;
    quire_status status = quire_file_open(&file, path, MOST_BYTES, error);
    if (status != QUIRE_OK)
        return status;
    *descriptor = memfd_create("quire-beside", MFD_CLOEXEC | MFD_ALLOW_SEALING);
    bool is_good = *descriptor >= 0 && write_whole(*descriptor, file.bytes) &&
                   lseek(*descriptor, 0, SEEK_SET) == 0 &&
                   fcntl(*descriptor, F_ADD_SEALS,
                         F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL) == 0;
    quire_file_close(&file);
    return is_good ? QUIRE_OK
                   : quire_fail(error, QUIRE_IO, "options", 0, "%.160s: cannot be copied: %s", path,
                                strerror(errno));
}

quire_status beside_open(beside_files *files, const quire_options *options, quire_error *error)
{
    quire_status status = QUIRE_OK;
    beside_init(files);
    for (int i = 0; i < BESIDE_FILES && status == QUIRE_OK; i++) {
        const char *name = name_of(options, (beside_file)i);
        if (name)
            status = copy_file(name, &files->descriptors[i], error);
    }
    return status;
}

void beside_close(beside_files *files)
{
    for (size_t i = 0; i < BESIDE_FILES; i++)
        if (files->descriptors[i] >= 0)
            close(files->descriptors[i]);
    beside_init(files);
}

bool beside_send(const beside_files *files, int channel)
{
    bool is_sent = true;
    for (uint32_t i = 0; i < BESIDE_FILES; i++)
        if (files->descriptors[i] >= 0)
            is_sent = is_sent && frame_send(channel, FRAME_FILE, i, NULL, 0, files->descriptors[i]);
    return is_sent;
}

void beside_append_sha256(const beside_files *files, GString *text)
{
    for (size_t i = 0; i < BESIDE_FILES; i++) {
        quire_file file = {0};
        char hex[65] = "";
        if (files->descriptors[i] >= 0 &&
            quire_file_open_descriptor(&file, files->descriptors[i], "options", MOST_BYTES, NULL) ==
                QUIRE_OK)
            quire_file_sha256(&file, hex);
        quire_file_close(&file);
        g_string_append_printf(text, "|%s", hex);
    }
}

/* ---- in the worker ---- */

bool beside_take(beside_files *files, uint32_t number, int descriptor)
{
    if (number >= BESIDE_FILES || descriptor < 0)
        return false;
    if (files->descriptors[number] >= 0)
        close(files->descriptors[number]);
    files->descriptors[number] = descriptor;
    return true;
}

void beside_apply(const beside_files *files, quire_options *options)
{
    const int *tokenizer = &files->descriptors[BESIDE_TOKENIZER];
    const int *form = &files->descriptors[BESIDE_TEMPLATE];
    options->tokenizer_file = *tokenizer >= 0 ? tokenizer : NULL;
    options->form_template_file = *form >= 0 ? form : NULL;
}
