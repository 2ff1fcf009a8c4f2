/*
 * Is a table likely on a page? A glance for triage: a lattice of rules, or several rows whose
 * parts stand below each other.
 */
#include "layout/passes.h"

enum { RULES_LEAST = 3, ROWS_LEAST = 4, PARTS_LEAST = 3 };

#define ALIGNED 3.0f /* points */
#define RULE_LEAST 30.0f

static bool has_lattice(const quire_page *page)
{
    size_t across = 0, down = 0;
    for (size_t i = 0; i < page->rule_count; i++) {
        quire_box box = page->rules[i].box;
        if (page->rules[i].horizontal)
            across += quire_box_width(box) >= RULE_LEAST;
        else
            down += quire_box_height(box) >= RULE_LEAST / 3;
    }
    return across >= RULES_LEAST && down >= RULES_LEAST;
}

/* Rows of at least three lines, one below the other, whose parts start at the same places. */
static bool has_aligned_rows(const layout_page *lp)
{
    size_t run = 0, before = 0, before_count = 0;
    for (size_t start = 0; start < lp->line_count;) {
        size_t end = start + 1;
        while (end < lp->line_count && lp->lines[end].row == lp->lines[start].row)
            end++;
        size_t aligned = 0;
        for (size_t i = start; i < end; i++)
            for (size_t k = before; k < before + before_count; k++)
                aligned += fabsf(lp->lines[i].box.x0 - lp->lines[k].box.x0) < ALIGNED ||
                           fabsf(lp->lines[i].box.x1 - lp->lines[k].box.x1) < ALIGNED;
        run = end - start >= PARTS_LEAST && aligned >= PARTS_LEAST - 1 ? run + 1 : 0;
        if (run >= ROWS_LEAST - 1)
            return true;
        before = start;
        before_count = end - start < 32 ? end - start : 32;
        start = end;
    }
    return false;
}

bool quire_layout_tables_likely(const quire_page *page)
{
    if (has_lattice(page))
        return true;
    quire_arena *arena = quire_arena_new(0), *scratch = quire_arena_new(0);
    layout_lists lists = {0};
    quire_layout_options options = {0};
    layout_page lp = {.arena = arena,
                      .page = page,
                      .options = &options,
                      .scratch = scratch,
                      .lists = &lists,
                      .rules = page->rules,
                      .fills = page->fills};
    layout_find_words(&lp);
    layout_find_lines(&lp);
    bool likely = has_aligned_rows(&lp);
    quire_array_clear(&lists.words);
    quire_array_clear(&lists.lines);
    quire_arena_free(scratch);
    quire_arena_free(arena);
    return likely;
}
