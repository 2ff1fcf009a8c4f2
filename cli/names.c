/*
 * Which files a run writes. One document goes to standard output or to the file that is named;
 * more of them go to a folder, under the input's name with the format's extension. No input is ever
 * written over, and no name is given twice in one run.
 */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct cli_names {
    const cli_options *options;
    GPtrArray *formats; /* of const char *, borrowed */
    bool is_folder; /* options->output is one */
    GHashTable *given; /* paths of this run -> extension of the input they came from */
    GHashTable *inputs; /* device and inode of every input */
};

/* ---- formats ---- */

static const quire_format *find_format(const char *name)
{
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++)
        if (format->writes && strcmp(format->name, name) == 0)
            return format;
    return NULL;
}

static const char *extension_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    const char *dot = strrchr(name, '.');
    return dot && dot > name ? dot + 1 : "";
}

static const quire_format *guess_format(const char *path)
{
    const char *extension = extension_of(path);
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++)
        if (format->writes && (g_ascii_strcasecmp(format->extension, extension) == 0 ||
                               g_ascii_strcasecmp(format->name, extension) == 0))
            return format;
    return NULL;
}

/* The formats asked for, else what the name of the file says, else Markdown. */
static int choose_formats(cli_names *names)
{
    const cli_options *options = names->options;
    for (guint i = 0; i < options->formats->len; i++)
        g_ptr_array_add(names->formats, options->formats->pdata[i]);
    if (names->formats->len > 0)
        return CLI_EXIT_OK;
    bool is_file = options->output && !names->is_folder && strcmp(options->output, "-") != 0;
    const quire_format *format = is_file ? guess_format(options->output) : NULL;
    if (is_file && !format && !options->stop_after && *extension_of(options->output))
        return cli_usage_error("'.%s' is not the extension of a format; name one with -t",
                               extension_of(options->output));
    g_ptr_array_add(names->formats, (void *)(format ? format->name : "markdown"));
    return CLI_EXIT_OK;
}

/* ---- places ---- */

static char *identity_of(const struct stat *info)
{
    return g_strdup_printf("%llu:%llu", (unsigned long long)info->st_dev,
                           (unsigned long long)info->st_ino);
}

static int note_inputs(cli_names *names)
{
    bool has_stdin = false;
    for (int i = 0; i < names->options->operand_count; i++) {
        const char *path = names->options->operands[i];
        struct stat info;
        if (strcmp(path, "-") != 0) {
            if (stat(path, &info) == 0 && S_ISREG(info.st_mode))
                g_hash_table_add(names->inputs, identity_of(&info));
        } else if (has_stdin) {
            return cli_usage_error("standard input can be read only once");
        } else {
            has_stdin = true;
        }
    }
    return CLI_EXIT_OK;
}

static bool is_input(const cli_names *names, const char *path)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return false;
    g_autofree char *identity = identity_of(&info);
    return g_hash_table_contains(names->inputs, identity);
}

static int refuse_path(const char *path, int code)
{
    cli_usage_error("%s: %s", path, g_strerror(code));
    return CLI_EXIT_IO;
}

/* A file that is to be written: not an input, in a folder that is there. */
static int check_file(const cli_names *names, const char *path)
{
    if (is_input(names, path))
        return cli_usage_error("%s: this is the input; it would be overwritten", path);
    g_autofree char *folder = g_path_get_dirname(path);
    if (access(path, F_OK) != 0 && access(folder, W_OK) != 0)
        return refuse_path(folder, errno);
    return CLI_EXIT_OK;
}

static int check_folder(const char *path)
{
    if (g_mkdir_with_parents(path, 0777) != 0)
        return refuse_path(path, errno);
    return access(path, W_OK | X_OK) == 0 ? CLI_EXIT_OK : refuse_path(path, errno);
}

static int check_place(cli_names *names)
{
    const cli_options *options = names->options;
    const char *output = options->output;
    bool is_several = options->operand_count > 1 || names->formats->len > 1;
    bool is_stdout = !output || strcmp(output, "-") == 0;
    if (is_several && is_stdout)
        return cli_usage_error("%s need a folder to go to: -o DIR",
                               options->operand_count > 1 ? "several files" : "several formats");
    if (is_stdout)
        return CLI_EXIT_OK;
    if (is_several && !names->is_folder && access(output, F_OK) == 0)
        return cli_usage_error("%s: is not a folder, and there is more than one file to write",
                               output);
    names->is_folder |= is_several;
    return names->is_folder ? check_folder(output) : check_file(names, output);
}

static int prepare(cli_names *names)
{
    const cli_options *options = names->options;
    if (options->operand_count == 0)
        return cli_usage_error("no input; name a file, or - for standard input ('quire --help')");
    const char *output = options->output;
    names->is_folder =
        output && (g_str_has_suffix(output, "/") || g_file_test(output, G_FILE_TEST_IS_DIR));
    int code = note_inputs(names);
    if (code == CLI_EXIT_OK && options->operand_count > 1 && output && strcmp(output, "-") != 0 &&
        !g_file_test(output, G_FILE_TEST_EXISTS))
        names->is_folder = true;
    if (code == CLI_EXIT_OK)
        code = choose_formats(names);
    return code == CLI_EXIT_OK ? check_place(names) : code;
}

cli_names *cli_names_new(const cli_options *options, int *code)
{
    cli_names *names = g_new0(cli_names, 1);
    names->options = options;
    names->formats = g_ptr_array_new();
    names->given = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
    names->inputs = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    *code = prepare(names);
    if (*code == CLI_EXIT_OK)
        return names;
    cli_names_free(names);
    return NULL;
}

void cli_names_free(cli_names *names)
{
    if (!names)
        return;
    g_ptr_array_free(names->formats, TRUE);
    g_hash_table_destroy(names->given);
    g_hash_table_destroy(names->inputs);
    g_free(names);
}

size_t cli_names_format_count(const cli_names *names)
{
    return names->formats->len;
}

const char *cli_names_format(const cli_names *names, size_t index)
{
    return names->formats->pdata[index];
}

bool cli_names_in_parts(const cli_names *names, size_t index)
{
    return names->is_folder && !names->options->stop_after &&
           find_format(names->formats->pdata[index])->parts;
}

/* ---- names in a folder ---- */

/* "report" of "dir/report.pdf"; "stdin" of "-". */
static char *stem_of(const char *input)
{
    if (strcmp(input, "-") == 0)
        return g_strdup("stdin");
    g_autofree char *name = g_path_get_basename(input);
    const char *extension = extension_of(name);
    return g_strndup(name, strlen(name) - (*extension ? strlen(extension) + 1 : 0));
}

/* What stands behind the stem: "md", and "json.docling" style where formats share an extension. */
static char *ending_of(const cli_names *names, size_t index)
{
    if (names->options->stop_after)
        return g_strdup_printf("%s.txt", names->options->stop_after);
    const quire_format *format = find_format(names->formats->pdata[index]);
    for (guint i = 0; i < names->formats->len; i++) {
        const quire_format *other = find_format(names->formats->pdata[i]);
        if (i != index && strcmp(other->extension, format->extension) == 0)
            return g_strdup_printf("%s.%s", format->name, format->extension);
    }
    return g_strdup(format->extension);
}

/* True when the path is free; it is taken then. */
static bool take(cli_names *names, const char *path, const char *extension)
{
    if (g_hash_table_contains(names->given, path) || is_input(names, path))
        return false;
    g_hash_table_insert(names->given, g_strdup(path), g_strdup(extension));
    return true;
}

/* a/x.pdf, b/x.odt and c/x.pdf go to x.md, x.odt.md and x-2.md. */
static char *path_in_folder(cli_names *names, const char *input, const char *ending)
{
    const char *folder = names->options->output, *extension = extension_of(input);
    g_autofree char *stem = stem_of(input);
    g_autofree char *name = g_strdup_printf("%s.%s", stem, ending);
    char *path = g_build_filename(folder, name, NULL);
    if (take(names, path, extension))
        return path;
    const char *holder = g_hash_table_lookup(names->given, path);
    if (holder && *extension && strcmp(holder, extension) != 0) {
        g_autofree char *longer = g_strdup_printf("%s.%s.%s", stem, extension, ending);
        g_free(path);
        path = g_build_filename(folder, longer, NULL);
        if (take(names, path, extension))
            return path;
    }
    for (int number = 2;; number++) {
        g_autofree char *numbered = g_strdup_printf("%s-%d.%s", stem, number, ending);
        g_free(path);
        path = g_build_filename(folder, numbered, NULL);
        if (take(names, path, extension))
            return path;
    }
}

char *cli_names_path(cli_names *names, const char *input, size_t format)
{
    const char *output = names->options->output;
    if (!output || strcmp(output, "-") == 0)
        return NULL;
    if (!names->is_folder)
        return g_strdup(output);
    g_autofree char *ending = ending_of(names, format);
    return path_in_folder(names, input, ending);
}
