/*
 * The document for the eye: one HTML file without any other, each page as a picture, and over it
 * what was made of it: elements, the order of reading, cells, fields, words by confidence, text
 * that is not seen. What an element is and why is told on a click. The program that does that
 * stands in exporters/viewer/; here its data are written beside each page, as the JSON has them.
 */
#include "exporters/inner.h"

#define VIEW_DPI 110.0 /* of the pictures: small print can be read */
#define SCREEN_DPI 96.0

static quire_export_options all_of(const quire_export_options *options)
{
    quire_export_options all = *options;
    all.words = all.explain = true;
    all.lines = false;
    return all;
}

/* In a script nothing may look like its end. */
static void write_script(quire_sink *out, const quire_sink *json)
{
    quire_bytes bytes = quire_sink_bytes(json);
    for (size_t at = 0; at < bytes.size;) {
        size_t end = at;
        while (end < bytes.size && bytes.data[end] != '<')
            end++;
        quire_sink_write(out, bytes.data + at, end - at);
        if (end < bytes.size)
            quire_sink_text(out, "\\u003c");
        at = end + 1;
    }
}

static void write_picture(quire_export *job, int32_t page)
{
    quire_paper_picture picture = {0};
    if (!job->paper ||
        !job->paper->picture(job->paper->user,
                             &(quire_paper_request){.page = page, .dpi = VIEW_DPI}, &picture))
        return;
    g_autofree char *coded = g_base64_encode(picture.bytes.data, picture.bytes.size);
    quire_sink_printf(job->sink, "<img alt=\"\" loading=\"lazy\" src=\"data:%s;base64,",
                      picture.media_type);
    quire_sink_text(job->sink, coded);
    quire_sink_text(job->sink, "\">");
    job->paper->release(&picture);
}

static void write_data(quire_export *job, const quire_page_record *page)
{
    const quire_document *document = job->document;
    quire_export_options options = all_of(job->options);
    quire_sink *sink = quire_sink_new_memory();
    quire_export copy = {.document = document, .options = &options, .sink = sink};
    quire_json writer, *json = &writer;
    quire_json_init(json, sink, 0);
    quire_json_begin_object(json);
    quire_json_key(json, "page");
    quire_json_page(json, &copy, page);
    quire_json_key(json, "elements");
    quire_json_begin_array(json);
    quire_walk walk = quire_walk_start(document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER && walk.element->page == page->page)
            quire_json_element(json, &copy, walk.element);
    }
    quire_json_end_array(json);
    quire_json_key(json, "fields");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->fields.count; i++) {
        if (document->fields.items[i].page == page->page)
            quire_json_field(json, &document->fields.items[i]);
    }
    quire_json_end_array(json);
    quire_json_end_object(json);
    write_script(job->sink, sink);
    quire_sink_free(sink);
}

static void write_page(quire_export *job, const quire_page_record *page)
{
    double scale = SCREEN_DPI / 72;
    quire_sink_printf(job->sink, "<section class=\"page\" id=\"page-%d\" style=\"--w:%d;--h:%d\">",
                      page->page, (int)(page->width * scale), (int)(page->height * scale));
    quire_sink_printf(job->sink, "<b>%d</b>", page->page);
    write_picture(job, page->page);
    quire_sink_text(job->sink, "<script type=\"application/json\">");
    write_data(job, page);
    quire_sink_text(job->sink, "</script></section>\n");
}

static void write_held(quire_export *job)
{
    for (size_t i = 0; i < job->document->pages.count; i++)
        write_page(job, &job->document->pages.items[i]);
}

static void write_layers(quire_sink *sink)
{
    static const struct {
        const char *name, *label;
        bool shown;
    } layers[] = {{"elements", "Elements", true},
                  {"order", "Order", false},
                  {"tables", "Cells", true},
                  {"fields", "Fields", true},
                  {"words", "Confidence", false}};
    for (size_t i = 0; i < G_N_ELEMENTS(layers); i++)
        quire_sink_printf(sink, "<label><input type=\"checkbox\" id=\"show-%s\"%s> %s</label>\n",
                          layers[i].name, layers[i].shown ? " checked" : "", layers[i].label);
}

static void begin(quire_export *job)
{
    g_autoptr(GString) name = g_string_new(NULL);
    quire_html_escape(name, quire_text_of(job->document->input_name));
    quire_sink_text(job->sink, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
                               "<meta charset=\"utf-8\">\n"
                               "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    quire_sink_text(job->sink, name->str);
    quire_sink_text(job->sink, "</title>\n<style>\n");
    quire_sink_text(job->sink, quire_viewer_style);
    quire_sink_text(job->sink, "</style>\n</head>\n<body>\n<header><h1>");
    quire_sink_text(job->sink, name->str);
    quire_sink_text(job->sink, "</h1>\n<input type=\"search\" placeholder=\"Search\" "
                               "aria-label=\"Search\">\n");
    write_layers(job->sink);
    quire_sink_text(job->sink, "<button id=\"out\" aria-label=\"Smaller\">-</button>\n"
                               "<button id=\"in\" aria-label=\"Larger\">+</button>\n"
                               "<button id=\"dark\">Dark</button>\n</header>\n<main>\n");
}

static void write_document(quire_export *job)
{
    const quire_document *document = job->document;
    quire_sink *sink = quire_sink_new_memory();
    quire_json writer, *json = &writer;
    quire_json_init(json, sink, 0);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "input", document->input_name);
    quire_json_pair_cstring(json, "status", quire_json_status(document->status));
    quire_json_key(json, "issues");
    quire_json_begin_array(json);
    for (size_t i = 0; i < document->issues.count; i++)
        quire_json_issue(json, &document->issues.items[i]);
    quire_json_end_array(json);
    quire_json_audit(json, &document->audit);
    quire_json_end_object(json);
    write_script(job->sink, sink);
    quire_sink_free(sink);
}

static void end(quire_export *job)
{
    write_held(job);
    quire_sink_text(job->sink, "</main>\n<aside aria-live=\"polite\"></aside>\n"
                               "<script type=\"application/json\" id=\"document\">");
    write_document(job);
    quire_sink_text(job->sink, "</script>\n<script>\n");
    quire_sink_text(job->sink, quire_viewer_program);
    quire_sink_text(job->sink, "</script>\n</body>\n</html>\n");
}

const quire_exporter quire_viewer_exporter = {
    .name = "viewer",
    .extension = "viewer.html",
    .media_type = "text/html",
    .summary = "one HTML file to look at: pages, and over them what was made of them",
    .streams = true,
    .needs_words = true,
    .needs_reasons = true,
    .shows_hidden = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
