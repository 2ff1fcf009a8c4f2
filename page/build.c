#include "page/page.h"

#include <string.h>

enum { STYLES_LOOKED_AT = 8 };

void quire_page_builder_init(quire_page_builder *builder)
{
    *builder = (quire_page_builder){0};
    builder->text.ceiling = (size_t)QUIRE_MAX_GLYPHS * 16;
    builder->styles.ceiling = QUIRE_MAX_GLYPHS;
    builder->glyphs.ceiling = QUIRE_MAX_GLYPHS;
    builder->rules.ceiling = QUIRE_MAX_SHAPES;
    builder->fills.ceiling = QUIRE_MAX_SHAPES;
    builder->drawings.ceiling = QUIRE_MAX_SHAPES;
    builder->images.ceiling = QUIRE_MAX_IMAGES;
    builder->links.ceiling = QUIRE_MAX_IMAGES;
    builder->annotations.ceiling = QUIRE_MAX_IMAGES;
    builder->widgets.ceiling = QUIRE_MAX_IMAGES;
    builder->tags.ceiling = QUIRE_MAX_SHAPES;
    builder->marks.ceiling = QUIRE_MAX_IMAGES;
    builder->barcodes.ceiling = QUIRE_MAX_IMAGES;
    builder->scribbles.ceiling = QUIRE_MAX_IMAGES;
    builder->handwriting.ceiling = QUIRE_MAX_IMAGES;
}

#define EACH_ARRAY(of)                                                                             \
    of(text) of(styles) of(glyphs) of(rules) of(fills) of(drawings) of(images) of(links)           \
        of(annotations) of(widgets) of(tags) of(marks) of(barcodes) of(scribbles) of(handwriting)

void quire_page_builder_reset(quire_page_builder *builder)
{
#define EMPTY(name) builder->name.count = 0, builder->name.full = false;
    EACH_ARRAY(EMPTY)
#undef EMPTY
}

void quire_page_builder_clear(quire_page_builder *builder)
{
#define CLEAR(name) quire_array_clear(&builder->name);
    EACH_ARRAY(CLEAR)
#undef CLEAR
}

bool quire_page_builder_is_full(const quire_page_builder *builder)
{
#define FULL(name) builder->name.full ||
    return EACH_ARRAY(FULL) false;
#undef FULL
}

uint32_t quire_page_builder_text(quire_page_builder *builder, const char *text, size_t size)
{
    size_t offset = builder->text.count;
    for (size_t i = 0; i < size; i++) {
        char *c = quire_array_push(&builder->text);
        if (!c) {
            builder->text.count = offset; /* all of it or nothing */
            return (uint32_t)offset;
        }
        *c = text[i];
    }
    return (uint32_t)offset;
}

uint32_t quire_page_builder_style(quire_page_builder *builder, const quire_style *style)
{
    size_t count = builder->styles.count;
    size_t oldest = count > STYLES_LOOKED_AT ? count - STYLES_LOOKED_AT : 0;
    for (size_t i = count; i-- > oldest;) {
        if (memcmp(&builder->styles.items[i], style, sizeof *style) == 0) {
            return (uint32_t)i;
        }
    }
    quire_style *added = quire_array_push(&builder->styles);
    if (!added) {
        return count ? (uint32_t)count - 1 : 0;
    }
    *added = *style;
    return (uint32_t)count;
}

void quire_page_builder_freeze(quire_page_builder *builder, quire_arena *arena, quire_page *page)
{
    page->text_size = builder->text.count;
    page->style_count = builder->styles.count;
    page->glyph_count = builder->glyphs.count;
    page->rule_count = builder->rules.count;
    page->fill_count = builder->fills.count;
    page->drawing_count = builder->drawings.count;
    page->image_count = builder->images.count;
    page->link_count = builder->links.count;
    page->annotation_count = builder->annotations.count;
    page->widget_count = builder->widgets.count;
    page->tag_count = builder->tags.count;
    page->mark_count = builder->marks.count;
    page->barcode_count = builder->barcodes.count;
    page->scribble_count = builder->scribbles.count;
    page->handwriting_count = builder->handwriting.count;
#define FREEZE(name) page->name = quire_array_freeze(&builder->name, arena);
    EACH_ARRAY(FREEZE)
#undef FREEZE
    page->text = page->text ? page->text : "";
}
