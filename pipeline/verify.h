/*
 * Does the text layer say what the page shows? A few words of some pages are recognised from their
 * picture and compared with the text layer in the same place: fonts whose Unicode maps lie, text
 * of another program's recognition that went stale, and text that is made to say something else.
 *
 * Only for this room; pipeline.h is the door.
 */
#ifndef QUIRE_PIPELINE_VERIFY_H
#define QUIRE_PIPELINE_VERIFY_H

#include "model/model.h"
#include "pipeline/recognise.h"

enum { QUIRE_VERIFIED_PAGES = 8 }; /* of a document, spread over it */

/* Is page `number` of `count` one of those that are looked at? */
bool quire_verifies_page(int32_t number, int32_t count);

/*
 * Sets text_layer_agreement of a page with words of a text layer, the share of those looked at
 * that the picture bears out; *words says how many that were, 0: none could be compared.
 */
quire_status quire_verify_page(quire_recogniser *recogniser, quire_page_record *page, int *words,
                               quire_error *error);

#endif
