/*
 * Text on its way into the document: valid UTF-8 and NFC, and where that moves bytes, the way to
 * carry offsets over.
 *
 * Normalisation acts within pieces: no code point below U+0300 and no unified ideograph ever
 * composes with what stands before it (Unicode Standard Annex 15, NFC_QC and ccc of these), so
 * that a text cut in front of them can be normalised piece by piece.
 */
#include "model/inner.h"

#include <string.h>

typedef struct text_survey {
    bool well_formed;
    bool settled; /* no code point that normalisation could touch */
} text_survey;

static text_survey survey(quire_text text)
{
    text_survey found = {.well_formed = true, .settled = true};
    for (size_t at = 0; at < text.size;) {
        if ((unsigned char)text.data[at] < 0x80) {
            at++;
            continue;
        }
        size_t start = at;
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        found.settled &= c < 0x300;
        found.well_formed &= c != QUIRE_REPLACEMENT || at - start == 3;
    }
    return found;
}

static quire_text repaired(quire_arena *arena, quire_text text)
{
    char *out = quire_arena_take(arena, text.size * 3 + 1);
    if (!out)
        return QUIRE_TEXT("");
    size_t size = 0;
    for (size_t at = 0; at < text.size;)
        size += quire_utf8_put(quire_utf8_next(text.data, text.size, &at), out + size);
    return (quire_text){out, size};
}

static quire_text normalised(quire_arena *arena, quire_text text)
{
    text_survey found = survey(text);
    if (!found.well_formed)
        text = repaired(arena, text);
    return found.well_formed && found.settled ? text : quire_text_nfc(arena, text);
}

static quire_text copy(quire_arena *arena, quire_text text)
{
    char *data = quire_arena_text(arena, text.data ? text.data : "", text.size);
    return data ? (quire_text){data, text.size} : QUIRE_TEXT("");
}

quire_text quire_model_text(quire_arena *arena, quire_text text)
{
    quire_text result = normalised(arena, text);
    return result.data == text.data ? copy(arena, text) : result;
}

static bool starts_piece(uint32_t c)
{
    return c < 0x300 || (c >= 0x4E00 && c < 0xA000);
}

/* Offset of the piece behind the one at `start`. */
static size_t piece_end(quire_text text, size_t start)
{
    size_t at = start;
    quire_utf8_next(text.data, text.size, &at);
    while (at < text.size) {
        size_t here = at;
        if (starts_piece(quire_utf8_next(text.data, text.size, &at)))
            return here;
    }
    return text.size;
}

static quire_text part(quire_text text, size_t start, size_t end)
{
    return (quire_text){text.data + start, end - start};
}

/* Normalises piece by piece, so that the start of each is known in both texts. */
static quire_text join_pieces(quire_arena *arena, quire_text text, quire_text_carry *carry)
{
    QUIRE_ARRAY(quire_text_piece) pieces = {0};
    quire_text whole = normalised(arena, text);
    size_t size = 0;
    for (size_t start = 0; start < text.size;) {
        quire_text_piece *piece = quire_array_push(&pieces);
        if (!piece)
            break;
        *piece = (quire_text_piece){start, size};
        size_t end = piece_end(text, start);
        size += normalised(arena, part(text, start, end)).size;
        start = end;
    }
    carry->piece_count = pieces.count;
    carry->pieces = quire_array_freeze(&pieces, arena);
    quire_array_clear(&pieces);
    return whole;
}

quire_text quire_model_text_carried(quire_arena *arena, quire_text text, quire_text_carry *carry)
{
    *carry = (quire_text_carry){.arena = arena, .old_text = text};
    quire_text result = normalised(arena, text);
    if (result.data == text.data)
        result = copy(arena, text);
    else if (!quire_text_equal(result, text))
        result = join_pieces(arena, text, carry);
    carry->new_text = result;
    return result;
}

static const quire_text_piece *piece_at(const quire_text_carry *carry, size_t offset, size_t *next)
{
    size_t low = 0, high = carry->piece_count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (carry->pieces[middle].old_start <= offset)
            low = middle;
        else
            high = middle;
    }
    *next = high < carry->piece_count ? carry->pieces[high].new_start : carry->new_text.size;
    return &carry->pieces[low];
}

/*
 * Within a piece an offset can lie between code points that became one. The first boundary at or
 * behind it that is one in the new text too is taken: there the normalised head of the piece is the
 * head of the normalised piece.
 */
uint32_t quire_text_carry_offset(const quire_text_carry *carry, uint32_t offset)
{
    if (offset >= carry->old_text.size)
        return (uint32_t)carry->new_text.size;
    if (carry->piece_count == 0)
        return offset;
    size_t next;
    const quire_text_piece *piece = piece_at(carry, offset, &next);
    size_t end = offset;
    while (end > piece->old_start && end < carry->old_text.size) {
        quire_text head = normalised(carry->arena, part(carry->old_text, piece->old_start, end));
        if (piece->new_start + head.size > next)
            return (uint32_t)next;
        if (memcmp(carry->new_text.data + piece->new_start, head.data, head.size) == 0)
            return (uint32_t)(piece->new_start + head.size);
        quire_utf8_next(carry->old_text.data, carry->old_text.size, &end);
    }
    return (uint32_t)(end > piece->old_start ? next : piece->new_start);
}

const char *quire_model_string(quire_arena *arena, const char *text)
{
    return text ? quire_model_text(arena, quire_text_of(text)).data : NULL;
}
