/*
 * A PDF opened for tests below the parser's table of functions: objects, page tree and an empty
 * state, with the issues that come up kept.
 */
#ifndef TESTS_SUPPORT_OPEN_PDF_H
#define TESTS_SUPPORT_OPEN_PDF_H

#include <glib.h>

#include "parsers/pdf/document.h"

typedef struct open_pdf {
    quire_pdf pdf;
    GString *issues; /* "code: message\n" each */
} open_pdf;

static inline void open_pdf_note(void *user, const quire_issue *issue)
{
    g_string_append_printf(user, "%s: %s\n", issue->code, issue->message);
}

/* `open` must stay where it is until open_pdf_close(); pdf.objects is NULL if Poppler refuses. */
static inline void open_pdf_init(open_pdf *open, quire_bytes file)
{
    *open = (open_pdf){.issues = g_string_new(NULL)};
    open->pdf.options.user = open->issues;
    open->pdf.options.on_issue = open_pdf_note;
    open->pdf.arena = quire_arena_new(0);
    open->pdf.document = quire_document_state_new();
    quire_objects_open(file.data, file.size, NULL, quire_pdf_complaint, &open->pdf,
                       &open->pdf.objects);
    if (open->pdf.objects)
        open->pdf.pages = quire_page_tree_new(&open->pdf);
}

static inline void open_pdf_close(open_pdf *open)
{
    quire_document_state_free(open->pdf.document);
    quire_page_tree_free(open->pdf.pages);
    quire_objects_close(open->pdf.objects);
    quire_arena_free(open->pdf.arena);
    g_string_free(open->issues, TRUE);
}

#endif
