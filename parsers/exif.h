/*
 * The one thing of a photograph's Exif record that changes how it is read: which way is up.
 */
#ifndef QUIRE_PARSERS_EXIF_H
#define QUIRE_PARSERS_EXIF_H

#include "core/core.h"

/* 1..8 of the Orientation tag (Exif 2.3, 4.6.4 A) in a JPEG file; 1, upright, where none is. */
int quire_exif_orientation(quire_bytes jpeg);

#endif
