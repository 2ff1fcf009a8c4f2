/*
 * core/: what every room stands on, and nothing about documents.
 *
 * Arenas, growing arrays with a ceiling, errors, limits, byte input and atomic output, UTF-8 and
 * Unicode (ICU, wrapped once), geometry, a streaming JSON writer. It refuses to know what a page,
 * a PDF or a heading is. This is the room's door; other rooms include only this header.
 */
#ifndef QUIRE_CORE_H
#define QUIRE_CORE_H

#include "core/arena.h"
#include "core/array.h"
#include "core/error.h"
#include "core/geometry.h"
#include "core/heap.h"
#include "core/io.h"
#include "core/json.h"
#include "core/limits.h"
#include "core/text.h"

#endif
