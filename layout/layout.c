/*
 * The window: pages come in, are looked at one by one, wait until QUIRE_LAYOUT_WINDOW pages are in
 * (or the document ends), and leave as elements, the oldest first.
 *
 *     in ->  [ 24 | 23 | ... | 3 | 2 | 1 ]  -> settled
 *
 * A page that leaves takes its arena with it; what stays of it is counted in the profile, whose
 * size does not depend on the number of pages.
 */
#include "layout/layout.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "layout/passes.h"

struct quire_layout {
    quire_layout_options options;
    layout_window window;
    profile profile;
    layout_told told;
    quire_arena *scratch;
    layout_lists lists;
};

quire_layout *quire_layout_new(const quire_layout_options *options, const quire_facts *facts,
                               quire_document *document)
{
    quire_layout *layout = calloc(1, sizeof *layout);
    if (!layout)
        abort();
    if (options)
        layout->options = *options;
    layout->scratch = quire_arena_new(0);
    layout->window = (layout_window){.options = &layout->options,
                                     .facts = facts,
                                     .document = document,
                                     .profile = &layout->profile,
                                     .told = &layout->told};
    return layout;
}

void quire_layout_free(quire_layout *layout)
{
    if (!layout)
        return;
    for (int i = 0; i < layout->window.count; i++)
        quire_arena_free(layout->window.pages[i]->arena);
    quire_array_clear(&layout->lists.words);
    quire_array_clear(&layout->lists.lines);
    quire_array_clear(&layout->lists.areas);
    quire_array_clear(&layout->lists.leaves);
    quire_array_clear(&layout->lists.blocks);
    layout_tree_free(layout->window.own_tree);
    g_clear_pointer(&layout->told.names, g_free);
    quire_arena_free(layout->scratch);
    free(layout);
}

/* True when the dump of `pass` is what the caller wants of this layout. */
static bool stops_after(const quire_layout_options *options, const layout_pass *pass)
{
    return options->stop_after && options->dump &&
           strcmp(options->stop_after, pass->info.name) == 0;
}

void layout_turn_shapes(layout_page *lp)
{
    const quire_page *page = lp->page;
    lp->rules = page->rules;
    lp->fills = page->fills;
    if (lp->frame.angle == 0)
        return;
    quire_rule *rules = quire_arena_array(lp->arena, quire_rule, page->rule_count);
    for (size_t i = 0; i < page->rule_count; i++) {
        rules[i] = page->rules[i];
        rules[i].box = layout_frame_box(&lp->frame, rules[i].box);
        rules[i].horizontal ^= lp->frame.angle % 180 != 0;
    }
    quire_fill *fills = quire_arena_array(lp->arena, quire_fill, page->fill_count);
    for (size_t i = 0; i < page->fill_count; i++) {
        fills[i] = page->fills[i];
        fills[i].box = layout_frame_box(&lp->frame, fills[i].box);
    }
    lp->rules = rules;
    lp->fills = fills;
}

void quire_layout_add_page(quire_layout *layout, quire_arena *arena, const quire_page *page)
{
    layout_window *w = &layout->window;
    if (w->count == QUIRE_LAYOUT_WINDOW) /* the caller did not settle: do it for it */
        quire_layout_settle(layout, false);
    layout_page *lp = quire_arena_new_of(arena, layout_page);
    *lp = (layout_page){.arena = arena,
                        .page = page,
                        .options = &layout->options,
                        .scratch = layout->scratch,
                        .lists = &layout->lists};
    if (page->tag_count > 0)
        lp->tree = layout_read_tree(w);
    for (size_t i = 0; i < layout_pass_count; i++) {
        if (!layout_passes[i].on_page)
            continue;
        layout_passes[i].on_page(lp);
        if (i == 0)
            layout_turn_shapes(lp);
        if (stops_after(&layout->options, &layout_passes[i]))
            layout_passes[i].dump(lp, layout->options.dump);
        quire_arena_clear(layout->scratch);
    }
    layout_profile_add(&layout->profile, lp);
    w->pages[w->count++] = lp;
}

bool quire_layout_has_table(const quire_page *page)
{
    quire_layout *layout = quire_layout_new(NULL, NULL, NULL);
    quire_layout_add_page(layout, quire_arena_new(0), page);
    const layout_page *lp = layout->window.pages[0];
    bool found = false;
    for (size_t i = 0; i < lp->area_count && !found; i++)
        found = lp->areas[i].table != NULL;
    quire_layout_free(layout);
    return found;
}

/* Shows every page of the window to the passes that look at neighbours. */
static void judge_window(quire_layout *layout)
{
    layout_window *w = &layout->window;
    for (size_t i = 0; i < layout_pass_count; i++) {
        if (!layout_passes[i].on_window)
            continue;
        for (int p = 0; p < w->count; p++) {
            if (w->pages[p]->judged)
                continue;
            layout_passes[i].on_window(w, w->pages[p]);
            if (stops_after(&layout->options, &layout_passes[i]))
                layout_passes[i].dump(w->pages[p], layout->options.dump);
            quire_arena_clear(layout->scratch);
        }
    }
    for (int p = 0; p < w->count; p++)
        w->pages[p]->judged = true;
}

static void judge_page(quire_layout *layout, layout_page *lp)
{
    for (size_t i = 0; i < layout_pass_count && !lp->is_read; i++) {
        if (!layout_passes[i].on_judge)
            continue;
        layout_passes[i].on_judge(&layout->window, lp);
        if (stops_after(&layout->options, &layout_passes[i]))
            layout_passes[i].dump(lp, layout->options.dump);
        quire_arena_clear(layout->scratch);
    }
    lp->is_read = true;
}

bool quire_layout_settle(quire_layout *layout, bool last)
{
    layout_window *w = &layout->window;
    if (w->count == 0 || (!last && w->count < QUIRE_LAYOUT_WINDOW))
        return false;
    w->last = last;
    judge_window(layout);
    layout_page *lp = w->pages[0];
    judge_page(layout, lp);
    if (w->count > 1)
        judge_page(layout, w->pages[1]);
    for (size_t i = 0; i < layout_pass_count; i++) {
        if (!layout_passes[i].on_settle)
            continue;
        layout_passes[i].on_settle(w, lp);
        if (stops_after(&layout->options, &layout_passes[i]))
            layout_passes[i].dump(lp, layout->options.dump);
        quire_arena_clear(layout->scratch);
    }
    w->count--;
    memmove(&w->pages[0], &w->pages[1], (size_t)w->count * sizeof w->pages[0]);
    quire_arena_free(lp->arena);
    return true;
}

void layout_explain(const layout_page *lp, block *b, const char *format, ...)
{
    if (!lp->options->explain || b->why_count == BLOCK_REASONS)
        return;
    char text[256];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    b->why[b->why_count++] = quire_arena_text(lp->arena, text, strlen(text));
}
