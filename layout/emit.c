/*
 * From blocks to elements of the document, and the account of every glyph: those of words that
 * were written are emitted or furniture, the others keep the mark that the first pass gave them,
 * and what nobody marked is lost.
 */
#include "layout/blocktext.h"
#include "layout/passes.h"
#include "layout/recognised.h"
#include "layout/tabletext.h"

#include <string.h>

enum { MOST_DEPTH = 8 };

typedef struct emitter {
    layout_window *window;
    layout_page *lp;
    int32_t *links; /* of the document, per link of the page; NULL: none */
    int32_t lists[MOST_DEPTH], items[MOST_DEPTH]; /* open ones, the outermost first */
    int32_t depth;
} emitter;

/* ---- glyphs ---- */

static void mark_word(layout_page *lp, const word *w, glyph_mark mark)
{
    for (uint32_t i = w->first; i < w->end; i++) {
        if (lp->marks[i] != MARK_LOST)
            continue;
        bool appearance = lp->page->glyphs[i].flags & QUIRE_GLYPH_ANNOTATION;
        lp->marks[i] = (uint8_t)(appearance ? MARK_ANNOTATION : mark);
    }
}

static void mark_table(layout_page *lp, const table *t)
{
    for (size_t i = 0; i < t->cell_count; i++)
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++)
            mark_word(lp, &lp->words[t->words[k]], MARK_EMITTED);
    for (size_t i = 0; t->tail && i < t->cell_count; i++)
        for (uint32_t k = t->cells[i].tail_first; k < t->cells[i].tail_end; k++)
            mark_word(t->tail, &t->tail->words[t->tail_words[k]], MARK_EMITTED);
}

static void mark_block(layout_page *lp, const block *b)
{
    if (b->tail)
        mark_block(b->tail_page, b->tail);
    glyph_mark mark = b->layer == QUIRE_LAYER_FURNITURE ? MARK_FURNITURE : MARK_EMITTED;
    for (uint32_t i = b->first; i < b->end; i++)
        for (uint32_t k = lp->lines[i].first; k < lp->lines[i].end; k++)
            mark_word(lp, &lp->words[k],
                      lp->words[k].flags & WORD_LINE_NUMBER ? MARK_FURNITURE : mark);
}

/* White space has no text of its own, and merged glyphs gave theirs to an earlier one. */
static bool needs_no_word(const quire_page *page, const quire_glyph *glyph)
{
    return layout_is_space(page, glyph) ||
           (glyph->text_size == 0 && glyph->flags & (QUIRE_GLYPH_COMBINING | QUIRE_GLYPH_REPLACED));
}

static void audit(layout_page *lp, quire_audit *audit)
{
    uint64_t *buckets[] = {
        [MARK_LOST] = &audit->lost,           [MARK_EMITTED] = &audit->emitted,
        [MARK_FURNITURE] = &audit->furniture, [MARK_HIDDEN] = &audit->hidden,
        [MARK_DUPLICATE] = &audit->duplicate, [MARK_ANNOTATION] = &audit->annotation,
        [MARK_UNMAPPED] = &audit->unmapped,
    };
    uint64_t *recognised[] = {
        [MARK_LOST] = &audit->recognised.lost,
        [MARK_EMITTED] = &audit->recognised.emitted,
        [MARK_FURNITURE] = &audit->recognised.furniture,
        [MARK_HIDDEN] = &audit->recognised.dropped,
        [MARK_DUPLICATE] = &audit->recognised.dropped,
        [MARK_ANNOTATION] = &audit->recognised.dropped,
        [MARK_UNMAPPED] = &audit->recognised.dropped,
    };
    for (size_t i = 0; i < lp->page->glyph_count; i++) {
        const quire_glyph *glyph = &lp->page->glyphs[i];
        bool is_read = glyph->source == QUIRE_UNICODE_OCR;
        if (lp->marks[i] == MARK_LOST && needs_no_word(lp->page, glyph))
            lp->marks[i] = MARK_EMITTED;
        ++*(is_read ? recognised : buckets)[lp->marks[i]];
        ++*(is_read ? &audit->recognised.glyphs_total : &audit->glyphs_total);
    }
}

/* ---- what hangs on a page ---- */

/* A link that is broken over lines is listed line by line, but its text is one. */
static bool same_target(const quire_link *a, const quire_link *b)
{
    if (!a->uri || !b->uri)
        return !a->uri && !b->uri && a->page == b->page && a->y == b->y;
    return strcmp(a->uri, b->uri) == 0;
}

static void add_links(emitter *e)
{
    const quire_page *page = e->lp->page;
    if (page->link_count == 0)
        return;
    e->links = quire_arena_array(e->lp->arena, int32_t, page->link_count);
    for (size_t i = 0; i < page->link_count; i++) {
        const quire_link *link = &page->links[i];
        quire_model_link added = {page->number, link->box, link->uri, link->page};
        e->links[i] = quire_document_add_link(e->window->document, &added);
        if (i > 0 && same_target(link, &page->links[i - 1]))
            e->links[i] = e->links[i - 1];
    }
}

static void add_annotations(emitter *e)
{
    const quire_page *page = e->lp->page;
    for (size_t i = 0; i < page->annotation_count; i++) {
        const quire_annotation *from = &page->annotations[i];
        if (from->hidden)
            continue;
        quire_model_annotation added = {page->number, from->box, from->subtype, from->contents,
                                        from->author};
        quire_document_add_annotation(e->window->document, &added);
    }
}

static trust trust_page(const layout_page *lp)
{
    trust t = {0};
    for (size_t i = 0; i < lp->word_count; i++)
        layout_add_trust(&t, lp, &lp->words[i]);
    return t;
}

static quire_box box_on_page(const layout_page *lp, const word *w)
{
    frame own = layout_frame_of(w->angle, lp->page->width, lp->page->height);
    return layout_frame_box_back(&own, w->box);
}

/* The words of a line; parts that were only set in another style are one word. */
static void add_line_words(layout_page *lp, const line *l, quire_word *words, size_t *count)
{
    bool whole_text = !(l->flags & LINE_RIGHT_TO_LEFT);
    for (uint32_t i = l->first; i < l->end; i++) {
        const word *w = &lp->words[i];
        quire_box box = box_on_page(lp, w);
        if (i > l->first && w->flags & WORD_GLUED && whole_text && *count > 0) {
            quire_word *before = &words[*count - 1];
            before->box = quire_box_union(before->box, box);
            before->text.size = (size_t)(l->text.data + w->text_end - before->text.data);
            continue;
        }
        quire_text text = {l->text.data + w->text_start, w->text_end - w->text_start};
        if (!whole_text) {
            size_t room = 4 * (size_t)(w->end - w->first) + 16;
            char *bytes = quire_arena_take(lp->scratch, room);
            text = (quire_text){bytes, layout_word_text(lp, w, bytes, room)};
        }
        if (text.size > 0)
            words[(*count)++] =
                (quire_word){text, box, (float)w->confidence / 255, layout_source_of_word(lp, w),
                             w->flags & WORD_RECOGNISED && layout_is_handwritten(lp, box)};
    }
}

static void add_handwriting(layout_page *lp, quire_page_record *record)
{
    size_t count = lp->page->handwriting_count;
    quire_handwritten *rows = quire_arena_array(lp->scratch, quire_handwritten, count);
    for (size_t i = 0; i < count; i++)
        rows[i] =
            (quire_handwritten){lp->page->handwriting[i].box, lp->page->handwriting[i].confidence};
    record->handwriting = rows;
    record->handwriting_count = count;
}

static void add_page_record(emitter *e)
{
    layout_page *lp = e->lp;
    trust t = trust_page(lp);
    quire_page_record record = {.page = lp->page->number,
                                .label = lp->page->label,
                                .width = lp->page->width,
                                .height = lp->page->height,
                                .rotate = lp->page->rotate,
                                .skew = lp->page->skew,
                                .source = layout_trust_source(&t),
                                .confidence = layout_trust_confidence(&t),
                                .needs_review = layout_trust_needs_review(&t),
                                .status = lp->page->status};
    if (lp->options->explain) {
        record.why = lp->page->notes;
        record.why_count = lp->page->note_count;
    }
    if (lp->options->words) {
        quire_word *words = quire_arena_array(lp->scratch, quire_word, lp->word_count);
        for (size_t i = 0; i < lp->line_count; i++)
            add_line_words(lp, &lp->lines[i], words, &record.word_count);
        record.words = words;
    }
    add_handwriting(lp, &record);
    quire_document_add_page(e->window->document, &record);
}

/* ---- elements ---- */

static quire_element_style style_of(const layout_page *lp, const block *b)
{
    const quire_style *style = &lp->page->styles[b->style];
    const quire_font *font = &lp->page->fonts[style->font];
    return (quire_element_style){.font = font->family ? font->family : font->name,
                                 .size = style->size,
                                 .colour = style->fill,
                                 .bold = b->line_flags & LINE_BOLD,
                                 .italic = b->line_flags & LINE_ITALIC,
                                 .monospace = b->line_flags & LINE_MONOSPACE};
}

static const char *picture_of(const emitter *e, const block *b, quire_box box)
{
    const quire_layout_options *options = e->window->options;
    if (!options->keep_figure || b->flags & BLOCK_DECORATIVE)
        return NULL;
    for (size_t i = 0; !b->image && i < e->lp->line_count; i++) /* labels stand out of it */
        if (e->lp->lines[i].area == b->area)
            box = quire_box_union(box, layout_frame_box_back(&e->lp->frame, e->lp->lines[i].box));
    return options->keep_figure(options->user, e->lp->page->number, box, b->image);
}

static quire_element element_of(const emitter *e, const block *b)
{
    const layout_page *lp = e->lp;
    quire_element element = {.type = b->type,
                             .level = b->level,
                             .page = lp->page->number,
                             .box = layout_frame_box_back(&lp->frame, b->box),
                             .layer = b->layer,
                             .parent = -1,
                             .source =
                                 lp->reads_hidden ? QUIRE_SOURCE_OCR : QUIRE_SOURCE_TEXT_LAYER,
                             .confidence = b->confidence,
                             .repeats = b->flags & BLOCK_REPEATS,
                             .language = b->language,
                             .pattern = b->pattern,
                             .values = b->values,
                             .value_count = b->value_count,
                             .note = b->note,
                             .note_mark = b->note_mark,
                             .alt = b->alt,
                             .quote = b->flags & BLOCK_QUOTE && b->type == QUIRE_PARAGRAPH,
                             .term = b->type == QUIRE_LIST_ITEM ? b->term : 0,
                             .why = b->why,
                             .why_count = b->why_count};
    if (b->first == b->end) {
        element.source = QUIRE_SOURCE_NONE;
        element.decorative = b->flags & BLOCK_DECORATIVE;
        element.image = b->type == QUIRE_FIGURE ? picture_of(e, b, element.box) : NULL;
        return element;
    }
    trust t = layout_trust_lines(lp, b->first, b->end);
    element.source = layout_trust_source(&t);
    element.confidence *= t.recognised > 0 ? layout_trust_confidence(&t) : 1;
    element.style = style_of(lp, b);
    const line *first = &lp->lines[b->first];
    element.rotation = first->flags & LINE_VERTICAL ? 0 : (float)first->angle;
    return element;
}

/* Closes the lists that are deeper than `depth`, with their items. */
static void close_lists(emitter *e, int32_t depth)
{
    for (; e->depth > depth; e->depth--) {
        quire_document_close_element(e->window->document, e->items[e->depth - 1]);
        quire_document_close_element(e->window->document, e->lists[e->depth - 1]);
    }
}

/* Opens a list one deeper than those that are open, in the item before it, if that is not on the
 * page before. */
static void add_list(emitter *e, const block *b, const emitted_list *made, const char *continued)
{
    quire_element list = element_of(e, b);
    list.type = QUIRE_LIST;
    list.level = 0;
    list.term = 0;
    list.definitions = made->definitions;
    list.ordered = made->ordered;
    list.continued_from = continued;
    list.parent = e->depth == 0                ? -1
                  : e->items[e->depth - 1] < 0 ? e->lists[e->depth - 1]
                                               : e->items[e->depth - 1];
    int32_t index = quire_document_add(e->window->document, &list);
    emitted_list *emitted = &e->window->emitted[MIN(e->depth, LAYOUT_LIST_DEPTH - 1)];
    *emitted = *made;
    if (index >= 0)
        memcpy(emitted->id, e->window->document->elements.items[index].id, sizeof emitted->id);
    e->items[e->depth] = -1;
    e->lists[e->depth++] = index;
}

/* Opens the lists around one of `depth` that the page before left open. */
static void reopen_lists(emitter *e, const block *b, int32_t depth)
{
    while (e->depth + 1 < depth && *e->window->emitted[e->depth].id) {
        emitted_list before = e->window->emitted[e->depth];
        add_list(e, b, &before, before.id);
    }
}

/* Opens the list that the item `b` starts, within the item before it. */
static void open_list(emitter *e, const block *b)
{
    emitted_list before = e->window->emitted[MIN(e->depth, LAYOUT_LIST_DEPTH - 1)],
                 made = {
                     .definitions = b->flags & BLOCK_DEFINITION,
                     .ordered = !(b->flags & BLOCK_DEFINITION) && b->marker_family != LABEL_BULLET,
                 };
    bool continues = b->flags & BLOCK_CONTINUES && *before.id;
    add_list(e, b, &made, continues ? before.id : NULL);
}

/* The list that an item belongs to; lists are opened and closed as its depth asks. */
static int32_t list_of(emitter *e, const block *b)
{
    int32_t depth = MIN(b->level, MOST_DEPTH);
    if (b->flags & BLOCK_CONTINUES && depth <= LAYOUT_LIST_DEPTH)
        reopen_lists(e, b, depth);
    depth = depth > e->depth + 1 ? e->depth + 1 : depth;
    close_lists(e, depth);
    if (e->depth == depth && b->flags & BLOCK_STARTS_LIST)
        close_lists(e, depth - 1);
    if (e->depth < depth)
        open_list(e, b);
    else
        quire_document_close_element(e->window->document, e->items[depth - 1]);
    return e->lists[depth - 1];
}

/* The item that holds what is no item; the lists that do not are closed. -1: none does. */
static int32_t holder_of(emitter *e, const block *b)
{
    int32_t depth = b->held <= e->depth ? b->held : 0;
    close_lists(e, depth);
    return depth > 0 ? e->items[depth - 1] : -1;
}

/* Most of its words were read from pixels. */
static bool is_recognised(const layout_page *lp, const table *t)
{
    size_t words = 0, read = 0;
    for (size_t i = 0; i < t->cell_count; i++) {
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++)
            read += (lp->words[t->words[k]].flags & WORD_RECOGNISED) != 0;
        words += t->cells[i].end - t->cells[i].first;
    }
    return read * 2 > words;
}

/* The next table may continue this one when this page is forgotten. */
static void note_table(emitter *e, const block *b)
{
    if (b->element >= 0)
        memcpy(e->window->table_id, e->window->document->elements.items[b->element].id,
               sizeof e->window->table_id);
}

static trust trust_table(const layout_page *lp, const table *t)
{
    trust read = {0};
    for (size_t i = 0; i < t->cell_count; i++)
        for (uint32_t k = t->cells[i].first; k < t->cells[i].end; k++)
            layout_add_trust(&read, lp, &lp->words[t->words[k]]);
    return read;
}

/* The element of the table in a cell of which `b` stands, -1: none. Nothing else was written since,
 * so that its text goes on with this one. */
static int32_t table_around(const emitter *e, const block *b)
{
    const layout_page *lp = e->lp;
    if (!layout_is_inner_table(lp, b->area))
        return -1;
    int32_t around = lp->areas[b->area].parent;
    const quire_document *document = e->window->document;
    int32_t last = (int32_t)document->elements.count - 1;
    for (const block *o = lp->blocks; o < b; o++) {
        if (o->area != around || o->type != QUIRE_TABLE || o->flags & BLOCK_TAKEN)
            continue;
        bool follows = o->element >= 0 &&
                       (o->element == last || document->elements.items[last].parent == o->element);
        return follows ? o->element : -1;
    }
    return -1;
}

static void add_table(emitter *e, block *b)
{
    layout_page *lp = e->lp;
    const table *t = lp->areas[b->area].table;
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    table_text text = layout_table_text(lp, e->window->profile, t);
    quire_table made = {.method = t->method,
                        .rows = t->rows,
                        .columns = t->columns,
                        .continued_from =
                            t->continues && *e->window->table_id ? e->window->table_id : NULL,
                        .repeated_rows = t->repeated_rows,
                        .in_row = t->in_row,
                        .in_column = t->in_column,
                        .cells = text.cells,
                        .cell_count = t->cell_count};
    b->confidence = t->confidence;
    for (uint32_t i = 0; i < t->why_count; i++)
        layout_explain(lp, b, "%s", t->why[i]);
    bool is_read = is_recognised(lp, t);
    made.method = is_read ? "image" : t->method;
    quire_element element = element_of(e, b);
    element.rotation = (float)t->angle;
    trust read = trust_table(lp, t);
    element.source = layout_trust_source(&read);
    element.confidence *= read.recognised > 0 ? layout_trust_confidence(&read) : 1;
    element.text = text.text;
    element.table = &made;
    int32_t around = table_around(e, b), holder = holder_of(e, b);
    element.parent = around >= 0 ? around : holder;
    b->element = quire_document_add(e->window->document, &element);
    quire_document_close_element(e->window->document, around);
    if (around < 0)
        note_table(e, b);
    mark_table(lp, t);
    quire_arena_reset(lp->scratch, mark);
}

static void add_place(const layout_page *lp, uint32_t first, uint32_t end, quire_place *places,
                      size_t *count)
{
    for (uint32_t i = first; i < end; i++) {
        const line *l = &lp->lines[i];
        quire_box box = layout_frame_box_back(&lp->frame, l->box);
        if (i == first || l->region != l[-1].region)
            places[(*count)++] = (quire_place){lp->page->number, box};
        else
            places[*count - 1].box = quire_box_union(places[*count - 1].box, box);
    }
}

/* Where a block stands, when that is more than one place: columns, pages. */
static const quire_place *places_of(const layout_page *lp, const block *b, size_t *count)
{
    *count = 0;
    bool one_column =
        b->first == b->end || lp->lines[b->first].region == lp->lines[b->end - 1].region;
    if (one_column && !b->tail)
        return NULL;
    size_t lines = b->end - b->first + (b->tail ? b->tail->end - b->tail->first : 0);
    quire_place *places = quire_arena_array(lp->scratch, quire_place, lines);
    add_place(lp, b->first, b->end, places, count);
    if (b->tail)
        add_place(b->tail_page, b->tail->first, b->tail->end, places, count);
    return places;
}

static void add_block(emitter *e, block *b)
{
    layout_page *lp = e->lp;
    if (b->type == QUIRE_TABLE) {
        add_table(e, b);
        return;
    }
    quire_arena_mark mark = quire_arena_position(lp->scratch);
    quire_element element = element_of(e, b);
    block_text text = layout_block_text(lp, e->window->profile, b, e->links);
    element.text = text.text;
    element.original = text.original;
    element.runs = text.runs;
    element.run_count = text.run_count;
    element.lines = text.lines;
    element.places = places_of(lp, b, &element.place_count);
    element.line_count = text.line_count;
    if (b->type == QUIRE_LIST_ITEM) {
        element.parent = list_of(e, b);
        element.marker = (quire_text){lp->lines[b->first].text.data, b->marker};
    } else {
        element.parent = holder_of(e, b);
    }
    if (lp->options->stop_after)
        b->text = (quire_text){quire_arena_text(lp->arena, text.text.data, text.text.size),
                               text.text.size};
    b->element = quire_document_add(e->window->document, &element);
    if (b->type == QUIRE_LIST_ITEM)
        e->items[e->depth - 1] = b->element;
    mark_block(lp, b);
    quire_arena_reset(lp->scratch, mark);
}

/* The shadow's text, behind the page's own; its glyphs stay counted as hidden. */
static void add_hidden(layout_window *w, layout_page *shadow)
{
    emitter e = {.window = w, .lp = shadow};
    for (size_t i = 0; i < shadow->block_count; i++)
        add_block(&e, &shadow->blocks[i]);
}

static void bind_captions(emitter *e)
{
    for (size_t i = 0; i < e->lp->block_count; i++) {
        const block *b = &e->lp->blocks[i];
        if (b->caption)
            quire_document_bind_caption(e->window->document, b->element, b->caption->element);
    }
}

void layout_emit(layout_window *w, layout_page *lp)
{
    emitter e = {.window = w, .lp = lp};
    size_t first_element = w->document->elements.count;
    add_page_record(&e);
    add_links(&e);
    add_annotations(&e);
    for (size_t i = 0; i < lp->block_count; i++)
        if (!(lp->blocks[i].flags & BLOCK_TAKEN))
            add_block(&e, &lp->blocks[i]);
    close_lists(&e, 0);
    bind_captions(&e);
    if (lp->hidden)
        add_hidden(w, lp->hidden);
    audit(lp, &w->document->audit);
    layout_turn_back(w->document, lp->page, first_element);
}
