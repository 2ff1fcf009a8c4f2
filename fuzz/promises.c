/* What a frozen page promises to its readers: no index and no slice points outside. */
#include "fuzz/fuzz.h"

bool count_bytes(void *user, const void *bytes, size_t size)
{
    (void)bytes;
    *(size_t *)user += size;
    return true;
}

static void promise_sound_glyph(const quire_page *page, const quire_glyph *glyph)
{
    PROMISE((size_t)glyph->text + glyph->text_size <= page->text_size);
    PROMISE(glyph->style < page->style_count);
    PROMISE(glyph->tag >= -1 && (glyph->tag < 0 || (size_t)glyph->tag < page->tag_count));
    PROMISE(!isnan(glyph->box.x0) && !isnan(glyph->box.y0));
    PROMISE(!isnan(glyph->box.x1) && !isnan(glyph->box.y1));
}

static void promise_sound_tag(const quire_page *page, int32_t index)
{
    PROMISE(page->tags[index].name);
    PROMISE(page->tags[index].parent >= -1 && page->tags[index].parent < index);
}

void promise_sound_page(const quire_page *page)
{
    PROMISE(page->width > 0 && page->width <= QUIRE_MAX_PAGE_SIDE);
    PROMISE(page->height > 0 && page->height <= QUIRE_MAX_PAGE_SIDE);
    PROMISE(page->status == QUIRE_OK || page->message);
    for (size_t i = 0; i < page->style_count; i++)
        PROMISE(page->styles[i].font < page->font_count);
    for (size_t i = 0; i < page->glyph_count; i++)
        promise_sound_glyph(page, &page->glyphs[i]);
    for (size_t i = 0; i < page->tag_count; i++)
        promise_sound_tag(page, (int32_t)i);
    for (size_t i = 0; i < page->rule_count; i++)
        PROMISE(page->rules[i].order <= page->glyph_count);
    for (size_t i = 0; i < page->fill_count; i++)
        PROMISE(page->fills[i].order <= page->glyph_count);
}
