/*
 * Text is UTF-8. Here alone ICU is included: normalisation, character properties, direction.
 */
#ifndef QUIRE_CORE_TEXT_H
#define QUIRE_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

#define QUIRE_SOFT_HYPHEN 0x00ADu
#define QUIRE_REPLACEMENT 0xFFFDu

/* A slice of UTF-8, not NUL-terminated unless it says so. */
typedef struct quire_text {
    const char *data;
    size_t size;
} quire_text;

#define QUIRE_TEXT(literal) ((quire_text){(literal), sizeof(literal) - 1})

quire_text quire_text_of(const char *text); /* NULL: empty */
bool quire_text_equal(quire_text a, quire_text b);

/* Decodes the code point at *at (< size) and moves on; malformed bytes give U+FFFD one by one. */
uint32_t quire_utf8_next(const char *text, size_t size, size_t *at);
/* Writes 1 to 4 bytes; values that are no scalar value become U+FFFD. Returns their number. */
size_t quire_utf8_put(uint32_t code_point, char out[4]);
/* Number of code points. */
size_t quire_utf8_length(const char *text, size_t size);
/* UTF-16 (big endian, or with a byte order mark), UTF-8 with a mark, or PDFDocEncoding: a PDF text
 * string (PDF 32000-1, 7.9.2.2) as UTF-8 in the arena. */
quire_text quire_text_from_pdf(quire_arena *arena, const uint8_t *bytes, size_t size);

/* NFC, in the arena; `text` itself where it is in NFC already. */
quire_text quire_text_nfc(quire_arena *arena, quire_text text);
/* NFKC with ligatures and compatibility forms folded, for comparing only. */
quire_text quire_text_folded(quire_arena *arena, quire_text text);

bool quire_is_space(uint32_t c); /* any Unicode white space, and U+00A0 */
bool quire_is_letter(uint32_t c);
bool quire_is_lower(uint32_t c);
bool quire_is_upper(uint32_t c);
bool quire_is_digit(uint32_t c);
bool quire_is_combining(uint32_t c); /* a mark that sits on the letter before it */
bool quire_is_right_to_left(uint32_t c); /* strong R or AL */
bool quire_is_strong_left(uint32_t c); /* strong L */
bool quire_is_ideographic(uint32_t c); /* scripts written without spaces: Han, kana, Hangul not */
bool quire_is_private(uint32_t c); /* private use, unassigned or surrogate */
uint32_t quire_mirrored(uint32_t c); /* the mirrored bracket, or c */
uint32_t quire_lower(uint32_t c); /* simple lower case */

/* Where a text may be cut, by the rules of Unicode (UAX 29). */
typedef enum quire_segment_kind {
    QUIRE_SEGMENT_CHARACTER = 0, /* as a reader sees it: a letter with its marks */
    QUIRE_SEGMENT_WORD,
    QUIRE_SEGMENT_SENTENCE, /* with the white space behind it */
} quire_segment_kind;

typedef struct quire_segmenter quire_segmenter;

quire_segmenter *quire_segmenter_new(quire_segment_kind kind);
void quire_segmenter_free(quire_segmenter *segmenter); /* NULL is fine */
/* `text` is borrowed until the next start, or free. */
void quire_segmenter_start(quire_segmenter *segmenter, quire_text text);
/* The byte at which the next segment ends, ascending to the size of the text; 0: no more. */
size_t quire_segmenter_next(quire_segmenter *segmenter);
/* Words with letters or digits in `text`; the segmenter is one of words. */
size_t quire_segmenter_words(quire_segmenter *segmenter, quire_text text);

/*
 * Visual order to logical order for one line: `order` receives a permutation of the `count` code
 * points so that reading code_points[order[0]], [order[1]] ... gives the text in logical order.
 * A line without right-to-left characters keeps its order at no cost.
 */
void quire_text_logical_order(quire_arena *arena, const uint32_t *code_points, size_t count,
                              int32_t *order);

#endif
