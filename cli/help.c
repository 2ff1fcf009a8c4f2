/*
 * What --help says, made from the tables of commands, options and exit codes.
 */
#include "cli/cli.h"

#include <string.h>

enum { SUMMARY_COLUMN = 28, LINE_WIDTH = 78 };

static void append_padded(GString *out, const char *left, const char *right)
{
    g_string_append(out, left);
    size_t width = strlen(left);
    if (width + 2 > SUMMARY_COLUMN) {
        g_string_append_c(out, '\n');
        width = 0;
    }
    g_string_append_printf(out, "%*s%s\n", (int)(SUMMARY_COLUMN - width), "", right);
}

static void append_option(GString *out, const cli_option *option)
{
    g_autoptr(GString) left = g_string_new(NULL);
    if (option->letter)
        g_string_append_printf(left, "  -%c, --%s", option->letter, option->name);
    else
        g_string_append_printf(left, "      --%s", option->name);
    if (option->argument)
        g_string_append_printf(left, " %s", option->argument);
    append_padded(out, left->str, option->summary);
}

static void append_options(GString *out, cli_command_bit command)
{
    g_string_append(out, "\nOptions:\n");
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (option->commands & command)
            append_option(out, option);
}

static void append_names(GString *out, const char *title, const char *option_name)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (strcmp(option->name, option_name) == 0)
            break;
    g_string_append_printf(out, "\n%s:", title);
    size_t width = strlen(title) + 1;
    char *name;
    for (size_t i = 0; (name = cli_option_value_at(option, i)); i++) {
        g_string_append(out, i ? "," : "");
        width += strlen(name) + 2;
        if (width > LINE_WIDTH) {
            g_string_append(out, "\n   ");
            width = strlen(name) + 4;
        }
        g_string_append_printf(out, " %s", name);
        g_free(name);
    }
    g_string_append_c(out, '\n');
}

static void append_examples(GString *out, unsigned commands)
{
    const cli_example *example;
    bool has_title = false;
    for (size_t i = 0; (example = cli_example_at(i)); i++) {
        if (!(example->command & commands))
            continue;
        g_string_append(out, has_title ? "" : "\nExamples:\n");
        has_title = true;
        g_string_append_printf(out, "  %s\n      %s\n", example->line, example->summary);
    }
}

static void append_exits(GString *out)
{
    g_string_append(out, "\nExit status:\n");
    const cli_exit *status;
    for (size_t i = 0; (status = cli_exit_at(i)); i++)
        g_string_append_printf(out, "%5d  %s\n", status->code, status->summary);
}

void cli_help_command(GString *out, const cli_command *command)
{
    g_string_append_printf(out, "Usage: quire %s [OPTION]...%s%s\n", command->name,
                           *command->operands ? " " : "", command->operands);
    g_autofree char *summary = g_strdup(command->summary);
    summary[0] = g_ascii_toupper(summary[0]);
    g_string_append_printf(out, "%s.\n", summary);
    append_options(out, command->bit);
    if (command->bit == CLI_CONVERT) {
        append_names(out, "Formats", "to");
        append_names(out, "Passes", "stop-after");
    }
    append_examples(out, command->bit);
}

void cli_help_general(GString *out)
{
    g_string_append(out, "Usage: quire [OPTION]... FILE...\n"
                         "       quire COMMAND [OPTION]... [FILE]...\n"
                         "Turns PDFs into structured Markdown and JSON.\n\nCommands:\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        g_autofree char *left = g_strdup_printf("  %s %s", command->name, command->operands);
        append_padded(out, left, command->summary);
    }
    g_string_append(out, "\nquire FILE is quire convert FILE; - is standard input.\n");
    append_options(out, CLI_CONVERT);
    append_names(out, "Formats", "to");
    append_examples(out, CLI_CONVERT);
    append_exits(out);
    g_string_append(out, "\nquire help COMMAND explains the others; the manual is quire(1).\n");
}

void cli_version_text(GString *out)
{
    g_string_append_printf(out, "quire %s\n%s\n", quire_version(), quire_library_versions());
}
