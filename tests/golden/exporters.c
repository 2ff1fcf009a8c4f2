/*
 * Documents built by hand, written by every exporter, compared with tests/golden/exporters/CASE.*;
 * what streams must write the same whether the document is drained after each page or held whole.
 * With QUIRE_ACCEPT_GOLDEN=1 the expected files are rewritten.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <gio/gio.h>

#include "exporters/exporter.h"

#define FOLDER SOURCE_DIR "/tests/golden/exporters/"

typedef struct example {
    const char *name;
    quire_export_options options;
    void (*state_facts)(quire_document *document);
    /* Adds page `number` and what stands on it; false past the last one. */
    bool (*add_page)(quire_document *document, int number);
} example;

/* ---- building ---- */

typedef struct placed {
    quire_document *document;
    int page;
    float y; /* where the next element begins */
} placed;

static placed begin_page(quire_document *document, int number)
{
    quire_page_record page = {.page = number, .width = 595, .height = 842, .confidence = 1};
    quire_document_add_page(document, &page);
    return (placed){document, number, 72};
}

/* One line of `element` more down the page. */
static int32_t add(placed *place, quire_element element)
{
    element.page = place->page;
    element.box = (quire_box){72, place->y, 523, place->y + 12};
    element.confidence = 1;
    element.style.size = element.style.size > 0 ? element.style.size : 10;
    place->y += 14;
    return quire_document_add(place->document, &element);
}

static int32_t add_text(placed *place, quire_element_type type, const char *text)
{
    return add(place, (quire_element){.type = type, .parent = -1, .text = quire_text_of(text)});
}

static int32_t add_heading(placed *place, int level, const char *text)
{
    return add(place, (quire_element){.type = QUIRE_HEADING,
                                      .parent = -1,
                                      .level = level,
                                      .text = quire_text_of(text),
                                      .style = {.font = "Sans", .size = 14, .bold = true}});
}

static int32_t add_list(placed *place, int32_t parent, bool ordered)
{
    return add(place, (quire_element){.type = QUIRE_LIST, .parent = parent, .ordered = ordered});
}

static int32_t add_item(placed *place, int32_t list, const char *marker, const char *text)
{
    return add(place, (quire_element){.type = QUIRE_LIST_ITEM,
                                      .parent = list,
                                      .level = 1,
                                      .marker = quire_text_of(marker),
                                      .text = quire_text_of(text)});
}

static void close_element(placed *place, int32_t index)
{
    quire_document_close_element(place->document, index);
}

/*
 * A paragraph from a text in which braces mark runs: "{b bold} and {i italic}"; letters are those
 * of `flags`, a digit is an index of a link.
 */
static int32_t add_marked(placed *place, quire_element_type type, const char *marked)
{
    static const char letters[] = "bimpsku";
    char text[512];
    quire_run runs[32];
    size_t size = 0, count = 0;
    for (const char *at = marked; *at; at++) {
        if (*at == '{') {
            runs[count] = (quire_run){.start = (uint32_t)size, .link = -1};
            for (at++; *at != ' '; at++) {
                if (g_ascii_isdigit(*at))
                    runs[count].link = *at - '0';
                else
                    runs[count].flags |= 1u << (strchr(letters, *at) - letters);
            }
        } else if (*at == '}') {
            runs[count++].end = (uint32_t)size;
        } else {
            text[size++] = *at;
        }
    }
    return add(
        place,
        (quire_element){
            .type = type, .parent = -1, .text = {text, size}, .runs = runs, .run_count = count});
}

/*
 * A table from rows separated by "/" and cells by ";"; "<" continues the cell to the left, "^" the
 * one above; "!" before a text makes a header of it.
 */
static int32_t add_table(placed *place, const char *method, uint32_t columns, const char *source)
{
    quire_cell cells[64] = {0};
    quire_table table = {.method = method, .columns = columns, .cells = cells};
    char text[512];
    size_t size = 0;
    g_auto(GStrv) rows = g_strsplit(source, "/", -1);
    for (; rows[table.rows]; table.rows++) {
        g_auto(GStrv) parts = g_strsplit(rows[table.rows], ";", -1);
        for (uint32_t column = 0; column < columns; column++) {
            quire_cell *last = table.cell_count ? &cells[table.cell_count - 1] : NULL;
            if (strcmp(parts[column], "<") == 0) {
                last->column_span++;
                continue;
            }
            if (strcmp(parts[column], "^") == 0) {
                for (last = cells; last->column != column || last->row >= table.rows;)
                    last++;
                last->row_span++;
                continue;
            }
            bool header = parts[column][0] == '!';
            quire_cell *cell = &cells[table.cell_count++];
            *cell = (quire_cell){.row = table.rows,
                                 .column = column,
                                 .row_span = 1,
                                 .column_span = 1,
                                 .confidence = 1,
                                 .start = (uint32_t)size,
                                 .kind = header ? QUIRE_CELL_COLUMN_HEADER : QUIRE_CELL_CONTENT};
            size += (size_t)sprintf(text + size, "%s", parts[column] + header);
            cell->end = (uint32_t)size;
            cell->box =
                (quire_box){72 + 50.f * (float)column, place->y + 12.f * (float)cell->row,
                            122 + 50.f * (float)column, place->y + 12 + 12.f * (float)cell->row};
            text[size++] = column + 1 < columns ? '\t' : '\n';
        }
    }
    return add(place, (quire_element){.type = QUIRE_TABLE,
                                      .parent = -1,
                                      .table = &table,
                                      .text = {text, size ? size - 1 : 0}});
}

/* A table with one in a cell, and text behind both. */
static bool nested(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    int32_t outer = add_table(&page, "ruled", 2, "!Farm;!Yield/Hill;by year/Dale;");
    quire_cell cells[] = {
        {.row_span = 1, .column_span = 1, .end = 4, .confidence = 1},
        {.column = 1, .row_span = 1, .column_span = 1, .start = 5, .end = 10, .confidence = 1},
    };
    for (uint32_t row = 1; row < 3; row++) {
        quire_table inner = {.method = "ruled",
                             .rows = 1,
                             .columns = 2,
                             .cells = cells,
                             .cell_count = 2,
                             .in_row = row,
                             .in_column = 1};
        quire_text text = row == 1 ? QUIRE_TEXT("1986\t1 < 2") : QUIRE_TEXT("1987\t3 & 4");
        add(&page,
            (quire_element){.type = QUIRE_TABLE, .parent = outer, .table = &inner, .text = text});
        quire_document_close_element(document, outer);
    }
    add_text(&page, QUIRE_PARAGRAPH, "Behind both.");
    return true;
}

/* ---- the examples ---- */

static bool blocks(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    add_text(&page, QUIRE_TITLE, "On the keeping\nof bees");
    add_heading(&page, 2, "Hives & frames #");
    add_text(&page, QUIRE_PARAGRAPH, "A hive has four walls.\nIt stands on a stone.");
    for (int i = 0; i < 2; i++)
        add(&page, (quire_element){.type = QUIRE_PARAGRAPH,
                                   .parent = -1,
                                   .quote = true,
                                   .text = quire_text_of(i ? "So they say.\nOr some do."
                                                           : "> Bees know their keeper.")});
    add_text(&page, QUIRE_FIGURE, "");
    add_text(&page, QUIRE_CAPTION, "Figure 1. A hive");
    add_heading(&page, 9, "C#");
    add_text(&page, QUIRE_CODE, "  if (a < b)  \n\n\t``` x *y*\n");
    quire_run variable = {0, 1, QUIRE_RUN_ITALIC, -1, 0, 0};
    add(&page, (quire_element){.type = QUIRE_FORMULA,
                               .parent = -1,
                               .text = QUIRE_TEXT("E = m * c"),
                               .runs = &variable,
                               .run_count = 1});
    add_text(&page, QUIRE_PARAGRAPH, "   ");
    add(&page, (quire_element){.type = QUIRE_FOOTNOTE,
                               .parent = -1,
                               .layer = QUIRE_LAYER_FOOTNOTE,
                               .text = QUIRE_TEXT("1 So the old books say.")});
    quire_run call = {11, 12, QUIRE_RUN_SUPERSCRIPT, -1, 7, 1};
    add(&page, (quire_element){.type = QUIRE_PARAGRAPH,
                               .parent = -1,
                               .text = QUIRE_TEXT("So they say7 and write."),
                               .runs = &call,
                               .run_count = 1});
    add(&page, (quire_element){.type = QUIRE_FOOTNOTE,
                               .parent = -1,
                               .layer = QUIRE_LAYER_FOOTNOTE,
                               .note = 7,
                               .note_mark = 3,
                               .text = QUIRE_TEXT("7) Not all of them.")});
    return true;
}

static bool inlines(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    quire_model_link links[] = {
        {.page = 1, .box = {72, 72, 100, 84}, .uri = "https://example.org/a_(b) c"},
        {.page = 1, .box = {72, 86, 100, 98}, .uri = "javascript:alert(1)"},
        {.page = 1, .box = {72, 100, 100, 112}, .target_page = 3},
        {.page = 1, .box = {72, 114, 100, 126}, .uri = "mailto:bee@example.org"}};
    for (size_t i = 0; i < G_N_ELEMENTS(links); i++)
        quire_document_add_link(document, &links[i]);
    add_marked(&page, QUIRE_PARAGRAPH, "A {b bold }word, an {i italic} one, {bi both}.");
    add_marked(&page, QUIRE_PARAGRAPH, "{b All of} {b this} {bi is bold}.{b }");
    add_marked(&page, QUIRE_PARAGRAPH, "{b All} {bi of it}{b , this time}");
    add_marked(&page, QUIRE_PARAGRAPH, "{b one}{i two} and in{b ter}word and x{b (y)}z");
    add_marked(&page, QUIRE_PARAGRAPH, "Call {m a `b` c} or {m d}; 10{p 2}, H{s 2}O, {k gone}");
    add_marked(&page, QUIRE_PARAGRAPH,
               "See {0 the [old] place}, wow!{0 it}, {1 not here}, {2 p. 3}");
    add_marked(&page, QUIRE_PARAGRAPH, "Write to {3 bee@example.org} or {3b the bee}.");
    add_marked(&page, QUIRE_HEADING, "A {b bold} {0 heading}");
    add_marked(&page, QUIRE_PARAGRAPH, "{u under} {b 1. first} * {b two}");
    return true;
}

static bool lists(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    add_text(&page, QUIRE_PARAGRAPH, "Bring:");
    int32_t outer = add_list(&page, -1, false);
    add_item(&page, outer, "\xe2\x80\xa2", "smoke");
    int32_t item = add_item(&page, outer, "\xe2\x80\xa2", "a hat");
    int32_t inner = add_list(&page, item, true);
    add_item(&page, inner, "1.", "with a veil\nof silk");
    int32_t deep = add_item(&page, inner, "2.", "or without");
    add(&page, (quire_element){
                   .type = QUIRE_PARAGRAPH, .parent = deep, .text = QUIRE_TEXT("if you dare")});
    close_element(&page, deep);
    close_element(&page, inner);
    close_element(&page, item);
    int32_t empty = add_item(&page, outer, "\xe2\x80\xa2", "");
    inner = add_list(&page, empty, true);
    add_item(&page, inner, "3.", "third");
    close_element(&page, inner);
    close_element(&page, empty);
    item = add_item(&page, outer, "o", "[x] - not a task");
    inner = add_list(&page, item, true);
    add_item(&page, inner, "10)", "tenth");
    close_element(&page, inner);
    close_element(&page, item);
    close_element(&page, outer);
    outer = add_list(&page, -1, true);
    item = add_item(&page, outer, "7.", "");
    add(&page, (quire_element){.type = QUIRE_CODE, .parent = item, .text = QUIRE_TEXT("smoke()")});
    close_element(&page, item);
    add_item(&page, outer, "(a)", "one");
    add_item(&page, outer, "1.1", "two");
    add_item(&page, outer, "\xe2\x98\x91", "three");
    close_element(&page, outer);
    outer = add(&page, (quire_element){.type = QUIRE_LIST,
                                       .parent = -1,
                                       .definitions = true,
                                       .continued_from = "e0123456789abcdef"});
    quire_run bold = {0, 5, QUIRE_RUN_BOLD, -1, 0, 0};
    for (int i = 0; i < 2; i++)
        add(&page, (quire_element){.type = QUIRE_LIST_ITEM,
                                   .parent = outer,
                                   .level = 1,
                                   .term = 5,
                                   .text = quire_text_of(i ? "Smoke calms them" : "Drone\na male"),
                                   .runs = &bold,
                                   .run_count = 1});
    close_element(&page, outer);
    add_text(&page, QUIRE_PARAGRAPH, "After");
    return true;
}

static bool tables(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    add_table(&page, "ruled", 3, "!Year;!Hives;!Yield/1986;4;a | b/1987;;<b> & *c*");
    add_table(&page, "aligned", 3, "!Year;!Yield;</^;spring;autumn & <b>/1986;4\n5;");
    add_table(&page, "tagged", 1, "only");
    add_text(&page, QUIRE_TABLE, "no grid\n| was found");
    return true;
}

static bool furniture(quire_document *document, int number)
{
    static const char *const numbers[] = {"1", "2"};
    if (number > 2)
        return false;
    placed page = begin_page(document, number);
    quire_element element = {.type = QUIRE_PAGE_HEADER,
                             .parent = -1,
                             .repeats = true,
                             .layer = QUIRE_LAYER_FURNITURE,
                             .text = QUIRE_TEXT("Bees")};
    add(&page, element);
    add_text(&page, QUIRE_PARAGRAPH, "Body");
    add(&page, (quire_element){.type = QUIRE_PARAGRAPH,
                               .parent = -1,
                               .layer = QUIRE_LAYER_HIDDEN,
                               .text = QUIRE_TEXT("not seen")});
    element.type = QUIRE_PAGE_NUMBER;
    element.text = quire_text_of(numbers[number - 1]);
    element.pattern = "{}";
    element.values = &numbers[number - 1];
    element.value_count = 1;
    add(&page, element);
    element.type = QUIRE_PAGE_FOOTER;
    element.repeats = false;
    element.pattern = NULL;
    element.value_count = 0;
    element.text = QUIRE_TEXT("only here");
    if (number == 1)
        add(&page, element);
    return true;
}

static bool writing_systems(quire_document *document, int number)
{
    if (number > 1)
        return false;
    placed page = begin_page(document, number);
    add_heading(&page, 1, "\xd9\x86\xd8\xad\xd9\x84 \xd8\xa7\xd9\x84\xd8\xb9\xd8\xb3\xd9\x84");
    add_text(&page, QUIRE_PARAGRAPH, "\xd7\x93\xd7\x91\xd7\x95\xd7\xa8\xd7\x94 (1986)");
    add_marked(&page, QUIRE_PARAGRAPH,
               "{b \xe8\x9c\x9c\xe8\x9c\x82}\xe3\x81\x8c\xe9\xa3\x9b\xe3\x81\xb6\xe3\x80\x82"
               "\xf0\xa0\x80\x8b x{b \xe3\x80\x8c\xe8\x8a\xb1\xe3\x80\x8d}x");
    add_text(&page, QUIRE_PARAGRAPH, "Zwei a\xcc\x88lte Ba\xcc\x88ume\xff");
    return true;
}

static void state_everything(quire_document *document)
{
    static const quire_model_metadata metadata[] = {{"title", "Bees", "xmp"},
                                                    {"title", "Microsoft Word - bees", "info"},
                                                    {"author", "A. \"B\" Eeman", "info"}};
    document->input_name = "bees.pdf";
    document->media_type = "application/pdf";
    document->input_bytes = 12345;
    document->page_count = 2;
    document->status = QUIRE_PARTIAL;
    memset(document->sha256, 'a', 64);
    memset(document->options_hash, '0', 16);
    for (size_t i = 0; i < G_N_ELEMENTS(metadata); i++)
        quire_document_add_metadata(document, &metadata[i]);
    quire_document_add_language(document, "en");
    quire_document_add_outline(document, &(quire_model_outline_item){"Hives", 1, 2});
    quire_document_add_outline(document, &(quire_model_outline_item){"Nowhere", 2, 0});
    quire_document_add_attachment(document,
                                  &(quire_model_attachment){"a.csv", NULL, "text/csv", 7});
    quire_document_add_attachment(document, &(quire_model_attachment){"b", "b's", NULL, -1});
    quire_document_add_issue(document, "page_failed", QUIRE_SEVERE, 2, "page 2: out of \"ink\"");
    quire_document_add_issue(document, "no_title", QUIRE_INFO, 0, "the file has no title");
    document->issues_dropped = 3;
    document->audit = (quire_audit){100, 90, 4, 3, 2, 1, 0, 0, {0}};
}

/* One field of each origin that differs in what it has to tell. */
static void add_fields(quire_document *document, int number)
{
    static const char *const options[] = {"small", "\"large\""};
    quire_field field = {.type = QUIRE_FIELD_CHOICE,
                         .name = "order.size",
                         .label = "Size",
                         .value = "small",
                         .default_value = "\"large\"",
                         .options = options,
                         .option_count = 2,
                         .required = true,
                         .page = number,
                         .box = {10, 20, 30, 40},
                         .label_box = quire_box_empty(),
                         .confidence = 1};
    quire_document_add_field(document, &field);
    quire_field twin = {.type = QUIRE_FIELD_CHECKBOX,
                        .state = QUIRE_STATE_UNSELECTED,
                        .name = "order.gift",
                        .read_only = true,
                        .page = number,
                        .label_box = quire_box_empty(),
                        .confidence = 1};
    quire_document_add_field(document, &twin);
    quire_document_add_field(document, &twin);
    quire_field pair = {.type = QUIRE_FIELD_KEY_VALUE,
                        .source = QUIRE_FIELD_OF_TEXT_LAYER,
                        .label = "Total",
                        .value = "1.234,50 \xE2\x82\xAC",
                        .value_type = QUIRE_VALUE_AMOUNT,
                        .normalised = "1234.50 EUR",
                        .page = number,
                        .box = {50, 60, 70, 80},
                        .label_box = {10, 60, 40, 80},
                        .confidence = 0.75f};
    quire_document_add_field(document, &pair);
}

static bool everything(quire_document *document, int number)
{
    static const char *const why[] = {"larger than body text", "bold"};
    static const char *const labels[] = {"i", NULL};
    if (number > 2)
        return false;
    quire_word word = {
        QUIRE_TEXT("Bees"), {72, 72, 100.126f, 84}, 0.9876f, QUIRE_SOURCE_OCR, false};
    quire_page_record record = {.page = number,
                                .label = labels[number - 1],
                                .width = 612.5,
                                .height = 792,
                                .rotate = 90,
                                .source = QUIRE_SOURCE_MIXED,
                                .confidence = 0.5f,
                                .needs_review = number == 1,
                                .status = number == 2 ? QUIRE_MALFORMED : QUIRE_OK,
                                .words = &word,
                                .word_count = 1};
    quire_document_add_page(document, &record);
    quire_document_add_link(document, &(quire_model_link){number, {1, 2, 3, 4}, NULL, 2});
    quire_document_add_annotation(
        document, &(quire_model_annotation){number, {1, 2, 3, 4}, "Text", "look!", NULL});
    add_fields(document, number);
    placed page = {document, number, 100};
    quire_element_line lines[] = {{0, 4, {72, 100, 99, 112}}, {5, 8, {72, 112, 99, 124}}};
    add(&page, (quire_element){.type = QUIRE_HEADING,
                               .parent = -1,
                               .level = 1,
                               .text = QUIRE_TEXT("Bees fly"),
                               .original = QUIRE_TEXT("Bees\nfly"),
                               .rotation = 90,
                               .why = why,
                               .why_count = 2,
                               .lines = lines,
                               .line_count = 2,
                               .source = QUIRE_SOURCE_OCR,
                               .style = {"Serif", 9.5f, 0xFF336699u, true, true, true}});
    return true;
}

static bool nothing(quire_document *document, int number)
{
    (void)document;
    (void)number;
    return false;
}

static const example examples[] = {
    {"blocks", {0}, NULL, blocks},
    {"inlines", {0}, NULL, inlines},
    {"lists", {0}, NULL, lists},
    {"tables", {0}, NULL, tables},
    {"nested", {0}, NULL, nested},
    {"furniture", {0}, NULL, furniture},
    {"furniture-kept", {.headers_footers = QUIRE_KEEP, .hidden_text = QUIRE_KEEP}, NULL, furniture},
    {"furniture-dropped",
     {.headers_footers = QUIRE_DROP, .hidden_text = QUIRE_DROP},
     NULL,
     furniture},
    {"writing-systems", {0}, NULL, writing_systems},
    {"everything", {.words = true, .lines = true, .explain = true}, state_everything, everything},
    {"nothing", {0}, NULL, nothing},
};

/* ---- comparing ---- */

/* What `exporter` writes of `shown`; freed by the caller. */
static char *written(const quire_exporter *exporter, const example *shown, bool drained)
{
    quire_document *document = quire_document_new();
    if (shown->state_facts)
        shown->state_facts(document);
    quire_sink *sink = quire_sink_new_memory();
    g_autofree void *state = g_malloc0(exporter->state_size + 1);
    quire_export job = {
        .document = document, .options = &shown->options, .sink = sink, .state = state};
    if (exporter->begin)
        exporter->begin(&job);
    for (int number = 1; shown->add_page(document, number); number++) {
        char message[128];
        if (!quire_document_is_sound(document, message))
            fail_msg("%s: %s", shown->name, message);
        if (drained) {
            exporter->page(&job);
            quire_document_drain(document);
        }
    }
    exporter->end(&job);
    quire_bytes bytes = quire_sink_bytes(sink);
    char *text = g_strndup((const char *)bytes.data, bytes.size);
    quire_sink_free(sink);
    quire_document_free(document);
    return text;
}

/* Prints how `actual` differs from the file at `path`. */
static void print_difference(const char *path, const char *actual)
{
    const char *const command[] = {"diff",   "-u", "--label", "expected", "--label",
                                   "actual", path, "-",       NULL};
    g_autoptr(GSubprocess) diff = g_subprocess_newv(
        command, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, NULL);
    g_autofree char *difference = NULL;
    if (diff && g_subprocess_communicate_utf8(diff, actual, NULL, &difference, NULL, NULL))
        print_message("%s\n%s", path, difference);
}

static void check_file(const example *shown, const quire_exporter *exporter, const char *actual)
{
    g_autofree char *path = g_strconcat(FOLDER, shown->name, ".", exporter->extension, NULL);
    g_autofree char *expected = NULL;
    if (g_strcmp0(g_getenv("QUIRE_ACCEPT_GOLDEN"), "1") == 0)
        assert_true(g_file_set_contents(path, actual, -1, NULL));
    if (!g_file_get_contents(path, &expected, NULL, NULL))
        fail_msg("%s: cannot be read; scripts/accept-golden writes it", path);
    if (strcmp(expected, actual) != 0) {
        print_difference(path, actual);
        fail_msg("%s differs", path);
    }
}

static void is_written_as_expected(void **state)
{
    const example *shown = *state;
    const quire_exporter *exporter;
    for (size_t i = 0; (exporter = quire_exporter_at(i)); i++) {
        if (strcmp(exporter->name, "pdf") == 0)
            continue; /* it is the input's own bytes, and these documents have none */
        g_autofree char *whole = written(exporter, shown, false);
        g_autofree char *again = written(exporter, shown, exporter->streams);
        assert_string_equal(whole, again);
        check_file(shown, exporter, whole);
    }
}

int main(void)
{
    struct CMUnitTest tests[G_N_ELEMENTS(examples)];
    for (size_t i = 0; i < G_N_ELEMENTS(examples); i++)
        tests[i] = (struct CMUnitTest){examples[i].name, is_written_as_expected, NULL, NULL,
                                       (void *)&examples[i]};
    return cmocka_run_group_tests_name("exporters", tests, NULL, NULL);
}
