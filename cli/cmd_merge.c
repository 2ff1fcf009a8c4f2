/*
 * quire merge: the parts of a batch, joined, and a word on whether it is complete.
 */
#include "cli/cli.h"

static void on_fault(void *user, const char *path, const char *what)
{
    g_autofree char *line = g_strdup_printf("quire: %s: %s", path, what);
    cli_report_line(user, line);
}

static int report_result(cli_report *report, const quire_merge_result *r)
{
    g_autofree char *line = g_strdup_printf(
        "quire: %llu documents of %llu parts: %llu done, %llu failed; %llu outputs good, %llu "
        "damaged, %llu foreign; %llu inputs missing",
        (unsigned long long)r->documents, (unsigned long long)r->parts, (unsigned long long)r->done,
        (unsigned long long)r->failed, (unsigned long long)r->outputs,
        (unsigned long long)r->damaged, (unsigned long long)r->foreign,
        (unsigned long long)r->missing);
    if (!report->quiet)
        cli_report_line(report, line);
    return r->damaged + r->foreign + r->missing > 0 ? CLI_EXIT_SOME_FAILED : CLI_EXIT_OK;
}

int cli_merge(const cli_options *options)
{
    if (options->operand_count == 0)
        return cli_usage_error("no output; name the folder that the parts wrote to");
    cli_report report;
    cli_report_init(&report, options);
    quire_merge_options merge = {
        .output = options->operands[0],
        .inputs = (const char *const *)options->operands + 1,
        .input_count = (size_t)options->operand_count - 1,
        .includes = (const char *const *)options->includes->pdata,
        .excludes = (const char *const *)options->excludes->pdata,
        .nul_separated = options->nul,
        .verify = options->verify,
        .user = &report,
        .on_fault = on_fault,
    };
    quire_merge_result result;
    quire_error error = {0};
    quire_status status = quire_batch_merge(&merge, &result, &error);
    if (status == QUIRE_OK)
        return report_result(&report, &result);
    cli_report_error(&report, NULL, &error);
    return cli_exit_of(status);
}
