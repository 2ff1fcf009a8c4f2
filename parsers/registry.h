/*
 * The parsers there are; for registry.c and the files that define them only.
 */
#ifndef QUIRE_PARSERS_REGISTRY_H
#define QUIRE_PARSERS_REGISTRY_H

#include "parsers/parser.h"

extern const quire_parser quire_pdf_parser;
extern const quire_parser quire_image_parser;

#endif
