/*
 * A streaming JSON writer: commas, escapes and indentation are its business; order is the
 * caller's. Numbers are written with as many digits as asked and without locale. Strings are made
 * valid UTF-8 on the way.
 */
#ifndef QUIRE_CORE_JSON_H
#define QUIRE_CORE_JSON_H

#include "core/io.h"
#include "core/text.h"

enum { QUIRE_JSON_DEPTH = 32 };

typedef struct quire_json {
    quire_sink *sink;
    int indent; /* spaces per level; 0: all on one line */
    int depth;
    bool after_key;
    bool has_items[QUIRE_JSON_DEPTH];
    bool is_flat[QUIRE_JSON_DEPTH]; /* on one line even when indenting */
} quire_json;

void quire_json_init(quire_json *json, quire_sink *sink, int indent);

void quire_json_begin_object(quire_json *json);
void quire_json_end_object(quire_json *json);
void quire_json_begin_array(quire_json *json);
void quire_json_end_array(quire_json *json);
/* The next object or array is written on one line, with all it holds. */
void quire_json_begin_flat_object(quire_json *json);
void quire_json_begin_flat_array(quire_json *json);

void quire_json_key(quire_json *json, const char *key);

void quire_json_string(quire_json *json, quire_text text);
void quire_json_integer(quire_json *json, int64_t value);
void quire_json_unsigned(quire_json *json, uint64_t value);
/* At most `decimals` digits behind the point, trailing zeros dropped; not finite: null. */
void quire_json_number(quire_json *json, double value, int decimals);
void quire_json_bool(quire_json *json, bool value);
void quire_json_null(quire_json *json);

/* key and value in one call */
void quire_json_pair_string(quire_json *json, const char *key, quire_text text);
void quire_json_pair_cstring(quire_json *json, const char *key, const char *text); /* NULL: null */
void quire_json_pair_integer(quire_json *json, const char *key, int64_t value);
void quire_json_pair_number(quire_json *json, const char *key, double value, int decimals);
void quire_json_pair_bool(quire_json *json, const char *key, bool value);

#endif
