/*
 * Who reads a document: by default a process that is locked in, and this one where it is asked for
 * or where somebody wants to watch it read.
 */
#include "cli/cli.h"

#include <string.h>

/* A profiler, or a sanitizer that looks for leaks at the end, wants to see it all in one process.
 */
static bool is_watched(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return true;
#else
    const char *preloaded = g_getenv("LD_PRELOAD");
    return preloaded && strstr(preloaded, "/vgpreload_"); /* valgrind */
#endif
}

quire_isolated *cli_worker_new(const cli_options *options)
{
    quire_sandbox sandbox = is_watched() ? QUIRE_SANDBOX_OFF : QUIRE_SANDBOX_ON;
    if (options->sandbox)
        sandbox = (quire_sandbox)(options->sandbox - 1);
    quire_isolation isolation = {.sandbox = sandbox, .max_memory = options->max_memory};
    if (sandbox != QUIRE_SANDBOX_OFF)
        return quire_isolated_new(&isolation);
    quire_heap_prepare(0);
    return NULL;
}

quire_status cli_worker_convert(quire_isolated *worker, const quire_input *input,
                                const quire_options *settings, const quire_output *outputs,
                                size_t count, quire_error *error)
{
    if (!worker)
        return quire_convert(input, settings, outputs, count, error);
    return quire_isolated_convert(worker, input, settings, outputs, count, error);
}

int cli_worker_exit(quire_status status, const quire_error *error)
{
    if (strcmp(error->stage, "sandbox") == 0)
        return CLI_EXIT_SANDBOX;
    bool is_broken = status == QUIRE_INTERNAL && strcmp(error->stage, "worker") == 0;
    return is_broken ? CLI_EXIT_CRASH : cli_exit_of(status);
}
