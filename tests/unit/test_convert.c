/*
 * The order of a conversion, and what it does when something goes wrong, over a parser, a layout
 * and exporters that are made here: nothing else stands between the test and the pipeline.
 *
 * The input is "fake:" and a letter for each page: '.' good, 'x' failed, 'i' incomplete, 's' slow;
 * 'R' in front: the file was repaired, 'L': layout loses a glyph.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "exporters/exporter.h"
#include "layout/layout.h"
#include "parsers/parser.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WINDOW = 3, SLOW_MICROSECONDS = 20000 };

/* ---- parser ---- */

struct quire_reader {
    const char *pages;
    quire_facts facts;
};

static int fake_probe(quire_bytes input)
{
    return input.size > 5 && memcmp(input.data, "fake:", 5) == 0 ? 100 : 0;
}

static quire_status fake_open(quire_bytes input, const quire_parse_options *options,
                              quire_reader **reader, quire_error *error)
{
    if (options->password && strcmp(options->password, "wrong") == 0)
        return quire_fail(error, QUIRE_ENCRYPTED, "open", 0, "the password is wrong");
    *reader = calloc(1, sizeof **reader);
    const char *letters = (const char *)input.data + 5;
    (*reader)->facts.recovered = *letters == 'R';
    (*reader)->pages = letters + (*letters == 'R' || *letters == 'L');
    (*reader)->facts.page_count =
        (int32_t)(input.size - (size_t)((*reader)->pages - (const char *)input.data));
    (*reader)->facts.has_form = *letters == 'L';
    return QUIRE_OK;
}

static const quire_facts *fake_facts(quire_reader *reader)
{
    return &reader->facts;
}

static quire_status fake_parse_page(quire_reader *reader, int number, quire_arena *arena,
                                    quire_page *page)
{
    char kind = reader->pages[number - 1];
    page->number = number;
    page->glyph_count = kind != 'x';
    page->glyphs = quire_arena_array(arena, quire_glyph, 1);
    page->status = kind == 'x' ? QUIRE_MALFORMED : kind == 'i' ? QUIRE_LIMIT : QUIRE_OK;
    page->message = page->status == QUIRE_OK ? NULL : "what is wrong with it";
    if (kind == 's')
        usleep(SLOW_MICROSECONDS);
    return page->status;
}

static void fake_close(quire_reader *reader)
{
    free(reader);
}

static const quire_parser parser = {
    "fake", "fake",          "text/fake", "for tests", fake_probe, fake_open, fake_facts,
    NULL,   fake_parse_page, NULL,        fake_close,  NULL,       NULL};

const quire_parser *quire_parser_find(quire_bytes input)
{
    return fake_probe(input) ? &parser : NULL;
}

const quire_parser *quire_parser_at(size_t index)
{
    return index == 0 ? &parser : NULL;
}

/* ---- layout ---- */

struct quire_layout {
    quire_document *document;
    quire_layout_options options;
    bool loses;
    int first, count;
    quire_arena *arenas[WINDOW];
    int numbers[WINDOW];
};

quire_layout *quire_layout_new(const quire_layout_options *options, const quire_facts *facts,
                               quire_document *document)
{
    quire_layout *layout = calloc(1, sizeof *layout);
    layout->document = document;
    layout->options = *options;
    layout->loses = facts->has_form;
    return layout;
}

void quire_layout_free(quire_layout *layout)
{
    for (int i = 0; layout && i < layout->count; i++)
        quire_arena_free(layout->arenas[(layout->first + i) % WINDOW]);
    free(layout);
}

void quire_layout_add_page(quire_layout *layout, quire_arena *arena, const quire_page *page)
{
    int at = (layout->first + layout->count++) % WINDOW;
    layout->arenas[at] = arena;
    layout->numbers[at] = page->number;
}

bool quire_layout_settle(quire_layout *layout, bool last)
{
    if (layout->count == 0 || (!last && layout->count < WINDOW))
        return false;
    int number = layout->numbers[layout->first];
    quire_arena_free(layout->arenas[layout->first]);
    layout->first = (layout->first + 1) % WINDOW;
    layout->count--;
    if (layout->options.stop_after)
        quire_sink_printf(layout->options.dump, "stage of page %d\n", number);
    quire_document_add_page(layout->document, &(quire_page_record){.page = number});
    layout->document->audit.glyphs_total++;
    layout->document->audit.lost += layout->loses;
    return true;
}

const quire_layout_pass_info *quire_layout_pass_at(size_t index)
{
    static const quire_layout_pass_info pass = {"only", "the only pass"};
    return index == 0 ? &pass : NULL;
}

bool quire_layout_has_table(const quire_page *page)
{
    return page->number == 2;
}

/* ---- exporters ---- */

static void write_pages(quire_export *job)
{
    for (size_t i = 0; i < job->document->pages.count; i++)
        quire_sink_printf(job->sink, "%d,", job->document->pages.items[i].page);
}

static void write_batch(quire_export *job)
{
    write_pages(job);
    quire_sink_text(job->sink, "|");
}

static void write_end(quire_export *job)
{
    const quire_document *document = job->document;
    quire_sink_printf(job->sink, "%s %zu issues", quire_status_name(document->status),
                      document->issues.count);
}

static void write_whole(quire_export *job)
{
    write_pages(job);
    quire_sink_text(job->sink, " ");
    write_end(job);
}

static const quire_exporter exporters[] = {
    {.name = "whole", .extension = "who", .summary = "all at once", .end = write_whole},
    {.name = "flow",
     .extension = "flo",
     .summary = "page by page",
     .streams = true,
     .page = write_batch,
     .end = write_whole},
};

const quire_exporter *quire_exporter_at(size_t index)
{
    return index < 2 ? &exporters[index] : NULL;
}

const quire_exporter *quire_exporter_find(const char *name)
{
    for (size_t i = 0; i < 2; i++)
        if (strcmp(exporters[i].name, name) == 0)
            return &exporters[i];
    return NULL;
}

const char *quire_exporter_schema(void)
{
    return "{}";
}

/* ---- one conversion ---- */

typedef struct trial {
    quire_options options;
    quire_status status;
    quire_error error;
    quire_sink *written[2];
    bool refuses;
    char issues[256];
    int last_page, last_pages, cancel_at;
} trial;

static bool keep(void *user, const void *bytes, size_t size)
{
    quire_sink_write(user, bytes, size);
    return true;
}

static bool refuse(void *user, const void *bytes, size_t size)
{
    (void)user, (void)bytes, (void)size;
    return false;
}

static void on_issue(void *user, const quire_issue *issue)
{
    trial *t = user;
    size_t used = strlen(t->issues);
    snprintf(t->issues + used, sizeof t->issues - used, "%s:%d ", issue->code, issue->page);
}

static void on_page(void *user, int page, int pages)
{
    trial *t = user;
    t->last_page = page;
    t->last_pages = pages;
}

static bool cancelled(void *user)
{
    trial *t = user;
    return t->cancel_at && t->last_page >= t->cancel_at;
}

static void convert(trial *t, const char *input, const char *format, const char *second)
{
    t->options.user = t;
    t->options.on_issue = on_issue;
    t->options.on_page = on_page;
    t->options.cancelled = cancelled;
    t->written[0] = quire_sink_new_memory();
    t->written[1] = quire_sink_new_memory();
    quire_write_fn write = t->refuses ? refuse : keep;
    quire_output outputs[] = {{format, write, t->written[0]}, {second, write, t->written[1]}};
    quire_input in = {.bytes = input, .size = strlen(input), .name = "in"};
    t->status = quire_convert(&in, &t->options, outputs, second ? 2 : 1, &t->error);
    assert_int_equal(t->error.status, t->status);
}

static void assert_written(trial *t, int index, const char *expected)
{
    quire_bytes bytes = quire_sink_bytes(t->written[index]);
    char text[512];
    snprintf(text, sizeof text, "%.*s", (int)bytes.size, (const char *)bytes.data);
    assert_string_equal(text, expected);
}

static void finish(trial *t)
{
    quire_sink_free(t->written[0]);
    quire_sink_free(t->written[1]);
}

/* Converts, and asks for the status and what was written. */
static void expect(trial t, const char *input, const char *format, quire_status status,
                   const char *written, const char *issues)
{
    convert(&t, input, format, NULL);
    assert_int_equal(t.status, status);
    assert_written(&t, 0, written);
    assert_string_equal(t.issues, issues);
    finish(&t);
}

/* ---- tests ---- */

static void pages_go_through_in_order(void **state)
{
    (void)state;
    expect((trial){0}, "fake:.....", "whole", QUIRE_OK, "1,2,3,4,5, ok 0 issues", "");
    expect((trial){.options = {.pages = "4-,2"}}, "fake:.....", "whole", QUIRE_OK,
           "2,4,5, ok 0 issues", "");
}

static void streaming_drains_after_each_page(void **state)
{
    (void)state;
    expect((trial){0}, "fake:....", "flow", QUIRE_OK, "1,|2,|3,|4,| ok 0 issues", "");
}

static void an_output_that_needs_all_keeps_all(void **state)
{
    (void)state;
    trial t = {0};
    convert(&t, "fake:....", "flow", "whole");
    assert_int_equal(t.status, QUIRE_OK);
    assert_written(&t, 0, "1,2,3,4, ok 0 issues");
    assert_written(&t, 1, "1,2,3,4, ok 0 issues");
    finish(&t);
}

static void a_bad_page_costs_only_itself(void **state)
{
    (void)state;
    expect((trial){0}, "fake:.x.", "whole", QUIRE_PARTIAL, "1,2,3, partial 1 issues",
           "page_failed:2 ");
    expect((trial){0}, "fake:.i.", "whole", QUIRE_PARTIAL, "1,2,3, partial 1 issues",
           "page_incomplete:2 ");
    trial t = {0};
    convert(&t, "fake:xi.", "whole", NULL);
    assert_int_equal(t.error.page, 1);
    assert_string_equal(t.error.message,
                        "2 of 3 pages are incomplete; the first: what is wrong with it");
    finish(&t);
}

static void a_document_without_a_good_page_has_failed(void **state)
{
    (void)state;
    expect((trial){0}, "fake:xx", "whole", QUIRE_MALFORMED, "", "page_failed:1 page_failed:2 ");
    expect((trial){0}, "fake:Rx", "whole", QUIRE_MALFORMED, "", "recovered:0 page_failed:1 ");
}

static void what_is_missing_makes_it_partial(void **state)
{
    (void)state;
    expect((trial){0}, "fake:R.", "whole", QUIRE_PARTIAL, "1, partial 1 issues", "recovered:0 ");
    expect((trial){0}, "fake:L.", "whole", QUIRE_PARTIAL, "1, partial 1 issues", "glyphs_lost:0 ");
    expect((trial){.options = {.max_pages = 2}}, "fake:....", "whole", QUIRE_PARTIAL,
           "1,2, partial 1 issues", "page_limit:0 ");
    expect((trial){.options = {.max_pages = 2, .pages = "2-3"}}, "fake:....", "whole", QUIRE_OK,
           "2,3, ok 0 issues", "");
}

static void a_deadline_keeps_what_was_done(void **state)
{
    (void)state;
    trial t = {.options = {.timeout = 0.01}};
    convert(&t, "fake:s..........", "whole", NULL);
    assert_int_equal(t.status, QUIRE_PARTIAL);
    assert_written(&t, 0, "1, partial 1 issues");
    assert_string_equal(t.issues, "timeout:0 ");
    finish(&t);
    t = (trial){.options = {.timeout = 1e-9}};
    convert(&t, "fake:...", "whole", NULL);
    assert_int_equal(t.status, QUIRE_LIMIT);
    assert_written(&t, 0, "");
    finish(&t);
}

static void the_caller_can_stop_it(void **state)
{
    (void)state;
    trial t = {.cancel_at = 2};
    convert(&t, "fake:.....", "whole", NULL);
    assert_int_equal(t.status, QUIRE_CANCELLED);
    assert_int_equal(t.last_page, 2);
    assert_int_equal(t.last_pages, 5);
    assert_written(&t, 0, "");
    finish(&t);
}

static void a_refused_write_is_an_error(void **state)
{
    (void)state;
    trial t = {.refuses = true};
    convert(&t, "fake:.x.", "whole", NULL);
    assert_int_equal(t.status, QUIRE_IO);
    assert_string_equal(t.error.stage, "export");
    finish(&t);
}

static void what_makes_no_sense_is_refused(void **state)
{
    (void)state;
    expect((trial){0}, "fake:.", "docx", QUIRE_USAGE, "", "");
    expect((trial){.options = {.pages = "3-1"}}, "fake:.", "whole", QUIRE_USAGE, "", "");
    expect((trial){.options = {.pages = "2"}}, "fake:.", "whole", QUIRE_USAGE, "", "");
    expect((trial){.options = {.stop_after = "none"}}, "fake:.", "whole", QUIRE_USAGE, "", "");
    expect((trial){.options = {.password = "wrong"}}, "fake:.", "whole", QUIRE_ENCRYPTED, "", "");
    expect((trial){0}, "real:.", "whole", QUIRE_UNSUPPORTED, "", "");
    expect((trial){0}, "", "whole", QUIRE_UNSUPPORTED, "", "");
    expect((trial){.options = {.max_file_size = 5}}, "fake:.", "whole", QUIRE_LIMIT, "", "");
}

static void a_stage_is_dumped_instead(void **state)
{
    (void)state;
    expect((trial){.options = {.stop_after = "only"}}, "fake:..", "whole", QUIRE_OK,
           "stage of page 1\nstage of page 2\n", "");
}

static void inspection_samples_pages(void **state)
{
    (void)state;
    char input[6 + 1000] = "fake:";
    memset(input + 5, '.', 1000);
    quire_input in = {.bytes = input, .size = 1005};
    quire_options options = {.max_pages = 10};
    quire_inspection found;
    assert_int_equal(quire_inspect(&in, &options, &found, NULL), QUIRE_OK);
    assert_int_equal(found.pages, 1000);
    assert_int_equal(found.pages_sampled, 10);
    assert_int_equal(quire_inspect(&in, NULL, &found, NULL), QUIRE_OK);
    assert_int_equal(found.pages_sampled, 16);
    in.size = 5 + 3;
    assert_int_equal(quire_inspect(&in, NULL, &found, NULL), QUIRE_OK);
    assert_int_equal(found.pages_sampled, 3);
    assert_int_equal(found.pages_tables, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_go_through_in_order),
        cmocka_unit_test(streaming_drains_after_each_page),
        cmocka_unit_test(an_output_that_needs_all_keeps_all),
        cmocka_unit_test(a_bad_page_costs_only_itself),
        cmocka_unit_test(a_document_without_a_good_page_has_failed),
        cmocka_unit_test(what_is_missing_makes_it_partial),
        cmocka_unit_test(a_deadline_keeps_what_was_done),
        cmocka_unit_test(the_caller_can_stop_it),
        cmocka_unit_test(a_refused_write_is_an_error),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(a_stage_is_dumped_instead),
        cmocka_unit_test(inspection_samples_pages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
