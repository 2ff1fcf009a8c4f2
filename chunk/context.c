/*
 * What a chunk is told about where it stands: the headings above it, outermost first, and for the
 * later part of a table the caption and the rows of its head once more.
 *
 *     On the keeping of bees > Hives > Yields
 *     Table 2. Yields by year
 *     Year   Hives   Yield
 *
 * A context takes a part of the chunk's tokens, no more: headings are left out from the outside in,
 * then the table's head.
 */
#include "chunk/inner.h"

static quire_text content_of(const contexts *c, const quire_chunk_piece *piece)
{
    return (quire_text){c->document->content.items + piece->start, piece->end - piece->start};
}

const int32_t *context_path(const contexts *c, int32_t at, size_t *count)
{
    size_t depth = 0;
    for (int32_t i = at; i >= 0; i = section_at(c->list, i)->parent)
        depth++;
    int32_t *path = quire_arena_array(c->arena, int32_t, depth);
    *count = path ? depth : 0;
    for (int32_t i = at; path && i >= 0; i = section_at(c->list, i)->parent)
        path[--depth] = section_at(c->list, i)->heading;
    return path;
}

/* White space of a heading that runs over lines becomes one space. */
static void append_line(GString *out, quire_text text)
{
    bool blank = false;
    for (size_t i = 0; i < text.size; i++) {
        bool is_space = g_ascii_isspace(text.data[i]);
        if (is_space && !blank && out->len > 0)
            g_string_append_c(out, ' ');
        if (!is_space)
            g_string_append_c(out, text.data[i]);
        blank = is_space;
    }
    while (out->len > 0 && out->str[out->len - 1] == ' ')
        g_string_truncate(out, out->len - 1);
}

static void append_headings(GString *out, const contexts *c, const int32_t *path, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const quire_element *heading = &c->document->elements.items[path[i]];
        if (out->len > 0)
            g_string_append(out, " > ");
        append_line(out, (quire_text){heading->text.data, heading->own_size});
    }
}

static bool fits(const contexts *c, const GString *text)
{
    return counter_units(c->options->counter, (quire_text){text->str, text->len}) <= c->most_units;
}

/* The first atom of the block that `index` belongs to. */
static size_t block_start(const atom_list *list, size_t index)
{
    uint32_t block = atom_at(list, index)->block;
    while (index > 0 && atom_at(list, index - 1)->block == block)
        index--;
    return index;
}

int32_t context_caption(const contexts *c, size_t index)
{
    if (atom_at(c->list, index)->kind != ATOM_ROW)
        return -1;
    const atom *first = atom_at(c->list, block_start(c->list, index));
    return first->kind == ATOM_CAPTION ? first->piece.element : -1;
}

/* Rows of nothing but headers at the top of the table. */
static uint32_t head_rows(const quire_table *table)
{
    uint32_t rows = table->rows;
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        if (cell->kind != QUIRE_CELL_COLUMN_HEADER && cell->kind != QUIRE_CELL_STUB &&
            cell->end > cell->start)
            rows = MIN(rows, cell->row);
    }
    return rows < table->rows ? rows : 0;
}

/* The caption and the head of the table, where `index` is a row behind them. */
static void append_table_head(GString *out, const contexts *c, size_t index)
{
    const atom_list *list = c->list;
    const atom *at = atom_at(list, index);
    const quire_table *table = c->document->elements.items[at->piece.element].table;
    size_t row = block_start(list, index), head = table ? head_rows(table) : 0;
    for (size_t i = row; i < index && atom_at(list, i)->kind != ATOM_ROW; i++, row++)
        g_string_append_printf(out, "%s%.*s", out->len ? "\n" : "",
                               (int)content_of(c, &atom_at(list, i)->piece).size,
                               content_of(c, &atom_at(list, i)->piece).data);
    for (size_t i = row; i < index && i < row + head; i++)
        g_string_append_printf(out, "%s%.*s", out->len ? "\n" : "",
                               (int)content_of(c, &atom_at(list, i)->piece).size,
                               content_of(c, &atom_at(list, i)->piece).data);
}

quire_text context_of(const contexts *c, size_t index)
{
    const atom *at = atom_at(c->list, index);
    int32_t section = at->section;
    if (at->kind == ATOM_HEADING && section >= 0)
        section = section_at(c->list, section)->parent;
    size_t count;
    const int32_t *path = context_path(c, section, &count);
    g_autoptr(GString) line = g_string_new(NULL);
    for (size_t skipped = 0; skipped <= count; skipped++) {
        g_string_truncate(line, 0);
        append_headings(line, c, path + skipped, count - skipped);
        if (fits(c, line))
            break;
    }
    gsize size = line->len;
    if (at->kind == ATOM_ROW) {
        append_table_head(line, c, index);
        if (!fits(c, line))
            g_string_truncate(line, size);
    }
    return (quire_text){quire_arena_text(c->arena, line->str, line->len), line->len};
}
