/*
 * Figures: what of them is worth keeping.
 *
 *     +-------------------+      a picture or drawing that belongs to the text
 *     |     /\    figure  |
 *     +-------------------+      [logo]  the same at the same place of many pages, a rule in
 *                                        disguise, what the file marks as an artifact: decoration
 *
 * A figure that is one image and nothing else can be kept with that image's own bytes.
 */
#include "layout/passes.h"

enum { REPEATS_LEAST = 3, REPEATS_OF_FEW = 2, FEW_PAGES = 3 };

#define SAME_PLACE 4.0f /* points */
#define FILLED_LEAST 0.9f /* of the figure, by its only image */
#define STRIP 14.0f /* times as long as it is high: a rule, a border */
#define SMALL_SHARE 0.08f /* of the page's area, of what may be a logo */

/* The place of a figure, and what of the file is drawn there. */
static uint64_t key_of(const block *b, const quire_image *image)
{
    uint64_t key = 14695981039346656037u; /* FNV-1a */
    const float sides[] = {b->box.x0, b->box.y0, b->box.x1, b->box.y1};
    for (int i = 0; i < 4; i++)
        key = (key ^ (uint64_t)(int64_t)(sides[i] / SAME_PLACE)) * 1099511628211u;
    key = (key ^ (uint64_t)(image ? image->width : 0)) * 1099511628211u;
    return key | 1;
}

/* The only image in the figure; NULL where there is more, or none. */
static const quire_image *only_image(const layout_page *lp, const block *b)
{
    const quire_page *page = lp->page;
    quire_box box = layout_frame_box_back(&lp->frame, b->box);
    const quire_image *only = NULL;
    for (size_t i = 0; i < page->image_count; i++) {
        if (!quire_box_overlaps(page->images[i].box, box))
            continue;
        if (only)
            return NULL;
        only = &page->images[i];
    }
    for (size_t i = 0; only && i < page->drawing_count; i++)
        if (quire_box_overlaps(page->drawings[i].box, box))
            return NULL;
    quire_box common = only ? quire_box_intersection(only->box, box) : quire_box_empty();
    return quire_box_area(common) >= FILLED_LEAST * quire_box_area(box) ? only : NULL;
}

void layout_note_figures(profile *p, const layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        const block *b = &lp->blocks[i];
        if (b->type != QUIRE_FIGURE)
            continue;
        uint64_t key = key_of(b, only_image(lp, b));
        figure_place *place = &p->figures[key % PROFILE_FIGURES];
        if (place->key != key)
            *place = (figure_place){.key = key};
        place->count++;
    }
}

static bool comes_again(const layout_window *w, const layout_page *lp, const block *b)
{
    uint64_t key = key_of(b, b->image);
    const figure_place *place = &w->profile->figures[key % PROFILE_FIGURES];
    uint32_t least = w->profile->pages <= FEW_PAGES ? REPEATS_OF_FEW : REPEATS_LEAST;
    bool is_small = quire_box_area(b->box) <= SMALL_SHARE * lp->width * lp->height;
    return is_small && place->key == key && place->count >= least;
}

static bool is_strip(const block *b)
{
    float width = quire_box_width(b->box), height = quire_box_height(b->box);
    return fmaxf(width, height) > STRIP * fminf(width, height);
}

void layout_judge_figures(layout_window *w, layout_page *lp)
{
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->type != QUIRE_FIGURE)
            continue;
        b->image = only_image(lp, b);
        if (comes_again(w, lp, b)) {
            b->flags |= BLOCK_DECORATIVE | BLOCK_REPEATS;
            layout_explain(lp, b, "decorative: it comes again at this place of other pages");
        } else if (is_strip(b)) {
            b->flags |= BLOCK_DECORATIVE;
            layout_explain(lp, b, "decorative: %.0f by %.0f points are a strip",
                           (double)quire_box_width(b->box), (double)quire_box_height(b->box));
        }
    }
}
