/*
 * quire fields: the fields of many documents as one table, a row for each document, a column for
 * each name or label that any of them has. Each document is converted to the fields-csv format;
 * here the rows are put under common heads.
 */
#include "cli/cli.h"

#include <string.h>

enum { MOST_COLUMNS = 100 * 1000 };

typedef struct fields_job {
    const cli_options *options;
    quire_options settings;
    cli_report report;
    quire_isolated *worker; /* that reads the documents; NULL: this process does */
    GPtrArray *heads; /* char *, in the order of their first document */
    GHashTable *columns; /* head -> index in heads */
    GPtrArray *rows; /* GPtrArray of char *, by column; NULL: empty */
} fields_job;

static bool collect(void *user, const void *bytes, size_t size)
{
    g_string_append_len(user, bytes, (gssize)size);
    return true;
}

/* The cells of one row of comma-separated values; `at` moves behind it. */
static GPtrArray *split_row(const char **at)
{
    GPtrArray *cells = g_ptr_array_new_with_free_func(g_free);
    GString *cell = g_string_new(NULL);
    bool quoted = false;
    const char *c = *at;
    for (; *c && (quoted || *c != '\n'); c++) {
        if (*c == '"' && quoted && c[1] == '"')
            g_string_append_c(cell, *c++);
        else if (*c == '"')
            quoted = !quoted;
        else if (*c == ',' && !quoted)
            g_ptr_array_add(cells, g_string_free(cell, FALSE)), cell = g_string_new(NULL);
        else if (quoted || *c != '\r')
            g_string_append_c(cell, *c);
    }
    g_ptr_array_add(cells, g_string_free(cell, FALSE));
    *at = *c ? c + 1 : c;
    return cells;
}

static guint column_of(fields_job *job, const char *head)
{
    gpointer found;
    if (g_hash_table_lookup_extended(job->columns, head, NULL, &found))
        return GPOINTER_TO_UINT(found);
    guint column = job->heads->len;
    g_ptr_array_add(job->heads, g_strdup(head));
    g_hash_table_insert(job->columns, g_ptr_array_index(job->heads, column),
                        GUINT_TO_POINTER(column));
    return column;
}

static void add_row(fields_job *job, const char *csv)
{
    g_autoptr(GPtrArray) heads = split_row(&csv), cells = split_row(&csv);
    GPtrArray *row = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < heads->len && i < cells->len; i++) {
        guint column = column_of(job, g_ptr_array_index(heads, i));
        if (column >= MOST_COLUMNS)
            break;
        if (column >= row->len)
            g_ptr_array_set_size(row, (gint)column + 1);
        g_free(g_ptr_array_index(row, column));
        g_ptr_array_index(row, column) = g_strdup(g_ptr_array_index(cells, i));
    }
    g_ptr_array_add(job->rows, row);
}

static int read_one(fields_job *job, const char *file)
{
    g_autoptr(GString) csv = g_string_new(NULL);
    quire_error error = {0};
    quire_input input = {.path = file};
    quire_output output = {.format = "fields-csv", .write = collect, .user = csv};
    quire_status status =
        cli_worker_convert(job->worker, &input, &job->settings, &output, 1, &error);
    if (status > QUIRE_PARTIAL) {
        cli_report_error(&job->report, file, &error);
        return cli_worker_exit(status, &error);
    }
    add_row(job, csv->str);
    return CLI_EXIT_OK;
}

static void append_cell(GString *out, const char *text)
{
    bool quoted = text && strpbrk(text, ",\"\r\n");
    g_string_append(out, quoted ? "\"" : "");
    for (const char *c = text ? text : ""; *c; c++) {
        if (*c == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *c);
    }
    g_string_append(out, quoted ? "\"" : "");
}

static void append_row(GString *out, const GPtrArray *row, guint columns)
{
    for (guint i = 0; i < columns; i++) {
        if (i > 0)
            g_string_append_c(out, ',');
        append_cell(out, i < row->len ? g_ptr_array_index(row, i) : NULL);
    }
    g_string_append(out, "\r\n");
}

static int write_table(fields_job *job)
{
    g_autoptr(GString) out = g_string_new(NULL);
    quire_error error = {0};
    append_row(out, job->heads, job->heads->len);
    for (guint i = 0; i < job->rows->len; i++)
        append_row(out, g_ptr_array_index(job->rows, i), job->heads->len);
    const char *path = job->options->output;
    if (!path || strcmp(path, "-") == 0)
        return cli_print(out);
    cli_target target;
    cli_target_init(&target, path);
    if (!cli_target_write(&target, out->str, out->len)) {
        cli_target_explain(&target, &error);
        cli_target_abandon(&target);
    } else {
        cli_target_commit(&target, &error);
    }
    if (error.status != QUIRE_OK)
        cli_report_error(&job->report, path, &error);
    return cli_exit_of(error.status);
}

int cli_fields(const cli_options *options)
{
    if (options->operand_count == 0)
        return cli_usage_error("no input; name a file, or - for standard input");
    fields_job job = {.options = options};
    char *password;
    int failed = 0, code = cli_settings(options, &job.settings, &password), last = code;
    cli_report_init(&job.report, options);
    job.worker = cli_worker_new(options);
    job.heads = g_ptr_array_new_with_free_func(g_free);
    job.columns = g_hash_table_new(g_str_hash, g_str_equal);
    job.rows = g_ptr_array_new_with_free_func((GDestroyNotify)g_ptr_array_unref);
    for (int i = 0; i < options->operand_count && code == CLI_EXIT_OK; i++) {
        int one = read_one(&job, options->operands[i]);
        failed += one != CLI_EXIT_OK;
        last = one != CLI_EXIT_OK ? one : last;
        code = one == CLI_EXIT_SANDBOX ? one : code; /* the next would fare no better */
    }
    if (code == CLI_EXIT_OK && job.rows->len > 0)
        code = write_table(&job);
    if (code == CLI_EXIT_OK && failed > 0)
        code = options->operand_count > 1 ? CLI_EXIT_SOME_FAILED : last;
    quire_isolated_free(job.worker);
    g_ptr_array_free(job.rows, TRUE);
    g_hash_table_destroy(job.columns);
    g_ptr_array_free(job.heads, TRUE);
    g_free(password);
    return code;
}
