/*
 * The document as elements of unstructured, a JSON array of {type, element_id, text, metadata}, so
 * that loaders and vector stores that take those take Quire. Points stand for pixels: a page of
 * 595 by 842 points is one of 595 by 842 pixels.
 */
#include "exporters/inner.h"

#include <string.h>

enum { DEPTHS = 8 };

typedef struct unstructured_state {
    quire_json json;
    char headings[DEPTHS][24]; /* ids of the headings that are open, by level; of the title 0 */
} unstructured_state;

static const char *type_of(const quire_element *element)
{
    static const char *const types[QUIRE_ELEMENT_TYPES] = {
        [QUIRE_TITLE] = "Title",
        [QUIRE_HEADING] = "Title",
        [QUIRE_PARAGRAPH] = "NarrativeText",
        [QUIRE_LIST_ITEM] = "ListItem",
        [QUIRE_TABLE] = "Table",
        [QUIRE_FIGURE] = "Image",
        [QUIRE_CAPTION] = "FigureCaption",
        [QUIRE_FOOTNOTE] = "Footnote",
        [QUIRE_PAGE_HEADER] = "Header",
        [QUIRE_PAGE_FOOTER] = "Footer",
        [QUIRE_PAGE_NUMBER] = "PageNumber",
        [QUIRE_CODE] = "CodeSnippet",
        [QUIRE_FORMULA] = "Formula",
        [QUIRE_FIELD_GROUP] = "FormKeysValues",
    };
    return types[element->type] ? types[element->type] : "UncategorizedText";
}

/* ---- places ---- */

static void write_point(quire_json *json, double x, double y)
{
    quire_json_begin_flat_array(json);
    quire_json_number(json, x, 2);
    quire_json_number(json, y, 2);
    quire_json_end_array(json);
}

static const quire_page_record *page_of(const quire_document *document, int32_t number)
{
    for (size_t i = 0; i < document->pages.count; i++) {
        if (document->pages.items[i].page == number)
            return &document->pages.items[i];
    }
    return NULL;
}

static void write_coordinates(quire_json *json, const quire_export *job,
                              const quire_element *element)
{
    const quire_page_record *page = page_of(job->document, element->page);
    quire_box box = element->box;
    if (!page)
        return;
    quire_json_key(json, "coordinates");
    quire_json_begin_flat_object(json);
    quire_json_key(json, "points");
    quire_json_begin_flat_array(json);
    write_point(json, box.x0, box.y0);
    write_point(json, box.x0, box.y1);
    write_point(json, box.x1, box.y1);
    write_point(json, box.x1, box.y0);
    quire_json_end_array(json);
    quire_json_pair_cstring(json, "system", "PixelSpace");
    quire_json_pair_number(json, "layout_width", page->width, 2);
    quire_json_pair_number(json, "layout_height", page->height, 2);
    quire_json_end_object(json);
}

static void write_languages(quire_json *json, const quire_export *job, const quire_element *element)
{
    const quire_document *document = job->document;
    if (!element->language && document->languages.count == 0)
        return;
    quire_json_key(json, "languages");
    quire_json_begin_flat_array(json);
    if (element->language)
        quire_json_string(json, quire_text_of(element->language));
    for (size_t i = 0; !element->language && i < document->languages.count; i++)
        quire_json_string(json, quire_text_of(document->languages.items[i]));
    quire_json_end_array(json);
}

/* Parts of the text that are bold or italic, as unstructured lists them. */
static void write_emphasis(quire_json *json, const quire_element *element)
{
    static const struct {
        const char *key;
        bool tags;
    } lists[] = {{"emphasized_text_contents", false}, {"emphasized_text_tags", true}};
    bool marked = false;
    for (size_t i = 0; i < element->run_count; i++)
        marked |= (element->runs[i].flags & (QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC)) != 0;
    for (size_t k = 0; marked && k < G_N_ELEMENTS(lists); k++) {
        quire_json_key(json, lists[k].key);
        quire_json_begin_flat_array(json);
        for (size_t i = 0; i < element->run_count; i++) {
            const quire_run *run = &element->runs[i];
            quire_text text = {element->text.data + run->start, run->end - run->start};
            if (run->flags & (QUIRE_RUN_BOLD | QUIRE_RUN_ITALIC))
                quire_json_string(json, !lists[k].tags                ? text
                                        : run->flags & QUIRE_RUN_BOLD ? QUIRE_TEXT("b")
                                                                      : QUIRE_TEXT("i"));
        }
        quire_json_end_array(json);
    }
}

static const char *uri_of(const quire_document *document, const quire_run *run)
{
    return run->link >= 0 ? document->links.items[run->link].uri : NULL;
}

static void write_links(quire_json *json, const quire_export *job, const quire_element *element)
{
    bool begun = false;
    for (size_t i = 0; i < element->run_count; i++) {
        const quire_run *run = &element->runs[i];
        const char *uri = uri_of(job->document, run);
        if (!uri)
            continue;
        if (!begun) {
            quire_json_key(json, "links");
            quire_json_begin_array(json);
        }
        begun = true;
        quire_json_begin_flat_object(json);
        quire_json_pair_string(
            json, "text", (quire_text){element->text.data + run->start, run->end - run->start});
        quire_json_pair_cstring(json, "url", uri);
        quire_json_pair_integer(json, "start_index",
                                (int64_t)quire_utf8_length(element->text.data, run->start));
        quire_json_end_object(json);
    }
    if (begun)
        quire_json_end_array(json);
}

/* ---- elements ---- */

static int depth_of(const quire_element *element)
{
    return element->type == QUIRE_TITLE ? 0 : CLAMP(element->level, 1, DEPTHS - 1);
}

/* The heading that `element` stands under. */
static const char *heading_above(const unstructured_state *state, const quire_element *element)
{
    int depth = quire_is_heading(element) ? depth_of(element) : DEPTHS;
    while (--depth >= 0) {
        if (state->headings[depth][0])
            return state->headings[depth];
    }
    return NULL;
}

static void open_heading(unstructured_state *state, const quire_element *element)
{
    int depth = depth_of(element);
    memcpy(state->headings[depth], element->id, sizeof element->id);
    for (int i = depth + 1; i < DEPTHS; i++)
        state->headings[i][0] = '\0';
}

static void write_metadata(quire_json *json, const quire_export *job, const quire_element *element)
{
    const char *parent = heading_above(job->state, element);
    quire_json_key(json, "metadata");
    quire_json_begin_object(json);
    quire_json_pair_number(json, "detection_class_prob", element->confidence, 3);
    write_coordinates(json, job, element);
    quire_json_pair_cstring(json, "filename", job->document->input_name);
    quire_json_pair_cstring(json, "filetype", job->document->media_type);
    write_languages(json, job, element);
    quire_json_pair_integer(json, "page_number", element->page);
    if (parent)
        quire_json_pair_cstring(json, "parent_id", parent);
    if (quire_is_heading(element))
        quire_json_pair_integer(json, "category_depth", depth_of(element));
    else if (element->type == QUIRE_LIST_ITEM)
        quire_json_pair_integer(json, "category_depth", MAX(element->level, 1));
    write_emphasis(json, element);
    write_links(json, job, element);
    if (element->table) {
        g_autoptr(GString) html = g_string_new(NULL);
        quire_html_table(html, NULL, element, QUIRE_TEXT(""));
        quire_json_pair_string(json, "text_as_html", (quire_text){html->str, html->len});
    }
    quire_json_end_object(json);
}

static void write_element(quire_export *job, const quire_element *element)
{
    unstructured_state *state = job->state;
    quire_json *json = &state->json;
    quire_text text = quire_element_own_text(element);
    if (text.size == 0 && element->alt)
        text = quire_text_of(element->alt);
    if (element->type == QUIRE_LIST || (text.size == 0 && element->type != QUIRE_FIGURE))
        return;
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "type", type_of(element));
    quire_json_pair_cstring(json, "element_id", element->id);
    quire_json_pair_string(json, "text", text);
    write_metadata(json, job, element);
    quire_json_end_object(json);
    if (quire_is_heading(element))
        open_heading(state, element);
}

static void begin(quire_export *job)
{
    quire_json *json = &((unstructured_state *)job->state)->json;
    quire_json_init(json, job->sink, 1);
    quire_json_begin_array(json);
}

static void write_held(quire_export *job)
{
    quire_walk walk = quire_walk_start(job->document);
    while (quire_walk_next(&walk)) {
        if (walk.event == QUIRE_ENTER && quire_export_shows(job->options, walk.element))
            write_element(job, walk.element);
    }
}

static void end(quire_export *job)
{
    write_held(job);
    quire_json_end_array(&((unstructured_state *)job->state)->json);
    quire_sink_text(job->sink, "\n");
}

const quire_exporter quire_unstructured_exporter = {
    .name = "unstructured",
    .extension = "unstructured.json",
    .media_type = "application/json",
    .summary = "elements as unstructured has them, for its loaders and stores",
    .state_size = sizeof(unstructured_state),
    .streams = true,
    .begin = begin,
    .page = write_held,
    .end = end,
};
