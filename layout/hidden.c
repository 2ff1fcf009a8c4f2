/*
 * Hidden text, when it is to be kept: the glyphs that a reader of the page does not see make a
 * shadow of the page, which goes through the first passes by itself, so that what is hidden never
 * mixes with what is seen.
 */
#include "layout/passes.h"

#include <glib.h>

enum { REASON_BYTES = 160 };

static const struct {
    uint32_t flag;
    const char *reason;
} reasons[] = {
    {QUIRE_GLYPH_INVISIBLE, "drawn invisibly"},
    {QUIRE_GLYPH_SAME_COLOUR, "in the colour of its ground"},
    {QUIRE_GLYPH_OFF_PAGE, "outside the page"},
    {QUIRE_GLYPH_CLIPPED, "clipped away"},
    {QUIRE_GLYPH_COVERED, "covered by what was painted later"},
    {QUIRE_GLYPH_LAYER_OFF, "on a layer that is switched off"},
    {QUIRE_GLYPH_TINY, "too small to be read"},
    {QUIRE_GLYPH_SUPERSEDED, "read from pixels instead"},
};

/* Why text with these flags is not seen, "a, b". */
static void name_reasons(uint32_t flags, char text[REASON_BYTES])
{
    *text = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(reasons); i++) {
        if (!(flags & reasons[i].flag))
            continue;
        if (*text)
            g_strlcat(text, ", ", REASON_BYTES);
        g_strlcat(text, reasons[i].reason, REASON_BYTES);
    }
}

/* Tells how much of a page is hidden and why, whether it is kept or not. */
static void report(const layout_page *lp)
{
    uint32_t flags = 0;
    size_t count = 0;
    for (size_t i = 0; i < lp->page->glyph_count; i++) {
        if (lp->marks[i] != MARK_HIDDEN || lp->page->glyphs[i].flags & QUIRE_GLYPH_SPACE)
            continue;
        flags |= lp->page->glyphs[i].flags;
        count++;
    }
    flags &= QUIRE_GLYPH_HIDDEN & ~(uint32_t)QUIRE_GLYPH_SUPERSEDED;
    if (count == 0 || flags == 0 || !lp->options->on_issue)
        return;
    char text[REASON_BYTES], message[REASON_BYTES + 80];
    name_reasons(flags, text);
    g_snprintf(message, sizeof message, "%zu characters that a reader does not see: %s", count,
               text);
    lp->options->on_issue(lp->options->user,
                          &(quire_issue){"hidden_text", QUIRE_INFO, lp->page->number, message});
}

static uint32_t flags_of(const layout_page *lp, const block *b)
{
    uint32_t flags = 0;
    for (uint32_t i = b->first; i < b->end; i++) {
        for (uint32_t k = lp->lines[i].first; k < lp->lines[i].end; k++) {
            const word *w = &lp->words[k];
            for (uint32_t g = w->first; g < w->end; g++)
                flags |= lp->page->glyphs[g].flags;
        }
    }
    return flags;
}

void layout_find_hidden(layout_page *lp)
{
    report(lp);
    if (!lp->options->keep_hidden)
        return;
    layout_page *shadow = quire_arena_new_of(lp->arena, layout_page);
    *shadow = (layout_page){.arena = lp->arena,
                            .page = lp->page,
                            .options = lp->options,
                            .scratch = lp->scratch,
                            .lists = lp->lists,
                            .frame = lp->frame,
                            .width = lp->width,
                            .height = lp->height,
                            .marks = lp->marks,
                            .stacked = lp->stacked,
                            .is_hidden = true,
                            .rules = lp->rules,
                            .fills = lp->fills};
    layout_find_words(shadow);
    layout_find_lines(shadow);
    layout_find_order(shadow);
    layout_find_paragraphs(shadow);
    for (size_t i = 0; i < shadow->block_count; i++) {
        shadow->blocks[i].layer = QUIRE_LAYER_HIDDEN;
        char text[REASON_BYTES];
        name_reasons(flags_of(shadow, &shadow->blocks[i]), text);
        layout_explain(lp, &shadow->blocks[i], "a reader of the page does not see it: %s", text);
    }
    lp->hidden = shadow;
}
