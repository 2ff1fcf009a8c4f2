/*
 * hOCR 1.2: pages, areas, paragraphs, lines and words with their boxes and confidences, as HTML
 * that is XML, too. Boxes are whole pixels, so that the page is told as one scanned at 300 dots an
 * inch: a point is a little more than four of them.
 */
#include "exporters/inner.h"

#define PIXELS_PER_POINT (300.0 / 72.0)

static long pixels(float points)
{
    return lround(points * PIXELS_PER_POINT);
}

static void append_box(GString *out, quire_box box)
{
    g_string_append_printf(out, "bbox %ld %ld %ld %ld", pixels(quire_larger(box.x0, 0)),
                           pixels(quire_larger(box.y0, 0)), pixels(quire_larger(box.x1, 0)),
                           pixels(quire_larger(box.y1, 0)));
}

static void append_word(GString *out, const quire_word *word, int page, unsigned number)
{
    g_string_append_printf(out, "<span class=\"ocrx_word\" id=\"word_%d_%u\" title=\"", page,
                           number);
    append_box(out, word->box);
    g_string_append_printf(out, "; x_wconf %ld\">", lround(word->confidence * 100));
    quire_html_escape(out, word->text);
    g_string_append(out, "</span>");
}

static void append_line(GString *out, const quire_page_words *words, guint index, int page)
{
    const quire_words_line *line = &g_array_index(words->lines, quire_words_line, index);
    g_string_append_printf(out, "    <span class=\"ocr_line\" id=\"line_%d_%u\" title=\"", page,
                           index + 1);
    append_box(out, line->box);
    g_string_append(out, "\">");
    for (guint i = line->first; i < line->end; i++) {
        if (i > line->first)
            g_string_append_c(out, ' ');
        append_word(out, g_array_index(words->words, const quire_word *, i), page, i + 1);
    }
    g_string_append(out, "</span>\n");
}

static quire_box area_box(const quire_page_words *words, guint first, guint end)
{
    quire_box box = quire_box_empty();
    for (guint i = first; i < end; i++)
        box = quire_box_union(box, g_array_index(words->lines, quire_words_line, i).box);
    return box;
}

static void append_area(GString *out, const quire_page_words *words, guint first, guint end,
                        int page)
{
    quire_box box = area_box(words, first, end);
    g_string_append_printf(out, "  <div class=\"ocr_carea\" id=\"block_%d_%u\" title=\"", page,
                           first + 1);
    append_box(out, box);
    g_string_append_printf(out, "\">\n   <p class=\"ocr_par\" id=\"par_%d_%u\" title=\"", page,
                           first + 1);
    append_box(out, box);
    g_string_append(out, "\">\n");
    for (guint i = first; i < end; i++)
        append_line(out, words, i, page);
    g_string_append(out, "   </p>\n  </div>\n");
}

static void append_page(GString *out, const quire_export *job, const quire_page_record *page)
{
    g_string_append_printf(out, " <div class=\"ocr_page\" id=\"page_%d\" title=\"image '",
                           page->page);
    const char *name = job->document->input_name ? job->document->input_name : "";
    g_autofree char *shown = g_strdelimit(g_strdup(name), "'", '_');
    quire_html_escape(out, quire_text_of(shown));
    g_string_append(out, "'; ");
    append_box(out, (quire_box){0, 0, page->width, page->height});
    g_string_append_printf(out, "; ppageno %d; scan_res 300 300\">\n", page->page - 1);
    quire_page_words words = quire_page_words_new(job, page);
    for (guint i = 0; i < words.lines->len;) {
        int32_t element = g_array_index(words.lines, quire_words_line, i).element;
        guint end = i;
        while (end < words.lines->len &&
               g_array_index(words.lines, quire_words_line, end).element == element)
            end++;
        append_area(out, &words, i, end, page->page);
        i = end;
    }
    quire_page_words_clear(&words);
    g_string_append(out, " </div>\n");
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
    quire_sink_text(job->sink,
                    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                    "<!DOCTYPE html PUBLIC \"-//W3C//DTD XHTML 1.0 Transitional//EN\" "
                    "\"http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd\">\n"
                    "<html xmlns=\"http://www.w3.org/1999/xhtml\">\n<head>\n<title></title>\n"
                    "<meta http-equiv=\"Content-Type\" content=\"text/html;charset=utf-8\"/>\n"
                    "<meta name=\"ocr-system\" content=\"quire " QUIRE_VERSION "\"/>\n"
                    "<meta name=\"ocr-capabilities\" content=\"ocr_page ocr_carea ocr_par ocr_line "
                    "ocrx_word ocrp_wconf\"/>\n</head>\n<body>\n");
}

static void end(quire_export *job)
{
    write_held(job);
    quire_sink_text(job->sink, "</body>\n</html>\n");
}

const quire_exporter quire_hocr_exporter = {
    .name = "hocr",
    .extension = "hocr",
    .media_type = "application/xhtml+xml",
    .summary = "hOCR: every word with its box and confidence",
    .streams = true,
    .needs_words = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
