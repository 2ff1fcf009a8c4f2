/*
 * Everything the document says, as an indented plain text that is made to be compared:
 *
 *     page 1 label "i" size 612 792 text_layer
 *       heading 1 box 72 90.5 300 110 "Introduction"
 *         run 0-5 bold "Intro"
 *
 * Values at their default are left out. So are ids and spans, which follow from the rest and would
 * make every line behind a change differ.
 */
#include "exporters/inner.h"

static void write_indent(quire_sink *sink, int depth)
{
    for (int i = 0; i < depth; i++)
        quire_sink_write(sink, "  ", 2);
}

/* JSON's way to write a string is as good as any, and is there. */
static void write_quoted(quire_sink *sink, quire_text text)
{
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_sink_write(sink, " ", 1);
    quire_json_string(&json, text);
}

static void write_string(quire_sink *sink, const char *key, const char *text)
{
    if (!text)
        return;
    quire_sink_printf(sink, " %s", key);
    write_quoted(sink, quire_text_of(text));
}

static void write_number(quire_sink *sink, double value, int decimals)
{
    quire_json json;
    quire_json_init(&json, sink, 0);
    quire_sink_write(sink, " ", 1);
    quire_json_number(&json, value, decimals);
}

static void write_box(quire_sink *sink, quire_box box)
{
    quire_sink_text(sink, " box");
    write_number(sink, box.x0, 1);
    write_number(sink, box.y0, 1);
    write_number(sink, box.x1, 1);
    write_number(sink, box.y1, 1);
}

static void write_confidence(quire_sink *sink, quire_source source, float confidence)
{
    if (source != QUIRE_SOURCE_TEXT_LAYER)
        quire_sink_printf(sink, " %s", quire_source_name(source));
    if (confidence != 1)
        write_number(sink, confidence, 2);
}

static void write_line(quire_sink *sink, int depth, const char *word)
{
    write_indent(sink, depth);
    quire_sink_text(sink, word);
}

static void write_target(quire_sink *sink, const quire_model_link *link)
{
    write_string(sink, "uri", link->uri);
    if (link->target_page > 0)
        quire_sink_printf(sink, " page %d", link->target_page);
}

static void write_runs(quire_export *job, const quire_element *element, int depth)
{
    static const char *const names[] = {"bold",      "italic", "monospace", "superscript",
                                        "subscript", "strike", "underline"};
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        quire_sink *sink = job->sink;
        write_line(sink, depth, "run");
        for (size_t bit = 0; bit < G_N_ELEMENTS(names); bit++) {
            if (run->flags & 1u << bit)
                quire_sink_printf(sink, " %s", names[bit]);
        }
        if (run->note != 0)
            quire_sink_printf(sink, " note %u", run->note);
        if (run->link >= 0)
            write_target(sink, &job->document->links.items[run->link]);
        write_quoted(sink, (quire_text){element->text.data + run->start, run->end - run->start});
        quire_sink_text(sink, "\n");
    }
}

static void write_lines(quire_sink *sink, const quire_element *element, int depth)
{
    for (size_t i = 0; i < element->line_count; i++) {
        const quire_element_line *line = &element->lines[i];
        write_line(sink, depth, "line");
        write_box(sink, line->box);
        write_quoted(sink, (quire_text){element->text.data + line->start, line->end - line->start});
        quire_sink_text(sink, "\n");
    }
}

static void write_cells(quire_sink *sink, const quire_element *element, int depth)
{
    const quire_table *table = element->table;
    for (size_t i = 0; table && i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        write_line(sink, depth, "cell");
        quire_sink_printf(sink, " %u,%u", cell->row, cell->column);
        if (cell->row_span != 1 || cell->column_span != 1)
            quire_sink_printf(sink, " span %u,%u", cell->row_span, cell->column_span);
        if (cell->kind != QUIRE_CELL_CONTENT)
            quire_sink_printf(sink, " %s", quire_cell_kind_name(cell->kind));
        write_box(sink, cell->box);
        write_confidence(sink, QUIRE_SOURCE_TEXT_LAYER, cell->confidence);
        write_quoted(sink, quire_cell_text(element, cell));
        quire_sink_text(sink, "\n");
    }
}

static void write_style(quire_sink *sink, const quire_element_style *style)
{
    write_string(sink, "font", style->font);
    if (style->size > 0)
        write_number(sink, style->size, 1);
    if (style->colour != 0 && style->colour != 0xFF000000u)
        quire_sink_printf(sink, " #%08x", style->colour);
    quire_sink_printf(sink, "%s%s%s", style->bold ? " bold" : "", style->italic ? " italic" : "",
                      style->monospace ? " monospace" : "");
}

static void write_traits(quire_sink *sink, const quire_element *element)
{
    if (element->level != 0)
        quire_sink_printf(sink, " %d", element->level);
    if (element->layer != QUIRE_LAYER_BODY)
        quire_sink_printf(sink, " %s", quire_layer_name(element->layer));
    quire_sink_printf(sink, "%s%s%s%s", element->repeats ? " repeats" : "",
                      element->ordered ? " ordered" : "",
                      element->definitions ? " definitions" : "", element->quote ? " quote" : "");
    if (element->term > 0)
        quire_sink_printf(sink, " term %zu", element->term);
    write_string(sink, "continued_from", element->continued_from);
    write_string(sink, "pattern", element->pattern);
    for (size_t i = 0; i < element->value_count; i++)
        write_string(sink, "value", element->values[i]);
    if (element->rotation != 0) {
        quire_sink_text(sink, " rotation");
        write_number(sink, element->rotation, 1);
    }
    write_confidence(sink, element->source, element->confidence);
    if (element->note != 0)
        quire_sink_printf(sink, " note %u", element->note);
    write_string(sink, "language", element->language);
    write_string(sink, "alt", element->alt);
    write_string(sink, "image", element->image);
    quire_sink_text(sink, element->decorative ? " decorative" : "");

    if (element->table) {
        write_string(sink, "method", element->table->method);
        quire_sink_printf(sink, " grid %u,%u", element->table->rows, element->table->columns);
        write_string(sink, "continued_from", element->table->continued_from);
    }
}

static void write_element(quire_export *job, const quire_element *element, int depth)
{
    quire_sink *sink = job->sink;
    write_line(sink, ++depth, quire_element_type_name(element->type));
    write_traits(sink, element);
    if (element->caption >= 0) {
        const quire_element *caption = &job->document->elements.items[element->caption];
        quire_sink_text(sink, " caption");
        write_quoted(sink, quire_element_own_text(caption));
    }
    write_box(sink, element->box);
    write_style(sink, &element->style);
    if (element->marker.size > 0) {
        quire_sink_text(sink, " marker");
        write_quoted(sink, element->marker);
    }
    if (element->own_size > 0)
        write_quoted(sink, (quire_text){element->text.data, element->own_size});
    quire_sink_text(sink, "\n");
    if (element->original.size > 0) {
        write_line(sink, depth + 1, "original");
        write_quoted(sink, element->original);
        quire_sink_text(sink, "\n");
    }
    for (size_t i = 0; i < element->why_count; i++) {
        write_line(sink, depth + 1, "why");
        write_quoted(sink, quire_text_of(element->why[i]));
        quire_sink_text(sink, "\n");
    }
    for (size_t i = 0; i < element->place_count; i++) {
        write_line(sink, depth + 1, "place");
        quire_sink_printf(sink, " page %d", element->places[i].page);
        write_box(sink, element->places[i].box);
        quire_sink_text(sink, "\n");
    }
    write_runs(job, element, depth + 1);
    write_cells(sink, element, depth + 1);
    write_lines(sink, element, depth + 1);
}

static void write_page(quire_export *job, const quire_page_record *page)
{
    quire_sink *sink = job->sink;
    quire_sink_printf(sink, "page %d", page->page);
    write_string(sink, "label", page->label);
    quire_sink_text(sink, " size");
    write_number(sink, page->width, 1);
    write_number(sink, page->height, 1);
    if (page->rotate != 0)
        quire_sink_printf(sink, " rotate %d", page->rotate);
    write_confidence(sink, page->source, page->confidence);
    quire_sink_printf(sink, "%s", page->needs_review ? " needs_review" : "");
    if (page->status != QUIRE_OK)
        quire_sink_printf(sink, " %s", quire_json_status(page->status));
    quire_sink_text(sink, "\n");
    for (size_t i = 0; i < page->word_count; i++) {
        quire_sink_text(sink, "  word");
        write_box(sink, page->words[i].box);
        write_confidence(sink, page->words[i].source, page->words[i].confidence);
        write_quoted(sink, page->words[i].text);
        quire_sink_text(sink, "\n");
    }
}

static void write_link(quire_export *job, const quire_model_link *link)
{
    quire_sink_text(job->sink, "  link");
    write_box(job->sink, link->box);
    write_target(job->sink, link);
    quire_sink_text(job->sink, "\n");
}

static void write_annotation(quire_export *job, const quire_model_annotation *annotation)
{
    quire_sink_text(job->sink, "  annotation");
    write_box(job->sink, annotation->box);
    write_string(job->sink, "subtype", annotation->subtype);
    write_string(job->sink, "contents", annotation->contents);
    write_string(job->sink, "author", annotation->author);
    quire_sink_text(job->sink, "\n");
}

static void write_field(quire_export *job, const quire_field *field)
{
    quire_sink *sink = job->sink;
    quire_sink_printf(sink, "  field %s", quire_field_type_name(field->type));
    write_box(sink, field->box);
    write_string(sink, "name", field->name);
    write_string(sink, "label", field->label);
    write_string(sink, "value", field->value);
    if (field->value && field->value_type != QUIRE_VALUE_TEXT)
        quire_sink_printf(sink, " %s", quire_value_type_name(field->value_type));
    write_string(sink, "normalised", field->normalised);
    if (field->state != QUIRE_STATE_NONE)
        quire_sink_printf(sink, " %s", quire_field_state_name(field->state));
    for (size_t i = 0; i < field->option_count; i++)
        write_string(sink, "option", field->options[i]);
    write_string(sink, "default", field->default_value);
    write_string(sink, "signed", field->signed_at);
    quire_sink_printf(sink, "%s%s %s", field->required ? " required" : "",
                      field->read_only ? " read_only" : "", quire_field_source_name(field->source));
    if (field->confidence != 1)
        write_number(sink, field->confidence, 2);
    quire_sink_text(sink, "\n");
}

static void write_held(quire_export *job)
{
    static const quire_page_visitor visitor = {write_page, write_element, write_link,
                                               write_annotation, write_field};
    quire_export_by_page(job, &visitor);
}

static void begin(quire_export *job)
{
    const quire_document *document = job->document;
    quire_sink_text(job->sink, "document");
    write_string(job->sink, "name", document->input_name);
    quire_sink_printf(job->sink, " pages %d\n", document->page_count);
    for (size_t i = 0; i < document->metadata.count; i++) {
        quire_sink_printf(job->sink, "metadata %s", document->metadata.items[i].key);
        write_quoted(job->sink, quire_text_of(document->metadata.items[i].value));
        quire_sink_printf(job->sink, " %s\n", document->metadata.items[i].source);
    }
    for (size_t i = 0; i < document->outline.count; i++) {
        const quire_model_outline_item *item = &document->outline.items[i];
        quire_sink_printf(job->sink, "outline %d page %d", item->level, item->page);
        write_quoted(job->sink, quire_text_of(item->title));
        quire_sink_text(job->sink, "\n");
    }
    for (size_t i = 0; i < document->attachments.count; i++) {
        const quire_model_attachment *attachment = &document->attachments.items[i];
        quire_sink_printf(job->sink, "attachment %lld", (long long)attachment->size);
        write_quoted(job->sink, quire_text_of(attachment->name));
        quire_sink_text(job->sink, "\n");
    }
}

static void end(quire_export *job)
{
    static const char *const severities[] = {"info", "warning", "error"};
    const quire_document *document = job->document;
    const quire_audit *audit = &document->audit;
    write_held(job);
    for (size_t i = 0; i < document->issues.count; i++) {
        const quire_issue *issue = &document->issues.items[i];
        quire_sink_printf(job->sink, "issue %s %s page %d", issue->code,
                          severities[issue->severity], issue->page);
        write_quoted(job->sink, quire_text_of(issue->message));
        quire_sink_text(job->sink, "\n");
    }
    quire_sink_printf(job->sink, "audit total %" G_GUINT64_FORMAT " emitted %" G_GUINT64_FORMAT,
                      audit->glyphs_total, audit->emitted);
    quire_sink_printf(job->sink, " furniture %" G_GUINT64_FORMAT " hidden %" G_GUINT64_FORMAT,
                      audit->furniture, audit->hidden);
    quire_sink_printf(job->sink, " duplicate %" G_GUINT64_FORMAT " annotation %" G_GUINT64_FORMAT,
                      audit->duplicate, audit->annotation);
    quire_sink_printf(job->sink, " unmapped %" G_GUINT64_FORMAT " lost %" G_GUINT64_FORMAT "\n",
                      audit->unmapped, audit->lost);
    quire_sink_printf(job->sink, "status %s\n", quire_json_status(document->status));
}

const quire_exporter quire_tree_exporter = {
    .name = "tree",
    .extension = "tree",
    .media_type = "text/plain",
    .summary = "all that was found, as an indented text to compare",
    .streams = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
