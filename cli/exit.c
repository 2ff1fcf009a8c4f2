/*
 * Exit codes: what a script may rely on.
 */
#include "cli/cli.h"

static const cli_exit table[] = {
    {0, "everything went well; of a predicate: true"},
    {1, "at least one of several files failed; of a predicate: false"},
    {2, "the command line makes no sense"},
    {3, "something that is needed is not installed"},
    {4, "a document was written, but not all of it (0 with --allow-partial)"},
    {5, "a file could not be read or written"},
    {6, "the file is damaged beyond repair, or of a format that is not known"},
    {7, "reading the file broke the process that did it"},
    {8, "the file is encrypted and the password is missing or wrong"},
    {9, "the reading process cannot be locked in on this system (see --sandbox)"},
    {10, "a limit of time, size or number was reached"},
    {15, "a defect of Quire; please report it"},
    {75, "another run is using the output; try again"},
    {130, "interrupted (SIGINT); nothing half written is left behind"},
    {141, "the reader of standard output went away"},
    {143, "terminated (SIGTERM); as 130"},
};

static const int codes[] = {
    [QUIRE_OK] = CLI_EXIT_OK,
    [QUIRE_PARTIAL] = CLI_EXIT_PARTIAL,
    [QUIRE_CANCELLED] = CLI_EXIT_SIGNAL + 2,
    [QUIRE_USAGE] = CLI_EXIT_USAGE,
    [QUIRE_MISSING] = CLI_EXIT_MISSING,
    [QUIRE_IO] = CLI_EXIT_IO,
    [QUIRE_UNSUPPORTED] = 6,
    [QUIRE_MALFORMED] = 6,
    [QUIRE_ENCRYPTED] = 8,
    [QUIRE_LIMIT] = 10,
    [QUIRE_INTERNAL] = 15,
};

const cli_exit *cli_exit_at(size_t index)
{
    return index < G_N_ELEMENTS(table) ? &table[index] : NULL;
}

int cli_exit_of(quire_status status)
{
    return (size_t)status < G_N_ELEMENTS(codes) ? codes[status] : codes[QUIRE_INTERNAL];
}
