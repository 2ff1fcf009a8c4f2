/*
 * A searchable PDF: the file as it is, and text over its pages that is not seen.
 */
#ifndef QUIRE_PARSERS_PDF_OVERLAY_H
#define QUIRE_PARSERS_PDF_OVERLAY_H

#include "parsers/pdf/pdf.h"

/* As quire_parser.overlay; `file` are the bytes the document was opened from. */
quire_status quire_pdf_overlay(quire_pdf *pdf, quire_bytes file, const quire_overlay_word *words,
                               size_t count, quire_sink *sink, quire_error *error);

#endif
