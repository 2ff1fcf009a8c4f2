/*
 * quire template learn: what copies of a form have in common, and where their answers stand, as a
 * file that --template takes.
 */
#include "cli/cli.h"

#include <string.h>

typedef struct lesson {
    const cli_options *options;
    quire_options settings;
    cli_report report;
    quire_isolated *worker; /* that reads the copies; NULL: this process does */
    GPtrArray *copies; /* GString: each as sheets of a form */
} lesson;

static bool collect(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

static void free_copy(gpointer copy)
{
    g_string_free(copy, TRUE);
}

static int read_copy(lesson *l, const char *file)
{
    quire_error error = {0};
    GString *copy = g_string_new(NULL);
    quire_input input = {.path = file};
    quire_output output = {.format = "json", .write = collect, .user = copy};
    g_ptr_array_add(l->copies, copy);
    quire_status status = cli_worker_convert(l->worker, &input, &l->settings, &output, 1, &error);
    if (status <= QUIRE_PARTIAL)
        return CLI_EXIT_OK;
    cli_report_error(&l->report, file, &error);
    return cli_worker_exit(status, &error);
}

static int write_template(lesson *l)
{
    cli_target target;
    quire_error error = {0};
    const char *path = l->options->output;
    guint count = l->copies->len;
    g_autofree const char **texts = g_new0(const char *, count);
    g_autofree size_t *sizes = g_new0(size_t, count);
    for (guint i = 0; i < count; i++) {
        const GString *copy = g_ptr_array_index(l->copies, i);
        texts[i] = copy->str;
        sizes[i] = copy->len;
    }
    cli_target_init(&target, path && strcmp(path, "-") != 0 ? path : NULL);
    quire_status status =
        quire_learn_template(texts, sizes, count, cli_target_write, &target, &error);
    if (status == QUIRE_OK)
        status = cli_target_commit(&target, &error);
    else
        cli_target_abandon(&target);
    if (status != QUIRE_OK)
        cli_report_error(&l->report, NULL, &error);
    return cli_exit_of(status);
}

static int learn(lesson *l)
{
    int code = CLI_EXIT_OK;
    cli_report_init(&l->report, l->options);
    l->settings.form_sheets = true;
    l->worker = cli_worker_new(l->options);
    l->copies = g_ptr_array_new_with_free_func(free_copy);
    for (int i = 1; i < l->options->operand_count && code == CLI_EXIT_OK; i++)
        code = read_copy(l, l->options->operands[i]);
    if (code == CLI_EXIT_OK)
        code = write_template(l);
    g_ptr_array_free(l->copies, TRUE);
    quire_isolated_free(l->worker);
    return code;
}

int cli_template(const cli_options *options)
{
    if (options->operand_count == 0 || strcmp(options->operands[0], "learn") != 0)
        return cli_usage_error("template knows one thing to do: learn FILE...");
    if (options->operand_count == 1)
        return cli_usage_error("no copies of the form; name some that are filled in");
    lesson l = {.options = options};
    char *password;
    int code = cli_settings(options, &l.settings, &password);
    if (code == CLI_EXIT_OK)
        code = learn(&l);
    g_free(password);
    return code;
}
