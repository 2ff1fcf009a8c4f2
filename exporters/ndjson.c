/*
 * The document as records, one JSON object a line, written while pages are read:
 *
 *     {"type":"document","document":{...}}      first
 *     {"type":"page","page":{...}}              then, page by page, its record and
 *     {"type":"element","element":{...}}        its elements, links, annotations, fields
 *     {"type":"issue","issue":{...}}            what was found wrong
 *     {"type":"end","end":{...}}                last: status, audit, counts
 *
 * A record holds what json has in the array of that name. Issues wait for the end, since when they
 * come up depends on how far ahead pages were read. A file without its `end` was cut off.
 */
#include "exporters/inner.h"

typedef struct ndjson_state {
    quire_json json;
    int64_t pages, elements, links, annotations, fields; /* records written */
} ndjson_state;

static quire_json *begin_record(quire_export *job, const char *type)
{
    quire_json *json = &((ndjson_state *)job->state)->json;
    quire_json_init(json, job->sink, 0);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "type", type);
    quire_json_key(json, type);
    return json;
}

static void end_record(quire_export *job, quire_json *json)
{
    quire_json_end_object(json);
    quire_sink_write(job->sink, "\n", 1);
}

static void begin(quire_export *job)
{
    quire_json *json = begin_record(job, "document");
    quire_json_begin_object(json);
    quire_json_schema_pairs(json);
    quire_json_generator(json, job->document);
    quire_json_input(json, job->document);
    quire_json_pair_cstring(json, "offset_unit", "unicode_code_point");
    quire_json_facts(json, job->document);
    quire_json_attachments(json, job->document);
    quire_json_end_object(json);
    end_record(job, json);
}

static void write_page(quire_export *job, const quire_page_record *page)
{
    quire_json *json = begin_record(job, "page");
    quire_json_page(json, job, page);
    end_record(job, json);
    ((ndjson_state *)job->state)->pages++;
}

static void write_element(quire_export *job, const quire_element *element, int depth)
{
    (void)depth;
    quire_json *json = begin_record(job, "element");
    quire_json_element(json, job, element);
    end_record(job, json);
    ((ndjson_state *)job->state)->elements++;
}

static void write_link(quire_export *job, const quire_model_link *link)
{
    quire_json *json = begin_record(job, "link");
    quire_json_link(json, link);
    end_record(job, json);
    ((ndjson_state *)job->state)->links++;
}

static void write_annotation(quire_export *job, const quire_model_annotation *annotation)
{
    quire_json *json = begin_record(job, "annotation");
    quire_json_annotation(json, annotation);
    end_record(job, json);
    ((ndjson_state *)job->state)->annotations++;
}

static void write_field(quire_export *job, const quire_field *field)
{
    quire_json *json = begin_record(job, "field");
    quire_json_field(json, field);
    end_record(job, json);
    ((ndjson_state *)job->state)->fields++;
}

static void write_held(quire_export *job)
{
    static const quire_page_visitor visitor = {write_page, write_element, write_link,
                                               write_annotation, write_field};
    quire_export_by_page(job, &visitor);
}

static int64_t write_issues(quire_export *job)
{
    const quire_document *document = job->document;
    for (size_t i = 0; i < document->issues.count; i++) {
        quire_json *json = begin_record(job, "issue");
        quire_json_issue(json, &document->issues.items[i]);
        end_record(job, json);
    }
    if (document->issues_dropped == 0)
        return (int64_t)document->issues.count;
    quire_json *json = begin_record(job, "issue");
    quire_json_dropped_issues(json, document->issues_dropped);
    end_record(job, json);
    return (int64_t)document->issues.count + 1;
}

static void write_counts(quire_json *json, const ndjson_state *state, int64_t issues)
{
    quire_json_key(json, "counts");
    quire_json_begin_object(json);
    quire_json_pair_integer(json, "pages", state->pages);
    quire_json_pair_integer(json, "elements", state->elements);
    quire_json_pair_integer(json, "fields", state->fields);
    quire_json_pair_integer(json, "links", state->links);
    quire_json_pair_integer(json, "annotations", state->annotations);
    quire_json_pair_integer(json, "issues", issues);
    quire_json_end_object(json);
}

static void end(quire_export *job)
{
    write_held(job);
    int64_t issues = write_issues(job);
    quire_json *json = begin_record(job, "end");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "status", quire_json_status(job->document->status));
    quire_json_audit(json, &job->document->audit);
    write_counts(json, job->state, issues);
    quire_json_end_object(json);
    end_record(job, json);
}

const quire_exporter quire_ndjson_exporter = {
    .name = "ndjson",
    .extension = "ndjson",
    .media_type = "application/x-ndjson",
    .summary = "the same as records, a line each, written page by page",
    .state_size = sizeof(ndjson_state),
    .streams = true,
    .fingerprints = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
