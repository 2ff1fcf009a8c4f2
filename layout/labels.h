/*
 * What the beginning of a line can say by its form alone: list labels, section numbers, captions,
 * page numbers. Private to layout/.
 */
#ifndef QUIRE_LAYOUT_LABELS_H
#define QUIRE_LAYOUT_LABELS_H

#include "core/core.h"

typedef enum label_family {
    LABEL_NONE = 0,
    LABEL_BULLET,
    LABEL_DECIMAL, /* 1. 1) (1) [1] */
    LABEL_LETTER, /* a. a) (a) */
    LABEL_CAPITAL, /* A. A) (A) */
    LABEL_ROMAN, /* ii. ii) (ii) */
    LABEL_CAPITAL_ROMAN, /* II. II) (II) */
    LABEL_SECTION, /* 1.2 or 1.2.3. */
} label_family;

typedef struct label {
    label_family family;
    char close; /* '.' ')' ']' or 0 */
    bool opened; /* with a bracket */
    int32_t value; /* number, place in the alphabet, last part of a section number; of a bullet:
                      its code point */
    int32_t roman; /* value as a roman number where it can be read as one; else 0 */
    int32_t depth; /* parts of a section number */
    int32_t parts[4]; /* the first of them */
    size_t size; /* bytes of the label, without the space behind it */
} label;

/* The label at the start of `text`; LABEL_NONE where there is none. White space must follow, or
 * the text end. */
label layout_label_at(quire_text text);

/* True when all of `text` is one label. */
bool layout_is_label(quire_text text);

/* True when `text` alone can number a heading: "7", "2.1", "A", "IV", "3." */
bool layout_is_section_number(quire_text text);

bool layout_is_bullet(uint32_t c);

/* "Figure 3", "Table 2.1:" ... ; bytes of word and number, 0: none. */
size_t layout_caption_prefix(quire_text text);

/* True when `text`, which has such a prefix, begins like the caption of a table: "Tabelle 3". */
bool layout_names_table(quire_text text);

/* "12", "- 12 -", "xii", "Page 3 of 9": text that is only a page number. */
bool layout_is_page_number(quire_text text);

/* A sign that marks footnotes: an asterisk, a dagger, a section sign ... */
bool layout_is_note_sign(uint32_t c);

/* The value of a roman number in either case; 0: `text` is none. */
int32_t layout_roman_value(quire_text text);

/* "Chapter 3", "Appendix A", "Part II" ... ; bytes, 0: none. `depth` 1 for chapters and parts. */
size_t layout_chapter_prefix(quire_text text);

#endif
