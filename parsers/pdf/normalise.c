#include "parsers/pdf/normalise.h"

/*
 * Accents first: a letter that is drawn twice has its accent twice. Duplicates last: what is
 * covered and drawn again is not drawn twice.
 */
void quire_normalise(quire_interpreter *in)
{
    quire_normalise_accents(in);
    quire_normalise_grounds(in);
    quire_normalise_duplicates(in);
}
