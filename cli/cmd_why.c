/*
 * quire why: what was made of a place on a page, and why. The whole document is converted, since
 * what a line is taken for hangs on the pages around it.
 */
#include "cli/cli.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

typedef struct asking {
    const cli_options *options;
    int page;
    double x, y;
    GString *line; /* of the records, not complete yet */
    GString *out;
    int found;
} asking;

/* "PAGE:X,Y" */
static bool read_place(const char *text, asking *place)
{
    char *end;
    place->page = (int)strtol(text, &end, 10);
    if (end == text || *end != ':' || place->page < 1)
        return false;
    const char *at = end + 1;
    place->x = g_ascii_strtod(at, &end);
    if (end == at || *end != ',')
        return false;
    at = end + 1;
    place->y = g_ascii_strtod(at, &end);
    return end != at && *end == '\0';
}

static bool holds_place(const asking *place, const json_t *thing)
{
    const json_t *box = json_object_get(thing, "bbox");
    double edges[4] = {0};
    for (size_t i = 0; i < 4; i++)
        edges[i] = json_number_value(json_array_get(box, i));
    return json_integer_value(json_object_get(thing, "page")) == place->page &&
           place->x >= edges[0] && place->y >= edges[1] && place->x <= edges[2] &&
           place->y <= edges[3];
}

static const char *string_of(const json_t *thing, const char *key)
{
    const char *text = json_string_value(json_object_get(thing, key));
    return text ? text : "";
}

/* Text on one line, cut where it is long. */
static void append_short(GString *out, const char *text)
{
    enum { SHOWN = 70 };
    glong length = g_utf8_strlen(text, -1);
    g_autofree char *part = g_utf8_substring(text, 0, MIN(length, SHOWN));
    g_strdelimit(part, "\n\t", ' ');
    g_string_append_printf(out, "\"%s%s\"", part, length > SHOWN ? "..." : "");
}

static void append_cells(GString *out, const asking *place, const json_t *element)
{
    size_t index;
    const json_t *cell;
    json_array_foreach(json_object_get(element, "cells"), index, cell)
    {
        json_object_set((json_t *)cell, "page", json_object_get(element, "page"));
        if (!holds_place(place, cell))
            continue;
        g_string_append_printf(
            out, "  cell of row %" JSON_INTEGER_FORMAT ", column %" JSON_INTEGER_FORMAT ", %s: ",
            json_integer_value(json_object_get(cell, "row")),
            json_integer_value(json_object_get(cell, "col")), string_of(cell, "kind"));
        append_short(out, string_of(cell, "text"));
        g_string_append_c(out, '\n');
    }
}

static void append_thing(GString *out, const asking *place, const json_t *thing)
{
    const char *text = string_of(thing, "text");
    g_string_append(out, string_of(thing, "type"));
    if (json_object_get(thing, "level"))
        g_string_append_printf(out, " %" JSON_INTEGER_FORMAT,
                               json_integer_value(json_object_get(thing, "level")));
    g_string_append_c(out, ' ');
    append_short(out, *text ? text : string_of(thing, "value"));
    char confidence[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(confidence, sizeof confidence, "%.3g",
                    json_number_value(json_object_get(thing, "confidence")));
    g_string_append_printf(out, "\n  %s, %s, confidence %s", string_of(thing, "id"),
                           string_of(thing, "source"), confidence);
    if (*string_of(thing, "layer"))
        g_string_append_printf(out, ", layer %s", string_of(thing, "layer"));
    g_string_append_c(out, '\n');
    size_t index;
    const json_t *reason;
    json_array_foreach(json_object_get(thing, "why"), index, reason)
        g_string_append_printf(out, "  - %s\n", json_string_value(reason));
    append_cells(out, place, thing);
}

static void read_record(asking *place)
{
    json_t *record = json_loadb(place->line->str, place->line->len, 0, NULL);
    const json_t *thing = json_object_get(record, "element");
    if (!thing)
        thing = json_object_get(record, "field");
    if (thing && holds_place(place, thing)) {
        place->found++;
        if (place->options->json) {
            char *text = json_dumps(thing, JSON_COMPACT);
            g_string_append_printf(place->out, "%s\n", text);
            free(text);
        } else {
            append_thing(place->out, place, thing);
        }
    }
    json_decref(record);
}

static bool take_records(void *user, const void *bytes, size_t size)
{
    asking *place = user;
    const char *text = bytes;
    while (size > 0) {
        const char *feed = memchr(text, '\n', size);
        size_t part = feed ? (size_t)(feed - text) : size;
        g_string_append_len(place->line, text, (gssize)part);
        if (feed) {
            read_record(place);
            g_string_truncate(place->line, 0);
            part++;
        }
        text += part;
        size -= part;
    }
    return true;
}

static int ask(asking *place)
{
    quire_options settings;
    g_autofree char *password = NULL;
    int code = cli_settings(place->options, &settings, &password);
    if (code != CLI_EXIT_OK)
        return code;
    const char *file = place->options->operands[0];
    quire_input input = {.path = file};
    quire_output output = {.format = "ndjson", .write = take_records, .user = place};
    quire_error error = {0};
    settings.explain = true;
    settings.hidden_text = QUIRE_REPORT;
    quire_isolated *worker = cli_worker_new(place->options);
    quire_status status = cli_worker_convert(worker, &input, &settings, &output, 1, &error);
    quire_isolated_free(worker);
    if (status > QUIRE_PARTIAL) {
        cli_report report;
        cli_report_init(&report, place->options);
        cli_report_error(&report, file, &error);
        return cli_worker_exit(status, &error);
    }
    if (place->found == 0 && !place->options->json)
        g_string_append(place->out, "nothing was found there\n");
    code = cli_print(place->out);
    return code == CLI_EXIT_OK && place->found == 0 ? CLI_EXIT_FALSE : code;
}

int cli_why(const cli_options *options)
{
    asking place = {.options = options};
    if (options->operand_count != 1)
        return cli_usage_error("name one document");
    if (!options->at || !read_place(options->at, &place))
        return cli_usage_error("say where: --at PAGE:X,Y, in points from the top left");
    place.line = g_string_new(NULL);
    place.out = g_string_new(NULL);
    int code = ask(&place);
    g_string_free(place.line, TRUE);
    g_string_free(place.out, TRUE);
    return code;
}
