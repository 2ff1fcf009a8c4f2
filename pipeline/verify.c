#include "pipeline/verify.h"

#include <glib.h>
#include <string.h>

enum {
    SAMPLED = 16, /* words of a page */
    LEAST_LETTERS = 4, /* of a word: shorter ones are alike by chance */
    LONGEST = 48,
};
#define ALIKE                                                                                      \
    0.6 /* of the letters: recognition errs in one of five at worst, chance in nine of ten */
#define MARGIN 1.5f /* points around a word */

bool quire_verifies_page(int32_t number, int32_t count)
{
    if (count <= QUIRE_VERIFIED_PAGES)
        return true;
    int64_t part = (int64_t)number * QUIRE_VERIFIED_PAGES / count;
    return part != (int64_t)(number - 1) * QUIRE_VERIFIED_PAGES / count;
}

/* Letters and digits in lower case; their number. */
static size_t fold(quire_text text, uint32_t out[LONGEST])
{
    size_t count = 0;
    for (size_t at = 0; at < text.size && count < LONGEST;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        if (quire_is_letter(c) || quire_is_digit(c))
            out[count++] = quire_lower(c);
    }
    return count;
}

/* Levenshtein's distance. */
static size_t distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count)
{
    size_t row[LONGEST + 1];
    for (size_t k = 0; k <= b_count; k++)
        row[k] = k;
    for (size_t i = 0; i < a_count; i++) {
        size_t corner = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < b_count; k++) {
            size_t changed = corner + (a[i] != b[k]);
            corner = row[k + 1];
            row[k + 1] = MIN(changed, MIN(row[k], row[k + 1]) + 1);
        }
    }
    return row[b_count];
}

static bool are_alike(quire_text said, quire_text shown)
{
    uint32_t a[LONGEST], b[LONGEST];
    size_t a_count = fold(said, a), b_count = fold(shown, b);
    size_t longer = MAX(a_count, b_count);
    return longer > 0 && (double)distance(a, a_count, b, b_count) <= (1 - ALIKE) * (double)longer;
}

/* What was recognised where the word stands. */
static GString *shown_at(const quire_page *seen, quire_box box)
{
    GString *text = g_string_new(NULL);
    box = (quire_box){box.x0 - MARGIN, box.y0 - MARGIN, box.x1 + MARGIN, box.y1 + MARGIN};
    for (size_t i = 0; i < seen->glyph_count; i++) {
        const quire_glyph *glyph = &seen->glyphs[i];
        quire_text own = quire_glyph_text(seen, glyph);
        float x = (glyph->box.x0 + glyph->box.x1) / 2, y = (glyph->box.y0 + glyph->box.y1) / 2;
        if (quire_box_holds_point(box, x, y))
            g_string_append_len(text, own.data, (gssize)own.size);
    }
    return text;
}

static bool can_be_compared(const quire_word *word)
{
    uint32_t letters[LONGEST];
    return word->source != QUIRE_SOURCE_OCR && fold(word->text, letters) >= LEAST_LETTERS &&
           quire_box_width(word->box) > quire_box_height(word->box);
}

/* Every so many of the words that can be compared, from the first to the last of the page. */
static GArray *sample(const quire_page_record *page)
{
    GArray *all = g_array_new(FALSE, FALSE, sizeof(const quire_word *));
    for (size_t i = 0; i < page->word_count; i++) {
        const quire_word *word = &page->words[i];
        if (can_be_compared(word))
            g_array_append_val(all, word);
    }
    if (all->len <= SAMPLED)
        return all;
    for (guint i = 0; i < SAMPLED; i++)
        g_array_index(all, const quire_word *, i) =
            g_array_index(all, const quire_word *, (guint64)i * all->len / SAMPLED);
    g_array_set_size(all, SAMPLED);
    return all;
}

quire_status quire_verify_page(quire_recogniser *recogniser, quire_page_record *page, int *words,
                               quire_error *error)
{
    g_autoptr(GArray) said = sample(page);
    *words = 0;
    if (said->len == 0)
        return QUIRE_OK;
    quire_arena *arena = quire_arena_new(0);
    quire_page seen = {.number = page->page,
                       .width = page->width,
                       .height = page->height,
                       .rotate = (int16_t)page->rotate,
                       .user_unit = 1,
                       .text = ""};
    quire_status status = quire_recogniser_see(recogniser, arena, &seen, error);
    int alike = 0;
    for (guint i = 0; i < said->len && status == QUIRE_OK; i++) {
        const quire_word *word = g_array_index(said, const quire_word *, i);
        g_autoptr(GString) shown = shown_at(&seen, word->box);
        alike += are_alike(word->text, (quire_text){shown->str, shown->len});
    }
    quire_arena_free(arena);
    if (status != QUIRE_OK)
        return status;
    *words = (int)said->len;
    page->is_verified = true;
    page->text_layer_agreement = (float)alike / (float)said->len;
    return QUIRE_OK;
}
