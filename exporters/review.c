/*
 * What a person should look at: pages that are incomplete, and elements and fields that are not
 * sure, the least sure first, each with a picture of its place and what was read there. One HTML
 * file without any other.
 */
#include "exporters/inner.h"

enum { MOST_ITEMS = 500 };
#define SURE 0.85f /* what is surer than that is not asked about */
#define CROP_DPI 130.0
#define CROP_MARGIN 6.0f /* points around the place */

typedef struct review_item {
    float confidence;
    int32_t page;
    quire_box box; /* empty: the whole page */
    const char *kind, *id;
    quire_text text;
    const char *const *why;
    size_t why_count;
} review_item;

static void add_elements(GArray *items, const quire_document *document)
{
    for (size_t i = 0; i < document->elements.count; i++) {
        const quire_element *element = &document->elements.items[i];
        bool asks = element->confidence < SURE && element->layer != QUIRE_LAYER_HIDDEN &&
                    element->layer != QUIRE_LAYER_FURNITURE && element->type != QUIRE_LIST;
        review_item item = {element->confidence, element->page,
                            element->box,        quire_element_type_name(element->type),
                            element->id,         quire_element_own_text(element),
                            element->why,        element->why_count};
        if (asks)
            g_array_append_val(items, item);
    }
}

static void add_fields(GArray *items, const quire_document *document)
{
    for (size_t i = 0; i < document->fields.count; i++) {
        const quire_field *field = &document->fields.items[i];
        review_item item = {.confidence = field->confidence,
                            .page = field->page,
                            .box = field->box,
                            .kind = quire_field_type_name(field->type),
                            .id = field->id,
                            .text = quire_text_of(field->value)};
        if (!quire_box_is_empty(field->label_box))
            item.box = quire_box_union(item.box, field->label_box);
        if (field->confidence < SURE)
            g_array_append_val(items, item);
    }
}

static void add_pages(GArray *items, const quire_document *document)
{
    for (size_t i = 0; i < document->pages.count; i++) {
        const quire_page_record *page = &document->pages.items[i];
        review_item item = {.confidence = page->status == QUIRE_OK ? page->confidence : 0,
                            .page = page->page,
                            .box = quire_box_empty(),
                            .kind = page->status == QUIRE_OK ? "page" : "incomplete page",
                            .id = ""};
        if (page->needs_review || page->status != QUIRE_OK)
            g_array_append_val(items, item);
    }
}

static gint compare_items(gconstpointer a, gconstpointer b)
{
    const review_item *x = a, *y = b;
    if (x->confidence != y->confidence)
        return x->confidence < y->confidence ? -1 : 1;
    return x->page - y->page;
}

static void append_picture(GString *out, quire_export *job, const review_item *item)
{
    quire_paper_picture picture = {0};
    quire_paper_request request = {.page = item->page, .dpi = CROP_DPI};
    if (!quire_box_is_empty(item->box))
        request.part = (quire_box){quire_larger(0, item->box.x0 - CROP_MARGIN),
                                   quire_larger(0, item->box.y0 - CROP_MARGIN),
                                   item->box.x1 + CROP_MARGIN, item->box.y1 + CROP_MARGIN};
    if (!job->paper || !job->paper->picture(job->paper->user, &request, &picture))
        return;
    g_autofree char *coded = g_base64_encode(picture.bytes.data, picture.bytes.size);
    g_string_append_printf(out, "<img alt=\"\" src=\"data:%s;base64,%s\"/>\n", picture.media_type,
                           coded);
    job->paper->release(&picture);
}

static void append_item(GString *out, quire_export *job, const review_item *item)
{
    char share[G_ASCII_DTOSTR_BUF_SIZE];
    g_ascii_formatd(share, sizeof share, "%.2f", item->confidence);
    g_string_append_printf(out, "<section id=\"%s\"><h2>Page %d, %s, %s</h2>\n",
                           *item->id ? item->id : "page", item->page, item->kind, share);
    append_picture(out, job, item);
    if (item->text.size > 0) {
        g_string_append(out, "<pre>");
        quire_html_escape(out, item->text);
        g_string_append(out, "</pre>\n");
    }
    for (size_t i = 0; i < item->why_count; i++) {
        g_string_append(out, "<p>");
        quire_html_escape(out, quire_text_of(item->why[i]));
        g_string_append(out, "</p>\n");
    }
    g_string_append(out, "</section>\n");
}

static void append_head(GString *out, const quire_document *document, guint count)
{
    g_string_append(out, "<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" "
                         "lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n<title>Review: ");
    quire_html_escape(out, quire_text_of(document->input_name));
    g_string_append(out, "</title>\n<style>body{font:15px/1.4 system-ui,sans-serif;max-width:60rem;"
                         "margin:1rem auto;padding:0 1rem}section{border-top:1px solid #bbb;"
                         "padding:.5rem 0}h2{font-size:1rem}img{max-width:100%;"
                         "border:1px solid #ccc}pre{white-space:pre-wrap;background:#f3f3f3;"
                         "padding:.5rem}</style>\n</head>\n<body>\n<h1>");
    quire_html_escape(out, quire_text_of(document->input_name));
    g_string_append_printf(out, "</h1>\n<p>%u to look at, the least sure first</p>\n", count);
}

static void end(quire_export *job)
{
    g_autoptr(GArray) items = g_array_new(FALSE, FALSE, sizeof(review_item));
    g_autoptr(GString) out = g_string_new(NULL);
    add_pages(items, job->document);
    add_elements(items, job->document);
    add_fields(items, job->document);
    g_array_sort(items, compare_items);
    append_head(out, job->document, items->len);
    for (guint i = 0; i < MIN(items->len, MOST_ITEMS); i++) {
        append_item(out, job, &g_array_index(items, review_item, i));
        quire_sink_write(job->sink, out->str, out->len);
        g_string_truncate(out, 0);
    }
    g_string_append(out, "</body>\n</html>\n");
    quire_sink_write(job->sink, out->str, out->len);
}

const quire_exporter quire_review_exporter = {
    .name = "review",
    .extension = "review.html",
    .media_type = "text/html",
    .summary = "what a person should look at, least sure first, with pictures",
    .needs_reasons = true,
    .end = end,
};
