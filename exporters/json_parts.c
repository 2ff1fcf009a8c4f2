/*
 * The JSON of a document's parts other than its elements (json_element.c), written once for json
 * and ndjson. Keys stand in the order of the schema; what a part cannot have is left out, what is
 * not known is null.
 */
#include "exporters/inner.h"

#include <string.h>

void quire_json_box(quire_json *json, const char *key, quire_box box)
{
    quire_json_key(json, key);
    quire_json_begin_flat_array(json);
    quire_json_number(json, box.x0, 2);
    quire_json_number(json, box.y0, 2);
    quire_json_number(json, box.x1, 2);
    quire_json_number(json, box.y1, 2);
    quire_json_end_array(json);
}

const char *quire_json_status(quire_status status)
{
    return status == QUIRE_OK ? "ok" : status == QUIRE_PARTIAL ? "partial" : "failed";
}

void quire_json_schema_pairs(quire_json *json)
{
    quire_json_pair_cstring(json, "schema", "urn:quire:document:" QUIRE_SCHEMA_VERSION);
    quire_json_pair_cstring(json, "schema_version", QUIRE_SCHEMA_VERSION);
}

void quire_json_generator(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "generator");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "name", "quire");
    quire_json_pair_cstring(json, "version", QUIRE_VERSION);
    quire_json_pair_cstring(json, "options_hash", document->options_hash);
    quire_json_end_object(json);
}

void quire_json_input(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "input");
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "name", document->input_name);
    quire_json_pair_cstring(json, "sha256", document->sha256);
    quire_json_pair_integer(json, "bytes", (int64_t)document->input_bytes);
    quire_json_pair_cstring(json, "media_type", document->media_type);
    quire_json_end_object(json);
}

/* The same key may come from several sources, the best one first. */
static bool is_first_of_key(const quire_document *document, size_t index)
{
    for (size_t i = 0; i < index; i++) {
        if (strcmp(document->metadata.items[i].key, document->metadata.items[index].key) == 0)
            return false;
    }
    return true;
}

static void write_outline(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "outline");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->outline.count; i++) {
        const quire_model_outline_item *item = &document->outline.items[i];
        quire_json_begin_flat_object(json);
        quire_json_pair_cstring(json, "title", item->title);
        quire_json_pair_integer(json, "level", item->level);
        quire_json_key(json, "page");
        if (item->page > 0)
            quire_json_integer(json, item->page);
        else
            quire_json_null(json);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

void quire_json_facts(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "metadata");
    quire_json_begin_object(json);
    for (size_t i = 0; i < document->metadata.count; i++) {
        const quire_model_metadata *item = &document->metadata.items[i];
        if (is_first_of_key(document, i))
            quire_json_pair_cstring(json, item->key, item->value);
    }
    quire_json_end_object(json);
    quire_json_key(json, "languages");
    quire_json_begin_flat_array(json);
    for (size_t i = 0; i < document->languages.count; i++)
        quire_json_string(json, quire_text_of(document->languages.items[i]));
    quire_json_end_array(json);
    write_outline(json, document);
}

void quire_json_attachments(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "attachments");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->attachments.count; i++) {
        const quire_model_attachment *attachment = &document->attachments.items[i];
        quire_json_begin_flat_object(json);
        quire_json_pair_cstring(json, "name", attachment->name);
        quire_json_pair_cstring(json, "description", attachment->description);
        quire_json_pair_cstring(json, "media_type", attachment->media_type);
        quire_json_key(json, "size");
        if (attachment->size >= 0)
            quire_json_integer(json, attachment->size);
        else
            quire_json_null(json);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

static void write_words(quire_json *json, const quire_page_record *page)
{
    quire_json_key(json, "words");
    quire_json_begin_array(json);
    for (size_t i = 0; i < page->word_count; i++) {
        const quire_word *word = &page->words[i];
        quire_json_begin_flat_object(json);
        quire_json_pair_string(json, "text", word->text);
        quire_json_box(json, "bbox", word->box);
        quire_json_pair_number(json, "confidence", word->confidence, 3);
        quire_json_pair_cstring(json, "source", quire_source_name(word->source));
        if (word->is_handwritten)
            quire_json_pair_bool(json, "handwritten", true);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

static void write_handwriting(quire_json *json, const quire_page_record *page)
{
    quire_json_key(json, "handwriting");
    quire_json_begin_array(json);
    for (size_t i = 0; i < page->handwriting_count; i++) {
        quire_json_begin_flat_object(json);
        quire_json_box(json, "bbox", page->handwriting[i].box);
        quire_json_pair_number(json, "confidence", page->handwriting[i].confidence, 3);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

static void write_page_why(quire_json *json, const quire_page_record *page)
{
    quire_json_key(json, "why");
    quire_json_begin_array(json);
    for (size_t i = 0; i < page->why_count; i++)
        quire_json_string(json, quire_text_of(page->why[i]));
    quire_json_end_array(json);
}

void quire_json_page(quire_json *json, const quire_export *job, const quire_page_record *page)
{
    quire_json_begin_object(json);
    quire_json_pair_integer(json, "page", page->page);
    quire_json_pair_cstring(json, "label", page->label);
    quire_json_pair_number(json, "width", page->width, 2);
    quire_json_pair_number(json, "height", page->height, 2);
    quire_json_pair_integer(json, "rotate", page->rotate);
    quire_json_pair_cstring(json, "source", quire_source_name(page->source));
    quire_json_key(json, "skew");
    if (page->source == QUIRE_SOURCE_OCR || page->source == QUIRE_SOURCE_MIXED)
        quire_json_number(json, page->skew, 2);
    else
        quire_json_null(json);
    quire_json_pair_number(json, "confidence", page->confidence, 3);
    quire_json_pair_bool(json, "needs_review", page->needs_review);
    quire_json_pair_cstring(json, "status", quire_json_status(page->status));
    if (page->handwriting_count > 0)
        write_handwriting(json, page);
    if (job->options->explain && page->why_count > 0)
        write_page_why(json, page);
    if (page->is_verified)
        quire_json_pair_number(json, "text_layer_agreement", page->text_layer_agreement, 3);
    if (job->options->words)
        write_words(json, page);
    quire_json_end_object(json);
}

void quire_json_link(quire_json *json, const quire_model_link *link)
{
    quire_json_begin_flat_object(json);
    quire_json_pair_integer(json, "page", link->page);
    quire_json_box(json, "bbox", link->box);
    if (link->uri)
        quire_json_pair_cstring(json, "uri", link->uri);
    else
        quire_json_pair_integer(json, "target_page", link->target_page);
    quire_json_end_object(json);
}

void quire_json_annotation(quire_json *json, const quire_model_annotation *annotation)
{
    quire_json_begin_flat_object(json);
    quire_json_pair_integer(json, "page", annotation->page);
    quire_json_box(json, "bbox", annotation->box);
    quire_json_pair_cstring(json, "subtype", annotation->subtype);
    quire_json_pair_cstring(json, "contents", annotation->contents);
    quire_json_pair_cstring(json, "author", annotation->author);
    quire_json_end_object(json);
}

static void write_options(quire_json *json, const char *key, const char *const *options,
                          size_t count)
{
    if (!options || count == 0)
        return;
    quire_json_key(json, key);
    quire_json_begin_flat_array(json);
    for (size_t i = 0; i < count; i++)
        quire_json_string(json, quire_text_of(options[i]));
    quire_json_end_array(json);
}

static void pair_unless_null(quire_json *json, const char *key, const char *text)
{
    if (text)
        quire_json_pair_cstring(json, key, text);
}

static void pair_if_true(quire_json *json, const char *key, bool is_so)
{
    if (is_so)
        quire_json_pair_bool(json, key, true);
}

static void write_signature(quire_json *json, const quire_field *field)
{
    pair_unless_null(json, "symbology", field->symbology);
    pair_unless_null(json, "signed_at", field->signed_at);
    pair_unless_null(json, "signed_in", field->signed_in);
    pair_unless_null(json, "signed_for", field->signed_for);
}

/* What a field allows and asks for; of printed pairs nothing of it is known. */
static void write_demands(quire_json *json, const quire_field *field)
{
    write_options(json, "options", field->options, field->option_count);
    write_options(json, "export_options", field->export_options, field->option_count);
    pair_unless_null(json, "default_value", field->default_value);
    write_signature(json, field);
    if (field->max_length > 0)
        quire_json_pair_integer(json, "max_length", field->max_length);
    pair_if_true(json, "multiline", field->multiline);
    pair_if_true(json, "comb", field->comb);
    pair_if_true(json, "password", field->password);
    pair_if_true(json, "combo", field->combo);
    pair_if_true(json, "editable", field->editable);
    pair_if_true(json, "multi_select", field->multi_select);
    pair_if_true(json, "hidden", field->hidden);
    if (field->source != QUIRE_FIELD_OF_ACROFORM && field->source != QUIRE_FIELD_OF_XFA)
        return;
    quire_json_pair_bool(json, "required", field->required);
    quire_json_pair_bool(json, "read_only", field->read_only);
}

void quire_json_field(quire_json *json, const quire_field *field)
{
    quire_json_begin_flat_object(json);
    quire_json_pair_cstring(json, "id", field->id);
    quire_json_pair_cstring(json, "name", field->name);
    quire_json_pair_cstring(json, "label", field->label);
    quire_json_pair_cstring(json, "type", quire_field_type_name(field->type));
    quire_json_pair_cstring(json, "value", field->value);
    if (field->value)
        quire_json_pair_cstring(json, "value_type", quire_value_type_name(field->value_type));
    pair_unless_null(json, "normalised", field->normalised);
    pair_unless_null(json, "export_value", field->export_value);
    pair_unless_null(json, "state", quire_field_state_name(field->state));
    write_demands(json, field);
    quire_json_pair_integer(json, "page", field->page);
    quire_json_box(json, "bbox", field->box);
    if (!quire_box_is_empty(field->label_box))
        quire_json_box(json, "label_bbox", field->label_box);
    quire_json_pair_cstring(json, "source", quire_field_source_name(field->source));
    quire_json_pair_number(json, "confidence", field->confidence, 3);
    quire_json_end_object(json);
}

void quire_json_issue(quire_json *json, const quire_issue *issue)
{
    static const char *const severities[] = {
        [QUIRE_INFO] = "info", [QUIRE_WARNING] = "warning", [QUIRE_SEVERE] = "error"};
    quire_json_begin_flat_object(json);
    quire_json_pair_cstring(json, "code", issue->code);
    quire_json_pair_cstring(json, "severity", severities[issue->severity]);
    if (issue->page > 0)
        quire_json_pair_integer(json, "page", issue->page);
    quire_json_pair_cstring(json, "message", issue->message);
    quire_json_end_object(json);
}

void quire_json_dropped_issues(quire_json *json, uint64_t count)
{
    char message[64];
    g_snprintf(message, sizeof message, "%" G_GUINT64_FORMAT " further issues are not listed",
               count);
    quire_issue issue = {.code = "issues_dropped", .severity = QUIRE_WARNING, .message = message};
    quire_json_issue(json, &issue);
}

static void write_recognised(quire_json *json, const quire_audit *audit)
{
    quire_json_key(json, "recognised");
    quire_json_begin_object(json);
    quire_json_pair_integer(json, "glyphs_total", (int64_t)audit->recognised.glyphs_total);
    quire_json_pair_integer(json, "emitted", (int64_t)audit->recognised.emitted);
    quire_json_pair_integer(json, "furniture", (int64_t)audit->recognised.furniture);
    quire_json_pair_integer(json, "dropped", (int64_t)audit->recognised.dropped);
    quire_json_pair_integer(json, "lost", (int64_t)audit->recognised.lost);
    quire_json_end_object(json);
}

void quire_json_audit(quire_json *json, const quire_audit *audit)
{
    quire_json_key(json, "audit");
    quire_json_begin_object(json);
    quire_json_key(json, "text");
    quire_json_begin_object(json);
    quire_json_pair_integer(json, "glyphs_total", (int64_t)audit->glyphs_total);
    quire_json_pair_integer(json, "emitted", (int64_t)audit->emitted);
    quire_json_pair_integer(json, "furniture", (int64_t)audit->furniture);
    quire_json_pair_integer(json, "hidden", (int64_t)audit->hidden);
    quire_json_pair_integer(json, "duplicate", (int64_t)audit->duplicate);
    quire_json_pair_integer(json, "annotation", (int64_t)audit->annotation);
    quire_json_pair_integer(json, "unmapped", (int64_t)audit->unmapped);
    quire_json_pair_integer(json, "lost", (int64_t)audit->lost);
    quire_json_end_object(json);
    if (audit->recognised.glyphs_total > 0)
        write_recognised(json, audit);
    quire_json_end_object(json);
}
