/*
 * The language of the document, and of each block that is in another one. What the file states
 * wins: /Lang of the catalog for the document, that of its marked content for a block; the rest is
 * recognised (languages.c). The document's language is settled with its first page, from all pages
 * of the window.
 */
#include "layout/passes.h"

#include <string.h>

enum { MOST_TAG_DEPTH = 16 };

#define DOCUMENT_LEAD 1.2f /* over the second language */
#define BLOCK_LEAD 2.0f /* its text is short, and quotes and names mix languages */
#define OTHER_SHARE 0.05f /* of the words, for a language to be one of the document's */

static void settle_document(layout_window *w)
{
    profile *p = w->profile;
    if (p->language)
        return;
    bool stated = w->facts && w->facts->language && w->facts->language[0];
    p->language = stated ? w->facts->language : layout_language_of(&p->languages, DOCUMENT_LEAD);
    if (p->language && !stated)
        quire_document_add_language(w->document, p->language);
}

/* What marked content around the block's first glyph states; NULL: nothing. */
static const char *stated_language(const layout_page *lp, const block *b)
{
    if (lp->page->tag_count == 0)
        return NULL;
    int32_t tag = lp->page->glyphs[lp->words[lp->lines[b->first].first].first].tag;
    for (int i = 0; tag >= 0 && i < MOST_TAG_DEPTH; i++, tag = lp->page->tags[tag].parent)
        if (lp->page->tags[tag].language && lp->page->tags[tag].language[0])
            return lp->page->tags[tag].language;
    return NULL;
}

static language_counts count_block(const layout_window *w, const layout_page *lp, const block *b)
{
    language_counts counts = {0};
    for (uint32_t i = b->first; i < b->end; i++)
        layout_count_languages(&w->profile->language_words, &counts, lp->lines[i].text);
    return counts;
}

static void note_other(profile *p, const char *tag, uint32_t words)
{
    int i = 0;
    while (i < p->other_language_count && strcmp(p->other_languages[i].tag, tag) != 0)
        i++;
    if (i == PROFILE_LANGUAGES)
        return;
    if (i == p->other_language_count)
        p->other_languages[p->other_language_count++] = (other_language){.tag = tag};
    p->other_languages[i].words += words;
}

static void judge_block(layout_window *w, layout_page *lp, block *b)
{
    profile *p = w->profile;
    language_counts counts = count_block(w, lp, b);
    const char *stated = stated_language(lp, b);
    stated = stated ? stated : b->tagged_language;
    const char *tag = stated ? stated : layout_language_of(&counts, BLOCK_LEAD);
    if (!tag || (p->language && layout_same_language(tag, p->language)))
        return;
    b->language = tag;
    if (!stated) /* static, where what is stated dies with its page */
        note_other(p, tag, counts.words);
    layout_explain(lp, b, stated ? "language: the file states it" : "language: its words tell it");
}

/* Languages of more than a quotation, those of most words first. */
static void add_others(layout_window *w)
{
    profile *p = w->profile;
    for (;;) {
        other_language *most = NULL;
        for (int i = 0; i < p->other_language_count; i++)
            if (!most || p->other_languages[i].words > most->words)
                most = &p->other_languages[i];
        if (!most || (float)most->words < OTHER_SHARE * (float)p->languages.words ||
            most->words == 0)
            return;
        if (!p->language || !layout_same_language(most->tag, p->language))
            quire_document_add_language(w->document, most->tag);
        most->words = 0;
    }
}

void layout_judge_languages(layout_window *w, layout_page *lp)
{
    settle_document(w);
    for (size_t i = 0; i < lp->block_count; i++) {
        block *b = &lp->blocks[i];
        if (b->first < b->end && b->layer != QUIRE_LAYER_FURNITURE && b->type != QUIRE_CODE)
            judge_block(w, lp, b);
    }
    if (w->last && w->count == 1)
        add_others(w);
}
