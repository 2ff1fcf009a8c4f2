/*
 * PDF syntax over raw bytes (PDF 32000-1, 7.2 and 7.3): where a value begins and ends, and which
 * value a key of a dictionary has. It copies nothing, builds no objects and knows no file
 * structure, so that it can be let loose on a file whose structure is lost.
 */
#ifndef QUIRE_PDF_SYNTAX_H
#define QUIRE_PDF_SYNTAX_H

#include "core/core.h"

/* A place in bytes that moves forward only. */
typedef struct quire_syntax {
    quire_bytes bytes;
    size_t at;
} quire_syntax;

bool quire_syntax_is_space(uint8_t c);
bool quire_syntax_is_delimiter(uint8_t c);

/* White space and comments. */
void quire_syntax_skip_space(quire_syntax *syntax);
/* Moves over `word` if it comes next and ends there. */
bool quire_syntax_keyword(quire_syntax *syntax, const char *word);
/* Moves over an unsigned integer; false where none comes next. */
bool quire_syntax_integer(quire_syntax *syntax, int64_t *value);
/*
 * Moves over one value, a reference counting as one; leading space is skipped. False where the
 * bytes end within it, or a word comes that no value holds ("endobj").
 */
bool quire_syntax_value(quire_syntax *syntax, quire_bytes *value);

/* The value of `key` in the text of a dictionary, "<<" included. */
bool quire_syntax_find(quire_bytes dictionary, const char *key, quire_bytes *value);

/* What a value says; false where it is of another kind. */
bool quire_syntax_reads_integer(quire_bytes value, int64_t *integer);
bool quire_syntax_reads_reference(quire_bytes value, int32_t *number, int32_t *generation);
bool quire_syntax_reads_name(quire_bytes value, const char *name);
bool quire_syntax_is_dictionary(quire_bytes value);

#endif
