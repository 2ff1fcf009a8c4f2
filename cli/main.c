/*
 * The commands of quire. `quire FILE` is `quire convert FILE`.
 */
#include "cli/cli.h"

#include <string.h>

static const cli_command commands[] = {
    {"convert", CLI_CONVERT, "FILE...", "write documents as Markdown, JSON or text", cli_convert},
    {"batch", CLI_BATCH, "FOLDER|LIST|ARCHIVE...", "convert archives, unattended", cli_batch},
    {"merge", CLI_MERGE, "OUT [LIST...]", "join the parts of a batch, and prove it complete",
     cli_merge},
    {"inspect", CLI_INSPECT, "FILE...", "say what is in documents, without converting them",
     cli_inspect},
    {"fields", CLI_FIELDS, "FILE...", "write the fields of many forms as one table", cli_fields},
    {"template", CLI_TEMPLATE, "learn FILE...", "learn a form from copies that are filled in",
     cli_template},
    {"why", CLI_WHY, "FILE", "say what was made of a place on a page, and why", cli_why},
    {"diff", CLI_DIFF, "A.json B.json", "say what became of the elements of one JSON in another",
     cli_diff},
    {"formats", CLI_FORMATS, "", "list the formats that can be written and read", cli_formats},
    {"schema", CLI_SCHEMA, "", "print the JSON Schema of the json format", cli_schema},
    {"doctor", CLI_DOCTOR, "", "check that everything is installed", cli_doctor},
    {"completions", CLI_COMPLETIONS, "bash|zsh|fish", "print completions for a shell",
     cli_completions},
    {"help", CLI_HELP, "[COMMAND]", "explain a command", cli_help},
};

const cli_command *cli_command_at(size_t index)
{
    return index < G_N_ELEMENTS(commands) ? &commands[index] : NULL;
}

const cli_command *cli_command_find(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int print_help(const cli_command *named)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (named)
        cli_help_command(text, named);
    else
        cli_help_general(text);
    return cli_print(text);
}

static int run(const cli_command *named, const cli_options *options)
{
    if (options->help)
        return print_help(named);
    if (options->version) {
        g_autoptr(GString) text = g_string_new(NULL);
        cli_version_text(text);
        return cli_print(text);
    }
    return (named ? named : commands)->run(options);
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], QUIRE_WORKER_COMMAND) == 0)
        return quire_worker_main(argc - 2, argv + 2);
    cli_signals_install();
    const cli_command *named = argc > 1 ? cli_command_find(argv[1]) : NULL;
    int first = named ? 2 : 1;
    cli_options options;
    int code = cli_options_parse(&options, named ? named : commands, argc - first, argv + first);
    if (code == CLI_EXIT_OK)
        code = run(named, &options);
    cli_options_clear(&options);
    return code;
}
