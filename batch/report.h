/*
 * What a run did, as one HTML file without anything from the network: counts, what failed and why,
 * what was slow, what to look at. Only for this room; batch.h is the door.
 */
#ifndef QUIRE_BATCH_REPORT_H
#define QUIRE_BATCH_REPORT_H

#include "batch/ledger.h"

/* Writes `folder`/`part`.html. */
quire_status report_write(batch_ledger *ledger, const char *folder, const char *part,
                          quire_error *error);

#endif
