/*
 * The whole document as one JSON object, of the schema under docs/json-schema. The canonical text
 * comes before the pages, so that this format waits for the last page; ndjson does not.
 */
#include "exporters/inner.h"

static void write_pages(quire_json *json, const quire_export *job)
{
    quire_json_key(json, "pages");
    quire_json_begin_array(json);
    for (size_t i = 0; i < job->document->pages.count; i++)
        quire_json_page(json, job, &job->document->pages.items[i]);
    quire_json_end_array(json);
}

static void write_elements(quire_json *json, const quire_export *job)
{
    quire_json_key(json, "elements");
    quire_json_begin_array(json);
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER)
            quire_json_element(json, job, walk.element);
    }
    quire_json_end_array(json);
}

static void write_fields(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "fields");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->fields.count; i++)
        quire_json_field(json, &document->fields.items[i]);
    quire_json_end_array(json);
}

static void write_marks(quire_json *json, const quire_export *job)
{
    const quire_document *document = job->document;
    quire_json_key(json, "links");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->links.count; i++)
        quire_json_link(json, &document->links.items[i]);
    quire_json_end_array(json);
    quire_json_key(json, "annotations");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->annotations.count; i++)
        quire_json_annotation(json, &document->annotations.items[i]);
    quire_json_end_array(json);
}

static void write_issues(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "issues");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->issues.count; i++)
        quire_json_issue(json, &document->issues.items[i]);
    if (document->issues_dropped > 0)
        quire_json_dropped_issues(json, document->issues_dropped);
    quire_json_end_array(json);
}

static void end(quire_export *job)
{
    const quire_document *document = job->document;
    quire_json writer, *json = &writer;
    quire_json_init(json, job->sink, 1);
    quire_json_begin_object(json);
    quire_json_schema_pairs(json);
    quire_json_generator(json, document);
    quire_json_input(json, document);
    quire_json_pair_cstring(json, "status", quire_json_status(document->status));
    quire_json_pair_string(json, "content",
                           (quire_text){document->content.items, document->content.count});
    quire_json_pair_cstring(json, "offset_unit", "unicode_code_point");
    quire_json_facts(json, document);
    write_pages(json, job);
    write_elements(json, job);
    write_fields(json, document);
    write_marks(json, job);
    quire_json_attachments(json, document);
    write_issues(json, document);
    quire_json_audit(json, &document->audit);
    quire_json_end_object(json);
    quire_sink_text(job->sink, "\n");
}

const quire_exporter quire_json_exporter = {
    .name = "json",
    .extension = "json",
    .media_type = "application/json",
    .summary = "all that was found, as one JSON object of the published schema",
    .fingerprints = true,
    .end = end,
};
