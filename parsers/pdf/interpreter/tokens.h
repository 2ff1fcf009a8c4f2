/*
 * Tokens of a content stream (PDF 32000-1, 7.2 and 7.8.2), taken one by one without allocation:
 * numbers, names and plain strings are slices of the stream, and only what has to be decoded
 * (escapes, hexadecimal strings, # in names) goes into a pool that the caller empties.
 */
#ifndef QUIRE_PARSERS_PDF_INTERPRETER_TOKENS_H
#define QUIRE_PARSERS_PDF_INTERPRETER_TOKENS_H

#include "core/core.h"

typedef enum quire_token_kind {
    QUIRE_TOKEN_END = 0,
    QUIRE_TOKEN_NUMBER,
    QUIRE_TOKEN_NAME,
    QUIRE_TOKEN_STRING,
    QUIRE_TOKEN_ARRAY_BEGIN,
    QUIRE_TOKEN_ARRAY_END,
    QUIRE_TOKEN_DICTIONARY_BEGIN,
    QUIRE_TOKEN_DICTIONARY_END,
    QUIRE_TOKEN_WORD, /* an operator, or true, false, null */
} quire_token_kind;

typedef QUIRE_ARRAY(uint8_t) quire_byte_pool;

/* Bytes of a name, word or string: of the stream, or, with `data` NULL, in the pool at `offset`. */
typedef struct quire_slice {
    const uint8_t *data;
    uint32_t offset;
    uint32_t size;
} quire_slice;

typedef struct quire_tokens {
    const uint8_t *at, *end;
    quire_byte_pool *pool; /* borrowed */
    double number; /* of the last QUIRE_TOKEN_NUMBER */
    quire_slice slice; /* of the last name, word or string */
} quire_tokens;

quire_token_kind quire_tokens_next(quire_tokens *tokens);
/* Skips what is left of an array or dictionary whose beginning was just read. */
void quire_tokens_skip(quire_tokens *tokens, quire_token_kind begin);

bool quire_byte_is_space(uint8_t byte);
bool quire_byte_is_regular(uint8_t byte); /* neither white space nor a delimiter */

static inline const uint8_t *quire_slice_bytes(quire_slice slice, const quire_byte_pool *pool)
{
    return slice.data ? slice.data : pool->items + slice.offset;
}

bool quire_slice_is(quire_slice slice, const quire_byte_pool *pool, const char *text);
/* Copies as much as fits, NUL-terminated. */
void quire_slice_copy(quire_slice slice, const quire_byte_pool *pool, char *out, size_t capacity);

#endif
