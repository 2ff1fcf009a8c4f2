/* By what formulas are judged. Private to layout/. */
#ifndef QUIRE_LAYOUT_FORMULAS_H
#define QUIRE_LAYOUT_FORMULAS_H

#include "layout/passes.h"

enum { FORMULA_CUES = 8 };

/* Name of a cue; NULL past the end. */
const char *layout_formula_cue(size_t index);

#endif
