/*
 * How long a text is for a language model. Nobody can know without the model's own vocabulary, so
 * there are three answers: a rule of thumb (four characters of English to a token), the number of
 * words, and byte pairs with the merges of a model, which is exact.
 */
#include "chunk/inner.h"

#include <string.h>

enum { CHARACTERS_PER_TOKEN = 4 };

#define BPE_PREFIX "bpe:"

static quire_status open_bpe(quire_counter *counter, const char *path, const int *file,
                             quire_error *error)
{
    counter->name = "bpe";
    counter->bpe = bpe_open(path, file, error);
    return counter->bpe ? QUIRE_OK : error->status;
}

quire_status quire_counter_open(const char *name, const int *file, quire_counter **counter,
                                quire_error *error)
{
    quire_error own = {0};
    quire_status status = QUIRE_OK;
    quire_counter *made = g_new0(quire_counter, 1);
    made->units_per_token = 1;
    if (!name || strcmp(name, "characters") == 0) {
        *made = (quire_counter){"characters", CHARACTERS_PER_TOKEN, true, 0, NULL, NULL};
    } else if (strcmp(name, "words") == 0) {
        *made = (quire_counter){"words", 1, true, 0, NULL, NULL};
        made->words = quire_segmenter_new(QUIRE_SEGMENT_WORD);
    } else if (g_str_has_prefix(name, BPE_PREFIX)) {
        status = open_bpe(made, name + strlen(BPE_PREFIX), file, error ? error : &own);
    } else {
        status = quire_fail(error, QUIRE_USAGE, "options", 0,
                            "no tokenizer is called '%.60s'; there are characters, words and "
                            "bpe:FILE with a file of merges",
                            name);
    }
    if (status == QUIRE_OK)
        made->separator = counter_units(made, QUIRE_TEXT("\n\n"));
    else
        g_clear_pointer(&made, g_free);
    *counter = made;
    return status;
}

void quire_counter_free(quire_counter *counter)
{
    if (!counter)
        return;
    quire_segmenter_free(counter->words);
    bpe_free(counter->bpe);
    g_free(counter);
}

const char *quire_counter_name(const quire_counter *counter)
{
    return counter->name;
}

size_t counter_units(quire_counter *counter, quire_text text)
{
    if (counter->bpe)
        return bpe_count(counter->bpe, text);
    if (counter->words)
        return quire_segmenter_words(counter->words, text);
    return quire_utf8_length(text.data, text.size);
}

size_t quire_counter_tokens(quire_counter *counter, quire_text text)
{
    return (counter_units(counter, text) + counter->units_per_token - 1) / counter->units_per_token;
}
