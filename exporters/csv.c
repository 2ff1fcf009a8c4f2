/*
 * The tables alone, as comma-separated values (RFC 4180): one record a row, CRLF at its end, a
 * field in quotes where it holds a comma, a quote or a line feed. The text of a cell that spans
 * stands in its first place. Tables are files of their own, or follow each other with an empty
 * line; one that goes on over pages is one table, its header written once.
 */
#include "exporters/inner.h"

#include <string.h>

typedef struct csv_state {
    bool begun; /* a table was written */
    uint32_t columns; /* of it */
    char id[sizeof((quire_element){0}).id];
} csv_state;

static void write_field(quire_sink *sink, quire_text text)
{
    bool is_plain = true;
    for (size_t i = 0; i < text.size && is_plain; i++)
        is_plain = !memchr(",\"\r\n", text.data[i], 4);
    if (is_plain) {
        quire_sink_write(sink, text.data, text.size);
        return;
    }
    quire_sink_write(sink, "\"", 1);
    for (size_t i = 0; i < text.size; i++) {
        if (text.data[i] == '"')
            quire_sink_write(sink, "\"", 1);
        quire_sink_write(sink, text.data + i, 1);
    }
    quire_sink_write(sink, "\"", 1);
}

/* A table that continues the one before goes on with its records. */
static bool continues(const csv_state *state, const quire_table *table)
{
    return state->begun && table->continued_from && table->columns == state->columns &&
           strcmp(table->continued_from, state->id) == 0;
}

/* The next table goes to a file of its own, or behind an empty line. */
static void end_table(quire_export *job)
{
    if (!quire_sink_flush(job->sink) || !job->options->next_part ||
        !job->options->next_part(job->user))
        quire_sink_text(job->sink, "\r\n");
}

static void write_table(quire_export *job, const quire_element *element)
{
    csv_state *state = job->state;
    const quire_table *table = element->table;
    g_autofree const quire_cell **grid = table ? quire_table_grid(table) : NULL;
    if (!grid)
        return;
    bool goes_on = continues(state, table);
    if (state->begun && !goes_on)
        end_table(job);
    state->begun = true;
    state->columns = table->columns;
    memcpy(state->id, element->id, sizeof state->id);
    size_t first = goes_on ? (size_t)table->repeated_rows * table->columns : 0;
    for (size_t i = first; i < (size_t)table->rows * table->columns; i++) {
        if (i % table->columns)
            quire_sink_write(job->sink, ",", 1);
        if (grid[i])
            write_field(job->sink, quire_cell_text(element, grid[i]));
        if ((i + 1) % table->columns == 0)
            quire_sink_text(job->sink, "\r\n");
    }
}

static void write_held(quire_export *job)
{
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER && walk.element->type == QUIRE_TABLE &&
            quire_export_shows(job->options, walk.element))
            write_table(job, walk.element);
    }
}

const quire_exporter quire_csv_exporter = {
    .name = "csv",
    .extension = "csv",
    .media_type = "text/csv",
    .summary = "the tables as comma-separated values; in a folder, one file for each",
    .state_size = sizeof(csv_state),
    .streams = true,
    .parts = true,
    .page = write_held,
    .end = write_held,
};
