/*
 * Is the value of a field what the page shows? A box may show only part of it, more around it, or
 * the same number or date in other dress; a list shows options that were not chosen, too.
 */
#include "layout/forms/forms.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* What its appearance draws, in the scratch. */
static char *drawn_text(layout_page *lp, const quire_widget *w)
{
    const quire_page *page = lp->page;
    size_t size = 1, at = 0;
    uint32_t end = w->glyph_end < page->glyph_count ? w->glyph_end : (uint32_t)page->glyph_count;
    for (uint32_t i = w->first_glyph; i < end; i++)
        size += page->glyphs[i].text_size;
    char *text = quire_arena_take(lp->scratch, size);
    for (uint32_t i = w->first_glyph; i < end; i++) {
        const quire_glyph *glyph = &page->glyphs[i];
        if (glyph->flags & QUIRE_GLYPH_HIDDEN)
            continue;
        memcpy(text + at, page->text + glyph->text, glyph->text_size);
        at += glyph->text_size;
    }
    return text;
}

static char *without_space(quire_arena *arena, const char *text)
{
    char *out = quire_arena_take(arena, strlen(text) + 1), *at = out;
    for (; *text; text++)
        if (!strchr(" \t\n\r", *text))
            *at++ = *text;
    return out;
}

/* 1234.5 is often shown as $1,234.50, and 2024-02-29 as 29 Feb 2024. */
static bool same_in_other_dress(layout_page *lp, const char *drawn, const char *value)
{
    bool has_currency;
    char a[64], b[64];
    quire_text one = quire_text_of(drawn), two = quire_text_of(value);
    if (form_amount_read(one, &has_currency, a) && form_amount_read(two, &has_currency, b))
        return strtod(a, NULL) == strtod(b, NULL);
    form_value shown = form_value_read(lp->scratch, one, DAY_ORDER_UNKNOWN);
    form_value stated = form_value_read(lp->scratch, two, DAY_ORDER_UNKNOWN);
    return shown.normalised && stated.normalised &&
           strcmp(shown.normalised, stated.normalised) == 0;
}

static bool agrees(layout_page *lp, const quire_widget *w)
{
    if (w->flags & QUIRE_WIDGET_DISAGREES)
        return false;
    bool text = w->type == QUIRE_WIDGET_TEXT ||
                (w->type == QUIRE_WIDGET_CHOICE && w->flags & QUIRE_WIDGET_COMBO);
    if (!text || !w->value || w->flags & QUIRE_WIDGET_PASSWORD || w->first_glyph >= w->glyph_end)
        return true;
    const char *as_drawn = drawn_text(lp, w);
    const char *drawn = without_space(lp->scratch, as_drawn);
    const char *value = without_space(lp->scratch, w->value);
    return !*drawn || strstr(drawn, value) || strstr(value, drawn) ||
           same_in_other_dress(lp, as_drawn, w->value);
}

void form_check_value(layout_window *window, layout_page *lp, const quire_widget *w)
{
    char message[160];
    if (agrees(lp, w))
        return;
    snprintf(message, sizeof message, "the value of field %.80s is not what the page shows",
             w->name ? w->name : "without a name");
    quire_document_add_issue(window->document, "field_mismatch", QUIRE_WARNING, lp->page->number,
                             message);
}
