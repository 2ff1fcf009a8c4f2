/*
 * The manual page: prose that stands here, around what the tables of commands, options, examples
 * and exit codes say. docs/man/quire.1 is what `quire help --man` writes.
 */
#include "cli/cli.h"

#include <string.h>

static const cli_example examples[] = {
    {CLI_CONVERT, "quire report.pdf", "Markdown on standard output"},
    {CLI_CONVERT, "quire -t json -o report.json report.pdf", "everything that is known, as JSON"},
    {CLI_CONVERT, "quire -t markdown,json -o out report.pdf other.pdf",
     "two formats of two documents, in the folder out"},
    {CLI_CONVERT, "quire -p 2- --headers-footers keep report.pdf",
     "from the second page on, with running heads"},
    {CLI_CONVERT, "quire -t ndjson - <report.pdf | head -n 1",
     "one JSON object a line, while the document is being read"},
    {CLI_CONVERT, "quire -t viewer -o report.html report.pdf",
     "pages as pictures, and over them what was made of them, for a browser"},
    {CLI_WHY, "quire why report.pdf --at 1:100,215", "why that line is a heading"},
    {CLI_BATCH, "quire batch -q archive -o done -j 8 --resume",
     "everything in a folder, or what an earlier run has left to do"},
    {CLI_BATCH, "find archive -name '*.pdf' -print0 | quire batch -q -0 - -o json -t json",
     "a list of paths, as JSON"},
    {CLI_MERGE, "quire merge -q --verify done archive",
     "was all of it done, and is every output what was written?"},
    {CLI_FIELDS, "quire fields -o answers.csv report.pdf other.pdf",
     "a row for each form, a column for each of its fields"},
    {CLI_TEMPLATE, "quire template learn form.pdf -o form.json",
     "what the copies have in common, and where the answers stand"},
    {CLI_INSPECT, "quire inspect report.pdf other.pdf", "a line about each document"},
    {CLI_INSPECT, "quire inspect --needs-ocr report.pdf || quire report.pdf",
     "convert what can be read without recognition"},
};

const cli_example *cli_example_at(size_t index)
{
    return index < G_N_ELEMENTS(examples) ? &examples[index] : NULL;
}

static const char description[] =
    "reads documents and writes what they say, with their structure: headings,\n"
    "paragraphs, lists and tables, in the order in which people read them.\n"
    "Without a command it converts: \\fBquire FILE\\fR prints Markdown.\n"
    ".PP\n"
    "Standard output carries the document and nothing else; all else goes to\n"
    "standard error, one line a thing. Output files appear under their name only\n"
    "when they are complete, an input is never written over, and two inputs never\n"
    "go to one file. The same input, options and version give the same bytes.\n"
    ".PP\n"
    "A page that cannot be read does not stop its document, and a document that\n"
    "cannot be read does not stop the others.";

static const char files[] =
    "In a folder, a document is called as its input with the extension of the\n"
    "format: \\fIa/report.pdf\\fR becomes \\fIreport.md\\fR. Where that name is taken\n"
    "by an input of another kind, the input's extension stays\n"
    "(\\fIreport.odt.md\\fR); otherwise a number is added (\\fIreport-2.md\\fR).\n"
    "Where two formats of one run share an extension, the name of the format is\n"
    "added. Tables written as \\fBcsv\\fR are numbered, each a file of its own:\n"
    "\\fIreport-1.csv\\fR, \\fIreport-2.csv\\fR; a document without tables has none.";

static const char errors[] =
    "An error is one line: \\fBquire: FILE: what; what to do\\fR. With\n"
    "\\fB\\-\\-log\\-format json\\fR it is an object with the keys \\fIlevel\\fR (error,\n"
    "partial, severe, warning, info, progress), \\fIcode\\fR, \\fIfile\\fR, \\fIpage\\fR\n"
    "(from 1, where one is meant) and \\fImessage\\fR. A document is partial when\n"
    "something of it is missing from the output; its JSON says what, under\n"
    "\\fIissues\\fR.";

/* Text with the characters of roff's own made harmless. */
static void append_escaped(GString *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\\')
            g_string_append(out, "\\e");
        else if (*text == '-')
            g_string_append(out, "\\-");
        else
            g_string_append_c(out, *text);
    }
}

static void append_section(GString *out, const char *title, const char *text)
{
    g_string_append_printf(out, ".SH %s\n%s%s", title, text, *text ? "\n" : "");
}

static void append_synopsis(GString *out)
{
    append_section(out, "SYNOPSIS", ".B quire\n[\\fIOPTION\\fR]... \\fIFILE\\fR...");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++)
        g_string_append_printf(out, ".br\n.B quire %s\n[\\fIOPTION\\fR]...%s\\fI%s\\fR\n",
                               command->name, *command->operands ? " " : "", command->operands);
}

static void append_commands(GString *out)
{
    append_section(out, "COMMANDS", "");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        g_string_append_printf(out, ".TP\n.B %s\n", command->name);
        append_escaped(out, command->summary);
        g_string_append(out, ".\n");
    }
}

static void append_option(GString *out, const cli_option *option)
{
    g_string_append(out, ".TP\n");
    if (option->letter)
        g_string_append_printf(out, "\\fB\\-%c\\fR, ", option->letter);
    g_string_append(out, "\\fB\\-\\-");
    append_escaped(out, option->name);
    g_string_append(out, "\\fR");
    if (option->argument)
        g_string_append_printf(out, " \\fI%s\\fR", option->argument);
    g_string_append_c(out, '\n');
    append_escaped(out, option->summary);
    g_string_append(out, ".\n");
    if (option->detail) {
        append_escaped(out, option->detail);
        g_string_append_c(out, '\n');
    }
}

/* An option stands with the first command that knows it. */
static bool stands_with(const cli_option *option, cli_command_bit command)
{
    return (option->commands & command) && !(option->commands & (command - 1));
}

/* Options that stand with an earlier command are only named. */
static void append_shared_options(GString *out, cli_command_bit command)
{
    const cli_option *option;
    const char *separator = ".PP\nAlso ";
    for (size_t i = 0; (option = cli_option_at(i)); i++) {
        if (!(option->commands & command) || stands_with(option, command) ||
            option->commands == CLI_EVERY)
            continue;
        g_string_append_printf(out, "%s\\fB\\-\\-", separator);
        append_escaped(out, option->name);
        g_string_append(out, "\\fR");
        separator = ",\n";
    }
    if (*separator == ',')
        g_string_append(out, ";\nas with convert.\n");
}

static void append_options(GString *out)
{
    append_section(out, "OPTIONS", "");
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)); i++) {
        const cli_option *option;
        bool has_title = false;
        for (size_t j = 0; (option = cli_option_at(j)); j++) {
            if (!stands_with(option, command->bit))
                continue;
            if (!has_title)
                g_string_append_printf(out, ".SS %s\n", command->name);
            has_title = true;
            append_option(out, option);
        }
        append_shared_options(out, command->bit);
    }
}

static void append_formats(GString *out)
{
    append_section(out, "FORMATS", "");
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++) {
        g_string_append_printf(out, ".TP\n.B %s\n", format->name);
        g_string_append(out, format->writes ? "Written. " : "Read. ");
        append_escaped(out, format->summary);
        g_string_append(out, ".\n");
    }
}

static void append_passes(GString *out)
{
    append_section(out, "PASSES", "In this order; for \\fB\\-\\-stop\\-after\\fR.");
    const quire_pass *pass;
    for (size_t i = 0; (pass = quire_pass_at(i)); i++) {
        g_string_append_printf(out, ".TP\n.B %s\n", pass->name);
        append_escaped(out, pass->summary);
        g_string_append(out, ".\n");
    }
}

static void append_examples(GString *out)
{
    append_section(out, "EXAMPLES", "");
    const cli_example *example;
    for (size_t i = 0; (example = cli_example_at(i)); i++) {
        g_string_append(out, ".TP\n.B ");
        append_escaped(out, example->line);
        g_string_append_c(out, '\n');
        append_escaped(out, example->summary);
        g_string_append(out, ".\n");
    }
}

static void append_exits(GString *out)
{
    append_section(out, "EXIT STATUS", "");
    const cli_exit *status;
    for (size_t i = 0; (status = cli_exit_at(i)); i++) {
        g_string_append_printf(out, ".TP\n.B %d\n", status->code);
        append_escaped(out, status->summary);
        g_string_append(out, ".\n");
    }
}

void cli_manual(GString *out)
{
    g_string_append_printf(out,
                           ".\\\" Made by `quire help --man`; change cli/manual.c instead.\n"
                           ".TH QUIRE 1 \"\" \"quire %s\" \"User Commands\"\n",
                           quire_version());
    append_section(out, "NAME", "quire \\- turn PDFs into structured Markdown and JSON");
    append_synopsis(out);
    g_string_append(out, ".SH DESCRIPTION\n.B quire\n");
    g_string_append_printf(out, "%s\n", description);
    append_commands(out);
    append_options(out);
    append_formats(out);
    append_passes(out);
    append_section(out, "NAMES OF OUTPUT FILES", files);
    append_section(out, "ERRORS", errors);
    append_exits(out);
    append_examples(out);
    append_section(out, "SEE ALSO", ".BR pdftotext (1),\n.BR qpdf (1)");
}
