/*
 * Byte pair encoding with a model's own merges (Sennrich, Haddow, Birch 2016; the byte level form
 * of GPT-2). Only the number of tokens is wanted, so that merges are all that is read: a line for
 * each pair, the most frequent first, bytes written as GPT-2's vocabulary writes them.
 *
 *     l o w e r   ->   lo w er   ->   low er   ->   2 tokens
 */
#include "chunk/inner.h"

#include <string.h>

enum {
    MAX_MERGES = 2 * 1000 * 1000,
    MAX_PIECE = 256, /* bytes that are merged at once: longer runs are cut, merging is quadratic */
    MAX_REMEMBERED = 200 * 1000,
};
#define MAX_MERGES_BYTES ((uint64_t)64 << 20)

typedef struct merge {
    uint32_t rank, symbol;
} merge;

struct bpe {
    GHashTable *symbols; /* text as the file writes it -> number */
    GHashTable *merges; /* two symbols in 64 bits -> merge */
    GHashTable *counts; /* piece -> tokens */
    uint32_t of_byte[256];
    uint32_t symbol_count;
};

static uint32_t symbol_of(struct bpe *bpe, const char *text, size_t size)
{
    g_autofree char *key = g_strndup(text, size);
    gpointer known = g_hash_table_lookup(bpe->symbols, key);
    if (known)
        return GPOINTER_TO_UINT(known);
    g_hash_table_insert(bpe->symbols, g_steal_pointer(&key), GUINT_TO_POINTER(++bpe->symbol_count));
    return bpe->symbol_count;
}

/* GPT-2 writes a byte as the character of that number where that can be seen, the others as the
 * characters from U+0100 on. */
static void name_bytes(struct bpe *bpe)
{
    uint32_t others = 0;
    for (uint32_t byte = 0; byte < 256; byte++) {
        bool shown = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || (byte >= 174);
        char text[4];
        size_t size = quire_utf8_put(shown ? byte : 256 + others++, text);
        bpe->of_byte[byte] = symbol_of(bpe, text, size);
    }
}

static gint64 *pair_key(uint32_t left, uint32_t right)
{
    gint64 *key = g_new(gint64, 1);
    *key = (gint64)((uint64_t)left << 32 | right);
    return key;
}

/* "left right"; false for a line that is none. */
static bool add_merge(struct bpe *bpe, const char *line, size_t size, uint32_t rank)
{
    const char *blank = memchr(line, ' ', size);
    if (!blank || blank == line || blank + 1 == line + size)
        return false;
    size_t left = (size_t)(blank - line), right = size - left - 1;
    if (memchr(blank + 1, ' ', right))
        return false;
    g_autofree char *joined = g_strdup_printf("%.*s%.*s", (int)left, line, (int)right, blank + 1);
    merge *made = g_new(merge, 1);
    gint64 *key = pair_key(symbol_of(bpe, line, left), symbol_of(bpe, blank + 1, right));
    *made = (merge){rank, symbol_of(bpe, joined, left + right)};
    g_hash_table_insert(bpe->merges, key, made);
    return true;
}

static quire_status read_merges(struct bpe *bpe, quire_bytes bytes, quire_error *error)
{
    uint32_t rank = 0, number = 0;
    const char *text = (const char *)bytes.data;
    for (size_t at = 0; at < bytes.size;) {
        const char *feed = memchr(text + at, '\n', bytes.size - at);
        size_t end = feed ? (size_t)(feed - text) : bytes.size, next = end + 1;
        while (end > at && (text[end - 1] == '\r' || text[end - 1] == ' '))
            end--;
        number++;
        bool is_comment = number == 1 && end > at && text[at] == '#';
        if (end > at && !is_comment &&
            (rank == MAX_MERGES || end - at > 4096 || !add_merge(bpe, text + at, end - at, rank++)))
            return quire_fail(error, QUIRE_MALFORMED, "options", 0,
                              "line %u of the merges is not a pair of symbols", number);
        at = next;
    }
    return rank > 0 ? QUIRE_OK
                    : quire_fail(error, QUIRE_MALFORMED, "options", 0,
                                 "the file of merges holds no pair");
}

struct bpe *bpe_open(const char *path, const int *descriptor, quire_error *error)
{
    quire_file file;
    quire_status opened =
        descriptor ? quire_file_open_descriptor(&file, *descriptor, path, MAX_MERGES_BYTES, error)
                   : quire_file_open(&file, path, MAX_MERGES_BYTES, error);
    if (opened != QUIRE_OK)
        return NULL;
    struct bpe *bpe = g_new0(struct bpe, 1);
    bpe->symbols = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    bpe->merges = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    bpe->counts = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    name_bytes(bpe);
    quire_status status = read_merges(bpe, file.bytes, error);
    quire_file_close(&file);
    if (status == QUIRE_OK)
        return bpe;
    bpe_free(bpe);
    return NULL;
}

void bpe_free(struct bpe *bpe)
{
    if (!bpe)
        return;
    g_hash_table_unref(bpe->symbols);
    g_hash_table_unref(bpe->merges);
    g_hash_table_unref(bpe->counts);
    g_free(bpe);
}

static const merge *merge_of(struct bpe *bpe, uint32_t left, uint32_t right)
{
    gint64 key = (gint64)((uint64_t)left << 32 | right);
    return g_hash_table_lookup(bpe->merges, &key);
}

/* Merges the pair that stands first in the file, again and again. */
static size_t merged_count(struct bpe *bpe, const char *text, size_t size)
{
    uint32_t symbols[MAX_PIECE];
    size_t count = size;
    for (size_t i = 0; i < size; i++)
        symbols[i] = bpe->of_byte[(unsigned char)text[i]];
    for (;;) {
        const merge *best = NULL;
        size_t place = 0;
        for (size_t i = 0; i + 1 < count; i++) {
            const merge *found = merge_of(bpe, symbols[i], symbols[i + 1]);
            if (found && (!best || found->rank < best->rank)) {
                best = found;
                place = i;
            }
        }
        if (!best)
            return count;
        symbols[place] = best->symbol;
        count--;
        memmove(symbols + place + 1, symbols + place + 2, (count - place - 1) * sizeof *symbols);
    }
}

static size_t piece_count(struct bpe *bpe, const char *text, size_t size)
{
    if (size <= 1)
        return size;
    g_autofree char *key = g_strndup(text, size);
    gpointer known = g_hash_table_lookup(bpe->counts, key);
    if (known)
        return GPOINTER_TO_SIZE(known);
    size_t count = merged_count(bpe, text, size);
    if (g_hash_table_size(bpe->counts) < MAX_REMEMBERED && !memchr(text, '\0', size))
        g_hash_table_insert(bpe->counts, g_steal_pointer(&key), GSIZE_TO_POINTER(count));
    return count;
}

/* ---- pieces: what is merged by itself ---- */

typedef enum piece_class { LETTERS, DIGITS, MARKS, BLANKS } piece_class;

static piece_class class_of(uint32_t c)
{
    if (quire_is_space(c))
        return BLANKS;
    return quire_is_letter(c) ? LETTERS : quire_is_digit(c) ? DIGITS : MARKS;
}

static piece_class class_at(quire_text text, size_t at)
{
    return class_of(quire_utf8_next(text.data, text.size, &at));
}

static size_t run_end(quire_text text, size_t at, piece_class class)
{
    while (at < text.size && class_at(text, at) == class)
        quire_utf8_next(text.data, text.size, &at);
    return at;
}

/* 's 't 're 've 'm 'll 'd; 0: none of them. */
static size_t contraction(quire_text text, size_t at)
{
    static const char *const endings[] = {"'s", "'t", "'re", "'ve", "'m", "'ll", "'d"};
    for (size_t i = 0; i < G_N_ELEMENTS(endings); i++) {
        size_t size = strlen(endings[i]);
        if (text.size - at >= size && memcmp(text.data + at, endings[i], size) == 0)
            return size;
    }
    return 0;
}

/* Of white space before a word the last character goes with the word where it is a space, and is
 * a piece of its own where it is not. */
static size_t blank_end(quire_text text, size_t at)
{
    size_t end = run_end(text, at, BLANKS), last = end;
    if (end == text.size)
        return end;
    do {
        last--;
    } while (last > at && ((unsigned char)text.data[last] & 0xC0) == 0x80);
    return last > at ? last : end;
}

static size_t piece_end(quire_text text, size_t at)
{
    size_t short_form = contraction(text, at);
    if (short_form > 0)
        return at + short_form;
    size_t first = at;
    if (text.data[at] == ' ' && at + 1 < text.size && class_at(text, at + 1) != BLANKS)
        first++;
    piece_class class = class_at(text, first);
    return class == BLANKS ? blank_end(text, at) : run_end(text, first, class);
}

size_t bpe_count(struct bpe *bpe, quire_text text)
{
    size_t count = 0;
    for (size_t at = 0; at < text.size;) {
        size_t end = piece_end(text, at);
        for (; end - at > MAX_PIECE; at += MAX_PIECE)
            count += piece_count(bpe, text.data + at, MAX_PIECE);
        count += piece_count(bpe, text.data + at, end - at);
        at = end;
    }
    return count;
}
