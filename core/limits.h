/*
 * Ceilings. Poppler has none, so every loop over a document's own numbers asks one of these. A
 * budget belongs to one page (or one document where it says so) and is counted down.
 */
#ifndef QUIRE_CORE_LIMITS_H
#define QUIRE_CORE_LIMITS_H

#include <stddef.h>
#include <stdint.h>

#define QUIRE_ARENA_CEILING ((size_t)8 << 30)

enum {
    QUIRE_MAX_OPERATORS = 20 * 1000 * 1000, /* content operators of a page */
    QUIRE_MAX_GLYPHS = 2 * 1000 * 1000, /* of a page */
    QUIRE_MAX_SHAPES = 1000 * 1000, /* rules, fills and drawings of a page, each */
    QUIRE_MAX_IMAGES = 100 * 1000, /* of a page */
    QUIRE_MAX_PATH_POINTS = 4 * 1000 * 1000,
    QUIRE_MAX_FORM_DEPTH = 24, /* form XObjects, patterns and Type 3 glyphs within each other */
    QUIRE_MAX_STATE_DEPTH = 4096, /* q without Q */
    QUIRE_MAX_OBJECT_DEPTH = 64, /* arrays and dictionaries within each other */
    QUIRE_MAX_TREE_DEPTH = 64, /* page, outline, label and structure trees */
    QUIRE_MAX_TREE_NODES = 4 * 1000 * 1000,
    QUIRE_MAX_PAGES = 1000 * 1000,
    QUIRE_MAX_STREAM_BYTES = 256 * 1024 * 1024, /* one stream, inflated */
    QUIRE_MAX_PAGE_BYTES = 512 * 1024 * 1024, /* all streams of a page, inflated */
    QUIRE_MAX_ISSUES = 200, /* of a document; further ones are counted */
};

#define QUIRE_PAGE_SECONDS 30.0
#define QUIRE_MAX_FILE_BYTES ((uint64_t)4 << 30)
#define QUIRE_MAX_PAGE_SIDE 1e6f /* points; larger page boxes are cut to it */

/* Seconds of a clock that only goes forward. */
double quire_clock(void);

#endif
