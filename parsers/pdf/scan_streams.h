/*
 * Between scan.c and scan_streams.c only: the two halves of quire_scan_new().
 */
#ifndef QUIRE_PDF_SCAN_STREAMS_H
#define QUIRE_PDF_SCAN_STREAMS_H

#include "parsers/pdf/scan.h"

/* Lets `object` count for its number unless a later one does. */
void quire_scan_add(quire_scan *scan, quire_found object);
/* Lists what lies in the object streams found so far. */
void quire_scan_open_streams(quire_scan *scan);

#endif
