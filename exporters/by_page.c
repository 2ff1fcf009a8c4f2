/*
 * What a document holds, page by page: the page's record, its elements, links, annotations and
 * fields.
 * A document held whole is told in the same order as one that is drained after each page, so that
 * the same input gives the same bytes either way.
 */
#include "exporters/inner.h"

typedef struct page_cursor {
    quire_walk walk;
    bool more; /* walk.element is yet to be told */
    size_t link, annotation, field;
} page_cursor;

static void tell_elements(quire_export *job, const quire_page_visitor *visitor, page_cursor *cursor,
                          int32_t page)
{
    while (cursor->more && cursor->walk.element->page <= page) {
        if (cursor->walk.event == QUIRE_ENTER)
            visitor->element(job, cursor->walk.element, cursor->walk.depth);
        cursor->more = quire_walk_next(&cursor->walk);
    }
}

static void tell_marks(quire_export *job, const quire_page_visitor *visitor, page_cursor *cursor,
                       int32_t page)
{
    const quire_document *document = job->document;
    while (cursor->link < document->links.count && document->links.items[cursor->link].page <= page)
        visitor->link(job, &document->links.items[cursor->link++]);
    while (cursor->annotation < document->annotations.count &&
           document->annotations.items[cursor->annotation].page <= page)
        visitor->annotation(job, &document->annotations.items[cursor->annotation++]);
    while (cursor->field < document->fields.count &&
           document->fields.items[cursor->field].page <= page)
        visitor->field(job, &document->fields.items[cursor->field++]);
}

void quire_export_by_page(quire_export *job, const quire_page_visitor *visitor)
{
    const quire_document *document = job->document;
    page_cursor cursor = {.walk = quire_walk_start(document)};
    cursor.more = quire_walk_next(&cursor.walk);
    for (size_t i = 0; i < document->pages.count; i++) {
        const quire_page_record *page = &document->pages.items[i];
        visitor->page(job, page);
        tell_elements(job, visitor, &cursor, page->page);
        tell_marks(job, visitor, &cursor, page->page);
    }
    tell_elements(job, visitor, &cursor, INT32_MAX);
    tell_marks(job, visitor, &cursor, INT32_MAX);
}
