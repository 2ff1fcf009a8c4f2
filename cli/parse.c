/*
 * Reads the command line against the option table: --name VALUE, --name=VALUE, -x VALUE, -xVALUE,
 * several letters after one dash. Options and files may stand in any order; behind "--" everything
 * is a file, and "-" always is one.
 */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>

typedef struct words {
    const cli_command *command;
    int count, at;
    char **word;
} words;

static void *field(cli_options *options, const cli_option *option)
{
    return (char *)options + option->offset;
}

/* ---- finding options ---- */

static bool belongs(const cli_option *option, const cli_command *command)
{
    return (option->commands & command->bit) != 0;
}

static const cli_option *find_name(const char *name, size_t size, const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (belongs(option, command) && strlen(option->name) == size &&
            memcmp(option->name, name, size) == 0)
            return option;
    return NULL;
}

static const cli_option *find_letter(char letter, const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (belongs(option, command) && option->letter == letter)
            return option;
    return NULL;
}

static int refuse_unknown(const cli_command *command, const char *word)
{
    g_autofree char *name = g_strndup(word, strcspn(word, "="));
    g_autoptr(GPtrArray) names = g_ptr_array_new();
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (strcmp(option->name, name) == 0) {
            const cli_command *other;
            for (size_t j = 0; (other = cli_command_at(j)); j++)
                if (belongs(option, other))
                    return cli_usage_error("--%s is an option of 'quire %s', not of 'quire %s'",
                                           name, other->name, command->name);
        }
        if (belongs(option, command))
            g_ptr_array_add(names, (void *)option->name);
    }
    g_ptr_array_add(names, NULL);
    const char *nearest = cli_nearest(name, (const char *const *)names->pdata);
    if (nearest)
        return cli_usage_error("unknown option --%s; did you mean --%s?", name, nearest);
    return cli_usage_error("unknown option --%s; see 'quire help %s'", name, command->name);
}

/* ---- values ---- */

static int refuse_value(const cli_option *option, const char *value)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    char *name;
    for (size_t i = 0; (name = cli_option_value_at(option, i)); i++)
        g_ptr_array_add(names, name);
    g_ptr_array_add(names, NULL);
    const char *nearest = cli_nearest(value, (const char *const *)names->pdata);
    if (nearest)
        return cli_usage_error("--%s: '%s' is not known; did you mean %s?", option->name, value,
                               nearest);
    g_autofree char *all = g_strjoinv(", ", (char **)names->pdata);
    return cli_usage_error("--%s: '%s' is not known; there are %s", option->name, value, all);
}

/* 1 for the first name that the option knows; 0: not known. */
static int choice_of(const cli_option *option, const char *value)
{
    int found = 0;
    char *name;
    for (size_t i = 0; !found && (name = cli_option_value_at(option, i)); i++) {
        found = strcmp(name, value) == 0 ? (int)i + 1 : 0;
        g_free(name);
    }
    return found;
}

static int set_choice(cli_options *options, const cli_option *option, const char *value)
{
    int choice = choice_of(option, value);
    if (!choice)
        return refuse_value(option, value);
    if (option->kind == CLI_PASS)
        *(const char **)field(options, option) = value;
    else
        *(int *)field(options, option) = choice;
    return CLI_EXIT_OK;
}

static int add_formats(cli_options *options, const cli_option *option, const char *value)
{
    g_auto(GStrv) names = g_strsplit(value, ",", -1);
    for (char **name = names; *name; name++) {
        if (!choice_of(option, *name))
            return refuse_value(option, *name);
        if (!g_ptr_array_find_with_equal_func(options->formats, *name, g_str_equal, NULL))
            g_ptr_array_add(options->formats, g_strdup(*name));
    }
    return CLI_EXIT_OK;
}

static int set_seconds(cli_options *options, const cli_option *option, const char *value)
{
    char *end;
    double seconds = g_ascii_strtod(value, &end);
    if (end == value || *end != '\0' || !(seconds > 0 && seconds < 1e9))
        return cli_usage_error("--%s: '%s' is not a number of seconds above 0", option->name,
                               value);
    *(double *)field(options, option) = seconds;
    return CLI_EXIT_OK;
}

static int set_count(cli_options *options, const cli_option *option, const char *value)
{
    guint64 count;
    if (!g_ascii_string_to_unsigned(value, 10, 1, UINT32_MAX, &count, NULL))
        return cli_usage_error("--%s: '%s' is not a number above 0", option->name, value);
    *(uint64_t *)field(options, option) = count;
    return CLI_EXIT_OK;
}

static int set_size(cli_options *options, const cli_option *option, const char *value)
{
    static const char units[] = "KMG";
    size_t length = strlen(value);
    const char *unit = length > 1 ? strchr(units, g_ascii_toupper(value[length - 1])) : NULL;
    int shift = unit ? 10 * (int)(unit - units + 1) : 0;
    g_autofree char *digits = g_strndup(value, length - (unit != NULL));
    guint64 count;
    if (!g_ascii_string_to_unsigned(digits, 10, 1, UINT64_MAX >> shift, &count, NULL))
        return cli_usage_error("--%s: '%s' is not a size; write it like 500K, 20M or 1G",
                               option->name, value);
    *(uint64_t *)field(options, option) = count << shift;
    return CLI_EXIT_OK;
}

static int set_text(cli_options *options, const cli_option *option, const char *value)
{
    *(const char **)field(options, option) = value;
    return CLI_EXIT_OK;
}

static int add_text(cli_options *options, const cli_option *option, const char *value)
{
    GPtrArray *list = *(GPtrArray **)field(options, option);
    g_ptr_array_insert(list, (gint)list->len - 1, (void *)value); /* the last one is NULL */
    return CLI_EXIT_OK;
}

static int set_value(cli_options *options, const cli_option *option, const char *value)
{
    static int (*const setters[])(cli_options *, const cli_option *, const char *) = {
        [CLI_TEXT] = set_text,   [CLI_CHOICE] = set_choice,   [CLI_FORMATS_LIST] = add_formats,
        [CLI_PASS] = set_choice, [CLI_SECONDS] = set_seconds, [CLI_COUNT] = set_count,
        [CLI_SIZE] = set_size,   [CLI_LIST] = add_text,
    };
    if (*value == '\0')
        return cli_usage_error("--%s needs a value that is not empty", option->name);
    return setters[option->kind](options, option, value);
}

static int set_flag(cli_options *options, const cli_option *option)
{
    int *flag = field(options, option);
    if (option->kind == CLI_FLAG) {
        *flag += *flag < 9;
        return CLI_EXIT_OK;
    }
    if (*flag && *flag != option->value)
        return cli_usage_error("--%s: one question at a time", option->name);
    *flag = option->value;
    return CLI_EXIT_OK;
}

/* ---- words ---- */

/* `value` is what stands with the option itself, NULL: nothing. */
static int apply(words *line, cli_options *options, const cli_option *option, const char *value)
{
    if (!value && line->at + 1 < line->count)
        value = line->word[++line->at];
    if (!value)
        return cli_usage_error("--%s needs a value: --%s %s", option->name, option->name,
                               option->argument);
    return set_value(options, option, value);
}

static int read_long(words *line, cli_options *options, const char *word)
{
    const char *equals = strchr(word, '=');
    size_t size = equals ? (size_t)(equals - word) : strlen(word);
    const cli_option *option = find_name(word, size, line->command);
    if (!option)
        return refuse_unknown(line->command, word);
    if (option->argument)
        return apply(line, options, option, equals ? equals + 1 : NULL);
    if (equals)
        return cli_usage_error("--%s takes no value", option->name);
    return set_flag(options, option);
}

static int read_letters(words *line, cli_options *options, const char *letters)
{
    for (; *letters; letters++) {
        const cli_option *option = find_letter(*letters, line->command);
        if (!option)
            return cli_usage_error("unknown option -%c; see 'quire help %s'", *letters,
                                   line->command->name);
        if (option->argument)
            return apply(line, options, option, letters[1] ? letters + 1 : NULL);
        int code = set_flag(options, option);
        if (code != CLI_EXIT_OK)
            return code;
    }
    return CLI_EXIT_OK;
}

int cli_options_parse(cli_options *options, const cli_command *command, int argc, char **argv)
{
    *options = (cli_options){.formats = g_ptr_array_new_with_free_func(g_free)};
    options->operands = g_new0(char *, (gsize)argc + 1);
    options->includes = g_ptr_array_new();
    options->excludes = g_ptr_array_new();
    g_ptr_array_add(options->includes, NULL);
    g_ptr_array_add(options->excludes, NULL);
    words line = {command, argc, 0, argv};
    bool only_files = false;
    for (; line.at < argc; line.at++) {
        char *word = argv[line.at];
        int code = CLI_EXIT_OK;
        if (only_files || word[0] != '-' || word[1] == '\0')
            options->operands[options->operand_count++] = word;
        else if (strcmp(word, "--") == 0)
            only_files = true;
        else if (word[1] == '-')
            code = read_long(&line, options, word + 2);
        else
            code = read_letters(&line, options, word + 1);
        if (code != CLI_EXIT_OK)
            return code;
    }
    return CLI_EXIT_OK;
}

void cli_options_clear(cli_options *options)
{
    g_ptr_array_free(options->formats, TRUE);
    g_ptr_array_free(options->includes, TRUE);
    g_ptr_array_free(options->excludes, TRUE);
    g_free(options->operands);
}
