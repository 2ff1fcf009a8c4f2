/*
 *      +---+  +---+
 *      | n |  | 4 |      letters of a line on its side stand on each other closer than lines of
 *      | a |  | 2 |      upright print do; such stacks are joined to lines, and lines to parts
 *      | m |  +---+
 *      | e |             what an upright reading was sure of is in no part
 *      +---+
 */
#include "ocr/sideways.h"

#include <stdlib.h>
#include <string.h>

#include "ocr/retry.h"
#include "ocr/sizes.h"

/* Of the size of the page's type (an em). */
#define PIECE_LEAST 0.22f /* the longer side of a letter; less is a dot, or noise */
#define LARGEST 2 /* other type that is sought */
#define WIDTH_LEAST 0.4f /* of a line */
#define LARGE_LEAST 0.6f /* the same of that type */
#define WIDTH_MOST 1.6f
#define PIECE_WIDE 3.0f /* its height as it is printed, most */
#define PIECE_LONG 6.0f /* letters that touch, most */
#define STACK 0.25f /* gaps down to that are within a word on its side */
#define STACK_LEAST 1.4f /* length of a word that tells */
#define FILLED_LEAST 0.65f /* of the length of a word: the rest is between letters */
#define LINE_GAP 0.9f /* gaps down to that are within a line */
#define PAD 0.15f

#define SLENDER 1.6f /* a word that tells is that much longer than wide */
#define SMALLEST 0.3f /* of a line's width: less is a dot or a dash */
#define LEVEL 0.12f /* of it: letters stand as even as that */
#define LEVEL_LEAST 0.5f /* share of the letters that do */
#define SHIFT 0.35f /* words of a line reach that much further to the sides than each other */
#define ACROSS 1.5f /* gaps between lines of a part */
#define ALONG 3.0f /* from a block to short words and figures beside it */
#define ALONG_BLOCK 12.0f /* between columns of a table */

#define SURE 0.85f /* confidence of an upright word that is believed */
#define SURE_LINE 0.60f /* of a short one */
#define BESIDE 1.0f /* gap to a longer one that is */
#define SURE_PART 0.78f /* mean confidence of a part that is kept */
#define SURE_ALONE 0.85f /* of a single line */
#define SURE_WORD 0.85f /* of a word that shows it */
#define MOSTLY 0.75f /* of the words of a line: it is sure if they are */

#define INK_LEAST 0.08f /* share of a piece's box: less is a scratch */
#define DEFAULT_EM 0.15f /* inches */

enum {
    LETTERS = 3, /* of a word that tells, or is believed */
    SURE_LETTERS = 3, /* of a word that shows that a part is text */
    SURE_FIGURES = 5, /* or so many figures */
    SHAPES = 2, /* of its letters that are no mere stroke */
    SEVERAL = 3, /* words of which most may be sure */
    BLOCK = 3, /* lines: what stands around them is part of it */
};

/* Budgets. */
enum {
    MOST_LINES = 200,
    MOST_REST = 4000,
    MOST_PIECES = 20 * 1000,
    MOST_LETTERS = 200, /* of a line that are looked at */
    MOST_PASSES = 16,
    MOST_LOOKED_AT = 2000, /* stacks */
    MOST_CHECKS = 20 * 1000, /* for upright words between lines */
};

/* ---- what an upright reading explains ---- */

static int symbols_of(const ocr_word *word)
{
    return (int)(word->end - word->first);
}

static uint32_t character_of(const ocr_symbol *symbol)
{
    size_t at = 0;
    return quire_utf8_next(symbol->text, strlen(symbol->text), &at);
}

/* Ideographs stand below each other as often as beside each other, and are words of one symbol. */
static bool is_sure_word(const ocr_text *text, const ocr_word *word)
{
    if (symbols_of(word) == 0)
        return false;
    if (quire_is_ideographic(character_of(&text->symbols.items[word->first])))
        return word->confidence >= SURE_LINE;
    return word->confidence >= SURE && symbols_of(word) >= LETTERS;
}

/* A slice of a line on its side reads as a short word, and often surely: short words are believed
 * beside longer ones. */
static bool is_upright(const ocr_text *text, uint32_t at, float em)
{
    const ocr_word *word = &text->words.items[at];
    const ocr_line *line = &text->lines.items[word->line];
    if (is_sure_word(text, word))
        return true;
    if (symbols_of(word) == 0 || word->confidence < SURE_LINE)
        return false;
    const ocr_word *before = at > line->first ? word - 1 : NULL;
    const ocr_word *after = at + 1 < line->end ? word + 1 : NULL;
    return (before && is_sure_word(text, before) && word->box.x0 - before->box.x1 <= BESIDE * em) ||
           (after && is_sure_word(text, after) && after->box.x0 - word->box.x1 <= BESIDE * em);
}

static void clear_box(PIX *pix, quire_box box, float pad)
{
    pixRasterop(pix, (l_int32)(box.x0 - pad), (l_int32)(box.y0 - pad),
                (l_int32)(box.x1 - box.x0 + 2 * pad), (l_int32)(box.y1 - box.y0 + 2 * pad), PIX_CLR,
                NULL, 0, 0);
}

static quire_box geometry_of(BOXA *boxes, l_int32 i)
{
    l_int32 x, y, width, height;
    boxaGetBoxGeometry(boxes, i, &x, &y, &width, &height);
    return (quire_box){(float)x, (float)y, (float)(x + width), (float)(y + height)};
}

/* ---- letters, stacks, lines ---- */

/* Paints the boxes of pieces that may be letters. */
static PIX *paint_letters(PIX *ink, BOXA *pieces, float em)
{
    PIX *letters = pixCreateTemplate(ink);
    l_int32 *sums = makePixelSumTab8();
    for (l_int32 i = 0; letters && i < boxaGetCount(pieces) && i < MOST_PIECES; i++) {
        BOX *box = boxaGetBox(pieces, i, L_CLONE);
        l_int32 x, y, width, height, inked = 0;
        boxGetGeometry(box, &x, &y, &width, &height);
        bool fits = width <= PIECE_WIDE * em && height <= PIECE_LONG * em &&
                    fmaxf((float)width, (float)height) >= PIECE_LEAST * em;
        if (fits)
            pixCountPixelsInRect(ink, box, &inked, sums);
        float share = (float)inked / ((float)width * (float)height);
        if (fits && share >= INK_LEAST)
            pixRasterop(letters, x, y, width, height, PIX_SET, NULL, 0, 0);
        boxDestroy(&box);
    }
    LEPT_FREE(sums);
    return letters;
}

static BOXA *stacks_of(PIX *letters, float gap)
{
    PIX *stacked = ocr_paper_close_along(letters, false, (l_int32)gap | 1);
    BOXA *found = stacked ? pixConnCompBB(stacked, 8) : NULL;
    pixDestroy(&stacked);
    return found;
}

/* Most of the values that lie within `reach` of one of them. */
static int most_level(const float *values, int count, float reach)
{
    int most = 0;
    for (int i = 0; i < count; i++) {
        int level = 0;
        for (int k = 0; k < count; k++)
            level += fabsf(values[k] - values[i]) <= reach;
        most = level > most ? level : most;
    }
    return most;
}

/* Letters stand on a baseline, to their left or their right. */
static bool stand_on_line(BOXA *pieces, quire_box box)
{
    float left[MOST_LETTERS], right[MOST_LETTERS], wide = quire_box_width(box);
    int count = 0;
    for (l_int32 i = 0; i < boxaGetCount(pieces) && i < MOST_PIECES && count < MOST_LETTERS; i++) {
        quire_box b = geometry_of(pieces, i);
        if (!quire_box_holds_point(box, (b.x0 + b.x1) / 2, (b.y0 + b.y1) / 2) ||
            quire_box_width(b) < SMALLEST * wide)
            continue;
        left[count] = b.x0;
        right[count++] = b.x1;
    }
    int level = most_level(left, count, LEVEL * wide);
    int other = most_level(right, count, LEVEL * wide);
    return count >= LETTERS && (float)(level > other ? level : other) >= LEVEL_LEAST * (float)count;
}

/* The share of the box's height where there are letters: columns of figures are looser. */
static float filled(PIX *letters, quire_box box)
{
    BOX *part = boxCreate((l_int32)box.x0, (l_int32)box.y0, (l_int32)quire_box_width(box),
                          (l_int32)quire_box_height(box));
    PIX *cut = pixClipRectangle(letters, part, NULL);
    NUMA *rows = cut ? pixCountPixelsByRow(cut, NULL) : NULL;
    l_int32 count = 0;
    for (l_int32 i = 0; rows && i < numaGetCount(rows); i++) {
        l_int32 inked = 0;
        numaGetIValue(rows, i, &inked);
        count += inked > 0;
    }
    numaDestroy(&rows);
    pixDestroy(&cut);
    boxDestroy(&part);
    return (float)count / quire_box_height(box);
}

/* What parts are made of. */
typedef struct finder {
    const ocr_text *text;
    float em;
    ocr_part parts[MOST_LINES]; /* at first each is one word or line that tells */
    size_t count;
    quire_box rest[MOST_REST]; /* stacks that do not tell: short words, figures */
    size_t rest_count;
    int looked_at, checks; /* so far; both have a budget */
} finder;

static bool is_telling(finder *f, PIX *letters, BOXA *pieces, quire_box box, float em)
{
    float width = quire_box_width(box), height = quire_box_height(box);
    float least = em > f->em ? LARGE_LEAST : WIDTH_LEAST;
    if (height < STACK_LEAST * em || height < SLENDER * width || width < least * em ||
        width > WIDTH_MOST * em || f->looked_at >= MOST_LOOKED_AT)
        return false;
    f->looked_at++;
    return filled(letters, box) >= FILLED_LEAST && stand_on_line(pieces, box);
}

/* Stacks of type whose size is `em`. */
static void take_stacks(finder *f, PIX *letters, BOXA *pieces, float em)
{
    BOXA *stacks = stacks_of(letters, STACK * em);
    bool is_larger = em > f->em;
    for (l_int32 i = 0; i < boxaGetCount(stacks); i++) {
        quire_box box = geometry_of(stacks, i);
        if (f->count < MOST_LINES && is_telling(f, letters, pieces, box, em))
            f->parts[f->count++] = (ocr_part){.box = box, .longest = box, .lines = 1};
        else if (!is_larger && f->rest_count < MOST_REST && quire_box_width(box) <= WIDTH_MOST * em)
            f->rest[f->rest_count++] = box;
    }
    boxaDestroy(&stacks);
}

/* ---- parts ---- */

/* Past its budget it says yes, and nothing is joined. */
static bool bears_upright(finder *f, quire_box box)
{
    bool bears = f->checks++ >= MOST_CHECKS;
    for (size_t i = 0; i < f->text->words.count && !bears; i++) {
        const ocr_word *word = &f->text->words.items[i];
        float x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
        bears = quire_box_holds_point(box, x, y) && is_sure_word(f->text, word);
    }
    return bears;
}

static float gap_across(quire_box a, quire_box b)
{
    return -quire_overlap(a.x0, a.x1, b.x0, b.x1);
}

static float gap_along(quire_box a, quire_box b)
{
    return -quire_overlap(a.y0, a.y1, b.y0, b.y1);
}

/* Does `b` go on where the lines of the part end? */
static bool goes_on(const finder *f, const ocr_part *a, quire_box b)
{
    float wide = fmaxf(quire_box_width(a->box), quire_box_width(b));
    float size = fmaxf(f->em, quire_box_width(a->longest));
    return gap_along(a->box, b) <= LINE_GAP * size &&
           quire_box_width(quire_box_union(a->box, b)) <= wide + SHIFT * size;
}

static bool stand_beside(const finder *f, quire_box a, quire_box b, float along)
{
    return gap_across(a, b) <= ACROSS * f->em && gap_along(a, b) <= along * f->em;
}

static bool belong_together(const finder *f, const ocr_part *a, const ocr_part *b)
{
    bool are_blocks = a->lines > 1 && b->lines > 1;
    return goes_on(f, a, b->box) || stand_beside(f, a->box, b->box, are_blocks ? ALONG_BLOCK : 0);
}

/* `b` becomes part of `a`. */
static void absorb(const finder *f, ocr_part *a, const ocr_part *b)
{
    bool one_line = goes_on(f, a, b->box);
    bool is_longer = quire_box_height(b->longest) > quire_box_height(a->longest);
    a->lines = one_line ? (a->lines > b->lines ? a->lines : b->lines) : a->lines + b->lines;
    a->box = quire_box_union(a->box, b->box);
    if (one_line && a->lines == 1)
        a->longest = a->box;
    else if (is_longer)
        a->longest = b->longest;
}

/* Lines that stand beside each other are one part, unless upright print stands between. */
static bool join_two(finder *f)
{
    for (size_t i = 0; i < f->count; i++)
        for (size_t k = i + 1; k < f->count; k++) {
            ocr_part *a = &f->parts[i], *b = &f->parts[k];
            if (!belong_together(f, a, b) || bears_upright(f, quire_box_union(a->box, b->box)))
                continue;
            absorb(f, a, b);
            *b = f->parts[--f->count];
            return true;
        }
    return false;
}

/* Takes in what does not tell by itself: what goes on in its line, or stands near a block. */
static bool take_in(finder *f, ocr_part *part)
{
    bool grows = false;
    for (size_t i = 0; i < f->rest_count; i++) {
        quire_box both = quire_box_union(part->box, f->rest[i]);
        bool is_near = part->lines >= BLOCK ? stand_beside(f, part->box, f->rest[i], ALONG)
                                            : goes_on(f, part, f->rest[i]);
        if (!is_near || bears_upright(f, both))
            continue;
        part->box = both;
        if (part->lines == 1)
            part->longest = both;
        f->rest[i--] = f->rest[--f->rest_count];
        grows = true;
    }
    return grows;
}

static int by_place(const void *a, const void *b)
{
    const quire_box *x = &((const ocr_part *)a)->box, *y = &((const ocr_part *)b)->box;
    return x->y0 != y->y0 ? (x->y0 > y->y0) - (x->y0 < y->y0) : (x->x0 > y->x0) - (x->x0 < y->x0);
}

static size_t take_parts(finder *f, ocr_part parts[OCR_MOST_PARTS])
{
    size_t count = 0;
    bool grows = true;
    for (int pass = 0; grows && pass < MOST_PASSES; pass++) {
        grows = false;
        while (join_two(f))
            grows = true;
        for (size_t i = 0; i < f->count; i++)
            grows |= take_in(f, &f->parts[i]);
    }
    qsort(f->parts, f->count, sizeof *f->parts, by_place);
    for (size_t i = 0; i < f->count && count < OCR_MOST_PARTS; i++)
        parts[count++] = f->parts[i];
    return count;
}

size_t ocr_sideways_find(const ocr_paper *paper, const ocr_text *text,
                         ocr_part parts[OCR_MOST_PARTS])
{
    float measured = ocr_sizes_median(text);
    size_t count = 0;
    finder *f = calloc(1, sizeof *f);
    PIX *ink = f ? pixCopy(NULL, paper->ink) : NULL;
    if (ink) {
        f->text = text;
        f->em = measured > 0 ? measured : DEFAULT_EM * paper->dpi;
        for (size_t i = 0; i < text->words.count; i++)
            if (is_upright(text, (uint32_t)i, f->em))
                clear_box(ink, text->words.items[i].box, PAD * f->em);
        BOXA *pieces = pixConnCompBB(ink, 8);
        PIX *letters = pieces ? paint_letters(ink, pieces, f->em) : NULL;
        for (float scale = 1; letters && scale <= LARGEST; scale *= 2)
            take_stacks(f, letters, pieces, scale * f->em);
        count = f->count > 0 ? take_parts(f, parts) : 0;
        boxaDestroy(&pieces);
        pixDestroy(&letters);
        pixDestroy(&ink);
    }
    free(f);
    return count;
}

/* ---- a part on a paper of its own ---- */

static BOX *box_of(const ocr_paper *paper, quire_box part)
{
    BOX *box = boxCreate((l_int32)part.x0, (l_int32)part.y0, (l_int32)quire_box_width(part),
                         (l_int32)quire_box_height(part));
    BOX *within = boxClipToRectangle(box, pixGetWidth(paper->grey), pixGetHeight(paper->grey));
    boxDestroy(&box);
    return within;
}

/* With a margin in white: what stands beside a part is none of it. */
static PIX *cut_out(PIX *pix, BOX *box, int margin, int quarters)
{
    PIX *cut = pixClipRectangle(pix, box, NULL);
    PIX *wide = cut ? pixAddBorder(cut, margin, pixGetDepth(cut) == 1 ? 0 : 255) : NULL;
    PIX *turned = wide ? pixRotateOrth(wide, quarters) : NULL;
    pixDestroy(&cut);
    pixDestroy(&wide);
    return turned;
}

/* Pixels of white around a part. */
static int margin_of(const ocr_paper *paper)
{
    return (int)(DEFAULT_EM * paper->dpi / 2);
}

bool ocr_sideways_cut(const ocr_paper *paper, quire_box part, int quarters, ocr_paper *cut)
{
    BOX *box = box_of(paper, part);
    *cut = (ocr_paper){.quarters = quarters, .dpi = paper->dpi, .place = paper->place};
    if (!box)
        return false;
    cut->grey = cut_out(paper->grey, box, margin_of(paper), quarters);
    cut->ink = cut_out(paper->ink, box, margin_of(paper), quarters);
    boxDestroy(&box);
    return cut->grey && cut->ink;
}

/* ---- is it text, and where ---- */

/* A word of letters, or a longer one of figures; bars may read as letters of one stroke. */
static bool has_sure_word(const ocr_text *read)
{
    for (size_t i = 0; i < read->words.count; i++) {
        const ocr_word *word = &read->words.items[i];
        int letters = 0, figures = 0, strokes = 0;
        for (uint32_t s = word->first; s < word->end; s++) {
            uint32_t c = character_of(&read->symbols.items[s]);
            letters += quire_is_letter(c);
            figures += quire_is_digit(c);
            strokes += c < 0x80 && strchr("iIjl1", (int)c) != NULL;
        }
        if (word->confidence >= SURE_WORD && letters + figures >= strokes + SHAPES &&
            (letters >= SURE_LETTERS || letters + figures >= SURE_FIGURES))
            return true;
    }
    return false;
}

/* One long number that is doubtful does not make a line doubtful. */
static bool are_mostly_sure(const ocr_text *read)
{
    int words = 0, sure = 0;
    for (size_t i = 0; i < read->words.count; i++) {
        words += symbols_of(&read->words.items[i]) > 0;
        sure +=
            symbols_of(&read->words.items[i]) > 0 && read->words.items[i].confidence >= SURE_WORD;
    }
    return words >= SEVERAL && (float)sure >= MOSTLY * (float)words;
}

bool ocr_sideways_is_sure(const ocr_text *read, bool alone)
{
    float confidence = ocr_text_confidence(read, 0, (uint32_t)read->words.count);
    bool is_sure = confidence >= (alone ? SURE_ALONE : SURE_PART) || are_mostly_sure(read);
    return is_sure && has_sure_word(read);
}

static bool is_covered(const ocr_text *read, quire_box box)
{
    for (size_t i = 0; i < read->words.count; i++)
        if (symbols_of(&read->words.items[i]) > 0 &&
            quire_box_overlaps(read->words.items[i].box, box))
            return true;
    return false;
}

static bool is_replaced(const ocr_word *word, const ocr_sides *kept)
{
    float x = (word->box.x0 + word->box.x1) / 2, y = (word->box.y0 + word->box.y1) / 2;
    bool is_inside = false;
    for (size_t i = 0; i < kept->count && !is_inside; i++)
        is_inside = quire_box_holds_point(kept->boxes[i], x, y);
    return is_inside && (word->confidence < SURE || is_covered(&kept->text, word->box));
}

void ocr_sideways_empty(ocr_text *text, const ocr_sides *kept)
{
    for (size_t i = 0; i < text->words.count; i++)
        if (is_replaced(&text->words.items[i], kept))
            text->words.items[i].end = text->words.items[i].first;
}

void ocr_sideways_lift(ocr_paper *paper, const ocr_text *text)
{
    l_uint32 ground = ocr_paper_ground(paper);
    for (size_t i = 0; i < text->words.count; i++) {
        const ocr_word *word = &text->words.items[i];
        if (symbols_of(word) == 0 || text->lines.items[word->line].quarters == 0)
            continue;
        quire_box b = word->box;
        float pad = PAD * fminf(quire_box_width(b), quire_box_height(b));
        BOX *box = boxCreate((l_int32)(b.x0 - pad), (l_int32)(b.y0 - pad),
                             (l_int32)(b.x1 - b.x0 + 2 * pad), (l_int32)(b.y1 - b.y0 + 2 * pad));
        clear_box(paper->ink, b, pad);
        pixSetInRectArbitrary(paper->grey, box, ground);
        if (paper->dark)
            pixSetInRectArbitrary(paper->dark, box, ground);
        boxDestroy(&box);
    }
}

/* Adds to a box of the cut what leads to pixels along and across lines of the whole paper. */
typedef struct shift {
    float along, across;
    int quarters;
} shift;

static quire_box box_on_paper(const shift *s, quire_box box)
{
    quire_box moved = {box.x0 + s->along, box.y0 + s->across, box.x1 + s->along,
                       box.y1 + s->across};
    return ocr_line_box_back(s->quarters, moved);
}

static void join_symbols(ocr_text *text, const ocr_text *read, const ocr_word *word, const shift *s)
{
    for (uint32_t i = word->first; i < word->end; i++) {
        ocr_symbol *symbol = quire_array_push(&text->symbols);
        if (!symbol)
            return;
        *symbol = read->symbols.items[i];
        symbol->box = box_on_paper(s, symbol->box);
    }
}

static void join_words(ocr_text *text, const ocr_text *read, ocr_line *line, const shift *s)
{
    uint32_t first = line->first, end = line->end;
    line->first = line->end = (uint32_t)text->words.count;
    for (uint32_t i = first; i < end; i++) {
        ocr_word *word = quire_array_push(&text->words);
        if (!word)
            return;
        *word = read->words.items[i];
        word->line = (uint32_t)text->lines.count - 1;
        word->box = box_on_paper(s, word->box);
        uint32_t symbols = (uint32_t)text->symbols.count;
        join_symbols(text, read, &read->words.items[i], s);
        word->first = symbols;
        word->end = (uint32_t)text->symbols.count;
        line->end = (uint32_t)text->words.count;
    }
}

static void append(ocr_text *text, const ocr_text *read, const shift *s)
{
    for (size_t i = 0; i < read->lines.count; i++) {
        ocr_line *line = quire_array_push(&text->lines);
        if (!line)
            return;
        *line = read->lines.items[i];
        line->quarters = (line->quarters + s->quarters) % 4;
        line->offset += s->across - line->slope * s->along;
        line->box = box_on_paper(s, line->box);
        join_words(text, read, line, s);
    }
}

void ocr_sideways_join(ocr_text *text, const ocr_text *read, quire_box part, const ocr_paper *cut)
{
    float margin = (float)margin_of(cut);
    quire_box around = {part.x0 - margin, part.y0 - margin, part.x1 + margin, part.y1 + margin};
    quire_box own = ocr_line_box(cut->quarters, around);
    append(text, read, &(shift){own.x0, own.y0, cut->quarters});
}

void ocr_sideways_add(ocr_text *text, const ocr_text *found)
{
    append(text, found, &(shift){0, 0, 0});
}
