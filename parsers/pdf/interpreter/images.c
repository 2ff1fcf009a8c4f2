/*
 * Images on the page (PDF 32000-1, 8.9): where the unit square lands. Inline images, whose data
 * stand in the content stream, are stepped over; the hard part is to find their end.
 */
#include "parsers/pdf/interpreter/interpreter.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum { MAX_SIDE = 1 << 24, MAX_KEY = 32, LOOK_BEHIND_END = 12 };

/* An image hides what lies under it unless it has holes or is see-through. */
static bool hides(const quire_interpreter *in, const quire_image *image)
{
    const quire_state *state = in->state;
    unsigned holes = QUIRE_IMAGE_STENCIL | QUIRE_IMAGE_SOFT_MASK | QUIRE_IMAGE_MASK;
    bool upright = fabs(image->matrix.b) + fabs(image->matrix.c) < 0.01 ||
                   fabs(image->matrix.a) + fabs(image->matrix.d) < 0.01;
    return upright && !(image->flags & holes) && !state->blends && !state->masked &&
           state->fill_alpha * state->group_alpha >= 1;
}

void quire_image_place(quire_interpreter *in, const quire_image *image)
{
    const quire_matrix *m = &in->state->ctm;
    quire_box box = quire_matrix_apply_box(*m, (quire_box){0, 0, 1, 1});
    box = quire_box_intersection(quire_box_intersection(box, in->state->clip), in->page_box);
    if (in->hidden || quire_box_is_empty(box)) {
        return;
    }
    quire_image *placed = quire_array_push(&in->builder.images);
    if (!placed) {
        quire_interpreter_stop(in, "too many images");
        return;
    }
    *placed = *image;
    placed->box = box;
    placed->matrix = *m;
    placed->order = (uint32_t)in->builder.glyphs.count;
    placed->tag = in->tag;
    placed->flags |= in->annotation ? QUIRE_IMAGE_ANNOTATION : 0;
    quire_paint_ground(in, &(quire_ground){.box = box, .opaque = hides(in, placed)});
}

/* ---- inline images ---- */

/* What the dictionary of an inline image says, its keys abbreviated or not (table 93). */
typedef struct inline_header {
    double width, height, bits, length;
    int components;
    bool stencil;
    char filter[16]; /* "": none */
} inline_header;

static bool is_key(const char *key, const char *brief, const char *full)
{
    return !strcmp(key, brief) || !strcmp(key, full);
}

static int components_of(const char *space)
{
    static const struct {
        const char *name;
        int components;
    } table[] = {{"RGB", 3}, {"DeviceRGB", 3}, {"CMYK", 4}, {"DeviceCMYK", 4}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        if (!strcmp(table[i].name, space)) {
            return table[i].components;
        }
    }
    return 1;
}

static void take_number(inline_header *header, const char *key, double number)
{
    if (is_key(key, "W", "Width")) {
        header->width = number;
    } else if (is_key(key, "H", "Height")) {
        header->height = number;
    } else if (is_key(key, "BPC", "BitsPerComponent")) {
        header->bits = number;
    } else if (is_key(key, "L", "Length")) {
        header->length = number;
    }
}

static void take_name(inline_header *header, const char *key, const char *name)
{
    if (is_key(key, "F", "Filter") && !header->filter[0]) {
        snprintf(header->filter, sizeof header->filter, "%.15s", name);
    } else if (is_key(key, "CS", "ColorSpace")) {
        header->components = components_of(name);
    }
}

/* The first name in an array is what counts: the outermost filter. */
static void take_array(quire_interpreter *in, quire_tokens *tokens, inline_header *header,
                       const char *key)
{
    int depth = 1;
    quire_token_kind kind;
    bool taken = false;
    while (depth > 0 && (kind = quire_tokens_next(tokens)) != QUIRE_TOKEN_END) {
        depth += (kind == QUIRE_TOKEN_ARRAY_BEGIN) - (kind == QUIRE_TOKEN_ARRAY_END);
        if (kind == QUIRE_TOKEN_NAME && !taken) {
            char name[MAX_KEY];
            quire_slice_copy(tokens->slice, &in->pool, name, sizeof name);
            take_name(header, key, name);
            taken = true;
        }
    }
}

static void take_value(quire_interpreter *in, quire_tokens *tokens, quire_token_kind kind,
                       const char *key, inline_header *header)
{
    char name[MAX_KEY];
    switch (kind) {
    case QUIRE_TOKEN_NUMBER:
        take_number(header, key, tokens->number);
        break;
    case QUIRE_TOKEN_NAME:
        quire_slice_copy(tokens->slice, &in->pool, name, sizeof name);
        take_name(header, key, name);
        break;
    case QUIRE_TOKEN_WORD:
        if (is_key(key, "IM", "ImageMask")) {
            header->stencil = quire_slice_is(tokens->slice, &in->pool, "true");
        }
        break;
    case QUIRE_TOKEN_ARRAY_BEGIN:
        take_array(in, tokens, header, key);
        break;
    case QUIRE_TOKEN_DICTIONARY_BEGIN:
        quire_tokens_skip(tokens, kind);
        break;
    default:
        break;
    }
}

/* Reads to ID; false when the stream ends before. */
static bool read_header(quire_interpreter *in, quire_tokens *tokens, inline_header *header)
{
    char key[MAX_KEY] = "";
    for (;;) {
        quire_token_kind kind = quire_tokens_next(tokens);
        if (kind == QUIRE_TOKEN_END) {
            return false;
        }
        if (kind == QUIRE_TOKEN_WORD && quire_slice_is(tokens->slice, &in->pool, "ID")) {
            return true;
        }
        if (!key[0] && kind == QUIRE_TOKEN_NAME) {
            quire_slice_copy(tokens->slice, &in->pool, key, sizeof key);
        } else {
            take_value(in, tokens, kind, key, header);
            key[0] = 0;
        }
    }
}

/* Bytes that the zlib stream at `data` takes; 0: it is broken. */
static size_t flate_size(const uint8_t *data, size_t size)
{
    z_stream z = {.next_in = (Bytef *)data, .avail_in = (uInt)size};
    uint8_t waste[4096];
    if (inflateInit(&z) != Z_OK) {
        return 0;
    }
    int result;
    do {
        z.next_out = waste;
        z.avail_out = sizeof waste;
        result = inflate(&z, Z_NO_FLUSH);
    } while (result == Z_OK && z.total_out < QUIRE_MAX_STREAM_BYTES);
    size_t used = result == Z_STREAM_END ? size - z.avail_in : 0;
    inflateEnd(&z);
    return used;
}

/* How many bytes of data are certain, so that an EI among them is none. */
static size_t certain_size(const inline_header *header, const uint8_t *data, size_t size)
{
    double certain = 0;
    if (header->length > 0) {
        certain = header->length;
    } else if (is_key(header->filter, "Fl", "FlateDecode")) {
        certain = (double)flate_size(data, size);
    } else if (!header->filter[0]) {
        double row = header->width * header->components * header->bits;
        certain = header->height * floor((row + 7) / 8);
    }
    return certain > 0 && certain < (double)size ? (size_t)certain : 0;
}

/* EI stands alone, and text follows it, not more of a picture. */
static bool is_end(const uint8_t *begin, const uint8_t *at, const uint8_t *end)
{
    if (at + 1 >= end || at[1] != 'I' || (at > begin && !quire_byte_is_space(at[-1])) ||
        (at + 2 < end && !quire_byte_is_space(at[2]))) {
        return false;
    }
    for (const uint8_t *c = at + 2; c < end && c < at + LOOK_BEHIND_END; c++) {
        if (*c > 126 || (*c < 32 && !quire_byte_is_space(*c))) {
            return false;
        }
    }
    return true;
}

static const uint8_t *find_end(const uint8_t *begin, const uint8_t *from, const uint8_t *end)
{
    for (const uint8_t *at = from; at < end; at++) {
        at = memchr(at, 'E', (size_t)(end - at));
        if (!at) {
            return end;
        }
        if (is_end(begin, at, end) || (at == from && at + 1 < end && at[1] == 'I')) {
            return at + 2;
        }
    }
    return end;
}

static uint32_t side(double value)
{
    return value >= 1 && value < MAX_SIDE ? (uint32_t)value : 0;
}

QUIRE_OPERATOR(inline_image)
{
    quire_tokens *tokens = operands->tokens;
    inline_header header = {.components = 1, .bits = 1};
    if (!read_header(in, tokens, &header)) {
        return;
    }
    header.bits = header.stencil ? 1 : header.bits;
    const uint8_t *data = tokens->at < tokens->end ? tokens->at + 1 : tokens->end;
    size_t size = (size_t)(tokens->end - data);
    tokens->at = find_end(data, data + certain_size(&header, data, size), tokens->end);
    quire_image image = {
        .width = side(header.width),
        .height = side(header.height),
        .bits = (uint8_t)(header.bits >= 1 && header.bits <= 16 ? header.bits : 8),
        .flags = (uint8_t)(QUIRE_IMAGE_INLINE | (header.stencil ? QUIRE_IMAGE_STENCIL : 0)),
        .object = -1,
        .generation = -1};
    memcpy(image.filter, header.filter, sizeof image.filter);
    quire_image_place(in, &image);
}
