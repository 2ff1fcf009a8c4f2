/*
 * quire completions: what the shells need to know, made from the option table.
 */
#include "cli/cli.h"

#include <string.h>

/* ---- bash ---- */

static void append_bash_words(GString *out, const cli_command *command)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!(option->commands & command->bit))
            continue;
        g_string_append_printf(out, " --%s", option->name);
        if (option->letter)
            g_string_append_printf(out, " -%c", option->letter);
    }
}

static bool append_values(GString *out, const cli_option *option, const char *separator)
{
    char *value;
    size_t count = 0;
    for (; (value = cli_option_value_at(option, count)); count++) {
        g_string_append_printf(out, "%s%s", count ? separator : "", value);
        g_free(value);
    }
    return count > 0;
}

static void append_bash_values(GString *out)
{
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        g_autoptr(GString) values = g_string_new(NULL);
        if (!option->argument)
            continue;
        g_string_append_printf(out, "    --%s", option->name);
        if (option->letter)
            g_string_append_printf(out, "|-%c", option->letter);
        if (append_values(values, option, " "))
            g_string_append_printf(
                out, ") mapfile -t COMPREPLY < <(compgen -W \"%s\" -- \"$word\"); return ;;\n",
                values->str);
        else if (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "PATH") == 0)
            g_string_append(out,
                            ") mapfile -t COMPREPLY < <(compgen -f -- \"$word\"); return ;;\n");
        else
            g_string_append(out, ") return ;;\n");
    }
}

static void append_command_names(GString *out)
{
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        g_string_append_printf(out, "%s%s", i ? " " : "", command->name);
}

static void append_bash(GString *out)
{
    g_string_append(out,
                    "# bash completion for quire\n"
                    "_quire() {\n"
                    "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]}\n"
                    "    local command=convert commands=\"");
    append_command_names(out);
    g_string_append(out,
                    "\" options\n"
                    "    [[ \" $commands \" == *\" ${COMP_WORDS[1]} \"* && $COMP_CWORD -gt 1 ]] &&"
                    " command=${COMP_WORDS[1]}\n"
                    "    case $before in\n");
    append_bash_values(out);
    g_string_append(out, "    esac\n    case $command in\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        g_string_append_printf(out, "    %s) options=\"", command->name);
        append_bash_words(out, command);
        g_string_append(out, "\" ;;\n");
    }
    g_string_append(
        out,
        "    esac\n"
        "    if [[ $word == -* ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$word\")\n"
        "    elif [[ $command == completions ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"bash zsh fish\" -- \"$word\")\n"
        "    elif [[ $command == help ]]; then\n"
        "        mapfile -t COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
        "    else\n"
        "        mapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
        "        [[ $COMP_CWORD -eq 1 ]] &&"
        " mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W \"$commands\" -- \"$word\")\n"
        "    fi\n"
        "}\n"
        "complete -o filenames -F _quire quire\n");
}

/* ---- zsh ---- */

/* Characters that end a part of an _arguments specification. */
static void append_zsh_text(GString *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            g_string_append(out, "'\\''");
        else if (strchr("[]:\\", *text))
            g_string_append_printf(out, "\\%c", *text);
        else
            g_string_append_c(out, *text);
    }
}

static void append_zsh_option(GString *out, const cli_option *option)
{
    g_autoptr(GString) values = g_string_new(NULL);
    if (option->letter)
        g_string_append_printf(out, "        {-%c,--%s}'[", option->letter, option->name);
    else
        g_string_append_printf(out, "        '--%s[", option->name);
    append_zsh_text(out, option->summary);
    g_string_append_c(out, ']');
    if (option->argument) {
        g_string_append_printf(out, ":%s:", option->argument);
        if (append_values(values, option, " "))
            g_string_append_printf(out, "(%s)", values->str);
        else if (strcmp(option->argument, "FILE") == 0 || strcmp(option->argument, "PATH") == 0)
            g_string_append(out, "_files");
    }
    g_string_append(out, "' \\\n");
}

static void append_zsh_command(GString *out, const cli_command *command)
{
    g_string_append_printf(out, "    %s) _arguments -s -S \\\n", command->name);
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        if (option->commands & command->bit)
            append_zsh_option(out, option);
    g_string_append(out, command->bit == CLI_COMPLETIONS ? "        '*:shell:(bash zsh fish)' ;;\n"
                         : command->bit == CLI_HELP      ? "        '*:command:($commands)' ;;\n"
                                                         : "        '*:file:_files' ;;\n");
}

static void append_zsh(GString *out)
{
    g_string_append(out, "#compdef quire\n"
                         "_quire() {\n"
                         "    local command=convert\n"
                         "    local -a commands=(");
    append_command_names(out);
    g_string_append(out, ")\n"
                         "    if (( CURRENT == 2 )) && [[ $words[2] != -* ]]; then\n"
                         "        _alternative 'commands:command:($commands)' 'files:file:_files'\n"
                         "        return\n"
                         "    fi\n"
                         "    if (( ${commands[(Ie)$words[2]]} )); then\n"
                         "        command=$words[2]\n"
                         "        shift words\n"
                         "        (( CURRENT-- ))\n"
                         "    fi\n"
                         "    case $command in\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        append_zsh_command(out, command);
    g_string_append(
        out,
        "    esac\n}\n"
        "if [ \"$funcstack[1]\" = _quire ]; then _quire \"$@\"; else compdef _quire quire; fi\n");
}

/* ---- fish ---- */

static void append_fish_condition(GString *out, const cli_option *option)
{
    const cli_command *command;
    if (option->commands == CLI_EVERY)
        return;
    if (option->commands & CLI_CONVERT) { /* the bare form is convert */
        g_string_append(out, " -n 'not __fish_seen_subcommand_from");
        for (size_t i = 0; (command = cli_command_at(i)); i++)
            if (!(option->commands & command->bit))
                g_string_append_printf(out, " %s", command->name);
    } else {
        g_string_append(out, " -n '__fish_seen_subcommand_from");
        for (size_t i = 0; (command = cli_command_at(i)); i++)
            if (option->commands & command->bit)
                g_string_append_printf(out, " %s", command->name);
    }
    g_string_append_c(out, '\'');
}

static void append_fish_quoted(GString *out, const char *text)
{
    g_string_append(out, " -d '");
    for (; *text; text++) {
        if (*text == '\'' || *text == '\\')
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '\'');
}

static void append_fish_option(GString *out, const cli_option *option)
{
    g_autoptr(GString) values = g_string_new(NULL);
    g_string_append(out, "complete -c quire");
    append_fish_condition(out, option);
    g_string_append_printf(out, " -l %s", option->name);
    if (option->letter)
        g_string_append_printf(out, " -s %c", option->letter);
    if (option->argument && append_values(values, option, " "))
        g_string_append_printf(out, " -x -a '%s'", values->str);
    else if (option->argument)
        g_string_append(out, " -r");
    append_fish_quoted(out, option->summary);
    g_string_append_c(out, '\n');
}

static void append_fish(GString *out)
{
    g_string_append(out, "# fish completion for quire\n");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        g_string_append_printf(out, "complete -c quire -n __fish_use_subcommand -a %s",
                               command->name);
        append_fish_quoted(out, command->summary);
        g_string_append_c(out, '\n');
    }
    g_string_append(out, "complete -c quire -n '__fish_seen_subcommand_from completions'"
                         " -f -a 'bash zsh fish'\n"
                         "complete -c quire -n '__fish_seen_subcommand_from help' -f -a '");
    append_command_names(out);
    g_string_append(out, "'\n");
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(i)); i++)
        append_fish_option(out, option);
}

/* ---- the command ---- */

static const struct {
    const char *name;
    void (*append)(GString *out);
} shells[] = {{"bash", append_bash}, {"zsh", append_zsh}, {"fish", append_fish}};

int cli_completions(const cli_options *options)
{
    g_autoptr(GString) text = g_string_new(NULL);
    if (options->operand_count != 1)
        return cli_usage_error("name a shell: quire completions bash|zsh|fish");
    for (size_t i = 0; i < G_N_ELEMENTS(shells); i++) {
        if (strcmp(shells[i].name, options->operands[0]) != 0)
            continue;
        shells[i].append(text);
        return cli_print(text);
    }
    return cli_usage_error("'%s' is not a shell that is known; there are bash, zsh and fish",
                           options->operands[0]);
}
