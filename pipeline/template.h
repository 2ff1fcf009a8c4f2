/* Templates of known forms as JSON. Only for this room; pipeline.h is the door. */
#ifndef QUIRE_PIPELINE_TEMPLATE_H
#define QUIRE_PIPELINE_TEMPLATE_H

#include "layout/layout.h"

#define QUIRE_TEMPLATE_BYTES (UINT64_C(64) << 20) /* of a file, at most */

/* Reads a template into `arena`. QUIRE_USAGE where `bytes` are none. */
quire_status quire_template_read(quire_arena *arena, quire_bytes bytes, quire_form_template *out,
                                 quire_error *error);

/* Writes a template, sheet by sheet. */
void quire_template_begin(quire_json *json, quire_sink *sink);
void quire_template_write_sheet(quire_json *json, const quire_form_sheet *sheet);
void quire_template_end(quire_json *json);

#endif
