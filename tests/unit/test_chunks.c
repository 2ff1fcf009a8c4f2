/* What counters count, and what chunks keep of a document built by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib.h>
#include <glib/gstdio.h>

#include "chunk/chunk.h"

static size_t counted(const char *name, const char *text)
{
    quire_counter *counter;
    quire_error error = {0};
    assert_int_equal(quire_counter_open(name, NULL, &counter, &error), QUIRE_OK);
    size_t tokens = quire_counter_tokens(counter, quire_text_of(text));
    quire_counter_free(counter);
    return tokens;
}

static void four_characters_are_a_token(void **state)
{
    (void)state;
    assert_int_equal(counted(NULL, ""), 0);
    assert_int_equal(counted("characters", "a"), 1);
    assert_int_equal(counted("characters", "abcd"), 1);
    assert_int_equal(counted("characters", "\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4\xC3\xA4"), 2);
}

static void words_are_those_of_unicode(void **state)
{
    (void)state;
    assert_int_equal(counted("words", "Don't stop at 3.14, e.g. here -- or there!"), 8);
    assert_int_equal(counted("words", "Zwei \xC3\xA4lte B\xC3\xA4ume"), 3);
    assert_int_equal(counted("words", "\xE8\x9C\x9C\xE8\x9C\x82"), 1); /* one in ICU's dictionary */
}

/* The short way of ASCII and ICU agree: a letter behind ASCII sends the same text to ICU. */
static void ascii_words_are_counted_as_icu_counts(void **state)
{
    (void)state;
    static const char letters[] = "abXY019.,:;'_- \n()@/+\"";
    quire_segmenter *words = quire_segmenter_new(QUIRE_SEGMENT_WORD);
    g_autoptr(GRand) random = g_rand_new_with_seed(7);
    for (int round = 0; round < 20000; round++) {
        char text[40];
        size_t size = (size_t)g_rand_int_range(random, 0, 24);
        for (size_t i = 0; i < size; i++)
            text[i] = letters[g_rand_int_range(random, 0, sizeof letters - 1)];
        size_t ascii = quire_segmenter_words(words, (quire_text){text, size});
        memcpy(text + size, " \xC3\xA4", 3);
        size_t icu = quire_segmenter_words(words, (quire_text){text, size + 3});
        if (ascii + 1 != icu)
            fail_msg("'%.*s': %zu words, ICU says %zu", (int)size, text, ascii, icu - 1);
    }
    quire_segmenter_free(words);
}

/* A file of merges for "low", "lower" and " low". */
static char *merges_file(const char *text)
{
    char *path = g_build_filename(g_get_tmp_dir(), "quire-merges-XXXXXX", NULL);
    int file = g_mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    return path;
}

static void byte_pairs_merge_in_the_order_of_the_file(void **state)
{
    (void)state;
    g_autofree char *path = merges_file("#version: 0.2\nl o\nlo w\ne r\n\xC4\xA0 low\n");
    g_autofree char *name = g_strconcat("bpe:", path, NULL);
    assert_int_equal(counted(name, "low"), 1);
    assert_int_equal(counted(name, "lower"), 2); /* low er */
    assert_int_equal(counted(name, "lower low"), 3); /* low er _low */
    assert_int_equal(counted(name, "slow"), 2); /* s low */
    assert_int_equal(counted(name, "low's"), 3); /* low ' s: 's is a piece without a merge */
    assert_int_equal(counted(name, "\xC3\xA4"), 2); /* two bytes */
    g_unlink(path);
}

static void assert_refused(const char *name, quire_status status)
{
    quire_counter *counter;
    quire_error error = {0};
    assert_int_equal(quire_counter_open(name, NULL, &counter, &error), status);
    assert_null(counter);
    assert_true(strlen(error.message) > 10);
}

static void unknown_counters_are_refused(void **state)
{
    (void)state;
    g_autofree char *path = merges_file("a b c\n"), *empty = merges_file("#version\n");
    g_autofree char *name = g_strconcat("bpe:", path, NULL);
    g_autofree char *nothing = g_strconcat("bpe:", empty, NULL);
    assert_refused("letters", QUIRE_USAGE);
    assert_refused("bpe:/no/such/file", QUIRE_IO);
    assert_refused(name, QUIRE_MALFORMED);
    assert_refused(nothing, QUIRE_MALFORMED);
    g_unlink(path);
    g_unlink(empty);
}

/* ---- chunks ---- */

static void add(quire_document *document, quire_element_type type, int level, const char *text)
{
    quire_element element = {.type = type,
                             .level = level,
                             .page = 1,
                             .parent = -1,
                             .box = {0, 0, 10, 10},
                             .text = quire_text_of(text)};
    assert_true(quire_document_add(document, &element) >= 0);
}

static quire_chunks chunks_of(const quire_document *document, uint32_t tokens, uint32_t overlap,
                              quire_counter **counter)
{
    assert_int_equal(quire_counter_open("words", NULL, counter, NULL), QUIRE_OK);
    quire_chunk_options options = {.tokens = tokens, .overlap = overlap, .counter = *counter};
    return quire_chunks_new(document, &options);
}

static void assert_chunk(const quire_chunks *chunks, const quire_document *document, size_t index,
                         const char *context, const char *text)
{
    assert_true(index < chunks->count);
    quire_text found = quire_chunk_text(chunks, document, &chunks->items[index]);
    assert_string_equal(chunks->items[index].context.data, context);
    assert_string_equal(found.data, text);
}

static void a_heading_goes_with_its_text(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    quire_counter *counter;
    add(document, QUIRE_TITLE, 0, "Bees");
    add(document, QUIRE_HEADING, 1, "Hives");
    add(document, QUIRE_HEADING, 2, "Frames");
    add(document, QUIRE_PARAGRAPH, 0, "One two three four five six seven.");
    add(document, QUIRE_PARAGRAPH, 0, "Eight nine ten eleven twelve thirteen fourteen.");
    quire_chunks chunks = chunks_of(document, 16, 0, &counter);
    assert_int_equal(chunks.count, 2);
    assert_chunk(&chunks, document, 0, "",
                 "Bees\n\nHives\n\nFrames\n\nOne two three four five six seven.");
    assert_chunk(&chunks, document, 1, "Bees > Hives > Frames",
                 "Eight nine ten eleven twelve thirteen fourteen.");
    assert_int_equal(chunks.items[1].tokens, 10);
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

static void small_neighbours_share_a_chunk(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    quire_counter *counter;
    add(document, QUIRE_HEADING, 1, "A");
    add(document, QUIRE_PARAGRAPH, 0, "one two");
    add(document, QUIRE_HEADING, 1, "B");
    add(document, QUIRE_PARAGRAPH, 0, "three four");
    add(document, QUIRE_HEADING, 1, "C");
    add(document, QUIRE_PARAGRAPH, 0, "a b c d e f g h i j k l m n o p q r");
    quire_chunks chunks = chunks_of(document, 20, 0, &counter);
    assert_int_equal(chunks.count, 2);
    assert_chunk(&chunks, document, 0, "", "A\n\none two\n\nB\n\nthree four");
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

static void long_prose_is_cut_between_sentences_and_overlaps(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    quire_counter *counter;
    add(document, QUIRE_PARAGRAPH, 0,
        "One two three four five six seven. Eight nine ten. Eleven twelve thirteen fourteen "
        "fifteen sixteen. Seventeen eighteen.");
    quire_chunks chunks = chunks_of(document, 16, 4, &counter);
    assert_int_equal(chunks.count, 2);
    assert_chunk(&chunks, document, 0, "",
                 "One two three four five six seven. Eight nine ten. Eleven twelve thirteen "
                 "fourteen fifteen sixteen.");
    assert_chunk(&chunks, document, 1, "", "Seventeen eighteen.");
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    chunks = chunks_of(document, 16, 8, &counter);
    assert_chunk(&chunks, document, 1, "",
                 "Eleven twelve thirteen fourteen fifteen sixteen. Seventeen eighteen.");
    assert_int_equal(chunks.items[1].overlap_end, 99);
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

static void a_sentence_without_end_is_cut_between_words(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    g_autoptr(GString) text = g_string_new("w0");
    for (int i = 1; i < 50; i++)
        g_string_append_printf(text, " w%d", i);
    add(document, QUIRE_PARAGRAPH, 0, text->str);
    quire_counter *counter;
    quire_chunks chunks = chunks_of(document, 16, 0, &counter);
    assert_int_equal(chunks.count, 4);
    for (size_t i = 0; i < chunks.count; i++)
        assert_true(chunks.items[i].tokens <= 16);
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

/* The page has room for the note below the next section; it says something of the first one. */
static void a_footnote_stands_behind_its_call(void **state)
{
    (void)state;
    static const char called[] = "The bees fly by day.1";
    quire_counter *counter;
    quire_document *document = quire_document_new();
    const quire_run call = {20, 21, 0, -1, 1, 1};
    add(document, QUIRE_HEADING, 1, "Hives");
    quire_element caller = {.type = QUIRE_PARAGRAPH,
                            .page = 1,
                            .parent = -1,
                            .box = {0, 0, 10, 10},
                            .text = quire_text_of(called),
                            .runs = &call,
                            .run_count = 1};
    quire_element note = {.type = QUIRE_FOOTNOTE,
                          .page = 1,
                          .parent = -1,
                          .box = {0, 0, 10, 10},
                          .layer = QUIRE_LAYER_FOOTNOTE,
                          .note = 1,
                          .note_mark = 2,
                          .text = QUIRE_TEXT("1 Some do not fly at all.")};
    assert_true(quire_document_add(document, &caller) >= 0);
    add(document, QUIRE_HEADING, 1, "Honey");
    add(document, QUIRE_PARAGRAPH, 0, "It is sold at the gate in jars that come back washed.");
    assert_true(quire_document_add(document, &note) >= 0);
    add(document, QUIRE_PARAGRAPH, 0, "Lime honey stays liquid.");
    quire_chunks chunks = chunks_of(document, 24, 0, &counter);
    assert_int_equal(chunks.count, 2);
    assert_chunk(&chunks, document, 0, "",
                 "Hives\n\nThe bees fly by day.1\n\n1 Some do not fly at all.");
    assert_chunk(&chunks, document, 1, "",
                 "Honey\n\nIt is sold at the gate in jars that come back washed.\n\n"
                 "Lime honey stays liquid.");
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

static void nothing_makes_no_chunk(void **state)
{
    (void)state;
    quire_document *document = quire_document_new();
    quire_counter *counter;
    add(document, QUIRE_PARAGRAPH, 0, " \n ");
    quire_chunks chunks = chunks_of(document, 0, 0, &counter);
    assert_int_equal(chunks.count, 0);
    quire_chunks_clear(&chunks);
    quire_counter_free(counter);
    quire_document_free(document);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(four_characters_are_a_token),
        cmocka_unit_test(words_are_those_of_unicode),
        cmocka_unit_test(ascii_words_are_counted_as_icu_counts),
        cmocka_unit_test(byte_pairs_merge_in_the_order_of_the_file),
        cmocka_unit_test(unknown_counters_are_refused),
        cmocka_unit_test(a_heading_goes_with_its_text),
        cmocka_unit_test(small_neighbours_share_a_chunk),
        cmocka_unit_test(long_prose_is_cut_between_sentences_and_overlaps),
        cmocka_unit_test(a_sentence_without_end_is_cut_between_words),
        cmocka_unit_test(a_footnote_stands_behind_its_call),
        cmocka_unit_test(nothing_makes_no_chunk),
    };
    return cmocka_run_group_tests_name("chunks", tests, NULL, NULL);
}
