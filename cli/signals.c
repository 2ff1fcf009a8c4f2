/*
 * Signals. A program that is asked to stop stops at once, unless a half-written file would be left
 * behind: then it stops between two pages, or at the second asking.
 */
#include "cli/cli.h"

#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

static volatile sig_atomic_t caught, held, counts, counted;

static void stop(int number)
{
    counted++;
    if (!counts && (!held || caught))
        _exit(CLI_EXIT_SIGNAL + number);
    caught = number;
}

/* A descriptor below 3 that the caller closed would be given to the next file that is opened. */
static void fill_standard_descriptors(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDONLY);
    } while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd > STDERR_FILENO)
        close(fd);
}

static void install(int number, void (*action)(int))
{
    struct sigaction before, now = {.sa_handler = action, .sa_flags = SA_RESTART};
    sigemptyset(&now.sa_mask);
    if (sigaction(number, NULL, &before) == 0 && before.sa_handler != SIG_IGN)
        sigaction(number, &now, NULL);
}

void cli_signals_install(void)
{
    fill_standard_descriptors();
    install(SIGINT, stop);
    install(SIGTERM, stop);
    install(SIGHUP, stop);
    install(SIGPIPE, SIG_IGN); /* a failed write tells the same, and leaves time to clean up */
}

void cli_signals_count(void)
{
    counts = 1;
}

int cli_signals_counted(void)
{
    return counted;
}

int cli_signals_caught(void)
{
    return caught;
}

void cli_signals_hold(bool hold)
{
    held = hold;
    if (!hold && caught)
        _exit(CLI_EXIT_SIGNAL + caught);
}
