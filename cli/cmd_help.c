/*
 * quire help: what a command does, or the manual page.
 */
#include "cli/cli.h"

static int refuse_command(const char *word)
{
    const char *names[16] = {NULL};
    const cli_command *command;
    for (size_t i = 0; i + 1 < G_N_ELEMENTS(names) && (command = cli_command_at(i)); i++)
        names[i] = command->name;
    const char *nearest = cli_nearest(word, names);
    if (nearest)
        return cli_usage_error("no command is called '%s'; did you mean '%s'?", word, nearest);
    return cli_usage_error("no command is called '%s'; see 'quire help'", word);
}

int cli_help(const cli_options *options)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->operand_count > 1)
        return cli_usage_error("help explains one command at a time");
    const cli_command *command = NULL;
    if (options->operand_count == 1) {
        command = cli_command_find(options->operands[0]);
        if (!command)
            return refuse_command(options->operands[0]);
    }
    if (options->man)
        cli_manual(text);
    else if (command)
        cli_help_command(text, command);
    else
        cli_help_general(text);
    return cli_print(text);
}
