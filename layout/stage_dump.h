/* What a page is after a pass, as text: one thing a line, whole points. Private to layout/. */
#ifndef QUIRE_LAYOUT_STAGE_DUMP_H
#define QUIRE_LAYOUT_STAGE_DUMP_H

#include "layout/structure.h"

void layout_dump_words(const layout_page *lp, quire_sink *sink);
void layout_dump_lines(const layout_page *lp, quire_sink *sink);
void layout_dump_areas(const layout_page *lp, quire_sink *sink);
void layout_dump_tables(const layout_page *lp, quire_sink *sink); /* cell by cell */
void layout_dump_blocks(const layout_page *lp, quire_sink *sink);

/*
 * Features of a decision, for what learns from them (corpus/features): written where `pass` is the
 * one to stop after and reasons are asked for. `names` end with NULL; the texts tell which
 * decision it is.
 */
bool layout_tells_features(const layout_page *lp, const char *pass);
void layout_tell_features(const layout_page *lp, bool verdict, const char *const *names,
                          const float *values, quire_text a, quire_text b);

#endif
