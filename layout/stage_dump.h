/* What a page is after a pass, as text: one thing a line, whole points. Private to layout/. */
#ifndef QUIRE_LAYOUT_STAGE_DUMP_H
#define QUIRE_LAYOUT_STAGE_DUMP_H

#include "layout/structure.h"

void layout_dump_words(const layout_page *lp, quire_sink *sink);
void layout_dump_lines(const layout_page *lp, quire_sink *sink);
void layout_dump_areas(const layout_page *lp, quire_sink *sink);
void layout_dump_tables(const layout_page *lp, quire_sink *sink); /* cell by cell */
void layout_dump_blocks(const layout_page *lp, quire_sink *sink);

#endif
