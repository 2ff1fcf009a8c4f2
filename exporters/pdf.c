/*
 * A searchable PDF: the input as it is, and what was recognised on its pages laid over them as text
 * that is not seen. A page that has text of its own is left alone. Only words are told here; how
 * they get into the file is the parser's business, which knows the file.
 */
#include "exporters/inner.h"

static int quarter_of(const quire_document *document, int32_t element)
{
    float rotation = element < 0 ? 0 : document->elements.items[element].rotation;
    return (int)lroundf(rotation / 90) % 4 * 90;
}

static void add_words(const quire_export *job, GArray *added, const quire_page_record *page)
{
    quire_page_words words = quire_page_words_new(job, page);
    for (guint i = 0; i < words.lines->len; i++) {
        const quire_words_line *line = &g_array_index(words.lines, quire_words_line, i);
        for (guint k = line->first; k < line->end; k++) {
            const quire_word *word = g_array_index(words.words, const quire_word *, k);
            quire_paper_word made = {page->page, page->skew,
                                     quarter_of(job->document, line->element), word->text,
                                     word->box};
            if (word->source == QUIRE_SOURCE_OCR && word->text.size > 0)
                g_array_append_val(added, made);
        }
    }
    quire_page_words_clear(&words);
}

static void end(quire_export *job)
{
    g_autoptr(GArray) words = g_array_new(FALSE, FALSE, sizeof(quire_paper_word));
    for (size_t i = 0; i < job->document->pages.count; i++)
        add_words(job, words, &job->document->pages.items[i]);
    if (job->paper)
        job->paper->overlay(job->paper->user, (const quire_paper_word *)(void *)words->data,
                            words->len, job->sink, &job->error);
}

const quire_exporter quire_pdf_exporter = {
    .name = "pdf",
    .extension = "pdf",
    .media_type = "application/pdf",
    .summary = "the PDF with recognised text laid over its scanned pages, to search and copy",
    .needs_words = true,
    .end = end,
};
