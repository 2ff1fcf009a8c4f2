/*
 * The passes of layout, one file each, in the order in which stages.c runs them, and the lists
 * they grow. Private to this room.
 */
#ifndef QUIRE_LAYOUT_PASSES_H
#define QUIRE_LAYOUT_PASSES_H

#include <glib.h>

#include "layout/labels.h"
#include "layout/profile.h"
#include "layout/structure.h"
#include "layout/structuretree.h"

/* Lists that passes fill and freeze; empty between passes, their memory stays. */
typedef struct layout_lists {
    QUIRE_ARRAY(word) words;
    QUIRE_ARRAY(line) lines;
    QUIRE_ARRAY(area) areas;
    QUIRE_ARRAY(leaf) leaves;
    QUIRE_ARRAY(block) blocks;
} layout_lists;

/* UTF-8 of a word as it lies in the content, at most `room` bytes; returns their number. */
size_t layout_word_text(const layout_page *lp, const word *w, char *text, size_t room);
/* Sets text, characters and LINE_CAPS of a line of `words`, and where each word lies in it. */
void layout_set_line_text(layout_page *lp, word *words, line *l);

/* The label that a line begins with, written or drawn; of one that is drawn the size is 0. */
label layout_label_of(const line *l);

/* Lines of one row: what has no direction of its own is read as its right-to-left neighbours. */
void layout_turn_neutral_lines(layout_page *lp, word *words, line *lines, size_t count);

/* layout.c: sets rules and fills, turned into the frame of reading, which words chose. */
void layout_turn_shapes(layout_page *lp);

/* Sets body_size and LINE_CODE, when the lines are found. */
void layout_note_traits(layout_page *lp);

/* Pairs of labels and values that were told already, as hashes; those beyond are told again. */
enum { LAYOUT_TOLD = 4096 };

typedef struct layout_told {
    uint64_t pairs[LAYOUT_TOLD]; /* 0: free */
    size_t count;
    uint64_t *names; /* of the form's own fields, as hashes; NULL: none yet */
    size_t name_count;
    bool unplaced; /* the fields that no page shows were told */
} layout_told;

enum { LAYOUT_LIST_DEPTH = 6 };

/* The lists that are open at some place, the outermost first. */
typedef struct open_lists {
    float x[LAYOUT_LIST_DEPTH]; /* of their labels, from the left edge of the page's text */
    label last[LAYOUT_LIST_DEPTH];
    int32_t depth;
} open_lists;

/* A list of the document, which may be forgotten before one of a later page continues it. */
typedef struct emitted_list {
    char id[24]; /* empty: there was none */
    bool ordered, definitions;
} emitted_list;

/* The document on its way: the pages that are in but not settled, and what is known so far. */
typedef struct layout_window {
    const quire_layout_options *options;
    const quire_facts *facts;
    quire_document *document;
    profile *profile;
    layout_told *told;
    layout_page *pages[QUIRE_LAYOUT_WINDOW]; /* the oldest first */
    int count;
    bool last; /* no more pages will come */
    structure_tree *own_tree; /* of a tagged file; NULL: none, or not read yet */
    bool tree_read;
    structure_tree *tree; /* the same, where most of the text is in it */
    bool tree_sought, tree_trusted;
    bool tree_cuts, tree_joins; /* it may part lines, and join them */
    int32_t tree_item; /* the item of a list that it stated last, -1: none */
    int32_t tree_top; /* the level of its only highest heading, 0: there are more */
    int32_t tree_depth; /* its levels count from below this one */
    bool tree_hints; /* not trusted, but its headings may confirm what looks say */
    char table_id[24]; /* of the table that was emitted last */
    open_lists lists; /* at the end of the page that was judged last */
    emitted_list emitted[LAYOUT_LIST_DEPTH]; /* the lists that were emitted last, by level */
} layout_window;

/* ---- over one page, as it comes in ---- */
void layout_find_words(layout_page *lp);
void layout_find_ballots(layout_page *lp);
void layout_find_lines(layout_page *lp);
void layout_find_strokes(layout_page *lp);
void layout_find_bullets(layout_page *lp);
void layout_find_areas(layout_page *lp);
void layout_find_tables(layout_page *lp);
void layout_find_order(layout_page *lp);
void layout_find_paragraphs(layout_page *lp);
void layout_find_line_numbers(layout_page *lp);
void layout_find_formulas(layout_page *lp);
void layout_find_stanzas(layout_page *lp);
void layout_find_quotes(layout_page *lp);
void layout_find_definitions(layout_page *lp);
void layout_find_hidden(layout_page *lp);

/* ---- over one page, once the window is full of later ones ---- */
void layout_follow_tags(layout_window *w, layout_page *lp);
void layout_judge_furniture(layout_window *w, layout_page *lp);
void layout_score_headings(layout_window *w, layout_page *lp);

/* ---- over the page that is settled, and the one behind it ---- */
void layout_judge_contents(layout_window *w, layout_page *lp);
void layout_judge_headings(layout_window *w, layout_page *lp);
void layout_judge_lists(layout_window *w, layout_page *lp);
void layout_judge_notes(layout_window *w, layout_page *lp);
void layout_bind_notes(layout_window *w, layout_page *lp);
void layout_continue_tables(layout_window *w, layout_page *lp);
void layout_bind_endnotes(layout_window *w, layout_page *lp);
void layout_judge_tags(layout_window *w, layout_page *lp);
/* taglists.c: makes an item of the block, or has one hold it, where the tree says so. */
void layout_state_item(layout_window *w, layout_page *lp, block *b);
void layout_judge_figures(layout_window *w, layout_page *lp);
void layout_bind_captions(layout_window *w, layout_page *lp);

/* ---- over the page that is settled ---- */
void layout_join_pages(layout_window *w, layout_page *lp);
void layout_find_fields(layout_window *w, layout_page *lp);
void layout_judge_languages(layout_window *w, layout_page *lp);
void layout_emit(layout_window *w, layout_page *lp);

/* Paragraphs (paragraphs.c): the width that the first word of a line wants behind another line. */
float layout_width_wanted(const layout_page *lp, const line *l);
/* Sets what follows from the lines of a block: box, size, style, flags. */
void layout_finish_block(const layout_page *lp, block *b);

/* Tags (tagtrial.c): the file's structure tree, read when it is first wanted; NULL: there is none.
 */
structure_tree *layout_read_tree(layout_window *w);
/* Sets tree, tree_trusted and what else is known of it, and says so, with the first window. */
void layout_try_tree(layout_window *w);
/* Sets the nodes of the page. */
void layout_resolve_tags(const structure_tree *tree, layout_page *lp);
/* Tags (tagtext.c): words say what the tree says that they stand for. */
void layout_spell_tags(const structure_tree *tree, layout_page *lp);
/* Tags (tagorder.c): where the block stands in the tree; -1: nowhere, or in its notes. */
int32_t layout_node_of_block(const structure_tree *tree, const layout_page *lp, const block *b);
/* Line `at` begins an element that the line before it is no part of. */
bool layout_tags_part(const structure_tree *tree, const layout_page *lp, uint32_t at);
/* `b` goes on in the element in which `a`, right before it, ends. */
bool layout_tags_join(const structure_tree *tree, const layout_page *lp, const block *a,
                      const block *b);
/* True for text that flows, whose lines tags may part and join. */
bool layout_can_recut(const layout_page *lp, const block *b);

/* Listings (listings.c): lines that stand side by side. */
bool layout_shares_row(const line *a, const line *b);

/* Contents (contents.c): bytes of dots that lead to something at the start of `text`, 0: none. */
size_t layout_leader_size(quire_text text);
/* True when dots lead to a page number at the end of the line. */
bool layout_line_leads(const line *l);
/* Sets contents_top and contents_bottom where rows of the page lead to page numbers. */
void layout_find_contents(layout_page *lp);

/* The level of a heading by its number or its look. */
int32_t layout_heading_level(const layout_window *w, const layout_page *lp, const block *b);

/* Name of a cue by which headings are weighed, in the order of block.cues; NULL past the end. */
const char *layout_heading_cue(size_t index);

/* Adds a sentence to the block's reasons, when reasons are asked for. */
void layout_explain(const layout_page *lp, block *b, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- the table of passes ---- */
typedef struct layout_pass {
    quire_layout_pass_info info;
    void (*on_page)(layout_page *lp);
    void (*on_window)(layout_window *w, layout_page *lp);
    void (*on_judge)(layout_window *w, layout_page *lp);
    void (*on_settle)(layout_window *w, layout_page *lp);
    void (*dump)(const layout_page *lp, quire_sink *sink);
} layout_pass;

extern const layout_pass layout_passes[];
extern const size_t layout_pass_count;

#endif
