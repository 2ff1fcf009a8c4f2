/*
 * quire formats, quire schema: what can be written and read, from the lists of the library.
 */
#include "cli/cli.h"

static void append_formats(GString *text, bool written)
{
    g_string_append(text, written ? "Written (-t):\n" : "\nRead:\n");
    const quire_format *format;
    for (size_t i = 0; (format = quire_format_at(i)); i++)
        if (written ? format->writes : format->reads)
            g_string_append_printf(text, "  %-10s .%-8s %-24s %s\n", format->name,
                                   format->extension, format->media_type, format->summary);
}

int cli_formats(const cli_options *options)
{
    if (options->operand_count > 0)
        return cli_usage_error("formats takes no file");
    g_autoptr(GString) text = g_string_new(NULL);
    append_formats(text, true);
    append_formats(text, false);
    return cli_print(text);
}

int cli_schema(const cli_options *options)
{
    if (options->operand_count > 0)
        return cli_usage_error("schema takes no file");
    g_autoptr(GString) text = g_string_new(quire_schema());
    return cli_print(text);
}
