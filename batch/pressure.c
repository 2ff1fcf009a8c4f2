/*
 * Whether the machine has room for more. A container's own limit of memory counts as its machine's:
 * what lies beyond it is not there.
 */
#include "batch/run.h"

#include <stdio.h>
#include <string.h>

#define MIN_FREE (UINT64_C(1) << 30)
static const double MIN_FREE_SHARE = 0.05;
static const double MIN_MEMORY_SHARE = 0.04;

static bool is_disk_short(const batch_run *run)
{
    uint64_t left, whole, wanted = run->options->min_free;
    if (!store_room(run->store, &left, &whole))
        return false;
    if (wanted == 0)
        wanted = MIN((uint64_t)(MIN_FREE_SHARE * (double)whole), MIN_FREE);
    return left < wanted;
}

/* The number behind `key` in a file of lines "key number"; with "" the first there is. */
static bool read_number(const char *path, const char *key, double *number)
{
    char line[128];
    bool is_found = false;
    FILE *file = fopen(path, "re");
    while (file && !is_found && fgets(line, sizeof line, file))
        is_found =
            strncmp(line, key, strlen(key)) == 0 && sscanf(line + strlen(key), "%lf", number) == 1;
    if (file)
        fclose(file);
    return is_found;
}

static bool is_machine_short(void)
{
    double total, available;
    return read_number("/proc/meminfo", "MemTotal:", &total) &&
           read_number("/proc/meminfo", "MemAvailable:", &available) &&
           available < MIN_MEMORY_SHARE * total;
}

/* What files are kept in memory, and not in use, is given up when it is wanted. */
static bool is_container_short(void)
{
    double most, used, kept = 0;
    if (!read_number("/sys/fs/cgroup/memory.max", "", &most) ||
        !read_number("/sys/fs/cgroup/memory.current", "", &used))
        return false;
    read_number("/sys/fs/cgroup/memory.stat", "inactive_file", &kept);
    return used - kept > (1 - MIN_MEMORY_SHARE) * most;
}

const char *run_pressure(const batch_run *run)
{
    if (is_disk_short(run))
        return "disk";
    return is_machine_short() || is_container_short() ? "memory" : NULL;
}
