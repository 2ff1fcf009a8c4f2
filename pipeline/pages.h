/*
 * Page ranges as people write them: "3", "1-3,7,10-", "-5". Parsed once without a document, then
 * asked with the number of pages that there are.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_PAGES_H
#define QUIRE_PIPELINE_PAGES_H

#include "core/core.h"

enum { QUIRE_MAX_PAGE_RANGES = 1000 };

typedef struct quire_page_range {
    int32_t first, last; /* 1-based, both included; last INT32_MAX: to the end */
} quire_page_range;

/* Ascending, without overlap. */
typedef struct quire_page_set {
    QUIRE_ARRAY(quire_page_range) ranges;
} quire_page_set;

/* NULL text: every page. QUIRE_USAGE with one line, stage "options". Clear the set either way. */
quire_status quire_page_set_parse(quire_page_set *set, const char *text, quire_error *error);
void quire_page_set_clear(quire_page_set *set);

/* The first page of the set behind `page` and not behind `count`; 0: none. */
int32_t quire_page_set_next(const quire_page_set *set, int32_t page, int32_t count);
/* How many of the pages 1..count are in the set. */
int32_t quire_page_set_count(const quire_page_set *set, int32_t count);

#endif
