/*
 * What stands between pages in formats that flow: the text of --page-separator, in which %p is the
 * number of the page that begins. There is one for each page that was read, so that who splits the
 * output at it gets as many parts as there are pages, empty ones too.
 */
#include "exporters/inner.h"

#include <string.h>

static const char NUMBER[] = "%p";

/* The first page after `last`; NULL: the document holds none. Pages stand in ascending order. */
static const quire_page_record *page_after(const quire_document *document, int32_t last)
{
    size_t low = 0, high = document->pages.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (document->pages.items[middle].page <= last)
            low = middle + 1;
        else
            high = middle;
    }
    return low < document->pages.count ? &document->pages.items[low] : NULL;
}

int32_t quire_page_begins(const quire_export *job, int32_t *last, int32_t page)
{
    const char *separator = job->options->page_separator;
    for (const quire_page_record *next; separator && (next = page_after(job->document, *last));) {
        bool is_first = *last == 0;
        if (next->page > page)
            return 0;
        *last = next->page;
        if (!is_first || strstr(separator, NUMBER))
            return next->page;
    }
    return 0;
}

void quire_page_separator(GString *out, const quire_export *job, int32_t page, const char *prefix)
{
    const char *at = job->options->page_separator;
    while (*at) {
        if (strncmp(at, NUMBER, strlen(NUMBER)) == 0) {
            g_string_append_printf(out, "%d", page);
            at += strlen(NUMBER);
            continue;
        }
        g_string_append_c(out, *at);
        if (*at++ == '\n')
            g_string_append(out, prefix);
    }
}
