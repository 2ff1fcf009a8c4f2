/* Templates of known forms as JSON files. Only for this room; pipeline.h is the door. */
#ifndef QUIRE_PIPELINE_TEMPLATE_H
#define QUIRE_PIPELINE_TEMPLATE_H

#include "layout/layout.h"

/* Reads a template into `arena`, and the hash of its file. QUIRE_IO, or QUIRE_USAGE where it is
 * none. */
quire_status quire_template_read(quire_arena *arena, const char *path, quire_form_template *out,
                                 char sha256[65], quire_error *error);

#endif
