/*
 * Walls: rules that were drawn in pieces, twice or dashed become one line each.
 *
 *     ---- ---- ====      ->      ______________
 *
 * Tolerances are those that pdfplumber uses: 3 points to snap and to join.
 */
#include "layout/tables/tables.h"

#include <string.h>

#define SNAP 3.0f
#define JOIN 3.0f
#define JOIN_DASHES 6.0f
#define LEAST_LENGTH 6.0f
#define MOST_WIDTH 5.0f /* thicker lines are fills */

static wall wall_of(const quire_rule *rule)
{
    if (rule->horizontal)
        return (wall){box_middle_y(rule->box), rule->box.x0, rule->box.x1, true};
    return (wall){box_middle_x(rule->box), rule->box.y0, rule->box.y1, false};
}

static void sort_walls(quire_arena *arena, wall *items, size_t count, bool by_start)
{
    sort_key *keys = quire_arena_array(arena, sort_key, count);
    wall *copy = quire_arena_array(arena, wall, count);
    for (size_t i = 0; i < count; i++) {
        copy[i] = items[i];
        keys[i] = (sort_key){sort_key_of(by_start ? items[i].from : items[i].at), (uint32_t)i};
    }
    layout_sort_by_key(arena, keys, count);
    for (size_t i = 0; i < count; i++)
        items[i] = copy[keys[i].index];
}

/* Joins the walls [0, count), which stand on one line, in place; returns how many are left. */
static size_t join_line(quire_arena *arena, wall *items, size_t count)
{
    sort_walls(arena, items, count, true);
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        wall *last = kept ? &items[kept - 1] : NULL;
        bool dashes = last && items[i].to - items[i].from < JOIN_DASHES;
        if (last && items[i].from - last->to <= (dashes ? JOIN_DASHES : JOIN)) {
            last->to = fmaxf(last->to, items[i].to);
        } else {
            items[kept++] = items[i];
        }
    }
    return kept;
}

static size_t drop_short(wall *items, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (items[i].to - items[i].from >= LEAST_LENGTH)
            items[kept++] = items[i];
    return kept;
}

/* Walls of one direction, joined; returns how many are left. */
static size_t join_all(quire_arena *arena, wall *items, size_t count)
{
    if (count == 0)
        return 0;
    sort_walls(arena, items, count, false);
    size_t kept = 0;
    for (size_t start = 0, end; start < count; start = end) {
        end = start + 1;
        while (end < count && items[end].at - items[start].at <= SNAP)
            end++;
        float at = items[start + (end - start) / 2].at;
        size_t left = join_line(arena, &items[start], end - start);
        for (size_t i = 0; i < left; i++) {
            items[kept] = items[start + i];
            items[kept++].at = at;
        }
    }
    return drop_short(items, kept);
}

static size_t collect(const layout_page *lp, bool lying, wall *out)
{
    size_t count = 0;
    for (size_t i = 0; i < lp->page->rule_count; i++) {
        const quire_rule *rule = &lp->rules[i];
        if (rule->horizontal == lying && rule->width <= MOST_WIDTH)
            out[count++] = wall_of(rule);
    }
    return count;
}

walls layout_join_walls(layout_page *lp, wall *lying, size_t lying_count, wall *standing,
                        size_t standing_count)
{
    walls found = {0};
    found.items = quire_arena_array(lp->scratch, wall, lying_count + standing_count);
    if (!found.items)
        return found;
    found.lying = join_all(lp->scratch, lying, lying_count);
    found.count = found.lying + join_all(lp->scratch, standing, standing_count);
    memcpy(found.items, lying, found.lying * sizeof *lying);
    memcpy(found.items + found.lying, standing, (found.count - found.lying) * sizeof *standing);
    if (found.count > TABLE_WALLS)
        found = (walls){0};
    return found;
}

walls layout_find_walls(layout_page *lp)
{
    size_t count = lp->page->rule_count;
    wall *lying = quire_arena_array(lp->scratch, wall, count);
    wall *standing = quire_arena_array(lp->scratch, wall, count);
    if (!lying || !standing)
        return (walls){0};
    return layout_join_walls(lp, lying, collect(lp, true, lying), standing,
                             collect(lp, false, standing));
}

size_t layout_walls_across(const table_finder *f, quire_box box, float share, float *ys,
                           size_t room)
{
    size_t count = 0;
    float need = share * quire_box_width(box), at = -INFINITY, covered = 0;
    for (size_t i = 0; i < f->walls.lying && count < room; i++) {
        const wall *w = &f->walls.items[i];
        if (w->at < box.y0 - SNAP || w->at > box.y1 + SNAP)
            continue;
        if (w->at - at > SNAP) {
            at = w->at;
            covered = 0;
        }
        bool known = covered >= need;
        covered += fmaxf(quire_overlap(w->from, w->to, box.x0, box.x1), 0);
        if (!known && covered >= need)
            ys[count++] = at;
    }
    return count;
}
