/*
 * What is done to the glyphs of a page once all of its content is read, and before it is frozen:
 * accents join their letters, what is drawn twice is marked once, and text that is covered or has
 * the colour of its ground is marked. Nothing is thrown away.
 */
#ifndef QUIRE_PARSERS_PDF_NORMALISE_H
#define QUIRE_PARSERS_PDF_NORMALISE_H

#include "parsers/pdf/interpreter/interpreter.h"

void quire_normalise(quire_interpreter *in);

void quire_normalise_accents(quire_interpreter *in); /* accents.c */
void quire_normalise_duplicates(quire_interpreter *in); /* duplicates.c */
void quire_normalise_grounds(quire_interpreter *in); /* grounds.c */

#endif
