/* What learning a form and reading a known one share. Private to layout/forms/. */
#ifndef QUIRE_LAYOUT_FORMS_KNOWN_H
#define QUIRE_LAYOUT_FORMS_KNOWN_H

#include "layout/forms/forms.h"
#include "layout/template.h"

typedef struct form_registration {
    quire_matrix map; /* from one sheet to the other */
    size_t words; /* that agree with it */
} form_registration;

/* Lays `from` over `to`; false where they are not copies of one form. */
bool form_register(const quire_form_sheet *from, const quire_form_sheet *to,
                   form_registration *out);

/* The page as a sheet: its words, crossings of rules, and the fields it states; in its scratch. */
quire_form_sheet form_sheet_of(layout_page *lp);

/* Adds the fields of a page that is a copy of a sheet of the template; false where it is none. */
bool form_read_known(layout_window *window, layout_page *lp, day_order order);

#endif
