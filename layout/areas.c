/*
 * Areas: parts of a page that are read as one.
 */
#include "layout/passes.h"

void layout_find_areas(layout_page *lp)
{
    lp->area_count = lp->lists->areas.count;
    lp->areas = quire_array_freeze(&lp->lists->areas, lp->arena);
}
