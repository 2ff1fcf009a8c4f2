/*
 * layout/: from evidence to judgement. Pages go in in order, elements come out in order. Passes
 * over one page run when it comes in; passes over the document (running heads, heading styles)
 * judge a page when a window of later pages has been seen, so that memory does not grow with the
 * document (docs/adr: sliding window). The passes stand in one table, in stages.c.
 *
 * It refuses to know the format the evidence came from and the format the document goes to.
 */
#ifndef QUIRE_LAYOUT_H
#define QUIRE_LAYOUT_H

#include "core/core.h"
#include "layout/template.h"
#include "model/model.h"
#include "page/page.h"

/* Pages that are looked at before the first of them is settled. */
enum { QUIRE_LAYOUT_WINDOW = 24 };

typedef struct quire_layout_options {
    bool words, lines, explain,
        keep_hidden; /* keep_hidden: hidden text as elements of that layer */
    quire_tables tables;
    const char *stop_after; /* name of a pass; NULL: none */
    quire_sink *dump; /* receives the stage after `stop_after` of each page */
    /* The facts with the structure tree of a tagged file, read when it is asked for; may be NULL.
     */
    const quire_facts *(*structure)(void *user);
    /* Keeps the picture of a figure: `box` of the page, of which `image` (NULL: there is more) is
     * all that is drawn. What leads to it, valid until the next call; NULL: it is not kept. May be
     * NULL: none is. */
    const char *(*keep_figure)(void *user, int32_t page, quire_box box, const quire_image *image);
    const quire_form_template *form_template; /* of a known form; may be NULL */
    /* Called with each page as the sheet of a form, when it is settled; may be NULL. */
    void (*on_sheet)(void *user, const quire_form_sheet *sheet);
    void *user;
    void (*on_issue)(void *user, const quire_issue *issue);
} quire_layout_options;

typedef struct quire_layout quire_layout;

/* `facts` and `document` are borrowed until free; outline and structure help to judge. */
quire_layout *quire_layout_new(const quire_layout_options *options, const quire_facts *facts,
                               quire_document *document);
void quire_layout_free(quire_layout *layout);

/* Takes the page and the arena it was frozen into; frees the arena when the page is settled. */
void quire_layout_add_page(quire_layout *layout, quire_arena *arena, const quire_page *page);

/*
 * Settles the oldest page of the window and adds its record, elements, links and annotations to
 * the document, and its glyphs to the audit. False when more pages are wanted first; with `last`
 * (no more pages will come) false only when none is left.
 */
bool quire_layout_settle(quire_layout *layout, bool last);

typedef struct quire_layout_pass_info {
    const char *name, *summary;
} quire_layout_pass_info;

/* The passes in their order; NULL past the end. */
const quire_layout_pass_info *quire_layout_pass_at(size_t index);

/* What quire_inspect() asks of one page: is there a table? Runs the passes that see one page. */
bool quire_layout_has_table(const quire_page *page);

#endif
