/* The document keeps its invariants: spans, ids, holders, normalisation, draining. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "model/model.h"

static int32_t add(quire_document *document, quire_element_type type, int32_t parent,
                   const char *text)
{
    quire_element element = {.type = type,
                             .page = 1,
                             .parent = parent,
                             .box = {10, 20, 300, 40},
                             .text = quire_text_of(text)};
    return quire_document_add(document, &element);
}

static const quire_element *at(const quire_document *document, int32_t index)
{
    return &document->elements.items[index];
}

static void assert_text(quire_text text, const char *expected)
{
    assert_int_equal(text.size, strlen(expected));
    assert_memory_equal(text.data, expected, text.size);
}

static void assert_content(const quire_document *document, const char *expected)
{
    quire_text content = {document->content.items, document->content.count};
    assert_text(content, expected);
}

static void assert_sound(const quire_document *document)
{
    char message[128];
    if (!quire_document_is_sound(document, message))
        fail_msg("not sound: %s", message);
}

static void content_is_made_of_the_texts(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    add(document, QUIRE_TITLE, -1,
        "Gr\xc3\xb6\xc3\x9f"
        "e");
    add(document, QUIRE_FIGURE, -1, "");
    add(document, QUIRE_PARAGRAPH, -1, "Zwei.");
    assert_content(document, "Gr\xc3\xb6\xc3\x9f"
                             "e\n\nZwei.");
    assert_int_equal(at(document, 0)->span.end, 5);
    assert_int_equal(at(document, 1)->span.start, 5);
    assert_int_equal(at(document, 1)->span.end, 5);
    assert_int_equal(at(document, 2)->span.start, 7);
    assert_int_equal(document->content_length, 12);
    assert_sound(document);
    quire_document_free(document);
}

/* list(item A, item B(list(item B1), paragraph), item C), paragraph */
static quire_document *nested_list(void)
{
    quire_document *document = quire_document_new();
    add(document, QUIRE_PARAGRAPH, -1, "Before");
    int32_t list = add(document, QUIRE_LIST, -1, "");
    add(document, QUIRE_LIST_ITEM, list, "A");
    int32_t item = add(document, QUIRE_LIST_ITEM, list, "B");
    int32_t inner = add(document, QUIRE_LIST, item, "");
    add(document, QUIRE_LIST_ITEM, inner, "B1");
    quire_document_close_element(document, inner);
    add(document, QUIRE_PARAGRAPH, item, "more of B");
    quire_document_close_element(document, item);
    add(document, QUIRE_LIST_ITEM, list, "C");
    quire_document_close_element(document, list);
    add(document, QUIRE_PARAGRAPH, -1, "After");
    return document;
}

static void holders_span_what_they_hold(void **state)
{
    (void)state;
    quire_document *document = nested_list();
    assert_content(document, "Before\n\nA\nB\nB1\n\nmore of B\nC\n\nAfter");
    assert_text(at(document, 1)->text, "A\nB\nB1\n\nmore of B\nC");
    assert_text(at(document, 3)->text, "B\nB1\n\nmore of B");
    assert_int_equal(at(document, 3)->own_size, 1);
    assert_text(at(document, 4)->text, "B1");
    assert_int_equal(at(document, 4)->own_size, 0);
    assert_sound(document);
    quire_document_free(document);
}

static void a_holder_may_be_closed_late(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    int32_t list = add(document, QUIRE_LIST, -1, "");
    add(document, QUIRE_LIST_ITEM, list, "\xe4\xb8\x80");
    add(document, QUIRE_LIST_ITEM, list, "\xe4\xba\x8c");
    add(document, QUIRE_PARAGRAPH, -1,
        "\xc3\xa4"
        "fter");
    quire_document_close_element(document, list);
    quire_document_close_element(document, list);
    assert_text(at(document, list)->text, "\xe4\xb8\x80\n\xe4\xba\x8c");
    assert_sound(document);
    quire_document_free(document);
}

static void an_unclosed_holder_is_not_sound(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    int32_t list = add(document, QUIRE_LIST, -1, "");
    add(document, QUIRE_LIST_ITEM, list, "A");
    char message[128];
    assert_false(quire_document_is_sound(document, message));
    assert_non_null(strstr(message, "content[span]"));
    quire_document_free(document);
}

static void the_walk_enters_and_leaves(void **state)
{
    (void)state;
    quire_document *document = nested_list();
    char trace[256];
    size_t size = 0;
    quire_walk walk = quire_walk_start(document);
    while (quire_walk_next(&walk))
        size += (size_t)snprintf(trace + size, sizeof trace - size, "%s%zu@%d ",
                                 walk.event == QUIRE_ENTER ? "+" : "-",
                                 (size_t)(walk.element - document->elements.items), walk.depth);
    assert_string_equal(trace, "+0@0 -0@0 +1@0 +2@1 -2@1 +3@1 +4@2 +5@3 -5@3 -4@2 +6@2 -6@2 -3@1 "
                               "+7@1 -7@1 -1@0 +8@0 -8@0 ");
    quire_document_free(document);
}

static void deep_nesting_is_held_where_the_walk_can_go(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    int32_t parent = -1;
    for (int i = 0; i < 3 * QUIRE_WALK_DEPTH; i++)
        parent = add(document, QUIRE_LIST_ITEM, parent, "x");
    for (int32_t i = parent; i >= 0; i--)
        quire_document_close_element(document, i);
    int deepest = 0, events = 0;
    quire_walk walk = quire_walk_start(document);
    for (; quire_walk_next(&walk); events++)
        deepest = walk.depth > deepest ? walk.depth : deepest;
    assert_int_equal(deepest, QUIRE_WALK_DEPTH - 1);
    assert_int_equal(events, 6 * QUIRE_WALK_DEPTH);
    assert_sound(document);
    quire_document_free(document);
}

static void composing_carries_offsets(void **state)
{
    (void)state;
    /* "a" U+0308, "bc", U+AC00 as jamo, malformed byte, "d" */
    const char *text = "a\xcc\x88"
                       "bc\xe1\x84\x80\xe1\x85\xa1\xff"
                       "d";
    quire_run runs[] = {{0, 3, QUIRE_RUN_BOLD, -1, 0, 0},
                        {4, 5, 0, -1, 0, 0},
                        {5, 11, 0, -1, 0, 0},
                        {12, 13, 0, -1, 0, 0}};
    quire_element_line lines[] = {{.start = 0, .end = 5}, {.start = 5, .end = 13}};
    quire_cell cells[] = {{.row_span = 1, .column_span = 1, .start = 3, .end = 12}};
    quire_table table = {
        .method = "ruled", .rows = 1, .columns = 1, .cells = cells, .cell_count = 1};
    quire_element element = {.type = QUIRE_TABLE,
                             .page = 1,
                             .parent = -1,
                             .text = quire_text_of(text),
                             .runs = runs,
                             .run_count = 4,
                             .lines = lines,
                             .line_count = 2,
                             .table = &table};
    quire_document *document = quire_document_new();
    const quire_element *added = at(document, quire_document_add(document, &element));
    assert_text(added->text, "\xc3\xa4"
                             "bc\xea\xb0\x80\xef\xbf\xbd"
                             "d");
    static const uint32_t expected[][2] = {{0, 2}, {3, 4}, {4, 7}, {10, 11}};
    for (int i = 0; i < 4; i++) {
        assert_int_equal(added->runs[i].start, expected[i][0]);
        assert_int_equal(added->runs[i].end, expected[i][1]);
    }
    assert_int_equal(added->lines[0].end, 4);
    assert_int_equal(added->lines[1].end, 11);
    assert_int_equal(added->table->cells[0].start, 2);
    assert_int_equal(added->table->cells[0].end, 10);
    assert_int_equal(document->content_length, 6);
    assert_sound(document);
    quire_document_free(document);
}

/* Offsets between the parts of what becomes one character go to its end, and all stay in order. */
static void offsets_within_a_composition_stay_in_order(void **state)
{
    (void)state;
    static const char *const parts[] = {"a",
                                        "\xcc\x88",
                                        "\xcc\xa3",
                                        "\xe1\x84\x80",
                                        "\xe1\x85\xa1",
                                        "\xe1\x86\xa8",
                                        "\xe4\xb8\x80",
                                        " ",
                                        "\xe3\x81\x8b",
                                        "\xe3\x82\x99",
                                        "\xff",
                                        "\xc3\xa9"};
    srand(7);
    for (int round = 0; round < 400; round++) {
        char text[128] = "";
        quire_run runs[24];
        size_t count = 0;
        for (; count < 24; count++) {
            runs[count].start = (uint32_t)strlen(text);
            strcat(text, parts[rand() % 12]);
            runs[count] = (quire_run){runs[count].start, (uint32_t)strlen(text), 0, -1, 0, 0};
        }
        quire_element element = {
            .parent = -1, .text = quire_text_of(text), .runs = runs, .run_count = count};
        quire_document *document = quire_document_new();
        quire_document_add(document, &element);
        assert_sound(document);
        const quire_element *added = at(document, 0);
        assert_int_equal(added->runs[0].start, 0);
        for (size_t i = 1; i < count; i++)
            assert_int_equal(added->runs[i].start, added->runs[i - 1].end);
        assert_int_equal(added->runs[count - 1].end, added->text.size);
        quire_document_free(document);
    }
}

static void equal_elements_get_ordinals(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    for (int i = 0; i < 500; i++)
        add(document, QUIRE_PARAGRAPH, -1, i % 5 ? "same" : "other");
    assert_sound(document);
    assert_int_equal(strlen(at(document, 0)->id), 17);
    char second[32];
    snprintf(second, sizeof second, "%s-2", at(document, 0)->id);
    assert_string_equal(at(document, 5)->id, second);
    quire_document_free(document);
}

static void the_id_rests_on_a_tenth_of_a_point(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    quire_element element = {
        .page = 1, .parent = -1, .box = {10.01f, 20, 30, 40}, .text = QUIRE_TEXT("x")};
    quire_document_add(document, &element);
    element.box.x0 = 10.04f;
    quire_document_add(document, &element);
    element.box.x0 = 10.06f;
    quire_document_add(document, &element);
    element.page = 2;
    quire_document_add(document, &element);
    assert_memory_equal(at(document, 0)->id, at(document, 1)->id, 17);
    assert_memory_not_equal(at(document, 1)->id, at(document, 2)->id, 17);
    assert_memory_not_equal(at(document, 2)->id, at(document, 3)->id, 17);
    quire_document_free(document);
}

static void draining_keeps_counting(void **state)
{
    (void)state;
    quire_document *whole = quire_document_new(), *drained = quire_document_new();
    quire_arena *arena = quire_arena_new(0);
    char *content = quire_arena_text(arena, "", 0);
    for (int page = 1; page <= 3; page++) {
        quire_element element = {.page = page, .parent = -1, .text = QUIRE_TEXT("Seite \xc3\xb6")};
        for (int i = 0; i < 2; i++) {
            const quire_element *a = at(whole, quire_document_add(whole, &element));
            const quire_element *b = at(drained, quire_document_add(drained, &element));
            assert_int_equal(a->span.start, b->span.start);
            assert_int_equal(a->span.end, b->span.end);
            assert_string_equal(a->id, b->id);
        }
        assert_sound(drained);
        content = quire_arena_printf(arena, "%s%.*s", content, (int)drained->content.count,
                                     drained->content.items);
        quire_document_drain(drained);
        assert_int_equal(drained->elements.count, 0);
    }
    assert_content(whole, content);
    assert_int_equal(whole->content_length, drained->content_length);
    quire_arena_free(arena);
    quire_document_free(whole);
    quire_document_free(drained);
}

static void everything_is_copied(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    char uri[] = "https://example.org/", reason[] = "larger than body text", font[] = "Serif";
    const char *why[] = {reason};
    quire_model_link link = {.page = 1, .uri = uri};
    assert_int_equal(quire_document_add_link(document, &link), 0);
    quire_run run = {0, 1, 0, 0, 0, 0};
    quire_element element = {.page = 1,
                             .parent = -1,
                             .text = QUIRE_TEXT("x"),
                             .why = why,
                             .why_count = 1,
                             .runs = &run,
                             .run_count = 1,
                             .style.font = font};
    quire_document_add(document, &element);
    uri[0] = reason[0] = font[0] = '!';
    run.start = 9;
    why[0] = NULL;
    assert_string_equal(document->links.items[0].uri, "https://example.org/");
    assert_string_equal(at(document, 0)->why[0], "larger than body text");
    assert_string_equal(at(document, 0)->style.font, "Serif");
    assert_sound(document);
    quire_document_free(document);
}

static void issues_beyond_the_ceiling_are_counted(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    for (int i = 0; i < QUIRE_MAX_ISSUES + 7; i++)
        quire_document_add_issue(document, "syntax_error", QUIRE_WARNING, 1, "bad token");
    assert_int_equal(document->issues.count, QUIRE_MAX_ISSUES);
    assert_int_equal(document->issues_dropped, 7);
    quire_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(content_is_made_of_the_texts),
        cmocka_unit_test(holders_span_what_they_hold),
        cmocka_unit_test(a_holder_may_be_closed_late),
        cmocka_unit_test(an_unclosed_holder_is_not_sound),
        cmocka_unit_test(the_walk_enters_and_leaves),
        cmocka_unit_test(deep_nesting_is_held_where_the_walk_can_go),
        cmocka_unit_test(composing_carries_offsets),
        cmocka_unit_test(offsets_within_a_composition_stay_in_order),
        cmocka_unit_test(equal_elements_get_ordinals),
        cmocka_unit_test(the_id_rests_on_a_tenth_of_a_point),
        cmocka_unit_test(draining_keeps_counting),
        cmocka_unit_test(everything_is_copied),
        cmocka_unit_test(issues_beyond_the_ceiling_are_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
