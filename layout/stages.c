/*
 * The passes of layout, in the order in which they think. A pass sees one page as it comes in, or
 * when the window of later pages is full, when it or the page before it is settled, or when it is
 * settled; the table says which.
 */
#include "layout/passes.h"

#include "layout/stage_dump.h"

const layout_pass layout_passes[] = {
    {.info = {"words", "glyphs that stand together become words"},
     .on_page = layout_find_words,
     .dump = layout_dump_words},
    {.info = {"ballots", "boxes and circles that may be marked become signs among the words"},
     .on_page = layout_find_ballots,
     .dump = layout_dump_words},
    {.info = {"lines", "words on one baseline become lines, cut at wide gaps and rules"},
     .on_page = layout_find_lines,
     .dump = layout_dump_lines},
    {.info = {"strokes", "rules under words and through them"},
     .on_page = layout_find_strokes,
     .dump = layout_dump_words},
    {.info = {"areas", "pictures, drawings and cards take hold of the lines in them"},
     .on_page = layout_find_areas,
     .dump = layout_dump_areas},
    {.info = {"tables", "lattices, ruled bands and aligned columns become tables"},
     .on_page = layout_find_tables,
     .dump = layout_dump_tables},
    {.info = {"order", "the page is cut along its gutters into columns, in reading order"},
     .on_page = layout_find_order,
     .dump = layout_dump_lines},
    {.info = {"paragraphs", "lines that go on in each other become blocks"},
     .on_page = layout_find_paragraphs,
     .dump = layout_dump_blocks},
    {.info = {"hidden", "text that is not seen is read by itself, where it is to be kept"},
     .on_page = layout_find_hidden,
     .dump = layout_dump_blocks},
    {.info = {"furniture", "running heads, feet and page numbers are told from the text"},
     .on_window = layout_judge_furniture,
     .dump = layout_dump_blocks},
    {.info = {"candidates", "blocks that could be headings are weighed, style by style"},
     .on_window = layout_score_headings,
     .dump = layout_dump_blocks},
    {.info = {"contents", "rows that lead to page numbers become tables of contents"},
     .on_judge = layout_judge_contents,
     .dump = layout_dump_blocks},
    {.info = {"headings", "headings and their levels, by style, number and outline"},
     .on_judge = layout_judge_headings,
     .dump = layout_dump_blocks},
    {.info = {"lists", "labels that follow each other make lists"},
     .on_judge = layout_judge_lists,
     .dump = layout_dump_blocks},
    {.info = {"notes", "captions and footnotes"},
     .on_judge = layout_judge_notes,
     .dump = layout_dump_blocks},
    {.info = {"tags", "what a tagged file states, where it proves worth believing"},
     .on_judge = layout_judge_tags,
     .dump = layout_dump_blocks},
    {.info = {"figures", "figures are told from decoration"},
     .on_judge = layout_judge_figures,
     .dump = layout_dump_blocks},
    {.info = {"captions", "captions are bound to the figures and tables that they are of"},
     .on_judge = layout_bind_captions,
     .dump = layout_dump_blocks},
    {.info = {"marks", "footnotes are bound to the marks that call them"},
     .on_judge = layout_bind_notes,
     .dump = layout_dump_blocks},
    {.info = {"endnotes", "notes at the end are bound to the numbers that call them"},
     .on_judge = layout_bind_endnotes,
     .dump = layout_dump_blocks},
    {.info = {"turns", "paragraphs go on over the turn of a page"},
     .on_settle = layout_join_pages,
     .dump = layout_dump_blocks},
    {.info = {"continuation", "tables that go on over pages and columns find their beginning"},
     .on_settle = layout_continue_tables,
     .dump = layout_dump_tables},
    {.info = {"fields", "labels find their values"},
     .on_settle = layout_find_fields,
     .dump = layout_dump_blocks},
    {.info = {"languages", "text that is in another language than the document"},
     .on_settle = layout_judge_languages,
     .dump = layout_dump_blocks},
    {.info = {"emit", "blocks become elements, every glyph is accounted for"},
     .on_settle = layout_emit,
     .dump = layout_dump_blocks},
};

const size_t layout_pass_count = sizeof layout_passes / sizeof *layout_passes;

const quire_layout_pass_info *quire_layout_pass_at(size_t index)
{
    return index < layout_pass_count ? &layout_passes[index].info : NULL;
}
