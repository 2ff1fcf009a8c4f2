/*
 * quire template learn: what copies of a form have in common, and where their answers stand, as a
 * file that --template takes.
 */
#include "cli/cli.h"

#include <string.h>

static int learn(const cli_options *options, quire_options *settings)
{
    cli_report report;
    cli_target target;
    quire_error error = {0};
    const char *path = options->output;
    int count = options->operand_count - 1;
    g_autofree quire_input *inputs = g_new0(quire_input, (gsize)count);
    for (int i = 0; i < count; i++)
        inputs[i].path = options->operands[i + 1];
    cli_report_init(&report, options);
    cli_target_init(&target, path && strcmp(path, "-") != 0 ? path : NULL);
    quire_status status =
        quire_learn_template(inputs, (size_t)count, settings, cli_target_write, &target, &error);
    if (status == QUIRE_OK)
        status = cli_target_commit(&target, &error);
    else
        cli_target_abandon(&target);
    if (status != QUIRE_OK)
        cli_report_error(&report, NULL, &error);
    return cli_exit_of(status);
}

int cli_template(const cli_options *options)
{
    if (options->operand_count == 0 || strcmp(options->operands[0], "learn") != 0)
        return cli_usage_error("template knows one thing to do: learn FILE...");
    if (options->operand_count == 1)
        return cli_usage_error("no copies of the form; name some that are filled in");
    quire_options settings;
    char *password;
    int code = cli_settings(options, &settings, &password);
    if (code == CLI_EXIT_OK)
        code = learn(options, &settings);
    g_free(password);
    return code;
}
