/*
 * Items of a DoclingDocument: which element becomes which item, under which reference, and how an
 * item is written. The document and the chunks use the same numbers, so that a chunk's items are
 * found in the document.
 *
 *     paragraph  -> #/texts/0      list -> #/groups/0, its items #/texts/1, #/texts/2
 *     table      -> #/tables/0     figure -> #/pictures/0, text drawn in it -> #/texts/3
 */
#include "exporters/inner.h"

#include <string.h>

static bool shows(const quire_export *job, const quire_element *element)
{
    if (element->layer == QUIRE_LAYER_HIDDEN)
        return job->options->hidden_text == QUIRE_KEEP;
    return element->layer != QUIRE_LAYER_FURNITURE || job->options->headers_footers != QUIRE_DROP;
}

static quire_docling_kind kind_of(const quire_element *element)
{
    switch (element->type) {
    case QUIRE_LIST:
        return QUIRE_DOCLING_GROUP;
    case QUIRE_TABLE:
        return element->table ? QUIRE_DOCLING_TABLE : QUIRE_DOCLING_TEXT;
    case QUIRE_FIGURE:
        return QUIRE_DOCLING_PICTURE;
    default:
        return QUIRE_DOCLING_TEXT;
    }
}

quire_docling_ref *quire_docling_number(const quire_export *job)
{
    const quire_document *document = job->document;
    quire_docling_ref *refs = g_new0(quire_docling_ref, document->elements.count + 1);
    int32_t counts[QUIRE_DOCLING_PICTURE + 1] = {0};
    quire_walk walk = quire_walk_start(document);
    while (quire_walk_next(&walk)) {
        size_t at = (size_t)(walk.element - document->elements.items);
        if (walk.event != QUIRE_ENTER || !shows(job, walk.element))
            continue;
        quire_docling_kind kind = kind_of(walk.element);
        refs[at] = (quire_docling_ref){kind, counts[kind]++, -1};
        if (kind == QUIRE_DOCLING_PICTURE && quire_element_own_text(walk.element).size > 0)
            refs[at].inner_text = counts[QUIRE_DOCLING_TEXT]++;
    }
    return refs;
}

/* ---- parts ---- */

static const char *const arrays[] = {[QUIRE_DOCLING_NONE] = "body",
                                     [QUIRE_DOCLING_TEXT] = "texts",
                                     [QUIRE_DOCLING_GROUP] = "groups",
                                     [QUIRE_DOCLING_TABLE] = "tables",
                                     [QUIRE_DOCLING_PICTURE] = "pictures"};

static void pair_ref(quire_json *json, const char *key, quire_docling_kind kind, int32_t index)
{
    char ref[40];
    if (kind == QUIRE_DOCLING_NONE)
        g_snprintf(ref, sizeof ref, "#/body");
    else
        g_snprintf(ref, sizeof ref, "#/%s/%d", arrays[kind], index);
    quire_json_pair_cstring(json, key, ref);
}

static void write_ref(quire_json *json, quire_docling_kind kind, int32_t index)
{
    quire_json_begin_flat_object(json);
    pair_ref(json, "$ref", kind, index);
    quire_json_end_object(json);
}

void quire_docling_box(quire_json *json, quire_box box)
{
    quire_json_key(json, "bbox");
    quire_json_begin_flat_object(json);
    quire_json_pair_number(json, "l", box.x0, 2);
    quire_json_pair_number(json, "t", box.y0, 2);
    quire_json_pair_number(json, "r", box.x1, 2);
    quire_json_pair_number(json, "b", box.y1, 2);
    quire_json_pair_cstring(json, "coord_origin", "TOPLEFT");
    quire_json_end_object(json);
}

void quire_docling_place(quire_json *json, int32_t page, quire_box box, size_t length)
{
    quire_json_begin_object(json);
    quire_json_pair_integer(json, "page_no", page);
    quire_docling_box(json, box);
    quire_json_key(json, "charspan");
    quire_json_begin_flat_array(json);
    quire_json_integer(json, 0);
    quire_json_integer(json, (int64_t)length);
    quire_json_end_array(json);
    quire_json_end_object(json);
}

/* The low 64 bits of the SHA-256. */
static uint64_t hash_of(const quire_document *document)
{
    size_t length = strlen(document->sha256);
    return length < 16 ? 0 : g_ascii_strtoull(document->sha256 + length - 16, NULL, 16);
}

void quire_docling_origin(quire_json *json, const quire_document *document)
{
    quire_json_key(json, "origin");
    quire_json_begin_object(json);
    quire_json_pair_cstring(
        json, "mimetype", document->media_type ? document->media_type : "application/octet-stream");
    quire_json_key(json, "binary_hash");
    quire_json_unsigned(json, hash_of(document));
    quire_json_pair_cstring(json, "filename", document->input_name ? document->input_name : "");
    quire_json_end_object(json);
}

/* ---- items ---- */

static const quire_element *element_at(const quire_export *job, int32_t index)
{
    return &job->document->elements.items[index];
}

/* The nearest holder that is an item. */
static int32_t holder_of(const quire_export *job, const quire_docling_ref *refs, int32_t index)
{
    int32_t at = element_at(job, index)->parent;
    while (at >= 0 && refs[at].kind == QUIRE_DOCLING_NONE)
        at = element_at(job, at)->parent;
    return at;
}

static bool lies_within(const quire_export *job, int32_t index, int32_t holder)
{
    while (index > holder)
        index = element_at(job, index)->parent;
    return index == holder;
}

void quire_docling_children(quire_json *json, const quire_export *job,
                            const quire_docling_ref *refs, int32_t parent)
{
    int32_t count = (int32_t)job->document->elements.count;
    quire_json_key(json, "children");
    quire_json_begin_array(json);
    for (int32_t i = parent + 1; i < count; i++) {
        if (parent >= 0 && !lies_within(job, i, parent))
            break;
        if (refs[i].kind != QUIRE_DOCLING_NONE && holder_of(job, refs, i) == parent)
            write_ref(json, refs[i].kind, refs[i].index);
    }
    if (parent >= 0 && refs[parent].kind == QUIRE_DOCLING_PICTURE && refs[parent].inner_text >= 0)
        write_ref(json, QUIRE_DOCLING_TEXT, refs[parent].inner_text);
    quire_json_end_array(json);
}

static const char *page_number_label(const quire_export *job, const quire_element *element)
{
    for (size_t i = 0; i < job->document->pages.count; i++) {
        const quire_page_record *page = &job->document->pages.items[i];
        if (page->page == element->page)
            return element->box.y0 + element->box.y1 < page->height ? "page_header" : "page_footer";
    }
    return "page_footer";
}

static const char *label_of(const quire_export *job, const quire_element *element)
{
    static const char *const labels[QUIRE_ELEMENT_TYPES] = {
        [QUIRE_TITLE] = "title",
        [QUIRE_HEADING] = "section_header",
        [QUIRE_LIST] = "list",
        [QUIRE_LIST_ITEM] = "list_item",
        [QUIRE_TABLE] = "table",
        [QUIRE_FIGURE] = "picture",
        [QUIRE_CAPTION] = "caption",
        [QUIRE_FOOTNOTE] = "footnote",
        [QUIRE_PAGE_HEADER] = "page_header",
        [QUIRE_PAGE_FOOTER] = "page_footer",
        [QUIRE_CODE] = "code",
        [QUIRE_FORMULA] = "formula",
    };
    if (element->type == QUIRE_PAGE_NUMBER)
        return page_number_label(job, element);
    if (element->type == QUIRE_TABLE && !element->table)
        return "text";
    return labels[element->type] ? labels[element->type] : "text";
}

static void write_head(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                       int32_t index)
{
    const quire_element *element = element_at(job, index);
    int32_t holder = holder_of(job, refs, index);
    pair_ref(json, "self_ref", refs[index].kind, refs[index].index);
    quire_json_key(json, "parent");
    write_ref(json, holder >= 0 ? refs[holder].kind : QUIRE_DOCLING_NONE,
              holder >= 0 ? refs[holder].index : 0);
    quire_docling_children(json, job, refs, index);
    quire_json_pair_cstring(json, "content_layer",
                            element->layer == QUIRE_LAYER_FURNITURE ? "furniture" : "body");
    quire_json_pair_cstring(json, "label", label_of(job, element));
}

static void write_prov(quire_json *json, const quire_element *element, quire_text text)
{
    quire_json_key(json, "prov");
    quire_json_begin_array(json);
    quire_docling_place(json, element->page, element->box, quire_utf8_length(text.data, text.size));
    quire_json_end_array(json);
}

static void write_captions(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                           int32_t index)
{
    int32_t caption = element_at(job, index)->caption;
    quire_json_key(json, "captions");
    quire_json_begin_array(json);
    if (caption >= 0 && refs[caption].kind == QUIRE_DOCLING_TEXT)
        write_ref(json, refs[caption].kind, refs[caption].index);
    quire_json_end_array(json);
}

static void write_cell(quire_json *json, const quire_element *element, const quire_cell *cell)
{
    quire_json_begin_flat_object(json);
    quire_docling_box(json, cell->box);
    quire_json_pair_integer(json, "row_span", cell->row_span);
    quire_json_pair_integer(json, "col_span", cell->column_span);
    quire_json_pair_integer(json, "start_row_offset_idx", cell->row);
    quire_json_pair_integer(json, "end_row_offset_idx", cell->row + cell->row_span);
    quire_json_pair_integer(json, "start_col_offset_idx", cell->column);
    quire_json_pair_integer(json, "end_col_offset_idx", cell->column + cell->column_span);
    quire_json_pair_string(json, "text", quire_cell_text(element, cell));
    quire_json_pair_bool(json, "column_header",
                         cell->kind == QUIRE_CELL_COLUMN_HEADER || cell->kind == QUIRE_CELL_STUB);
    quire_json_pair_bool(json, "row_header", cell->kind == QUIRE_CELL_ROW_HEADER);
    quire_json_pair_bool(json, "row_section", cell->kind == QUIRE_CELL_SECTION);
    quire_json_end_object(json);
}

/* A place that no cell has. */
static void write_gap(quire_json *json, uint32_t row, uint32_t column)
{
    quire_json_begin_flat_object(json);
    quire_json_pair_integer(json, "row_span", 1);
    quire_json_pair_integer(json, "col_span", 1);
    quire_json_pair_integer(json, "start_row_offset_idx", row);
    quire_json_pair_integer(json, "end_row_offset_idx", row + 1);
    quire_json_pair_integer(json, "start_col_offset_idx", column);
    quire_json_pair_integer(json, "end_col_offset_idx", column + 1);
    quire_json_pair_cstring(json, "text", "");
    quire_json_end_object(json);
}

/* Each place with the cell that reaches over it. */
static void spread(const quire_cell **grid, const quire_table *table)
{
    for (size_t i = 0; i < table->cell_count; i++) {
        const quire_cell *cell = &table->cells[i];
        uint32_t bottom = MIN(table->rows, cell->row + cell->row_span);
        uint32_t right = MIN(table->columns, cell->column + cell->column_span);
        for (uint32_t row = cell->row; row < bottom; row++) {
            for (uint32_t column = cell->column; column < right; column++)
                grid[(size_t)row * table->columns + column] = cell;
        }
    }
}

static void write_grid(quire_json *json, const quire_element *element)
{
    const quire_table *table = element->table;
    g_autofree const quire_cell **grid = quire_table_grid(table);
    quire_json_key(json, "grid");
    quire_json_begin_array(json);
    if (grid)
        spread(grid, table);
    for (uint32_t row = 0; grid && row < table->rows; row++) {
        quire_json_begin_array(json);
        for (uint32_t column = 0; column < table->columns; column++) {
            const quire_cell *cell = grid[(size_t)row * table->columns + column];
            if (cell)
                write_cell(json, element, cell);
            else
                write_gap(json, row, column);
        }
        quire_json_end_array(json);
    }
    quire_json_end_array(json);
}

static void write_table(quire_json *json, const quire_element *element)
{
    const quire_table *table = element->table;
    quire_json_key(json, "data");
    quire_json_begin_object(json);
    quire_json_key(json, "table_cells");
    quire_json_begin_array(json);
    for (size_t i = 0; i < table->cell_count; i++)
        write_cell(json, element, &table->cells[i]);
    quire_json_end_array(json);
    quire_json_pair_integer(json, "num_rows", table->rows);
    quire_json_pair_integer(json, "num_cols", table->columns);
    write_grid(json, element);
    quire_json_end_object(json);
}

static void write_description(quire_json *json, const quire_element *element)
{
    if (!element->alt)
        return;
    quire_json_key(json, "annotations");
    quire_json_begin_array(json);
    quire_json_begin_object(json);
    quire_json_pair_cstring(json, "kind", "description");
    quire_json_pair_cstring(json, "text", element->alt);
    quire_json_pair_cstring(json, "provenance", "alternate text of the file");
    quire_json_end_object(json);
    quire_json_end_array(json);
}

static void write_text(quire_json *json, const quire_element *element)
{
    quire_text text = quire_element_own_text(element);
    quire_json_pair_string(json, "orig", element->original.size ? element->original : text);
    quire_json_pair_string(json, "text", text);
    if (element->type == QUIRE_HEADING)
        quire_json_pair_integer(json, "level", CLAMP(element->level, 1, 100));
    if (element->type != QUIRE_LIST_ITEM)
        return;
    bool numbered = false;
    for (size_t i = 0; i < element->marker.size; i++)
        numbered |= g_ascii_isalnum(element->marker.data[i]) != 0;
    quire_json_pair_bool(json, "enumerated", numbered);
    quire_json_pair_string(json, "marker",
                           element->marker.size ? element->marker : QUIRE_TEXT("-"));
}

void quire_docling_item(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                        int32_t index)
{
    const quire_element *element = element_at(job, index);
    quire_json_begin_object(json);
    write_head(json, job, refs, index);
    if (refs[index].kind == QUIRE_DOCLING_GROUP) {
        quire_json_pair_cstring(json, "name", "list");
    } else {
        bool is_text = refs[index].kind == QUIRE_DOCLING_TEXT;
        write_prov(json, element, is_text ? quire_element_own_text(element) : QUIRE_TEXT(""));
    }
    if (refs[index].kind == QUIRE_DOCLING_TEXT)
        write_text(json, element);
    if (refs[index].kind == QUIRE_DOCLING_TABLE || refs[index].kind == QUIRE_DOCLING_PICTURE)
        write_captions(json, job, refs, index);
    if (refs[index].kind == QUIRE_DOCLING_TABLE)
        write_table(json, element);
    if (refs[index].kind == QUIRE_DOCLING_PICTURE)
        write_description(json, element);
    quire_json_end_object(json);
}

void quire_docling_mention(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                           int32_t index)
{
    const quire_element *element = element_at(job, index);
    quire_json_begin_object(json);
    write_head(json, job, refs, index);
    write_prov(json, element,
               refs[index].kind == QUIRE_DOCLING_TEXT ? quire_element_own_text(element)
                                                      : QUIRE_TEXT(""));
    quire_json_end_object(json);
}

void quire_docling_inner(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                         int32_t index)
{
    const quire_element *element = element_at(job, index);
    quire_text text = quire_element_own_text(element);
    quire_json_begin_object(json);
    pair_ref(json, "self_ref", QUIRE_DOCLING_TEXT, refs[index].inner_text);
    quire_json_key(json, "parent");
    write_ref(json, QUIRE_DOCLING_PICTURE, refs[index].index);
    quire_json_key(json, "children");
    quire_json_begin_array(json);
    quire_json_end_array(json);
    quire_json_pair_cstring(json, "content_layer", "body");
    quire_json_pair_cstring(json, "label", "text");
    write_prov(json, element, text);
    quire_json_pair_string(json, "orig", text);
    quire_json_pair_string(json, "text", text);
    quire_json_end_object(json);
}
