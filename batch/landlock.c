/*
 * Landlock: which files a worker can open by name. The headers of Debian 12 know less of it than
 * newer kernels do, so what came later is spelled out here and masked by the version that runs.
 */
#include "batch/sandbox.h"

#include <fcntl.h>
#include <linux/landlock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef struct ruleset {
    uint64_t files, network, scopes;
} ruleset;

#define BITS(count) ((UINT64_C(1) << (count)) - 1)
#define READ_FILE UINT64_C(4)
#define READ_FOLDER UINT64_C(8)

/* What each version can refuse, and the size of its attributes. */
static const struct version {
    int from;
    ruleset refused;
    size_t size;
} versions[] = {
    {6, {BITS(16), BITS(2), BITS(2)}, 24}, /* signals and abstract sockets */
    {5, {BITS(16), BITS(2), 0}, 16}, /* ioctl on devices */
    {4, {BITS(15), BITS(2), 0}, 16}, /* TCP */
    {3, {BITS(15), 0, 0}, 8}, /* truncate */
    {2, {BITS(14), 0, 0}, 8}, /* rename across folders */
    {1, {BITS(13), 0, 0}, 8},
};

/* Data of libraries: shared objects (Tesseract is loaded late), fonts, character maps, languages.
 */
static const char *const readable[] = {
    "/usr/lib",
    "/usr/lib64",
    "/lib",
    "/lib64",
    "/usr/local/lib",
    "/etc/ld.so.cache",
    "/etc/fonts",
    "/usr/share/fontconfig",
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/var/cache/fontconfig",
    "/usr/share/poppler",
    "/usr/share/tesseract-ocr",
    "/usr/share/tessdata",
    "/usr/share/zoneinfo",
    "/etc/localtime",
    "/usr/share/locale",
    "/dev/null",
    "/dev/urandom",
};

static const char *const readable_at_home[] = {".fonts", ".local/share/fonts", ".cache/fontconfig"};

/* What is not there needs no rule. */
static bool allow(int rules, const char *path)
{
    int place = open(path, O_PATH | O_CLOEXEC);
    struct stat info;
    if (place < 0)
        return true;
    bool is_folder = fstat(place, &info) == 0 && S_ISDIR(info.st_mode);
    struct landlock_path_beneath_attr rule = {
        .allowed_access = is_folder ? READ_FILE | READ_FOLDER : READ_FILE,
        .parent_fd = place,
    };
    long failed = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(place);
    return failed == 0;
}

static bool allow_all(int rules)
{
    const char *tessdata = getenv("TESSDATA_PREFIX"), *home = getenv("HOME");
    bool is_good = !tessdata || allow(rules, tessdata);
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        is_good = is_good && allow(rules, readable[i]);
    for (size_t i = 0; home && i < sizeof readable_at_home / sizeof *readable_at_home; i++) {
        char path[4096];
        if (snprintf(path, sizeof path, "%s/%s", home, readable_at_home[i]) < (int)sizeof path)
            is_good = is_good && allow(rules, path);
    }
    return is_good;
}

static const struct version *version_of(int running)
{
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (running >= versions[i].from)
            return &versions[i];
    return NULL;
}

int landlock_restrict(void)
{
    int running =
        (int)syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    const struct version *version = version_of(running);
    if (!version)
        return 0;
    int rules = (int)syscall(SYS_landlock_create_ruleset, &version->refused, version->size, 0);
    if (rules < 0)
        return -1;
    bool is_good = allow_all(rules) && syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    close(rules);
    return is_good ? running : -1;
}
