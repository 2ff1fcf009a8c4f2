#include "batch/crash.h"

#include <execinfo.h>
#include <fcntl.h>
#include <link.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { MAX_MODULES = 96, SIGNAL_STACK = 64 * 1024, PAGE_BITS = 12 };

typedef struct module {
    uintptr_t start, end;
    char name[sizeof((crash_place *)0)->module];
} module;

/* What the signal's action needs, gathered before: nothing can be asked for in it. The one place
 * of state that a signal leaves no other way for. */
static struct watch {
    worker_state *state;
    module modules[MAX_MODULES];
    size_t module_count;
    int memory; /* an open /proc/self/statm */
} watch;

static int note_module(struct dl_phdr_info *info, size_t size, void *user)
{
    (void)size;
    (void)user;
    if (watch.module_count == MAX_MODULES)
        return 1;
    module *m = &watch.modules[watch.module_count++];
    const char *slash = strrchr(info->dlpi_name, '/');
    const char *name = slash ? slash + 1 : *info->dlpi_name ? info->dlpi_name : "quire";
    snprintf(m->name, sizeof m->name, "%.*s", (int)sizeof m->name - 1, name);
    m->start = UINTPTR_MAX;
    for (int i = 0; i < info->dlpi_phnum; i++) {
        const ElfW(Phdr) *part = &info->dlpi_phdr[i];
        uintptr_t from = info->dlpi_addr + part->p_vaddr;
        if (part->p_type != PT_LOAD)
            continue;
        m->start = from < m->start ? from : m->start;
        m->end = from + part->p_memsz > m->end ? from + part->p_memsz : m->end;
    }
    return 0;
}

static void name_place(uintptr_t address, crash_place *place)
{
    place->offset = address & ((1u << PAGE_BITS) - 1);
    place->module[0] = 0;
    for (size_t i = 0; i < watch.module_count; i++) {
        const module *m = &watch.modules[i];
        if (address < m->start || address >= m->end)
            continue;
        memcpy(place->module, m->name, sizeof place->module);
        place->offset = address - m->start;
    }
}

/* The first number of /proc/self/statm: pages of address space. */
static uint64_t memory_now(void)
{
    char text[32];
    ssize_t size = pread(watch.memory, text, sizeof text - 1, 0);
    uint64_t pages = 0;
    for (ssize_t i = 0; i < size && text[i] >= '0' && text[i] <= '9'; i++)
        pages = 10 * pages + (uint64_t)(text[i] - '0');
    return pages << PAGE_BITS;
}

static bool is_ours(uintptr_t address)
{
    return address >= (uintptr_t)&note_module && address < (uintptr_t)&crash_watch;
}

/* Frames from the signal on; those of this file and of the signal's return are no part of it. */
static void note_crash(int number)
{
    crash_record *record = &watch.state->crash;
    void *frames[CRASH_FRAMES + 4];
    int count = backtrace(frames, CRASH_FRAMES + 4);
    record->memory = memory_now();
    for (int i = 2; i < count && record->place_count < CRASH_FRAMES; i++)
        if (!is_ours((uintptr_t)frames[i]))
            name_place((uintptr_t)frames[i], &record->places[record->place_count++]);
    record->signal = number;
}

static void on_crash(int number)
{
    signal(number, SIG_DFL);
    if (watch.state->crash.signal == 0)
        note_crash(number);
    raise(number);
}

void crash_watch(worker_state *state)
{
    static const int signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGTRAP, SIGSYS};
    static char room[SIGNAL_STACK];
    void *first[1];
    watch.state = state;
    watch.memory = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    dl_iterate_phdr(note_module, NULL);
    backtrace(first, 1); /* its first call loads a library */
    stack_t stack = {.ss_sp = room, .ss_size = sizeof room};
    sigaltstack(&stack, NULL);
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction action = {.sa_handler = on_crash, .sa_flags = SA_ONSTACK | SA_NODEFER};
        sigaction(signals[i], &action, NULL);
    }
}

/* A copy whose texts end and whose counts hold. */
static crash_record bounded(const crash_record *record, int number)
{
    crash_record copy = *record;
    copy.signal = number;
    if (copy.place_count > CRASH_FRAMES)
        copy.place_count = CRASH_FRAMES;
    for (size_t i = 0; i < CRASH_FRAMES; i++)
        copy.places[i].module[sizeof copy.places[i].module - 1] = 0;
    return copy;
}

void crash_signature(const crash_record *record, int number, char text[17])
{
    crash_record copy = bounded(record, number);
    char places[CRASH_FRAMES * 64 + 16], hex[65];
    int size = snprintf(places, sizeof places, "%d", copy.signal);
    for (uint32_t i = 0; i < copy.place_count; i++)
        size += snprintf(places + size, sizeof places - (size_t)size, "|%s+%llx",
                         copy.places[i].module, (unsigned long long)copy.places[i].offset);
    quire_sha256((quire_bytes){(const uint8_t *)places, (size_t)size}, hex);
    memcpy(text, hex, 16);
    text[16] = 0;
}

void crash_describe(const crash_record *record, int number, char text[96])
{
    crash_record copy = bounded(record, number);
    const char *name = sigabbrev_np(number);
    int size = snprintf(text, 96, name ? "SIG%s" : "signal %s", name ? name : "unknown");
    for (uint32_t i = 0; i < copy.place_count; i++) {
        const crash_place *place = &copy.places[i];
        if (!place->module[0] || strncmp(place->module, "libc.", 5) == 0)
            continue;
        snprintf(text + size, 96 - (size_t)size, " in %s+0x%llx", place->module,
                 (unsigned long long)place->offset);
        return;
    }
}
