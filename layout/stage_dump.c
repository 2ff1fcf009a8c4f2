/*
 * Stages as text, for --stop-after and for goldens. Boxes are left, top, right, bottom in whole
 * points of the reading frame: fine enough to see a decision, coarse enough to outlive a change
 * of font metrics.
 */
#include "layout/stage_dump.h"

#include <string.h>

#include "layout/passes.h"

enum { WORD_BYTES = 256 };

static void write_page(const layout_page *lp, quire_sink *sink)
{
    quire_sink_printf(sink, "page %d %ld x %ld turn %d\n", lp->page->number, lroundf(lp->width),
                      lroundf(lp->height), lp->frame.angle);
}

static void write_box(quire_sink *sink, quire_box box)
{
    quire_sink_printf(sink, "%4ld %4ld %4ld %4ld ", lroundf(box.x0), lroundf(box.y0),
                      lroundf(box.x1), lroundf(box.y1));
}

static void write_flags(quire_sink *sink, uint32_t flags, const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (flags >> i & 1 && names[i])
            quire_sink_printf(sink, "%s ", names[i]);
}

void layout_dump_words(const layout_page *lp, quire_sink *sink)
{
    static const char *const names[] = {"glued",       "bold",      "italic", "mono",
                                        "superscript", "subscript", "rtl",    "vertical"};
    write_page(lp, sink);
    for (size_t i = 0; i < lp->word_count; i++) {
        const word *w = &lp->words[i];
        char text[256];
        size_t size = layout_word_text(lp, w, text, sizeof text);
        quire_sink_text(sink, "word ");
        write_box(sink, w->box);
        write_flags(sink, w->flags, names, sizeof names / sizeof *names);
        quire_sink_printf(sink, "| %.*s\n", (int)size, text);
    }
}

static const char *const line_names[] = {
    "bold", "italic", "mono", "caps", "rtl", "vertical", "starts_bold", "beside", [9] = "bulleted"};

void layout_dump_lines(const layout_page *lp, quire_sink *sink)
{
    write_page(lp, sink);
    uint32_t region = 0;
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        if (l->region != region)
            quire_sink_text(sink, "cut\n");
        region = l->region;
        quire_sink_text(sink, "line ");
        write_box(sink, l->box);
        quire_sink_printf(sink, "size %.1f ", l->size);
        if (l->angle != lp->frame.angle)
            quire_sink_printf(sink, "angle %d ", l->angle);
        write_flags(sink, l->flags, line_names, sizeof line_names / sizeof *line_names);
        quire_sink_printf(sink, "| %.*s\n", (int)l->text.size, l->text.data);
    }
}

void layout_dump_areas(const layout_page *lp, quire_sink *sink)
{
    static const char *const kinds[] = {"card", "figure", "table"};
    write_page(lp, sink);
    for (size_t i = 0; i < lp->area_count; i++) {
        const area *a = &lp->areas[i];
        quire_sink_printf(sink, "%s ", kinds[a->kind]);
        write_box(sink, a->box);
        quire_sink_printf(sink, "in %d\n", a->parent);
    }
    for (size_t i = 0; i < lp->line_count; i++)
        if (lp->lines[i].area >= 0)
            quire_sink_printf(sink, "line in %d | %.*s\n", lp->lines[i].area,
                              (int)lp->lines[i].text.size, lp->lines[i].text.data);
}

/* ---- features ---- */

bool layout_tells_features(const layout_page *lp, const char *pass)
{
    const quire_layout_options *options = lp->options;
    return options->explain && options->dump && options->stop_after &&
           strcmp(options->stop_after, pass) == 0;
}

void layout_tell_features(const layout_page *lp, bool verdict, const char *const *names,
                          const float *values, quire_text a, quire_text b)
{
    quire_sink *sink = lp->options->dump;
    quire_sink_printf(sink, "features %d", verdict);
    for (size_t i = 0; names[i]; i++)
        quire_sink_printf(sink, "\t%s %g", names[i], (double)values[i]);
    quire_sink_printf(sink, "\t| %.*s\t| %.*s\n", (int)a.size, a.data, (int)b.size, b.data);
}

/* ---- tables ---- */

static void write_words(const layout_page *lp, const uint32_t *words, uint32_t first, uint32_t end,
                        quire_sink *sink)
{
    char text[WORD_BYTES];
    for (uint32_t k = first; k < end; k++) {
        quire_sink_text(sink, " ");
        quire_sink_write(sink, text, layout_word_text(lp, &lp->words[words[k]], text, sizeof text));
    }
}

static void write_cell(const layout_page *lp, const table *t, const table_cell *cell,
                       quire_sink *sink)
{
    quire_sink_printf(sink, "    %u %u ", cell->row, cell->column);
    if (cell->row_span > 1 || cell->column_span > 1)
        quire_sink_printf(sink, "spans %u %u ", cell->row_span, cell->column_span);
    if (cell->kind != QUIRE_CELL_CONTENT)
        quire_sink_printf(sink, "%s ", quire_cell_kind_name(cell->kind));
    quire_sink_text(sink, "|");
    write_words(lp, t->words, cell->first, cell->end, sink);
    if (t->tail)
        write_words(t->tail, t->tail_words, cell->tail_first, cell->tail_end, sink);
    quire_sink_text(sink, "\n");
}

void layout_dump_tables(const layout_page *lp, quire_sink *sink)
{
    write_page(lp, sink);
    for (size_t i = 0; i < lp->area_count; i++) {
        const table *t = lp->areas[i].table;
        if (!t)
            continue;
        quire_sink_printf(sink, "table %s %u x %u ", t->method, t->rows, t->columns);
        write_box(sink, lp->areas[i].box);
        if (t->continues)
            quire_sink_printf(sink, "continues, repeats %u", t->repeated_rows);
        if (layout_is_inner_table(lp, (int32_t)i))
            quire_sink_printf(sink, "in cell %u %u of area %d", t->in_row, t->in_column,
                              lp->areas[i].parent);
        quire_sink_text(sink, "\n");
        for (size_t k = 0; k < t->cell_count; k++)
            write_cell(lp, t, &t->cells[k], sink);
    }
}

/* ---- blocks ---- */

/* The weights by which a block was judged, with their names: what could be learnt from. */
static void write_cues(const block *b, quire_sink *sink)
{
    if (!b->cues)
        return;
    quire_sink_text(sink, "  cues");
    for (size_t i = 0; layout_heading_cue(i); i++)
        quire_sink_printf(sink, "%s %s %+.2f", i > 0 ? "," : "", layout_heading_cue(i),
                          (double)b->cues[i]);
    quire_sink_text(sink, "\n");
}

/* Its lines, or its text once that was made of them. */
static void write_block_lines(const layout_page *lp, const block *b, quire_sink *sink)
{
    if (b->text.size > 0) {
        quire_sink_printf(sink, "    %.*s\n", (int)b->text.size, b->text.data);
        return;
    }
    for (uint32_t i = b->first; i < b->end; i++)
        quire_sink_printf(sink, "    %.*s\n", (int)lp->lines[i].text.size, lp->lines[i].text.data);
}

/* Those that a reader of the dump may want to see. */
static const char *const block_names[] = {
    [4] = "repeats", [10] = "lines", [11] = "quote", [12] = "definition", [13] = "numbered"};

void layout_dump_blocks(const layout_page *lp, quire_sink *sink)
{
    write_page(lp, sink);
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        quire_sink_printf(sink, "%s ", quire_element_type_name(b->type));
        if (b->level > 0)
            quire_sink_printf(sink, "level %d ", b->level);
        write_box(sink, b->box);
        if (b->first < b->end)
            quire_sink_printf(sink, "size %.1f ", b->size);
        if (b->score != 0)
            quire_sink_printf(sink, "score %.2f ", b->score);
        write_flags(sink, b->flags, block_names, sizeof block_names / sizeof *block_names);
        if (b->term > 0)
            quire_sink_printf(sink, "term %u ", b->term);
        if (b->first < b->end)
            write_flags(sink, b->line_flags, line_names, 4);
        quire_sink_text(sink, "\n");
        write_cues(b, sink);
        write_block_lines(lp, b, sink);
    }
}
