/*
 * A page as text, one thing a line, written and read back without loss of what layout needs:
 * goldens, fuzz seeds, and tests of layout without a parser.
 */
#ifndef QUIRE_PAGE_DUMP_H
#define QUIRE_PAGE_DUMP_H

#include "page/page.h"

void quire_page_dump(const quire_page *page, quire_sink *sink);

/* Reads one page from the front of *bytes and moves it on. QUIRE_MALFORMED tells the line. */
quire_status quire_page_undump(quire_bytes *bytes, quire_arena *arena, quire_page *page,
                               quire_error *error);

#endif
