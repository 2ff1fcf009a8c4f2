/* What a worker that was taken over may try; see probes.c. */
#ifndef QUIRE_TESTS_BATCH_FAULTY_H
#define QUIRE_TESTS_BATCH_FAULTY_H

#include <stdbool.h>

/* Tries to break out in the way that is named; true when that went. Ends the program when there is
 * no such way. */
bool probe_succeeds(const char *name);

#endif
