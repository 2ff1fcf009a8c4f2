/*
 * What is known of the whole document, in bounded memory: how its body text is set, which styles
 * stand out, which words it uses, which lines come again at the edge of its pages. Filled as
 * pages come in, asked when a page is settled. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_PROFILE_H
#define QUIRE_LAYOUT_PROFILE_H

#include "layout/languages.h"
#include "layout/structure.h"

enum {
    PROFILE_SIZES = 256, /* quarters of a point */
    PROFILE_CLASSES = 512,
    PROFILE_WORD_BITS = 1 << 18,
    PROFILE_TEMPLATES = 1024,
    PROFILE_NUMBERINGS = 64,
    PROFILE_FIGURES = 256,
    PROFILE_LOOKS = 12,
    PROFILE_LANGUAGES = 16,
};

/* Text of one look: font, size, weight, slant, colour, capitals. */
typedef struct style_class {
    uint64_t key; /* 0: a free slot */
    uint32_t blocks, characters;
    uint32_t candidates; /* blocks that could be headings */
    float score; /* sum over them */
} style_class;

/* A line that came again at the same place of other pages, its digits masked. */
typedef struct template
{
    uint64_t key; /* text and zone; 0: a free slot */
    float y; /* of its upper edge, where it was last */
    uint32_t count; /* pages */
    int32_t last_page;
}
template;

/* A figure at one place of pages. */
typedef struct figure_place {
    uint64_t key; /* 0: a free slot; one that is taken goes to the later figure */
    uint32_t count; /* pages */
} figure_place;

/* Headings that stand out as much as each other. */
typedef struct heading_look {
    float size; /* points, more for weight and capitals, less for italics */
    uint32_t blocks;
    uint32_t at_edge; /* of them that begin where their column does */
    uint32_t outlined[7]; /* blocks that the outline names, by its level; [0]: none */
} heading_look;

/* Text of a language that is not the document's. */
typedef struct other_language {
    const char *tag;
    uint32_t words;
} other_language;

typedef struct profile {
    uint32_t sizes[PROFILE_SIZES]; /* characters */
    uint32_t bold[PROFILE_SIZES];
    uint64_t characters;
    style_class classes[PROFILE_CLASSES]; /* open addressing; full: the last slot is shared */
    uint8_t words[PROFILE_WORD_BITS / 8];
    float body_size; /* of most characters; brought up to date by layout_profile_add */
    bool body_bold;
    uint32_t body_colour;
    uint64_t body_class;
    uint32_t pages, filled_pages; /* filled: with text that no running head could be */
    template templates[PROFILE_TEMPLATES];
    figure_place figures[PROFILE_FIGURES];
    int32_t numberings[PROFILE_NUMBERINGS]; /* printed page number less page, a ring of votes */
    uint32_t numbering_count;
    heading_look heading_looks[PROFILE_LOOKS];
    int heading_look_count;
    int32_t title_depth; /* 1: the outline holds all headings below the title, else 0 */
    float title_size; /* of the document's title; 0: none was found */
    int32_t endnotes_page; /* with the heading of the endnotes, 0: none is known */
    uint32_t endnote_calls, endnotes; /* found so far: both count up from 1 */
    uint32_t notes; /* number of the last footnote that was bound to its mark */
    language_index language_words; /* built with the first page */
    language_counts languages; /* of all lines that came in */
    const char *language; /* of the document; NULL: not known yet */
    other_language other_languages[PROFILE_LANGUAGES];
    int other_language_count;
} profile;

void layout_profile_add(profile *p, const layout_page *lp);

/* Counts the lines at the edges of a page as they come again (furniture.c). */
void layout_note_furniture(profile *p, const layout_page *lp);

/* Counts the figures of a page by their place (figures.c). */
void layout_note_figures(profile *p, const layout_page *lp);

uint64_t layout_style_key(const layout_page *lp, const block *b);
style_class *layout_profile_class(profile *p, uint64_t key);

/* True when the word was seen inside a line (a small share of words that were not is let in). */
bool layout_profile_has_word(const profile *p, quire_text a, quire_text b);

#endif
