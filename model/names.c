/*
 * Names of the model's enums, as they are written down: lower snake case, never changed within a
 * major version of the schema.
 */
#include "model/model.h"

static const char *const type_names[QUIRE_ELEMENT_TYPES] = {
    [QUIRE_TITLE] = "title",
    [QUIRE_HEADING] = "heading",
    [QUIRE_PARAGRAPH] = "paragraph",
    [QUIRE_LIST] = "list",
    [QUIRE_LIST_ITEM] = "list_item",
    [QUIRE_TABLE] = "table",
    [QUIRE_FIGURE] = "figure",
    [QUIRE_CAPTION] = "caption",
    [QUIRE_FOOTNOTE] = "footnote",
    [QUIRE_PAGE_HEADER] = "page_header",
    [QUIRE_PAGE_FOOTER] = "page_footer",
    [QUIRE_PAGE_NUMBER] = "page_number",
    [QUIRE_CODE] = "code",
    [QUIRE_FORMULA] = "formula",
    [QUIRE_TOC] = "toc",
    [QUIRE_FIELD_GROUP] = "field_group",
};

static const char *const layer_names[] = {"body", "furniture", "footnote", "hidden"};
static const char *const source_names[] = {"text_layer", "ocr", "mixed", "none"};
static const char *const cell_kind_names[] = {"content", "column_header", "row_header", "stub",
                                              "section"};

static const char *const field_type_names[] = {
    "text", "checkbox", "radio", "choice", "signature", "button", "barcode", "key_value", "stamp"};
static const char *const field_state_names[] = {NULL, "selected", "unselected", "indeterminate"};
static const char *const field_source_names[] = {"acroform",   "xfa",       "ocr",
                                                 "text_layer", "image_omr", "barcode"};
static const char *const value_type_names[] = {"text", "date", "amount", "number", "email", "iban"};

const char *quire_element_type_name(quire_element_type type)
{
    return type_names[type];
}

const char *quire_layer_name(quire_layer layer)
{
    return layer_names[layer];
}

const char *quire_source_name(quire_source source)
{
    return source_names[source];
}

const char *quire_cell_kind_name(quire_cell_kind kind)
{
    return cell_kind_names[kind];
}

const char *quire_field_type_name(quire_field_type type)
{
    return field_type_names[type];
}

const char *quire_field_state_name(quire_field_state state)
{
    return field_state_names[state];
}

const char *quire_field_source_name(quire_field_source source)
{
    return field_source_names[source];
}

const char *quire_value_type_name(quire_value_type type)
{
    return value_type_names[type];
}
