/*
 * Errors travel as quire_error (see quire/quire.h): a plain struct, filled once, the first failure
 * wins. Functions that can fail return quire_status and take `quire_error *error` last; it may be
 * NULL.
 */
#ifndef QUIRE_CORE_ERROR_H
#define QUIRE_CORE_ERROR_H

#include "quire/quire.h"

/* Fills `error` unless it already holds a failure; returns `status`. `page` 0: none. */
quire_status quire_fail(quire_error *error, quire_status status, const char *stage, int page,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));

void quire_error_clear(quire_error *error);

/* The worse of two. */
quire_status quire_status_worse(quire_status a, quire_status b);

#endif
