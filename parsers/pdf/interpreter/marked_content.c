/*
 * Marked content (PDF 32000-1, 14.6): tags with their ids, layers that are off, and ActualText,
 * which replaces what its glyphs say. Sequences end with the stream that began them.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <string.h>

enum { MAX_OPEN_MARKS = 4096 };

const char *quire_page_string(quire_interpreter *in, const uint8_t *bytes, size_t size)
{
    quire_text text = quire_text_from_pdf(in->arena, bytes, size);
    return quire_arena_text(in->arena, text.data, text.size);
}

/* Tag names repeat: each is kept once a page. */
static const char *tag_name(quire_interpreter *in, quire_slice slice)
{
    const uint8_t *bytes = quire_slice_bytes(slice, &in->pool);
    const char *name = quire_table_find(&in->names, bytes, slice.size);
    if (!name) {
        name = quire_arena_text(in->arena, (const char *)bytes, slice.size);
        quire_table_put(&in->names, in->scratch, name, slice.size, (void *)name);
    }
    return name;
}

static void begin(quire_interpreter *in, quire_slice name, const quire_properties *properties)
{
    quire_open_mark *mark = in->marks.count < MAX_OPEN_MARKS ? quire_array_push(&in->marks) : NULL;
    if (!mark) {
        quire_interpreter_stop(in, "marked content nested too deep");
        return;
    }
    *mark = (quire_open_mark){.outer_tag = in->tag,
                              .hides = properties->hidden,
                              .actual_text = in->actual ? NULL : properties->actual_text,
                              .first_glyph = in->builder.glyphs.count};
    in->hidden += mark->hides;
    in->actual += mark->actual_text != NULL;
    quire_tag *tag = quire_array_push(&in->builder.tags);
    if (tag) {
        *tag = (quire_tag){.name = tag_name(in, name),
                           .mcid = properties->mcid,
                           .stream = in->stream,
                           .parent = in->tag,
                           .actual_text = properties->actual_text,
                           .language = properties->language};
        in->tag = (int32_t)in->builder.tags.count - 1;
    }
}

static void end(quire_interpreter *in)
{
    quire_open_mark mark = in->marks.items[--in->marks.count];
    in->hidden -= mark.hides;
    in->tag = mark.outer_tag;
    if (mark.actual_text) {
        in->actual--;
        quire_actual_text_apply(in, mark.first_glyph, mark.actual_text);
    }
}

void quire_marks_close(quire_interpreter *in, size_t floor)
{
    while (in->marks.count > floor) {
        end(in);
    }
}

static const quire_properties no_properties = {.mcid = -1};

/* Reads an inline property list: its entries at the top level that matter here. */
static quire_properties read_inline(quire_interpreter *in, quire_slice text)
{
    quire_properties properties = no_properties;
    quire_tokens tokens = {.at = text.data, .end = text.data + text.size, .pool = &in->pool};
    quire_slice key = {0};
    bool has_key = false;
    quire_token_kind kind;
    while ((kind = quire_tokens_next(&tokens)) != QUIRE_TOKEN_END) {
        if (!has_key) {
            key = tokens.slice;
            has_key = kind == QUIRE_TOKEN_NAME;
            continue;
        }
        has_key = false;
        if (kind == QUIRE_TOKEN_NUMBER && quire_slice_is(key, &in->pool, "MCID")) {
            properties.mcid = tokens.number >= 0 && tokens.number < 1e9 ? (int)tokens.number : -1;
        } else if (kind == QUIRE_TOKEN_STRING) {
            const char **target = quire_slice_is(key, &in->pool, "ActualText")
                                      ? &properties.actual_text
                                  : quire_slice_is(key, &in->pool, "Lang") ? &properties.language
                                                                           : NULL;
            if (target) {
                const uint8_t *bytes = quire_slice_bytes(tokens.slice, &in->pool);
                *target = quire_page_string(in, bytes, tokens.slice.size);
            }
        } else if (kind == QUIRE_TOKEN_ARRAY_BEGIN || kind == QUIRE_TOKEN_DICTIONARY_BEGIN) {
            quire_tokens_skip(&tokens, kind);
        }
    }
    return properties;
}

QUIRE_OPERATOR(begin_mark)
{
    int name = operands->count - 1;
    quire_slice tag = operands->kinds[name] == QUIRE_OPERAND_NAME
                          ? operands->slices[name]
                          : (quire_slice){.data = (const uint8_t *)""};
    begin(in, tag, &no_properties);
}

QUIRE_OPERATOR(begin_mark_properties)
{
    int list = operands->count - 1;
    const quire_properties *properties = NULL;
    quire_properties own;
    if (operands->kinds[list] == QUIRE_OPERAND_NAME) {
        properties = quire_resources_properties(in, operands->slices[list]);
    } else if (operands->kinds[list] == QUIRE_OPERAND_DICTIONARY) {
        own = read_inline(in, operands->slices[list]);
        properties = &own;
    }
    bool named = operands->kinds[list - 1] == QUIRE_OPERAND_NAME;
    quire_slice tag =
        named ? operands->slices[list - 1] : (quire_slice){.data = (const uint8_t *)""};
    begin(in, tag, properties ? properties : &no_properties);
}

QUIRE_OPERATOR(end_mark)
{
    (void)operands;
    if (in->marks.count > in->mark_floor) {
        end(in);
    }
}
