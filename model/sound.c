/*
 * Does the document keep its word? Every invariant of build.h, checked against the content itself;
 * for tests and fuzzing, where its cost does not matter.
 */
#include "model/model.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct soundness {
    const quire_document *document;
    uint32_t *byte_of; /* of each code point of the content, and of its end */
    uint64_t length; /* code points that are held */
    char *message;
} soundness;

static bool unsound(char *message, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, 128, format, arguments);
    va_end(arguments);
    return false;
}

static bool index_content(soundness *check)
{
    const quire_document *document = check->document;
    check->length = document->content_length - document->content_start;
    if (quire_utf8_length(document->content.items, document->content.count) != check->length)
        return unsound(check->message, "content has not the length that was counted");
    check->byte_of = calloc(check->length + 1, sizeof *check->byte_of);
    if (!check->byte_of)
        abort();
    uint64_t count = 0;
    for (size_t at = 0; at < document->content.count;) {
        check->byte_of[count++] = (uint32_t)at;
        quire_utf8_next(document->content.items, document->content.count, &at);
    }
    check->byte_of[count] = (uint32_t)document->content.count;
    return true;
}

static bool span_is_text(const soundness *check, const quire_element *element)
{
    uint64_t base = check->document->content_start;
    if (element->span.start > element->span.end || element->span.start < base ||
        element->span.end - base > check->length)
        return unsound(check->message, "%s: span outside of the content", element->id);
    size_t start = check->byte_of[element->span.start - base];
    size_t end = check->byte_of[element->span.end - base];
    quire_text slice = {check->document->content.items + start, end - start};
    if (!quire_text_equal(slice, element->text))
        return unsound(check->message, "%s: content[span] is not its text", element->id);
    quire_arena *arena = quire_arena_new(0);
    bool composed = quire_text_equal(quire_text_nfc(arena, element->text), element->text);
    quire_arena_free(arena);
    return composed || unsound(check->message, "%s: text is not NFC", element->id);
}

static bool parent_holds(const soundness *check, size_t index)
{
    const quire_element *element = &check->document->elements.items[index];
    if (element->parent < 0)
        return true;
    if ((size_t)element->parent >= index)
        return unsound(check->message, "%s: stands before its holder", element->id);
    quire_span above = check->document->elements.items[element->parent].span;
    bool within = element->text.size == 0 ||
                  (above.start <= element->span.start && element->span.end <= above.end);
    return within || unsound(check->message, "%s: not within its holder", element->id);
}

static bool parts_lie_within(const soundness *check, const quire_element *element)
{
    uint32_t last = 0;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        if (run->start < last || run->end < run->start || run->end > element->own_size)
            return unsound(check->message, "%s: run %zu is out of place", element->id, i);
        if (run->link >= (int32_t)check->document->links.count)
            return unsound(check->message, "%s: run %zu has no such link", element->id, i);
        last = run->end;
    }
    for (size_t i = 0; i < element->line_count; i++) {
        if (element->lines[i].start > element->lines[i].end ||
            element->lines[i].end > element->own_size)
            return unsound(check->message, "%s: line %zu is out of place", element->id, i);
    }
    return true;
}

static bool cells_fit(const soundness *check, const quire_element *element)
{
    const quire_table *table = element->table;
    for (size_t i = 0; table && i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        if (cell->start > cell->end || cell->end > element->text.size)
            return unsound(check->message, "%s: text of cell %zu", element->id, i);
        if (cell->row_span == 0 || cell->column_span == 0 || cell->row >= table->rows ||
            cell->row_span > table->rows - cell->row || cell->column >= table->columns ||
            cell->column_span > table->columns - cell->column)
            return unsound(check->message, "%s: cell %zu outside of the table", element->id, i);
    }
    return true;
}

static int compare_ids(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static bool ids_are_unique(const soundness *check)
{
    size_t count = check->document->elements.count;
    const char **ids = calloc(count + 1, sizeof *ids);
    if (!ids)
        abort();
    for (size_t i = 0; i < count; i++)
        ids[i] = check->document->elements.items[i].id;
    qsort(ids, count, sizeof *ids, compare_ids);
    bool unique = true;
    for (size_t i = 1; i < count && unique; i++)
        unique = strcmp(ids[i - 1], ids[i]) != 0 || unsound(check->message, "%s: twice", ids[i]);
    free(ids);
    return unique;
}

bool quire_document_is_sound(const quire_document *document, char message[128])
{
    soundness check = {.document = document, .message = message};
    message[0] = '\0';
    bool sound = index_content(&check) && ids_are_unique(&check);
    for (size_t i = 0; sound && i < document->elements.count; i++) {
        const quire_element *element = &document->elements.items[i];
        sound = span_is_text(&check, element) && parent_holds(&check, i) &&
                parts_lie_within(&check, element) && cells_fit(&check, element);
    }
    free(check.byte_of);
    return sound;
}
