/*
 * ALTO 4 (https://www.loc.gov/standards/alto/): what libraries keep of a page that was read. Blocks
 * are the elements of the page in reading order, tagged with what they are; tables are composed
 * blocks. Places are in 1200ths of an inch, which holds a point to a 16th.
 */
#include "exporters/inner.h"

#define UNITS_PER_POINT (1200.0 / 72.0)

static long units(float points)
{
    return lround(points * UNITS_PER_POINT);
}

static void append_place(GString *out, quire_box box)
{
    long x = units(box.x0), y = units(box.y0);
    g_string_append_printf(out, " HPOS=\"%ld\" VPOS=\"%ld\" WIDTH=\"%ld\" HEIGHT=\"%ld\"", x, y,
                           MAX(units(box.x1) - x, 0), MAX(units(box.y1) - y, 0));
}

/* A share of 1 with three digits, whatever the locale. */
static void append_share(GString *out, const char *name, float share)
{
    char digits[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(digits, sizeof digits, "%.3f", CLAMP(share, 0, 1));
    g_string_append_printf(out, " %s=\"%s\"", name, digits);
}

static void append_line(GString *out, const quire_page_words *words, guint index, int page)
{
    const quire_words_line *line = &g_array_index(words->lines, quire_words_line, index);
    g_string_append_printf(out, "<TextLine ID=\"line_%d_%u\"", page, index + 1);
    append_place(out, line->box);
    g_string_append(out, ">\n");
    for (guint i = line->first; i < line->end; i++) {
        const quire_word *word = g_array_index(words->words, const quire_word *, i);
        if (i > line->first)
            g_string_append(out, "<SP/>\n");
        g_string_append_printf(out, "<String ID=\"word_%d_%u\" CONTENT=\"", page, i + 1);
        quire_html_escape(out, word->text);
        g_string_append_c(out, '"');
        append_place(out, word->box);
        append_share(out, "WC", word->confidence);
        g_string_append(out, "/>\n");
    }
    g_string_append(out, "</TextLine>\n");
}

static void append_block(GString *out, const quire_export *job, const quire_page_words *words,
                         guint first, guint end, int page)
{
    int32_t index = g_array_index(words->lines, quire_words_line, first).element;
    const quire_element *element = index < 0 ? NULL : &job->document->elements.items[index];
    quire_box box = quire_box_empty();
    for (guint i = first; i < end; i++)
        box = quire_box_union(box, g_array_index(words->lines, quire_words_line, i).box);
    bool is_table = element && element->type == QUIRE_TABLE;
    if (is_table) {
        g_string_append_printf(out, "<ComposedBlock ID=\"table_%d_%u\" TYPE=\"table\"", page,
                               first + 1);
        append_place(out, element->box);
        g_string_append(out, ">\n");
    }
    g_string_append_printf(out, "<TextBlock ID=\"block_%d_%u\"", page, first + 1);
    append_place(out, box);
    if (element)
        g_string_append_printf(out, " TAGREFS=\"%s\"", quire_element_type_name(element->type));
    g_string_append(out, ">\n");
    for (guint i = first; i < end; i++)
        append_line(out, words, i, page);
    g_string_append(out, is_table ? "</TextBlock>\n</ComposedBlock>\n" : "</TextBlock>\n");
}

static void append_blocks(GString *out, const quire_export *job, const quire_page_record *page)
{
    quire_page_words words = quire_page_words_new(job, page);
    for (guint i = 0; i < words.lines->len;) {
        int32_t element = g_array_index(words.lines, quire_words_line, i).element;
        guint end = i;
        while (end < words.lines->len &&
               g_array_index(words.lines, quire_words_line, end).element == element)
            end++;
        append_block(out, job, &words, i, end, page->page);
        i = end;
    }
    quire_page_words_clear(&words);
    for (size_t i = 0; i < job->document->elements.count; i++) {
        const quire_element *element = &job->document->elements.items[i];
        if (element->type != QUIRE_FIGURE || element->page != page->page)
            continue;
        g_string_append_printf(out, "<Illustration ID=\"%s\"", element->id);
        append_place(out, element->box);
        g_string_append(out, " TAGREFS=\"figure\"/>\n");
    }
}

static void append_page(GString *out, const quire_export *job, const quire_page_record *page)
{
    quire_box paper = {0, 0, page->width, page->height};
    g_string_append_printf(out,
                           "<Page ID=\"page_%d\" PHYSICAL_IMG_NR=\"%d\" WIDTH=\"%ld\" "
                           "HEIGHT=\"%ld\"",
                           page->page, page->page, units(page->width), units(page->height));
    if (page->label) {
        g_string_append(out, " PRINTED_IMG_NR=\"");
        quire_html_escape(out, quire_text_of(page->label));
        g_string_append_c(out, '"');
    }
    append_share(out, "PC", page->confidence);
    g_string_append(out, ">\n<PrintSpace");
    append_place(out, paper);
    g_string_append(out, ">\n");
    append_blocks(out, job, page);
    g_string_append(out, "</PrintSpace>\n</Page>\n");
}

static void write_held(quire_export *job)
{
    g_autoptr(GString) out = g_string_sized_new(4096);
    for (size_t i = 0; i < job->document->pages.count; i++) {
        append_page(out, job, &job->document->pages.items[i]);
        quire_sink_write(job->sink, out->str, out->len);
        g_string_truncate(out, 0);
    }
}

static void begin(quire_export *job)
{
    g_autoptr(GString) out =
        g_string_new("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                     "<alto xmlns=\"http://www.loc.gov/standards/alto/ns-v4#\" "
                     "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
                     "xsi:schemaLocation=\"http://www.loc.gov/standards/alto/ns-v4# "
                     "http://www.loc.gov/standards/alto/v4/alto-4-4.xsd\" SCHEMAVERSION=\"4.4\">\n"
                     "<Description>\n<MeasurementUnit>inch1200</MeasurementUnit>\n"
                     "<sourceImageInformation>\n<fileName>");
    quire_html_escape(out, quire_text_of(job->document->input_name));
    g_string_append(out, "</fileName>\n</sourceImageInformation>\n<Processing ID=\"quire\">\n"
                         "<processingSoftware>\n<softwareName>quire</softwareName>\n"
                         "<softwareVersion>" QUIRE_VERSION "</softwareVersion>\n"
                         "</processingSoftware>\n</Processing>\n</Description>\n<Tags>\n");
    for (int type = 0; type < QUIRE_ELEMENT_TYPES; type++) {
        const char *name = quire_element_type_name((quire_element_type)type);
        g_string_append_printf(out, "<StructureTag ID=\"%s\" LABEL=\"%s\"/>\n", name, name);
    }
    g_string_append(out, "</Tags>\n<Layout>\n");
    quire_sink_write(job->sink, out->str, out->len);
}

static void end(quire_export *job)
{
    write_held(job);
    quire_sink_text(job->sink, "</Layout>\n</alto>\n");
}

const quire_exporter quire_alto_exporter = {
    .name = "alto",
    .extension = "alto.xml",
    .media_type = "application/xml",
    .summary = "ALTO 4: every word with its place and confidence",
    .streams = true,
    .needs_words = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
