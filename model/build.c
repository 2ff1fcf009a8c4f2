/*
 * Elements on their way into the document: where their text goes in the content, who holds them,
 * and copies of all they point to. The invariants of build.h are kept here.
 */
#include "model/inner.h"

#include <string.h>

typedef struct quire_separator {
    const char *text; /* ASCII */
    size_t size;
} quire_separator;

static quire_element *holder(quire_document *document, const quire_element *element)
{
    return element->parent >= 0 ? &document->elements.items[element->parent] : NULL;
}

/* The nearest holder at `parent` or above it that is not as deep as the walk can go. */
static int32_t allowed_parent(const quire_document *document, int32_t parent)
{
    if (parent < 0 || (size_t)parent >= document->elements.count)
        return -1;
    int depth = 1;
    for (int32_t at = parent; document->elements.items[at].parent >= 0;
         at = document->elements.items[at].parent)
        depth++;
    return depth < QUIRE_WALK_DEPTH ? parent : document->elements.items[parent].parent;
}

/* An item opens a line of its own; only what is the first text of an outermost list is set off like
 * any other element. */
static quire_separator separator_before(quire_document *document, const quire_element *element)
{
    if (document->content_length == 0)
        return (quire_separator){"", 0};
    const quire_element *list = holder(document, element);
    if (element->type != QUIRE_LIST_ITEM || !list)
        return (quire_separator){"\n\n", 2};
    bool first = list->span.start == list->span.end;
    while (first && list->parent >= 0) {
        list = holder(document, list);
        first = list->span.start == list->span.end;
    }
    return first ? (quire_separator){"\n\n", 2} : (quire_separator){"\n", 1};
}

static bool content_reserve(quire_document *document, size_t size)
{
    while (document->content.capacity - document->content.count < size) {
        if (!quire_array_grow((void **)&document->content.items, &document->content.capacity,
                              document->content.ceiling, 1, &document->content.full))
            return false;
    }
    return true;
}

static void content_append(quire_document *document, const char *text, size_t size)
{
    if (size > 0)
        memcpy(document->content.items + document->content.count, text, size);
    document->content.count += size;
}

/* Everything that holds `element` reaches at least to its end. */
static void stretch_holders(quire_document *document, const quire_element *element)
{
    for (quire_element *above = holder(document, element); above; above = holder(document, above)) {
        if (above->span.start == above->span.end)
            above->span.start = element->span.start;
        above->span.end = element->span.end;
    }
}

static bool place_text(quire_document *document, quire_element *element)
{
    element->span = (quire_span){document->content_length, document->content_length};
    if (element->text.size == 0)
        return true;
    quire_separator separator = separator_before(document, element);
    if (element->text.size > UINT32_MAX ||
        !content_reserve(document, separator.size + element->text.size))
        return false;
    content_append(document, separator.text, separator.size);
    content_append(document, element->text.data, element->text.size);
    element->span.start += separator.size;
    element->span.end =
        element->span.start + quire_utf8_length(element->text.data, element->text.size);
    document->content_length = element->span.end;
    stretch_holders(document, element);
    return true;
}

static void carry_runs(quire_element *element, const quire_text_carry *carry)
{
    quire_run *runs = quire_arena_array(carry->arena, quire_run, element->run_count);
    for (size_t i = 0; runs && i < element->run_count; i++) {
        runs[i] = element->runs[i];
        runs[i].start = quire_text_carry_offset(carry, runs[i].start);
        runs[i].end = quire_text_carry_offset(carry, runs[i].end);
    }
    element->run_count = runs ? element->run_count : 0;
    element->runs = runs;
}

static void carry_lines(quire_element *element, const quire_text_carry *carry)
{
    quire_element_line *lines =
        quire_arena_array(carry->arena, quire_element_line, element->line_count);
    for (size_t i = 0; lines && i < element->line_count; i++) {
        lines[i] = element->lines[i];
        lines[i].start = quire_text_carry_offset(carry, lines[i].start);
        lines[i].end = quire_text_carry_offset(carry, lines[i].end);
    }
    element->line_count = lines ? element->line_count : 0;
    element->lines = lines;
}

static void carry_table(quire_element *element, const quire_text_carry *carry)
{
    if (!element->table)
        return;
    quire_table *table = quire_arena_new_of(carry->arena, quire_table);
    if (!table) {
        element->table = NULL;
        return;
    }
    *table = *element->table;
    table->method = quire_model_string(carry->arena, table->method);
    table->continued_from = quire_model_string(carry->arena, table->continued_from);
    quire_cell *cells = quire_arena_array(carry->arena, quire_cell, table->cell_count);
    for (size_t i = 0; cells && i < table->cell_count; i++) {
        cells[i] = table->cells[i];
        cells[i].start = quire_text_carry_offset(carry, cells[i].start);
        cells[i].end = quire_text_carry_offset(carry, cells[i].end);
    }
    table->cell_count = cells ? table->cell_count : 0;
    table->cells = cells;
    element->table = table;
}

static void copy_reasons(quire_element *element, quire_arena *arena)
{
    const char **why = quire_arena_array(arena, const char *, element->why_count);
    for (size_t i = 0; why && i < element->why_count; i++)
        why[i] = quire_model_string(arena, element->why[i]);
    element->why_count = why ? element->why_count : 0;
    element->why = why;
}

static void copy_places(quire_element *element, quire_arena *arena)
{
    quire_place *places = quire_arena_array(arena, quire_place, element->place_count);
    for (size_t i = 0; places && i < element->place_count; i++)
        places[i] = element->places[i];
    element->place_count = places ? element->place_count : 0;
    element->places = places;
}

static void copy_values(quire_element *element, quire_arena *arena)
{
    const char **values = quire_arena_array(arena, const char *, element->value_count);
    for (size_t i = 0; i < element->value_count; i++)
        values[i] = quire_model_string(arena, element->values[i]);
    element->values = values;
    element->pattern = quire_model_string(arena, element->pattern);
}

static void copy_belongings(quire_element *element, const quire_text_carry *carry)
{
    carry_runs(element, carry);
    carry_lines(element, carry);
    carry_table(element, carry);
    copy_reasons(element, carry->arena);
    copy_places(element, carry->arena);
    copy_values(element, carry->arena);
    element->original = quire_model_text(carry->arena, element->original);
    element->marker = quire_model_text(carry->arena, element->marker);
    element->alt = quire_model_string(carry->arena, element->alt);
    element->image = quire_model_string(carry->arena, element->image);
    element->language = quire_model_string(carry->arena, element->language);
    element->continued_from = quire_model_string(carry->arena, element->continued_from);
    element->term = quire_text_carry_offset(carry, element->term);
    element->style.font = quire_model_string(carry->arena, element->style.font);
}

int32_t quire_document_add(quire_document *document, const quire_element *element)
{
    quire_element added = *element;
    quire_text_carry carry;
    added.text = quire_model_text_carried(document->page_arena, element->text, &carry);
    added.own_size = added.text.size;
    added.parent = allowed_parent(document, element->parent);
    added.caption = added.described = -1;
    if (document->elements.count >= INT32_MAX || !quire_array_reserve(&document->elements) ||
        !place_text(document, &added))
        return -1;
    copy_belongings(&added, &carry);
    quire_element_identify(document, &added);
    *quire_array_push(&document->elements) = added;
    return (int32_t)(document->elements.count - 1);
}

/* Bytes at the end of the first `size` bytes of the content that hold `length` code points. */
static size_t tail_size(const quire_document *document, size_t size, uint64_t length)
{
    size_t at = size;
    for (; length > 0 && at > 0; length--) {
        do {
            at--;
        } while (at > 0 && ((unsigned char)document->content.items[at] & 0xC0) == 0x80);
    }
    return size - at;
}

void quire_document_close_element(quire_document *document, int32_t index)
{
    if (index < 0 || (size_t)index >= document->elements.count)
        return;
    quire_element *element = &document->elements.items[index];
    size_t end = document->content.count;
    end -= tail_size(document, end, document->content_length - element->span.end);
    size_t size = tail_size(document, end, element->span.end - element->span.start);
    if (size == element->text.size)
        return;
    char *text = quire_arena_text(document->page_arena, document->content.items + end - size, size);
    if (text)
        element->text = (quire_text){text, size};
}

void quire_document_bind_caption(quire_document *document, int32_t holder_index, int32_t caption)
{
    size_t count = document->elements.count;
    if (holder_index < 0 || caption < 0 || (size_t)holder_index >= count ||
        (size_t)caption >= count)
        return;
    quire_element *elements = document->elements.items;
    elements[holder_index].caption = caption;
    if (elements[caption].described < 0)
        elements[caption].described = holder_index;
}
