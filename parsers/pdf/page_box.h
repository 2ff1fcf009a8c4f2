/*
 * Page boxes, rotation and unit as files have them, made into ones to reckon with
 * (PDF 32000-1, 14.11.2 and table 30).
 */
#ifndef QUIRE_PDF_PAGE_BOX_H
#define QUIRE_PDF_PAGE_BOX_H

#include "core/core.h"
#include "parsers/pdf/poppler_objects.h"

/* Reads a rectangle, corners in any order; false where it is none, or empty, or out of reach. */
bool quire_page_box_read(const quire_object *array, double box[4]);
/* US Letter, what viewers show where a page has no usable MediaBox. */
void quire_page_box_default(double box[4]);
/* Cuts `crop` to `media`; all of `media` where nothing is left. */
void quire_page_box_crop(const double media[4], double crop[4]);
/* Degrees to 0, 90, 180 or 270; others are ignored, as viewers do. */
int quire_page_rotation(int degrees);
/* /UserUnit of a page dictionary; 1 where it is absent or absurd. */
double quire_page_user_unit(const quire_object *dictionary);
/* From default user space to the page as displayed: points, origin top left, y downwards. */
quire_matrix quire_page_matrix(const quire_page_source *source);

#endif
