/*
 * Whether a TIFF has all the pages that it speaks of: its decoder leaves those out that it does not
 * find, and says nothing.
 */
#ifndef QUIRE_PARSERS_TIFF_H
#define QUIRE_PARSERS_TIFF_H

#include "core/core.h"

/* True when the chain of directories leads out of the file. */
bool quire_tiff_is_cut(quire_bytes file);

#endif
