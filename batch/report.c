#include "batch/report.h"

#include <glib.h>
#include <string.h>

enum { MOST_ROWS = 200 }; /* of a table */

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
    "<meta name=\"viewport\" content=\"width=device-width\">"
    "<title>Quire: run report</title><style>"
    "body{font:15px/1.5 system-ui,sans-serif;max-width:70em;margin:2em auto;padding:0 1em;"
    "color:#222;background:#fff}h1{font-size:1.5em}h2{font-size:1.15em;margin-top:2em}"
    "table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25em .6em;"
    "border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}"
    "td.n,th.n{text-align:right;white-space:nowrap}.bar{background:#4a7ebb;height:1em}"
    "code{font-size:.9em}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2em 1em}"
    "dd{margin:0}@media(prefers-color-scheme:dark){body{color:#ddd;background:#181818}"
    "th,td{border-color:#444}}</style></head><body>\n";

typedef struct report {
    batch_ledger *ledger;
    GString *out;
    int rows;
} report;

static void put_text(GString *out, const char *text)
{
    g_autofree char *escaped = g_markup_escape_text(text ? text : "", -1);
    g_autofree char *valid = g_utf8_make_valid(escaped, -1);
    g_string_append(out, valid);
}

static void put_cell(GString *out, const char *text)
{
    g_string_append(out, "<td>");
    put_text(out, text);
    g_string_append(out, "</td>");
}

static void put_number(GString *out, double number, int decimals)
{
    g_string_append_printf(out, "<td class=\"n\">%.*f</td>", decimals, number);
}

/* ---- the head ---- */

static void put_notes(report *r)
{
    static const char *const keys[] = {"status", "started", "ended",   "version",
                                       "part",   "host",    "sandbox", "fingerprint"};
    g_string_append(r->out, "<dl>");
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        g_autofree char *value = ledger_noted(r->ledger, keys[i]);
        if (!value || !*value)
            continue;
        g_string_append_printf(r->out, "<dt>%s</dt><dd>", keys[i]);
        put_text(r->out, value);
        g_string_append(r->out, "</dd>");
    }
    g_string_append(r->out, "</dl>\n");
}

static void put_counts(report *r)
{
    g_string_append(r->out, "<h2>Documents</h2><table><tr><th>state</th><th class=\"n\">documents"
                            "</th></tr>");
    for (int state = LEDGER_DONE; state <= LEDGER_KEPT; state++) {
        g_autofree char *query = g_strdup_printf("SELECT count(*) FROM doc WHERE state=%d", state);
        g_string_append(r->out, "<tr>");
        put_cell(r->out, ledger_state_name((ledger_state)state));
        put_number(r->out, ledger_number(r->ledger, query), 0);
        g_string_append(r->out, "</tr>");
    }
    g_string_append(r->out, "<tr><td>pages read</td>");
    put_number(r->out, ledger_number(r->ledger, "SELECT sum(pages_done) FROM doc"), 0);
    g_string_append(r->out, "</tr></table>\n");
}

static void put_histogram(report *r)
{
    enum { BINS = 10 };
    double counts[BINS], most = 0;
    for (int i = 0; i < BINS; i++) {
        g_autofree char *query =
            g_strdup_printf("SELECT count(*) FROM doc WHERE state IN (2,3) AND confidence>0 AND"
                            " min(9, CAST(confidence*10 AS INTEGER))=%d",
                            i);
        counts[i] = ledger_number(r->ledger, query);
        most = MAX(most, counts[i]);
    }
    g_string_append(r->out, "<h2>Confidence of the text</h2><table>");
    for (int i = BINS - 1; i >= 0 && most > 0; i--)
        g_string_append_printf(r->out,
                               "<tr><td>%.1f to %.1f</td><td class=\"n\">%.0f</td><td "
                               "style=\"width:70%%\"><div class=\"bar\" style=\"width:%.1f%%\">"
                               "</div></td></tr>",
                               i / 10.0, (i + 1) / 10.0, counts[i], 100 * counts[i] / most);
    g_string_append(r->out, "</table>\n");
}

/* ---- tables of documents ---- */

static bool put_failure(void *user, const ledger_row *row)
{
    report *r = user;
    g_string_append(r->out, "<tr>");
    put_cell(r->out, row->path);
    put_cell(r->out, ledger_state_name(row->state));
    put_cell(r->out, row->error_kind);
    if (row->error_page > 0)
        put_number(r->out, row->error_page, 0);
    else
        g_string_append(r->out, "<td></td>");
    put_cell(r->out, row->message);
    g_string_append(r->out, "</tr>\n");
    return ++r->rows < MOST_ROWS;
}

/* One of those that broke a worker at the same place stands for all of them. */
static bool put_crash(void *user, const ledger_row *row)
{
    report *r = user;
    g_autofree char *of_it = g_strdup_printf("FROM doc WHERE signature='%.16s'", row->signature);
    g_autofree char *documents = g_strconcat("SELECT count(*) ", of_it, NULL);
    g_autofree char *deaths = g_strconcat("SELECT sum(deaths) ", of_it, NULL);
    g_string_append(r->out, "<tr>");
    put_cell(r->out, row->signature);
    put_number(r->out, ledger_number(r->ledger, documents), 0);
    put_number(r->out, ledger_number(r->ledger, deaths), 0);
    put_cell(r->out, row->path);
    put_cell(r->out, row->message);
    g_string_append(r->out, "</tr>\n");
    return ++r->rows < MOST_ROWS;
}

static bool put_slow(void *user, const ledger_row *row)
{
    report *r = user;
    g_string_append(r->out, "<tr>");
    put_cell(r->out, row->path);
    put_number(r->out, (double)row->wall_ms / 1000, 2);
    put_number(r->out, row->pages, 0);
    put_number(r->out, (double)row->peak_kb / 1024, 0);
    g_string_append(r->out, "</tr>\n");
    return ++r->rows < MOST_ROWS;
}

static bool put_review(void *user, const ledger_row *row)
{
    report *r = user;
    g_string_append(r->out, "<tr>");
    put_cell(r->out, row->path);
    put_cell(r->out, row->review);
    put_number(r->out, row->confidence, 2);
    g_string_append(r->out, "</tr>\n");
    return ++r->rows < MOST_ROWS;
}

/* "document|#pages": a column whose name begins with # holds numbers. A table without rows is no
 * table. */
static void put_table(report *r, const char *title, const char *columns, const char *filter,
                      const char *order, ledger_row_fn row)
{
    g_auto(GStrv) names = g_strsplit(columns, "|", -1);
    g_string_append_printf(r->out, "<h2>%s</h2>", title);
    gsize before = r->out->len;
    g_string_append(r->out, "<table><tr>");
    for (char **name = names; *name; name++)
        g_string_append_printf(r->out, **name == '#' ? "<th class=\"n\">%s</th>" : "<th>%s</th>",
                               *name + (**name == '#'));
    g_string_append(r->out, "</tr>\n");
    r->rows = 0;
    ledger_each(r->ledger, filter, order, row, r, NULL);
    g_string_append(r->out, "</table>\n");
    if (r->rows == 0)
        g_string_append(g_string_truncate(r->out, before), "<p>None.</p>\n");
    else if (r->rows == MOST_ROWS)
        g_string_append_printf(r->out, "<p>The first %d; the ledger has all.</p>\n", MOST_ROWS);
}

static void put_all(report *r)
{
    g_string_append(r->out, head);
    g_string_append(r->out, "<h1>Quire: run report</h1>\n");
    put_notes(r);
    put_counts(r);
    put_histogram(r);
    put_table(r, "Failed", "document|state|error|#page|message", "state IN (4,5,6)", NULL,
              put_failure);
    put_table(r, "Partial", "document|state|error|#page|message", "state=3", NULL, put_failure);
    put_table(r, "Broken workers, by the place where they broke",
              "place|#documents|#times|one of them|message",
              "id IN (SELECT min(id) FROM doc WHERE signature GLOB '[0-9a-f]*' GROUP BY signature)",
              NULL, put_crash);
    put_table(r, "Pages to look at", "document|pages|#confidence", "review IS NOT NULL", NULL,
              put_review);
    put_table(r, "Slowest", "document|#seconds|#pages|#memory, MB", "wall_ms>0",
              "wall_ms DESC LIMIT 20", put_slow);
    g_string_append(r->out, "</body></html>\n");
}

quire_status report_write(batch_ledger *ledger, const char *folder, const char *part,
                          quire_error *error)
{
    g_autofree char *name = g_strconcat(part, ".html", NULL);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    g_autoptr(GString) out = g_string_new(NULL);
    report r = {ledger, out, 0};
    put_all(&r);
    quire_output_file *file = quire_output_file_open(path, error);
    if (!file)
        return QUIRE_IO;
    quire_output_file_write(file, out->str, out->len);
    return quire_output_file_commit(file, error);
}
