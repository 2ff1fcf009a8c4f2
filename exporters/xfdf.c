/*
 * Form data as XFDF (ISO 19444-1): what FDF says, in XML. White space counts, so that nothing but
 * the elements themselves stands around values.
 */
#include "exporters/field_tree.h"

#include <string.h>

/* XML 1.0 has no place for control characters. */
static void append_text(GString *out, const char *text)
{
    size_t size = strlen(text);
    for (size_t at = 0; at < size;) {
        size_t start = at;
        uint32_t c = quire_utf8_next(text, size, &at);
        const char *entity = c == '&'    ? "&amp;"
                             : c == '<'  ? "&lt;"
                             : c == '>'  ? "&gt;"
                             : c == '"'  ? "&quot;"
                             : c == '\r' ? "&#13;"
                                         : NULL;
        bool barred = (c < ' ' && c != '\n' && c != '\t') || c == 0xFFFE || c == 0xFFFF;
        if (entity)
            g_string_append(out, entity);
        else if (!barred)
            g_string_append_len(out, text + start, (gssize)(at - start));
    }
}

static void append_one(GString *out, const char *value)
{
    g_string_append(out, "<value>");
    append_text(out, value);
    g_string_append(out, "</value>");
}

static void append_value(GString *out, const quire_field *field)
{
    const char *sent = quire_field_sent(field);
    if (!field->multi_select) {
        append_one(out, sent);
        return;
    }
    g_auto(GStrv) lines = g_strsplit(sent, "\n", -1);
    for (char **line = lines; *line; line++)
        append_one(out, *line);
}

static void append_node(GString *out, const field_node *node)
{
    g_string_append(out, "<field name=\"");
    append_text(out, node->part);
    g_string_append(out, "\">");
    if (node->field)
        append_value(out, node->field);
    for (guint i = 0; i < node->kids->len; i++)
        append_node(out, g_ptr_array_index(node->kids, i));
    g_string_append(out, "</field>\n");
}

static void end(quire_export *job)
{
    field_node *root = quire_field_tree_new(job->document);
    g_autoptr(GString) out = g_string_new(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<xfdf xmlns=\"http://ns.adobe.com/xfdf/\" xml:space=\"preserve\">\n<fields>\n");
    for (guint i = 0; i < root->kids->len; i++)
        append_node(out, g_ptr_array_index(root->kids, i));
    g_string_append(out, "</fields>\n");
    if (job->document->input_name) {
        g_string_append(out, "<f href=\"");
        append_text(out, job->document->input_name);
        g_string_append(out, "\"/>\n");
    }
    g_string_append(out, "</xfdf>\n");
    quire_sink_write(job->sink, out->str, out->len);
    quire_field_tree_free(root);
}

const quire_exporter quire_xfdf_exporter = {
    .name = "xfdf",
    .extension = "xfdf",
    .media_type = "application/vnd.adobe.xfdf",
    .summary = "the values of a form's own fields, as XFDF",
    .end = end,
};
