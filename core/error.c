#include "core/core.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

quire_status quire_fail(quire_error *error, quire_status status, const char *stage, int page,
                        const char *format, ...)
{
    if (!error || error->status != QUIRE_OK) {
        return status;
    }
    error->status = status;
    error->page = page;
    snprintf(error->stage, sizeof error->stage, "%s", stage);
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(error->message, sizeof error->message, format, arguments);
    va_end(arguments);
    for (char *c = error->message; *c; c++) {
        *c = (unsigned char)*c < ' ' ? ' ' : *c; /* one line, whatever the arguments held */
    }
    return status;
}

void quire_error_clear(quire_error *error)
{
    if (error) {
        memset(error, 0, sizeof *error);
    }
}

quire_status quire_status_worse(quire_status a, quire_status b)
{
    return a > b ? a : b;
}

const char *quire_status_name(quire_status status)
{
    static const char *const names[] = {
        [QUIRE_OK] = "ok",
        [QUIRE_PARTIAL] = "partial",
        [QUIRE_CANCELLED] = "cancelled",
        [QUIRE_USAGE] = "usage",
        [QUIRE_MISSING] = "missing",
        [QUIRE_IO] = "io",
        [QUIRE_UNSUPPORTED] = "unsupported",
        [QUIRE_MALFORMED] = "malformed",
        [QUIRE_ENCRYPTED] = "encrypted",
        [QUIRE_LIMIT] = "limit",
        [QUIRE_INTERNAL] = "internal",
    };
    return (unsigned)status < sizeof names / sizeof *names ? names[status] : "internal";
}
