#include "batch/sandbox.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>

enum { OPEN_FILES = 64 };
#define STACK_BYTES ((rlim_t)16 << 20)

#if defined(__SANITIZE_ADDRESS__)
enum { HAS_SHADOW_MEMORY = 1 }; /* terabytes of address space are reserved and not used */
#else
enum { HAS_SHADOW_MEMORY = 0 };
#endif

static bool limit(int resource, rlim_t value)
{
    struct rlimit old, now = {value, value};
    if (getrlimit(resource, &old) == 0 && old.rlim_max < value)
        now.rlim_cur = now.rlim_max = old.rlim_max;
    return setrlimit(resource, &now) == 0;
}

static bool limit_memory(uint64_t bytes)
{
    return HAS_SHADOW_MEMORY || limit(RLIMIT_AS, bytes);
}

/* No file may be written, no core is left behind, and what leaks descriptors is found out. */
static bool limit_files(void)
{
    return limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NOFILE, OPEN_FILES) &&
           limit(RLIMIT_STACK, STACK_BYTES);
}

static quire_status refuse(quire_error *error, const char *what)
{
    return quire_fail(error, QUIRE_MISSING, "sandbox", 0,
                      "this system does not offer %s, which workers are locked in with; "
                      "--sandbox best-effort goes on without",
                      what);
}

quire_status sandbox_lock(quire_sandbox mode, uint64_t max_memory, sandbox_level *level,
                          quire_error *error)
{
    bool is_strict = mode == QUIRE_SANDBOX_ON;
    *level = (sandbox_level){0};
    bool has_memory = limit_memory(max_memory);
    if (mode == QUIRE_SANDBOX_OFF)
        return QUIRE_OK;
    level->limits = has_memory && limit_files();
    if (!level->limits && is_strict)
        return refuse(error, "resource limits");
    prctl(PR_SET_DUMPABLE, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0 && is_strict)
        return refuse(error, "no_new_privs");
    int version = landlock_restrict();
    level->landlock = version > 0 ? version : 0;
    if (version <= 0 && is_strict)
        return refuse(error, "Landlock");
    level->seccomp = seccomp_restrict();
    if (!level->seccomp && is_strict)
        return refuse(error, "seccomp");
    return QUIRE_OK;
}

void sandbox_describe(const sandbox_level *level, char text[QUIRE_LEVEL_SIZE])
{
    char landlock[20] = "";
    if (level->landlock)
        snprintf(landlock, sizeof landlock, "landlock %d, ", level->landlock & 0xFFFF);
    bool is_none = !level->landlock && !level->seccomp && !level->limits;
    snprintf(text, QUIRE_LEVEL_SIZE, "%s%s%s%s", landlock, level->seccomp ? "seccomp, " : "",
             level->limits ? "limits" : "", is_none ? "none" : "");
}
