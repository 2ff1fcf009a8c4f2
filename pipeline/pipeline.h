/*
 * pipeline/: the only code that knows the whole order: input, parser, layout, model, exporters.
 * It keeps the status of each page, the deadline, the cancelling, and drains the document where
 * every output streams. api.c is the public interface on top of it.
 */
#ifndef QUIRE_PIPELINE_H
#define QUIRE_PIPELINE_H

#include "quire/quire.h"

/* The public functions are all that other rooms need; see quire/quire.h. */

#endif
