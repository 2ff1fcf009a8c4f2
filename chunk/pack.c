/*
 * Atoms into chunks. Blocks of a section follow each other into a chunk while there is room; what
 * is too long for the room that is left begins the next one, and only what is too long for a chunk
 * of its own is cut: a table between rows, a list between items, prose between sentences, and a
 * single sentence that is longer than a chunk between words.
 *
 *     section 1: heading paragraph paragraph | paragraph        the limit was reached
 *     section 1.1: heading paragraph                            small ones that stand beside or
 *     section 1.2: heading paragraph | section 2: ...           under each other share a chunk
 *
 * A heading never ends a chunk where what follows it is of its section.
 */
#include "chunk/inner.h"

#include <string.h>

/* Sections below that part of a chunk share it with their neighbours. */
enum { SMALL_PART = 4, CONTEXT_PART = 3 };

typedef struct packer {
    const quire_document *document;
    const quire_chunk_options *options;
    quire_counter *counter;
    atom_list list;
    contexts contexts;
    quire_arena *arena;
    GArray *chunks; /* of quire_chunk */
    GArray *pieces; /* of the chunk at hand */
    GArray *captions;
    GHashTable *ids; /* hash -> times used */
    GString *scratch; /* text that is counted whole */
    quire_segmenter *sentences, *words;
    size_t limit; /* units */
    quire_text context; /* of the chunk at hand */
    size_t units; /* of its context and its pieces, where units add up */
    int32_t section; /* of its first atom */
    int32_t text_section; /* of its first atom that is no heading; of headings alone the last */
    bool has_text; /* something that is no heading */
    uint64_t overlap_end;
} packer;

static quire_text slice(const packer *p, size_t start, size_t end)
{
    return (quire_text){p->document->content.items + start, end - start};
}

static bool is_blank(quire_text text)
{
    for (size_t i = 0; i < text.size; i++) {
        if (!g_ascii_isspace(text.data[i]))
            return false;
    }
    return true;
}

static const quire_chunk_piece *last_piece(const packer *p)
{
    return &g_array_index(p->pieces, quire_chunk_piece, p->pieces->len - 1);
}

/* ---- room ---- */

/* Does `piece` go on where `before` ends? A footnote stands behind its call, so that what follows
 * may stand before it. */
static bool follows(const quire_document *document, const quire_chunk_piece *before,
                    const quire_chunk_piece *piece)
{
    return before->end <= piece->start &&
           is_blank(
               (quire_text){document->content.items + before->end, piece->start - before->end});
}

static void append_pieces(GString *out, const quire_document *document,
                          const quire_chunk_piece *pieces, size_t count)
{
    const char *content = document->content.items;
    for (size_t i = 0; i < count; i++) {
        if (i > 0) {
            const quire_chunk_piece *before = &pieces[i - 1];
            bool goes_on = follows(document, before, &pieces[i]);
            g_string_append_len(out, goes_on ? content + before->end : "\n\n",
                                goes_on ? (gssize)(pieces[i].start - before->end) : 2);
        }
        g_string_append_len(out, content + pieces[i].start,
                            (gssize)(pieces[i].end - pieces[i].start));
    }
}

static void begin_whole(GString *out, quire_text context)
{
    g_string_truncate(out, 0);
    g_string_append_len(out, context.data, (gssize)context.size);
    if (context.size > 0)
        g_string_append(out, "\n\n");
}

/* Units of the chunk at hand with `piece` behind it, which has `units` by itself. */
static size_t units_with(packer *p, const quire_chunk_piece *piece, size_t units)
{
    if (p->counter->adds_up)
        return p->units + units + (p->pieces->len > 0 ? p->counter->separator : 0);
    g_array_append_val(p->pieces, *piece);
    begin_whole(p->scratch, p->context);
    append_pieces(p->scratch, p->document, (quire_chunk_piece *)(void *)p->pieces->data,
                  p->pieces->len);
    g_array_set_size(p->pieces, p->pieces->len - 1);
    return counter_units(p->counter, (quire_text){p->scratch->str, p->scratch->len});
}

static size_t piece_units(packer *p, const quire_chunk_piece *piece)
{
    return counter_units(p->counter, slice(p, piece->start, piece->end));
}

static size_t atom_units(packer *p, size_t index)
{
    atom *at = &g_array_index(p->list.atoms, atom, index);
    if (at->units == 0)
        at->units = piece_units(p, &at->piece);
    return at->units;
}

/* ---- the end of a chunk ---- */

/* FNV-1a over the first page and the text: stays the same when the rest of the document changes. */
static void identify(packer *p, quire_chunk *chunk)
{
    guint64 hash = 0xcbf29ce484222325u;
    int32_t page = p->document->elements.items[chunk->pieces[0].element].page;
    for (unsigned shift = 0; shift < 32; shift += 8)
        hash = (hash ^ (((uint32_t)page >> shift) & 0xFF)) * 0x100000001b3u;
    for (size_t i = 0; i < chunk->piece_count; i++) {
        for (size_t at = chunk->pieces[i].start; at < chunk->pieces[i].end; at++)
            hash = (hash ^ (unsigned char)p->document->content.items[at]) * 0x100000001b3u;
    }
    gint64 key = (gint64)hash;
    guint uses = GPOINTER_TO_UINT(g_hash_table_lookup(p->ids, &key)) + 1;
    gint64 *kept = g_new(gint64, 1);
    *kept = key;
    g_hash_table_replace(p->ids, kept, GUINT_TO_POINTER(uses));
    int size = g_snprintf(chunk->id, sizeof chunk->id, "c%016" G_GINT64_MODIFIER "x", hash);
    if (uses > 1)
        g_snprintf(chunk->id + size, sizeof chunk->id - (size_t)size, "-%u", uses);
}

static void open_chunk(packer *p)
{
    g_array_set_size(p->pieces, 0);
    g_array_set_size(p->captions, 0);
    p->context = QUIRE_TEXT("");
    p->units = 0;
    p->has_text = false;
    p->overlap_end = 0;
}

static quire_chunk_piece without_blank_end(const packer *p, quire_chunk_piece piece)
{
    while (piece.end > piece.start && g_ascii_isspace(p->document->content.items[piece.end - 1])) {
        piece.end--;
        piece.span.end--;
    }
    return piece;
}

static void close_chunk(packer *p)
{
    if (p->pieces->len == 0)
        return;
    quire_chunk_piece *last = (quire_chunk_piece *)last_piece(p);
    *last = without_blank_end(p, *last);
    quire_chunk made = {.context = p->context,
                        .piece_count = p->pieces->len,
                        .overlap_end = p->overlap_end,
                        .caption_count = p->captions->len};
    made.pieces =
        quire_arena_copy(p->arena, p->pieces->data, p->pieces->len * sizeof(quire_chunk_piece));
    made.captions =
        quire_arena_copy(p->arena, p->captions->data, p->captions->len * sizeof(int32_t));
    made.headings = context_path(&p->contexts, p->text_section, &made.heading_count);
    begin_whole(p->scratch, made.context);
    append_pieces(p->scratch, p->document, made.pieces, made.piece_count);
    made.tokens = quire_counter_tokens(p->counter, (quire_text){p->scratch->str, p->scratch->len});
    identify(p, &made);
    g_array_append_val(p->chunks, made);
    open_chunk(p);
}

/* The last sentences of the chunk at hand that an overlap has room for; empty: none. */
static quire_chunk_piece tail(packer *p)
{
    quire_chunk_piece last = *last_piece(p), kept = {.element = -1};
    size_t start = last.start, room = (size_t)p->options->overlap * p->counter->units_per_token;
    quire_element_type type = p->document->elements.items[last.element].type;
    if (p->options->overlap == 0 || (type != QUIRE_PARAGRAPH && type != QUIRE_LIST_ITEM))
        return kept;
    quire_segmenter_start(p->sentences, slice(p, last.start, last.end));
    for (;;) { /* once for each sentence */
        quire_chunk_piece rest = last;
        rest.start = start;
        if (piece_units(p, &rest) <= room) {
            rest.span.start = last.span.end - quire_utf8_length(p->document->content.items + start,
                                                                last.end - start);
            return rest;
        }
        size_t end = quire_segmenter_next(p->sentences);
        start = last.start + end;
        if (end == 0 || start >= last.end)
            return kept;
    }
}

/* ---- filling ---- */

static void note_caption(packer *p, int32_t element)
{
    for (guint i = 0; i < p->captions->len; i++) {
        if (g_array_index(p->captions, int32_t, i) == element)
            return;
    }
    if (element >= 0)
        g_array_append_val(p->captions, element);
}

static void begin_with(packer *p, size_t index)
{
    p->context = context_of(&p->contexts, index);
    p->units = counter_units(p->counter, p->context);
    if (p->context.size > 0)
        p->units += p->counter->separator;
    p->section = p->text_section = atom_at(&p->list, index)->section;
    note_caption(p, context_caption(&p->contexts, index));
}

/* Adds a piece of the atom, joined to the last one where it goes on with it. */
static void put(packer *p, size_t index, const quire_chunk_piece *piece, size_t units)
{
    const atom *at = atom_at(&p->list, index);
    p->units = p->counter->adds_up ? units_with(p, piece, units) : 0;
    quire_chunk_piece *last = p->pieces->len ? (quire_chunk_piece *)last_piece(p) : NULL;
    if (last && last->element == piece->element && follows(p->document, last, piece)) {
        last->end = piece->end;
        last->span.end = piece->span.end;
    } else {
        g_array_append_val(p->pieces, *piece);
    }
    if (at->kind == ATOM_CAPTION)
        note_caption(p, at->piece.element);
    if (!p->has_text)
        p->text_section = at->section;
    p->has_text |= at->kind != ATOM_HEADING;
}

static bool takes(packer *p, size_t index, const quire_chunk_piece *piece, size_t units)
{
    if (p->pieces->len == 0)
        begin_with(p, index);
    return units_with(p, piece, units) <= p->limit;
}

/* Ends the chunk within its section: what an overlap takes over opens the next one. */
static void turn_over(packer *p, size_t index, const quire_chunk_piece *next, size_t units)
{
    quire_chunk_piece kept = tail(p);
    bool is_prose = atom_at(&p->list, index)->kind == ATOM_PROSE && p->has_text;
    close_chunk(p);
    if (kept.element < 0 || !is_prose)
        return;
    begin_with(p, index);
    put(p, index, &kept, piece_units(p, &kept));
    p->overlap_end = kept.span.end;
    if (units_with(p, next, units) > p->limit)
        open_chunk(p);
}

/* Cuts `piece` where the segmenter says and hands the parts on; `take` must not start it anew. */
typedef void (*part_taker)(packer *p, size_t index, const quire_chunk_piece *part);

static void cut(packer *p, quire_segmenter *segmenter, size_t index, quire_chunk_piece piece,
                part_taker take)
{
    quire_chunk_piece part = piece;
    quire_segmenter_start(segmenter, slice(p, piece.start, piece.end));
    for (size_t end; (end = quire_segmenter_next(segmenter)) > 0;) {
        part.end = piece.start + end;
        part.span.end = part.span.start + quire_utf8_length(p->document->content.items + part.start,
                                                            part.end - part.start);
        take(p, index, &part);
        part.start = part.end;
        part.span.start = part.span.end;
    }
}

/* A single character always goes in: the limit has room for it beside any context. */
static void put_characters(packer *p, size_t index, const quire_chunk_piece *word)
{
    quire_chunk_piece part = *word;
    for (size_t at = word->start; at < word->end; part.start = at) {
        part.span.start = part.start == word->start ? word->span.start : part.span.end;
        quire_utf8_next(p->document->content.items, word->end, &at);
        part.end = at;
        part.span.end = part.span.start + 1;
        size_t units = piece_units(p, &part);
        if (!takes(p, index, &part, units)) {
            close_chunk(p);
            begin_with(p, index);
        }
        put(p, index, &part, units);
    }
}

static void put_word(packer *p, size_t index, const quire_chunk_piece *word)
{
    size_t units = piece_units(p, word);
    if (p->pieces->len == 0 && is_blank(slice(p, word->start, word->end)))
        return;
    if (!takes(p, index, word, units)) {
        close_chunk(p);
        if (!takes(p, index, word, units)) {
            put_characters(p, index, word);
            return;
        }
    }
    put(p, index, word, units);
}

static void put_sentence(packer *p, size_t index, const quire_chunk_piece *whole)
{
    quire_chunk_piece sentence = without_blank_end(p, *whole);
    size_t units = piece_units(p, &sentence);
    if (sentence.end == sentence.start)
        return;
    bool fits_alone = units + p->contexts.most_units <= p->limit;
    if (!takes(p, index, &sentence, units) && p->pieces->len > 0 && (p->has_text || fits_alone))
        turn_over(p, index, &sentence, units);
    if (takes(p, index, &sentence, units))
        put(p, index, &sentence, units);
    else
        cut(p, p->words, index, sentence, put_word);
}

/* The overlap is sought with the segmenter that cuts: a copy of the parts comes first. */
static void put_sentences(packer *p, size_t index)
{
    const quire_chunk_piece whole = atom_at(&p->list, index)->piece;
    g_autoptr(GArray) ends = g_array_new(FALSE, FALSE, sizeof(size_t));
    quire_segmenter_start(p->sentences, slice(p, whole.start, whole.end));
    for (size_t end; (end = quire_segmenter_next(p->sentences)) > 0;)
        g_array_append_val(ends, end);
    quire_chunk_piece part = whole;
    for (guint i = 0; i < ends->len; i++) {
        part.end = whole.start + g_array_index(ends, size_t, i);
        part.span.end = part.span.start + quire_utf8_length(p->document->content.items + part.start,
                                                            part.end - part.start);
        put_sentence(p, index, &part);
        part.start = part.end;
        part.span.start = part.span.end;
    }
}

/* An atom that does not fit goes into the next chunk whole, if it can. */
static void put_atom(packer *p, size_t index)
{
    const quire_chunk_piece piece = atom_at(&p->list, index)->piece;
    size_t units = atom_units(p, index);
    if (!takes(p, index, &piece, units) && p->has_text && units < p->limit)
        turn_over(p, index, &piece, units);
    if (takes(p, index, &piece, units))
        put(p, index, &piece, units);
    else
        put_sentences(p, index);
}

/* ---- blocks and sections ---- */

static size_t block_end(const packer *p, size_t index)
{
    uint32_t block = atom_at(&p->list, index)->block;
    while (index < p->list.atoms->len && atom_at(&p->list, index)->block == block)
        index++;
    return index;
}

static bool stands_under(const packer *p, int32_t lower, int32_t upper)
{
    for (; lower >= 0; lower = section_at(&p->list, lower)->parent) {
        if (lower == upper)
            return true;
    }
    return upper < 0;
}

/* The end of the section at `index`; one of a heading alone takes the next one under it along. */
static size_t section_end(const packer *p, size_t index)
{
    size_t end = index;
    bool has_text = false;
    int32_t at = atom_at(&p->list, index)->section;
    for (; end < p->list.atoms->len; end++) {
        const atom *next = atom_at(&p->list, end);
        if (next->section != at && (has_text || !stands_under(p, next->section, at)))
            break;
        at = next->section;
        has_text |= next->kind != ATOM_HEADING;
    }
    return end;
}

static size_t range_units(packer *p, size_t first, size_t end)
{
    size_t units = 0;
    for (size_t i = first; i < end && units <= p->limit; i++)
        units += atom_units(p, i) + p->counter->separator;
    return units;
}

/* Units of the chunk at hand, or what is as good as that for choosing. */
static size_t filled(packer *p)
{
    size_t units = counter_units(p->counter, p->context);
    for (guint i = 0; i < p->pieces->len; i++)
        units +=
            piece_units(p, &g_array_index(p->pieces, quire_chunk_piece, i)) + p->counter->separator;
    return units;
}

/* A table or list that fits into a chunk is not begun where it does not fit. */
static void put_block(packer *p, size_t first, size_t end)
{
    if (end - first > 1 && p->pieces->len > 0 && p->has_text) {
        size_t units = range_units(p, first, end);
        size_t used = p->counter->adds_up ? p->units : filled(p);
        if (used + units > p->limit && units + p->contexts.most_units <= p->limit)
            close_chunk(p);
    }
    for (size_t i = first; i < end; i++)
        put_atom(p, i);
}

static int32_t parent_of(const packer *p, int32_t index)
{
    return index >= 0 ? section_at(&p->list, index)->parent : -1;
}

/* May the next section share the chunk at hand? */
static bool may_share(packer *p, size_t first, size_t end)
{
    int32_t next = atom_at(&p->list, first)->section;
    bool under = stands_under(p, next, p->section);
    bool beside = parent_of(p, next) == parent_of(p, p->section) && p->section >= 0;
    if (!p->has_text && under)
        return true;
    if (!under && !beside)
        return false;
    size_t small = p->limit / SMALL_PART, units = range_units(p, first, end);
    size_t used = p->counter->adds_up ? p->units : filled(p);
    return used + units <= p->limit && (used < small || units < small);
}

static void put_section(packer *p, size_t first, size_t end)
{
    if (p->pieces->len > 0 && !may_share(p, first, end))
        close_chunk(p);
    for (size_t i = first; i < end;) {
        size_t next = MIN(block_end(p, i), end);
        put_block(p, i, next);
        i = next;
    }
}

/* ---- the door ---- */

static void open_packer(packer *p, const quire_document *document,
                        const quire_chunk_options *options)
{
    size_t tokens = options->tokens ? options->tokens : QUIRE_CHUNK_TOKENS;
    *p = (packer){
        .document = document,
        .options = options,
        .counter = options->counter,
        .list = atom_list_new(document, options),
        .arena = quire_arena_new(0),
        .chunks = g_array_new(FALSE, FALSE, sizeof(quire_chunk)),
        .pieces = g_array_new(FALSE, FALSE, sizeof(quire_chunk_piece)),
        .captions = g_array_new(FALSE, FALSE, sizeof(int32_t)),
        .ids = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, NULL),
        .scratch = g_string_new(NULL),
        .sentences = quire_segmenter_new(QUIRE_SEGMENT_SENTENCE),
        .words = quire_segmenter_new(QUIRE_SEGMENT_WORD),
        .limit = MAX(tokens, QUIRE_CHUNK_LEAST_TOKENS) * options->counter->units_per_token,
    };
    p->contexts = (contexts){document, options, &p->list, p->arena, p->limit / CONTEXT_PART};
}

static void close_packer(packer *p)
{
    atom_list_clear(&p->list);
    g_array_unref(p->chunks);
    g_array_unref(p->pieces);
    g_array_unref(p->captions);
    g_hash_table_unref(p->ids);
    g_string_free(p->scratch, TRUE);
    quire_segmenter_free(p->sentences);
    quire_segmenter_free(p->words);
}

quire_chunks quire_chunks_new(const quire_document *document, const quire_chunk_options *options)
{
    packer p;
    open_packer(&p, document, options);
    for (size_t i = 0; i < p.list.atoms->len;) {
        size_t end = section_end(&p, i);
        put_section(&p, i, end);
        i = end;
    }
    close_chunk(&p);
    quire_chunks chunks = {.count = p.chunks->len, .arena = p.arena};
    chunks.items = quire_arena_copy(p.arena, p.chunks->data, p.chunks->len * sizeof(quire_chunk));
    close_packer(&p);
    return chunks;
}

void quire_chunks_clear(quire_chunks *chunks)
{
    quire_arena_free(chunks->arena);
    *chunks = (quire_chunks){0};
}

const quire_span *quire_chunk_spans(const quire_chunks *chunks, const quire_document *document,
                                    const quire_chunk *chunk, size_t *count)
{
    quire_span *spans = quire_arena_array(chunks->arena, quire_span, chunk->piece_count);
    *count = 0;
    for (size_t i = 0; spans && i < chunk->piece_count; i++) {
        const quire_chunk_piece *piece = &chunk->pieces[i];
        if (i > 0 && follows(document, &piece[-1], piece))
            spans[*count - 1].end = piece->span.end;
        else
            spans[(*count)++] = piece->span;
    }
    return spans;
}

static quire_text joined(const quire_chunks *chunks, const quire_document *document,
                         const quire_chunk *chunk, quire_text context)
{
    g_autoptr(GString) text = g_string_new(NULL);
    begin_whole(text, context);
    append_pieces(text, document, chunk->pieces, chunk->piece_count);
    return (quire_text){quire_arena_text(chunks->arena, text->str, text->len), text->len};
}

quire_text quire_chunk_text(const quire_chunks *chunks, const quire_document *document,
                            const quire_chunk *chunk)
{
    return joined(chunks, document, chunk, QUIRE_TEXT(""));
}

quire_text quire_chunk_whole(const quire_chunks *chunks, const quire_document *document,
                             const quire_chunk *chunk)
{
    return joined(chunks, document, chunk, chunk->context);
}
