/*
 * What the exporters share among themselves: which elements belong into a text, the JSON of a
 * document's parts, inline Markdown and tables. Not for other rooms.
 */
#ifndef QUIRE_EXPORTERS_INNER_H
#define QUIRE_EXPORTERS_INNER_H

#include <glib.h>

#include "exporters/exporter.h"

/* docs/json-schema/quire-1.0.schema.json, built in. */
extern const char quire_schema_text[];
/* exporters/viewer/, built in. */
extern const char quire_viewer_style[];
extern const char quire_viewer_program[];

/* ---- selection.c: what a text for readers shows ---- */

/* Furniture and hidden text as the options say; all else. */
bool quire_export_shows(const quire_export_options *options, const quire_element *element);
/* Its text without that of the elements it holds, and without white space at the ends. */
quire_text quire_element_own_text(const quire_element *element);
/* Is it the first item of a list that no other item holds? */
bool quire_item_opens_list(const quire_document *document, const quire_element *item);
quire_text quire_text_trimmed(quire_text text);
quire_text quire_cell_text(const quire_element *table, const quire_cell *cell);
/* The cells of a table as rows * columns pointers, NULL where none begins; NULL where they do not
 * make a grid of sensible size. Free with g_free. */
const quire_cell **quire_table_grid(const quire_table *table);

/* Is it a table that is written in a cell of the one around it? Else it follows behind that. */
bool quire_is_in_cell(const quire_document *document, const quire_element *element);
/* The table behind `last` (NULL: the first one) that is written in that cell; NULL: no more. */
const quire_element *quire_table_in_cell(const quire_document *document, const quire_element *outer,
                                         const quire_cell *cell, const quire_element *last);

bool quire_is_heading(const quire_element *element);

/* ---- by_page.c ---- */

typedef struct quire_page_visitor {
    void (*page)(quire_export *job, const quire_page_record *page);
    void (*element)(quire_export *job, const quire_element *element, int depth);
    void (*link)(quire_export *job, const quire_model_link *link);
    void (*annotation)(quire_export *job, const quire_model_annotation *annotation);
    void (*field)(quire_export *job, const quire_field *field);
} quire_page_visitor;

/* Tells each page that the document holds, and behind it what stands on it. */
void quire_export_by_page(quire_export *job, const quire_page_visitor *visitor);

/* ---- page_separator.c ---- */

/* The next page up to `page` that begins with a separator, *last being the one that began last (0:
 * none yet), which is moved on; 0: no more of them. */
int32_t quire_page_begins(const quire_export *job, int32_t *last, int32_t page);
/* Appends the separator before `page`, its lines but the first one led by `prefix`. */
void quire_page_separator(GString *out, const quire_export *job, int32_t page, const char *prefix);

/* ---- front_matter.c ---- */

/* Appends YAML between dashes, without a line feed at the end. */
void quire_front_matter(GString *out, const quire_document *document);

/* ---- text_grid.c ---- */

/* Appends the words of a page where they stand on its paper. */
void quire_text_grid(GString *out, const quire_export *job, const quire_page_record *page);

/* ---- markdown_inline.c ---- */

typedef enum quire_inline_place {
    QUIRE_INLINE_BLOCK = 0, /* a paragraph: lines may begin with something that means a block */
    QUIRE_INLINE_HEADING, /* one line, no emphasis, no links */
    QUIRE_INLINE_CELL, /* one line, pipes are escaped */
} quire_inline_place;

/* Appends part of an element's text as inline Markdown, lines led by `prefix`. */
void quire_markdown_inline(GString *out, const quire_export *job, const quire_element *element,
                           quire_text text, quire_inline_place place, const char *prefix);

/* Appends an image in Markdown. */
void quire_markdown_image(GString *out, const char *address, quire_text shown, const char *prefix);

/* ---- markdown_escape.c ---- */

typedef struct quire_markdown_escapes {
    quire_inline_place place;
    bool asterisk, underscore, tilde, backtick; /* could pair with another of its kind */
    bool at_line_start; /* of what is written next; set by the caller */
    bool in_link; /* between the brackets of a link; set by the caller */
    size_t address_end; /* of the bare address that was looked at last */
    bool address_breaks; /* it must not become a link */
} quire_markdown_escapes;

/* What of `text` could be taken for markup; `marked`: emphasis or code will be put around parts. */
quire_markdown_escapes quire_markdown_survey(quire_text text, quire_inline_place place,
                                             bool marked);
/* Appends text[start, end) so that Markdown shows it as it is. */
void quire_markdown_escape(GString *out, quire_text text, size_t start, size_t end,
                           quire_markdown_escapes *escapes, const char *prefix);
/* Does text[at, ...) begin with what could be a character's name or number, as "&amp;"? */
bool quire_markdown_is_entity(quire_text text, size_t at);
/* Could a delimiter run text[start, end) open or close emphasis there (CommonMark 6.2)? */
bool quire_left_flanking(quire_text text, size_t start, size_t end);
bool quire_right_flanking(quire_text text, size_t start, size_t end);

/* ---- markdown_table.c ---- */

/* How the table is written that was begun last and may go on. */
typedef enum quire_table_form {
    QUIRE_TABLE_NONE = 0,
    QUIRE_TABLE_PIPES,
    QUIRE_TABLE_HTML
} quire_table_form;

/* Appends a pipe table, or an HTML table where that cannot hold it; ends without a line feed, and
 * without what closes the table. With `goes_on`, only the rows of a table that continues one of
 * that form, without the header that it repeats. Returns the form. */
quire_table_form quire_markdown_table(GString *out, const quire_export *job,
                                      const quire_element *element, const char *prefix,
                                      quire_table_form goes_on);
/* What closes a table of that form. */
const char *quire_markdown_table_end(quire_table_form form);
/* Can a table of that form go on with the rows of this one? */
bool quire_markdown_table_joins(const quire_document *document, const quire_element *element,
                                quire_table_form form);

/* ---- json_parts.c: one writer for json and ndjson ---- */

void quire_json_schema_pairs(quire_json *json);
void quire_json_generator(quire_json *json, const quire_document *document);
void quire_json_input(quire_json *json, const quire_document *document);
void quire_json_facts(quire_json *json, const quire_document *document);
void quire_json_attachments(quire_json *json, const quire_document *document);
void quire_json_page(quire_json *json, const quire_export *job, const quire_page_record *page);
void quire_json_link(quire_json *json, const quire_model_link *link);
void quire_json_annotation(quire_json *json, const quire_model_annotation *annotation);
void quire_json_field(quire_json *json, const quire_field *field);
void quire_json_issue(quire_json *json, const quire_issue *issue);
void quire_json_dropped_issues(quire_json *json, uint64_t count);
void quire_json_audit(quire_json *json, const quire_audit *audit);
const char *quire_json_status(quire_status status);

/* ---- fields.c ---- */

/* What a field goes by: its name, else its label; NULL: neither is known. */
const char *quire_field_key(const quire_field *field);
/* Is its state its answer? Of boxes, and of printed places to sign that hold no name. */
bool quire_field_is_yes_or_no(const quire_field *field);
/* The fields of a document but buttons, those of one key together: arrays of const quire_field *,
 * in the order of the document. Free with g_ptr_array_unref. */
GPtrArray *quire_fields_by_key(const quire_document *document);

/* ---- json_element.c ---- */

void quire_json_element(quire_json *json, const quire_export *job, const quire_element *element);
void quire_json_box(quire_json *json, const char *key, quire_box box);

/* ---- html_parts.c: for html, hocr and all that holds HTML ---- */

/* Appends text with its markup characters escaped, as content or between double quotes. What XML
 * cannot hold becomes U+FFFD. */
void quire_html_escape(GString *out, quire_text text);
/* Appends a table of the grid, on one line, with the tables in its cells; `document` NULL: without
 * them. `caption` may be empty. */
void quire_html_table(GString *out, const quire_document *document, const quire_element *element,
                      quire_text caption);

/* ---- page_words.c: words in their elements and lines ---- */

typedef struct quire_words_line {
    quire_box box;
    guint first, end; /* of the words */
    int32_t element; /* index, -1: none */
} quire_words_line;

typedef struct quire_page_words {
    GArray *words; /* of const quire_word *, by line */
    GArray *lines; /* of quire_words_line, by element */
} quire_page_words;

quire_page_words quire_page_words_new(const quire_export *job, const quire_page_record *page);
void quire_page_words_clear(quire_page_words *words);

/* ---- docling_items.c: the parts of a DoclingDocument ---- */

typedef enum quire_docling_kind {
    QUIRE_DOCLING_NONE = 0, /* not shown */
    QUIRE_DOCLING_TEXT,
    QUIRE_DOCLING_GROUP,
    QUIRE_DOCLING_TABLE,
    QUIRE_DOCLING_PICTURE,
} quire_docling_kind;

typedef struct quire_docling_ref {
    quire_docling_kind kind;
    int32_t index; /* in the array of that kind */
    int32_t inner_text; /* of a picture: the text that is drawn in it; -1: none */
} quire_docling_ref;

/* One for each element of the document. Free with g_free. */
quire_docling_ref *quire_docling_number(const quire_export *job);
void quire_docling_item(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                        int32_t index);
/* The item without what it holds, as a chunk names it. */
void quire_docling_mention(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                           int32_t index);
/* The text inside of a picture, as an item of its own. */
void quire_docling_inner(quire_json *json, const quire_export *job, const quire_docling_ref *refs,
                         int32_t index);
void quire_docling_children(quire_json *json, const quire_export *job,
                            const quire_docling_ref *refs, int32_t parent);
void quire_docling_origin(quire_json *json, const quire_document *document);
void quire_docling_box(quire_json *json, quire_box box);
void quire_docling_place(quire_json *json, int32_t page, quire_box box, size_t length);

#endif
