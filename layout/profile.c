/*
 * Counting over the document. The words are kept as bits of a hash table (a Bloom filter with two
 * probes): enough to ask whether "data-" + "base" was ever written in one.
 */
#include "layout/profile.h"

#include <string.h>

enum { WORD_LEAST = 4, WORD_MOST = 48 };

static uint64_t mix(uint64_t hash, uint32_t value)
{
    hash ^= value;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

/* ---- words ---- */

static bool is_word_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= 0x80 && quire_is_letter(c));
}

static uint64_t hash_letters(uint64_t hash, quire_text text)
{
    for (size_t at = 0; at < text.size;) {
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        hash = mix(hash, c >= 'A' && c <= 'Z' ? c + 32 : c < 0x80 ? c : quire_lower(c));
    }
    return hash;
}

static void note_word(profile *p, quire_text text)
{
    if (text.size < WORD_LEAST || text.size > WORD_MOST)
        return;
    uint64_t hash = hash_letters(1, text);
    uint32_t a = hash % PROFILE_WORD_BITS, b = (hash >> 32) % PROFILE_WORD_BITS;
    p->words[a / 8] |= (uint8_t)(1 << a % 8);
    p->words[b / 8] |= (uint8_t)(1 << b % 8);
}

bool layout_profile_has_word(const profile *p, quire_text first, quire_text second)
{
    uint64_t hash = hash_letters(hash_letters(1, first), second);
    uint32_t a = hash % PROFILE_WORD_BITS, b = (hash >> 32) % PROFILE_WORD_BITS;
    return p->words[a / 8] >> a % 8 & 1 && p->words[b / 8] >> b % 8 & 1;
}

static bool ends_in_hyphen(quire_text text)
{
    return text.size > 0 && text.data[text.size - 1] == '-';
}

/* Words of a line, and what is joined by a hyphen; what a line's end may have cut is left out. */
static void note_words(profile *p, quire_text text, bool cut)
{
    size_t start = 0, at = 0;
    while (cut && at < text.size && text.data[at] != ' ')
        at++;
    bool in_word = false;
    while (at < text.size) {
        size_t here = at;
        uint32_t c = quire_utf8_next(text.data, text.size, &at);
        bool inner = is_word_letter(c) || (in_word && c == '-');
        if (inner && !in_word)
            start = here;
        if (!inner && in_word)
            note_word(p, (quire_text){text.data + start, here - start});
        in_word = inner;
    }
    if (in_word && !ends_in_hyphen(text))
        note_word(p, (quire_text){text.data + start, text.size - start});
}

/* ---- styles ---- */

/* Colours that look alike count as one. */
static uint32_t colour_bucket(uint32_t colour)
{
    return colour & 0x00E0E0E0;
}

uint64_t layout_style_key(const layout_page *lp, const block *b)
{
    const quire_style *style = &lp->page->styles[b->style];
    const quire_font *font = &lp->page->fonts[style->font];
    uint64_t hash = 7;
    for (const char *c = font->family ? font->family : font->name; *c; c++)
        hash = mix(hash, (unsigned char)*c);
    hash = mix(hash, (uint32_t)lroundf(b->size * 2));
    hash = mix(hash, colour_bucket(style->fill));
    hash = mix(hash, b->line_flags & (LINE_BOLD | LINE_ITALIC | LINE_CAPS | LINE_MONOSPACE));
    return hash | 1;
}

style_class *layout_profile_class(profile *p, uint64_t key)
{
    enum { PROBES = 16 };
    for (uint32_t i = 0; i < PROBES; i++) {
        style_class *slot = &p->classes[(key + i) % PROFILE_CLASSES];
        if (slot->key == 0)
            slot->key = key;
        if (slot->key == key)
            return slot;
    }
    return &p->classes[key % PROFILE_CLASSES];
}

static void choose_body(profile *p)
{
    int best = 0;
    for (int i = 1; i < PROFILE_SIZES; i++)
        if (p->sizes[i] > p->sizes[best])
            best = i;
    p->body_size = p->sizes[best] ? (float)best / 4 : 0;
    p->body_bold = p->bold[best] * 2 > p->sizes[best];
    const style_class *most = &p->classes[0];
    for (int i = 1; i < PROFILE_CLASSES; i++)
        if (p->classes[i].characters > most->characters)
            most = &p->classes[i];
    p->body_class = most->key;
}

void layout_profile_add(profile *p, const layout_page *lp)
{
    layout_languages_index(&p->language_words);
    for (size_t i = 0; i < lp->line_count; i++) {
        const line *l = &lp->lines[i];
        int bin = (int)lroundf(l->size * 4);
        bin = bin < 0 ? 0 : bin >= PROFILE_SIZES ? PROFILE_SIZES - 1 : bin;
        p->sizes[bin] += l->characters;
        p->bold[bin] += l->flags & LINE_BOLD ? l->characters : 0;
        note_words(p, l->text, i > 0 && ends_in_hyphen(l[-1].text));
        layout_count_languages(&p->language_words, &p->languages, l->text);
    }
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b->first == b->end)
            continue;
        style_class *class = layout_profile_class(p, layout_style_key(lp, b));
        class->blocks++;
        class->characters += b->characters;
    }
    layout_note_furniture(p, lp);
    layout_note_figures(p, lp);
    p->pages++;
    choose_body(p);
}
