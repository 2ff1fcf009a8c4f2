/* A conversion that is looked at while it runs. Only for this room; pipeline.h is the door. */
#ifndef QUIRE_PIPELINE_CONVERT_H
#define QUIRE_PIPELINE_CONVERT_H

#include "layout/layout.h"

typedef struct quire_convert_hooks {
    /* Called with each page as the sheet of a form, in order. Dies with the call. */
    void (*on_sheet)(void *user, const quire_form_sheet *sheet);
    void *user;
} quire_convert_hooks;

/* Reads and lays out `input`, and writes nothing. As quire_convert() else. */
quire_status quire_convert_observed(const quire_input *input, const quire_options *options,
                                    const quire_convert_hooks *hooks, quire_error *error);

#endif
