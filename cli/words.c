/*
 * Options back to the words that say them, for the command that shows a failure again.
 */
#include "cli/cli.h"

#include <string.h>

static void append_value(GString *out, const cli_option *option, const char *value)
{
    g_autofree char *quoted = g_shell_quote(value);
    g_string_append_printf(out, " --%s %s", option->name, quoted);
}

static void append_number(GString *out, const cli_option *option, double number)
{
    char text[G_ASCII_DTOSTR_BUF_SIZE];
    if (number != 0)
        append_value(out, option, g_ascii_dtostr(text, sizeof text, number));
}

static void append_formats(GString *out, const cli_option *option, const GPtrArray *formats)
{
    for (guint i = 0; i < formats->len; i++)
        append_value(out, option, formats->pdata[i]);
}

/* By the kind of its field; lists, sets and paths of outputs are no part of reading a document. */
static void append(GString *out, const cli_option *option, const void *field)
{
    g_autofree char *choice = NULL;
    switch (option->kind) {
    case CLI_FLAG:
        if (*(const int *)field)
            g_string_append_printf(out, " --%s", option->name);
        return;
    case CLI_CHOICE:
        choice = *(const int *)field
                     ? cli_option_value_at(option, (size_t) * (const int *)field - 1)
                     : NULL;
        if (choice)
            append_value(out, option, choice);
        return;
    case CLI_TEXT:
    case CLI_PASS:
        if (*(const char *const *)field)
            append_value(out, option, *(const char *const *)field);
        return;
    case CLI_FORMATS_LIST:
        append_formats(out, option, *(GPtrArray *const *)field);
        return;
    case CLI_SECONDS:
        append_number(out, option, *(const double *)field);
        return;
    case CLI_COUNT:
    case CLI_SIZE:
        append_number(out, option, (double)*(const uint64_t *)field);
        return;
    default:
        return;
    }
}

/* Nobody wants a password in a record, or the whole run's output and its progress. */
static bool is_left_out(const cli_option *option)
{
    static const char *const names[] = {"output",   "password", "password-file", "quiet",
                                        "progress", "sandbox",  "log-format",    NULL};
    return g_strv_contains(names, option->name);
}

char *cli_options_words(const cli_options *options, const cli_command *command)
{
    GString *out = g_string_new(NULL);
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if ((option->commands & command->bit) && !is_left_out(option))
            append(out, option, (const char *)options + option->offset);
    return g_string_free(out, FALSE);
}
