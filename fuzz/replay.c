/*
 * Runs a fuzz target over files instead of under a fuzzer: each argument is a file, or a folder of
 * files. Says how many there were, so that an empty folder does not pass for a test.
 */
#include <dirent.h>
#include <limits.h>
#include <string.h>

#include "fuzz/fuzz.h"

static int replay_file(const char *path)
{
    quire_file file;
    quire_error error = {0};
    if (quire_file_open(&file, path, 0, &error) != QUIRE_OK) {
        fprintf(stderr, "%s\n", error.message);
        return -1;
    }
    /* A copy of exactly this size, so that the address sanitizer sees the first byte behind it. */
    uint8_t *copy = malloc(file.bytes.size ? file.bytes.size : 1);
    PROMISE(copy);
    if (file.bytes.size)
        memcpy(copy, file.bytes.data, file.bytes.size);
    fprintf(stderr, "%s\n", path);
    LLVMFuzzerTestOneInput(copy, file.bytes.size);
    free(copy);
    quire_file_close(&file);
    return 1;
}

static int replay_folder(const char *path, DIR *folder)
{
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder));) {
        char name[PATH_MAX];
        if (entry->d_name[0] == '.')
            continue;
        snprintf(name, sizeof name, "%s/%s", path, entry->d_name);
        int one = replay_file(name);
        if (one < 0)
            return -1;
        count += one;
    }
    return count;
}

static int replay(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder)
        return replay_file(path);
    int count = replay_folder(path, folder);
    closedir(folder);
    return count;
}

int main(int argc, char **argv)
{
    int count = 0;
    for (int i = 1; i < argc; i++) {
        int some = replay(argv[i]);
        if (some < 0)
            return 1;
        count += some;
    }
    printf("%d inputs replayed\n", count);
    return count > 0 ? 0 : 1;
}
