/*
 * The fields of a document as one row of comma-separated values (RFC 4180) below a row of their
 * names: a table with a row for each document, once the rows of many are put together
 * (`quire fields`). The first column is the document.
 */
#include "exporters/inner.h"

#include <string.h>

static void append_cell(GString *out, const char *text)
{
    if (!strpbrk(text, ",\"\r\n")) {
        g_string_append(out, text);
        return;
    }
    g_string_append_c(out, '"');
    for (; *text; text++) {
        if (*text == '"')
            g_string_append_c(out, '"');
        g_string_append_c(out, *text);
    }
    g_string_append_c(out, '"');
}

static const char *value_of(const quire_field *field)
{
    static const char *const states[] = {
        [QUIRE_STATE_NONE] = NULL,
        [QUIRE_STATE_SELECTED] = "yes",
        [QUIRE_STATE_UNSELECTED] = "no",
        [QUIRE_STATE_INDETERMINATE] = "",
    };
    const char *state = quire_field_is_yes_or_no(field) ? states[field->state] : NULL;
    return state ? state : field->value ? field->value : "";
}

/* Of fields that share a name the values stand on lines of one cell. */
static void append_values(GString *row, const GPtrArray *group)
{
    g_autoptr(GString) cell = g_string_new(NULL);
    for (guint i = 0; i < group->len; i++) {
        if (i > 0)
            g_string_append_c(cell, '\n');
        g_string_append(cell, value_of(g_ptr_array_index(group, i)));
    }
    append_cell(row, cell->str);
}

static void end(quire_export *job)
{
    const char *file = job->document->input_name;
    g_autoptr(GPtrArray) groups = quire_fields_by_key(job->document);
    g_autoptr(GString) head = g_string_new("file"), row = g_string_new(NULL);
    append_cell(row, file ? file : "");
    for (guint i = 0; i < groups->len; i++) {
        const GPtrArray *group = g_ptr_array_index(groups, i);
        g_string_append_c(head, ',');
        g_string_append_c(row, ',');
        append_cell(head, quire_field_key(g_ptr_array_index(group, 0)));
        append_values(row, group);
    }
    quire_sink_write(job->sink, head->str, head->len);
    quire_sink_text(job->sink, "\r\n");
    quire_sink_write(job->sink, row->str, row->len);
    quire_sink_text(job->sink, "\r\n");
}

const quire_exporter quire_fields_csv_exporter = {
    .name = "fields-csv",
    .extension = "fields.csv",
    .media_type = "text/csv",
    .summary = "the values of all fields as one row below their names",
    .end = end,
};
