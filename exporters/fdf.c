/*
 * Form data as FDF (PDF 32000-1, 12.7.8): the values of the fields of the file's own form, to fill
 * the same form with elsewhere. Text is ASCII, or UTF-16 in hexadecimal digits.
 */
#include "exporters/field_tree.h"

#include <string.h>

static bool is_plain(const char *text)
{
    for (; *text; text++)
        if ((unsigned char)*text < ' ' || (unsigned char)*text > '~')
            return false;
    return true;
}

static void append_wide(GString *out, const char *text)
{
    size_t size = strlen(text);
    g_string_append(out, "<FEFF");
    for (size_t at = 0; at < size;) {
        uint32_t c = quire_utf8_next(text, size, &at);
        if (c >= 0x10000)
            g_string_append_printf(out, "%04X%04X", 0xD800 + ((c - 0x10000) >> 10),
                                   0xDC00 + ((c - 0x10000) & 0x3FF));
        else
            g_string_append_printf(out, "%04X", c);
    }
    g_string_append_c(out, '>');
}

static void append_string(GString *out, const char *text)
{
    if (!is_plain(text)) {
        append_wide(out, text);
        return;
    }
    g_string_append_c(out, '(');
    for (; *text; text++) {
        if (strchr("()\\", *text))
            g_string_append_c(out, '\\');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, ')');
}

/* 7.3.5: what is not regular goes as # and two digits. */
static void append_name(GString *out, const char *name)
{
    g_string_append_c(out, '/');
    for (; *name; name++) {
        if (g_ascii_isalnum(*name) || strchr("_-.+", *name))
            g_string_append_c(out, *name);
        else
            g_string_append_printf(out, "#%02X", (unsigned char)*name);
    }
}

static void append_several(GString *out, const char *values)
{
    g_auto(GStrv) lines = g_strsplit(values, "\n", -1);
    g_string_append_c(out, '[');
    for (char **line = lines; *line; line++)
        append_string(out, *line);
    g_string_append_c(out, ']');
}

static void append_value(GString *out, const quire_field *field)
{
    const char *sent = quire_field_sent(field);
    g_string_append(out, " /V ");
    if (field->type == QUIRE_FIELD_CHECKBOX || field->type == QUIRE_FIELD_RADIO)
        append_name(out, sent);
    else if (field->multi_select && strchr(sent, '\n'))
        append_several(out, sent);
    else
        append_string(out, sent);
}

static void append_node(GString *out, const field_node *node, int depth)
{
    g_string_append_printf(out, "%*s<< /T ", depth, "");
    append_string(out, node->part);
    if (node->field)
        append_value(out, node->field);
    if (node->kids->len > 0) {
        g_string_append(out, " /Kids [\n");
        for (guint i = 0; i < node->kids->len; i++)
            append_node(out, g_ptr_array_index(node->kids, i), depth + 1);
        g_string_append_printf(out, "%*s]", depth, "");
    }
    g_string_append(out, " >>\n");
}

static void end(quire_export *job)
{
    field_node *root = quire_field_tree_new(job->document);
    g_autoptr(GString) out = g_string_new("%FDF-1.2\n1 0 obj\n<< /FDF <<");
    if (job->document->input_name) {
        g_string_append(out, " /F ");
        append_string(out, job->document->input_name);
    }
    g_string_append(out, " /Fields [\n");
    for (guint i = 0; i < root->kids->len; i++)
        append_node(out, g_ptr_array_index(root->kids, i), 1);
    g_string_append(out, "] >> >>\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n");
    quire_sink_write(job->sink, out->str, out->len);
    quire_field_tree_free(root);
}

const quire_exporter quire_fdf_exporter = {
    .name = "fdf",
    .extension = "fdf",
    .media_type = "application/vnd.fdf",
    .summary = "the values of a form's own fields, as FDF",
    .end = end,
};
