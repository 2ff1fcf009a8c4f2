/*
 * The JSON of one element. Most elements need few keys: level, quad, orig, parent and the keys of
 * lists and tables are there only where they apply, so that a page stays readable and cheap.
 */
#include "exporters/inner.h"

#include <math.h>

static void write_span(quire_json *json, quire_span span)
{
    quire_json_key(json, "span");
    quire_json_begin_flat_array(json);
    quire_json_integer(json, (int64_t)span.start);
    quire_json_integer(json, (int64_t)span.end);
    quire_json_end_array(json);
}

/*
 * The corners of turned text, from its own top left on clockwise. The element's box is the upright
 * one around them: with the sides a along and b across the baseline, its width is a cos + b sin and
 * its height a sin + b cos, which two equations give back a and b; at 45 degrees they say the same,
 * and a square is as good as any.
 */
static void write_quad(quire_json *json, quire_box box, float rotation)
{
    double angle = rotation * G_PI / 180, c = cos(angle), s = sin(angle);
    double width = box.x1 - box.x0, height = box.y1 - box.y0;
    double determinant = c * c - s * s, ac = fabs(c), as = fabs(s);
    double along = width / (ac + as), across = along;
    if (fabs(determinant) > 0.05) {
        along = fmax(0, (width * ac - height * as) / determinant);
        across = fmax(0, (height * ac - width * as) / determinant);
    }
    double middle_x = (box.x0 + box.x1) / 2, middle_y = (box.y0 + box.y1) / 2;
    static const int corners[4][2] = {{-1, -1}, {1, -1}, {1, 1}, {-1, 1}};
    quire_json_key(json, "quad");
    quire_json_begin_flat_array(json);
    for (int i = 0; i < 4; i++) {
        double u = corners[i][0] * along / 2, v = corners[i][1] * across / 2;
        quire_json_number(json, middle_x + u * c + v * s, 2);
        quire_json_number(json, middle_y - u * s + v * c, 2);
    }
    quire_json_end_array(json);
}

/* Of runs only what the element's own style does not say already. */
static uint32_t flags_beyond(const quire_element_style *style, uint32_t flags)
{
    flags &= style->bold ? ~(uint32_t)QUIRE_RUN_BOLD : ~0u;
    flags &= style->italic ? ~(uint32_t)QUIRE_RUN_ITALIC : ~0u;
    return flags & (style->monospace ? ~(uint32_t)QUIRE_RUN_MONOSPACE : ~0u);
}

static void write_run(quire_json *json, const quire_export *job, const quire_run *run,
                      uint32_t flags, quire_span span)
{
    static const char *const names[] = {"bold",      "italic", "monospace", "superscript",
                                        "subscript", "strike", "underline"};
    quire_json_begin_flat_object(json);
    write_span(json, span);
    for (size_t bit = 0; bit < G_N_ELEMENTS(names); bit++)
        if (flags & 1u << bit)
            quire_json_pair_bool(json, names[bit], true);
    if (run->link >= 0) {
        const quire_model_link *link = &job->document->links.items[run->link];
        if (link->uri)
            quire_json_pair_cstring(json, "uri", link->uri);
        else
            quire_json_pair_integer(json, "target_page", link->target_page);
    }
    quire_json_end_object(json);
}

static void write_runs(quire_json *json, const quire_export *job, const quire_element *element)
{
    uint32_t byte = 0;
    uint64_t at = element->span.start;
    bool begun = false;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        uint32_t flags = flags_beyond(&element->style, run->flags);
        if (flags == 0 && run->link < 0)
            continue;
        if (!begun) {
            quire_json_key(json, "runs");
            quire_json_begin_array(json);
            begun = true;
        }
        uint64_t start = at + quire_utf8_length(element->text.data + byte, run->start - byte);
        at = start + quire_utf8_length(element->text.data + run->start, run->end - run->start);
        byte = run->end;
        write_run(json, job, run, flags, (quire_span){start, at});
    }
    if (begun)
        quire_json_end_array(json);
}

static void write_style(quire_json *json, const quire_element_style *style)
{
    quire_json_key(json, "style");
    quire_json_begin_flat_object(json);
    if (style->font)
        quire_json_pair_cstring(json, "font", style->font);
    if (style->size > 0)
        quire_json_pair_number(json, "size", style->size, 2);
    if (style->colour & 0xFFFFFF) {
        char colour[8];
        g_snprintf(colour, sizeof colour, "#%06x", style->colour & 0xFFFFFF);
        quire_json_pair_cstring(json, "colour", colour);
    }
    if (style->bold)
        quire_json_pair_bool(json, "bold", true);
    if (style->italic)
        quire_json_pair_bool(json, "italic", true);
    if (style->monospace)
        quire_json_pair_bool(json, "monospace", true);
    quire_json_end_object(json);
}

static void write_lines(quire_json *json, const quire_element *element)
{
    quire_json_key(json, "lines");
    quire_json_begin_array(json);
    for (size_t i = 0; i < element->line_count; i++) {
        const quire_element_line *line = &element->lines[i];
        quire_text text = {element->text.data + line->start, line->end - line->start};
        quire_json_begin_flat_object(json);
        quire_json_pair_string(json, "text", text);
        quire_json_box(json, "bbox", line->box);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

static void write_why(quire_json *json, const quire_element *element)
{
    quire_json_key(json, "why");
    quire_json_begin_array(json);
    for (size_t i = 0; i < element->why_count; i++)
        quire_json_string(json, quire_text_of(element->why[i]));
    quire_json_end_array(json);
}

/* Cells stand in the order of their text, so that counting code points goes on from cell to cell;
 * one that does not is counted from the start. */
static quire_span cell_span(const quire_element *element, const quire_cell *cell, uint32_t *byte,
                            uint64_t *at)
{
    if (cell->start < *byte) {
        *byte = 0;
        *at = element->span.start;
    }
    *at += quire_utf8_length(element->text.data + *byte, cell->start - *byte);
    uint64_t end =
        *at + quire_utf8_length(element->text.data + cell->start, cell->end - cell->start);
    *byte = cell->start;
    return (quire_span){*at, end};
}

static void write_cells(quire_json *json, const quire_element *element)
{
    const quire_table *table = element->table;
    uint32_t byte = 0;
    uint64_t at = element->span.start;
    quire_json_key(json, "cells");
    quire_json_begin_array(json);
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        quire_text text = {element->text.data + cell->start, cell->end - cell->start};
        quire_json_begin_flat_object(json);
        quire_json_pair_integer(json, "row", cell->row);
        quire_json_pair_integer(json, "col", cell->column);
        quire_json_pair_integer(json, "row_span", cell->row_span);
        quire_json_pair_integer(json, "col_span", cell->column_span);
        quire_json_pair_cstring(json, "kind", quire_cell_kind_name(cell->kind));
        quire_json_pair_string(json, "text", text);
        write_span(json, cell_span(element, cell, &byte, &at));
        quire_json_box(json, "bbox", cell->box);
        quire_json_pair_number(json, "confidence", cell->confidence, 3);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

/* Where the text calls footnotes. */
static void write_calls(quire_json *json, const quire_element *element, const quire_run *run)
{
    uint64_t start = element->span.start + quire_utf8_length(element->text.data, run->start);
    uint64_t length = quire_utf8_length(element->text.data + run->start, run->end - run->start);
    for (uint32_t i = 0; i < MAX(run->note_count, 1); i++) {
        quire_json_begin_flat_object(json);
        quire_json_pair_integer(json, "note", run->note + i);
        write_span(json, (quire_span){start, start + length});
        quire_json_end_object(json);
    }
}

static void write_notes(quire_json *json, const quire_element *element)
{
    bool begun = false;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        if (run->note == 0)
            continue;
        if (!begun) {
            quire_json_key(json, "notes");
            quire_json_begin_array(json);
        }
        begun = true;
        write_calls(json, element, run);
    }
    if (begun)
        quire_json_end_array(json);
}

/* Of the table that is its parent. */
static void write_holding_cell(quire_json *json, const quire_table *table)
{
    quire_json_key(json, "in_cell");
    quire_json_begin_flat_object(json);
    quire_json_pair_integer(json, "row", table->in_row);
    quire_json_pair_integer(json, "col", table->in_column);
    quire_json_end_object(json);
}

static void write_table(quire_json *json, const quire_export *job, const quire_element *element)
{
    const quire_table *table = element->table;
    quire_json_pair_cstring(json, "method", table->method);
    quire_json_pair_integer(json, "rows", table->rows);
    quire_json_pair_integer(json, "cols", table->columns);
    if (table->continued_from)
        quire_json_pair_cstring(json, "continued_from", table->continued_from);
    if (table->repeated_rows > 0)
        quire_json_pair_integer(json, "repeated_rows", table->repeated_rows);
    if (element->parent >= 0 && job->document->elements.items[element->parent].table)
        write_holding_cell(json, table);
    write_cells(json, element);
}

static void write_places(quire_json *json, const quire_element *element)
{
    quire_json_key(json, "places");
    quire_json_begin_array(json);
    for (size_t i = 0; i < element->place_count; i++) {
        quire_json_begin_flat_object(json);
        quire_json_pair_integer(json, "page", element->places[i].page);
        quire_json_box(json, "bbox", element->places[i].box);
        quire_json_end_object(json);
    }
    quire_json_end_array(json);
}

static void write_place(quire_json *json, const quire_element *element)
{
    quire_json_pair_integer(json, "page", element->page);
    quire_json_box(json, "bbox", element->box);
    if (element->place_count > 0)
        write_places(json, element);
    if (element->rotation != 0)
        write_quad(json, element->box, element->rotation);
    write_span(json, element->span);
    quire_json_pair_string(json, "text", element->text);
    if (element->original.size > 0)
        quire_json_pair_string(json, "orig", element->original);
}

/* What an item of definitions defines. */
static void write_term(quire_json *json, const quire_element *element)
{
    uint64_t length = quire_utf8_length(element->text.data, element->term);
    quire_json_key(json, "term");
    quire_json_begin_flat_object(json);
    write_span(json, (quire_span){element->span.start, element->span.start + length});
    quire_json_end_object(json);
}

static void write_list_traits(quire_json *json, const quire_element *element)
{
    if (element->type == QUIRE_LIST)
        quire_json_pair_bool(json, "ordered", element->ordered);
    if (element->definitions)
        quire_json_pair_bool(json, "definitions", true);
    if (element->continued_from)
        quire_json_pair_cstring(json, "continued_from", element->continued_from);
    if (element->quote)
        quire_json_pair_bool(json, "quote", true);
    if (element->term > 0)
        write_term(json, element);
}

/* What furniture has in common over the pages, and what it says on this one. */
static void write_pattern(quire_json *json, const quire_element *element)
{
    quire_json_pair_cstring(json, "pattern", element->pattern);
    quire_json_key(json, "values");
    quire_json_begin_flat_array(json);
    for (size_t i = 0; i < element->value_count; i++)
        quire_json_string(json, quire_text_of(element->values[i]));
    quire_json_end_array(json);
}

static void write_nature(quire_json *json, const quire_export *job, const quire_element *element)
{
    quire_json_pair_cstring(json, "layer", quire_layer_name(element->layer));
    if (element->repeats)
        quire_json_pair_bool(json, "repeats", true);
    if (element->pattern)
        write_pattern(json, element);
    if (element->parent >= 0)
        quire_json_pair_cstring(json, "parent", job->document->elements.items[element->parent].id);
    write_list_traits(json, element);
    if (element->marker.size > 0)
        quire_json_pair_string(json, "marker", element->marker);
    if (element->note != 0)
        quire_json_pair_integer(json, "note", element->note);
    write_notes(json, element);
    const quire_element *elements = job->document->elements.items;
    if (element->caption >= 0)
        quire_json_pair_cstring(json, "caption", elements[element->caption].id);
    if (element->described >= 0)
        quire_json_pair_cstring(json, "caption_of", elements[element->described].id);
    if (element->image)
        quire_json_pair_cstring(json, "image", element->image);
    if (element->decorative)
        quire_json_pair_bool(json, "decorative", true);
    if (element->alt)
        quire_json_pair_cstring(json, "alt", element->alt);
    if (element->language)
        quire_json_pair_cstring(json, "language", element->language);
    quire_json_pair_cstring(json, "source", quire_source_name(element->source));
    quire_json_pair_number(json, "confidence", element->confidence, 3);
}

void quire_json_element(quire_json *json, const quire_export *job, const quire_element *element)
{
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "id", element->id);
    quire_json_pair_cstring(json, "type", quire_element_type_name(element->type));
    if (element->level != 0)
        quire_json_pair_integer(json, "level", element->level);
    write_place(json, element);
    write_nature(json, job, element);
    if (job->options->explain)
        write_why(json, element);
    write_style(json, &element->style);
    write_runs(json, job, element);
    if (job->options->lines)
        write_lines(json, element);
    if (element->table)
        write_table(json, job, element);
    quire_json_end_object(json);
}
